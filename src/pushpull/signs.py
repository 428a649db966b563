"""Which signs of a text are read, and which act: they steer a terminal, turn the reading direction, or hide.

Texts come from people and from files. Pages, messages and prompts show what `readable` leaves, cells of a table what
`in_cell` leaves. JSON is data: there `escaped` spells such signs out, and every reader of JSON gets them back.
"""

from __future__ import annotations

import re
from json import dumps

REPLACED = "\N{REPLACEMENT CHARACTER}"

# Controls, the marks that set or turn a reading direction, signs without any width, tags, and what goes with them.
# None of them is printable in the sense of `str.isprintable`, and that makes the quick looks below right.
_ACTING = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]"
)
_BREAKS = re.compile("\r\n|[\t\n\v\f\r\x85\u2028\u2029]")
_BREAKS_IN_CELL = re.compile("[\v\f\x85\u2028\u2029]")
_PLANES = range(0, 0x110000, 0x10000)
# Half a character, or none at all: no file and no program has to take it.
_NO_CHARACTERS = re.compile(
    f"[\ud800-\udfff\ufdd0-\ufdef{''.join(f'{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}' for plane in _PLANES)}]"
)
_SPELLED = re.compile(f"{_ACTING.pattern}|{_NO_CHARACTERS.pattern}|[\x85\u2028\u2029]")
# Letters that show nothing, so that two names could look alike.
_BLANK = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u3164\uffa0]")
# Joiners and selectors of a variant, with the sign before them. An emoji needs them, and so do several scripts.
_JOINED = re.compile(
    "([^\u200c\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef]?)([\u200c\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef]+)"
)
_JOINERS = "\u200c\u200d"
_MARKS = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f]"
# Letters carry up to four marks, as in the alphabet of phonetics. A pile of them would cover the lines around it.
_PILE = re.compile(f"({_MARKS}{{4}}){_MARKS}+")


def readable(text: str, instead: str = "") -> str:
    """The text without what acts or hides; line breaks become spaces. `instead` shows where something was taken out."""
    if text.isascii() and text.isprintable():
        return text
    text = _ACTING.sub(instead, _BREAKS.sub(" ", text))
    text = _JOINED.sub(_joined, _BLANK.sub("", _NO_CHARACTERS.sub(REPLACED, text)))
    return _PILE.sub(r"\1", text)


def in_cell(text: str) -> str:
    """The text as a cell of a table holds it: without what acts, its lines and tabs kept."""
    if text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")  # a bare \r would start a new row without quotes
    return _NO_CHARACTERS.sub(REPLACED, _ACTING.sub("", _BREAKS_IN_CELL.sub(" ", text)))


def escaped(json: str) -> str:
    """The same JSON with every sign that acts spelled out in its number, so that a terminal shows it."""
    if json.replace("\n", "").isprintable():
        return json
    return _SPELLED.sub(lambda found: dumps(found[0])[1:-1], json)


def _joined(found: re.Match[str]) -> str:
    """The sign with one selector and one joiner at most, and only where there is something to select or to join."""
    before, run = found[1], found[2]
    if not before or before.isspace() or (before.isascii() and not before.isdigit() and before not in "#*"):
        return before
    selector = run[0] if run[0] not in _JOINERS else ""
    joiner = next((sign for sign in run if sign in _JOINERS), "")
    return before + selector + ("" if before < "\u0300" and not selector else joiner)
