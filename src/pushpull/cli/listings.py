"""The commands that show what the knowledge base holds, entry by entry, and how it is judged as a whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from pushpull import __version__, records
from pushpull.cli import output, sitting
from pushpull.cli.options import Data, Format, Lang, NoInput, OneService, Plain, service_like, setting
from pushpull.cli.worded import Command
from pushpull.document import Document
from pushpull.kb.audit import overdue
from pushpull.kb.whole import KnowledgeBase
from pushpull.kb.words import Words
from pushpull.load import load_all, load_glossary, load_knowledge, load_yardstick
from pushpull.problems import UsageError
from pushpull.reports import listing
from pushpull.source.mistakes import closest


def services(
    format: Format = None, plain: Plain = False, data: Data = None, lang: Lang = "en", no_input: NoInput = False
) -> None:
    overlays, words = setting(data, lang)
    kb = load_knowledge(overlays, lang)
    _show("services", format, lambda: listing.services(kb, words), lambda: records.listed(kb.services), plain=plain)


def questions(
    service: OneService = None,
    format: Format = None,
    plain: Plain = False,
    data: Data = None,
    lang: Lang = "en",
    no_input: NoInput = False,
) -> None:
    overlays, words = setting(data, lang)
    kb = load_knowledge(overlays, lang)
    names = [service_like(service, kb)] if service else list(kb.services)
    _show(
        "questions",
        format,
        lambda: listing.questions(kb, names, words),
        lambda: records.question_records(kb, names),
        plain=plain,
    )


def sources(
    format: Format = None, plain: Plain = False, data: Data = None, lang: Lang = "en", no_input: NoInput = False
) -> None:
    overlays, words = setting(data, lang)
    known = load_knowledge(overlays, lang, ()).sources
    _show("sources", format, lambda: listing.sources(known, words), lambda: records.listed(known), plain=plain)


def glossary(
    format: Format = None, plain: Plain = False, data: Data = None, lang: Lang = "en", no_input: NoInput = False
) -> None:
    overlays, words = setting(data, lang)
    terms = load_glossary(overlays, lang)
    _show("glossary", format, lambda: listing.glossary(terms, words), lambda: records.listed(terms), plain=plain)


def show(
    name: Annotated[str, typer.Argument(metavar="ID", show_default=False)],
    format: Format = None,
    plain: Plain = False,
    data: Data = None,
    lang: Lang = "en",
    no_input: NoInput = False,
) -> None:
    overlays, words = setting(data, lang)
    kb = load_knowledge(overlays, lang)
    terms = load_glossary(overlays, lang)
    kinds = {**records.entries(kb), "term": terms}
    found = [(kind, entries[name]) for kind, entries in kinds.items() if name in entries]
    if not found:
        known = [word for entries in kinds.values() for word in entries]
        close = closest(name, known)
        raise UsageError("no_entry_like" if close else "no_entry", word=name, close=close)
    kind, entry = found[0]
    record = {"kind": kind, "id": name, **records.listed({name: entry})[0]}
    _show("kb_show", format, lambda: _entry_page(kb, kind, name, entry, words), lambda: [record], plain=plain)


def audit(
    folder: Annotated[Path | None, typer.Argument(metavar="[DIR]", show_default=False)] = None,
    format: Format = None,
    day: Annotated[str | None, typer.Option("--date", metavar="DAY", show_default=False)] = None,
    plain: Plain = False,
    data: Data = None,
    lang: Lang = "en",
    no_input: NoInput = False,
) -> None:
    # Only this command needs them, and every other would pay for loading them.
    from pushpull.audit import Material  # noqa: PLC0415
    from pushpull.audit import audit as judge  # noqa: PLC0415
    from pushpull.records.audit import audit_record  # noqa: PLC0415
    from pushpull.reports.audit import scorecard  # noqa: PLC0415

    form = output.chosen_format("kb_audit", format, plain=plain)
    given, words = setting(data, lang)
    overlays = (*given, *((folder,) if folder else ()))
    kb, known, _ = load_all(overlays, lang)
    yardstick = load_yardstick(overlays, lang)
    date = sitting.day(day)
    card = judge(Material(kb, known.comparison, output.words(lang, overlays), yardstick, today=date, language=lang))
    late = overdue(kb.about, kb.rules.reviewed, date)
    if form == "json":
        output.put(records.to_json(audit_record(card, kb, program=__version__, date=date, late=late)))
    else:
        output.put(output.drawn(scorecard(card, kb, yardstick, words, date=date, late=late), form))
    if card.failed:
        raise typer.Exit(1)


def _entry_page(kb: KnowledgeBase, kind: str, name: str, entry: Any, words: Words) -> Document:
    match kind:
        case "question":
            return listing.question(kb, name, entry, words)
        case "service":
            return listing.service(entry, name, words)
        case _:
            facts = ((word, said) for word, said in records.flat(records.listed({name: entry})[0]).items() if said)
            return listing.entry(words(f"list.kind_{kind}"), facts)


def _show(
    command: str,
    given: str | None,
    page: Callable[[], Document],
    rows: Callable[[], list[dict[str, Any]]],
    *,
    plain: bool,
) -> None:
    form = output.chosen_format(command, given, plain=plain)
    match form:
        case "json":
            output.put(records.to_json({"pushpull": records.JSON_VERSION, command.removeprefix("kb_"): rows()}))
        case "csv":
            output.put(records.to_csv(records.flat(row) for row in rows()))
        case _:
            output.put(output.drawn(page(), form))


def register(app: typer.Typer, kb_app: typer.Typer) -> None:
    """Add these commands to the program."""
    for command in (services, questions, sources, glossary):
        app.command(cls=Command)(command)
    kb_app.command(cls=Command)(show)
    kb_app.command(cls=Command)(audit)
