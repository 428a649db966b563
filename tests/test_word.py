"""Word papers: all of the document is there, for eyes and ears, in a district's own look, and the same every time."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.shared import Mm, Pt, Twips
from hypothesis import given, settings
from hypothesis import strategies as st

from documents import NASTY, WORDS, sample
from helpers import EXAMPLES, run
from pushpull.document import (
    Bar,
    Bars,
    Bullets,
    Cell,
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
from pushpull.problems import PushpullError
from pushpull.render import render_file
from pushpull.render.docx import template as lent
from pushpull.render.docx.package import bar_picture
from pushpull.render.docx.xml import pieces
from pushpull.render.text import clean, cleaned, web_address
from worddoc import WordFile, findings, text

DAY = "2026-11-23"
PIXEL = bar_picture(1, width=8, height=8)
SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "x": "http://example.org/x",
}
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
anything = st.text(max_size=40)


def drawn(document: Document, template: Path | None = None) -> bytes:
    return render_file(document, "docx", template=template)


@cache
def exported(name: str, reader: str = "team") -> bytes:
    plan = str(next(path for path in EXAMPLES if path.stem == name))
    words = ("export", plan, "-o", "-", "--for", reader, "--format", "docx", "--date", DAY)
    done = subprocess.run(
        [sys.executable, "-m", "pushpull", *words],
        capture_output=True,
        check=True,
    )
    return done.stdout


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def repacked(content: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """The same file with its parts changed."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, part in parts(content).items():
            archive.writestr(name, change(name, part))
    return target.getvalue()


def district(path: Path, *, change: Callable[[Any], None] | None = None) -> Path:
    """A template as a district may have it: A4 across, its own fonts, a header with a picture, a footer."""
    made = docx.Document()
    section = made.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = Mm(33)
    head = section.header.paragraphs[0]
    head.text = "Riverbend Unified"
    head.add_run().add_picture(io.BytesIO(PIXEL), Pt(20))
    section.footer.paragraphs[0].text = "Confidential"
    made.styles["Normal"].font.name = "Georgia"
    made.styles["Normal"].font.size = Pt(13)
    made.styles["Heading 2"].font.name = "Verdana"
    made.add_paragraph("A body that nobody asked for.")
    made.core_properties.author = "Somebody at the district"
    if change:
        change(made)
    made.save(str(path))
    return path


# --- everything is there, and nothing acts --------------------------------------------------------------------------


@pytest.mark.parametrize("compact", [False, True])
def test_everything_is_shown_in_order(compact: bool) -> None:  # noqa: FBT001
    said = WordFile(drawn(replace(sample(), compact=compact))).texts()
    assert [word for word in WORDS if word not in said] == []
    starts = (
        "Title",
        "Draft",
        "The paragraph",
        "Second",
        "case one",
        "Third",
        "met",
        "The caption",
        "Room",
        "Foot one",
    )
    assert [said.index(word) for word in starts] == sorted(said.index(word) for word in starts)


def test_a_nasty_text_is_shown_whole_and_changes_no_structure() -> None:
    nasty, harmless = drawn(sample(NASTY)), drawn(sample("harmless"))
    assert WordFile(nasty).texts().count(clean(NASTY)) == WordFile(harmless).texts().count("harmless")
    shape = [[str(each.tag) for each in WordFile(each).body.iter()] for each in (nasty, harmless)]
    # Arabic letters are runs of their own; everything else is the same.
    runs = {qn(f"w:{name}") for name in ("r", "rPr", "rStyle", "t", "rtl", "b", "bCs")}
    assert [tag for tag in shape[0] if tag not in runs] == [tag for tag in shape[1] if tag not in runs]
    assert list(parts(nasty)) == list(parts(harmless))
    assert WordFile(nasty).links == {}


