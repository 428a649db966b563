"""The result of a run on its way: a file beside its place, and how far it is, so that a later run can go on.

The file has its place only once it is whole. Both files can be read by their owner alone, and nobody else writes them.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import tempfile
import time
from array import array
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, cast

from pushpull.caseload.summary import Summary
from pushpull.files import behind_links, clear, open_own, swap
from pushpull.problems import PushpullError

_EVERY = 2.0
"""So many seconds of work may have to be done again."""


@dataclass(frozen=True)
class _Told:
    """What an interrupted run wrote down."""

    of: str
    batches: int
    bytes: int
    summary: Summary
    students: array[int]


class Unfinished:
    """A file that grows batch by batch. Use it with `with`: it is left for a later run unless `finish` was called."""

    def __init__(self, path: Path, of: str) -> None:
        """Prepare for the file at `path`; `of` tells this work from any other."""
        self.path = path
        self._place = behind_links(path)
        self.beside = self._place.with_name(f".{self._place.name}.part")
        self._notes = self._place.with_name(f".{self._place.name}.part.json")
        self._new_notes = self._notes.with_name(f"{self._notes.name}.new")
        self._of = of
        self._stream: BinaryIO | None = None
        self._noted = time.monotonic()
        self.batches = 0
        """How many batches are in the file."""
        self.summary = Summary()
        self.students = array("Q")

    def begin(self, header: bytes, *, resume: bool) -> None:
        """Open the file: anew, with a header, or with `resume` where an interrupted run stopped.

        Raises `PushpullError` if that run was another work, if a run is writing it now, or if it cannot be written.
        """
        found = self._told() if resume else None
        if found is not None and found.of != self._of:
            raise PushpullError("resume_changed", file=str(self.path))
        try:
            clear(self._place)
            handle = open_own(self.beside)
            self._stream = os.fdopen(handle, "r+b")
            self._alone()
            if found is None:
                self._notes.unlink(missing_ok=True)
            whole = found.bytes if found else 0
            if whole > os.fstat(handle).st_size:
                found, whole = None, 0
            self._stream.truncate(whole)
            self._stream.seek(whole)
        except OSError as error:
            raise PushpullError("cannot_write", file=str(self.path), why=error.strerror or "") from error
        if whole == 0:
            self._write(header)
        if found:
            self.batches, self.summary, self.students = found.batches, found.summary, found.students

    def add(self, content: bytes, summary: Summary, students: list[int]) -> None:
        """Add what a batch came to."""
        self._write(content)
        self.batches += 1
        self.summary.add(summary)
        self.students.extend(students)
        if time.monotonic() - self._noted > _EVERY:
            self.note()

    def note(self) -> None:
        """Write down how far the work is; once the file is closed, that was done already."""
        if self._stream is None:
            return
        self._flush()
        told = {
            "of": self._of,
            "batches": self.batches,
            "bytes": self._stream.tell(),
            "summary": self.summary.plain(),
            "students": base64.b64encode(self.students.tobytes()).decode(),
        }
        try:
            with os.fdopen(open_own(self._new_notes), "w", encoding="utf-8") as notes:
                notes.truncate()
                json.dump(told, notes)
            self._new_notes.replace(self._notes)
        except OSError as error:
            raise PushpullError("cannot_write", file=str(self.path), why=error.strerror or "") from error
        self._noted = time.monotonic()

    def finish(self, convert: Callable[[BinaryIO], None] | None = None) -> None:
        """Give the file its place; with `convert`, that makes the file from what was written."""
        self.note()
        self.close()  # some systems move no file that is open
        try:
            if convert:
                with self.beside.open("rb") as rows:
                    convert(rows)
                self.beside.unlink()
            else:
                swap(self.beside, self._place)
            self._notes.unlink(missing_ok=True)
        except OSError as error:
            raise PushpullError("cannot_write", file=str(self.path), why=error.strerror or "") from error

    def drop(self) -> None:
        """Throw away what was written."""
        self.close()  # some systems delete no file that is open
        for path in (self.beside, self._notes, self._new_notes):
            with contextlib.suppress(OSError):
                path.unlink()

    def close(self) -> None:
        """Let go of the file."""
        if self._stream:
            with contextlib.suppress(OSError):
                self._stream.close()
            self._stream = None

    def _write(self, content: bytes) -> None:
        try:
            if self._stream:
                self._stream.write(content)
        except OSError as error:
            raise PushpullError("cannot_write", file=str(self.path), why=error.strerror or "") from error

    def _flush(self) -> None:
        try:
            if self._stream:
                self._stream.flush()
                os.fsync(self._stream.fileno())
        except OSError as error:
            raise PushpullError("cannot_write", file=str(self.path), why=error.strerror or "") from error

    def _alone(self) -> None:
        """Make sure that no other run writes the same file. Where a system has no such locks, nobody is warned."""
        with contextlib.suppress(ImportError):
            import fcntl  # noqa: PLC0415  not on every system

            try:
                # This kind of lock belongs to this process alone: those that it starts do not inherit it.
                if self._stream:
                    fcntl.lockf(self._stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except (BlockingIOError, PermissionError) as error:
                raise PushpullError("caseload_running", file=str(self.path)) from error

    def _told(self) -> _Told | None:
        """Return how far the work was; nothing if no batch was done, or if the note is none of ours."""
        with contextlib.suppress(
            OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError
        ):
            told = json.loads(self._notes.read_bytes())
            students = array("Q", base64.b64decode(told["students"]))
            found = _Told(
                str(told["of"]), int(told["batches"]), int(told["bytes"]), Summary.of(told["summary"]), students
            )
            if found.batches > 0 and found.bytes >= 0 and self.beside.is_file():
                return found
        return None


class Unnamed(Unfinished):
    """A result on its way to standard output: in a file without a name, which is gone with the process."""

    def begin(self, header: bytes, *, resume: bool = False) -> None:
        """Open the file."""
        del resume  # nothing of it is left to go on with
        self._stream = cast("BinaryIO", tempfile.TemporaryFile())  # noqa: SIM115  `close` closes it
        self._write(header)

    def note(self) -> None:
        """Write down nothing."""

    def finish(self, convert: Callable[[BinaryIO], None] | None = None) -> None:
        """Bring the file to its end; with `convert`, that makes something from what was written."""
        if convert:
            convert(self.rows())

    def rows(self) -> BinaryIO:
        """Return what was written, from the start."""
        stream = self._stream or BytesIO()
        stream.seek(0)
        return stream

    def drop(self) -> None:
        """Throw away what was written."""
        self.close()
