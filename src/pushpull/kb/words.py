"""The program's own phrases, and the one way in which blanks in a text are filled."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Words:
    """The program's own phrases, by `section.name`."""

    texts: Mapping[str, str]

    def __call__(self, name: str, **values: str) -> str:
        """Return a phrase with its blanks filled in."""
        return fill(self.texts[name], **values)

    def count(self, name: str, number: int, **values: str) -> str:
        """Return the phrase `name.one` or `name.many` for a number of things."""
        form = "one" if number == 1 else "many"
        return self(f"{name}_{form}", count=str(number), **values)

    def has(self, name: str) -> bool:
        """Return whether there is such a phrase."""
        return name in self.texts


def in_language(text: Any, language: str) -> Any:
    """Return a text in a language, or in English; raise `KeyError` if it is in neither."""
    if not isinstance(text, Mapping):
        return text
    return text[language if language in text else "en"]


def as_lines(text: Any) -> Any:
    """Return a list of lines as one text; anything else as it is."""
    return "\n".join(map(str, text)) if isinstance(text, list) else text


def fill(text: str, **values: str) -> str:
    """Return `text` with blanks such as `{student}` filled in; a sentence goes on starting with a capital.

    Deliberately not `str.format`: content may name blanks, and nothing else.
    """
    filled = _BLANK.sub(lambda match: values.get(match[1], match[0]), text)
    for value in values.values():
        # A label such as "J.R." brings its own full stop.
        filled = filled.replace(f"{value}.", value) if value.endswith(".") else filled
    return filled[:1].upper() + filled[1:] if text.startswith("{student}") else filled


_BLANK = re.compile(r"\{(\w+)\}")
