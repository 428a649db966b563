"""The course of an interview: in which order a quick one asks, and after how many questions the suggestion is firm."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from pushpull import interview
from pushpull.interview import Answers
from pushpull.kb.base import KnowledgeBase
from pushpull.kb.entry import NOT_SURE, Outcome
from pushpull.outlook.changes import swing
from pushpull.outlook.firmness import View


@dataclass(frozen=True)
class Course:
    """An interview as it would go with given answers, up to where it may stop."""

    asked: tuple[str, ...]
    """The questions, in the order of asking."""
    mode: Outcome
    """The suggestion at that point."""
    firm: bool
    """Whether no two open answers together could change it there. If not, there was nothing more to ask."""


def next_quick(view: View, passed: Collection[str] = ()) -> str | None:
    """Return the next question of a quick interview, or None where it stops; `passed` were skipped for now.

    It is the one that `next_fact` would name among those that were not asked yet, so the questions that can settle the
    matter come first, and then those with the largest swing. It stops once the suggestion is firm, or when nothing is
    left that could speak for either way or open such a question.
    """
    if view.firmness() == "firm":
        return None
    speaking = view.table.settling if view.settled else view.table.speaking
    left = [name for name in view.on_path if name in speaking and name not in view.standing and name not in passed]
    return max(
        left, key=lambda name: swing(view.table, view.mode, name), default=None
    )  # of equal ones the first on the path


def course(kb: KnowledgeBase, service: str, answers: Answers, *, quick: bool) -> Course:
    """Return how an interview with `answers` goes until the suggestion is firm; whatever is missing is "not sure".

    In written order, those about the student come first and everything is asked; a quick one asks as `next_quick` says.
    """
    given: dict[str, tuple[str, ...]] = {}
    while True:
        view = View(kb, service, given)
        firm = bool(given) and view.firmness() == "firm"
        name = None if firm else next_quick(view) if quick else _next_written(kb, service, given)
        if name is None:
            return Course(tuple(given), view.mode, firm)
        given[name] = interview.usable(view.table.questions[name], answers.get(name, ())) or (NOT_SURE,)


def questions_until_settled(kb: KnowledgeBase, service: str, answers: Answers, *, quick: bool) -> int:
    """Return how many screens an interview with `answers` takes until the suggestion is firm, or until its end."""
    return len(course(kb, service, answers, quick=quick).asked)


def _next_written(kb: KnowledgeBase, service: str, given: Answers) -> str | None:
    student = interview.next_question(kb.student_questions, given)
    return student or interview.next_question({**kb.student_questions, **kb.services[service].questions}, given)
