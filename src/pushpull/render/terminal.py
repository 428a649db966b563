"""For the terminal: tables with rules, bars, hanging indents. Whatever colour says is also said without it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import zip_longest
from typing import assert_never

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from pushpull.document import Bars, Block, Bullets, Cell, Document, Facts, Heading, Note, Paragraph, Room, Rooms, Table
from pushpull.render.text import cleaned, is_list, label, marks, row_by_row, shares, spelled

NARROWEST = 24
STACKED_BELOW = 60
MEASURE = 92
"""Prose is not set wider than this, however wide the screen is."""
WIDEST_TABLE = 140
LONGEST_BAR = 40
LONGEST_WORD = 16
"""Words longer than this may be broken in a table, so that an address does not claim a column."""
_EIGHTHS = " ▏▎▍▌▋▊▉"

Lines = list[Text]


def draw(document: Document, *, width: int, color: bool) -> str:
    """The document no wider than `width` columns; escape sequences only with `color`."""
    width = max(width, NARROWEST)
    screen = StringIO()
    console = _console(screen, width, color=color)
    document = cleaned(document)
    before: Block | None = None
    for block in document.blocks:
        for _ in range(_gap(before, block)):
            console.print()
        for line in _block(block, width):
            console.print(line)
        before = block
    if document.footer:
        console.print()
        for text in document.footer:
            for line in _wrap(text, min(width, MEASURE), "dim"):
                console.print(line)
    return screen.getvalue()


def _console(file: StringIO, width: int, *, color: bool) -> Console:
    # An empty environment: whoever calls has decided about width and colour already.
    return Console(
        file=file, width=width, force_terminal=color, color_system="standard" if color else None, highlight=False,
        markup=False, emoji=False, legacy_windows=False, no_color=not color, _environ={},
    )  # fmt: skip


_RULER = _console(StringIO(), 80, color=False)


def _gap(before: Block | None, block: Block) -> int:
    match before, block:
        case None, _:
            return 0
        case Heading(level=level), _ if level > 2:
            return 0
        case _, Heading(level=2):
            return 1 if isinstance(before, Heading) else 2
        case _:
            return 1


def _block(block: Block, width: int) -> Iterable[Text | RichTable]:
    measure = min(width, MEASURE)
    match block:
        case Heading():
            return _heading(block, measure)
        case Paragraph():
            text = Text.assemble((block.lead, "bold"), " " if block.lead else "", block.text)
            return _wrap(text, measure, "dim" if block.quiet else "")
        case Bullets():
            return _list(block, measure)
        case Facts():
            return _facts(block, measure)
        case Table():
            return _table(block, min(width, WIDEST_TABLE))
        case Bars():
            return _bars(block, measure)
        case Note():
            return _barred(Text.assemble((label(block.label), "bold"), " ", block.text), measure)
        case Room():
            return _room(block, measure)
        case Rooms():
            return [line for room in block.rooms for line in _room(room, measure)]
        case _:
            assert_never(block)


def _wrap(text: str | Text, width: int, style: str = "") -> Lines:
    text = Text(text, style) if isinstance(text, str) else Text.assemble(text, style=style)
    lines = list(text.wrap(_RULER, width, overflow="fold"))
    for line in lines:
        line.rstrip()
    return lines


def _beside(left: Lines, right: Lines, column: int) -> Lines:
    """Two blocks side by side; the right one starts at `column` on every line."""
    lines = []
    for first, second in zip_longest(left, right, fillvalue=Text()):
        line = Text.assemble(first)
        if second:
            line.pad_right(column - first.cell_len)
            line.append_text(second)
        lines.append(line)
    return lines


def _heading(heading: Heading, width: int) -> Lines:
    style = "bold cyan" if heading.level <= 2 else "bold"
    lines = _wrap(heading.text, width, style)
    if heading.aside:
        room = width - lines[-1].cell_len - cell_len(heading.aside)
        if len(lines) == 1 and room >= 3:
            lines[0] = Text.assemble(lines[0], " " * room, (heading.aside, "dim"))
        else:
            lines += _wrap(heading.aside, width, "dim")
    if heading.level <= 2:
        lines.append(Text(("━" if heading.level == 1 else "─") * width, "cyan" if heading.level == 1 else "dim"))
    return lines


def _list(bullets: Bullets, width: int) -> Lines:
    found = [mark or "•" for mark in marks(bullets)]
    column = min(max(map(cell_len, found), default=0), width // 3)
    numbers = all(mark.rstrip(".").isdecimal() for mark in found)
    lines: Lines = []
    for mark, item in zip(found, bullets.items, strict=True):
        left = _wrap(mark.rjust(column) if numbers else mark, column, "bold" if item.mark else "")
        gap = 1 if mark == "•" and column == 1 else 2
        if bullets.numbered and not item.mark:
            gap = 1
        lines += _beside(left, _item(spelled(item), item.tail, width - column - gap), column + gap)
    return lines


def _item(text: str, tail: str, width: int) -> Lines:
    lines = _wrap(text, width)
    if not tail:
        return lines
    # A dot as well, for the tail is told from the text without colour too.
    tail = f"· {tail}"
    if lines and lines[-1].cell_len + 2 + cell_len(tail) <= width:
        lines[-1] = Text.assemble(lines[-1], "  ", (tail, "dim"))
        return lines
    return lines + _beside([Text("·", "dim")], _wrap(tail[2:], width - 2, "dim"), 2)


def _facts(facts: Facts, width: int) -> Lines:
    column = min(max((cell_len(word) for word, _ in facts.pairs), default=0), width * 2 // 5)
    lines: Lines = []
    for word, text in facts.pairs:
        lines += _beside(_wrap(word, column, "bold"), _wrap(text, width - column - 2), column + 2)
    return lines


def _barred(text: Text, width: int) -> Lines:
    lines = _wrap(text, width - 2)
    return _beside([Text("│", "dim")] * len(lines), lines, 2)


def _room(room: Room, width: int) -> Lines:
    lines = _wrap(label(room.label), width, "bold")
    if room.written:
        return lines + _barred(Text(room.written), width)
    return lines + [Text("_" * width, "dim") for _ in range(room.lines)]


def _bars(bars: Bars, width: int) -> Lines:
    names = min(max((cell_len(bar.name) for bar in bars.bars), default=0), width // 2)
    numbers = max((cell_len(bar.number) for bar in bars.bars), default=0)
    longest = min(LONGEST_BAR, width - 2 - names - 2 - 1 - numbers)
    lines: Lines = []
    for bar, share in zip(bars.bars, shares(bars), strict=True):
        drawn = _blocks(share, longest)
        right = _wrap(f"{drawn} {bar.number}".lstrip(), width - names - 4)
        lines += _beside([Text("  ") + line for line in _wrap(bar.name, names)], right, names + 4)
    return lines


def _blocks(share: float, longest: int) -> str:
    if longest < 4 or share <= 0:
        return ""
    whole, eighths = divmod(max(round(share * longest * 8), 1), 8)
    return "█" * whole + (_EIGHTHS[eighths] if eighths else "")


def _table(table: Table, width: int) -> Iterator[Text | RichTable]:
    yield from _wrap(table.caption, min(width, MEASURE), "bold") if table.caption else []
    widths = _widths(table, width) if width >= STACKED_BELOW else None
    if widths is None:
        yield from _stacked(table, min(width, MEASURE))
        return
    drawn = RichTable(box=box.ROUNDED, show_lines=True, header_style="bold", border_style="dim", padding=(0, 1))
    for head, columns in zip(table.heads, widths, strict=True):
        drawn.add_column(Text(head), width=columns, overflow="fold", vertical="top")
    for row in table.rows:
        cells = [Text("\n").join(_cell(cell, columns)) for cell, columns in zip(row, widths, strict=True)]
        cells[0].stylize("bold")
        drawn.add_row(*cells)
    yield drawn


def _cell(cell: Cell, width: int) -> Lines:
    if not is_list(cell):
        return [line for text in cell.texts for line in _wrap(text, width)]
    return [line for text in cell.texts for line in _beside([Text("•")], _wrap(text, width - 2), 2)]


def _stacked(table: Table, width: int) -> Iterator[Text]:
    for number, (header, cells) in enumerate(row_by_row(table)):
        if number or table.caption:
            yield Text()
        yield from _wrap(header, width, "bold")
        for head, cell in cells:
            if cell.texts:
                yield from _indented(_wrap(label(head), width - 2), 2)
                yield from _indented(_cell(cell, width - 4), 4)


def _indented(lines: Lines, by: int) -> Lines:
    return _beside([], lines, by)


def _widths(table: Table, width: int) -> list[int] | None:
    """How wide each column is inside, or nothing when their words do not fit side by side."""
    free = width - 3 * len(table.heads) - 1
    needed, floors = [], []
    for head, *cells in zip(table.heads, *table.rows, strict=True):
        texts = [head, *(text for cell in cells for text in cell.texts)]
        indent = 2 if any(map(is_list, cells)) else 0
        needed.append(indent + max(map(cell_len, texts)))
        longest = max((cell_len(word) for text in texts for word in text.split()), default=1)
        floors.append(indent + min(longest, LONGEST_WORD))
    return needed if sum(needed) <= free else _shared(free, table.weights or (1,) * len(needed), floors)


def _shared(free: int, weights: Sequence[int], floors: Sequence[int]) -> list[int] | None:
    """The free room by weight, where no column gets less than its floor; nothing when the floors do not fit."""
    if sum(floors) > free:
        return None
    held: set[int] = set()
    while True:
        left = free - sum(floors[each] for each in held)
        total = sum(weight for each, weight in enumerate(weights) if each not in held)
        shares = [floors[each] if each in held else left * weight // total for each, weight in enumerate(weights)]
        short = {each for each, share in enumerate(shares) if share < floors[each]}
        if not short:
            # What division leaves over goes to the row headers, so that equal weights stay equal widths.
            shares[0] += free - sum(shares)
            return shares
        held |= short
