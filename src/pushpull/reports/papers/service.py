"""One service on a paper: what both papers say of it, in short."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pushpull.kb import MODES, Delivery, MeetingQuestion, Mode, Point
from pushpull.lre import Counted, When
from pushpull.reports import phrases
from pushpull.reports.papers.stamp import Material
from pushpull.reports.suggestion import ServicePage
from pushpull.reports.week import WeekPage
from pushpull.suggest import Reason

LEADING = 3
"""So many reasons for each way stand on a paper with all that is behind them."""
_SOURCES = 2
"""So many sources of one sentence are named; the rest are counted."""
_MORE_CLASS = ("inside", "with_peers", "community")
_URGENT = {"open": 0, "unknown": 1}
_FIRM = {"unsettled": 0, "leaning": 1, "firm": 2}


class PaperService(ServicePage):
    """One service, with what a paper needs beside the suggestion."""

    def __init__(self, material: Material, name: str) -> None:
        super().__init__(material.kb, material.plan, name, material.found[name], material.words)
        self.material = material
        self.name = name
        self.used: list[str] = []
        """Ids of the sources that were named."""

    @property
    def urgency(self) -> tuple[int, int]:
        """Return what comes first: what is open, then what hangs on little; what is firm comes last."""
        return (_URGENT.get(self.found.mode, 2), _FIRM[self.outlook.firmness])

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
        """Return the first sources of a sentence, and how many more there are."""
        ids = tuple(ids)
        self.used += ids[:_SOURCES]
        if len(ids) > _SOURCES:
            return self.words("paper.cited_more", ids=", ".join(ids[:_SOURCES]), more=str(len(ids) - _SOURCES))
        return phrases.cited(ids)

    # --- questions to raise -----------------------------------------------------------------------------------------

    def questions_for(self, way: Delivery, most: int, *, family: bool = False) -> list[str]:
        """Return the questions to raise about a way: first what is missing for it, then what is always worth asking."""
        missing = [
            self.text(item.ask)
            for item in self.found.requirements
            if item.status != "met" and way in item.modes and (way == "blend" or item.modes != ("blend",))
        ]
        bank = getattr(self.kb.papers.questions, way)
        asked = [self._worded(item, family=family) for item in bank.values() if not self._answered(item)]
        # What is missing is worded by the requirements; the bank's questions with a condition ask the same.
        always = [
            self._worded(item, family=family) for item in bank.values() if not item.unless and not self._answered(item)
        ]
        found = [*missing, *always] if not family else asked
        return list(dict.fromkeys(found))[:most]

    def questions_for_both(self, most: int, *, family: bool = False) -> list[str]:
        """Return the questions to raise whichever way the team chooses."""
        bank = self.kb.papers.questions.both
        return [self._worded(item, family=family) for item in bank.values() if not self._answered(item)][:most]

    def _worded(self, item: MeetingQuestion, *, family: bool) -> str:
        return self.text(item.for_family if family and item.for_family else item.ask)

    def _answered(self, item: MeetingQuestion) -> bool:
        return any(set(options) & set(self.answers.get(question, ())) for question, options in item.unless.items())

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

    def line_texts(self) -> Iterator[str]:
        """Yield the service as the lines of an IEP: those proposed, else one for each part with room for the amount."""
        weeks = self.material.weeks
        if weeks and self.proposed:
            page = WeekPage(self.kb, self.material.plan, weeks, self.words)
            for line in self.proposed:
                given = self.planned.proposed[line.amount.line]
                yield " ".join(
                    filter(
                        None,
                        (
                            self.words(
                                "paper.line",
                                part=line.amount.part or self.kb.services[self.found.service].name,
                                place=self.kb.week.place(line.amount.place).name,
                                amount=page.amount(line),
                                minutes=page.number(line.minutes),
                            ),
                            self.words("paper.line_who", who=given.who) if given.who else "",
                            self.words("paper.line_dates", starts=given.starts, ends=given.ends)
                            if given.starts and given.ends
                            else "",
                        ),
                    )
                )
            return
        if self.planned.proposed:
            for item in self.planned.proposed.values():
                yield self.words(
                    "paper.line_as_written", part=item.part, minutes=item.minutes, times=item.times, per=item.per
                )
            return
        for mode in MODES:
            if self.found.mode == mode and not self.found.parts:
                yield self.words("paper.line_open", place=self.words(f"place.{mode}"))
            for part in self.found.parts.get(mode, ()):
                yield self.words("paper.line_open_part", place=self.words(f"place.{mode}"), part=part)

    # --- moving towards class ---------------------------------------------------------------------------------------

    def steps(self) -> str:
        """Return how sessions would move into class one by one, if the proposal counts them by the week."""
        lines = [line for line in self.proposed if line.amount.per == "week" and line.amount.times.denominator == 1]
        out = sum(int(line.amount.times) for line in lines if line.leaves)
        inside = sum(int(line.amount.times) for line in lines if line.amount.place in _MORE_CLASS)
        if not out:
            return ""
        return self.words(
            "paper.steps",
            out=str(out),
            inside=str(inside),
            next_out=str(out - 1),
            next_inside=str(inside + 1),
        )
