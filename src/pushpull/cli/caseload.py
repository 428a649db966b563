"""The command that works out many students' services at once."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Annotated

import typer

from pushpull.cli import output, paper
from pushpull.cli.options import Data, Format, Lang, NoInput, Plain, service_like, setting
from pushpull.cli.rows import Wanted, work_out
from pushpull.kb.words import Words
from pushpull.problems import UsageError

_STANDARD = "-"
_MOST_DIGITS = 3
"""Of the number of processes."""
ENDINGS = {".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".xlsx": "xlsx"}


def caseload(
    sheet: Annotated[Path | None, typer.Argument(metavar="SHEET", show_default=False, readable=False)] = None,
    result: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", show_default=False, readable=False)] = Path(
        _STANDARD
    ),
    summary_to: Annotated[
        Path | None, typer.Option("--summary", metavar="FILE", show_default=False, readable=False)
    ] = None,
    week: Annotated[str, typer.Option("--week", metavar="MINUTES", show_default=False)] = "",
    strict: Annotated[bool, typer.Option("--strict")] = False,
    resume: Annotated[bool, typer.Option("--resume")] = False,
    jobs: Annotated[str, typer.Option("--jobs", metavar="NUMBER", show_default=False)] = "",
    empty: Annotated[bool, typer.Option("--template")] = False,
    only_service: Annotated[list[str] | None, typer.Option("--service", metavar="NAME", show_default=False)] = None,
    format: Format = None,
    plain: Plain = False,
    data: Data = None,
    lang: Lang = "en",
    no_input: NoInput = False,
) -> None:
    overlays, words = setting(data, lang)
    form = _form(result, format)
    if empty:
        if sheet is not None or (str(result) != _STANDARD and result.exists()):
            raise UsageError("template_there", file=str(sheet or result))
        wanted = [service_like(name, overlays, lang) for name in only_service or ()]
        _write_template(result, form, wanted, overlays, lang, words)
        return
    if only_service:
        raise UsageError("only_template")
    if sheet is None:
        raise UsageError("no_sheet")
    if jobs and not (jobs.isdecimal() and len(jobs) <= _MOST_DIGITS and int(jobs) > 0):
        raise UsageError("not_jobs", word=jobs)
    if resume and _STANDARD in {str(sheet), str(result)}:
        raise UsageError("resume_file")
    of_plans = {"plan": sheet.glob("*.yaml")} if sheet.is_dir() else {}
    paper.spare(filter(None, (result, summary_to)), {"sheet": [sheet], **of_plans}, overlays)
    if summary_to and summary_to.resolve() == result.resolve():
        raise UsageError("summary_is_output", file=str(summary_to))
    work_out(
        Wanted(
            sheet=sheet,
            result=result,
            form=form,
            given=format,
            summary=summary_to,
            week=week,
            strict=strict,
            resume=resume,
            jobs=int(jobs) if jobs else None,
            plain=plain,
            overlays=overlays,
            lang=lang,
        ),
        words,
    )


def _form(result: Path, given: str | None) -> str:
    """Return the format of a result: the one asked for, else by the ending of its name."""
    if given is not None:
        if given not in output.FORMATS["caseload"]:
            raise UsageError("not_a_format", word=given, formats=", ".join(output.FORMATS["caseload"]))
        return given
    if str(result) == _STANDARD:
        return "csv"
    if result.suffix.lower() not in ENDINGS:
        raise UsageError("caseload_ending", file=str(result), endings=", ".join(ENDINGS))
    return ENDINGS[result.suffix.lower()]


def _write_template(
    result: Path, form: str, services: list[str], overlays: tuple[Path, ...], lang: str, words: Words
) -> None:
    from pushpull import plan
    from pushpull.caseload import template
    from pushpull.load.knowledge import load_knowledge

    if form == "jsonl":
        raise UsageError("template_sheet")
    kb = load_knowledge(overlays, lang)
    shown = template.form(kb, services or list(kb.services), words)
    if form == "xlsx":
        made = BytesIO()
        template.write_workbook(made, shown, words)
        content = made.getvalue()
    else:
        content = template.as_csv(shown)
    if str(result) == _STANDARD:
        output.put(content)
        return
    plan.write(result, content)
    done = output.quoted(result.with_name(f"result{result.suffix}"))
    command = f"{output.program()} caseload {output.quoted(result)} -o {done}"
    output.tell(words("caseload.template_written", file=str(result), command=command))
