"""What the services are called: enough to find one, without their questions."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pushpull.kb.questions import Named
from pushpull.load.reader import Reader, loaded
from pushpull.source.tree import Node


def load_names(overlays: Sequence[Path], language: str = "en") -> dict[str, Named]:
    """Return the names of all services; raise `BadFile` with all problems."""
    return loaded(_read_names, overlays, language)


def _read_names(reader: Reader) -> dict[str, Named]:
    profiles = reader.layers.part("services")
    named = {name: _part(profile) for name, profile in profiles.entries().items()}
    return reader.typed(dict[str, Named], Node(named, profiles.place, profiles.keys)) or {}


def _part(profile: Node) -> Node:
    entries = {word: node for word, node in profile.entries().items() if word in Named.model_fields}
    return Node(entries, profile.place, profile.keys)
