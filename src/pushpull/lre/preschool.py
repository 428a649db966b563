"""Before kindergarten: no percent of the day. Which program, how many hours, and where most of the help is given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from pushpull.kb.week import CategoryId, PreschoolRules
from pushpull.lre.amounts import Child

_HALF = Fraction(1, 2)


@dataclass(frozen=True)
class Category:
    """The group of the report, and what led to it."""

    id: CategoryId | None
    """None while no amount of help is told."""
    help: Fraction
    """Minutes a week of all help that has to do with the disability."""
    here: Fraction
    """Those of them that are given in the program."""

    @property
    def half(self) -> bool:
        """Return whether it is exactly half, which no federal text that was seen speaks of."""
        return self.help > 0 and self.here / self.help == _HALF


def category_of(child: Child, lines: Iterable[tuple[Fraction, bool]], rules: PreschoolRules) -> Category:
    """Return the group for a child; each of `lines` has its minutes a week, and whether it is given in the program."""
    lines = tuple(lines)
    total = sum((minutes for minutes, _ in lines), Fraction(0))
    here = sum((minutes for minutes, inside in lines if inside), Fraction(0))
    if child.program != "regular":
        return Category(child.program, total, here)
    if not total or child.hours is None:
        return Category(None, total, here)
    most_here = here / total > _HALF or (here / total == _HALF and rules.half == "here")
    if child.hours >= rules.hours:
        return Category("long_here" if most_here else "long_elsewhere", total, here)
    return Category("short_here" if most_here else "short_elsewhere", total, here)
