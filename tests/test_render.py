"""What every format owes a document: all of it is there, nothing in it acts, and it fits."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from rich.cells import cell_len

from documents import NASTY, WORDS, sample
from pushpull.document import (
    Bar,
    Bars,
    Block,
    Bullets,
    Cell,
    Document,
    Heading,
    Item,
    Paragraph,
    Room,
    Rooms,
    Table,
)
from pushpull.render import TEXT_FORMATS, Format, markdown, render
from pushpull.render.text import clean, cleaned, label, marks

DRAWN = re.compile("[\u2500-\u259f]")
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
SEQUENCE = re.compile(r"\x1b\[[0-9;]*m")
VOID = {"meta", "col", "br", "link", "hr", "img"}
anything = st.text(max_size=40) | st.text(alphabet="#*-+_`~|<>&[]()\\!=.:1 \tax\n", max_size=30)


class Page(HTMLParser):
    """A page read back: its tags, its texts, and whether every tag is closed."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.said: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.said.append(data)

    @property
    def text(self) -> str:
        return squeezed(" ".join(self.said))


def squeezed(text: str) -> str:
    return " ".join(text.split())


def letters(text: str) -> str:
    """The text without what a drawer puts around it: spaces, wrapping, rules."""
    return re.sub(r"\s", "", DRAWN.sub("", text))


def shown(token: Token) -> str:
    """What a reader of Markdown sees of a token."""
    if token.children is not None and token.type == "inline":
        return "".join(map(shown, token.children))
    return token.content if token.type in {"text", "text_special", "code_inline", "html_inline", "html_block"} else ""


def read_back(text: str) -> str:
    return "".join(map(shown, MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)))


def test_the_sample_holds_every_block_kind() -> None:
    assert {type(block) for block in sample().blocks} == set(get_args(Block))


@pytest.mark.parametrize("format", TEXT_FORMATS)
def test_everything_is_shown_in_order(format: Format) -> None:
    drawn = render(sample(), format, width=80)
    text = Page(drawn).text.removeprefix("Sample") if format == "html" else drawn
    assert [word for word in WORDS if word not in text] == []
    # Cells come row by row or line by line, whichever the format likes; blocks come in the order they have.
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
    assert [text.index(word) for word in starts] == sorted(text.index(word) for word in starts)


@pytest.mark.parametrize("format", TEXT_FORMATS)
def test_a_result_ends_in_one_newline(format: Format) -> None:
    for document in (sample(), sample(footer=False), Document("Empty", ())):
        drawn = render(document, format)
        assert drawn.endswith("\n")
        assert not drawn.endswith("\n\n")


@pytest.mark.parametrize("format", TEXT_FORMATS)
@pytest.mark.parametrize("color", [False, True])
def test_a_nasty_text_is_shown_and_does_nothing(format: Format, *, color: bool) -> None:
    # Titles of columns are cut by narrow columns, so this looks at a place where the whole line is one text.
    document = Document("Nasty", (Heading("Nasty", 1), Paragraph(NASTY), Bullets((Item(NASTY, tail=NASTY),))))
    drawn = render(document, format, width=100, color=color)
    assert not CONTROL.search(SEQUENCE.sub("", drawn))
    if format == "html":
        drawn = Page(drawn).text
    elif format == "md":
        drawn = read_back(drawn)
    assert letters(SEQUENCE.sub("", drawn)).count(letters(clean(NASTY))) == 3


@pytest.mark.parametrize("format", TEXT_FORMATS)
def test_a_nasty_text_changes_no_structure(format: Format) -> None:
    drawn, harmless = render(sample(NASTY), format), render(sample("harmless"), format)
    assert not CONTROL.search(drawn)
    if format == "html":
        # A name in Arabic is set apart from the words around it, and that is all.
        assert [tag for tag, _ in Page(drawn).tags if tag != "bdi"] == [tag for tag, _ in Page(harmless).tags]
    if format == "md":
        parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
        assert [token.type for token in parser.parse(drawn)] == [token.type for token in parser.parse(harmless)]
        assert "alert" in read_back(drawn)
    if format == "plain":
        assert drawn.count("\n") == harmless.count("\n")


def test_cleaning_leaves_letters_of_every_script_alone() -> None:
    for text in ("niño, año", "مرحبا بكم", "👩‍👩‍👧 family", "đọc sách", "O’Neil’s – “yes”"):
        assert clean(text) == text
    assert clean(" one\ttwo\nthree\r\n four\u2028five ") == "one two three four five"
    assert clean("a\ud800b") == "a\ufffdb"
    assert clean("one\t\x01\n| \u202e \x85two") == "one | two", "what nobody sees leaves no second space"


def test_every_text_of_a_document_is_cleaned() -> None:
    assert cleaned(sample("\x1b\x9b\u202e")) == cleaned(sample())
    assert "\\x" not in repr(cleaned(sample(NASTY)))


