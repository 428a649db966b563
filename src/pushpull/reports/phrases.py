"""Small phrases that several reports need: names of modes, of a student, of a source, of an answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from pushpull.document import Bullets, Heading, Item
from pushpull.kb.entry import NONE_OF_THESE, NOT_SURE
from pushpull.kb.words import Words, fill

if TYPE_CHECKING:  # only the comparison is shown without a plan, and it is not to wait for what belongs to one
    from pushpull.kb.comparison import Source
    from pushpull.kb.questions import Question
    from pushpull.plan import Plan, Planned
    from pushpull.suggest import FoundTension

_DAY = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})")


def who(words: Words, plan: Plan | None = None) -> str:
    """Return how the student is called: by the plan's label, or in general."""
    return (plan.student.label if plan else "") or words("student.unnamed")


def number(value: Fraction) -> str:
    """Return a number of points as people write it: 8, 8.5, or 17/3 where there is no short decimal."""
    if value.denominator == 1:
        return str(value.numerator)
    shown = f"{float(value):g}"
    return shown if Fraction(shown) == value else str(value)


def capital(text: str) -> str:
    """Return a text as the start of a line has it: with a capital letter."""
    return text[:1].upper() + text[1:]


def day(words: Words, text: str) -> str:
    """Return a day as people write it; what is no day, such as "each Friday", stays as it was written."""
    found = _DAY.fullmatch(text.strip())
    if not found or not words.has(f"day.month_{found['month']}"):
        return text
    month = words(f"day.month_{found['month']}")
    return words("day.written", month=month, day=found["day"].lstrip("0"), year=found["year"])


def is_past(text: str, today: str) -> bool:
    """Return whether a text is a day before today; both as year-month-day."""
    return bool(_DAY.fullmatch(text.strip())) and text.strip() < today


def answer_text(words: Words, question: Question, answer: Iterable[str], student: str) -> str:
    """Return an answer in the words in which it was given."""
    special = {NOT_SURE: words("ask.not_sure"), NONE_OF_THESE: words("ask.none_of_these")}
    labels = [
        special.get(option) or fill(question.options[option].label, student=student)
        for option in answer
        if option in special or option in question.options
    ]
    return "; ".join(labels)


def quoted(words: Words, questions: Mapping[str, Question], tension: FoundTension, student: str) -> str:
    """Return the answers that may not fit together, each in quotes."""
    labels = (fill(questions[name].options[option].label, student=student) for name, option in tension.answers)
    return words("suggest.quoted_and").join(words("suggest.quoted", label=label) for label in labels)


def minutes(words: Words, planned: Planned) -> str:
    """Return the present amount of a service in words, as far as the plan tells."""
    if not planned.minutes:
        return ""
    if planned.times and planned.per and words.has(f"per.{planned.per}"):
        per = words(f"per.{planned.per}")
        phrase = "suggest.amount_once" if planned.times == "1" else "suggest.amount"
        return words(phrase, minutes=planned.minutes, times=planned.times, per=per)
    return words("suggest.amount_only", minutes=planned.minutes)


def now(words: Words, planned: Planned) -> str:
    """Return how a service is delivered now, or nothing if the plan does not say."""
    if not planned.now:
        return ""
    amount = minutes(words, planned)
    mode = words(f"mode.{planned.now}")
    return words("suggest.now_amount", mode=mode, amount=amount) if amount else words("suggest.now", mode=mode)


def cited(ids: Iterable[str]) -> str:
    """Return source ids as they are cited in a text."""
    joined = ", ".join(ids)
    return f"[{joined}]" if joined else ""


def source_list(words: Words, ids: Iterable[str], sources: Mapping[str, Source]) -> tuple[Heading | Bullets, ...]:
    """Return the section that lists the cited sources, each with its grade and how much of it was read."""
    wanted = set(ids)
    items = tuple(
        Item(
            source.cite,
            mark=name,
            address=source.address,
            tail=words(
                "sources.line",
                grade=words(f"grade.{source.grade}"),
                checked=words(f"checked.{source.checked}"),
                read=source.read,
                reviewed=source.reviewed,
            ),
        )
        for name, source in sources.items()
        if name in wanted
    )
    return (Heading(words("sources.title")), Bullets(items)) if items else ()