@settings(max_examples=40, deadline=None)
@given(anything)
def test_every_text_is_shown_literally(text: str) -> None:
    shown = WordFile(drawn(sample(text))).texts()
    said = clean(f"The paragraph, as it is. {text}")
    assert said.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd") in shown


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="ab 1.(שלמ م ر👩\u0301", max_size=12))
def test_a_text_is_cut_by_direction_and_nothing_is_lost(text: str) -> None:
    found = list(pieces(text))
    assert "".join(piece for piece, _ in found) == text
    assert not any(re.search("[שלממר]", piece) for piece, rtl in found if not rtl)
    assert not any(re.search("[ab]", piece) for piece, rtl in found if rtl)


def test_letters_from_right_to_left_are_marked_as_such() -> None:
    content = drawn(Document("Sara", (Paragraph("Sara مرحبا بكم, age 7"),)))
    marked = [run for run in WordFile(content).body.iter(qn("w:r")) if run.find(f".//{qn('w:rtl')}") is not None]
    assert [text(run) for run in marked] == ["مرحبا بكم"]


def test_only_web_addresses_become_links() -> None:
    odd = ("javascript:alert(1)", "file:///etc/passwd", "http://", "http://a b/", "mailto:a@example.org", "https://[x")
    items = tuple(Item(f"odd {at}", address=address) for at, address in enumerate(odd))
    word = WordFile(drawn(Document("Links", (Bullets((*items, Item("good", address="https://example.org/a b?c=é"))),))))
    assert list(word.links.values()) == ["https://example.org/a%20b?c=%C3%A9"]
    assert all(address in word.texts() for address in odd)
    assert web_address("https://example.org:80/#x") == "https://example.org:80/#x"


# --- for eyes and for ears ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [sample(), sample(NASTY), replace(sample(), compact=True), Document("Empty", ())])
def test_a_paper_has_no_barrier(content: Document) -> None:
    assert findings(drawn(content)) == []


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("reader", ["team", "family"])
def test_the_papers_of_the_examples_have_no_barrier(path: Path, reader: str) -> None:
    assert findings(exported(path.stem, reader)) == []


BARRIERS = {
    "no title": (b"<dc:title>Sample</dc:title>", b"", "docProps/core.xml"),
    "no language": (b'<w:lang w:val="en-US" w:eastAsia="en-US" w:bidi="en-US"/>', b"", "word/styles.xml"),
    "follows one of": (b'w:val="Heading2"', b'w:val="Heading3"', "word/document.xml"),
    "no heading": (b'w:val="Heading', b'w:val="PaperNote" w:x="', "word/document.xml"),
    "is empty": (b"Third", b"", "word/document.xml"),
    "row of heads": (b"<w:tblHeader/>", b"", "word/document.xml"),
    "torn apart": (b"<w:cantSplit/>", b"", "word/document.xml"),
    "no title or": (b"w:tblCaption", b"w:bidiVisual", "word/document.xml"),
    "no words": (b'descr="Eight against eleven."', b"", "word/document.xml"),
    "same number": (b'docPr id="2"', b'docPr id="1"', "word/document.xml"),
    "typed like": (b"Small print.", b"- Small print.", "word/document.xml"),
    "as space": (b"Foot ", b"", "word/document.xml"),
}


@pytest.mark.parametrize("says", BARRIERS)
def test_a_barrier_is_found(says: str) -> None:
    old, new, where = BARRIERS[says]
    content = drawn(sample())

    def change(name: str, part: bytes) -> bytes:
        part = part.replace(old, new) if name == where else part
        return re.sub(b">(one|two)</w:t>", b"></w:t>", part) if says == "as space" else part

    assert old in parts(content)[where]
    assert any(says in finding for finding in findings(repacked(content, change)))


def test_a_table_repeats_its_heads_and_says_what_is_a_head() -> None:
    table = Table("", ("Topic", "Here"), ((Cell(("row",)), Cell(("one", "two"))),))
    word = WordFile(
        drawn(Document("Tables", (Heading("About places", 1), table, table, Room("R"), Rooms((Room("S"),)))))
    )
    assert (
        word.dump().count("table: About places (Topic, Here)\n|= [Paper Table Head] Topic | [Paper Table Head] Here")
        == 2
    )
    look = next(word.body.iter(qn("w:tblLook")))
    assert (look.get(qn("w:firstRow")), look.get(qn("w:firstColumn"))) == ("1", "1")
    names = [str(each.tag).rpartition("}")[2] for each in word.body]
    assert not any(pair == ("tbl", "tbl") for pair in pairwise(names)), "Word would join them"
    assert names[-2:] == ["p", "sectPr"]


