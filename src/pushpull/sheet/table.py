"""A table as a stream: its columns, its batches, and how a batch becomes rows.

The process that reads the file cuts it into batches and does little else. What costs time, taking rows apart into
cells, happens where the batch is used, which may be another process.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from types import TracebackType
from typing import Any, Protocol, Self

from pushpull.problems import BadFile, Place, Problem

_MOST_TOGETHER = 1000
"""By how many rows a batch grows at most, so that rows that belong together stay together."""


_MOST_BYTES = 2_000_000
"""Bytes or letters of a batch; a thousand rows with all of their texts have a third of it."""
MOST_COLUMNS = 300
"""Columns of a table: the empty sheet has 35, a result a dozen more, and the rest is room for columns of one's own."""
MOST_ABOVE = 10_000
"""Lines of a file in which its columns are looked for."""
_BLANK: tuple[Any, ...] = (b"\n", b"\r\n", [])

Row = tuple[int, list[str]] | Problem
"""A row's number and its cells, one for each column; or what is wrong with the row."""

Flaws = dict[int, Problem]
"""Rows that cannot be taken apart, by their numbers. In their places stand blank lines."""


@dataclass(frozen=True)
class Batch:
    """Rows that follow one another in a file, as raw as they were found there."""

    first: int
    """The number of the first row, as a person counts: the header of a sheet is row 1."""
    content: bytes | Sequence[Sequence[Any]]
    flaws: Mapping[int, Problem] = field(default_factory=dict)


class Reading(Protocol):
    """How batches of one file become rows. It is small and can be sent to another process."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The names in the header."""

    def rows(self, batch: Batch) -> Iterator[Row]:
        """Yield the rows of a batch, each with one cell for each column, or with its problem. Remarks are left out."""

    def pack(self, raw: list[Any]) -> bytes | Sequence[Sequence[Any]]:
        """Return raw rows as the content of a batch."""


@dataclass(frozen=True)
class Sheet:
    """A table that is open. Leave it with `with` or `close`; a copy of standard input goes then."""

    reading: Reading
    first: int
    """The number of the first row below the header."""
    raw: Callable[[Flaws], Iterator[Any]]
    """Yields the raw rows below the header, and notes those that cannot be taken apart."""
    remarks: tuple[Problem, ...] = ()
    """What was pointed out on opening: nothing that stops anybody."""
    held: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names in the header, as written, without spaces around them."""
        return self.reading.columns

    def batches(self, size: int, together: int | None = None) -> Iterator[Batch]:
        """Yield batches of about `size` rows, or fewer long ones, always the same ones for the same file.

        Rows that follow one another with the same text in the column `together` stay in one batch, up to a limit.
        Standard input can be gone through more than once, but not twice at a time.
        """
        flaws: Flaws = {}
        rows = self.raw(flaws)
        first, ahead = self.first, list[Any]()
        while taken := _some(rows, size, ahead):
            ahead = [] if together is None else self._fill(taken, rows, together)
            end = first + len(taken)
            mine = {number: flaws.pop(number) for number in list(flaws) if number < end}
            yield Batch(first, self.reading.pack(taken), mine)
            first = end

    def _fill(self, taken: list[Any], rows: Iterator[Any], together: int) -> list[Any]:
        """Add to a batch what belongs to its last row; return the row that no longer does."""
        texts = (self._text(raw, together) for raw in reversed(taken))
        last = next((text for text in texts if text is not None), None)
        if last is None:
            return []
        room = _MOST_BYTES
        for raw in islice(rows, _MOST_TOGETHER):
            if self._text(raw, together) not in {None, last}:
                return [raw]
            taken.append(raw)
            room -= _weight(raw)
            if room < 0:
                break
        return []

    def _text(self, raw: Any, column: int) -> str | None:
        """Return what a raw row says in a column; nothing if it is a remark or has a problem."""
        if raw in _BLANK:
            return None
        row = next(self.reading.rows(Batch(1, self.reading.pack([raw]))), None)
        return row[1][column] if isinstance(row, tuple) else None

    def close(self) -> None:
        """Let go of what is held for this table."""
        self.held.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _some(rows: Iterator[Any], size: int, taken: list[Any]) -> list[Any]:
    """Return what was taken already and further rows, until there are `size` of them or they are long together."""
    taken, room = list(taken), _MOST_BYTES
    for raw in islice(rows, max(size - len(taken), 0)):
        taken.append(raw)
        room -= _weight(raw)
        if room < 0:
            break
    return taken


def _weight(raw: Any) -> int:
    return len(raw) if isinstance(raw, bytes) else sum(map(len, raw))


def trimmed(cells: Sequence[str]) -> list[str]:
    """Return the cells of a header without spaces, up to the last that says anything: programs leave others behind."""
    names = [cell.strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    return names


def header(names: Sequence[str], place: Place) -> tuple[str, ...]:
    """Return the names in a header; `place` is its first cell. Raise `BadFile` for one that is empty or there twice."""
    if len(names) > MOST_COLUMNS:
        raise BadFile([too_many_columns(Place(place.file, place.line, place.column + MOST_COLUMNS))])
    problems, seen = [], dict[str, int]()
    for column, name in enumerate(names, place.column):
        here = Place(place.file, place.line, column)
        if not name:
            problems.append(Problem.at(here, "column_without_name"))
        elif "\0" in name:
            problems.append(Problem.at(here, "control_character"))
        elif name in seen:
            problems.append(Problem.at(here, "column_twice", word=name, column=str(seen[name])))
        seen.setdefault(name, column)
    if problems:
        raise BadFile(problems)
    return tuple(names)


def too_many_columns(place: Place) -> Problem:
    """Return what is wrong with a table that is wider than any needs to be."""
    return Problem.at(place, "too_many_columns", most=f"{MOST_COLUMNS:,}")


def fitted(cells: list[str], width: int, place: Place) -> list[str] | Problem | None:
    """Return the cells of a row as many as there are columns, or what is wrong; nothing for a blank row or a remark.

    `place` is the first cell of the row. A remark starts with #.
    """
    if not cells or cells[0].startswith("#") or not any(map(str.strip, cells)):
        return None
    for column, cell in enumerate(cells):
        here = Place(place.file, place.line, place.column + column)
        if "\0" in cell:
            return Problem.at(here, "control_character")
        if column >= width and cell.strip():
            return Problem.at(here, "row_too_wide", word=cell.strip()[:80])
    return cells[:width] + [""] * (width - len(cells))
