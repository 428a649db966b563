"""What the benchmarks share: the machine they ran on, rows of answers by chance, and tables in Markdown."""

from __future__ import annotations

import json
import os
import platform
import random
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import metadata
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # a benchmark of small programs has to stay small itself
    from pushpull.kb.base import KnowledgeBase

SEED = 20261124
"""The same rows in every run."""
TICKS = 3
"""At most so many ticks in one checklist, as people tick."""
Answers = dict[str, tuple[str, ...]]
Record = dict[str, Any]
"""Figures as JSON can hold them."""


def random_answers(
    kb: KnowledgeBase, service: str, count: int, *, answered: float = 0.85, seed: int = SEED
) -> list[Answers]:
    """Return interviews answered by chance, each question with a chance of `answered`, the same in every run."""
    dice = random.Random(f"{seed} {service} {answered}")  # noqa: S311  not for secrets
    questions = {**kb.student_questions, **kb.services[service].questions}
    rows = []
    for _ in range(count):
        row: Answers = {}
        for name, question in questions.items():
            if dice.random() < answered:
                options = list(question.options)
                most = min(TICKS, len(options)) if question.choose == "many" else 1
                row[name] = tuple(dice.sample(options, dice.randint(1, most)))
        rows.append(row)
    return rows


def took(work: Callable[[], object]) -> float:
    """Return how many seconds some work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def p95(values: Sequence[float]) -> float:
    """Return the value that 95 of 100 do not exceed."""
    return quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else values[0]


def middle_ratio(ones: Iterable[float], others: Iterable[float]) -> float:
    """Return the median of the ratios, pair by pair: what slowed both of a pair does not count."""
    return median(one / other for one, other in zip(ones, others, strict=True))


def table(headings: Sequence[str], rows: Iterable[Sequence[object]], *, numbers_from: int = 1) -> str:
    """Return a table in Markdown; from column `numbers_from` on, the columns stand right."""
    texts = [[str(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(headings, *texts, strict=True)]

    def drawn(cells: Sequence[str]) -> str:
        padded = (
            cell.ljust(width) if place < numbers_from else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
        )
        return f"| {' | '.join(padded)} |"

    ruler = ["-" * width if place < numbers_from else "-" * (width - 1) + ":" for place, width in enumerate(widths)]
    return "\n".join([drawn(headings), drawn(ruler), *map(drawn, texts)])


def machine(libraries: Iterable[str] = ()) -> str:
    """Return the machine and the versions in use, as a table in Markdown."""
    return table(("machine", ""), [*_machine(), *((name, version(name)) for name in libraries)], numbers_from=2)


def machine_record(libraries: Iterable[str]) -> Record:
    """Return the machine and the versions in use."""
    return {**dict(_machine()), **{name: version(name) for name in libraries}}


def keep(file: Path | None, record: Record) -> None:
    """Write figures to a file, if one was asked for."""
    if file:
        file.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def progress(text: str) -> None:
    """Say how far the work is: where it disturbs no table."""
    print(f"  {text}", file=sys.stderr, flush=True)


def version(library: str) -> str:
    """Return the version of an installed library, or that it is not installed."""
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return "not installed"


def _machine() -> Iterator[tuple[str, str]]:
    yield "processor", _field("/proc/cpuinfo", "model name") or platform.processor() or platform.machine()
    yield "cores", str(os.cpu_count())
    if memory := _field("/proc/meminfo", "MemTotal"):
        yield "memory", f"{int(memory.split()[0]) / 1024**2:.1f} GiB"
    yield "system", _system()
    yield "Python", platform.python_version()


def _system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        return f"{platform.system()} {platform.release()}"


def _field(file: str, name: str) -> str:
    """Return the first value of a field in a list such as Linux keeps of its machine, or nothing."""
    path = Path(file)
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return next((value.strip() for key, _, value in (line.partition(":") for line in lines) if key.strip() == name), "")
