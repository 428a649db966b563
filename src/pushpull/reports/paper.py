"""The summary for a meeting: what the answers come to, the questions to raise, and room for what the team decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pushpull.document import Block, Bullets, Document, Facts, Heading, Item, Note, Paragraph, Room
from pushpull.kb import KnowledgeBase, Words, overdue
from pushpull.plan import Plan
from pushpull.reports import phrases
from pushpull.reports.suggestion import ServicePage
from pushpull.suggest import Suggestion


@dataclass(frozen=True)
class Stamp:
    """What a paper says of itself: the day it was made, and the versions of program and content."""

    date: str
    program: str
    content: str


def paper(kb: KnowledgeBase, plan: Plan, found: Mapping[str, Suggestion], words: Words, stamp: Stamp) -> Document:
    """Return the paper for the meeting: every service of `found`, by the plan's own ids."""
    student = phrases.who(words, plan)
    title = words("paper.title", student=student)
    pages = {name: ServicePage(kb, plan, name, suggestion, words) for name, suggestion in found.items()}
    blocks: list[Block] = [
        Heading(title, 1),
        Note(words("paper.draft_label"), words("paper.draft")),
        Paragraph(kb.about.choice, lead=words("paper.choice")),
        Facts(_facts(kb, plan, words, stamp, student)),
        *_overview(pages, words),
        Paragraph(words("suggest.legend"), quiet=True),
    ]
    blocks += [
        Heading(words("paper.views")),
        Paragraph(words("paper.views_why")),
        Room(words("paper.parents_room"), 4),
        Room(words("paper.student_room"), 4),
    ]
    for name, page in pages.items():
        blocks += page.blocks()
        blocks += _to_raise(page, words)
        team = plan.services[name].team
        blocks.append(Room(words("paper.team_room"), 4, written=_decided(team.mode, team.why, words)))
    cited = [source for page in pages.values() for source in page.cited()]
    blocks += phrases.source_list(words, cited, kb.sources)
    blocks += _about(kb, words, stamp)
    version = words("paper.version", date=stamp.date, program=stamp.program, content=stamp.content)
    return Document(title, tuple(blocks), kind="paper", footer=(version, words("suggest.limits")))


def _facts(kb: KnowledgeBase, plan: Plan, words: Words, stamp: Stamp, student: str) -> tuple[tuple[str, str], ...]:
    grade = kb.rules.grades.get(plan.student.grade, plan.student.grade)
    return tuple(
        (words(f"paper.{name}"), value)
        for name, value in (
            ("student", student),
            ("grade", grade),
            ("date", stamp.date),
        )
        if value
    )


def _overview(pages: Mapping[str, ServicePage], words: Words) -> list[Block]:
    """Return one line for each service, so that the first thing on the page is the whole of it."""
    items = tuple(Item(page.title(), tail=page.glance()) for page in pages.values())
    return [Heading(words("paper.overview")), Bullets(items)]


def _to_raise(page: ServicePage, words: Words) -> list[Block]:
    """Return the questions for the meeting."""
    items = tuple(Item(ask) for ask in page.to_raise())
    return [Heading(words("paper.to_raise"), 3), Bullets(items)] if items else []


def _about(kb: KnowledgeBase, words: Words, stamp: Stamp) -> list[Block]:
    """Return what the program owes to say of itself: who made it, who paid, and that nobody has tested it."""
    about = kb.about
    sentences = [about.authors, about.reviewers, about.tested, about.funding]
    if overdue(about, kb.rules.reviewed, stamp.date):
        months = str(about.review_months)
        sentences.append(words("paper.overdue", reviewed=kb.rules.reviewed, months=months))
    return [Heading(words("paper.about")), Paragraph(" ".join(sentences), quiet=True)]


def _decided(mode: str, why: str, words: Words) -> str:
    named = words(f"mode.{mode}") if mode and words.has(f"mode.{mode}") else mode
    return ": ".join(part for part in (named, why) if part)
