"""The rule from two cases to an outcome: as it is read, and as the lines that the sums keep.

Where two parts of the work are named, a reason for a part speaks for that part alone. What is left of a case without
such reasons is its rest, and only the rest can take the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from math import lcm
from typing import NamedTuple, TypeAlias, TypeVar

from pushpull.kb.entry import Mode, Outcome
from pushpull.kb.rules import Rules

Number = TypeVar("Number", int, Fraction)
STAYS = -1000
"""Strong reasons that the rest for push-in loses where the part outside has to stay: more than any answers bring."""
Distance: TypeAlias = Fraction | float
"""Exact for fractions, and for whole numbers that every `Line.reach` divides: a float holds whole numbers exactly."""
Carried: TypeAlias = tuple[bool, bool, Distance]
"""How much of an outcome a reason carries. Less stands first."""


class Line(NamedTuple):
    """What four sums times four whole numbers have to be together: 0 or more, or more than 0 if strict."""

    push_in: int
    pull_out: int
    rest_push_in: int = 0
    rest_pull_out: int = 0
    strict: bool = False

    def at(self, sums: tuple[Number, Number, Number, Number]) -> Number:
        """Return how far both cases, and then both rests, lie on the right side."""
        a, b, c, d = sums
        return self.push_in * a + self.pull_out * b + self.rest_push_in * c + self.rest_pull_out * d

    def kept(self, value: int | Fraction) -> bool:
        """Return whether a value of `at` keeps the line."""
        return value > 0 if self.strict else value >= 0

    @property
    def reach(self) -> int:
        """How far `at` moves, at most, when one case moves by 1 and its rest with it."""
        return max(abs(self.push_in + self.rest_push_in), abs(self.pull_out + self.rest_pull_out))


def outcome(
    rules: Rules,
    case: Mapping[Mode, Number],
    *,
    settled: Iterable[Mode],
    rest: Mapping[Mode, Number] | None = None,
) -> Outcome:
    """Return the outcome of two cases. This is the whole rule. `rest` is None where no two parts are named.

    An answer that settles the matter goes first; two that oppose each other leave it open. Named parts make a blend
    unless the rest for one mode is `ratios.whole` times the case for the other. Otherwise push-in needs a case at least
    as strong as pull-out's, and pull-out one that is `ratios.pull_out` times push-in's.
    """
    modes = set(settled)
    if modes:
        return modes.pop() if len(modes) == 1 else "open"
    push_in, pull_out, ratios = case["push_in"], case["pull_out"], rules.ratios
    # Not the sum: taking away a reason for pull-out must never take away a suggestion of push-in.
    if max(push_in, pull_out) < ratios.enough and not (rest and push_in and pull_out):
        return "unknown"
    if rest:
        if rest["push_in"] >= ratios.whole.push_in * pull_out:
            return "push_in"
        return "pull_out" if rest["pull_out"] >= ratios.whole.pull_out * push_in else "blend"
    if push_in >= pull_out:
        return "push_in"
    return "pull_out" if pull_out >= ratios.pull_out * push_in else "open"


def lines(rules: Rules, mode: Outcome, *, has_parts: bool) -> tuple[Line, ...] | None:
    """Return the lines that the sums keep where `mode` is the outcome; None where it cannot be.

    Not asked for `unknown`, which is not a matter of lines, nor where an answer settles the matter.
    """
    ratios, whole = rules.ratios, rules.ratios.whole
    match mode, has_parts:
        case "push_in", True:
            return (_line(0, -whole.push_in, 1, 0),)
        case "push_in", False:
            return (Line(1, -1),)
        case "pull_out", True:
            return (_line(-whole.pull_out, 0, 0, 1), _line(0, whole.push_in, -1, 0, strict=True))
        case "pull_out", False:
            return (_line(-ratios.pull_out, 1, 0, 0), Line(-1, 1, strict=True))
        case "blend", True:
            return (_line(0, whole.push_in, -1, 0, strict=True), _line(whole.pull_out, 0, 0, -1, strict=True))
        case "open", False:
            return (Line(-1, 1, strict=True), _line(ratios.pull_out, -1, 0, 0, strict=True))
        case _:
            return None


def distance(
    rules: Rules, mode: Outcome, case: Mapping[Mode, Number], *, rest: Mapping[Mode, Number] | None = None
) -> Distance:
    """Return by how many points one of the cases has to rise or fall, at least, until `mode` is the outcome no longer.

    Its rest rises and falls with it, as by a reason that belongs to no part. Below 0, it is another outcome already, by
    so many points; at 0 it is on the border. Not asked for `unknown`, nor where an answer settles the matter.
    """
    return _distance(rules, _borders(rules, mode, has_parts=bool(rest)), case, rest=rest)


def _borders(rules: Rules, mode: Outcome, *, has_parts: bool) -> list[tuple[Line, int]]:
    return [(line, line.reach) for line in lines(rules, mode, has_parts=has_parts) or ()]


def _distance(
    rules: Rules,
    borders: Sequence[tuple[Line, int]],
    case: Mapping[Mode, Number],
    *,
    rest: Mapping[Mode, Number] | None,
) -> Distance:
    push_in, pull_out, enough = case["push_in"], case["pull_out"], rules.ratios.enough
    left = rest or case
    sums = push_in, pull_out, left["push_in"], left["pull_out"]
    away: list[Distance] = [line.at(sums) / reach for line, reach in borders]
    if min(push_in, pull_out) < enough and not (rest and push_in and pull_out):
        away.append(max(push_in, pull_out) - enough)
    return min(away)


def carrying(
    rules: Rules, mode: Outcome, case: Mapping[Mode, Number], *, rest: Mapping[Mode, Number] | None, settled: bool
) -> Callable[[Mode, Number, bool], Carried]:
    """Return what tells how much of the outcome a reason carries, by its mode, its points, and if it is a part's.

    The reasons whose loss alone would give another outcome stand first, and then those whose loss would bring one
    nearest, by `distance`. Those whose loss would bring none nearer follow, heaviest first, and so do all of them where
    the matter is settled or unknown.
    """
    if settled or mode == "unknown":
        return lambda _, points, __: (True, True, Fraction(-points))
    borders = _borders(rules, mode, has_parts=bool(rest))
    now = _distance(rules, borders, case, rest=rest)

    def carried(of: Mode, points: Number, of_part: bool) -> Carried:  # noqa: FBT001  a fact about a reason, not an option
        without = {**case, of: case[of] - points}
        others = rest if of_part or not rest else {**rest, of: rest[of] - points}
        left = _distance(rules, borders, without, rest=others)
        # Only on the border does it depend on the line.
        holds = left > 0 or (left == 0 and outcome(rules, without, settled=(), rest=others) == mode)
        if holds and left >= now:
            return True, True, -points
        return False, holds, left

    return carried


def _line(*numbers: int | Fraction, strict: bool = False) -> Line:
    scale = lcm(*(number.denominator for number in numbers))
    a, b, c, d = (int(number * scale) for number in numbers)
    return Line(a, b, c, d, strict=strict)
