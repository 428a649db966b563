"""The same decision by pushpull and by two rule engines: first that all say the same, then how many rows a second.

`python benchmarks/engines.py`, with the extra `bench`. One row is one set of answers about one service. The engines
give the outcome and both cases, and no more. Their rows are put into the form they like best before the clock starts,
their rules are built and compiled before it as well, and the ways take turns, so that what else the machine does
slows all of them.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from common import Answers, machine, middle_ratio, random_answers, table, took
from peers import business, jdm
from peers.decision import Decision, decision_of, facts
from pushpull.kb.base import KnowledgeBase
from pushpull.kb.entry import MODES
from pushpull.load.knowledge import load_knowledge
from pushpull.suggest import suggest

SERVICE = "reading_decoding"
THIN = 0.15
"""The chance of an answer in the rows that show what is said of too little."""
Said = tuple[str, Any, Any]
"""The outcome and both cases."""


@dataclass(frozen=True)
class Way:
    """One way to decide."""

    name: str
    decide: Callable[[Any], Said]
    """Called once for each row."""
    own_rows: bool = False
    """Whether it takes the answers as pushpull has them, not as facts for an engine."""


def ours(kb: KnowledgeBase, service: str) -> Callable[[Answers], Said]:
    """Return our own decision for one row. What can be worked out once for a service belongs outside `decide`."""

    def decide(answers: Answers) -> Said:
        found = suggest(kb, service, answers)
        return found.mode, found.case["push_in"], found.case["pull_out"]

    return decide


def ways(kb: KnowledgeBase, service: str, decision: Decision) -> list[Way]:
    """Return all ways, our own first."""
    return [
        Way("pushpull", ours(kb, service), own_rows=True),
        Way("zen-engine, a table of rows", jdm.by_graph(jdm.table_graph(decision))),
        Way("zen-engine, expressions in a graph", jdm.by_graph(jdm.expression_graph(decision))),
        Way("zen-engine, one expression and no graph", jdm.by_expression(jdm.lone_expression(decision))),
        Way("business-rules", business.by_rules(decision)),
    ]


def check(kb: KnowledgeBase, service: str, rows: Sequence[Answers]) -> Counter[str]:
    """Raise `SystemExit` unless all ways say of every row what `suggest` says; return how often each outcome came."""
    decision = decision_of(kb, service)
    outcomes: Counter[str] = Counter()
    all_ways = ways(kb, service, decision)
    for row in rows:
        found = suggest(kb, service, row)
        outcomes[found.mode] += 1
        cases = tuple(found.case[mode] for mode in MODES)
        for way in all_ways:
            mode, *sums = way.decide(row if way.own_rows else facts(decision, row))
            points = tuple(sums) if way.own_rows else tuple(each / decision.scale for each in sums)
            if (mode, points) != (found.mode, cases):
                raise SystemExit(f"{way.name} says {mode} {points}, not {found.mode} {cases}, of {service}: {row}")
    return outcomes


def measure(kb: KnowledgeBase, service: str, rows: Sequence[Answers], rounds: int) -> str:
    """Return the rows per second of each way, and how many times as fast ours is."""
    decision = decision_of(kb, service)
    as_facts = [facts(decision, row) for row in rows]
    all_ways = ways(kb, service, decision)
    seconds: dict[str, list[float]] = {way.name: [] for way in all_ways}
    for _ in range(rounds):
        for way in all_ways:
            given: Sequence[Any] = rows if way.own_rows else as_facts
            seconds[way.name].append(took(lambda way=way, given=given: [way.decide(row) for row in given]))  # type: ignore[misc]
    mine = seconds[all_ways[0].name]
    return table(
        ("way", "rows per second", "µs for one row", "ours is so many times as fast"),
        [
            (name, f"{len(rows) / median(all_of):,.0f}", f"{median(all_of) / len(rows) * 1e6:.1f}", f"{ratio:.2f}")
            for name, all_of in seconds.items()
            for ratio in [middle_ratio(all_of, mine)]
        ],
    )


def main() -> None:
    """Check, measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--rows", type=int, default=2000, help="rows to check and to time")
    parser.add_argument("--rounds", type=int, default=7, help="how often each way does all rows")
    parser.add_argument("--check-all", action="store_true", help="only check, and every shipped service")
    given = parser.parse_args()
    kb = load_knowledge(())
    for service in kb.services if given.check_all else [SERVICE]:
        full = random_answers(kb, service, given.rows)
        thin = random_answers(kb, service, max(given.rows // 4, 1), answered=THIN)
        outcomes = check(kb, service, [*full, *thin])
        counts = ", ".join(f"{outcome} {count}" for outcome, count in outcomes.most_common())
        print(f"{service}: all ways say the same of {len(full) + len(thin)} rows ({counts})")
    if given.check_all:
        return
    print()
    print(machine(("pushpull", "zen-engine", "business-rules")))
    print()
    print(measure(kb, SERVICE, full, given.rounds))


if __name__ == "__main__":
    main()
