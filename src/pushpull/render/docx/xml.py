"""WordprocessingML: elements in the order that Word insists on, and texts as runs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement

Element = BaseOxmlElement
Named = Mapping[str, str | int]
"""Attributes by their names."""

# The schema gives the children of these elements an order. Word calls a file damaged that does not keep it.
_ORDER = {
    name: {f"w:{child}": place for place, child in enumerate(children.split())}
    for name, children in {
        "w:pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers "
        "pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct "
        "autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing "
        "mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl "
        "divId cnfStyle rPr sectPr pPrChange",
        "w:rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint "
        "noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u "
        "effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath",
        "w:tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc "
        "tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption "
        "tblDescription",
        "w:trPr": "cnfStyle divId gridBefore gridAfter wBefore wAfter cantSplit trHeight tblHeader "
        "tblCellSpacing jc hidden",
        "w:tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText "
        "vAlign hideMark",
        "w:sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders "
        "lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter "
        "docGrid printerSettings",
        "w:style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed "
        "qFormat locked personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr "
        "tblStylePr",
        "w:pBdr": "top left bottom right between bar",
    }.items()
}  # fmt: skip
# Two signs that no XML file can hold, beside those that `cleaned` removes.
_UNWRITABLE = re.compile("[\ufffe\uffff]")
_RIGHT_TO_LEFT = {"R", "AL"}


def make(name: str, attributes: Named | None = None, *children: Element | None, text: str = "") -> Element:
    """An element with its children in the order of the schema; None among them is left out."""
    element: Element = OxmlElement(name)
    for attribute, value in (attributes or {}).items():
        element.set(qn(attribute) if ":" in attribute else attribute, writable(str(value)))
    order = _ORDER.get(name, {})
    present = [child for child in children if child is not None]
    element.extend(sorted(present, key=lambda child: order[f"w:{_local(child)}"]) if order else present)
    if text:
        element.text = writable(text)
        element.set(qn("xml:space"), "preserve")
    return element


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def insert(parent: Element, child: Element) -> None:
    """Put a child into an element that stands already, in its place in the order."""
    order = _ORDER[f"w:{_local(parent)}"]
    own = order[f"w:{_local(child)}"]
    later = (index for index, other in enumerate(parent) if order.get(f"w:{_local(other)}", len(order)) > own)
    parent.insert(next(later, len(parent)), child)


def writable(text: str) -> str:
    """The text without the signs that an XML file cannot hold."""
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """The text cut where the reading direction changes; True for a piece from right to left.

    What stands between two such letters, such as a space, belongs to them; what stands at the edges does not.
    """
    sides = [unicodedata.bidirectional(sign) for sign in text]
    start = 0
    while start < len(text):
        first = next((at for at in range(start, len(text)) if sides[at] in _RIGHT_TO_LEFT), len(text))
        if first > start:
            yield text[start:first], False
        if first == len(text):
            return
        stop = next((at for at in range(first, len(text)) if sides[at] == "L"), len(text))
        # The last letter of the piece, with the marks that sit on it.
        last = max(at for at in range(first, stop) if sides[at] in {*_RIGHT_TO_LEFT, "NSM"})
        yield text[first : last + 1], True
        start = last + 1


def runs(text: str, style: str = "", *formats: str) -> list[Element]:
    """A text as runs; `formats` are switches such as `w:b=0` that hold for these runs alone."""
    return [run(piece, style, *formats, rtl=rtl) for piece, rtl in pieces(text)]


def run(text: str, style: str = "", *formats: str, rtl: bool = False) -> Element:
    """One run of text in one direction."""
    properties = [make("w:rStyle", {"w:val": style})] if style else []
    properties += [make(name, {"w:val": value}) for name, _, value in (each.partition("=") for each in formats)]
    properties += [make("w:rtl")] if rtl else []
    return make("w:r", None, make("w:rPr", None, *properties) if properties else None, make("w:t", text=text))


def tab() -> Element:
    """A run that goes to the next tab stop."""
    return make("w:r", None, make("w:tab"))


def hyperlink(relation: str, parts: list[Element]) -> Element:
    """A link around runs."""
    return make("w:hyperlink", {"r:id": relation, "w:history": 1}, *parts)


def field(code: str) -> Element:
    """A field that Word fills in itself, such as the number of the page."""
    return make("w:fldSimple", {"w:instr": f" {code} "}, run("1"))


def paragraph(style: str, *content: Element, properties: tuple[Element, ...] = ()) -> Element:
    """A paragraph in a style; `properties` are what the style cannot know, such as which list it belongs to."""
    named = [make("w:pStyle", {"w:val": style})] if style else []
    own = make("w:pPr", None, *named, *properties) if named or properties else None
    return make("w:p", None, own, *content)


def cell(width: int, *content: Element) -> Element:
    """A cell of a table."""
    return make("w:tc", None, make("w:tcPr", None, make("w:tcW", {"w:w": width, "w:type": "dxa"})), *content)


def row(*cells: Element, head: bool = False, height: int = 0) -> Element:
    """A row that stays on one page; a `head` row is repeated on every page that its table reaches."""
    properties = [make("w:cantSplit")]
    properties += [make("w:tblHeader")] if head else []
    properties += [make("w:trHeight", {"w:val": height, "w:hRule": "atLeast"})] if height else []
    return make("w:tr", None, make("w:trPr", None, *properties), *cells)


def grid(style: str, widths: list[int], rows: list[Element], *, title: str, description: str) -> Element:
    """A table of rows; its first row and its first column are heads. Title and description are for those who listen."""
    look: Named = {
        "w:val": "06A0",
        "w:firstRow": 1,
        "w:lastRow": 0,
        "w:firstColumn": 1,
        "w:lastColumn": 0,
        "w:noHBand": 1,
        "w:noVBand": 1,
    }
    properties = make(
        "w:tblPr",
        None,
        make("w:tblStyle", {"w:val": style}),
        make("w:tblW", {"w:w": sum(widths), "w:type": "dxa"}),
        make("w:tblLayout", {"w:type": "fixed"}),
        make("w:tblLook", look),
        make("w:tblCaption", {"w:val": title}),
        make("w:tblDescription", {"w:val": description}),
    )
    columns = make("w:tblGrid", None, *(make("w:gridCol", {"w:w": width}) for width in widths))
    return make("w:tbl", None, properties, columns, *rows)
