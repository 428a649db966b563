"""What holds for any answers to the shipped questions, whatever they are."""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest
from hypothesis import assume
from hypothesis import strategies as st

from helpers import (
    EXAMPLES,
    SERVICES,
    all_answers,
    an_answer,
    everything,
    for_all,
    run,
    same,
    shipped,
    some_answers,
)
from pushpull import interview, plan
from pushpull.interview import Answers
from pushpull.kb import MODES, NOT_SURE, KnowledgeBase, Question
from pushpull.rule import outcome
from pushpull.suggest import Suggestion, suggest
from test_outlook import with_whole
from tiny import SERVICE, given, tiny

KB: KnowledgeBase = shipped()[0]
OUTCOMES = {"push_in", "pull_out", "blend", "open", "unknown"}
for_each_service = pytest.mark.parametrize("service", SERVICES)
ALL = (SERVICE, *SERVICES)
"""The tiny service has questions under a condition; the shipped ones may have none."""


def kb_of(service: str) -> KnowledgeBase:
    return tiny() if service == SERVICE else KB


def found(service: str, answers: Answers, grade: str = "") -> Suggestion:
    return suggest(kb_of(service), service, answers, grade=grade)


def pull(question: Question, answer: tuple[str, ...]) -> tuple[Fraction, Fraction, frozenset[str], frozenset[str]]:
    """Return the points of an answer for both modes, which modes it settles, and which parts it names."""
    options = [question.options[name] for name in answer if name in question.options]
    strengths = KB.rules.strengths
    points = [
        sum((strengths[o.arguments[mode].strength].points for o in options if mode in o.arguments), Fraction(0))
        for mode in MODES
    ]
    settles = frozenset(mode for option in options for mode in option.settles)
    parts = frozenset(mode for option in options for mode in option.parts)
    return points[0], points[1], settles, parts


def towards_class(question: Question, old: tuple[str, ...], new: tuple[str, ...]) -> bool:
    """Return whether `new` speaks for the class at least as much as `old` does, and settles nothing worse."""
    (push, out, settled, _), (more, less, settles, _) = pull(question, old), pull(question, new)
    worse = ("pull_out" in settles - settled) or ("push_in" in settled - settles)
    return more >= push and less <= out and not worse


# --- every outcome is reachable -----------------------------------------------------------------------------------


def without_settling(service: str) -> dict[str, Question]:
    questions = everything(KB, service)
    return {name: question for name, question in questions.items() if not interview.settles(question)}


def at_random(service: str) -> Iterator[Suggestion]:
    dice = random.Random(7)  # noqa: S311  the same answers in every run
    questions = without_settling(service)
    for _ in range(500):
        answers = {}
        for name, question in questions.items():
            most = len(question.options) if question.choose == "many" else 1
            answers[name] = tuple(dice.sample(list(question.options), dice.randint(1, most)))
        yield found(service, answers)


@for_each_service
def test_every_outcome_is_reachable_without_an_answer_that_settles_alone(service: str) -> None:
    assert {suggestion.mode for suggestion in at_random(service)} | {found(service, {}).mode} == OUTCOMES


@for_each_service
def test_random_answers_lean_to_neither_mode_alone(service: str) -> None:
    # Random answers name parts all the time, and a blend of named parts leans to neither.
    modes = [suggestion.mode for suggestion in at_random(service) if suggestion.mode != "blend"]
    assert modes.count("push_in") >= len(modes) / 20
    assert modes.count("pull_out") >= len(modes) / 20


# --- moving towards the class -------------------------------------------------------------------------------------


