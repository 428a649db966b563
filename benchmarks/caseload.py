"""A whole caseload from outside: rows per second and peak memory, with one process and two, beside the floor.

`python benchmarks/caseload.py`. The sheets are made by `rows.py` in a temporary folder, once for each size. Each round
runs `pushpull caseload sheet.csv -o result.csv` with `--jobs 1` and `--jobs 2`, and then the floor (`floor.py`): the
standard library reads the same sheet and writes as many columns with placeholders as long as our texts are on average;
and once more with the columns of the sheet alone. All are whole processes, from their start to their end. It stops if
one process and two do not write the same bytes. Then `stages.py` shows where the time goes. What the memory is of,
`tree.py` says. This one stays small: it imports nothing of pushpull.
"""

from __future__ import annotations

import argparse
import csv
import filecmp
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from statistics import linear_regression, mean, median
from typing import Any

from common import Record, keep, machine, middle_ratio, progress, table
from tree import run

HERE = Path(__file__).parent
SIZES = (10_000, 100_000, 1_000_000)
STAGES_OF = 100_000
"""The size of the sheet of which the stages are timed; the largest one that there is if this one is not."""
ROUNDS = 3
NATION = 20_000_000
"""Services in the United States: about 8 million students with an IEP, some two or three services each. Round numbers
that are assumed, not counted."""
WAYS = {
    "one": "pushpull, one process",
    "two": "pushpull, two processes",
    "floor": "the floor: the standard library, as many columns",
    "copy": "the standard library, the columns of the sheet alone",
}
LOOKED_AT = 10_000
"""Rows of a result of which the length of the texts is taken."""
ROOM = 5000
"""Bytes on the disk for each row: the sheet and what the four ways make of it."""


def measure(folder: Path, rows: int, rounds: int) -> Record:
    """Return what each way took for a sheet of so many rows, and leave the sheet in the folder."""
    if shutil.disk_usage(folder).free < rows * ROOM:
        raise SystemExit(f"{rows:,} rows need {rows * ROOM / 1e9:.1f} GB in the folder (--folder)")
    sheet = folder / f"{rows}.csv"
    progress(f"{rows:,} rows: making the sheet")
    subprocess.run([sys.executable, str(HERE / "rows.py"), str(rows), str(sheet)], check=True)
    results = {way: folder / f"{way}.csv" for way in WAYS}
    found: dict[str, list[Any]] = {way: [] for way in WAYS}
    for number in range(rounds):
        for way, name in WAYS.items():
            taken = run(_words(way, sheet, results))
            found[way].append(taken)
            progress(f"{rows:,} rows, round {number + 1} of {rounds}: {name}, {taken.seconds:.2f} s")
        if not filecmp.cmp(results["one"], results["two"], shallow=False):
            raise SystemExit(f"one process and two write different results of {rows:,} rows")
    record = {
        "rows": rows,
        "sheet_bytes": sheet.stat().st_size,
        "result_bytes": {way: path.stat().st_size for way, path in results.items()},
        "ways": {way: [taken._asdict() for taken in all_of] for way, all_of in found.items()},
    }
    for path in results.values():
        path.unlink()
    return record


def _words(way: str, sheet: Path, results: dict[str, Path]) -> list[str]:
    result = str(results[way])
    if way in {"one", "two"}:
        jobs = "1" if way == "one" else "2"
        return [sys.executable, "-m", "pushpull", "caseload", str(sheet), "-o", result, "--jobs", jobs]
    lengths = ",".join(map(str, added_lengths(sheet, results["one"])))
    texts = ["--texts", lengths] if way == "floor" else []
    return [sys.executable, str(HERE / "floor.py"), str(sheet), result, *texts]


def added_lengths(sheet: Path, result: Path) -> list[int]:
    """Return how long the texts of each added column are on average."""
    with sheet.open(encoding="utf-8", newline="") as given, result.open(encoding="utf-8", newline="") as made:
        width = len(next(csv.reader(given)))
        rows = csv.reader(made)
        next(rows)
        columns = zip(*(row[width:] for row in islice(rows, LOOKED_AT)), strict=True)
        return [round(mean(map(len, column))) for column in columns]


def seconds(size: Record, way: str) -> list[float]:
    """Return what a way took, round by round."""
    return [taken["seconds"] for taken in size["ways"][way]]


