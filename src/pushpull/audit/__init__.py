"""The knowledge to a scorecard: what a file can show is measured, and what it cannot show is left to people.

The rules follow IPDAS, the standard for decision aids, and the program's own promises. Their words and bars stand in
`data/audit.yaml`; a check here measures one rule and knows no sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pushpull.audit import grounds, options, promises
from pushpull.audit.balance import b1, balance
from pushpull.audit.reading import e4, grade
from pushpull.audit.scorecard import (
    Finding,
    Leaning,
    Line,
    Material,
    Measured,
    Scorecard,
    Settles,
    percent,
    short,
    worded,
)

CHECKS: Mapping[str, Callable[[Material], Measured]] = {
    "Q1": options.q1,
    "Q2": options.q2,
    "Q3": options.q3,
    "Q4": options.q4,
    "Q5": options.q5,
    "Q6": options.q6,
    "C1": options.c1,
    "B1": b1,
    "C2": grounds.c2,
    "C3": grounds.c3,
    "C4": grounds.c4,
    "C5": grounds.c5,
    "C6": grounds.c6,
    "I1": options.i1,
    "I2": options.i2,
    "G1": promises.g1,
    "G2": promises.g2,
    "G3": promises.g3,
    "E1": grounds.e1,
    "E2": grounds.e2,
    "E3": grounds.e3,
    "E4": e4,
    "E5": grounds.e5,
    "X1": promises.x1,
    "X2": promises.x2,
    "X3": promises.x3,
    "X4": promises.x4,
    "X5": promises.x5,
    "X6": promises.x6,
    "X7": promises.x7,
    "X8": promises.x8,
}


def audit(material: Material) -> Scorecard:
    """Return the scorecard of the knowledge."""
    each, whole = balance(material.kb)
    lines = tuple(
        worded(name, getattr(material.yardstick.lines, name), check(material)) for name, check in CHECKS.items()
    )
    return Scorecard(material.kb.rules.version, lines, each, whole)


__all__ = [
    "CHECKS",
    "Finding",
    "Leaning",
    "Line",
    "Material",
    "Scorecard",
    "Settles",
    "audit",
    "grade",
    "percent",
    "short",
]