@pytest.mark.parametrize("whole", [("3/2", "3/2"), ("2", "3/2"), ("5/4", "3/2")], ids=" ".join)
@pytest.mark.parametrize("service", ALL)
@for_all(data=st.data())
def test_moving_one_answer_towards_the_class_never_leaves_it(
    service: str, whole: tuple[str, str], data: st.DataObject
) -> None:
    kb = with_whole(kb_of(service), *whole)
    questions = everything(kb_of(service), service)
    name = data.draw(st.sampled_from(sorted(questions)))
    old, new = data.draw(st.tuples(an_answer(questions[name]), an_answer(questions[name])))
    answers = data.draw(some_answers(questions)) | {name: old}
    assume(new != old and towards_class(questions[name], old, new))
    depends = any(name in other.when for other in questions.values())
    assume(not depends)  # such an answer moves more than itself: whole questions come or go with it
    before, after = suggest(kb, service, answers), suggest(kb, service, answers | {name: new})
    if before.mode == "push_in" and pull(questions[name], new)[3] != set(MODES):
        assert after.mode == "push_in"
    assert before.mode == "pull_out" or after.mode != "pull_out"


@pytest.mark.parametrize("whole", [("3/2", "3/2"), ("2", "3/2"), ("3", "3/2"), ("5/4", "3/2")], ids=" ".join)
@pytest.mark.parametrize("parts", [(False, False), (False, True), (True, False), (True, True)])
def test_the_rule_itself_never_leaves_the_class_for_a_stronger_case(
    parts: tuple[bool, bool], whole: tuple[str, str]
) -> None:
    rules = with_whole(KB, *whole).rules
    points = [Fraction(n) for n in range(14)]

    def ruled(push_in: Fraction, pull_out: Fraction, *, has_parts: bool) -> str:
        return outcome(rules, {"push_in": push_in, "pull_out": pull_out}, settled=(), has_parts=has_parts)

    before, after = parts
    for push_in, pull_out in product(points, points):
        old = ruled(push_in, pull_out, has_parts=before)
        for more, less in product([n for n in points if n >= push_in], [n for n in points if n <= pull_out]):
            new = ruled(more, less, has_parts=after)
            assert old == "pull_out" or new != "pull_out"
            assert old != "push_in" or new == "push_in" or (after and not before)


BLEND = given(
    {
        "skill_stage": "mixed",
        "takes": ["class_materials", "many_tries", "quiet"],
        "class_moments": "every_day",
        "busy_room": ["loses_track"],
    }
)


def test_giving_up_named_parts_in_favor_of_the_class_never_leads_to_pull_out() -> None:
    before = found("reading_decoding", BLEND)
    assert before.mode == "blend"
    assert before.case == {"push_in": 6, "pull_out": 8}
    after = found("reading_decoding", {**BLEND, "skill_stage": ("in_class",)})
    assert after.case == {"push_in": 6, "pull_out": 6}
    assert after.mode != "pull_out"


# --- what moves nothing -------------------------------------------------------------------------------------------


@for_each_service
@for_all(data=st.data())
def test_logistics_move_nothing_and_are_all_written_down(service: str, data: st.DataObject) -> None:
    questions = everything(KB, service)
    logistics = {name: question for name, question in questions.items() if question.role == "logistics"}
    assert logistics
    answers = data.draw(some_answers({name: q for name, q in questions.items() if name not in logistics}))
    recorded = data.draw(all_answers(logistics))
    bare, full = found(service, answers), found(service, answers | recorded)
    # A remark may speak of them, and an answered question is no longer open. Nothing else may differ.
    assert same(replace(bare, not_counted=full.not_counted, unanswered=full.unanswered, notes=full.notes), full)
    ticked = {(name, tick) for name, ticks in recorded.items() for tick in ticks if tick in questions[name].options}
    assert ticked == {(item.question, item.option) for item in full.not_counted if item.why == "logistics"}


@for_each_service
@for_all(data=st.data())
def test_the_grade_adds_notes_and_moves_nothing(service: str, data: st.DataObject) -> None:
    answers = data.draw(some_answers(everything(KB, service)))
    for grade in KB.rules.grades:
        assert same(replace(found(service, answers, grade), notes=()), replace(found(service, answers), notes=()))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_label_moves_nothing(path: Path) -> None:
    text = path.read_text()
    label = plan.open_plan(path).plan.student.label
    one = run("suggest", path, "--format", "json")
    other = run("suggest", "-", "--format", "json", stdin=text.replace(label, "Zed"))
    assert json.loads(one.stdout.replace(label, "Zed")) == json.loads(other.stdout)


