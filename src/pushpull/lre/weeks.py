"""The present week and the proposed one, side by side: totals, what is missed, and what is worth a warning."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from pushpull.kb.week import BandId, ClassRule, WeekRules
from pushpull.lre.amounts import Amount, Given, School, minutes_a_week, times_a_week
from pushpull.lre.bands import Room, band_of, bands_by_rule, in_the_gap, near_edge, room, rules_differ
from pushpull.lre.preschool import Category, category_of

When = Literal["now", "proposed"]
AlertKind = Literal["crossed", "gap", "differ", "near", "kept", "loved", "range", "not_told", "half"]
_ZERO = Fraction(0)


@dataclass(frozen=True)
class Counted:
    """One line with its minutes a week and how they count."""

    amount: Amount
    minutes: Fraction
    """Of a week."""
    times: Fraction
    """Of a week."""
    counts: Literal["inside", "outside"]
    leaves: bool
    """Whether the student leaves the class for it."""


@dataclass(frozen=True)
class Missed:
    """What is missed under one name, or under several that a line names together."""

    names: tuple[str, ...]
    """Empty if the plan does not say what is missed."""
    entries: tuple[str, ...]
    minutes: Fraction
    """Of a week."""
    a_year: Fraction
    """Minutes of a school year."""


@dataclass(frozen=True)
class Week:
    """One week, worked out."""

    lines: tuple[Counted, ...]
    total: Fraction | None
    apart: Mapping[str, Fraction]
    """Minutes that count as outside because a time such as lunch is spent apart, without what a service takes of it."""
    outside: Fraction
    trips: Fraction
    """How often a week the student goes out and comes back."""
    trips_a_day: Fraction
    missed: tuple[Missed, ...]
    percent: Fraction | None = None
    """Of the week inside the regular class, exactly; none before kindergarten."""
    rule: ClassRule | None = None
    band: BandId | None = None
    bands: Mapping[ClassRule, BandId] | None = None
    """The group by each of the rules."""
    room: Room | None = None
    category: Category | None = None
    """Told before kindergarten only."""

    @property
    def inside(self) -> Fraction | None:
        """Return the minutes in class: all that are not outside."""
        return None if self.total is None else self.total - self.outside


@dataclass(frozen=True)
class Alert:
    """Something worth a warning, still without words."""

    kind: AlertKind
    when: tuple[When, ...]
    entry: str = ""
    line: str = ""
    name: str = ""
    """What is missed, as the plan calls it."""


@dataclass(frozen=True)
class Weeks:
    """The present week, and the proposed one if anything is proposed."""

    given: Given
    now: Week
    proposed: Week | None
    alerts: tuple[Alert, ...]

    @property
    def each(self) -> tuple[tuple[When, Week], ...]:
        """Return the weeks there are, with the word for each."""
        return (("now", self.now), *((("proposed", self.proposed),) if self.proposed else ()))


def work_out(rules: WeekRules, given: Given) -> Weeks:
    """Return both weeks of a plan, and what is worth a warning."""
    now = _week(rules, given, given.now)
    proposed = _week(rules, given, given.proposed) if given.proposes else None
    weeks = Weeks(given, now, proposed, ())
    return Weeks(given, now, proposed, tuple(_alerts(rules, weeks)))


def _week(rules: WeekRules, given: Given, amounts: Sequence[Amount]) -> Week:
    school = given.school
    lines = tuple(_counted(rules, amount, school) for amount in amounts)
    apart = _apart(rules, school, lines)
    outside = sum((line.minutes for line in lines if line.counts == "outside"), sum(apart.values(), _ZERO))
    trips = sum((line.times for line in lines if line.leaves), _ZERO)
    week = Week(
        lines=lines,
        total=school.total,
        apart=apart,
        outside=outside,
        trips=trips,
        trips_a_day=trips / school.days,
        missed=tuple(_missed(lines, school)),
    )
    if given.child:
        help_given = [
            (line.minutes, rules.place(line.amount.place).in_program) for line in lines if line.amount.related
        ]
        return replace(week, category=category_of(given.child, help_given, rules.preschool))
    if school.total is None:
        return week
    percent = (school.total - outside) / school.total * 100
    return replace(
        week,
        percent=percent,
        rule=rules.rule,
        band=band_of(percent, rules),
        bands=bands_by_rule(percent, rules),
        room=room(percent, school.total, rules),
    )


def _counted(rules: WeekRules, amount: Amount, school: School) -> Counted:
    place = rules.place(amount.place)
    return Counted(
        amount=amount,
        minutes=minutes_a_week(amount, school),
        times=times_a_week(amount, school),
        counts=place.counts if amount.related else "inside",
        leaves=place.leaves,
    )


def _apart(rules: WeekRules, school: School, lines: Sequence[Counted]) -> dict[str, Fraction]:
    """Return the minutes apart, without those in which a service takes place: these count by the service's own place.

    A line takes of such a time only if it misses nothing else; where the plan names several, nobody knows the shares.
    """
    left = {each.kept: each.minutes for each in school.apart}
    taking = []
    for line in lines:
        kept = {kept_as(name, rules) for name in line.amount.misses}
        if kept and kept <= set(left):
            taking.append((kept, line.minutes))
    # Lines with one name first: what they take, no other name could give them.
    for kept, minutes in sorted(taking, key=lambda one: len(one[0])):
        for name in sorted(str(each) for each in kept):
            taken = min(left[name], minutes)
            left[name] -= taken
            minutes -= taken  # noqa: PLW2901  what is left of the line goes to the next name
    return left


def _missed(lines: Sequence[Counted], school: School) -> Iterator[Missed]:
    """Yield what is missed, grouped by name, in the order of the plan; what the plan does not name comes last."""
    groups: dict[tuple[str, ...], list[Counted]] = {}
    for line in lines:
        if line.leaves:
            groups.setdefault(tuple(name.casefold() for name in line.amount.misses), []).append(line)
    for _, group in sorted(groups.items(), key=lambda each: not each[0]):
        minutes = sum((line.minutes for line in group), _ZERO)
        yield Missed(
            names=group[0].amount.misses,
            entries=tuple(dict.fromkeys(line.amount.entry for line in group)),
            minutes=minutes,
            a_year=minutes * school.weeks,
        )


def kept_as(name: str, rules: WeekRules) -> str | None:
    """Return the id of the time that a name of the plan speaks of, such as lunch, if it is one to be kept."""
    return next((each for each, kept in rules.kept.items() if any(_speaks_of(name, word) for word in kept.words)), None)


def loved(name: str, loves: Sequence[str]) -> bool:
    """Return whether a student loves what is missed, as the plan tells it."""
    return any(_speaks_of(name, word) or _speaks_of(word, name) for word in loves)


def _speaks_of(name: str, word: str) -> bool:
    """Return whether a word, or words, stand in a name as whole words."""
    plain_name, plain_word = (" ".join(re.findall(r"\w+", text.casefold().replace(".", ""))) for text in (name, word))
    return bool(plain_word) and f" {plain_word} " in f" {plain_name} "


def _alerts(rules: WeekRules, weeks: Weeks) -> Iterator[Alert]:
    if weeks.proposed and weeks.now.band != weeks.proposed.band:
        yield Alert("crossed", ("proposed",))
    found: dict[Alert, list[When]] = {}
    for when, week in weeks.each:
        for alert in _alerts_of(rules, weeks.given, week):
            found.setdefault(alert, []).append(when)
    for alert, whens in found.items():
        # A line of one week alone is told for it; what holds for both is told once.
        yield replace(alert, when=tuple(whens))


def _alerts_of(rules: WeekRules, given: Given, week: Week) -> Iterator[Alert]:
    if week.percent is not None:
        if in_the_gap(week.percent, rules):
            yield Alert("gap", ())
        elif rules_differ(week.percent, rules):
            yield Alert("differ", ())
        if near_edge(week.percent, rules):
            yield Alert("near", ())
    if week.category and week.category.half:
        yield Alert("half", ())
    for line in week.lines:
        amount = line.amount
        if amount.least is not None and not amount.varies:
            yield Alert("range", (), amount.entry, amount.line)
        if line.leaves and not amount.misses:
            yield Alert("not_told", (), amount.entry, amount.line)
        for name in amount.misses if line.leaves else ():
            if loved(name, given.loves):
                yield Alert("loved", (), amount.entry, name=name)
            elif kept_as(name, rules):
                yield Alert("kept", (), amount.entry, name=name)
