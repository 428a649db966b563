"""Files that are whole or not there: written beside their place, and then swapped in."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pushpull.problems import PushpullError

_ANY_EIGHT = "[a-z0-9_]" * 8
"""What Python puts into the names of temporary files: a file of somebody else's has another name."""
_LEFT_OVER = 60
"""Seconds after which a file beside another is what a killed program left: no file is written for so long."""


@contextmanager
def replacing(path: Path, *, new: bool = False) -> Iterator[Path]:
    """Give the path of a file to write beside `path`; it takes that place once all went well.

    Only its owner can read it. Raises `PushpullError` if it cannot be written; then nothing was changed. With `new`,
    raises `FileExistsError` rather than take the place of a file.
    """
    place = behind_links(path)
    beside = _beside(path, place)
    try:
        yield beside
        with beside.open("r+b") as written:
            os.fsync(written.fileno())
        if new:
            _put(beside, place)
            _keep_name(place.parent)
        else:
            swap(beside, place)
    except OSError as error:
        if new and isinstance(error, FileExistsError):
            raise
        raise PushpullError("cannot_write", file=str(path), why=error.strerror or "") from error
    finally:
        with contextlib.suppress(OSError):
            beside.unlink()


def can_write(path: Path) -> None:
    """Raise `PushpullError` if nothing can be written at `path`: better before a long interview than after it."""
    place = behind_links(path)
    if place.exists() and not os.access(place, os.W_OK):  # it could be replaced, and is not meant to be
        raise PushpullError("cannot_write", file=str(path), why=os.strerror(errno.EACCES))
    _beside(path, place).unlink()
    clear(place)


def clear(place: Path) -> None:
    """Take away what killed programs left beside a file."""
    for left in place.parent.glob(f".{_literal(place.name)}.{_ANY_EIGHT}.part"):
        with contextlib.suppress(OSError):
            if time.time() - left.stat().st_mtime > _LEFT_OVER:
                shutil.rmtree(left) if left.is_dir() else left.unlink()


@contextmanager
def room(path: Path) -> Iterator[Path]:
    """Give a folder beside `path`, open to its owner only, for what is needed on the way; it is gone afterwards."""
    place = behind_links(path)
    with tempfile.TemporaryDirectory(
        dir=place.parent, prefix=f".{place.name}.", suffix=".part", ignore_cleanup_errors=True
    ) as folder:
        yield Path(folder)


def open_own(path: Path) -> int:
    """Open a file for reading and writing that nobody else can read; one that may be somebody else's is replaced.

    What the file holds stays. Raises `OSError` if it cannot be opened.
    """
    wanted = os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    with contextlib.suppress(FileNotFoundError):
        handle = os.open(path, wanted)
        found = os.fstat(handle)
        if found.st_nlink == 1 and _is_mine(found):
            with contextlib.suppress(AttributeError):  # not every system can
                os.fchmod(handle, 0o600)
            return handle
        os.close(handle)
        path.unlink()
    return os.open(path, wanted | os.O_CREAT | os.O_EXCL, 0o600)


def _is_mine(found: os.stat_result) -> bool:
    try:
        return found.st_uid == os.getuid()
    except AttributeError:  # a system without owners of this kind
        return True


def before(path: Path) -> Path:
    """Return where a file waits while another takes its place, on systems that cannot do that at one stroke."""
    return path.with_name(f"{path.name}.before")


def behind_links(path: Path) -> Path:
    """Return the file that a link points to: the link is to stay a link. What is no file is never replaced by one."""
    try:
        place = path.resolve() if path.is_symlink() else path
        if place.is_symlink():  # newer Pythons say nothing of a link to itself
            raise PushpullError("cannot_write", file=str(path), why=os.strerror(errno.ELOOP))
        if not place.exists() or place.is_file():
            return place
    except RuntimeError as error:  # a link to itself
        raise PushpullError("cannot_write", file=str(path), why=os.strerror(errno.ELOOP)) from error
    except OSError as error:
        raise PushpullError("cannot_write", file=str(path), why=error.strerror or "") from error
    raise PushpullError("no_place_for_a_file", file=str(path))


def swap(beside: Path, place: Path) -> None:
    """Put a file in the place of another at one stroke; where a system cannot do that, move the other away first."""
    try:
        beside.replace(place)
    except OSError as error:
        _swap_in_steps(beside, place, error)
    _keep_name(place.parent)


def _beside(path: Path, place: Path) -> Path:
    try:
        handle, name = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}.", suffix=".part")
        os.close(handle)
    except OSError as error:
        raise PushpullError("cannot_write", file=str(path), why=error.strerror or "") from error
    return Path(name)


def _swap_in_steps(beside: Path, place: Path, error: OSError) -> None:
    waits = before(place)
    if not place.is_file() or waits.exists():  # that one may be all that is left of an earlier try
        raise error
    try:
        place.rename(waits)
    except OSError:
        raise error from None
    try:
        beside.rename(place)
    except OSError:
        waits.rename(place)
        raise error from None
    waits.unlink()


def _put(beside: Path, place: Path) -> None:
    """Put a file where none is."""
    try:
        os.link(beside, place)
    except FileExistsError:
        raise
    except OSError:  # a system without links
        if place.exists():
            raise FileExistsError(place) from None
        beside.replace(place)


def _keep_name(folder: Path) -> None:
    """Have the folder itself written to the disk: a name that is lost with the power is a file that is lost."""
    with contextlib.suppress(OSError, AttributeError):  # not every system can
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _literal(name: str) -> str:
    """Return a name in which no sign stands for others when files are looked for."""
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in name)
