"""Where an interview takes place, and the smallest things that are said and asked there."""

from __future__ import annotations

from typing import Protocol

from pushpull.document import Document, Paragraph
from pushpull.kb.words import Words


class Leave(Exception):  # noqa: N818  not an error: the person is done for now
    """The person leaves; everything answered so far is saved."""


class Terminal(Protocol):
    """Where an interview takes place."""

    repeats_keys: bool
    """Whether the keys are shown under every question; read aloud, they would be tiring."""

    def show(self, document: Document) -> None:
        """Show a page."""

    def read(self, prompt: str) -> str:
        """Return one line that the person typed; raise `EOFError` when there is nobody any more."""


def say(terminal: Terminal, text: str, *, quiet: bool = False) -> None:
    """Say one sentence on a terminal."""
    terminal.show(Document("", (Paragraph(text, quiet=quiet),)))


def line(terminal: Terminal, words: Words, phrase: str, **values: str) -> str:
    """Ask for one line of text; raise `Leave` for `q`."""
    typed = terminal.read(words(phrase, **values)).strip()
    if typed.lower() == "q":
        raise Leave
    return typed


def number(terminal: Terminal, words: Words, most: int) -> int:
    """Ask for one number from 1 to `most` until it is one; raise `Leave` for `q`."""
    while True:
        typed = terminal.read(words("ask.prompt")).strip()
        if typed.lower() == "q":
            raise Leave
        if typed.isdecimal() and 1 <= int(typed) <= most:
            return int(typed)
        say(terminal, words("ask.not_a_number" if typed else "ask.empty", most=str(most), typed=typed))
