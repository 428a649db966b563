"""Files made to do harm: too long, too deep, too many, packed too well, or no files at all."""

from __future__ import annotations

import os
import random
import zipfile
from collections.abc import Iterable
from pathlib import Path

LARGE = 100_000_000
MOST = 980_000
"""Bytes just below what a plan may have."""
HEAD = "plan: 1\nstudent: {label: A.B., grade: elementary}\nanswers: {}\nservices: {a: {service: articulation}}\n"

YAML: dict[str, bytes | str] = {
    "alias bomb": "plan: 1\na: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*a, *a, *a]\n" for n in range(20)),
    "many aliases": "plan: 1\na: &a x\nb: [" + "*a," * (MOST // 3) + "]",
    "many names for aliases": "plan: 1\nb: [" + ",".join(f"&a{n} b" for n in range(MOST // 12)) + "]",
    "one long list": "plan: 1\nx: [" + "a," * (MOST // 2) + "]",
    "many lists": "plan: 1\nx: [" + "[]," * (MOST // 3) + "]",
    "many words": "plan: 1\n" + "".join(f"a{n}: b\n" for n in range(MOST // 11)),
    "many answers": HEAD.replace("answers: {}", "answers: {" + ",".join(f"skill{n}: b" for n in range(90_000)) + "}"),
    "many services": "plan: 1\nservices:\n" + "".join(f" a{n}: {{service: articulation}}\n" for n in range(5000)),
    "the same word": "plan: 1\n" + "a: b\n" * (MOST // 5),
    "merges": "plan: 1\nx: {" + "<<: {}," * (MOST // 7) + "}",
    "deep lists": "plan: 1\nx: " + "[" * MOST,
    "deep entries": "plan: 1\nx: " + "{a: " * (MOST // 4),
    "deep dashes": "plan: 1\nx:\n" + "- " * (MOST // 2),
    "deep questions": "plan: 1\n" + "? " * (MOST // 2),
    "tags": "plan: 1\nx: [" + "!a b," * (MOST // 5) + "]",
    "a tag that runs": "plan: 1\nstudent: !!python/object/apply:os.system [exit]",
    "tabs": "plan: 1\n" + "\ta\n" * (MOST // 3),
    "NUL": b"\0" * MOST,
    "control characters": "plan: 1\n" + "\x01\n" * (MOST // 2),
    "old letters": b"plan: 1\nx: \xff\xfe\n",
    "half a letter": b"plan: 1\nx: \xed\xa0\x80\n",
    "UTF-16": "plan: 1\n".encode("utf-16"),
    "BOM inside": "plan: 1\n\ufeffx: 1\n",
    "open quote": 'plan: 1\nx: "' + "\\n" * (MOST // 2),
    "open brace": "plan: 1\nx: {" + "a," * (MOST // 2),
    "brackets in a quote": 'plan: 1\nx: "' + ": [" * (MOST // 3) + '" [b',
    "a long version": "plan: " + "1" * MOST,
    "a long service": HEAD.replace("articulation", "articu" * (MOST // 6)),
    "remarks": "plan: 1\n" + "#\n" * (MOST // 2),
    "cut by remarks": "plan: 1\n" + "".join(f"a{n}: b c #d\n" for n in range(40_000)),
    "many documents": "---\n" * (MOST // 4),
    "line ends": "\n" * MOST,
    "words of a plan, nearly": "plan: 1\n" + "".join(f"studen{n}: b\n" for n in range(24_000)),
    "empty": b"",
}
"""Each is refused as a plan, and most as a file of knowledge."""


def written(path: Path, content: bytes | str) -> Path:
    """Write a file; a text is written in UTF-8."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def sparse(path: Path, head: bytes = b"") -> Path:
    """Make a file of 100 MB that takes no room."""
    with path.open("wb") as file:
        file.write(head)
        file.truncate(LARGE)
    return path


def no_files(folder: Path, ending: str) -> dict[str, Path]:
    """Make everything that has a name like a file, and is none."""
    made = {name: folder / f"{name}{ending}" for name in ("pipe", "folder", "zero", "nothing", "itself")}
    os.mkfifo(made["pipe"])
    made["folder"].mkdir()
    made["zero"].symlink_to("/dev/zero")
    made["nothing"].symlink_to("none")
    made["itself"].symlink_to(made["itself"].name)
    return made


RANDOM = random.Random(7)  # noqa: S311  always the same
ROW = '<row r="1"><c r="A1" t="inlineStr"><is><t>service</t></is></c></row>'
START, END = f"<worksheet><sheetData>{ROW}", "</sheetData></worksheet>"
ARTICULATION = '<row><c t="str"><v>articulation</v></c></row>'
_REFERENCE = '<Relationship Id="{}" Type="x/{}" Target="{}"/>'


def workbook(
    path: Path, sheet: Iterable[bytes | str], strings: Iterable[bytes | str] = (), *, styles: str = ""
) -> Path:
    """Write a workbook with one sheet, whatever stands in it."""
    references = (
        _REFERENCE.format("s", "worksheet", "sheet.xml"),
        _REFERENCE.format("t", "sharedStrings", "strings.xml"),
        *((_REFERENCE.format("u", "styles", "styles.xml"),) if styles else ()),
    )
    office = _REFERENCE.format("b", "officeDocument", "xl/workbook.xml")
    parts: dict[str, Iterable[bytes | str]] = {
        "_rels/.rels": [f"<Relationships>{office}</Relationships>"],
        "xl/workbook.xml": ['<workbook xmlns:r="r"><sheets><sheet r:id="s"/></sheets></workbook>'],
        "xl/_rels/workbook.xml.rels": ["<Relationships>", *references, "</Relationships>"],
        "xl/strings.xml": strings or ["<sst/>"],
        "xl/styles.xml": [styles or "<styleSheet/>"],
        "xl/sheet.xml": sheet,
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, pieces in parts.items():
            with archive.open(name, "w") as part:
                for piece in pieces:
                    part.write(piece if isinstance(piece, bytes) else piece.encode())
    return path


def noise(size: int) -> str:
    """Return letters that cannot be packed well."""
    return f"{RANDOM.getrandbits(size * 4):0{size}x}"


def workbooks(folder: Path) -> dict[str, Path]:
    """Make workbooks of which none can be opened."""
    entities = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    sheets: dict[str, Iterable[bytes | str]] = {
        "zeros": (b"\0" * 1_000_000 for _ in range(200)),
        "spaces": [START, *(" " * 1_000_000 for _ in range(200)), END],
        "rows": [START, "<row/>" * 2_000_000, END],
        "remarks": [START, *(f"<!--{noise(1500)}-->" for _ in range(20_000)), END],
        "one sign": [START, '<row a="', *(noise(100_000) for _ in range(30)), '"/>', END],
        "entities": [entities, "]>", START, ARTICULATION, END],
        "a file from elsewhere": ['<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>', START, END],
        "deep": [START, "<a>" * 100_000, END],
        "wide": ["<worksheet><sheetData><row>", '<c t="str"><v>a</v></c>' * 16_000, "</row>", END],
        "one long text": [START, '<row><c t="s"><v>0</v></c></row>' * 100_000, END],
        "rows out of order": [START, '<row r="9"/><row r="2"/>', END],
        "beyond the last row": [START, '<row r="1048577"/>', END],
        "beyond the last column": [START, '<row><c r="XFE2"><v>1</v></c></row>', END],
        "no sheet at all": ["<a/>"],
        "torn": [START, "<row"],
    }
    long = ["<sst><si><t>", "x" * 130_000, "</t></si></sst>"]
    made = {
        name: workbook(folder / f"{name}.xlsx", sheet, long if name == "one long text" else ())
        for name, sheet in sheets.items()
    }
    # Beside noise, nothing looks as if it had been packed too well.
    beside = "".join(f"<!--{noise(1000)}-->" for _ in range(250))
    ways: dict[str, Iterable[bytes | str]] = {
        "empty rows": ["<row/>" * 1_000_000],
        "empty cells": ["<row>" + "<c/>" * 100_000 + "</row>"] * 40,
        "cells beyond": ["<row>" + "<c><v>1</v></c>" * 16_000 + "</row>"] * 100,
        "blank cells": ['<row><c t="str"><v> </v></c></row>'] * 900_000,
    }
    for name, rows in ways.items():
        made[name] = workbook(folder / f"{name}.xlsx", [START, beside, *rows, END])
    strings = {"empty texts": "<si/>" * 4_500_000, "pieces": "<si>" + "<t>a</t>" * 2_900_000 + "</si>"}
    for name, text in strings.items():
        made[name] = workbook(folder / f"{name}.xlsx", [START, END], ["<sst>", beside, text, "</sst>"])
    looks = f"<styleSheet>{'<a/>' * 1_700_000}{beside}</styleSheet>"
    made["looks"] = workbook(folder / "looks.xlsx", [START, END], styles=looks)
    texts = ["<sst>", *(f"<si><t>{noise(30)}</t></si>" for _ in range(700_000)), "</sst>"]
    made["many texts"] = workbook(folder / "many texts.xlsx", [START, END], texts)
    made["many parts"] = folder / "many parts.xlsx"
    with zipfile.ZipFile(made["many parts"], "w") as archive:
        for number in range(20_000):
            archive.writestr(str(number), "")
    whole = workbook(folder / "whole.xlsx", [START, ARTICULATION, END]).read_bytes()
    made["cut off"] = written(folder / "cut off.xlsx", whole[:-30])
    # The mark of a part that is locked with a password, in both places where a part is described.
    locked = whole.replace(b"PK\1\2\x14\x03\x14\0\0\0", b"PK\1\2\x14\x03\x14\0\1\0")
    made["locked"] = written(folder / "locked.xlsx", locked)
    made["nothing but zeros"] = sparse(folder / "nothing but zeros.xlsx")
    return made
