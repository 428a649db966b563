"""What a workbook is made of: parts of XML in a ZIP file, read as a stream and never trusted.

Whatever a file says of itself, no more is taken from it than a workbook with a table needs: a small file can say that
it unpacks to more than any computer holds.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO
from xml.parsers import expat

from pushpull.problems import PushpullError
from pushpull.sheet.letters import Origin

_CHUNK = 1 << 16
_MOST_AT_ONCE = 2_000_000
"""Bytes of the list of parts, which the ZIP library reads at once."""
_MOST_PARTS = 5000
_RATIO = 200
"""So many times its size a part may unpack to; sheets with the same row again and again come to a quarter of it."""
_FREE = 1_000_000
"""Bytes up to which nobody asks how well they were packed."""
_FREE_TAGS = 500_000
"""Tags that may say nothing, beside one for every byte of the file: empty rows and cells that a spreadsheet program
leaves behind take two bytes each, and made to do harm they take a hundredth of one."""
_LONGEST_SIGN = 1_000_000
"""Bytes of one piece of XML, such as the start of an element with all that it says."""
_DEEPEST = 100
_READ_ERRORS = (
    *(zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, ValueError),
    *(LookupError, NotImplementedError, OverflowError),
)
"""What a damaged file can bring about on the way."""


class Damaged(Exception):  # noqa: N818  it says what the file is
    """A part is not what a workbook has there."""


class TooLarge(Exception):  # noqa: N818  the same
    """A part holds more than a workbook needs."""


@dataclass(frozen=True)
class Handlers:
    """What is done with a part of XML; names come without the letters before a colon."""

    start: Callable[[str, dict[str, str]], None]
    end: Callable[[str], None] = lambda _: None
    text: Callable[[str], None] = lambda _: None


class Package:
    """The parts of a workbook that is open."""

    def __init__(self, stream: BinaryIO, file: str) -> None:
        self.file = file
        with self.refusing():
            # The library needs no more of a file than this.
            self._archive = zipfile.ZipFile(_Careful(stream))
            self._size = stream.seek(0, io.SEEK_END)
            self._patience = _FREE_TAGS + self._size
            self._parts = {part.filename: part for part in self._archive.infolist()}
            if len(self._archive.infolist()) > _MOST_PARTS:
                raise TooLarge

    def refusing(self) -> _Refusing:
        """Turn whatever goes wrong in a damaged or hostile file into a `PushpullError`."""
        return _Refusing(self.file)

    def has(self, part: str) -> bool:
        """Return whether there is a part of this name."""
        return part in self._parts

    def weigh(self, tags: int) -> None:
        """Count tags that say nothing; a negative number takes back what was counted for those that do."""
        self._patience -= tags

    def read(self, part: str, handlers: Handlers, most: int | None = None) -> None:
        """Read a whole part of at most so many bytes."""
        for _ in self.stream(part, handlers, most):
            pass

    def stream(self, part: str, handlers: Handlers, most: int | None = None) -> Iterator[None]:
        """Read a part piece by piece; after each, what the handlers gathered can be taken."""
        found = self._parts[part]
        if found.flag_bits & 1 or found.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise Damaged
        # What a file says of the size of a part as it was packed may be more than there is.
        size, packed = found.file_size, min(found.compress_size, self._size)
        if (most is not None and size > most) or (size > _FREE and size > _RATIO * packed):
            raise TooLarge
        parser, given = _parser(handlers), 0
        with self._archive.open(found) as unpacked:
            while chunk := unpacked.read(_CHUNK):
                given += len(chunk)
                parser.Parse(chunk, False)  # noqa: FBT003  that is how it is called
                self.weigh(chunk.count(b"<"))
                if self._patience < 0 or given - parser.CurrentByteIndex > _LONGEST_SIGN:
                    raise TooLarge
                yield
        parser.Parse(b"", True)  # noqa: FBT003
        yield


class _Refusing:
    """A `with` that knows what can go wrong in a file."""

    def __init__(self, file: str) -> None:
        self.file = file

    def __enter__(self) -> None:
        return

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        if isinstance(error, TooLarge):
            raise PushpullError("workbook_too_large", file=self.file) from error
        if isinstance(error, (Damaged, *_READ_ERRORS)):
            raise PushpullError("not_a_workbook", file=self.file) from error


class _Careful:
    """A file of which nobody can read very much at once, whatever it says of its own parts."""

    def __init__(self, stream: BinaryIO) -> None:
        self.seek, self.tell, self.seekable = stream.seek, stream.tell, stream.seekable
        self._read = stream.read

    def read(self, size: int = -1) -> bytes:
        """Return some bytes; raise `TooLarge` for more than the list of parts can have."""
        found = self._read(min(size, _MOST_AT_ONCE + 1) if size >= 0 else _MOST_AT_ONCE + 1)
        if len(found) > _MOST_AT_ONCE:
            raise TooLarge
        return found


def _parser(handlers: Handlers) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise TooLarge
        handlers.start(name.rpartition(":")[2] if ":" in name else name, attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        handlers.end(name.rpartition(":")[2] if ":" in name else name)

    def declared(*_: object) -> None:
        raise Damaged  # no program writes one into a workbook, and it could stand for anything

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = handlers.text
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = declared
    return parser


def open_package(stream: BinaryIO, origin: Origin) -> Package:
    """Open the parts of a workbook; raise `PushpullError` if it is none."""
    return Package(stream, origin.name)
