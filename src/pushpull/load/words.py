"""The program's own phrases."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pushpull.kb.entry import Phrase
from pushpull.kb.words import Words
from pushpull.load.reader import Reader, loaded


def load_words(language: str = "en", overlays: Sequence[Path] = ()) -> Words:
    """Return the program's own phrases; raise `BadFile` if a layer's are wrong."""
    return loaded(read_words, overlays, language)


def read_words(reader: Reader) -> Words:
    """Return the phrases, or none once what is wrong with them is gathered."""
    words = reader.typed(dict[str, dict[str, Phrase]], reader.layers.part("words")) or {}
    return Words({f"{section}.{name}": text for section, texts in words.items() for name, text in texts.items()})
