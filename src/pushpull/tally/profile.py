"""One service, compiled: from a row of answers to what `suggest` and `outlook` say of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from pushpull import interview
from pushpull.kb.base import KnowledgeBase
from pushpull.kb.entry import Mode, Outcome
from pushpull.kb.questions import Question
from pushpull.outlook.changes import by_swing
from pushpull.outlook.firmness import MOST_ANSWERS, Firmness, View
from pushpull.outlook.table import Table
from pushpull.suggest import argued, not_counted
from pushpull.tally.layout import Layout
from pushpull.tally.memo import Memo
from pushpull.tally.phrase import Phrase, Phrases
from pushpull.tally.result import MOST_REASONS, Tally, asked
from pushpull.tally.ruling import CASE_BITS, COUNTS, MATTER_OPEN, SUM_BITS, SUMS, Group, Ruling, Standing
from pushpull.tally.weight import Weight

MOST_PROSPECTS = 1 << 11
"""So many sets of open questions are remembered for each service: about one megabyte."""


class Prospect(NamedTuple):
    """What two open answers could still do to an outcome that holds as answered."""

    worst: int
    """The lowest that they can add."""
    firm: int | None
    """The signs that are still set if it holds even then; None if they lead to another outcome anyway."""


class Unmet(NamedTuple):
    """The requirements that are not met: their ids, and what was not shown."""

    names: tuple[str, ...]
    phrases: Phrases


class Profile:
    """One service of a knowledge base, for very many students.

    `weigh` compiles an answer, once for all rows; `tally` adds up a row. The profiles of one knowledge base may share
    one ruling, and then remember what follows from the sums together.
    """

    def __init__(
        self, kb: KnowledgeBase, service: str, ruling: Ruling | None = None, *, most: int = MOST_PROSPECTS
    ) -> None:
        self._kb = kb
        self._service = service
        self._table = Table(kb, service)
        self._ruling = ruling or Ruling(kb.rules)
        self._layout = Layout(self._table, self._ruling, kb.requirements)
        self._direct = not self._layout.fits or bool(self._table.gates)
        """Whether each row is asked of `suggest`, as where some questions open others."""
        self._prospects: Memo[int, Prospect] = Memo(self._prospect, most)
        self._unmet: Memo[int, Unmet] = Memo(self._unmet_of, most)
        self._pairs = Memo(self._pairs_of, most >> 2)  # each of them is long
        self._same: dict[int, int] = {}
        self._kept = Memo(self._kept_on, most)
        self._next_facts = Memo(self._next_fact, most)
        modes: tuple[Outcome, ...] = ("open", "unknown")  # the swing depends on no more than whether the matter is open
        self._ranking = {mode: by_swing(self._table, mode, self.questions) for mode in modes}
        speaking, swinging = self._layout.speaking, self._ranking["unknown"]
        first = {name: speaking[name] for name in swinging if name in speaking}
        self._by_swing = list({**first, **speaking}.values())
        self._logistics = [
            place for place, question in enumerate(self.questions.values()) if question.role == "logistics"
        ]
        self.unanswered = tuple(self.weigh(name, ()) for name in self.questions)
        """A row in which nothing was answered, to put weights in."""

    @property
    def questions(self) -> Mapping[str, Question]:
        """The student's questions and the service's, in the order of asking: the order of the weights in a row."""
        return self._layout.questions

    @property
    def remembered(self) -> Iterator[int]:
        """How many of each kind of result are remembered now."""
        yield from (len(self._prospects), len(self._pairs), len(self._unmet), len(self._next_facts))
        yield from map(len, self._ruling.standings.values())

    def weigh(self, question: str, answer: tuple[str, ...]) -> Weight:
        """Return one answer, compiled. Worth remembering: the same answer is the same weight in every row."""
        item = self.questions[question]
        usable = interview.usable(item, answer)
        standing = {} if usable is None else {question: usable}
        reasons = tuple(argued(self.questions, standing, self._kb.rules))
        written = not_counted(self.questions, {question: answer}, standing)
        adds = self._layout.added(question, standing, reasons)
        return Weight(question, answer, adds, reasons, [each.solve for each in written if each.solve])

    def tally(self, row: Sequence[Weight], student: str) -> Tally:
        """Return what `suggest` and `outlook` say of a row: a weight for each of `questions`, in their order."""
        if self._direct:
            return self._asked(row, student)
        layout = self._layout
        total = sum([weight.adds for weight in row], layout.lanes.start)
        standing = self._ruling.standings[total >> 4 * SUM_BITS & COUNTS][total & SUMS]
        unmet = self._unmet[total & layout.checked]
        return Tally(
            standing.mode,
            self._firmness(row, total, standing),
            standing.case_push_in,
            standing.case_pull_out,
            tuple([(mode, phrase.told(student)) for mode, phrase in self._first(row, standing.order, total)]),
            unmet.phrases.told(student),
            unmet.names,
            self._next_facts[total & layout.open | standing.asks] if standing.asks else "",
            self._solve(row, student),
            total >> layout.count_at & layout.count,
        )

    def _first(self, row: Sequence[Weight], order: tuple[Group, ...], total: int) -> list[tuple[Mode, Phrase]]:
        """Return the first reasons in an order of their kinds."""
        layout = self._layout
        kinds, width, every = total >> layout.kinds_at, layout.width, layout.every
        found: list[tuple[Mode, Phrase]] = []
        for number, group in order:
            gave = 0
            for kind in group:
                gave |= kinds >> kind * width
            gave &= every
            while gave:
                place = (gave & -gave).bit_length() - 1
                found += row[place].told(number)
                if len(found) >= MOST_REASONS:
                    return found[:MOST_REASONS]
                gave &= gave - 1
        return found

    def _firmness(self, row: Sequence[Weight], total: int, standing: Standing) -> Firmness:
        if standing.mode == "unknown":
            return "unsettled"
        if standing.thin:
            return View(self._kb, self._service, _answers(row)).firmness()
        kept = self._kept[standing.ground]
        if total & kept != kept:
            return "unsettled"
        for pair in self._pairs[total & self._layout.open]:
            worst, firm = self._prospects[pair | standing.ground]
            if firm is None or (total + worst) & firm != firm:
                return "leaning"
        return "firm"

    def _pairs_of(self, open_bits: int) -> tuple[int, ...]:
        """Return every two of some open questions, those that swing furthest first.

        What two answers could do is found two by two: there are few pairs, and very many sets of open questions.
        """
        bits = sorted(map(self._layout.speaking.__getitem__, self._free(open_bits)), key=self._by_swing.index)
        if len(bits) <= MOST_ANSWERS:
            return (open_bits,)
        # Each pair is one number, however many sets it belongs to.
        return tuple(self._same.setdefault(pair, pair) for pair in map(sum, combinations(bits, MOST_ANSWERS)))

    def _kept_on(self, ground: int) -> int:
        return self._layout.lanes.kept(self._ruling.grounds[ground])

    def _prospect(self, key: int) -> Prospect:
        ground = self._ruling.grounds[key & (1 << CASE_BITS) - 1]
        free = frozenset(self._free(key))
        if self._table.settles_otherwise(ground.mode, ground.settled, free):
            return Prospect(0, None)
        return Prospect(*self._layout.lanes.crossed(ground, free, MOST_ANSWERS))

    def _next_fact(self, key: int) -> str:
        ranking = self._ranking["open" if key & MATTER_OPEN else "unknown"]
        free = set(self._free(key))
        return next((name for name in ranking if name in free), "")

    def _free(self, key: int) -> Iterator[str]:
        return (name for name, bit in self._layout.speaking.items() if key & bit)

    def _solve(self, row: Sequence[Weight], student: str) -> tuple[str, ...]:
        if len(self._logistics) == 1:
            return row[self._logistics[0]].solve.told(student)
        return tuple(text for place in self._logistics for text in row[place].solve.told(student))

    def _unmet_of(self, numbers: int) -> Unmet:
        unmet = [checked for checked in self._layout.requirements if checked.unmet(numbers)]
        return Unmet(tuple(each.name for each in unmet), Phrases(each.say for each in unmet))

    def _asked(self, row: Sequence[Weight], student: str) -> Tally:
        return asked(self._kb, self._service, _answers(row), student)


def _answers(row: Sequence[Weight]) -> dict[str, tuple[str, ...]]:
    return {weight.question: weight.answer for weight in row}
