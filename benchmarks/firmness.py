"""How long one firmness takes, beside one suggestion, for half-answered interviews of every shipped service.

`python benchmarks/firmness.py` prints it for the machine it runs on. The ratio says more than the milliseconds.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from common import keep
from pushpull.kb.base import KnowledgeBase
from pushpull.load.knowledge import load_knowledge
from pushpull.outlook import View, outlook
from pushpull.outlook.table import Table
from pushpull.suggest import suggest

INTERVIEWS = 100
"""For each service."""
Answers = dict[str, tuple[str, ...]]


def half_answered(kb: KnowledgeBase, service: str, count: int) -> Iterator[Answers]:
    """Yield interviews in which half of the questions have been answered, the same in every run."""
    dice = random.Random(service)  # noqa: S311  not for secrets
    questions = {**kb.student_questions, **kb.services[service].questions}
    for _ in range(count):
        answers = {}
        for name in dice.sample(sorted(questions), len(questions) // 2):
            options = list(questions[name].options)
            most = len(options) if questions[name].choose == "many" else 1
            answers[name] = tuple(dice.sample(options, dice.randint(1, most)))
        yield answers


def took(work: Callable[[], object]) -> float:
    """Return how many milliseconds some work takes."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def main() -> None:
    """Print the medians and their ratios."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("-n", type=int, default=INTERVIEWS, dest="count", help="interviews of each service")
    parser.add_argument("--json", type=Path, help="where to keep the figures")
    given = parser.parse_args()
    kb = load_knowledge(())
    cases = [(name, answers) for name in kb.services for answers in half_answered(kb, name, given.count)]
    tables = [took(lambda name=name: Table(kb, name)) for name in kb.services]  # type: ignore[misc]
    for name, answers in cases:  # the tables are worked out once for each service
        View(kb, name, answers).firmness()
    times = {
        "one suggestion": [took(lambda n=n, a=a: suggest(kb, n, a)) for n, a in cases],  # type: ignore[misc]
        "one firmness": [took(lambda n=n, a=a: View(kb, n, a).firmness()) for n, a in cases],  # type: ignore[misc]
        "one outlook": [took(lambda n=n, a=a: outlook(kb, n, a)) for n, a in cases],  # type: ignore[misc]
        "one table, once for a service": tables,
    }
    unit = median(times["one suggestion"])
    print(f"{len(kb.services)} services, {given.count} half-answered interviews of each, on this machine")
    middles = {name: {"ms": median(all_of), "worst": max(all_of)} for name, all_of in times.items()}
    keep(given.json, {"services": len(kb.services), "count": given.count, "times": middles})
    for name, all_times in times.items():
        middle, worst = median(all_times), max(all_times)
        print(f"{name:30} median {middle:7.3f} ms, worst {worst:7.3f} ms, {middle / unit:6.2f} times one suggestion")


if __name__ == "__main__":
    main()
