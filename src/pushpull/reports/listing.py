"""Everything the knowledge base holds, to be read: services, questions, sources, glossary, and any one entry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pushpull.document import Block, Bullets, Cell, Document, Facts, Heading, Item, Paragraph, Table
from pushpull.kb.base import KnowledgeBase
from pushpull.kb.comparison import Source
from pushpull.kb.questions import Question, Service
from pushpull.kb.rules import Term
from pushpull.kb.words import Words, fill
from pushpull.reports import phrases
from pushpull.reports.question import pointing


def services(kb: KnowledgeBase, words: Words) -> Document:
    """Return the services, each with its id, its field and what it is."""
    title, student = words("list.services"), phrases.who(words)
    rows = tuple(
        (Cell((service.name,)), Cell((fill(service.what, student=student),)), Cell((name,)))
        for name, service in kb.services.items()
    )
    heads = (words("list.service"), words("list.what"), words("list.id"))
    return _page(title, [Table("", heads, rows, weights=(3, 6, 3))])


def questions(kb: KnowledgeBase, services: Iterable[str], words: Words) -> Document:
    """Return the questions of some services, with what can be answered and who usually knows."""
    title = words("list.questions")
    blocks: list[Block] = [Heading(words("list.student_questions")), *_asked(kb.student_questions, words)]
    for name in services:
        service = kb.services[name]
        blocks += [Heading(words("list.questions_of", service=service.name)), *_asked(service.questions, words)]
    return _page(title, blocks)


def sources(known: Mapping[str, Source], words: Words) -> Document:
    """Return all sources with their grade and how much of them was read."""
    title = words("sources.title")
    listed = phrases.source_list(words, known, known)
    return _page(title, listed[1:])


def glossary(terms: Mapping[str, Term], words: Words) -> Document:
    """Return the words of the field in plain words."""
    title = words("list.glossary")
    return _page(title, [Facts(tuple((term.term, term.plain) for term in terms.values()))])


def question(kb: KnowledgeBase, name: str, found: Question, words: Words) -> Document:
    """Return one question with everything that stands behind its options."""
    student = phrases.who(words)
    blocks: list[Block] = [
        Paragraph(fill(found.help, student=student)),
        Facts(((words("list.id"), name), (words("list.who"), words(f"who.{found.who}")))),
    ]
    for option_id, option in found.options.items():
        blocks.append(Heading(fill(option.label, student=student), 2, aside=option_id))
        if found.role == "logistics":
            blocks.append(Paragraph(words("suggest.why_logistics", solve=fill(option.solve or "", student=student))))
            continue
        blocks.append(Paragraph(pointing(kb, option, words)))
        behind = [*option.settles.values(), *option.arguments.values()]
        blocks += [
            Paragraph(
                " ".join(
                    part
                    for part in (
                        fill(reason.because, student=student),
                        words(f"basis.{reason.basis}"),
                        phrases.cited(reason.sources),
                        words("suggest.caveat", caveat=reason.caveat) if reason.caveat else "",
                    )
                    if part
                ),
                quiet=True,
            )
            for reason in behind
        ]
    return _page(fill(found.ask, student=student), blocks)


def service(found: Service, name: str, words: Words) -> Document:
    """Return one profile: what it is, what guidance says, what is not known, and what it asks."""
    student = phrases.who(words)
    blocks: list[Block] = [
        Paragraph(fill(found.what, student=student)),
        Facts(((words("list.id"), name), (words("list.also"), ", ".join(found.also)))),
    ]
    for title, remarks in (
        ("compare.guidance", found.guidance),
        ("compare.doses", found.doses),
        ("compare.pitfalls", found.pitfalls),
        ("compare.not_known", found.not_known),
    ):
        items = tuple(Item(fill(r.say, student=student), tail=phrases.cited(r.sources)) for r in remarks.values())
        blocks += [Heading(words(title)), Bullets(items)] if items else []
    asked = tuple(Item(fill(q.ask, student=student), tail=asks) for asks, q in found.questions.items())
    return _page(found.name, [*blocks, Heading(words("list.questions")), Bullets(asked, numbered=True)])


def entry(title: str, facts: Iterable[tuple[str, str]]) -> Document:
    """Return a small entry, such as a source or a term, as pairs of a word and what it says."""
    return _page(title, [Facts(tuple(facts))])


def _asked(questions: Mapping[str, Question], words: Words) -> list[Block]:
    student = phrases.who(words)
    blocks: list[Block] = []
    for name, found in questions.items():
        blocks.append(Heading(fill(found.ask, student=student), 3, aside=name))
        choose = words(f"list.choose_{found.choose}")
        blocks.append(Paragraph(words("list.asked", who=words(f"who.{found.who}"), choose=choose), quiet=True))
        items = (Item(fill(o.label, student=student), tail=option) for option, o in found.options.items())
        blocks.append(Bullets(tuple(items)))
    return blocks


def _page(title: str, blocks: Iterable[Block]) -> Document:
    return Document(title, (Heading(title, 1), *blocks))
