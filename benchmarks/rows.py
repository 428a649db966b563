"""A sheet of made-up services, the same for the same number of rows.

`python benchmarks/rows.py 10000 sheet.csv` writes one: three services a student on average, each of any of the shipped
services with its own questions, 85 of 100 answered, checklists with up to three ticks.
"""

from __future__ import annotations

import csv
import random
import sys
from collections.abc import Iterator
from pathlib import Path

from pushpull.caseload.columns import GIVEN
from pushpull.kb.base import KnowledgeBase
from pushpull.load.knowledge import load_knowledge

ANSWERED = 0.85
MOST_TICKS = 3


def sheet(kb: KnowledgeBase, rows: int) -> Iterator[list[str]]:
    """Yield the header and so many rows."""
    dice = random.Random(rows)  # noqa: S311  not for secrets
    names = list(kb.services)
    questions = list(dict.fromkeys(name for service in kb.services.values() for name in service.questions))
    columns = [*GIVEN, *kb.student_questions, *questions]
    yield columns
    made = student = 0
    while made < rows:
        student += 1
        label, grade = f"S{student}", dice.choice(["elementary", "middle", "high"])
        for service in dice.sample(names, dice.randint(1, 5)):
            if made == rows:
                return
            made += 1
            now = dice.choice(["push_in", "pull_out", "pull_out", "none"])
            row = {
                "student": label,
                "grade": grade,
                "week": "1950",
                "service": service,
                "goal": f"Goal {made}, as the plan has it",
                "now": now,
                "minutes": "" if now == "none" else dice.choice(["20", "30", "45"]),
                "times": "" if now == "none" else str(dice.randint(1, 5)),
                "per": "" if now == "none" else "week",
            }
            for name, question in {**kb.student_questions, **kb.services[service].questions}.items():
                if dice.random() < ANSWERED:
                    options = list(question.options)
                    ticks = dice.randint(1, min(MOST_TICKS, len(options))) if question.choose == "many" else 1
                    row[name] = "; ".join(sorted(dice.sample(options, ticks), key=options.index))
            yield [row.get(column, "") for column in columns]


def write(path: Path, rows: int) -> None:
    """Write such a sheet."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(sheet(load_knowledge(()), rows))


if __name__ == "__main__":
    write(Path(sys.argv[2]), int(sys.argv[1]))
