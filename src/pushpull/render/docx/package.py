"""The file around a Word paper: its parts, its properties, and the same bytes for the same paper."""

from __future__ import annotations

import io
import os
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.opc.parts.coreprops import CorePropertiesPart
from docx.oxml.coreprops import CT_CoreProperties
from docx.oxml.parser import parse_xml
from docx.package import Package

from pushpull.document import Document
from pushpull.render.docx.template import Template
from pushpull.render.docx.xml import Element, Named, make, writable

_PROGRAM = "pushpull"
_NO_DAY = "2000-01-01"
"""The day of a paper that says none: never the clock's, or the same paper would differ from day to day."""
_LONGEST = 255
"""Letters that a property of a file may have."""
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)
_COMPATIBLE = "http://schemas.microsoft.com/office/word"
_SOLID, _EMPTY, _EDGE = 1, 0, 2


class File:
    """A Word file in the making."""

    def __init__(self, body: Element, template: Template | None) -> None:
        self.package = Package()
        self.main = XmlPart(PackURI("/word/document.xml"), CT.WML_DOCUMENT_MAIN, body, self.package)
        self.package.relate_to(self.main, RT.OFFICE_DOCUMENT)
        taken = template or Template(make("w:sectPr"), (), ())
        self.styles = make("w:styles") if taken.styles is None else taken.styles
        self._add("styles", CT.WML_STYLES, RT.STYLES, self.styles)
        numbering = make("w:numbering") if taken.numbering is None else parse_xml(taken.numbering.blob)
        self.numbering = numbering
        part = self._add("numbering", CT.WML_NUMBERING, RT.NUMBERING, numbering)
        if taken.numbering is not None:
            # Signs of lists can be pictures.
            for rel in taken.numbering.rels.values():
                part.load_rel(rel.reltype, rel.target_ref if rel.is_external else rel.target_part, rel.rId)
        self._add("settings", CT.WML_SETTINGS, RT.SETTINGS, _settings(taken.settings))
        if taken.theme is not None:
            self.main.relate_to(taken.theme, RT.THEME)
        self._bars: dict[bytes, str] = {}

    def _add(self, name: str, content_type: str, relation: str, root: Element) -> Part:
        part = XmlPart(PackURI(f"/word/{name}.xml"), content_type, root, self.package)
        self.main.relate_to(part, relation)
        return part

    def margin(self, side: str, part: Part) -> str:
        """The relation of a header or footer that the template brings."""
        return str(self.main.relate_to(part, RT.HEADER if side == "header" else RT.FOOTER))

    def own_footer(self, root: Element) -> str:
        """The relation of a footer of our own."""
        part = XmlPart(PackURI("/word/page-footer.xml"), CT.WML_FOOTER, root, self.package)
        return str(self.main.relate_to(part, RT.FOOTER))

    def link(self, address: str) -> str:
        """The relation of a web address."""
        return str(self.main.relate_to(writable(address), RT.HYPERLINK, is_external=True))

    def picture(self, content: bytes) -> str:
        """The relation of a picture; equal ones are kept once."""
        if content not in self._bars:
            name = PackURI(f"/word/media/bar-{len(self._bars) + 1}.png")
            self._bars[content] = str(self.main.relate_to(Part(name, CT.PNG, content, self.package), RT.IMAGE))
        return self._bars[content]

    def saved(self, document: Document) -> bytes:
        """The bytes of the file. Nothing in them depends on the hour, the person or the computer."""
        properties = _properties(document)
        part = CorePropertiesPart(PackURI("/docProps/core.xml"), CT.OPC_CORE_PROPERTIES, properties, self.package)
        self.package.relate_to(part, RT.CORE_PROPERTIES)
        written, fixed = io.BytesIO(), io.BytesIO()
        with _without_a_day():
            self.package.save(written)
        with zipfile.ZipFile(written) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
            for name in source.namelist():
                entry = zipfile.ZipInfo(name, _ZIP_DAY)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.create_system = 0  # the same bytes on every kind of computer
                target.writestr(entry, source.read(name))
        return fixed.getvalue()


@contextmanager
def _without_a_day() -> Iterator[None]:
    """Have no day set from outside: newer Pythons give it to what they zip, and fail if it is before 1980 or no day."""
    day = os.environ.pop("SOURCE_DATE_EPOCH", None)
    try:
        yield
    finally:
        if day is not None:
            os.environ["SOURCE_DATE_EPOCH"] = day


def _settings(taken: tuple[Element, ...]) -> Element:
    if taken:
        return make("w:settings", None, *taken)
    mode: Named = {"w:name": "compatibilityMode", "w:uri": _COMPATIBLE, "w:val": 15}
    return make(
        "w:settings",
        None,
        make("w:defaultTabStop", {"w:val": 720}),
        make("w:characterSpacingControl", {"w:val": "doNotCompress"}),
        make("w:compat", None, make("w:compatSetting", mode)),
    )


def _properties(document: Document) -> Element:
    properties = CT_CoreProperties.new()
    day = f"{document.made or _NO_DAY}T00:00:00Z"
    for name, text in (
        ("dc:title", document.title),
        ("dc:creator", _PROGRAM),
        ("dc:language", document.language),
        ("cp:lastModifiedBy", _PROGRAM),
        ("cp:revision", "1"),
    ):
        properties.append(make(name, None, text=text[:_LONGEST]))
    for name in ("dcterms:created", "dcterms:modified"):
        properties.append(make(name, {"xsi:type": "dcterms:W3CDTF"}, text=day))
    for child in properties:
        child.attrib.pop("{http://www.w3.org/XML/1998/namespace}space", None)
    return properties


def bar_picture(share: float, *, width: int, height: int) -> bytes:
    """A bar as a PNG: so much of it solid, the rest of the scale as an outline."""
    solid = round((width - 2) * share)
    edge = bytes([_EDGE]) * width
    line = bytes([_EDGE]) + bytes([_SOLID]) * solid + bytes([_EMPTY]) * (width - 2 - solid) + bytes([_EDGE])
    lines = [edge, *[line] * (height - 2), edge]
    palette = bytes([255, 255, 255, 64, 64, 64, 166, 166, 166])
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
            _chunk(b"PLTE", palette),
            _chunk(b"IDAT", zlib.compress(b"".join(b"\0" + each for each in lines), 9)),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
