"""Where the time of a caseload goes: microseconds for one service in each stage, in one process that is warm.

`python benchmarks/stages.py sheet.csv`. The first half of the sheet is worked out unmeasured; of the second half,
batch by batch, the program's own functions are timed. `Caseload.work` does each batch twice: what the first time takes
longer is what was not remembered yet. Looking answers up, tallying and amounts are then done alone, on the same batch,
the second time timed; what remains of the second `Caseload.work` is assembling and counting. Parts of a tally are
timed by a clock around them, and what the clock itself takes is subtracted. What is
worked out in the first half and then remembered is timed as well: every process has to do that for itself.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple
from unittest import mock

from caseload import ONCE_HEADINGS, STAGE_HEADINGS, once_rows, stage_rows
from common import Record, keep, table
from pushpull.caseload.amounts import Amounts
from pushpull.caseload.cells import Options, Read, way_meant
from pushpull.caseload.columns import Columns, understood
from pushpull.caseload.run import BATCH
from pushpull.caseload.unfinished import Unfinished
from pushpull.caseload.work import Caseload, Setting, told_apart
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

CUTTING, READING, WRITING = "finding rows and batches", "taking rows apart", "turning rows into CSV"
FIRST, AGAIN, NEW = "work, the first time", "work, again", "working out what is not remembered yet"
LOOKING, TALLYING, AMOUNTS = "looking answers up", "tallying", "amounts and the share of the week"
ASSEMBLING, SAVING, ENDING = "assembling and counting", "writing to the disk", "looking for scattered students"
INSIDE = {
    "firmness": (Profile, "_firmness"),
    "finding the reasons": (Profile, "_first"),
    "telling reasons of the student": (Phrase, "told"),
    "telling requirements and tasks of the student": (Phrases, "told"),
}
"""Parts of a tally: what to put a clock around. One that is no longer there is left out."""
ONCE = {
    "what the text of a cell means": (Options, "meant"),
    "what an answer weighs": (Profile, "weigh"),
    "what follows from sums": (Ruling, "_standing"),
    "which two open questions belong together": (Profile, "_pairs_of"),
    "what two open answers could still do": (Profile, "_prospect"),
    "which requirements are not met": (Profile, "_unmet_of"),
    "the next fact": (Profile, "_next_fact"),
}
"""What is remembered: where it is worked out. One that is no longer there is left out."""
Cells = list[str]


class Stage(NamedTuple):
    """One line of the result."""

    name: str
    microseconds: float
    inside: str = ""
    """The stage that it is a part of."""


class Once(NamedTuple):
    """What is worked out once and remembered: how often in the first half, and how long all of it took."""

    name: str
    times: int
    milliseconds: float


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
    options, weights = Options(name, question, "the student"), Read(partial(profile.weigh, name))
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


def stages(path: Path) -> Record:
    """Return how many rows were timed, the stages, and what the first half worked out once."""
    kb, words = load_full((), "en"), load_words()
    clock, first = Clock(), Clock()
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
        with _around(ONCE, first):  # what is bound meanwhile stays so
            caseload.work(sheet.reading.rows(batch))
    before, students, once = done, list[int](), _once(first.seconds)
    writer = CsvWriter(columns.result)
    with TemporaryDirectory(dir=path.parent) as folder:
        part = Unfinished(Path(folder) / "result.csv", "a benchmark")
        part.begin(writer.header(), resume=False)
        for batch in batches[half:]:
            with clock.of(READING):
                given = list(sheet.reading.rows(batch))
            with clock.of(FIRST):
                made = caseload.work(given)
            with clock.of(WRITING):
                content = writer.rows(made.rows)
            with clock.of(SAVING, time.perf_counter):
                part.add(content, made.summary, made.students)
            students += made.students
            given = list(sheet.reading.rows(batch))
            with clock.of(AGAIN):
                caseload.work(given)
            rows = _rows(sheet, batch)
            done += len(rows)
            alone.tallied(rows, alone.looked_up(rows))
            with clock.of(LOOKING):
                found = alone.looked_up(rows)
            with clock.of(TALLYING):
                alone.tallied(rows, found)
            with clock.of(AMOUNTS):
                alone.shares(rows, found)
            with _around(INSIDE, clock):
                alone.tallied(rows, found)
        with clock.of(SAVING, time.perf_counter):
            part.finish()
        part.close()
    with clock.of(ENDING):
        told_apart(students)
    listed = _listed(clock.seconds, done, done - before)
    return {
        "rows": done - before,
        "stages": [each._asdict() for each in listed],
        "first": before,
        "once": [each._asdict() for each in once],
    }


def _listed(seconds: Counter[str], every: int, timed: int) -> list[Stage]:
    each = {name: seconds[name] / timed * 1e6 for name in seconds}
    each[CUTTING] = seconds[CUTTING] / every * 1e6  # of the whole sheet
    each[NEW] = each[FIRST] - each[AGAIN]
    each[ASSEMBLING] = each[AGAIN] - each[LOOKING] - each[TALLYING] - each[AMOUNTS]
    idle = _idle()
    found = [Stage(name, each[name]) for name in (CUTTING, READING, LOOKING, TALLYING)]
    parts = {name: each[name] - idle * seconds[f"calls of {name}"] / timed for name in INSIDE if name in each}
    found += [Stage(name, max(part, 0.0), TALLYING) for name, part in parts.items()]
    rest = "mode, cases, requirements, next fact"
    found.append(Stage(rest, max(each[TALLYING] - sum(part for _, part, inside in found if inside), 0.0), TALLYING))
    found += [Stage(name, each[name]) for name in (AMOUNTS, ASSEMBLING, NEW, WRITING, SAVING, ENDING)]
    return found


def _once(seconds: Counter[str]) -> list[Once]:
    return [Once(name, seconds[f"calls of {name}"], seconds[name] * 1000) for name in ONCE if name in seconds]


def _idle(times: int = 100_000) -> float:
    """Return how many microseconds of its own a clock counts."""
    clock = Clock()
    work = clock.around("idle", lambda: None)
    for _ in range(times):
        work()
    return clock.seconds["idle"] / times * 1e6


@contextmanager
def _around(functions: Mapping[str, tuple[type, str]], clock: Clock) -> Iterator[None]:
    """Put a clock around functions."""
    with ExitStack() as held:
        for name, (owner, attribute) in functions.items():
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
    found = stages(given.sheet)
    keep(given.json, found)
    if not given.json:
        print(table(STAGE_HEADINGS, stage_rows(found)))
        print()
        print(table(ONCE_HEADINGS, once_rows(found)))


if __name__ == "__main__":
    main()
