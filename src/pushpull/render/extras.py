"""The libraries behind Word and PDF files, which a user adds only when such files are wanted."""

from __future__ import annotations

import sys
from importlib.metadata import PackageNotFoundError, requires

PROGRAM = "pushpull"
_LIBRARIES = {"docx": "docx", "pdf": "typst"}
"""The library that each of the extras brings, as it is imported."""


def belongs(module: str | None, extra: str) -> bool:
    """Return whether a module that is missing is the one that an extra brings."""
    return (module or "").partition(".")[0] == _LIBRARIES[extra]


def install_line(extra: str) -> str:
    """Return the line that adds what an extra brings to the Python that is running, wherever the program came from."""
    python = f'"{sys.executable}"' if " " in sys.executable else sys.executable
    return f'{python} -m pip install "{_requirement(extra)}"'


def _requirement(extra: str) -> str:
    try:
        lines = requires(PROGRAM) or ()
    except PackageNotFoundError:  # run from its source, and never installed
        lines = ()
    for line in lines:
        library, _, condition = line.partition(";")
        if condition.replace("'", '"').strip() == f'extra == "{extra}"':
            return library.strip()
    return f"{PROGRAM}[{extra}]"
