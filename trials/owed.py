"""What the program owes to any input: no error but its own, each problem in words and at a place that is there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from pushpull.cli.worded import SHOWN, sentences
from pushpull.kb.full import FullKnowledge
from pushpull.kb.words import Words
from pushpull.load.knowledge import load_full
from pushpull.load.words import load_words
from pushpull.problems import BadFile, Problem, PushpullError

_BLANK = re.compile(r"\{(\w+)\}")
_MEANT = {"unknown_blank": {"student"}}
"""Blanks that a sentence is about, and that stay as they are."""
_OF_PYTHON = ("Node(", "Place(", "Traceback", "<class", "pydantic")


class BrokenPromiseError(Exception):
    """Something that the program promises does not hold for an input."""


def hold(holds: object, what: str) -> None:
    """Raise `BrokenPromiseError` if something does not hold; unlike `assert` it stays in every way to run Python."""
    if not holds:
        raise BrokenPromiseError(what)


@cache
def words() -> Words:
    """Return the program's phrases."""
    return load_words()


@cache
def knowledge() -> FullKnowledge:
    """Return the shipped knowledge."""
    return load_full(())


def said_in_words(error: PushpullError, content: bytes | None = None) -> None:
    """Check that an error can be said; of a bad file, that each problem stands inside of its `content`, if given."""
    if not isinstance(error, BadFile):
        _filled(error.say, error.values)
        return
    hold(error.problems, "a bad file without a problem")
    hold(len(sentences(error, words())) >= len(error.problems[:SHOWN]), "a problem without a sentence")
    for problem in error.problems:
        _filled(problem.say, dict(problem.values))
    if content is not None:
        inside(error.problems, content)


def _filled(say: str, values: dict[str, str]) -> None:
    text = words().texts[f"problems.{say}"]
    missing = set(_BLANK.findall(text)) - set(values) - _MEANT.get(say, set())
    hold(not missing, f"{say}: blanks that nobody fills: {missing}")
    hold(all(isinstance(value, str) for value in values.values()), f"{say}: a value that is no text")
    hold(not any(sign in words()(f"problems.{say}", **values) for sign in _OF_PYTHON if sign not in str(values)), say)


def inside(problems: Iterable[Problem], content: bytes) -> None:
    """Check that problems stand inside a file: at most one line behind its last, in no longer line than it has."""
    text = content.decode("utf-8", "replace")
    lines = text.splitlines() or [""]
    longest = max(map(len, re.split(r"[\n\r\x85\u2028\u2029]", text)))
    for problem in problems:
        line, column = problem.place.line, problem.place.column
        hold(0 <= line <= len(lines) + 1, f"{problem.say} in line {line} of {len(lines)}")
        hold(0 <= column <= longest + 2, f"{problem.say} in column {column} of {longest}")
