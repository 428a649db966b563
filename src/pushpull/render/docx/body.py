"""The blocks of a document as paragraphs and tables of a Word file."""

from __future__ import annotations

from typing import assert_never

from docx.oxml.ns import qn

from pushpull.document import (
    Bars,
    Block,
    Bullets,
    Document,
    Facts,
    Heading,
    Item,
    Note,
    Paragraph,
    Room,
    Rooms,
    Table,
)
from pushpull.render.docx.package import File, bar_picture
from pushpull.render.docx.page import Page
from pushpull.render.docx.pictures import inline
from pushpull.render.docx.sheet import Sheet, belongs_to
from pushpull.render.docx.tables import rooms_table, table
from pushpull.render.docx.xml import Element, hyperlink, insert, make, paragraph, run, runs, tab
from pushpull.render.text import label, marks, shares, spelled, web_address

_DEEPEST = 6
_MARK = 16
"""Letters of a mark up to which its column grows."""
_FACT = 24
"""The same for the word of a fact."""
_NAME = 36
"""The same for the name of a bar."""
_RUN_IN = 160
"""How far the later lines of an item reach in, where its mark stands at the start of its text."""
_BESIDE = 3
"""Rooms that stand side by side."""
_BREAK = "w:br"
_ROOMS = ("Paper Room Space", "Paper Room Text")
"""Styles of what stands in a room: lines to write on, or what was written."""


