"""An empty sheet for a caseload: its columns, what each means, and the answers to choose from."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import get_args

from pushpull.caseload.cells import NOW
from pushpull.caseload.columns import GIVEN
from pushpull.kb.base import KnowledgeBase
from pushpull.kb.entry import NONE_OF_THESE, NOT_SURE
from pushpull.kb.questions import Question
from pushpull.kb.week import PlaceId, Unit
from pushpull.kb.words import Words, fill
from pushpull.sheet.excel import Choices, Target, write_form_xlsx
from pushpull.sheet.writing import CsvWriter


@dataclass(frozen=True)
class Form:
    """What an empty sheet shows."""

    columns: tuple[str, ...]
    meanings: tuple[str, ...]
    """What each column means."""
    allowed: tuple[str, ...]
    """What may stand in each column."""
    choices: dict[str, Choices]
    answers: tuple[tuple[str, ...], ...]
    """Column, answer and what the answer says, for every answer."""


def form(kb: KnowledgeBase, services: Collection[str], words: Words) -> Form:
    """Return the sheet for some services."""
    student = words("student.unnamed")
    questions = dict(kb.student_questions)
    for service in services:
        for name, question in kb.services[service].questions.items():
            # A profile may have answers of its own, and a sheet may hold several services.
            same = questions.get(name)
            options = {**same.options, **question.options} if same else question.options
            questions[name] = question.model_copy(update={"options": options})
    closed: dict[str, tuple[str, ...]] = {
        "grade": tuple(kb.rules.grades),
        "service": tuple(services),
        "now": NOW,
        "per": get_args(Unit),
        "place": get_args(PlaceId),
    }
    choices = {name: Choices(options) for name, options in closed.items()}
    choices |= {name: Choices(_options(asked), only=asked.choose == "one") for name, asked in questions.items()}
    meanings = [words(f"caseload.column_{name}") for name in GIVEN]
    meanings += [fill(question.ask, student=student) for question in questions.values()]
    several = words("caseload.several")
    allowed = [_listed(choices.get(name), "") for name in GIVEN]
    allowed += [_listed(choices[name], several if each.choose == "many" else "") for name, each in questions.items()]
    answers = (row for name, question in questions.items() for row in _answers(name, question, words, student))
    return Form((*GIVEN, *questions), tuple(meanings), tuple(allowed), choices, tuple(answers))


def as_csv(shown: Form) -> bytes:
    """Return the sheet as CSV. Rows that start with # explain the columns; they are skipped when it is read."""
    rows = [list(shown.meanings), list(shown.allowed)]
    for row in rows:
        row[0] = f"# {row[0]}".rstrip()
    writer = CsvWriter(shown.columns)
    return writer.header() + writer.rows(rows)


def write_workbook(target: Target, shown: Form, words: Words) -> None:
    """Write the sheet as a workbook with lists to choose from, and a second sheet that explains the answers."""
    heads = tuple(words(f"caseload.answers_{name}") for name in ("column", "meaning", "answer", "says"))
    meaning = dict(zip(shown.columns, shown.meanings, strict=True))
    given = ((name, meaning[name], "", "") for name in GIVEN)
    rows = ((name, meaning[name], answer, says) for name, answer, says in shown.answers)
    write_form_xlsx(
        target,
        shown.columns,
        choices=shown.choices,
        name=words("caseload.sheet"),
        answers=(words("caseload.answers"), heads, (*given, *rows)),
    )


def _options(question: Question) -> tuple[str, ...]:
    return (*question.options, *((NONE_OF_THESE,) if question.choose == "many" else ()), NOT_SURE)


def _listed(choices: Choices | None, tail: str) -> str:
    return " | ".join(choices.texts) + (f" ({tail})" if tail else "") if choices else ""


def _answers(name: str, question: Question, words: Words, student: str) -> Iterator[tuple[str, str, str]]:
    for option in _options(question):
        own = question.options.get(option)
        says = own.label if own else words("ask.not_sure" if option == NOT_SURE else "ask.none_of_these")
        yield name, option, fill(says, student=student)
