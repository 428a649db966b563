"""How long one row takes that is tallied, beside one suggestion with its outlook, for rows of every shipped service.

`python benchmarks/tally.py` prints it for the machine it runs on. The ratio says more than the microseconds.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from common import keep
from pushpull.kb.base import KnowledgeBase
from pushpull.kb.questions import Question
from pushpull.load.knowledge import load_knowledge
from pushpull.outlook import outlook
from pushpull.suggest import suggest
from pushpull.tally import Profile, Ruling, Weight

ROWS = 1000
"""For each service."""
ASKED = 5
"""So many of them, for each service, are also asked of `suggest` and `outlook`."""
CHUNK = 250
Row = list[Weight]
Profiles = dict[str, Profile]


def some_answer(dice: random.Random, question: Question) -> tuple[str, ...]:
    """Return any answer; of a checklist, one to three ticks."""
    most = min(3, len(question.options)) if question.choose == "many" else 1
    return tuple(dice.sample(list(question.options), dice.randint(1, most)))


def rows_of(profile: Profile, share: float, seed: str, count: int) -> list[Row]:
    """Return rows in which that share of the questions is answered, the same in every run."""
    dice = random.Random(seed)  # noqa: S311  not for secrets
    known: dict[tuple[str, tuple[str, ...]], Weight] = {}
    rows = []
    for _ in range(count):
        row = list(profile.unanswered)
        for place, (name, question) in enumerate(profile.questions.items()):
            if dice.random() < share:
                answer = some_answer(dice, question)
                if (name, answer) not in known:
                    known[name, answer] = profile.weigh(name, answer)
                row[place] = known[name, answer]
        rows.append(row)
    return rows


def each(work: Callable[[], object], times: int) -> float:
    """Return how many microseconds one of so many pieces of work takes."""
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1_000_000 / times


def tallied(profiles: Profiles, chunks: list[tuple[str, list[Row]]]) -> float:
    """Return the median time of a row, over chunks of rows of one service."""

    def work(profile: Profile, rows: list[Row]) -> None:
        for row in rows:
            profile.tally(row, "J.R.")

    return median(each(lambda n=name, r=rows: work(profiles[n], r), len(rows)) for name, rows in chunks)  # type: ignore[misc]


def asked(kb: KnowledgeBase, name: str, row: Row) -> None:
    """Ask `suggest` and `outlook` for the same."""
    answers = {weight.question: weight.answer for weight in row if weight.answer}
    suggest(kb, name, answers)
    outlook(kb, name, answers)


def main() -> None:
    """Print the medians and their ratios."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--rows", type=int, default=ROWS, help="rows of each service")
    parser.add_argument("--json", type=Path, help="where to keep the figures")
    given = parser.parse_args()
    kb = load_knowledge(())
    print(f"{len(kb.services)} services, {given.rows} rows of each, in microseconds a row, on this machine")
    found = []
    for share in (1.0, 0.8, 0.5, 0.1):
        ruling = Ruling(kb.rules)
        profiles = {name: Profile(kb, name, ruling) for name in kb.services}
        rows = {name: rows_of(profile, share, name, given.rows) for name, profile in profiles.items()}
        # Rows of all services by turns, as a long list of students brings them.
        chunks = [(name, rows[name][at : at + CHUNK]) for at in range(0, given.rows, CHUNK) for name in profiles]
        cold = sum(tallied(profiles, [chunk]) for chunk in chunks) / len(chunks)
        warm = median(tallied(profiles, chunks) for _ in range(3))
        direct = median(each(lambda n=n, r=r: asked(kb, n, r), 1) for n in rows for r in rows[n][:ASKED])  # type: ignore[misc]
        found.append({"answered": share, "cold": cold, "warm": warm, "direct": direct})
        print(
            f"{share:4.0%} answered: {cold:6.1f} with empty memory, {warm:6.1f} once it is full;"
            f" one suggestion with its outlook {direct:7.0f}, {direct / warm:5.0f} times as long"
        )
    keep(given.json, {"services": len(kb.services), "rows": given.rows, "shares": found})


if __name__ == "__main__":
    main()
