"""The command that shows what the answers of a plan come to."""

from __future__ import annotations

from pushpull import __version__
from pushpull.cli import output, weekly
from pushpull.cli.options import Data, Format, Lang, NoInput, OneService, Plain, PlanPath
from pushpull.cli.plans import opened, suggestions_for


def suggest(
    plan: PlanPath,
    service: OneService = None,
    format: Format = None,
    plain: Plain = False,
    data: Data = None,
    lang: Lang = "en",
    no_input: NoInput = False,
) -> None:
    form = output.chosen_format("suggest", format, plain=plain)
    kb, words, file = opened(plan, data, lang)
    found = suggestions_for(kb, file, service)
    week = weekly.week_beside(file, kb, words)
    match form:
        case "json":
            from pushpull.records.suggestion import suggestion_record
            from pushpull.records.text import to_json

            record = suggestion_record(kb, file.plan, found, words, program=__version__, week=week)
            output.put(to_json(record))
        case "csv":
            from pushpull.records.suggestion import suggestion_rows
            from pushpull.records.text import to_csv

            output.put(to_csv(suggestion_rows(kb, file.plan, found, words)))
        case _:
            from pushpull.reports.suggestion import suggestions

            output.put(output.drawn(suggestions(kb, file.plan, found, words), form))
