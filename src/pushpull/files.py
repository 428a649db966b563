"""Files that are whole or not there: written beside their place, and then swapped in."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pushpull.problems import PushpullError


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give the path of a file to write beside `path`; it takes that place once all went well.

    Only its owner can read it. Raises `PushpullError` if it cannot be written; then nothing was changed.
    """
    path = Path(os.path.realpath(path))  # a link stays one: what it points to is written
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
        os.close(handle)
    except OSError as error:
        raise PushpullError("cannot_write", file=str(path), why=error.strerror or "") from error
    beside = Path(name)
    try:
        yield beside
        with beside.open("r+b") as written:
            os.fsync(written.fileno())
        beside.replace(path)
    except OSError as error:
        raise PushpullError("cannot_write", file=str(path), why=error.strerror or "") from error
    finally:
        with contextlib.suppress(OSError):
            beside.unlink()
