"""The first sheet of a workbook as rows of text: what stands in its cells, as a person sees it."""

from __future__ import annotations

import math
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from pushpull.sheet.cells import number, shown
from pushpull.sheet.formats import MOST_BESIDE, Formats, moment, read_styles, span
from pushpull.sheet.package import Damaged, Handlers, Package, TooLarge

MOST_ROWS = 1_048_576
_MOST_COLUMNS = 16_384
_MOST_WITHOUT_ROWS = 20_000_000
"""Bytes without a row that may stand before the rows, or between two of them."""
_MOST_TEXTS = 25_000_000
"""Bytes of the texts that cells refer to by a number: these alone are all in memory."""
_FREE_LETTERS = 20_000_000
_RATIO = 30
"""So many times as long as its part of the file the text of a sheet may be; a sheet of long answers comes to five."""
_ROW = 1
"""What is counted for a row beside its tags: it is as much work as two."""
_TOLD = 6
"""Tags that a cell that says something may have for itself and its row, without being counted as idle."""
_TOLD_TEXT = 3
"""The same for a text that cells refer to. It has four and is counted as one: a cell that refers to it adds bytes."""
_LONGEST_CELL = 131_072
"""Letters of a cell, as in a text file; Excel allows a quarter of it."""
_PLACE = re.compile(r"([A-Z]{1,3})[0-9]{1,7}")


@dataclass(frozen=True)
class Grid:
    """Where the rows of the first sheet are, and what its cells refer to."""

    package: Package
    part: str
    texts: list[str]
    formats: Formats


@dataclass
class GridRow:
    """A row as it was found: its cells up to a limit, and what is wrong with it."""

    number: int
    cells: list[str] = field(default_factory=list)
    wrong: int = 0
    """The column of a cell that cannot be read."""
    beyond: tuple[int, str] | None = None
    """The first cell that says anything beyond the limit: its column and its text."""
    length: int = 0


def first_sheet(package: Package) -> Grid:
    """Return the first sheet of a workbook."""
    book = _target(package, "", "officeDocument") or "xl/workbook.xml"
    names: list[str] = []
    formats = Formats()

    def start(name: str, said: dict[str, str]) -> None:
        if name == "sheet":
            names.append(next((text for key, text in said.items() if key.endswith(":id")), ""))
        elif name == "workbookPr":
            formats.from_1904 = said.get("date1904") in {"1", "true"}

    package.read(book, Handlers(start), MOST_BESIDE)
    part = _target(package, book, name=names[0]) if names else None
    if part is None:
        raise Damaged
    if styles := _target(package, book, "styles"):
        read_styles(package, styles, formats)
    strings = _target(package, book, "sharedStrings")
    return Grid(package, part, _texts(package, strings) if strings else [], formats)


def _target(package: Package, part: str, kind: str = "", name: str = "") -> str | None:
    """Return the part that `part` refers to, by its kind or by the name of the reference."""
    folder, base = posixpath.split(part)
    found: list[str] = []

    def start(element: str, said: dict[str, str]) -> None:
        if element != "Relationship" or said.get("TargetMode") == "External":
            return
        if (kind and said.get("Type", "").endswith(f"/{kind}")) or (name and said.get("Id") == name):
            found.append(posixpath.normpath(posixpath.join("/", folder, said.get("Target", ""))).lstrip("/"))

    references = posixpath.join(folder, "_rels", f"{base}.rels")
    if not package.has(references):
        return None
    package.read(references, Handlers(start), MOST_BESIDE)
    return found[0] if found and package.has(found[0]) else None


def _texts(package: Package, part: str) -> list[str]:
    """Return the texts that cells refer to; how a word is spoken, which some programs note beside it, is left out."""
    texts: list[str] = []
    pieces: list[str] = []
    inside = spoken = False

    def start(name: str, _: dict[str, str]) -> None:
        nonlocal inside, spoken
        if name == "si":
            pieces.clear()
        elif name == "rPh":
            spoken = True
        inside = name == "t" and not spoken

    def end(name: str) -> None:
        nonlocal inside, spoken
        if name == "si":
            texts.append(_unescaped("".join(pieces)))
        elif name == "rPh":
            spoken = False
        inside = False

    def text(piece: str) -> None:
        if inside:
            pieces.append(piece)
            package.weigh(-1 if len(pieces) > 1 else -_TOLD_TEXT)

    package.read(part, Handlers(start, end, text), _MOST_TEXTS)
    return texts


def grid_rows(grid: Grid, most: int, longest: int) -> Iterator[GridRow]:
    """Yield the rows that are there, each with at most so many columns and letters; others are left out."""
    reading = _Rows(grid, most, longest)
    handlers = Handlers(reading.start, reading.end, reading.text)
    quiet = read = letters = 0
    for _ in grid.package.stream(grid.part, handlers):
        quiet = 0 if reading.done else quiet + 1
        if quiet * (1 << 16) > _MOST_WITHOUT_ROWS:
            raise TooLarge
        read += 1 << 16
        letters += sum(row.length for row in reading.done)
        # Very many cells can refer to one long text, and the result would fill the disk.
        if letters > _FREE_LETTERS and letters > _RATIO * read:
            raise TooLarge
        yield from reading.done
        reading.done.clear()
        if reading.ended:
            return


