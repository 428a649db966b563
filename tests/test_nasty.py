"""Whatever a person or a file says, every command shows it as text, in every format: nothing of it acts or is lost."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pyte
import pytest
import yaml
from lxml import etree
from markdown_it import MarkdownIt

from every import STATED, Call, calls, commands
from helpers import run, words
from nasty import (
    ACTING,
    BEGIN,
    END,
    LONG,
    NASTY,
    NASTY_SHORT,
    SEEN,
    SHORT,
    STARTS,
    acting,
    knowledge,
    plan,
    squeezed,
    written,
    wrong_plans,
)
from pdfdoc import PdfFile
from pushpull.cli.output import FORMATS
from pushpull.cli.output import typed as kept
from pushpull.sheet.cells import FORMULA_STARTS
from pushpull.sheet.excel import write_xlsx
from pushpull.signs import escaped, in_cell, readable
from readback import told
from test_render import Page, read_back
from worddoc import WordFile

# A PDF needs a font for every sign, and no font of ours has this one.
_NO_FONT = "宽"
WIDTH = 200


SMALL = {"kb_audit", "kb_diff", "kb_check"}
"""They go through all knowledge again and again, so theirs has fewer nasty texts."""


@dataclass
class Kitchen:
    """A folder with a plan, a sheet and a layer that hold a text in every place, and what came of each call."""

    folder: Path
    text: str
    short: str

    def prepare(self) -> None:
        self.folder.mkdir()
        knowledge(self.folder / "layer", self.short)
        knowledge(self.folder / "small", self.short, only="words about glossary")
        (self.folder / "plan.yaml").write_text(written(plan(self.text)))
        write_sheet(self.folder / "sheet.csv", self.text)

    def every(self) -> Iterator[Call]:
        folder = self.folder
        yield from calls(plan=folder / "plan.yaml", sheet=folder / "sheet.csv", layer=folder / "small", folder=folder)

    def of(self, call: Call) -> tuple[Any, dict[str, bytes]]:
        """Run a call, and return its result and the files that it wrote, by their formats."""
        layer = self.folder / ("small" if call.command in SMALL else "layer")
        result = run(
            *call.args, "--data", layer, COLUMNS=str(WIDTH), FORCE_COLOR="1" if call.form == "table" else "",
            SOURCE_DATE_EPOCH="0",
        )  # fmt: skip
        made = {}
        if call.out and call.out.exists():
            made[call.form] = call.out.read_bytes()
        if call.summary and call.summary.exists():
            made[{"txt": "plain", "htm": "html"}.get(call.summary.suffix[1:], call.summary.suffix[1:])] = (
                call.summary.read_bytes()
            )
        if call.form and not call.out:
            made[call.form] = result.stdout_bytes
        return result, made


def in_name(text: str) -> str:
    """Return a text as the name of a column: one that holds a delimiter would make it a guess which is meant."""
    return re.sub(r"[|;\t]", "", text)


def write_sheet(path: Path, text: str) -> None:
    """Write a sheet whose columns and cells hold `text`; its own columns are passed through."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        said = text.replace("\0", "")
        named = in_name(said)
        rows.writerow(["student", "service", "skill_stage", named, *(f"{named} {sign}" for sign in "=+-@")])
        for number in range(3):
            rows.writerow([f"{said} {number}", "articulation", "mixed", said, *(f"{sign}{said}" for sign in "=+-@")])
        rows.writerow([said, said, said, said, "", "", "", ""])
        rows.writerow([said, "articulation", said, said, "", "", "", ""])


@pytest.fixture(scope="module")
def kitchens(tmp_path_factory: pytest.TempPathFactory) -> tuple[Kitchen, Kitchen]:
    """The nasty texts, and harmless ones of the same shape."""
    folder = tmp_path_factory.mktemp("nasty")
    both = (
        Kitchen(folder / "nasty", NASTY.replace(_NO_FONT, ""), NASTY_SHORT),
        Kitchen(folder / "harmless", harmless(NASTY.replace(_NO_FONT, "")), harmless(NASTY_SHORT)),
    )
    for kitchen in both:
        kitchen.prepare()
    return both


def harmless(text: str) -> str:
    """Return what is left of a text, with the letter x for every sign but its first and last word."""
    inner = readable(text).removeprefix(BEGIN).removesuffix(END)
    return f"{BEGIN}{re.sub(r'[^ ]', 'x', inner)}{END}"


# --- each format read back ----------------------------------------------------------------------------------------


