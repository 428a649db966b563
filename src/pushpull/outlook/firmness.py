"""How sure a suggestion is: what the open answers could still do to it.

Everything is exact. Under the rule each outcome is a set of lines over four sums: both cases, and both without the
reasons for named parts. What an answer adds to the four depends on that answer alone. So for one line, and one corner
of the points that people could reasonably give to the strengths, the worst that an open question can do is one number,
which depends on the question alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, combinations, product
from typing import Literal

from pushpull import interview
from pushpull.kb.base import KnowledgeBase
from pushpull.kb.entry import MODES, NONE_OF_THESE, NOT_SURE, Mode, Outcome
from pushpull.kb.questions import Question
from pushpull.outlook.table import NO_COUNTS, Case, Points, table, weighed
from pushpull.rule import outcome

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
        self.on_path, self.standing = interview.walk(self.table.questions, answers)
        chosen = [
            self.table.options[name][option]
            for name, ticked in self.standing.items()
            for option in ticked
            if option not in {NOT_SURE, NONE_OF_THESE}
        ]
        added = (self.table.added(name, ticked) for name, ticked in self.standing.items())
        self.counts = tuple(map(sum, zip(NO_COUNTS * 2, *added, strict=True)))
        self.settled = frozenset(chain.from_iterable(option.settles for option in chosen))
        self.naming = {name for name in self.table.naming if self.table.names_parts(name, self.standing.get(name, ()))}
        """The questions whose answers name both parts."""
        self.has_parts = bool(self.naming)
        self.open = tuple(name for name in self.on_path if self.standing.get(name, (NOT_SURE,)) == (NOT_SURE,))
        self.mode = self.outcome(self.table.points)

    def case(self, points: Points) -> Case:
        """Return both cases and both rests at some points."""
        return weighed(self.counts, points)

    def outcome(self, points: Points) -> Outcome:
        """Return the outcome at some points."""
        return self.outcome_of(self.case(points), settled=self.settled, has_parts=self.has_parts)

    def outcome_of(self, case: Case, *, settled: frozenset[Mode] = frozenset(), has_parts: bool) -> Outcome:
        """Return the outcome of two cases. Few sums occur, and many changes lead to each: it is worked out once."""
        key = case, settled, has_parts
        if key not in self.table.outcomes:
            push_in, pull_out, *rests = case
            both: dict[Mode, int] = {"push_in": push_in, "pull_out": pull_out}
            rest: dict[Mode, int] = dict(zip(MODES, rests, strict=True))
            # The rule compares sums with one another, whatever their unit is, and with one number of points.
            mode = outcome(self.table.scaled, both, settled=settled, rest=rest if has_parts else None)
            self.table.outcomes[key] = mode
        return self.table.outcomes[key]

    def firmness(self) -> Firmness:
        """Return `firm`, `leaning` or `unsettled`."""
        if self.mode == "unknown" or not self.holds(self.mode):
            return "unsettled"
        return "leaning" if self.could_leave(self.mode, MOST_ANSWERS) else "firm"

    def holds(self, mode: Outcome) -> bool:
        """Return whether `mode` is the outcome at any allowed points."""
        return all(self.outcome(points) == mode for points in self.table.corners)

    def could_leave(self, mode: Outcome, answers: int) -> bool:
        """Return whether so many open answers could give another outcome than `mode`, which holds as answered."""
        if not answers:
            return False
        return self._settled_otherwise(mode) or self._crossed(mode, answers) or self._through_gates(mode, answers)

    def _settled_otherwise(self, mode: Outcome) -> bool:
        return self.table.settles_otherwise(mode, self.settled, self.open)

    def _crossed(self, mode: Outcome, answers: int) -> bool:
        """Return whether answers to questions that open no others could push the cases over a line."""
        if self.settled:
            return False
        free = frozenset(name for name in self.open if name not in self.table.gates)
        turns = [False, True] if not self.has_parts and free & self.table.naming else [False]
        for turning in turns:
            kept = self.table.lines(mode, has_parts=self.has_parts or turning)
            if kept is None:
                return True
            for line, points in product(kept, self.table.corners):
                losses = self.table.losses(line, points)
                worst = losses.worst(free, answers, has_parts=self.has_parts, turning=turning)
                if not line.kept(line.at(self.case(points)) + worst):
                    return True
        return False

    def _through_gates(self, mode: Outcome, answers: int) -> bool:
        """Return whether an answer that opens or closes other questions could lead to another outcome."""
        for name in self.open:
            if name in self.table.gates:
                for answer in possible_answers(self.table.questions[name]):
                    after = View(self.kb, self.service, {**self.answers, name: answer})
                    if not after.holds(mode) or after.could_leave(mode, answers - 1):
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
