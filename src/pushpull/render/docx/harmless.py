"""What of a Word template is only looked at: nothing that fetches, runs, or says who changed it.

The schema has many ways to name a thing that lies elsewhere, so that whatever is not known to stay in the file is not
taken over. Names are compared without their namespaces, which have two spellings each.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from docx.opc.part import Part
from docx.oxml.parser import parse_xml
from lxml import etree

from pushpull.render.docx.xml import Element
from pushpull.render.text import link

_FIELDS = frozenset(
    (
        *("PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "PAGEREF", "SEQ", "STYLEREF"),
        *("DATE", "TIME", "CREATEDATE", "SAVEDATE", "PRINTDATE"),
        *("TITLE", "SUBJECT", "FILENAME", "FILESIZE", "NUMWORDS", "NUMCHARS", "REVNUM", "SYMBOL"),
        *("IF", "="),
    )
)
"""Fields that say something of the paper itself; all others may fetch, run, ask, or name a person."""
_FIELD = re.compile(r"\s*(=|[A-Za-z]+(?![\w.]))")
_LINK = re.compile(r'\s*HYPERLINK\s+"([^"\\]*)"\s*(?:\\[oO]\s+"[^"\\]*"\s*)?', re.IGNORECASE)
_NAMED = re.compile(r"\s*(=|[A-Za-z]+\s)")
_TRACKED = frozenset(
    (
        *("ins", "del", "moveFrom", "moveTo", "delText", "delInstrText", "cellIns", "cellDel", "cellMerge"),
        *("commentReference", "commentRangeStart", "commentRangeEnd"),
    )
)
_ACTIVE = frozenset(
    (
        *("object", "control", "OLEObject", "altChunk", "subDoc", "movie", "ffData", "fldData"),
        *("webVideoPr", "videoFile", "audioFile", "quickTimeFile"),
        *("signatureline", "attachedTemplate", "mailMerge", "script", "foreignObject"),
    )
)
_ADDRESSES = frozenset({"src", "href", "althref"})
_PEOPLE = frozenset({"author", "initials"})
_CLICKED = frozenset({"hyperlink", "hlinkClick", "hlinkHover", "hlinkMouseOver"})
_FETCHED = re.compile(r"@import|url\(\s*(?!\s|#|data:image/|[\"']#|[\"']data:image/|&quot;#)", re.IGNORECASE)
"""How a drawing names another file in its looks."""
BEFORE_XML = b"\xef\xbb\xbf\xfe\xff\0 \t\r\n"
_FORMER = "Change"
"""How the names of elements end that keep what a tracked change of looks replaced."""
_RELATIONS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)


class Harmful(Exception):  # noqa: N818  it says what a part is
    """A part holds what a paper cannot take over."""


def accept(root: Element, *, marks: bool = False) -> None:
    """Forget how things looked before tracked changes; with `marks`, also that something was changed at all."""
    gone = [each for each in root.iter() if _former(each) or (marks and _local(each) in _TRACKED)]
    for each in gone:
        if (parent := each.getparent()) is not None:
            parent.remove(each)


def check(root: Element, external: Mapping[str, bool]) -> None:
    """Raise `Harmful` unless what stands here is only looked at; `external` says which references lead elsewhere."""
    tree = root.getroottree()
    if tree.docinfo.doctype or next(root.iter(etree.Entity), None) is not None:
        raise ValueError(tree.docinfo.doctype)  # no program writes one into a Word file
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    for each in root.iter():
        name = _local(each)
        if name in _TRACKED or name in _ACTIVE:
            raise Harmful(name)
        for key, value in each.attrib.items():
            _check_attribute(name, str(key), str(value), external)
    _check_fields(root)


def check_picture(part: Part) -> None:
    """Raise `Harmful` unless a part is a picture that needs nothing else."""
    if not part.content_type.lower().startswith("image/") or part.rels:
        raise Harmful(part.content_type)
    if part.blob[:100].lstrip(BEFORE_XML).startswith(b"<") or "xml" in part.content_type.lower():
        root = parse_xml(part.blob)
        if _FETCHED.search(str(etree.tostring(root, encoding="unicode"))):
            raise Harmful(part.content_type)
        for each in root.iter(etree.Element):
            named = (value for key, value in each.attrib.items() if etree.QName(key).localname in _ADDRESSES)
            if _local(each) in _ACTIVE or not all(value.startswith(("#", "data:image/")) for value in named):
                raise Harmful(_local(each))


def _check_attribute(element: str, key: str, value: str, external: Mapping[str, bool]) -> None:
    named = etree.QName(key)
    if not value:
        return
    if named.namespace in _RELATIONS or named.localname == "relid":
        linked = named.localname == "link" or value not in external
        if linked or (external[value] and element not in _CLICKED):
            raise Harmful(key)
    elif named.localname.lower() in _ADDRESSES | _PEOPLE:
        raise Harmful(key)


def _check_fields(root: Element) -> None:
    """Raise `Harmful` for a field that may do anything; its words can be spread over runs, around other fields."""
    open_fields: list[list[str]] = []
    for each in root.iter():
        match _local(each):
            case "fldSimple":
                _check_field(_said(each, "instr"))
            case "fldChar":
                _alone(each)
                kind = _said(each, "fldCharType")
                if kind == "begin":
                    # The name of a field has to stand there in letters: what another one comes to cannot be known.
                    if open_fields and not _NAMED.match("".join(open_fields[-1])):
                        raise Harmful(kind)
                    open_fields.append([])
                elif kind == "end":
                    if not open_fields:
                        raise Harmful(kind)
                    _check_field("".join(open_fields.pop()))
            case "instrText":
                _alone(each)
                if not open_fields:
                    raise Harmful(each.text)
                open_fields[-1].append(each.text or "")
    if open_fields:
        raise Harmful


def _check_field(instruction: str) -> None:
    linked = _LINK.fullmatch(instruction)
    if linked and (link(linked[1]) or mail(linked[1])):
        return
    named = _FIELD.match(instruction)
    if instruction.strip() and not (named and named[1].upper() in _FIELDS):
        raise Harmful(instruction)


def _alone(piece: Element) -> None:
    """Raise `Harmful` if not every reader comes to see this piece of a field: some leave out what they do not know."""
    for above in piece.iterancestors():
        if _local(above) == "txbxContent":
            return
        if etree.QName(above).namespace != etree.QName(piece).namespace:
            raise Harmful(above.tag)


def _said(element: Element, name: str) -> str:
    found = [str(value) for key, value in element.attrib.items() if etree.QName(key).localname == name]
    if len(found) != 1:
        raise Harmful(name)
    return found[0]


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _former(element: Element) -> bool:
    return _local(element).endswith(_FORMER)


def mail(address: str) -> bool:
    """Return whether an address is one to write to."""
    return address.startswith("mailto:")
