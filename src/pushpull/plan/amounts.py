"""A plan's words to the numbers of its week; what cannot be counted is a problem with its place."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, cast, get_args

from pushpull.kb.full import FullKnowledge
from pushpull.kb.week import PlaceId, ProgramId, Unit
from pushpull.lre import Amount, Apart, Child, Given, School, Weeks, work_out
from pushpull.plan.fields import Line, Planned, Shared
from pushpull.plan.files import PlanFile
from pushpull.plan.numbers import as_number, as_range, written
from pushpull.problems import BadFile, Place, Problem, discreet
from pushpull.source.closest import closest
from pushpull.source.tree import place_of

_MINUTES_OF_A_DAY = 24 * 60
_EXAMPLES = {"times": "2", "days_a_week": "5", "weeks": "36", "months": "9", "cycle": "6", "hours": "12"}
_PRESCHOOL = "preschool"
_YES, _NO = "yes", "no"
Path = tuple[str, ...]

NOT_TOLD = frozenset({"no_school_week", "amount_not_whole", "place_not_told", "no_program", "no_hours"})
"""Problems of a plan that tells too little. A plan that says nothing of its week does not have to hear them."""


def week_of(file: PlanFile, kb: FullKnowledge) -> Weeks:
    """Return the week of a plan; raise `BadFile` with everything in it that cannot be counted."""
    reader = _Reader(file, kb)
    given = reader.given()
    if reader.problems or given is None:
        raise BadFile(map(discreet, reader.problems))
    weeks = work_out(kb.week, given)
    too_much = list(_too_much(file, weeks))
    if too_much:
        raise BadFile(too_much)
    return weeks


def _too_much(file: PlanFile, weeks: Weeks) -> Iterator[Problem]:
    for _, week in weeks.each:
        if week.total is not None and week.outside > week.total:
            values = {"count": written(week.outside), "total": written(week.total)}
            yield Problem.at(place_of(file.node, ("week",), key=True), "more_than_week", **values)


@dataclass
class _Reader:
    """Reads numbers, and gathers what is wrong with each."""

    file: PlanFile
    kb: FullKnowledge
    problems: list[Problem] = field(default_factory=list)

    def given(self) -> Given | None:
        """Return everything that the plan tells about the week, or None if its frame is missing."""
        plan = self.file.plan
        child = self.child()
        school = self.school(for_child=child is not None)
        now: list[Amount] = []
        proposed: list[Amount] = []
        as_now: list[str] = []
        unknown_now: list[str] = []
        unknown_proposed: list[str] = []
        for name, planned in plan.services.items():
            present = self.present(name, planned)
            lines = self.lines(name, planned, planned.proposed, ("proposed",))
            now += present
            proposed += lines or present
            if not planned.lines_now and planned.now != "none":
                unknown_now.append(name)
            if not planned.proposed:
                (as_now if present or planned.lines_now else unknown_proposed).append(name)
        if school is None:
            return None
        return Given(
            school=school,
            now=tuple(now),
            proposed=tuple(proposed),
            as_now=tuple(as_now),
            unknown_now=tuple(unknown_now),
            unknown_proposed=tuple(unknown_proposed),
            loves=plan.student.loves,
            child=child,
        )

    # --- the frame --------------------------------------------------------------------------------------------------

    def school(self, *, for_child: bool) -> School | None:
        """Return the school week, from whichever of the ways to tell it the plan chose."""
        week, usual = self.file.plan.week, self.kb.week.calendar
        told = self.number(("week", "days_a_week"), week.days_a_week)
        days = told or (Fraction(len(week.days)) if week.days else usual.days)
        totals = {}
        if week.minutes:
            totals["minutes"] = self.number(("week", "minutes"), week.minutes, example="1950")
        if week.day:
            one = self.day(("week", "day"), week.day)
            totals["day"] = one and one * days
        if week.days:
            each = [self.day(("week", "days", name), minutes) for name, minutes in week.days.items()]
            totals["days"] = sum((one for one in each if one), Fraction(0)) if all(each) else None
        if told or not week.days_a_week:
            self.agreed(totals)
        if not totals and not for_child:
            place = self.key("week") if self.file.node.get("week") else self.file.node.place
            self.add(Problem.at(place, "no_school_week"))
            return None
        return School(
            total=next(iter(totals.values()), None),
            days=days,
            weeks=self.number(("week", "weeks"), week.weeks) or usual.weeks,
            months=self.number(("week", "months"), week.months) or usual.months,
            quarters=usual.quarters,
            cycle=self.number(("week", "cycle"), week.cycle) or usual.cycle,
            apart=tuple(self.apart(days)),
        )

    def agreed(self, totals: Mapping[str, Fraction | None]) -> None:
        """Point out two ways of telling the week that do not come to the same."""
        known = [(word, total) for word, total in totals.items() if total is not None]
        for (first, one), (second, other) in itertools.pairwise(known):
            if one != other:
                place = self.key("week", second)
                values = {"word": second, "first": first, "one": written(one), "other": written(other)}
                self.add(Problem.at(place, "week_twice", **values))

    def apart(self, days: Fraction) -> Iterator[Apart]:
        """Yield lunch and recess, where they are spent apart from other students."""
        week = self.file.plan.week
        for name, time in (("lunch", week.lunch), ("recess", week.recess)):
            minutes = self.number(("week", name, "minutes"), time.minutes) if time.minutes else None
            if self.kept_apart(("week", name), time):
                if minutes:
                    yield Apart(name, minutes * days)
                elif not time.minutes:
                    self.add(Problem.at(self.key("week", name), "apart_how_long"))

    def kept_apart(self, path: Path, time: Shared) -> bool:
        return bool(time.shared) and self.one_of((*path, "shared"), time.shared, (_YES, _NO)) == _NO

    def child(self) -> Child | None:
        """Return what is told of a child before kindergarten, or None for a student of school age."""
        plan = self.file.plan
        told, grade = plan.week.preschool, plan.student.grade
        if grade != _PRESCHOOL and not told.program:
            return None
        place = self.key("week", "preschool")
        if grade not in {_PRESCHOOL, ""}:
            self.add(Problem.at(place, "preschool_grade", word=grade))
            return None
        if not told.program:
            self.add(Problem.at(place, "no_program", options=", ".join(get_args(ProgramId))))
            return Child("home")
        program = self.one_of(("week", "preschool", "program"), told.program, get_args(ProgramId))
        hours = self.number(("week", "preschool", "hours"), told.hours, example="12") if told.hours else None
        if program == "regular" and not told.hours:
            self.add(Problem.at(place, "no_hours"))
        return Child(cast("ProgramId", program or "home"), hours)

    # --- the lines --------------------------------------------------------------------------------------------------

    def present(self, name: str, planned: Planned) -> list[Amount]:
        """Return the present lines, and point out where the short form and the long one are mixed up."""
        path = ("services", name)
        short = next((word for word in ("minutes", "times", "per", "place") if getattr(planned, word)), "")
        if planned.present:
            if short:
                self.add(Problem.at(self.key(*path, short), "amount_twice", word=short))
            return self.lines(name, planned, planned.present, ("present",))
        if not short:
            return []
        if not planned.minutes:
            self.add(Problem.at(self.key(*path), "amount_not_whole", word="minutes"))
            return []
        if planned.now == "blend":
            self.add(Problem.at(self.key(*path, "minutes"), "blend_one_amount"))
            return []
        if planned.now == "none":
            self.add(Problem.at(self.key(*path, "minutes"), "not_begun"))
            return []
        if (planned.now, planned.place) in {("push_in", "outside"), ("pull_out", "inside")}:
            self.add(Problem.at(self.key(*path, "place"), "place_against_now", now=planned.now, where=planned.place))
            return []
        return self.lines(name, planned, planned.lines_now, ())

    def lines(self, name: str, planned: Planned, lines: Mapping[str, Line], under: Path) -> list[Amount]:
        """Return lines as numbers, without those that are wrong."""
        related = self.related(name, planned)
        found = []
        for key, line in lines.items():
            path = ("services", name, *under, *((key,) if under else ()))
            amount = self.amount(name, key, line, path)
            if amount:
                found.append(Amount(**{**vars(amount), "related": related}))
        return found

    def related(self, name: str, planned: Planned) -> bool:
        """Return whether a service has to do with the disability: as the plan says, else as its profile does."""
        if planned.related:
            return self.one_of(("services", name, "related"), planned.related, (_YES, _NO)) != _NO
        return self.kb.services[planned.service].related

    def amount(self, entry: str, key: str, line: Line, path: Path) -> Amount | None:
        missing = [word for word in ("minutes", "times", "per") if not getattr(line, word)]
        for word in missing:
            self.add(Problem.at(self.key(*path), "amount_not_whole", word=word))
        if not line.place:
            self.add(Problem.at(self.key(*path), "place_not_told"))
        ends = as_range(line.minutes)
        minutes = ends[1] if ends else self.number((*path, "minutes"), line.minutes)
        times = self.number((*path, "times"), line.times)
        per = self.one_of((*path, "per"), line.per, get_args(Unit))
        place = self.one_of((*path, "place"), line.place, get_args(PlaceId))
        if not (minutes and times and per and place):
            return None
        return Amount(
            entry=entry,
            line=key,
            minutes=minutes,
            least=ends[0] if ends and ends[0] != ends[1] else None,
            times=times,
            per=cast("Unit", per),
            place=cast("PlaceId", place),
            misses=line.misses,
            part=line.part,
            varies=line.varies,
        )

    # --- words ------------------------------------------------------------------------------------------------------

    def add(self, problem: Problem) -> None:
        self.problems.append(problem)

    def key(self, *path: str) -> Place:
        """Return where the word in front of a value stands."""
        return place_of(self.file.node, path, key=True)

    def value(self, *path: str) -> Place:
        """Return where a value stands."""
        return place_of(self.file.node, path)

    def number(self, path: Path, text: str, *, example: str = "") -> Fraction | None:
        """Return a number, or None if there is none; what is written and is no number is pointed out."""
        if not text:
            return None
        found = as_number(text)
        if found is None:
            values = {"word": text, "example": example or _EXAMPLES.get(path[-1], "30")}
            self.add(Problem.at(self.value(*path), "not_an_amount", **values))
        return found

    def day(self, path: Path, text: str) -> Fraction | None:
        found = self.number(path, text, example="390")
        if found and found > _MINUTES_OF_A_DAY:
            self.add(Problem.at(self.value(*path), "day_too_long", word=text))
            return None
        return found

    def one_of(self, path: Path, text: str, options: tuple[Any, ...]) -> str | None:
        if not text or text in options:
            return text or None
        values = {"word": text, "options": ", ".join(options)}
        place = self.value(*path)
        self.add(Problem.at(place, "not_one_of", close=closest(text, options), **values))
        return None
