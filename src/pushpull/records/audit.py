"""The scorecard of the knowledge as JSON."""

from __future__ import annotations

from typing import Any

from pushpull.audit import Finding, Leaning, Scorecard
from pushpull.kb.entry import MODES
from pushpull.kb.full import FullKnowledge
from pushpull.records.numbers import JSON_VERSION, exact


def audit_record(card: Scorecard, kb: FullKnowledge, *, program: str, date: str, late: bool) -> dict[str, Any]:
    """Return what `kb audit --format json` gives: every rule with its verdict, and the balance of each service."""
    return {
        "pushpull": JSON_VERSION,
        "program": program,
        "content": card.content,
        "date": date,
        "overdue": late,
        "verdicts": {"pass": card.count("pass"), "fail": card.count("fail"), "judge": card.count("judge")},
        "about": {**kb.about.model_dump(mode="json"), "review_months": exact(kb.about.review_months)},
        "lines": [
            {
                "id": line.id,
                "group": line.group,
                "rule": line.rule,
                "verdict": line.verdict,
                "detail": line.detail,
                "rest": line.rest or None,
                "fails": [_finding(finding) for finding in line.fails],
                "worth": [_finding(finding) for finding in line.worth],
            }
            for line in card.lines
        ],
        "balance": [_leaning(one) for one in (*card.balance, card.whole)],
    }


def _finding(finding: Finding) -> dict[str, str]:
    return {"where": finding.where, "say": finding.say}


def _leaning(one: Leaning) -> dict[str, Any]:
    return {
        "service": one.service or None,
        "pull": {mode: str(one.pull[mode]) for mode in MODES},
        "difference": None if one.difference is None else round(float(one.difference), 4),
        "towards": one.towards,
        "settles": [{"question": s.question, "answer": s.option, "for": s.mode} for s in one.settles],
        "reason": one.reason or None,
    }
