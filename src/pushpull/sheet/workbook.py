"""Workbooks of Excel and others: the first sheet, its cells as a person sees them. The library is an extra."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from pushpull import extras
from pushpull.problems import Place, Problem, PushpullError
from pushpull.sheet.cells import shown
from pushpull.sheet.letters import Origin
from pushpull.sheet.table import Batch, Flaws, Row, Sheet, fitted, header, trimmed


@dataclass(frozen=True)
class GridReading:
    """How batches of a workbook's rows become rows of text."""

    file: str
    columns: tuple[str, ...]
    left: int
    """The number of the first column that is used."""

    def pack(self, raw: list[Any]) -> Sequence[Sequence[Any]]:
        """Return rows as they are."""
        return raw

    def rows(self, batch: Batch) -> Iterator[Row]:
        """Yield the rows of a batch, or their problems."""
        assert not isinstance(batch.content, bytes)  # noqa: S101  a batch of another kind of file is a bug
        width = len(self.columns)
        for number, raw in enumerate(batch.content, batch.first):
            found = fitted([shown(value) for value in raw], width, Place(self.file, number, self.left))
            if found is not None:
                yield found if isinstance(found, Problem) else (number, found)


def open_workbook(origin: Origin) -> Sheet:
    """Open the first sheet of a workbook; raise `PushpullError` if it is none, or if the extra is missing."""
    with extras.needed("xlsx"):
        from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415  an extra

    with origin.stream() as stream:
        try:
            with CalamineWorkbook.from_filelike(stream) as book:
                sheet = book.get_sheet_by_index(0)
        except (CalamineError, IndexError, ValueError) as error:
            raise PushpullError("not_a_workbook", file=origin.name) from error
    left = sheet.start[1] + 1 if sheet.start else 1
    for number, raw in enumerate(sheet.iter_rows(), 1):
        cells = [shown(value) for value in raw]
        if any(map(str.strip, cells)):
            reading = GridReading(origin.name, header(trimmed(cells), Place(origin.name, number, left)), left)
            break
    else:
        raise PushpullError("no_header", file=origin.name)

    def rows(_: Flaws) -> Iterator[list[Any]]:
        yield from islice(sheet.iter_rows(), number, None)

    return Sheet(reading, number + 1, rows)
