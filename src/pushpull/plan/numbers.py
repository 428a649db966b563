"""Numbers as people write them in a plan or type them: digits, or a range of two numbers."""

from __future__ import annotations

import re
from fractions import Fraction

_NUMBER = re.compile(r"(?:\d{1,5}|\d{1,2},\d{3})(?:\.\d{1,4})?", re.ASCII)
_RANGE = re.compile(r"(.+?)(?:\s*[-\u2013\u2014]\s*|\s+to\s+)(.+)")


def as_number(text: str) -> Fraction | None:
    """Return the number above zero that a text gives in digits, or None."""
    text = text.strip()
    if not _NUMBER.fullmatch(text):
        return None
    return Fraction(text.replace(",", "")) or None


def as_range(text: str) -> tuple[Fraction, Fraction] | None:
    """Return the smaller and the larger number of a range such as 20-30, or None if it is none."""
    match = _RANGE.fullmatch(text.strip())
    ends = [as_number(end) for end in match.groups()] if match else []
    found = sorted(end for end in ends if end is not None)
    return (found[0], found[1]) if len(found) == 2 else None  # noqa: PLR2004  a range has two ends


def written(value: Fraction) -> str:
    """Return a number as a message can show it."""
    return f"{float(value):g}" if value.denominator != 1 else str(value.numerator)
