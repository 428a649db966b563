"""Word files read back: what stands in them as text, and what would keep somebody from reading them."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.ns import qn

TO_WRITE = "Paper Room Space"
"""The style of paragraphs that are empty because somebody is to write there."""

FAKE_ITEM = re.compile(r"\s*(?:[•‣◦▪·*–-]|\(?\d+[.)])\s")


class WordFile:
    """A Word file as a reader meets it."""

    def __init__(self, content: bytes) -> None:
        self.document = docx.Document(io.BytesIO(content))
        part = self.document.part
        self.body: Any = self.document.element.body
        self.links = {name: rel.target_ref for name, rel in part.rels.items() if rel.is_external}
        styles: Any = self.document.styles.element
        self.styles = {style.get(qn("w:styleId")): style for style in styles.iterfind(qn("w:style"))}
        self.title = self.document.core_properties.title
        told = styles.find(f"{qn('w:docDefaults')}//{qn('w:lang')}")
        self.language = "" if told is None else told.get(qn("w:val"))
        self.margins: list[Any] = [
            rel.target_part for rel in part.rels.values() if rel.reltype in {RT.HEADER, RT.FOOTER}
        ]
        numbering = next((rel.target_part for rel in part.rels.values() if rel.reltype == RT.NUMBERING), None)
        self._lists = {} if numbering is None else dict(_kinds(numbering))
        self._counts: Counter[str] = Counter()

    # --- what stands in it --------------------------------------------------------------------------------------------

    def dump(self) -> str:
        """Return everything that can be read, one paragraph or row a line."""
        self._counts.clear()
        lines = [f"title: {self.title}", f"language: {self.language}", ""]
        for block in self.body:
            match _name(block):
                case "p":
                    lines.append(self.line(block))
                    columns = block.find(f"{qn('w:pPr')}/{qn('w:sectPr')}/{qn('w:cols')}")
                    if columns is not None:
                        lines.append(f"--- so far in {columns.get(qn('w:num'), '1')} columns ---")
                case "tbl":
                    lines += self._table(block)
        for part in self.margins:
            lines += [f"[{_name(part.element)}] {text(paragraph)}" for paragraph in part.element.iter(qn("w:p"))]
        return "\n".join(lines) + "\n"

    def line(self, paragraph: Any) -> str:
        """Return a paragraph with what it is: a heading, an item, a style of its own."""
        said, style = text(paragraph), self.style(paragraph)
        if level := self.level(paragraph):
            return f"{'#' * level} {said}"
        if number := self.list_of(paragraph):
            form = self._lists.get(number, "?")
            self._counts[number] += 1
            return f"{f'{self._counts[number]}.' if form == 'decimal' else '-'} {said}"
        return said if style in {"", "Normal"} else f"[{style}] {said}".rstrip()

    def _table(self, table: Any) -> Iterator[str]:
        yield f"table: {_value(table, 'tblCaption')} ({_value(table, 'tblDescription')})"
        for row in table.iterfind(qn("w:tr")):
            cells = (" / ".join(self.line(each) for each in cell.iter(qn("w:p"))) for cell in row.iterfind(qn("w:tc")))
            yield f"{'|=' if _is_head(row) else '| '} {' | '.join(cells)}"

    def texts(self) -> str:
        """Return the texts alone, in the order of reading."""
        roots = [self.body, *(part.element for part in self.margins)]
        return "\n".join(text(paragraph) for root in roots for paragraph in root.iter(qn("w:p")))

    def style(self, paragraph: Any) -> str:
        """Return the name of a paragraph's style."""
        named = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        return "" if named is None else str(self.styles[named.get(qn("w:val"))].find(qn("w:name")).get(qn("w:val")))

    def level(self, paragraph: Any) -> int:
        """Return the level of a heading, 0 for anything else."""
        found = re.fullmatch(r"heading (\d)", self.style(paragraph), re.IGNORECASE)
        return int(found[1]) if found else 0

    def list_of(self, paragraph: Any) -> str:
        """Return the list that a paragraph belongs to, by itself or by its style."""
        holder = paragraph
        while holder is not None:
            number = holder.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
            if number is not None:
                return str(number.get(qn("w:val")))
            named = holder.find(qn("w:basedOn")) if holder is not paragraph else None
            if holder is paragraph:
                named = holder.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
            holder = None if named is None else self.styles.get(named.get(qn("w:val")))
        return ""

    # --- what would keep somebody from reading it ---------------------------------------------------------------------

    def findings(self) -> list[str]:
        """Return what is wrong for somebody who listens, or who moves from heading to heading."""
        return [*self._properties(), *self._headings(), *self._tables(), *self._pictures(), *self._paragraphs()]

    def _properties(self) -> Iterator[str]:
        if not self.title:
            yield "the file has no title"
        if not self.language:
            yield "the file has no language"

    def _headings(self) -> Iterator[str]:
        before = 0
        for paragraph in self.body.iter(qn("w:p")):
            if level := self.level(paragraph):
                if not text(paragraph).strip():
                    yield "a heading is empty"
                if level > before + 1 or (level == 1 and before):
                    yield f"a heading of level {level} follows one of level {before}: {text(paragraph)}"
                before = level
        if not before:
            yield "there is no heading"

    def _tables(self) -> Iterator[str]:
        for table in self.body.iter(qn("w:tbl")):
            rows = table.findall(qn("w:tr"))
            where = _value(table, "tblCaption")
            if not where or not _value(table, "tblDescription"):
                yield "a table has no title or no description"
            if not _is_head(rows[0]):
                yield f"a table has no row of heads that is repeated: {where}"
            if any(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is None for row in rows):
                yield f"a row of a table may be torn apart: {where}"
            if len({len(row.findall(qn("w:tc"))) for row in rows}) > 1 or list(table.iter(qn("w:vMerge"))):
                yield f"cells of a table are joined: {where}"
            if table.find(f".//{qn('w:tbl')}") is not None:
                yield f"a table stands in a table: {where}"

    def _pictures(self) -> Iterator[str]:
        found = [each for root in (self.body, *(p.element for p in self.margins)) for each in root.iter(qn("wp:docPr"))]
        if any(not each.get("descr") for each in found if each in list(self.body.iter(qn("wp:docPr")))):
            yield "a picture has no words"
        if any(count > 1 for count in Counter(each.get("id") for each in found).values()):
            yield "two pictures have the same number"

    def _paragraphs(self) -> Iterator[str]:
        empty = 0
        for paragraph in self.body.iter(qn("w:p")):
            said = text(paragraph)
            if FAKE_ITEM.match(said) and not self.list_of(paragraph) and not self.level(paragraph):
                yield f"a paragraph is typed like an item of a list: {said}"
            blank = not said.strip() and self.style(paragraph) != TO_WRITE and _name(paragraph.getparent()) == "body"
            empty = empty + 1 if blank else 0
            if empty == 2:
                yield "empty paragraphs are used as space"
        for link in self.body.iter(qn("w:hyperlink")):
            if not self.links.get(link.get(qn("r:id")), "").startswith(("http://", "https://")):
                yield f"a link leads elsewhere than to the web: {text(link)}"


