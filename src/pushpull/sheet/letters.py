"""Bytes to lines: where a file is, in which letters it is written, and where its lines end."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from pushpull.problems import PushpullError

LONGEST = 1_000_000
"""Bytes of a line; a row with all of its texts has a hundredth of it."""
TOO_LONG = b'"\n'
"""Stands for a line that is longer, and is known by being this very object. Its quote keeps it out of the fast way."""

_CHUNK = 1 << 20


@dataclass(frozen=True)
class Origin:
    """Where the bytes come from: a path, or a file that is already open."""

    name: str
    """What people call it: the path as it was typed."""
    source: Path | BinaryIO

    @contextmanager
    def stream(self) -> Iterator[BinaryIO]:
        """Open it at its start; raise `PushpullError` if it cannot be read."""
        try:
            if isinstance(self.source, Path):
                with self.source.open("rb", buffering=_CHUNK) as stream:
                    yield stream
            else:
                self.source.seek(0)
                yield self.source
        except OSError as error:
            raise PushpullError("cannot_read", file=self.name, why=error.strerror or "") from error


@dataclass(frozen=True)
class Letters:
    """How the bytes of a file become lines."""

    encoding: str
    """Of the lines that are handed out."""
    start: int = 0
    """Bytes before the first letter: some programs leave a mark there."""
    through: str = ""
    """The encoding of the file where its lines cannot be cut as bytes, and have to be written anew in UTF-8."""
    windows: bool = False
    """Whether it was read as Windows text because it is not UTF-8."""

    @contextmanager
    def lines(self, origin: Origin) -> Iterator[Iterator[bytes]]:
        """Give the lines with their ends, and `TOO_LONG` for each that nobody can have meant."""
        with origin.stream() as stream:
            stream.seek(self.start)
            if not self.through:
                yield _short(iter(partial(stream.readline, LONGEST), b""))
                return
            text = io.TextIOWrapper(stream, self.through, "replace", newline="")
            try:
                yield _short(line.encode() for line in iter(partial(text.readline, LONGEST), ""))
            finally:
                text.detach()  # or the stream, which is not ours, would be closed along with it


def look(stream: BinaryIO) -> Letters:
    """Go through a file once, quickly, to find out its letters. No file is refused."""
    head = stream.read(4)
    stream.seek(0)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Letters("utf-8", through="utf-16")
    start = len(codecs.BOM_UTF8) if head.startswith(codecs.BOM_UTF8) else 0
    decoder, utf8, alone = codecs.getincrementaldecoder("utf-8")(), True, 0
    chunk = stream.read(_CHUNK)
    while chunk:
        following = stream.read(_CHUNK)
        if utf8:
            try:
                decoder.decode(chunk, final=not following)
            except UnicodeDecodeError:
                utf8 = False
        alone += chunk.count(b"\r") - chunk.count(b"\r\n")
        if chunk.endswith(b"\r") and following.startswith(b"\n"):
            alone -= 1
        chunk = following
    encoding = "utf-8" if utf8 else "cp1252"
    if alone:  # old programs end a line so, and a line of bytes ends with \n only
        through = "utf-8-sig" if utf8 else "cp1252"
        return Letters("utf-8", 0 if utf8 else start, through, windows=not utf8)
    return Letters(encoding, start, windows=not utf8)


def _short(lines: Iterator[bytes]) -> Iterator[bytes]:
    for line in lines:
        if len(line) < LONGEST or line.endswith((b"\n", b"\r")):
            yield line
            continue
        for rest in lines:
            if rest.endswith((b"\n", b"\r")):
                break
        yield TOO_LONG
