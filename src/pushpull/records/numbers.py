"""Numbers as JSON has them, and the version of their shape."""

from __future__ import annotations

from fractions import Fraction

JSON_VERSION = 1
"""Changes when a field is taken away or means something else."""


def exact(value: Fraction) -> int | float:
    """Return a number for JSON: whole where they are whole."""
    return value.numerator if value.denominator == 1 else float(value)
