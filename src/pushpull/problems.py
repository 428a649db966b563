"""A place, a problem, and the two errors that a person can mend.

A problem carries the *id* of its sentence and the values to fill in, never the sentence itself: every sentence
that people read stands in `data/words.yaml`, under `problems`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, order=True)
class Place:
    """Where something stands in a file: line and column start at 1; 0 means the file as a whole."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        if not self.line:
            return self.file
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend: where it stands, which sentence says so, and the words to fill in."""

    place: Place
    say: str
    values: tuple[tuple[str, str], ...] = field(default=())
    close: str = ""
    """The word that was probably meant, for "did you mean"."""

    @classmethod
    def at(cls, place: Place, say: str, *, close: str = "", **values: str) -> Problem:
        """Return a problem with its values in a fixed order, so that equal problems compare equal."""
        return cls(place, say, tuple(sorted(values.items())), close)


_OWN_WORDS = frozenset({"word", "rest", "where"})
"""The values that repeat what stands in a file."""
LIKE_AN_ID = re.compile(r"[A-Za-z0-9_.:/%+-]{0,30}")
"""A single word of the signs that ids, numbers and days are made of; no id of ours is longer."""


def discreet(problem: Problem) -> Problem:
    """Return a problem that does not repeat what somebody wrote in their own words: that may be about a child.

    What looks like an id is shown: it is most likely a mistyped one. Of anything else, the place has to be enough.
    """
    values = tuple(
        (name, "\N{HORIZONTAL ELLIPSIS}") if name in _OWN_WORDS and not LIKE_AN_ID.fullmatch(value) else (name, value)
        for name, value in problem.values
    )
    return replace(problem, values=values)


class PushpullError(Exception):
    """Trouble that the user can mend: the id of a sentence under `problems`, and its values."""

    def __init__(self, say: str, **values: str) -> None:
        super().__init__(say, values)
        self.say = say
        self.values = values


class UsageError(PushpullError):
    """A command was called in a way that cannot work: a wrong word, a missing choice."""


class BadFile(PushpullError):  # noqa: N818  a file is bad; "BadFileError" says no more
    """A file is wrong: every problem in it, in the order of their places."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(set(problems)))
        super().__init__("bad_file", count=str(len(self.problems)))
