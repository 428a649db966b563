"""Where the time of a caseload goes: microseconds for one service in each stage, in one process that is warm.

`python benchmarks/stages.py sheet.csv`. The first half of the sheet is worked out unmeasured; of the second half, batch
by batch, the program's own functions are timed. What `Caseload.work` does is timed as a whole. Looking answers up,
tallying and amounts are done once more, each alone, on the same batch; what remains of the whole is assembling and
counting. Parts of a tally are timed by a clock around them, and what the clock itself takes is subtracted.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple
from unittest import mock

from common import keep, progress, table
from pushpull.caseload.amounts import Amounts
from pushpull.caseload.cells import Options, Read, way_meant
from pushpull.caseload.columns import Columns, understood
from pushpull.caseload.part import Part
from pushpull.caseload.run import BATCH
from pushpull.caseload.work import Caseload, Setting, scattered
from pushpull.kb.full import FullKnowledge
from pushpull.kb.questions import Question
from pushpull.load.knowledge import load_full
from pushpull.load.words import load_words
from pushpull.problems import Problem
from pushpull.sheet.opening import open_sheet
from pushpull.sheet.table import Batch, Sheet
from pushpull.sheet.writing import CsvWriter
from pushpull.tally import Profile, Ruling, Weight
from pushpull.tally.phrase import Phrase, Phrases

CUTTING, READING, WORKING, WRITING = "finding rows and batches", "taking rows apart", "work", "turning rows into CSV"
LOOKING, TALLYING, AMOUNTS = "looking answers up", "tallying", "amounts and the share of the week"
ASSEMBLING, SAVING, ENDING = "assembling and counting", "writing to the disk", "looking for scattered students"
INSIDE = {
    "firmness": (Profile, "_firmness"),
    "finding the reasons": (Profile, "_first"),
    "telling reasons of the student": (Phrase, "told"),
    "telling requirements and tasks of the student": (Phrases, "told"),
}
"""Parts of a tally: what to put a clock around. One that is no longer there is left out."""
Cells = list[str]


class Stage(NamedTuple):
    """One line of the result."""

    name: str
    microseconds: float
    inside: str = ""
    """The stage that it is a part of."""


class Ready(NamedTuple):
    """A service, ready for rows."""

    profile: Profile
    answers: tuple[tuple[int, Read[str, Weight]], ...]
    related: bool


class Alone:
    """The three stages inside of `Caseload.work`, each alone."""

    def __init__(self, kb: FullKnowledge, columns: Columns) -> None:
        self.kb, self.columns = kb, columns
        self.ruling, self.services = Ruling(kb.rules), dict[str, Ready]()
        self.amounts, self.ways = Amounts(kb.week), Read(way_meant)

    def service(self, name: str) -> Ready:
        """Return a service; sheets of `rows.py` name each by its id."""
        if name not in self.services:
            profile = Profile(self.kb, name, self.ruling)
            places = self.columns.questions
            answers = tuple(
                (places.get(each, -1), _read(profile, each, item)) for each, item in profile.questions.items()
            )
            self.services[name] = Ready(profile, answers, self.kb.services[name].related)
        return self.services[name]

    def looked_up(self, rows: Sequence[Cells]) -> list[tuple[Ready, list[Weight]]]:
        """Look all answers up."""
        called = self.columns.given["service"]
        found = []
        for cells in rows:
            service = self.service(cells[called])
            found.append((service, [answers[cells[place]] for place, answers in service.answers]))
        return found

    def tallied(self, rows: Sequence[Cells], found: Sequence[tuple[Ready, list[Weight]]]) -> None:
        """Tally all rows."""
        student = self.columns.given["student"]
        for cells, (service, row) in zip(rows, found, strict=True):
            service.profile.tally(row, cells[student])

    def shares(self, rows: Sequence[Cells], found: Sequence[tuple[Ready, list[Weight]]]) -> None:
        """Work out the amounts of all rows, and the share of each student."""
        given = self.columns.given
        student, week, now, minutes, times, per, where = (
            given[name] for name in ("student", "week", "now", "minutes", "times", "per", "place")
        )
        key, outside, length = "", list[Any](), ""
        for cells, (service, _) in zip(rows, found, strict=True):
            if cells[student] != key:
                self.amounts.share(self.amounts.weeks[length], outside)
                key, outside, length = cells[student], [], cells[week]
            amount = self.ways[cells[now]], cells[minutes], cells[times], cells[per], cells[where]
            outside.append(self.amounts.outside(amount, related=service.related))


def _read(profile: Profile, name: str, question: Question) -> Read[str, Weight]:
    options, weights = Options(name, question), Read(partial(profile.weigh, name))
    return Read(lambda text: weights[options.meant(text)])


class Clock:
    """Seconds by name."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()

    @contextmanager
    def of(self, name: str, clock: Callable[[], float] = time.process_time) -> Iterator[None]:
        """Time a block: on the processor, so that other work on the machine counts less."""
        start = clock()
        yield
        self.seconds[name] += clock() - start  # type: ignore[assignment]

    def around(self, name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """Return the same function with a clock around it."""
        seconds, clock = self.seconds, time.perf_counter

        def timed(*given: Any) -> Any:
            start = clock()
            result = work(*given)
            seconds[name] += clock() - start  # type: ignore[assignment]
            seconds[f"calls of {name}"] += 1
            return result

        return timed


def stages(path: Path) -> tuple[int, list[Stage]]:
    """Return how many rows were timed, and the stages."""
    kb, words = load_full((), "en"), load_words()
    clock = Clock()
    with clock.of(CUTTING), open_sheet(path) as sheet:
        columns = _columns(kb, sheet, path)
        batches = list(sheet.batches(BATCH, columns.given["student"]))
    caseload, alone = Caseload(Setting(kb, columns, str(path), words)), Alone(kb, columns)
    half, done = len(batches) // 2, 0
    for batch in batches[:half]:
        rows = _rows(sheet, batch)
        found = alone.looked_up(rows)
        alone.tallied(rows, found)
        done += len(rows)
        students = caseload.work(sheet.reading.rows(batch)).students
    before, students = done, list[int]()
    writer = CsvWriter(columns.result)
    with TemporaryDirectory(dir=path.parent) as folder:
        part = Part(Path(folder) / "result.csv", "a benchmark")
        part.begin(resume=False)
        for batch in batches[half:]:
            with clock.of(READING):
                given = list(sheet.reading.rows(batch))
            with clock.of(WORKING):
                made = caseload.work(given)
            with clock.of(WRITING):
                content = writer.rows(made.rows)
            with clock.of(SAVING, time.perf_counter):
                part.add(content, made.summary, made.students)
            students += made.students
            rows = _rows(sheet, batch)
            done += len(rows)
            with clock.of(LOOKING):
                found = alone.looked_up(rows)
            with clock.of(TALLYING):
                alone.tallied(rows, found)
            with clock.of(AMOUNTS):
                alone.shares(rows, found)
            with _inside(clock):
                alone.tallied(rows, found)
        with clock.of(SAVING, time.perf_counter):
            part.finish()
        part.close()
    with clock.of(ENDING):
        scattered(students)
    return done - before, _listed(clock.seconds, done, done - before)


def _listed(seconds: Counter[str], every: int, timed: int) -> list[Stage]:
    each = {name: seconds[name] / timed * 1e6 for name in seconds}
    each[CUTTING] = seconds[CUTTING] / every * 1e6  # of the whole sheet
    each[ASSEMBLING] = each[WORKING] - each[LOOKING] - each[TALLYING] - each[AMOUNTS]
    idle = _idle()
    found = [Stage(name, each[name]) for name in (CUTTING, READING, LOOKING, TALLYING)]
    parts = {name: each[name] - idle * seconds[f"calls of {name}"] / timed for name in INSIDE if name in each}
    found += [Stage(name, max(part, 0.0), TALLYING) for name, part in parts.items()]
    rest = "mode, cases, requirements, next fact"
    found.append(Stage(rest, max(each[TALLYING] - sum(part for _, part, inside in found if inside), 0.0), TALLYING))
    found += [Stage(name, each[name]) for name in (AMOUNTS, ASSEMBLING, WRITING, SAVING, ENDING)]
    return found


def _idle(times: int = 100_000) -> float:
    """Return how many microseconds of its own a clock counts."""
    clock = Clock()
    work = clock.around("idle", lambda: None)
    for _ in range(times):
        work()
    return clock.seconds["idle"] / times * 1e6


@contextmanager
def _inside(clock: Clock) -> Iterator[None]:
    """Put a clock around the parts of a tally."""
    with ExitStack() as held:
        for name, (owner, attribute) in INSIDE.items():
            if work := getattr(owner, attribute, None):
                held.enter_context(mock.patch.object(owner, attribute, clock.around(name, work)))
        yield


def _columns(kb: FullKnowledge, sheet: Sheet, path: Path) -> Columns:
    own = {name for service in kb.services.values() for name in service.questions}
    return understood(sheet.columns, str(path), own | set(kb.student_questions), {})


def _rows(sheet: Sheet, batch: Batch) -> list[Cells]:
    """Return the rows of a batch, each with an empty cell behind it, as `Caseload` has them."""
    return [[*row[1], ""] for row in sheet.reading.rows(batch) if not isinstance(row, Problem)]


def main() -> None:
    """Time the stages and print them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("sheet", type=Path, help="a sheet made by rows.py")
    parser.add_argument("--json", type=Path, help="where to keep the figures")
    given = parser.parse_args()
    rows, found = stages(given.sheet)
    keep(given.json, {"rows": rows, "stages": [stage._asdict() for stage in found]})
    if not given.json:
        print(
            table(
                ("stage", "µs"),
                [(f"- {each.name}" if each.inside else each.name, f"{each.microseconds:.2f}") for each in found],
            )
        )
        progress(f"{rows:,} rows")


if __name__ == "__main__":
    main()
