"""How sure a suggestion is: what the open answers could still do to it.

Everything is exact. Under the rule of `suggest.outcome` each outcome is a set of lines that both cases have to keep
(`a * push_in + b * pull_out >= 0`). For one line, and one corner of the points that people could reasonably give to the
strengths, the worst that an open question can do is one number, which depends on the question alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import chain, combinations
from typing import Literal

from pushpull import interview, suggest
from pushpull.kb import MODES, NONE_OF_THESE, NOT_SURE, KnowledgeBase, Mode, Outcome, Question
from pushpull.outlook.table import Line, Points, lines, table

Firmness = Literal["firm", "leaning", "unsettled"]
MOST_ANSWERS = 2
"""A suggestion is firm when not even this many open answers together could change it."""


class View:
    """One set of answers, seen against what the open questions could do."""

    def __init__(self, kb: KnowledgeBase, service: str, answers: dict[str, tuple[str, ...]]) -> None:
        self.kb = kb
        self.service = service
        self.answers = answers
        self.table = table(kb, service)
        self.standing = interview.counted(self.table.questions, answers)
        self.chosen = [
            self.table.options[name][option]
            for name, ticked in self.standing.items()
            for option in ticked
            if option not in {NOT_SURE, NONE_OF_THESE}
        ]
        self.settled = frozenset(chain.from_iterable(option.settles for option in self.chosen))
        self.on_path = interview.path(self.table.questions, answers)
        self.naming = {name for name, ticked in self.standing.items() if self.table.names_parts(name, ticked)}
        """The questions whose answers name both parts."""
        self.has_parts = bool(self.naming)
        self.open = interview.without_answer(self.table.questions, answers)
        self.mode = self.outcome(self.table.points)

    def case(self, points: Points) -> tuple[Fraction, Fraction]:
        """Return both cases at some points."""
        both = [option.case(points) for option in self.chosen]
        return sum((push for push, _ in both), Fraction(0)), sum((pull for _, pull in both), Fraction(0))

    def outcome(self, points: Points) -> Outcome:
        """Return the outcome at some points."""
        push_in, pull_out = self.case(points)
        case: dict[Mode, Fraction] = {"push_in": push_in, "pull_out": pull_out}
        return suggest.outcome(self.kb.rules, case, settled=self.settled, has_parts=self.has_parts)

    def firmness(self) -> Firmness:
        """Return `firm`, `leaning` or `unsettled`."""
        if self.mode == "unknown" or any(self.outcome(points) != self.mode for points in self.table.corners):
            return "unsettled"
        return "leaning" if self.could_change(self.mode, MOST_ANSWERS) else "firm"

    def could_change(self, mode: Outcome, answers: int) -> bool:
        """Return whether so many open answers could give another outcome than `mode`, at any allowed points."""
        if any(self.outcome(points) != mode for points in self.table.corners):
            return True
        if not answers:
            return False
        free = [name for name in self.open if name not in self.table.gates]
        return self._settled_otherwise(mode) or self._crossed(mode, free, answers) or self._through_gates(mode, answers)

    def _settled_otherwise(self, mode: Outcome) -> bool:
        if len(self.settled) == len(MODES):
            return False
        possible = {m for name in self.open for option in self.table.options[name].values() for m in option.settles}
        return bool(possible - self.settled - ({mode} if not self.settled else set()))

    def _crossed(self, mode: Outcome, free: Sequence[str], answers: int) -> bool:
        """Return whether answers to questions that open no others could push the cases over a line."""
        if self.settled:
            return False
        for points in self.table.corners:
            case = self.case(points)
            for has_parts in {self.has_parts, True}:
                if has_parts != self.has_parts and not any(self.can_name(name) for name in free):
                    continue
                kept = lines(self.kb.rules, mode, has_parts=has_parts)
                if kept is None:
                    return True
                for line in kept:
                    value = line.at(case) + self._worst(line, points, free, answers, turns=has_parts != self.has_parts)
                    if not line.kept(value):
                        return True
        return False

    def can_name(self, name: str) -> bool:
        """Return whether an answer to a question could name both parts of the work."""
        line = Line(Fraction(0), Fraction(0), strict=False)
        return self.table.loss(name, line, self.table.corners[0], names_parts=True) is not None

    def _worst(self, line: Line, points: Points, free: Sequence[str], answers: int, *, turns: bool) -> Fraction:
        """Return the lowest that so many answers can move a line; with `turns`, one of them has to name the parts."""
        plain = {name: self.table.loss(name, line, points, names_parts=False) for name in free}
        naming = {name: self.table.loss(name, line, points, names_parts=True) for name in free}
        either = plain
        if self.has_parts or turns:
            either = {
                name: min((x for x in (plain[name], naming[name]) if x is not None), default=None) for name in free
            }
        losses = sorted((loss, name) for name, loss in either.items() if loss is not None and loss < 0)
        if not turns:
            return sum((loss for loss, _ in losses[:answers]), Fraction(0))
        return min(
            first + sum((loss for loss, name in [x for x in losses if x[1] != turning][: answers - 1]), Fraction(0))
            for turning, first in naming.items()
            if first is not None
        )

    def _through_gates(self, mode: Outcome, answers: int) -> bool:
        """Return whether an answer that opens or closes other questions could lead to another outcome."""
        for name in self.open:
            if name in self.table.gates:
                for answer in possible_answers(self.table.questions[name]):
                    after = View(self.kb, self.service, {**self.answers, name: answer})
                    if after.could_change(mode, answers - 1):
                        return True
        return False


def possible_answers(question: Question) -> Iterator[tuple[str, ...]]:
    """Yield every answer that says something: for a checklist every set of ticks."""
    if question.choose == "one":
        yield from ((option,) for option in question.options)
        return
    yield (NONE_OF_THESE,)
    for size in range(1, len(question.options) + 1):
        yield from combinations(question.options, size)
