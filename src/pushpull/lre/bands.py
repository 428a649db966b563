"""Which group of the report a part of the week falls into, by each of the three rules, and how far the edges are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import get_args

from pushpull.kb.week import BandId, ClassRule, WeekRules

_WHOLE = Fraction(100)
_HALF = Fraction(1, 2)


@dataclass(frozen=True)
class Border:
    """The least percent inside that still belongs to a group; the percent itself does only if it is `reached`."""

    percent: Fraction
    reached: bool

    def holds(self, inside: Fraction) -> bool:
        """Return whether a percent inside belongs to the group above this border."""
        return inside >= self.percent if self.reached else inside > self.percent


@dataclass(frozen=True)
class Room:
    """How many minutes a week lie between a week and the edges of its group."""

    out: Fraction | None = None
    """So many more minutes outside lead to the edge of the group below; none if there is none."""
    out_stays: bool = True
    """Whether a week on that very edge still belongs to its own group."""
    back: Fraction | None = None
    """So many minutes more in class lead to the edge of the group above; none if there is none."""


def borders(rules: WeekRules, rule: ClassRule) -> tuple[Border, Border]:
    """Return the borders below the first group and below the middle one."""
    inside, outside = rules.edges.inside, rules.edges.outside
    match rule:
        case "outside_lt_21":
            return Border(_WHOLE - outside.top, reached=False), Border(_WHOLE - outside.middle, reached=True)
        case "inside_ge_80":
            return Border(inside.top, reached=True), Border(inside.middle, reached=True)
        case "round_then_compare":
            # A percent that is rounded to a whole one, a half upward, reaches an edge from half a percent below it.
            return Border(inside.top - _HALF, reached=True), Border(inside.middle - _HALF, reached=True)


def band_of(inside: Fraction, rules: WeekRules, rule: ClassRule | None = None) -> BandId:
    """Return the group of a percent inside, by one rule or by the one that the data choose."""
    top, middle = borders(rules, rule or rules.rule)
    return "top" if top.holds(inside) else "middle" if middle.holds(inside) else "lowest"


def bands_by_rule(inside: Fraction, rules: WeekRules) -> Mapping[ClassRule, BandId]:
    """Return the group by each of the rules."""
    names: tuple[ClassRule, ...] = get_args(ClassRule)
    return {rule: band_of(inside, rules, rule) for rule in names}


def rules_differ(inside: Fraction, rules: WeekRules) -> bool:
    """Return whether the three rules do not all say the same."""
    return len(set(bands_by_rule(inside, rules).values())) > 1


def in_the_gap(inside: Fraction, rules: WeekRules) -> bool:
    """Return whether a percent lies where the labels by time inside leave a gap: more than 79 and less than 80."""
    return _WHOLE - rules.edges.outside.top < inside < rules.edges.inside.top


def room(inside: Fraction, total: Fraction, rules: WeekRules) -> Room:
    """Return the minutes between a week and the edges of its group, by the rule that the data choose."""
    top, middle = borders(rules, rules.rule)

    def minutes(border: Border) -> Fraction:
        return abs(inside - border.percent) * total / _WHOLE

    match band_of(inside, rules):
        case "top":
            return Room(out=minutes(top), out_stays=top.reached)
        case "middle":
            return Room(out=minutes(middle), out_stays=middle.reached, back=minutes(top))
        case "lowest":
            return Room(back=minutes(middle))


def near_edge(inside: Fraction, rules: WeekRules) -> bool:
    """Return whether an edge is nearer than the data call near."""
    return any(abs(inside - border.percent) <= rules.near for border in borders(rules, rules.rule))
