"""Ten thousand interviews through the real command in one process: every plan is sound, memory and time stay flat.

`python trials/soak.py` starts one process that runs the program's own `main` with `ask plan.yaml`, again and again, at
a pseudo-terminal. Somebody types random valid answers, and at times a key, a note or something wrong. The plans are
new or gone on with, about one to three services, and every third interview is `--quick`. After each one the plan is
opened: all of its answers have to be known ones, and nothing may lie beside it. Of a sample, the suggestion on the
screen has to be what `suggest` shows of the file.

Every tenth interview is the same one, word for word: it is the measure. A second process, a new one every five hundred
interviews, holds it at the same moment. What else the machine does slows both, so the time of the old process is
counted in times of the young one. The run fails if the last tenth of it is more than five percent slower, or keeps
more than five percent more pieces of memory, or if the whole process is more than fifteen percent larger, than in the
first tenth; before that, some interviews warm up.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from pathlib import Path
from statistics import mean, median

from inputs import workplace
from owed import BrokenPromiseError, hold, knowledge
from pushpull import plan
from recorded import RESULTS, SEED, Clock, keep, told
from typist import Desk, Report

COUNT = 10_000
WARM = 60
FLAT = 0.05
WINDOWS = 20
_MEASURE = 10
_YOUNG = 50
"""Measures after which a young process is no longer young."""
_WARM_YOUNG = 3
_SAMPLE = 25
_PLAN = "plan.yaml"


@dataclass
class Run:
    """What was seen over a run, interview by interview."""

    memory: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    measures: list[tuple[float, float, int]] = field(default_factory=list)
    """Of the interview that is always the same: its time in times of a young process, and the memory and its pieces."""
    lines: int = 0
    answers: int = 0
    compared: int = 0
    resumed: int = 0
    left: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, report: Report, young: Report | None) -> None:
        """Add one interview; of a measure, with what it came to in a young process."""
        self.memory.append(report.memory)
        self.seconds.append(report.seconds)
        self.lines += report.lines
        if young:
            self.measures.append((report.seconds / young.seconds, report.memory, report.blocks))

    @property
    def beside_young(self) -> float:
        """Return the time of the last tenth of the measures, in times of a young process."""
        return median(each[0] for each in self.measures[-max(len(self.measures) // 10, 1) :])

    def drift(self, part: int) -> float:
        """Return by which share the last tenth of the measures is above the first one."""
        values: list[float] = [each[part] for each in self.measures] or [1.0]
        tenth = max(len(values) // 10, 1)
        return median(values[-tenth:]) / median(values[:tenth]) - 1

    def windows(self, values: Sequence[float]) -> list[float]:
        """Return the means of twenty windows."""
        cuts = [round(len(values) * number / WINDOWS) for number in range(WINDOWS + 1)]
        return [mean(values[start:end]) for start, end in pairwise(cuts) if end > start]


class Young:
    """A process that holds only the measured interview, and not for long."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.desk: Desk | None = None
        self.measures = 0

    def run(self, dice: Callable[[], random.Random]) -> Report:
        """Hold the measured interview."""
        if self.desk is None or self.measures == _YOUNG:
            self.close()
            self.desk, self.measures = Desk(self.folder), 0
            for _ in range(_WARM_YOUNG):
                interview(self.desk, Run(), self.folder, dice(), 0)
        self.measures += 1
        return interview(self.desk, Run(), self.folder, dice(), 0)

    def close(self) -> None:
        """End the process."""
        if self.desk:
            self.desk.__exit__(None, None, None)


def interview(desk: Desk, run: Run, folder: Path, dice: random.Random, number: int) -> Report:
    """Hold one interview and look at its plan; return its report."""
    path = folder / _PLAN
    resumed = number % _MEASURE and path.exists() and dice.random() < 0.3
    if not resumed:
        path.unlink(missing_ok=True)
        fresh(path, dice)
    run.resumed += bool(resumed)
    words = ["ask", _PLAN, *(["--quick"] if number % _MEASURE and dice.random() < 1 / 3 else [])]
    report = desk.run(words, dice)
    hold(report.code == 0, f"it ended with {report.code}")
    hold(b"Traceback" not in report.shown, "a traceback on the screen")
    if path.exists():
        file = plan.open_plan(path)
        hold(not file.remarks and not plan.unknown_answers(file, knowledge()), "answers that nobody knows")
        run.answers += sum(len(each.answers) for each in file.plan.services.values()) + len(file.plan.answers)
    hold({each.name for each in folder.iterdir()} <= {_PLAN}, "something lies beside the plan")
    left = not path.exists() or "export" not in report.shown.decode("utf-8", "replace")
    run.left += left
    if not left and not number % _SAMPLE:
        page = desk.run(["suggest", _PLAN], dice).shown.strip()
        hold(page in report.shown, "`suggest` shows something else than the interview")
        run.compared += 1
    return report


