"""What a caseload comes to as a whole: counts of services, and never a list of people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Alike(NamedTuple):
    """What rows that are counted together have in common."""

    service: str
    now: str
    mode: str
    firmness: str
    for_the_school: bool
    """Whether something about staff, rooms, time or cost was written down."""

    @property
    def differs(self) -> bool | None:
        """Return whether the suggestion is another way than the present one; None where either is not known."""
        ways = {"push_in", "pull_out", "blend"}
        return self.now != self.mode if self.now in ways and self.mode in ways else None


@dataclass
class Summary:
    """Counts that two processes can add up."""

    rows: Counter[Alike] = field(default_factory=Counter)
    facts: Counter[str] = field(default_factory=Counter)
    """The open questions that matter most, each for one row."""
    missing: Counter[tuple[str, ...]] = field(default_factory=Counter)
    """The requirements of a row that are not met, by their ids."""
    bad: Counter[str] = field(default_factory=Counter)
    """Rows that could not be worked out, by the id of the sentence that says why."""
    shares: int = 0
    """Students of whom the share of the week in class is known."""
    near: int = 0
    """Students of these whose week is near an edge between two groups of the reports."""
    stray: int = 0
    """Answers to questions that their service does not ask."""

    def add(self, other: Summary) -> None:
        """Add what another part of the same caseload comes to."""
        self.rows.update(other.rows)
        self.facts.update(other.facts)
        self.missing.update(other.missing)
        self.bad.update(other.bad)
        self.shares += other.shares
        self.near += other.near
        self.stray += other.stray

    @property
    def worked_out(self) -> int:
        """How many rows were worked out."""
        return self.rows.total()

    def plain(self) -> dict[str, Any]:
        """Return the counts as JSON can hold them."""
        counts = {name: count for name, count in vars(self).items() if isinstance(count, int)}
        return {
            "rows": [[*kind, count] for kind, count in self.rows.items()],
            "facts": dict(self.facts),
            "missing": [[*names, count] for names, count in self.missing.items()],
            "bad": dict(self.bad),
            **counts,
        }

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Summary:
        """Return the counts again that `plain` gave."""
        rows = Counter({Alike(*kind): count for *kind, count in told["rows"]})
        missing = Counter({tuple(names): count for *names, count in told["missing"]})
        counters = {"rows": rows, "missing": missing, "facts": Counter(told["facts"]), "bad": Counter(told["bad"])}
        return cls(**{**told, **counters})
