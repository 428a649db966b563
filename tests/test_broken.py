"""Every mistake in a file is reported with its place, a plain sentence and a hint; all of them at once.

`tests/broken` holds one folder of knowledge, or one plan, for every mistake. The remarks at the head of each file say
what has to be reported in it: nothing may be missing, and nothing more may be said.
"""

from __future__ import annotations

import ast
import contextlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from typer.testing import CliRunner

from helpers import shipped
from pushpull.cli.commands import app
from pushpull.cli.worded import sentences
from pushpull.kb.full import FullKnowledge
from pushpull.load.everything import load_all
from pushpull.load.words import load_words
from pushpull.plan import PlanFile, check_against, open_plan, unknown_answers, write
from pushpull.plan.amounts import NOT_TOLD, week_of
from pushpull.problems import BadFile, Problem, PushpullError

HERE = Path(__file__).resolve().parent
BROKEN = HERE / "broken"
SRC = HERE.parent / "src" / "pushpull"
CASES = sorted(folder.name for folder in BROKEN.iterdir() if folder.is_dir() and folder.name != "plans")
PLANS = sorted(f"plans/{path.name}" for path in (BROKEN / "plans").glob("*.yaml"))
SENTENCES = {name: text for name, text in load_words().texts.items() if name.startswith("problems.")}

ELSEWHERE = {
    "hint": "it is never said alone: the expectations here hold it after the bar",
    "no_plans": "a folder without a plan in it: tests/test_diff.py",
    "no_place_for_a_file": "a pipe or a device in the place of a paper: tests/test_saving.py",
    "no_place": "a plan in a folder that is not there: tests/test_commands.py",
    "bad_file": "the name of the error as a whole; its problems are shown in its place",
    **dict.fromkeys(
        ("template_not_word", "template_macros", "template_parts"), "a Word file, not a text file: tests/test_word.py"
    ),
    **dict.fromkeys(("no_font", "not_accessible"), "a letter without a font, or a fault of ours: tests/test_pdf.py"),
    **dict.fromkeys(
        (
            *("no_file", "not_a_sheet", "no_header", "not_a_workbook", "windows_text"),
            *("too_many_columns", "cell_unreadable", "old_workbook", "workbook_too_large"),
            *("column_without_name", "column_twice", "column_too_late", "column_twice_in_line"),
            *("row_too_wide", "row_too_long", "row_not_json", "value_not_text", "too_many_rows", "text_too_long"),
        ),
        "a table, not a plan or knowledge: tests/test_sheet.py",
    ),
    **dict.fromkeys(
        (
            *("kept_column", "no_service_column", "no_service_told", "unknown_answer", "no_sheet", "only_template"),
            *("caseload_ending", "template_sheet", "resume_file", "resume_changed", "caseload_running", "not_jobs"),
            *("sheet_is_output", "summary_is_output", "no_row_right", "process_ended", "one_answer", "answer_alone"),
            "template_there",
        ),
        "a caseload: tests/test_caseload.py",
    ),
    **dict.fromkeys(
        (*("plan_in_use", "plan_appeared", "plan_changed", "plan_kept_apart", "plan_full", "no_plan_but_before"),),
        "what happens to a plan while it is open: tests/test_saving.py",
    ),
    **dict.fromkeys(
        ("too_many_parts", "too_many_services", "too_many_files"), "made to be too much: tests/test_hostile.py"
    ),
    **dict.fromkeys(("cannot_use", "cannot_go_on"), "what the system refuses anywhere: tests/test_refused.py"),
    "no_data": "only an installation that lost its files says it",
} | dict.fromkeys(
    (
        *("no_services", "no_such_service", "no_service_like", "several_services", "not_a_topic", "no_language_yet"),
        *("no_entry", "no_entry_like"),
        *(
            "not_a_format",
            "not_a_reader",
            "no_ending",
            "needs_extra",
            "template_for_word",
            "not_a_day",
            *("plan_is_output", "template_is_output", "knowledge_is_output"),
        ),
        *("no_input_missing", "no_input_complete", "no_input_new"),
    ),
    "what was typed is wrong, not what stands in a file: tests/test_commands.py",
)
"""Sentences that no broken file can bring out, each with the reason."""

FOLDERS_AND_FILES = {"no_folder", "not_a_file", "too_large", "cannot_read", "cannot_write", "no_plan"}
"""Trouble with a file as such: shown below, without a file in `tests/broken`."""