def texts_of(form: str, content: bytes) -> list[str]:
    """Return what a reader of a format finds in it as text, after a look for anything that is none."""
    match form:
        case "docx":
            return of_word(content)
        case "pdf":
            return of_pdf(content)
        case "xlsx":
            return of_workbook(content)
    drawn = content.decode()
    assert acting(drawn, data=form in DATA) == []
    match form:
        case "table":
            return of_terminal(drawn)
        case "plain":
            assert "\x1b" not in drawn
            return drawn.split("\n")
        case "md":
            return [read_back(drawn)]
        case "html":
            page = Page(drawn)
            assert not page.open
            return page.said
        case "json":
            return list(strings(json.loads(drawn)))
        case "jsonl":
            return [text for line in drawn.splitlines() for text in strings(json.loads(line))]
        case "csv":
            return of_csv(drawn)
        case _:
            raise AssertionError(form)


def of_terminal(drawn: str) -> list[str]:
    """Feed the first lines to a terminal: they stand there letter by letter, and nothing else has happened to it."""
    lines = drawn.split("\n")[:150]
    assert max(map(len, lines)) < 4000
    screen = pyte.Screen(WIDTH + 60, len(lines) + 1)
    screen.set_mode(pyte.modes.LNM)
    plain = [NO_ROOM.sub("", line) for line in lines]
    pyte.Stream(screen).feed("\n".join(plain))
    assert screen.title == ""
    assert screen.icon_name == ""
    assert screen.cursor.y == len(lines) - 1
    for number, line in enumerate(plain):
        row = screen.buffer[number]
        stands = "".join(row[column].data for column in range(max(row, default=-1) + 1))
        assert stands.rstrip() == re.sub(r"\x1b\[[\d;]*m", "", line).rstrip()
    return [re.sub(r"\x1b\[[\d;]*m", "", drawn)]


def of_csv(drawn: str) -> list[str]:
    cells = [cell for row in csv.reader(io.StringIO(drawn, newline="")) for cell in row]
    assert not [cell for cell in cells if cell.startswith((*FORMULA_STARTS, "\r"))]
    return cells


def of_workbook(content: bytes) -> list[str]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not [cell for cell in cells if cell.hyperlink]
    parts_are_whole(content)
    texts = [str(cell.value) for cell in cells]
    assert acting("".join(texts), data=True) == []
    return texts


def of_word(content: bytes) -> list[str]:
    parts_are_whole(content)
    shown = WordFile(content).dump()
    assert acting(shown.replace("\t", "")) == []
    return [shown]


