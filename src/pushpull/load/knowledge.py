"""What an interview and a suggestion need, and what the papers need beside it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pushpull.kb.base import KnowledgeBase
from pushpull.kb.comparison import Concern, Source
from pushpull.kb.rules import Note, Requirement, Rules, Tension
from pushpull.load.meaning import check_rules, check_texts, check_week
from pushpull.load.profiles import Profiles
from pushpull.load.reader import Reader, loaded

if TYPE_CHECKING:
    from pushpull.kb.full import FullKnowledge


def load_knowledge(
    overlays: Sequence[Path], language: str = "en", services: Collection[str] | None = None
) -> KnowledgeBase:
    """Return what an interview and a suggestion need, for `services` or all; raise `BadFile` with all problems."""
    # Each part was checked by itself; checking them all once more as one would take as long again.
    return loaded(lambda reader: KnowledgeBase.model_construct(**_parts(reader, services)), overlays, language)


def load_full(overlays: Sequence[Path], language: str = "en", services: Collection[str] | None = None) -> FullKnowledge:
    """Return the same and what the week, the papers and the audit need; raise `BadFile` with all problems."""
    return loaded(lambda reader: read_full(reader, services), overlays, language)


def read_full(reader: Reader, services: Collection[str] | None) -> FullKnowledge:
    """Return everything, as far as it could be read; what is wrong is gathered."""
    # A suggestion does without these.
    from pushpull.kb.about import About  # noqa: PLC0415
    from pushpull.kb.full import FullKnowledge  # noqa: PLC0415
    from pushpull.kb.papers import Papers  # noqa: PLC0415
    from pushpull.kb.week import WeekRules  # noqa: PLC0415

    parts = _parts(reader, services)
    week = _read(reader, WeekRules, "week")
    if week and reader.checks:
        reader.problems += check_week(week, reader.layers.part("week"))
    about, papers = _read(reader, About, "about"), _read(reader, Papers, "papers")
    return FullKnowledge.model_construct(**parts, about=about, week=week, papers=papers)


def _parts(reader: Reader, services: Collection[str] | None) -> dict[str, Any]:
    reader.know("source", reader.layers.part("sources"))
    reader.know("concern", reader.layers.part("concerns"))
    profiles = Profiles(reader)
    profiles.know_questions()
    parts: dict[str, Any] = {"student_questions": profiles.bank(), "services": profiles.services(services)}
    rules = reader.typed(Rules, rules_node := reader.layers.part("rules"))
    if rules and reader.checks:
        reader.problems += check_rules(rules, rules_node)
    for name, kind in (("requirements", Requirement), ("notes", Note), ("tensions", Tension)):
        parts[name] = _read(reader, dict[str, kind], name)  # type: ignore[valid-type]
    concerns = reader.typed(dict[str, Concern], reader.parts["concern"])
    return {
        **parts,
        "rules": rules,
        "concerns": concerns,
        "sources": reader.typed(dict[str, Source], reader.parts["source"]),
    }


def _read(reader: Reader, kind: Any, name: str) -> Any:
    part = reader.layers.part(name)
    if reader.checks:
        reader.problems += check_texts(part)
    return reader.typed(kind, part)
