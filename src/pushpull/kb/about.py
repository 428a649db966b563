"""What the program says about itself."""

from __future__ import annotations

from pydantic import Field

from pushpull.kb.entry import Entry, Text
from pushpull.kb.rules import Number


class About(Entry):
    """Who made the content, how, who paid, and what nobody has checked. The version stands in `rules.yaml`."""

    choice: Text
    """The question that the program helps with."""
    for_whom: Text
    found: Text
    """How evidence was found."""
    chosen: Text
    """Which of it was taken, and which was not."""
    read: Text
    """How much of it was read."""
    strengths: Text
    """How an argument got its strength."""
    gaps: Text
    """What was looked for and not found."""
    searched: str = Field(pattern=r"^\d{4}-\d{2}(-\d{2})?$")
    """Year and month of the last search."""
    review_months: Number
    """After how many months the content has to be looked over again."""
    review: Text
    """What is looked over, and by whom."""
    authors: Text
    """Who wrote it, and what entitles them to."""
    reviewers: Text
    """Who looked at it from outside."""
    tested: Text
    """Whether anybody has shown that it helps."""
    funding: Text
    conflicts: Text
    """What its makers stand to gain."""


def since(earlier: str, later: str) -> int:
    """Return how many months lie between two dates, each at least a year and a month."""
    (year, month), (then, moon) = ((int(date[:4]), int(date[5:7])) for date in (earlier, later))
    return (then - year) * 12 + moon - month


def overdue(about: About, reviewed: str, today: str) -> bool:
    """Return whether the content should have been looked over again by now."""
    return since(reviewed, today) > about.review_months
