"""How long a person waits at the terminal: from the moment a line is read until the program asks for the next one.

`python benchmarks/interview.py`. The program's own interview runs, with its own screen, all services loaded, and plans
in a real folder. Only the keyboard is not there: its lines come from answers by chance, and its calls are what is
timed. So all that happens in between counts: saving the plan, firmness and where to stop, choosing the next question
and drawing it. The text goes nowhere. How much of it the disk takes is timed at `os.fsync`; with `--folder`, on
another disk than that of temporary files.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from unittest import mock

from common import Answers, Record, keep, machine, p95, random_answers, table
from pushpull.cli.sitting import Screen
from pushpull.kb.base import KnowledgeBase
from pushpull.kb.entry import NOT_SURE
from pushpull.kb.questions import Question
from pushpull.kb.words import Words
from pushpull.load.knowledge import load_knowledge
from pushpull.load.words import load_words
from pushpull.plan import PlanFile, new, save
from pushpull.prompts.interview import Interview
from pushpull.prompts.route import Step
from pushpull.reports.question import choices

PLANS = (
    ("reading_decoding",),
    ("articulation",),
    ("counseling",),
    ("nursing_health",),
    ("reading_decoding", "writing", "articulation", "counseling"),
)
"""The services of each plan that is asked about."""
TARGET = 30.0
"""Milliseconds, for the median."""
LABEL = "A."


@dataclass
class Waits:
    """What was measured, in milliseconds: each wait after an answer, and how much of it was the disk."""

    whole: list[float] = field(default_factory=list)
    disk: list[float] = field(default_factory=list)


class Keyboard(Screen):
    """The program's own screen, with a keyboard that types the answers it was given, and notes when it is asked."""

    def __init__(self, words: Words, answers: Answers, waits: Waits) -> None:
        self.form = "table"
        self.repeats_keys = True
        self.words = words
        self.answers = answers
        self.waits = waits
        self.question: tuple[str, Question] | None = None
        """What is on the screen and has no answer yet."""
        self.on_disk = 0.0
        self.typed_at: float | None = None

    def read(self, prompt: str) -> str:
        """Note how long it took, and return the answer; at anything but a question only Enter."""
        del prompt
        now = time.perf_counter()
        if self.typed_at is not None:
            self.waits.whole.append((now - self.typed_at) * 1000)
            self.waits.disk.append(self.on_disk * 1000)
        line = self.line() if self.question else ""
        was_question, self.question, self.on_disk = self.question, None, 0.0
        self.typed_at = time.perf_counter() if was_question else None
        return line

    def line(self) -> str:
        """Return the numbers of the answer to the question on the screen; of one that has no answer, of "not sure"."""
        if self.question is None:
            return ""
        name, question = self.question
        ids = [each for each, _ in choices(question, self.words, LABEL)]
        return " ".join(str(ids.index(option) + 1) for option in self.answers.get(name, (NOT_SURE,)))

    def sync(self, handle: int) -> None:
        """Write to the disk, and note how long that takes."""
        start = time.perf_counter()
        _FSYNC(handle)
        self.on_disk += time.perf_counter() - start


_FSYNC = os.fsync


@dataclass(kw_only=True)
class Sitting(Interview):
    """The program's own interview, which tells the keyboard what it asks."""

    terminal: Keyboard

    def ask(self, section: str, name: str) -> Step | None:
        """Ask one question."""
        self.terminal.question = (name, self.questions(section)[name])
        return super().ask(section, name)


def started(path: Path, services: Sequence[str]) -> PlanFile:
    """Return a new plan with an entry for each service, saved."""
    path.unlink(missing_ok=True)
    file = new(path, label=LABEL, grade="elementary")
    for service in services:
        file = file.with_value(("services", service.replace("_", "-")), {"service": service})
    return save(file)


def interview(
    kb: KnowledgeBase, words: Words, path: Path, services: Sequence[str], count: int, *, quick: bool
) -> Waits:
    """Hold so many interviews about one plan, each with other answers."""
    waits = Waits()
    drawn = zip(*(random_answers(kb, service, count) for service in services), strict=True)
    for each in drawn:
        answers = {name: answer for own in each for name, answer in own.items() if _fits(kb, services, name, answer)}
        keyboard = Keyboard(words, answers, waits)
        with mock.patch("os.fsync", keyboard.sync):
            Sitting(kb=kb, file=started(path, services), quick=quick, terminal=keyboard, words=words).run()
    return waits


def _fits(kb: KnowledgeBase, services: Sequence[str], name: str, answer: tuple[str, ...]) -> bool:
    """Return whether every service of the plan that asks a question has these options; one answer serves them all."""
    asked = [kb.services[service].questions.get(name) for service in services]
    return all(question is None or set(answer) <= set(question.options) for question in asked)


def main() -> None:
    """Hold the interviews and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("-n", type=int, default=20, dest="count", help="interviews of each kind")
    parser.add_argument("--folder", type=Path, help="where the plans are saved meanwhile")
    parser.add_argument("--json", type=Path, help="where to keep the figures")
    given = parser.parse_args()
    os.environ.pop("NO_COLOR", None)
    os.environ["FORCE_COLOR"] = "1"  # as on a terminal
    kb, words = load_knowledge(()), load_words()
    rows, all_waits = [], Waits()
    with (
        tempfile.TemporaryDirectory(dir=given.folder) as folder,
        Path(os.devnull).open("w", encoding="utf-8") as nowhere,
    ):
        for services in PLANS:
            for quick in (False, True):
                with redirect_stdout(nowhere):
                    waits = interview(kb, words, Path(folder, "plan.yaml"), services, given.count, quick=quick)
                name = services[0] if len(services) == 1 else f"{len(services)} services in one plan"
                rows.append(_record(f"{name}, quick" if quick else name, waits))
                all_waits.whole += waits.whole
                all_waits.disk += waits.disk
    rows.append(_record("all", all_waits))
    keep(given.json, {"count": given.count, "interviews": rows})
    print(machine(("pushpull", "rich", "pydantic", "PyYAML")))
    print()
    print(table(WAIT_HEADINGS, map(wait_row, rows)))
    middle = median(all_waits.whole)
    print(f"\nTarget: a median below {TARGET:.0f} ms. {'Met' if middle < TARGET else 'Missed'} with {middle:.1f} ms.")


def _record(name: str, waits: Waits) -> Record:
    whole, disk = waits.whole, waits.disk
    return {
        "name": name,
        "answers": len(whole),
        "ms": median(whole),
        "ms_p95": p95(whole),
        "ms_worst": max(whole),
        "fsync": median(disk),
        "fsync_p95": p95(disk),
    }


WAIT_HEADINGS = ("interview", "answers", "ms", "ms, p95", "ms, worst", "fsync, ms", "fsync, p95")


def wait_row(each: Record) -> tuple[str, ...]:
    """Return a line of the table."""
    name, answers, *values = each.values()
    return name, str(answers), *(f"{value:.1f}" for value in values)


if __name__ == "__main__":
    main()
