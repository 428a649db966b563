"""The libraries behind Word, PDF and Excel files, which a user adds only when such files are wanted."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, requires

from pushpull.problems import PushpullError

PROGRAM = "pushpull"
_LIBRARIES = {"docx": ("docx",), "pdf": ("typst",), "xlsx": ("xlsxwriter",)}
"""The libraries that each of the extras brings, as they are imported."""


@contextmanager
def needed(extra: str) -> Iterator[None]:
    """Turn a library of this extra that is missing into a `PushpullError` with the line that installs it."""
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _LIBRARIES[extra]:
            raise
        raise PushpullError("needs_extra", extra=extra, line=install_line(extra)) from error


def install_line(extra: str) -> str:
    """Return the line that adds what an extra brings to the Python that is running, wherever the program came from."""
    python = f'"{sys.executable}"' if " " in sys.executable else sys.executable
    return " ".join((python, "-m pip install", *(f'"{each}"' for each in _requirements(extra))))


def _requirements(extra: str) -> list[str]:
    try:
        lines = requires(PROGRAM) or ()
    except PackageNotFoundError:  # run from its source, and never installed
        lines = ()
    found = []
    for line in lines:
        library, _, condition = line.partition(";")
        if condition.replace("'", '"').strip() == f'extra == "{extra}"':
            found.append(library.strip())
    return found or [f"{PROGRAM}[{extra}]"]
