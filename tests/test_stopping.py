"""An interview, a paper or a caseload that is stopped from outside: a sentence, and files that are whole."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path

import pytest
from pydantic_core import SchemaError, SchemaValidator, core_schema

if sys.platform == "win32":
    pytest.skip("signals, locks and pseudo-terminals are a matter of POSIX", allow_module_level=True)

from helpers import ROOT, run, shipped, words
from pushpull import plan
from pushpull.cli.stopping import Stopped, exit_code, orderly
from pushpull.source import mistakes
from screen import Terminal, flat, heed

KB = shipped()[0]
SAID = words()
EXAMPLE = ROOT / "examples" / "reading-and-speech.yaml"
Sit = Callable[..., Terminal]


pytestmark = pytest.mark.usefixtures("not_counted")


@pytest.fixture
def sit(tmp_path: Path) -> Iterator[Sit]:
    """Sit down at a terminal with the plan in `tmp_path`."""
    sittings: list[Terminal] = []

    def begin(**more: object) -> Terminal:
        terminal = Terminal(tmp_path, "ask", "plan.yaml", **more)  # type: ignore[arg-type]
        sittings.append(terminal)
        return terminal

    yield begin
    for terminal in sittings:
        terminal.close()
        assert "Traceback" not in terminal.shown


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    path = tmp_path / "plan.yaml"
    file = plan.new(path, label="J.R.", grade="elementary")
    plan.save(file.with_value(("services", "sounds"), {"service": "articulation", "goal": "", "now": ""}))
    return path


def answered(path: Path) -> int:
    """Return how many answers are in the plan, which has to be whole, with nothing left beside it."""
    assert [each.name for each in path.parent.iterdir() if each.name.startswith(".")] == []
    found = plan.open_plan(path).plan
    return len(found.answers) + sum(len(service.answers) for service in found.services.values())


# --- an interview -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT], ids=lambda told: told.name)
def test_told_to_stop_it_says_what_is_saved_and_how_to_go_on(sit: Sit, begun: Path, told: signal.Signals) -> None:
    terminal = sit()
    terminal.type("1", "2")
    said = terminal.tell(told)
    assert flat(SAID("ask.interrupted", file="plan.yaml")) in said
    assert said.endswith("To go on: pushpull ask plan.yaml")
    assert terminal.status == 128 + told
    assert answered(begun) == 2


def test_without_a_window_it_goes_on_if_it_was_started_so(sit: Sit, begun: Path) -> None:
    terminal = sit(hang_up=False)
    terminal.type("1")
    os.kill(terminal.process, signal.SIGHUP)
    terminal.type("1")
    assert answered(begun) == 2


def test_a_window_that_is_drawn_narrower_gets_narrower_lines_from_the_next_page_on(sit: Sit, begun: Path) -> None:
    terminal = sit(columns=100)
    terminal.type("1")
    before = len(terminal.rows)
    terminal.resize(40)
    terminal.type("?")
    assert any(len(row) > 60 for row in terminal.rows[:before])
    assert all(len(row) <= 40 for row in terminal.rows[before:])
    terminal.type("2")
    assert answered(begun) == 2


def test_a_second_interview_with_the_same_plan_is_told_and_the_first_one_goes_on(sit: Sit, begun: Path) -> None:
    first = sit()
    first.type("1")
    second = sit()
    assert second.status == 1
    assert second.said == flat(SAID("problems.plan_in_use", file="plan.yaml"))
    first.type("1", "1")
    assert answered(begun) == 3
    first.kill()
    assert SAID.count("ask.resumed", 3, file="plan.yaml") in sit().said


def test_of_two_new_plans_with_one_name_the_first_stays(sit: Sit, tmp_path: Path) -> None:
    first, second = sit(), sit()
    first.type("First")
    assert flat(SAID("problems.plan_appeared", file="plan.yaml")) in second.type("Second")
    assert second.status == 1
    first.type("1", "1", "", "5", "")
    assert plan.open_plan(tmp_path / "plan.yaml").plan.student.label == "First"


def test_what_somebody_changes_in_the_file_meanwhile_is_joined_and_said(sit: Sit, begun: Path) -> None:
    terminal = sit()
    terminal.type("1")
    begun.write_text(begun.read_text().replace("J.R.", "K.L.") + "shoe: blue  # mine\n")
    assert flat(SAID("ask.joined_remarks", file="plan.yaml")) in terminal.type("2")
    on_disk = plan.open_plan(begun)
    assert (on_disk.plan.student.label, on_disk.raw["shoe"], answered(begun)) == ("K.L.", "blue", 2)
    begun.unlink()
    assert flat(SAID("ask.gone", file="plan.yaml")) in terminal.type("1")
    assert answered(begun) == 3


def test_what_cannot_be_joined_is_kept_apart_and_said(sit: Sit, begun: Path) -> None:
    terminal = sit()
    terminal.type("1")
    begun.write_text("plan: 1\nservices: [\n")
    said = terminal.type("2")
    assert flat(SAID("problems.plan_kept_apart", file="plan.yaml", copy="plan.from-interview.yaml")) in said
    assert terminal.status == 1
    assert begun.read_text() == "plan: 1\nservices: [\n"
    assert answered(begun.with_name("plan.from-interview.yaml")) == 2


def test_a_disk_that_is_full_ends_it_with_everything_before_in_the_file(sit: Sit, begun: Path) -> None:
    file = plan.open_plan(begun)
    plan.save(file.with_value(("notes", "one"), "x" * 700))
    terminal = sit(through=("bash", "-c", 'ulimit -f 1; exec "$@"', "bash"))
    count = 0
    while terminal.status is None:
        count = answered(begun)
        said = terminal.type("1")
    assert terminal.status == 1
    assert flat(SAID("ask.last_not_saved", file="plan.yaml")) in said
    assert flat(SAID("problems.cannot_write", file="plan.yaml", why=os.strerror(27))) in said
    assert answered(begun) == count > 0


def test_a_folder_that_cannot_be_written_is_said_before_the_first_question(sit: Sit, begun: Path) -> None:
    # Whoever runs everything may write everywhere, unless that right is taken away.
    through = ("setpriv", "--bounding-set=-dac_override,-dac_read_search") if os.geteuid() == 0 else ()
    begun.parent.chmod(0o500)
    try:
        terminal = sit(through=through)
    finally:
        begun.parent.chmod(0o700)
    assert terminal.status == 1
    assert terminal.said.endswith(flat(SAID("problems.cannot_write", file="plan.yaml", why=os.strerror(13))))


# --- papers and caseloads ---------------------------------------------------------------------------------------------


def started(folder: Path, *args: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "pushpull", *args],
        cwd=folder,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        preexec_fn=heed,  # noqa: PLW1509  no threads here
    )


@pytest.mark.parametrize("form", ["html", "docx"])
def test_a_paper_that_is_stopped_at_any_moment_leaves_the_earlier_one(tmp_path: Path, form: str) -> None:
    shutil.copy(EXAMPLE, tmp_path / "plan.yaml")
    paper, dice = tmp_path / f"paper.{form}", random.Random(form)  # noqa: S311
    began = time.monotonic()
    with started(tmp_path, "export", "plan.yaml", "-o", paper.name) as process:
        process.communicate()
    takes, whole = time.monotonic() - began, paper.read_bytes()
    paper.write_bytes(b"earlier")
    codes = set()
    for told in [signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGKILL] * 3:
        with started(tmp_path, "export", "plan.yaml", "-o", paper.name) as process:
            time.sleep(takes * dice.uniform(0.3, 1))
            process.send_signal(told)
            _, said = process.communicate()
            codes.add(process.returncode)
        assert "Traceback" not in said
        assert paper.read_bytes() == b"earlier" or len(paper.read_bytes()) == len(whole)
        assert said.strip() in {"", SAID("export.stopped", file=paper.name), SAID("export.written", file=paper.name)}
        if told != signal.SIGKILL:
            assert list(tmp_path.glob(".*")) == []
        for left in tmp_path.glob(".*"):
            assert left.stat().st_mode & 0o777 == 0o600
            left.unlink()
    assert len(codes) > 1


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP], ids=lambda told: told.name)
def test_a_paper_that_is_stopped_while_it_is_written_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: signal.Signals
) -> None:
    paper = tmp_path / "paper.html"
    paper.write_bytes(b"earlier")
    monkeypatch.setattr(os, "fsync", lambda _: os.kill(os.getpid(), told))
    before = {signal.SIGINT: signal.signal(signal.SIGINT, signal.default_int_handler)}
    before[signal.SIGHUP] = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    done = run("export", EXAMPLE, "-o", paper)
    for each, handler in before.items():
        signal.signal(each, handler)
    assert done.exit_code == 128 + told
    assert done.stderr.strip() == SAID("export.stopped", file=str(paper))
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"earlier"]


class Stopping:
    """A word of a type that stops the program when it is looked at."""

    def __init__(self, stopped: KeyboardInterrupt) -> None:
        self.stopped = stopped

    def __repr__(self) -> str:
        raise self.stopped


@pytest.mark.parametrize("command", [("export", "-o"), ("suggest", "--format", "json")])
@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT], ids=lambda told: told.name)
def test_a_stop_that_a_library_makes_a_fault_of_stays_a_stop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: signal.Signals, command: tuple[str, ...]
) -> None:
    stopped = KeyboardInterrupt() if told == signal.SIGINT else Stopped(told)

    def build(*_: object) -> None:
        SchemaValidator(core_schema.literal_schema([Stopping(stopped)]))

    with pytest.raises(SchemaError):  # the library does so
        build()
    monkeypatch.setattr(mistakes, "TypeAdapter", build)
    name, *words_of = command
    paper = [tmp_path / "paper.html"] if name == "export" else []
    (tmp_path / "layer").mkdir()
    (tmp_path / "layer" / "glossary.yaml").write_text("push-in: In class.\n")  # so that everything is checked
    done = run(name, EXAMPLE, *words_of, *paper, "--data", tmp_path / "layer")
    assert done.exit_code == 128 + told
    assert done.stderr.strip() == (SAID("export.stopped", file=str(paper[0])) if paper else "")
    assert type(done.exception) is SystemExit


def test_a_stop_in_the_middle_of_a_class_stays_a_stop() -> None:
    class Named:
        def __set_name__(self, *_: object) -> None:
            raise Stopped(signal.SIGTERM)

    with pytest.raises(Stopped) as caught, orderly():
        type("Made", (), {"named": Named()})  # Python 3.11 makes a fault of its own of it
    assert exit_code(caught.value) == 128 + signal.SIGTERM


@contextmanager
def at_work(folder: Path, *, jobs: str) -> Iterator[subprocess.Popen[str]]:
    """Give a caseload that has written its first rows, beside an earlier result."""
    sheet, result, grows = folder / "sheet.csv", folder / "result.csv", folder / ".result.csv.part"
    sheet.write_text("student,service\n" + "".join(f"s{number},articulation\n" for number in range(60_000)))
    result.write_text("earlier")
    with started(folder, "caseload", sheet.name, "-o", result.name, "--jobs", jobs) as process:
        while not grows.exists() or not grows.stat().st_size:
            time.sleep(0.005)
        yield process


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP], ids=lambda told: told.name)
def test_a_caseload_that_is_stopped_leaves_the_earlier_result_and_goes_on_later(
    tmp_path: Path, told: signal.Signals
) -> None:
    result = tmp_path / "result.csv"
    with at_work(tmp_path, jobs="2") as process:
        process.send_signal(told)
        _, said = process.communicate()
    assert process.returncode == 128 + told
    assert said.strip().startswith(SAID("caseload.interrupted", file=result.name, command="").strip())
    assert result.read_text() == "earlier"
    with started(tmp_path, "caseload", "sheet.csv", "-o", result.name, "--jobs", "2", "--resume") as process:
        process.communicate()
    assert len(result.read_text().splitlines()) == 60_001
    assert sorted(path.name for path in tmp_path.iterdir()) == ["result.csv", "sheet.csv"]


def test_a_killed_caseload_leaves_the_earlier_result_and_goes_on_later(tmp_path: Path) -> None:
    result = tmp_path / "result.csv"
    with at_work(tmp_path, jobs="1") as process:
        process.kill()
    assert result.read_text() == "earlier"
    left = [path for path in tmp_path.iterdir() if path.name.startswith(".")]
    assert left
    assert {path.stat().st_mode & 0o777 for path in left} == {0o600}
    with started(tmp_path, "caseload", "sheet.csv", "-o", result.name, "--resume") as process:
        process.communicate()
    assert len(result.read_text().splitlines()) == 60_001
    assert sorted(path.name for path in tmp_path.iterdir()) == ["result.csv", "sheet.csv"]


@pytest.mark.parametrize(
    ("command", "ending"),
    [*product(["export"], ["pdf", "docx", "md", "csv"]), *product(["caseload"], ["csv", "xlsx", "jsonl"])],
)
def test_a_disk_that_is_full_leaves_the_earlier_file_and_nothing_else(
    tmp_path: Path, command: str, ending: str
) -> None:
    sheet, out = tmp_path / "sheet.csv", tmp_path / f"out.{ending}"
    sheet.write_text("student,service\n" + "".join(f"s{number},articulation\n" for number in range(600)))
    out.write_text("earlier")
    words = [command, str(EXAMPLE if command == "export" else sheet), "-o", str(out)]
    limited = ["bash", "-c", 'ulimit -f 1; exec "$@"', "bash", sys.executable, "-m", "pushpull", *words]
    done = subprocess.run(limited, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert (
        done.stderr.strip()
        .splitlines()[-1]
        .startswith(SAID("problems.cannot_write", file=str(out), why=os.strerror(27))[:-1])
    )
    assert out.read_text() == "earlier"
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([sheet.name, out.name])


class Thrown:
    """Something that is thrown away just when the program is told to stop."""

    def __del__(self) -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        for _ in range(1000):
            pass


def test_what_comes_while_something_is_thrown_away_comes_again(capsys: pytest.CaptureFixture[str]) -> None:
    def throw_away_and_wait() -> None:
        Thrown()
        time.sleep(30)

    began = time.monotonic()
    with orderly(), pytest.raises(Stopped):
        throw_away_and_wait()
    assert time.monotonic() - began < 20, "the wait went on to its end"
    assert capsys.readouterr().err == ""
