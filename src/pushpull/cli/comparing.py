"""The command that shows the two modes side by side."""

from __future__ import annotations

from typing import Annotated

import typer

from pushpull.cli import output
from pushpull.cli.options import Data, Format, Lang, NoInput, OneService, Plain, service_like, setting
from pushpull.load.chart import load_comparison
from pushpull.problems import UsageError
from pushpull.reports.comparison import BLEND, CONS, OTHERS, PROS, Asked, comparison


def compare(
    topic: Annotated[list[str] | None, typer.Option("--topic", metavar="TOPIC", show_default=False)] = None,
    service: OneService = None,
    concerns: Annotated[bool, typer.Option("--concerns")] = False,
    sources: Annotated[bool, typer.Option("--sources/--no-sources")] = False,
    format: Format = None,
    plain: Plain = False,
    data: Data = None,
    lang: Lang = "en",
    no_input: NoInput = False,
) -> None:
    overlays, words = setting(data, lang)
    form = output.chosen_format("compare", format, plain=plain)
    wanted = [service_like(service, overlays, lang)] if service else []
    known = load_comparison(overlays, lang, wanted)
    chart = known.comparison
    _only_known(topic or (), (*chart.topics, PROS, CONS, BLEND, OTHERS))
    match form:
        case "json":
            from pushpull.records.chart import comparison_record
            from pushpull.records.text import to_json

            record = comparison_record(chart, known.concerns, known.sources, known.services, content=known.version)
            output.put(to_json(record), form)
        case "csv":
            from pushpull.records.chart import comparison_rows
            from pushpull.records.text import to_csv

            output.put(to_csv(comparison_rows(chart, known.sources)), form)
        case _:
            asked = Asked(topics=topic or (), by_concern=concerns, sources=sources)
            page = comparison(chart, known.concerns, known.sources, known.services, words, asked)
            output.put(output.drawn(page, form), form)


def _only_known(topics: tuple[str, ...] | list[str], known: tuple[str, ...]) -> None:
    for topic in topics:
        if topic not in known:
            raise UsageError("not_a_topic", word=topic, topics=", ".join(known))
