"""The decision in the words of zen-engine (GoRules): graphs of tables and expressions in its JSON, JDM.

Two graphs and one expression, each generated from the rows of `decision`:

- `table_graph` is what a person would draw in its editor: one table that collects, with a line for each row, an
  expression that adds up what was collected, and a table whose first hit is the outcome.
- `expression_graph` adds up in expressions, which is faster: no list of hits is built. The rule is the same table.
- `lone_expression` is no decision graph at all, only the engine's expression language: the least it can do.

What it cannot say: that two ticks on one screen together name two parts. `decision` writes such pairs out as rows of
their own, and a condition over one checklist says both. A checklist may be empty and may not be missing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any

import zen

from peers.decision import Decision, Facts, Row

Answer = tuple[str, int, int]
"""The outcome and both cases."""
Node = dict[str, Any]
SUMS = ("push_in", "pull_out", "rest_push_in", "rest_pull_out")
_KEY = "decision"


def by_graph(graph: str) -> Callable[[Facts], Answer]:
    """Return a function that evaluates a graph.

    `ZenEngine.evaluate` with a graph that was given beforehand is the fastest call for one row: the graph is compiled
    once. In 2.1.3, a `ZenDecision` from `create_decision` or `get_decision` took five to seven times as long for one
    row, JSON in the place of a dict about as long, and `evaluate_batch` a little less, on two cores instead of one.
    """
    engine = zen.ZenEngine({"loader": {"type": "static", "content": {_KEY: json.loads(graph)}}})

    def evaluate(facts: Facts) -> Answer:
        result = engine.evaluate(_KEY, facts)["result"]
        return result["outcome"], result["push_in"], result["pull_out"]

    return evaluate


def by_expression(source: str) -> Callable[[Facts], Answer]:
    """Return a function that evaluates one expression, compiled once."""
    expression = zen.compile_expression(source)

    def evaluate(facts: Facts) -> Answer:
        result = expression.evaluate(facts)
        return result["outcome"], result["push_in"], result["pull_out"]

    return evaluate


def table_graph(decision: Decision) -> str:
    """Return a graph in which every row of the decision is a line of one table."""
    hits = [
        {
            "when": _both(row),
            **{name: str(points) for name, points in zip(SUMS, row.sums, strict=True)},
            "parts": _word(truth=row.names_parts),
            "settles": f"'{row.settles or ''}'",
        }
        for row in decision.rows
    ]
    added = {
        **{name: f"sum(map(hits, #.{name}))" for name in SUMS},
        "parts": "some(hits, #.parts)",
        "settled_in": "some(hits, #.settles == 'push_in')",
        "settled_out": "some(hits, #.settles == 'pull_out')",
    }
    rows = _table("rows", hits, policy="collect", path="hits")
    return _graph(rows, _expressions("sums", added), _rule_node(decision))


def expression_graph(decision: Decision) -> str:
    """Return a graph in which expressions add up, and a table gives the outcome."""
    return _graph(_expressions("sums", dict(_added(decision))), _rule_node(decision))


def lone_expression(decision: Decision) -> str:
    """Return one expression: the sums by name, and the rule as one choice after the other."""
    sums = "; ".join(f"{name} = {value}" for name, value in _added(decision))
    choices = "".join(f"({when}) ? '{outcome}' : " for when, outcome in _rule(decision) if when)
    return f"{sums}; {{outcome: {choices}'open', push_in: push_in, pull_out: pull_out}}"


def _rule(decision: Decision) -> list[tuple[str, str]]:
    """Return the conditions and outcomes, of which the first that fits counts."""
    bars = decision.bars
    (times, of), (times_in, of_in), (times_out, of_out) = bars.pull_out, bars.whole_push_in, bars.whole_pull_out
    too_little = f"max([push_in, pull_out]) < {bars.enough}"
    return [
        ("settled_in and settled_out", "open"),
        ("settled_in", "push_in"),
        ("settled_out", "pull_out"),
        (f"{too_little} and not (parts and push_in > 0 and pull_out > 0)", "unknown"),
        (f"parts and rest_push_in * {of_in} >= pull_out * {times_in}", "push_in"),
        (f"parts and rest_pull_out * {of_out} >= push_in * {times_out}", "pull_out"),
        ("parts", "blend"),
        ("push_in >= pull_out", "push_in"),
        (f"pull_out * {of} >= push_in * {times}", "pull_out"),
        ("", "open"),
    ]


def _added(decision: Decision) -> Iterator[tuple[str, str]]:
    """Yield the sums and what the rule asks beside them, each with its expression."""
    for place, name in enumerate(SUMS):
        yield name, " + ".join(_terms(decision, place)) or "0"
    yield "parts", _any(row for row in decision.rows if row.names_parts)
    yield "settled_in", _any(row for row in decision.rows if row.settles == "push_in")
    yield "settled_out", _any(row for row in decision.rows if row.settles == "pull_out")


def _terms(decision: Decision, place: int) -> Iterator[str]:
    """Yield what each question adds to one of the sums; options that add the same are counted together."""
    for question, several in decision.questions.items():
        options: dict[int, list[str]] = {}
        for row in decision.rows:
            if row.question != question or not (points := row.sums[place]):
                continue
            if len(row.chosen) > 1:
                yield f"({_both(row)} ? {points} : 0)"
            else:
                options.setdefault(points, []).extend(row.chosen[0])
        if several:
            yield from (f"count({question}, # in {_list(words)}) * ({points})" for points, words in options.items())
        elif options:
            yield f"({''.join(f'{question} in {_list(words)} ? {points} : ' for points, words in options.items())}0)"


def _any(rows: Iterator[Row]) -> str:
    return " or ".join(f"({_both(row)})" for row in rows) or "false"


def _both(row: Row) -> str:
    if not row.several:
        return f"{row.question} == '{row.chosen[0][0]}'"
    return " and ".join(
        f"'{words[0]}' in {row.question}" if len(words) == 1 else f"some({row.question}, # in {_list(words)})"
        for words in row.chosen
    )


def _list(words: Sequence[str]) -> str:
    quoted = ", ".join(f"'{word}'" for word in words)
    return f"[{quoted}]"


def _word(*, truth: bool) -> str:
    return "true" if truth else "false"


def _rule_node(decision: Decision) -> Node:
    hits = [
        {"when": when, "outcome": f"'{outcome}'", "push_in": "push_in", "pull_out": "pull_out"}
        for when, outcome in _rule(decision)
    ]
    return _table("rule", hits, policy="first")


def _table(name: str, hits: Sequence[dict[str, str]], *, policy: str, path: str | None = None) -> Node:
    outputs = [word for word in hits[0] if word != "when"]
    content = {
        "hitPolicy": policy,
        "inputs": [{"id": "when", "name": "when"}],
        "outputs": [{"id": word, "name": word, "field": word} for word in outputs],
        "rules": [{"_id": f"{name}-{number}", **hit} for number, hit in enumerate(hits)],
    }
    return _node("decisionTableNode", name, content, path)


def _expressions(name: str, values: dict[str, str]) -> Node:
    lines = [{"id": f"{name}-{key}", "key": key, "value": value} for key, value in values.items()]
    return _node("expressionNode", name, {"expressions": lines})


def _node(kind: str, name: str, content: dict[str, Any], path: str | None = None) -> Node:
    how = {"inputField": None, "outputPath": path, "passThrough": False, "executionMode": "single"}
    return {"id": name, "type": kind, "name": name, "position": {"x": 0, "y": 0}, "content": content | how}


def _graph(*inner: Node) -> str:
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in", "content": {"schema": ""}},
        *inner,
        {"id": "out", "type": "outputNode", "name": "out", "content": {"schema": ""}},
    ]
    edges = [
        {"id": f"{one['id']}-{next_one['id']}", "type": "edge", "sourceId": one["id"], "targetId": next_one["id"]}
        for one, next_one in pairwise(nodes)
    ]
    return json.dumps({"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges})