def text(element: Any) -> str:
    """Return what is written in a paragraph, with its pictures as their words."""
    said = []
    for each in element.iter():
        match _name(each):
            case "t":
                said.append(each.text or "")
            case "tab" if _name(each.getparent()) == "r":
                said.append("\t")
            case "docPr":
                said.append(f"[picture: {each.get('descr', '')}]")
    return "".join(said)


def dump(content: bytes) -> str:
    """Return what stands in a Word file."""
    return WordFile(content).dump()


def findings(content: bytes) -> list[str]:
    """Return what would keep somebody from reading a Word file."""
    return WordFile(content).findings()


def _kinds(numbering: Any) -> Iterator[tuple[str, str]]:
    root = numbering.element
    formats = {
        each.get(qn("w:abstractNumId")): each.find(f"{qn('w:lvl')}/{qn('w:numFmt')}").get(qn("w:val"))
        for each in root.iterfind(qn("w:abstractNum"))
        if each.find(f"{qn('w:lvl')}/{qn('w:numFmt')}") is not None
    }
    for number in root.iterfind(qn("w:num")):
        yield number.get(qn("w:numId")), formats.get(number[0].get(qn("w:val")), "?")


def _is_head(row: Any) -> bool:
    return row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None


def _value(table: Any, name: str) -> str:
    found = table.find(f"{qn('w:tblPr')}/{qn(f'w:{name}')}")
    return "" if found is None else str(found.get(qn("w:val")))


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]
