"""What `compare` needs: the chart, and no questions."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pushpull.kb.comparison import Comparison, Concern, Source
from pushpull.load.reader import Reader, loaded
from pushpull.problems import Place
from pushpull.source.tree import Node

if TYPE_CHECKING:
    from pushpull.kb.questions import Service


@dataclass(frozen=True)
class Compared:
    """What `compare` needs."""

    comparison: Comparison
    concerns: Mapping[str, Concern]
    sources: Mapping[str, Source]
    services: Mapping[str, Service]
    version: str


def load_comparison(overlays: Sequence[Path], language: str = "en", services: Collection[str] = ()) -> Compared:
    """Return the chart, and the profiles of `services`; raise `BadFile` with all problems."""
    return loaded(lambda reader: _read_comparison(reader, services), overlays, language)


def _read_comparison(reader: Reader, services: Collection[str]) -> Compared:
    reader.know("source", reader.layers.part("sources"))
    reader.know("concern", reader.layers.part("concerns"))
    comparison = reader.typed(Comparison, reader.layers.part("comparison"))
    profiles: Mapping[str, Service] = {}
    if services:
        # Most people ask for no service, and do not have to wait for the questions.
        from pushpull.load.profiles import Profiles  # noqa: PLC0415

        profiles = Profiles(reader).services(services)
    version = reader.layers.part("rules").get("version") or Node("", Place(""))
    return Compared(
        comparison=comparison,
        concerns=reader.typed(dict[str, Concern], reader.parts["concern"]),
        sources=reader.typed(dict[str, Source], reader.parts["source"]),
        services=profiles,
        version=str(version.value),
    )
