"""A plan without anything that somebody wrote in their own words: what is left are choices, numbers, days, services."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from pushpull.kb.entry import NONE_OF_THESE, NOT_SURE
from pushpull.kb.full import FullKnowledge
from pushpull.kb.questions import Question
from pushpull.kb.week import PlaceId, ProgramId, Unit
from pushpull.plan.fields import VERSION, Answer, Line, Plan, Planned, Review, SchoolWeek, Task
from pushpull.plan.files import PlanFile
from pushpull.plan.numbers import as_number, as_range
from pushpull.source.tree import Node

_YES_NO = ("yes", "no")
_AWAY = ("no", "excused")
_MODES = ("push_in", "pull_out", "blend")
_AIDS = ("tried", "rejected", "to_try")
_DAY = re.compile(r"\d{4}-\d\d(-\d\d)?", re.ASCII)


def redacted(file: PlanFile, kb: FullKnowledge, gap: str) -> tuple[PlanFile, Mapping[str, str]]:
    """Return a plan without label, goals, notes and other free text, and its new entry ids by the old ones.

    Where a text was, `gap` stands, so that nobody takes it for nothing. What is kept is known by its form: a number, a
    day, a choice that the knowledge or the program offers. So nothing slips through because it stands in a wrong place.
    """
    plan = file.plan
    ids: dict[str, str] = {}
    for name, planned in plan.services.items():
        same = sum(plan.services[other].service == planned.service for other in ids)
        ids[name] = planned.service if not same else f"{planned.service}-{same + 1}"
    take = _Taker(gap)
    raw = {
        "plan": VERSION,
        "student": {"grade": _one_of(plan.student.grade, kb.rules.grades)},
        "week": _week(plan.week),
        "answers": _answers(plan.answers, kb.student_questions),
        "notes": take.notes(plan.notes, kb.student_questions),
        "services": {
            ids[name]: take.planned(planned, kb.services[planned.service].questions)
            for name, planned in plan.services.items()
        },
        "roster": {
            role: who if who.casefold() in {"", *_YES_NO, *_AWAY} else "yes"
            for role, who in plan.roster.items()
            if role in kb.papers.roles
        },
        "tasks": take.tasks(plan.tasks),
        "views": {"parents": take(plan.views.parents), "student": take(plan.views.student)},
    }
    return PlanFile(file.path, Plan.model_validate(raw), raw, node=Node({}, file.node.place)), ids


@dataclass(frozen=True)
class _Taker:
    """Takes texts out, and leaves a gap."""

    gap: str

    def __call__(self, text: str) -> str:
        return self.gap if text else ""

    def planned(self, planned: Planned, questions: Mapping[str, Question]) -> dict[str, Any]:
        return {
            "service": planned.service,
            "now": planned.now,
            **self.amount(planned),
            "present": self.lines(planned.present),
            "proposed": self.lines(planned.proposed),
            "related": _one_of(planned.related, _YES_NO),
            "aids": {
                str(number): {"aid": self.gap, "was": _one_of(aid.was, _AIDS), "data": self(aid.data)}
                for number, aid in enumerate(planned.aids.values(), 1)
            },
            "review": self.review(planned.review),
            "tasks": self.tasks(planned.tasks),
            "answers": _answers(planned.answers, questions),
            "notes": self.notes(planned.notes, questions),
            "team": {"mode": _one_of(planned.team.mode, _MODES), "why": self(planned.team.why)},
        }

    def lines(self, lines: Mapping[str, Line]) -> dict[str, Any]:
        return {
            str(number): {
                **self.amount(line),
                "part": self(line.part),
                "who": self(line.who),
                "starts": self.day(line.starts),
                "ends": self.day(line.ends),
            }
            for number, line in enumerate(lines.values(), 1)
        }

    def amount(self, line: Line | Planned) -> dict[str, Any]:
        return {
            "minutes": _number(line.minutes),
            "times": _number(line.times),
            "per": _one_of(line.per, get_args(Unit)),
            "place": _one_of(line.place, get_args(PlaceId)),
            "misses": [self.gap] if line.misses else [],
            "varies": self(line.varies),
        }

    def review(self, review: Review) -> dict[str, str]:
        return {
            "on": self.day(review.on),
            "towards_class": self(review.towards_class),
            "towards_outside": self(review.towards_outside),
        }

    def tasks(self, tasks: Mapping[str, Task]) -> dict[str, Any]:
        return {
            str(number): {"what": self.gap, "who": self(task.who), "by": self.day(task.by)}
            for number, task in enumerate(tasks.values(), 1)
        }

    def notes(self, notes: Mapping[str, str], questions: Mapping[str, Question]) -> dict[str, str]:
        return {name: self(note) for name, note in notes.items() if name in questions}

    def day(self, text: str) -> str:
        return text if _DAY.fullmatch(text) else self(text)


def _week(week: SchoolWeek) -> dict[str, Any]:
    counted = ("minutes", "day", "days_a_week", "weeks", "months", "cycle")
    return {
        **{word: _number(getattr(week, word)) for word in counted},
        "days": {str(number): _number(minutes) for number, minutes in enumerate(week.days.values(), 1)},
        **{
            name: {"minutes": _number(time.minutes), "shared": _one_of(time.shared, _YES_NO)}
            for name, time in (("lunch", week.lunch), ("recess", week.recess))
        },
        "preschool": {
            "program": _one_of(week.preschool.program, get_args(ProgramId)),
            "hours": _number(week.preschool.hours),
        },
    }


def _answers(answers: Mapping[str, Answer], questions: Mapping[str, Question]) -> dict[str, list[str]]:
    """Return the answers that the knowledge has; any other could be a text that somebody wrote."""
    known = {
        name: [option for option in answer if option in {*questions[name].options, NOT_SURE, NONE_OF_THESE}]
        for name, answer in answers.items()
        if name in questions
    }
    return {name: answer for name, answer in known.items() if answer}


def _number(text: str) -> str:
    return text.strip() if as_number(text) is not None or as_range(text) is not None else ""


def _one_of(text: str, choices: Collection[str]) -> str:
    return text if text in choices else ""
