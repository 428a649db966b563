"""What the YAML may say: the types behind the files, and the few rules that they carry themselves."""

from __future__ import annotations

import json
from dataclasses import FrozenInstanceError
from fractions import Fraction
from typing import Any, get_args

import pytest
from pydantic import TypeAdapter, ValidationError

import schemas
from helpers import ROOT
from pushpull.kb.about import About, overdue, since
from pushpull.kb.comparison import Source
from pushpull.kb.entry import MODES, OTHERS, Entry, Known, Phrase, SourceId, Text
from pushpull.kb.full import FullKnowledge
from pushpull.kb.questions import Argument, Named, Option, Question, Service, services_called
from pushpull.kb.rules import Number, Ratios
from pushpull.kb.week import (
    BandId,
    BandTexts,
    CategoryId,
    CategoryTexts,
    ClassRule,
    PlaceId,
    PlaceTexts,
    ProgramId,
    ProgramTexts,
    RuleTexts,
    Unit,
)
from pushpull.kb.words import Words, as_lines, fill, in_language
from pushpull.source.mistakes import check
from pushpull.source.reading import read
from tiny import about, argument, option, question, service, settling, tiny, tree

MADE = dict(schemas.all_of_them())


def checked(kind: Any, value: Any, known: Known | None = None) -> Any:
    return TypeAdapter(kind).validate_python(value, context=known)


def refused(kind: Any, value: Any, known: Known | None = None) -> list[str]:
    with pytest.raises(ValidationError) as told:
        checked(kind, value, known)
    return [detail["type"] for detail in told.value.errors()]


# --- the fields of the files --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", MADE)
def test_the_schema_that_an_editor_is_given_says_what_the_program_accepts(name: str) -> None:
    path = ROOT / "docs" / "schema" / "data" / f"{name}.schema.json"
    assert json.loads(path.read_text(encoding="utf-8")) == MADE[name], "`just docs` writes it anew"


def test_a_service_may_leave_out_what_only_some_services_need() -> None:
    told = checked(Service, service("Letters", {}))
    assert told.also == ()
    assert told.doses == {}
    assert told.related is True
    assert told.balance is None
    schema = TypeAdapter(Service).json_schema()
    assert set(schema["properties"]) - set(schema["required"]) == {"also", "doses", "related", "balance"}


@pytest.mark.parametrize("kind", [FullKnowledge, Service, Named, Question, Option])
def test_an_entry_takes_no_word_that_it_does_not_know(kind: type[Entry]) -> None:
    assert "extra_forbidden" in refused(kind, {"colour": "red"})


def test_nothing_that_was_read_can_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        tiny().rules.version = "2"  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        Known().language = "es"  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        Words({}).texts = {}  # type: ignore[misc]


def test_only_one_mode_can_be_settled_by_an_answer() -> None:
    option = {"label": "A", "settles": dict.fromkeys(MODES, settling())}
    assert refused(Option, option) == ["too_long"]


@pytest.mark.parametrize(
    ("parts", "stays", "kept"),
    [
        ({"push_in": "a", "pull_out": "b"}, True, True),
        ({"push_in": "a", "pull_out": "b"}, False, False),
        ({"pull_out": "b"}, True, False),
        ({}, True, False),
    ],
)
def test_a_part_can_only_stay_outside_beside_a_part_in_class(parts: Any, *, stays: bool, kept: bool) -> None:
    assert checked(Option, {"label": "A", "parts": parts, "stays": stays}).keeps_part_outside is kept


def test_the_ways_are_named_in_the_order_in_which_pages_show_them() -> None:
    assert MODES == ("push_in", "pull_out")
    assert OTHERS == ("as_now", "consultation", "co_teaching")


# --- texts, ids and numbers ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "Yes"), ("es", "Sí"), ("fr", "Yes")],  # English where there is no other
)
def test_a_text_is_read_in_a_language_or_in_english(language: str, expected: str) -> None:
    assert checked(Text, {"en": "Yes", "es": "Sí"}, Known(language)) == expected
    assert in_language({"en": "Yes", "es": "Sí"}, language) == expected


def test_without_a_language_a_text_is_english() -> None:
    assert checked(Text, {"en": "Yes", "es": "Sí"}) == "Yes"
    assert Known().language == "en"
    assert refused(Text, {"es": "Sí"}) == ["no_language"]


