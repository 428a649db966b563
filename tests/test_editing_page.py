"""The page for editors shows real files and real output: every example is read, checked and run as it stands there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pushpull.cli.commands import app
from pushpull.load.everything import load_all
from pushpull.load.words import load_words

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "editing.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```yaml\n(# (\S+)\n.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
CONSOLE = re.findall(r"^```console\n\$ pushpull (.*?)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
DISTRICT = "our-district"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write every example of the page to its file, and go there."""
    for text, name in EXAMPLES:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PUSHPULL_DATA", raising=False)
    return tmp_path


def said(command: str) -> str:
    done = CliRunner().invoke(app, command.split())
    assert done.exit_code in {0, 1}, done.output
    return done.stdout + done.stderr


def test_every_yaml_block_of_the_page_names_a_file_of_its_own() -> None:
    names = [name for _, name in EXAMPLES]
    assert len(names) == PAGE.count("```yaml")
    assert sorted(set(names)) == sorted(names)
    assert {name.split("/")[1] for name in names if name.startswith(DISTRICT)} >= {
        "comparison.yaml",
        "questions",
        "services",
        "requirements.yaml",
        "notes.yaml",
        "tensions.yaml",
        "sources.yaml",
        "week.yaml",
        "words.yaml",
    }


@pytest.mark.usefixtures("folder")
def test_the_check_finds_nothing_wrong_with_the_districts_folder() -> None:
    done = CliRunner().invoke(app, ["kb", "check", DISTRICT])
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith(f"No problems in {DISTRICT}.")


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("command", "shown"), CONSOLE, ids=[command for command, _ in CONSOLE])
def test_the_output_shown_is_what_the_program_prints(command: str, shown: str) -> None:
    # An ellipsis on the page stands for anything that was left out.
    assert re.fullmatch(".*".join(map(re.escape, shown.split("…"))), said(command), re.DOTALL), said(command)


def test_the_districts_folder_changes_what_the_page_says_and_leaves_the_rest(folder: Path) -> None:
    before, chart, terms = load_all(())
    after, new_chart, new_terms = load_all((folder / DISTRICT,))
    words = load_words("en", (folder / DISTRICT,))

    sentences, new = (c.comparison.topics["how_it_works"].push_in for c in (chart, new_chart))
    assert [name for name in sentences if sentences[name] != new[name]] == ["teaching"]
    added = {*new_chart.comparison.pros_cons["pull_out"].cons} - {*chart.comparison.pros_cons["pull_out"].cons}
    assert added == {"bus_bell"}
    assert {*new_terms} - {*terms} <= {"case_manager"}
    assert "beside the # sign" in new_terms["case_manager"].plain

    assert {*after.sources} - {*before.sources} == {"RIVERBEND-DAY", "RIVERBEND-AUDIO"}
    assert {*after.requirements} - {*before.requirements} == {"family_heard"}
    assert {*after.notes} - {*before.notes} == {"equipment_waiting", "high_school_credit"}
    assert {*after.tensions} - {*before.tensions} == {"waiting_and_in_use"}
    assert {*after.services} - {*before.services} == {"keyboarding"}
    assert (before.week.rule, after.week.rule) == ("outside_lt_21", "inside_ge_80")
    assert {*after.week.kept} - {*before.week.kept} == {"garden_hour"}
    assert after.rules.ratios == before.rules.ratios
    assert after.rules.version != before.rules.version
    assert words("paper.draft_label") == "Riverbend draft"

    asking = {name for name, service in after.services.items() if "hearing_equipment" in service.questions}
    assert asking == {"articulation"}
    for service in after.services.values():
        assert "shared_teaching" not in service.questions["other_reasons"].options

    old, mine = before.services["handwriting"].questions, after.services["handwriting"].questions
    assert {*old} - {*mine} == {"class_moments"}
    assert {*old["takes"].options} - {*mine["takes"].options} == {"movement"}
    assert mine["takes"].ask == "What does {student} need in order to learn to write these letters?"
    for name in ("reading_decoding", "counseling"):
        assert after.services[name].questions["takes"] == before.services[name].questions["takes"]


def test_the_page_says_what_the_program_allows(folder: Path) -> None:
    kb, _, _ = load_all((folder / DISTRICT,))
    rows = dict(re.findall(r"^\| `(weak|moderate|strong)` \| (\d) \|", PAGE, re.MULTILINE))
    assert rows == {name: str(strength.points) for name, strength in kb.rules.strengths.items()}
    assert len(kb.services["reading_decoding"].questions) == 15
