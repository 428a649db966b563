"""Opens a table by the ending of its name, or standard input by its first bytes."""

from __future__ import annotations

import codecs
import tempfile
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import BinaryIO, cast

from pushpull.problems import Place, Problem, PushpullError
from pushpull.sheet.jsonl import open_json_lines
from pushpull.sheet.letters import Origin, look
from pushpull.sheet.table import Sheet
from pushpull.sheet.text import open_text
from pushpull.sheet.workbook import open_workbook

_TEXT = (".csv", ".tsv", ".txt")
_JSON = (".jsonl", ".ndjson", ".json")
_WORKBOOK = (".xlsx", ".xlsm")
_OTHER_WORKBOOKS = (".xls", ".xlsb", ".ods", ".numbers")
ENDINGS = (*_TEXT, *_JSON, *_WORKBOOK)
"""The endings of the files that can be opened."""

_ZIP = b"PK\x03\x04"  # what a workbook starts with
_STANDARD_INPUT = "-"
_MOST_GIVEN = 2_000_000_000
"""Bytes of standard input, of which nobody knows whether it ends; a million rows with long texts have half of it."""


def open_sheet(path: Path, stdin: BinaryIO | None = None) -> Sheet:
    """Open the table at `path`, or for `-` the one in `stdin`, and read its header.

    Raises `PushpullError` if there is nothing that can be read, and `BadFile` if its header is wrong.
    """
    if str(path) == _STANDARD_INPUT and stdin is not None:
        return _given(stdin)
    ending = path.suffix.lower()
    try:
        if path.exists() and not path.is_file():  # a pipe could be read only once, and waiting for it is no answer
            raise PushpullError("not_a_file", file=str(path))
        path.stat()
    except FileNotFoundError as error:
        raise PushpullError("no_file", file=str(path)) from error
    except OSError as error:
        raise PushpullError("cannot_read", file=str(path), why=error.strerror or "") from error
    if ending in _OTHER_WORKBOOKS:
        raise PushpullError("old_workbook", file=str(path))
    if ending not in ENDINGS:
        raise PushpullError("not_a_sheet", file=str(path), endings=", ".join(ENDINGS))
    return _opened(Origin(str(path), path), ending)


def _given(stdin: BinaryIO) -> Sheet:
    """Copy standard input to a file without a name, which nobody else can read, and open that."""
    with ExitStack() as held:
        copy = cast("BinaryIO", held.enter_context(tempfile.TemporaryFile()))
        try:
            for chunk in iter(partial(stdin.read, 1 << 20), b""):
                if copy.tell() + len(chunk) > _MOST_GIVEN:
                    raise PushpullError("too_large", file=_STANDARD_INPUT)
                copy.write(chunk)
        except OSError as error:
            raise PushpullError("cannot_read", file=_STANDARD_INPUT, why=error.strerror or "") from error
        copy.seek(0)
        head = copy.read(1000)
        start = head.removeprefix(codecs.BOM_UTF8).lstrip()
        ending = ".xlsx" if head.startswith(_ZIP) else ".jsonl" if start.startswith(b"{") else ".csv"
        sheet = _opened(Origin(_STANDARD_INPUT, copy), ending)
        return replace(sheet, held=held.pop_all())


def _opened(origin: Origin, ending: str) -> Sheet:
    if ending in _WORKBOOK:
        return open_workbook(origin)
    with origin.stream() as stream:
        letters = look(stream)
    json = ending in _JSON
    sheet = open_json_lines(origin, letters) if json else open_text(origin, letters, tab=ending == ".tsv")
    remarks = (Problem.at(Place(origin.name), "windows_text"),) if letters.windows else ()
    return replace(sheet, remarks=remarks)
