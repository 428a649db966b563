"""A whole caseload: batches to results, in one process or in several, always in the same order."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass, field
from itertools import cycle, islice
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection
from queue import SimpleQueue
from threading import Thread
from typing import Protocol

from pushpull.caseload.summary import Summary
from pushpull.caseload.work import Caseload, Setting
from pushpull.problems import Problem, PushpullError
from pushpull.sheet.table import Batch, Reading

BATCH = 1000
"""Rows of a batch, whatever the number of processes: the same batches, and so the same result."""
_AHEAD = 3
"""Batches that wait for each process. More would only take up memory."""

_BEGIN = get_context("fork") if sys.platform == "linux" else get_context("spawn")
"""How a process begins. No thread runs here then, so it may be a copy of this one, which takes no time."""


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


def pieces(job: Job, batches: Iterable[Batch], jobs: int) -> Generator[Piece]:
    """Yield what the batches come to, in their order, worked out by so many processes.

    Close it when no more is wanted: then the processes end.
    """
    if jobs == 1:
        yield from map(_worker(job), batches)
        return
    coming = zip(batches, cycle(others := [_Other(job) for _ in range(jobs)]))
    waiting: deque[_Other] = deque()

    def hand_out(count: int) -> None:
        for batch, other in islice(coming, count):
            other.give(batch)
            waiting.append(other)

    try:
        hand_out(jobs * _AHEAD)
        while waiting:
            piece = waiting.popleft().take()
            hand_out(1)
            yield piece
        for other in others:
            other.leave()
    finally:
        for other in others:
            other.end()


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


class _Other:
    """A process that works out batches, one after the other. Nothing here waits for one that is killed."""

    def __init__(self, job: Job) -> None:
        self._line, theirs = _BEGIN.Pipe()
        self._process = _BEGIN.Process(target=_serve, args=(theirs, job), daemon=True)
        self._process.start()
        theirs.close()

    def give(self, batch: Batch) -> None:
        """Hand over a batch to be worked out."""
        try:
            self._line.send(batch)
        except OSError as error:
            raise _gone(error) from None

    def take(self) -> Piece:
        """Return what the earliest batch came to that was not taken yet; raise what went wrong there."""
        try:
            found: Piece | Exception = self._line.recv()
        except (EOFError, OSError) as error:
            raise _gone(error) from None
        if isinstance(found, Exception):
            raise found
        return found

    def leave(self) -> None:
        """Say that no more comes, and wait until the process has left."""
        self._line.send(None)
        self._process.join()

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        self._process.join()
        self._line.close()


def _gone(error: Exception) -> PushpullError:
    """Return what to raise if the process at the other end is gone."""
    # What was on its way is kept by the steps of the error, and newer Pythons complain when it is let go with them.
    error.with_traceback(None)
    return PushpullError("process_ended")


def _serve(line: Connection, job: Job) -> None:
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):  # the first process tells the others when to stop
        if told := getattr(signal, name, None):  # not every system has all of them
            signal.signal(told, signal.SIG_IGN)
    given: SimpleQueue[Batch | None] = SimpleQueue()
    Thread(target=_leave_with_the_first, daemon=True).start()
    Thread(target=_listen, args=(line, given), daemon=True).start()
    work = _worker(job)
    while (batch := given.get()) is not None:
        try:
            done: Piece | Exception = work(batch)
        except Exception as error:  # noqa: BLE001  the first process raises it
            done = error
        line.send(done)


def _listen(line: Connection, given: SimpleQueue[Batch | None]) -> None:
    """Take every batch at once: while one process hands over, the other never waits to hand over, too."""
    with contextlib.suppress(EOFError, OSError):
        while True:
            given.put(line.recv())


def _leave_with_the_first() -> None:
    """End this process when the one that started it has been killed, and can tell nobody anything any more."""
    first = parent_process()
    if first is not None:
        first.join()
        os._exit(1)
