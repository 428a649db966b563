"""The decision in the words of business-rules: variables and actions in Python, rules as data that JSON could hold.

One rule for each row of `decision`: where an answer holds this option, add these points. Then ten rules of which the
first that holds gives the outcome. Two things make it faster than one long list of rules, and change nothing: the rules
are kept by question, so that a question without an answer costs nothing, and where only one option can be chosen, the
first rule that holds is the last that is tried.

What it cannot say: a condition compares one variable with a fixed value. So two sums are compared as the variable of
their difference, against 0. It has no sums either: the actions add up.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from business_rules.actions import BaseActions, rule_action
from business_rules.engine import run_all
from business_rules.fields import FIELD_NUMERIC, FIELD_TEXT
from business_rules.variables import (
    BaseVariables,
    boolean_rule_variable,
    numeric_rule_variable,
    select_rule_variable,
    string_rule_variable,
)

from peers.decision import Bars, Decision, Facts, Row

Answer = tuple[str, int, int]
"""The outcome and both cases."""
Rule = dict[str, Any]


class Adding(BaseActions):
    """What the rules do, and what came of it."""

    def __init__(self) -> None:
        self.push_in = self.pull_out = self.rest_push_in = self.rest_pull_out = 0
        self.parts = self.settled_in = self.settled_out = False
        self.outcome = ""

    @rule_action(
        params={
            "push_in": FIELD_NUMERIC,
            "pull_out": FIELD_NUMERIC,
            "rest_push_in": FIELD_NUMERIC,
            "rest_pull_out": FIELD_NUMERIC,
        }
    )
    def add(self, push_in: int, pull_out: int, rest_push_in: int, rest_pull_out: int) -> None:
        """Add to both cases and both rests."""
        self.push_in += push_in
        self.pull_out += pull_out
        self.rest_push_in += rest_push_in
        self.rest_pull_out += rest_pull_out

    @rule_action()
    def name_parts(self) -> None:
        """Remember that two parts are named."""
        self.parts = True

    @rule_action(params={"mode": FIELD_TEXT})
    def settle(self, mode: str) -> None:
        """Remember that an answer settles the matter."""
        if mode == "push_in":
            self.settled_in = True
        else:
            self.settled_out = True

    @rule_action(params={"outcome": FIELD_TEXT})
    def suggest(self, outcome: str) -> None:
        """Give the outcome."""
        self.outcome = outcome


class Sums(BaseVariables):
    """What the rule asks of the sums."""

    def __init__(self, added: Adding, bars: Bars) -> None:
        self.added = added
        self.bars = bars

    @boolean_rule_variable()
    def settled_in(self) -> bool:
        """Return whether push-in is settled."""
        return self.added.settled_in

    @boolean_rule_variable()
    def settled_out(self) -> bool:
        """Return whether pull-out is settled."""
        return self.added.settled_out

    @boolean_rule_variable()
    def parts(self) -> bool:
        """Return whether two parts are named."""
        return self.added.parts

    @numeric_rule_variable()
    def push_in(self) -> int:
        """Return the case for push-in."""
        return self.added.push_in

    @numeric_rule_variable()
    def pull_out(self) -> int:
        """Return the case for pull-out."""
        return self.added.pull_out

    @numeric_rule_variable()
    def whole_in(self) -> int:
        """Return by how much the rest for push-in takes the whole."""
        times, of = self.bars.whole_push_in
        return self.added.rest_push_in * of - self.added.pull_out * times

    @numeric_rule_variable()
    def whole_out(self) -> int:
        """Return by how much the rest for pull-out takes the whole."""
        times, of = self.bars.whole_pull_out
        return self.added.rest_pull_out * of - self.added.push_in * times

    @numeric_rule_variable()
    def ahead_in(self) -> int:
        """Return how far push-in is ahead."""
        return self.added.push_in - self.added.pull_out

    @numeric_rule_variable()
    def ahead_out(self) -> int:
        """Return how far pull-out is beyond what it needs."""
        times, of = self.bars.pull_out
        return self.added.pull_out * of - self.added.push_in * times


def by_rules(decision: Decision) -> Callable[[Facts], Answer]:
    """Return a function that runs the rules over the answers and then over the sums."""
    ticked = _variables(decision)
    groups = [
        (question, [_rule(row) for row in decision.rows if row.question == question], not several)
        for question, several in decision.questions.items()
    ]
    bars = decision.bars
    last = _outcomes(bars)

    def evaluate(facts: Facts) -> Answer:
        variables, added = ticked(facts), Adding()
        for question, rules, only_one in groups:
            if facts[question]:
                run_all(rules, variables, added, stop_on_first_trigger=only_one)
        run_all(last, Sums(added, bars), added, stop_on_first_trigger=True)
        return added.outcome, added.push_in, added.pull_out

    return evaluate


def _variables(decision: Decision) -> Callable[[Facts], Any]:
    """Return a class with one variable for each question."""

    def take(self: Any, facts: Facts) -> None:
        self.facts = facts

    def read(name: str) -> Callable[[Any], str | list[str]]:
        def variable(self: Any) -> str | list[str]:
            held: str | list[str] = self.facts[name]
            return held

        variable.__name__ = name
        return variable

    words: dict[str, Any] = {"__init__": take}
    for name, several in decision.questions.items():
        words[name] = (select_rule_variable() if several else string_rule_variable())(read(name))
    return type("Ticked", (BaseVariables,), words)


def _rule(row: Row) -> Rule:
    operator = "contains" if row.several else "equal_to"
    groups = [{"any": [_condition(row.question, operator, word) for word in words]} for words in row.chosen]
    conditions = groups[0]["any"][0] if row.chosen[0][1:] == () and len(groups) == 1 else {"all": groups}
    actions: list[Rule] = []
    if any(row.sums):
        names = ("push_in", "pull_out", "rest_push_in", "rest_pull_out")
        actions.append({"name": "add", "params": dict(zip(names, row.sums, strict=True))})
    if row.names_parts:
        actions.append({"name": "name_parts"})
    if row.settles:
        actions.append({"name": "settle", "params": {"mode": row.settles}})
    return {"conditions": conditions, "actions": actions}


def _outcomes(bars: Bars) -> list[Rule]:
    one_side = [_condition("parts", "is_false"), *(_condition(name, "equal_to", 0) for name in ("push_in", "pull_out"))]
    too_little = [_condition(name, "less_than", bars.enough) for name in ("push_in", "pull_out")]
    settled_in, settled_out = _condition("settled_in", "is_true"), _condition("settled_out", "is_true")
    parts = _condition("parts", "is_true")
    return [
        _outcome("open", settled_in, settled_out),
        _outcome("push_in", settled_in),
        _outcome("pull_out", settled_out),
        _outcome("unknown", *too_little, {"any": one_side}),
        _outcome("push_in", parts, _condition("whole_in", "greater_than_or_equal_to", 0)),
        _outcome("pull_out", parts, _condition("whole_out", "greater_than_or_equal_to", 0)),
        _outcome("blend", parts),
        _outcome("push_in", _condition("ahead_in", "greater_than_or_equal_to", 0)),
        _outcome("pull_out", _condition("ahead_out", "greater_than_or_equal_to", 0)),
        _outcome("open", _condition("ahead_in", "less_than", 0)),
    ]


def _outcome(outcome: str, *conditions: Rule) -> Rule:
    return {"conditions": {"all": list(conditions)}, "actions": [{"name": "suggest", "params": {"outcome": outcome}}]}


def _condition(name: str, operator: str, value: str | int | None = None) -> Rule:
    return {"name": name, "operator": operator, "value": value}
