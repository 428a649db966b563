"""All benchmarks in one go, without the network: measured, kept, and made into a page with a picture.

`python benchmarks/all.py`, with the extra `bench`. The figures go to `results.json`, and from there to
`docs/performance.md` and `docs/pictures/performance.svg`. `--quick` measures fewer runs and leaves the largest sheet
out; `--only caseload engines` measures these anew, on the same machine, and keeps the other figures; `--page` measures
nothing and writes the page anew. After each benchmark the figures are kept, so nothing is lost if a later one fails.

Each benchmark is a process of its own, and this one stays small: what it starts begins as a copy of it.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from common import Record, keep, machine_record, progress

HERE = Path(__file__).resolve().parent
SOURCE = HERE.parent / "src"
RESULTS = HERE / "results.json"
LIBRARIES = (
    *("pushpull", "typer", "rich", "pydantic", "PyYAML"),
    *("zen-engine", "business-rules", "copier", "httpie", "matplotlib"),
)
FULL: dict[str, tuple[str, ...]] = {
    "start": (),
    "interview": (),
    "engines": (),
    "tally": (),
    "firmness": (),
    "caseload": (),
}
"""The benchmarks in their order."""
QUICK: dict[str, tuple[str, ...]] = {
    "start": ("-n", "5"),
    "interview": ("-n", "3"),
    "engines": ("--rows", "500", "--rounds", "5"),
    "tally": ("--rows", "500"),
    "firmness": ("-n", "20"),
    "caseload": ("--sizes", "10000", "100000", "--rounds", "1"),
}


def measured(name: str, words: tuple[str, ...], environment: dict[str, str]) -> Record | None:
    """Run one benchmark and return its figures; None if it fails, which it has said then itself."""
    progress(f"{name}: starts")
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "figures.json"
        command = [sys.executable, str(HERE / f"{name}.py"), *words, "--json", str(file)]
        print(f"\n## {name}\n", flush=True)
        done = subprocess.run(command, env=environment, check=False)
        if done.returncode or not file.exists():
            progress(f"{name}: FAILED with {done.returncode}")
            return None
        progress(f"{name}: done after {time.monotonic() - start:.0f} s")
        record: Record = json.loads(file.read_text(encoding="utf-8"))
    return record


def surroundings() -> dict[str, str]:
    """Return the environment in which this very tree is measured, whatever is installed."""
    paths = filter(None, (str(SOURCE), os.environ.get("PYTHONPATH")))
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": os.pathsep.join(paths)}


def begun(*, quick: bool, more: bool, file: Path) -> Record:
    """Return the figures to add to: none, or with `more` those of an earlier run on this machine."""
    here = machine_record(LIBRARIES)
    if not more:
        return {"quick": quick, "day": _today(), "load": _load(), "machine": here, "parts": {}}
    record: Record = json.loads(file.read_text(encoding="utf-8"))
    if record["machine"] != here:
        raise SystemExit("the kept figures are of another machine or of other versions: measure everything")
    return {**record, "quick": quick or record["quick"], "day": _today()}


def _today() -> str:
    return datetime.now(tz=UTC).date().isoformat()


def _load() -> float | None:
    return round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None


def main() -> int:
    """Measure what was asked for, and write the page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--quick", action="store_true", help="fewer runs, and no sheet of a million rows")
    parser.add_argument("--only", nargs="+", choices=FULL, help="measure only these anew")
    parser.add_argument("--page", action="store_true", help="measure nothing, and write the page from the figures")
    parser.add_argument("--folder", type=Path, help="where sheets are kept meanwhile: some 5 GB for a million rows")
    given = parser.parse_args()
    environment = surroundings()
    failed = [] if given.page else _measure(given, environment)
    if failed:
        progress(f"no page was written; repeat with --only {' '.join(failed)}")
        return 1
    return subprocess.run(
        [sys.executable, str(HERE / "performance.py"), str(RESULTS)], env=environment, check=False
    ).returncode


def _measure(given: argparse.Namespace, environment: dict[str, str]) -> list[str]:
    """Measure; return the names of what failed."""
    record = begun(quick=given.quick, more=bool(given.only), file=RESULTS)
    for name, value in record["machine"].items():
        print(f"{name}: {value}")
    print(f"load before the start: {record['load']}", flush=True)
    if not (SOURCE / "pushpull" / "prepared").is_dir():
        progress("the knowledge was not prepared (pip install -e .), so every start will take longer")
    failed = []
    start = time.monotonic()
    for name in given.only or FULL:
        words = (QUICK if given.quick else FULL)[name]
        if name == "caseload" and given.folder:
            words = (*words, "--folder", str(given.folder))
        figures = measured(name, words, environment)
        if figures is None:
            failed.append(name)
            continue
        record["parts"][name] = figures
        keep(RESULTS, record)
    progress(f"all after {time.monotonic() - start:.0f} s")
    return failed


if __name__ == "__main__":
    raise SystemExit(main())
