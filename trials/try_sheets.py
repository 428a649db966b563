"""The readers of tables, each with one input: CSV, lines of JSON, workbooks."""

from __future__ import annotations

import io
import random
import zipfile
from functools import cache

from inputs import Target, grown, mutated, workplace
from owed import hold, knowledge, said_in_words
from pushpull.problems import BadFile, Problem, PushpullError
from pushpull.sheet.excel import write_xlsx
from pushpull.sheet.opening import open_sheet
from pushpull.sheet.table import Row, Sheet
from pushpull.sheet.writing import CsvWriter, JsonLinesWriter

_SHEET_PIECES = tuple(
    text.encode()
    for text in (
        *(
            "student",
            "service",
            "now",
            "articulation",
            "reading_decoding",
            "pull_out",
            "skill_stage",
            "new",
            "30",
            "week",
        ),
        *(
            ",",
            ",",
            ",",
            ";",
            "\t",
            "|",
            "\n",
            "\n",
            "\r\n",
            "\r",
            '"',
            '""',
            '"a\nb"',
            "sep=;\n",
            "#",
            " ",
            "a,b\n",
            "\0",
        ),
    )
)
_LINES = tuple(
    text.encode()
    for text in (
        *(
            '{"student": "A", "service": "articulation"}\n',
            "{",
            "}",
            '"a": ',
            '"answers": {',
            "[",
            "]",
            "null",
            "1e999",
        ),
        *("\n", ",", '"b"', "true", "1.50", '["x", "y"]', "\\u0000", '"\\ud800"', "NaN", ": ", "[" * 50, "\r", "\r\n"),
    )
)


def _csv(dice: random.Random) -> tuple[str, bytes]:
    ending = dice.choice((".csv", ".csv", ".csv", ".tsv", ".txt"))
    if dice.random() < 0.5:
        return ending, grown(dice, _SHEET_PIECES, 60)
    return ending, _encoded(dice, mutated(dice, sheets()))


def _jsonl(dice: random.Random) -> tuple[str, bytes]:
    if dice.random() < 0.4:
        return ".jsonl", grown(dice, _LINES)
    return ".jsonl", _encoded(dice, mutated(dice, json_sheets()))


def _encoded(dice: random.Random, content: bytes) -> bytes:
    """Return a file in the letters of one program or another."""
    match dice.randrange(12):
        case 0:
            return content.decode("utf-8", "replace").encode("utf-16")
        case 1:
            return b"\xef\xbb\xbf" + content
        case 2:
            return content.decode("utf-8", "replace").encode("cp1252", "replace")
        case 3:
            return content.replace(b"\n", b"\r")
        case 4:
            return content.replace(b"\n", b"\r\n")
        case _:
            return content


@cache
def _made(*, json_lines: bool) -> tuple[bytes, ...]:
    """Return sheets as people have them, to be mutated."""
    dice = random.Random("sheets")
    names = ["student", "grade", "week", "service", "goal", "now", "minutes", "times", "per", "place", "skill_stage"]
    services, made = list(knowledge().services), []
    for _ in range(12):
        columns = ["service", *dice.sample(names, dice.randint(1, 6))]
        columns = list(dict.fromkeys(columns))
        rows = [
            [
                {"service": dice.choice(services), "student": f"S{row // 2}"}.get(name, dice.choice(_CELLS))
                for name in columns
            ]
            for row in range(dice.randint(1, 12))
        ]
        writer = (JsonLinesWriter if json_lines else CsvWriter)(tuple(columns))
        made.append(writer.header() + writer.rows(rows))
    return tuple(made)


_CELLS = ("", "", "30", "2", "week", "pull_out", "new", "a; b", "x, y", "two\nlines", 'say "s"', "1,950", "é", "=1")


def sheets() -> tuple[bytes, ...]:
    """Return sheets in CSV."""
    return _made(json_lines=False)


def json_sheets() -> tuple[bytes, ...]:
    """Return sheets in lines of JSON."""
    return _made(json_lines=True)


def sheet(given: tuple[str, bytes]) -> None:
    """Read a sheet: cut into batches of any size, its rows are the same, and each problem stands in the file."""
    ending, content = given
    path = workplace() / f"sheet{ending}"
    path.write_bytes(content)
    try:
        with open_sheet(path) as opened:
            together = 0 if len(opened.columns) else None
            rows = _rows(opened, 1000, None)
            for size, kept in ((1, None), (2, None), (3, together)):
                hold(_rows(opened, size, kept) == rows, f"other rows in batches of {size}")
            for row in rows:
                if isinstance(row, Problem):
                    said_in_words(BadFile([row]))
                else:
                    hold(len(row[1]) == len(opened.columns), "a row of another width")
                    hold("\0" not in "".join(row[1]), "a cell with the sign 0")
            numbers = [row.place.line if isinstance(row, Problem) else row[0] for row in rows]
            hold(numbers == sorted(set(numbers)), "rows out of order")
    except PushpullError as error:
        said_in_words(error)


def _rows(opened: Sheet, size: int, together: int | None) -> list[Row]:
    return [row for batch in opened.batches(size, together) for row in opened.reading.rows(batch)]


def _workbook(dice: random.Random) -> tuple[str, bytes]:
    content = dice.choice(_workbooks())
    if dice.random() < 0.3:
        return ".xlsx", mutated(dice, [content])
    # A mutated part inside of a container that is whole goes further.
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as book, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as copy:
        names = book.namelist()
        chosen = dice.choice([name for name in names if "sheet" in name or "shared" in name or "workbook" in name])
        for name in names:
            part = book.read(name)
            copy.writestr(zipfile.ZipInfo(name), mutated(dice, [part]) if name == chosen else part)
    return ".xlsx", stream.getvalue()


@cache
def _workbooks() -> tuple[bytes, ...]:
    made = []
    for number, rows in enumerate(
        ([["A", "articulation", "new"], ["B", "writing", "a; b"]], [["A" * 300, "x", "\n"]], [])
    ):
        path = workplace() / f"book{number}.xlsx"
        write_xlsx(path, ("student", "service", "skill_stage"), rows)
        made.append(path.read_bytes())
    return tuple(made)


TARGETS = (
    Target("csv", 120, _csv, sheet),
    Target("json lines", 80, _jsonl, sheet),
    Target("workbook", 1.5, _workbook, sheet),
)
