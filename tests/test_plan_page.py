"""The pages about plans, suggestions, JSON and the floor plan say what is so: examples are run, tables are compared."""

from __future__ import annotations

import json
import re
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from pushpull.cli.commands import app
from pushpull.load.knowledge import load_knowledge
from pushpull.plan import (
    Aid,
    Decision,
    Line,
    Plan,
    Planned,
    Preschool,
    Review,
    SchoolWeek,
    Shared,
    Student,
    Task,
    open_plan,
    unknown_answers,
)
from pushpull.plan.fields import Views
from pushpull.suggest import suggest

ROOT = Path(__file__).resolve().parent.parent
PAGES = {
    name: (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8") for name in ("plan", "how-it-suggests", "json")
}
EXAMPLES = [
    example
    for page in PAGES.values()
    for example in re.findall(r"^```yaml\n(# (\S+)\n.*?)^```$", page, re.MULTILINE | re.DOTALL)
]
CONSOLE = [
    shown
    for page in PAGES.values()
    for shown in re.findall(r"^```console\n\$ pushpull (.*?)\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
]
CHANGED = re.findall(r"^\| (`[^|]+`) \| (\d+) \| (\d+) \| [^|]* \| `(\w+)` \|$", PAGES["how-it-suggests"], re.MULTILINE)
SRC = ROOT / "src"
HOMES = ("pushpull.kb", "pushpull.suggest", "pushpull.plan", "pushpull.lre")
EXAMPLE = ROOT / "examples" / "reading-and-speech.yaml"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write every example of the pages to its file, and go there."""
    for text, name in EXAMPLES:
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PUSHPULL_DATA", raising=False)
    return tmp_path


def run(*words: str) -> str:
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, done.output
    return done.stdout


# --- the plan page --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["plan.yaml", "smallest.yaml", "preschool.yaml", "pencil.yaml"])
def test_an_example_opens_without_remarks(folder: Path, name: str) -> None:
    file = open_plan(folder / name)
    assert file.remarks == ()
    assert unknown_answers(file, load_knowledge(())) == []
    assert json.loads(run("suggest", name, "--format", "json"))["services"]


def test_the_big_example_uses_every_field_of_a_plan(folder: Path) -> None:
    plan = open_plan(folder / "plan.yaml").plan
    assert plan.model_fields_set == {*Plan.model_fields}
    assert plan.student.model_fields_set == {*Student.model_fields}
    services = plan.services.values()
    lines = [line for planned in services for line in (*planned.present.values(), *planned.proposed.values())]
    for kind, entries in (
        (Planned, services),
        (Decision, [planned.team for planned in services]),
        (Line, lines),
        (Aid, [aid for planned in services for aid in planned.aids.values()]),
        (Review, [planned.review for planned in services]),
        (Task, [*plan.tasks.values(), *(task for planned in services for task in planned.tasks.values())]),
        (Views, [plan.views]),
        (Shared, [plan.week.lunch, plan.week.recess]),
    ):
        assert {name for entry in entries for name in entry.model_fields_set} == {*kind.model_fields}, kind
    assert len({planned.service for planned in plan.services.values()}) < len(plan.services)


def test_the_examples_and_the_table_know_every_field_of_a_week(folder: Path) -> None:
    weeks = [open_plan(folder / name).plan.week for name in ("plan.yaml", "preschool.yaml")]
    used = {name for week in weeks for name in week.model_fields_set}
    assert used | {"minutes", "days_a_week"} == {*SchoolWeek.model_fields}
    assert weeks[1].preschool.model_fields_set == {*Preschool.model_fields}
    table = PAGES["plan"].split("| field under `week` |")[1].split("\n\n")[0]
    assert {*SchoolWeek.model_fields, *Shared.model_fields, *Preschool.model_fields} <= {*re.findall(r"`(\w+)`", table)}


def test_every_field_of_the_week_is_described_and_no_other(folder: Path) -> None:
    heading = "## `pushpull lre PLAN --format json`"
    record: dict[str, Any] = json.loads(run("lre", str(folder / "plan.yaml"), "--format", "json"))
    week = record["week"]
    assert described(heading) == {*record}
    assert described(heading, "The `week`") == {*week}
    assert {*week["now"]} <= described(heading, "Each of `now` and `proposed`")
    assert {*week["now"]["lines"][0]} <= described(heading, "Each of `lines`")
    assert {*week["alerts"][0]} <= described(heading, "Each of `alerts`")


def test_the_worked_week_is_counted_as_the_page_says(folder: Path) -> None:
    week = json.loads(run("lre", str(folder / "plan.yaml"), "--format", "json"))["week"]
    assert [(line["minutes_a_week"], line["counts"]) for line in week["now"]["lines"]] == [
        (120, "outside"),
        (30, "inside"),
        (25, "outside"),
    ]
    assert (week["now"]["outside"], week["now"]["apart"]) == (220, {"recess": 75})


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("command", "shown"), CONSOLE, ids=[command for command, _ in CONSOLE])
def test_the_output_shown_is_what_the_program_prints(command: str, shown: str) -> None:
    done = CliRunner().invoke(app, command.split())
    said = done.stdout + done.stderr
    # An ellipsis on the page stands for anything that was left out.
    assert re.fullmatch(".*".join(map(re.escape, shown.split("…"))), said, re.DOTALL), said


# --- the worked example ---------------------------------------------------------------------------------------------


def test_the_page_shows_every_outcome_but_too_little() -> None:
    assert {outcome for *_, outcome in CHANGED} == {"push_in", "pull_out", "open", "blend"}


@pytest.mark.parametrize(("changes", "push_in", "pull_out", "outcome"), CHANGED)
def test_the_sums_on_the_page_are_those_of_the_program(
    folder: Path, changes: str, push_in: str, pull_out: str, outcome: str
) -> None:
    answers = open_plan(folder / "pencil.yaml").plan.answers_for("reading")
    for change in re.findall(r"`([^`]+)`", changes):
        question, option = change.split(": ")
        answers[question] = (option,)
    kb = load_knowledge(())
    questions = kb.services["reading_decoding"].questions
    assert all(
        {*answer} - {"not_sure", "none_of_these"} <= {*questions[name].options} for name, answer in answers.items()
    )
    found = suggest(kb, "reading_decoding", answers)
    assert (str(found.case["push_in"]), str(found.case["pull_out"])) == (push_in, pull_out)
    assert str(found.mode) == outcome


def test_the_numbers_of_the_rule_are_those_in_the_data() -> None:
    ratios = load_knowledge((), services=()).rules.ratios
    page = PAGES["how-it-suggests"]
    assert f"the rest for push-in is at least **{float(ratios.whole.push_in):g} times** pull-out's case" in page
    assert f"the rest for pull-out is at least **{float(ratios.whole.pull_out):g} times** push-in's case" in page
    assert f"pull-out's case is at least **{float(ratios.pull_out):g} times** push-in's" in page
    assert f"at least {ratios.enough} points" in page


# --- the JSON page --------------------------------------------------------------------------------------------------


def described(heading: str, below: str = "") -> set[str]:
    """Return the fields that the first table after `heading`, and then after `below`, describes."""
    page = PAGES["json"].split(f"\n{heading}\n", 1)[1]
    if below:
        page = page.split(f"\n{below}:\n", 1)[1]
    table = re.split(r"\n(?!\|)", page[page.index("\n|") + 1 :], maxsplit=1)[0]
    cells = (row.split("|")[1] for row in table.splitlines()[2:])
    return {name for cell in cells for name in re.findall(r"`(\w+)`", cell)}


def test_every_field_of_a_suggestion_is_described_and_no_other() -> None:
    heading = "## `pushpull suggest PLAN --format json`"
    record: dict[str, Any] = json.loads(run("suggest", str(EXAMPLE), "--format", "json"))
    assert described(heading) == {*record}
    assert described(heading, "Each of `services`") == {*record["services"][0]}
    for name in ("reasons", "requirements", "not_counted"):
        assert described(heading, f"Each of `{name}`") == {*record["services"][0][name][0]}


def test_every_field_of_the_comparison_is_described_and_no_other() -> None:
    heading = "## `pushpull compare --format json`"
    record: dict[str, Any] = json.loads(run("compare", "--service", "articulation", "--format", "json"))
    assert described(heading) == {*record}
    assert described(heading, "Each of `pros` and `cons`") == {*record["pros_cons"]["push_in"]["pros"][0]}
    assert described(heading, "Each of `services`") == {*record["services"]["articulation"]}


@pytest.mark.parametrize("command", ["suggest PLAN", "lre PLAN", "compare"])
def test_every_column_is_described_and_no_other(command: str) -> None:
    words = command.replace("PLAN", str(EXAMPLE)).split()
    header = run(*words, "--format", "csv").splitlines()[0]
    assert described(f"## `pushpull {command} --format csv`") == {*header.split(",")}


# --- the floor plan, and all pages ----------------------------------------------------------------------------------


def test_every_word_of_the_word_table_stands_in_the_code_as_it_says() -> None:
    page = (ROOT / "docs" / "floor-plan.md").read_text(encoding="utf-8").split("## One word per idea")[1]
    words = [
        name
        for row in page.splitlines()
        for name in re.findall(r"`([\w.]+)`", row.split("|")[4:5][0] if "|" in row else "")
    ]
    assert len(words) > 40
    assert [word for word in words if not stands(word)] == []


def stands(word: str) -> bool:
    """Return whether a module, a name of it, or a field of a class is called so."""
    first, *rest = word.split(".")
    homes = [f"pushpull.{first}"] if first.islower() else [*HOMES]
    names = rest if first.islower() else [first, *rest]
    # What belongs together may stand in several files of a package.
    homes += [
        f"{home}.{path.stem}" for home in tuple(homes) for path in (SRC / home.replace(".", "/")).glob("[!_]*.py")
    ]
    for found in map(import_module, homes):
        inner: Any = found
        for name in names:
            if inner is not None and hasattr(inner, "__path__") and find_spec(f"{inner.__name__}.{name}"):
                import_module(f"{inner.__name__}.{name}")  # files of a package are imported one by one
            fields = {**getattr(inner, "model_fields", {}), **getattr(inner, "__annotations__", {})}
            inner = getattr(inner, name, None) or fields.get(name)
        if inner:
            return True
    return False


PATHS = [ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("path", PATHS, ids=[path.name for path in PATHS])
def test_a_link_to_another_page_leads_there(path: Path) -> None:
    for link in re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text(encoding="utf-8")):
        assert (path.parent / link).exists(), link
