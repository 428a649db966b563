"""Coverage-guided inputs to the readers: libFuzzer keeps what reaches new lines of the program, and changes it again.

`python trials/guided.py` gives each of four readers so many seconds, beginning with the files of the project. What is
owed is the same as in `fuzz.py`. It needs Atheris (the extra `guided`), which has wheels for some systems only; and
unlike there, a run cannot be repeated by a number: a bad input is kept in a folder, and is tried again by

    python trials/guided.py --only plan fuzz-findings/plan-crash-...
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["pushpull.source", "pushpull.plan", "pushpull.sheet"]):
    import try_readers
    import try_sheets

from recorded import RESULTS, Clock, keep, told

SECONDS = 240
_RUNS = re.compile(r"stat::number_of_executed_units: +(\d+)")
_NEW = re.compile(r"stat::new_units_added: +(\d+)")
READERS = {
    "yaml": (try_readers.yaml, try_readers.yaml_files),
    "plan": (try_readers.plan, try_readers.plan_files),
    "csv": (lambda raw: try_sheets.sheet((".csv", raw)), try_sheets.sheets),
    "json-lines": (lambda raw: try_sheets.sheet((".jsonl", raw)), try_sheets.json_sheets),
}


def begin(name: str, words: Sequence[str]) -> None:
    """Give this process to libFuzzer, which ends it."""
    atheris.Setup([sys.argv[0], *words], READERS[name][0])
    atheris.Fuzz()


def run(name: str, seconds: int, kept: Path) -> tuple[int, int, int]:
    """Run one reader in its own process; return its inputs, those that reached something new, and its exit code."""
    with tempfile.TemporaryDirectory() as folder:
        for number, content in enumerate(READERS[name][1]()):
            Path(folder, str(number)).write_bytes(content)
        limits = (f"-max_total_time={seconds}", "-max_len=4000", "-timeout=5", "-print_final_stats=1")
        words = (folder, *limits, f"-artifact_prefix={kept}/{name}-")
        done = subprocess.run(
            [sys.executable, __file__, "--only", name, *words], capture_output=True, text=True, check=False
        )
    said = done.stdout + done.stderr
    if done.returncode:
        print(said[-4000:], file=sys.stderr)
    inputs, new = (int(found[1]) if (found := each.search(said)) else 0 for each in (_RUNS, _NEW))
    return inputs, new, done.returncode


def main() -> int:
    """Run all readers and tell what came of them; return 1 if one broke a promise."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--seconds", type=int, default=SECONDS, help="for each reader")
    parser.add_argument(
        "--only", choices=list(READERS), help="one reader, with words for libFuzzer or a file behind it"
    )
    parser.add_argument("--kept", type=Path, default=Path("fuzz-findings"), help="where bad inputs are kept")
    parser.add_argument("--results", type=Path, default=RESULTS, help="the folder of the results")
    given, rest = parser.parse_known_args()
    if given.only:
        begin(given.only, rest)
    given.kept.mkdir(parents=True, exist_ok=True)
    clock, found = Clock(), {}
    for name in READERS:
        found[name] = run(name, given.seconds, given.kept)
        clock.say(f"{name}: {found[name][0]:,} inputs", now=True)
    bad = sum(code != 0 for *_, code in found.values())
    tried = [
        ("inputs", sum(inputs for inputs, *_ in found.values())),
        *((name, each[0]) for name, each in found.items()),
    ]
    figures = [
        ("went wrong", f"{bad} readers"),
        *((f"{name}, reached something new", f"{each[1]:,} inputs") for name, each in found.items()),
        ("time", clock.shown),
    ]
    print(told(tried, figures))
    title = "Coverage-guided inputs to the readers"
    keep("guided", title=title, command="python trials/guided.py", tried=tried, figures=figures, folder=given.results)
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main())
