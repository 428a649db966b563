"""The commands as a person or a pipe meets them: results, messages, exit codes."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len

from helpers import EXAMPLES, plan_text, run, run_apart, words
from pushpull import __version__

READING = next(path for path in EXAMPLES if path.stem == "reading-and-speech")
ANSI = "\x1b"
BOXES = re.compile("[\u2500-\u259f]")
COMMANDS = [["compare"], ["ask"], ["suggest"], ["export"], ["lre"], ["kb"], ["kb", "check"], ["kb", "audit"], []]
TRACES = ("Traceback", "Error(", ".py", "pydantic", "Exception")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder to work in, with one plan and one layer."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan.yaml").write_text(READING.read_text())
    (tmp_path / "empty.yaml").write_text("plan: 1\n")
    (tmp_path / "words.yaml").write_text("just words\n")
    (tmp_path / "half.yaml").write_text(plan_text({"skill_stage": ("new",)}, service="handwriting"))
    (tmp_path / "strange.yaml").write_text(plan_text({}, service="readin_decoding"))
    (tmp_path / "sheet.csv").write_text("service\narticulation\n")
    (tmp_path / "own.docx").write_bytes(b"")
    (tmp_path / "layer").mkdir()
    (tmp_path / "layer" / "comparison.yaml").write_text("title: Our own title\n")
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "comparison.yaml").write_text("titel: Our own title\n")
    return tmp_path


def is_helpful(stderr: str, says: str) -> None:
    assert says in stderr
    assert not any(trace in stderr for trace in TRACES)
    assert len(stderr.split()) >= 5


# --- every way to go wrong ----------------------------------------------------------------------------------------

WRONG_USE = {
    "compare --format xml": "table, plain, md, html, json, csv",
    "compare --topic weather": "what_they_are",
    "compare --service plumbing": "There is no service like",
    "compare --service s": "could be several services",
    "compare --lang xx": "There are no texts in",
    "compare extra": "extra",
    "suggest plan.yaml --format docx": "table, plain, md, html, json, csv",
    "suggest plan.yaml --service plumbing": "reading, speech",
    "suggest plan.yaml --lang xx": "There are: en",
    "suggest": "Missing argument",
    "suggest --boggus plan.yaml": "--boggus",
    "export plan.yaml": "Missing option",
    "export plan.yaml -o paper": ".html",
    "export plan.yaml -o paper.odt": "or add --format",
    "export plan.yaml -o paper.md --template district.docx": "only Word papers take one",
    "export plan.yaml -o paper.md --for parents": "Choose one of team, family.",
    "export plan.yaml -o paper.md --format table": "md, plain, html, docx, pdf, json, csv",
    "export plan.yaml -o paper.md --date yesterday": "2026-11-23",
    "export plan.yaml -o paper.md --date 2026-02-30": "is not a day",
    "export plan.yaml -o plan.yaml --format md": "is the plan itself",
    "export plan.yaml -o ./layer/../plan.yaml --format md": "is the plan itself",
    "export plan.yaml -o own.docx --template own.docx": "is the template itself",
    "export plan.yaml -o own.docx --template ./layer/../own.docx": "is the template itself",
    "export plan.yaml -o layer/comparison.yaml --format md --data layer": "is a part of the knowledge",
    "caseload sheet.csv -o layer/comparison.yaml --format csv --data layer": "is a part of the knowledge",
    "caseload sheet.csv -o sheet.csv": "is the sheet itself",
    "export plan.yaml -o -": "--format",
    "ask plan.yaml --service plumbing": "There is no service like",
    "prepare plan.yaml": "prepare",
    "kb chek": "chek",
}
BAD_FILES = {
    "suggest none.yaml": "pushpull ask none.yaml",
    "suggest .": "is not a file",
    "suggest words.yaml": "words.yaml:1:1: This is not a plan",
    "suggest empty.yaml": "names no services yet",
    "suggest strange.yaml": "Did you mean reading_decoding?",
    "export none.yaml -o paper.md": "There is no plan",
    "export plan.yaml -o nowhere/paper.md": "cannot be written",
    "ask plan.yaml --no-input": "pushpull suggest plan.yaml",
    "ask half.yaml --no-input": "half.yaml still misses these answers",
    "ask half.yaml": "supports (How well do supports",
    "ask new.yaml --no-input": "There is no plan new.yaml yet",
    "ask new.yaml": "There is no plan new.yaml yet",
    "ask words.yaml": "This is not a plan",
    "ask nowhere/plan.yaml": "There is no folder nowhere",
    "compare --data nowhere": "There is no folder nowhere",
    "compare --data broken": "Did you mean title?",
    "compare --data layer --data broken": "Did you mean title?",
    "kb check broken": 'comparison.yaml:1:1: "titel"',
    "kb check nowhere": "There is no folder nowhere",
}


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("line", WRONG_USE)
def test_wrong_use_is_exit_2_with_a_sentence_that_helps(line: str) -> None:
    done = run(*line.split())
    assert done.exit_code == 2
    assert done.stdout == ""
    is_helpful(done.stderr, WRONG_USE[line])


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("line", BAD_FILES)
def test_a_file_to_mend_is_exit_1_with_a_sentence_that_helps(line: str) -> None:
    done = run(*line.split())
    assert done.exit_code == 1
    assert done.stdout == ""
    is_helpful(done.stderr, BAD_FILES[line])


def test_a_process_of_its_own_gives_the_same_codes_and_no_traceback(here: Path) -> None:
    for name, form, code in (("none.yaml", "md", 1), ("plan.yaml", "x", 2), ("plan.yaml", "md", 0)):
        done = run_apart("suggest", here / name, "--format", form)
        assert done.returncode == code
        assert bool(done.stdout) is (code == 0)
        assert "Traceback" not in done.stderr


def test_a_plan_is_not_touched_by_a_refused_export(here: Path) -> None:
    run("export", "plan.yaml", "-o", "plan.yaml", "--format", "md")
    assert (here / "plan.yaml").read_text() == READING.read_text()


def test_an_environment_with_a_folder_that_is_not_there_says_so() -> None:
    done = run("compare", PUSHPULL_DATA="/nowhere")
    assert (done.exit_code, done.stdout) == (1, "")
    is_helpful(done.stderr, "There is no folder /nowhere")


def test_a_name_with_control_characters_does_not_reach_the_terminal_raw(here: Path) -> None:
    (here / "plan.yaml").write_text('plan: 1\n"\\e[31mred": x\n')
    assert ANSI not in run("suggest", "plan.yaml").stderr


# --- help ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("flag", ["-h", "--help"])
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_help_of_every_command_shows_examples(command: list[str], flag: str) -> None:
    done = run(*command, flag)
    assert done.exit_code == 0
    assert re.search(r"^  (Examples?|Start here):$", done.stdout, re.MULTILINE)
    assert f"    pushpull {' '.join(command)}".rstrip() in done.stdout
    assert "{" not in done.stdout.split("Options:")[1]
    assert done.stderr == ""


@pytest.mark.parametrize("command", [["compare"], ["ask"], ["suggest"], ["export"], ["kb", "check"]], ids=" ".join)
def test_every_command_has_the_common_options(command: list[str]) -> None:
    text = run(*command, "--help").stdout
    for option in ("--plain", "--lang", "--data", "--no-input"):
        assert option in text


def test_pushpull_alone_shows_help() -> None:
    done = run()
    assert done.exit_code == 2
    assert "pushpull compare" in done.stdout + done.stderr
    assert "Commands:" in done.stdout + done.stderr


def test_the_version_names_program_and_content_and_says_where_anything_is_kept() -> None:
    first, kept, knowledge = run("--version").stdout.splitlines()
    assert re.fullmatch(rf"pushpull {re.escape(__version__)}, content \d{{4}}\.\d+\.\d+", first)
    assert kept == words()("version.kept")
    assert Path(knowledge.partition(": ")[2], "comparison.yaml").is_file()


def test_the_module_is_the_same_program() -> None:
    done = run_apart("--version")
    assert (done.returncode, done.stdout) == (0, run("--version").stdout)


# --- where results go ---------------------------------------------------------------------------------------------


def test_a_plan_comes_from_standard_input_and_a_paper_goes_to_standard_output() -> None:
    args = ("export", "-", "-o", "-", "--format", "md", "--date", "2026-11-23")
    done = run_apart(*args, stdin=READING.read_text())
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("# ")
    assert run("suggest", "-", stdin=READING.read_text()).stdout == run("suggest", READING).stdout


@pytest.mark.parametrize(
    ("name", "starts"),
    [
        ("a.md", "# Notes"),
        ("a.txt", "Notes"),
        ("a.html", "<!doctype html>"),
        ("a.htm", "<!doctype html>"),
        ("a.HTML", "<!doctype html>"),
        ("a.json", '{\n  "pushpull": 1,'),
        ("a.csv", "student,id,service"),
    ],
)
def test_the_ending_of_a_paper_says_the_format(here: Path, name: str, starts: str) -> None:
    done = run("export", "plan.yaml", "-o", name)
    assert (done.exit_code, done.stdout) == (0, "")
    assert name in done.stderr
    text = (here / name).read_text()
    assert text[: len(starts)].lower() == starts.lower()


def test_a_named_format_goes_before_the_ending(here: Path) -> None:
    assert run("export", "plan.yaml", "-o", "paper.txt", "--format", "json").exit_code == 0
    assert json.loads((here / "paper.txt").read_text())["pushpull"] == 1


@pytest.mark.usefixtures("here")
def test_the_day_is_the_one_given_or_that_of_the_environment() -> None:
    args = ("export", "plan.yaml", "-o", "-", "--format", "md")
    assert "Nov 23, 2026" in run(*args, "--date", "2026-11-23").stdout
    assert "Jan 2, 1970" in run(*args, SOURCE_DATE_EPOCH="86400").stdout
    assert run(*args, SOURCE_DATE_EPOCH="soon").exit_code == 2


def test_only_the_service_that_was_asked_for_is_shown() -> None:
    one = json.loads(run("suggest", READING, "--service", "speech", "--format", "json").stdout)
    assert [service["id"] for service in one["services"]] == ["speech"]
    by_profile = run("suggest", READING, "--service", "articulation", "--format", "json").stdout
    assert json.loads(by_profile) == one


@pytest.mark.skipif(sys.platform == "win32", reason="/dev/full is a POSIX device")
def test_an_output_that_cannot_be_written_is_a_sentence() -> None:
    done = run_apart("compare", "--format", "json", output_to="/dev/full")
    assert done.returncode == 1
    is_helpful(done.stderr, "cannot be written")


# --- what a pipe and a narrow terminal get ------------------------------------------------------------------------


@pytest.mark.parametrize("args", [["compare"], ["suggest", str(READING)], ["compare", "--plain", "--format", "table"]])
def test_a_pipe_gets_no_color_and_no_boxes(args: list[str]) -> None:
    done = run_apart(*args, TERM="xterm-256color")
    assert done.returncode == 0
    assert ANSI not in done.stdout
    assert not BOXES.search(done.stdout)


@pytest.mark.parametrize("columns", [60, 80, 120])
@pytest.mark.parametrize("args", [["compare"], ["compare", "--concerns"], ["suggest", str(READING)]])
def test_a_table_fits_the_terminal(args: list[str], columns: int) -> None:
    lines = run(*args, "--format", "table", COLUMNS=str(columns)).stdout.splitlines()
    assert max(map(cell_len, lines)) <= columns
    assert max(map(cell_len, lines)) > min(columns, 90) * 0.9  # and uses it; prose stays short enough to read


@pytest.mark.parametrize(("columns", "side_by_side"), [(59, False), (60, True)])
def test_below_60_columns_the_chart_is_stacked(columns: int, side_by_side: bool) -> None:  # noqa: FBT001
    lines = run("compare", "--format", "table", COLUMNS=str(columns)).stdout.splitlines()
    assert max(map(cell_len, lines)) <= columns
    assert any("Push-in" in line and "Pull-out" in line and "Topic" in line for line in lines) is side_by_side


@pytest.mark.parametrize("topic", ["how_it_works", "pros", "blend"])
def test_one_topic_is_shown_alone(topic: str) -> None:
    text = run("compare", "--topic", topic).stdout
    shown = {
        "how_it_works": "The service is given in the general education classroom." in text,
        "pros": "Practice takes place where the skill is needed" in text,
        "blend": "A blend is two service lines" in text,
    }
    assert [name for name, there in shown.items() if there] == [topic]


# --- layers -------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("here")
def test_a_layer_from_the_environment_or_the_command_line_counts() -> None:
    assert "Our own title" not in run("compare").stdout
    assert "Our own title" in run("compare", PUSHPULL_DATA="layer").stdout
    assert "Our own title" in run("compare", "--data", "layer").stdout


def test_the_layer_of_the_command_line_lies_above_that_of_the_environment(here: Path) -> None:
    (here / "upper").mkdir()
    (here / "upper" / "comparison.yaml").write_text("title: Upper title\n")
    assert run("compare", "--data", "upper", PUSHPULL_DATA="layer").stdout.startswith("Upper title")


@pytest.mark.usefixtures("here")
def test_a_check_without_problems_says_what_there_is() -> None:
    done = run("kb", "check", "layer")
    assert done.exit_code == 0
    assert re.search(r"30 services, \d+ questions, \d+ sources, 28 pros and cons", done.stdout)
