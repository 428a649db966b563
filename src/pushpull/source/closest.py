"""The word that was probably meant."""

from __future__ import annotations

from collections.abc import Iterable

_LONGEST = 80
"""Letters of a word that anybody could have meant."""
_HINTED = 100
"""So many mistakes of a file get a hint; nobody reads more, and each takes a moment to find."""


def closest(word: str, words: Iterable[str], *, met: int = 0) -> str:
    """Return the known word that was probably meant, or nothing; `met` is how many mistakes came before this one."""
    if met >= _HINTED or len(word) > _LONGEST:
        return ""
    # Only a mistake needs it, and it takes a moment to load.
    import difflib  # noqa: PLC0415

    return next(iter(difflib.get_close_matches(word, sorted(words), n=1, cutoff=0.6)), "")
