"""Days and times in a workbook: numbers of days, and only the format of a cell tells that it is one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from pushpull.sheet.cells import number, shown
from pushpull.sheet.package import Handlers, Package

MOST_BESIDE = 8_000_000
"""Bytes of a part that says how a workbook is made and looks, and not what stands in it."""
_DAYS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
"""Numbers of the formats for days and times that every spreadsheet program knows."""
_SPAN = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_BESIDE_FORMAT = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|general', re.IGNORECASE)
_LAST_DAY = 2_958_466


@dataclass
class Formats:
    """Which cells are days, times, or lengths of time: the numbers of their styles."""

    moments: set[str] = field(default_factory=set)
    spans: set[str] = field(default_factory=set)
    from_1904: bool = False


def read_styles(package: Package, part: str, formats: Formats) -> None:
    """Read which styles stand for days, times, or lengths of time."""
    codes: dict[str, str] = {}
    above: list[str] = []
    styles = 0

    def start(name: str, said: dict[str, str]) -> None:
        nonlocal styles
        if name == "numFmt":
            codes[said.get("numFmtId", "")] = said.get("formatCode", "")
        elif name == "xf" and above[-1:] == ["cellXfs"]:
            code = codes.get(said.get("numFmtId", ""))
            plain = said.get("numFmtId", "0")
            if _SPAN.search(code or "") or (code is None and plain == "46"):
                formats.spans.add(str(styles))
            elif _is_moment(code) if code is not None else plain.isdecimal() and int(plain[:9]) in _DAYS:
                formats.moments.add(str(styles))
            styles += 1
        above.append(name)

    def end(_: str) -> None:
        above.pop()

    package.read(part, Handlers(start, end), MOST_BESIDE)


def _is_moment(code: str) -> bool:
    return bool(set("dmyhs") & set(_BESIDE_FORMAT.sub("", code.split(";", 1)[0]).lower()))


def moment(value: float, *, from_1904: bool) -> str:
    """Return a day, a time or both, which a workbook holds as a number of days."""
    if not 0 <= value < _LAST_DAY:
        return number(value)
    whole = timedelta(seconds=round(value * 86_400))
    if value < 1 and not from_1904:
        midnight = datetime(1904, 1, 1)  # noqa: DTZ001  as in a workbook
        return shown((midnight + whole).time()) if whole < timedelta(days=1) else shown(date(1900, 1, 1))
    # Excel believes that 1900 had a 29th of February, so that its days before that one are counted otherwise.
    first = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 31 if value < 60 else 30)  # noqa: DTZ001, PLR2004
    found = first + whole
    return shown(found.date() if found.time() == time() else found)


def span(value: float) -> timedelta:
    """Return a length of time, which a workbook holds as a number of days."""
    return timedelta(seconds=round(value * 86_400))
