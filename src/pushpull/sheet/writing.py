"""Rows to bytes, batch by batch, so that every process can write its own; and files that are whole or not there."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass

from pushpull.sheet.cells import FORMULA_STARTS, inert
from pushpull.signs import escaped

_BREAKS = (',"\n', '\n"\n')
"""Line breaks that a cell may not start with, as they look in CSV."""


@dataclass(frozen=True)
class CsvWriter:
    """Turns rows into CSV in UTF-8; a text that a spreadsheet or a terminal would run is made a plain one."""

    columns: tuple[str, ...]

    def header(self) -> bytes:
        """Return the first row."""
        return self.rows([self.columns])

    def rows(self, rows: Sequence[Sequence[str]]) -> bytes:
        """Return rows as the bytes to add to the file."""
        text = _csv(rows)
        if _risky(text):
            text = _csv([[inert(cell) for cell in row] for row in rows])
        return text.encode()


@dataclass(frozen=True)
class JsonLinesWriter:
    """Turns rows into lines of JSON in UTF-8, the columns in their order; letters of every language stay.

    A sign that steers a terminal is spelled out, so every reader gets it back.
    """

    columns: tuple[str, ...]

    def header(self) -> bytes:
        """Return nothing: every line has the names of its columns."""
        return b""

    def rows(self, rows: Sequence[Sequence[str]]) -> bytes:
        """Return rows as the bytes to add to the file."""
        line = json.JSONEncoder(ensure_ascii=False).encode
        return escaped("".join(f"{line(dict(zip(self.columns, row, strict=True)))}\n" for row in rows)).encode()


def _risky(text: str) -> bool:
    """Return whether CSV may hold a cell to be made inert; a yes too much only costs a closer look at each cell.

    Searching for one sign, and then for two, is many times as fast as one pattern for all of them.
    """
    text = f"\n{text}"
    return (
        not text.replace("\n", "").isprintable()
        or any(each in text for each in _BREAKS)
        or any(
            sign in text and any(before + sign in text for before in ',"\n') for sign in FORMULA_STARTS if sign != "\n"
        )
    )


def _csv(rows: Sequence[Sequence[str]]) -> str:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue()
