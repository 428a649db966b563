"""PDF papers: all of the document is there, for eyes and ears, and the same file every time."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
import typst

from documents import NASTY, WORDS, sample
from helpers import EXAMPLES, run
from pdfdoc import PdfFile
from pushpull.document import Bar, Bars, Bullets, Cell, Document, Facts, Heading, Item, Note, Paragraph, Rooms, Table
from pushpull.problems import PushpullError
from pushpull.render import pdf, render_file, scopes

DAY = "2026-11-23"
MARKUP = (
    "#panic() #{1 + 1} $x^2$ *bold* _so_ @here <label> = Head `raw` \\ // gone /* gone */ ~ -- --- ' #sys.version [a]"
)
"""What would be commands of the template's own language."""


def drawn(document: Document) -> bytes:
    return render_file(document, "pdf")


def without_spaces(text: str) -> str:
    return re.sub(r"[\s\u200b]+", "", text)


@cache
def drawn_sample(*, compact: bool) -> PdfFile:
    return PdfFile(drawn(replace(sample(), compact=compact, made=DAY)))


# --- everything is there, and nothing acts --------------------------------------------------------------------------


@pytest.mark.parametrize("compact", [False, True])
def test_everything_is_shown_in_order(compact: bool) -> None:  # noqa: FBT001
    said = drawn_sample(compact=compact).text()
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


def test_a_text_is_data_and_never_a_command() -> None:
    said = without_spaces(PdfFile(drawn(sample(MARKUP))).text())
    assert said.count(without_spaces(MARKUP)) >= 40
    assert PdfFile(drawn(sample(MARKUP))).title == f"Sample {MARKUP}"


@pytest.mark.parametrize("text", [NASTY, MARKUP])
def test_a_nasty_text_changes_no_structure(text: str) -> None:
    by_room = {"Div", "Span", "Lbl"}  # where there is no room beside, an aside or a mark stands elsewhere
    nasty, harmless = (
        [kind for kind in PdfFile(drawn(sample(said))).kinds() if kind not in by_room] for said in (text, "harmless")
    )
    assert nasty == harmless
    assert PdfFile(drawn(sample(text))).links() == []
    shown = without_spaces(PdfFile(drawn(sample(text))).text())
    assert shown.count("alert(1)</script>" if text == NASTY else "#panic()") >= 40


def test_only_web_addresses_become_links() -> None:
    odd = ("javascript:alert(1)", "file:///etc/passwd", "mailto:a@example.org")
    items = (*(Item("odd", address=address) for address in odd), Item("good", address="https://example.org/a"))
    paper = PdfFile(drawn(Document("Links", (Bullets(items),))))
    assert paper.links() == ["https://example.org/a"]
    assert all(address in paper.text() for address in odd)


def test_letters_of_many_scripts_are_in_the_file() -> None:
    label = "Íñigo Ñandú · Nguyễn Văn · Ελένη · Жанна · سارة · שרה · 🙂 👩‍👩‍👧 · ✓ □ ▪ → ½"
    paper = PdfFile(drawn(Document("Names", (Heading(label, 1), Note("Note", label)))))
    assert all(word in paper.text() for word in ("Íñigo", "Nguyễn", "Ελένη", "Жанна", "🙂", "✓"))
    assert paper.loose_fonts() == []


# --- for eyes and for ears ------------------------------------------------------------------------------------------


def test_the_file_says_what_it_is() -> None:
    paper = PdfFile(drawn(replace(sample(), language="es", made=DAY)))
    assert (paper.title, paper.language, paper.marked) == ("Sample", "es", True)
    assert re.search(r"pdfuaid:part(>|=\")1", paper.promises)
    assert paper.catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert paper.loose_fonts() == []


@pytest.mark.parametrize("compact", [False, True])
def test_headings_lists_and_pictures_are_tagged(compact: bool) -> None:  # noqa: FBT001
    elements = drawn_sample(compact=compact).elements
    assert [each.kind for each in elements if re.fullmatch("H[1-6]", each.kind)] == ["H1", "H2", "H3"]
    assert all(each.filled for each in elements if each.kind[0] == "H")
    assert [each.alt for each in elements if each.kind == "Figure"] == ["Eight against eleven.", "Two shares."]
    kinds = [each.kind for each in elements]
    assert kinds.count("LI") == kinds.count("LBody") == 13


def test_a_paper_without_a_title_gets_one() -> None:
    assert PdfFile(drawn(Document("Empty", ()))).kinds().count("H1") == 1


def test_a_table_says_what_is_a_head() -> None:
    cells = [each for each in drawn_sample(compact=False).elements if each.kind in {"TH", "TD"}]
    said = [(each.kind, str(each.attributes.get("/Scope", ""))) for each in cells]
    rows = [("TH", "/Row"), ("TD", ""), ("TD", "")]
    assert said == [("TH", "/Column")] * 3 + rows * 2
    assert not any("/Headers" in each.attributes for each in cells if each.kind == "TD")


