"""The commands that list what the knowledge base holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pushpull.cli import output
from pushpull.cli.options import Data, Format, Lang, NoInput, OneService, Plain, service_like, setting
from pushpull.document import Document
from pushpull.load.glossary import load_glossary
from pushpull.load.knowledge import load_knowledge
from pushpull.records.entries import flat, listed, question_records
from pushpull.records.numbers import JSON_VERSION
from pushpull.records.text import to_csv, to_json
from pushpull.reports import listing


def services(
    format: Format = None, plain: Plain = False, data: Data = None, lang: Lang = "en", no_input: NoInput = False
) -> None:
    overlays, words = setting(data, lang)
    kb = load_knowledge(overlays, lang)
    put_listing("services", format, lambda: listing.services(kb, words), lambda: listed(kb.services), plain=plain)


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
    names = [service_like(service, overlays, lang)] if service else list(kb.services)
    put_listing(
        "questions",
        format,
        lambda: listing.questions(kb, names, words),
        lambda: question_records(kb, names),
        plain=plain,
    )


def sources(
    format: Format = None, plain: Plain = False, data: Data = None, lang: Lang = "en", no_input: NoInput = False
) -> None:
    overlays, words = setting(data, lang)
    known = load_knowledge(overlays, lang, ()).sources
    put_listing("sources", format, lambda: listing.sources(known, words), lambda: listed(known), plain=plain)


def glossary(
    format: Format = None, plain: Plain = False, data: Data = None, lang: Lang = "en", no_input: NoInput = False
) -> None:
    overlays, words = setting(data, lang)
    terms = load_glossary(overlays, lang)
    put_listing("glossary", format, lambda: listing.glossary(terms, words), lambda: listed(terms), plain=plain)


def put_listing(
    command: str,
    given: str | None,
    page: Callable[[], Document],
    rows: Callable[[], list[dict[str, Any]]],
    *,
    plain: bool,
) -> None:
    """Put out entries in the format that was asked for."""
    form = output.chosen_format(command, given, plain=plain)
    match form:
        case "json":
            output.put(to_json({"pushpull": JSON_VERSION, command.removeprefix("kb_"): rows()}), form)
        case "csv":
            output.put(to_csv(flat(row) for row in rows()), form)
        case _:
            output.put(output.drawn(page(), form), form)
