"""The command that writes the papers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pushpull import __version__
from pushpull.cli import output, paper, weekly
from pushpull.cli.options import Data, Format, Lang, NoInput, OneService, Plain, PlanPath, setting
from pushpull.cli.plans import chosen_services, opened, suggestions_of
from pushpull.load.chart import load_comparison
from pushpull.load.glossary import load_glossary
from pushpull.load.knowledge import load_full
from pushpull.plan.redacted import redacted
from pushpull.problems import UsageError
from pushpull.records.suggestion import suggestion_record, suggestion_rows
from pushpull.records.text import to_csv, to_json
from pushpull.reports.papers import PAPERS, Material, Stamp


def export(
    plan: PlanPath,
    output_to: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", show_default=False, readable=False)],
    service: OneService = None,
    format: Format = None,
    reader: Annotated[str, typer.Option("--for", metavar="READER", show_default=False)] = "team",
    date: Annotated[str | None, typer.Option("--date", metavar="DAY", show_default=False)] = None,
    redact: Annotated[bool, typer.Option("--redact")] = False,
    template: Annotated[
        Path | None, typer.Option("--template", metavar="FILE", show_default=False, readable=False)
    ] = None,
    plain: Plain = False,
    data: Data = None,
    lang: Lang = "en",
    no_input: NoInput = False,
) -> None:
    form = paper.paper_format(output_to, format, template=template)
    if reader not in PAPERS:
        raise UsageError("not_a_reader", word=reader, readers=", ".join(PAPERS))
    with paper.on_its_way(output_to):
        overlays, _ = setting(data, lang)
        read = {"plan": [plan], "template": filter(None, [template])}
        paper.spare([output_to], read, overlays)
        kb, words, file = opened(plan, data, lang, load_full)
        wanted = chosen_services(file, service)
        if redact:
            file, ids = redacted(file, kb, words("paper.left_out"))
            wanted = [ids[name] for name in wanted]
        found = suggestions_of(kb, file, wanted)
        week = weekly.week_beside(file, kb, words)
        stamp = Stamp(date=paper.day(date), program=__version__, content=kb.rules.version, redacted=redact)
        match form:
            case "json":
                record = suggestion_record(kb, file.plan, found, words, program=__version__, week=week)
                content = to_json(record).encode()
            case "csv":
                content = to_csv(suggestion_rows(kb, file.plan, found, words)).encode()
            case _:
                chart, terms = load_comparison(overlays, lang).comparison, load_glossary(overlays, lang)
                material = Material(kb, chart, terms, file.plan, found, week, words, stamp)
                content = output.as_file(PAPERS[reader](material), form, template=template)
        if paper.deliver(output_to, content):
            output.tell(words("export.written", file=str(output_to)))
