"""Workbooks: the first sheet of an Excel file, its cells as a person sees them, as a stream of rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from typing import Any

from pushpull.problems import BadFile, Place, Problem, PushpullError
from pushpull.sheet.grid import Grid, GridRow, first_sheet, grid_rows
from pushpull.sheet.letters import LONGEST, Origin
from pushpull.sheet.package import open_package
from pushpull.sheet.table import MOST_COLUMNS, Batch, Flaws, Row, Sheet, fitted, header, too_many_columns, trimmed


@dataclass(frozen=True)
class GridReading:
    """How batches of a workbook's rows become rows of text."""

    file: str
    columns: tuple[str, ...]
    left: int
    """The number of the first column that has a name."""

    def pack(self, raw: list[Any]) -> Sequence[Sequence[Any]]:
        """Return rows as they are."""
        return raw

    def rows(self, batch: Batch) -> Iterator[Row]:
        """Yield the rows of a batch, or their problems."""
        assert not isinstance(batch.content, bytes)  # noqa: S101  a batch of another kind of file is a bug
        width, before = len(self.columns), self.left - 1
        for number, cells in enumerate(batch.content, batch.first):
            if number in batch.flaws:
                yield batch.flaws[number]
            elif cells:
                found = self._fitted(list(cells), number, width, before)
                if found is not None:
                    yield found if isinstance(found, Problem) else (number, found)

    def _fitted(self, cells: list[str], number: int, width: int, before: int) -> list[str] | Problem | None:
        for column, cell in enumerate(cells[:before], 1):
            if cell.startswith("#"):
                return None
            if cell.strip():
                place = Place(self.file, number, column)
                return Problem.at(place, "row_too_wide", word=cell.strip()[:80])
        return fitted(cells[before:], width, Place(self.file, number, self.left))


def open_workbook(origin: Origin) -> Sheet:
    """Open the first sheet of a workbook; raise `PushpullError` if it is none."""
    with origin.stream() as stream:
        package = open_package(stream, origin)
        with package.refusing():
            grid = first_sheet(package)
            for row in grid_rows(grid, MOST_COLUMNS, LONGEST):
                if row.beyond:
                    raise BadFile([too_many_columns(Place(origin.name, row.number, row.beyond[0]))])
                if problem := _flaw(row, origin.name):
                    raise BadFile([problem])
                if any(map(str.strip, row.cells)):
                    break
            else:
                raise PushpullError("no_header", file=origin.name)
    left = next(column for column, cell in enumerate(row.cells, 1) if cell.strip())
    names = header(trimmed(row.cells[left - 1 :]), Place(origin.name, row.number, left))
    below = row.number

    def rows(flaws: Flaws) -> Iterator[list[str]]:
        with origin.stream() as stream:
            package = open_package(stream, origin)
            with package.refusing():
                again = Grid(package, grid.part, grid.texts, grid.formats)
                number = below
                for found in grid_rows(again, MOST_COLUMNS, LONGEST):
                    if found.number <= below:
                        continue
                    yield from chain.from_iterable(repeat(([],), found.number - number - 1))
                    number = found.number
                    if problem := _flaw(found, origin.name):
                        flaws[number] = problem
                    yield [] if problem else found.cells

    return Sheet(GridReading(origin.name, names, left), below + 1, rows)


def _flaw(row: GridRow, file: str) -> Problem | None:
    """Return what is wrong with a row as it was found in the file."""
    if row.length > LONGEST:
        return Problem.at(Place(file, row.number, 1), "row_too_long")
    if row.wrong:
        return Problem.at(Place(file, row.number, row.wrong), "cell_unreadable")
    if row.beyond:
        column, text = row.beyond
        return Problem.at(Place(file, row.number, column), "row_too_wide", word=text.strip()[:80])
    return None
