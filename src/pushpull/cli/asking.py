"""The command that holds an interview."""

from __future__ import annotations

from typing import Annotated

import typer

from pushpull.cli import output, sitting
from pushpull.cli.options import Data, Lang, NoInput, OneService, Plain, PlanPath, service_like, setting
from pushpull.cli.plans import suggestions_for
from pushpull.load.knowledge import load_knowledge
from pushpull.reports.suggestion import suggestions


def ask(
    plan: PlanPath,
    service: OneService = None,
    quick: Annotated[bool, typer.Option("--quick")] = False,
    plain: Plain = False,
    data: Data = None,
    lang: Lang = "en",
    no_input: NoInput = False,
) -> None:
    overlays, words = setting(data, lang)
    kb = load_knowledge(overlays, lang)
    wanted = service_like(service, overlays, lang) if service and not sitting.has_entry(plan, service) else service
    file = sitting.sit_down(plan, kb, words, wanted=wanted or "", quick=quick, plain=plain, no_input=no_input)
    if file:
        form = output.chosen_format("suggest", None, plain=plain)
        output.put("\n" + output.drawn(suggestions(kb, file.plan, suggestions_for(kb, file), words), form))
        paper = output.quoted(plan.with_suffix(".html"))
        command = f"{output.program()} export {output.quoted(plan)} -o {paper}"
        output.tell("", words("ask.next", command=command))
        if any(sitting.missing(file, kb, words)):
            output.tell(words("ask.go_on_later", command=f"{output.program()} ask {output.quoted(plan)}"))
