"""Case files: what was known about one service of one student, what was decided, and how the facts were coded.

The tests, the agreement page and the blind sheets read them here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from pushpull import outlook, suggest
from pushpull.kb.base import KnowledgeBase
from pushpull.kb.entry import Delivery, Entry, Known, Outcome, Text
from pushpull.outlook import Firmness
from pushpull.plan import Answer
from pushpull.problems import BadFile
from pushpull.source.mistakes import check
from pushpull.source.reading import read

Coder = Literal["first", "second"]
CODERS: tuple[Coder, ...] = ("first", "second")
Quality = Literal["A", "B", "C"]
FIGURE: tuple[Quality, ...] = ("A", "B")
"""The qualities that make up the figure. C was a judgement and is told apart."""
CASES = Path(__file__).with_name("cases")


class Coding(Entry):
    """What one coder, who saw the facts alone, answered; and what the program says to that."""

    answers: dict[str, Answer] = {}
    fields: tuple[Text, ...] = ()
    """Facts that the plan's own lines hold: the service, the goal, the grade, minutes and times."""
    without_place: tuple[Text, ...] = ()
    """Facts that no question has a place for."""
    expect: Outcome
    firmness: Firmness | None = None


class Published(Entry):
    """A published decision about one service."""

    source: str
    quality: Quality
    published: Literal[Delivery, "either"]
    """What the source decided; `either` where it accepts both."""
    service: str
    grade: str = ""
    facts: tuple[Text, ...] = Field(min_length=1)
    codings: dict[Coder, Coding] = {}
    differs: Text | None = None
    """Why a miss is a miss."""


class Own(Entry):
    """A case of our own: no decision of anybody, but what the content is meant to say."""

    written_from: Answer = Field(alias="from", min_length=1)
    """What it was written from."""
    service: str
    grade: str = ""
    facts: tuple[Text, ...] = Field(min_length=1)
    answers: dict[str, Answer] = Field(min_length=1)
    expect: Outcome
    firmness: Firmness | None = None


@dataclass(frozen=True)
class Found:
    """What the program says now to one coding of one case."""

    name: str
    case: Published
    coder: Coder
    coding: Coding
    suggestion: suggest.Suggestion
    firmness: Firmness

    @property
    def agrees(self) -> bool:
        """Whether it is what the source decided."""
        return agrees(self.case, self.suggestion.mode)


def published(folder: Path = CASES / "published") -> dict[str, Published]:
    """Return the published cases by name; raise `BadFile` with every problem of the first wrong one."""
    return {path.stem: _typed(Published, path) for path in sorted(folder.glob("*.yaml"))}


def own(folder: Path = CASES / "own") -> dict[str, Own]:
    """Return the cases of our own by name."""
    return {path.stem: _typed(Own, path) for path in sorted(folder.glob("*.yaml"))}


def agrees(case: Published, mode: Outcome) -> bool:
    """Return whether an outcome is what the source decided; one that accepts both is met by open and by a blend."""
    return mode in {"open", "blend"} if case.published == "either" else mode == case.published


def found(kb: KnowledgeBase, cases: Mapping[str, Published]) -> Iterator[Found]:
    """Yield what the program says to every coding, case by case."""
    for name, case in cases.items():
        for coder in CODERS:
            if coding := case.codings.get(coder):
                suggestion = suggest.suggest(kb, case.service, coding.answers, grade=case.grade)
                firmness = outlook.outlook(kb, case.service, coding.answers).firmness
                yield Found(name, case, coder, coding, suggestion, firmness)


def with_place(case: Published, coding: Coding, *, fields: bool) -> tuple[int, int]:
    """Return how many facts found a place and how many there are; the plan's own lines count with `fields` only."""
    facts = [fact for fact in case.facts if fields or fact not in coding.fields]
    return sum(fact not in coding.without_place for fact in facts), len(facts)


def _typed(kind: type[Entry], path: Path) -> Any:
    node, problems = read(path.read_text(encoding="utf-8"), path.name)
    value, wrong = (None, []) if problems else check(kind, node, Known())
    if problems or wrong:
        raise BadFile([*problems, *wrong])
    return value
