"""What both papers have: the order of services, the first lines, who is there, words and sources."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import fields, is_dataclass

from pushpull.document import Block, Bullets, Heading, Item, Note, Room
from pushpull.kb.words import Words
from pushpull.reports import phrases
from pushpull.reports.papers.service import PaperService
from pushpull.reports.papers.stamp import Material

_NO = frozenset({"no", "excused"})
_PLAIN = frozenset({"", "yes", "no"})
"""What says no more than the mark does."""


def in_order(material: Material) -> list[PaperService]:
    """Return the services by what needs most talk: open first, firm last; else as the plan has them."""
    return sorted((PaperService(material, name) for name in material.found), key=lambda page: page.urgency)


def first_of_all(pages: Sequence[PaperService]) -> Iterator[Block]:
    """Yield the notes in whose light everything has to be read, if all services have them: once, at the top."""
    common = set.intersection(*({*page.found.notes} for page in pages)) if len(pages) > 1 else set()
    for page in pages:
        page.said_first = frozenset(common)
    yield from pages[0].first_notes(common) if pages else ()


def overview(pages: Sequence[PaperService], words: Words) -> list[Block]:
    """Return one line for each service, so that the first thing on the page is the whole of it."""
    return [
        Heading(words("paper.overview")),
        Bullets(tuple(Item(page.title(), tail=page.glance()) for page in pages)),
    ]


def people(material: Material) -> Iterator[Block]:
    """Yield who belongs at the table and who is coming, with a warning where somebody is missing."""
    words, roster, roles = material.words, material.plan.roster, material.kb.papers.roles
    known = {key: role.name for key, role in roles.items()} | {key: key for key in roster if key not in roles}
    items = tuple(
        Item(_person(name, roster.get(key, ""), words), mark=_mark(roster.get(key), words))
        for key, name in known.items()
    )
    yield Heading(words("paper.people"))
    yield Bullets(items, columns=3)
    missing = [
        role.name
        for key, role in roles.items()
        if role.expected == "yes" and (roster.get(key, "").casefold() in {"", *_NO}) and roster
    ]
    if missing:
        yield Note(words("paper.missing_label"), words("paper.missing", who=", ".join(missing)))
    elif not roster:
        expected = ", ".join(role.name for role in roles.values() if role.expected == "yes")
        yield Note(words("paper.missing_label"), words("paper.expected", who=expected))


def _person(role: str, who: str, words: Words) -> str:
    return role if who.casefold() in _PLAIN else words("paper.person", role=role, who=who)


def _mark(who: str | None, words: Words) -> str:
    if who is None:
        return words("paper.person_open")
    return words("paper.person_away" if who.casefold() in {"", *_NO} else "paper.person_there")


def rooms_for_views(material: Material, lines: int) -> tuple[Room, Room]:
    """Return room of one size for the family's view and the student's, or what was written down of them."""
    words, views = material.words, material.plan.views
    return (
        Room(words("paper.parents_room"), lines, written=views.parents),
        Room(words("paper.student_room"), lines, written=views.student),
    )


def decided(words: Words, mode: str, why: str) -> str:
    """Return what the team wrote down, in words."""
    named = words(f"mode.{mode}") if mode and words.has(f"mode.{mode}") else mode
    return ". ".join(phrases.capital(part) for part in (named, why) if part)


def texts_of(value: object) -> Iterator[str]:
    """Yield every text in blocks, from top to bottom."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for each in value:
            yield from texts_of(each)
    elif is_dataclass(value):
        for each in fields(value):
            yield from texts_of(getattr(value, each.name))


def term_items(material: Material, blocks: Sequence[Block], *, but: Collection[str] = ()) -> Iterator[Block]:
    """Yield the words of the field that blocks use, in plain words; `but` are ids of those explained already."""
    said = "\n".join(texts_of(blocks))
    found = []
    for key, term in material.terms.items():
        if key in but:
            continue
        names = [name.strip() for name in re.split(r"[()]", term.term) if name.strip()]
        if any(re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", said, re.IGNORECASE) for name in names):
            found.append(Item(term.plain, mark=term.term))
    if found:
        yield Heading(material.words("paper.terms"))
        yield Bullets(tuple(found), columns=3)


def source_items(material: Material, blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the sources that blocks name, the best ones first, each with its grade and how much of it was read."""
    words = material.words
    named = (group for text in texts_of(blocks) for group in re.findall(r"\[([^\]]+)\]", text))
    wanted = {name for group in named for name in re.split(r", | and ", group)}
    found = sorted(
        ((name, source) for name, source in material.kb.sources.items() if name in wanted),
        key=lambda named: named[1].grade,
    )
    items = tuple(
        Item(
            source.short,
            mark=name,
            address=source.address,
            tail=words(
                "paper.source" if source.checked == "seen" else "paper.source_checked",
                grade=source.grade,
                checked=words(f"checked.{source.checked}"),
            ),
        )
        for name, source in found
    )
    if items:
        grades = dict.fromkeys(source.grade for _, source in found)
        meant = "; ".join(words("paper.grade", grade=grade, meaning=words(f"grade.{grade}")) for grade in grades)
        yield Heading(words("sources.title"), aside=meant)
        yield Bullets(items, columns=3)
