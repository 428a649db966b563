"""PDF files read back: what stands on each page, and what a screen reader is told about it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from pypdf import PdfReader


@dataclass(frozen=True)
class Element:
    """One element of the structure: its kind, its attributes, how deep it stands, and whether anything is in it."""

    kind: str
    attributes: dict[str, Any]
    depth: int
    filled: bool
    alt: str


_FOOT = re.compile(r"\n[^\n]* \d+ / \d+\s*\Z")
_HYPHEN = re.compile(r"(?<=\w-)\n(?=\w)")


class PdfFile:
    """A PDF file as a reader meets it."""

    def __init__(self, content: bytes) -> None:
        self.reader = PdfReader(io.BytesIO(content))
        self.catalog = cast("Any", self.reader.trailer["/Root"])
        metadata = self.reader.metadata
        self.title = (metadata.title if metadata else None) or ""
        self.language = str(self.catalog.get("/Lang", ""))
        self.marked = bool(self.catalog.get("/MarkInfo", {}).get("/Marked", False))
        self.promises = self.catalog["/Metadata"].get_object().get_data().decode()
        self.elements = tuple(_walk(self.catalog["/StructTreeRoot"], 0))

    def pages(self) -> list[str]:
        """Return the text of every page."""
        return [page.extract_text() for page in self.reader.pages]

    def text(self) -> str:
        """Return all text with every space as one, and without the places where a long word may break."""
        return " ".join(" ".join(self.pages()).replace("\u200b", "").split())

    def running_text(self) -> str:
        """Return the same without the line at the foot of each page, which may stand in the middle of a sentence.

        A word that breaks at its hyphen is one word.
        """
        pages = "\n".join(_FOOT.sub("", page) for page in self.pages())
        return " ".join(_HYPHEN.sub("", pages).replace("\u200b", "").split())

    def kinds(self) -> list[str]:
        """Return the kind of every element, from first to last."""
        return [element.kind for element in self.elements]

    def links(self) -> list[str]:
        """Return the addresses that the pages lead to."""
        notes = (note.get_object() for page in self.reader.pages for note in page.get("/Annots", ()))
        return [str(note["/A"]["/URI"]) for note in notes if note["/Subtype"] == "/Link"]

    def loose_fonts(self) -> list[str]:
        """Return the fonts that the file uses and does not hold."""
        found = []
        for page in self.reader.pages:
            for font in page["/Resources"].get_object().get("/Font", {}).values():  # type: ignore[union-attr]
                for each in font.get_object().get("/DescendantFonts", [font]):
                    about = each.get_object().get("/FontDescriptor", {}).get_object()
                    if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(about):
                        found.append(str(font.get_object().get("/BaseFont")))
        return found


def dump(content: bytes) -> str:
    """Return the text page by page, for people to read a change."""
    pages = PdfFile(content).pages()
    return "".join(f"--- page {number} ---\n{text}\n" for number, text in enumerate(pages, start=1))


def _walk(node: Any, depth: int) -> Iterator[Element]:
    for child in _children(node):
        if isinstance(child, dict) and "/S" in child:
            told = child.get("/A", [])
            attributes: dict[str, Any] = {}
            for each in told if isinstance(told, list) else [told]:
                found = each.get_object()
                attributes |= dict(found) if isinstance(found, dict) else {}
            yield Element(str(child["/S"])[1:], attributes, depth, _filled(child), str(child.get("/Alt", "")))
            yield from _walk(child, depth + 1)


def _children(node: Any) -> list[Any]:
    kids = node.get("/K", [])
    kids = kids.get_object() if hasattr(kids, "get_object") else kids
    return [
        kid.get_object() if hasattr(kid, "get_object") else kid for kid in (kids if isinstance(kids, list) else [kids])
    ]


def _filled(node: Any) -> bool:
    return any(not isinstance(kid, dict) or "/S" not in kid or _filled(kid) for kid in _children(node))
