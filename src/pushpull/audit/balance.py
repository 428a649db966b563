"""B1: what blind answers would bring each mode, in exact fractions.

A question of which one option holds: the mean over its options, "not sure" counted as one that gives nothing. A
checklist: every option is ticked or not with an even chance, so half the sum. A question under a condition counts as
if it were asked. An answer that settles the matter has no points; it is listed.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from pushpull.audit.scorecard import Hit, Leaning, Material, Measured, Settles, measured, percent, short
from pushpull.kb.entry import MODES, Mode
from pushpull.kb.full import FullKnowledge
from pushpull.kb.questions import Question
from pushpull.kb.rules import Rules

_HALF = Fraction(1, 2)
_NAMED = 3
"""How many of the questions that lean most are named, so that a writer knows where to begin."""


def blind(question: Question, rules: Rules, mode: Mode) -> Fraction:
    """Return the points that a blind answer to one question brings a mode on average."""
    worth = {name: strength.points for name, strength in rules.strengths.items()}
    points = [
        worth.get(option.arguments[mode].strength, Fraction(0))
        for option in question.options.values()
        if mode in option.arguments
    ]
    total = sum(points, Fraction(0))
    return total * _HALF if question.choose == "many" else total / (len(question.options) + 1)


def leaning(kb: FullKnowledge, name: str) -> Leaning:
    """Return how the questions of one service lean."""
    service = kb.services[name]
    asked = {**kb.student_questions, **service.questions}
    pulls = {question: {mode: blind(q, kb.rules, mode) for mode in MODES} for question, q in asked.items()}
    settles = (
        Settles(question, option, mode)
        for question, q in asked.items()
        for option, o in q.options.items()
        for mode in o.settles
    )
    return Leaning(
        service=name,
        pull={mode: sum((pull[mode] for pull in pulls.values()), Fraction(0)) for mode in MODES},
        by_question={question: pull["pull_out"] - pull["push_in"] for question, pull in pulls.items()},
        settles=tuple(settles),
        reason=service.balance or "",
    )


def balance(kb: FullKnowledge) -> tuple[tuple[Leaning, ...], Leaning]:
    """Return how each service leans, and how all of them lean together."""
    each = tuple(leaning(kb, name) for name in kb.services)
    pull = {mode: sum((one.pull[mode] for one in each), Fraction(0)) for mode in MODES}
    return each, Leaning("", pull, {}, tuple(s for one in each for s in one.settles), "")


def b1(material: Material) -> Measured:
    """Balance: all services together within one bar; each within another, unless its profile says why not."""
    bars, words = material.yardstick.bars, material.words
    each, whole = balance(material.kb)

    def values(one: Leaning) -> dict[str, str]:
        # With nothing on one side there is no ratio to name: the two pulls say it.
        return {
            "push_in": short(one.pull["push_in"]),
            "pull_out": short(one.pull["pull_out"]),
            "difference": percent(one.difference) or "100+",
            "towards": words(f"mode.{one.towards}") if one.towards else words("audit.neither"),
            "questions": ", ".join(_heaviest(one)),
            "reason": one.reason,
        }

    def over(one: Leaning, bar: Fraction) -> bool:
        return one.difference is None or one.difference > bar

    def fails() -> Iterator[Hit]:
        for one in each:
            if over(one, bars.profile_lean) and not one.reason:
                yield Hit(f"services.{one.service}", "leans", values(one))
        if over(whole, bars.bank_lean):
            yield Hit("services", "all_lean", values(whole))

    excused = [
        Hit(f"services.{one.service}.balance", "excused", values(one))
        for one in each
        if over(one, bars.profile_lean) and one.reason
    ]
    return measured(
        fails(),
        excused,
        given=values(whole),
        services=str(len(each)),
        bank=percent(bars.bank_lean),
        profile=percent(bars.profile_lean),
        settling=str(len(whole.settles)),
    )


def _heaviest(one: Leaning) -> list[str]:
    """Return the questions that lean most to the side to which the service leans."""
    sign = 1 if one.towards == "pull_out" else -1
    ranked = sorted(one.by_question.items(), key=lambda item: -sign * item[1])
    return [f"{name} {short(sign * lean)}" for name, lean in ranked[:_NAMED] if sign * lean > 0]
