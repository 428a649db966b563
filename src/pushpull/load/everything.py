"""Every file of every layer: what the commands for those who edit the knowledge need."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import cast

from pushpull.kb.audit import Yardstick
from pushpull.kb.comparison import Comparison
from pushpull.kb.full import FullKnowledge
from pushpull.kb.rules import Term
from pushpull.load.chart import Compared
from pushpull.load.glossary import read_glossary
from pushpull.load.knowledge import read_full
from pushpull.load.meaning import check_texts
from pushpull.load.profiles import Profiles
from pushpull.load.reader import Reader
from pushpull.load.words import read_words
from pushpull.problems import BadFile


def load_all(
    overlays: Sequence[Path], language: str = "en", *, base: Path | None = None
) -> tuple[FullKnowledge, Compared, dict[str, Term]]:
    """Read every file of every layer, as `kb check` does; raise `BadFile` with all problems of all of them.

    `base` is a whole content to stand in the place of the built-in one. Nothing that was prepared is trusted here.
    """
    reader = Reader(overlays, language, base)
    kb = read_full(reader, None)
    comparison = reader.typed(Comparison, reader.layers.part("comparison"))
    terms = read_glossary(reader)
    for part in ("comparison", "concerns", "glossary"):
        reader.problems += check_texts(reader.layers.part(part))
    read_words(reader)
    reader.typed(Yardstick, reader.layers.part("audit"))
    if reader.found:
        raise BadFile(reader.found)
    return kb, Compared(comparison, kb.concerns, kb.sources, kb.services, kb.rules.version), terms


def load_yardstick(overlays: Sequence[Path], language: str = "en") -> Yardstick:
    """Return the rules of the audit; raise `BadFile` with all problems."""
    reader = Reader(overlays, language)
    reader.know("concern", reader.layers.part("concerns"))
    Profiles(reader).know_questions()
    yardstick = reader.typed(Yardstick, reader.layers.part("audit"))
    if reader.found:
        raise BadFile(reader.found)
    return cast("Yardstick", yardstick)
