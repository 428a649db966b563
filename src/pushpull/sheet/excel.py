"""Excel workbooks: a table of texts, and a form with lists to choose from. The library is an extra."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from pushpull import extras
from pushpull.files import replacing, room
from pushpull.problems import PushpullError
from pushpull.signs import in_cell

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_MOST_ROWS = 1_048_575
_LONGEST = 32_767  # characters that Excel keeps in a cell
_LONG = 50  # characters; a longer text is wrapped
_NARROWEST, _WIDEST = 8, 60
_SAMPLE = 200  # rows that the widths are taken from
_LISTS = "lists"
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001  always the same, so that the same rows make the same file


@dataclass(frozen=True)
class Choices:
    """The texts to choose from in a column."""

    texts: tuple[str, ...]
    only: bool = True
    """Whether Excel refuses any other text; if not, the list is an offer."""


def can_write() -> None:
    """Raise `PushpullError` if the library is missing: better before a long run than at its end."""
    with extras.needed("xlsx"):
        import xlsxwriter  # noqa: F401, PLC0415  an extra


Target = Path | BytesIO
"""Where a workbook goes: a file, or the memory, on the way to standard output."""


def write_xlsx(target: Target, columns: Sequence[str], rows: Iterable[Sequence[str]], *, name: str = "Sheet1") -> None:
    """Write rows to a workbook with one sheet; every cell stays the text that it is. To a file, memory does not grow.

    Raises `PushpullError` if Excel cannot hold the rows, if the file cannot be written, or if the extra is missing.
    """
    with _workbook(target, constant_memory=True) as book:
        _fill(book, book.add_worksheet(name), columns, rows)


def write_form_xlsx(
    target: Target,
    columns: Sequence[str],
    *,
    choices: Mapping[str, Choices],
    rows: Iterable[Sequence[str]] = (),
    name: str = "Sheet1",
    answers: tuple[str, Sequence[str], Iterable[Sequence[str]]],
) -> None:
    """Write a workbook to be filled in: columns with lists to choose from, and a second sheet that explains them.

    `answers` is the name of the second sheet, its columns and its rows. Raises as `write_xlsx` does.
    """
    with _workbook(target, constant_memory=False) as book:
        form = book.add_worksheet(name)
        _fill(book, form, columns, rows)
        title, explained, texts = answers
        _fill(book, book.add_worksheet(title), explained, texts)
        # A list inside the rule itself may have 255 characters and no comma in its texts, so all stand on a sheet.
        lists = book.add_worksheet(_LISTS)
        lists.hide()
        for column, wanted in enumerate(columns):
            if offered := choices.get(wanted):
                _offer(form, lists, column, offered)


@contextmanager
def _workbook(target: Target, *, constant_memory: bool) -> Iterator[Workbook]:
    with extras.needed("xlsx"):
        import xlsxwriter  # noqa: PLC0415  an extra
        from xlsxwriter.exceptions import FileCreateError  # noqa: PLC0415  an extra
    options = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    with ExitStack() as held:
        if isinstance(target, BytesIO):
            book = xlsxwriter.Workbook(target, options | {"in_memory": True})
        else:
            beside = held.enter_context(replacing(target))
            # The library keeps rows in files of its own on the way: beside the result, and nowhere else.
            own = {"constant_memory": constant_memory, "tmpdir": str(held.enter_context(room(target)))}
            book = xlsxwriter.Workbook(str(beside), options | own)
        book.set_properties({"created": _MADE})
        try:
            yield book
        finally:
            try:
                book.close()
            except FileCreateError as error:
                raise OSError(*getattr(error.__context__, "args", ())) from error


def _fill(book: Workbook, sheet: Worksheet, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    # Cells are marked as text, or Excel makes a number of 007 as soon as somebody edits it.
    plain = book.add_format({"num_format": "@", "valign": "top"})
    wrapped = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
    bold = book.add_format({"bold": True, "valign": "top", "text_wrap": True})
    for column, text in enumerate(columns):
        sheet.write_string(0, column, in_cell(text), bold)
    widths, last = [len(text) for text in columns], 0
    for last, row in enumerate(rows, 1):
        if last > _MOST_ROWS:
            raise PushpullError("too_many_rows", most=f"{_MOST_ROWS:,}")
        for column, text in enumerate(map(in_cell, row)):
            if not text:
                continue
            if len(text) > _LONGEST:
                raise PushpullError("text_too_long", row=str(last + 1), most=f"{_LONGEST:,}")
            long = len(text) > _LONG or "\n" in text
            sheet.write_string(last, column, text, wrapped if long else plain)
            if last <= _SAMPLE:
                widths[column] = max(widths[column], len(text))
    for column, width in enumerate(widths):
        sheet.set_column(column, column, min(max(width + 3, _NARROWEST), _WIDEST), plain)
    sheet.freeze_panes(1, 0)
    if columns:
        sheet.autofilter(0, 0, last, len(columns) - 1)
        sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{_MOST_ROWS + 1}"})


def _offer(form: Worksheet, lists: Worksheet, column: int, offered: Choices) -> None:
    from xlsxwriter.utility import xl_range_abs  # noqa: PLC0415  an extra

    for row, text in enumerate(offered.texts):
        lists.write_string(row, column, in_cell(text))
    source = f"={_LISTS}!{xl_range_abs(0, column, len(offered.texts) - 1, column)}"
    form.data_validation(
        1, column, _MOST_ROWS, column, {"validate": "list", "source": source, "show_error": offered.only}
    )
