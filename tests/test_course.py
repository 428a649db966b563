"""When an interview may stop, and in which order a quick one asks."""

from __future__ import annotations

import hypothesis
import pytest
from hypothesis import settings
from hypothesis import strategies as st

from helpers import SERVICES, all_answers, everything, for_all, shipped
from pushpull import interview
from pushpull.interview import Answers
from pushpull.kb.entry import NOT_SURE
from pushpull.kb.full import FullKnowledge
from pushpull.outlook import View, course, next_quick, outlook, questions_until_settled
from pushpull.outlook.firmness import possible_answers
from pushpull.suggest import suggest
from test_outlook import bases, brute_firmness
from tiny import SERVICE, given, tiny

KB = shipped()[0]
quick_or_not = pytest.mark.parametrize("quick", [True, False], ids=["quick", "written"])


@st.composite
def complete(draw: st.DrawFn) -> tuple[FullKnowledge, dict[str, tuple[str, ...]]]:
    kb = draw(bases())
    questions = everything(kb, "any")
    return kb, {
        name: draw(st.sampled_from([*possible_answers(asked), (NOT_SURE,)])) for name, asked in questions.items()
    }


def first(answers: Answers, names: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    return {name: answers[name] for name in names}


@quick_or_not
@settings(max_examples=120, deadline=None)
@hypothesis.given(case=complete())
def test_an_interview_stops_only_where_no_one_or_two_answers_could_change_it(
    case: tuple[FullKnowledge, dict[str, tuple[str, ...]]], *, quick: bool
) -> None:
    kb, answers = case
    gone = course(kb, "any", answers, quick=quick)
    stopped = first(answers, gone.asked)
    assert gone.mode == suggest(kb, "any", stopped).mode
    assert gone.firm is (brute_firmness(kb, "any", stopped) == "firm")
    assert len(set(gone.asked)) == len(gone.asked)


@quick_or_not
@settings(max_examples=120, deadline=None)
@hypothesis.given(case=complete())
def test_an_interview_that_ends_without_being_firm_has_left_out_nothing_that_could_matter(
    case: tuple[FullKnowledge, dict[str, tuple[str, ...]]], *, quick: bool
) -> None:
    kb, answers = case
    gone = course(kb, "any", answers, quick=quick)
    assert gone.firm or gone.mode == suggest(kb, "any", answers).mode


@settings(max_examples=120, deadline=None)
@hypothesis.given(case=complete())
def test_a_quick_interview_asks_the_best_next_fact_first(
    case: tuple[FullKnowledge, dict[str, tuple[str, ...]]],
) -> None:
    kb, answers = case
    asked: dict[str, tuple[str, ...]] = {}
    for name in course(kb, "any", answers, quick=True).asked:
        unsure = [each for each, answer in asked.items() if answer == (NOT_SURE,)]
        best = outlook(kb, "any", asked).next_fact
        gates = View(kb, "any", asked).table.gates
        assert name == best or best is None or best in unsure or name in gates
        asked[name] = answers[name]


@pytest.mark.parametrize("service", SERVICES)
@for_all(data=st.data())
def test_what_can_settle_the_matter_comes_before_everything_else(service: str, data: st.DataObject) -> None:
    questions = everything(KB, service)
    answers = data.draw(all_answers(questions))
    asked = course(KB, service, answers, quick=False).asked
    settling = [interview.settles(questions[name]) for name in asked if questions[name].of == "service"]
    assert settling == sorted(settling, reverse=True)
    # In a quick interview, a question that could name parts goes before even those while the matter is open.
    if any(settling):
        assert interview.settles(questions[course(KB, service, answers, quick=True).asked[0]])


@pytest.mark.parametrize("service", SERVICES)
@for_all(data=st.data())
def test_the_written_order_is_the_order_of_the_interview(service: str, data: st.DataObject) -> None:
    questions = everything(KB, service)
    answers = data.draw(all_answers(questions))
    asked = course(KB, service, answers, quick=False).asked
    student = tuple(KB.student_questions)
    path = (*student, *interview.path(KB.services[service].questions, answers))
    assert asked == path[: len(asked)]


def test_a_quick_interview_leaves_out_what_speaks_for_neither_way() -> None:
    asked = course(tiny(), SERVICE, {}, quick=True).asked
    assert set(asked) == {"trial", "language", "stage", "needs", "days", "aids"}
    assert asked[:2] == ("trial", "language")
    assert asked[2] == "needs", "the checklist could move the cases furthest"


def test_a_question_that_opens_another_one_is_asked_for_its_sake() -> None:
    view = View(tiny(), SERVICE, {**given({"aids": "not_enough"})})
    assert "follow" in view.on_path
    assert "aids" in view.table.speaking


def test_the_screens_until_it_is_settled_are_counted() -> None:
    will_say = given({"trial": "failed", "language": "other"})
    assert questions_until_settled(tiny(), SERVICE, will_say, quick=True) == 2
    assert questions_until_settled(tiny(), SERVICE, will_say, quick=False) == 3, "the student's own question first"
    assert course(tiny(), SERVICE, will_say, quick=True).firm


def test_a_question_passed_over_is_not_asked_again() -> None:
    view = View(tiny(), SERVICE, {})
    assert next_quick(view) == "trial"
    assert next_quick(view, {"trial"}) == "language"
    assert next_quick(view, set(everything(tiny(), SERVICE))) is None