@pytest.mark.parametrize("service", ALL)
def test_not_sure_everywhere_is_too_little_to_go_on(service: str) -> None:
    questions = everything(kb_of(service), service)
    unsure = found(service, dict.fromkeys(questions, (NOT_SURE,)))
    assert (unsure.mode, unsure.reasons, unsure.not_counted) == ("unknown", (), ())
    assert set(unsure.unanswered) == set(interview.path(questions, {}))


@pytest.mark.parametrize("service", ALL)
@for_all(data=st.data())
def test_not_sure_scores_nothing(service: str, data: st.DataObject) -> None:
    questions = everything(kb_of(service), service)
    answers = data.draw(some_answers(questions))
    unsure = {name: answers.get(name, (NOT_SURE,)) for name in questions}
    assert same(found(service, answers), found(service, unsure))


@pytest.mark.parametrize("service", ALL)
@for_all(data=st.data())
def test_the_order_of_answers_and_of_ticks_means_nothing(service: str, data: st.DataObject) -> None:
    answers = data.draw(some_answers(everything(kb_of(service), service)))
    names = data.draw(st.permutations(sorted(answers)))
    shuffled = {name: tuple(data.draw(st.permutations(answers[name]))) for name in names}
    assert same(found(service, answers), found(service, shuffled))


@pytest.mark.parametrize("service", ALL)
@for_all(data=st.data())
def test_answers_off_the_path_do_not_count(service: str, data: st.DataObject) -> None:
    questions = everything(kb_of(service), service)
    answers = data.draw(some_answers(questions))
    other = next(name for name in SERVICES if name != service)
    strange = data.draw(some_answers({f"x_{name}": q for name, q in everything(KB, other).items()}))
    counted = interview.counted(questions, answers)
    whole = found(service, answers | strange)
    assert same(replace(whole, not_counted=()), replace(found(service, counted), not_counted=()))

    assert set(strange) == {item.question for item in whole.not_counted if item.why == "unknown_question"}


@for_all(data=st.data())
def test_an_answer_whose_question_is_no_longer_asked_does_not_count(data: st.DataObject) -> None:
    questions = tiny().services[SERVICE].questions
    answers = data.draw(all_answers(questions))
    whole = found(SERVICE, answers)
    closed = "follow" not in interview.path(questions, answers)
    assert closed is not any(reason.question == "follow" for reason in whole.reasons) or answers["follow"] == (
        NOT_SURE,
    )
    listed = [item for item in whole.not_counted if item.why == "off_path"]
    assert bool(listed) is (closed and answers["follow"] != (NOT_SURE,))


# --- resuming -----------------------------------------------------------------------------------------------------


@for_each_service
@for_all(data=st.data())
def test_leaving_and_going_on_at_any_question_ends_the_same(service: str, data: st.DataObject) -> None:
    questions = everything(KB, service)
    will_say = data.draw(all_answers(questions))
    leave_at = data.draw(st.integers(0, len(questions)))
    with tempfile.TemporaryDirectory() as folder:
        file = plan.new(Path(folder, "plan.yaml"), label="T.", grade="")
        file = file.with_value(("services", "one"), {"service": service, "answers": {}})
        asked = 0
        while (name := interview.next_question(questions, file.plan.answers_for("one"))) is not None:
            if asked == leave_at:
                plan.save(file)
                file = plan.open_plan(file.path)
            file = file.with_value(("services", "one", "answers", name), list(will_say[name]))
            asked += 1
        plan.save(file)
        resumed = plan.open_plan(file.path).plan.answers_for("one")
    assert same(found(service, resumed), found(service, will_say))
