"""One fact a line: for screen readers, for `grep`, and for terminals that can do nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import assert_never

from pushpull.document import Bars, Block, Bullets, Document, Facts, Heading, Note, Paragraph, Room, Rooms, Table
from pushpull.render.text import cleaned, label, marks, row_by_row, spelled


def draw(document: Document) -> str:
    """The document as lines that are never wrapped; no box, no bar, no colour, nothing said by position alone."""
    document = cleaned(document)
    lines = [line for block in document.blocks for line in _block(block)]
    if document.footer:
        lines += ["", *document.footer]
    return "\n".join(line for before, line in pairwise(["", *lines]) if before or line)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield ""
            yield block.text
            if block.aside:
                yield block.aside
        case Paragraph():
            yield f"{block.lead} {block.text}".strip()
        case Bullets():
            yield from _list(block)
        case Facts():
            yield from (_pair(word, text) for word, text in block.pairs)
        case Table():
            yield from _stacked(block)
        case Bars():
            yield from (_pair(bar.name, bar.number) for bar in block.bars)
        case Note():
            yield _pair(block.label, block.text)
        case Room():
            yield _pair(block.label, block.written)
        case Rooms():
            yield from (_pair(room.label, room.written) for room in block.rooms)
        case _:
            assert_never(block)


def _pair(word: str, text: str) -> str:
    return f"{label(word)} {text}".strip()


def _list(bullets: Bullets) -> Iterator[str]:
    for mark, item in zip(marks(bullets), bullets.items, strict=True):
        front = f"{mark}." if mark.isdecimal() else label(mark) or "-"
        tail = f" ({item.tail})" if item.tail else ""
        yield f"{front} {spelled(item)}{tail}"


def _stacked(table: Table) -> Iterator[str]:
    yield ""
    if table.caption:
        yield table.caption
    for header, cells in row_by_row(table):
        yield ""
        yield header
        for head, cell in cells:
            yield from (_pair(head, text) for text in cell.texts)
    # What follows is not part of the last row, and only a blank line can say so.
    yield ""
