"""Which questions apply, which one comes next, and which answers count."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st

from helpers import SERVICES, all_answers, everything, for_all, shipped, some_answers, words
from pushpull import interview
from pushpull.interview import Questions
from pushpull.kb.entry import Condition
from pushpull.prompts.amounts import amount_typed, day_typed
from tiny import SERVICE, given, tiny

QUESTIONS = tiny().services[SERVICE].questions
FIRST = ("trial", "language")


def questions_of(service: str) -> Questions:
    kb = tiny() if service == SERVICE else shipped()[0]
    return everything(kb, service)


def test_questions_that_can_settle_the_matter_are_asked_first() -> None:
    assert interview.path(QUESTIONS, {})[:2] == FIRST


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_asks_what_can_settle_the_matter_first(service: str) -> None:
    questions = shipped()[0].services[service].questions
    settling = [interview.settles(questions[name]) for name in interview.path(questions, {})]
    assert settling == sorted(settling, reverse=True)


def test_a_question_with_an_unmet_condition_is_not_asked() -> None:
    assert "follow" not in interview.path(QUESTIONS, {})
    assert "follow" not in interview.path(QUESTIONS, given({"aids": "enough"}))
    assert "follow" not in interview.path(QUESTIONS, given({"aids": "not_sure"}))


@pytest.mark.parametrize("answer", ["not_enough", "not_yet"])
def test_a_question_whose_condition_holds_is_asked_after_it(answer: str) -> None:
    path = interview.path(QUESTIONS, given({"aids": answer}))
    assert path.index("follow") == path.index("aids") + 1


def test_a_condition_counts_only_answers_that_count_themselves() -> None:
    closed = given({"aids": "enough", "follow": "no"})
    chained = {**QUESTIONS, "later": QUESTIONS["stage"].model_copy(update={"when": {"follow": ("no",)}})}
    assert "later" not in interview.path(chained, closed)
    assert "later" in interview.path(chained, closed | given({"aids": "not_yet"}))


@pytest.mark.parametrize(
    ("answer", "holds"), [(None, None), ("not_sure", None), ("enough", False), ("not_enough", True)]
)
def test_a_condition_holds_or_not_or_is_not_known_yet(answer: str | None, holds: bool | None) -> None:  # noqa: FBT001
    answers = given({"aids": answer} if answer else {})
    assert interview.holds({"aids": ("not_enough",)}, answers) is holds


def test_one_answer_that_fails_a_condition_is_enough_whatever_else_is_open() -> None:
    condition: Condition = {"stage": ("new",), "aids": ("enough",)}
    assert interview.holds(condition, given({"aids": "not_yet"})) is False
    assert interview.holds(condition, given({"aids": "enough"})) is None


@pytest.mark.parametrize(
    ("question", "answer", "usable"),
    [
        ("stage", ["new"], ("new",)),
        ("stage", ["not_sure"], ("not_sure",)),
        ("stage", ["none_of_these"], None),
        ("stage", ["new", "ready"], None),
        ("stage", ["gone"], None),
        ("stage", [], None),
        ("needs", ["none_of_these"], ("none_of_these",)),
        ("needs", ["not_sure"], ("not_sure",)),
        ("needs", ["gone", "quiet"], ("quiet",)),
        ("needs", ["gone"], None),
        ("needs", ["not_sure", "quiet"], ("quiet",)),
        ("needs", ["quiet", "quiet", "tries"], ("tries", "quiet")),
    ],
)
def test_of_an_answer_that_part_counts_which_the_question_still_has(
    question: str, answer: list[str], usable: tuple[str, ...] | None
) -> None:
    assert interview.usable(QUESTIONS[question], tuple(answer)) == usable


def test_a_skipped_question_is_not_asked_again_in_this_sitting_and_stays_open() -> None:
    assert interview.next_question(QUESTIONS, {}, passed={"trial"}) == "language"
    assert "trial" in interview.without_answer(QUESTIONS, {})


def test_not_sure_is_an_answer_and_still_open() -> None:
    unsure = given({"trial": "not_sure"})
    assert interview.next_question(QUESTIONS, unsure) == "language"
    assert "trial" in interview.without_answer(QUESTIONS, unsure)


def test_what_is_open_is_what_was_not_answered_or_not_sure_in_the_order_of_asking() -> None:
    answers = given({"language": "other", "stage": "not_sure", "needs": ["quiet"], "aids": "not_yet", "talk": ["room"]})
    assert interview.without_answer(QUESTIONS, answers) == ("trial", "stage", "days", "follow")


def test_a_question_that_settles_but_waits_for_another_keeps_its_place() -> None:
    waiting = QUESTIONS["trial"].model_copy(update={"when": {"aids": ("not_enough",)}})
    order = list(interview.in_order({**QUESTIONS, "trial": waiting}))
    assert order.index("language") < order.index("stage") < order.index("aids")
    assert order.index("stage") < order.index("trial")


def test_progress_counts_along_the_path() -> None:
    assert interview.progress(QUESTIONS, {}, "language") == interview.Progress(2, 7)
    assert not interview.progress(QUESTIONS, {}, "language").at_most
    longer = given({"aids": "not_enough"})
    assert interview.progress(QUESTIONS, longer, "follow") == interview.Progress(7, 8)


@pytest.mark.parametrize("service", [SERVICE, *SERVICES])
@for_all(data=st.data())
def test_an_interview_ends_within_the_number_of_questions(service: str, data: st.DataObject) -> None:
    questions = questions_of(service)
    will_say = data.draw(all_answers(questions))
    answers: dict[str, tuple[str, ...]] = {}
    asked = []
    while (name := interview.next_question(questions, answers)) is not None:
        assert name not in asked
        asked.append(name)
        answers[name] = will_say[name]
        assert len(asked) <= len(questions)
    assert tuple(asked) == interview.path(questions, answers)


@pytest.mark.parametrize("service", [SERVICE, *SERVICES])
@for_all(data=st.data())
def test_the_path_of_the_answers_that_count_is_the_same_path(service: str, data: st.DataObject) -> None:
    questions = questions_of(service)
    answers = data.draw(some_answers(questions))
    counted = interview.counted(questions, answers)
    assert interview.path(questions, counted) == interview.path(questions, answers)
    assert interview.counted(questions, counted) == counted


@pytest.mark.parametrize("service", [SERVICE, *SERVICES])
@for_all(data=st.data())
def test_every_question_on_the_path_has_a_condition_that_holds(service: str, data: st.DataObject) -> None:
    questions = questions_of(service)
    answers = data.draw(some_answers(questions))
    counted = interview.counted(questions, answers)
    for name in questions:
        condition = questions[name].when
        asked = not condition or interview.holds(condition, counted) is True
        assert (name in interview.path(questions, answers)) is asked


# --- amounts that are typed ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("30 4 week", "30 4 week"),
        ("30 minutes, 4 times a week", "30 4 week"),
        ("4 x 30 week", "30 4 week"),
        ("30 × 4 a week", "30 4 week"),
        ("4×30 min weekly", "30 4 week"),
        ("four sessions of 30 minutes each week", "30 4 week"),
        ("Twice a month, 45min", "45 2 month"),
        ("30 daily", "30 1 day"),
        ("1 hour once a quarter", "60 1 quarter"),
        ("0.5 h 2x/wk", "30 2 week"),
        ("20-30 3 week", "20-30 3 week"),
        ("30 to 20 min 3x a cycle", "20-30 3 cycle"),
        *((nonsense, "") for nonsense in ("30", "30 4", "week", "lots", "30 4 cats", "30 4 5 week", "0 4 week")),
        *((nonsense, "") for nonsense in ("30 once twice week", "30 4 day week", "30½ 4 week", "٣٠ 4 week")),
    ],
)
def test_an_amount_is_read_as_people_type_it_or_not_at_all(typed: str, amount: str) -> None:
    found = amount_typed(typed, words())
    assert (" ".join(found.fields().values()) if found else "") == amount


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [("390", "390"), ("6.5 hours", "390"), ("6h 30m", "390"), ("6 hours 15", "375"), ("412.5", "412.5")]
    + [(nonsense, "") for nonsense in ("6", "6:30", "9999", "a while", "8 to 3", "390 cats", "-390x")],
)
def test_a_school_day_is_read_in_minutes_or_hours_or_not_at_all(typed: str, minutes: str) -> None:
    assert day_typed(typed, words()) == minutes