class _Rows:
    """Gathers the rows of a sheet from its elements, without keeping the elements."""

    def __init__(self, grid: Grid, most: int, longest: int) -> None:
        self.texts, self.formats, self.weigh = grid.texts, grid.formats, grid.package.weigh
        self.most, self.longest = most, longest
        self.done: list[GridRow] = []
        self.ended = False
        self.row: GridRow | None = None
        self.last = self.column = 0
        self.kind = self.style = ""
        self.pieces: list[str] = []
        self.inside = self.spoken = False
        self.places: dict[str, int] = {}

    def start(self, name: str, said: dict[str, str]) -> None:
        """Begin a row, a cell or a text."""
        if name == "c" and self.row:
            self.column = self.column_of(said["r"]) if "r" in said else self.column + 1
            self.kind, self.style = said.get("t", "n"), said.get("s", "")
            self.pieces.clear()
        elif name in {"v", "t"}:
            self.inside = not self.spoken
        elif name == "rPh":
            self.spoken = True
        elif name == "row":
            place = said.get("r", "")
            number = int(place) if place.isdecimal() and len(place) < len("10000000") else self.last + 1
            if not self.last < number <= MOST_ROWS:
                raise Damaged
            self.last, self.column, self.row = number, 0, GridRow(number)
            self.weigh(_ROW)

    def text(self, piece: str) -> None:
        """Take a piece of the text of a cell."""
        if self.inside and self.row and self.row.length <= self.longest:
            self.row.length += len(piece)
            self.pieces.append(piece)

    def end(self, name: str) -> None:
        """Finish a row, a cell or a text."""
        if name == "c" and self.row:
            if self.pieces:
                self.put(self.row)
        elif name in {"v", "t"}:
            self.inside = False
        elif name == "rPh":
            self.spoken = False
        elif name == "row" and self.row:
            self.done.append(self.row)
            self.row = None
        elif name == "sheetData":
            self.ended = True

    def put(self, row: GridRow) -> None:
        """Put the cell that was read into its row."""
        try:
            text = self.said("".join(self.pieces))
        except (ValueError, IndexError, OverflowError):
            row.wrong = row.wrong or self.column
            return
        if self.kind == "s":
            row.length += len(text)
        if len(text) > _LONGEST_CELL:
            row.length = self.longest + 1
        if row.length > self.longest:
            row.cells.clear()
        elif self.column > self.most:
            if row.beyond is None and text.strip():
                row.beyond = self.column, text
        elif text:
            # A row that starts with a remark says nothing, and neither does a blank.
            if not text.isspace() and (row.cells or not text.startswith("#")):
                self.weigh(-_TOLD - (0 if row.cells else _ROW))
            row.cells += [""] * (self.column - len(row.cells))
            row.cells[self.column - 1] = text

    def said(self, text: str) -> str:
        """Return what a cell says; raise `ValueError` if it says nothing that can be understood."""
        match self.kind:
            case "s":
                return self.texts[_whole(text)]
            case "n":
                value = float(text)
                if not math.isfinite(value):
                    raise ValueError(text)
                if self.style in self.formats.moments:
                    return moment(value, from_1904=self.formats.from_1904)
                return str(span(value)) if self.style in self.formats.spans else number(value)
            case "b":
                return shown(text.strip() in {"1", "true"})
            case "d":
                return shown(datetime.fromisoformat(text)) if "T" in text else shown(date.fromisoformat(text))
            case _:  # a text in the cell itself, what a formula came to, or its mistake, such as #N/A
                return _unescaped(text)

    def column_of(self, place: str) -> int:
        """Return the column of a cell such as `AB12`."""
        found = _PLACE.fullmatch(place)
        if not found:
            raise Damaged
        letters = found[1]
        if letters not in self.places:
            column = 0
            for letter in letters:
                column = column * 26 + ord(letter) - ord("A") + 1
            if column > _MOST_COLUMNS:
                raise Damaged
            self.places[letters] = column
        return self.places[letters]


def _whole(text: str) -> int:
    if not (text.isdecimal() and len(text) < len("1000000000")):
        raise ValueError(text)
    return int(text)


_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def _unescaped(text: str) -> str:
    """Return a text without Excel's own way to write a letter that XML cannot hold, such as `_x000D_`."""
    return _ESCAPED.sub(_letter, text) if "_x" in text else text


def _letter(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    return found[0] if 0xD800 <= code <= 0xDFFF else chr(code)  # noqa: PLR2004  half a letter stays as it is written