def test_every_counted_list_starts_at_one() -> None:
    lists = (Bullets((Item("a"), Item("b")), numbered=True), Bullets((Item("c"), Item("d")), numbered=True))
    lines = WordFile(drawn(Document("Lists", (Heading("L", 1), *lists)))).dump().splitlines()
    assert [line for line in lines if re.match(r"\d\.", line)] == ["1. a", "2. b", "1. c", "2. d"]


def test_bars_are_seen_and_heard() -> None:
    bars = Bars((Bar("one", 8, "8"), Bar("two", 11, "11")), words="Eight against eleven.")
    word = WordFile(drawn(Document("Bars", (bars,))))
    assert "one\t[picture: Eight against eleven.]\u20028\n" in word.dump()
    assert "two\t[picture: two: 11]\u200211\n" in word.dump()
    assert bar_picture(0.5, width=100, height=8).startswith(b"\x89PNG\r\n\x1a\n")
    assert len({bar_picture(share, width=100, height=8) for share in (0, 0.5, 1)}) == 3


def test_short_items_stand_in_columns_and_the_rest_does_not() -> None:
    short = Bullets(tuple(Item(f"s{at}", mark=f"M{at}") for at in range(4)), columns=2)
    document = Document("Columns", (Heading("C", 1), short, short, Paragraph("after"), Rooms((Room("R"),)), short))
    lines = WordFile(drawn(document)).dump().splitlines()
    assert [line for line in lines if line.startswith("---")] == [
        f"--- so far in {columns} columns ---" for columns in (1, 2, 2, 1, 2)
    ]
    sections = [*WordFile(drawn(document)).body.iter(qn("w:sectPr"))]
    assert [each.find(qn("w:type")) is None for each in sections] == [True, *[False] * 5], "only the first opens a page"
    assert all(each.find(qn("w:footerReference")) is not None for each in sections)


def test_a_compact_paper_is_smaller_and_both_are_us_letter() -> None:
    made = {compact: docx.Document(io.BytesIO(drawn(replace(sample(), compact=compact)))) for compact in (True, False)}
    for document in made.values():
        assert (document.sections[0].page_width, document.sections[0].page_height) == (Pt(612), Pt(792))
    sizes = [made[compact].styles["Normal"].font.size for compact in (True, False)]
    assert sizes == [Pt(8.5), Pt(10)]
    margins = [made[compact].sections[0].left_margin or 0 for compact in (True, False)]
    assert margins[0] < margins[1]


def test_nothing_is_formatted_where_a_style_can_do_it() -> None:
    runs = [each for each in WordFile(drawn(sample())).body.iter(qn("w:rPr")) if each.getparent().tag == qn("w:r")]
    inside = {str(child.tag).rpartition("}")[2] for each in runs for child in each}
    assert inside == {"rStyle", "b", "bCs"}


# --- the same paper gives the same file -----------------------------------------------------------------------------


