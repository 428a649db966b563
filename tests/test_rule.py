"""The rule as lines: where an outcome ends, how far away that is, and which reasons carry it."""

from __future__ import annotations

from fractions import Fraction

import pytest

from pushpull.kb.entry import Mode, Outcome
from pushpull.kb.rules import Whole
from pushpull.rule import Carried, Line, carrying, distance, lines, outcome
from tiny import tiny

RULES = tiny().rules  # push-in needs a tie, pull-out 1.5 times, a whole twice, and something 2 points
Pair = tuple[str, str]


def both(points: Pair) -> dict[Mode, Fraction]:
    return {"push_in": Fraction(points[0]), "pull_out": Fraction(points[1])}


def test_a_line_weighs_both_cases_and_both_rests() -> None:
    assert Line(1, 2, 3, 4).at((10, 100, 1000, 10_000)) == 43_210
    assert Line(1, -1).at((7, 3, 50, 90)) == 4


@pytest.mark.parametrize(
    ("value", "loose", "strict"), [("-1/2", False, False), ("0", True, False), ("1/2", True, True)]
)
def test_a_strict_line_is_not_kept_on_the_border(value: str, loose: bool, strict: bool) -> None:  # noqa: FBT001
    assert Line(1, -1).kept(Fraction(value)) is loose
    assert Line(1, -1, strict=True).kept(Fraction(value)) is strict


@pytest.mark.parametrize(
    ("line", "reach"), [(Line(1, -1), 1), (Line(2, 1, 3, 1), 5), (Line(0, -3, 1, 0), 3), (Line(1, 2, 4, -7), 5)]
)
def test_a_line_moves_as_far_as_a_case_moves_with_its_rest(line: Line, reach: int) -> None:
    assert line.reach == reach


def test_the_lines_are_the_ratios_as_whole_numbers() -> None:
    whole, blend = Line(0, -2, 1, 0), Line(0, 2, -1, 0, strict=True)
    assert lines(RULES, "push_in", has_parts=False) == (Line(1, -1),)
    assert lines(RULES, "push_in", has_parts=True) == (whole,)
    assert lines(RULES, "pull_out", has_parts=False) == (Line(-3, 2), Line(-1, 1, strict=True))
    assert lines(RULES, "pull_out", has_parts=True) == (Line(-2, 0, 0, 1), blend)
    assert lines(RULES, "blend", has_parts=True) == (blend, Line(2, 0, 0, -1, strict=True))
    assert lines(RULES, "open", has_parts=False) == (Line(-1, 1, strict=True), Line(3, -2, strict=True))


@pytest.mark.parametrize(("mode", "has_parts"), [("blend", False), ("open", True), ("unknown", False)])
def test_without_parts_there_is_no_blend_and_with_them_nothing_stays_open(mode: Outcome, *, has_parts: bool) -> None:
    assert lines(RULES, mode, has_parts=has_parts) is None


@pytest.mark.parametrize(
    ("case", "rest", "expected"),
    [
        (("1", "1"), None, "unknown"),
        (("1", "1"), ("1", "0"), "blend"),  # two parts that are both argued for are enough to go on
        (("1", "0"), ("1", "0"), "unknown"),
        (("0", "1"), ("0", "1"), "unknown"),
        (("2", "0"), None, "push_in"),
        (("0", "2"), None, "pull_out"),
    ],
)
def test_too_little_to_go_on_is_told_from_two_parts_with_little_each(
    case: Pair, rest: Pair | None, expected: str
) -> None:
    assert outcome(RULES, both(case), settled=(), rest=both(rest) if rest else None) == expected