def fresh(path: Path, dice: random.Random) -> None:
    """Begin a plan about one to three services, or leave that to the opening questions."""
    if dice.random() < 0.15:
        return
    file = plan.new(path, label=dice.choice(("JR", "J.R.", "")), grade=dice.choice(("elementary", "high", "")))
    for service in dice.sample(sorted(knowledge().services), dice.choice((1, 1, 1, 2, 3))):
        file = file.with_value(("services", service.replace("_", "-")), {"service": service})
    plan.save(file)


def hold_all(count: int, seed: int, folder: Path, clock: Clock, *, warm: int = WARM) -> Run:
    """Hold so many interviews after those that warm up."""
    run, places = Run(), [folder / name for name in ("old", "young")]
    for place in places:
        place.mkdir()
    with Desk(places[0]) as desk, closing(Young(places[1])) as young:
        for number in range(-warm, count):
            measure = not number % _MEASURE
            dice = partial(random.Random, f"{seed} {'measure' if measure else number}")
            try:
                report = interview(desk, run, places[0], dice(), number)
            except BrokenPromiseError as error:
                run.wrong.append(f"interview {number}: {error}")
                continue
            if number >= 0:
                run.add(report, young.run(dice) if measure else None)
            clock.say(f"{number:,} of {count:,}, {report.memory:.1f} MiB, {len(run.wrong)} went wrong")
    return run


def main(words: Sequence[str] | None = None) -> int:
    """Hold the interviews and tell what came of them; return 1 if anything went wrong or grew."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("-n", type=int, default=COUNT, dest="count", help="interviews")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--results", type=Path, default=RESULTS, help="the folder of the results")
    given = parser.parse_args(words)
    clock = Clock()
    with tempfile.TemporaryDirectory(dir=workplace()) as folder:
        run = hold_all(given.count, given.seed, Path(folder), clock)
    slower, larger, more = run.drift(0), run.drift(1), run.drift(2)
    memory, seconds = run.windows(run.memory), run.windows(run.seconds)
    tried = [
        ("interviews", len(run.seconds)),
        ("gone on with an earlier plan", run.resumed),
        ("left before the end", run.left),
        ("lines typed", run.lines),
        ("answers in the plans", run.answers),
        ("suggestions compared with `suggest`", run.compared),
    ]
    figures = [
        ("went wrong", f"{len(run.wrong)} interviews"),
        ("time of the same interview, last tenth against first", f"{slower:+.1%}"),
        ("the same beside a new process, at the end", f"{run.beside_young:.3f} times"),
        ("pieces of memory that are kept, last tenth against first", f"{more:+.1%}"),
        ("memory of the process, last tenth against first", f"{larger:+.1%}"),
        ("memory, first and last of 20 windows", f"{memory[0]:.1f} and {memory[-1]:.1f} MiB"),
        ("memory in 20 windows", " ".join(f"{each:.1f}" for each in memory) + " MiB"),
        ("processor for an interview in 20 windows", " ".join(f"{each * 1000:.0f}" for each in seconds) + " ms"),
        ("interviews a second", f"{len(run.seconds) / clock.seconds:.2f}"),
        ("time", clock.shown),
        ("seed", str(given.seed)),
    ]
    print("\n".join(run.wrong) or "Nothing went wrong.")
    print(told(tried, figures))
    title = "Ten thousand interviews in one process"
    keep("soak", title=title, command="python trials/soak.py", tried=tried, figures=figures, folder=given.results)
    return 1 if run.wrong or max(slower, more) > FLAT or larger > 3 * FLAT else 0


if __name__ == "__main__":
    raise SystemExit(main())
