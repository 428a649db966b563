"""Tables are read as people have them, as a stream, and written so that no spreadsheet runs a cell."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import os
import pickle
import string
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from pushpull.cli.worded import sentences
from pushpull.files import replacing
from pushpull.load.words import load_words
from pushpull.problems import BadFile, Problem, PushpullError
from pushpull.sheet import opening
from pushpull.sheet.excel import Choices, write_form_xlsx, write_xlsx
from pushpull.sheet.opening import open_sheet
from pushpull.sheet.table import Batch, Row, Sheet
from pushpull.sheet.writing import CsvWriter, JsonLinesWriter

WORDS = load_words()
Rows = list[tuple[int, list[str]]]


def saved(folder: Path, content: str | bytes, name: str = "in.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def all_rows(sheet: Sheet, size: int = 1000, together: int | None = None) -> list[Row]:
    """Return every row, through batches that were sent to another process and back."""
    with sheet:
        reading = pickle.loads(pickle.dumps(sheet.reading))  # noqa: S301  our own
        batches = [pickle.loads(pickle.dumps(batch)) for batch in sheet.batches(size, together)]  # noqa: S301
        return [row for batch in batches for row in reading.rows(batch)]


def read(folder: Path, content: str | bytes, name: str = "in.csv") -> tuple[tuple[str, ...], Rows]:
    """Return columns and rows of a table without a problem."""
    sheet = open_sheet(saved(folder, content, name))
    return sheet.columns, [row for row in all_rows(sheet) if isinstance(row, tuple)]


def problems(folder: Path, content: str | bytes, name: str = "in.csv") -> list[tuple[int, int, str]]:
    """Return where rows have which problem; each has a sentence with all its blanks filled in."""
    found = [row for row in all_rows(open_sheet(saved(folder, content, name))) if isinstance(row, Problem)]
    return [told(problem) for problem in found]


def refused(folder: Path, content: str | bytes, name: str = "in.csv") -> list[tuple[int, int, str]]:
    """Return what is wrong with a file as a whole."""
    with pytest.raises(BadFile) as bad:
        open_sheet(saved(folder, content, name))
    return [told(problem) for problem in bad.value.problems]


def told(problem: Problem) -> tuple[int, int, str]:
    (line, *_) = sentences(BadFile([problem]), WORDS)
    assert "{" not in line
    return problem.place.line, problem.place.column, problem.say


def says(path: Path, given: io.BytesIO | None = None) -> str:
    with pytest.raises(PushpullError) as bad:
        open_sheet(path, given)
    assert "{" not in "".join(sentences(bad.value, WORDS))
    return bad.value.say


def batch_sizes(sheet: Sheet, size: int, together: int | None = None) -> list[int]:
    with sheet:
        return [len(list(sheet.reading.rows(batch))) for batch in sheet.batches(size, together)]


class TestText:
    @pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
    def test_the_delimiter_is_found_from_the_header(self, tmp_path: Path, delimiter: str) -> None:
        others = "".join({",", ";", "|"} - {delimiter})
        content = delimiter.join(["Student", f'"what{others}else"', "Grade"]) + "\n" + delimiter.join("abc")
        assert read(tmp_path, content) == (("Student", f"what{others}else", "Grade"), [(2, ["a", "b", "c"])])

    def test_names_with_other_delimiters_need_no_quotes_as_long_as_there_are_more_columns(self, tmp_path: Path) -> None:
        assert read(tmp_path, "Last, first;Service;Grade\n")[0] == ("Last, first", "Service", "Grade")

    def test_tabs_come_first_where_the_ending_says_so(self, tmp_path: Path) -> None:
        assert read(tmp_path, "Last, first\tGrade\n", "in.tsv")[0] == ("Last, first", "Grade")

    @pytest.mark.parametrize("said", ["sep=|", '"sep=|"', "SEP=|"])
    def test_the_line_of_excel_tells_the_delimiter_and_is_no_row(self, tmp_path: Path, said: str) -> None:
        assert read(tmp_path, f"{said}\r\na,b|c\r\n1|2\r\n") == (("a,b", "c"), [(2, ["1", "2"])])

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    @pytest.mark.parametrize("letters", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
    def test_line_ends_and_letters_of_every_program(self, tmp_path: Path, end: str, letters: str) -> None:
        content = end.join(["näme,day", "Zoë,“x”", "", f'"two{end}lines",3']).encode(letters)
        sheet = open_sheet(saved(tmp_path, content))
        assert sheet.columns == ("näme", "day")
        assert all_rows(sheet) == [(2, ["Zoë", "“x”"]), (4, [f"two{end}lines", "3"])]
        assert [told(remark)[2] for remark in sheet.remarks] == (["windows_text"] if letters == "cp1252" else [])

    def test_utf16_that_was_written_the_other_way_round(self, tmp_path: Path) -> None:
        content = b"\xfe\xff" + "a\tb\r\n1\tö".encode("utf-16-be")
        assert read(tmp_path, content, "in.txt") == (("a", "b"), [(2, ["1", "ö"])])

    def test_a_line_end_between_two_chunks_is_one(self, tmp_path: Path) -> None:
        content = b"a,b\r\n" + b"x" * ((1 << 20) - 6) + b"\r\n1,2\r\n"
        assert open_sheet(saved(tmp_path, content)).reading.encoding == "utf-8"  # type: ignore[attr-defined]
        assert problems(tmp_path, content) == [(2, 1, "row_too_long")]

    def test_blank_rows_and_remarks_are_no_rows_and_are_counted(self, tmp_path: Path) -> None:
        content = '\n a ,b\n\n# how to fill in\n"#, too",\n,,,\n  \n1,2\n,3\n'
        assert read(tmp_path, content) == (("a", "b"), [(8, ["1", "2"]), (9, ["", "3"])])

    def test_short_rows_are_filled_and_long_ones_may_be_blank_behind(self, tmp_path: Path) -> None:
        assert read(tmp_path, "a,b,,\n1\n1,2,, ,\n") == (("a", "b"), [(2, ["1", ""]), (3, ["1", "2"])])
        assert problems(tmp_path, "a,b\n1,2,,lost\n1,2\n") == [(2, 4, "row_too_wide")]

    def test_a_quote_inside_a_text_is_a_letter(self, tmp_path: Path) -> None:
        content = 'a,b\n5" tape,x\n5" tape,"so\ncalled"\n"say ""hi""",""\n'
        rows = [(2, ['5" tape', "x"]), (3, ['5" tape', "so\ncalled"]), (4, ['say "hi"', ""])]
        assert read(tmp_path, content)[1] == rows

    def test_one_quote_that_is_not_closed_costs_one_row(self, tmp_path: Path) -> None:
        content = 'a,b\n1,2\n"3,4\n5,6\n'
        assert problems(tmp_path, content) == [(3, 1, "open_quote")]
        assert read(tmp_path, content)[1] == [(2, ["1", "2"]), (4, ["5", "6"])]
        assert problems(tmp_path, 'a,b\n1,2\n"3,4') == [(3, 1, "open_quote")]
        long = 'a,b\n"3,4\n' + "5,6\n" * 40_000 + '"7",8\n'
        assert problems(tmp_path, long) == [(2, 1, "open_quote")]
        assert len(read(tmp_path, long)[1]) == 40_001

    def test_a_row_with_many_quoted_lines_ends_somewhere(self, tmp_path: Path) -> None:
        content = "a,b\n" + '"' + 'x\n","' * 300_000
        assert problems(tmp_path, content)[0] == (2, 1, "open_quote")

    def test_what_no_row_can_be_is_a_problem_of_that_row(self, tmp_path: Path) -> None:
        long = "x" * 140_000
        content = f'a,b\n1,\0\n{long},2\n"{long}",2\n5" {long},2\n{"y" * 2_500_000}\n"1\n{"y" * 1_500_000}\n7,8'
        assert problems(tmp_path, content) == [
            (2, 2, "control_character"),
            *((row, 1, "row_too_long") for row in (3, 4, 5, 6)),
            (7, 1, "open_quote"),
            (8, 1, "row_too_long"),
        ]
        assert read(tmp_path, content)[1] == [(9, ["7", "8"])]
        assert problems(tmp_path, content.replace("\n", "\r")) == problems(tmp_path, content)

    def test_a_bad_header_is_a_problem_of_the_whole_file(self, tmp_path: Path) -> None:
        found = refused(tmp_path, "\nname,,name,x\0\n1,2,3,4\n")
        assert found == [(2, 2, "column_without_name"), (2, 3, "column_twice"), (2, 4, "control_character")]
        assert refused(tmp_path, '"name,b\n1,2\n') == [(1, 1, "open_quote")]
        assert refused(tmp_path, "x" * 140_000) == [(1, 1, "row_too_long")]

    def test_a_table_without_a_row_is_fine(self, tmp_path: Path) -> None:
        assert read(tmp_path, "a,b") == (("a", "b"), [])
        assert read(tmp_path, "a") == (("a",), [])