@pytest.mark.parametrize(
    ("mode", "case", "rest", "away"),
    [
        ("push_in", ("5", "3"), None, "2"),
        ("push_in", ("5", "1"), None, "3"),  # then there would be too little to go on
        ("push_in", ("2", "3"), None, "-1"),
        ("pull_out", ("1", "6"), None, "3"),
        ("pull_out", ("0", "3"), None, "1"),
        ("pull_out", ("4", "6"), None, "0"),
        ("open", ("4", "5"), None, "2/3"),
        ("open", ("8", "9"), None, "1"),
        ("push_in", ("8", "2"), ("6", "1"), "1"),
        ("push_in", ("6", "0"), ("5", "0"), "5/2"),
        ("push_in", ("3", "0"), ("3", "0"), "1"),
        ("push_in", ("1", "1"), ("3", "0"), "1/2"),
        ("pull_out", ("2", "9"), ("1", "8"), "2"),
        ("pull_out", ("0", "3"), ("0", "3"), "1"),
        ("pull_out", ("1", "3"), ("5", "9"), "1/2"),
        ("blend", ("5", "5"), ("3", "4"), "3"),
        ("blend", ("5", "5"), ("7", "4"), "3/2"),
    ],
)
def test_the_distance_is_the_fewest_points_to_another_outcome(
    mode: Outcome, case: Pair, rest: Pair | None, away: str
) -> None:
    assert distance(RULES, mode, both(case), rest=both(rest) if rest else None) == Fraction(away)


@pytest.mark.parametrize(
    ("mode", "case", "rest", "reason", "expected"),
    [
        # Its loss gives another outcome; leaves it nearer; leaves it on the border; brings none nearer.
        ("push_in", ("5", "3"), None, ("push_in", "3", False), (False, False, "-1")),
        ("push_in", ("5", "3"), None, ("push_in", "1", False), (False, True, "1")),
        ("push_in", ("5", "3"), None, ("push_in", "2", False), (False, True, "0")),
        ("push_in", ("5", "3"), None, ("pull_out", "2", False), (True, True, "-2")),
        ("push_in", ("5", "3"), None, ("push_in", "0", False), (True, True, "0")),
        # A tie keeps push-in, and what is one and a half times as much keeps pull-out; an open matter ends at a tie.
        ("pull_out", ("2", "4"), None, ("pull_out", "1", False), (False, True, "0")),
        ("open", ("4", "5"), None, ("pull_out", "1", False), (False, False, "0")),
        # A reason for a part leaves the rest alone, and another takes its points from it as well.
        ("push_in", ("8", "2"), ("6", "1"), ("push_in", "2", True), (True, True, "-2")),
        ("push_in", ("8", "2"), ("6", "1"), ("push_in", "2", False), (False, True, "0")),
        ("push_in", ("8", "2"), ("6", "1"), ("push_in", "3", False), (False, False, "-1/2")),
        ("push_in", ("8", "2"), ("6", "1"), ("pull_out", "1", True), (True, True, "-1")),
        ("blend", ("5", "5"), ("3", "4"), ("pull_out", "1", False), (False, True, "5/2")),
    ],
)
def test_a_reason_carries_as_much_as_its_loss_would_change(
    mode: Outcome, case: Pair, rest: Pair | None, reason: tuple[Mode, str, bool], expected: tuple[bool, bool, str]
) -> None:
    carried = carrying(RULES, mode, both(case), rest=both(rest) if rest else None, settled=False)
    of, points, of_part = reason
    found: Carried = carried(of, Fraction(points), of_part)
    assert found == (*expected[:2], Fraction(expected[2]))


def test_on_two_borders_at_once_a_loss_that_gives_another_outcome_stands_first() -> None:
    """The distance is 0 with and without the reason, and yet all hangs on it; only with ratios that nothing ships."""
    whole = Whole(push_in=Fraction(1), pull_out=Fraction(1))
    rules = RULES.model_copy(update={"ratios": RULES.ratios.model_copy(update={"whole": whole})})
    case, rest = both(("1", "2")), both(("1", "1"))
    assert outcome(rules, case, settled=(), rest=rest) == "pull_out"
    assert outcome(rules, {**case, "pull_out": Fraction(1)}, settled=(), rest=rest) == "push_in"
    carried = carrying(rules, "pull_out", case, rest=rest, settled=False)
    assert carried("pull_out", Fraction(1), True) == (False, False, 0)  # noqa: FBT003


@pytest.mark.parametrize(("mode", "settled"), [("push_in", True), ("unknown", False)])
def test_where_it_is_settled_or_unknown_the_heaviest_reason_stands_first(mode: Outcome, *, settled: bool) -> None:
    carried = carrying(RULES, mode, both(("5", "3")), rest=None, settled=settled)
    for points in (1, 2):
        assert carried("push_in", Fraction(points), False) == (True, True, -points)  # noqa: FBT003
