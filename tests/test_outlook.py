"""How sure a suggestion is, against trying out every pair of open answers at every corner of the allowed points."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable
from fractions import Fraction
from itertools import product
from typing import Any

import hypothesis
from hypothesis import settings
from hypothesis import strategies as st

from helpers import shipped
from pushpull import interview, rule, suggest
from pushpull.interview import Answers
from pushpull.kb.entry import MODES, NOT_SURE, Mode
from pushpull.kb.full import FullKnowledge
from pushpull.kb.questions import Question
from pushpull.kb.rules import Ratios, Rules
from pushpull.outlook import outlook
from pushpull.outlook.firmness import possible_answers
from pushpull.outlook.table import corners, table
from pushpull.suggest import Reason
from tiny import SERVICE, option, question, settling, tiny

KB = shipped()[0]
STRENGTHS = ("weak", "moderate", "strong")


# --- by brute force -------------------------------------------------------------------------------------------------


def at(rules: Rules, points: tuple[Fraction, ...]) -> Rules:
    """Return the rules with other points."""
    strengths = {
        name: strength.model_copy(update={"points": value})
        for (name, strength), value in zip(rules.strengths.items(), points, strict=True)
    }
    return rules.model_copy(update={"strengths": strengths})


def mode_at(kb: FullKnowledge, service: str, answers: Answers, points: tuple[Fraction, ...]) -> str:
    return suggest.suggest(kb.model_copy(update={"rules": at(kb.rules, points)}), service, answers).mode


def brute_firmness(kb: FullKnowledge, service: str, answers: dict[str, tuple[str, ...]]) -> str:
    now = suggest.suggest(kb, service, answers).mode
    everywhere = corners(kb.rules)
    if now == "unknown" or any(mode_at(kb, service, answers, points) != now for points in everywhere):
        return "unsettled"
    questions = {**kb.student_questions, **kb.services[service].questions}
    reached = [answers]
    for _ in range(2):
        reached = [
            {**before, name: answer}
            for before in reached
            for name in interview.without_answer(questions, before)
            for answer in possible_answers(questions[name])
        ] + reached
        unique = {tuple(sorted(each.items())): each for each in reached}
        reached = list(unique.values())
    changed = any(mode_at(kb, service, each, points) != now for each in reached for points in everywhere)
    return "leaning" if changed else "firm"


# --- any small knowledge base ---------------------------------------------------------------------------------------


@st.composite
def options(draw: st.DrawFn, *, may_settle: bool) -> dict[str, Any]:
    strength = st.sampled_from(["", "", *STRENGTHS])
    parts = draw(st.sampled_from([(), (), (), MODES]))
    if may_settle and draw(st.integers(0, 9)) == 0:
        return option("Any", settles={draw(st.sampled_from(MODES)): settling()})
    stays = bool(parts) and draw(st.integers(0, 3)) == 0
    return option("Any", draw(strength), draw(strength), parts=dict.fromkeys(parts, "a part"), stays=stays)


@st.composite
def bases(draw: st.DrawFn) -> FullKnowledge:
    questions: dict[str, Any] = {}
    for number in range(draw(st.integers(2, 4))):
        made = {f"o{n}": draw(options(may_settle=True)) for n in range(draw(st.integers(1, 3)))}
        more: dict[str, Any] = {"choose": draw(st.sampled_from(["one", "many"]))}
        if more["choose"] == "many" and draw(st.booleans()):
            for n, mode in enumerate(MODES[: len(made)]):
                made[f"o{n}"] = {**made[f"o{n}"], "parts": {mode: "a part"}}
        if number and draw(st.integers(0, 3)) == 0:
            gate = draw(st.sampled_from(sorted(questions)))
            more["when"] = {gate: [draw(st.sampled_from(sorted(questions[gate]["options"])))]}
        questions[f"q{number}"] = question(made, **more)
    kb = tiny()
    service = next(iter(kb.services.values()))
    read = {name: Question.model_validate(each) for name, each in questions.items()}
    kb = kb.model_copy(update={"services": {"any": service.model_copy(update={"questions": read})}})
    return with_whole(kb, draw(st.sampled_from(["1", "3/2", "2"])), draw(st.sampled_from(["1", "4/3", "2"])))


def with_whole(kb: FullKnowledge, push_in: str, pull_out: str) -> FullKnowledge:
    """Return a knowledge base in which each mode has its own ratio for the whole."""
    whole = {"push_in": push_in, "pull_out": pull_out}
    ratios = Ratios.model_validate({**kb.rules.ratios.model_dump(), "whole": whole})
    return kb.model_copy(update={"rules": kb.rules.model_copy(update={"ratios": ratios})})


@st.composite
def answered(draw: st.DrawFn) -> tuple[FullKnowledge, dict[str, tuple[str, ...]]]:
    kb = draw(bases())
    answers = {}
    for name, asked in kb.services["any"].questions.items():
        if draw(st.booleans()):
            answers[name] = draw(st.sampled_from([*possible_answers(asked), (NOT_SURE,)]))
    return kb, answers


@settings(max_examples=400, deadline=None)
@hypothesis.given(answered())
def test_firmness_is_what_trying_everything_out_gives(case: tuple[FullKnowledge, dict[str, tuple[str, ...]]]) -> None:
    kb, answers = case
    assert outlook(kb, "any", answers).firmness == brute_firmness(kb, "any", answers)


GRID = Fraction(1, 12)
"""Every border of these knowledge bases lies on it: points are whole, and ratios are halves and thirds."""


def brute_distance(case: dict[Mode, Fraction], now: str, at_case: Callable[[dict[Mode, Fraction]], str]) -> Fraction:
    """Return by how many points one case has to move until it is another outcome, by trying every step."""
    most = int((sum(case.values()) + 9) * 2 / GRID)
    for step in range(most):
        for extra in (Fraction(0), Fraction(1, 1000)):
            for mode, sign in product(MODES, (1, -1)):
                moved = {**case, mode: case[mode] + sign * (step * GRID + extra)}
                if moved[mode] >= 0 and at_case(moved) != now:
                    return step * GRID
    raise AssertionError(case)


@settings(max_examples=150, deadline=None)
@hypothesis.given(answered())
def test_no_other_reasons_carry_the_outcome_more_than_the_first_three(
    known: tuple[FullKnowledge, dict[str, tuple[str, ...]]],
) -> None:
    kb, answers = known
    found = suggest.suggest(kb, "any", answers)
    reasons = found.reasons
    assert [r.strength is None for r in reasons] == sorted((r.strength is None for r in reasons), reverse=True)
    if found.settled_by or found.mode == "unknown":
        points = [r.points for r in reasons if r.strength]
        assert points == sorted(points, reverse=True)
        return

    def from_parts(parts: dict[Mode, Fraction]) -> Callable[[dict[Mode, Fraction]], str]:
        """Return the outcome of a case of which so much belongs to named parts."""

        def at_case(case: dict[Mode, Fraction]) -> str:
            rest: dict[Mode, Fraction] = {mode: case[mode] - parts[mode] for mode in MODES}
            return rule.outcome(kb.rules, case, settled=(), rest=rest if found.rest else None)

        return at_case

    rest = found.rest or found.case
    parts = {mode: found.case[mode] - rest[mode] for mode in MODES}
    now = brute_distance(dict(found.case), found.mode, from_parts(parts))

    def nearness(reason: Reason) -> tuple[bool, Fraction]:
        without = {**found.case, reason.mode: found.case[reason.mode] - reason.points}
        at_case = from_parts({**parts, reason.mode: parts[reason.mode] - (reason.points if reason.of_part else 0)})
        if at_case(without) != found.mode:
            return False, Fraction(0)
        left = brute_distance(without, found.mode, at_case)
        return True, min(left, now)  # no reason is nearer for bringing the outcome further away

    near = [nearness(reason) for reason in reasons]
    assert near == sorted(near)


@settings(max_examples=200, deadline=None)
@hypothesis.given(answered())
def test_every_change_that_is_shown_really_gives_that_outcome(
    case: tuple[FullKnowledge, dict[str, tuple[str, ...]]],
) -> None:
    kb, answers = case
    now = suggest.suggest(kb, "any", answers).mode
    for change in outlook(kb, "any", answers).would_change:
        after = dict(answers)
        for step in change.steps:
            name, key, how = step.question, step.option, step.how
            kept = tuple(o for o in answers.get(name, ()) if o in kb.services["any"].questions[name].options)
            ticked = tuple(o for o in kept if o != key)
            after[name] = {"instead": (key,), "also": (*ticked, key), "not": ticked or ("none_of_these",)}[how]
        assert suggest.suggest(kb, "any", after).mode == change.mode != now


def test_few_of_many_knowledge_bases_are_kept_in_memory() -> None:
    def loaded() -> weakref.ref[FullKnowledge]:
        kb = tiny().model_copy()
        outlook(kb, SERVICE, {})
        assert table(kb, SERVICE) is table(kb, SERVICE)
        return weakref.ref(kb)

    found = [loaded() for _ in range(20)]
    gc.collect()
    assert sum(each() is not None for each in found) <= 4
