"""A run over a caseload at the edges: what it reads, how far it is, what it says, and where its result goes."""

from __future__ import annotations

import json
import shutil
import sys
import zlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import BinaryIO, cast

import typer

from pushpull import __version__
from pushpull.caseload import run
from pushpull.caseload.columns import GIVEN, Columns, understood
from pushpull.caseload.plans import open_folder
from pushpull.caseload.summary import Summary
from pushpull.caseload.unfinished import Unfinished, Unnamed
from pushpull.caseload.work import Setting, told_apart
from pushpull.cli import output, paper, plans, stopping
from pushpull.cli.progress import Progress
from pushpull.kb.full import FullKnowledge
from pushpull.kb.words import Words
from pushpull.load.knowledge import load_full
from pushpull.plan.numbers import as_number
from pushpull.problems import BadFile, PushpullError, UsageError, discreet
from pushpull.reports.caseload import caseload_page
from pushpull.sheet.excel import can_write, write_xlsx
from pushpull.sheet.opening import open_sheet
from pushpull.sheet.table import Batch, Sheet
from pushpull.sheet.writing import CsvWriter, JsonLinesWriter

_STANDARD = "-"
_SHOWN = 20
"""Problems that are shown one by one; the result has all of them."""
_HOPELESS = 10_000
"""Rows from the first on of which none can be worked out: then it is another kind of sheet."""
_LARGE = 4_000_000  # bytes of a sheet from which on a second process is worth its start


@dataclass(frozen=True)
class Wanted:
    """What a run was asked for."""

    sheet: Path
    result: Path
    form: str
    given: str | None
    """The format that was asked for by name."""
    summary: Path | None
    week: str
    strict: bool
    resume: bool
    jobs: int | None
    plain: bool
    overlays: tuple[Path, ...]
    lang: str


class _Lines:
    """Rows as lines of JSON lists: on the way to a workbook, which cannot grow batch by batch."""

    def rows(self, rows: list[list[str]]) -> bytes:
        return "".join(json.dumps(row) + "\n" for row in rows).encode()


def work_out(wanted: Wanted, words: Words) -> None:
    """Work out a caseload and say what it came to; leave with 1 if a row has a problem."""
    if wanted.week and as_number(wanted.week) is None:
        raise UsageError("not_an_amount", word=wanted.week, example="1950")
    summary_form = _summary_form(wanted.summary) if wanted.summary else ""
    if wanted.form == "xlsx":
        can_write()
    kb = load_full(wanted.overlays, wanted.lang)
    with ExitStack() as held:
        held.enter_context(stopping.orderly())
        of_plans = wanted.sheet.is_dir()
        sheet = open_folder(wanted.sheet, kb) if of_plans else open_sheet(wanted.sheet, sys.stdin.buffer)
        held.enter_context(sheet)
        columns = _columns(kb, sheet, wanted, words)
        plans.tell_problems((*sheet.remarks, *columns.remarks), words)
        setting = Setting(kb, columns, str(wanted.sheet), words, of_plans=of_plans, week=wanted.week)
        summary, students = _run(wanted, setting, sheet, held, words)
    page = caseload_page(kb, summary, words, sheet=str(wanted.sheet), students=students)
    if str(wanted.result) != _STANDARD:
        output.put("\n" + output.drawn(page, output.chosen_format("suggest", None, plain=wanted.plain)))
        output.tell(words("caseload.written", file=str(wanted.result)))
    if wanted.summary:
        made = caseload_page(
            kb, summary, words, sheet=wanted.sheet.name, students=students, kind="paper", made=paper.day(None)
        )
        paper.deliver(wanted.summary, output.as_file(made, summary_form))
        output.tell(words("caseload.summary_written", file=str(wanted.summary)))
    if summary.bad:
        raise typer.Exit(1)


def _columns(kb: FullKnowledge, sheet: Sheet, wanted: Wanted, words: Words) -> Columns:
    questions = {name for service in kb.services.values() for name in service.questions} | set(kb.student_questions)
    also = {
        name: words(f"caseload.also_{name}").splitlines() for name in GIVEN if words.has(f"caseload.also_{name}")
    }  # fmt: skip
    return understood(sheet.columns, str(wanted.sheet), questions, also)


