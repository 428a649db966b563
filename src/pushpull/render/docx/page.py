"""The paper under a document: its size and margins, what stands above and below every page, and columns."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass

from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from pushpull.document import Document
from pushpull.render.docx.package import File
from pushpull.render.docx.sheet import Sheet
from pushpull.render.docx.template import Template
from pushpull.render.docx.xml import Element, field, insert, make, paragraph, run, runs, tab

_LETTER = {"w:w": 12240, "w:h": 15840}
_BETWEEN = 360
"""Room between columns."""


@dataclass(frozen=True)
class Page:
    """The section that all of a paper belongs to."""

    section: Element
    next_picture: int
    """The first number that no picture of a header or footer has."""

    @classmethod
    def of(cls, document: Document, file: File, sheet: Sheet, template: Template | None) -> Page:
        """The page of a template, or US Letter with a footer that counts the pages."""
        section = make("w:sectPr") if template is None else deepcopy(template.section)
        if section.find(qn("w:pgSz")) is None:
            insert(section, make("w:pgSz", _LETTER))
        if section.find(qn("w:pgMar")) is None:
            sides = dict.fromkeys(("w:top", "w:right", "w:bottom", "w:left"), sheet.look.margin)
            away = max(sheet.look.margin // 2, 430)
            insert(section, make("w:pgMar", {**sides, "w:header": away, "w:footer": away, "w:gutter": 0}))
        margins = () if template is None else template.margins
        for side, pages, part in margins:
            insert(section, _reference(side, pages, file.margin(side, part)))
        page = cls(section, 1 + max((_last_picture(part.blob) for _, _, part in margins), default=0))
        if not any(side == "footer" for side, _, _ in margins):
            relation = file.own_footer(page.own_footer(document, sheet))
            for pages in page.kinds(template):
                insert(section, _reference("footer", pages, relation))
        return page

    def own_footer(self, document: Document, sheet: Sheet) -> Element:
        """The title, and which page of how many."""
        stop = make("w:tabs", None, make("w:tab", {"w:val": "right", "w:pos": self.width}))
        count = field("PAGE"), run(" / "), field("NUMPAGES")
        return make("w:ftr", None, paragraph(sheet["footer"], *runs(document.title), tab(), *count, properties=(stop,)))

    def kinds(self, template: Template | None) -> list[str]:
        """The kinds of pages that need a footer of their own."""
        first = self.section.find(qn("w:titlePg"))
        different = first is not None and first.get(qn("w:val")) not in {"0", "false", "off"}
        settings = () if template is None else template.settings
        even = any(setting.tag == qn("w:evenAndOddHeaders") for setting in settings)
        return ["default", *(["first"] if different else []), *(["even"] if even else [])]

    @property
    def width(self) -> int:
        """How wide the text may be."""
        size, margins = self.section.find(qn("w:pgSz")), self.section.find(qn("w:pgMar"))
        beside = sum(abs(_number(margins, side)) for side in ("left", "right", "gutter"))
        return max(_number(size, "w") - beside, 2880)

    def part(self, columns: int, *, first: bool) -> Element:
        """The section for a part of the paper, in so many columns; later parts go on where the one before ended."""
        section = deepcopy(self.section)
        if not first:
            for name in ("w:type", "w:titlePg"):
                for old in section.findall(qn(name)):
                    section.remove(old)
            insert(section, make("w:type", {"w:val": "continuous"}))
        insert(
            section, make("w:cols", {"w:num": columns, "w:space": _BETWEEN} if columns > 1 else {"w:space": _BETWEEN})
        )
        return section

    def column(self, columns: int) -> int:
        """How wide a column is."""
        return (self.width - _BETWEEN * (columns - 1)) // columns


def _number(element: Element, name: str) -> int:
    # Some programs write a part of a twentieth of a point.
    return int(float(element.get(qn(f"w:{name}"), "0")))


def _reference(side: str, pages: str, relation: str) -> Element:
    return make(f"w:{side}Reference", {"w:type": pages, "r:id": relation})


def _last_picture(content: bytes) -> int:
    numbers = (each.get("id", "") for each in parse_xml(content).iter(qn("wp:docPr")))
    return max((int(number) for number in numbers if number.isdigit()), default=0)
