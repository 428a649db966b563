"""Somebody who types at random: valid answers, and now and then a key, a note or something that is no answer."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import random
import re
import select
import struct
import subprocess
import sys
import termios
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

from pushpull.load.words import load_words

_WORDS = load_words()
_PATIENCE = 30  # seconds; only a program that hangs takes them
_NAMES = (
    *("label_prompt", "services_prompt", "services_more", "goal_prompt", "amount_prompt", "day_prompt", "note_prompt"),
    *("review_prompt", "review_prompt_end", "firm_prompt", "prompt"),
)
_PROMPTS = {b"\n" + _WORDS(f"ask.{name}").encode(): name for name in _NAMES}
_NUMBERED = re.compile(rb"^ *(?:\x1b\[[0-9;]*m)*(\d+)\. ", re.MULTILINE)
_COLOR = re.compile(rb"\x1b\[[0-9;]*m")
_SEVERAL = _WORDS("ask.tick_all").split(".", maxsplit=1)[0].encode()
_KEYS = ("?", "?", "b", "r", "n", "s", "h", "e", "x", "0", "99", "1 99", "", "²", "1;2")
_MOST = 400
"""Lines after which the typist leaves: going back and forth at random has no end of its own."""


class Report(NamedTuple):
    """What one command came to."""

    code: Any
    seconds: float
    """Of the processor."""
    memory: float
    """In MiB, as the system counts it: with what is free inside of it, and is not given back."""
    blocks: int
    """Pieces of memory that Python keeps."""
    shown: bytes
    """What the program showed after the last line that was typed."""
    lines: int
    """How many lines were typed."""


class Desk:
    """A terminal with the program behind it, in one process that runs one command after the other."""

    def __init__(self, folder: Path) -> None:
        self._hand, screen = pty.openpty()
        fcntl.ioctl(screen, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        orders, self._orders = os.pipe()
        self._reports, reports = os.pipe()
        clean = {
            name: value for name, value in os.environ.items() if not name.startswith(("PUSHPULL", "COLUMNS", "LINES"))
        }
        self._child = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("sitting.py")), str(orders), str(reports)],
            stdin=screen,
            stdout=screen,
            stderr=screen,
            cwd=folder,
            env=clean | {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8"},
            pass_fds=(orders, reports),
        )
        for handle in (screen, orders, reports):
            os.close(handle)

    def run(self, words: Sequence[str], dice: random.Random) -> Report:
        """Run a command; type at each of its prompts until it ends."""
        os.write(self._orders, json.dumps(list(words)).encode() + b"\n")
        shown, lines, report = b"", 0, b""
        while not report.endswith(b"\n"):
            ready, _, _ = select.select([self._hand, self._reports], [], [], _PATIENCE)
            if not ready:
                raise TimeoutError(shown[-2000:].decode("utf-8", "replace"))
            if self._hand in ready:
                shown += os.read(self._hand, 1 << 16)
                name = next((name for prompt, name in _PROMPTS.items() if shown.endswith(prompt)), "")
                if name:
                    lines += 1
                    os.write(self._hand, line(name, shown, dice, lines).encode() + b"\r")
                    shown = b""
            elif self._reports in ready:
                report += os.read(self._reports, 1 << 16)
                if not report:
                    raise EOFError(shown[-2000:].decode("utf-8", "replace"))
        return Report(**json.loads(report), shown=_COLOR.sub(b"", shown), lines=lines)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._orders)
        os.close(self._hand)
        self._child.wait(_PATIENCE)
        os.close(self._reports)


def line(prompt: str, shown: bytes, dice: random.Random, lines: int) -> str:
    """Return what to type at a prompt."""
    if lines > _MOST:
        return "q"
    odd = dice.random()
    match prompt:
        case "label_prompt":
            return dice.choice(("JR", "J.R.", "é", "Ann", ""))
        case "services_prompt" | "services_more":
            return dice.choice(("1", "2", "3", "speech sou", "nothing like it")) if prompt == "services_prompt" else ""
        case "goal_prompt":
            return dice.choice(("", "Say s", "a: b # c"))
        case "amount_prompt":
            return dice.choice(("", "30 2 week", "20-30 min twice a week", "some"))
        case "day_prompt":
            return dice.choice(("", "390", "6.5 hours", "long"))
        case "note_prompt":
            return dice.choice(("", "Probe of 12 October: 8 of 40 # yes"))
        case "firm_prompt":
            return dice.choice(("v", "", "", "b", "r", "x"))
        case "review_prompt" | "review_prompt_end":
            return "1" if odd < 0.1 else "" if odd < 0.95 else "x"
    if odd < 0.06:
        return dice.choice(_KEYS)
    if odd < 0.065:
        return "q"
    numbers = [int(number) for number in _NUMBERED.findall(shown)]
    most = numbers[-1] if numbers else 1
    if _SEVERAL in shown and dice.random() < 0.6:
        return " ".join(map(str, dice.sample(range(1, max(most - 1, 2)), dice.randint(1, min(3, max(most - 2, 1))))))
    return str(dice.randint(1, most))