class TestFiles:
    def test_what_cannot_be_read_has_a_sentence(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "folder.csv").mkdir()
        assert says(tmp_path / "folder.csv") == "not_a_file"
        assert says(tmp_path / "none.csv") == "no_file"
        assert says(saved(tmp_path, "a", "in.csv") / "more.csv") == "cannot_read"
        assert says(saved(tmp_path, "a,b", "in.doc")) == "not_a_sheet"
        for name in ("in.csv", "in.jsonl", "in.tsv"):
            assert says(saved(tmp_path, "", name)) == "no_header"
            assert says(saved(tmp_path, b"\xef\xbb\xbf\n \r\n", name)) == "no_header"
        if hasattr(os, "mkfifo"):
            os.mkfifo(tmp_path / "pipe.csv")
            assert says(tmp_path / "pipe.csv") == "not_a_file"

        def closed(*_: object, **__: object) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "open", closed)
        assert says(tmp_path / "in.csv") == "cannot_read"

    def test_standard_input_is_known_by_its_first_bytes(self, tmp_path: Path) -> None:
        write_xlsx(tmp_path / "in.xlsx", ("a", "b"), [["1", "2"]])
        for content in (b"a,b\n1,2\n", b'\xef\xbb\xbf {"a": 1, "b": "2"}\n', (tmp_path / "in.xlsx").read_bytes()):
            with open_sheet(Path("-"), io.BytesIO(content)) as sheet:
                assert sheet.columns == ("a", "b")
                assert [batch.first for batch in sheet.batches(10)] == [batch.first for batch in sheet.batches(10)]
                ((_, cells),) = [row for row in all_rows(sheet) if isinstance(row, tuple)]
                assert cells == ["1", "2"]
        assert says(Path("-"), io.BytesIO()) == "no_header"

    def test_standard_input_that_does_not_end_is_given_up(self, monkeypatch: pytest.MonkeyPatch) -> None:
        class Endless(io.BytesIO):
            """Says yes for ever."""

            def read(self, size: int | None = -1, /) -> bytes:
                return b"y\n" * ((size or 2) // 2)

        monkeypatch.setattr(opening, "_MOST_GIVEN", 3_000_000)
        assert says(Path("-"), Endless()) == "too_large"
        exactly = b"id\n" + b"a\n" * 1_499_998 + b"\n"
        assert len(exactly) == 3_000_000
        with open_sheet(Path("-"), io.BytesIO(exactly)) as sheet:
            assert sheet.columns == ("id",)


class TestBatches:
    def test_rows_of_one_student_stay_together(self, tmp_path: Path) -> None:
        content = "id,n\n" + "".join(f"{student},{n}\n" for student in "abcde" for n in range(4))
        sheet = open_sheet(saved(tmp_path, content))
        assert batch_sizes(sheet, 3) == [3, 3, 3, 3, 3, 3, 2]
        assert batch_sizes(sheet, 3, 0) == [4, 4, 4, 4, 4]
        assert batch_sizes(sheet, 5, 0) == [8, 8, 4]
        assert batch_sizes(sheet, 4, 0) == [4, 4, 4, 4, 4]
        assert batch_sizes(sheet, 1, 1) == [1] * 20
        assert list(sheet.batches(3, 0)) == list(sheet.batches(3, 0))

    def test_blank_rows_and_problems_do_not_part_them(self, tmp_path: Path) -> None:
        content = 'id,n\na,1\n\n# so\na,2,,x\n"a\n"\na,3\nb,1\n'.replace('"a\n"\n', "")
        assert batch_sizes(open_sheet(saved(tmp_path, content)), 1, 0) == [3, 1]
        assert batch_sizes(open_sheet(saved(tmp_path, "id\n\n\na\n")), 1, 0) == [0, 0, 1]

    def test_a_batch_grows_only_up_to_a_limit(self, tmp_path: Path) -> None:
        assert batch_sizes(open_sheet(saved(tmp_path, "id\n" + "a\n" * 2500)), 10, 0) == [1010, 1010, 480]

    def test_lines_of_json_and_workbooks_keep_them_together_too(self, tmp_path: Path) -> None:
        rows = [[student, str(n)] for student in "ab" for n in range(3)]
        lines = JsonLinesWriter(("id", "n")).rows(rows)
        assert batch_sizes(open_sheet(saved(tmp_path, lines, "in.jsonl")), 1, 0) == [3, 3]
        write_xlsx(tmp_path / "in.xlsx", ("id", "n"), rows)
        assert batch_sizes(open_sheet(tmp_path / "in.xlsx"), 1, 0) == [3, 3]

    def test_problems_are_in_the_batch_of_their_row(self, tmp_path: Path) -> None:
        sheet = open_sheet(saved(tmp_path, 'a,b\n1,2\n"3,4\n5,6\n'))
        assert [list(batch.flaws) for batch in sheet.batches(1)] == [[], [3], []]


class TestJsonLines:
    def test_values_become_texts(self, tmp_path: Path) -> None:
        line = {"a": "x\ny", "b": 30.0, "c": 0.5, "d": 7, "e": True, "f": None, "g": ["p", "q"], "h": []}
        columns, rows = read(tmp_path, json.dumps(line) + "\n\n" + '{"b": 1e3, "e": false, "a": "ö"}', "in.jsonl")
        assert columns == tuple("abcdefgh")
        assert rows == [
            (1, ["x\ny", "30", "0.5", "7", "true", "", "p; q", ""]),
            (3, ["ö", "1000", "", "", "false", "", "", ""]),
        ]

    def test_answers_are_laid_flat(self, tmp_path: Path) -> None:
        content = '{"id": "a", "answers": {"q": "yes", "r": ["s"]}}\n{"id": "b", "answers": null}\n'
        assert read(tmp_path, content, "in.json") == (("id", "q", "r"), [(1, ["a", "yes", "s"]), (2, ["b", "", ""])])

    @pytest.mark.parametrize("letters", ["utf-8-sig", "utf-16", "cp1252"])
    @pytest.mark.parametrize("end", ["\r\n", "\r"])
    def test_other_letters_and_ends(self, tmp_path: Path, letters: str, end: str) -> None:
        content = end.join(['{"a": "Zoë"}', '{"a": "b"}', ""]).encode(letters)
        assert read(tmp_path, content, "in.ndjson")[1] == [(1, ["Zoë"]), (2, ["b"])]

    @pytest.mark.parametrize(
        ("line", "column", "say"),
        [
            ('{"a": {"x": 1}}', 1, "value_not_text"),
            ('{"a": ["x", ["y"]]}', 1, "value_not_text"),
            ('{"a": 1, "a": 2}', 1, "column_twice_in_line"),
            ('{"a": 1, "answers": {"a": 2}}', 1, "column_twice_in_line"),
            ('{"new": 1}', 1, "column_too_late"),
            ('{"a": }', 7, "row_not_json"),
            ('{"a": NaN}', 1, "row_not_json"),
            ("[1]", 1, "row_not_json"),
            ('"a"', 1, "row_not_json"),
            ('{"a": ' + "[" * 100_000, 1, "row_not_json"),
            (r'{"a": "\u0000"}', 1, "control_character"),
            (r'{"a": "\ud83d"}', 1, "control_character"),
            ('{"a": "' + "x" * 1_100_000 + '"}', 1, "row_too_long"),
        ],
    )
    def test_anything_else_is_a_problem_of_its_row(self, tmp_path: Path, line: str, column: int, say: str) -> None:
        content = '{"a": 1}\n' * 1000 + line + '\n{"a": 2}\n'
        assert problems(tmp_path, content, "in.jsonl") == [(1001, column, say)]
        assert len(read(tmp_path, content, "in.jsonl")[1]) == 1001

    def test_a_number_of_any_length_stays(self, tmp_path: Path) -> None:
        content = '{"a": ' + "1" * 5000 + ', "b": 1e999}\n'
        assert read(tmp_path, content, "in.jsonl")[1] == [(1, ["1" * 5000, "1e999"])]

    def test_a_file_of_another_kind_is_refused(self, tmp_path: Path) -> None:
        assert refused(tmp_path, '[\n{"a": 1},\n{"a": 2}\n]', "in.json")[0] == (1, 2, "row_not_json")
        assert refused(tmp_path, "{}\n", "in.jsonl") == [(1, 1, "row_not_json")]
        assert refused(tmp_path, '{"a": 1, " ": 2}\n', "in.jsonl") == [(1, 2, "column_without_name")]


class TestWorkbook:
    def test_cells_are_what_a_person_sees(self, tmp_path: Path) -> None:
        book = Workbook()
        sheet: Any = book.active
        moment = dt.datetime(2026, 1, 2, 8, 30)  # noqa: DTZ001  as in a workbook
        values = [30, 0.1 + 0.2, moment.date(), moment, moment.time(), True, "007", 1e20]
        for column, value in enumerate(values, 2):
            sheet.cell(3, column, f" name {column}")
            sheet.cell(6, column, value)
        sheet.cell(5, 2, "# a remark")
        sheet.cell(7, 2, "short")
        book.create_sheet("second").cell(1, 1, "never read")
        book.save(tmp_path / "in.xlsx")
        table = open_sheet(tmp_path / "in.xlsx")
        assert table.columns == tuple(f"name {column}" for column in range(2, 10))
        assert all_rows(table) == [
            (6, ["30", "0.3", "2026-01-02", "2026-01-02 08:30", "08:30", "true", "007", "1e+20"]),
            (7, ["short", *[""] * 7]),
        ]

    def test_what_is_wrong_has_the_column_of_the_sheet(self, tmp_path: Path) -> None:
        book = Workbook()
        sheet: Any = book.active
        for row, cells in enumerate((["a", "b"], ["1", "2", "lost"]), 2):
            for column, value in enumerate(cells, 3):
                sheet.cell(row, column, value)
        book.save(tmp_path / "in.xlsx")
        assert problems(tmp_path, (tmp_path / "in.xlsx").read_bytes(), "in.xlsx") == [(3, 5, "row_too_wide")]

    def test_a_file_that_is_none_and_an_empty_one(self, tmp_path: Path) -> None:
        for content in (b"", b"a,b\n", b"PK\x03\x04"):
            assert says(saved(tmp_path, content, "in.xlsx")) == "not_a_workbook"
        Workbook().save(tmp_path / "in.xlsx")
        assert says(tmp_path / "in.xlsx") == "no_header"

    def test_without_the_library_the_line_to_install_it_is_told(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "xlsxwriter", None)
        with pytest.raises(PushpullError) as missing:
            write_xlsx(tmp_path / "out.xlsx", ("a",), [])
        assert missing.value.values["extra"] == "xlsx"
        assert "pip install" in missing.value.values["line"]

    def test_texts_stay_texts(self, tmp_path: Path) -> None:
        rows = [["007", "=1+1", "https://example.org", "long " * 40], ["a\nb", "", "-", "é"]]
        write_xlsx(tmp_path / "out.xlsx", ("a", "b", "c", "d"), iter(rows), name="caseload")
        assert [row for _, row in all_rows(open_sheet(tmp_path / "out.xlsx"))] == rows  # type: ignore[misc]
        sheet: Any = load_workbook(tmp_path / "out.xlsx")["caseload"]
        assert sheet["A1"].font.bold
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == "A1:D3"
        assert sheet["D2"].alignment.wrap_text
        assert not sheet["A2"].alignment.wrap_text
        assert {cell.data_type for cell in sheet[2]} == {"s"}
        assert (sheet.column_dimensions["A"].width, sheet.column_dimensions["D"].width) == pytest.approx((8, 60), abs=1)

    def test_the_same_rows_make_the_same_file(self, tmp_path: Path) -> None:
        for name in ("one.xlsx", "two.xlsx"):
            write_xlsx(tmp_path / name, ("a",), [["1"]])
        assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()

    def test_what_excel_cannot_hold_is_refused_and_leaves_nothing(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("pushpull.sheet.excel._MOST_ROWS", 2)
        for rows, say in (([["1"]] * 3, "too_many_rows"), ([["x" * 40_000]], "text_too_long")):
            with pytest.raises(PushpullError) as bad:
                write_xlsx(tmp_path / "out.xlsx", ("a",), rows)
            assert bad.value.say == say
            assert "{" not in sentences(bad.value, WORDS)[0]
        write_xlsx(tmp_path / "fits.xlsx", ("a",), [["1"]] * 2)
        with pytest.raises(PushpullError) as bad:
            write_xlsx(tmp_path / "nowhere" / "out.xlsx", ("a",), [])
        assert bad.value.say == "cannot_write"
        assert [path.name for path in tmp_path.iterdir()] == ["fits.xlsx"]

    def test_a_form_offers_lists_of_any_length(self, tmp_path: Path) -> None:
        long = Choices(tuple(f"answer {n}, with a comma" for n in range(100)))
        write_form_xlsx(
            tmp_path / "form.xlsx",
            ("id", "grade", "wish"),
            choices={"grade": long, "wish": Choices(("yes", "no"), only=False)},
            rows=[["# how"]],
            name="caseload",
            answers=("answers", ("question", "answer"), [["grade", "K"]]),
        )
        book: Any = load_workbook(tmp_path / "form.xlsx")
        assert book.sheetnames == ["caseload", "answers", "lists"]
        assert book["lists"].sheet_state == "hidden"
        rules = {str(rule.sqref): rule for rule in book["caseload"].data_validations.dataValidation}
        assert rules["B2:B1048576"].formula1 == "lists!$B$1:$B$100"
        assert rules["C2:C1048576"].formula1 == "lists!$C$1:$C$2"
        assert [rules[name].showErrorMessage for name in sorted(rules)] == [True, False]
        assert [cell.value for cell in book["lists"]["B"]] == list(long.texts)
        assert [[cell.value for cell in row] for row in book["answers"]] == [["question", "answer"], ["grade", "K"]]
        sheet = open_sheet(tmp_path / "form.xlsx")
        assert (sheet.columns, all_rows(sheet)) == (("id", "grade", "wish"), [])


class TestWriting:
    @pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\n", "\r", "\r\n"])
    @pytest.mark.parametrize("place", [0, 1])
    def test_no_cell_is_a_formula(self, start: str, place: int) -> None:
        rows = [["a", "b"], ["a", "b"]]
        rows[1][place] = f"{start}1+1, so"
        text = CsvWriter(("x", "y")).rows(rows).decode()
        inert = "'" + start.replace("\r\n", "\n").replace("\r", "\n") + "1+1, so"
        rows[1][place] = inert
        assert list(csv.reader(io.StringIO(text, newline=""))) == rows

    def test_lines_end_the_same_everywhere(self) -> None:
        writer = CsvWriter(("x", "-y"))
        assert writer.header() == b"x,'-y\n"
        assert writer.rows([["a\r\nb\rc", "ö"]]) == '"a\nb\nc",ö\n'.encode()

    def test_lines_of_json_have_their_columns_in_order(self) -> None:
        writer = JsonLinesWriter(("b", "a"))
        assert writer.header() == b""
        assert writer.rows([["=1", "ö\n"], ["", "x"]]) == '{"b": "=1", "a": "ö\\n"}\n{"b": "", "a": "x"}\n'.encode()

    def test_a_file_is_whole_or_not_there(self, tmp_path: Path) -> None:
        path = saved(tmp_path, "old", "out.csv")
        with pytest.raises(PushpullError) as bad, replacing(path) as beside:
            beside.unlink()
        assert (bad.value.say, path.read_text()) == ("cannot_write", "old")
        with replacing(path) as beside:
            beside.write_text("new")
        assert path.read_text() == "new"
        assert [each.name for each in tmp_path.iterdir()] == ["out.csv"]


CELL = st.text(st.sampled_from(string.ascii_letters + " ,;\t|\"'\n\r=#é😀\u2028\x0b\x85"), max_size=8)
TABLES = st.integers(2, 4).flatmap(
    lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), max_size=12).map(lambda rows: (width, rows))
)
slow = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def expected(rows: list[list[str]]) -> Rows:
    """Return the rows that are neither blank nor remarks, with their numbers."""
    known = enumerate(rows, 2)
    return [(n, row) for n, row in known if any(map(str.strip, row)) and not row[0].startswith("#")]


