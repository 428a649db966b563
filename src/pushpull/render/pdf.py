"""A PDF that reads aloud: tagged after PDF/UA-1, with its own fonts, the same bytes for the same document.

The texts go to the template beside this module as data. Typst refuses to write a file that would not be accessible.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import as_file, files
from typing import Any, assert_never

import typst

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
from pushpull.problems import PushpullError
from pushpull.render import scopes
from pushpull.render.text import cleaned, is_list, label, link, marks, shares, spelled

_LOST = re.compile(r'the text `"(.+?)"` could not be displayed')
_CODE = re.compile(r"\\u\{([0-9a-f]+)\}")
_REFUSED = "PDF/UA-1 error"
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_LONGEST_ADDRESS = 2000


def draw(document: Document) -> bytes:
    """The document as a PDF file; raises `PushpullError` when it would not be accessible."""
    document = cleaned(document)
    try:
        try:
            drawn = _compiled(document, of_the_computer=False)
        except typst.TypstError as error:
            if not lost(error.diagnostic):
                raise
            # Our own fonts make the same file everywhere. Other scripts may have a font on this computer.
            drawn = _compiled(document, of_the_computer=True)
    except typst.TypstError as error:
        if characters := lost(error.diagnostic):
            raise PushpullError("no_font", characters=characters) from error
        if _REFUSED not in error.message:
            raise  # a mistake in the template, not in the document
        raise PushpullError("not_accessible", reason=error.message) from error
    rows = sum(len(block.rows) for block in document.blocks if isinstance(block, Table))
    return scopes.with_row_headers(drawn, rows)


def lost(diagnostic: str) -> str:
    """The characters that no font could show, as words for a person; nothing if all could be shown."""
    found = sorted({letter for each in _LOST.findall(diagnostic) for letter in _CODE.sub(_letter, each)})
    return ", ".join(
        f"{letter} (U+{ord(letter):04X})" if letter.isprintable() else f"U+{ord(letter):04X}" for letter in found
    )


def _letter(code: re.Match[str]) -> str:
    return chr(int(code[1], 16))


def _compiled(document: Document, *, of_the_computer: bool) -> bytes:
    with as_file(files("pushpull.render")) as folder:
        return typst.compile(
            folder / "paper.typ",
            root=folder,  # else it is the folder that a person works in, which may be gone
            format="pdf",
            font_paths=_fonts(of_the_computer=of_the_computer),
            sys_inputs={"document": json.dumps(_data(document), ensure_ascii=False)},
            pdf_standards=["ua-1"],
        )


@cache
def _fonts(*, of_the_computer: bool) -> typst.Fonts:
    with as_file(files("pushpull.render").joinpath("fonts")) as folder:
        return typst.Fonts(include_system_fonts=of_the_computer, include_embedded_fonts=True, font_paths=[str(folder)])


def _data(document: Document) -> dict[str, Any]:
    blocks = [_block(block) for block in document.blocks]
    if not any(isinstance(block, Heading) and block.level == 1 for block in document.blocks):
        blocks.insert(0, {"kind": "heading", "level": 1, "text": document.title, "aside": ""})
    day = _DAY.fullmatch(document.made)
    return {
        "title": document.title,
        "language": document.language,
        "compact": document.compact,
        "made": [int(part) for part in day.groups()] if day else None,
        "blocks": blocks,
        "footer": document.footer,
    }


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading():
            return {"kind": "heading", "level": block.level, "text": block.text, "aside": block.aside}
        case Paragraph():
            return {"kind": "paragraph", "text": block.text, "lead": block.lead, "quiet": block.quiet}
        case Bullets():
            return _list(block)
        case Facts():
            return {"kind": "facts", "pairs": block.pairs}
        case Table():
            return {
                "kind": "table",
                "caption": block.caption,
                "heads": block.heads,
                "rows": [[_cell(cell) for cell in row] for row in block.rows],
                "weights": block.weights or (1,) * len(block.heads),
            }
        case Bars():
            return _bars(block)
        case Note():
            return {"kind": "note", "label": label(block.label), "text": block.text}
        case Room():
            return {"kind": "room", **_room(block)}
        case Rooms():
            return {"kind": "rooms", "rooms": [_room(room) for room in block.rooms]}
        case _:
            assert_never(block)


def _list(bullets: Bullets) -> dict[str, Any]:
    found = marks(bullets)
    return {
        "kind": "bullets",
        "marks": found if any(found) else None,
        "items": [_item(item) for item in bullets.items],
        "columns": bullets.columns,
    }


def _item(item: Item) -> dict[str, str]:
    address = link(item.address)
    if len(address) > _LONGEST_ADDRESS:
        address = ""
    return {"text": item.text if address else spelled(item), "tail": item.tail, "address": address}


def _cell(cell: Cell) -> dict[str, Any]:
    return {"texts": cell.texts, "listed": is_list(cell)}


def _bars(bars: Bars) -> dict[str, Any]:
    return {
        "kind": "bars",
        "bars": [
            {"name": bar.name, "number": bar.number, "share": share}
            for bar, share in zip(bars.bars, shares(bars), strict=True)
        ],
        "words": bars.words or "; ".join(f"{label(bar.name)} {bar.number}" for bar in bars.bars),
        "whole": bars.whole > 0,
    }


def _room(room: Room) -> dict[str, Any]:
    return {"label": label(room.label), "lines": room.lines, "written": room.written}
