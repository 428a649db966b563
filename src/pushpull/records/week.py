"""The school week for other programs: JSON and CSV."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from pushpull.kb.full import FullKnowledge
from pushpull.lre import Amount, Counted, Week, Weeks
from pushpull.plan import Plan
from pushpull.records.numbers import exact


def week_record(plan: Plan, weeks: Weeks) -> dict[str, Any]:
    """Return both weeks, as `lre`, `suggest` and `export` give them."""
    given = weeks.given
    school = given.school
    calendar = ("days", "weeks", "months", "quarters", "cycle")
    return {
        "now": _week(plan, weeks.now),
        "proposed": _week(plan, weeks.proposed) if weeks.proposed else None,
        "as_now": list(given.as_now),
        "unknown_now": list(given.unknown_now),
        "unknown_proposed": list(given.unknown_proposed),
        "calendar": {name: exact(getattr(school, name)) for name in calendar},
        "alerts": [
            {
                "kind": alert.kind,
                "when": list(alert.when),
                "id": alert.entry or None,
                "line": alert.line or None,
                "name": alert.name or None,
            }
            for alert in weeks.alerts
        ],
    }


def _week(plan: Plan, week: Week) -> dict[str, Any]:
    return {
        "total": _number(week.total),
        "inside": _number(week.inside),
        "outside": exact(week.outside),
        "apart": {name: exact(minutes) for name, minutes in week.apart.items()},
        "percent": None if week.percent is None else round(float(week.percent), 4),
        "percent_exact": None if week.percent is None else str(week.percent),
        "rule": week.rule,
        "band": week.band,
        "bands": dict(week.bands) if week.bands else None,
        "room": {"out": _number(week.room.out), "back": _number(week.room.back)} if week.room else None,
        "category": {"id": week.category.id, "help": exact(week.category.help), "here": exact(week.category.here)}
        if week.category
        else None,
        "trips": exact(week.trips),
        "trips_a_day": exact(week.trips_a_day),
        "lines": [_line(plan, line) for line in week.lines],
        "missed": [
            {
                "names": list(missed.names),
                "for": list(missed.entries),
                "minutes": exact(missed.minutes),
                "hours_a_year": exact(missed.a_year / 60),
            }
            for missed in week.missed
        ],
    }


def _line(plan: Plan, line: Counted) -> dict[str, Any]:
    amount = line.amount
    return {
        "id": amount.entry,
        "service": plan.services[amount.entry].service,
        "line": amount.line or None,
        "part": amount.part or None,
        "minutes": exact(amount.minutes),
        "least": _number(amount.least),
        "varies": amount.varies or None,
        "times": exact(amount.times),
        "per": amount.per,
        "place": amount.place,
        "related": amount.related,
        "counts": line.counts,
        "minutes_a_week": exact(line.minutes),
        "misses": list(amount.misses),
    }


def _number(value: Fraction | None) -> int | float | None:
    return None if value is None else exact(value)


def week_rows(kb: FullKnowledge, plan: Plan, weeks: Weeks) -> list[dict[str, str]]:
    """Return one row for each line of each week."""
    return [
        {
            "student": plan.student.label,
            "week": when,
            **_row(plan, line.amount),
            "counts": line.counts,
            "minutes_a_week": str(exact(line.minutes)),
            "percent": "" if week.percent is None else str(round(float(week.percent), 4)),
            "group": week.band or (week.category.id if week.category else None) or "",
            "content": kb.rules.version,
        }
        for when, week in weeks.each
        for line in week.lines
    ]


def _row(plan: Plan, amount: Amount) -> dict[str, str]:
    return {
        "id": amount.entry,
        "service": plan.services[amount.entry].service,
        "line": amount.line,
        "part": amount.part,
        "minutes": str(exact(amount.minutes)),
        "least": "" if amount.least is None else str(exact(amount.least)),
        "times": str(exact(amount.times)),
        "per": amount.per,
        "place": amount.place,
        "related": "yes" if amount.related else "no",
        "misses": "; ".join(amount.misses),
    }
