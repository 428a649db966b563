"""The options that every command takes, and what they come to."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pushpull.cli import output
from pushpull.kb.words import Words
from pushpull.problems import UsageError

Plain = Annotated[bool, typer.Option("--plain")]
Data = Annotated[list[Path] | None, typer.Option("--data", metavar="DIR", show_default=False, readable=False)]
Lang = Annotated[str, typer.Option("--lang", metavar="CODE")]
NoInput = Annotated[bool, typer.Option("--no-input")]
Format = Annotated[str | None, typer.Option("--format", metavar="FORMAT", show_default=False)]
OneService = Annotated[str | None, typer.Option("--service", metavar="NAME", show_default=False)]
PlanPath = Annotated[Path, typer.Argument(metavar="PLAN", show_default=False, readable=False)]


def setting(data: list[Path] | None, lang: str) -> tuple[tuple[Path, ...], Words]:
    """Return the layers and the phrases that `--data` and `--lang` ask for."""
    overlays = output.layers(data)
    words = output.words(lang, overlays)
    if not words.has(f"languages.{lang}"):
        found = ", ".join(name.removeprefix("languages.") for name in words.texts if name.startswith("languages."))
        raise UsageError("no_language_yet", word=lang, found=found)
    return overlays, words


def service_like(typed: str, overlays: tuple[Path, ...], lang: str) -> str:
    """Return the one service whose name holds what was typed."""
    # Only who asks for one service waits for the names of all.
    from pushpull.kb.questions import services_called  # noqa: PLC0415
    from pushpull.load.names import load_names  # noqa: PLC0415

    services = load_names(overlays, lang)
    found = services_called(services, typed)
    if len(found) == 1:
        return found[0]
    names = ", ".join(services[name].name for name in found or services)
    raise UsageError("several_services" if found else "no_service_like", word=typed, found=names)
