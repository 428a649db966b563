"""What each question of a service can do to the outcome, worked out once.

Points are scaled to whole numbers, which are as exact as fractions and many times as fast.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from itertools import chain, combinations, islice, product
from math import lcm
from typing import NamedTuple

from pushpull.kb.base import KnowledgeBase
from pushpull.kb.entry import MODES, Mode, Outcome, Strength
from pushpull.kb.questions import Option, Question
from pushpull.kb.rules import Rules
from pushpull.rule import STAYS, Line, lines

STRENGTHS: tuple[Strength, ...] = ("weak", "moderate", "strong")
Points = tuple[int, int, int]
"""What weak, moderate and strong are worth, in parts of a point."""
Case = tuple[int, int, int, int]
"""The points of push-in and of pull-out, and of both without those for a named part, in parts of a point."""
Loss = tuple[int, str]
"""How far a question can move a line, and its id."""


def corners(rules: Rules) -> tuple[tuple[Fraction, ...], ...]:
    """Return the corners of the allowed points: within each range, and weak <= moderate <= strong."""
    ranges = [(rules.strengths[name].at_least, rules.strengths[name].at_most) for name in STRENGTHS]
    ends = sorted({end for both in ranges for end in both})
    inside = [[end for end in ends if low <= end <= high] for low, high in ranges]
    return tuple((w, m, s) for w, m, s in product(*inside) if w <= m <= s)


def in_parts(rules: Rules, scale: int) -> Rules:
    """Return the rules for sums in so many parts of a point. Whole numbers of parts are many times as fast."""
    enough = rules.ratios.enough * scale
    ratios = rules.ratios.model_copy(update={"enough": enough.numerator if enough.denominator == 1 else enough})
    return rules.model_copy(update={"ratios": ratios})


@dataclass(frozen=True)
class Effect:
    """What choosing an option adds: how many weak, moderate and strong arguments for push-in, then for pull-out."""

    counts: tuple[int, ...]
    rest: tuple[int, ...]
    """The same without those for a part that it names."""
    parts: frozenset[Mode]
    settles: frozenset[Mode]

    def added(self, *, apart: bool) -> tuple[int, ...]:
        """Return what it adds to both cases and to both rests; `apart` if its answer names both parts."""
        return self.counts + (self.rest if apart else self.counts)

    def case(self, points: Points, *, apart: bool = False) -> Case:
        """Return the same in points."""
        return weighed(self.added(apart=apart), points)


def weighed(counts: Sequence[int], points: Points) -> Case:
    """Return the points of some arguments, counted by strength for push-in and then for pull-out, and so for rests."""
    a, b, c, d, e, f, g, h, i, j, k, m = counts
    weak, moderate, strong = points
    return (
        a * weak + b * moderate + c * strong,
        d * weak + e * moderate + f * strong,
        g * weak + h * moderate + i * strong,
        j * weak + k * moderate + m * strong,
    )


def effect(option: Option) -> Effect:
    """Return what choosing an option adds."""
    strengths = {mode: option.arguments[mode].strength if mode in option.arguments else None for mode in MODES}
    counts = tuple(int(strengths[mode] == name) for mode in MODES for name in STRENGTHS)
    rest = [int(strengths[mode] == name and mode not in option.parts) for mode in MODES for name in STRENGTHS]
    if option.keeps_part_outside:
        rest[len(STRENGTHS) - 1] += STAYS
    return Effect(counts, tuple(rest), frozenset(option.parts), frozenset(option.settles))


NO_COUNTS = (0,) * (len(MODES) * len(STRENGTHS))
NOTHING = Effect(NO_COUNTS, NO_COUNTS, frozenset(), frozenset())


class Losses(NamedTuple):
    """How far each question can lower one line at one corner; the worst first."""

    plain: tuple[Loss, ...]
    """By an answer that names no two parts."""
    naming: tuple[Loss, ...]
    """By an answer that names both. It may move the line the other way."""
    either: tuple[Loss, ...]
    """By any answer that does not settle the matter."""

    def worst(self, free: AbstractSet[str], answers: int, *, has_parts: bool, turning: bool) -> int:
        """Return the lowest that so many answers to free questions can move the line.

        If `turning`, one of them has to name the parts, which none has named so far.
        """
        if not turning:
            return _lowest(self.either if has_parts else self.plain, free, answers)
        return min(
            first + _lowest(self.either, free - {name}, answers - 1) for first, name in self.naming if name in free
        )


def _lowest(losses: Iterable[Loss], free: AbstractSet[str], answers: int) -> int:
    """Return the sum of the worst losses, of so many questions among `free`."""
    return sum(islice((loss for loss, name in losses if name in free), answers))


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
        self.scaled = in_parts(kb.rules, self.scale)
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
        self.rules = kb.rules
        self.outcomes: dict[tuple[Case, frozenset[Mode], bool], Outcome] = {}
        """Outcomes worked out so far, by the cases, what settles the matter, and whether two parts are named."""
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

    def added(self, name: str, ticked: Sequence[str]) -> tuple[int, ...]:
        """Return what an answer adds, counted as in `weighed`. It depends on no other answer."""
        apart, options = self.names_parts(name, ticked), self.options[name]
        added = (options[key].added(apart=apart) for key in ticked if key in options)
        return tuple(map(sum, zip(NO_COUNTS * 2, *added, strict=True)))

    def settles_otherwise(self, mode: Outcome, settled: AbstractSet[Mode], open_questions: Iterable[str]) -> bool:
        """Return whether an answer to an open question could settle the matter otherwise than it stands."""
        if len(settled) == len(MODES):
            return False
        free = [name for name in open_questions if name in self.settling]
        possible = {m for name in free for option in self.options[name].values() for m in option.settles}
        return bool(possible - settled - ({mode} if not settled else set()))

    def lines(self, mode: Outcome, *, has_parts: bool) -> tuple[Line, ...] | None:
        """Return the lines of an outcome, as the rule has them."""
        key = mode, has_parts
        if key not in self._lines:
            self._lines[key] = lines(self.rules, mode, has_parts=has_parts)
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
        options = [option for option in self.options[name].values() if not option.settles]
        answers: Iterator[tuple[Effect, ...]] = ((option,) for option in options)
        plain = 0
        if self.questions[name].choose == "many":
            # Of a checklist, whatever lowers the line may be ticked; only options that name parts have to be tried out.
            plain = sum(min(line.at(option.case(points)), 0) for option in options if not option.parts)
            answers = _subsets([option for option in options if option.parts])
        lowest: dict[bool, int | None] = {False: None, True: None}
        for answer in answers:
            apart = frozenset(MODES) == frozenset(chain.from_iterable(option.parts for option in answer))
            move = plain + sum(line.at(option.case(points, apart=apart)) for option in answer)
            before = lowest[apart]
            lowest[apart] = move if before is None else min(before, move)
        return lowest[False], lowest[True]


def _subsets(options: Sequence[Effect]) -> Iterator[tuple[Effect, ...]]:
    return chain.from_iterable(combinations(options, size) for size in range(len(options) + 1))


def table(kb: KnowledgeBase, service: str) -> Table:
    """Return the table of a service; the same one as long as the knowledge is the same."""
    tables = _tables(_ById(id(kb), kb))
    if service not in tables:
        tables[service] = Table(kb, service)
    return tables[service]


@lru_cache(maxsize=4)
def _tables(_: _ById) -> dict[str, Table]:
    # Whatever is remembered here holds its knowledge: of few of them, or a long run would fill the memory.
    return {}


@dataclass(frozen=True)
class _ById:
    """A knowledge base that is told from another by what it is, not by what it holds: comparing them takes long."""

    number: int
    kb: KnowledgeBase = field(compare=False)
