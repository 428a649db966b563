"""Every branch of how two cases become a suggestion, on a tiny knowledge base that fits on a page."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import Any

import pytest

from pushpull.kb import Mode, Ratios, Rules
from pushpull.rule import lines, outcome
from pushpull.suggest import suggest
from tiny import argument, found, given, tiny


def ruled(push_in: str, pull_out: str, *, settled: tuple[Mode, ...] = (), parts: bool = False, whole: Any = "2") -> str:
    case: dict[Mode, Fraction] = {"push_in": Fraction(push_in), "pull_out": Fraction(pull_out)}
    return outcome(with_ratios(whole=whole), case, settled=settled, has_parts=parts)


def with_ratios(*, pull_out: str = "1.5", whole: Any = "2") -> Rules:
    """Return rules with other ratios."""
    ratios = Ratios.model_validate({"pull_out": pull_out, "whole": whole, "enough": "2"})
    return tiny().rules.model_copy(update={"ratios": ratios})


# --- outcome ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["push_in", "pull_out"])
def test_one_settling_answer_goes_before_any_points(mode: Mode) -> None:
    assert ruled("99", "0", settled=(mode,)) == mode
    assert ruled("0", "99", settled=(mode,)) == mode
    assert ruled("0", "0", settled=(mode,), parts=True) == mode


def test_two_settling_answers_for_one_mode_agree() -> None:
    assert ruled("0", "0", settled=("pull_out", "pull_out")) == "pull_out"


def test_two_settling_answers_that_oppose_each_other_leave_it_open() -> None:
    assert ruled("9", "1", settled=("pull_out", "push_in")) == "open"
    assert ruled("9", "1", settled=("push_in", "pull_out"), parts=True) == "open"


@pytest.mark.parametrize(
    ("push_in", "pull_out", "expected"),
    [
        ("0", "0", "unknown"),
        ("1", "0", "unknown"),
        ("0", "1", "unknown"),
        ("1.99", "0", "unknown"),
        ("2", "0", "push_in"),
        ("1", "1", "unknown"),
        ("1.99", "1.99", "unknown"),
        ("0", "2", "pull_out"),
    ],
)
def test_unless_one_case_has_two_points_there_is_too_little_to_go_on(
    push_in: str, pull_out: str, expected: str
) -> None:
    assert ruled(push_in, pull_out) == expected


@pytest.mark.parametrize(
    ("push_in", "pull_out", "expected"),
    [
        ("5", "4", "push_in"),
        ("4", "4", "push_in"),  # a tie: the class is where the law starts
        ("4", "4.01", "open"),
        ("4", "5.99", "open"),
        ("4", "6", "pull_out"),  # exactly half as strong again
        ("4", "7", "pull_out"),
        ("3", "4.5", "pull_out"),
        ("3", "4", "open"),
    ],
)
def test_push_in_needs_a_tie_and_pull_out_half_as_much_again(push_in: str, pull_out: str, expected: str) -> None:
    assert ruled(push_in, pull_out) == expected


@pytest.mark.parametrize(
    ("push_in", "pull_out", "expected"),
    [
        ("4", "4", "blend"),
        ("4", "7.99", "blend"),
        ("4", "8", "pull_out"),
        ("7.99", "4", "blend"),
        ("8", "4", "push_in"),
        ("1", "1", "blend"),  # two parts were named, and that says enough
        ("0", "1", "unknown"),
        ("1", "0", "unknown"),
        ("2", "0", "push_in"),
        ("0", "2", "pull_out"),
    ],
)
def test_named_parts_make_a_blend_unless_one_case_is_twice_the_other(
    push_in: str, pull_out: str, expected: str
) -> None:
    assert ruled(push_in, pull_out, parts=True) == expected


@pytest.mark.parametrize(
    ("push_in", "pull_out", "expected"),
    [
        ("8", "4", "push_in"),
        ("7.99", "4", "blend"),
        ("4", "4", "blend"),
        ("4", "5.99", "blend"),
        ("4", "6", "pull_out"),
    ],
)
def test_each_mode_may_have_its_own_ratio_for_the_whole(push_in: str, pull_out: str, expected: str) -> None:
    split = {"push_in": "2", "pull_out": "1.5"}
    assert ruled(push_in, pull_out, parts=True, whole=split) == expected
    assert ruled(push_in, pull_out, whole=split) == ruled(push_in, pull_out), "it counts only beside named parts"


def test_one_number_for_the_whole_holds_for_both_modes() -> None:
    both = with_ratios(whole="5/4").ratios.whole
    assert (both.push_in, both.pull_out) == (Fraction(5, 4), Fraction(5, 4))


@pytest.mark.parametrize("has_parts", [True, False])
@pytest.mark.parametrize("whole", ["1", "5/4", "2", {"push_in": "2", "pull_out": "4/3"}, {"push_in": 1, "pull_out": 3}])
def test_the_lines_of_an_outcome_are_the_rule_in_another_shape(whole: Any, *, has_parts: bool) -> None:
    rules = with_ratios(whole=whole)
    for push_in, pull_out in product([Fraction(n, 3) for n in range(30)], repeat=2):
        case: dict[Mode, Fraction] = {"push_in": push_in, "pull_out": pull_out}
        found = outcome(rules, case, settled=(), has_parts=has_parts)
        if found == "unknown":
            continue
        for mode in ("push_in", "pull_out", "blend", "open"):
            kept = lines(rules, mode, has_parts=has_parts)
            inside = kept is not None and all(line.kept(line.at(push_in, pull_out)) for line in kept)
            assert inside is (mode == found)


def test_thirds_are_added_exactly() -> None:
    third = Fraction(1, 3)
    rules = tiny().rules
    case: dict[Mode, Fraction] = {"push_in": third * 9, "pull_out": third + third + third + 2}
    assert outcome(rules, case, settled=(), has_parts=False) == "push_in"
    odd = with_ratios(pull_out="10/7")
    assert outcome(odd, {"push_in": Fraction(7), "pull_out": Fraction(10)}, settled=(), has_parts=False) == "pull_out"
    below: dict[Mode, Fraction] = {"push_in": Fraction(7), "pull_out": Fraction("9.9999999999999999999")}
    assert outcome(odd, below, settled=(), has_parts=False) == "open"


def test_points_from_the_data_are_fractions_and_tie_exactly() -> None:
    kb = tiny()
    tenth = {**kb.rules.strengths["weak"].model_dump(), "points": "0.1", "at_least": "0.1"}
    strengths = {**kb.rules.model_dump()["strengths"], "weak": tenth}
    rules = Rules.model_validate({**kb.rules.model_dump(), "strengths": strengths})
    exact = suggest(kb.model_copy(update={"rules": rules}), "letters", given({"needs": ["quiet"], "aids": "enough"}))
    assert exact.case == {"push_in": Fraction(2), "pull_out": Fraction(1, 10)}


# --- answers become cases -----------------------------------------------------------------------------------------


def test_no_answers_are_too_little_and_everything_is_open() -> None:
    nothing = found({})
    assert nothing.mode == "unknown"
    assert nothing.reasons == ()
    assert nothing.unanswered == ("trial", "language", "iep", "stage", "needs", "days", "aids", "talk")


def test_each_tick_of_a_checklist_counts_once() -> None:
    ticked = found({"needs": ["tries", "quiet", "peers"]})
    assert ticked.case == {"push_in": 2, "pull_out": 3}
    assert found({"needs": ["tries", "tries"]}).case["pull_out"] == 2


def test_a_settling_answer_has_no_points_and_stands_first() -> None:
    settled = found({"stage": "ready", "trial": "failed"})
    assert settled.mode == "pull_out"
    assert settled.case == {"push_in": 3, "pull_out": 0}
    assert [reason.question for reason in settled.settled_by] == ["trial"]
    assert [(r.question, r.strength) for r in settled.reasons] == [("trial", None), ("stage", "strong")]


def test_opposing_settling_answers_are_both_shown() -> None:
    both = found({"trial": "failed", "language": "of_class"})
    assert both.mode == "open"
    assert {reason.mode for reason in both.settled_by} == {"push_in", "pull_out"}


Said = dict[str, str | list[str]]


def in_order(answers: Said) -> list[str]:
    return [reason.option for reason in found(answers).reasons]


def test_the_reasons_that_carry_the_outcome_stand_first_and_equal_ones_in_the_order_of_asking() -> None:
    several: Said = {"aids": "enough", "needs": ["moments", "peers", "tries", "quiet"], "stage": "new"}
    assert found(several).case == {"push_in": 7, "pull_out": 6}
    assert in_order(several) == ["moments", "peers", "enough", "new", "tries", "quiet"]


def test_of_a_suggestion_of_pull_out_the_heaviest_reasons_for_it_stand_first() -> None:
    several: Said = {"aids": "enough", "needs": ["peers", "tries", "quiet"], "stage": "new", "days": ["outside"]}
    assert found(several).mode == "pull_out"
    assert in_order(several) == ["new", "tries", "quiet", "outside", "peers", "enough"]


def test_of_a_blend_the_reasons_next_to_its_nearer_border_stand_first() -> None:
    blend: Said = {"stage": "mixed", "needs": ["tries", "quiet", "peers"], "aids": "enough"}
    assert found(blend).mode == "blend"
    assert found(blend).case == {"push_in": 6, "pull_out": 5}
    # Without 2 of 5, 3 are left, and 6 is twice that: push-in. Without 2 of 6, it is 4 to 5, and still a blend.
    assert [(r.mode, r.option) for r in found(blend).reasons][:2] == [("pull_out", "mixed"), ("pull_out", "tries")]


def test_where_the_matter_is_settled_the_others_stand_heaviest_first() -> None:
    settled: Said = {"trial": "failed", "stage": "ready", "needs": ["quiet", "tries", "peers"]}
    assert in_order(settled) == ["failed", "ready", "tries", "peers", "quiet"]


def test_a_reason_carries_what_the_answer_said() -> None:
    (reason,) = found({"stage": "new"}).reasons
    expected = argument("strong")
    assert (reason.because, reason.basis, reason.strength) == (expected["because"], "practice", "strong")
    assert (reason.label, reason.sources, reason.points) == ("New", ("T1",), Fraction(3))


# --- parts --------------------------------------------------------------------------------------------------------


def test_an_option_that_names_two_parts_makes_a_blend_with_its_words() -> None:
    blend = found({"stage": "mixed"})
    assert blend.mode == "blend"
    assert blend.parts == {"push_in": ("using",), "pull_out": ("first teaching",)}


def test_two_ticks_of_one_checklist_name_two_parts() -> None:
    both = found({"days": ["outside", "inside"], "needs": ["tries"], "aids": "enough"})
    assert both.parts == {"push_in": ("the lesson",), "pull_out": ("the drill",)}


@pytest.mark.parametrize("tick", ["inside", "outside"])
def test_one_tick_names_one_part_and_that_is_no_blend(tick: str) -> None:
    assert found({"days": [tick], "aids": "enough"}).mode == "push_in"
    assert found({"days": [tick], "aids": "enough"}).parts == {}


def test_only_the_first_screen_that_names_parts_gives_the_words() -> None:
    both = found({"stage": "mixed", "days": ["inside", "outside"]})
    assert both.parts == {"push_in": ("using",), "pull_out": ("first teaching",)}


def test_one_part_here_and_the_other_there_is_no_blend() -> None:
    kb = tiny()
    letters = kb.services["letters"]
    needs = letters.questions["needs"]
    options = {**needs.options, "tries": needs.options["tries"].model_copy(update={"parts": {"pull_out": "tries"}})}
    asked = {**letters.questions, "needs": needs.model_copy(update={"options": options})}
    services = {**kb.services, "letters": letters.model_copy(update={"questions": asked})}
    apart = given({"needs": ["tries"], "days": ["inside"], "aids": "enough"})
    assert suggest(kb.model_copy(update={"services": services}), "letters", apart).mode == "push_in"


def test_a_whole_takes_all_of_it_and_the_parts_are_not_shown() -> None:
    whole = found({"stage": "mixed", "needs": ["moments", "peers"]})
    assert whole.case == {"push_in": 7, "pull_out": 2}
    assert (whole.mode, whole.parts) == ("push_in", {})