def test_the_heads_of_a_long_table_stand_on_every_page() -> None:
    rows = tuple((Cell((f"row {number}",)), Cell(("what is said here " * 9,))) for number in range(60))
    paper = PdfFile(drawn(Document("Long", (Table("Caption", ("Topic", "Said"), rows, (1, 4)),))))
    pages = paper.pages()
    assert len(pages) > 2
    assert all("Topic" in text for text in pages)
    assert paper.kinds().count("THead") == 1, "read aloud once"
    assert [f"/ {len(pages)}" in text for text in pages] == [True] * len(pages)


def test_a_table_may_lack_rows_and_a_row_may_be_taller_than_a_page() -> None:
    tall = ((Cell(("row",)), Cell(tuple(f"point {number} of many" for number in range(150)), listed=True)),)
    said = PdfFile(drawn(Document("Tall", (Table("", ("A", "B"), tall), Table("", ("A", "B"), ()))))).text()
    assert all(f"point {number} of" in said for number in range(150))


def test_a_file_in_which_a_row_has_no_head_is_not_given_out() -> None:
    good = drawn(sample())
    with pytest.raises(PushpullError) as found:
        scopes.with_row_headers(good, 3)
    assert found.value.say == "not_accessible"


@pytest.mark.parametrize("compact", [False, True])
def test_odd_blocks_can_be_drawn(compact: bool) -> None:  # noqa: FBT001
    blocks = (
        Bars((), words="Nothing."),
        Bars((Bar("none", 0, "0"),), words=""),
        Bullets(()),
        Bullets((), columns=3),
        Bullets(tuple(Item(f"item {at} " * 9, mark="long mark " * 3) for at in range(40)), columns=3),
        Facts(()),
        Facts((("word " * 30, "said"), ("x" * 200, "y" * 500))),
        Rooms(()),
        Paragraph(""),
        Table("", ("", ""), ((Cell(()), Cell(())),)),
        Heading("Second", 2, aside="aside " * 40),
    )
    paper = PdfFile(drawn(Document("Odd", blocks, compact=compact)))
    assert "y" * 500 in without_spaces(paper.text())
    assert "item 39" in paper.text()


# --- the same paper gives the same file -----------------------------------------------------------------------------


def test_the_same_paper_gives_the_same_bytes() -> None:
    document = replace(sample(NASTY), made=DAY)
    assert drawn(document) == drawn(document)
    words = ("export", str(EXAMPLES[0]), "-o", "-", "--format", "pdf", "--date", DAY)
    first, again = (
        subprocess.run([sys.executable, "-m", "pushpull", *words], capture_output=True, check=True).stdout
        for _ in range(2)
    )
    assert first == again
    assert b"/CreationDate (D:20261123" in first or b"/CreationDate(D:20261123" in first


def test_without_a_day_no_clock_is_looked_at() -> None:
    assert b"/CreationDate" not in drawn(sample())


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("reader", ["team", "family"])
def test_two_services_take_two_pages_and_no_font_but_our_own(path: Path, reader: str, tmp_path: Path) -> None:
    paper = tmp_path / "paper.pdf"
    assert run("export", path, "-o", paper, "--for", reader).exit_code == 0
    pages = PdfFile(paper.read_bytes()).reader.pages
    assert len(pages) == 2
    fonts = {
        str(font.get_object()["/BaseFont"]).partition("+")[2].partition("-")[0]
        for page in pages
        for font in page["/Resources"].get_object()["/Font"].values()  # type: ignore[index]
    }
    assert fonts <= {"SourceSans3"}


# --- when it cannot be written --------------------------------------------------------------------------------------


def test_a_letter_without_a_font_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []
    fonts = pdf._fonts  # noqa: SLF001

    def ours_only(*, of_the_computer: bool) -> typst.Fonts:
        asked.append(of_the_computer)
        return fonts(of_the_computer=False)

    monkeypatch.setattr(pdf, "_fonts", ours_only)
    with pytest.raises(PushpullError) as found:
        drawn(Document("T", (Paragraph("a \U00012000 b"),)))
    assert (found.value.say, found.value.values["characters"]) == ("no_font", "\U00012000 (U+12000)")
    assert asked == [False, True], "the fonts of the computer are a last resort"


def test_a_paper_that_would_not_be_accessible_is_refused() -> None:
    with pytest.raises(PushpullError) as found:
        drawn(Document("T", (Heading("One", 1), Heading("Four", 4))))
    assert found.value.say == "not_accessible"
    assert "skipped from heading level 1 to 4" in found.value.values["reason"]


def test_the_letters_of_a_diagnosis_are_read() -> None:
    assert pdf.lost('error: the text `"漢\\u{e000}"` could not be displayed') == "漢 (U+6F22), U+E000"
    assert pdf.lost("error: something else") == ""


def test_without_the_library_the_line_to_install_it_is_given(tmp_path: Path) -> None:
    code = "import sys; sys.modules['typst'] = None; from pushpull.cli import main; main()"
    words = ("export", str(EXAMPLES[0]), "-o", str(tmp_path / "paper.pdf"))
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert f'Install it with: {sys.executable} -m pip install "typst' in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "paper.pdf").exists()


def test_no_other_command_loads_the_library() -> None:
    code = "import sys, pushpull.cli, pushpull.render; sys.exit('typst' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
