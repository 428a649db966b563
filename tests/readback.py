"""What a paper or a page states, read back with a reader of its format that knows nothing of how it was drawn.

`told` gives the words alone, with one space between them. In a table every text has the name of its column before it,
as in plain lines. A PDF is the exception: its text has no columns.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

import pyte
from docx.oxml.ns import qn
from markdown_it import MarkdownIt

import worddoc
from helpers import shipped, words
from pdfdoc import PdfFile
from pushpull.kb.entry import MODES
from pushpull.kb.words import fill

OUTCOMES = ("push_in", "pull_out", "blend", "open", "unknown")
FIRMNESS = ("firm", "leaning", "unsettled")
_ROWS = 4000
_DRAWN = re.compile(r"[█▏▎▍▌▋▊▉━─│•]")
_PICTURE = re.compile(r"\[picture: [^\]]*\]")
_BLOCKS = frozenset(("p", "h1", "h2", "h3", "li", "dt", "dd", "td", "th", "caption", "div", "figcaption"))


def flat(text: str) -> str:
    """Return a text with one space between its words."""
    return " ".join(text.replace("\u200b", "").split())


# --- the words of each format -------------------------------------------------------------------------------------


def told(form: str, content: str | bytes, *, columns: int = 80) -> str:
    """Return the words of a paper or a page in one of the formats that people read."""
    if form == "docx":
        assert isinstance(content, bytes)
        return flat(_PICTURE.sub(" ", " ".join(_of_word(content))))
    if form == "pdf":
        assert isinstance(content, bytes)
        return PdfFile(content).running_text()
    text = content.decode() if isinstance(content, bytes) else content
    match form:
        case "plain":
            return flat(text)
        case "table":
            return flat(" ".join(_of_terminal(text, columns)))
        case "md":
            return flat(" ".join(_of_markdown(text)))
        case "html":
            page = _Page()
            page.feed(text)
            page.close()
            return flat("".join(page.said))
        case _:
            raise ValueError(form)


def _columns(heads: list[str], rows: Iterable[list[list[str]]]) -> Iterator[str]:
    """Yield the cells of a table, each text behind the name of its column."""
    for first, *others in rows:
        yield " ".join(first)
        for head, texts in zip(heads[1:], others, strict=True):
            yield from (f"{head}: {text}" for text in texts if text)


def _of_terminal(text: str, columns: int) -> Iterator[str]:
    screen = pyte.Screen(columns, _ROWS)
    pyte.Stream(screen).feed(text.replace("\n", "\r\n"))
    assert screen.cursor.y < _ROWS - 1, "the page is longer than the screen"
    rows: list[list[str]] = []
    for line in (row.rstrip() for row in screen.display):
        if line.startswith(("╭", "├")):
            rows.append([])
        elif line.startswith("│") and line.endswith("│") and rows:
            cells = [cell.strip() for cell in line[1:-1].split("│")]
            rows[-1] = [flat(" ".join(both)) for both in zip(rows[-1], cells, strict=True)] if rows[-1] else cells
        elif line.startswith("╰"):
            heads, *others = rows
            yield from _columns(heads, ([[cell] for cell in row] for row in others))
            rows = []
        else:
            yield _DRAWN.sub(" ", line)


def _of_markdown(text: str) -> Iterator[str]:
    heads: list[str] = []
    row: list[list[str]] = []
    inside = ""
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        match token.type:
            case "thead_open" | "tbody_open" | "thead_close" | "tbody_close":
                inside = token.type.removesuffix("_open") if token.nesting > 0 else ""
            case "tr_close":
                if inside == "thead":
                    heads = [" ".join(cell) for cell in row]
                else:
                    yield from _columns(heads, [row])
                row = []
            case "inline":
                said = "".join(_of_inline(child) for child in token.children or ())
                if inside:
                    row.append([flat(part).removeprefix("• ") for part in said.split("\n")])
                else:
                    yield said


def _of_inline(token: Any) -> str:
    if token.type == "html_inline":
        assert token.content == "<br>", token.content
        return "\n"
    return {"softbreak": " ", "hardbreak": "\n"}.get(token.type) or str(token.content)


class _Page(HTMLParser):
    """A page of HTML as it is seen: without what stands in its head, with a column's name before each cell."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._hidden = 0
        self._head = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self._hidden += tag in {"head", "style"}
        if tag == "td":
            self._head = told.get("data-label") or ""
        if tag == "ul" and self._head:
            return
        if tag in _BLOCKS:
            self.said.append(" ")
        if tag in {"td", "li"} and self._head:
            self.said.append(f"{self._head}: ")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in {"head", "style"}
        if tag == "td":
            self._head = ""
        if tag in _BLOCKS:
            self.said.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.said.append(data)


