"""Judge every HTML page of the program: axe-core in Chromium, html-validate, and whether it fits. `just access-html`.

It fails when a tool is missing: a check that was left out looks like one that was passed. `.ci/tools` installs them.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from papers import written

HERE = Path(__file__).resolve().parent
INSTALL = "Run .ci/tools, which installs what these checks need on Debian."


def chromium() -> str:
    """Return where Chromium is."""
    names = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    found = next(filter(None, (shutil.which(name) for name in names if name)), None)
    if not found:
        raise SystemExit(f"There is no Chromium here. {INSTALL}")
    return found


def node() -> str:
    """Return where Node is, if what it needs was installed."""
    found = shutil.which("node")
    if not found:
        raise SystemExit(f"There is no Node here. {INSTALL}")
    missing = [
        name for name in ("axe-core", "html-validate", "playwright-core") if not (HERE / "node_modules" / name).is_dir()
    ]
    if missing:
        raise SystemExit(f"Not installed in tests/access: {', '.join(missing)}. {INSTALL}")
    return found


def main() -> int:
    """Write the pages, have them judged, and return 1 if anything was found."""
    command = [node(), str(HERE / "pages.mjs"), chromium()]
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        pages = [str(path) for path in written(Path(name), "html")]
        print(f"{len(pages)} pages written in {time.monotonic() - start:.0f} seconds", flush=True)
        return subprocess.run([*command, *pages], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
