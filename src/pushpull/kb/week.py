"""How the minutes of a plan are counted, and into which group of the federal report they fall."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from pushpull.kb.comparison import Remark
from pushpull.kb.entry import Entry, SourceId, Text
from pushpull.kb.rules import Number

ClassRule = Literal["outside_lt_21", "inside_ge_80", "round_then_compare"]
BandId = Literal["top", "middle", "lowest"]
PlaceId = Literal["inside", "outside", "with_peers", "community"]
Unit = Literal["day", "week", "month", "quarter", "year", "cycle"]
ProgramId = Literal["regular", "separate_class", "separate_school", "residential", "home", "provider"]
CategoryId = Literal[
    "long_here", "long_elsewhere", "short_here", "short_elsewhere",
    "separate_class", "separate_school", "residential", "home", "provider",
]  # fmt: skip


class RuleText(Entry):
    """A rule that sorts students into the groups of the report, in words."""

    name: Text
    say: Text
    sources: tuple[SourceId, ...]
    caveat: Text | None = None


class RuleTexts(Entry):
    """The three rules. None may be missing: the page says what each of them would say."""

    outside_lt_21: RuleText
    inside_ge_80: RuleText
    round_then_compare: RuleText


class Edge(Entry):
    """Where the first and the middle group end, in percent of the week."""

    top: Number
    middle: Number


class Edges(Entry):
    """The same edges as they are worded: by the time outside, and by the time inside."""

    outside: Edge
    inside: Edge


class Band(Entry):
    """A group of the federal report."""

    name: Text
    code: str


class BandTexts(Entry):
    """The groups for students in kindergarten or above, from most time in class to least."""

    top: Band
    middle: Band
    lowest: Band


class PlaceText(Entry):
    """Where a service can take place, and what its time counts as."""

    name: Text
    counts: Literal["inside", "outside"]
    leaves: bool
    """Whether the student leaves the class for it and so misses something."""
    in_program: bool
    """Whether, before kindergarten, it counts as given in the early childhood program."""


class PlaceTexts(Entry):
    """All places that a line of a plan can name."""

    inside: PlaceText
    outside: PlaceText
    with_peers: PlaceText
    community: PlaceText


class Calendar(Entry):
    """How long a school week, month and year are where a plan does not say it."""

    days: Number
    """School days of a week."""
    weeks: Number
    """Weeks of a school year."""
    months: Number
    quarters: Number
    cycle: Number
    """School days of a cycle."""


class KeptTime(Entry):
    """A time of the day that students should not lose lightly, such as lunch."""

    name: Text
    words: tuple[Text, ...] = Field(min_length=1)
    """The words by which it is known in a plan."""


class ProgramText(Entry):
    """Where a child is before kindergarten."""

    name: Text


class ProgramTexts(Entry):
    """All that a plan can name as the child's program."""

    regular: ProgramText
    separate_class: ProgramText
    separate_school: ProgramText
    residential: ProgramText
    home: ProgramText
    provider: ProgramText


class CategoryTexts(Entry):
    """The groups of the federal report before kindergarten."""

    long_here: Band
    long_elsewhere: Band
    short_here: Band
    short_elsewhere: Band
    separate_class: Band
    separate_school: Band
    residential: Band
    home: Band
    provider: Band


class PreschoolRules(Entry):
    """How children of three to five who are not in kindergarten are grouped."""

    hours: Number
    """From so many hours a week on, a regular program is a long one."""
    half: Literal["here", "elsewhere"]
    """What an exact half of the help counts as."""
    programs: ProgramTexts
    categories: CategoryTexts


class WeekRules(Entry):
    """How the minutes of a plan become a week."""

    rule: ClassRule
    """The rule by which students are sorted; a state may set another."""
    rules: RuleTexts
    edges: Edges
    near: Number
    """So many percent points from an edge is near."""
    bands: BandTexts
    places: PlaceTexts
    calendar: Calendar
    kept: dict[str, KeptTime]
    preschool: PreschoolRules
    said: dict[str, Remark]
    """What the page says of how it counts."""
    preschool_said: dict[str, Remark]
    """The same for a child before kindergarten."""

    def place(self, name: PlaceId) -> PlaceText:
        """Return what is said of a place."""
        found: PlaceText = getattr(self.places, name)
        return found

    def band(self, name: BandId) -> Band:
        """Return what is said of a group."""
        found: Band = getattr(self.bands, name)
        return found

    def category(self, name: CategoryId) -> Band:
        """Return what is said of a group before kindergarten."""
        found: Band = getattr(self.preschool.categories, name)
        return found

    def worded(self, name: ClassRule) -> RuleText:
        """Return what is said of a rule."""
        found: RuleText = getattr(self.rules, name)
        return found
