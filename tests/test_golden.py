"""Golden papers: both examples in every format, byte for byte. `just golden` writes them anew; read the diff.

A file that is no text is kept as what stands in it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import pdfdoc
import worddoc

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = Path(__file__).with_name("golden")
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
DAY = "2026-11-23"
TEXTS = ("md", "txt", "html")
DATA = ("json", "csv")
ENDINGS = (*TEXTS, *DATA)
FILES: dict[str, Callable[[bytes], str]] = {"docx": worddoc.dump, "pdf": pdfdoc.dump}
"""Endings of files that are no text, and what reads them."""
SCREENS = {
    "compare.txt": ["compare"],
    "compare-concerns.txt": ["compare", "--concerns", "--sources"],
    "compare.csv": ["compare", "--format", "csv"],
    **{f"{path.stem}-suggest.txt": ["suggest", f"examples/{path.name}"] for path in EXAMPLES},
    **{f"{path.stem}-suggest.table": ["suggest", f"examples/{path.name}", "--format", "table"] for path in EXAMPLES},
}


def run(*words: str) -> bytes:
    environment = {**os.environ, "COLUMNS": "80", "NO_COLOR": "1", "PUSHPULL_DATA": ""}
    done = subprocess.run(
        [sys.executable, "-m", "pushpull", *words], cwd=ROOT, env=environment, capture_output=True, check=True
    )
    return done.stdout


def is_golden(name: str, found: bytes) -> None:
    path = GOLDEN / name
    if os.environ.get("GOLDEN") == "write":
        path.write_bytes(found)
    assert found.decode() == path.read_text(encoding="utf-8"), f"{name} has changed: look at it, then run just golden"


def exported(path: Path, ending: str, reader: str, folder: Path) -> bytes:
    paper = folder / f"paper.{ending}"
    run("export", f"examples/{path.name}", "-o", str(paper), "--date", DAY, "--for", reader)
    return paper.read_bytes()


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize(("ending", "reader"), [*((e, "team") for e in ENDINGS), *((e, "family") for e in TEXTS)])
def test_a_paper_is_as_it_was(path: Path, ending: str, reader: str, tmp_path: Path) -> None:
    is_golden(f"{named(path, reader)}.{ending}", exported(path, ending, reader, tmp_path))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("reader", ["team", "family"])
@pytest.mark.parametrize("ending", FILES)
def test_what_stands_in_a_file_is_as_it_was(path: Path, ending: str, reader: str, tmp_path: Path) -> None:
    found = FILES[ending](exported(path, ending, reader, tmp_path))
    is_golden(f"{named(path, reader)}.{ending}.txt", found.encode())


def named(path: Path, reader: str) -> str:
    return path.stem if reader == "team" else f"{path.stem}-{reader}"


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("ending", ["json", "csv"])
def test_data_are_the_same_for_every_reader(path: Path, ending: str, tmp_path: Path) -> None:
    for folder in ("team", "family"):
        (tmp_path / folder).mkdir()
    team, family = (exported(path, ending, reader, tmp_path / reader) for reader in ("team", "family"))
    assert team == family


@pytest.mark.parametrize("ending", [*TEXTS, *DATA, *FILES])
def test_the_same_plan_day_and_versions_give_the_same_bytes(ending: str, tmp_path: Path) -> None:
    found = []
    for hour in ("1", "2"):
        (tmp_path / hour).mkdir()
        found.append(exported(EXAMPLES[0], ending, "team", tmp_path / hour))
    assert found[0] == found[1]


@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_is_as_it_was(name: str) -> None:
    is_golden(name, run(*SCREENS[name]))
