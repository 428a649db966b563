"""The floor below `pushpull caseload`: the same CSV read and written with the standard library, and nothing decided.

`python benchmarks/floor.py sheet.csv copy.csv --texts 7,6,3` adds a column for each number, with a text of that length.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path


def copy(sheet: Path, result: Path, lengths: list[int]) -> None:
    """Read all rows of a sheet and write them, each with so many more cells."""
    added = ["x" * length for length in lengths]
    with sheet.open(encoding="utf-8", newline="") as given, result.open("w", encoding="utf-8", newline="") as made:
        writer = csv.writer(made, lineterminator="\n")
        if added:
            writer.writerows(row + added for row in csv.reader(given))
        else:
            writer.writerows(csv.reader(given))


if __name__ == "__main__":
    texts = sys.argv[sys.argv.index("--texts") + 1].split(",") if "--texts" in sys.argv else []
    copy(Path(sys.argv[1]), Path(sys.argv[2]), [int(text) for text in texts])
