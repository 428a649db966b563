"""Exact numbers as JSON has them."""

from __future__ import annotations

from fractions import Fraction


def exact(value: Fraction) -> int | float:
    """Return a number for JSON: whole where they are whole."""
    return value.numerator if value.denominator == 1 else float(value)
