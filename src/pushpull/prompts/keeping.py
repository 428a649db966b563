"""What is typed goes into the plan at once."""

from __future__ import annotations

from typing import Any

from pushpull import plan
from pushpull.kb.base import KnowledgeBase
from pushpull.kb.words import Words
from pushpull.plan import PlanFile
from pushpull.prompts.terminal import Terminal, say


def keep(
    terminal: Terminal, kb: KnowledgeBase, words: Words, file: PlanFile, changes: dict[tuple[str, ...], Any]
) -> PlanFile:
    """Set values in the plan and save it; say so if somebody changed it meanwhile."""
    file, news = plan.put(file, changes.items(), kb.services)
    if news:
        say(terminal, words(f"ask.{news}", file=str(file.path)))
    return file
