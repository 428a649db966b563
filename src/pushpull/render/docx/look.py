"""How a Word paper looks: sizes, and the styles that carry them. What a style can say is said nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pushpull.render.docx.xml import Element, Named, make

_FONT, _OTHER_SCRIPTS = "Calibri", "Arial"
_SIDES = ("top", "left", "bottom", "right")
_INK, _QUIET, _RULE, _WASH = "000000", "404040", "7F7F7F", "F2F2F2"


@dataclass(frozen=True)
class Look:
    """Sizes of a paper: type in half points, everything else in twentieths of a point."""

    size: int
    small: int
    heads: tuple[int, int, int]
    after: int
    """Room after a paragraph."""
    item: int
    """Room after an item of a list."""
    line: int
    """Distance of lines; 240 is single."""
    margin: int
    pad: int
    """Room inside a cell, above and below."""
    writing: int
    """Height of a line to write on by hand."""


COMFORTABLE = Look(size=20, small=17, heads=(34, 24, 21), after=70, item=14, line=236, margin=790, pad=22, writing=340)
COMPACT = Look(size=17, small=15, heads=(26, 20, 18), after=26, item=3, line=205, margin=560, pad=6, writing=280)


def within(look: Look, size: int) -> Look:
    """The same look around another size of type, that of a template."""
    return Look(
        size=size,
        small=max(size - (look.size - look.small), 14),
        heads=(size + 12, size + 6, size + 2),
        after=look.after,
        item=look.item,
        line=look.line,
        margin=look.margin,
        pad=look.pad,
        writing=look.writing,
    )


@dataclass(frozen=True)
class Style:
    """A style by the name that Word knows it by, whatever the language of Word is."""

    name: str
    kind: Literal["paragraph", "character", "table", "numbering"] = "paragraph"
    based: str = "Normal"
    following: str = ""
    paragraph: tuple[Element, ...] = ()
    letters: tuple[Element, ...] = ()
    table: tuple[Element, ...] = ()
    numbered: Literal["", "bullet", "cell_bullet", "number"] = ""
    standard: bool = False


def _spacing(before: int = 0, after: int = 0, line: int = 0, *, rule: str = "auto") -> Element:
    named: Named = {"w:before": before, "w:after": after}
    return make("w:spacing", {**named, "w:line": line, "w:lineRule": rule} if line else named)


def _indent(left: int, hanging: int = 0, right: int = 0) -> Element:
    return make("w:ind", {"w:left": left, "w:right": right, "w:hanging": hanging})


def _size(half_points: int) -> tuple[Element, Element]:
    return make("w:sz", {"w:val": half_points}), make("w:szCs", {"w:val": half_points})


def _bold() -> tuple[Element, Element]:
    return make("w:b"), make("w:bCs")


def _color(color: str) -> Element:
    return make("w:color", {"w:val": color})


def _borders(*sides: str, weight: int = 4, space: int = 4, color: str = _RULE) -> Element:
    named: Named = {"w:val": "single", "w:sz": weight, "w:space": space, "w:color": color}
    return make("w:pBdr", None, *(make(f"w:{side}", named) for side in sides))


def defaults(language: str) -> Element:
    """What holds where no style says otherwise."""
    fonts = {"w:ascii": _FONT, "w:hAnsi": _FONT, "w:eastAsia": _FONT, "w:cs": _OTHER_SCRIPTS}
    letters = make("w:rPr", None, make("w:rFonts", fonts), *_size(22), spoken(language))
    return make(
        "w:docDefaults",
        None,
        make("w:rPrDefault", None, letters),
        make("w:pPrDefault", None, make("w:pPr", None, _spacing())),
    )


def spoken(language: str) -> Element:
    """The language of the texts. Word wants a region with it, and the papers are for schools in the United States."""
    tag = f"{language}-US" if language in {"en", "es"} else language
    return make("w:lang", {"w:val": tag, "w:eastAsia": tag, "w:bidi": tag})


def styles(look: Look) -> tuple[Style, ...]:
    """Every style that a paper uses. Those in `standard` are Word's own; the others start with "Paper"."""
    keep = make("w:keepNext"), make("w:keepLines")
    box = {"left": 80, "right": 80}
    return (
        Style(
            "Normal",
            based="",
            paragraph=(_spacing(0, look.after, look.line),),
            letters=_size(look.size),
            standard=True,
        ),
        Style("Default Paragraph Font", "character", based="", standard=True),
        Style("Normal Table", "table", based="", table=(make("w:tblPr", None, _cells(0, 108)),), standard=True),
        Style("No List", "numbering", based="", standard=True),
        *(_heading(level, look) for level in range(1, 7)),
        Style(
            "List Bullet",
            paragraph=(_spacing(0, look.item, look.line),),
            numbered="bullet",
            standard=True,
        ),
        Style("List Number", paragraph=(_spacing(0, look.item, look.line),), numbered="number", standard=True),
        Style(
            "caption", paragraph=(make("w:keepNext"), _spacing(look.after, look.item)), letters=_bold(), standard=True
        ),
        Style("footer", paragraph=(_spacing(),), letters=(*_size(look.small), _color(_QUIET)), standard=True),
        Style("Strong", "character", based="Default Paragraph Font", letters=_bold(), standard=True),
        Style(
            "Hyperlink",
            "character",
            based="Default Paragraph Font",
            letters=(_color("1F3864"), make("w:u", {"w:val": "single", "w:color": "A6A6A6"})),
            standard=True,
        ),
        Style("Table Grid", "table", based="Normal Table", table=_ruled(look), standard=True),
        Style("Paper Marked List", paragraph=(_spacing(0, look.item, look.line),)),
        Style("Paper Facts", paragraph=(make("w:keepLines"), _spacing(0, look.item, look.line))),
        Style("Paper Bars", paragraph=(make("w:keepLines"), _spacing(0, look.item))),
        Style("Paper Small Print", letters=(*_size(look.small), _color(_QUIET))),
        Style(
            "Paper Note",
            paragraph=(
                make("w:keepLines"),
                _borders("left", weight=24, space=6, color="595959"),
                make("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": _WASH}),
                _spacing(look.after // 2, look.after + 40, look.line),
                _indent(170),
            ),
        ),
        Style(
            "Paper Room",
            following="Paper Room Space",
            paragraph=(*keep, _borders(*_SIDES), _spacing(80), _indent(**box)),
            letters=_bold(),
        ),
        # Paragraphs in a row with the same borders and indents stand in one box: the label and its space.
        Style(
            "Paper Room Space",
            paragraph=(
                make("w:keepLines"),
                _borders(*_SIDES),
                _spacing(0, look.after, look.writing, rule="atLeast"),
                _indent(**box),
            ),
        ),
        Style(
            "Paper Room Text",
            paragraph=(
                make("w:keepLines"),
                _borders(*_SIDES),
                _spacing(0, look.after, look.line),
                _indent(**box),
            ),
        ),
        Style("Paper Table Text", paragraph=(_spacing(0, 0, look.line - 10),), letters=_size(look.size - 1)),
        Style("Paper Table Head", based="Paper Table Text", letters=_bold()),
        Style("Paper Table List", based="Paper Table Text", numbered="cell_bullet"),
        Style(
            "Paper Gap",
            paragraph=(_spacing(0, 0, look.after, rule="exact"),),
            letters=_size(2),
        ),
        Style(
            "Paper Foot",
            paragraph=(_borders("top"), _spacing(look.after, 0)),
            letters=(*_size(look.small), _color(_QUIET)),
        ),
        Style(
            "Paper Tail",
            "character",
            based="Default Paragraph Font",
            letters=(*_size(look.small), _color(_QUIET)),
        ),
        Style("Paper Aside", "character", based="Default Paragraph Font", letters=(*_size(look.size), _color(_QUIET))),
    )  # fmt: skip


