"""Everything the knowledge holds can be listed and looked up: services, questions, sources, words, any one entry."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from helpers import SERVICES, run, shipped, words
from pushpull.load.glossary import load_glossary
from pushpull.records.entries import flat

KB = shipped()[0]
LISTS = ("services", "questions", "sources", "glossary")


def lines(*command: str) -> list[str]:
    done = run(*command, "--plain")
    assert done.exit_code == 0, done.stderr
    return done.stdout.splitlines()


def record(*command: str) -> Any:
    done = run(*command, "--format", "json")
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


def rows(*command: str) -> list[dict[str, str]]:
    done = run(*command, "--format", "csv")
    assert done.exit_code == 0, done.stderr
    return list(csv.DictReader(io.StringIO(done.stdout)))


@pytest.mark.parametrize("command", LISTS)
@pytest.mark.parametrize("form", ["table", "plain", "md", "html"])
def test_a_list_can_be_read_in_every_format(command: str, form: str) -> None:
    done = run(command, "--format", form)
    assert done.exit_code == 0, done.stderr
    assert len(done.stdout.splitlines()) > 10
    assert "{" not in done.stdout.partition("</style>")[2] or form != "html", "every blank is filled in"


def test_every_service_is_listed_with_its_id() -> None:
    told = lines("services")
    for name in SERVICES:
        assert KB.services[name].name in told
        assert f"{words()('list.id')}: {name}" in told


def test_the_questions_of_one_service_stand_behind_those_about_the_student() -> None:
    told = lines("questions", "--service", "counseling")
    heads = [words()("list.student_questions"), words()("list.questions_of", service="Counseling")]
    assert [line for line in told if line in heads] == heads
    assert told.index("private_talk") > told.index(heads[1]) > told.index("about")
    private = told[told.index("private_talk") + 1]
    assert private == words()("list.asked", who=words()("who.specialist"), choose=words()("list.choose_one"))
    assert words()("list.choose_many") in told[told.index("about") + 1]
    for option in KB.services["counseling"].questions["private_talk"].options:
        assert any(line.endswith(f"({option})") for line in told)


def test_without_a_service_every_question_of_every_service_is_listed() -> None:
    told = record("questions")["questions"]
    asked = [("", name) for name in KB.student_questions]
    asked += [(service, name) for service in SERVICES for name in KB.services[service].questions]
    assert sorted((one["service"] or "", one["id"]) for one in told) == sorted(asked)


def test_a_service_that_nobody_knows_is_a_usage_error() -> None:
    done = run("questions", "--service", "gardening")
    assert done.exit_code == 2
    assert "gardening" in done.stderr


def test_every_source_is_listed_with_what_was_read_of_it() -> None:
    told = "\n".join(lines("sources"))
    for name, source in KB.sources.items():
        assert name in told
        assert source.read in told
    assert [one["id"] for one in record("sources")["sources"]] == [one["id"] for one in rows("sources")]
    assert {one["id"]: one["grade"] for one in rows("sources")} == {n: s.grade for n, s in KB.sources.items()}


def test_the_glossary_says_each_word_in_plain_words() -> None:
    terms = load_glossary(())
    told = lines("glossary")
    assert [f"{term.term}: {term.plain}" for term in terms.values()] == [
        line for line in told if any(line.startswith(f"{term.term}: ") for term in terms.values())
    ]
    assert [one["id"] for one in record("glossary")["glossary"]] == list(terms)


# --- one entry ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "known"),
    [
        ("service", KB.services),
        ("question", KB.student_questions),
        ("requirement", KB.requirements),
        ("note", KB.notes),
        ("tension", KB.tensions),
        ("concern", KB.concerns),
        ("source", KB.sources),
        ("term", load_glossary(())),
    ],
)
def test_any_entry_can_be_shown_by_its_id(kind: str, known: dict[str, Any]) -> None:
    name = next(iter(known))
    found = record("kb", "show", name)
    assert [(one["kind"], one["id"]) for one in found["show"]] == [(kind, name)]
    told = lines("kb", "show", name)
    assert any(name in line for line in told)
    if kind not in {"service", "question"}:
        assert told[0] == words()(f"list.kind_{kind}")


def test_a_service_is_shown_with_its_guidance_and_its_questions() -> None:
    told, service = lines("kb", "show", "articulation"), KB.services["articulation"]
    assert told[0] == service.name
    assert any(line.startswith(words()("list.also")) and service.also[0] in line for line in told)
    for title, remarks in (("guidance", service.guidance), ("pitfalls", service.pitfalls)):
        assert words()(f"compare.{title}") in told
        assert any(next(iter(remarks.values())).sources[0] in line for line in told)
    assert [name for name in service.questions if any(line.endswith(f"({name})") for line in told)] == list(
        service.questions
    )


def test_a_question_is_shown_with_what_stands_behind_each_answer() -> None:
    asked_once, question = next(
        (name, question)
        for name, question in ((n, q) for service in KB.services.values() for n, q in service.questions.items())
        if sum(name in service.questions for service in KB.services.values()) == 1 and question.role == "case"
    )
    told = "\n".join(lines("kb", "show", asked_once))
    for name, option in question.options.items():
        assert name in told
        for reason in (*option.settles.values(), *option.arguments.values()):
            assert words()(f"basis.{reason.basis}") in told
            assert all(source in told for source in reason.sources)
            assert (reason.caveat or "") in told


def test_a_matter_for_the_school_is_shown_with_what_is_to_be_solved() -> None:
    name, question = next(
        (name, question)
        for service in KB.services.values()
        for name, question in service.questions.items()
        if question.role == "logistics"
    )
    told = lines("kb", "show", name)
    solve = [option.solve for option in question.options.values() if option.solve and "{" not in option.solve]
    assert solve
    for each in solve:
        assert words()("suggest.why_logistics", solve=each) in told


def test_an_id_that_is_not_there_brings_the_nearest_one_or_where_to_look() -> None:
    near, far = run("kb", "show", "skil_stage"), run("kb", "show", "zzzzzz")
    assert near.exit_code == far.exit_code == 2
    assert "skill_stage" in near.stderr
    assert "pushpull services" in far.stderr


def test_a_row_joins_lists_and_names_the_entries_of_maps() -> None:
    nested = {"a": None, "b": ["x", "y"], "c": {"k": "v", "l": ["m", "n"], "deep": {"z": 1}}, "d": 2, "e": True}
    assert flat(nested) == {"a": "", "b": "x y", "c": "k: v; l: m n; deep", "d": "2", "e": "True"}
