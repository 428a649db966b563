"""What the system refuses, wherever in a run it does so, ends in a sentence; a fault of the program still shows."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from helpers import EXAMPLES, WITHOUT_RIGHTS, run, run_apart, run_without_rights, words
from pushpull import plan
from pushpull.cli.worded import Group
from screen import Terminal, flat

LONG = "a" * 150 + "b" * 150
SAID = words()


def each_with(name: str) -> Iterator[list[str]]:
    """Yield every command that takes a file or a folder, with this one."""
    for command in ("ask", "suggest", "lre"):
        yield [command, f"{name}.yaml"]
    yield ["export", f"{name}.yaml", "-o", "new.html"]
    yield ["export", "plan.yaml", "-o", f"{name}.html"]
    yield ["export", "plan.yaml", "-o", "new.docx", "--template", f"{name}.docx"]
    yield ["caseload", f"{name}.csv", "-o", "new.csv"]
    yield ["caseload", f"{name}.csv"]
    yield ["caseload", "sheet.csv", "-o", f"{name}.csv"]
    yield ["caseload", "sheet.csv", "-o", f"{name}.xlsx"]
    yield ["caseload", "sheet.csv", "-o", "result.csv", "--summary", f"{name}.html"]
    for ending in ("csv", "xlsx"):
        yield ["caseload", "--template", "-o", f"{name}.{ending}"]
    yield ["compare", "--data", name]
    yield ["services", "--data", name]
    yield ["suggest", "plan.yaml", "--data", name]
    yield ["kb", "check", name]
    yield ["kb", "audit", "--data", name]
    yield ["kb", "diff", "built-in", name]
    yield ["kb", "diff", name, "built-in"]
    yield ["kb", "diff", "built-in", "built-in", "--plans", name]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with a plan and a sheet, and an inner one with the same."""
    (tmp_path / "inner").mkdir()
    for place in (tmp_path, tmp_path / "inner"):
        shutil.copy(EXAMPLES[0], place / "plan.yaml")
        (place / "plan.csv").write_text("student,service,skill_stage\ns1,articulation,mixed\n")
    (tmp_path / "plan.csv").rename(tmp_path / "sheet.csv")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("words", list(each_with(LONG)), ids=lambda words: " ".join(words).replace(LONG, "LONG"))
def test_a_name_that_is_too_long_for_any_file_is_said(folder: Path, words: list[str]) -> None:
    done = run(*words)
    assert (done.exit_code, type(done.exception)) == (1, SystemExit)
    assert "a" * 100 in done.stderr
    assert os.strerror(errno.ENAMETOOLONG) in done.stderr or sys.version_info >= (3, 14)
    assert {path.name for path in folder.iterdir()} <= {"inner", "plan.yaml", "sheet.csv", "result.csv"}


@pytest.mark.usefixtures("folder")
def test_a_long_name_is_shortened_in_its_middle_and_the_next_step_is_said() -> None:
    done = run("export", "plan.yaml", "-o", f"{LONG}.html")
    if "cannot be used" in done.stderr:
        short = "a" * 120 + "..." + "b" * 115 + ".html"
        assert done.stderr.strip() == SAID("problems.cannot_use", file=short, why=os.strerror(errno.ENAMETOOLONG))


@pytest.mark.usefixtures("folder")
def test_the_environment_may_name_what_cannot_be() -> None:
    for command in (["suggest", "plan.yaml"], ["kb", "check"], ["compare"]):
        done = run(*command, PUSHPULL_DATA=LONG)
        assert (done.exit_code, type(done.exception)) == (1, SystemExit)
        assert "a" * 100 in done.stderr


def test_a_folder_that_may_not_be_entered_is_said_by_every_command(folder: Path) -> None:
    commands = list(each_with("inner/plan"))
    (folder / "inner").chmod(0o600)
    try:
        done = run_without_rights(*commands)
    finally:
        (folder / "inner").chmod(0o700)
    for command, (code, kind, said) in zip(commands, done, strict=True):
        assert (code, kind) == (1, "SystemExit"), command
        assert "inner/plan" in said, command
        assert os.strerror(errno.EACCES) in said or sys.version_info >= (3, 14), command
    assert {path.name for path in (folder / "inner").iterdir()} == {"plan.yaml", "plan.csv"}


def test_an_interview_whose_folder_is_closed_meanwhile_ends_in_a_sentence(folder: Path) -> None:
    file = plan.new(folder / "inner" / "new.yaml", label="J.R.", grade="elementary")
    plan.save(file.with_value(("services", "sounds"), {"service": "articulation", "goal": "", "now": ""}))
    terminal = Terminal(folder, "ask", "inner/new.yaml", through=WITHOUT_RIGHTS)
    try:
        terminal.type("1")
        (folder / "inner").chmod(0o600)
        terminal.type("1")
    finally:
        (folder / "inner").chmod(0o700)
        terminal.close()
    assert terminal.status == 1
    assert "Traceback" not in terminal.shown
    assert flat(os.strerror(errno.EACCES)) in terminal.said
    assert len(plan.open_plan(folder / "inner" / "new.yaml").plan.services["sounds"].answers) <= 1


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize(
    "words",
    [
        *(["caseload", "sheet.csv"], ["caseload", "sheet.csv", "--format", "xlsx"], ["caseload", "--template"]),
        *(["--help"], ["suggest", "--help"], ["kb", "--help"], ["--version"], ["suggest", "plan.yaml"], ["compare"]),
    ],
    ids=" ".join,
)
def test_a_full_disk_behind_the_output_is_said_once(words: list[str], unbuffered: str) -> None:
    done = run_apart(*words, output_to="/dev/full", PYTHONUNBUFFERED=unbuffered)
    assert done.returncode == 1
    assert done.stderr == SAID("problems.cannot_write", file="-", why=os.strerror(errno.ENOSPC)) + "\n"


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("words", [["caseload", "sheet.csv"], ["--help"], ["compare"]], ids=" ".join)
def test_a_reader_that_has_seen_enough_is_no_trouble(words: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "pushpull", *words]
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, text=True, check=False, timeout=30)
    os.close(writing)
    assert (done.returncode, done.stderr) == (1, "")


class Failing(Group):
    """Commands that fail in one way each."""

    failure: OSError | ValueError

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002  Typer hands it over
        raise self.failure


def failing(failure: OSError | ValueError) -> tuple[int, str, BaseException | None]:
    """Return what becomes of a command that fails so."""
    app = typer.Typer(cls=type("Now", (Failing,), {"failure": failure}), add_completion=False)
    app.callback()(lambda: None)
    done = CliRunner().invoke(app, ["any"])
    return done.exit_code, done.stderr.strip(), done.exception


def test_what_has_no_file_is_said_without_one() -> None:
    code, said, _ = failing(OSError(errno.EAGAIN, "No more processes"))
    assert (code, said) == (1, SAID("problems.cannot_go_on", why="No more processes"))


def test_a_fault_of_the_program_still_shows_itself() -> None:
    for fault in (ValueError("a fault"), OSError("not from the system")):
        assert failing(fault)[2] is fault
