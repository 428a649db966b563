"""Runs all tests on several Pythons, each in a fresh environment, and writes how many passed.

    python trials/pythons.py /path/to/python3.12 /path/to/python3.13 /path/to/python3.14

What was tried and found stands in `results/machines.json` already; the versions, the day and the figures are made anew.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "trials" / "results" / "machines.json"
_LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", "__pycache__", "prepared", "node_modules", ".*_cache", ".hypothesis"
)
_COUNT = re.compile(r"(\d+) (passed|failed|errors?|skipped|warnings?)\b")


def version_of(python: str) -> str:
    """Return the version of a Python, such as 3.12.1."""
    done = subprocess.run([python, "--version"], check=True, capture_output=True, text=True)
    return done.stdout.split()[-1]


def counts(told: str) -> dict[str, int]:
    """Return what the last line of pytest counts: how many passed, failed and so on."""
    return {word: int(number) for number, word in _COUNT.findall(told.strip().splitlines()[-1])}


def tried_on(python: str) -> dict[str, int]:
    """Install a copy of this checkout for a Python, run all tests there, and return how many did what."""
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PUSHPULL", "VIRTUAL"))
    }
    with tempfile.TemporaryDirectory() as folder:
        copy, own = Path(folder) / "copy", Path(folder) / "venv"
        shutil.copytree(ROOT, copy, ignore=_LEFT_OUT)
        subprocess.run([python, "-m", "venv", str(own)], check=True, env=clean)
        subprocess.run([str(own / "bin" / "pip"), "install", "--quiet", ".[test]"], check=True, cwd=copy, env=clean)
        # The tests start programs of their own, and two at a time leave room for those.
        command = [str(own / "bin" / "python"), "-m", "pytest", "--numprocesses=2"]
        done = subprocess.run(command, check=False, cwd=copy, env=clean, capture_output=True, text=True)
    print(done.stdout[-3000:])
    return counts(done.stdout)


def main(pythons: list[str]) -> int:
    """Try each Python, write the figures, and return 1 if any test failed."""
    found = {version_of(python): tried_on(python) for python in pythons}
    told = json.loads(RESULTS.read_text(encoding="utf-8"))
    told["day"] = dt.datetime.now().astimezone().date().isoformat()
    told["python"] = ", ".join(found)
    told["figures"] = [
        [f"tests {word} on Python {version}", f"{number:,}"]
        for version, each in found.items()
        for word, number in each.items()
    ]
    RESULTS.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return int(any(set(each) != {"passed"} for each in found.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
