"""Texts with blanks, cut into pieces once."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

_STUDENT = "{student}"
_BETWEEN = "\0"
"""Stands between texts that are filled at once. A label may hold it all the same: then they are filled one by one."""


class Phrase:
    """A text in which only the student's label is filled in, exactly as `kb.words.fill` does."""

    __slots__ = ("fixed", "leads", "pieces", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.pieces = text.split(_STUDENT)
        self.leads = text.startswith(_STUDENT)
        self.fixed = len(self.pieces) == 1 and ".." not in text
        """Whether it is the same for every label: `fill` takes a second full stop away, wherever it stands."""

    def told(self, student: str) -> str:
        """Return the text as it is told of a student."""
        if self.fixed:
            return self.text
        filled = student.join(self.pieces)
        if student.endswith("."):
            filled = filled.replace(f"{student}.", student)
        return filled[:1].upper() + filled[1:] if self.leads else filled


@lru_cache(maxsize=1 << 14)
def phrase(text: str) -> Phrase:
    """Return a text cut into pieces, the same one each time: very many answers give the same reasons."""
    return Phrase(text)


class Phrases:
    """Several such texts, told at once."""

    __slots__ = ("each", "fixed", "pieces", "plain", "texts")

    def __init__(self, texts: Iterable[str]) -> None:
        self.texts = tuple(texts)
        self.each = tuple(map(phrase, self.texts))
        self.fixed = all(each.fixed for each in self.each)
        self.plain = not any(each.leads or _BETWEEN in each.text for each in self.each)
        """Whether none of them has to be given a capital."""
        self.pieces = _BETWEEN.join(self.texts).split(_STUDENT)

    def told(self, student: str) -> tuple[str, ...]:
        """Return the texts as they are told of a student."""
        if self.fixed:
            return self.texts
        if not self.plain or _BETWEEN in student:
            return tuple([each.told(student) for each in self.each])
        filled = student.join(self.pieces)
        if student.endswith("."):
            filled = filled.replace(f"{student}.", student)
        return tuple(filled.split(_BETWEEN))


NO_PHRASES = Phrases(())
