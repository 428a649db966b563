"""Every branch of how two cases become a suggestion, on a tiny knowledge base that fits on a page."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import Any

import pytest

from pushpull.kb.entry import Mode, Outcome
from pushpull.kb.full import FullKnowledge
from pushpull.kb.rules import Ratios, Rules
from pushpull.rule import STAYS, lines, outcome
from pushpull.suggest import NotCounted, Suggestion, named_parts, suggest
from tiny import argument, found, given, settling, tiny, tree


def ruled(
    push_in: str,
    pull_out: str,
    *,
    settled: tuple[Mode, ...] = (),
    rest: tuple[str, str] | None = None,
    whole: Any = "2",
) -> str:
    """Return the outcome of two cases; `rest` is what is left of them without the reasons for named parts."""
    left = sums(*rest) if rest else None
    return outcome(with_ratios(whole=whole), sums(push_in, pull_out), settled=settled, rest=left)


def sums(push_in: str | int, pull_out: str | int) -> dict[Mode, Fraction]:
    return {"push_in": Fraction(push_in), "pull_out": Fraction(pull_out)}


def with_ratios(*, pull_out: str = "1.5", whole: Any = "2") -> Rules:
    """Return rules with other ratios."""
    ratios = Ratios.model_validate({"pull_out": pull_out, "whole": whole, "enough": "2"})
    return tiny().rules.model_copy(update={"ratios": ratios})


# --- outcome ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["push_in", "pull_out"])
def test_one_settling_answer_goes_before_any_points(mode: Mode) -> None:
    assert ruled("99", "0", settled=(mode,)) == mode
    assert ruled("0", "99", settled=(mode,)) == mode
    assert ruled("0", "0", settled=(mode,), rest=("0", "0")) == mode


def test_two_settling_answers_for_one_mode_agree() -> None:
    assert ruled("0", "0", settled=("pull_out", "pull_out")) == "pull_out"


def test_two_settling_answers_that_oppose_each_other_leave_it_open() -> None:
    assert ruled("9", "1", settled=("pull_out", "push_in")) == "open"
    assert ruled("9", "1", settled=("push_in", "pull_out"), rest=("9", "1")) == "open"


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
def test_named_parts_without_reasons_of_their_own_make_a_blend_unless_one_case_is_twice_the_other(
    push_in: str, pull_out: str, expected: str
) -> None:
    assert ruled(push_in, pull_out, rest=(push_in, pull_out)) == expected


@pytest.mark.parametrize(
    ("case", "rest", "expected"),
    [
        (("12", "4"), ("7.99", "4"), "blend"),  # three times as much, and half a case of it belongs to a part
        (("12", "4"), ("8", "4"), "push_in"),
        (("12", "4"), ("8", "0"), "push_in"),  # the reasons for the other part still stand against the whole
        (("12", "5"), ("8", "4"), "blend"),
        (("4", "12"), ("4", "7.99"), "blend"),
        (("4", "12"), ("0", "8"), "pull_out"),
        (("5", "12"), ("4", "8"), "blend"),
        (("3", "0"), ("0", "0"), "push_in"),  # nothing speaks for the other part
        (("0", "3"), ("0", "0"), "pull_out"),
        (("3", "3"), ("0", "0"), "blend"),
    ],
)
def test_a_reason_for_a_part_never_takes_the_whole(case: tuple[str, str], rest: tuple[str, str], expected: str) -> None:
    assert ruled(*case, rest=rest) == expected


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
    assert ruled(push_in, pull_out, rest=(push_in, pull_out), whole=split) == expected
    assert ruled(push_in, pull_out, whole=split) == ruled(push_in, pull_out), "it counts only beside named parts"


def test_one_number_for_the_whole_holds_for_both_modes() -> None:
    both = with_ratios(whole="5/4").ratios.whole
    assert (both.push_in, both.pull_out) == (Fraction(5, 4), Fraction(5, 4))


@pytest.mark.parametrize("has_parts", [True, False])
@pytest.mark.parametrize("whole", ["1", "5/4", "2", {"push_in": "2", "pull_out": "4/3"}, {"push_in": 1, "pull_out": 3}])
def test_the_lines_of_an_outcome_are_the_rule_in_another_shape(whole: Any, *, has_parts: bool) -> None:
    rules = with_ratios(whole=whole)
    modes: tuple[Outcome, ...] = ("push_in", "pull_out", "blend", "open")
    kept = {mode: lines(rules, mode, has_parts=has_parts) for mode in modes}
    for push_in, pull_out in product(range(13), repeat=2):
        rests = product(range(push_in + 1), range(pull_out + 1)) if has_parts else [(push_in, pull_out)]
        for rest in rests:
            left = sums(*rest) if has_parts else None
            found = outcome(rules, sums(push_in, pull_out), settled=(), rest=left)
            if found == "unknown":
                continue
            four = push_in, pull_out, *rest
            for mode, borders in kept.items():
                inside = borders is not None and all(line.kept(line.at(four)) for line in borders)
                assert inside is (mode == found)


def test_thirds_are_added_exactly() -> None:
    third = Fraction(1, 3)
    rules = tiny().rules
    case: dict[Mode, Fraction] = {"push_in": third * 9, "pull_out": third + third + third + 2}
    assert outcome(rules, case, settled=()) == "push_in"
    odd = with_ratios(pull_out="10/7")
    assert outcome(odd, sums("7", "10"), settled=()) == "pull_out"
    assert outcome(odd, sums("7", "9.9999999999999999999"), settled=()) == "open"


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


def case_and_rest(suggestion: Suggestion) -> str:
    """Return both cases, and both without the reasons for named parts."""
    return " ".join(f"{sums['push_in']}:{sums['pull_out']}" for sums in (suggestion.case, suggestion.rest) if sums)


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
    blend: Said = {"stage": "mixed", "needs": ["tries", "quiet", "peers", "moments"], "aids": "enough"}
    assert found(blend).mode == "blend"
    assert case_and_rest(found(blend)) == "9:5 7:3"
    # Without 2 of 5, 3 are left, and 7 is twice that: push-in, whether they belonged to the part or not. Without 1 of
    # 5, it comes nearer to that. The less there is for push-in, the further away it is.
    assert [(r.mode, r.option) for r in found(blend).reasons] == [
        *(("pull_out", "mixed"), ("pull_out", "tries"), ("pull_out", "quiet")),
        *(("push_in", "moments"), ("push_in", "mixed"), ("push_in", "peers"), ("push_in", "enough")),
    ]


def test_a_reason_for_a_part_does_not_carry_the_whole() -> None:
    whole: Said = {"stage": "mixed", "needs": ["moments", "peers"]}
    assert found(whole).mode == "push_in"
    assert case_and_rest(found(whole)) == "7:2 5:0"
    # Of two that are equally strong, the one that counts for all of it stands first, although the other is asked first.
    order = [reason.option for reason in found(whole).reasons if reason.mode == "push_in"]
    assert order == ["moments", "peers", "mixed"]


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
    assert case_and_rest(whole) == "7:2 5:0"
    assert (whole.mode, whole.parts) == ("push_in", {})


def test_a_reason_for_a_part_counts_in_the_case_and_not_in_the_rest() -> None:
    three = found({"stage": "mixed", "needs": ["moments"]})
    assert case_and_rest(three) == "5:2 3:0"
    assert three.mode == "blend", "5 is more than twice 2, but 2 of the 5 belong to the part in class"
    assert [(r.option, r.mode) for r in three.reasons if r.of_part] == [("mixed", "pull_out"), ("mixed", "push_in")]


def test_a_tick_that_names_one_part_speaks_for_it_only_beside_a_tick_that_names_the_other() -> None:
    assert found({"days": ["inside"], "aids": "enough"}).rest is None
    assert not any(reason.of_part for reason in found({"days": ["inside"], "aids": "enough"}).reasons)
    both = found({"days": ["inside", "outside"], "aids": "enough"})
    assert case_and_rest(both) == "3:1 2:0"
    alone = found({"days": ["inside"], "stage": "mixed", "aids": "enough"})
    assert case_and_rest(alone) == "5:2 3:0"


def test_of_an_option_that_names_one_part_the_argument_for_the_other_mode_speaks_for_all_of_it() -> None:
    tree_of = tree()
    inside = tree_of["services"]["letters"]["questions"]["days"]["options"]["inside"]
    inside["arguments"]["pull_out"] = argument("moderate")
    crossed = suggest(FullKnowledge.model_validate(tree_of), "letters", given({"days": ["inside", "outside"]}))
    assert case_and_rest(crossed) == "1:3 0:2"


def test_every_screen_that_names_parts_keeps_its_own_reasons_for_them() -> None:
    twice = found({"stage": "mixed", "days": ["inside", "outside"], "needs": ["quiet"]})
    assert case_and_rest(twice) == "3:4 0:1"
    assert twice.mode == "blend"


# --- a part that stays outside ------------------------------------------------------------------------------------


def mixed(**more: Any) -> FullKnowledge:
    """Return the tiny knowledge base whose option that names two parts says more."""
    tree_of = tree()
    tree_of["services"]["letters"]["questions"]["stage"]["options"]["mixed"] |= more
    return FullKnowledge.model_validate(tree_of)


def test_a_part_that_has_to_stay_outside_is_never_taken_in_by_the_class() -> None:
    answers = given({"stage": "mixed", "needs": ["moments"], "aids": "enough"})
    free, bound = suggest(tiny(), "letters", answers), suggest(mixed(stays=True), "letters", answers)
    assert (free.mode, case_and_rest(free)) == ("push_in", "7:2 5:0")
    assert bound.mode == "blend"
    assert bound.rest is not None
    assert bound.rest["push_in"] == free.case["push_in"] - 2 + STAYS * 3, "as if so many strong reasons were missing"
    assert bound.rest["pull_out"] == 0
    assert bound.case == free.case


def test_an_answer_that_settles_has_no_part_even_if_its_option_names_one() -> None:
    settled = suggest(mixed(settles={"pull_out": settling()}, arguments={}), "letters", given({"stage": "mixed"}))
    assert [(reason.mode, reason.of_part) for reason in settled.reasons] == [("pull_out", False)]


def test_without_answers_no_parts_are_named() -> None:
    assert named_parts(tiny().services["letters"].questions, {}) == {}
    assert found({}).parts == {}


# --- requirements, tensions, notes --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "aids_considered", "either"),
    [
        ({}, "unknown", "unknown"),
        ({"aids": "not_enough"}, "met", "unknown"),
        ({"aids": "enough"}, "unmet", "unknown"),
        ({"aids": "not_sure"}, "unknown", "unknown"),
        ({"stage": "ready"}, "unknown", "met"),
        ({"needs": ["quiet", "peers"]}, "unknown", "met"),
        ({"stage": "new"}, "unknown", "unknown"),
        ({"stage": "new", "needs": ["quiet"]}, "unknown", "unmet"),
        ({"stage": "new", "needs": "not_sure"}, "unknown", "unknown"),
        ({"stage": "new", "needs": "none_of_these"}, "unknown", "unmet"),
        ({"stage": "ready", "needs": ["quiet"]}, "unknown", "met"),
    ],
)
def test_a_requirement_is_met_by_any_answer_that_shows_it_and_unmet_only_when_all_was_answered(
    answers: dict[str, str | list[str]], aids_considered: str, either: str
) -> None:
    status = {each.name: each.status for each in found(answers).requirements}
    assert status == {"aids_considered": aids_considered, "either": either}


def test_what_a_service_does_not_ask_is_not_waited_for() -> None:
    status = {each.name: each.status for each in found({"stage": "new"}, service="sums").requirements}
    assert status["either"] == "unmet", "this service does not ask for needs"
    tree_of = tree()
    tree_of["requirements"]["either"]["met_by"] = {"days": ["inside"]}
    never = suggest(FullKnowledge.model_validate(tree_of), "sums", given({"stage": "new"}))
    assert [each.status for each in never.requirements] == ["unknown", "unknown"]


def test_a_requirement_carries_its_words() -> None:
    first, second = found({}).requirements
    assert (first.name, first.modes, first.basis) == ("aids_considered", ("pull_out", "blend"), "law")
    assert (first.say, first.ask, first.sources) == ("what was tried for {student}", "What was tried?", ())
    assert (second.modes, second.basis, second.say) == (("push_in",), "practice", "either of two")


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"needs": ["quiet"]}, {}),
        ({"needs": ["peers", "moments"]}, {}),
        ({"needs": ["quiet", "peers"]}, {"two_ticks": [("needs", "quiet"), ("needs", "peers")]}),
        (
            {"needs": ["tries", "quiet", "peers", "moments"]},
            {"two_ticks": [("needs", "quiet"), ("needs", "peers"), ("needs", "moments")]},
        ),
        ({"stage": "ready", "aids": "not_enough"}, {}),
        ({"stage": "ready", "aids": "not_enough", "follow": "yes"}, {}),
        (
            {"stage": "ready", "aids": "not_enough", "follow": "no"},
            {"two_screens": [("stage", "ready"), ("aids", "not_enough"), ("follow", "no")]},
        ),
    ],
)
def test_a_tension_names_the_very_answers_that_may_not_fit(
    answers: dict[str, str | list[str]], expected: dict[str, list[tuple[str, str]]]
) -> None:
    tensions = found(answers).tensions
    assert {tension.name: list(tension.answers) for tension in tensions} == expected
    assert [tension.say for tension in tensions] == [tiny().tensions[name].say for name in expected]


@pytest.mark.parametrize(
    ("answers", "more", "expected"),
    [
        ({}, {}, ["always"]),
        ({"iep": "none"}, {}, ["always", "no_iep"]),
        ({"iep": "has"}, {}, ["always"]),
        ({"stage": "new", "needs": ["quiet"]}, {}, ["always", "two"]),
        ({"stage": "new"}, {}, ["always"]),
        ({}, {"grade": "middle"}, ["always", "older"]),
        ({}, {"grade": "elementary"}, ["always"]),
        ({"stage": "mixed"}, {}, ["always", "beside_blend"]),
        ({}, {"service": "sums"}, ["always", "sums_only"]),
    ],
)
def test_a_note_applies_where_all_its_conditions_hold(
    answers: dict[str, str | list[str]], more: dict[str, str], expected: list[str]
) -> None:
    assert list(found(answers, **more).notes) == expected


@pytest.mark.parametrize(("now", "shown"), [("", False), ("push_in", False), ("pull_out", True), ("blend", True)])
def test_a_note_about_a_change_needs_a_present_way_that_is_another(now: str, *, shown: bool) -> None:
    tree_of = tree()
    tree_of["notes"] = {"change": {"say": "A change.", "differs": True}}
    told = suggest(FullKnowledge.model_validate(tree_of), "letters", given({"aids": "enough"}), now=now)
    assert told.mode == "push_in"
    assert told.notes == (("change",) if shown else ())


def test_a_present_way_that_nobody_told_is_not_another_one() -> None:
    tree_of = tree()
    tree_of["notes"] = {"change": {"say": "A change.", "differs": True}}
    assert suggest(FullKnowledge.model_validate(tree_of), "letters", given({"aids": "enough"})).notes == ()


# --- what does not count ------------------------------------------------------------------------------------------


def test_what_was_written_down_and_moves_nothing_is_listed_with_the_reason_in_its_order() -> None:
    answers = given(
        {
            "gone": ["one", "not_sure"],
            "talk": ["room", "hall"],
            "aids": "enough",
            "needs": ["not_sure", "quiet", "loud"],
            "follow": "yes",
            "stage": "ready",
        }
    )
    assert suggest(tiny(), "letters", answers).not_counted == (
        NotCounted("gone", "one", "one", "unknown_question"),
        NotCounted("gone", "not_sure", "not_sure", "unknown_question"),
        NotCounted("talk", "room", "The room", "logistics", "Find a room."),
        NotCounted("talk", "hall", "hall", "unknown_option"),
        NotCounted("needs", "loud", "loud", "unknown_option"),
        NotCounted("follow", "yes", "Follows", "off_path"),
    )


def test_only_a_matter_for_the_school_is_to_be_solved() -> None:
    told = suggest(tiny(), "letters", given({"gone": "one", "needs": ["loud"], "aids": "enough", "follow": "yes"}))
    assert [each.solve for each in told.not_counted] == ["", "", ""]


def test_not_sure_and_none_of_these_are_no_answers_that_could_be_left_out() -> None:
    answers = given({"talk": "none_of_these", "follow": "not_sure", "needs": ["none_of_these"], "stage": "new"})
    assert suggest(tiny(), "letters", answers).not_counted == ()


def test_a_matter_for_the_school_without_words_to_solve_it_is_still_listed() -> None:
    tree_of = tree()
    tree_of["services"]["letters"]["questions"]["talk"]["options"]["room"].pop("solve")
    told = suggest(FullKnowledge.model_validate(tree_of), "letters", given({"talk": ["room"]}))
    assert told.not_counted == (NotCounted("talk", "room", "The room", "logistics", ""),)
