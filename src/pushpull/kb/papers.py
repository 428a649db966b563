"""What the papers for the meeting say beside the suggestions."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from pushpull.kb.entry import Basis, Condition, Delivery, Entry, SourceId, Text


class MeetingQuestion(Entry):
    """A question to raise at the meeting."""

    ask: Text
    for_family: Text | None = None
    """The same as the family would ask it, where that is not how a team would."""
    unless: Condition = {}
    """Left out as soon as one of these was answered."""
    sources: tuple[SourceId, ...] = ()


class MeetingQuestions(Entry):
    """The questions to raise, by the way that they are about."""

    both: dict[str, MeetingQuestion]
    push_in: dict[str, MeetingQuestion]
    pull_out: dict[str, MeetingQuestion]
    blend: dict[str, MeetingQuestion]


class Fade(Entry):
    """What would show that it is time to move a service, in either direction."""

    ahead: Text
    """What would move time into class."""
    back: Text
    """What would move time out of class."""
    basis: Basis
    caveat: Text
    sources: tuple[SourceId, ...] = ()


class Role(Entry):
    """Somebody who belongs to the team."""

    name: Text
    expected: Literal["yes", "no"] = "no"
    """`yes`: a paper warns when this person is missing."""
    sources: tuple[SourceId, ...] = ()


class Rights(Entry):
    """What a family may always do, in two sentences."""

    text: Text
    sources: tuple[SourceId, ...]


class Papers(Entry):
    """Everything that the papers say beside the suggestions."""

    questions: MeetingQuestions
    fade: dict[Delivery, Fade] = Field(min_length=3)
    roles: dict[str, Role]
    bring: dict[str, Text]
    """What the family may bring."""
    rights: Rights
    shown_itself: tuple[str, ...] = ()
    """Notes that the paper for the team does not print: it does itself what they ask for."""
    known_to_team: tuple[str, ...] = ()
    """Words of the glossary that the paper for the team does not explain. That for the family explains all it uses."""
