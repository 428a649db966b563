"""Papers for the meeting as documents, from the text of a plan."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from helpers import shipped, words
from pushpull.document import Block, Bullets, Document, Facts, Heading, Table
from pushpull.kb.rules import Term
from pushpull.load.everything import load_all
from pushpull.plan import open_plan
from pushpull.plan.amounts import week_of
from pushpull.problems import BadFile
from pushpull.reports.papers import Material, Stamp, family_paper, team_paper
from pushpull.reports.papers.shared import texts_of
from pushpull.suggest import suggest

DAY = "2026-11-23"


@cache
def terms() -> dict[str, Term]:
    return load_all(())[2]


def material(plan: str | Path) -> Material:
    """Return what the papers of a plan are made from; `plan` is its text, or its file."""
    text = plan if isinstance(plan, str) else plan.read_text(encoding="utf-8")
    file = open_plan(Path("plan.yaml"), text.encode())
    kb, compared, _ = shipped()
    found = {}
    for name, planned in file.plan.services.items():
        answers = file.plan.answers_for(name, kb.student_questions)
        found[name] = suggest(kb, planned.service, answers, grade=file.plan.student.grade, now=planned.now)
    try:
        weeks = week_of(file, kb)
    except BadFile:
        weeks = None
    return Material(kb, compared.comparison, terms(), file.plan, found, weeks, words(), Stamp(DAY, "1.2.3", "2026.1"))


def team(plan: str | Path) -> Document:
    """Return the paper for the team."""
    return team_paper(material(plan))


def family(plan: str | Path) -> Document:
    """Return the paper for the family."""
    return family_paper(material(plan))


def said(blocks: Document | tuple[Block, ...]) -> str:
    """Return everything that a document says, one text a line."""
    return "\n".join(texts_of([blocks]))


def facts(document: Document) -> dict[str, str]:
    """Return what stands behind the words of all facts of a document; of several services the last."""
    return {word: text for block in document.blocks if isinstance(block, Facts) for word, text in block.pairs}


def under(document: Document, heading: str) -> tuple[Block, ...]:
    """Return the blocks under a heading, up to the next one."""
    found: list[Block] = []
    inside = False
    for block in document.blocks:
        if isinstance(block, Heading):
            inside = block.text == heading
        elif inside:
            found.append(block)
    return tuple(found)


def rows(document: Document, head: str) -> dict[str, list[tuple[str, ...]]]:
    """Return the first table whose first column is headed `head`: the texts of each cell, by the header of its row."""
    table = next(block for block in document.blocks if isinstance(block, Table) and block.heads[0] == head)
    return {row[0].texts[0]: [cell.texts for cell in row[1:]] for row in table.rows}


def items(blocks: tuple[Block, ...]) -> list[tuple[str, str, str]]:
    """Return the items of all lists among blocks, as mark, text and tail."""
    return [(item.mark, item.text, item.tail) for block in blocks if isinstance(block, Bullets) for item in block.items]
