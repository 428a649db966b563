"""A district's own Word file: its styles, its header and footer, its paper. The rest is left behind.

Only those parts are taken over, into a file of our own, so that nothing else of the template can reach a reader: no
text of its body, no macro, no remark, no author, nothing that is fetched from elsewhere when the paper is opened.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.part import Part, XmlPart
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.package import Package

from pushpull.problems import PushpullError
from pushpull.render.docx.harmless import BEFORE_XML, Harmful, accept, check, check_picture, mail
from pushpull.render.docx.xml import Element, make
from pushpull.render.text import link

LARGEST = 20_000_000
"""Bytes that a template may have."""
LARGEST_UNPACKED = 60_000_000
"""Bytes that may be in it once it is unpacked."""
_LARGEST_XML = 3_000_000
"""Bytes of all parts that are XML: in memory they take up fifty times as much."""
_ENTRY = b"PK\x01\x02"
_MOST_PARTS = 5000

_MAIN = {CT.WML_DOCUMENT_MAIN, "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"}
_KINDS = ("default", "first", "even")
# What a section says of its paper. The rest (columns, footnotes, a printer, changes) belonged to the body.
_PAPER = ("type", "pgSz", "pgMar", "paperSrc", "pgBorders", "titlePg", "textDirection", "rtlGutter", "docGrid")
# Settings that change how pages and headers look, in the order of the schema.
_SETTINGS = ("mirrorMargins", "gutterAtTop", "defaultTabStop", "evenAndOddHeaders", "characterSpacingControl", "compat")


@dataclass(frozen=True)
class Template:
    """What a paper takes over."""

    section: Element
    """Size and margins of the paper, without headers and footers."""
    margins: tuple[tuple[str, str, Part], ...]
    """Headers and footers: `header` or `footer`, on which pages, and the part that holds it."""
    settings: tuple[Element, ...]
    styles: Element | None = None
    numbering: Part | None = None
    theme: Part | None = None


def open_template(path: Path) -> Template:
    """The template at a path; raises `PushpullError` with what to do when it cannot serve as one."""
    file = str(path)
    content = _read(path)
    try:
        _check(content, file)
        package = Package.open(io.BytesIO(content))
        return _taken(package.main_document_part, file)
    except PushpullError:
        raise
    except Harmful as error:
        raise PushpullError("template_parts", file=file) from error
    except Exception as error:
        # A damaged file can go wrong in any way: what it is made of is nothing a person could mend.
        raise PushpullError("template_not_word", file=file) from error


def _read(path: Path) -> bytes:
    if not path.is_file():
        raise PushpullError("not_a_file", file=str(path))
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise PushpullError("cannot_read", file=str(path), why=error.strerror or "") from error
    if len(content) > LARGEST:
        raise PushpullError("too_large", file=str(path))
    return content


def _check(content: bytes, file: str) -> None:
    if content.count(_ENTRY) > _MOST_PARTS:
        raise PushpullError("too_large", file=file)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        if any(entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for entry in entries):
            raise PushpullError("template_not_word", file=file)
        # More than a part says of its size is never read.
        unpacked = sum(entry.file_size for entry in entries)
        if unpacked > LARGEST_UNPACKED or sum(_size_of_xml(archive, entry) for entry in entries) > _LARGEST_XML:
            raise PushpullError("too_large", file=file)
        kinds = archive.read("[Content_Types].xml").lower()
    if b"macroenabled" in kinds or b"vbaproject" in kinds:
        raise PushpullError("template_macros", file=file)


def _size_of_xml(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> int:
    """Return the size of a part that may be read as XML, whatever its name says; 0 for a picture or a font."""
    with archive.open(entry) as part:
        start = part.read(100).lstrip(BEFORE_XML)
    return entry.file_size if not start or start.startswith(b"<") else 0


def _taken(main: Part, file: str) -> Template:
    if main.content_type not in _MAIN:
        raise PushpullError("template_not_word", file=file)
    root = parse_xml(main.blob)
    sections = [*root.iter(qn("w:sectPr"))]
    margins = tuple(_margins(main, sections))
    numbering, theme = _related(main, RT.NUMBERING), _related(main, RT.THEME)
    for side, _, part in margins:
        if part.content_type != (CT.WML_HEADER if side == "header" else CT.WML_FOOTER):
            raise PushpullError("template_not_word", file=file)
    for lent in (*(part for _, _, part in margins), numbering, theme):
        if lent is not None:
            _keeps_to_itself(lent)
    styles, settings = _related(main, RT.STYLES), _related(main, RT.SETTINGS)
    return Template(
        section=_paper(sections[-1]) if sections else make("w:sectPr"),
        margins=margins,
        settings=() if settings is None else tuple(map(_looks, _settings(_root(settings)))),
        styles=None if styles is None else _looks(_root(styles)),
        numbering=numbering,
        theme=theme,
    )


def _related(main: Part, kind: str) -> Part | None:
    found = (rel.target_part for rel in main.rels.values() if rel.reltype == kind and not rel.is_external)
    return next(found, None)


def _margins(main: Part, sections: list[Element]) -> Iterator[tuple[str, str, Part]]:
    """Each header and footer of the last section; where it has none, it goes on with that of the section before."""
    for side in ("header", "footer"):
        for pages in _KINDS:
            named = [
                reference.get(qn("r:id"), "")
                for section in sections
                for reference in section.findall(qn(f"w:{side}Reference"))
                if reference.get(qn("w:type"), "default") == pages
            ]
            if named:
                yield side, pages, main.related_parts[named[-1]]


def _paper(section: Element) -> Element:
    kept = (section.find(qn(f"w:{name}")) for name in _PAPER)
    paper = make("w:sectPr", None, *(deepcopy(each) for each in kept if each is not None))
    for each in paper.iter():
        for key in [key for key in each.attrib if key.startswith("{http") and not key.startswith(qn("w:"))]:
            del each.attrib[key]  # the picture of a border, which stays behind
    return _looks(paper)


def _settings(root: Element) -> Iterator[Element]:
    for name in _SETTINGS:
        found = root.find(qn(f"w:{name}"))
        if found is not None:
            yield found


def _keeps_to_itself(part: Part) -> None:
    """Raise `Harmful` unless a part needs nothing but its pictures, and links that a reader may click."""
    for rel in part.rels.values():
        if rel.reltype == RT.IMAGE and not rel.is_external:
            check_picture(rel.target_part)
        elif rel.reltype != RT.HYPERLINK or not rel.is_external or not (link(rel.target_ref) or mail(rel.target_ref)):
            raise Harmful(rel.reltype)
    known = {name: rel.is_external for name, rel in part.rels.items()}
    root = _root(part)
    if isinstance(part, XmlPart):  # any other is written as it came
        accept(root, marks=part.content_type == CT.WML_NUMBERING)
    check(root, known)


def _root(part: Part) -> Element:
    """What is in a part: where the library keeps it as XML, the very thing that it will write."""
    return part.element if isinstance(part, XmlPart) else parse_xml(part.blob)


def _looks(root: Element) -> Element:
    """Styles or settings, with what was changed in them as it is now."""
    accept(root, marks=True)
    check(root, {})
    return root
