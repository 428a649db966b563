"""A person at a terminal: a program in a pseudo-terminal, and the screen that it draws."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import sys
import time
from pathlib import Path

import pexpect
import pyte

from helpers import words

_PROMPTS = frozenset(
    words()(f"ask.{name}")
    for name in (
        "prompt",
        "label_prompt",
        "services_prompt",
        "services_more",
        "goal_prompt",
        "amount_prompt",
        "day_prompt",
        "note_prompt",
        "review_prompt",
        "review_prompt_end",
        "firm_prompt",
    )
)
_PATIENCE = 30  # seconds; only a program that hangs takes them
_MARGIN = 900  # columns more than the program is told: a line that is too long cannot hide by wrapping
_COLOR = re.compile(rb"\x1b\[[0-9;]*m")


def heed_keys() -> None:
    """Heed Ctrl-C in this process, whatever started the tests."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def heed() -> None:
    """Heed Ctrl-C and a closed window in this process, whatever started the tests."""
    heed_keys()
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


def flat(text: str) -> str:
    """Return a text without its line breaks and indents, which depend on the width."""
    return " ".join(text.split())


class Terminal:
    """`pushpull` with these arguments, in a folder, at a terminal of so many columns; `through` starts it, if given."""

    program: tuple[str, ...] = ("-m", "pushpull")
    """What Python is told to run."""
    waits = True
    """Whether to wait for the first prompt."""

    def __init__(
        self,
        folder: Path,
        *args: str,
        columns: int = 80,
        hang_up: bool = True,
        through: tuple[str, ...] = (),
        **env: str,
    ) -> None:
        mine = ("PUSHPULL", "COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "LC_", "LANG")
        clean = {name: value for name, value in os.environ.items() if not name.startswith(mine)}
        self.columns = columns
        self.raw = b""
        """Everything the program has sent, as it came."""
        self.typed: set[int] = set()
        """The rows that a person typed into."""
        self.status: int | None = None
        """The exit code, or the signal below zero, once the program has ended."""
        self._screen = pyte.Screen(columns + _MARGIN, 4000)
        self._stream = pyte.ByteStream(self._screen)
        self._start = 0
        self._child: pexpect.spawn[bytes] = pexpect.spawn(
            [*through, sys.executable][0],
            [*through, sys.executable, *self.program, *args][1:],
            cwd=str(folder),
            env=clean | {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8"} | env,
            dimensions=(24, columns),
            ignore_sighup=not hang_up,
            # Whatever started the tests: at a terminal, Control-C is never ignored.
            preexec_fn=heed if hang_up else heed_keys,
        )
        self._child.delaybeforesend = None
        self._child.ptyproc.delayafterclose = 0  # type: ignore[attr-defined]  # it is closed when the program has ended
        if self.waits:
            self._wait()

    def type(self, *lines: str) -> str:
        """Type lines, each at a prompt; return what the program said to the last of them, in one line."""
        for line in lines:
            self.press(line.encode() + b"\r")
        return self.said

    def press(self, keys: bytes) -> str:
        """Press keys that end the wait at a prompt; return what the program said."""
        self.send(keys)
        self._wait()
        return self.said

    def send(self, keys: bytes) -> None:
        """Press keys and wait for nothing."""
        assert self.status is None, f"The program has ended:\n{self.shown}"
        self.typed.add(self._screen.cursor.y)
        self._start = self._screen.cursor.y + 1
        self._child.send(keys)

    @property
    def process(self) -> int:
        """The number of the program's process."""
        return int(self._child.pid or 0)

    @property
    def rows(self) -> list[str]:
        """All rows of the screen, from the first one to the cursor."""
        return [self._row(row).rstrip() for row in range(self._screen.cursor.y + 1)]

    @property
    def shown(self) -> str:
        """The whole screen."""
        return "\n".join(self.rows)

    @property
    def said(self) -> str:
        """What the program said since a person last typed something, in one line."""
        return flat("\n".join(self._row(row) for row in range(self._start, self._screen.cursor.y + 1)))

    @property
    def too_wide(self) -> list[str]:
        """The rows that do not fit the terminal, other than those that a person typed into."""
        return [row for number, row in enumerate(self.rows) if len(row) > self.columns and number not in self.typed]

    @property
    def coloured(self) -> bool:
        """Whether the program has sent any colour or other style."""
        return _COLOR.search(self.raw) is not None

    def kill(self) -> bool:
        """End the program without asking it; return whether it had come to the next prompt."""
        self._child.kill(signal.SIGKILL)
        with contextlib.suppress(pexpect.EOF):
            while True:
                self._read(_PATIENCE)
        self._note_the_end()
        return self._at_prompt

    def tell(self, told: signal.Signals) -> str:
        """Send the program a signal that ends it; return what it said."""
        self._start = self._screen.cursor.y + 1
        self._child.kill(told)
        self._wait()
        return self.said

    def resize(self, columns: int) -> None:
        """Draw the window wider or narrower, as with the mouse."""
        self.columns = max(self.columns, columns)
        self._child.setwinsize(24, columns)

    def close(self) -> None:
        """Close the window, as a person would; wait until the program has noticed."""
        if self.status is None:
            # Put something else in the place of the terminal's other end: that closes it.
            nothing = os.open(os.devnull, os.O_RDWR)
            os.dup2(nothing, self._child.child_fd)
            os.close(nothing)
            self._note_the_end()

    def _row(self, row: int) -> str:
        drawn = self._screen.buffer[row]
        return "".join(drawn[column].data for column in range(max(drawn, default=-1) + 1))

    @property
    def _at_prompt(self) -> bool:
        row = self._screen.cursor.y
        return row >= self._start and self._row(row) in _PROMPTS

    def _wait(self) -> None:
        """Read until the program waits at a prompt, or has ended."""
        late = time.monotonic() + _PATIENCE
        while not self._at_prompt:
            try:
                self._read(max(late - time.monotonic(), 0))
            except pexpect.EOF:
                self._note_the_end()
                return
            except pexpect.TIMEOUT:
                raise AssertionError(f"No prompt after {_PATIENCE} s:\n{self.shown}") from None

    def _read(self, timeout: float) -> None:
        some = self._child.read_nonblocking(size=1 << 16, timeout=timeout)
        self.raw += some
        self._stream.feed(some)

    def _note_the_end(self) -> None:
        late = time.monotonic() + _PATIENCE
        while self._child.isalive():
            assert time.monotonic() < late, f"No end after {_PATIENCE} s:\n{self.shown}"
            time.sleep(0.005)
        self._child.close()
        signalled = self._child.signalstatus
        self.status = self._child.exitstatus if signalled is None else -signalled
