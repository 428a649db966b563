"""The command that holds two contents against each other."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pushpull import plan
from pushpull.cli import output
from pushpull.cli.options import Data, Format, Lang, NoInput, Plain, setting
from pushpull.diff import Entries, Example, changes, differences, entries
from pushpull.kb.base import KnowledgeBase
from pushpull.load.everything import load_all
from pushpull.load.where import built_in, is_whole
from pushpull.problems import PushpullError
from pushpull.records.difference import difference_record
from pushpull.records.text import to_json
from pushpull.reports.difference import difference

BUILT_IN = "built-in"
"""Stands for the built-in knowledge; a folder of that name is ./built-in."""

Old = Annotated[str, typer.Argument(metavar="OLD", show_default=False)]
New = Annotated[str, typer.Argument(metavar="NEW", show_default=False)]
Plans = Annotated[list[Path] | None, typer.Option("--plans", metavar="PATH", show_default=False, readable=False)]


def diff(
    old: Old,
    new: New,
    plans: Plans = None,
    format: Format = None,
    plain: Plain = False,
    data: Data = None,
    lang: Lang = "en",
    no_input: NoInput = False,
) -> None:
    overlays, words = setting(data, lang)
    form = output.chosen_format("kb_diff", format, plain=plain)
    (before, old_entries), (after, new_entries) = (_content(side, overlays, lang) for side in (old, new))
    examples = [one for path in _files(plans or ()) for one in _examples(path, before, after)]
    moved = differences(before, after, examples)
    changed = tuple(changes(old_entries, new_entries))
    versions = before.rules.version, after.rules.version
    if form == "json":
        record = difference_record((old, new), versions, moved, len(examples), changed)
        output.put(to_json(record), form)
    else:
        named = [words("diff.side", folder=side, version=of) for side, of in zip((old, new), versions, strict=True)]
        page = difference((named[0], named[1]), moved, len(examples), changed, words)
        output.put(output.drawn(page, form), form)


def _content(side: str, overlays: tuple[Path, ...], lang: str) -> tuple[KnowledgeBase, Entries]:
    """Return one content: the built-in one, a whole one in a folder, or a folder laid over the built-in one."""
    folder = built_in() if side == BUILT_IN else Path(side)
    if is_whole(folder):
        kb, chart, terms = load_all(overlays, lang, base=folder)
    else:
        kb, chart, terms = load_all((*overlays, folder), lang)
    return kb, entries(kb, chart.comparison, terms)


def _files(paths: list[Path] | tuple[Path, ...]) -> list[Path]:
    found = []
    for path in paths:
        inside = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
        if not inside:
            raise PushpullError("no_plans", folder=str(path))
        found += inside
    return found


def _examples(path: Path, before: KnowledgeBase, after: KnowledgeBase) -> list[Example]:
    file = plan.open_plan(path)
    plan.check_against(file, [*before.services, *after.services])
    planned = file.plan.services
    return [
        Example(
            name=path.stem if len(planned) == 1 else f"{path.stem}: {name}",
            service=one.service,
            before=file.plan.answers_for(name, before.student_questions),
            after=file.plan.answers_for(name, after.student_questions),
            grade=file.plan.student.grade,
        )
        for name, one in planned.items()
    ]
