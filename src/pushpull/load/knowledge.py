"""What an interview and a suggestion need."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from pushpull.kb.about import About
from pushpull.kb.comparison import Concern, Source
from pushpull.kb.papers import Papers
from pushpull.kb.rules import Note, Requirement, Rules, Tension
from pushpull.kb.week import WeekRules
from pushpull.kb.whole import KnowledgeBase
from pushpull.load.meaning import check_rules, check_texts, check_week
from pushpull.load.profiles import Profiles
from pushpull.load.reader import Reader, loaded


def load_knowledge(
    overlays: Sequence[Path], language: str = "en", services: Collection[str] | None = None
) -> KnowledgeBase:
    """Return what an interview and a suggestion need, for `services` or all; raise `BadFile` with all problems."""
    return loaded(lambda reader: read_knowledge(reader, services), overlays, language)


def read_knowledge(reader: Reader, services: Collection[str] | None) -> KnowledgeBase:
    """Return a knowledge base, as far as it could be read; what is wrong is gathered."""
    reader.know("source", reader.layers.part("sources"))
    reader.know("concern", reader.layers.part("concerns"))
    profiles = Profiles(reader)
    profiles.know_questions()
    student = profiles.bank()
    found = profiles.services(services)
    rules = reader.typed(Rules, rules_node := reader.layers.part("rules"))
    if rules and reader.checks:
        reader.problems += check_rules(rules, rules_node)
    week = _read(reader, WeekRules, "week")
    if week and reader.checks:
        reader.problems += check_week(week, reader.layers.part("week"))
    # Each part was checked by itself; checking them all once more as one would take as long again.
    return KnowledgeBase.model_construct(
        about=_read(reader, About, "about"),
        rules=rules,
        concerns=reader.typed(dict[str, Concern], reader.parts["concern"]),
        sources=reader.typed(dict[str, Source], reader.parts["source"]),
        student_questions=student,
        services=found,
        requirements=_read(reader, dict[str, Requirement], "requirements"),
        notes=_read(reader, dict[str, Note], "notes"),
        tensions=_read(reader, dict[str, Tension], "tensions"),
        week=week,
        papers=_read(reader, Papers, "papers"),
    )


def _read(reader: Reader, kind: Any, name: str) -> Any:
    part = reader.layers.part(name)
    if reader.checks:
        reader.problems += check_texts(part)
    return reader.typed(kind, part)
