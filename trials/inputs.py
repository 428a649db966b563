"""Inputs by the million, each made anew from a seed and its number: files mutated, and files grown from pieces."""

from __future__ import annotations

import atexit
import random
import re
import shutil
import tempfile
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from recorded import ROOT

_LONGEST = 6000  # bytes of a file that is mutated: longer ones take long, and hold nothing else
_TOKEN = re.compile(rb"\w+|\s+|.", re.DOTALL)
_ODD_TEXTS = (
    *(
        "",
        " ",
        "\t",
        "\n",
        "\r",
        "\r\n",
        "\0",
        "\x85",
        "\u2028",
        "\ufeff",
        "\u200b",
        "\u202e",
        "\x1b[2J",
        "\x9b",
        "\ufffe",
    ),
    *(
        "é",
        "ß",
        "中文",
        "ı",
        "\U0001f469\u200d\U0001f469",
        "\u0661\u0662",
        "²",
        "½",
        "x" * 300,
        "\N{COMBINING ACUTE ACCENT}",
    ),
    *(
        "0",
        "-1",
        "1.5",
        "1e999",
        "00",
        "99999999999999999999",
        "1,950",
        "20-30",
        "nan",
        "inf",
        "0x10",
        "1_000",
        "12:30",
    ),
    *(
        "null",
        "~",
        "yes",
        "no",
        "true",
        "=1+1",
        "@a",
        "-",
        "- ",
        "? ",
        ": ",
        "#",
        " #",
        "&a",
        "*a",
        "!a",
        "%",
        "`",
        "|",
        ">",
    ),
    *(
        "'",
        '"',
        "''",
        '"""',
        "\\",
        "\\x",
        "\\u00e9",
        "\\ud800",
        "[",
        "]",
        "{",
        "}",
        ",",
        ";",
        "{student}",
        "{}",
        "<<",
        "...",
    ),
    *("not_sure", "none_of_these", "push_in", "pull_out", "blend", "none", "articulation", "elementary", "preschool"),
)
ODD = (*map(str.encode, _ODD_TEXTS), b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xff\xfe", b"\xef\xbb\xbf")
"""Pieces that readers stumble over."""


class Target(NamedTuple):
    """One part of the program: how its inputs are made, and what it has to do with each."""

    name: str
    share: float
    """Of a thousand inputs."""
    make: Callable[[random.Random], Any]
    check: Callable[[Any], None]
    """Raises what went wrong."""


@cache
def workplace() -> Path:
    """Return an empty folder, in memory where there is such a place; it goes with the program."""
    memory = Path("/dev/shm")  # noqa: S108  the folder in it has a name that nobody else knows
    folder = Path(tempfile.mkdtemp(prefix="trial-", dir=memory if memory.is_dir() else None))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def dice_for(seed: int, kind: str, number: int) -> random.Random:
    """Return dice that fall alike whenever the input of this number is made."""
    return random.Random(f"{seed} {kind} {number}")


@cache
def corpus(*patterns: str) -> tuple[bytes, ...]:
    """Return the files of the project whose paths fit, small ones whole and large ones in part."""
    found = {path for pattern in patterns for path in ROOT.glob(pattern) if path.is_file()}
    return tuple(_short(path) for path in sorted(found))


def _short(path: Path) -> bytes:
    content = path.read_bytes()
    if len(content) <= _LONGEST:
        return content
    return content[: content.rfind(b"\n", 0, _LONGEST) + 1]


def mutated(dice: random.Random, files: Sequence[bytes]) -> bytes:
    """Return a file with a few changes: of bytes, of words, of lines, or with a piece of another file."""
    content = dice.choice(files)
    for _ in range(dice.choice((1, 1, 1, 2, 2, 3, 5, 9))):
        content = dice.choice(_CHANGES)(dice, content, files)
    return content


def _bytes_changed(dice: random.Random, content: bytes, _files: Sequence[bytes]) -> bytes:
    changed = bytearray(content)
    for _ in range(dice.choice((1, 1, 2, 4))):
        if changed:
            changed[dice.randrange(len(changed))] = dice.randrange(256)
    return bytes(changed)


def _piece_put_in(dice: random.Random, content: bytes, _: Sequence[bytes]) -> bytes:
    at = dice.randrange(len(content) + 1)
    return content[:at] + dice.choice(ODD) + content[at:]


def _cut(dice: random.Random, content: bytes, _: Sequence[bytes]) -> bytes:
    start = dice.randrange(len(content) + 1)
    return content[:start] + content[start + dice.choice((1, 2, 10, 100)) :]


def _ended(dice: random.Random, content: bytes, _: Sequence[bytes]) -> bytes:
    return content[: dice.randrange(len(content) + 1)]


def _token_changed(dice: random.Random, content: bytes, files: Sequence[bytes]) -> bytes:
    at = dice.randrange(len(content) + 1)
    match = _TOKEN.search(content, at)
    if match is None:
        return content
    other = dice.choice(files)
    found = _TOKEN.match(other, dice.randrange(len(other))) if other and dice.random() < 0.5 else None
    return content[: match.start()] + (found[0] if found else dice.choice(ODD)) + content[match.end() :]


def _lines_changed(dice: random.Random, content: bytes, files: Sequence[bytes]) -> bytes:
    lines, others = content.splitlines(keepends=True), dice.choice(files).splitlines(keepends=True)
    if not lines:
        return content
    at, size = dice.randrange(len(lines)), dice.choice((1, 1, 2, 5))
    piece = lines[at : at + size]
    match dice.randrange(5):
        case 0:
            del lines[at : at + size]
        case 1:
            lines[at:at] = piece
        case 2:
            to = dice.randrange(len(lines) + 1)
            lines[to:to] = piece
        case 3:
            shift = dice.choice((b" ", b"  ", b"    ", b"\t"))
            lines[at : at + size] = [shift + line for line in piece]
        case _:
            from_ = dice.randrange(len(others) + 1)
            lines[at : at + size] = others[from_ : from_ + size]
    return b"".join(lines)


_CHANGES: tuple[Callable[[random.Random, bytes, Sequence[bytes]], bytes], ...] = (
    _bytes_changed,
    _piece_put_in,
    _piece_put_in,
    _cut,
    _ended,
    _token_changed,
    _token_changed,
    _lines_changed,
    _lines_changed,
)


def grown(dice: random.Random, pieces: Sequence[bytes], most: int = 30) -> bytes:
    """Return a file grown from nothing: pieces one after the other."""
    return b"".join(dice.choice(pieces if dice.random() < 0.8 else ODD) for _ in range(dice.randint(0, most)))


def odd_text(dice: random.Random, words: Sequence[str] = ("a", "Ann", "reading", "30")) -> str:
    """Return a text of words, odd pieces and any letters at all."""
    found = []
    for _ in range(dice.choice((0, 1, 1, 2, 3, 6))):
        match dice.randrange(4):
            case 0:
                found.append(dice.choice(words))
            case 1 | 2:
                found.append(dice.choice(_ODD_TEXTS))
            case _:
                found.append(
                    chr(dice.choice((dice.randrange(0x300), dice.randrange(0x3000), dice.randrange(0x110000))))
                )
    return "".join(found)
