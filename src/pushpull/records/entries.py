"""Entries of the knowledge, for other programs, one by one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pushpull.kb.base import KnowledgeBase
from pushpull.kb.entry import Entry
from pushpull.kb.questions import Question


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
