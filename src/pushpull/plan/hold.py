"""Who holds a plan: one interview at a time."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from pushpull.problems import PushpullError


class Hold:
    """Keeps a plan for one interview, so that a second one is told. A program that is killed lets go, too.

    The lock is on the plan itself, so there is nothing to clean up. Where a system or a disk has no such locks it does
    nothing, and `save` alone takes care: before it writes, it looks whether the plan is still as it was.
    """

    def __init__(self) -> None:
        self._handle: int | None = None

    def __enter__(self) -> Self:
        """Begin; nothing is held before `take`."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go."""
        self._keep(None)

    def take(self, path: Path) -> None:
        """Hold the plan at `path`, if there is one; raise `PushpullError` if another interview does."""
        while True:
            handle = _locked(path)
            with contextlib.suppress(OSError):
                # Between opening and locking it, the other interview may have put a new file in its place.
                if handle is not None and not os.path.samestat(os.fstat(handle), path.stat()):
                    os.close(handle)
                    continue
            self._keep(handle)
            return

    @contextmanager
    def handing_over(self) -> Iterator[Callable[[Path], None]]:
        """Give a function that holds the file which takes the plan's place; the old one is held until all went well."""
        new: int | None = None

        def hold(beside: Path) -> None:
            nonlocal new
            new = _locked(beside)

        try:
            yield hold
        except BaseException:
            if new is not None:
                os.close(new)
            raise
        self._keep(new)

    def _keep(self, handle: int | None) -> None:
        if self._handle is not None:
            os.close(self._handle)
        self._handle = handle


def _locked(path: Path) -> int | None:
    """Return an open and locked file, or None if there is none, or if it cannot be locked here."""
    try:
        import fcntl  # noqa: PLC0415  not on Windows
    except ImportError:
        return None
    try:
        handle = os.open(
            path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)
        )  # a pipe would keep it waiting; it is refused later
    except OSError:
        return None  # whoever reads it says why it cannot be read
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise PushpullError("plan_in_use", file=str(path)) from None
    except OSError:
        os.close(handle)
        return None
    return handle
