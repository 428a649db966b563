"""Which questions apply, which one is next, and which answers count.

The only state is the map of answers. An answer counts while its question is on the path; when another answer closes
that path, it stays where it is and stops counting.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from pushpull.kb.entry import NONE_OF_THESE, NOT_SURE, Condition
from pushpull.kb.questions import Question

Answers = Mapping[str, tuple[str, ...]]
"""Question ids and the chosen options. `("not_sure",)` and `("none_of_these",)` are answers too."""
Questions = Mapping[str, Question]


@dataclass(frozen=True)
class Progress:
    """How far an interview is: the number of the present question, and about how many there are."""

    number: int
    about: int
    at_most: bool = False
    """Whether the interview may end before all of them were asked."""


def usable(question: Question, answer: tuple[str, ...]) -> tuple[str, ...] | None:
    """Return the part of `answer` that `question` still has an option for, or None if nothing is left.

    Knowledge changes and plans are edited by hand: one unknown tick does not take the others with it, and the order
    of ticks means nothing.
    """
    if answer == (NOT_SURE,) or (answer == (NONE_OF_THESE,) and question.choose == "many"):
        return answer
    known = tuple(option for option in question.options if option in answer)
    if question.choose == "one":
        return known if len(answer) == 1 and known else None
    return known or None


def holds(condition: Condition, answers: Answers) -> bool | None:
    """Return whether all of `condition` holds; None while that is not known yet."""
    known = True
    for question, wanted in condition.items():
        answer = answers.get(question)
        if answer is None or answer == (NOT_SURE,):
            known = False
        elif not set(answer) & set(wanted):
            return False
    return True if known else None


def settles(question: Question) -> bool:
    """Return whether an answer to `question` can settle the matter alone."""
    return any(option.settles for option in question.options.values())


def in_order(questions: Questions) -> dict[str, Question]:
    """Return all questions in the order of asking: those that can settle the matter come first."""
    first = {name: question for name, question in questions.items() if settles(question) and not question.when}
    return {**first, **questions}


def walk(questions: Questions, answers: Answers) -> tuple[tuple[str, ...], dict[str, tuple[str, ...]]]:
    """Return the questions that apply, in the order of asking, and the answers that count.

    An answer counts if it is usable and its question is on the path.
    """
    on_path: list[str] = []
    standing: dict[str, tuple[str, ...]] = {}
    for name, question in in_order(questions).items():
        if question.when and holds(question.when, standing) is not True:
            continue
        on_path.append(name)
        if (answer := usable(question, answers.get(name, ()))) is not None:
            standing[name] = answer
    return tuple(on_path), standing


def path(questions: Questions, answers: Answers) -> tuple[str, ...]:
    """Return the questions that apply, in the order of asking."""
    return walk(questions, answers)[0]


def counted(questions: Questions, answers: Answers) -> dict[str, tuple[str, ...]]:
    """Return the answers that count, in the order of the path."""
    return walk(questions, answers)[1]


def next_question(questions: Questions, answers: Answers, passed: Collection[str] = ()) -> str | None:
    """Return the first question on the path without an answer, or None; `passed` were skipped for now."""
    on_path, done = walk(questions, answers)
    return next((name for name in on_path if name not in done and name not in passed), None)


def progress(questions: Questions, answers: Answers, name: str) -> Progress:
    """Return the number of question `name` on the path and about how many questions there are."""
    on_path = path(questions, answers)
    number = on_path.index(name) + 1 if name in on_path else len(on_path)
    return Progress(number, len(on_path))


def without_answer(questions: Questions, answers: Answers) -> tuple[str, ...]:
    """Return the questions on the path that are open: not answered, or answered with "not sure"."""
    on_path, done = walk(questions, answers)
    return tuple(name for name in on_path if done.get(name, (NOT_SURE,)) == (NOT_SURE,))
