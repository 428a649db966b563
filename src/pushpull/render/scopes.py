"""Row headers in a finished PDF.

Typst marks the head of each column as a header, but has no word yet (outside its experiments) for the head of a row.
The parts of the file that say what a cell is are plain, so they are changed in place, letter for letter: nothing moves.
A file that does not look as expected is not accessible as promised, and is not given out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pushpull.problems import PushpullError

_OBJECT = rb"(\d+) 0 obj\n<</Type/StructElem/S/"
_CHILDREN = re.compile(rb"/K\[([^\]]*)\]")
_REFERENCE = re.compile(rb"(\d+) 0 R")
_CELL = re.compile(rb"(<</Type/StructElem/S/T)D(/P \d+ 0 R/A\[<</O/Table)(/Headers\[\([^\[\]]*\)\])")
_SCOPE = b"/Scope/Row"


def with_row_headers(pdf: bytes, rows: int) -> bytes:
    """The file with the first cell of every row in the body of a table as the header of that row.

    `rows` is how many there have to be, in all tables together. The other cells lose their list of headers, which knows
    columns only: without it, a reader goes by the scope of both.
    """
    found = bytearray(pdf)
    elements = dict(_elements(pdf))
    changed = 0
    for kind, body in list(elements.values()):
        if kind != b"TBody":
            continue
        for row in _children(pdf, body):
            cells = list(_children(pdf, elements[row][1]))
            changed += _is_header(found, elements[cells[0]][1])
            for cell in cells[1:]:
                _goes_by_scope(found, elements[cell][1])
    if changed != rows or len(found) != len(pdf):
        raise PushpullError("not_accessible", reason=f"{rows - changed} / {rows}")
    return bytes(found)


def _elements(pdf: bytes) -> Iterator[tuple[int, tuple[bytes, int]]]:
    """Each element of the structure by its number: what it is, and where it begins. The file says where objects are."""
    start = int(pdf[pdf.rindex(b"startxref") :].split()[1])
    for line in pdf[start : pdf.rindex(b"trailer")].splitlines():
        if line.endswith(b" n"):
            place = int(line[:10])
            if begun := re.compile(_OBJECT + rb"(\w+)").match(pdf, place):
                yield int(begun[1]), (begun[2], begun.start() + pdf[begun.start() :].index(b"<<"))


def _children(pdf: bytes, place: int) -> Iterator[int]:
    kids = _CHILDREN.search(pdf, place, pdf.index(b"endobj", place))
    yield from (int(number) for number in _REFERENCE.findall(kids[1] if kids else b""))


def _is_header(pdf: bytearray, place: int) -> bool:
    cell = _CELL.match(pdf, place)
    if not cell or len(cell[3]) < len(_SCOPE):
        return False
    pdf[cell.start() : cell.end()] = cell[1] + b"H" + cell[2] + _SCOPE.ljust(len(cell[3]))
    return True


def _goes_by_scope(pdf: bytearray, place: int) -> None:
    if cell := _CELL.match(pdf, place):
        pdf[cell.start(3) : cell.end(3)] = b" " * len(cell[3])
