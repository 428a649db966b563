"""What all drawers do to a text before they draw it.

Texts come from people and from files. `cleaned` gives a document in which none of them can steer a terminal or turn
the reading direction around, so a drawer only has to think about its own format.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from pushpull.document import Bars, Bullets, Cell, Document, Item, Table
from pushpull.signs import readable

# The start of an address behind its "//": a name or a number, without anything that a program would not take.
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d+)?(?:[/?#]|$)")
_SPACES = re.compile("  +")


def clean(text: str) -> str:
    """The text on one line, without anything that acts instead of being read."""
    return _SPACES.sub(" ", readable(text)).strip()


def cleaned(document: Document) -> Document:
    """The same document with every text in it cleaned."""
    scrubbed: Document = _scrub(document)
    return scrubbed


def _scrub(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, tuple):
        return tuple(_scrub(each) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{each.name: _scrub(getattr(value, each.name)) for each in fields(value)})
    return value


def label(word: str) -> str:
    """The word with a colon, unless it already ends in a mark of its own."""
    return word if not word or word[-1] in ":?!.…" else f"{word}:"


def link(address: str) -> str:
    """The address if a reader may be sent there: only the web, so that no other kind of link slips in from a file."""
    return address if address.startswith(("http://", "https://")) else ""


def web_address(address: str) -> str:
    """The address as a file may keep it: only the web, and every other sign spelled out; nothing for any other."""
    if not link(address):
        return ""
    from urllib.parse import quote  # noqa: PLC0415  plain lines have no links

    quoted = quote(address, safe="/:?#[]@!$&'()*+,;=%~")
    host = quoted.partition("://")[2]
    return quoted if _HOST.match(host) else ""


def spelled(item: Item) -> str:
    """The text of an item with its address behind it, for formats without links."""
    return f"{item.text} <{item.address}>" if item.address else item.text


def marks(bullets: Bullets) -> list[str]:
    """What stands in front of each item; nothing where a plain bullet is enough."""
    count = 0
    found = []
    for item in bullets.items:
        if item.mark or not bullets.numbered:
            found.append(item.mark)
        else:
            count += 1
            found.append(f"{count}.")
    return found


def shares(bars: Bars) -> list[float]:
    """How much of the scale each bar fills, from 0 to 1."""
    whole = bars.whole or max((bar.size for bar in bars.bars), default=0)
    return [min(max(bar.size / whole, 0), 1) if whole > 0 else 0 for bar in bars.bars]


def is_list(cell: Cell) -> bool:
    """True when the texts of a cell stand as a list."""
    return cell.listed or len(cell.texts) > 1


def row_by_row(table: Table) -> Iterator[tuple[str, list[tuple[str, Cell]]]]:
    """Each row as its header and its other cells, every one with the head of its column."""
    for first, *others in table.rows:
        yield " ".join(first.texts), list(zip(table.heads[1:], others, strict=True))
