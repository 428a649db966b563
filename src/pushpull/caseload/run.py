"""A whole caseload: batches to results, in one process or in several, always in the same order."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import parent_process
from threading import Thread
from typing import Protocol

from pushpull.caseload.summary import Summary
from pushpull.caseload.work import Caseload, Setting
from pushpull.problems import Problem
from pushpull.sheet.table import Batch, Reading

BATCH = 1000
"""Rows of a batch, whatever the number of processes: the same batches, and so the same result."""
_AHEAD = 3
"""Batches that wait for each process. More would only take up memory."""


class Writer(Protocol):
    """Turns rows into bytes."""

    def rows(self, rows: list[list[str]]) -> bytes:
        """Return rows as the bytes to add to a file."""


@dataclass(frozen=True)
class Job:
    """What each process needs."""

    setting: Setting
    reading: Reading
    writer: Writer


@dataclass(frozen=True)
class Piece:
    """What a batch came to, ready to be written."""

    content: bytes
    summary: Summary
    problems: list[Problem] = field(default_factory=list)
    students: list[int] = field(default_factory=list)


def pieces(job: Job, batches: Iterable[Batch], jobs: int) -> Iterator[Piece]:
    """Yield what the batches come to, in their order, worked out by so many processes."""
    if jobs == 1:
        yield from map(_worker(job), batches)
        return
    with ProcessPoolExecutor(jobs, initializer=_start, initargs=(job,)) as pool:
        coming = iter(batches)
        waiting: deque[Future[Piece]] = deque(pool.submit(_piece, batch) for batch in islice(coming, jobs * _AHEAD))
        try:
            while waiting:
                piece = waiting.popleft().result()
                waiting.extend(pool.submit(_piece, batch) for batch in islice(coming, 1))
                yield piece
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def processors() -> int:
    """Return how many processes can work at the same time here."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1


def _worker(job: Job) -> Callable[[Batch], Piece]:
    caseload = Caseload(job.setting)

    def work(batch: Batch) -> Piece:
        done = caseload.work(job.reading.rows(batch))
        return Piece(job.writer.rows(done.rows), done.summary, done.problems, done.students)

    return work


_WORKERS: list[Callable[[Batch], Piece]] = []
"""The worker of this process: one, made when the process starts."""


def _start(job: Job) -> None:
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):  # the first process tells the others when to stop
        if told := getattr(signal, name, None):  # not every system has all of them
            signal.signal(told, signal.SIG_IGN)
    Thread(target=_leave_with_the_first, daemon=True).start()
    _WORKERS.append(_worker(job))


def _leave_with_the_first() -> None:
    """End this process when the one that started it has been killed, and can tell nobody anything any more."""
    first = parent_process()
    if first is not None:
        first.join()
        os._exit(1)


def _piece(batch: Batch) -> Piece:
    return _WORKERS[0](batch)
