"""The rule from two cases to an outcome: as it is read, and as the lines that both cases keep."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import lcm
from typing import NamedTuple, TypeVar

from pushpull.kb import Mode, Outcome, Rules

Number = TypeVar("Number", int, Fraction)


class Line(NamedTuple):
    """`a * push_in + b * pull_out >= 0`, or `> 0` if strict, in whole numbers."""

    a: int
    b: int
    strict: bool = False

    def at(self, push_in: Number, pull_out: Number) -> Number:
        """Return how far two cases lie on the right side."""
        return self.a * push_in + self.b * pull_out

    def kept(self, value: int | Fraction) -> bool:
        """Return whether a value of `at` keeps the line."""
        return value > 0 if self.strict else value >= 0


def outcome(rules: Rules, case: Mapping[Mode, Fraction], *, settled: Iterable[Mode], has_parts: bool) -> Outcome:
    """Return the outcome of two cases. This is the whole rule.

    An answer that settles the matter goes first; two that oppose each other leave it open. Named parts make a blend
    unless one case is `ratios.whole` times the other, for its own mode. Otherwise push-in needs a case at least as
    strong as pull-out's, and pull-out one that is `ratios.pull_out` times push-in's.
    """
    modes = set(settled)
    if modes:
        return modes.pop() if len(modes) == 1 else "open"
    push_in, pull_out, ratios = case["push_in"], case["pull_out"], rules.ratios
    # Not the sum: taking away a reason for pull-out must never take away a suggestion of push-in.
    if max(push_in, pull_out) < ratios.enough and not (has_parts and push_in and pull_out):
        return "unknown"
    if has_parts:
        if push_in >= ratios.whole.push_in * pull_out:
            return "push_in"
        return "pull_out" if pull_out >= ratios.whole.pull_out * push_in else "blend"
    if push_in >= pull_out:
        return "push_in"
    return "pull_out" if pull_out >= ratios.pull_out * push_in else "open"


def lines(rules: Rules, mode: Outcome, *, has_parts: bool) -> tuple[Line, ...] | None:
    """Return the lines that both cases keep where `mode` is the outcome; None where it cannot be.

    Not asked for `unknown`, which is not a matter of lines, nor where an answer settles the matter.
    """
    ratios, whole = rules.ratios, rules.ratios.whole
    match mode, has_parts:
        case "push_in", True:
            return (_line(1, -whole.push_in),)
        case "push_in", False:
            return (Line(1, -1),)
        case "pull_out", True:
            return (_line(-whole.pull_out, 1), _line(-1, whole.push_in, strict=True))
        case "pull_out", False:
            return (_line(-ratios.pull_out, 1), Line(-1, 1, strict=True))
        case "blend", True:
            return (_line(-1, whole.push_in, strict=True), _line(whole.pull_out, -1, strict=True))
        case "open", False:
            return (Line(-1, 1, strict=True), _line(ratios.pull_out, -1, strict=True))
        case _:
            return None


def distance(rules: Rules, mode: Outcome, case: Mapping[Mode, Fraction], *, has_parts: bool) -> Fraction:
    """Return by how many points one of the cases has to rise or fall, at least, until `mode` is the outcome no longer.

    Below 0, it is another outcome already, by so many points; at 0 it is on the border. Not asked for `unknown`, nor
    where an answer settles the matter.
    """
    push_in, pull_out, enough = case["push_in"], case["pull_out"], rules.ratios.enough
    kept = lines(rules, mode, has_parts=has_parts) or ()
    away = [line.at(push_in, pull_out) / max(abs(line.a), abs(line.b)) for line in kept]
    if min(push_in, pull_out) < enough and not (has_parts and push_in and pull_out):
        away.append(max(push_in, pull_out) - enough)
    return min(away)


def _line(a: int | Fraction, b: int | Fraction, *, strict: bool = False) -> Line:
    scale = lcm(a.denominator, b.denominator)
    return Line(int(a * scale), int(b * scale), strict=strict)
