"""What each question of a service can do to the outcome, worked out once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from itertools import chain, combinations, product
from typing import NamedTuple

from pushpull.kb import MODES, KnowledgeBase, Mode, Option, Outcome, Question, Rules, Strength

STRENGTHS: tuple[Strength, ...] = ("weak", "moderate", "strong")
Points = tuple[Fraction, Fraction, Fraction]
"""What weak, moderate and strong are worth."""


class Line(NamedTuple):
    """`push_in * a + pull_out * b >= 0`, or `> 0` if strict."""

    a: Fraction
    b: Fraction
    strict: bool

    def at(self, case: tuple[Fraction, Fraction]) -> Fraction:
        """Return how far a case lies on the right side."""
        return self.a * case[0] + self.b * case[1]

    def kept(self, value: Fraction) -> bool:
        """Return whether a value of `at` keeps the line."""
        return value > 0 if self.strict else value >= 0


def corners(rules: Rules) -> tuple[Points, ...]:
    """Return the corners of the allowed points: within each range, and weak <= moderate <= strong."""
    ranges = [
        (rules.strengths[name].at_least, rules.strengths[name].at_most) for name in ("weak", "moderate", "strong")
    ]
    ends = sorted({end for both in ranges for end in both})
    inside = [[end for end in ends if low <= end <= high] for low, high in ranges]
    return tuple((w, m, s) for w, m, s in product(*inside) if w <= m <= s)


def lines(rules: Rules, mode: Outcome, *, has_parts: bool) -> tuple[Line, ...] | None:
    """Return the lines that both cases keep where `mode` is the outcome; None where it cannot be.

    Not asked for `unknown`, which is not a matter of lines.
    """
    one, whole, ratio = Fraction(1), rules.ratios.whole, rules.ratios.pull_out
    match mode, has_parts:
        case "push_in", True:
            return (Line(one, -whole, strict=False),)
        case "push_in", False:
            return (Line(one, -one, strict=False),)
        case "pull_out", True:
            return (Line(-whole, one, strict=False), Line(-one, whole, strict=True))
        case "pull_out", False:
            return (Line(-ratio, one, strict=False), Line(-one, one, strict=True))
        case "blend", True:
            return (Line(-one, whole, strict=True), Line(whole, -one, strict=True))
        case "open", False:
            return (Line(-one, one, strict=True), Line(ratio, -one, strict=True))
        case _:
            return None


@dataclass(frozen=True)
class Effect:
    """What choosing an option adds: for each mode, how many weak, moderate and strong arguments."""

    push_in: tuple[int, int, int]
    pull_out: tuple[int, int, int]
    parts: frozenset[Mode]
    settles: frozenset[Mode]

    def case(self, points: Points) -> tuple[Fraction, Fraction]:
        """Return what it adds to both cases."""
        first, second = (
            sum((n * p for n, p in zip(counts, points, strict=True)), Fraction(0))
            for counts in (self.push_in, self.pull_out)
        )
        return first, second


NOTHING = Effect((0, 0, 0), (0, 0, 0), frozenset(), frozenset())


def effect(option: Option) -> Effect:
    """Return what choosing an option adds."""
    counts = {
        mode: tuple(int(mode in option.arguments and option.arguments[mode].strength == name) for name in STRENGTHS)
        for mode in MODES
    }
    w, m, s = counts["push_in"]
    x, y, z = counts["pull_out"]
    return Effect((w, m, s), (x, y, z), frozenset(option.parts), frozenset(option.settles))


class Table:
    """What each question of a service can do to each line, at each corner: worked out once."""

    def __init__(self, kb: KnowledgeBase, service: str) -> None:
        self.questions: dict[str, Question] = {**kb.student_questions, **kb.services[service].questions}
        self.options = {
            name: {key: effect(option) for key, option in question.options.items()}
            for name, question in self.questions.items()
        }
        self.corners = corners(kb.rules)
        weak, moderate, strong = (kb.rules.strengths[name].points for name in STRENGTHS)
        self.points: Points = (weak, moderate, strong)
        self.gates = {needed for question in self.questions.values() for needed in question.when}
        self.settling = self._leading_to(
            {n for n, options in self.options.items() if any(o.settles for o in options.values())}
        )
        """Questions that can settle the matter, or open one that can."""
        self.speaking = self._leading_to(
            {n for n, options in self.options.items() if any(o != NOTHING for o in options.values())}
        )
        """Questions whose answers can do anything to the outcome, or open one that can."""
        self.worst: dict[tuple[str, Line, Points, bool], Fraction | None] = {}

    def _leading_to(self, names: set[str]) -> frozenset[str]:
        """Return some questions together with those that must be answered before one of them is asked."""
        for name in reversed(self.questions):
            if name in names:
                names.update(self.questions[name].when)
        return frozenset(names)

    def names_parts(self, name: str, ticked: Sequence[str]) -> bool:
        """Return whether an answer names both parts of the work."""
        options = self.options[name]
        return {mode for key in ticked if key in options for mode in options[key].parts} == set(MODES)

    def loss(self, name: str, line: Line, points: Points, *, names_parts: bool) -> Fraction | None:
        """Return the lowest that an answer to `name` can move a line, among answers that name both parts or do not.

        None if there is no such answer. Answers that settle the matter are looked at elsewhere.
        """
        key = (name, line, points, names_parts)
        if key not in self.worst:
            self.worst[key] = self._loss(name, line, points, names_parts=names_parts)
        return self.worst[key]

    def _loss(self, name: str, line: Line, points: Points, *, names_parts: bool) -> Fraction | None:
        options = [option for option in self.options[name].values() if not option.settles]
        if self.questions[name].choose == "one":
            moves = [line.at(o.case(points)) for o in options if (o.parts == frozenset(MODES)) == names_parts]
            return min(moves, default=None)
        # Of a checklist, whatever lowers the line may be ticked; only options that name parts have to be tried out.
        naming = [option for option in options if option.parts]
        plain = sum((min(line.at(o.case(points)), Fraction(0)) for o in options if not o.parts), Fraction(0))
        moves = [
            plain + sum((line.at(o.case(points)) for o in ticked), Fraction(0))
            for ticked in _subsets(naming)
            if (frozenset(chain.from_iterable(o.parts for o in ticked)) == frozenset(MODES)) == names_parts
        ]
        return min(moves, default=None)


def _subsets(options: Sequence[Effect]) -> Iterator[tuple[Effect, ...]]:
    return chain.from_iterable(combinations(options, size) for size in range(len(options) + 1))


def table(kb: KnowledgeBase, service: str) -> Table:
    """Return the table of a service; the same one as long as the knowledge is the same."""
    return _table(_ById(id(kb), kb), service)


@lru_cache(maxsize=64)
def _table(kb: _ById, service: str) -> Table:
    return Table(kb.kb, service)


@dataclass(frozen=True)
class _ById:
    """A knowledge base that is told from another by what it is, not by what it holds: comparing them takes long."""

    number: int
    kb: KnowledgeBase = field(compare=False)