def _heading(level: int, look: Look) -> Style:
    size = look.heads[min(level, 3) - 1]
    before, after = ((0, look.after), (look.after * 2, look.item * 2), (look.after + look.item, look.item))[
        min(level, 3) - 1
    ]
    rule = (_borders("bottom", space=1),) if level == 2 else ()
    return Style(
        f"heading {level}",
        following="Normal",
        paragraph=(
            make("w:keepNext"),
            make("w:keepLines"),
            *rule,
            _spacing(before, after),
            make("w:outlineLvl", {"w:val": level - 1}),
        ),
        letters=(*_bold(), *_size(size), _color(_INK)),
        standard=True,
    )


def _cells(above: int, beside: int) -> Element:
    sides = {"top": above, "left": beside, "bottom": above, "right": beside}
    return make("w:tblCellMar", None, *(make(f"w:{s}", {"w:w": w, "w:type": "dxa"}) for s, w in sides.items()))


def _ruled(look: Look) -> tuple[Element, ...]:
    line: Named = {"w:val": "single", "w:sz": 4, "w:space": 0, "w:color": _RULE}
    borders = make("w:tblBorders", None, *(make(f"w:{side}", line) for side in (*_SIDES, "insideH", "insideV")))
    # Shade only: letters that are bold in a table style and in a paragraph style would be bold in neither.
    shade = make("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": _WASH})
    head = make("w:tblStylePr", {"w:type": "firstRow"}, make("w:tcPr", None, shade))
    return make("w:tblPr", None, borders, _cells(look.pad, 90)), head
