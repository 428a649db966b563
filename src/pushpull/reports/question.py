"""The screens of an interview: a question, its explanation, and the answers so far."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pushpull.document import Block, Bullets, Document, Heading, Item, Paragraph
from pushpull.interview import Progress
from pushpull.kb.base import KnowledgeBase
from pushpull.kb.entry import MODES, NONE_OF_THESE, NOT_SURE
from pushpull.kb.questions import Option, Question
from pushpull.kb.words import Words, fill
from pushpull.reports import phrases


def choices(question: Question, words: Words, student: str) -> list[tuple[str, str]]:
    """Return what can be chosen, as (id, text): the options, for a checklist "none of these", and last "not sure"."""
    options = [(name, fill(option.label, student=student)) for name, option in question.options.items()]
    if question.choose == "many":
        options.append((NONE_OF_THESE, words("ask.none_of_these")))
    return [*options, (NOT_SURE, words("ask.not_sure"))]


def question_screen(
    question: Question,
    words: Words,
    student: str,
    *,
    about: str,
    progress: Progress | None,
    answer: Iterable[str] = (),
    note: str = "",
) -> Document:
    """Return one question with its numbered choices; those in `answer` are marked as given before."""
    given = set(answer)
    counter = ""
    if progress:
        phrase = "ask.progress_at_most" if progress.at_most else "ask.progress"
        counter = words(phrase, number=str(progress.number), about=str(progress.about))
    items = tuple(
        Item(text, tail=words("ask.given") if name in given else "") for name, text in choices(question, words, student)
    )
    blocks: list[Block] = [Heading(about, 2, aside=counter), Paragraph("", lead=fill(question.ask, student=student))]
    several = words("ask.tick_all") if question.choose == "many" else ""
    known = words("ask.who_knows", who=words(f"who.{question.who}"))
    blocks.append(Paragraph(f"{known} {several}".rstrip(), quiet=True))
    blocks.append(Bullets(items, numbered=True))
    if note:
        blocks.append(Paragraph(words("ask.note_so_far", note=note), quiet=True))
    return Document(about, tuple(blocks))


def explanation(kb: KnowledgeBase, question: Question, words: Words, student: str) -> Document:
    """Return what `?` shows: why this is asked, what the words mean, who usually knows, where each option points."""
    title = words("ask.why_title")
    points = Bullets(
        tuple(
            Item(fill(option.label, student=student), tail=pointing(kb, option, words))
            for option in question.options.values()
        ),
        numbered=True,
    )
    return Document(
        title,
        (
            Heading(title, 3),
            Paragraph(fill(question.help, student=student)),
            Paragraph(words("ask.who_knows", who=words(f"who.{question.who}"))),
            Heading(words("ask.points_title"), 3),
            points if question.role == "case" else Paragraph(words("ask.points_logistics")),
        ),
    )


def pointing(kb: KnowledgeBase, option: Option, words: Words) -> str:
    """Return which way an option points, in words: never a number, which would turn an answer into a bet."""
    settled = [words("ask.points_settles", mode=words(f"mode.{mode}")) for mode in option.settles]
    argued = [
        words(
            "ask.points_argues",
            mode=words(f"mode.{mode}"),
            strength=kb.rules.strengths[option.arguments[mode].strength].name,
        )
        for mode in MODES
        if mode in option.arguments
    ]
    parts = [words("ask.points_parts")] if len(option.parts) == len(MODES) else []
    return "; ".join([*settled, *argued, *parts]) or words("ask.points_nothing")


@dataclass(frozen=True)
class Answered:
    """One section of the answers so far: its questions with their answers (empty while open), and the notes."""

    heading: str
    entries: Mapping[str, tuple[Question, tuple[str, ...]]]
    notes: Mapping[str, str]


def answers_so_far(sections: Iterable[Answered], words: Words, student: str) -> Document:
    """Return all answers, numbered through all sections, so that any can be changed by its number."""
    title = words("ask.review_title")
    blocks: list[Block] = [Heading(title, 2)]
    number = 0
    for section in sections:
        items = []
        for name, (question, answer) in section.entries.items():
            number += 1
            said = phrases.answer_text(words, question, answer, student) or words("ask.open")
            if note := section.notes.get(name):
                said = words("ask.answer_note", answer=said, note=note)
            items.append(Item(fill(question.ask, student=student), mark=str(number), tail=said))
        blocks += [Heading(section.heading, 3), Bullets(tuple(items))]
    return Document(title, tuple(blocks))