def parts_are_whole(content: bytes) -> None:
    """Every part of an Office file is XML without a document type, and nothing in it runs or leads elsewhere."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            assert ".." not in name
            if name.endswith((".xml", ".rels")):
                root = etree.fromstring(package.read(name), etree.XMLParser(resolve_entities=False))
                assert root.getroottree().docinfo.doctype == ""
        assert not [name for name in package.namelist() if "vba" in name.lower() or "embeddings" in name]


def of_pdf(content: bytes) -> list[str]:
    file = PdfFile(content)
    assert acting(file.title) == []
    return [file.text()]


def strings(tree: Any) -> Iterator[str]:
    match tree:
        case dict():
            yield from strings(list(tree))
            yield from strings(list(tree.values()))
        case list():
            for each in tree:
                yield from strings(each)
        case str():
            yield tree


def shape(form: str, content: bytes) -> Any:
    """Return what a file is built of, without its texts: two files of the same shape differ in their texts alone."""
    match form:
        case "html":
            # A name in Arabic or Hebrew is set apart, and that is all.
            return [(tag, sorted(attributes)) for tag, attributes in Page(content.decode()).tags if tag != "bdi"]
        case "md":
            parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
            return [
                (token.type, token.tag, [child.type for child in token.children or () if "text" not in child.type])
                for token in parser.parse(content.decode())
            ]
        case "docx":
            return office_shape(content)
        case "pdf":
            file = PdfFile(content)
            used = Counter(key for found in objects(file.catalog) for key in found)
            acts = ("/JavaScript", "/JS", "/AA", "/OpenAction", "/Launch", "/EmbeddedFiles", "/XFA", "/SubmitForm")
            return {act: used[act] for act in acts}, file.links()
        case _:
            return None


def office_shape(content: bytes) -> Any:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        found = {}
        for name in package.namelist():
            if not name.endswith((".xml", ".rels")):
                continue
            root = etree.fromstring(package.read(name))
            if name.endswith(".rels"):
                found[name] = sorted((each.get("Type"), each.get("TargetMode", "")) for each in root)
            else:
                # A text in two directions is several runs.
                kinds = Counter(str(each.tag).rpartition("}")[2] for each in root.iter())
                found[name] = sorted(
                    (kind, n) for kind, n in kinds.items() if kind not in {"r", "t", "rPr", "rtl", *OF_RUNS}
                )
        return found


OF_RUNS = {"rStyle", "b", "bCs", "i", "iCs"}
"""What runs of texts have of their own."""


def objects(node: Any, known: set[int] | None = None) -> Iterator[dict[str, Any]]:
    """Yield every dictionary of a PDF file."""
    known = set() if known is None else known
    waiting = [node]
    while waiting:
        found = waiting.pop()
        found = found.get_object() if hasattr(found, "get_object") else found
        if id(found) in known:
            continue
        known.add(id(found))
        if isinstance(found, dict):
            yield found
            waiting += found.values()
        elif isinstance(found, list):
            waiting += found


# --- every command ------------------------------------------------------------------------------------------------


def test_every_command_and_format_is_tried() -> None:
    assert set(STATED) == commands()
    assert set(FORMATS) <= commands()


LISTED = [*calls(plan=Path("p"), sheet=Path("s"), layer=Path("l"), folder=Path("f"))]
EXITS = {"caseload": {1}, "kb_audit": {1}, "ask": {1}}
"""A sheet with bad rows, knowledge with long sentences, and an interview without a person are for people to mend."""
QUIET = {"kb_diff"}
"""It names entries by their ids."""
DATA = {"json", "jsonl", "csv"}
SHAPED = {"md", "html", "docx", "pdf"}
MOST_CUT = 4
"""Titles on the edge of a page and cells in messages are cut."""
MOST_ABREAST = 8
"""Texts of a terminal that stand beside a number or beside one another, line by line."""
NO_ROOM = re.compile("[\u0300-\u036f\u0489\u200d\ufe0f\u20e3]")


def whole_of(form: str, content: bytes) -> str:
    """Return everything that a reader of a format finds in it, without spaces; the cells of a table one by one."""
    texts = "".join(texts_of(form, content))
    match form:
        case "table":
            # The emulator stops at signs that take no room; a real terminal puts them on the letter before.
            texts = told(form, NO_ROOM.sub("", texts), columns=WIDTH + 60)
        case "pdf":
            texts = PdfFile(content).running_text()
    return squeezed(texts)


@pytest.mark.parametrize("number", range(len(LISTED)), ids=[f"{n}-{call}" for n, call in enumerate(LISTED)])
def test_every_text_is_shown_as_text(number: int, kitchens: tuple[Kitchen, Kitchen]) -> None:
    nasty, tame = kitchens
    call = list(nasty.every())[number]
    said, made = nasty.of(call)
    assert said.exit_code in EXITS.get(call.command, {0}), said.stderr
    assert acting(said.stderr) == []
    assert "\x1b" not in said.stderr
    assert call.out or acting(said.stdout, data=call.form in DATA) == []
    assert bool(made) == (bool(call.form) and "--strict" not in call.args)  # a strict run stops at a bad row
    tame_made = tame.of(list(tame.every())[number])[1] if SHAPED & set(made) else {}
    for form, content in made.items():
        texts = whole_of(form, content)
        seen_texts: tuple[str, ...] = (SEEN.replace(_NO_FONT, ""), in_name(SEEN.replace(_NO_FONT, "")), SHORT)
        if form in SHAPED:
            assert shape(form, content) == shape(form, tame_made[form])
            assert texts.count(BEGIN) >= whole_of(form, tame_made[form]).count(BEGIN)
        if form == "pdf":  # a letter from right to left stands elsewhere
            seen_texts = tuple(seen.partition("مرحبا")[0] for seen in seen_texts)
        if form == "table":  # a letter that takes no room is not shown by the emulator
            seen_texts = tuple(NO_ROOM.sub("", seen) for seen in seen_texts)
        whole = sum(texts.count(squeezed(BEGIN + seen)) for seen in {*seen_texts})
        assert texts.count(BEGIN) - whole <= (MOST_ABREAST if form == "table" else MOST_CUT)
        if form != "pdf":  # an end may stand elsewhere, as all that comes behind such a letter
            assert texts.count(END) == (texts.count(BEGIN) if form == "table" else whole)
        if call.command not in QUIET:
            assert BEGIN in texts


# --- texts that start with a sign ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def starting(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan in which the texts start with what a format takes for a beginning."""
    folder = tmp_path_factory.mktemp("starting")
    tree = plan(f"{BEGIN}")
    ways = {f"n{number}": {"what": start, "who": start, "by": start} for number, start in enumerate(STARTS)}
    tree |= {"tasks": ways, "views": {"parents": STARTS[0], "student": STARTS[1]}}
    tree["services"] = {"all": tree["services"][BEGIN] | {"tasks": ways}}
    for start in STARTS[::8]:
        tree["services"][start] = {"service": "counseling", "goal": start}
    (folder / "plan.yaml").write_text(written(tree))
    return folder / "plan.yaml"