def test_a_text_loses_its_line_breaks_and_a_phrase_keeps_them() -> None:
    assert checked(Text, "  Two \n lines ") == "Two lines"
    assert checked(Phrase, "  Two \n lines ") == "  Two \n lines "
    assert checked(Phrase, ["one", "two"]) == "one\ntwo"
    assert checked(Phrase, {"en": ["one", 2], "es": ["uno", "dos"]}) == "one\n2"
    assert checked(Phrase, {"en": ["one", 2], "es": ["uno", "dos"]}, Known("es")) == "uno\ndos"
    assert as_lines("one") == "one"
    assert refused(Text, " \n ") == refused(Phrase, " ") == refused(Phrase, []) == ["no_text"]


def test_an_id_has_to_be_known_as_soon_as_anything_of_its_kind_is() -> None:
    known = Known(ids={"source": frozenset({"R1"})})
    assert checked(SourceId, "R1", known) == "R1"
    assert checked(SourceId, "R2") == "R2"
    with pytest.raises(ValidationError) as told:
        checked(SourceId, "R2", known)
    assert [(one["type"], one["ctx"]) for one in told.value.errors()] == [
        ("unknown_id", {"kind": "source", "id": "R2"})
    ]


@pytest.mark.parametrize(
    ("entry", "kind"),
    [
        ({"concern": "x"}, "concern"),
        ({"sources": ["x"]}, "source"),
    ],
)
def test_each_reference_is_looked_up_among_its_own_kind(entry: dict[str, Any], kind: str) -> None:
    known = Known(ids={kind: frozenset({"y"})})
    with pytest.raises(ValidationError) as told:
        checked(Argument, argument() | entry, known)
    assert [one["ctx"] for one in told.value.errors()] == [{"kind": kind, "id": "x"}]


def test_a_condition_names_questions_and_options_that_exist() -> None:
    known = Known(ids={"question": frozenset({"a"}), "option a": frozenset({"x"})})
    asked = question({"yes": option("Yes")})
    assert checked(Question, asked | {"when": {"a": "x"}}, known).when == {"a": ("x",)}
    assert checked(Question, asked | {"when": {"b": ["x", "y"]}}).when == {"b": ("x", "y")}
    assert refused(Question, asked | {"when": {"b": ["x"]}}, known) == ["unknown_id"]
    with pytest.raises(ValidationError) as told:
        checked(Question, asked | {"when": {"a": ["x", "z"]}}, known)
    assert told.value.errors()[0]["ctx"] == {"question": "a", "id": "z", "at": ["a"]}


@pytest.mark.parametrize(
    ("written", "number"), [("3", Fraction(3)), ("1.5", Fraction(3, 2)), ("2/3", Fraction(2, 3)), (2, Fraction(2))]
)
def test_a_number_is_exact(written: Any, number: Fraction) -> None:
    assert checked(Number, written) == number


@pytest.mark.parametrize("written", ["three", "1/0", ""])
def test_what_is_no_number_is_named(written: str) -> None:
    with pytest.raises(ValidationError) as told:
        checked(Number, written)
    assert [(one["type"], one["ctx"]) for one in told.value.errors()] == [("not_a_number", {"id": written})]


@pytest.mark.parametrize(
    ("whole", "push_in", "pull_out"),
    [("2", 2, 2), (3, 3, 3), (1.5, Fraction(3, 2), Fraction(3, 2)), ({"push_in": "2", "pull_out": "3"}, 2, 3)],
)
def test_one_ratio_for_the_whole_is_meant_for_both_modes(whole: Any, push_in: Fraction, pull_out: Fraction) -> None:
    told = checked(Ratios, {"pull_out": "1", "whole": whole, "enough": "1"}).whole
    assert (told.push_in, told.pull_out) == (push_in, pull_out)


# --- looking up ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("articulation", ["articulation"]),
        (" Speech Sounds ", ["articulation"]),
        ("SPEECH-LANGUAGE", ["articulation", "fluency"]),
        ("stutter", ["fluency"]),
        ("flu", ["fluency"]),
        ("speech", ["articulation", "fluency"]),
        ("read", ["reading", "writing"]),
        ("reading", ["reading"]),
        ("swimming", []),
    ],
)
def test_a_service_is_found_by_any_of_its_names_and_a_whole_name_goes_before_a_part(
    typed: str, found: list[str]
) -> None:
    services = {
        "articulation": Named(name="Speech sounds", family="Speech-language"),
        "reading": Named(name="Reading words", family="Literacy"),
        "writing": Named(name="Writing", family="Literacy", also=("Reading and writing",)),
        "fluency": Named(name="Fluency", family="Speech-language", also=("Stuttering", "flow of speech")),
    }
    assert services_called(services, typed) == found


