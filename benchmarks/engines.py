"""The same decision by pushpull and by two rule engines: first that all say the same, then how many rows a second.

`python benchmarks/engines.py`, with the extra `bench`. One row is one set of answers about one service. The engines
give the outcome and both cases, and no more; a tally, which is what a caseload does with each row, also gives the
reasons in words, the firmness, the next fact and the requirements. The engines' rows are put into the form they like
best before the clock starts, their rules are built and compiled before it as well, and the ways take turns, so that
what else the machine does slows all of them. A tally starts from answers as `suggest` does, so looking up what each of
them weighs is timed, too; another line leaves that out. Every way does all rows once before that, unmeasured.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

from common import Answers, Record, keep, machine, random_answers, table, took
from engines_told import TARGET, WAY_HEADINGS, fastest, times_as_fast, way_rows
from peers import business, jdm
from peers.decision import Decision, decision_of, facts
from pushpull.caseload.cells import Read
from pushpull.kb.base import KnowledgeBase
from pushpull.kb.entry import MODES
from pushpull.load.knowledge import load_knowledge
from pushpull.suggest import suggest
from pushpull.tally import Profile, Weight

SERVICE = "reading_decoding"
THIN = 0.15
"""The chance of an answer in the rows that show what is said of too little."""
STUDENT = "J.R."
Said = tuple[str, Any, Any]
"""The outcome and both cases."""


@dataclass(frozen=True)
class Way:
    """One way to decide."""

    name: str
    decide: Callable[[Any], Said]
    """Called once for each row."""
    prepare: Callable[[Answers], Any]
    """Puts answers into the form that `decide` takes, before the clock starts."""
    scale: int = 1
    """What one point is in its cases."""
    engine: bool = True
    """Whether it is one of the engines, and not our own."""


def ours(kb: KnowledgeBase, service: str) -> list[Way]:
    """Return our own ways: the tally from answers, the tally of weights that were looked up, and a suggestion."""
    profile = Profile(kb, service)
    # As a caseload does: what was weighed is remembered, question by question.
    weights = [(name, Read(partial(profile.weigh, name))) for name in profile.questions]

    def weighed(answers: Answers) -> list[Weight]:
        return [known[answers.get(name, ())] for name, known in weights]

    def tallied(row: list[Weight]) -> Said:
        found = profile.tally(row, STUDENT)
        return found.mode, found.case_push_in, found.case_pull_out

    def suggested(answers: Answers) -> Said:
        found = suggest(kb, service, answers)
        return found.mode, found.case["push_in"], found.case["pull_out"]

    return [
        Way("pushpull, a tally with reasons", lambda answers: tallied(weighed(answers)), dict, engine=False),
        Way("pushpull, the same once answers are looked up", tallied, weighed, engine=False),
        Way("pushpull, `suggest()` for one plan", suggested, dict, engine=False),
    ]


def ways(kb: KnowledgeBase, service: str, decision: Decision) -> list[Way]:
    """Return all ways, our own first."""
    engines = {
        "zen-engine, a table of rows": jdm.by_graph(jdm.table_graph(decision)),
        "zen-engine, expressions in a graph": jdm.by_graph(jdm.expression_graph(decision)),
        "zen-engine, one expression and no graph": jdm.by_expression(jdm.lone_expression(decision)),
        "business-rules": business.by_rules(decision),
    }
    given = partial(facts, decision)
    return [*ours(kb, service), *(Way(name, decide, given, decision.scale) for name, decide in engines.items())]


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
            mode, *sums = way.decide(way.prepare(row))
            points = tuple(Fraction(each) / way.scale for each in sums)
            if (mode, points) != (found.mode, cases):
                raise SystemExit(f"{way.name} says {mode} {points}, not {found.mode} {cases}, of {service}: {row}")
    return outcomes


def measure(kb: KnowledgeBase, service: str, rows: Sequence[Answers], rounds: int) -> Record:
    """Return how many seconds each way took in each round."""
    all_ways = ways(kb, service, decision_of(kb, service))
    given = [[way.prepare(row) for row in rows] for way in all_ways]

    def work(way: Way, prepared: Sequence[Any]) -> None:
        for row in prepared:
            way.decide(row)

    seconds: list[list[float]] = [[] for _ in all_ways]
    for number in range(rounds + 1):
        for way, prepared, taken in zip(all_ways, given, seconds, strict=True):
            this = took(partial(work, way, prepared))
            if number:
                taken.append(this)
    measured = zip(all_ways, seconds, strict=True)
    return {
        "service": service,
        "rows": len(rows),
        "ways": [{"name": way.name, "engine": way.engine, "seconds": taken} for way, taken in measured],
    }


def main() -> None:
    """Check, measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--rows", type=int, default=2000, help="rows to check and to time")
    parser.add_argument("--rounds", type=int, default=7, help="how often each way does all rows")
    parser.add_argument("--check-all", action="store_true", help="only check, and every shipped service")
    parser.add_argument("--json", type=Path, help="where to keep the figures")
    given = parser.parse_args()
    kb = load_knowledge(())
    for service in kb.services if given.check_all else [SERVICE]:
        full = random_answers(kb, service, given.rows)
        thin = random_answers(kb, service, max(given.rows // 4, 1), answered=THIN)
        outcomes = check(kb, service, [*full, *thin])
        checked = len(full) + len(thin)
        counts = ", ".join(f"{outcome} {count}" for outcome, count in outcomes.most_common())
        print(f"{service}: all ways say the same of {checked} rows ({counts})")
    if given.check_all:
        return
    print()
    print(machine(("pushpull", "zen-engine", "business-rules")))
    print()
    record = measure(kb, SERVICE, full, given.rounds)
    keep(given.json, {**record, "checked": checked, "outcomes": dict(outcomes)})
    print(table(WAY_HEADINGS, way_rows(record)))
    best = fastest(record)
    ratio = times_as_fast(record, best)
    print(f"\nTarget: {TARGET} times the faster engine. {'Met' if ratio >= TARGET else 'Missed'} with {ratio:.2f}.")


if __name__ == "__main__":
    main()