class Body:
    """The body of a paper, block by block."""

    def __init__(self, file: File, sheet: Sheet, page: Page) -> None:
        self.file = file
        self.sheet = sheet
        self.page = page
        self.elements: list[Element] = []
        self.sections = 0
        self.picture = page.next_picture
        self.near = ""
        """The last heading: what a table without a caption is about."""
        self.run_in = False
        """Whether marks and the words of facts stand at the start of their text, and not in a column of their own."""

    def add_all(self, document: Document) -> None:
        """Draw a whole document, with its title if no heading says it."""
        self.near = document.title
        self.run_in = document.compact
        if not any(isinstance(block, Heading) and block.level == 1 for block in document.blocks):
            self._add(Heading(document.title, 1))
        for block in document.blocks:
            self._add(block)
        for line in document.footer:
            self._paragraph("Paper Foot", *runs(line))

    def closed(self) -> list[Element]:
        """The elements of the body, with the section that ends it."""
        if not self.elements or self._ends_in("w:tbl") or self._ends_a_section():
            self._paragraph("Paper Gap")
        return [*self.elements, self.page.part(1, first=self.sections == 0)]

    def _add(self, block: Block) -> None:
        match block:
            case Heading():
                self.near = block.text
                # Not bold by itself: a style of letters cannot say so inside a bold heading.
                remark = (
                    runs(f"\u2003{block.aside}", self.sheet["Paper Aside"], "w:b=0", "w:bCs=0") if block.aside else []
                )
                self._paragraph(f"heading {min(block.level, _DEEPEST)}", *runs(block.text), *remark)
            case Paragraph():
                lead = [*self._strong(block.lead), run(" ")] if block.lead else []
                self._paragraph("Paper Small Print" if block.quiet else "", *lead, *runs(block.text))
            case Bullets():
                self._bullets(block)
            case Facts():
                self._facts(block)
            case Table():
                self._apart()
                if block.caption:
                    # Whatever a template says of captions, this one stays with its table.
                    self._paragraph("caption", *runs(block.caption), properties=(make("w:keepNext"),))
                self.elements.append(table(block, self.sheet, self.page.width, self.near))
            case Bars():
                self._bars(block)
            case Note():
                self._paragraph("Paper Note", *self._strong(label(block.label)), run(" "), *runs(block.text))
            case Room():
                self._room(block)
            case Rooms():
                rows = -(-len(block.rooms) // _BESIDE)
                for start in range(rows):
                    self._apart()
                    beside = block.rooms[start * len(block.rooms) // rows : (start + 1) * len(block.rooms) // rows]
                    self.elements.append(rooms_table(beside, self.sheet, self.page.width, self.near))
            case _:
                assert_never(block)

    # --- paragraphs ---------------------------------------------------------------------------------------------------

    def _paragraph(self, style: str, *content: Element, properties: tuple[Element, ...] = ()) -> None:
        if self._ends_in("w:tbl") and not style.startswith(("heading", "Paper Gap")):
            self._gap()
        named = self.sheet[style] if style else ""
        self.elements.append(paragraph(named, *content, properties=properties))

    def _gap(self) -> None:
        self.elements.append(paragraph(self.sheet["Paper Gap"]))

    def _apart(self) -> None:
        """Two tables in a row would become one."""
        if self._ends_in("w:tbl"):
            self._gap()

    def _give_last(self, given: Element) -> None:
        """Give the last paragraph a property."""
        last = self.elements[-1]
        properties = last.find(qn("w:pPr"))
        if properties is None:
            properties = make("w:pPr")
            last.insert(0, properties)
        insert(properties, given)

    def _end_group(self) -> None:
        """Lines that belong together stand close; what follows them stands apart."""
        if self._ends_in("w:p"):
            self._give_last(make("w:spacing", {"w:after": self.sheet.look.after}))

    def _ends_in(self, name: str) -> bool:
        return bool(self.elements) and self.elements[-1].tag == qn(name)

    def _style_of_last(self) -> str:
        style = self.elements[-1].find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        return "" if style is None else str(style.get(qn("w:val")))

    def _ends_a_section(self) -> bool:
        return bool(self.elements) and self.elements[-1].find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None

    def _strong(self, text: str) -> list[Element]:
        return runs(text, self.sheet["Strong"]) if text else []

    def _column(self, words: list[str], most: int) -> int:
        """How far a column of such words reaches, about."""
        return round((min(max(map(len, words), default=0), most) * 0.56 + 1) * self.sheet.look.size * 10)

    def _hanging(self, left: int) -> tuple[Element, Element]:
        return make("w:tabs", None, make("w:tab", {"w:val": "left", "w:pos": left})), make(
            "w:ind", {"w:left": left, "w:hanging": left}
        )

    def _facts(self, facts: Facts) -> None:
        left = self._column([label(word) for word, _ in facts.pairs], _FACT)
        hanging = () if self.run_in else self._hanging(left)
        for word, text in facts.pairs:
            content = (*self._strong(label(word)), run(" ") if self.run_in else tab(), *runs(text))
            self._paragraph("Paper Facts", *content, properties=_copied(hanging))
        self._end_group()

    def _room(self, room: Room) -> None:
        if self._ends_in("w:p") and self._style_of_last() in {self.sheet[name] for name in _ROOMS}:
            self._gap()  # or both would stand in one box
        self._paragraph("Paper Room", *runs(label(room.label)))
        # Lines of one paragraph, so that who types into it starts at the top, and who listens hears one empty one.
        space = [make("w:r", None, *(make(_BREAK) for _ in range(room.lines - 1)))] if room.lines > 1 else []
        self._paragraph(_ROOMS[bool(room.written)], *(runs(room.written) or space))

    # --- lists --------------------------------------------------------------------------------------------------------

    def _bullets(self, bullets: Bullets) -> None:
        if not bullets.items:
            return
        if bullets.columns > 1:
            self._end_section(1)
        if any(item.mark for item in bullets.items):
            self._marked(bullets)
        else:
            style, own = ("List Number", "number") if bullets.numbered else ("List Bullet", "bullet")
            of_style = self.sheet.number(style)
            number = of_style or self.sheet.fallback(own)
            if bullets.numbered:
                number = self.sheet.lists.counted_anew(number)
            direct = () if number == of_style else (belongs_to(number),)
            for item in bullets.items:
                self._paragraph(style, *self._item(item), properties=_copied(direct))
        self._end_group()
        if bullets.columns > 1:
            self._end_section(bullets.columns)

    def _marked(self, bullets: Bullets) -> None:
        found = marks(bullets)
        run_in = self.run_in or bullets.columns > 1
        number = self.sheet.lists.marked(_RUN_IN if run_in else self._column(found, _MARK))
        for mark, item in zip(found, bullets.items, strict=True):
            content = (
                *self._strong(label(mark) if run_in and any(map(str.isalnum, mark)) else mark),
                run(" ") if run_in else tab(),
                *self._item(item),
            )
            self._paragraph("Paper Marked List", *content, properties=(belongs_to(number),))

    def _item(self, item: Item) -> list[Element]:
        address = web_address(item.address)
        if address:
            text = [hyperlink(self.file.link(address), runs(item.text, self.sheet["Hyperlink"]))]
        else:
            text = runs(spelled(item))
        return text + (runs(f" ({item.tail})", self.sheet["Paper Tail"]) if item.tail else [])

    def _end_section(self, columns: int) -> None:
        """Let what was added since the last section stand in so many columns."""
        if columns == 1 and (not self.elements or self._ends_a_section()):
            return
        if self._ends_in("w:tbl"):
            self._gap()
        self._give_last(self.page.part(columns, first=self.sections == 0))
        self.sections += 1

    # --- bars ---------------------------------------------------------------------------------------------------------

    def _bars(self, bars: Bars) -> None:
        size = self.sheet.look.size
        left = self._column([label(bar.name) for bar in bars.bars], _NAME)
        height = size * 7
        width = max(min(self.page.width - left - size * 60, 4000), 1200)
        for index, (bar, share) in enumerate(zip(bars.bars, shares(bars), strict=True)):
            # Who listens hears the words once, with the first bar; after that each bar says its number.
            words = bars.words if index == 0 and bars.words else f"{label(bar.name)} {bar.number}"
            relation = self.file.picture(bar_picture(share, width=width // 5, height=max(height // 5, 8)))
            drawn = inline(relation, self.picture, words, width=width, height=height)
            self.picture += 1
            stop = make("w:tabs", None, make("w:tab", {"w:val": "left", "w:pos": left}))
            keep = (make("w:keepNext"),) if index + 1 < len(bars.bars) else ()
            content = (*runs(bar.name), tab(), drawn, run("\u2002"), *self._strong(bar.number))
            self._paragraph("Paper Bars", *content, properties=(*keep, stop))
        self._end_group()


def _copied(elements: tuple[Element, ...]) -> tuple[Element, ...]:
    return tuple(element.__copy__() for element in elements)
