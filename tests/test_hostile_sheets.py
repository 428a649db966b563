"""No sheet, no folder of plans and no Word file does harm: a sentence, or a row with its reason, and exit code 1."""

from __future__ import annotations

import csv
import datetime as dt
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from helpers import EXAMPLES, run
from hostile import (
    ARTICULATION,
    END,
    HEAD,
    LARGE,
    START,
    no_files,
    noise,
    sparse,
    workbook,
    workbooks,
    written,
)
from metered import metered
from pushpull.cli.worded import sentences
from pushpull.load.words import load_words
from pushpull.problems import PushpullError
from pushpull.sheet.opening import open_sheet
from test_hostile import refused

TEXTS: dict[str, tuple[str, bytes | str]] = {
    "one line": (".csv", "a" * 3_000_000),
    "columns": (".csv", "service," + ",".join(f"c{n}" for n in range(300))),
    "columns of blanks": (".csv", "," * 500_000 + "x"),
    "many columns": (".csv", ",".join(f"c{n}" for n in range(110_000)) + "\narticulation\n"),
    "NUL": (".csv", b"\0" * 1_000_000),
    "empty lines": (".csv", "\n" * 1_000_000 + "service\narticulation\n"),
    "blank lines of JSON": (".jsonl", " \n" * 1_000_000 + '{"service": "articulation"}\n'),
    "half letters": (".csv", b"\xff\xfe" + b"\x00\xd8" * 500_000),
    "an open quote": (".csv", '"' + "service,\n" * 300_000),
    "depth": (".jsonl", '{"service": ' + "[" * 100_000),
    "keys": (".jsonl", "{" + ",".join(f'"{n}":1' for n in range(80_000)) + "}"),
    "new names in each line": (
        ".jsonl",
        "".join("{" + ",".join(f'"{line}_{n}":1' for n in range(500)) + "}\n" for line in range(1000)),
    ),
    "a list": (".json", "[" * 900_000),
    "another kind of workbook": (".xls", b"\xd0\xcf\x11\xe0"),
    "a password": (".xlsx", b"\xd0\xcf\x11\xe0" + b"\0" * 5000),
}
"""Files that are refused as a whole."""

ROWS: dict[str, tuple[str, bytes | str]] = {
    "a long row": (".csv", "service\narticulation\n" + "a" * 3_000_000 + "\narticulation\n"),
    "a wide row": (".csv", "service\narticulation\n" + "a," * 400_000 + "\narticulation\n"),
    "NUL": (".csv", b"service\narticulation\nx\0\narticulation\n"),
    "lists": (
        ".jsonl",
        '{"service":"articulation"}\n{"service":[' + "[]," * 300_000 + '[]]}\n{"service":"articulation"}',
    ),
    "depth": (".jsonl", '{"service":"articulation"}\n{"service":' + "[" * 900_000 + '\n{"service":"articulation"}'),
    "the same key": (
        ".jsonl",
        '{"service":"articulation"}\n' * 1000
        + "{" + ",".join(f'"{n}":1' for n in range(80_000)) + ',"z":1,"z":2}\n{"service":"articulation"}',
    ),
    "half a letter": (".jsonl", '{"service":"articulation"}\n{"service":"\\ud800"}\n{"service":"articulation"}'),
}  # fmt: skip
"""Files with one bad row between good ones."""


def made(folder: Path, ending: str, content: bytes | str) -> Path:
    return written(folder / f"sheet{ending}", content)


