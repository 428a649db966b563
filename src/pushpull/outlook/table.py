"""What each question of a service can do to the outcome, worked out once.

Points are scaled to whole numbers, which are as exact as fractions and many times as fast.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from itertools import chain, combinations, product
from math import lcm
from typing import NamedTuple

from pushpull.kb import MODES, KnowledgeBase, Mode, Option, Outcome, Question, Rules, Strength
from pushpull.rule import Line, lines

STRENGTHS: tuple[Strength, ...] = ("weak", "moderate", "strong")
Points = tuple[int, int, int]
"""What weak, moderate and strong are worth, in parts of a point."""
Case = tuple[int, int]
"""The points of push-in and of pull-out, in parts of a point."""
Loss = tuple[int, str]
"""How far a question can move a line, and its id."""


def corners(rules: Rules) -> tuple[tuple[Fraction, ...], ...]:
    """Return the corners of the allowed points: within each range, and weak <= moderate <= strong."""
    ranges = [(rules.strengths[name].at_least, rules.strengths[name].at_most) for name in STRENGTHS]
    ends = sorted({end for both in ranges for end in both})
    inside = [[end for end in ends if low <= end <= high] for low, high in ranges]
    return tuple((w, m, s) for w, m, s in product(*inside) if w <= m <= s)


@dataclass(frozen=True)
class Effect:
    """What choosing an option adds: how many weak, moderate and strong arguments for push-in, then for pull-out."""

    counts: tuple[int, ...]
    parts: frozenset[Mode]
    settles: frozenset[Mode]

    def case(self, points: Points) -> Case:
        """Return what it adds to both cases."""
        return weighed(self.counts, points)


def weighed(counts: Sequence[int], points: Points) -> Case:
    """Return both cases of some arguments, counted by strength for push-in and then for pull-out."""
    u, v, w, x, y, z = counts
    weak, moderate, strong = points
    return u * weak + v * moderate + w * strong, x * weak + y * moderate + z * strong


def effect(option: Option) -> Effect:
    """Return what choosing an option adds."""
    strengths = [option.arguments[mode].strength if mode in option.arguments else None for mode in MODES]
    counts = tuple(int(strength == name) for strength in strengths for name in STRENGTHS)
    return Effect(counts, frozenset(option.parts), frozenset(option.settles))


NOTHING = Effect((0,) * (len(MODES) * len(STRENGTHS)), frozenset(), frozenset())


class Losses(NamedTuple):
    """How far each question can lower one line at one corner; the worst first."""

    plain: tuple[Loss, ...]
    """By an answer that names no two parts."""
    naming: tuple[Loss, ...]
    """By an answer that names both. It may move the line the other way."""
    either: tuple[Loss, ...]
    """By any answer that does not settle the matter."""


class Table:
    """What each question of a service can do to each line, at each corner: worked out once."""

    def __init__(self, kb: KnowledgeBase, service: str) -> None:
        self.questions: dict[str, Question] = {**kb.student_questions, **kb.services[service].questions}
        self.options = {
            name: {key: effect(option) for key, option in question.options.items()}
            for name, question in self.questions.items()
        }
        everywhere = corners(kb.rules)
        exact = tuple(kb.rules.strengths[name].points for name in STRENGTHS)
        self.scale = lcm(*(value.denominator for points in (exact, *everywhere) for value in points))
        """How many parts a point has."""
        self.corners = tuple(self._scaled(points) for points in everywhere)
        self.points = self._scaled(exact)
        self.gates = {needed for question in self.questions.values() for needed in question.when}
        self.settling = self._leading_to({n for n, o in self.options.items() if any(e.settles for e in o.values())})
        """Questions that can settle the matter, or open one that can."""
        self.speaking = self._leading_to({n for n, o in self.options.items() if any(e != NOTHING for e in o.values())})
        """Questions whose answers can do anything to the outcome, or open one that can."""
        self.naming = frozenset(
            name for name in self.questions if self._loss(name, Line(0, 0), self.points)[1] is not None
        )
        """Questions of which an answer can name both parts."""
        self._rules = kb.rules
        self._lines: dict[tuple[Outcome, bool], tuple[Line, ...] | None] = {}
        self._losses: dict[tuple[Line, Points], Losses] = {}

    def _scaled(self, points: Sequence[Fraction]) -> Points:
        weak, moderate, strong = (int(value * self.scale) for value in points)
        return weak, moderate, strong

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

    def lines(self, mode: Outcome, *, has_parts: bool) -> tuple[Line, ...] | None:
        """Return the lines of an outcome, as the rule has them."""
        key = mode, has_parts
        if key not in self._lines:
            self._lines[key] = lines(self._rules, mode, has_parts=has_parts)
        return self._lines[key]

    def losses(self, line: Line, points: Points) -> Losses:
        """Return how far each question can lower a line, at some points."""
        key = line, points
        if key not in self._losses:
            plain, naming, either = [], [], []
            for name in self.questions:
                without, both = self._loss(name, line, points)
                lowest = min(loss for loss in (without, both, 0) if loss is not None)
                if without is not None and without < 0:
                    plain.append((without, name))
                if both is not None:
                    naming.append((both, name))
                if lowest < 0:
                    either.append((lowest, name))
            self._losses[key] = Losses(tuple(sorted(plain)), tuple(sorted(naming)), tuple(sorted(either)))
        return self._losses[key]

    def _loss(self, name: str, line: Line, points: Points) -> tuple[int | None, int | None]:
        """Return the lowest that an answer can move a line: one that does not name both parts, and one that does.

        None if there is no such answer. Answers that settle the matter are looked at elsewhere.
        """
        moves = [(line.at(*o.case(points)), o.parts) for o in self.options[name].values() if not o.settles]
        if self.questions[name].choose == "many":
            # Of a checklist, whatever lowers the line may be ticked; only options that name parts have to be tried out.
            plain = sum(min(move, 0) for move, parts in moves if not parts)
            moves = [
                (plain + sum(move for move, _ in ticked), frozenset(chain.from_iterable(parts for _, parts in ticked)))
                for ticked in _subsets([(move, parts) for move, parts in moves if parts])
            ]
        both = frozenset(MODES)
        without = min((move for move, parts in moves if parts != both), default=None)
        return without, min((move for move, parts in moves if parts == both), default=None)


def _subsets(moves: Sequence[tuple[int, frozenset[Mode]]]) -> Iterator[tuple[tuple[int, frozenset[Mode]], ...]]:
    return chain.from_iterable(combinations(moves, size) for size in range(len(moves) + 1))


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