def _of_word(content: bytes) -> Iterator[str]:
    file = worddoc.WordFile(content)
    for block in file.body:
        if block.tag == qn("w:tbl"):
            rows = [
                [[worddoc.text(each) for each in cell.iter(qn("w:p"))] for cell in row.iterfind(qn("w:tc"))]
                for row in block.iterfind(qn("w:tr"))
            ]
            yield from _columns([" ".join(head) for head in rows[0]], rows[1:])
        else:
            yield from (worddoc.text(paragraph) for paragraph in block.iter(qn("w:p")))
    for part in file.margins:
        yield from (worddoc.text(paragraph) for paragraph in part.element.iter(qn("w:p")))


# --- the facts in the words ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Phrasebook:
    """Everything that could be said of one service, by what it is; so what is said wrongly is found as well."""

    service: str
    student: str

    def text(self, text: str) -> str:
        """Return a text of the knowledge as this student's papers have it."""
        return flat(fill(text, student=self.student))

    @property
    def questions(self) -> dict[str, Any]:
        """Return every question that this service is asked."""
        kb = shipped()[0]
        return {**kb.student_questions, **kb.services[self.service].questions}

    def reasons(self, mode: str) -> set[str]:
        """Return every reason that an answer could give for a mode."""
        options = [option for question in self.questions.values() for option in question.options.values()]
        found = [why for option in options for why in (option.arguments.get(mode), option.settles.get(mode)) if why]
        return {self.text(why.because) for why in found}

    def asks(self) -> dict[str, str]:
        """Return how each question is asked, by its id."""
        return {name: self.text(question.ask) for name, question in self.questions.items()}

    def requirements(self) -> dict[str, str]:
        """Return what each requirement wants to be shown, by its id."""
        return {name: self.text(item.say) for name, item in shipped()[0].requirements.items()}

    def notes(self) -> dict[str, str]:
        """Return what each note says, by its id."""
        return {name: self.text(note.say) for name, note in shipped()[0].notes.items()}

    def tensions(self) -> dict[str, str]:
        """Return what each tension says, by its id."""
        return {name: self.text(item.say) for name, item in shipped()[0].tensions.items()}


def in_order(text: str, candidates: Iterable[str]) -> list[str]:
    """Return those of some texts that are stated, in the order of their first places.

    A text that is part of a longer one counts only where it stands by itself.
    """
    found: dict[str, int] = {}
    left = text
    for each in sorted(set(candidates), key=len, reverse=True):
        at = left.find(each)
        if at >= 0:
            found[each] = at
            left = left.replace(each, "\x00" * len(each))
    return sorted(found, key=found.__getitem__)


def one_of(text: str, section: str, names: Iterable[str], *, prefix: str = "") -> list[str]:
    """Return which of some phrases of the program stand in a text, by their names."""
    return [name for name in names if flat(words()(f"{section}.{prefix}{name}")) in text]


def cases(text: str) -> dict[str, str]:
    """Return the numbers behind the names of both cases."""
    found: dict[str, str] = {}
    for mode in MODES:
        name = re.escape(words()(f"suggest.case_{mode}"))
        said = set(re.findall(rf"{name}:? +(\d[\d./]*)", text))
        assert len(said) == 1, (mode, said)
        found[mode] = said.pop()
    return found


def between(text: str, start: str, stops: Iterable[str]) -> str:
    """Return what stands after the first `start`, up to the first of some other headings; nothing without `start`."""
    _, found, rest = text.partition(f" {start} ")
    if not found:
        return ""
    ends = [at for stop in stops if (at := rest.find(f" {stop} ")) >= 0]
    return f" {rest[: min(ends, default=len(rest))]} "


def percents(text: str) -> list[str]:
    """Return every number that is said to be a percent, in order."""
    return re.findall(r"(\d[\d,]*(?:\.\d+)?) percent", text)


# --- what other programs read -------------------------------------------------------------------------------------


def record(content: str | bytes) -> dict[str, Any]:
    """Return what JSON says."""
    read: dict[str, Any] = json.loads(content)
    return read


def rows(content: str | bytes) -> list[dict[str, str]]:
    """Return the rows of a CSV file. The mark that keeps a cell from being run as a formula is taken off."""
    text = content.decode() if isinstance(content, bytes) else content
    return [{key: _read(value) for key, value in row.items()} for row in csv.DictReader(io.StringIO(text))]


def _read(cell: str) -> str:
    return cell[1:] if re.match(r"'[=+\-@\t\r]", cell) else cell
