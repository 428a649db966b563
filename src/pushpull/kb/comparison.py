"""The chart and what stands behind its statements: sources, concerns, pros and cons."""

from __future__ import annotations

from pydantic import Field

from pushpull.kb.entry import ConcernId, Delivery, Entry, Grade, HowChecked, Mode, Other, SourceId, Text


class Source(Entry):
    """Where a statement comes from, how good it is, and how much of it was read."""

    cite: Text
    """Who, what, when: enough to find it again."""
    address: str
    """Where it was read."""
    grade: Grade
    """a law or government; b peer-reviewed or professional body; c district, state or parent body;
    d practitioner or vendor; e forum, student essay or probably machine-written."""
    reviewed: str = Field(pattern=r"^\d{4}-\d{2}(-\d{2})?$")
    """Year and month in which it was last looked at."""
    checked: HowChecked
    """seen: the passage was read; secondary: only another's account was read; located: found, passage not read;
    unchecked: from general knowledge."""
    read: Text
    """What of it was read: the abstract, the opening part, one passage."""

    @property
    def short(self) -> str:
        """Who and when: the citation up to its colon. What the source is about follows there."""
        return self.cite.partition(": ")[0]


class Concern(Entry):
    """A matter that people weigh: it arranges pros, cons and reasons under one heading, and never scores."""

    name: Text
    ask: Text
    """The concern as the question that a family has."""


class Remark(Entry):
    """A sentence with its sources."""

    say: Text
    sources: tuple[SourceId, ...] = ()
    caveat: Text | None = None
    """What the sentence cannot carry: whom it was shown for, what was not checked."""


class Point(Entry):
    """A pro or a con of one mode."""

    say: Text
    concern: ConcernId
    sources: tuple[SourceId, ...] = Field(min_length=2)
    """How often a point is attested is counted from these."""


class ProsCons(Entry):
    """The two lists of one mode."""

    pros: dict[str, Point]
    cons: dict[str, Point]


class Topic(Entry):
    """A row of the comparison: what is said of each mode under one heading."""

    title: Text
    push_in: dict[str, Text]
    pull_out: dict[str, Text]
    sources: tuple[SourceId, ...]


class ModeName(Entry):
    """What a mode is called, in one word and in one sentence."""

    name: Text
    short: Text
    """One sentence for somebody who has never heard the word."""


class Credit(Entry):
    """Whose comparison this follows."""

    title: Text
    author: str
    reviewer: str
    publisher: str
    source: SourceId
    note: Text
    """What is theirs and what is not."""


class BlendStory(Entry):
    """What a blend is, when it makes sense, and when it is only avoidance."""

    what: dict[str, Text]
    makes_sense: dict[str, Text]
    avoidance: dict[str, Text]
    sources: tuple[SourceId, ...]


class OtherWay(Entry):
    """A way that is neither push-in nor pull-out, or no change at all: what speaks for it, and what to take care of."""

    name: Text
    what: Text
    speaks_for: dict[str, Remark] = Field(min_length=1)
    take_care: dict[str, Remark] = Field(min_length=1)


class Comparison(Entry):
    """The chart: every row of the original, with the pros and cons rebuilt from other sources."""

    title: Text
    credit: Credit
    framing: dict[str, Remark]
    """The ideas around the chart, in the order in which they are shown."""
    modes: dict[Delivery, ModeName]
    topics: dict[str, Topic]
    pros_cons_title: Text
    pros_cons_note: Text
    pros_cons: dict[Mode, ProsCons]
    blend: BlendStory
    others_title: Text
    others: dict[Other, OtherWay]
    """Ways that a team may consider beside these, the present one included."""
