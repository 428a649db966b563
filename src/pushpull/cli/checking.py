"""The command that checks the knowledge."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pushpull.cli import output
from pushpull.cli.options import Data, Lang, NoInput, Plain, setting
from pushpull.load.everything import load_all
from pushpull.signs import readable


def check(
    folder: Annotated[Path | None, typer.Argument(metavar="[DIR]", show_default=False, readable=False)] = None,
    plain: Plain = False,
    data: Data = None,
    lang: Lang = "en",
    no_input: NoInput = False,
) -> None:
    overlays, words = setting(data, lang)
    kb, known, _ = load_all((*overlays, *((folder,) if folder else ())), lang)
    questions = {name for service in kb.services.values() for name in service.questions} | set(kb.student_questions)
    lists = known.comparison.pros_cons.values()
    counts = {
        "services": len(kb.services),
        "questions": len(questions),
        "sources": len(kb.sources),
        "points": sum(len(both.pros) + len(both.cons) for both in lists),
    }
    said = {name: words.count(f"check.{name}", number) for name, number in counts.items()}
    fine = words("check.fine", folder=str(folder or words("check.built_in")), **said)
    output.put(readable(fine) + "\n")
