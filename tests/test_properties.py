"""What holds for any answers to the shipped questions, whatever they are."""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import product
from pathlib import Path

import hypothesis
import pytest
from hypothesis import settings
from hypothesis import strategies as st

from helpers import (
    EXAMPLES,
    EXAMPLES_EACH,
    SERVICES,
    all_answers,
    everything,
    for_all,
    run,
    same,
    shipped,
    some_answers,
)
from pushpull import interview, plan
from pushpull.interview import Answers
from pushpull.kb.entry import MODES, NONE_OF_THESE, NOT_SURE, Mode
from pushpull.kb.full import FullKnowledge
from pushpull.kb.questions import Argument, Question
from pushpull.rule import outcome
from pushpull.suggest import Suggestion, suggest
from test_outlook import answered, with_whole
from tiny import SERVICE, argument, given, option, tiny, tree

KB: FullKnowledge = shipped()[0]
OUTCOMES = {"push_in", "pull_out", "blend", "open", "unknown"}
for_each_service = pytest.mark.parametrize("service", SERVICES)
ALL = (SERVICE, *SERVICES)
"""The tiny service has questions under a condition; the shipped ones may have none."""


def kb_of(service: str) -> FullKnowledge:
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


def modes_at_random(service: str) -> Iterator[str]:
    dice = random.Random(7)  # noqa: S311  the same answers in every run
    questions = without_settling(service)
    for _ in range(500):
        answers = {}
        for name, question in questions.items():
            most = len(question.options) if question.choose == "many" else 1
            answers[name] = tuple(dice.sample(list(question.options), dice.randint(1, most)))
        yield found(service, answers).mode


@for_each_service
def test_every_outcome_is_reachable_without_an_answer_that_settles_alone_and_neither_mode_leads(service: str) -> None:
    modes = list(modes_at_random(service))
    assert {*modes, found(service, {}).mode} == OUTCOMES
    # Random answers name parts all the time, and a blend of named parts leans to neither.
    modes = [mode for mode in modes if mode != "blend"]
    assert modes.count("push_in") >= len(modes) / 20
    assert modes.count("pull_out") >= len(modes) / 20


@for_each_service
def test_a_private_part_stays_outside_whatever_speaks_for_the_class(service: str) -> None:
    questions = everything(KB, service)
    stay = {
        name: key for name, question in questions.items() for key, option in question.options.items() if option.stays
    }
    for name, key in stay.items():
        best = {
            other: tuple(k for k, o in question.options.items() if "push_in" in o.arguments and not o.settles)
            for other, question in questions.items()
            if question.choose == "many"
        }
        suggestion = found(service, {**{other: ticks for other, ticks in best.items() if ticks}, name: (key,)})
        assert suggestion.mode in {"blend", "pull_out"}, name
        assert suggestion.case["push_in"] > 2 * suggestion.case["pull_out"]


# --- moving towards the class -------------------------------------------------------------------------------------


