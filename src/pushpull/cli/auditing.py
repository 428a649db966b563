"""The command that judges the knowledge as a whole."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pushpull import __version__
from pushpull.audit import Material
from pushpull.audit import audit as judge
from pushpull.cli import output, paper
from pushpull.cli.options import Data, Format, Lang, NoInput, Plain, setting
from pushpull.kb.about import overdue
from pushpull.load.everything import load_all, load_yardstick
from pushpull.records.audit import audit_record
from pushpull.records.text import to_json
from pushpull.reports.audit import scorecard


def audit(
    folder: Annotated[Path | None, typer.Argument(metavar="[DIR]", show_default=False, readable=False)] = None,
    format: Format = None,
    day: Annotated[str | None, typer.Option("--date", metavar="DAY", show_default=False)] = None,
    plain: Plain = False,
    data: Data = None,
    lang: Lang = "en",
    no_input: NoInput = False,
) -> None:
    form = output.chosen_format("kb_audit", format, plain=plain)
    given, words = setting(data, lang)
    overlays = (*given, *((folder,) if folder else ()))
    kb, known, _ = load_all(overlays, lang)
    yardstick = load_yardstick(overlays, lang)
    date = paper.day(day)
    card = judge(Material(kb, known.comparison, output.words(lang, overlays), yardstick, today=date, language=lang))
    late = overdue(kb.about, kb.rules.reviewed, date)
    if form == "json":
        output.put(to_json(audit_record(card, kb, program=__version__, date=date, late=late)), form)
    else:
        output.put(output.drawn(scorecard(card, kb, yardstick, words, date=date, late=late), form), form)
    if card.failed:
        raise typer.Exit(1)
