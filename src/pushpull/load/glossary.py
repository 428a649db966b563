"""The words of the field."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pushpull.kb.rules import Term
from pushpull.load.reader import Reader, loaded


def load_glossary(overlays: Sequence[Path], language: str = "en") -> dict[str, Term]:
    """Return the words of the field, in plain words; raise `BadFile` with all problems."""
    return loaded(read_glossary, overlays, language)


def read_glossary(reader: Reader) -> dict[str, Term]:
    """Return the words of the field, or none once what is wrong with them is gathered."""
    return reader.typed(dict[str, Term], reader.layers.part("glossary")) or {}
