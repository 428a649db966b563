"""The styles and lists of one Word file: those that a template brings, and ours where it brings none."""

from __future__ import annotations

from collections.abc import Iterator

from docx.oxml.ns import qn

from pushpull.render.docx.look import Look, Style, defaults, spoken, styles
from pushpull.render.docx.xml import Element, insert, make

_DEFAULT_SIZE = 20
"""The size of type, in half points, where a file names none."""
_BULLET = "•"


class Lists:
    """The definitions of lists: a bullet for all, and for counted lists one each, so that every list starts at 1."""

    def __init__(self, numbering: Element) -> None:
        self.root = numbering
        self._marked: dict[int, int] = {}

    def define(self, kind: str, text: str, left: int, hanging: int) -> int:
        """A new kind of list; the number by which paragraphs and styles refer to it."""
        taken = [int(each.get(qn("w:abstractNumId"), "0")) for each in self.root.findall(qn("w:abstractNum"))]
        abstract = max(taken, default=-1) + 1
        level = make(
            "w:lvl",
            {"w:ilvl": 0},
            make("w:start", {"w:val": 1}),
            make("w:numFmt", {"w:val": kind}),
            *(() if text else (make("w:suff", {"w:val": "nothing"}),)),
            make("w:lvlText", {"w:val": text}),
            make("w:lvlJc", {"w:val": "left"}),
            make("w:pPr", None, make("w:ind", {"w:left": left, "w:hanging": hanging})),
        )
        many = make("w:multiLevelType", {"w:val": "singleLevel"})
        # Every kind of list stands before every list.
        place = next((at for at, each in enumerate(self.root) if each.tag == qn("w:num")), len(self.root))
        self.root.insert(place, make("w:abstractNum", {"w:abstractNumId": abstract}, many, level))
        return self._list(abstract)

    def _list(self, abstract: int, *, anew: bool = False) -> int:
        nums = self.root.findall(qn("w:num"))
        number = max((int(each.get(qn("w:numId"), "0")) for each in nums), default=0) + 1
        start = make("w:lvlOverride", {"w:ilvl": 0}, make("w:startOverride", {"w:val": 1})) if anew else None
        added = make("w:num", {"w:numId": number}, make("w:abstractNumId", {"w:val": abstract}), start)
        if nums:
            nums[-1].addnext(added)
        else:
            self.root.append(added)
        return number

    def counted_anew(self, number: int) -> int:
        """A list like the one with this number, counting from 1."""
        named = (each for each in self.root.findall(qn("w:num")) if each.get(qn("w:numId")) == str(number))
        abstract = next(named)[0].get(qn("w:val"), "0")
        return self._list(int(abstract), anew=True)

    def marked(self, hanging: int) -> int:
        """A list without signs, whose items bring words of their own in a column so wide."""
        if hanging not in self._marked:
            self._marked[hanging] = self.define("none", "", hanging, hanging)
        return self._marked[hanging]


