"""Results for other programs: JSON and CSV. `docs/json.md` describes them and a JSON Schema checks them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any

from pushpull.kb import MODES, Comparison, Concern, Entry, KnowledgeBase, Question, Service, Source
from pushpull.records.numbers import JSON_VERSION as JSON_VERSION
from pushpull.records.numbers import exact as exact
from pushpull.records.suggestion import suggestion_record as suggestion_record
from pushpull.records.suggestion import suggestion_rows as suggestion_rows
from pushpull.sheet import inert


def to_json(record: Mapping[str, Any]) -> str:
    """Return a record as JSON text; letters of every language stay as they are."""
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


def to_csv(rows: Iterable[Mapping[str, str]]) -> str:
    """Return rows as CSV text with a header. A cell that a spreadsheet would run as a formula is made a plain text."""
    rows = list(rows)
    stream = io.StringIO()
    writer = csv.DictWriter(stream, fieldnames=list(rows[0]) if rows else [], lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: inert(value) for key, value in row.items()} for row in rows)
    return stream.getvalue()


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