def memory(size: Record, way: str) -> float:
    """Return the peak memory of a way in MiB: the worst of the rounds."""
    return float(max(taken["mebibytes"] for taken in size["ways"][way]))


def slope(sizes: Sequence[Record], way: str) -> tuple[float, float]:
    """Return the seconds of one more row, and those before the first, by least squares over the sizes.

    A single size cannot tell the two apart: then all of it counts as rows.
    """
    rows, medians = [size["rows"] for size in sizes], [median(seconds(size, way)) for size in sizes]
    if len(sizes) == 1:
        return medians[0] / rows[0], 0.0
    line = linear_regression(rows, medians)
    return line.slope, line.intercept


def nation(sizes: Sequence[Record], way: str) -> float:
    """Return how many minutes all services of the United States would take, with the measured slope."""
    each, start = slope(sizes, way)
    return (start + each * NATION) / 60


def size_rows(sizes: Sequence[Record]) -> Iterator[tuple[str, ...]]:
    """Yield the lines of the table of sizes."""
    for size in sizes:
        for way, name in WAYS.items():
            middle = median(seconds(size, way))
            yield (
                f"{size['rows']:,}",
                name,
                f"{middle:.2f}",
                f"{size['rows'] / middle:,.0f}",
                f"{middle_ratio(seconds(size, way), seconds(size, 'floor')):.2f}",
                f"{memory(size, way):.0f}",
            )


SIZE_HEADINGS = ("services", "way", "seconds", "services per second", "times the floor", "peak MiB")


def slope_rows(sizes: Sequence[Record]) -> Iterator[tuple[str, ...]]:
    """Yield the lines of the table of slopes."""
    for way, name in WAYS.items():
        each, start = slope(sizes, way)
        yield name, f"{start:.2f}", f"{each * 1e6:.2f}", f"{1 / each:,.0f}", f"{nation(sizes, way):.1f}"


SLOPE_HEADINGS = (
    "way",
    "s before the first",
    "µs for each further service",
    "further services per second",
    f"minutes for {NATION / 1e6:.0f} million",
)


def stage_rows(stages: Record) -> Iterator[tuple[str, ...]]:
    """Yield the lines of the table of stages: the parts of a stage below it, and the sum at the end."""
    whole = sum(each["microseconds"] for each in stages["stages"] if not each["inside"])
    for each in stages["stages"]:
        name = f"- of these: {each['name']}" if each["inside"] else each["name"]
        yield name, f"{each['microseconds']:.2f}", f"{each['microseconds'] / whole:.0%}"
    yield "together", f"{whole:.2f}", "100%"


STAGE_HEADINGS = ("stage", "µs for one service", "share")


def once_rows(stages: Record) -> Iterator[tuple[str, ...]]:
    """Yield the lines of the table of what is worked out once and remembered."""
    for each in stages["once"]:
        times, taken = each["times"], each["milliseconds"]
        yield each["name"], f"{times:,}", f"{taken:,.0f}", f"{taken / max(times, 1) * 1000:.0f}"


ONCE_HEADINGS = ("worked out and then remembered", "times", "ms", "µs each")


def where_time_goes(sheet: Path) -> Record:
    """Return the stages of one process, timed in a process of its own."""
    progress("where the time goes")
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "stages.json"
        subprocess.run([sys.executable, str(HERE / "stages.py"), str(sheet), "--json", str(told)], check=True)
        record: Record = json.loads(told.read_text(encoding="utf-8"))
    return record


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="rows of each sheet")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often each way does each sheet")
    parser.add_argument("--folder", type=Path, help="where the sheets and results are kept meanwhile")
    parser.add_argument("--json", type=Path, help="where to keep the figures")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as name:
        folder = Path(name)
        sizes = [measure(folder, rows, given.rounds) for rows in sorted(set(given.sizes))]
        timed = STAGES_OF if STAGES_OF in given.sizes else max(given.sizes)
        stages = where_time_goes(folder / f"{timed}.csv")
    keep(given.json, {"sizes": sizes, "stages": stages})
    print(machine(("pushpull", "pydantic")))
    print()
    print(table(SIZE_HEADINGS, size_rows(sizes), numbers_from=2))
    print()
    print(table(SLOPE_HEADINGS, slope_rows(sizes)))
    print()
    print(table(STAGE_HEADINGS, stage_rows(stages)))
    print()
    print(table(ONCE_HEADINGS, once_rows(stages)))


if __name__ == "__main__":
    main()
