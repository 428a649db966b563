"""What the audit looks at, what a check measures, and the scorecard that it comes to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from pushpull.kb.audit import AuditLine, Group, Verdict, Yardstick
from pushpull.kb.comparison import Comparison
from pushpull.kb.entry import Mode
from pushpull.kb.full import FullKnowledge
from pushpull.kb.words import Words, fill


@dataclass(frozen=True)
class Material:
    """Everything that is audited, and the day on which it is."""

    kb: FullKnowledge
    comparison: Comparison
    words: Words
    yardstick: Yardstick
    today: str
    """Year, month and day."""
    language: str = "en"


@dataclass(frozen=True)
class Hit:
    """One entry that a check stopped at: where it stands, which sentence says so, and what was measured."""

    where: str
    found: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Measured:
    """What one check found, still without words."""

    verdict: Verdict
    values: Mapping[str, str]
    fails: tuple[Hit, ...] = ()
    worth: tuple[Hit, ...] = ()
    """Entries that do not fail and are worth a look."""


@dataclass(frozen=True)
class Finding:
    """One entry, by its id or its path, and the sentence on it."""

    where: str
    say: str


@dataclass(frozen=True)
class Line:
    """One rule with its verdict."""

    id: str
    group: Group
    rule: str
    verdict: Verdict
    detail: str
    """The measured facts."""
    fails: tuple[Finding, ...]
    worth: tuple[Finding, ...]
    rest: str
    """What no file can show; may be empty."""


@dataclass(frozen=True)
class Settles:
    """An answer that settles the matter alone. It has no points."""

    question: str
    option: str
    mode: Mode


@dataclass(frozen=True)
class Leaning:
    """How much blind answers would bring each mode in one service, or over all services."""

    service: str
    """The id; empty for all services together."""
    pull: Mapping[Mode, Fraction]
    by_question: Mapping[str, Fraction]
    """Pull-out less push-in, by question; empty for all services together."""
    settles: tuple[Settles, ...]
    reason: str
    """Why the service's questions lean, if its profile says so."""

    @property
    def towards(self) -> Mode | None:
        """Return the mode that blind answers lean to."""
        push_in, pull_out = self.pull["push_in"], self.pull["pull_out"]
        return None if push_in == pull_out else "push_in" if push_in > pull_out else "pull_out"

    @property
    def difference(self) -> Fraction | None:
        """Return how much larger the larger pull is, as a part of the smaller; None if only one mode has any."""
        low, high = sorted(self.pull.values())
        if not high:
            return Fraction(0)
        return high / low - 1 if low else None


@dataclass(frozen=True)
class Scorecard:
    """All lines, and the balance that one of them rests on."""

    content: str
    lines: tuple[Line, ...]
    balance: tuple[Leaning, ...]
    whole: Leaning

    @property
    def failed(self) -> bool:
        """Return whether any line fails."""
        return any(line.verdict == "fail" for line in self.lines)

    def count(self, verdict: Verdict) -> int:
        """Return how many lines have a verdict."""
        return sum(line.verdict == verdict for line in self.lines)


def measured(
    fails: Iterable[Hit],
    worth: Iterable[Hit] = (),
    *,
    otherwise: Verdict = "pass",
    given: Mapping[str, str] | None = None,
    **values: str,
) -> Measured:
    """Return what was measured, `given` and `values` together: one entry that fails makes the line fail."""
    hits = tuple(fails)
    verdict: Verdict = "fail" if hits else otherwise
    return Measured(verdict, {**(given or {}), **values, "failing": str(len(hits))}, hits, tuple(worth))


def worded(name: str, line: AuditLine, result: Measured) -> Line:
    """Return a line in words."""

    def findings(hits: tuple[Hit, ...]) -> tuple[Finding, ...]:
        return tuple(Finding(hit.where, fill(line.found.get(hit.found, ""), **hit.values)) for hit in hits)

    return Line(
        id=name,
        group=line.group,
        rule=line.rule,
        verdict=result.verdict,
        detail=fill(line.says.get(result.verdict, line.rule), **result.values),
        fails=findings(result.fails),
        worth=findings(result.worth),
        rest=fill(line.rest or "", **result.values),
    )


def words_in(text: str) -> int:
    """Return how many words a text has."""
    return len(text.split())


def percent(part: Fraction | None) -> str:
    """Return a part as a number of hundredths, as people write it."""
    return "" if part is None else f"{float(part * 100):.1f}".removesuffix(".0")


def short(value: Fraction) -> str:
    """Return a number with at most one decimal."""
    return f"{float(value):.1f}".removesuffix(".0")
