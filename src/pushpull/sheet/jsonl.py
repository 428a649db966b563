"""One row in JSON on each line. The columns are the names that the first lines use, in the order they are met."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

from pushpull.problems import BadFile, Place, Problem, PushpullError
from pushpull.sheet.cells import number
from pushpull.sheet.letters import TOO_LONG, Letters, Origin
from pushpull.sheet.table import MOST_ABOVE, MOST_COLUMNS, Batch, Flaws, Row, Sheet, header, too_many_columns

_LOOKED_AT = 1000
_INSIDE = "answers"
"""What stands under this name is laid flat into the row."""
_BETWEEN = "; "


class _TwiceError(Exception):
    """A name that stands twice in a line."""


class _NotTextError(Exception):
    """The name of a value that is no text."""


@dataclass(frozen=True)
class JsonReading:
    """How batches of lines of JSON become rows."""

    file: str
    columns: tuple[str, ...]
    encoding: str

    @cached_property
    def at(self) -> Mapping[str, int]:
        """The place of each column in a row."""
        return {name: place for place, name in enumerate(self.columns)}

    def pack(self, raw: list[Any]) -> bytes:
        """Return lines as one text."""
        return b"".join(raw)

    def rows(self, batch: Batch) -> Iterator[Row]:
        """Yield the rows of a batch, or their problems."""
        assert isinstance(batch.content, bytes)  # noqa: S101  a batch of another kind of file is a bug
        text = batch.content.decode(self.encoding, "replace")
        escapes = "\\u" in text
        for row, line in enumerate(text.split("\n"), batch.first):
            if line and not line.isspace():
                found = self._row(line, Place(self.file, row, 1))
                if escapes and isinstance(found, list) and not _writable(found):
                    found = Problem.at(Place(self.file, row, 1), "control_character")
                yield found if isinstance(found, Problem) else (row, found)
            elif row in batch.flaws:
                yield batch.flaws[row]

    def _row(self, line: str, place: Place) -> list[str] | Problem:
        cells, at = [""] * len(self.columns), self.at
        try:
            for name, value in _values(line).items():
                cells[at[name]] = value if type(value) is str else _text(name, value)
        except KeyError as error:
            return Problem.at(place, "column_too_late", word=error.args[0])
        except _TwiceError as error:
            return Problem.at(place, "column_twice_in_line", word=error.args[0])
        except _NotTextError as error:
            return Problem.at(place, "value_not_text", word=error.args[0])
        except json.JSONDecodeError as error:
            return Problem.at(Place(place.file, place.line, error.colno), "row_not_json")
        except (ValueError, RecursionError):
            return Problem.at(place, "row_not_json")
        return cells


def open_json_lines(origin: Origin, letters: Letters) -> Sheet:
    """Open a file with one row in JSON on each line; raise `BadFile` if no line at its start can be read."""
    names, bad = dict[str, None](), list[Problem]()
    reading = JsonReading(origin.name, (), letters.encoding)
    lines = islice(enumerate(_lines(origin, letters, {}), 1), MOST_ABOVE)
    filled = ((place, line) for place, line in lines if not line.isspace())
    start = b""
    for place, line in islice(filled, _LOOKED_AT):
        start = start or line.lstrip()
        try:
            names |= dict.fromkeys(_values(line.decode(letters.encoding, "replace")))
            if len(names) > MOST_COLUMNS:
                raise BadFile([too_many_columns(Place(origin.name, place, 1))])
        except (ValueError, RecursionError, _TwiceError):
            bad += reading.rows(Batch(place, line))  # type: ignore[arg-type]  # never a row: it cannot be read
    if not start:
        raise PushpullError("no_header", file=origin.name)
    if not names or start.startswith(b"["):  # one list over all lines: nearly every line would be wrong
        raise BadFile(bad[:1] or [Problem.at(Place(origin.name, 1, 1), "row_not_json")])
    header([name.strip() for name in names], Place(origin.name, 1, 1))
    return Sheet(
        JsonReading(origin.name, tuple(names), letters.encoding), 1, lambda flaws: _lines(origin, letters, flaws)
    )


def _lines(origin: Origin, letters: Letters, flaws: Flaws) -> Iterator[bytes]:
    with letters.lines(origin) as lines:
        for place, line in enumerate(lines, 1):
            if line is TOO_LONG:
                flaws[place] = Problem.at(Place(origin.name, place, 1), "row_too_long")
                yield b"\n"
            else:
                yield line[:-1] + b"\n" if line.endswith(b"\r") else line


def _values(line: str) -> dict[str, Any]:
    """Return the values of a line by their names; raise what tells that it is not a row."""
    found = _DECODER.decode(line.strip())
    if not isinstance(found, dict):
        raise ValueError(line)  # noqa: TRY004  the same as any other line that cannot be read
    inside = found.get(_INSIDE, "")
    if inside is None or isinstance(inside, dict):
        del found[_INSIDE]
        for name in inside or ():
            if name in found:
                raise _TwiceError(name)
        found |= inside or {}
    return found


def _text(name: str, value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case list() if all(isinstance(each, str) for each in value):
            return _BETWEEN.join(value)
        case _:
            raise _NotTextError(name)


def _writable(cells: list[str]) -> bool:
    """Return whether no text holds what only an escape can write: half a letter, or the sign 0."""
    text = "".join(cells)
    return "\0" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        counted = Counter(name for name, _ in pairs)
        raise _TwiceError(next(name for name in counted if counted[name] > 1))
    return found


def _decimal(digits: str) -> str:
    return number(float(digits)) if math.isfinite(float(digits)) else digits


def _no_number(word: str) -> str:
    raise ValueError(word)


_DECODER = json.JSONDecoder(object_pairs_hook=_once, parse_int=str, parse_float=_decimal, parse_constant=_no_number)
