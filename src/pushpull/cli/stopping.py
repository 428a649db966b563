"""Being told to stop: by a key, by the computer that shuts down, by a window that is closed."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_TOLD = ("SIGTERM", "SIGHUP", "SIGBREAK")
"""Not every system has all of them."""
_STOPPED = 128
"""A program that a signal ended leaves with this and the number of the signal."""


class Stopped(KeyboardInterrupt):
    """The program is told to stop by something else than a key."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.code = _STOPPED + number


@contextmanager
def orderly() -> Iterator[None]:
    """Whatever tells the program to stop, let it put down what is in its hands first: a plan, a paper, a caseload."""

    def stop(number: int, _: Any) -> None:
        raise Stopped(number)

    before = {}
    for name in _TOLD:
        told = getattr(signal, name, None)
        # Whoever started the program so that it goes on without a window, as `nohup` does, wants just that.
        if told is not None and signal.getsignal(told) is not signal.SIG_IGN:
            before[told] = signal.signal(told, stop)
    try:
        yield
    finally:
        for told, handler in before.items():
            signal.signal(told, handler)


def exit_code(stopped: KeyboardInterrupt) -> int:
    """Return the code to leave with."""
    return stopped.code if isinstance(stopped, Stopped) else _STOPPED + signal.SIGINT
