"""Results for other programs: JSON and CSV. `docs/json.md` describes them and a JSON Schema checks them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any

from pushpull.kb import MODES, Comparison, Concern, Entry, KnowledgeBase, Question, Service, Source, Words, fill
from pushpull.lre import Weeks
from pushpull.outlook import outlook
from pushpull.plan import Plan
from pushpull.records.numbers import exact as exact
from pushpull.records.week import week_record
from pushpull.suggest import Suggestion

JSON_VERSION = 1


def to_json(record: Mapping[str, Any]) -> str:
    """Return a record as JSON text; letters of every language stay as they are."""
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


def to_csv(rows: Iterable[Mapping[str, str]]) -> str:
    """Return rows as CSV text with a header. A cell that a spreadsheet would run as a formula is made a plain text."""
    rows = list(rows)
    stream = io.StringIO()
    writer = csv.DictWriter(stream, fieldnames=list(rows[0]) if rows else [], lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: _inert(value) for key, value in row.items()} for row in rows)
    return stream.getvalue()


def _inert(value: str) -> str:
    value = value.replace("\r\n", "\n").replace("\r", "\n")  # a bare \r would start a new row without quotes
    return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\n")) else value


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
    }


def _service_record(kb: KnowledgeBase, plan: Plan, name: str, found: Suggestion, student: str) -> dict[str, Any]:
    planned = plan.services[name]
    questions = {**kb.student_questions, **kb.services[found.service].questions}

    seen = outlook(kb, found.service, plan.answers_for(name, kb.student_questions))

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
                "note": planned.notes.get(reason.question),
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
        "team": {"mode": planned.team.mode or None, "why": planned.team.why or None},
    }


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


def comparison_record(
    chart: Comparison,
    concerns: Mapping[str, Concern],
    sources: Mapping[str, Source],
    services: Mapping[str, Service],
    *,
    content: str,
) -> dict[str, Any]:
    """Return what `compare --format json` gives: the whole chart, with how often each point is attested."""
    return {
        "pushpull": JSON_VERSION,
        "content": content,
        **chart.model_dump(mode="json", exclude={"pros_cons"}),
        "pros_cons": {
            mode: {
                side: [
                    {"id": name, **point.model_dump(mode="json"), "attested": attested(point.sources, sources)}
                    for name, point in points.items()
                ]
                for side, points in (("pros", lists.pros), ("cons", lists.cons))
            }
            for mode, lists in chart.pros_cons.items()
        },
        "concerns": {name: concern.model_dump(mode="json") for name, concern in concerns.items()},
        "services": {
            name: service.model_dump(mode="json", exclude={"questions"}) for name, service in services.items()
        },
    }


def attested(ids: Iterable[str], sources: Mapping[str, Source]) -> dict[str, int]:
    """Return how many sources name a point, and how many of them are stronger than grade e."""
    grades = [sources[name].grade for name in ids]
    return {"sources": len(grades), "stronger": sum(grade != "e" for grade in grades)}


def comparison_rows(chart: Comparison, sources: Mapping[str, Source]) -> list[dict[str, str]]:
    """Return the chart as rows: one statement a row, with its mode, topic, concern and sources."""
    rows = []
    for name, topic in chart.topics.items():
        for mode, texts in (("push_in", topic.push_in), ("pull_out", topic.pull_out)):
            rows += [_row(name, mode, text, "", topic.sources, sources) for text in texts.values()]
    for mode in MODES:
        lists = chart.pros_cons[mode]
        for side, points in (("pros", lists.pros), ("cons", lists.cons)):
            rows += [_row(side, mode, p.say, p.concern, p.sources, sources) for p in points.values()]
    story = chart.blend
    for name, texts in (("what", story.what), ("makes_sense", story.makes_sense), ("avoidance", story.avoidance)):
        rows += [_row(f"blend_{name}", "blend", text, "", story.sources, sources) for text in texts.values()]
    for name, way in chart.others.items():
        rows.append(_row(f"other_{name}", "", way.what, "", (), sources))
        for remark in (*way.speaks_for.values(), *way.take_care.values()):
            rows.append(_row(f"other_{name}", "", remark.say, "", remark.sources, sources))
    return rows


def _row(
    topic: str, mode: str, say: str, concern: str, ids: Iterable[str], sources: Mapping[str, Source]
) -> dict[str, str]:
    ids = tuple(ids)
    count = attested(ids, sources)
    return {
        "topic": topic,
        "mode": mode,
        "concern": concern,
        "say": say,
        "sources": " ".join(ids),
        "attested": str(count["sources"]),
        "stronger": str(count["stronger"]),
    }


def entries(kb: KnowledgeBase) -> dict[str, Mapping[str, Entry]]:
    """Return everything in a knowledge base that has an id, by kind."""
    questions = {name: q for service in kb.services.values() for name, q in service.questions.items()}
    return {
        "service": kb.services,
        "question": {**kb.student_questions, **questions},
        "requirement": kb.requirements,
        "note": kb.notes,
        "tension": kb.tensions,
        "concern": kb.concerns,
        "source": kb.sources,
    }


def listed(known: Mapping[str, Entry]) -> list[dict[str, Any]]:
    """Return entries as records with their ids first."""
    return [{"id": name, **entry.model_dump(mode="json", by_alias=True)} for name, entry in known.items()]


def question_records(kb: KnowledgeBase, services: Iterable[str]) -> list[dict[str, Any]]:
    """Return every question as it is asked for each service; those about the student have no service."""
    asked: list[tuple[str | None, str, Question]] = [(None, name, q) for name, q in kb.student_questions.items()]
    asked += [(service, name, q) for service in services for name, q in kb.services[service].questions.items()]
    return [{"id": name, "service": service, **q.model_dump(mode="json")} for service, name, q in asked]


def flat(record: Mapping[str, Any]) -> dict[str, str]:
    """Return a record as one row: lists joined, maps as their ids with what short thing they say."""

    def text(value: Any) -> str:
        match value:
            case None:
                return ""
            case list():
                return " ".join(map(text, value))
            case dict():
                return "; ".join(f"{k}: {text(v)}" if isinstance(v, list | str) else str(k) for k, v in value.items())
            case _:
                return str(value)

    return {key: text(value) for key, value in record.items()}
