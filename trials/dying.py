"""`pushpull` that kills itself: `python trials/dying.py K ask plan.yaml` dies at the K-th point at which a save could.

Points are counted from the first typed line on: before and after every call of the system that opens, writes, syncs,
renames, removes or locks a file, and every event of these kinds that Python reports to those who watch it. What the
program shows on the screen is not counted.
"""

from __future__ import annotations

import io
import os
import signal
import sys
from types import FrameType, ModuleType
from typing import Any

WATCHED = frozenset(
    {
        *("open", "write", "writelines", "close", "flush", "fsync", "fdatasync", "truncate", "ftruncate"),
        *("rename", "replace", "unlink", "remove", "link", "chmod", "fchmod", "flock", "lockf", "fcntl", "utime"),
    }
)
EVENTS = (
    "os.rename",
    "os.remove",
    "os.link",
    "os.truncate",
    "os.chmod",
    "tempfile.mkstemp",
    "fcntl.flock",
    "fcntl.lockf",
)
"""What Python reports by itself, also from places that no call can be seen from."""


class Watch:
    """Counts points, and ends the process at one of them."""

    def __init__(self, last: int) -> None:
        self.last = last
        self.count = 0
        self.on = False

    def point(self) -> None:
        """Come to one more point."""
        self.count += 1
        if self.count == self.last:
            os.kill(os.getpid(), signal.SIGKILL)

    def call(self, _frame: FrameType, event: str, called: Any) -> None:
        """See a call that begins or ends."""
        if event not in {"c_call", "c_return"}:
            return
        owner = getattr(called, "__self__", None)
        if owner is sys.stdin and called.__name__ == "readline":
            self.on = event == "c_return" or self.on
        elif self.on and called.__name__ in WATCHED and _on_disk(owner):
            self.point()

    def event(self, name: str, words: tuple[Any, ...]) -> None:
        """See an event."""
        if self.on and (name in EVENTS or (name == "open" and "plan.yaml" in str(words[0]))):
            self.point()


def _on_disk(owner: object) -> bool:
    """Return whether a call is one of the system, or of a file that is neither in memory nor the screen."""
    if isinstance(owner, ModuleType):
        return True
    screen = (each for out in (sys.stdout, sys.stderr) for each in (out, out.buffer))
    return isinstance(owner, io.IOBase) and not isinstance(owner, io.StringIO | io.BytesIO) and owner not in screen


def main() -> None:
    """Run the program with the words behind the number."""
    watch = Watch(int(sys.argv[1]))
    sys.argv = ["pushpull", *sys.argv[2:]]
    from pushpull.cli import main as program  # noqa: PLC0415  the points are those of the program alone

    sys.addaudithook(watch.event)
    sys.setprofile(watch.call)
    program()


if __name__ == "__main__":
    main()