@pytest.mark.parametrize("form", FORMATS["export"])
def test_a_text_that_starts_with_a_sign_starts_nothing(form: str, starting: Path) -> None:
    made = run("export", starting, "-o", "-", "--format", form)
    assert made.exit_code == 0, made.stderr
    texts = squeezed("".join(texts_of(form, made.stdout_bytes)))
    for start in {"pdf": (), "csv": STARTS[::8]}.get(form, STARTS):  # CSV has the goals alone
        assert squeezed(in_cell(start) if form == "csv" else start if form == "json" else readable(start)) in texts
    assert acting(made.stderr) == []


@pytest.mark.parametrize("form", ["md", "html"])
def test_one_start_after_another_changes_no_structure(form: str, tmp_path: Path) -> None:
    def made(start: str) -> bytes:
        path = tmp_path / "plan.yaml"
        path.write_text(written(plan(start) | {"services": {"a": {"service": "articulation", "goal": start}}}))
        return run("suggest", path, "--format", form, SOURCE_DATE_EPOCH="0").stdout_bytes

    usual = shape(form, made("word"))
    assert [start for start in STARTS if shape(form, made(start)) != usual] == []


def test_a_formula_is_a_text_in_every_table(tmp_path: Path) -> None:
    cells = [start.replace("\0", "") for start in STARTS]
    sheet = tmp_path / "sheet.jsonl"
    rows = [{"student": cell, "service": "articulation", "skill_stage": "mixed", "own": cell} for cell in cells]
    halves = {"student": "\ud83d", "service": "articulation", "own": "\ud800"}
    sheet.write_text("".join(json.dumps(row) + "\n" for row in (*rows, halves)))
    for ending in ("csv", "jsonl", "xlsx"):
        path = tmp_path / f"result.{ending}"
        assert run("caseload", sheet, "-o", path).exit_code == 1
        texts = texts_of(ending, path.read_bytes())
        found = {text.removeprefix("'") if ending == "csv" else text for text in texts}
        assert {in_cell(cell) if ending != "jsonl" else cell for cell in cells} <= found
        assert len([text for text in texts if words()("problems.control_character") in text]) == 1


def test_a_workbook_of_nasty_cells_is_read_and_written_as_text(tmp_path: Path) -> None:
    said = re.sub("[\ufffe\uffff\\0]", "", NASTY)
    write_xlsx(
        tmp_path / "sheet.xlsx", ["student", "service", said], [[said, "articulation", said], [said, said, "=1"]]
    )
    made = run("caseload", tmp_path / "sheet.xlsx", "-o", tmp_path / "result.xlsx")
    assert made.exit_code == 1
    assert acting(made.stderr) == []
    texts = squeezed("".join(of_workbook((tmp_path / "result.xlsx").read_bytes())))
    assert squeezed(BEGIN + SEEN) in texts


