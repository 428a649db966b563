"""A whole command with all of its processes: wall time, processor time and peak memory.

The memory is that of the tree: the largest resident set of each process that was seen, summed. Linux keeps it for each
(`VmHWM`), and it is read some times a second while they run; the largest one is read again at the very end, from what
`wait4` tells. Pages that processes share count once for each, so the sum is rather too high than too low. On systems
without `/proc`, it is the largest process alone.

A process starts out as a copy of the one that starts it, so whoever calls this stays small.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

KIB = 1 if sys.platform == "darwin" else 1024
"""The unit of the largest resident set, in bytes."""
MEBI = 1024**2
_OFTEN = 0.05
"""Seconds between two looks at the processes."""
_PROC = Path("/proc")


class Used(NamedTuple):
    """What a command took."""

    seconds: float
    processor: float
    """Seconds of all processes on all cores."""
    mebibytes: float
    processes: int
    """How many were seen at work; a short one may be missed."""


def run(words: list[str]) -> Used:
    """Run a command to its end, its output thrown away; raise `SystemExit` with its messages if it fails."""
    out, into = os.pipe()
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
        (os.POSIX_SPAWN_DUP2, into, 2),
    ]
    peaks: dict[int, int] = {}
    over = threading.Event()
    start = time.perf_counter()
    child = os.posix_spawn(words[0], words, os.environ, file_actions=actions)
    os.close(into)
    watch = threading.Thread(target=_watch, args=(child, peaks, over), daemon=True)
    watch.start()
    with os.fdopen(out, "rb") as stream:
        said = stream.read()
    _, status, used = os.wait4(child, 0)
    seconds = time.perf_counter() - start
    over.set()
    watch.join()
    if code := os.waitstatus_to_exitcode(status):
        raise SystemExit(f"{' '.join(words)} ended with {code}: {said.decode(errors='replace')}")
    # `wait4` tells of the largest process of the tree.
    *others, largest = sorted(peaks.values()) or [0]
    whole = sum(others) + max(largest, used.ru_maxrss * KIB)
    return Used(seconds, used.ru_utime + used.ru_stime, whole / MEBI, max(len(peaks), 1))


def _watch(child: int, peaks: dict[int, int], over: threading.Event) -> None:
    while not over.wait(_OFTEN):
        for process in _family(child):
            if peak := _peak(process):
                peaks[process] = max(peak, peaks.get(process, 0))


def _family(process: int) -> Iterator[int]:
    """Yield a process and all that it started and that are still there."""
    yield process
    try:
        threads = [*(_PROC / str(process) / "task").iterdir()]
        children = " ".join((thread / "children").read_text(encoding="ascii") for thread in threads)
    except OSError:
        return
    for each in children.split():
        yield from _family(int(each))


def _peak(process: int) -> int:
    """Return the largest resident set of a process so far, in bytes; 0 if it is gone."""
    try:
        lines = (_PROC / str(process) / "status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:")), 0)
