"""What a row of answers comes to, and how it is found where nothing was compiled."""

from __future__ import annotations

from typing import NamedTuple

from pushpull.interview import Answers, in_order
from pushpull.kb.base import KnowledgeBase
from pushpull.kb.entry import Mode, Outcome
from pushpull.outlook.changes import next_fact
from pushpull.outlook.firmness import Firmness, View
from pushpull.suggest import suggest
from pushpull.tally.phrase import Phrase

MOST_REASONS = 3


class Tally(NamedTuple):
    """What the answers about one service of a student come to."""

    mode: Outcome
    firmness: Firmness
    case_push_in: str
    """The points as people write them: "8" or "7.5"."""
    case_pull_out: str
    reasons: tuple[tuple[Mode, str], ...]
    """The first three of the suggestion's reasons: the mode that each speaks for, and its words."""
    unmet: tuple[str, ...]
    """What was not shown, of each requirement that is not met."""
    missing: tuple[str, ...]
    """The ids of these requirements."""
    next_fact: str
    """The open question that matters most, or nothing."""
    solve: tuple[str, ...]
    """What was written down for the school to solve, in the order of asking."""
    open: int
    """How many questions are open."""


def asked(kb: KnowledgeBase, service: str, answers: Answers, student: str) -> Tally:
    """Return what `suggest` and `outlook` say, in milliseconds."""
    order = in_order({**kb.student_questions, **kb.services[service].questions})
    answers = {name: answers[name] for name in order if name in answers}
    found, view = suggest(kb, service, answers), View(kb, service, answers)
    case = {
        mode: str(points.numerator if points.denominator == 1 else float(points)) for mode, points in found.case.items()
    }

    def told(text: str) -> str:
        return Phrase(text).told(student)

    return Tally(
        found.mode,
        view.firmness(),
        case["push_in"],
        case["pull_out"],
        tuple((reason.mode, told(reason.because)) for reason in found.reasons[:MOST_REASONS]),
        tuple(told(each.say) for each in found.requirements if each.status == "unmet"),
        tuple(each.name for each in found.requirements if each.status == "unmet"),
        next_fact(view) or "",
        tuple(told(each.solve) for each in found.not_counted if each.solve),
        len(found.unanswered),
    )