def moves(question: Question, old: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield every other answer to a question; of a checklist, those with one tick more or less."""
    if question.choose == "one":
        yield from ((key,) for key in (NOT_SURE, *question.options) if (key,) != old)
        return
    ticked = tuple(key for key in question.options if key in old)
    for key in question.options:
        yield tuple(o for o in ticked if o != key) or (NONE_OF_THESE,) if key in ticked else (*ticked, key)


def check_every_move(kb: FullKnowledge, service: str, answers: Answers) -> None:
    """Check each move of one answer towards the class."""
    questions = everything(kb, service)
    before = suggest(kb, service, answers)
    for name, question in questions.items():
        if any(name in other.when for other in questions.values()):
            continue  # such an answer moves more than itself: whole questions come or go with it
        old = answers.get(name, (NOT_SURE,))
        for new in moves(question, old):
            if towards_class(question, old, new):
                after = suggest(kb, service, {**answers, name: new})
                assert before.mode == "pull_out" or after.mode != "pull_out", (name, old, new)
                if pull(question, new)[3] != set(MODES):
                    assert before.mode != "push_in" or after.mode == "push_in", (name, old, new)


WHOLE = ("5/4", "3/2", "2", "3")
"""For push-in; for pull-out, it is the ratio of pull-out."""


@pytest.mark.parametrize("service", ALL)
@settings(max_examples=2 * EXAMPLES_EACH, deadline=None)
@hypothesis.given(data=st.data(), whole=st.sampled_from(WHOLE))
def test_moving_one_answer_towards_the_class_never_leaves_it(service: str, whole: str, data: st.DataObject) -> None:
    kb = with_whole(kb_of(service), whole, "3/2")
    check_every_move(kb, service, data.draw(some_answers(everything(kb, service))))


def sound(question: Question) -> Question:
    """Return a question in which nothing is left that `kb check` refuses because of parts."""
    names_parts = any(each.parts for each in question.options.values())
    options = {}
    for key, each in question.options.items():
        arguments, parts = dict(each.arguments), {} if each.settles else each.parts
        if "push_in" in parts:
            arguments.setdefault("push_in", ARGUMENT)
        elif names_parts and question.choose == "one" and len(arguments) > 1:
            del arguments["pull_out"]
        options[key] = each.model_copy(update={"arguments": arguments, "parts": parts})
    return question.model_copy(update={"options": options})


ARGUMENT = Argument.model_validate(argument("weak"))


@settings(max_examples=500, deadline=None)
@hypothesis.given(case=answered(), whole=st.sampled_from(WHOLE))
def test_moving_one_answer_of_any_small_base_towards_the_class_never_leaves_it(
    case: tuple[FullKnowledge, dict[str, tuple[str, ...]]], whole: str
) -> None:
    kb, answers = case
    asked = {name: sound(question) for name, question in kb.services["any"].questions.items()}
    services = {"any": kb.services["any"].model_copy(update={"questions": asked})}
    check_every_move(with_whole(kb.model_copy(update={"services": services}), whole, "3/2"), "any", answers)


Said = dict[str, tuple[str, str, tuple[Mode, ...]]]
"""Options, with the strength of their arguments for both modes, and the modes for which they name a part."""
Fact = tuple[int, int, bool]
"""What one answer adds for push-in and for pull-out, and whether it names the parts."""


@pytest.mark.parametrize("whole", WHOLE)
def test_the_rule_itself_never_leaves_the_class_for_an_answer_that_fits_it_better(whole: str) -> None:
    rules = with_whole(KB, whole, "3/2").rules
    facts: list[Fact] = [
        (more, less, names)
        for more, less, names in product(range(4), range(4), (False, True))
        if (more if names else not (more and less))  # what `kb check` asks of an answer beside parts
    ]

    @cache
    def ruled(others: tuple[int, int], parts: tuple[int, int] | None, fact: Fact) -> str:
        more, less, names = fact
        case: dict[Mode, Fraction] = {"push_in": Fraction(others[0] + more), "pull_out": Fraction(others[1] + less)}
        if parts is None and not names:
            return outcome(rules, case, settled=())
        own = [p + q for p, q in zip(parts or (0, 0), (more, less) if names else (0, 0), strict=True)]
        rest = {mode: case[mode] - part for mode, part in zip(MODES, own, strict=True)}
        return outcome(rules, case, settled=(), rest=rest)

    for others in product(range(10), repeat=2):
        for parts in (None, (0, 0), (1, 3), (2, 2), (3, 1)):
            if parts and (parts[0] > others[0] or parts[1] > others[1]):
                continue
            for old, new in product(facts, facts):
                if new[0] >= old[0] and new[1] <= old[1]:
                    before, after = ruled(others, parts, old), ruled(others, parts, new)
                    assert before == "pull_out" or after != "pull_out", (others, parts, old, new)
                    assert before != "push_in" or after == "push_in" or new[2], (others, parts, old, new)


@pytest.mark.parametrize(
    ("stage", "days", "old", "new"),
    [
        # An answer that argues for both ways, beside one that names parts: the reason for pull-out comes back whole.
        (
            {"mixed": ("weak", "strong", MODES), "both": ("moderate", "strong", ())},
            {},
            {"stage": ("mixed",)},
            {"stage": ("both",)},
        ),
        # A part for push-in without a reason for it: to take it back costs nothing, and the other reason comes back.
        (
            {},
            {"inside": ("", "", MODES[:1]), "outside": ("", "moderate", MODES[1:])},
            {"days": ("inside", "outside")},
            {"days": ("outside",)},
        ),
    ],
)
def test_what_kb_check_refuses_because_of_parts_would_end_in_pull_out(
    stage: Said, days: Said, old: Answers, new: Answers
) -> None:
    tree_of = tree()
    asked = tree_of["services"][SERVICE]["questions"]
    for name, said in (("stage", stage), ("days", days)):
        for key, (push_in, pull_out, parts) in said.items():
            asked[name]["options"][key] = option(key, push_in, pull_out, parts=dict.fromkeys(parts, "a part"))
    kb = FullKnowledge.model_validate(tree_of)
    others = given({"needs": ["quiet"]} if stage else {"needs": ["peers"], "aids": "not_enough"})
    (name,) = old
    assert towards_class(kb.services[SERVICE].questions[name], old[name], new[name])
    assert suggest(kb, SERVICE, {**others, **old}).mode == "blend"
    assert suggest(kb, SERVICE, {**others, **new}).mode == "pull_out"


def test_giving_up_named_parts_in_favor_of_the_class_never_leads_to_pull_out() -> None:
    blend = given({"stage": "mixed", "needs": ["tries", "quiet", "peers"], "aids": "not_enough"})
    before, after = found(SERVICE, blend), found(SERVICE, {**blend, "stage": ("ready",)})
    assert before.mode == "blend"
    assert before.case == {"push_in": 4, "pull_out": 7}
    assert (before.rest or {}) == {"push_in": 2, "pull_out": 5}
    assert after.mode == "push_in"
    assert after.case == {"push_in": 5, "pull_out": 5}


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
