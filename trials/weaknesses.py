"""Looks the locked versions up in the lists of known weaknesses: `python trials/weaknesses.py`, beside pip-audit.

It fails if a version has a known weakness, and says how many could be looked up; with `--all`, it fails as well if any
could not, as where there is no network.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

LOCK = Path(__file__).resolve().parent.parent / ".ci" / "lock.txt"


def main() -> int:
    """Look, say what was found, and return 1 if something has to be mended."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "found.json"
        asked = [
            "--no-deps",
            "--disable-pip",
            "--progress-spinner",
            "off",
            "-r",
            str(LOCK),
            "-f",
            "json",
            "-o",
            str(out),
        ]
        done = subprocess.run([sys.executable, "-m", "pip_audit", *asked], capture_output=True, text=True, check=False)
        found = json.loads(out.read_text(encoding="utf-8"))["dependencies"] if out.exists() else []
    looked_up = [each for each in found if "vulns" in each]
    weak = [(each["name"], each["version"], weakness["id"]) for each in looked_up for weakness in each["vulns"]]
    for name, version, weakness in weak:
        print(f"{name} {version}: {weakness}")
    if not found:
        print(done.stderr.strip()[-300:])
    lines = LOCK.read_text(encoding="utf-8").splitlines()
    locked = sum(bool(line) and not line.startswith("#") for line in lines)
    print(f"{len(looked_up)} of {locked} versions could be looked up, {len(weak)} weaknesses are known.")
    return int(bool(weak) or ("--all" in sys.argv and len(looked_up) < locked))


if __name__ == "__main__":
    sys.exit(main())