def test_a_source_is_called_by_what_stands_before_its_first_colon() -> None:
    entry = tree()["sources"]["T1"] | {"cite": "Ray and Doe 2020: In class: a trial"}
    assert checked(Source, entry).short == "Ray and Doe 2020"
    assert checked(Source, entry | {"cite": "Ray 2020:b"}).short == "Ray 2020:b"


def test_each_place_group_and_rule_has_its_own_words() -> None:
    week = tiny().week
    assert week.place("with_peers") is week.places.with_peers
    assert week.band("middle") is week.bands.middle
    assert week.category("home") is week.preschool.categories.home
    assert week.worded("inside_ge_80") is week.rules.inside_ge_80


@pytest.mark.parametrize(
    ("ids", "texts"),
    [
        (BandId, BandTexts),
        (PlaceId, PlaceTexts),
        (ProgramId, ProgramTexts),
        (CategoryId, CategoryTexts),
        (ClassRule, RuleTexts),
    ],
)
def test_every_id_of_the_week_has_its_words(ids: Any, texts: type[Entry]) -> None:
    assert get_args(ids) == tuple(texts.model_fields)


def test_an_amount_is_told_for_one_of_six_spans_of_time() -> None:
    assert get_args(Unit) == ("day", "week", "month", "quarter", "year", "cycle")


@pytest.mark.parametrize("name", sorted(set(MADE) - {"questions"}))
def test_the_shipped_files_are_as_the_types_say(name: str) -> None:
    path = ROOT / "data" / f"{name}.yaml"
    node, problems = read(path.read_text(encoding="utf-8"), path.name)
    assert problems == []
    assert check(schemas.SCHEMAS[name], node, Known())[1] == []


# --- dates --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("earlier", "later", "months"),
    [
        ("2024-01", "2024-01", 0),
        ("2024-11", "2025-02", 3),
        ("2024-02-28", "2026-03-01", 25),
        ("2024-05", "2024-03", -2),
    ],
)
def test_months_are_counted_whatever_the_day(earlier: str, later: str, months: int) -> None:
    assert since(earlier, later) == months


def test_content_is_overdue_when_more_months_than_allowed_have_passed() -> None:
    told = checked(About, about() | {"review_months": "12"})
    assert not overdue(told, "2024-01", "2025-01-31")
    assert overdue(told, "2024-01", "2025-02-01")


# --- phrases ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        ("{student} reads.", {"student": "the student"}, "The student reads."),
        ("For {student}.", {"student": "J.R."}, "For J.R."),
        ("For {student}.", {"student": "Jo"}, "For Jo."),
        ("{a} and {b_2}", {"a": "one"}, "one and {b_2}"),
        ("no {student} here", {"student": "Jo"}, "no Jo here"),
        ("it is {a}", {"a": "here"}, "it is here"),
        ("{a} is", {"a": "it"}, "it is"),
        ("{} {0!r} {a.b}", {"a": "x"}, "{} {0!r} {a.b}"),
    ],
)
def test_a_blank_is_filled_and_nothing_else_happens_to_a_text(text: str, values: dict[str, str], expected: str) -> None:
    assert fill(text, **values) == expected


def test_a_phrase_is_told_for_one_or_for_many() -> None:
    words = Words({"a.b": "So.", "n_one": "{count} plan of {of}", "n_many": "{count} plans of {of}"})
    assert words("a.b") == "So."
    assert words.count("n", 1, of="two") == "1 plan of two"
    assert words.count("n", 0, of="two") == "0 plans of two"
    assert words.count("n", 2, of="two") == "2 plans of two"
    assert words.has("a.b")
    assert not words.has("a.c")


def test_a_text_that_is_in_neither_language_is_an_error() -> None:
    assert in_language("plain", "es") == "plain"
    with pytest.raises(KeyError):
        in_language({"fr": "Oui"}, "es")