@slow
@given(
    table=TABLES,
    delimiter=st.sampled_from(",;\t|"),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    letters=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    size=st.integers(1, 5),
    together=st.sampled_from([None, 0, 1]),
)
def test_what_another_program_wrote_is_read_back(
    tmp_path: Path, table: Any, delimiter: str, end: str, quoting: Any, letters: str, size: int, together: int | None
) -> None:
    width, rows = table
    if any(sign in cell for row in rows for cell in row for sign in "\r\n"):
        quoting = csv.QUOTE_ALL  # Python's writer forgets to quote the line ends that it does not use itself
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter, lineterminator=end, quoting=quoting)
    writer.writerows([[f"column{n}" for n in range(width)], *rows])
    sheet = open_sheet(saved(tmp_path, stream.getvalue().encode(letters)))
    assert all_rows(sheet, size, together) == expected(rows)


@slow
@given(text=st.text(st.sampled_from('ab,"\n\r'), max_size=60), size=st.integers(1, 4), blank=st.booleans())
def test_any_text_is_read_as_pythons_reader_reads_it(tmp_path: Path, text: str, size: int, blank: bool) -> None:  # noqa: FBT001
    content = f"x,y,z,w{'' if blank else ',v'}\n{text}"
    found = all_rows(open_sheet(saved(tmp_path, content)), size)
    whole = list(csv.reader(io.StringIO(content, newline="")))
    told = [row for row in found if isinstance(row, Problem)]
    if any(problem.say == "open_quote" for problem in told):
        return  # Python takes the rest of the file for one cell
    width = len(whole[0])
    fits = [(n, row + [""] * (width - len(row))) for n, row in enumerate(whole[1:], 2)]
    kept = [(n, row[:width]) for n, row in fits if any(map(str.strip, row)) and not any(row[width:])]
    assert [row for row in found if isinstance(row, tuple)] == kept


@slow
@given(table=TABLES, size=st.integers(1, 5))
def test_lines_of_json_come_back_as_they_were(tmp_path: Path, table: Any, size: int) -> None:
    width, rows = table
    rows = [*rows, ["end"] * width]
    content = JsonLinesWriter(tuple(f"column{n}" for n in range(width))).rows(rows)
    assert all_rows(open_sheet(saved(tmp_path, content, "in.jsonl")), size) == list(enumerate(rows, 1))


def test_a_batch_of_another_kind_is_a_bug(tmp_path: Path) -> None:
    for name, content in (("in.csv", "a\n"), ("in.jsonl", '{"a": 1}\n')):
        reading = open_sheet(saved(tmp_path, content, name)).reading
        with pytest.raises(AssertionError):
            list(reading.rows(Batch(1, [["a"]])))
