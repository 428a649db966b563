"""The edges of a run: what the terminal can show, where results and messages go, which layers there are."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pushpull.kb.words import Words
from pushpull.load.words import load_words
from pushpull.problems import PushpullError, UsageError
from pushpull.signs import REPLACED, readable

if TYPE_CHECKING:  # help and JSON are shown without a page
    from pushpull.document import Document

FORMATS: dict[str, tuple[str, ...]] = {
    "compare": ("table", "plain", "md", "html", "json", "csv"),
    "suggest": ("table", "plain", "md", "html", "json", "csv"),
    "export": ("md", "plain", "html", "docx", "pdf", "json", "csv"),
    "lre": ("table", "plain", "md", "html", "json", "csv"),
    "caseload": ("csv", "jsonl", "xlsx"),
    "services": ("table", "plain", "md", "html", "json", "csv"),
    "questions": ("table", "plain", "md", "html", "json", "csv"),
    "sources": ("table", "plain", "md", "html", "json", "csv"),
    "glossary": ("table", "plain", "md", "html", "json", "csv"),
    "kb_diff": ("table", "plain", "md", "html", "json"),
    "kb_show": ("table", "plain", "md", "html", "json"),
    "kb_audit": ("table", "plain", "md", "html", "json"),
}
ENDINGS = {
    ".md": "md", ".txt": "plain", ".html": "html", ".htm": "html", ".docx": "docx", ".pdf": "pdf", ".json": "json",
    ".csv": "csv",
}  # fmt: skip
_UTF_8 = frozenset(("html", "json", "csv"))
_FOR_SHELLS = re.compile(r"""[\s"'$`!&;|<>()*?\[\]{}#^]""")
_KEY_PRESS = re.compile("\x1b(?:\\[[0-?]*[ -/]*[@-~]|O.)?")
_TOO_NARROW, _WIDEST = 20, 200


@cache
def words(language: str = "en", overlays: tuple[Path, ...] = ()) -> Words:
    """Return the program's phrases. Messages about broken files use the built-in ones, which are never broken."""
    return load_words(language, overlays)


def layers(given: Sequence[Path] | None) -> tuple[Path, ...]:
    """Return the folders to lay over the built-in knowledge: those of the environment first, then those given."""
    environment = os.environ.get("PUSHPULL_DATA", "")
    return (*(Path(name) for name in environment.split(os.pathsep) if name), *(given or ()))


def width() -> int:
    """Return how many columns the terminal has."""
    return min(max(shutil.get_terminal_size((80, 24)).columns, _TOO_NARROW), _WIDEST)


def on_terminal(stream: Any = None) -> bool:
    """Return whether results go to a person's terminal that can show more than plain lines."""
    stream = stream or sys.stdout
    return bool(stream.isatty()) and os.environ.get("TERM") != "dumb"


def color() -> bool:
    """Return whether colour may be used: on a terminal, unless NO_COLOR says no or FORCE_COLOR says yes."""
    if os.environ.get("NO_COLOR"):
        return False
    return on_terminal() or bool(os.environ.get("FORCE_COLOR"))


def can_draw() -> bool:
    """Return whether the letters of the output include the lines and bars of a table."""
    try:
        "─│•█".encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def chosen_format(command: str, given: str | None, *, plain: bool) -> str:
    """Return the format: the one asked for, else a table on a terminal and plain lines everywhere else."""
    if given is None:
        given = "table" if on_terminal() else "plain"
    if given not in FORMATS[command]:
        raise UsageError("not_a_format", word=given, formats=", ".join(FORMATS[command]))
    return "plain" if given == "table" and (plain or not can_draw()) else given


def drawn(document: Document, form: str) -> str:
    """Return a document in one of the formats that draw it."""
    match form:
        case "table" | "plain" | "md" | "html":
            from pushpull.render import render  # noqa: PLC0415

            return render(document, form, width=width(), color=color())
        case _:
            raise ValueError(form)


def as_file(document: Document, form: str, *, template: Path | None = None) -> bytes:
    """Return a document as the bytes of a file, in any format that draws it."""
    match form:
        case "docx" | "pdf":
            from pushpull.render import render_file  # noqa: PLC0415

            return render_file(document, form, template=template)
        case _:
            return drawn(document, form).encode()


def program() -> str:
    """Return how the program was started, so that a command it names can be typed as it stands."""
    started = Path(sys.argv[0])
    if started.stem != "pushpull" or shutil.which("pushpull") == shutil.which(str(started.absolute())):
        return "pushpull"
    return quoted(started)


def put(result: str | bytes, form: str = "") -> None:
    """Write a result to standard output: a text, or a file as it is.

    What other programs read is a file, too, except on a terminal: JSON and pages are UTF-8, whatever the letters here.
    """
    reach(sys.stdout)
    if isinstance(result, str) and form in _UTF_8 and not sys.stdout.isatty():
        result = result.encode(errors="replace")
    try:
        if isinstance(result, bytes):
            sys.stdout.buffer.write(result)
        else:
            sys.stdout.write(result)
        sys.stdout.flush()
    except BrokenPipeError:
        raise  # the reader has seen enough, as in `pushpull compare | head`
    except OSError as error:
        _let_go()
        raise PushpullError("cannot_write", file="-", why=error.strerror or "") from error


def is_cut_off() -> bool:
    """Return whether standard output takes no more, as on a full disk; what still waits for it is then let go."""
    try:
        sys.stdout.flush()
    except OSError:
        _let_go()
        return True
    return False


def _let_go() -> None:
    """Let what still waits for standard output go: it would be tried again on leaving, and fail again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def tell(*lines: str) -> None:
    """Write messages to standard error. Where nobody can be told any more, as in a window that is gone, that is all."""
    reach(sys.stderr)
    with suppress(OSError):
        for line in lines:
            sys.stderr.write(readable(line, REPLACED) + "\n")
        sys.stderr.flush()


def typed(line: str) -> str:
    """Return what a person typed, without what keys such as the arrows leave in it."""
    return readable(_KEY_PRESS.sub("", line), " ").strip()


def quoted(path: Path) -> str:
    """Return a path as it can be typed after a command; a space would cut it in two, and a shell reads other signs."""
    text = str(path)
    literal = os.sep == "/" and bool(set(text) & set('"$`!\\'))
    if not literal:
        return f'"{text}"' if _FOR_SHELLS.search(text) else text
    return "'" + text.replace("'", "'\\''") + "'"


def reach(stream: Any) -> None:
    """Let a letter that the terminal's encoding lacks become a question mark or a blot instead of an error."""
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="replace")
