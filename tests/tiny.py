"""A tiny knowledge base made in code, with every kind of answer that the engine knows, and the way to ask it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pushpull.kb.full import FullKnowledge
from pushpull.source.reading import read
from pushpull.source.tree import plain
from pushpull.suggest import Suggestion, suggest

SERVICE = "letters"
"""The service that asks everything; `sums` asks less."""


def argument(strength: str = "moderate", because: str = "{student} shows it.", **more: Any) -> dict[str, Any]:
    return {
        "strength": strength,
        "basis": "practice",
        "concern": "focus",
        "because": because,
        "sources": ["T1"],
        **more,
    }


def settling() -> dict[str, Any]:
    return {"basis": "law", "concern": "focus", "because": "{student} leaves no choice.", "sources": ["T1"]}


def option(label: str, push_in: str = "", pull_out: str = "", **more: Any) -> dict[str, Any]:
    arguments = {mode: argument(s) for mode, s in (("push_in", push_in), ("pull_out", pull_out)) if s}
    return {"label": label, "arguments": arguments, **more}


def question(options: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    return {"ask": "What of {student}?", "help": "Why we ask.", "who": "family", "options": dict(options), **more}


_STAGE = question(
    {
        "new": option("New", pull_out="strong"),
        "ready": option("Ready", push_in="strong"),
        "some": option("Sometimes"),
        "mixed": option(
            "Mixed", push_in="moderate", pull_out="moderate", parts={"push_in": "using", "pull_out": "first teaching"}
        ),
    }
)
_AIDS = question(
    {
        "enough": option("Enough", push_in="moderate"),
        "not_enough": option("Not enough", pull_out="moderate"),
        "not_yet": option("Not yet"),
    }
)
_TALK = question({"room": option("The room", solve="Find a room.")}, choose="many", role="logistics")
_LETTERS = {
    "stage": _STAGE,
    "needs": question(
        {
            "tries": option("Many tries", pull_out="moderate"),
            "quiet": option("Quiet", pull_out="weak"),
            "peers": option("Classmates", push_in="moderate"),
            "moments": option("Real moments", push_in="strong"),
            "plain": option("Nothing special"),
        },
        choose="many",
    ),
    "days": question(
        {
            "inside": option("Some inside", push_in="weak", parts={"push_in": "the lesson"}),
            "outside": option("Some outside", pull_out="weak", parts={"pull_out": "the drill"}),
        },
        choose="many",
    ),
    "trial": question(
        {"failed": option("Failed", settles={"pull_out": settling()}), "fine": option("Fine", push_in="moderate")}
    ),
    "language": question(
        {"of_class": option("Of the class", settles={"push_in": settling()}), "other": option("Another")}
    ),
    "aids": _AIDS,
    "follow": question(
        {"yes": option("Follows", push_in="moderate"), "no": option("Cannot", pull_out="moderate")},
        when={"aids": ["not_enough", "not_yet"]},
    ),
    "talk": _TALK,
}


def about() -> dict[str, Any]:
    said = dict.fromkeys(
        (
            *("for_whom", "found", "chosen", "read", "strengths", "gaps", "review", "authors", "reviewers"),
            *("tested", "funding", "conflicts"),
        ),
        "A statement of six words here.",
    )
    choice = "Where is it given: push-in, pull-out or blend?"
    return {"choice": choice, "searched": "2000-01", "review_months": "12", **said}


def week() -> dict[str, Any]:
    """Return how weeks are counted as it is shipped: there is nothing smaller."""
    path = Path(__file__).resolve().parent.parent / "data" / "week.yaml"
    found: dict[str, Any] = plain(read(path.read_text(encoding="utf-8"), path.name)[0])
    return found


def papers() -> dict[str, Any]:
    fade = {"ahead": "It is done in class.", "back": "It is not.", "basis": "practice", "caveat": "A draft."}
    asked = {"one": {"ask": "What of {student}?"}}
    return {
        "questions": {"both": asked, "push_in": asked, "pull_out": asked, "blend": asked},
        "fade": {"push_in": fade, "pull_out": fade, "blend": fade},
        "roles": {"parents": {"name": "Parents", "expected": "yes"}},
        "bring": {"letters": "Letters."},
        "rights": {"text": "You belong to it.", "sources": ["T1"]},
    }


def service(name: str, questions: Mapping[str, Any]) -> dict[str, Any]:
    remark = {"say": "A remark.", "sources": ["T1"]}
    return {
        "name": name,
        "family": "Tiny",
        "what": "A service.",
        "looks_like": {"push_in": "In.", "pull_out": "Out.", "blend": "Both."},
        "guidance": {"one": remark},
        "pitfalls": {"one": remark},
        "not_known": {"one": remark},
        "questions": dict(questions),
    }


@cache
def tiny() -> FullKnowledge:
    """Two services and nine questions, with every kind of answer that the engine knows."""
    return FullKnowledge.model_validate(tree())


def tree() -> dict[str, Any]:
    """Return the tiny knowledge base as plain maps, each call its own, to change before it is checked."""
    levels = {"weak": ("1", "1", "1"), "moderate": ("2", "1.5", "2.5"), "strong": ("3", "2.5", "4")}
    copied: dict[str, Any] = json.loads(
        json.dumps(
            {
                "about": about(),
                "rules": {
                    "version": "2000.1.1",
                    "reviewed": "2000-01",
                    "strengths": {
                        name: {"name": name, "points": points, "at_least": low, "at_most": high}
                        for name, (points, low, high) in levels.items()
                    },
                    "bases": {name: name for name in ("research", "law", "ethics", "practice")},
                    "ratios": {"pull_out": "1.5", "whole": "2", "enough": "2"},
                    "grades": {"elementary": "Elementary", "middle": "Middle"},
                },
                "concerns": {"focus": {"name": "Focus", "ask": "Can {student} focus?"}},
                "sources": {
                    "T1": {
                        "cite": "A book",
                        "address": "none",
                        "grade": "b",
                        "reviewed": "2000-01",
                        "checked": "seen",
                        "read": "all",
                    }
                },
                "student_questions": {"iep": question({"has": option("Yes"), "none": option("No")}, of="student")},
                "services": {
                    SERVICE: service("Letters", _LETTERS),
                    "sums": service("Sums", {"stage": _STAGE, "aids": _AIDS, "talk": _TALK}),
                },
                "requirements": {
                    "aids_considered": {
                        "for": ["pull_out", "blend"],
                        "say": "what was tried for {student}",
                        "ask": "What was tried?",
                        "basis": "law",
                        "met_by": {"aids": ["not_enough"]},
                    },
                    "either": {
                        "for": ["push_in"],
                        "say": "either of two",
                        "ask": "Which?",
                        "basis": "practice",
                        "met_by": {"stage": ["ready"], "needs": ["plain", "peers"]},
                    },
                },
                "notes": {
                    "always": {"say": "Always."},
                    "no_iep": {"say": "No plan yet.", "when": {"iep": ["none"]}},
                    "two": {"say": "Both hold.", "when": {"stage": ["new"], "needs": ["quiet"]}},
                    "older": {"say": "Older.", "grades": ["middle"]},
                    "beside_blend": {"say": "Two lines.", "for": ["blend"]},
                    "sums_only": {"say": "Sums.", "services": ["sums"]},
                },
                "week": week(),
                "papers": papers(),
                "tensions": {
                    "two_ticks": {
                        "say": "{student} may not need both.",
                        "between": [{"needs": ["quiet"]}, {"needs": ["peers", "moments"]}],
                    },
                    "two_screens": {
                        "say": "These may not fit.",
                        "between": [{"stage": ["ready"]}, {"aids": ["not_enough"], "follow": ["no"]}],
                    },
                },
            }
        )
    )
    return copied


def found(answers: Mapping[str, str | list[str]], *, service: str = SERVICE, grade: str = "") -> Suggestion:
    """Return what the tiny knowledge base suggests."""
    return suggest(tiny(), service, given(answers), grade=grade)


def given(answers: Mapping[str, str | list[str]]) -> dict[str, tuple[str, ...]]:
    """Return answers as the engine takes them."""
    return {name: (chosen,) if isinstance(chosen, str) else tuple(chosen) for name, chosen in answers.items()}
