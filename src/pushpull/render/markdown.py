"""Markdown: CommonMark with pipe tables. Every text shows as it was written, whatever is in it."""

from __future__ import annotations

import re
from typing import assert_never

from pushpull.document import (
    Bars,
    Block,
    Bullets,
    Cell,
    Document,
    Facts,
    Heading,
    Item,
    Note,
    Paragraph,
    Room,
    Rooms,
    Table,
)
from pushpull.render.text import cleaned, is_list, label, link, marks, spelled

_SPECIAL = re.compile(r"[\\`*_\[\]<|~]|&(?=#?\w+;)")
# At the start of a line: headings, bullets, rules and underlines, quotes; then the point after a counting number.
_OPENING = re.compile(r"^(?=#{1,6}(?:\s|$)|[-+](?:\s|$)|-[-\s]*$|=+\s*$|>)")
_COUNTING = re.compile(r"^(\d{1,9})(?=[.)](?:\s|$))")
# Hash signs at the end of a heading would be taken for its closing.
_CLOSING = re.compile(r"(?<=\s)(?=#+$)")


def draw(document: Document) -> str:
    """The document as Markdown, one paragraph a line."""
    document = cleaned(document)
    parts: list[str] = []
    before: Block | None = None
    for block in document.blocks:
        if isinstance(block, Bullets | Facts | Bars) and isinstance(before, Bullets | Facts | Bars):
            # Two lists in a row would be read as one.
            parts.append("<!-- -->")
        parts.append(_block(block))
        before = block
    if document.footer:
        parts += ["---", *map(escape, document.footer)]
    return "\n\n".join(part for part in parts if part)


def escape(text: str) -> str:
    """The text so that Markdown shows it literally; ordinary prose stays as it is."""
    text = _SPECIAL.sub(r"\\\g<0>", text)
    return _CLOSING.sub(r"\\", _COUNTING.sub(r"\1\\", _OPENING.sub(r"\\", text)))


def _block(block: Block) -> str:
    match block:
        case Heading():
            heading = f"{'#' * block.level} {escape(block.text)}"
            return f"{heading}\n\n{_quiet(block.aside)}" if block.aside else heading
        case Paragraph():
            return f"{_bold(block.lead)} {escape(block.text)}".strip()
        case Bullets():
            return _list(block)
        case Facts():
            return "\n".join(f"- {_pair(word, text)}" for word, text in block.pairs)
        case Table():
            return _table(block)
        case Bars():
            return "\n".join(f"- {escape(label(bar.name))} {escape(bar.number)}" for bar in block.bars)
        case Note():
            return f"> {_pair(block.label, block.text)}"
        case Room():
            return _room(block)
        case Rooms():
            return "\n\n".join(map(_room, block.rooms))
        case _:
            assert_never(block)


def _room(room: Room) -> str:
    return f"{_bold(label(room.label))}\n\n> {escape(room.written)}".rstrip()


def _bold(text: str) -> str:
    return f"**{escape(text)}**" if text else ""


def _quiet(text: str) -> str:
    return f"*{escape(text)}*"


def _pair(word: str, text: str) -> str:
    return f"{_bold(label(word))} {escape(text)}".strip()


def _list(bullets: Bullets) -> str:
    lines = []
    for mark, item in zip(marks(bullets), bullets.items, strict=True):
        # A mark of its own is a word to read, not a number to count with: Markdown would count anew.
        start = f"- {_bold(mark)}".rstrip() if item.mark or not mark else mark
        tail = f" *({escape(item.tail)})*" if item.tail else ""
        lines.append(f"{start} {_linked(item)}{tail}".rstrip())
    return "\n".join(lines)


def _linked(item: Item) -> str:
    address = link(item.address)
    if not address:
        return escape(spelled(item))
    # Inside angle brackets only these could end the address early.
    safe = address.replace("<", "%3C").replace(">", "%3E").replace("\\", "%5C").replace(" ", "%20")
    return f"[{escape(item.text)}](<{safe}>)"


def _table(table: Table) -> str:
    rows = [[escape(head) for head in table.heads], ["---"] * len(table.heads)]
    rows += [[_bold(" ".join(first.texts)), *map(_cell, others)] for first, *others in table.rows]
    drawn = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return f"{_bold(table.caption)}\n\n{drawn}" if table.caption else drawn


def _cell(cell: Cell) -> str:
    bullet = "• " if is_list(cell) else ""
    return "<br>".join(bullet + escape(text) for text in cell.texts)
