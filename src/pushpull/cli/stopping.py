"""Being told to stop: by a key, by the computer that shuts down, by a window that is closed."""

from __future__ import annotations

import re
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer, main_thread
from typing import Any

_TOLD = ("SIGTERM", "SIGHUP", "SIGBREAK")
"""Not every system has all of them."""
_SOON = 0.01  # seconds
_STOPPED = 128
"""A program that a signal ended leaves with this and the number of the signal."""
_WITHIN = re.compile(r"^ *(?:KeyboardInterrupt: |Stopped: (\d+))\s*\Z", re.MULTILINE)
"""The last line of a fault that was made of a stop; a file that is named so is in the midst of its line."""


class Stopped(KeyboardInterrupt):
    """The program is told to stop by something else than a key."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.code = _STOPPED + number


@contextmanager
def orderly() -> Iterator[None]:
    """Whatever tells the program to stop, let it put down what is in its hands first: a plan, a paper, a caseload."""

    def stop(number: int, _: Any) -> None:
        raise Stopped(number)

    def again(swallowed: Any) -> None:
        # Python drops what is raised while it throws something away. The signal comes once more, a moment later.
        if isinstance(swallowed.exc_value, KeyboardInterrupt):
            number = exit_code(swallowed.exc_value) - _STOPPED
            Timer(_SOON, _raise_in_main, [signal.Signals(number)]).start()
        else:
            hook(swallowed)

    hook, before = sys.unraisablehook, {}
    sys.unraisablehook = again
    for name in _TOLD:
        told = getattr(signal, name, None)
        # Whoever started the program so that it goes on without a window, as `nohup` does, wants just that.
        if told is not None and signal.getsignal(told) is not signal.SIG_IGN:
            before[told] = signal.signal(told, stop)
    try:
        yield
    except Exception as error:
        if stopped := within(error):
            raise stopped from None
        raise
    finally:
        sys.unraisablehook = hook
        for told, handler in before.items():
            signal.signal(told, handler)


def _raise_in_main(number: signal.Signals) -> None:
    """Send a signal where it ends a wait: a thread that sends one to itself wakes nobody else up."""
    thread = main_thread().ident
    if thread is not None and hasattr(signal, "pthread_kill"):
        signal.pthread_kill(thread, number)
    else:
        signal.raise_signal(number)


def within(error: Exception) -> KeyboardInterrupt | None:
    """Return the stop that something has made a fault of its own of, in the middle of making a class or a type.

    Pydantic tells of it in words alone; Python 3.11 gives it as the cause.
    """
    if isinstance(error.__cause__, KeyboardInterrupt):
        return error.__cause__
    found = _WITHIN.search(str(error))
    if not found:
        return None
    return Stopped(int(found[1])) if found[1] else KeyboardInterrupt()


def exit_code(stopped: KeyboardInterrupt) -> int:
    """Return the code to leave with."""
    return stopped.code if isinstance(stopped, Stopped) else _STOPPED + signal.SIGINT