def result(folder: Path) -> list[dict[str, str]]:
    with (folder / "out.csv").open(newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("name", TEXTS)
def test_a_hostile_table_ends_in_a_sentence(tmp_path: Path, name: str) -> None:
    sheet = made(tmp_path, *TEXTS[name])
    refused(metered("caseload", sheet, "-o", tmp_path / "out.csv"))
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize("name", ROWS)
def test_a_hostile_row_costs_that_row_and_no_other(tmp_path: Path, name: str) -> None:
    sheet = made(tmp_path, *ROWS[name])
    refused(metered("caseload", sheet, "-o", tmp_path / "out.csv"))
    problems = [bool(row["problem"]) for row in result(tmp_path)]
    assert problems.count(True) == 1
    assert (problems[0], problems[-1]) == (False, False)


@pytest.mark.parametrize("ending", [".csv", ".jsonl", ".xlsx"])
def test_a_file_of_100_megabytes_of_nothing_is_refused(tmp_path: Path, ending: str) -> None:
    sheet = sparse(tmp_path / f"sheet{ending}")
    assert sheet.stat().st_size == LARGE
    refused(metered("caseload", sheet, "-o", tmp_path / "out.csv"))


@pytest.mark.parametrize("ending", [".csv", ".jsonl", ".xlsx", ""])
def test_what_is_no_file_is_no_sheet(tmp_path: Path, ending: str) -> None:
    for name, path in no_files(tmp_path, ending).items():
        done = run("caseload", path, "-o", tmp_path / "out.csv")
        assert (done.exit_code, type(done.exception)) == (1, SystemExit), name
        assert str(path) in done.stderr


def test_a_link_to_a_sheet_is_that_sheet(tmp_path: Path) -> None:
    written(tmp_path / "inner" / "sheet.csv", "\ufeffservice\narticulation\n")
    (tmp_path / "link.csv").symlink_to("inner/sheet.csv")
    assert metered("caseload", tmp_path / "link.csv", "-o", tmp_path / "out.csv").code == 0
    assert [row["service"] for row in result(tmp_path)] == ["articulation"]


def test_quotes_that_are_never_closed_take_no_longer_than_the_file_is_long(tmp_path: Path) -> None:
    took = []
    for lines in (20_000, 80_000):
        sheet = made(tmp_path, ".csv", "service,b\n" + 'x",y,"z\n' * lines)
        done = metered("caseload", sheet, "-o", tmp_path / "out.csv")
        assert done.code == 1
        took.append(done.seconds)
    # What is looked through in vain is bounded; a search anew for each line took 16 times as long for 4 times as much.
    assert took[1] < 6 * took[0] + 1


def test_long_rows_do_not_fill_the_memory(tmp_path: Path) -> None:
    sheet = made(tmp_path, ".csv", "service,b\n" + ("articulation," + "x" * 100_000 + "\n") * 600)
    done = metered("caseload", sheet, "-o", tmp_path / "out.csv")
    assert done.code == 0
    assert done.megabytes < 200
    assert len(result(tmp_path)) == 600


# --- workbooks ----------------------------------------------------------------------------------------------------


def test_a_hostile_workbook_ends_in_a_sentence(tmp_path: Path) -> None:
    for name, book in workbooks(tmp_path).items():
        done = metered("caseload", book, "-o", tmp_path / "out.csv")
        refused(done)
        assert not (tmp_path / "out.csv").exists(), name


def test_what_is_wrong_with_a_workbook_is_said(tmp_path: Path) -> None:
    large = {"zeros", "spaces", "rows", "remarks", "one sign", "deep", "one long text", "many texts", "many parts"}
    large |= {"empty rows", "empty cells", "cells beyond", "blank cells", "empty texts", "pieces", "looks"}
    for name, book in workbooks(tmp_path).items():
        with pytest.raises(PushpullError) as bad, open_sheet(book) as sheet:
            list(sheet.batches(1000))
        expected = {"wide": "bad_file", "no sheet at all": "no_header"}.get(
            name, "workbook_too_large" if name in large else "not_a_workbook"
        )
        assert bad.value.say == expected, name
        assert "{" not in sentences(bad.value, load_words())[0]


def test_a_hostile_row_of_a_workbook_costs_that_row_and_no_other(tmp_path: Path) -> None:
    rows = {
        "no such text": '<row><c t="s"><v>99</v></c></row>',
        "no number": "<row><c><v>thirty</v></c></row>",
        "no end of a number": "<row><c><v>1e999</v></c></row>",
        "no day": '<row><c t="d"><v>2026-13-01</v></c></row>',
        "half a letter": '<row><c t="str"><v>_xD800_</v></c></row>',
        "a cell far away": '<row r="3"><c r="A3" t="str"><v>articulation</v></c><c r="XFD3"><v>1</v></c></row>',
        "a long cell": f'<row><c t="str"><v>{noise(140_000)}</v></c></row>',
        "a long row": "<row>" + f'<c t="str"><v>{noise(100_000)}</v></c>' * 12 + "</row>",
    }
    for name, row in rows.items():
        book = workbook(tmp_path / "in.xlsx", [START, ARTICULATION, row, ARTICULATION, END])
        done = run("caseload", book, "-o", tmp_path / "out.csv")
        assert done.exit_code == 1, name
        assert [bool(row["problem"]) for row in result(tmp_path)] == [False, True, False], name
        assert f"{book}:3:" in done.stderr, name


def test_rows_and_columns_that_are_missing_take_no_time_and_keep_their_numbers(tmp_path: Path) -> None:
    far = '<row r="1048576"><c r="A1048576" t="str"><v>nothing</v></c></row>'
    styled = '<row r="5"><c r="A5" t="str"><v>articulation</v></c><c r="XFD5" s="1"/></row>'
    book = workbook(tmp_path / "in.xlsx", ['<worksheet><dimension ref="A1:XFD1048576"/>', START[11:], styled, far, END])
    done = metered("caseload", book, "-o", tmp_path / "out.csv")
    refused(done)
    assert f"{book}:1048576:1:" in done.said
    assert [row["service"] for row in result(tmp_path)] == ["articulation", "nothing"]


def test_rows_that_a_spreadsheet_program_left_behind_are_read(tmp_path: Path) -> None:
    left = (f'<row r="{number}" spans="1:8" x14ac:dyDescent="0.25"/>' for number in range(3, 1_048_577))
    book = workbook(tmp_path / "rows.xlsx", [START, ARTICULATION, *left, END])
    assert services(book) == ["articulation"]
    row = '<row r="{0}"><c r="A{0}" s="1"/><c r="B{0}" s="1"/><c r="C{0}" s="1"/><c r="D{0}" s="2"/></row>'
    book = workbook(tmp_path / "cells.xlsx", [START, ARTICULATION, *map(row.format, range(3, 200_000)), END])
    assert services(book) == ["articulation"]


def test_the_same_texts_in_very_many_rows_are_read(tmp_path: Path) -> None:
    cells = '<c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>2</v></c>'
    texts = ["<sst><si><t>articulation</t></si><si><t>yes</t></si><si><t>no</t></si></sst>"]
    head = '<row><c t="str"><v>service</v></c><c t="str"><v>one</v></c><c t="str"><v>two</v></c></row>'
    rows = (f"<row>{cells}</row>" if number % 7 else f'<row r="{number}">{cells}</row>' for number in range(2, 300_001))
    book = workbook(tmp_path / "in.xlsx", ["<worksheet><sheetData>", head, *rows, END], texts)
    assert services(book) == ["articulation"] * 299_999
    own = ["<sst>", *(f"<si><t>student {number}</t></si>" for number in range(300_000)), "</sst>"]
    rows = (f'<row r="{row}"><c r="A{row}" t="s"><v>{row}</v></c></row>' for row in range(2, 300_000))
    book = workbook(tmp_path / "in.xlsx", [START, *rows, END], own)
    assert services(book) == [f"student {row}" for row in range(2, 300_000)]


def services(book: Path) -> list[str]:
    with open_sheet(book) as sheet:
        rows = [row for batch in sheet.batches(1000) for row in sheet.reading.rows(batch)]
    return [row[1][0] for row in rows if isinstance(row, tuple)]


def test_cells_say_what_another_reader_says_of_them(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append(["what", "value"])
    moments = [dt.datetime(1900, 1, 1), dt.datetime(1900, 3, 1), dt.datetime(2026, 2, 28, 23, 59, 59)]  # noqa: DTZ001
    values: list[tuple[Any, str, str]] = [
        (moments[0], "yyyy-mm-dd", "1900-01-01"),
        (moments[1], 'd" of "mmmm', "1900-03-01"),
        (moments[2], "[$-409]d/m/yy h:mm AM/PM;@", "2026-02-28 23:59:59"),
        (dt.time(8, 30), "h:mm", "08:30"),
        (1.25, "[h]:mm", "1 day, 6:00:00"),
        (30, '0" days"', "30"),
        (30, "[Red]0.00E+00", "30"),
        (-1, "yyyy-mm-dd", "-1"),
        (3_000_000, "yyyy-mm-dd", "3000000"),
        (" <&> é😀 \n", "General", " <&> é😀 \n"),
        ("#DIV/0!", "General", "#DIV/0!"),
        (False, "General", "false"),
    ]
    for row, (value, form, _) in enumerate(values, 2):
        sheet.cell(row, 1, "a")
        sheet.cell(row, 2, value).number_format = form
    book.save(tmp_path / "in.xlsx")
    with open_sheet(tmp_path / "in.xlsx") as table:
        rows = [row for batch in table.batches(5) for row in table.reading.rows(batch)]
    assert [cells[1] for _, cells in rows] == [text for _, _, text in values]  # type: ignore[misc]


def test_days_counted_from_1904_and_texts_of_every_kind(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    sheet: Any = book.active
    sheet.append(["day"])
    sheet.append([dt.date(2026, 11, 24)])
    book.save(tmp_path / "mac.xlsx")
    with open_sheet(tmp_path / "mac.xlsx") as table:
        ((_, cells),) = [row for batch in table.batches(5) for row in table.reading.rows(batch)]  # type: ignore[misc]
    assert cells == ["2026-11-24"]
    strings = (
        "<sst><si><r><t>two </t></r><r><t>parts</t></r><rPh><t>spoken</t></rPh></si><si><t>a_x000D_b</t></si></sst>"
    )
    cells = '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>'
    workbook(tmp_path / "in.xlsx", ["<worksheet><sheetData>", cells, END], [strings])
    assert open_sheet(tmp_path / "in.xlsx").columns == ("two parts", "a\rb")


# --- folders of plans, and Word files -----------------------------------------------------------------------------


def test_what_is_no_plan_in_a_folder_of_plans_is_a_row_with_its_reason(tmp_path: Path) -> None:
    folder = tmp_path / "plans"
    written(folder / "b.yaml", HEAD)
    no_files(folder, ".yaml")
    sparse(folder / "large.yaml")
    written(folder / "broken.yaml", "plan: 1\nx: [" + "a," * 400_000)
    (folder / "linked.yaml").symlink_to("b.yaml")
    refused(metered("caseload", folder, "-o", tmp_path / "out.csv"))
    told = {Path(row["plan"]).stem: bool(row["problem"]) for row in result(tmp_path)}
    wrong = ("broken", "folder", "itself", "large", "nothing", "pipe", "zero")
    assert told == {"b": False, "linked": False, **dict.fromkeys(wrong, True)}


def word_files(folder: Path) -> dict[str, Path]:
    """Make files that look like a Word template and are none."""
    kinds = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    made = {name: folder / f"{name}.docx" for name in ("bomb", "entities", "deep", "many", "torn", "elements")}
    content: dict[str, bytes | str] = {
        "bomb": kinds + " " * 99_000_000,
        "entities": '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "' + "&a;" * 1000 + '">]><Types>&b;</Types>',
        "deep": kinds + "<a>" * 200_000,
        "torn": kinds,
        "elements": kinds + "<a/>" * 5_000_000 + "</Types>",
    }
    for name, text in content.items():
        with zipfile.ZipFile(made[name], "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", text)
    with zipfile.ZipFile(made["many"], "w") as archive:
        for number in range(20_000):
            archive.writestr(str(number), "")
    return made | no_files(folder, ".docx") | {"large": sparse(folder / "large.docx")}


def test_a_hostile_word_template_ends_in_a_sentence(tmp_path: Path) -> None:
    for name, template in word_files(tmp_path).items():
        done = metered("export", EXAMPLES[0], "-o", tmp_path / "paper.docx", "--template", template)
        refused(done)
        assert not (tmp_path / "paper.docx").exists(), name
