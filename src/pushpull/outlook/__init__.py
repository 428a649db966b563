"""How sure a suggestion is, what would change it, and which fact to find out next."""

from __future__ import annotations

from dataclasses import dataclass

from pushpull.interview import Answers
from pushpull.kb.base import KnowledgeBase
from pushpull.outlook.changes import Change, Step, changes, next_fact
from pushpull.outlook.course import Course, course, next_quick, questions_until_settled
from pushpull.outlook.firmness import Firmness, View

__all__ = [
    "Change",
    "Course",
    "Firmness",
    "Outlook",
    "Step",
    "View",
    "course",
    "next_quick",
    "outlook",
    "questions_until_settled",
]


@dataclass(frozen=True)
class Outlook:
    """What can be said about a suggestion beside its reasons."""

    firmness: Firmness
    """`firm`: no two open answers together could change it, under any allowed points. `leaning`: it holds as answered,
    under all of them. `unsettled`: anything else."""
    would_change: tuple[Change, ...]
    """The likeliest changes of one answer, else of two, that would give another suggestion."""
    next_fact: str | None
    """The open question that matters most, or None."""


def outlook(kb: KnowledgeBase, service: str, answers: Answers) -> Outlook:
    """Return the outlook of the suggestion that `answers` give."""
    view = View(kb, service, dict(answers))
    return Outlook(view.firmness(), tuple(changes(view)), next_fact(view))
