"""The command that shows one entry with all that stands behind it."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from pushpull.cli.listings import put_listing
from pushpull.cli.options import Data, Format, Lang, NoInput, Plain, setting
from pushpull.document import Document
from pushpull.kb.base import KnowledgeBase
from pushpull.kb.words import Words
from pushpull.load.glossary import load_glossary
from pushpull.load.knowledge import load_knowledge
from pushpull.problems import UsageError
from pushpull.records.entries import entries, flat, listed
from pushpull.reports import listing
from pushpull.source.closest import closest


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
    kinds = {**entries(kb), "term": terms}
    found = [(kind, of_kind[name]) for kind, of_kind in kinds.items() if name in of_kind]
    if not found:
        known = [word for of_kind in kinds.values() for word in of_kind]
        close = closest(name, known)
        raise UsageError("no_entry_like" if close else "no_entry", word=name, close=close)
    kind, entry = found[0]
    record = {"kind": kind, "id": name, **listed({name: entry})[0]}
    put_listing("kb_show", format, lambda: _entry_page(kb, kind, name, entry, words), lambda: [record], plain=plain)


def _entry_page(kb: KnowledgeBase, kind: str, name: str, entry: Any, words: Words) -> Document:
    match kind:
        case "question":
            return listing.question(kb, name, entry, words)
        case "service":
            return listing.service(entry, name, words)
        case _:
            facts = ((word, said) for word, said in flat(listed({name: entry})[0]).items() if said)
            return listing.entry(words(f"list.kind_{kind}"), facts)