def test_the_same_paper_gives_the_same_bytes() -> None:
    document = replace(sample(NASTY), made=DAY)
    assert drawn(document) == drawn(document)
    plan = EXAMPLES[0]
    words = ("export", str(plan), "-o", "-", "--format", "docx", "--date", DAY)
    again = subprocess.run([sys.executable, "-m", "pushpull", *words], capture_output=True, check=True).stdout
    assert again == exported(plan.stem)
    with zipfile.ZipFile(io.BytesIO(again)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"


def test_the_properties_name_the_day_and_nobody() -> None:
    for made, year in ((DAY, 2026), ("", 2000)):
        found = docx.Document(io.BytesIO(drawn(replace(sample(), made=made, language="es")))).core_properties
        assert (found.title, found.language, found.author, found.last_modified_by) == (
            "Sample",
            "es",
            "pushpull",
            "pushpull",
        )
        assert found.created is not None
        assert found.created == found.modified
        assert (found.created.year, found.revision, found.comments) == (year, 1, "")
    assert WordFile(drawn(replace(sample(), language="es"))).language == "es-US"
    assert len(docx.Document(io.BytesIO(drawn(Document("x" * 400, ())))).core_properties.title) == 255


def test_a_file_holds_only_what_it_needs() -> None:
    assert set(parts(drawn(sample()))) == {
        "[Content_Types].xml", "_rels/.rels", "docProps/core.xml", "word/_rels/document.xml.rels", "word/document.xml",
        "word/numbering.xml", "word/page-footer.xml", "word/settings.xml", "word/styles.xml",
        *(f"word/media/bar-{number}.png" for number in range(1, 6)),
    }  # fmt: skip


# --- a district's template ------------------------------------------------------------------------------------------


def test_a_template_lends_its_styles_header_footer_and_paper(tmp_path: Path) -> None:
    content = drawn(sample(), district(tmp_path / "district.docx"))
    made = docx.Document(io.BytesIO(content))
    section = made.sections[-1]
    assert (section.page_width, section.page_height) == (Twips(16838), Twips(11906))
    assert section.left_margin == Twips(1871)
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert section.header.paragraphs[0].text == "Riverbend Unified"
    assert [paragraph.text for paragraph in section.footer.paragraphs] == ["Confidential"]
    assert (made.styles["Normal"].font.name, made.styles["Normal"].font.size) == ("Georgia", Pt(13))
    assert made.styles["Heading 2"].font.name == "Verdana"
    assert made.styles["Paper Small Print"].font.size == Pt(11.5), "our own styles go by the template's size"
    assert findings(content) == []
    said = WordFile(content).texts()
    assert [word for word in WORDS if word not in said] == []
    assert "nobody asked" not in said
    assert "Somebody" not in str(parts(content))
    assert not any("thumbnail" in name or "customXml" in name for name in parts(content))
    assert drawn(sample(), tmp_path / "district.docx") == content


def test_a_template_may_lack_every_style_and_list(tmp_path: Path) -> None:
    def bare(made: Any) -> None:
        for style in [*made.styles.element.iterfind(qn("w:style"))]:
            if style.find(qn("w:name")).get(qn("w:val")) not in {"Normal", "Paper Note"}:
                made.styles.element.remove(style)
        numbering = next(name for name, rel in made.part.rels.items() if rel.reltype == RT.NUMBERING)
        made.part.drop_rel(numbering)
        # A style of letters by the name of one of our paragraphs: ours has to step aside.
        made.styles.add_style("Paper Room", 2)

    content = drawn(sample(), district(tmp_path / "district.docx", change=bare))
    assert findings(content) == []
    names = [style.name for style in docx.Document(io.BytesIO(content)).styles]
    assert {"List Bullet", "List Number", "Heading 1", "Table Grid", "Paper Room", "Paper Room 2"} <= set(names)
    assert len(names) == len(set(names))
    assert "- plain item (plain tail)" in WordFile(content).dump()
    assert "1. counted item (tail)" in WordFile(content).dump()


def test_without_a_footer_in_the_template_the_pages_are_counted(tmp_path: Path) -> None:
    def no_footer(made: Any) -> None:
        made.sections[0].footer.is_linked_to_previous = True
        made.sections[0].different_first_page_header_footer = True

    content = drawn(sample(), district(tmp_path / "district.docx", change=no_footer))
    section = docx.Document(io.BytesIO(content)).sections[0]
    for footer in (section.footer, section.first_page_footer):
        assert "NUMPAGES" in footer.paragraphs[0]._p.xml  # noqa: SLF001
    assert "NUMPAGES" in str(parts(drawn(sample()))["word/page-footer.xml"])


def test_a_header_is_that_of_the_section_before_if_the_last_has_none(tmp_path: Path) -> None:
    def two_sections(made: Any) -> None:
        made.add_section()
        made.add_paragraph("The second section goes on with the header of the first.")

    content = drawn(sample(), district(tmp_path / "district.docx", change=two_sections))
    assert docx.Document(io.BytesIO(content)).sections[0].header.paragraphs[0].text == "Riverbend Unified"


def test_a_template_that_was_saved_as_one_serves_as_well(tmp_path: Path) -> None:
    path = district(tmp_path / "district.dotx")
    changed = repacked(path.read_bytes(), lambda _, part: part.replace(b"document.main+xml", b"template.main+xml"))
    path.write_bytes(changed)
    assert "Riverbend Unified" in WordFile(drawn(sample(), path)).texts()


def refused(path: Path) -> str:
    with pytest.raises(PushpullError) as found:
        drawn(sample(), path)
    assert found.value.values["file"] == str(path)
    return found.value.say


def test_what_cannot_serve_as_a_template_is_refused_with_a_sentence(tmp_path: Path) -> None:
    good = district(tmp_path / "district.docx").read_bytes()

    def made(name: str, content: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    assert refused(tmp_path / "none.docx") == "not_a_file"
    assert refused(tmp_path) == "not_a_file"
    assert refused(made("text.docx", b"Dear team,")) == "template_not_word"
    assert refused(made("cut.docx", good[: len(good) // 2])) == "template_not_word"
    assert refused(made("empty.docx", b"")) == "template_not_word"
    assert refused(made("large.docx", b"\0" * (lent.LARGEST + 1))) == "too_large"
    other = repacked(good, lambda _, part: part.replace(b"wordprocessingml.document.main", b"spreadsheetml.sheet.main"))
    assert refused(made("sheet.docx", other)) == "template_not_word"
    broken = repacked(good, lambda name, part: b"<w:styles" if name == "word/styles.xml" else part)
    assert refused(made("broken.docx", broken)) == "template_not_word"
    macros = b"application/vnd.ms-word.document.macroEnabled.main+xml"
    plain = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    assert (
        refused(made("macros.docm", repacked(good, lambda _, part: part.replace(plain, macros)))) == "template_macros"
    )
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts(good).items():
            archive.writestr(name, part)
        archive.writestr("word/media/large.bmp", b"\0" * (lent.LARGEST_UNPACKED + 1))
    assert len(bomb.getvalue()) < 1_000_000
    assert refused(made("bomb.docx", bomb.getvalue())) == "too_large"


def test_a_header_that_fetches_something_is_refused(tmp_path: Path) -> None:
    def fetching(made: Any) -> None:
        made.sections[0].header.part.relate_to("http://example.org/picture.png", RT.IMAGE, is_external=True)

    def linking(made: Any) -> None:
        made.sections[0].header.part.relate_to("https://example.org/", RT.HYPERLINK, is_external=True)

    assert refused(district(tmp_path / "fetching.docx", change=fetching)) == "template_parts"
    assert findings(drawn(sample(), district(tmp_path / "linking.docx", change=linking))) == []


def in_header(xml: str) -> Callable[[Any], None]:
    """Put XML into the header of a template."""

    def change(made: Any) -> None:
        names = " ".join(f'xmlns:{name}="{space}"' for name, space in SPACES.items())
        made.sections[0].header._element.append(parse_xml(f"<w:p {names}>{xml}</w:p>"))  # noqa: SLF001

    return change


def a_field(*pieces: str) -> str:
    """A field whose instruction is spread over runs; a piece that is XML is put between them."""
    told = (p if p.startswith("<") else f"<w:r><w:instrText>{escape(p)}</w:instrText></w:r>" for p in pieces)
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    return begin + "".join(told) + '<w:r><w:fldChar w:fldCharType="separate"/><w:t>1</w:t></w:r>' + end


HARMFUL = {
    "a simple field": """<w:fldSimple w:instr='INCLUDEPICTURE "http://example.org/x.png" \\d'/>""",
    "in another case": "<w:fldSimple w:instr=' dDeAuto cmd'/>",
    "a field": a_field(r'DDEAUTO c:\\windows\\system32\\cmd.exe "/k calc"'),
    "in pieces": a_field("D", "DE", "AUTO cmd"),
    "a field in a field": a_field("IF 1 = ", a_field("PAGE "), " ", a_field("INCLUDETEXT x"), " y"),
    "a name that a field comes to": a_field(a_field('IF 1 = 1 "DDE"'), "PAGE"),
    "a name around a field": a_field("I", a_field("PAGE"), "F"),
    "a piece that not all see": a_field("PAGE", "<x:x><w:r><w:instrText>DDE x</w:instrText></w:r></x:x>"),
    "a piece for some": a_field("<mc:Choice><w:r><w:instrText>PAGE</w:instrText></w:r></mc:Choice>"),
    "no beginning": "<w:r><w:instrText>DDE x</w:instrText></w:r>",
    "an end alone": '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    "no end": '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
    "somebody's name": a_field("AUTHOR"),
    "a link to a file": a_field('HYPERLINK "file://example.org/x"'),
    "an old picture": '<w:r><w:pict><v:shape><v:imagedata src="http://example.org/x.png"/></v:shape></w:pict></w:r>',
    "a fill": '<w:r><w:pict><v:rect><v:fill o:href="http://example.org/x"/></v:rect></w:pict></w:r>',
    "a link on a drawing": '<w:r><w:pict><v:rect href="http://example.org/x"/></w:pict></w:r>',
    "a picture that is linked": '<w:r><w:drawing><a:blip r:link="rId1"/></w:drawing></w:r>',
    "a relation that is none": '<w:r><w:drawing><a:blip r:embed="rId99"/></w:drawing></w:r>',
    "an insertion": '<w:ins w:id="1" w:author="SECRET"><w:r><w:t>new</w:t></w:r></w:ins>',
    "a deletion": '<w:del w:id="1" w:author="SECRET"><w:r><w:delText>old</w:delText></w:r></w:del>',
    "a mark of an insertion": '<w:pPr><w:rPr><w:ins w:id="1" w:author="SECRET"/></w:rPr></w:pPr>',
    "a remark": '<w:commentRangeStart w:id="0"/>',
    "an object": '<w:r><w:object><o:OLEObject ProgID="Package" r:id="rId1"/></w:object></w:r>',
    "a video": '<w:r><w:drawing><x:webVideoPr embeddedHtml="x"/></w:drawing></w:r>',
}  # fmt: skip


@pytest.mark.parametrize("name", HARMFUL)
def test_a_header_that_acts_or_names_somebody_is_refused(tmp_path: Path, name: str) -> None:
    assert refused(district(tmp_path / "district.docx", change=in_header(HARMFUL[name]))) == "template_parts"


@pytest.mark.parametrize(
    "xml",
    [
        a_field(" PAGE "),
        a_field("NUM", "PAGES", r" \* Arabic "),
        a_field("IF ", a_field("PAGE"), ' > 1 "on"'),
        a_field("= ", a_field("NUMPAGES"), " - 1"),
        a_field(r'HYPERLINK "mailto:office@example.org" \o "Write"'),
        r"<w:fldSimple w:instr='STYLEREF &quot;Heading 1&quot;'/><w:fldSimple w:instr='DATE \@ &quot;MMMM d&quot;'/>",
        '<w:r><w:pict><v:rect style="width:9pt" stroked="f"/></w:pict></w:r><!-- SECRET -->',
        '<w:r><w:rPr><w:b/><w:rPrChange w:id="1" w:author="SECRET"><w:rPr/></w:rPrChange></w:rPr></w:r>',
    ],
)
def test_a_header_may_count_its_pages_and_tell_the_day(tmp_path: Path, xml: str) -> None:
    content = drawn(sample(), district(tmp_path / "district.docx", change=in_header(xml)))
    assert b"SECRET" not in b"".join(parts(content).values())
    assert "Riverbend Unified" in WordFile(content).texts()


def test_a_link_is_only_clicked_and_never_fetched(tmp_path: Path) -> None:
    def linked(xml: str) -> Callable[[Any], None]:
        def change(made: Any) -> None:
            relation = made.sections[0].header.part.relate_to("https://example.org/x.png", RT.HYPERLINK, True)  # noqa: FBT003
            in_header(xml.format(relation))(made)

        return change

    for xml in ('<w:r><w:drawing><a:blip r:embed="{}"/></w:drawing></w:r>', '<v:imagedata o:relid="{}"/>'):
        assert refused(district(tmp_path / "district.docx", change=linked(xml))) == "template_parts"
    clicked = linked('<w:hyperlink r:id="{}"><w:r><w:t>more</w:t></w:r></w:hyperlink>')
    assert findings(drawn(sample(), district(tmp_path / "district.docx", change=clicked))) == []


def test_a_picture_of_a_header_is_one_and_fetches_nothing(tmp_path: Path) -> None:
    def pictured(content: bytes, kind: str = "image/svg+xml") -> Path:
        def change(made: Any) -> None:
            header = made.sections[0].header.part
            header.relate_to(Part(PackURI("/word/media/more.svg"), kind, content, header.package), RT.IMAGE)

        return district(tmp_path / "district.docx", change=change)

    drawing = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:l="http://www.w3.org/1999/xlink">{}</svg>'
    for harmful in (
        '<image l:href="http://example.org/x.png"/>',
        "<script>x</script>",
        '<rect fill="url(http://example.org/x)"/>',
        "<style>@import 'x'</style>",
    ):
        assert refused(pictured(drawing.format(harmful).encode())) == "template_parts", harmful
    assert refused(pictured(b"x", "text/html")) == "template_parts"
    harmless = drawing.format('<rect fill="url(#a)"/><use l:href="#a"/><rect style="fill:url(&quot;#a&quot;)"/>')
    assert "Riverbend Unified" in WordFile(drawn(sample(), pictured(harmless.encode()))).texts()


def test_what_was_changed_in_styles_lists_and_paper_is_forgotten(tmp_path: Path) -> None:
    told = b' w:id="1" w:author="SECRET" w:date="2026-01-01T00:00:00Z"'
    was = {
        "word/styles.xml": (b"<w:name ", b"<w:rPr><w:ins%b/><w:rPrChange%b><w:rPr/></w:rPrChange></w:rPr><w:name "),
        "word/numbering.xml": (b"<w:lvlText ", b"<w:pPr><w:pPrChange%b><w:pPr/></w:pPrChange></w:pPr>%.0b<w:lvlText "),
        "word/document.xml": (b"<w:pgSz ", b"<w:sectPrChange%b><w:sectPr/></w:sectPrChange>%.0b<w:pgSz "),
    }

    def change(name: str, part: bytes) -> bytes:
        old, new = was.get(name, (b"", b""))
        return part.replace(old, new % (told, told)) if old else part

    path = district(tmp_path / "district.docx")
    path.write_bytes(repacked(path.read_bytes(), change))
    assert path.read_bytes() != district(tmp_path / "other.docx").read_bytes()
    assert b"SECRET" not in b"".join(parts(drawn(sample(), path)).values())


def test_a_template_with_a_part_that_is_not_what_it_should_be_is_refused(tmp_path: Path) -> None:
    good = district(tmp_path / "good.docx").read_bytes()
    entity = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    for place, old, new in (
        ("word/header", b"<w:hdr", entity + b"<w:hdr"),
        ("word/header", b"Riverbend Unified", b"&a;"),
        ("word/footer", b"Confidential", b"<w:t>"),
        ("word/styles.xml", b"<w:styles", entity + b"<w:styles"),
        ("word/settings.xml", b"<w:settings", entity + b"<w:settings"),
        ("word/numbering.xml", b"<w:numbering", entity + b"<w:numbering"),
        ("word/theme/", b"<a:theme", entity + b"<a:theme"),
        ("word/styles.xml", b'<w:sz w:val="26"', b'<w:sz w:val="many"'),
        ("word/document.xml", b'<w:pgSz w:w="', b'<w:pgSz w:w="wide'),
        ("word/numbering.xml", b'w:numId="', b'w:numId="x'),
        ("[Content_Types].xml", b"wordprocessingml.header+xml", b"wordprocessingml.comments+xml"),
    ):
        changed = repacked(good, lambda name, part: part.replace(old, new) if name.startswith(place) else part)  # noqa: B023
        assert parts(changed) != parts(good), (place, old)
        path = tmp_path / "bad.docx"
        path.write_bytes(changed)
        assert refused(path) == "template_not_word", (place, new)
    both = repacked(
        good,
        lambda name, part: (
            part.replace(b"<w:hdr", entity + b"<w:hdr").replace(b"Riverbend", b"&a;") if "header" in name else part
        ),
    )
    path.write_bytes(both)
    done = run("export", EXAMPLES[0], "-o", tmp_path / "paper.docx", "--template", path)
    assert (done.exit_code, type(done.exception)) == (1, SystemExit)
    assert "Traceback" not in done.stderr


def test_nothing_else_of_a_template_reaches_the_paper(tmp_path: Path) -> None:
    def attached(made: Any) -> None:
        held = next(rel.target_part for rel in made.part.rels.values() if rel.reltype == RT.SETTINGS)
        held.relate_to("https://example.org/remote.dotm", f"{OFFICE}/attachedTemplate", is_external=True)
        made.part.relate_to("https://example.org/frame", f"{OFFICE}/frame", is_external=True)

    content = drawn(sample(), district(tmp_path / "district.docx", change=attached))
    assert b"example.org" not in b"".join(parts(content).values())


def test_a_heavy_paper_in_a_narrow_template_still_fits(tmp_path: Path) -> None:
    def narrow(made: Any) -> None:
        made.sections[0].page_width = Mm(105)
        made.sections[0].left_margin = made.sections[0].right_margin = Mm(20)

    blocks = (Heading("H", 1), Note("N", "n"), Facts((("w" * 40, "t"),)), *sample().blocks[1:])
    word = WordFile(drawn(Document("T", blocks), district(tmp_path / "narrow.docx", change=narrow)))
    for table in word.body.iter(qn("w:tbl")):
        assert sum(int(each.get(qn("w:w"))) for each in table.iter(qn("w:gridCol"))) <= 65 / 25.4 * 1440 + 1


# --- at the command line --------------------------------------------------------------------------------------------


def test_the_command_takes_a_template_for_word_papers_only(tmp_path: Path) -> None:
    template = district(tmp_path / "district.docx")
    plan = EXAMPLES[0]
    paper = tmp_path / "paper.docx"
    assert run("export", plan, "-o", paper, "--template", template).exit_code == 0
    assert "Riverbend Unified" in WordFile(paper.read_bytes()).texts()
    wrong = run("export", plan, "-o", tmp_path / "paper.html", "--template", template)
    assert wrong.exit_code == 2
    assert "only Word papers take one" in wrong.stderr
    assert not (tmp_path / "paper.html").exists()
    bad = run("export", plan, "-o", tmp_path / "other.docx", "--template", plan)
    assert bad.exit_code == 1
    assert "is not a Word file that can be read here" in bad.stderr
    assert not (tmp_path / "other.docx").exists()


@pytest.mark.parametrize("day", ["0", "-1", "99999999999999", "today"])
def test_a_day_for_other_programs_changes_no_paper_with_a_day_of_its_own(day: str) -> None:
    made = [
        run("export", EXAMPLES[0], "-o", "-", "--format", "docx", "--date", "2026-11-28", SOURCE_DATE_EPOCH=epoch)
        for epoch in ("", day)
    ]
    assert [done.exit_code for done in made] == [0, 0], made[1].stderr
    assert made[0].stdout_bytes == made[1].stdout_bytes


def test_without_the_library_the_line_to_install_it_is_given(tmp_path: Path) -> None:
    code = "import sys; sys.modules['docx'] = None; from pushpull.cli import main; main()"
    words = ("export", str(EXAMPLES[0]), "-o", str(tmp_path / "paper.docx"))
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert f'Install it with: {sys.executable} -m pip install "python-docx' in done.stderr
    assert "Traceback" not in done.stderr


def test_no_other_command_loads_the_library() -> None:
    code = "import sys, pushpull.cli, pushpull.render; sys.exit('docx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_sample_is_cleaned_before_it_is_drawn() -> None:
    assert drawn(sample("\x1b\x9b\u202e")) == drawn(cleaned(sample()))
