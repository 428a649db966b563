"""A folder of knowledge laid over the built-in one changes what it names and nothing else."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from helpers import EXAMPLES, run_without_rights
from pushpull.cli.commands import app
from pushpull.load.chart import load_comparison
from pushpull.load.everything import load_all
from pushpull.load.knowledge import load_knowledge
from pushpull.load.words import load_words
from pushpull.source.reading import read
from pushpull.source.tree import merge, plain

GARDEN = """\
title: The garden
questions:
  watering:
    ask: Who waters the garden?
    help: It tells who knows the garden.
    who: family
    options:
      yes: {label: yes}
      no: {label: no}
      3: {label: 3}
      2026-11-23: {label: 2026-11-23}
"""
GARDENING = """\
name: Gardening
family: Outdoors
what: Growing plants together.
looks_like: {push_in: In the school garden.}
guidance: {}
pitfalls: {}
not_known: {}
questions:
  watering: asked
  weeding:
    ask: Who weeds?
    help: It tells who knows the garden.
    who: family
    when: {watering: [yes, 3]}
    options:
      pat: {label: Pat}
"""


def layer(folder: Path, **files: str) -> Path:
    """Write a folder of knowledge; `questions_garden` is the file `garden` in the folder `questions`."""
    for name, text in files.items():
        path = folder / f"{name.replace('_', '/', 1)}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def run(*words: str, environment: str = "") -> Result:
    return CliRunner().invoke(app, words, env={"PUSHPULL_DATA": environment or None})


# The cases of RFC 7396, appendix A: what is there, what is laid over it, what comes out.
@pytest.mark.parametrize(
    ("original", "patch", "result"),
    [
        ('{"a":"b"}', '{"a":"c"}', {"a": "c"}),
        ('{"a":"b"}', '{"b":"c"}', {"a": "b", "b": "c"}),
        ('{"a":"b"}', '{"a":null}', {}),
        ('{"a":"b","b":"c"}', '{"a":null}', {"b": "c"}),
        ('{"a":["b"]}', '{"a":"c"}', {"a": "c"}),
        ('{"a":"c"}', '{"a":["b"]}', {"a": ["b"]}),
        ('{"a":{"b":"c"}}', '{"a":{"b":"d","c":null}}', {"a": {"b": "d"}}),
        ('{"a":[{"b":"c"}]}', '{"a":[1]}', {"a": ["1"]}),
        ('["a","b"]', '["c","d"]', ["c", "d"]),
        ('{"a":"b"}', '["c"]', ["c"]),
        ('{"a":"foo"}', "null", None),
        ('{"a":"foo"}', '"bar"', "bar"),
        ('{"e":null}', '{"a":1}', {"e": None, "a": "1"}),
        ("[1,2]", '{"a":"b","c":null}', {"a": "b"}),
        ("{}", '{"a":{"bb":{"ccc":null}}}', {"a": {"bb": {}}}),
    ],
)
def test_layers_combine_as_json_merge_patch_says(original: str, patch: str, result: object) -> None:
    base, base_problems = read(original, "base.yaml")
    over, over_problems = read(patch, "over.yaml")
    assert [*base_problems, *over_problems] == []
    assert plain(merge(base, over)) == result


def test_after_merging_every_value_still_knows_where_it_stands() -> None:
    base, _ = read("a: 1\nb: {c: 2, d: 3}\n", "base.yaml")
    over, _ = read("\nb:\n  d: 4\n", "over.yaml")
    merged = merge(base, over).entries()
    places = [str(node.place) for node in (merged["a"], merged["b"].entries()["c"], merged["b"].entries()["d"])]
    assert places == ["base.yaml:1:4", "base.yaml:2:8", "over.yaml:3:6"]


def test_one_sentence_of_the_chart_can_be_changed_alone(tmp_path: Path) -> None:
    before = load_comparison(()).comparison
    topic, sentences = next((name, topic.push_in) for name, topic in before.topics.items())
    sentence, *_ = sentences
    over = layer(tmp_path, comparison=f"topics: {{{topic}: {{push_in: {{{sentence}: In our district it is so.}}}}}}\n")
    after = load_comparison((over,)).comparison
    assert after.topics[topic].push_in[sentence] == "In our district it is so."
    changed = before.model_dump()
    changed["topics"][topic]["push_in"][sentence] = "In our district it is so."
    assert after.model_dump() == changed
    assert "In our district it is so." in run("compare", "--topic", topic, "--data", str(over)).stdout.replace(
        "\n", " "
    )


def test_a_new_service_and_a_new_question_can_be_added(tmp_path: Path) -> None:
    over = layer(tmp_path, questions_garden=GARDEN, services_gardening=GARDENING)
    before, after = load_knowledge(()), load_knowledge((over,))
    assert list(after.services) == [*before.services, "gardening"]
    assert list(after.services["gardening"].questions) == ["watering", "weeding"]
    checked = run("kb", "check", str(over))
    assert checked.exit_code == 0, checked.stderr
    assert f"{len(after.services)} services" in checked.stdout
    plan = tmp_path / "plan.txt"
    plan.write_text("plan: 1\nservices: {beds: {service: gardening, answers: {watering: yes}}}\n")
    assert "Who weeds?" in run("suggest", str(plan), "--data", str(over)).stdout
    unknown = run("suggest", str(plan))
    assert unknown.exit_code == 1
    assert 'There is no service "gardening".' in unknown.stderr


def test_yes_no_numbers_and_dates_stay_words(tmp_path: Path) -> None:
    over = layer(tmp_path, questions_garden=GARDEN, services_gardening=GARDENING)
    questions = load_knowledge((over,)).services["gardening"].questions
    labels = {name: option.label for name, option in questions["watering"].options.items()}
    assert labels == {word: word for word in ("yes", "no", "3", "2026-11-23")}
    assert questions["weeding"].when == {"watering": ("yes", "3")}


def test_an_option_that_is_removed_goes_away_everywhere(tmp_path: Path) -> None:
    under = layer(tmp_path / "a", questions_garden=GARDEN, services_gardening=GARDENING)
    over = layer(tmp_path / "b", questions_garden="questions: {watering: {options: {no: }}}\n")
    kb = load_knowledge((under, over))
    assert list(kb.services["gardening"].questions["watering"].options) == ["yes", "3", "2026-11-23"]


def test_a_service_may_word_a_question_in_its_own_way_and_drop_an_answer(tmp_path: Path) -> None:
    own = GARDENING.replace("watering: asked", "watering: {ask: Who has the can?, options: {3: }}").replace(
        "yes, 3", "no"
    )
    over = layer(tmp_path, questions_garden=GARDEN, services_gardening=own)
    question = load_knowledge((over,)).services["gardening"].questions["watering"]
    assert question.ask == "Who has the can?"
    assert question.help == "It tells who knows the garden."
    assert "3" not in question.options


def test_a_layer_over_a_service_may_drop_an_answer_and_a_question_there_and_nowhere_else(tmp_path: Path) -> None:
    second = GARDENING.replace("Gardening", "Farming")
    under = layer(tmp_path / "a", questions_garden=GARDEN, services_gardening=GARDENING, services_farming=second)
    over = layer(
        tmp_path / "b", services_gardening="questions: {watering: {options: {no: , 2026-11-23: }}, weeding: }\n"
    )
    services = load_knowledge((under, over)).services
    assert list(services["gardening"].questions) == ["watering"]
    assert list(services["gardening"].questions["watering"].options) == ["yes", "3"]
    assert list(services["farming"].questions) == ["watering", "weeding"]
    assert list(services["farming"].questions["watering"].options) == ["yes", "no", "3", "2026-11-23"]


def test_an_option_that_is_removed_is_missed_where_something_depends_on_it(tmp_path: Path) -> None:
    under = layer(tmp_path / "a", questions_garden=GARDEN, services_gardening=GARDENING)
    over = layer(tmp_path / "b", questions_garden="questions: {watering: {options: {yes: }}}\n")
    checked = run("kb", "check", str(over), "--data", str(under))
    assert checked.exit_code == 1
    assert checked.stderr == (f'{under}/services/gardening.yaml:14:22: The question "watering" has no answer "yes".\n')


def test_layers_come_in_order_first_those_of_the_environment_then_those_given(tmp_path: Path) -> None:
    folders = {name: layer(tmp_path / name, words=f"check: {{built_in: the knowledge of {name}}}\n") for name in "abcd"}

    def said(*given: str, environment: str = "") -> str:
        options = [part for name in given for part in ("--data", str(folders[name]))]
        names = os.pathsep.join(str(folders[name]) for name in environment)
        return run("kb", "check", *options, environment=names).stdout.split(".")[0].removeprefix("No problems in ")

    assert said() == "the built-in knowledge"
    assert said("a") == "the knowledge of a"
    assert said("a", "b") == "the knowledge of b"
    assert said("b", "a") == "the knowledge of a"
    assert said(environment="cd") == "the knowledge of d"
    assert said("a", environment="cd") == "the knowledge of a"


def test_a_later_layer_may_mend_an_earlier_one(tmp_path: Path) -> None:
    under = layer(tmp_path / "a", glossary="garden: {term: Garden}\n")
    over = layer(tmp_path / "b", glossary="garden: {plain: Plants grow here.}\n")
    assert run("kb", "check", str(under)).exit_code == 1
    _, _, terms = load_all((under, over))
    assert (terms["garden"].term, terms["garden"].plain) == ("Garden", "Plants grow here.")


def test_a_phrase_of_the_program_can_be_changed_and_the_others_stay(tmp_path: Path) -> None:
    before = load_words().texts
    after = load_words("en", (layer(tmp_path, words="mode: {push_in: in the room}\n"),)).texts
    assert after == {**before, "mode.push_in": "in the room"}


def test_a_text_may_stand_in_several_languages_side_by_side(tmp_path: Path) -> None:
    over = layer(tmp_path, concerns="garden: {name: {en: Garden, es: Jardín}, ask: Is there one?}\n")
    assert load_knowledge((over,)).concerns["garden"].name == "Garden"
    assert load_knowledge((over,), "es").concerns["garden"].name == "Jardín"
    assert load_knowledge((over,), "fr").concerns["garden"].name == "Garden"


def test_an_empty_folder_changes_nothing(tmp_path: Path) -> None:
    assert load_knowledge((tmp_path,)) == load_knowledge(())


def test_files_that_are_no_knowledge_may_lie_beside_it(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("Our district.")
    (tmp_path / ".hidden.yaml").write_text("]")
    assert run("kb", "check", str(tmp_path)).exit_code == 0


def linked(folder: Path, name: str) -> Path:
    """Make a layer whose folder of this name is a link to another folder, which is returned."""
    (folder / "other").mkdir(parents=True)
    (folder / "layer").mkdir()
    (folder / "layer" / name).symlink_to(folder / "other")
    return folder / "other"


def test_a_folder_of_a_layer_may_be_a_link_and_is_read_and_checked_as_if_it_were_none(tmp_path: Path) -> None:
    other = linked(tmp_path, "services")
    layer(other, gardening=GARDENING.replace("watering: asked", "{}").replace("questions:\n  {}", "questions:"))
    (other / "weeding.yml").touch()
    done = run("kb", "check", str(tmp_path / "layer"))
    assert (done.exit_code, len(done.stderr.splitlines())) == (1, 3)
    assert "weeding.yml is not read" in done.stderr
    assert "gardening.yaml" in done.stderr


@pytest.mark.parametrize("name", ["services", "questions"])
@pytest.mark.parametrize("what", ["large", "many"])
def test_what_is_read_through_a_link_counts_against_the_limits(tmp_path: Path, name: str, what: str) -> None:
    other = linked(tmp_path, name)
    for number in range(4 if what == "large" else 2001):
        (other / f"a{number}.yaml").write_text("# " + "x" * 1_900_000 if what == "large" else "")
    said = {"large": "is too large to be right.", "many": "holds more than 2,000 files and folders."}[what]
    for command in (("kb", "check", str(tmp_path / "layer")), ("services", "--data", str(tmp_path / "layer"))):
        done = run(*command)
        assert (done.exit_code, type(done.exception)) == (1, SystemExit)
        assert said in done.stderr


@pytest.mark.parametrize("to", [".", "..", "services", "/"])
def test_a_link_that_leads_in_a_circle_ends_in_a_sentence(tmp_path: Path, to: str) -> None:
    (over := layer(tmp_path / "layer", notes="a: [")).joinpath("services").symlink_to(to)
    for command in (("kb", "check", str(over)), ("services", "--data", str(over))):
        done = run(*command)
        assert (done.exit_code, type(done.exception)) == (1, SystemExit)
        assert done.stderr.strip()


@pytest.mark.parametrize(
    ("closed", "rights"), [("", 0o000), ("", 0o600), ("services", 0o000), ("services", 0o600), ("questions", 0o300)]
)
def test_a_folder_that_cannot_be_looked_into_is_said_and_not_left_out(tmp_path: Path, closed: str, rights: int) -> None:
    over = layer(tmp_path / "layer", questions_garden=GARDEN, services_gardening=GARDENING)
    laid = ["--data", str(over)]
    commands = [
        *(["kb", "check", str(over)], ["kb", "check", *laid], ["kb", "diff", "built-in", str(over)]),
        *(["services", *laid], ["questions", *laid], ["suggest", str(EXAMPLES[0]), *laid]),
    ]
    (over / closed).chmod(rights)
    try:
        done = run_without_rights(*commands)
    finally:
        (over / closed).chmod(0o700)
    for code, kind, said in done:
        assert (code, kind) == (1, "SystemExit")
        assert str(over / closed) in said
        assert os.strerror(errno.EACCES) in said