def test_marks_are_counted_where_there_is_none() -> None:
    items = (Item("a"), Item("b", mark="met"), Item("c"))
    assert marks(Bullets(items, numbered=True)) == ["1.", "met", "2."]
    assert marks(Bullets(items)) == ["", "met", ""]
    assert [label(word) for word in ("Ask", "Why?", "So:", "")] == ["Ask:", "Why?", "So:", ""]


@pytest.mark.parametrize("width", range(40, 141))
def test_nothing_is_wider_than_the_terminal(width: int) -> None:
    for text in ("", "with a remark that goes on", NASTY, "unbreakable" * 15, "宽" * 90):
        for color in (False, True):
            drawn = render(sample(text), "table", width=width, color=color)
            assert max(cell_len(SEQUENCE.sub("", line)) for line in drawn.splitlines()) <= width


@settings(max_examples=60, deadline=None)
@given(text=anything, width=st.integers(40, 140))
def test_nothing_is_wider_than_the_terminal_whatever_the_text(text: str, width: int) -> None:
    drawn = render(sample(text), "table", width=width)
    assert max(cell_len(line) for line in drawn.split("\n")) <= width


def test_only_colour_has_escape_sequences() -> None:
    assert "\x1b[" in render(sample(), "table", color=True)
    for form in TEXT_FORMATS:
        assert "\x1b" not in render(sample(NASTY), form)
    assert SEQUENCE.sub("", render(sample(), "table", color=True)) == render(sample(), "table")


def test_plain_has_no_boxes_and_one_fact_a_line() -> None:
    drawn = render(sample(), "plain")
    assert not re.search("[\u2500-\u259f•│]", drawn)
    assert "Here: here one\nHere: here two\nThere: there one\n" in drawn
    assert "case two: 11\n" in drawn
    assert "Room filled: what was written\n" in drawn
    assert "\n\n\n" not in drawn


def test_wrapped_lines_hang_under_the_text() -> None:
    long = "one two three four five six seven eight nine ten eleven twelve"
    drawn = render(Document("", (Bullets((Item(long, mark="met"), Item("x", mark="missing"))),)), "table", width=40)
    assert drawn.splitlines()[1].startswith(" " * 9 + "s")
    table = Table("", ("", "Here", "There"), ((Cell(("a",)), Cell((long, long)), Cell((long,))),))
    rows = render(Document("", (table,)), "table", width=66).splitlines()
    assert [row[row.index("│", 1) + 2 :][:1] for row in rows[3:-1]].count("•") == 2
    assert all(row[row.index("│", 1) + 2 :][1] == " " for row in rows[3:-1])


def test_narrow_terminals_get_stacked_tables() -> None:
    assert "╭" in render(sample(), "table", width=60)
    assert "╭" not in render(sample(), "table", width=59)
    many = Table("", ("a",) * 9, ((Cell(("considerable",)),) * 9,))
    assert "╭" not in render(Document("", (many,)), "table", width=100)


def test_both_modes_look_alike() -> None:
    drawn = render(sample(), "table", color=True)
    bars = [line for line in drawn.splitlines() if "█" in line]
    assert len(bars) == 4
    assert not any("\x1b" in line for line in bars)
    equal = Table("", ("", "Here", "There"), ((Cell(("a",)), Cell(("b " * 90,)), Cell(("c " * 90,))),), (2, 5, 5))
    for width in range(60, 121):
        rule = render(Document("", (equal,)), "table", width=width).splitlines()[0]
        assert len(set(map(len, rule.strip("╭╮").split("┬")[1:]))) == 1


def test_markdown_leaves_ordinary_prose_alone() -> None:
    for text in (
        "It's the team's choice (and the parents'), week-by-week: 4 × 30 min. Then we look again!",
        "R&D, 50% of 3 + 4 = 7; see the class's list - or ask. 2.5 hours",
        "A question? Yes; “quoted” and 'quoted'/either",
    ):
        assert markdown.escape(text) == text


def test_markdown_escapes_what_would_open_something() -> None:
    for text in ("# a", "1. a", "12) a", "- a", "+ a", "> a", "---", "===", "a ##", "* a", "| a |", "<b>", "&amp;"):
        assert markdown.escape(text) != text
        assert read_back(render(Document("", (Heading(text, 2), Paragraph(text))), "md")) == text * 2


@settings(max_examples=200, deadline=None)
@given(anything)
def test_markdown_shows_every_text_literally(text: str) -> None:
    table = Table("", ("h", "k"), ((Cell((f"a{text}",)), Cell((f"b{text}",))),))
    blocks = (Heading(f"x {text}", 1), Paragraph(text), Bullets((Item(text, tail="t"),)), table)
    said = clean(text)
    wanted = f"x {said}{said}{said}(t)hka{said}b{said}"
    assert letters(read_back(render(Document("", blocks), "md"))) == letters(wanted)


