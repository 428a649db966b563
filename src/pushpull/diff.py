"""What a change of content changes: in the content itself, and in what it says to examples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from pushpull.interview import Answers
from pushpull.kb.base import KnowledgeBase
from pushpull.kb.comparison import Comparison
from pushpull.kb.entry import Mode, Outcome
from pushpull.kb.rules import Term
from pushpull.outlook import Firmness, outlook
from pushpull.suggest import suggest

LEADING = 3
"""How many reasons people take in at the top of a page."""
Moved = Literal["mode", "firmness", "reasons"]
Entries = Mapping[str, Mapping[str, Any]]
"""Everything that has an id, by kind."""


@dataclass(frozen=True)
class Example:
    """One service of one plan, to hold old and new content against."""

    name: str
    service: str
    before: Answers
    """The answers as the old content takes them; which of them are the student's can differ."""
    after: Answers
    grade: str = ""


@dataclass(frozen=True)
class Leading:
    """One of the first reasons of a suggestion."""

    mode: Mode
    question: str
    option: str
    because: str


@dataclass(frozen=True)
class Said:
    """What one content says to an example."""

    mode: Outcome
    firmness: Firmness
    case: Mapping[Mode, Fraction]
    reasons: tuple[Leading, ...]
    """The first three."""


@dataclass(frozen=True)
class Difference:
    """An example to which old and new content do not say the same; None where the service is not there."""

    example: Example
    old: Said | None
    new: Said | None

    @property
    def moved(self) -> tuple[Moved, ...]:
        """What is not the same."""
        if self.old is None or self.new is None:
            return ("mode",)
        pairs: tuple[tuple[Moved, bool], ...] = (
            ("mode", self.old.mode != self.new.mode),
            ("firmness", self.old.firmness != self.new.firmness),
            ("reasons", self.old.reasons != self.new.reasons),
        )
        return tuple(name for name, differs in pairs if differs)


@dataclass(frozen=True)
class Changed:
    """The ids of one kind of entry that are new, gone or different."""

    kind: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]


def said(kb: KnowledgeBase, service: str, answers: Answers, *, grade: str = "") -> Said | None:
    """Return what a content says to some answers, or None if it does not have the service."""
    if service not in kb.services:
        return None
    found = suggest(kb, service, answers, grade=grade)
    leading = (Leading(r.mode, r.question, r.option, r.because) for r in found.reasons[:LEADING])
    return Said(found.mode, outlook(kb, service, answers).firmness, found.case, tuple(leading))


def differences(old: KnowledgeBase, new: KnowledgeBase, examples: Iterable[Example]) -> tuple[Difference, ...]:
    """Return the examples that move: another outcome, another firmness, or other leading reasons."""
    held = (
        Difference(
            one,
            said(old, one.service, one.before, grade=one.grade),
            said(new, one.service, one.after, grade=one.grade),
        )
        for one in examples
    )
    return tuple(one for one in held if one.old != one.new and one.moved)


def entries(kb: KnowledgeBase, chart: Comparison, terms: Mapping[str, Term]) -> Entries:
    """Return everything that has an id. A question holds its version in every service that asks it."""
    questions: dict[str, dict[str, Any]] = {name: {"": asked} for name, asked in kb.student_questions.items()}
    for service, profile in kb.services.items():
        for name, asked in profile.questions.items():
            questions.setdefault(name, {})[service] = asked
    # Of a profile's questions only which ones and in which order: what they say is told under the question.
    services = {
        name: (list(profile.questions), profile.model_dump(exclude={"questions"}))
        for name, profile in kb.services.items()
    }
    points = {
        f"{mode}.{side}.{name}": point
        for mode, lists in chart.pros_cons.items()
        for side, some in (("pros", lists.pros), ("cons", lists.cons))
        for name, point in some.items()
    }
    rules = {name: getattr(kb.rules, name) for name in type(kb.rules).model_fields if name != "version"}
    return {
        "service": services,
        "question": questions,
        "requirement": kb.requirements,
        "note": kb.notes,
        "rule": rules,
        "topic": chart.topics,
        "point": points,
        "concern": kb.concerns,
        "source": kb.sources,
        "term": terms,
    }


def changes(old: Entries, new: Entries) -> Iterator[Changed]:
    """Yield what was added, removed and changed, for every kind in which anything was."""
    for kind, after in new.items():
        before = old.get(kind, {})
        found = Changed(
            kind,
            tuple(name for name in after if name not in before),
            tuple(name for name in before if name not in after),
            tuple(name for name in after if name in before and _differ(before[name], after[name])),
        )
        if found.added or found.removed or found.changed:
            yield found


def _differ(before: Any, after: Any) -> bool:
    # A question that one more service asks has not changed itself: the service has.
    if isinstance(before, dict) and isinstance(after, dict):
        return any(before[name] != after[name] for name in before.keys() & after.keys())
    return bool(before != after)
