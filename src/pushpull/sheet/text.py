"""CSV as people have it: any of four delimiters, quotes where they are needed, lines that end in any way.

Where a row ends is found without taking it apart: a line without a quote is a whole row, and so is one in which every
quote stands where it has to. Only other lines are given to Python's reader, which decides about all of them alike.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from pushpull.problems import BadFile, Place, Problem, PushpullError
from pushpull.sheet.letters import LONGEST, TOO_LONG, Letters, Origin
from pushpull.sheet.table import MOST_ABOVE, Batch, Flaws, Row, Sheet, fitted, header, trimmed

_DELIMITERS = ",;\t|"
_SAID = re.compile(rb'"?sep=([!-/:-@\[-`{-~\t])"?\r?\n?', re.IGNORECASE)
"""The line by which Excel tells the delimiter; Excel does not show it, so it is not counted."""
_IN_VAIN = 3_000_000
"""Bytes of a file that may be looked through in vain for the end of a row, and twice what was read since."""
_BLANK = b"\r\n"  # a bare \n would become one with the \r before it, where lines end so
_SPACES = "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_SLOW = frozenset({"#", "", *_SPACES})
"""How the first cell starts in a row that needs a closer look: a remark, or a row that may be blank."""


@dataclass(frozen=True)
class TextReading:
    """How batches of a CSV file become rows."""

    file: str
    columns: tuple[str, ...]
    delimiter: str
    encoding: str

    def pack(self, raw: list[Any]) -> bytes:
        """Return lines as one text."""
        return b"".join(raw)

    def rows(self, batch: Batch) -> Iterator[Row]:
        """Yield the rows of a batch, or their problems."""
        assert isinstance(batch.content, bytes)  # noqa: S101  a batch of another kind of file is a bug
        text = batch.content.decode(self.encoding, "replace")
        width, number = len(self.columns), batch.first - 1
        plain = "\0" not in text
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=self.delimiter)
        while True:
            try:
                for cells in reader:
                    number += 1
                    if plain and len(cells) == width and cells[0][:1] not in _SLOW:
                        yield number, cells
                    elif number in batch.flaws:
                        yield batch.flaws[number]
                    elif found := fitted(cells, width, Place(self.file, number, 1)):
                        yield found if isinstance(found, Problem) else (number, found)
            except csv.Error:
                number += 1
                yield Problem.at(Place(self.file, number, 1), "row_too_long")
            else:
                return


def open_text(origin: Origin, letters: Letters, *, tab: bool) -> Sheet:
    """Open a CSV file; with `tab`, tabs come first if two delimiters would do. Raise `BadFile` for a bad header."""
    with letters.lines(origin) as lines:
        said = _SAID.fullmatch(next(lines, b""))
    known = said[1].decode() if said else ""
    tried = known or ("\t,;|" if tab else _DELIMITERS)
    # Names may hold a delimiter, so the one that makes most columns is meant; the first of equals.
    number, cells, delimiter = max(
        (_first_row(origin, letters, delimiter, skip=bool(said)) for delimiter in tried),
        key=lambda found: len(found[1]),
    )
    columns = header(trimmed(cells), Place(origin.name, number, 1))
    reading = TextReading(origin.name, columns, delimiter, letters.encoding)

    def raw(flaws: Flaws) -> Iterator[bytes]:
        yield from islice(_rows(origin, letters, delimiter, flaws, skip=bool(said)), number, None)

    return Sheet(reading, number + 1, raw)


def _first_row(origin: Origin, letters: Letters, delimiter: str, *, skip: bool) -> tuple[int, list[str], str]:
    """Return the first row that says anything, its number, and the delimiter it was taken apart by."""
    flaws: Flaws = {}
    for number, raw in enumerate(islice(_rows(origin, letters, delimiter, flaws, skip=skip), MOST_ABOVE), 1):
        if number in flaws:
            raise BadFile(flaws.values())
        text = io.StringIO(raw.decode(letters.encoding, "replace"), newline="")
        try:
            cells = next(csv.reader(text, delimiter=delimiter), [])
        except csv.Error:
            raise BadFile([Problem.at(Place(origin.name, number, 1), "row_too_long")]) from None
        if any(map(str.strip, cells)):
            return number, cells, delimiter
    raise PushpullError("no_header", file=origin.name)


def _rows(origin: Origin, letters: Letters, delimiter: str, flaws: Flaws, *, skip: bool) -> Iterator[bytes]:
    with letters.lines(origin) as lines:
        if skip:
            next(lines, None)
        yield from whole_rows(
            lines, delimiter, lambda line: line.decode(letters.encoding, "replace"), origin.name, flaws
        )


def whole_rows(
    lines: Iterator[bytes], delimiter: str, decode: Callable[[bytes], str], file: str, flaws: Flaws
) -> Iterator[bytes]:
    """Yield lines row by row. In place of a row that does not end comes a blank one, and its problem goes to `flaws`.

    After such a row the next line is taken for a row again: one quote that was not closed costs one row, not the rest.
    """
    in_order, returned = _in_order(delimiter), list[bytes]()
    lines = _with_returned(lines, returned)
    number, credit = 0, _IN_VAIN
    for line in lines:
        if not line:
            return
        number += 1
        credit += 2 * len(line)
        if b'"' not in line or in_order(line):
            yield line
            continue
        place, taken = Place(file, number, 1), [line]
        if line is TOO_LONG:
            flaws[number] = Problem.at(place, "row_too_long")
            yield _BLANK
            continue
        try:
            next(csv.reader(_fed(lines, taken, decode, min(LONGEST, credit)), delimiter=delimiter))
        except csv.Error:  # a text is longer than the reader takes
            say = "row_too_long" if len(taken) == 1 else "open_quote"
            flaws[number] = Problem.at(place, say)
        except _NeverClosedError:
            flaws[number] = Problem.at(place, "open_quote")
        if number in flaws:
            # Where no quote is ever closed, each line would be looked through again and again.
            credit -= sum(map(len, taken))
            returned.extend(reversed(taken[1:]))
            yield _BLANK
        else:
            yield b"".join(taken)


def _in_order(delimiter: str) -> Callable[[bytes], object]:
    """Return a quick test: whether each quote of a line opens or closes a cell, or is doubled inside one."""
    sign = re.escape(delimiter.encode())
    opened = rb"(?:\A|(?<=%b))" % sign
    closed = rb"(?=[%b\r\n]|\Z)" % sign
    return re.compile(rb'[^"]*+(?:%b"[^"]*+(?:""[^"]*+)*+"%b[^"]*+)*+\Z' % (opened, closed)).match


class _NeverClosedError(Exception):
    """A quote was opened, and the file or what fits into a row ends before it is closed."""


def _fed(lines: Iterator[bytes], taken: list[bytes], decode: Callable[[bytes], str], most: int) -> Iterator[str]:
    """Yield the first line that was taken, and then as many further lines as are asked for, which are taken, too.

    Raise `_NeverClosedError` at the end of the file, or when they have more than `most` bytes.
    """
    yield decode(taken[0])
    length = len(taken[0])
    for line in lines:
        if line:
            taken.append(line)
        length += len(line)
        if not line or line is TOO_LONG or length > most:
            raise _NeverClosedError
        yield decode(line)


def _with_returned(lines: Iterator[bytes], returned: list[bytes]) -> Iterator[bytes]:
    """Yield lines, with those that were given back in between, the last one first; at the end, nothing for ever."""
    while True:
        for line in lines:
            yield line
            while returned:
                yield returned.pop()
        yield b""
        while returned:
            yield returned.pop()