@settings(max_examples=50, deadline=None)
@given(anything)
def test_html_shows_every_text_literally(text: str) -> None:
    page = Page(render(sample(text), "html"))
    assert not page.open
    assert letters(f"The paragraph, as it is. {clean(text)}") in letters(page.text)


def test_html_is_whole_and_well_built() -> None:
    drawn = render(sample(), "html")
    page = Page(drawn)
    tags = [tag for tag, _ in page.tags]
    assert drawn.startswith("<!doctype html>\n")
    assert not page.open
    assert tags.count("h1") == tags.count("main") == tags.count("title") == tags.count("caption") == 1
    assert ("html", {"lang": "en"}) in page.tags
    levels = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
    assert all(after - before <= 1 for before, after in zip([0, *levels], levels, strict=False))
    scopes = [named.get("scope") for tag, named in page.tags if tag == "th"]
    assert scopes == ["col"] * 3 + ["row"] * 2
    assert all(named.get("data-label") for tag, named in page.tags if tag == "td")
    images = [named for _, named in page.tags if named.get("role") == "img"]
    assert [named["aria-label"] for named in images] == ["Eight against eleven.", "Two shares."]


def test_html_needs_and_sends_nothing() -> None:
    drawn = render(sample(NASTY), "html")
    assert not {"script", "link", "img", "iframe", "form"} & {tag for tag, _ in Page(drawn).tags}
    assert not re.search(r"url\(|@import|(?:src|href)=", re.sub(r"&[#\w]+;", "", drawn.replace("example.org", "")))
    assert "default-src 'none'" in drawn


def html(*blocks: Block, compact: bool = False, made: str = "") -> str:
    """The body of a page, and of its head what stands before the style."""
    drawn = render(Document("T", (Heading("T", 1), *blocks), compact=compact, made=made), "html")
    return drawn.partition("<style>")[0] + drawn.partition("</style>")[2]


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("For سارة: 11 to 4", "For <bdi>سارة</bdi>: 11 to 4"),
        ("סבא & אמא, 3 times", "<bdi>סבא &amp; אמא</bdi>, 3 times"),
        ("سارة reads مرحبا", "<bdi>سارة</bdi> reads <bdi>مرحبا</bdi>"),
        ("Íñigo 👩‍👩‍👧 đọc 宽", "Íñigo 👩‍👩‍👧 đọc 宽"),
    ],
)
def test_html_keeps_a_name_from_turning_the_line_around(text: str, drawn: str) -> None:
    table = Table(text, (text, text), ((Cell((text,)), Cell((text,))),))
    page = html(Heading(text), Paragraph(text, lead=text), Bullets((Item(text, mark=text, tail=text),)), table)
    named = f'data-label="{text.replace("&", "&amp;")}"'
    assert named in page
    assert page.replace(named, "").count(drawn) == 11


def test_html_gives_people_their_own_direction() -> None:
    page = html(Room("Parents", written="نحن نوافق. Yes!"), Rooms((Room("Student", written="Sí"),)))
    assert '<p class="written" dir="auto">نحن نوافق. Yes!</p>' in page
    assert '<p class="written" dir="auto">Sí</p>' in page


def test_html_shows_the_rest_of_a_whole() -> None:
    bars = Bars((Bar("now", 89.7, "89.7"), Bar("then", 120, "120")), words="Of 100.", whole=100)
    assert '<div class="bars whole" role="img" aria-label="Of 100.">' in html(bars)
    assert re.findall(r'<rect width="([\d.]+)"', html(bars)) == ["89.7", "100.0"]
    assert '<div class="bars" role="img"' in html(Bars((Bar("now", 1, "1"),), words="One."))


def test_html_has_columns_where_a_list_asks_for_them() -> None:
    items = (Item("one"), Item("two"))
    assert '<ul class="columns" style="--columns:2">' in html(Bullets(items, columns=2))
    assert '<ol class="columns" style="--columns:3">' in html(Bullets(items, numbered=True, columns=3))
    marked = html(Bullets((Item("one", mark="S1"),), columns=2))
    assert '<ul class="marked columns" role="list" style="--mark:2ch;--columns:2">' in marked
    assert "columns" not in html(Bullets(items))


def test_html_has_no_head_without_words() -> None:
    page = html(Table("", ("", "Here"), ((Cell(("a",)), Cell(("b",))),)))
    assert '<tr role="row"><td role="cell"></td><th scope="col" role="columnheader">Here</th></tr>' in page


def test_html_says_when_it_was_made_and_how_dense_it_prints() -> None:
    page = html(Paragraph("x"), compact=True, made="2026-11-24")
    assert '<meta name="dcterms.created" content="2026-11-24">' in page
    assert '<body class="screen compact">' in page
    assert "dcterms" not in html(Paragraph("x"))


def test_html_has_a_title_even_without_a_heading() -> None:
    assert "<h1>Minutes &amp; more</h1>" in render(Document("Minutes & more", (Paragraph("x"),)), "html")
