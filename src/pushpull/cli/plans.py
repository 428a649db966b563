"""What commands do with a plan: open it with the knowledge for it, point out what does not count, work it out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TypeVar

from pushpull import plan
from pushpull.cli import output
from pushpull.cli.options import setting
from pushpull.cli.worded import told
from pushpull.kb.base import KnowledgeBase
from pushpull.kb.words import Words
from pushpull.load.where import built_in, known_ids
from pushpull.plan import PlanFile, Planned
from pushpull.problems import LIKE_AN_ID, Problem, PushpullError, UsageError, discreet
from pushpull.suggest import Suggestion, suggest

Layers = tuple[Path, ...]
Base = TypeVar("Base", bound=KnowledgeBase)


def opened(
    path: Path, data: list[Path] | None, lang: str, load: Callable[[Layers, str, set[str]], Base]
) -> tuple[Base, Words, PlanFile]:
    """Return a plan, what `load` gives for its services, and the phrases; what does not count in it is pointed out.

    Raise `BadFile` if the plan names a service that nobody knows.
    """
    overlays, words = setting(data, lang)
    file = plan.open_plan(path, sys.stdin.buffer.read(plan.LARGEST + 1) if str(path) == "-" else None)
    plan.check_against(file, known_ids((built_in(), *overlays), "services"))
    kb = load(overlays, lang, {planned.service for planned in file.plan.services.values()})
    point_out(file, kb, words)
    return kb, words, file


def chosen_services(file: PlanFile, only: str | None) -> list[str]:
    """Return the entries of a plan that are wanted: all, one by its id, or those of one service."""
    services = file.plan.services
    if not services:
        raise PushpullError("no_services", file=str(file.path))
    if only is None:
        return list(services)
    found = [name for name, planned in services.items() if only in {name, planned.service}]
    if not found:
        named = dict.fromkeys(entry_named(name, planned) for name, planned in services.items())
        raise UsageError("no_such_service", file=str(file.path), word=only, found=", ".join(named))
    return found


def entry_named(name: str, planned: Planned) -> str:
    """Return what a message calls an entry of a plan: its id, or its service where the id is somebody's own words."""
    return name if LIKE_AN_ID.fullmatch(name) else planned.service


def point_out(file: PlanFile, kb: KnowledgeBase, words: Words) -> None:
    """Tell what in a plan does not count: words, questions and answers that nobody knows. Nothing is dropped."""
    tell_problems((*file.remarks, *plan.unknown_answers(file, kb)), words)


def tell_problems(problems: Sequence[Problem], words: Words) -> None:
    """Tell problems on standard error, each with its place, a sentence, and what was probably meant."""
    output.tell(*told([discreet(problem) for problem in problems], words))


def suggestions_for(kb: KnowledgeBase, file: PlanFile, only: str | None = None) -> dict[str, Suggestion]:
    """Return the suggestion for every entry of a plan that is wanted."""
    return suggestions_of(kb, file, chosen_services(file, only))


def suggestions_of(kb: KnowledgeBase, file: PlanFile, names: Collection[str]) -> dict[str, Suggestion]:
    """Return the suggestions for these entries of a plan, in its order."""
    grade = file.plan.student.grade
    return {
        name: suggest(
            kb, planned.service, file.plan.answers_for(name, kb.student_questions), grade=grade, now=planned.now
        )
        for name, planned in file.plan.services.items()
        if name in names
    }