PROGRAMMERS_WORDS = (
    r"mapping|none|null|nil|schema|strings?|dict(ionary)?|tuples?|trace ?back|exceptions?|pars(e|ed|er|ing)|tokens?|"
    r"scalars?|int(eger)?s?|floats?|bool(ean)?s?|validat\w*|keys?|arrays?|objects?|nodes?|syntax|regex|stdin|stdout|"
    r"stderr|invalid|attributes?|variables?|parameters?|undefined|utf8|enum|literal|yaml error|pydantic|python"
)

Line = tuple[str, str, str]
"""A file, a place in it (`-` for the file as a whole), and what is said there."""


@cache
def found(case: str) -> tuple[Problem, ...]:
    """Return every problem of one broken folder, or of one broken plan."""
    try:
        with contextlib.chdir(BROKEN):
            if case not in PLANS:
                load_all((Path(case),))
                return ()
            file = open_plan(Path(case))
            kb = shipped()[0]
            check_against(file, kb.services)
            return (*file.remarks, *unknown_answers(file, kb), *of_week(file, kb))
    except BadFile as error:
        return error.problems


def of_week(file: PlanFile, kb: FullKnowledge) -> Iterator[Problem]:
    """Yield what cannot be counted in a plan; one that says nothing of its week does not hear that it could."""
    try:
        week_of(file, kb)
    except BadFile as error:
        told = file.node.get("week") is not None
        yield from (problem for problem in error.problems if told or problem.say not in NOT_TOLD)


def said(case: str) -> set[Line]:
    """Return what is said about one broken folder or plan, in the words that people read."""
    words, lines = load_words(), set()
    for problem in found(case):
        sentence, *hint = sentences(BadFile([problem]), words)
        place = problem.place
        text = " | ".join([sentence.removeprefix(f"{place}: "), *(line.strip() for line in hint)])
        lines.add((place.file, f"{place.line}:{place.column}" if place.line else "-", text))
    return lines


def expected(case: str) -> set[Line]:
    """Return what the remarks at the head of the files say."""
    path = BROKEN / case
    lines = set()
    for file in [path] if path.is_file() else (file for file in path.rglob("*") if file.is_file()):
        for line in file.read_text(encoding="utf-8", errors="replace").splitlines():
            if match := re.fullmatch(r"# expect: (-|\d+:\d+): (.+)", line):
                lines.add((file.relative_to(BROKEN).as_posix(), match[1], match[2]))
    return lines


@pytest.mark.parametrize("case", [*CASES, *PLANS])
def test_a_broken_file_is_reported_with_its_place_a_sentence_and_a_hint(case: str) -> None:
    lines = expected(case)
    assert lines, "a broken file has to say what is expected"
    assert said(case) == lines


def test_ten_mistakes_in_four_files_are_shown_in_one_run() -> None:
    with contextlib.chdir(BROKEN):
        result = CliRunner().invoke(app, ["kb", "check", "ten_at_once"])
    shown = result.stderr.splitlines()
    assert result.exit_code == 1
    assert result.stdout == ""
    assert shown[-1] == "10 things to mend."
    wanted = []
    for file, place, text in expected("ten_at_once"):
        sentence, _, hint = text.partition(" | ")
        wanted += [f"{file}:{place}: {sentence}", *([f"    {hint}"] if hint else [])]
    assert sorted(shown[:-1]) == sorted(wanted)
    assert len({file for file, _, _ in expected("ten_at_once")}) == 4
    assert len(expected("ten_at_once")) == 10


def test_trouble_with_a_file_as_such_has_its_own_sentence(tmp_path: Path) -> None:
    with pytest.raises(PushpullError) as missing:
        load_all((tmp_path / "district",))
    (tmp_path / "layer" / "rules.yaml").mkdir(parents=True)
    (tmp_path / "large").mkdir()
    (tmp_path / "large" / "rules.yaml").write_text("# " + "x" * 2_000_000)
    (tmp_path / "plan.yaml").write_text("# " + "x" * 1_000_000)
    said = {missing.value.say}
    (tmp_path / "layer" / "questions").mkdir()
    (tmp_path / "layer" / "questions" / "garden.yaml").mkdir()
    for layer in ("layer", "large"):
        with pytest.raises(PushpullError) as bad:
            load_all((tmp_path / layer,))
        said.add(bad.value.say)
    for plan, say in (
        ("layer", "not_a_file"),
        ("plan.yaml", "too_large"),
        ("new.yaml", "no_plan"),
        ("plan.yaml/inner.yaml", "cannot_read"),
    ):
        with pytest.raises(PushpullError) as bad:
            open_plan(tmp_path / plan)
        assert bad.value.say == say
        said.add(say)
    with pytest.raises(PushpullError) as unwritten:
        write(tmp_path / "nowhere" / "plan.yaml", b"")
    assert said | {unwritten.value.say} == FOLDERS_AND_FILES


