"""Tables, and rooms to write that stand side by side."""

from __future__ import annotations

from pushpull.document import Cell, Room, Table
from pushpull.render.docx.sheet import Sheet, belongs_to
from pushpull.render.docx.xml import Element, cell, grid, make, paragraph, row, runs
from pushpull.render.text import is_list, label

_SMALL = 60
"""Letters, side by side, up to which a table is only as wide as it needs."""


def table(block: Table, sheet: Sheet, width: int, near: str) -> Element:
    """A table with a row of heads that is repeated, and a first column of heads."""
    widths = _widths(block, sheet, width)
    head = [_head(text, wide, sheet, stays=True) for text, wide in zip(block.heads, widths, strict=True)]
    rows = [row(*head, head=True)]
    for first, *others in block.rows:
        cells = [_head(" ".join(first.texts), widths[0], sheet)]
        cells += [cell(wide, *_texts(one, sheet)) for one, wide in zip(others, widths[1:], strict=True)]
        rows.append(row(*cells))
    described = ", ".join(head for head in block.heads if head)
    return grid(sheet["Table Grid"], widths, rows, title=block.caption or near, description=described or near)


def rooms_table(rooms: tuple[Room, ...], sheet: Sheet, width: int, near: str) -> Element:
    """Rooms side by side: a head that names each, and below it space to write."""
    widths = _shared(width, (1,) * len(rooms))
    heads = [_head(label(room.label), wide, sheet, stays=True) for room, wide in zip(rooms, widths, strict=True)]
    height = sheet.look.writing * max(room.lines for room in rooms)
    text = sheet["Paper Table Text"]
    spaces = [cell(wide, paragraph(text, *runs(room.written))) for room, wide in zip(rooms, widths, strict=True)]
    described = ", ".join(room.label for room in rooms)
    rows = [row(*heads, head=True), row(*spaces, height=height)]
    return grid(sheet["Table Grid"], widths, rows, title=near, description=described)


def _head(text: str, width: int, sheet: Sheet, *, stays: bool = False) -> Element:
    """A head; one that `stays` is never left alone at the foot of a page."""
    kept = (make("w:keepNext"),) if stays else ()
    return cell(width, paragraph(sheet["Paper Table Head"], *runs(text), properties=kept))


def _texts(one: Cell, sheet: Sheet) -> list[Element]:
    if not is_list(one):
        return [paragraph(sheet["Paper Table Text"], *runs("".join(one.texts)))]
    style, own = "Paper Table List", sheet.number("Paper Table List")
    direct = () if own else (belongs_to(sheet.fallback("cell_bullet")),)
    items = [
        paragraph(sheet[style], *runs(text), properties=tuple(each.__copy__() for each in direct)) for text in one.texts
    ]
    return items or [paragraph(sheet["Paper Table Text"])]


def _widths(block: Table, sheet: Sheet, width: int) -> list[int]:
    columns = [*zip(block.heads, *([" ".join(one.texts) for one in row] for row in block.rows), strict=True)]
    longest = [max(map(len, column), default=0) for column in columns]
    if sum(longest) <= _SMALL:
        needed = [round((letters * 0.6 + 1) * sheet.look.size * 10) + 260 for letters in longest]
        if sum(needed) <= width:
            return needed
    return _shared(width, block.weights or (1,) * len(block.heads))


def _shared(width: int, weights: tuple[int, ...]) -> list[int]:
    shares = [width * weight // sum(weights) for weight in weights]
    shares[-1] += width - sum(shares)
    return shares
