"""The word that was probably meant."""

from __future__ import annotations

from collections.abc import Iterable


def closest(word: str, words: Iterable[str]) -> str:
    """Return the known word that was probably meant, or nothing."""
    # Only a mistake needs it, and it takes a moment to load.
    import difflib  # noqa: PLC0415

    return next(iter(difflib.get_close_matches(word, sorted(words), n=1, cutoff=0.6)), "")
