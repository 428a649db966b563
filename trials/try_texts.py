"""What becomes of texts, each time with one input: cleaned, on pages in every format, in JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
import random
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from inputs import Target, odd_text
from owed import hold
from pushpull.cli.output import typed
from pushpull.document import (
    Bar,
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
from pushpull.records.text import to_csv, to_json
from pushpull.render import TEXT_FORMATS, render
from pushpull.render.text import clean
from pushpull.sheet.cells import inert
from pushpull.sheet.writing import CsvWriter, JsonLinesWriter
from pushpull.signs import REPLACED, readable

_STEERING = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_COLOR = re.compile(r"\x1b\[[0-9;]*m")


def _text(dice: random.Random) -> str:
    return odd_text(dice)


def text(given: str) -> None:
    """Clean a text for a page, for a message and from the keyboard: one line, in which nothing acts."""
    page = clean(given)
    hold(not _STEERING.search(page) and "\n" not in page and clean(page) == page, "a text on a page that acts")
    for line in (readable(given, REPLACED), typed(given)):
        hold(not _STEERING.search(line), "a line that acts")
    cell = inert(given)
    hold(not cell.startswith(("=", "+", "-", "@", "\t", "\n")), "a cell that is run")
    hold(inert(cell) == cell, "a cell that changes again")
    hold(all(unicodedata.category(letter) != "Cc" for letter in page), "a control character")


def _document(dice: random.Random) -> Document:
    def said() -> str:
        return (
            odd_text(dice) if dice.random() < 0.6 else dice.choice(("A heading", "30 minutes", "w" * 130, "two words"))
        )

    def item() -> Item:
        return Item(said(), mark=said() if dice.random() < 0.3 else "", tail=said(), address=said())

    def block() -> Block:
        match dice.randrange(9):
            case 0:
                return Heading(said(), dice.choice((2, 3)), aside=said())
            case 1:
                return Paragraph(said(), lead=said(), quiet=dice.random() < 0.5)
            case 2:
                return Bullets(tuple(item() for _ in range(dice.randint(0, 4))), numbered=dice.random() < 0.5)
            case 3:
                return Facts(tuple((said(), said()) for _ in range(dice.randint(0, 3))))
            case 4:
                wide = dice.randint(2, 4)
                rows = [
                    tuple(Cell(tuple(said() for _ in range(dice.randint(0, 2)))) for _ in range(wide))
                    for _ in range(dice.randint(0, 3))
                ]
                return Table(said(), tuple(said() for _ in range(wide)), tuple(rows))
            case 5:
                bars = tuple(Bar(said(), dice.choice((0, 0.5, 8, 1e9)), said()) for _ in range(dice.randint(0, 3)))
                return Bars(bars, said(), whole=dice.choice((0, 100)))
            case 6:
                return Note(said(), said())
            case 7:
                return Rooms(tuple(Room(said(), written=said()) for _ in range(dice.randint(1, 2))))
            case _:
                return Room(said(), lines=dice.randint(0, 4), written=said())

    blocks = [Heading(said(), 1), *(block() for _ in range(dice.randint(0, 4)))]
    return Document(said(), tuple(blocks), footer=tuple(said() for _ in range(dice.randint(0, 2))))


def drawn(document: Document) -> None:
    """Draw a page in every format: text that ends in one line break, and in which nothing from outside acts."""
    for form in TEXT_FORMATS:
        shown = render(document, form, width=50)
        hold(shown.endswith("\n") and not shown.endswith("\n\n"), f"{form} does not end in one line break")
        hold(not _STEERING.search(_COLOR.sub("", shown)), f"{form} lets a text act")
        shown.encode()
    in_color = _COLOR.sub("", render(document, "table", width=80, color=True))
    hold(not _STEERING.search(in_color), "in colour a text acts")


def _record(dice: random.Random) -> list[dict[str, str]]:
    names = ["id", "goal", "note", "who"][: dice.randint(1, 4)]
    rows = [{name: odd_text(dice) for name in names} for _ in range(dice.randint(1, 3))]
    return [{name: cell.encode("utf-8", "replace").decode() for name, cell in row.items()} for row in rows]


def record(rows: list[dict[str, str]]) -> None:
    """Write records as JSON and CSV and read them again: the same cells, and none that a spreadsheet would run."""
    whole: Mapping[str, Any] = {"rows": rows}
    hold(json.loads(to_json(whole)) == whole, "the JSON says something else")
    columns = tuple(rows[0])
    cells = [[inert(cell) for cell in row.values()] for row in rows]
    back = list(csv.reader(io.StringIO(to_csv(rows), newline="")))
    hold(back[1:] == cells, "the CSV says something else")
    table = [list(row.values()) for row in rows]
    streamed = CsvWriter(columns)
    back = list(csv.reader(io.StringIO(streamed.rows(table).decode(), newline="")))
    hold(back == cells, "the CSV of a stream says something else")
    lines = JsonLinesWriter(columns).rows(table).decode().split("\n")
    hold([json.loads(line) for line in lines if line] == rows, "the lines of JSON say something else")


TARGETS = (
    Target("text", 200, _text, text),
    Target("page", 4, _document, drawn),
    Target("records", 70, _record, record),
)
