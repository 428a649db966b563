"""A page before it has a format: what is said and in which order, not how it is drawn.

A report arranges a `Document`, a drawer in `render` draws it. Texts are plain text: every drawer escapes them its own
way. Nothing here knows a terminal, a colour or a tag.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True)
class Heading:
    """A heading. Level 1 is the title of the page and stands once; levels do not jump."""

    text: str
    level: int = 2
    aside: str = ""
    """A short remark on the same line, such as what is done now."""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `lead` is its first words when they should stand out."""

    text: str
    lead: str = ""
    quiet: bool = False
    """True for small print."""


@dataclass(frozen=True)
class Item:
    """One item of a list: `mark` stands in front of it (a number, "met", "missing"), `tail` after it, more quietly."""

    text: str
    mark: str = ""
    tail: str = ""
    address: str = ""
    """Where the text comes from. A page makes the text a link; where there are no links it stands behind the text."""


@dataclass(frozen=True)
class Bullets:
    """A list. With `numbered`, items without a mark of their own are counted from 1."""

    items: tuple[Item, ...]
    numbered: bool = False
    columns: int = 1
    """Short items may stand in so many columns where a page is wide enough, read one column after the other."""


@dataclass(frozen=True)
class Facts:
    """Pairs of a word and what it says, one a line."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Cell:
    """A cell of a table: one text, or several that stand as a list."""

    texts: tuple[str, ...]
    listed: bool = False


@dataclass(frozen=True)
class Table:
    """A table. The first column of every row is its header; `heads` names the columns, the first one included."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    weights: tuple[int, ...] = ()
    """How wide the columns are to one another; none means alike."""


@dataclass(frozen=True)
class Bar:
    """One case as a bar: its name, its size as a number, and the same number as it is to be written."""

    name: str
    size: float
    number: str


@dataclass(frozen=True)
class Bars:
    """Bars that share one scale. `words` says the same for those who do not see them."""

    bars: tuple[Bar, ...]
    words: str
    whole: float = 0
    """The size that fills the whole scale, such as 100 for percent; 0 means the largest bar."""


@dataclass(frozen=True)
class Note:
    """A remark set apart, with a word for what it is ("Draft", "Note")."""

    label: str
    text: str


@dataclass(frozen=True)
class Room:
    """Room to write by hand, or what was written already."""

    label: str
    lines: int = 3
    written: str = ""


@dataclass(frozen=True)
class Rooms:
    """Several rooms of equal size, side by side where a page is wide enough."""

    rooms: tuple[Room, ...]


Block = Heading | Paragraph | Bullets | Facts | Table | Bars | Note | Room | Rooms


@dataclass(frozen=True)
class Document:
    """A page: its title (for the window and the file), its language, and its blocks from top to bottom."""

    title: str
    blocks: tuple[Block, ...]
    language: str = "en"
    kind: Literal["screen", "paper"] = "screen"
    """A paper is printed; a screen is read and gone."""
    compact: bool = False
    """True for a paper that has to say much on few pages: smaller type, narrower margins."""
    made: str = ""
    """The day it was made, as year-month-day, for the properties of a file."""
    footer: tuple[str, ...] = field(default=())
    """Lines that stand at the foot of a paper."""
