"""The command that shows what the answers of a plan come to."""

from __future__ import annotations

from pathlib import Path

from pushpull import __version__
from pushpull.cli import output
from pushpull.cli.options import Data, Format, Lang, NoInput, OneService, Plain, PlanPath
from pushpull.cli.plans import opened, suggestions_for
from pushpull.load.knowledge import load_knowledge


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
    if form == "json":
        _put_record(plan, service, data, lang)
        return
    kb, words, file = opened(plan, data, lang, load_knowledge)
    found = suggestions_for(kb, file, service)
    if form == "csv":
        from pushpull.records.suggestion import suggestion_rows
        from pushpull.records.text import to_csv

        output.put(to_csv(suggestion_rows(kb, file.plan, found, words)), form)
    else:
        from pushpull.reports.suggestion import suggestions

        output.put(output.drawn(suggestions(kb, file.plan, found, words), form), form)


def _put_record(plan: Path, service: str | None, data: list[Path] | None, lang: str) -> None:
    """Put out everything that is known of the plan; only here does the school week stand beside the suggestion."""
    from pushpull.cli.weekly import week_beside
    from pushpull.load.knowledge import load_full
    from pushpull.records.suggestion import suggestion_record
    from pushpull.records.text import to_json

    kb, words, file = opened(plan, data, lang, load_full)
    found = suggestions_for(kb, file, service)
    week = week_beside(file, kb, words)
    output.put(to_json(suggestion_record(kb, file.plan, found, words, program=__version__, week=week)), "json")
