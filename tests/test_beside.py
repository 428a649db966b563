"""What stands beside a suggestion and moves nothing: requirements, notes, and what was written down."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pushpull.suggest import Suggestion, suggest
from tiny import SERVICE, found, given, tiny


def status(suggestion: Suggestion, name: str) -> str:
    return next(item.status for item in suggestion.requirements if item.name == name)


# --- requirements -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, "unknown"),
        ({"aids": "not_sure"}, "unknown"),
        ({"aids": "enough"}, "unmet"),
        ({"aids": "not_enough"}, "met"),
        ({"aids": "gone_option"}, "unknown"),
    ],
)
def test_a_requirement_is_met_unmet_or_unknown(answers: dict[str, str | list[str]], expected: str) -> None:
    assert status(found(answers), "aids_considered") == expected


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"stage": "ready"}, "met"),
        ({"stage": "new", "needs": ["quiet", "peers"]}, "met"),
        ({"stage": "ready", "needs": "not_sure"}, "met"),
        ({"stage": "new", "needs": "none_of_these"}, "unmet"),
        ({"stage": "new"}, "unknown"),  # the other question could still meet it
        ({"stage": "not_sure", "needs": "none_of_these"}, "unknown"),
        ({"stage": "not_sure", "needs": "not_sure"}, "unknown"),
    ],
)
def test_any_one_of_several_answers_meets_a_requirement(answers: dict[str, str | list[str]], expected: str) -> None:
    assert status(found(answers), "either") == expected


def test_a_requirement_adds_no_points() -> None:
    kb = tiny()
    bare = kb.model_copy(update={"requirements": {}})
    answers = given({"aids": "not_yet", "stage": "new"})
    assert suggest(bare, "letters", answers).case == suggest(kb, "letters", answers).case


# --- notes --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "grade", "note", "shown"),
    [
        ({}, "", "always", True),
        ({"iep": "none"}, "", "no_iep", True),
        ({"iep": "has"}, "", "no_iep", False),
        ({"iep": "not_sure"}, "", "no_iep", False),
        ({"stage": "new", "needs": ["tries", "quiet"]}, "", "two", True),
        ({"stage": "new", "needs": ["tries"]}, "", "two", False),
        ({"needs": ["quiet"]}, "", "two", False),
        ({}, "middle", "older", True),
        ({}, "elementary", "older", False),
        ({}, "", "older", False),
        ({"stage": "mixed"}, "", "beside_blend", True),
        ({"stage": "new"}, "", "beside_blend", False),
        ({}, "", "sums_only", False),
    ],
)
def test_a_note_appears_only_under_its_condition(
    answers: dict[str, str | list[str]],
    grade: str,
    note: str,
    shown: bool,  # noqa: FBT001  one column of the table
) -> None:
    assert (note in found(answers, grade=grade).notes) is shown


def test_a_note_for_one_service_appears_there() -> None:
    assert "sums_only" in found({}, service="sums").notes


# --- not counted --------------------------------------------------------------------------------------------------


def test_what_does_not_count_is_kept_with_the_reason_why() -> None:
    listed = found(
        {
            "talk": ["room"],
            "aids": "enough",
            "follow": "no",
            "gone_question": ["a", "b"],
            "needs": ["quiet", "gone_option"],
            "stage": "not_sure",
        }
    )
    assert [(item.question, item.option, item.why) for item in listed.not_counted] == [
        ("talk", "room", "logistics"),
        ("follow", "no", "off_path"),
        ("gone_question", "a", "unknown_question"),
        ("gone_question", "b", "unknown_question"),
        ("needs", "gone_option", "unknown_option"),
    ]
    assert listed.case == {"push_in": 2, "pull_out": 1}
    assert listed.not_counted[0].solve == "Find a room."


def test_two_answers_to_a_question_that_takes_one_do_not_count() -> None:
    twice = found({"stage": ["new", "ready"]})
    assert twice.reasons == ()
    assert "stage" in twice.unanswered


# --- answers that may not fit together ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"needs": ["quiet", "peers"]}, {"two_ticks": (("needs", "quiet"), ("needs", "peers"))}),
        (
            {"needs": ["moments", "quiet", "peers"]},
            {"two_ticks": (("needs", "quiet"), ("needs", "peers"), ("needs", "moments"))},
        ),
        ({"needs": ["quiet"]}, {}),
        ({"needs": "not_sure"}, {}),
        (
            {"stage": "ready", "aids": "not_enough", "follow": "no"},
            {"two_screens": (("stage", "ready"), ("aids", "not_enough"), ("follow", "no"))},
        ),
        ({"stage": "ready", "aids": "not_enough"}, {}),
        ({"stage": "ready", "aids": "enough", "follow": "no"}, {}),
    ],
)
def test_answers_that_may_not_fit_together_are_found_where_both_conditions_hold(
    answers: dict[str, str | list[str]], expected: dict[str, tuple[tuple[str, str], ...]]
) -> None:
    assert {tension.name: tension.answers for tension in found(answers).tensions} == expected


def test_a_tension_whose_question_a_service_does_not_ask_does_not_apply() -> None:
    assert found({"needs": ["quiet", "peers"]}, service="sums").tensions == ()


def test_a_tension_moves_nothing() -> None:
    without = tiny().model_copy(update={"tensions": {}})
    answers = given({"needs": ["quiet", "peers"], "stage": "ready"})
    assert replace(found({"needs": ["quiet", "peers"], "stage": "ready"}), tensions=()) == suggest(
        without, SERVICE, answers
    )
