"""One HTML file that holds all it needs: no script, nothing to fetch, fit for print and for narrow screens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from importlib.resources import files
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
from pushpull.render.text import cleaned, is_list, label, link, marks, shares, spelled

# Roles that tables have anyway, said aloud: on narrow screens the style turns cells into blocks, and browsers would
# then forget that they are cells.
_TABLE, _GROUP, _ROW = 'role="table"', 'role="rowgroup"', 'role="row"'
_COLUMN_HEAD, _ROW_HEAD = 'scope="col" role="columnheader"', 'scope="row" role="rowheader"'

SMALL = 60
"""Letters, side by side, up to which a table is drawn only as wide as it needs."""

_LEFTWARD = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
"""Letters of the scripts that are written from right to left."""
_TURNED = re.compile(rf"([{_LEFTWARD}](?:[{_LEFTWARD}\W\d_]*[{_LEFTWARD}])?)")


def draw(document: Document) -> str:
    """The document as a page of its own."""
    document = cleaned(document)
    wide = any(isinstance(block, Table) and not _is_small(block) for block in document.blocks)
    looks = (document.kind, "wide" if wide else "", "compact" if document.compact else "")
    return "\n".join(_page(document, " ".join(filter(None, looks))))


def _text(text: str) -> str:
    """The text as it goes into the page; a name in Arabic or Hebrew does not move the words and numbers beside it."""
    pieces = _TURNED.split(text)
    return "".join(f"<bdi>{escape(piece)}</bdi>" if turn % 2 else escape(piece) for turn, piece in enumerate(pieces))


def _page(document: Document, look: str) -> Iterator[str]:
    yield "<!doctype html>"
    yield f'<html lang="{escape(document.language)}">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    # Even if a text ever got through as a tag, nothing could run and nothing could be fetched or sent.
    yield "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="color-scheme" content="light dark">'
    if document.made:
        yield f'<meta name="dcterms.created" content="{escape(document.made)}">'
    yield f"<title>{escape(document.title)}</title>"
    yield f"<style>\n{_style()}</style>"
    yield "</head>"
    yield f'<body class="{look}">'
    yield "<main>"
    if not any(isinstance(block, Heading) and block.level == 1 for block in document.blocks):
        yield f"<h1>{_text(document.title)}</h1>"
    for block in document.blocks:
        yield from _block(block)
    yield "</main>"
    if document.footer:
        yield "<footer>"
        yield from (f"<p>{_text(text)}</p>" for text in document.footer)
        yield "</footer>"
    yield "</body>"
    yield "</html>"


def _style() -> str:
    return files("pushpull.render").joinpath("page.css").read_text(encoding="utf-8")


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            heading = f"<h{block.level}>{_text(block.text)}</h{block.level}>"
            aside = f'<p class="aside">{_text(block.aside)}</p>'
            yield f"<hgroup>{heading}{aside}</hgroup>" if block.aside else heading
        case Paragraph():
            lead = f"<strong>{_text(block.lead)}</strong> " if block.lead else ""
            look = ' class="quiet"' if block.quiet else ""
            yield f"<p{look}>{lead}{_text(block.text)}</p>"
        case Bullets():
            yield from _list(block)
        case Facts():
            yield '<dl class="facts">'
            yield from (f"<div><dt>{_text(word)}</dt><dd>{_text(text)}</dd></div>" for word, text in block.pairs)
            yield "</dl>"
        case Table():
            yield from _table(block)
        case Bars():
            yield from _bars(block)
        case Note():
            yield f'<p class="note" role="note"><strong>{_text(label(block.label))}</strong> {_text(block.text)}</p>'
        case Room():
            yield from _room(block)
        case Rooms():
            yield '<div class="rooms">'
            for room in block.rooms:
                yield from _room(room)
            yield "</div>"
        case _:
            assert_never(block)


def _list(bullets: Bullets) -> Iterator[str]:
    texts = [
        _linked(item) + (f' <span class="tail">{_text(item.tail)}</span>' if item.tail else "")
        for item in bullets.items
    ]
    columns = f"--columns:{bullets.columns}" if bullets.columns > 1 else ""
    if not any(item.mark for item in bullets.items):
        tag = "ol" if bullets.numbered else "ul"
        yield f'<{tag} class="columns" style="{columns}">' if columns else f"<{tag}>"
        yield from (f"<li>{text}</li>" for text in texts)
        yield f"</{tag}>"
        return
    found = marks(bullets)
    # The role is said aloud because some browsers drop it from a list without bullets.
    look = "marked columns" if columns else "marked"
    style = ";".join(filter(None, (f"--mark:{min(max(map(len, found)), 16)}ch", columns)))
    yield f'<ul class="{look}" role="list" style="{style}">'
    for mark, text in zip(found, texts, strict=True):
        yield f'<li><span class="mark">{_text(mark)}</span> <span>{text}</span></li>'
    yield "</ul>"


def _linked(item: Item) -> str:
    address = link(item.address)
    if not address:
        return _text(spelled(item))
    return f'<a href="{escape(address)}" rel="noreferrer">{_text(item.text)}</a>'


def _table(table: Table) -> Iterator[str]:
    small = _is_small(table)
    yield f'<table class="small" {_TABLE}>' if small else f"<table {_TABLE}>"
    if table.caption:
        yield f"<caption>{_text(table.caption)}</caption>"
    if not small:
        weights = table.weights or (1,) * len(table.heads)
        shares = "".join(f'<col style="width:{weight / sum(weights):.2%}">' for weight in weights)
        yield f"<colgroup>{shares}</colgroup>"
    heads = "".join(map(_head, table.heads))
    yield f"<thead {_GROUP}><tr {_ROW}>{heads}</tr></thead>"
    yield f"<tbody {_GROUP}>"
    for first, *others in table.rows:
        yield f"<tr {_ROW}>"
        yield f"<th {_ROW_HEAD}>{_text(' '.join(first.texts))}</th>"
        for head, cell in zip(table.heads[1:], others, strict=True):
            yield f'<td role="cell" data-label="{escape(head)}">{_cell(cell)}</td>'
        yield "</tr>"
    yield "</tbody>"
    yield "</table>"


def _head(text: str) -> str:
    # A head that says nothing is no head: it would be announced, and stay silent.
    return f"<th {_COLUMN_HEAD}>{_text(text)}</th>" if text else '<td role="cell"></td>'


def _is_small(table: Table) -> bool:
    """True when the table needs no more room than its few words, such as one of numbers."""
    columns = zip(table.heads, *([" ".join(cell.texts) for cell in row] for row in table.rows), strict=True)
    return sum(max(map(len, column)) for column in columns) <= SMALL


def _cell(cell: Cell) -> str:
    if is_list(cell):
        return f"<ul>{''.join(f'<li>{_text(text)}</li>' for text in cell.texts)}</ul>"
    return "".join(map(_text, cell.texts))


def _bars(bars: Bars) -> Iterator[str]:
    words = bars.words or "; ".join(f"{label(bar.name)} {bar.number}" for bar in bars.bars)
    # One image with words: names, bars and numbers are seen, the words are heard, and nobody gets both.
    look = "bars whole" if bars.whole else "bars"
    yield f'<div class="{look}" role="img" aria-label="{escape(words)}">'
    for bar, share in zip(bars.bars, shares(bars), strict=True):
        drawn = f'<rect width="{share * 100:.1f}" height="1"/>'
        yield f"<p><span>{_text(bar.name)}</span>"
        yield f'<svg viewBox="0 0 100 1" preserveAspectRatio="none">{drawn}</svg>'
        yield f'<span class="number">{_text(bar.number)}</span></p>'
    yield "</div>"


def _room(room: Room) -> Iterator[str]:
    yield '<div class="room">'
    yield f"<p><strong>{_text(label(room.label))}</strong></p>"
    if room.written:
        # People's own words: in their script, from its side.
        yield f'<p class="written" dir="auto">{escape(room.written)}</p>'
    else:
        yield f'<div class="lines" aria-hidden="true">{"<div></div>" * room.lines}</div>'
    yield "</div>"
