"""The program's own phrases."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path

from pushpull.kb.words import Words, as_lines, in_language
from pushpull.load.layers import Layers
from pushpull.load.prepared import NotPrepared
from pushpull.load.reader import Reader, loaded
from pushpull.source.tree import plain


def load_words(language: str = "en", overlays: Sequence[Path] = ()) -> Words:
    """Return the program's own phrases; raise `BadFile` if a layer's are wrong."""
    if not overlays:
        # Those that were prepared are as they should be, and every run needs them.
        with contextlib.suppress(NotPrepared, KeyError):
            sections = plain(Layers((), with_places=False).part("words"))
            return Words(
                {
                    f"{section}.{name}": as_lines(in_language(text, language))
                    for section, texts in sections.items()
                    for name, text in texts.items()
                }
            )
    return loaded(read_words, overlays, language)


def read_words(reader: Reader) -> Words:
    """Return the phrases, or none once what is wrong with them is gathered."""
    from pushpull.kb.entry import Phrase  # noqa: PLC0415  see `load_words`

    words = reader.typed(dict[str, dict[str, Phrase]], reader.layers.part("words")) or {}
    return Words({f"{section}.{name}": text for section, texts in words.items() for name, text in texts.items()})
