"""What a paper is made from, and what it says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pushpull.kb.comparison import Comparison
from pushpull.kb.full import FullKnowledge
from pushpull.kb.rules import Term
from pushpull.kb.words import Words
from pushpull.lre import Weeks
from pushpull.plan import Plan
from pushpull.reports import phrases
from pushpull.suggest import Suggestion


@dataclass(frozen=True)
class Stamp:
    """The day a paper was made, and the versions of program and content."""

    date: str
    program: str
    content: str
    redacted: bool = False
    """Whether everything that somebody wrote in their own words was left out."""


@dataclass(frozen=True)
class Material:
    """Everything that a paper is made from."""

    kb: FullKnowledge
    chart: Comparison
    terms: Mapping[str, Term]
    plan: Plan
    found: Mapping[str, Suggestion]
    """By the plan's own ids."""
    weeks: Weeks | None
    """The school week, if the plan tells enough of it."""
    words: Words
    stamp: Stamp

    def version(self) -> str:
        """Return when and with what a paper was made, as a sentence."""
        stamp = self.stamp
        date = phrases.day(self.words, stamp.date)
        version = self.words("paper.version", date=date, program=stamp.program, content=stamp.content)
        return f"{version} {self.words('paper.redacted')}" if stamp.redacted else version
