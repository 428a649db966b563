"""What one cell says: values of a spreadsheet as a person sees them, and texts that no spreadsheet runs."""

from __future__ import annotations

import math
from datetime import date, datetime, time, timedelta
from typing import Any

from pushpull.signs import in_cell

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\n")
"""What makes a spreadsheet take a text for a formula, once its line breaks are plain."""

_EXACT = 1e15  # a spreadsheet keeps 15 digits


def inert(text: str) -> str:
    """Return a text that neither a spreadsheet nor a terminal runs: a formula gets a leading ', what acts is out."""
    text = in_cell(text)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def shown(value: Any) -> str:
    """Return what a cell of a workbook says: `30` for 30.0, a day as 2026-11-24, `true` and `false`."""
    match value:
        case str():
            return value
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float():
            return number(value)
        case datetime():
            return value.isoformat(" ", "auto" if value.second else "minutes") if value.time() != time() else day(value)
        case date():
            return day(value)
        case time():
            return value.isoformat("auto" if value.second else "minutes")
        case timedelta() | _:
            return str(value)


def number(value: float) -> str:
    """Return a number in digits, whole ones without a point."""
    if math.isfinite(value) and value == int(value) and abs(value) < _EXACT:
        return str(int(value))
    return f"{value:.15g}"


def day(value: date) -> str:
    """Return a day as 2026-11-24, without its time."""
    return f"{value.year:04}-{value.month:02}-{value.day:02}"
