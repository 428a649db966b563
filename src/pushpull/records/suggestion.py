"""What a plan's answers come to, for other programs: everything that the screen and the papers say of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pushpull.kb.base import KnowledgeBase
from pushpull.kb.entry import MODES
from pushpull.kb.words import Words, fill
from pushpull.lre import Weeks
from pushpull.outlook import outlook
from pushpull.plan import Plan, Task
from pushpull.records.numbers import JSON_VERSION, exact
from pushpull.records.week import week_record
from pushpull.suggest import Suggestion


def suggestion_record(
    kb: KnowledgeBase,
    plan: Plan,
    found: Mapping[str, Suggestion],
    words: Words,
    *,
    program: str,
    week: Weeks | None = None,
) -> dict[str, Any]:
    """Return what `suggest --format json` gives: an object with a list `services`, and the school week if told."""
    student = plan.student.label or words("student.unnamed")
    return {
        "pushpull": JSON_VERSION,
        "program": program,
        "content": kb.rules.version,
        "student": {"label": plan.student.label, "grade": plan.student.grade},
        "limits": words("suggest.limits"),
        "services": [_service_record(kb, plan, name, item, student) for name, item in found.items()],
        "week": week_record(plan, week) if week else None,
        "tasks": _tasks(plan.tasks),
        "roster": [{"role": role, "who": who} for role, who in plan.roster.items()],
        "views": {word: text or None for word, text in plan.views},
    }


def _service_record(kb: KnowledgeBase, plan: Plan, name: str, found: Suggestion, student: str) -> dict[str, Any]:
    planned = plan.services[name]
    questions = {**kb.student_questions, **kb.services[found.service].questions}

    seen = outlook(kb, found.service, plan.answers_for(name, kb.student_questions))
    notes = {**plan.notes, **planned.notes}

    def text(value: str) -> str:
        return fill(value, student=student)

    def open_question(question: str) -> dict[str, str]:
        return {"question": question, "ask": text(questions[question].ask), "who": questions[question].who}

    return {
        "id": name,
        "service": found.service,
        "goal": planned.goal,
        "now": planned.now or None,
        "mode": found.mode,
        "firmness": seen.firmness,
        "parts": {mode: list(found.parts.get(mode, ())) for mode in MODES} if found.parts else None,
        "settled_by": [reason.question for reason in found.settled_by],
        "case": {mode: exact(found.case[mode]) for mode in MODES},
        "reasons": [
            {
                "for": reason.mode,
                "strength": reason.strength,
                "points": exact(reason.points),
                "basis": reason.basis,
                "concern": reason.concern,
                "because": text(reason.because),
                "caveat": text(reason.caveat) if reason.caveat else None,
                "question": reason.question,
                "answer": reason.option,
                "note": notes.get(reason.question),
                "sources": list(reason.sources),
            }
            for reason in found.reasons
        ],
        "requirements": [
            {
                "id": item.name,
                "for": list(item.modes),
                "status": item.status,
                "basis": item.basis,
                "say": text(item.say),
                "ask": text(item.ask),
                "sources": list(item.sources),
            }
            for item in found.requirements
        ],
        "not_counted": [
            {"question": item.question, "answer": item.option, "say": text(item.label), "why": item.why}
            for item in found.not_counted
        ],
        "notes": [{"id": note, "say": text(kb.notes[note].say)} for note in found.notes],
        "tensions": [
            {
                "id": tension.name,
                "say": text(tension.say),
                "answers": [
                    {"question": question, "answer": option, "say": text(questions[question].options[option].label)}
                    for question, option in tension.answers
                ],
            }
            for tension in found.tensions
        ],
        "unanswered": [open_question(question) for question in found.unanswered],
        "next_fact": open_question(seen.next_fact) if seen.next_fact else None,
        "would_change": [
            {
                "changes": [
                    {"question": step.question, "answer": step.option, "how": step.how} for step in change.steps
                ],
                "mode": change.mode,
            }
            for change in seen.would_change
        ],
        "aids": [{"aid": aid.aid, "was": aid.was or None, "data": aid.data or None} for aid in planned.aids.values()],
        "review": {word: text or None for word, text in planned.review},
        "tasks": _tasks(planned.tasks),
        "team": {"mode": planned.team.mode or None, "why": planned.team.why or None},
    }


def _tasks(tasks: Mapping[str, Task]) -> list[dict[str, str | None]]:
    return [{"what": task.what, "who": task.who or None, "by": task.by or None} for task in tasks.values()]


def suggestion_rows(
    kb: KnowledgeBase, plan: Plan, found: Mapping[str, Suggestion], words: Words
) -> list[dict[str, str]]:
    """Return one row a service, with reasons and gaps as text."""
    student = plan.student.label or words("student.unnamed")
    rows = []
    for name, item in found.items():
        planned = plan.services[name]
        seen = outlook(kb, item.service, plan.answers_for(name, kb.student_questions))
        reasons = {
            mode: "; ".join(fill(r.because, student=student) for r in item.reasons if r.mode == mode) for mode in MODES
        }
        missing = (fill(req.say, student=student) for req in item.requirements if req.status == "unmet")
        rows.append(
            {
                "student": plan.student.label,
                "id": name,
                "service": item.service,
                "goal": planned.goal,
                "now": planned.now,
                "mode": item.mode,
                "firmness": seen.firmness,
                "part_push_in": "; ".join(item.parts.get("push_in", ())),
                "part_pull_out": "; ".join(item.parts.get("pull_out", ())),
                "case_push_in": str(exact(item.case["push_in"])),
                "case_pull_out": str(exact(item.case["pull_out"])),
                "reasons_push_in": reasons["push_in"],
                "reasons_pull_out": reasons["pull_out"],
                "requirements_unmet": "; ".join(missing),
                "next_fact": seen.next_fact or "",
                "questions_open": "; ".join(item.unanswered),
                "content": kb.rules.version,
            }
        )
    return rows
