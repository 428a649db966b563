"""The percent of the week inside the regular class, from the amounts in a student's rows: as `lre` counts it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import cast, get_args

from pushpull.caseload.cells import BadCell, Read, short
from pushpull.caseload.columns import plain
from pushpull.kb.week import PlaceId, Unit, WeekRules
from pushpull.lre.amounts import Amount, School, minutes_a_week
from pushpull.lre.bands import near_edge
from pushpull.plan.numbers import as_number, as_range

_PLACES: Mapping[str, str] = {"push_in": "inside", "pull_out": "outside"}
Number = int | Fraction
Cells = tuple[str, str, str, str, str]
"""The present way, minutes, times, period and place of a row."""


@dataclass(frozen=True)
class Share:
    """A student's share of the week inside the regular class, as it is written; nothing where it cannot be told."""

    percent: str = ""
    near: bool = False
    """Whether a little more or less time would put the student into another group of the reports."""


NOTHING = Share()


class Amounts:
    """Reads the amounts of rows, and works out the share of a student."""

    def __init__(self, rules: WeekRules) -> None:
        self._rules = rules
        self._outside: dict[tuple[Cells, bool], Number | None] = {}
        self._shares: dict[tuple[Number, Number], Share] = {}
        self.weeks = Read(_week)

    def outside(self, cells: Cells, *, related: bool) -> Number | None:
        """Return how many minutes a week a row takes outside the class; None if the row does not tell.

        Raises `BadCell` for an amount that is none.
        """
        key = cells, related
        if key not in self._outside:
            if len(self._outside) >= 1 << 16:
                self._outside.clear()
            self._outside[key] = _light(self._worked_out(*cells, related=related))
        return self._outside[key]

    def share(self, week: Number | None, rows: Iterable[Number | None]) -> Share:
        """Return the share of a student with so long a week and such minutes outside."""
        outside: Number = 0
        for minutes in rows:
            if minutes is None or week is None:
                return NOTHING
            outside += minutes
        if week is None or outside > week:
            return NOTHING
        key = week, outside
        if key not in self._shares:
            if len(self._shares) >= 1 << 16:
                self._shares.clear()
            percent = Fraction(week - outside) / week * 100
            self._shares[key] = Share(written(percent), near_edge(percent, self._rules))
        return self._shares[key]

    def _worked_out(
        self, now: str, minutes: str, times: str, per: str, place: str, *, related: bool
    ) -> Fraction | None:
        place = _one_of("place", place, get_args(PlaceId)) or _PLACES.get(now, "")
        per = _one_of("per", per, get_args(Unit))
        numbers = [_amount(column, text) for column, text in (("minutes", minutes), ("times", times))]
        if now == "none" or (now == "push_in" and place == "inside"):
            return Fraction(0)  # time in class takes nothing away, however much it is
        if not (place and per and all(numbers)):
            return None
        calendar = self._rules.calendar
        school = School(
            None, calendar.days, calendar.weeks, calendar.months, calendar.quarters, calendar.cycle
        )  # fmt: skip
        length, often = cast("list[Fraction]", numbers)
        amount = Amount("", "", length, often, cast("Unit", per), cast("PlaceId", place), related=related)
        counts = self._rules.place(amount.place).counts if related else "inside"
        return minutes_a_week(amount, school) if counts == "outside" else Fraction(0)


def written(percent: Fraction) -> str:
    """Return a percent in digits, at most four behind the point: enough to tell two weeks of whole minutes apart."""
    return f"{float(percent):.4f}".rstrip("0").rstrip(".")


def _amount(column: str, text: str) -> Fraction | None:
    if not text.strip():
        return None
    ends = as_range(text) if column == "minutes" else None
    found = ends[1] if ends else as_number(text)
    if found is None:
        raise BadCell(column, "not_an_amount", word=short(text), example="30" if column == "minutes" else "2")
    return found


def _week(text: str) -> Number | None:
    if not text.strip():
        return None
    found = as_number(text)
    if found is None:
        raise BadCell("week", "not_an_amount", word=short(text), example="1950")
    return _light(found)


def _light(number: Fraction | None) -> Number | None:
    """Return a whole number as such: it is as exact, and many times as fast."""
    return number.numerator if number is not None and number.denominator == 1 else number


def _one_of(column: str, text: str, options: Sequence[str]) -> str:
    wanted = plain(text)
    if wanted and wanted not in options:
        raise BadCell(column, "not_one_of", word=short(text), options=", ".join(options))
    return wanted
