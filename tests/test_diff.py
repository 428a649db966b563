"""What a change of content changes: the comparison itself, the command, and what CI prints."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import advice
import casebook
from helpers import EXAMPLES, ROOT, plan_text, run, run_apart, shipped
from pushpull.diff import Example, changes, differences, entries
from pushpull.kb.full import FullKnowledge
from pushpull.load.where import is_whole
from pushpull.plan import open_plan
from tiny import given, tiny

DATA = ROOT / "data"


def other(**parts: Any) -> FullKnowledge:
    """Return the tiny knowledge with some parts changed, by path."""
    content = tiny().model_dump(by_alias=True)
    for path, value in parts.items():
        inner = content
        *steps, last = path.split("__")
        for step in steps:
            inner = inner[step]
        inner[last] = value
    return FullKnowledge.model_validate(content)


STAGE = "services__letters__questions__stage__options__new__arguments__pull_out__"


def an_example(answers: dict[str, str | list[str]], service: str = "letters") -> Example:
    return Example("one", service, given(answers), given(answers))


def test_nothing_moves_between_a_content_and_itself() -> None:
    examples = [an_example({"stage": stage}) for stage in ("new", "ready", "some", "mixed")]
    assert differences(tiny(), other(), examples) == ()


def test_an_example_moves_by_its_outcome_its_firmness_or_its_leading_reasons() -> None:
    weaker = other(**{f"{STAGE}strength": "weak"})
    (found,) = differences(tiny(), weaker, [an_example({"stage": "new"})])
    assert found.old is not None
    assert found.new is not None
    assert (found.old.mode, found.new.mode) == ("pull_out", "unknown")
    assert "mode" in found.moved
    reworded = other(**{f"{STAGE}because": "{student} says so."})
    (found,) = differences(tiny(), reworded, [an_example({"stage": "new"})])
    assert found.moved == ("reasons",)
    worth = {"moderate": "2", "strong": "3"}
    narrow = {f"rules__strengths__{name}__at_{end}": worth[name] for name in worth for end in ("least", "most")}
    (found,) = differences(other(**narrow), tiny(), [an_example({"stage": "new", "aids": "enough"})])
    assert found.moved == ("firmness",)


def test_points_that_move_nothing_that_people_read_first_are_no_difference() -> None:
    answers: dict[str, str | list[str]] = {"needs": ["tries", "quiet"], "stage": "new", "aids": "not_enough"}
    silent = other(services__letters__questions__needs__options__quiet__arguments__pull_out__because="Reworded.")
    assert differences(tiny(), silent, [an_example(answers)]) == ()


def test_a_service_that_only_one_content_has_is_told() -> None:
    without = other()
    services = {name: service for name, service in without.services.items() if name != "sums"}
    without = without.model_copy(update={"services": services})
    (found,) = differences(tiny(), without, [an_example({"stage": "new"}, "sums")])
    assert found.old is not None
    assert found.new is None
    assert differences(without, without, [an_example({"stage": "new"}, "sums")]) == ()


def test_what_changed_in_the_content_is_named_by_id() -> None:
    chart = shipped()[1].comparison
    renamed = other(notes__fresh=tiny().notes["always"].model_dump(by_alias=True), **{f"{STAGE}because": "Reworded."})
    notes = {name: note for name, note in renamed.notes.items() if name != "two"}
    renamed = renamed.model_copy(update={"notes": notes})
    found = {one.kind: one for one in changes(entries(tiny(), chart, {}), entries(renamed, chart, {}))}
    assert set(found) == {"question", "note"}
    assert found["question"].changed == ("stage",)
    assert (found["note"].added, found["note"].removed, found["note"].changed) == (("fresh",), ("two",), ())


# --- the command --------------------------------------------------------------------------------------------------


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a plan, a layer that turns it around, and a whole content that does so as well."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plans").mkdir()
    answers = {"takes": ("close_teaching", "quiet")}
    (tmp_path / "plans" / "speech.yaml").write_text(plan_text(answers, service="articulation"))
    (tmp_path / "layer").mkdir()
    (tmp_path / "layer" / "rules.yaml").write_text("version: 2099.1.1\nratios: {enough: 90}\n")
    shutil.copytree(DATA, tmp_path / "whole")
    rules = (tmp_path / "whole" / "rules.yaml").read_text()
    (tmp_path / "whole" / "rules.yaml").write_text(re.sub(r"enough: \S+", "enough: 90", rules))
    (tmp_path / "empty").mkdir()
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "rules.yaml").write_text("verson: 2099.1.1\n")
    return tmp_path


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("new", ["layer", "whole"])
def test_the_command_shows_what_moves_and_ends_well(new: str) -> None:
    done = run("kb", "diff", "built-in", new, "--plans", "plans")
    assert done.exit_code == 0, done.stderr
    assert "1 of 1 moves." in done.stdout
    assert "Old: pull-out" in done.stdout
    assert "New: not enough to go on" in done.stdout
    assert "Rules, changed: ratios" in done.stdout


@pytest.mark.usefixtures("here")
def test_turning_old_and_new_around_turns_the_page_around() -> None:
    done = run("kb", "diff", "whole", "built-in", "--plans", "plans/speech.yaml")
    assert "Old: not enough to go on" in done.stdout
    assert "New: pull-out" in done.stdout


def test_a_folder_is_a_whole_content_only_if_its_rules_are_complete(here: Path) -> None:
    assert is_whole(DATA)
    assert is_whole(here / "whole")
    for folder in ("layer", "empty", "broken", "nowhere"):
        assert not is_whole(here / folder)


@pytest.mark.usefixtures("here")
def test_a_content_against_itself_shows_no_change() -> None:
    done = run("kb", "diff", "layer", "layer", "--plans", "plans", "--plans", ROOT / "examples")
    count = sum(len(open_plan(path).plan.services) for path in EXAMPLES) + 1
    assert f"0 of {count} move." in done.stdout
    assert "Nothing that has an id." in done.stdout


@pytest.mark.usefixtures("here")
def test_without_plans_the_page_says_that_nothing_was_tried() -> None:
    assert "--plans" in run("kb", "diff", "built-in", "layer").stdout


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("built-in", "broken"), "Did you mean version?"),
        (("broken", "built-in"), "Did you mean version?"),
        (("built-in", "nowhere"), "There is no folder nowhere"),
        (("built-in", "layer", "--plans", "empty"), "There is no plan in empty"),
        (("built-in", "layer", "--plans", "layer"), "A plan starts with the line plan: 1."),
        (("built-in", "layer", "--plans", "gone.yaml"), "There is no plan gone.yaml"),
    ],
)
def test_what_has_to_be_mended_ends_with_one(words: tuple[str, ...], says: str) -> None:
    done = run("kb", "diff", *words)
    assert done.exit_code == 1
    assert done.stdout == ""
    assert says in done.stderr


@pytest.mark.usefixtures("here")
def test_an_unknown_format_is_wrong_use() -> None:
    done = run("kb", "diff", "built-in", "layer", "--format", "csv")
    assert done.exit_code == 2
    assert "table, plain, md, html, json" in done.stderr


@pytest.mark.usefixtures("here")
def test_a_layer_given_by_data_lies_over_both() -> None:
    done = run("kb", "diff", "built-in", "whole", "--data", "layer", "--plans", "plans", "--plain")
    assert "0 of 1 move." in done.stdout


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("form", ["table", "md", "html"])
def test_every_format_holds_what_moves(form: str) -> None:
    done = run("kb", "diff", "built-in", "layer", "--plans", "plans", "--format", form)
    assert done.exit_code == 0
    assert "not enough to go on" in " ".join(done.stdout.split())


@pytest.mark.usefixtures("here")
def test_the_json_is_as_the_schema_and_the_page_about_json_say() -> None:
    done = run("kb", "diff", "built-in", "layer", "--plans", "plans", "--format", "json")
    record = json.loads(done.stdout)
    schema = json.loads((ROOT / "docs" / "schema" / "difference.schema.json").read_text())
    jsonschema.validate(record, schema)
    (moved,) = record["moved"]
    assert (moved["id"], moved["old"]["mode"], moved["new"]["mode"]) == ("speech", "pull_out", "unknown")
    assert len(moved["old"]["reasons"]) <= 3
    assert record["new"]["content"] == "2099.1.1"
    assert record["changed"] == [{"kind": "rule", "added": [], "removed": [], "changed": ["ratios"]}]
    section = (ROOT / "docs" / "json.md").read_text().split("## `pushpull kb diff OLD NEW --format json`")[1]
    for field in (*record, *moved, *moved["old"], *moved["old"]["reasons"][0], *record["changed"][0]):
        assert f"`{field}`" in section, field


# --- what CI prints -----------------------------------------------------------------------------------------------


def git(folder: Path, *words: str) -> None:
    who = ("-c", "user.name=T.", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", str(folder), *who, *words], check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    shutil.copytree(DATA, tmp_path / "data")
    git(tmp_path, "init", "--quiet", "--initial-branch=work")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "--quiet", "-m", "first")
    return tmp_path


def test_a_first_commit_and_a_folder_without_git_have_no_base(
    repository: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    assert advice.base_of(repository) is None
    assert advice.base_of(tmp_path_factory.mktemp("bare")) is None
    for words in (["", str(repository)], ["no-such-commit", str(repository)]):
        assert advice.main(words) == 0
        assert "There is no earlier content" in capsys.readouterr().out


def test_the_base_is_the_last_commit_the_main_branch_or_the_commit_before(repository: Path) -> None:
    notes = repository / "data" / "notes.yaml"
    notes.write_text(notes.read_text() + "# changed\n")
    assert advice.base_of(repository) == "HEAD"
    git(repository, "branch", "main")
    git(repository, "commit", "-aqm", "second")
    git(repository, "commit", "--allow-empty", "-qm", "third")
    first = advice.git(repository, "rev-parse", "main")
    assert first is not None
    assert advice.base_of(repository) == first.decode().strip()
    git(repository, "branch", "-D", "main")
    second = advice.git(repository, "rev-parse", "HEAD^")
    assert second is not None
    assert advice.base_of(repository) == second.decode().strip()


def test_ci_prints_what_an_earlier_content_said_otherwise(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rules = repository / "data" / "rules.yaml"
    rules.write_text(re.sub(r"enough: \S+", "enough: 90", rules.read_text()))
    git(repository, "commit", "-aqm", "enough")
    assert advice.main(["HEAD", str(repository)]) == 0
    printed = capsys.readouterr().out
    assert "Old: data then" in printed
    assert "New: data now" in printed
    assert "Rules, changed: ratios" in printed
    assert re.search(r"[1-9]\d* of \d+ move", printed)
    rules.write_text("verson: 1\n")
    git(repository, "commit", "-aqm", "broken")
    assert advice.main(["HEAD", str(repository)]) == 0
    assert "cannot be held against each other" in capsys.readouterr().out


def test_every_case_becomes_a_plan_that_says_the_same(tmp_path: Path) -> None:
    kb = shipped()[0]
    cases = casebook.published().items()
    expected = {f"{name}.{coder}": coding for name, case in cases for coder, coding in case.codings.items()}
    made = dict(advice.plans(kb))
    assert set(expected) <= set(made)
    for name, text in made.items():
        (tmp_path / f"{name}.yaml").write_text(text)
    done = json.loads(run_apart("suggest", tmp_path / f"{min(expected)}.yaml", "--format", "json").stdout)
    assert done["services"][0]["mode"] == expected[min(expected)].expect
    for name, coding in expected.items():
        file = open_plan(tmp_path / f"{name}.yaml")
        assert not file.remarks
        assert file.plan.answers_for("case", kb.student_questions) == coding.answers
