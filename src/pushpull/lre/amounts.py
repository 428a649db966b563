"""What is counted: the school week and the lines of the services, as numbers; and any amount as minutes a week."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from pushpull.kb.week import PlaceId, ProgramId, Unit


@dataclass(frozen=True)
class Apart:
    """A time of the day that the student spends apart from the other students, such as lunch."""

    kept: str
    """Its id under `kept` in `week.yaml`."""
    minutes: Fraction
    """Of a week."""


@dataclass(frozen=True)
class School:
    """The student's week at school."""

    total: Fraction | None
    """Minutes of the whole week, lunch and recess included; none if the plan does not say, which preschool may."""
    days: Fraction
    """School days of a week."""
    weeks: Fraction
    """Weeks of a school year."""
    months: Fraction
    quarters: Fraction
    cycle: Fraction
    """School days of a cycle."""
    apart: tuple[Apart, ...] = ()


@dataclass(frozen=True)
class Amount:
    """One line: one amount in one place."""

    entry: str
    """The plan's own id of the service."""
    line: str
    """The plan's own id of the line; empty for the short form."""
    minutes: Fraction
    """Of one session; of a range, the larger number."""
    times: Fraction
    per: Unit
    place: PlaceId
    least: Fraction | None = None
    """Of a range, the smaller number."""
    misses: tuple[str, ...] = ()
    part: str = ""
    varies: str = ""
    """Why the minutes are a range."""
    related: bool = True
    """Whether it has to do with the disability."""


@dataclass(frozen=True)
class Child:
    """A child before kindergarten."""

    program: ProgramId
    hours: Fraction | None = None
    """Hours a week in a regular program."""


@dataclass(frozen=True)
class Given:
    """Everything that a plan tells about the week."""

    school: School
    now: tuple[Amount, ...]
    proposed: tuple[Amount, ...]
    """The proposed lines; where an entry has none, its present ones."""
    as_now: tuple[str, ...] = ()
    """The entries that have no proposed lines, and so count with their present ones."""
    unknown_now: tuple[str, ...] = ()
    """The entries of which no present amount is told."""
    unknown_proposed: tuple[str, ...] = ()
    loves: tuple[str, ...] = ()
    child: Child | None = None
    """Told of a child before kindergarten, for whom there is no percent."""

    @property
    def proposes(self) -> bool:
        """Return whether anything is proposed at all."""
        return bool({amount.entry for amount in self.proposed} - set(self.as_now))


def times_a_week(amount: Amount, school: School) -> Fraction:
    """Return how often a session takes place in a week, on average over the school year."""
    weeks = school.weeks
    in_a_week: dict[Unit, Fraction] = {
        "day": school.days,
        "week": Fraction(1),
        "month": school.months / weeks,
        "quarter": school.quarters / weeks,
        "year": 1 / weeks,
        "cycle": school.days / school.cycle,
    }
    return amount.times * in_a_week[amount.per]


def minutes_a_week(amount: Amount, school: School) -> Fraction:
    """Return the minutes of a line in a week, on average over the school year."""
    return amount.minutes * times_a_week(amount, school)