def test_a_very_long_word_is_shown_whole(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    tree = plan("short")
    tree["services"]["short"]["notes"] = {"skill_stage": LONG}
    path.write_text(written(tree))
    for form in FORMATS["export"]:
        made = run("export", path, "-o", "-", "--format", form)
        assert made.exit_code == 0
        texts = squeezed("".join(texts_of(form, made.stdout_bytes))).replace("\u200b", "")
        assert texts.count("W") >= len(LONG) if form == "pdf" else LONG in texts or form == "csv"  # pages have an end
    drawn = run("suggest", path, "--format", "table", COLUMNS="80").stdout
    assert max(map(len, drawn.splitlines())) <= 80


# --- the command line, files and the environment ------------------------------------------------------------------

OPTIONS = (
    "--format",
    "--service",
    "--lang",
    "--date",
    "--for",
    "--week",
    "--jobs",
    "--topic",
    "--template",
    "--data",
    "--plans",
)


@pytest.mark.parametrize("command", sorted(STATED))
def test_what_is_typed_is_told_as_text(command: str, tmp_path: Path) -> None:
    typed = NASTY.replace("\0", "")
    name = re.sub("[/\0]", "", NASTY_SHORT)
    (tmp_path / name).mkdir()
    for path in (tmp_path / f"{name[:200]}.yaml", tmp_path / name / "plan.yaml"):
        path.write_bytes((written(next(wrong_plans(typed)))).encode())
    plan_there, missing = str(tmp_path / name / "plan.yaml"), str(tmp_path / f"{name} not there")
    stated = STATED[command]
    tries = [[*(word if word[0] != "{" else missing for word in stated), option, typed] for option in OPTIONS]
    tries += [[*stated[: 2 if "_" in command else 1], typed], [*stated, typed], [*stated, f"--{typed}"]]
    tries += [
        [word if word[0] != "{" else place for word in stated]
        for place in (missing, plan_there, str(tmp_path / name))
        if any(word[0] == "{" for word in stated)
    ]
    for args in tries:
        made = run(*args)
        assert made.exit_code in {0, 1, 2}, args
        assert not isinstance(made.exception, ValueError | KeyError | TypeError | OSError), args
        assert acting(made.stderr + made.stdout) == [], args


@pytest.mark.parametrize("name", ["PUSHPULL_DATA", "SOURCE_DATE_EPOCH", "COLUMNS", "TERM", "NO_COLOR", "FORCE_COLOR"])
def test_a_variable_is_told_as_text(name: str, tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(written(plan("short")))
    for form in ("table", "html"):
        made = run("suggest", tmp_path / "plan.yaml", "--format", form, **{name: NASTY.replace("\0", "")})
        assert made.exit_code in ({1} if name == "PUSHPULL_DATA" else {0})
        assert acting(made.stderr + made.stdout) == []
    made = run("export", tmp_path / "plan.yaml", "-o", "-", "--format", "md", **{name: NASTY.replace("\0", "")})
    assert acting(made.stderr + made.stdout) == []


def test_a_mistake_in_a_plan_is_told_as_text(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    for wrong in wrong_plans(NASTY):
        path.write_text(written(wrong))
        for command in ("suggest", "lre"):
            made = run(command, path)
            assert acting(made.stderr + made.stdout) == []
            assert made.stderr.count(END) == squeezed(made.stderr).count(squeezed(BEGIN + SEEN))


def test_a_mistake_in_a_layer_is_told_as_text(tmp_path: Path) -> None:
    for part in ("words", "glossary", "notes", "comparison", "services/articulation", "questions/goal"):
        path = tmp_path / part.partition("/")[0] / "layer" / f"{part}.yaml"
        path.parent.mkdir(parents=True)
        path.write_text(written({NASTY: {NASTY: [NASTY]}, "name": [NASTY], "questions": {NASTY: NASTY}}))
        made = run("kb", "check", tmp_path / part.partition("/")[0] / "layer")
        assert acting(made.stderr + made.stdout) == []
        assert made.exception is None or isinstance(made.exception, SystemExit)


def test_a_label_like_a_blank_stays_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    for label in ("{student}", "{count}", "{0.__class__}", "{service}", "%(x)s", "$student", "{{7*7}}", "{"):
        path.write_text(written(plan(label)))
        for command in ("suggest", "lre"):
            made = run(command, path)
            assert made.exit_code == 0
            assert label in made.stdout
            assert "<class" not in made.stdout
            assert made.stdout.replace(label, "x").count("{") == 0


def test_json_says_the_very_same_text(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(written(plan(NASTY)))
    made = json.loads(run("suggest", tmp_path / "plan.yaml", "--format", "json").stdout)
    assert made["student"]["label"] == NASTY_SHORT
    halves = '{"a": "\x7f\x9b\u202e\U000e0041\ud800\ufffe\u2028\x85"}'
    assert json.loads(escaped(halves)) == json.loads(halves)
    assert escaped(halves).isascii()


def test_what_scripts_need_stays_and_what_hides_goes() -> None:
    for text in (
        "👩‍👩‍👧",
        "❤️‍🔥",
        "1️⃣",
        "می‌خواهم",
        "क्‍ष",
        "葛󠄀",
        "niño",
        "e\u0301\u0302\u0303\u0308",
        "مرحبا שלום",
        "x\xa0y",
    ):
        assert readable(text) == text
    assert readable("a\u200db\ufe0fc \ufe0f") == "abc "
    assert readable("a\nb\tc\u2028d") == "a b c d"
    assert readable("x\x1b[31m", "?") == "x?[31m"
    assert readable("e" + "\u0301" * 50) == "e" + "\u0301" * 4
    assert readable("👩\u200d\u200d\u200d👧") == "👩\u200d👧"
    for text in (NASTY, *STARTS):
        assert readable(readable(text)) == readable(text)
        assert in_cell(in_cell(text)) == in_cell(text)


# --- a terminal ---------------------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are a matter of POSIX")
def test_what_a_person_types_is_shown_as_text(tmp_path: Path) -> None:
    from screen import Terminal, flat  # noqa: PLC0415

    # Without the keys that end or change a line before the program has it.
    typed = re.sub(
        "[\x00-\x1a\x1c-\x1f\x7f\x85\u2028\u2029]", "", f"{BEGIN} {SHORT} {NASTY_SHORT[-60:]} {''.join(ACTING)} {END}"
    )
    signs = "\x1b\u202e\x9b\u200b\U000e0041"
    layer = {"ask": {name: f"{signs}{words()(f'ask.{name}')}" for name in ("prompt", "goal_prompt", "note_prompt")}}
    (tmp_path / "layer").mkdir()
    (tmp_path / "layer" / "words.yaml").write_text(written(layer))
    terminal = Terminal(tmp_path, "ask", "plan.yaml", "--data", "layer", columns=100)
    terminal.type(label := f"{BEGIN} {SHORT} \x1b[31m\u202e {END}")
    since = len(terminal.raw)
    terminal.type("2", "speech sou")
    start = len(terminal.raw)
    assert acting(terminal.raw[since:start].decode().replace("\r", "")) == []
    terminal.type(typed, "5")
    since = len(terminal.raw)
    terminal.type("", "1", "r")
    sent = terminal.raw[since:].decode().replace("\r", "")
    assert acting(sent) == []
    assert squeezed(kept(typed)) in squeezed(re.sub(r"\x1b\[[\d;]*m", "", sent))
    terminal.close()
    student = yaml.safe_load((tmp_path / "plan.yaml").read_text(encoding="utf-8"))["student"]
    assert student["label"] == kept(label)
    assert flat(SHORT) in student["label"]


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are a matter of POSIX")
def test_what_the_knowledge_asks_is_shown_as_text(kitchens: tuple[Kitchen, Kitchen], tmp_path: Path) -> None:
    from screen import Terminal  # noqa: PLC0415

    shutil.copytree(kitchens[0].folder / "layer", tmp_path / "layer")
    path = tmp_path / "layer" / "words.yaml"
    said = yaml.safe_load(path.read_text())
    said["ask"] = {name: text for name, text in said["ask"].items() if "prompt" not in name and "more" not in name}
    path.write_text(written(said))
    terminal = Terminal(tmp_path, "ask", "plan.yaml", "--data", "layer", columns=100)
    terminal.type("T.T.", "2", "speech sou", "Say R", "5", "")
    asked = terminal.raw.count(BEGIN.encode())
    for _ in range(6):
        terminal.type("?", "w", "1")
    terminal.type("r", "q")
    assert terminal.raw.count(BEGIN.encode()) - asked > 6 * 4  # a question, its options, why it is asked
    sent = terminal.raw.decode().replace("\r", "")
    assert acting(sent) == []
    texts = squeezed(re.sub(r"\x1b\[[\d;]*m", "", sent))
    assert texts.count(END) == texts.count(squeezed(BEGIN + SHORT))


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are a matter of POSIX")
def test_the_bar_of_a_caseload_shows_its_words_as_text(tmp_path: Path) -> None:
    from screen import Terminal  # noqa: PLC0415

    layer = {"caseload": {"progress": "[red]Rows[/red] \x1b]0;title\x07 \u202e[/nope]"}}
    (tmp_path / "layer").mkdir()
    (tmp_path / "layer" / "words.yaml").write_text(written(layer))
    (tmp_path / "s.csv").write_text("student,service\na,articulation\n")
    terminal = Terminal(tmp_path, "caseload", "s.csv", "-o", "r.csv", "--data", "layer", columns=120)
    terminal.close()
    assert terminal.status == 0
    assert "[red]Rows[/red] ]0;title [/nope]" in terminal.raw.decode()
    assert b"\x1b]0" not in terminal.raw