class Sheet:
    """The styles of one file, by the name that Word gives them in every language."""

    def __init__(self, root: Element, lists: Lists, look: Look, language: str) -> None:
        self.root = root
        self.look = look
        self.lists = lists
        self._ids: dict[tuple[str, str], str] = {}
        for style in root.findall(qn("w:style")):
            key = (style.get(qn("w:type"), "paragraph"), _name(style))
            self._ids.setdefault(key, style.get(qn("w:styleId"), ""))
        self._speak(language)
        self._numbers: dict[str, int] = {}
        for style in styles(look):
            if (style.kind, style.name.lower()) not in self._ids:
                self._add(style)

    def __getitem__(self, name: str) -> str:
        """The id of a style of paragraphs or letters or tables, by its name."""
        lower = name.lower()
        return next(
            self._ids[kind, lower] for kind in ("paragraph", "character", "table") if (kind, lower) in self._ids
        )

    def number(self, name: str) -> int:
        """The list that a style of paragraphs belongs to by itself; 0 means none."""
        style = self._find(self[name])
        while style is not None:
            number = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
            if number is not None:
                known = any(n.get(qn("w:numId")) == number.get(qn("w:val")) for n in self.lists.root)
                return int(number.get(qn("w:val"), "0")) if known else 0
            based = style.find(qn("w:basedOn"))
            style = None if based is None else self._find(based.get(qn("w:val"), ""))
        return 0

    def fallback(self, numbered: str) -> int:
        """A list of our own, for styles that have none."""
        if numbered not in self._numbers:
            step = self.look.size * 14
            cell = self.look.size * 8
            kinds = {
                "bullet": ("bullet", _BULLET, step, step * 2 // 3),
                "number": ("decimal", "%1.", step * 4 // 3, step * 5 // 4),
                "cell_bullet": ("bullet", _BULLET, cell, cell),
            }
            self._numbers[numbered] = self.lists.define(*kinds[numbered])
        return self._numbers[numbered]

    def _find(self, style_id: str) -> Element | None:
        found = (style for style in self.root.findall(qn("w:style")) if style.get(qn("w:styleId")) == style_id)
        return next(found, None)

    def _speak(self, language: str) -> None:
        """Let every text be read in the language of the paper, whatever the template was written in."""
        for told in [*self.root.iter(qn("w:lang"))]:
            told.getparent().remove(told)
        if self.root.find(qn("w:docDefaults")) is None:
            self.root.insert(0, defaults(language))
            return
        inner = self.root.find(qn("w:docDefaults"))
        for name in ("w:rPrDefault", "w:rPr"):
            child = inner.find(qn(name))
            if child is None:
                child = make(name)
                inner.insert(0, child)
            inner = child
        insert(inner, spoken(language))

    def _add(self, style: Style) -> None:
        name, taken = style.name, {known for _, known in self._ids}
        while name.lower() in taken:
            # A template may use the name for a style of another kind.
            name += " 2"
        style_id = "".join(name.title().split()) if style.standard else "".join(name.split())
        while self._find(style_id) is not None:
            style_id += "2"
        self._ids[style.kind, style.name.lower()] = style_id
        children: list[Element] = [make("w:name", {"w:val": name})]
        if based := self._based(style):
            children.append(make("w:basedOn", {"w:val": based}))
        if style.following and (following := self._ids.get(("paragraph", style.following.lower()))):
            children.append(make("w:next", {"w:val": following}))
        children.append(make("w:uiPriority", {"w:val": 1 if style.name.startswith("heading") else 99}))
        if style.kind in {"paragraph", "character"}:
            children.append(make("w:qFormat"))
        paragraph = style.paragraph
        if style.numbered:
            paragraph += (belongs_to(self.fallback(style.numbered)),)
        children += [make("w:pPr", None, *paragraph)] if paragraph else []
        children += [make("w:rPr", None, *style.letters)] if style.letters else []
        attributes = {"w:type": style.kind, "w:styleId": style_id}
        if not style.based and (style.kind != "paragraph" or not self._has_default(style.kind)):
            attributes = {"w:type": style.kind, "w:default": "1", "w:styleId": style_id}
        elif not style.standard:
            attributes["w:customStyle"] = "1"
        self.root.append(make("w:style", attributes, *children, *style.table))

    def _has_default(self, kind: str) -> bool:
        return next(self._defaults(kind), None) is not None

    def _defaults(self, kind: str) -> Iterator[Element]:
        for style in self.root.findall(qn("w:style")):
            if style.get(qn("w:type")) == kind and style.get(qn("w:default")) in {"1", "true", "on"}:
                yield style

    def _based(self, style: Style) -> str:
        if not style.based:
            return ""
        kind = style.kind if style.based != "Normal" else "paragraph"
        return self._ids.get((kind, style.based.lower()), "")


def belongs_to(number: int) -> Element:
    """The property of a paragraph that makes it an item of a list."""
    return make("w:numPr", None, make("w:ilvl", {"w:val": 0}), make("w:numId", {"w:val": number}))


def size_of(root: Element) -> int:
    """The size of ordinary type in a file's styles, in half points."""
    for style in root.findall(qn("w:style")):
        if _name(style) == "normal":
            size = style.find(f"{qn('w:rPr')}/{qn('w:sz')}")
            if size is not None:
                return int(size.get(qn("w:val"), str(_DEFAULT_SIZE)))
    size = root.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}/{qn('w:sz')}")
    return _DEFAULT_SIZE if size is None else int(size.get(qn("w:val"), str(_DEFAULT_SIZE)))


def _name(style: Element) -> str:
    named = style.find(qn("w:name"))
    return "" if named is None else named.get(qn("w:val"), "").lower()
