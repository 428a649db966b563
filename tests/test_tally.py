"""A tally is what `suggest` and `outlook` say, for any answers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import product

import hypothesis
import pytest
from hypothesis import settings
from hypothesis import strategies as st

from helpers import SERVICES, all_answers, everything, for_all, shipped, some_answers
from pushpull import interview
from pushpull.interview import Questions
from pushpull.kb.entry import NONE_OF_THESE, NOT_SURE
from pushpull.kb.full import FullKnowledge
from pushpull.kb.questions import Question
from pushpull.kb.words import fill
from pushpull.outlook import outlook
from pushpull.outlook.firmness import possible_answers
from pushpull.records.numbers import exact
from pushpull.suggest import suggest
from pushpull.tally import Profile, Ruling, Tally
from pushpull.tally.phrase import Phrase, Phrases
from test_outlook import answered, bases
from tiny import SERVICE, tiny, tree

KB = shipped()[0]
LABELS = st.sampled_from(["J.R.", "Ann", "the student", "x.", ".", "", "{student}", "a\0b", "..", "\\1"])
Given = Mapping[str, tuple[str, ...]]


@cache
def ruling() -> Ruling:
    return Ruling(KB.rules)


@cache
def profile(service: str) -> Profile:
    return Profile(KB, service, ruling())


def tallied(compiled: Profile, answers: Given, student: str) -> Tally:
    row = [compiled.weigh(name, answers.get(name, ())) for name in compiled.questions]
    return compiled.tally(row, student)


def said(kb: FullKnowledge, service: str, answers: Given, student: str) -> Tally:
    """Return what the engine says, field by field."""
    in_order = {name: answers[name] for name in interview.in_order(everything(kb, service)) if name in answers}
    found, seen = suggest(kb, service, in_order), outlook(kb, service, in_order)

    def told(text: str) -> str:
        return fill(text, student=student)

    return Tally(
        mode=found.mode,
        firmness=seen.firmness,
        case_push_in=str(exact(found.case["push_in"])),
        case_pull_out=str(exact(found.case["pull_out"])),
        reasons=tuple((reason.mode, told(reason.because)) for reason in found.reasons[:3]),
        unmet=tuple(told(each.say) for each in found.requirements if each.status == "unmet"),
        missing=tuple(each.name for each in found.requirements if each.status == "unmet"),
        next_fact=seen.next_fact or "",
        solve=tuple(told(each.solve) for each in found.not_counted if each.why == "logistics" and each.solve),
        open=len(found.unanswered),
    )


def odd(question: Question) -> st.SearchStrategy[tuple[str, ...]]:
    """Any ticks at all: too many, unknown ones, "not sure" among others."""
    return st.lists(st.sampled_from([*question.options, NOT_SURE, NONE_OF_THESE, "gone"]), max_size=4).map(tuple)


def odd_answers(questions: Questions) -> st.SearchStrategy[dict[str, tuple[str, ...]]]:
    return st.fixed_dictionaries({}, optional={name: odd(question) for name, question in questions.items()})


@pytest.mark.parametrize("service", SERVICES)
@for_all(data=st.data(), student=LABELS)
def test_a_tally_is_what_the_engine_says(service: str, data: st.DataObject, student: str) -> None:
    questions = everything(KB, service)
    for kind in (all_answers, some_answers, odd_answers):
        answers = data.draw(kind(questions))
        assert tallied(profile(service), answers, student) == said(KB, service, answers, student)


@settings(max_examples=300, deadline=None)
@hypothesis.given(case=answered(), student=LABELS)
def test_a_tally_of_any_small_base_is_what_the_engine_says(case: tuple[FullKnowledge, Given], student: str) -> None:
    kb, answers = case
    assert tallied(Profile(kb, "any"), answers, student) == said(kb, "any", answers, student)


def without_gates(kb: FullKnowledge) -> FullKnowledge:
    service = kb.services["any"]
    free = {name: each.model_copy(update={"when": {}}) for name, each in service.questions.items()}
    return kb.model_copy(update={"services": {"any": service.model_copy(update={"questions": free})}})


@settings(max_examples=150, deadline=None)
@hypothesis.given(kb=bases().map(without_gates), data=st.data())
def test_many_rows_of_one_small_base_are_what_the_engine_says(kb: FullKnowledge, data: st.DataObject) -> None:
    compiled = Profile(kb, "any")
    kinds = [[(), (NOT_SURE,), *possible_answers(question)] for question in compiled.questions.values()]
    every = list(product(*kinds))
    for row in data.draw(st.lists(st.sampled_from(every), max_size=12)):
        answers = {name: answer for name, answer in zip(compiled.questions, row, strict=True) if answer}
        assert tallied(compiled, answers, "J.R.") == said(kb, "any", answers, "J.R.")


def test_every_row_of_the_smaller_tiny_service_is_what_the_engine_says() -> None:
    compiled = Profile(tiny(), "sums")
    kinds = [[(), (NOT_SURE,), *possible_answers(question)] for question in compiled.questions.values()]
    rows = list(product(*kinds))
    assert len(rows) > 300
    for row in rows:
        answers = {name: answer for name, answer in zip(compiled.questions, row, strict=True) if answer}
        assert tallied(compiled, answers, "Ann") == said(tiny(), "sums", answers, "Ann")


@for_all(data=st.data())
def test_questions_under_a_condition_are_asked_of_the_engine(data: st.DataObject) -> None:
    for kind in (all_answers, some_answers, odd_answers):
        answers = data.draw(kind(everything(tiny(), SERVICE)))
        assert tallied(Profile(tiny(), SERVICE), answers, "Ann") == said(tiny(), SERVICE, answers, "Ann")


@settings(max_examples=100, deadline=None)
@hypothesis.given(data=st.data())
def test_the_tiny_service_without_conditions_is_what_the_engine_says(data: st.DataObject) -> None:
    grown = tree()
    del grown["services"][SERVICE]["questions"]["follow"]["when"]
    kb = FullKnowledge.model_validate(grown)
    compiled = Profile(kb, SERVICE)
    for kind in (all_answers, some_answers, odd_answers):
        answers = data.draw(kind(everything(kb, SERVICE)))
        assert tallied(compiled, answers, "J.R.") == said(kb, SERVICE, answers, "J.R.")


@settings(max_examples=20, deadline=None)
@hypothesis.given(data=st.data())
def test_what_is_remembered_stays_within_its_bound_and_says_the_same(data: st.DataObject) -> None:
    most = 3
    bounded = Profile(KB, "counseling", Ruling(KB.rules, most=most), most=most)
    for answers in data.draw(st.lists(some_answers(everything(KB, "counseling")), min_size=8, max_size=8)):
        assert tallied(bounded, answers, "Ann") == said(KB, "counseling", answers, "Ann")
        assert all(size <= most for size in bounded.remembered)


def test_points_of_halves_and_thirds_are_exact() -> None:
    grown = tree()
    grown["rules"]["strengths"]["moderate"].update(points="5/2", at_least="7/3")
    kb = FullKnowledge.model_validate(grown)
    compiled = Profile(kb, "sums")
    for answers in ({"stage": ("mixed",)}, {"stage": ("new",), "aids": ("enough",)}, {"aids": ("not_enough",)}):
        assert tallied(compiled, answers, "Ann") == said(kb, "sums", answers, "Ann")
    assert tallied(compiled, {"stage": ("mixed",)}, "Ann").case_push_in == "2.5"


def test_a_row_in_which_nothing_was_answered_is_unknown() -> None:
    for service in SERVICES:
        compiled = profile(service)
        tally = compiled.tally(compiled.unanswered, "Ann")
        assert (tally.mode, tally.firmness, tally.open) == ("unknown", "unsettled", len(compiled.questions))


@hypothesis.given(
    texts=st.lists(st.lists(st.sampled_from(["{student}", ".", "..", " a", "{x}", "{", "}", "\0", "ß"]), max_size=6)),
    student=LABELS,
)
def test_a_phrase_is_filled_as_every_other_text(texts: list[list[str]], student: str) -> None:
    written = ["".join(pieces) for pieces in texts]
    filled = tuple(fill(text, student=student) for text in written)
    assert tuple(Phrase(text).told(student) for text in written) == filled
    assert Phrases(written).told(student) == filled