def _run(wanted: Wanted, setting: Setting, sheet: Sheet, held: ExitStack, words: Words) -> tuple[Summary, int]:
    """Return what all rows come to, and how many students there are."""
    columns = setting.columns.result
    writer = {"csv": CsvWriter(columns), "jsonl": JsonLinesWriter(columns)}.get(wanted.form, _Lines())
    job = run.Job(setting, sheet.reading, cast("run.Writer", writer))
    together = None if setting.of_plans else setting.columns.given.get("student")
    batches = sheet.batches(run.BATCH if not setting.of_plans else 100, together)
    to_file = str(wanted.result) != _STANDARD
    unfinished = (Unfinished if to_file else Unnamed)(wanted.result, _work_of(wanted, setting))
    memory = BytesIO()
    held.callback(unfinished.close)
    unfinished.begin(writer.header() if isinstance(writer, CsvWriter) else b"", resume=wanted.resume)

    def as_workbook(rows: BinaryIO) -> None:
        write_xlsx(wanted.result if to_file else memory, columns, map(json.loads, rows), name=words("caseload.sheet"))

    try:
        _fill(unfinished, job, batches, wanted, words)
        unfinished.finish(as_workbook if wanted.form == "xlsx" else None)
    except KeyboardInterrupt:
        unfinished.note()
        output.tell("", words("caseload.interrupted", file=str(wanted.result), command=_again(wanted)))
        raise
    except BaseException:
        unfinished.drop()
        raise
    if isinstance(unfinished, Unnamed):
        memory.seek(0)
        _copy_out(memory if wanted.form == "xlsx" else unfinished.rows())
    if (stray := unfinished.summary.stray) > 0:
        output.tell(words.count("caseload.stray", stray))
    students, places = told_apart(unfinished.students)
    if places and not setting.of_plans:
        output.tell(words.count("caseload.scattered", places))
    return unfinished.summary, students


def _fill(unfinished: Unfinished, job: run.Job, batches: Iterator[Batch], wanted: Wanted, words: Words) -> None:
    """Work out the batches that are not written yet."""
    if unfinished.batches:
        output.tell(words.count("caseload.resumed", unfinished.summary.worked_out + unfinished.summary.bad.total()))
        for _ in islice(batches, unfinished.batches):
            pass
    shown = 0
    with (
        Progress(words("caseload.progress"), wanted.sheet) as progress,
        closing(run.pieces(job, batches, wanted.jobs or _jobs(wanted.sheet))) as pieces,
    ):
        progress.at(unfinished.summary.worked_out)
        for piece in pieces:
            if wanted.strict and piece.problems:
                raise BadFile(map(discreet, piece.problems[:1]))
            unfinished.add(piece.content, piece.summary, piece.students)
            for problem in piece.problems[: _SHOWN - shown]:
                progress.make_room()
                plans.tell_problems([problem], words)
            shown = min(_SHOWN, shown + len(piece.problems))
            if not unfinished.summary.worked_out and (count := unfinished.summary.bad.total()) >= _HOPELESS:
                raise PushpullError("no_row_right", file=str(wanted.sheet), count=f"{count:,}")
            progress.at(unfinished.summary.worked_out + unfinished.summary.bad.total())
    more = unfinished.summary.bad.total() - shown
    if more > 0:
        output.tell(words.count("caseload.more_problems", more))


def _jobs(sheet: Path) -> int:
    """Return how many processes are worth their start."""
    files: Iterable[Path] = sheet.glob("*.yaml") if sheet.is_dir() else (sheet,)
    size = sum(file.stat().st_size for file in files if file.is_file())
    return run.processors() if size > _LARGE else 1


def _work_of(wanted: Wanted, setting: Setting) -> str:
    """Return what tells this work from any other: the sheet, the knowledge, the options, the program."""
    paths = sorted(wanted.sheet.glob("*.yaml")) if setting.of_plans else [wanted.sheet]
    files = [(str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in paths if path.is_file()]
    knowledge = zlib.crc32(setting.kb.model_dump_json().encode())
    return repr((__version__, files, knowledge, wanted.form, wanted.week, wanted.lang))


def _again(wanted: Wanted) -> str:
    """Return the command that goes on, with everything that was asked for."""
    said = [output.program(), "caseload", output.quoted(wanted.sheet), "-o", output.quoted(wanted.result), "--resume"]
    for option, value in (("--week", wanted.week), ("--jobs", wanted.jobs), ("--format", wanted.given)):
        said += [option, str(value)] if value else []
    said += ["--summary", output.quoted(wanted.summary)] if wanted.summary else []
    said += ["--strict"] if wanted.strict else []
    said += [f"--data {output.quoted(folder)}" for folder in wanted.overlays]
    said += ["--lang", wanted.lang] if wanted.lang != "en" else []
    return " ".join(said)


def _summary_form(path: Path) -> str:
    """Return the format of a summary, which is a page: rows stand in the result."""
    pages = {ending: form for ending, form in output.ENDINGS.items() if form not in {"json", "csv"}}
    if path.suffix.lower() not in pages:
        raise UsageError("no_ending", file=str(path), endings=", ".join(pages))
    return pages[path.suffix.lower()]


def _copy_out(made: BinaryIO) -> None:
    output.reach(sys.stdout)
    shutil.copyfileobj(made, sys.stdout.buffer)
    sys.stdout.flush()