def shown_by_files() -> set[str]:
    return {problem.say for case in (*CASES, *PLANS) for problem in found(case)}


def test_every_sentence_is_brought_out_by_a_broken_file_or_has_a_reason_not_to_be() -> None:
    sentences_there = {name.removeprefix("problems.") for name in SENTENCES}
    shown = shown_by_files()
    assert sentences_there - shown - FOLDERS_AND_FILES - set(ELSEWHERE) == set()
    assert shown & (FOLDERS_AND_FILES | set(ELSEWHERE)) == set(), "covered here after all: take it off the list"


def used_in_src() -> Iterator[str]:
    """Yield the id of every sentence that the program can ask for."""
    for path in SRC.rglob("*.py"):
        yield from used_in(ast.parse(path.read_text(encoding="utf-8")))


def used_in(module: ast.Module) -> Iterator[str]:
    nodes = list(ast.walk(module))
    given: dict[str, list[ast.expr]] = {}
    for node in nodes:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) | ast.NamedExpr(ast.Name(id=name), value):
                given.setdefault(name, []).append(value)

    def ids(value: ast.expr) -> Iterator[str]:
        match value:
            case ast.Constant(value=str() as text):
                yield text
            case ast.IfExp(body=first, orelse=second):
                yield from ids(first)
                yield from ids(second)
            case ast.Name(id=name):
                for expression in given.get(name, ()):
                    yield from ids(expression)
            case ast.Subscript(value=ast.Name(id=name)):
                for table in given[name]:
                    if isinstance(table, ast.Dict):
                        for entry in table.values:
                            yield from ids(entry)

    for node in nodes:
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="Problem"), attr="at"), args=[_, say, *_]):
                yield from ids(say)
            case ast.Call(func=ast.Name(id="BadCell"), args=[_, say, *_]):
                yield from ids(say)
            case ast.Call(func=ast.Name(id="PushpullError" | "UsageError" | "ChangedElsewhereError"), args=[say, *_]):
                yield from ids(say)
            case ast.Call(func=ast.Name(id="_refers_to"), args=[ast.Constant(value=str() as kind)]):
                yield f"unknown_{kind}"
            case ast.Call(
                func=ast.Attribute(value=ast.Call(func=ast.Name(id="super"))), args=[ast.Constant() as say, *_]
            ):
                yield from ids(say)
            case ast.Constant(value=str() as text) if match := re.fullmatch(r"problems\.(\w+)", text):
                yield match[1]
    for table in given.get("_SENTENCES", ()):
        yield from (sentence for _, sentence in ast.literal_eval(table))


def test_every_sentence_that_the_program_asks_for_is_there_and_none_is_there_in_vain() -> None:
    assert set(used_in_src()) == {name.removeprefix("problems.") for name in SENTENCES}


def test_every_blank_of_a_sentence_is_filled_in() -> None:
    for case in (*CASES, *PLANS):
        for problem in found(case):
            blanks = set(re.findall(r"\{(\w+)\}", SENTENCES[f"problems.{problem.say}"])) - {"student"}
            assert {name for name, _ in problem.values} == blanks, problem


@pytest.mark.parametrize("name", sorted(SENTENCES))
def test_a_sentence_is_plain_and_whole(name: str) -> None:
    text = SENTENCES[name]
    assert not re.search(rf"\b({PROGRAMMERS_WORDS})\b", text, re.IGNORECASE)
    end = r"([.?]|pushpull ask \{file\}|pushpull suggest \{file\}|Install it with: \{line\})$"
    assert re.search(end, text), "a sentence has an end"
    assert re.match(r"[A-Z\"{]|solve ", text), "and a start"


def test_what_is_said_about_a_broken_file_holds_no_programmers_word() -> None:
    for case in (*CASES, *PLANS):
        for _, _, text in expected(case):
            outside_quotes = re.sub(r"\"[^\"]*\"|, none\.", "", text)
            assert not re.search(rf"\b({PROGRAMMERS_WORDS})\b", outside_quotes, re.IGNORECASE), text
