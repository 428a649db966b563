"""One service on a paper: what both papers say of it, in short."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from pushpull.document import Block
from pushpull.kb.comparison import Point
from pushpull.kb.entry import MODES, Delivery, Mode
from pushpull.kb.papers import MeetingQuestion
from pushpull.lre import Counted, When
from pushpull.plan import Aid
from pushpull.reports import phrases
from pushpull.reports.papers.stamp import Material
from pushpull.reports.suggestion import ServicePage
from pushpull.reports.week import WeekPage
from pushpull.suggest import Reason

LEADING = 3
"""So many reasons for each way stand on a paper with all that is behind them."""
_MORE_CLASS = ("inside", "with_peers", "community")
_URGENT = {"open": 0, "unknown": 1}
_FIRM = {"unsettled": 0, "leaning": 1, "firm": 2}


class PaperService(ServicePage):
    """One service, with what a paper needs beside the suggestion."""

    def __init__(self, material: Material, name: str) -> None:
        super().__init__(material.kb, material.plan, name, material.found[name], material.words)
        self.material = material
        self.name = name
        self.said_first: frozenset[str] = frozenset()
        """Notes that stand at the top of the paper, once for all services."""

    @property
    def urgency(self) -> tuple[int, int]:
        """Return what comes first: what is open, then what hangs on little; what is firm comes last."""
        return (_URGENT.get(self.found.mode, 2), _FIRM[self.outlook.firmness])

    def own_first(self) -> Iterator[Block]:
        """Yield the notes in whose light this service has to be read, save those at the top of the paper."""
        return self.first_notes({*self.found.notes} - self.said_first)

    # --- reasons, and what could go wrong ---------------------------------------------------------------------------

    def for_mode(self, mode: Mode) -> list[Reason]:
        """Return the reasons for a mode, the leading ones first."""
        return [reason for reason in self.found.reasons if reason.mode == mode]

    def harms(self, mode: Mode, most: int) -> list[Point]:
        """Return what could go wrong with a mode: first what touches the concerns that speak for the other one."""
        concerns = [reason.concern for reason in self.found.reasons if reason.mode != mode]
        points = list(self.material.chart.pros_cons[mode].cons.values())
        ranks = {concern: rank for rank, concern in reversed(list(enumerate(concerns)))}
        return sorted(points, key=lambda point: ranks.get(point.concern, len(ranks) + len(points)))[:most]

    def cited_short(self, ids: Iterable[str]) -> str:
        """Return the first source of a sentence, and how many more there are."""
        found = tuple(ids)
        if len(found) > 1:
            return self.words("paper.cited_more", id=found[0], more=str(len(found) - 1))
        return phrases.cited(found)

    # --- questions to raise -----------------------------------------------------------------------------------------

    def questions_for(self, way: Delivery, most: int, *, family: bool = False) -> list[str]:
        """Return the questions to raise about a way.

        For the team, what is still to be shown stands beside them (`before`), so those of the bank that depend on an
        answer are left out; the family gets them in its own words.
        """
        bank = getattr(self.material.kb.papers.questions, way).values()
        asked = [item for item in bank if not self._answered(item) and (family or not item.unless)]
        return list(dict.fromkeys(self._worded(item, family=family) for item in asked))[:most]

    def questions_for_both(self, *, family: bool = False) -> list[str]:
        """Return the questions to raise whichever way the team chooses."""
        bank = self.material.kb.papers.questions.both
        return [self._worded(item, family=family) for item in bank.values() if not self._answered(item)]

    def before(self, *modes: Mode) -> list[str]:
        """Return what has to be shown before a way can be chosen, and whether it is.

        `modes` are those that need it: one of them, both, or none where a blend alone needs it.
        """
        said = []
        for item in self.found.requirements:
            if {*item.modes} & {*MODES} == {*modes}:
                status = self.words(f"paper.status_{item.status}")
                phrase = "paper.before_law" if item.basis == "law" else "paper.before"
                said.append(self.words(phrase, status=status, shown=self.text(item.say)))
        return said

    def _worded(self, item: MeetingQuestion, *, family: bool) -> str:
        return self.text(item.for_family if family and item.for_family else item.ask)

    def _answered(self, item: MeetingQuestion) -> bool:
        return any(set(options) & set(self.answers.get(question, ())) for question, options in item.unless.items())

    def aid(self, aid: Aid) -> str:
        """Return a support that was considered, with what came of it."""
        return self.words("paper.aid_with", aid=aid.aid, data=aid.data) if aid.data else aid.aid

    # --- the lines of the IEP ---------------------------------------------------------------------------------------

    def lines(self, when: When) -> list[Counted]:
        """Return the lines of this service, now or as proposed, as far as the week could be worked out."""
        weeks = self.material.weeks
        week = dict(weeks.each).get(when) if weeks else None
        return [line for line in week.lines if line.amount.entry == self.name] if week else []

    @property
    def proposed(self) -> list[Counted]:
        """Return the lines that the plan proposes for this service; none where it proposes nothing."""
        return self.lines("proposed") if self.planned.proposed else []

    def line_texts(self) -> list[str]:
        """Return the lines of an IEP for this service: those proposed, else one for each part, the amount left open."""
        words, found = self.words, self.found
        weeks = self.material.weeks
        if weeks and self.proposed:
            page = WeekPage(self.material.kb, self.material.plan, weeks, words)
            return [self._line(page, line) for line in self.proposed]
        if self.planned.proposed:
            return [
                words("paper.line_as_written", part=item.part, minutes=item.minutes, times=item.times, per=item.per)
                for item in self.planned.proposed.values()
            ]
        places = {mode: words(f"place.{mode}") for mode in MODES}
        if found.parts:
            parts = [(places[mode], part) for mode in MODES for part in found.parts.get(mode, ())]
            return [words("paper.line_open_part", place=place, part=part) for place, part in parts]
        return [words("paper.line_open", place=places[mode]) for mode in MODES if mode == found.mode]

    def _line(self, page: WeekPage, line: Counted) -> str:
        words = self.words
        given = self.planned.proposed[line.amount.line]
        dates = given.starts and given.ends
        said = (
            words(
                "paper.line",
                part=line.amount.part or self.kb.services[self.found.service].name,
                place=phrases.capital(self.material.kb.week.place(line.amount.place).name),
                amount=page.amount(line),
                minutes=page.number(line.minutes),
            ),
            words("paper.line_who", who=given.who) if given.who else "",
            words("paper.line_dates", starts=phrases.day(words, given.starts), ends=phrases.day(words, given.ends))
            if dates
            else "",
            words("paper.line_past") if phrases.is_past(given.starts, self.material.stamp.date) else "",
        )
        return " ".join(filter(None, said))

    def amounts(self) -> str:
        """Return how much of a week is outside and in class, now and as proposed, if the plan tells both."""
        weeks = self.material.weeks
        if not weeks or not self.lines("now") or not self.proposed:
            return ""
        page = WeekPage(self.material.kb, self.material.plan, weeks, self.words)
        (now_out, now_in), (out, inside) = _by_place(self.lines("now")), _by_place(self.proposed)
        given = {"now_out": now_out, "now_in": now_in, "out": out, "inside": inside}
        return self.words("paper.amounts", **{name: page.number(minutes) for name, minutes in given.items()})

    # --- moving towards class ---------------------------------------------------------------------------------------

    def steps(self) -> str:
        """Return a first step of sessions towards class, if the proposal counts them by the week.

        Nothing where an answer settles that the help is outside, or where a part of it has to stay there.
        """
        lines = [line for line in self.proposed if line.amount.per == "week" and line.amount.times.denominator == 1]
        out = sum(int(line.amount.times) for line in lines if line.leaves)
        inside = sum(int(line.amount.times) for line in lines if line.amount.place in _MORE_CLASS)
        if not out or self.found.settled_by or self.stays:
            return ""
        return self.words(
            "paper.steps",
            out=str(out),
            inside=str(inside),
            next_out=str(out - 1),
            next_inside=str(inside + 1),
        )


def _by_place(lines: Iterable[Counted]) -> tuple[Fraction, Fraction]:
    """Return minutes a week for which the student leaves class, and those for which not."""
    lines = tuple(lines)
    out = sum((line.minutes for line in lines if line.leaves), Fraction())
    return out, sum((line.minutes for line in lines if not line.leaves), Fraction())
