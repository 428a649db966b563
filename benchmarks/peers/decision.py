"""The decision of one service as plain rows, worked out from the knowledge: what both rule engines are written from.

An engine has no notion of a named part of the work, nor of a screen on which two parts meet. Here both are written out
as rows of points: what an option adds to the two cases, and to the two rests that are left without the reasons of a
part. So an engine has only to add and to compare. The rule itself is not repeated here: each engine has its own words
for it, and the benchmark fails if they do not mean the same as `pushpull.suggest`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from pushpull.interview import Questions
from pushpull.kb.base import KnowledgeBase
from pushpull.kb.entry import MODES, Mode
from pushpull.kb.questions import Argument, Option, Question
from pushpull.kb.rules import Rules
from pushpull.rule import STAYS

Facts = dict[str, str | list[str]]
"""What an engine is given: a word for a question with one answer, a list for a checklist; empty if unanswered."""


@dataclass(frozen=True)
class Row:
    """What is added to the sums where one option, or one of each group of options, was chosen."""

    question: str
    several: bool
    """Whether the question is a checklist."""
    chosen: tuple[tuple[str, ...], ...]
    """Groups of options; of each group at least one was chosen."""
    push_in: int = 0
    pull_out: int = 0
    rest_push_in: int = 0
    rest_pull_out: int = 0
    names_parts: bool = False
    settles: Mode | None = None

    @property
    def sums(self) -> tuple[int, int, int, int]:
        """Return what it adds to both cases, and to both rests."""
        return self.push_in, self.pull_out, self.rest_push_in, self.rest_pull_out

    @property
    def counts(self) -> bool:
        """Return whether it does anything at all."""
        return any(self.sums) or self.names_parts or self.settles is not None


@dataclass(frozen=True)
class Bars:
    """The ratios as two whole numbers each, so that no engine has to divide."""

    enough: int
    pull_out: tuple[int, int]
    """Where pull-out's case times the second is at least push-in's times the first, it is pull-out."""
    whole_push_in: tuple[int, int]
    whole_pull_out: tuple[int, int]


@dataclass(frozen=True)
class Decision:
    """The rows and the bars of one service. One point of the rules is `scale` here."""

    questions: Mapping[str, bool]
    """Every question that can count, and whether it is a checklist."""
    rows: tuple[Row, ...]
    bars: Bars
    scale: int


def questions_of(kb: KnowledgeBase, service: str) -> Questions:
    """Return the questions about the student and those of the service, as `suggest` takes them together."""
    return {**kb.student_questions, **kb.services[service].questions}


def decision_of(kb: KnowledgeBase, service: str) -> Decision:
    """Return the decision of a service, in whole numbers.

    A question that is asked only under a condition is refused: no engine here has rows for that, and the service that
    is measured asks all of its questions.
    """
    questions = {name: each for name, each in questions_of(kb, service).items() if each.role == "case"}
    if asked_under := [name for name, question in questions.items() if question.when]:
        raise ValueError(f"asked under a condition: {', '.join(asked_under)}")
    scale = lcm(*(each.points.denominator for each in kb.rules.strengths.values()), kb.rules.ratios.enough.denominator)
    rows = tuple(row for name, question in questions.items() for row in _rows(name, question, kb.rules, scale))
    ratios = kb.rules.ratios
    return Decision(
        questions={name: question.choose == "many" for name, question in questions.items()},
        rows=tuple(row for row in rows if row.counts),
        bars=Bars(
            enough=int(ratios.enough * scale),
            pull_out=ratios.pull_out.as_integer_ratio(),
            whole_push_in=ratios.whole.push_in.as_integer_ratio(),
            whole_pull_out=ratios.whole.pull_out.as_integer_ratio(),
        ),
        scale=scale,
    )


def facts(decision: Decision, answers: Mapping[str, tuple[str, ...]]) -> Facts:
    """Return answers in the form in which an engine takes them, every question present."""
    return {
        name: list(answers.get(name, ())) if several else "".join(answers.get(name, ()))
        for name, several in decision.questions.items()
    }


def _rows(name: str, question: Question, rules: Rules, scale: int) -> Iterator[Row]:
    several = question.choose == "many"
    for word, option in question.options.items():
        points = {mode: int(_points(option, mode, rules) * scale) for mode in MODES}
        alone = len(option.parts) == len(MODES)
        rest = {mode: 0 if alone and mode in option.parts else points[mode] for mode in MODES}
        lost = int(STAYS * rules.strengths["strong"].points * scale) if option.keeps_part_outside else 0
        yield Row(
            name,
            several,
            ((word,),),
            **points,
            rest_push_in=rest["push_in"] + lost,
            rest_pull_out=rest["pull_out"],
            names_parts=alone,
            settles=next(iter(option.settles), None),
        )
        if several and len(option.parts) == 1:
            yield _together(name, question, word, points)


def _together(name: str, question: Question, word: str, points: Mapping[Mode, int]) -> Row:
    """Return what changes where a tick that names one part meets one that names the other: its points leave the rest.

    Where more than one option of a checklist keeps a part outside, each takes its share: the rule asks only whether
    any does, and twice far below 0 is far below 0.
    """
    part = next(iter(question.options[word].parts))
    other = tuple(each for each, option in question.options.items() if set(option.parts) - {part})
    push_in, pull_out = (-points[mode] if mode == part else 0 for mode in MODES)
    return Row(
        name, several=True, chosen=((word,), other), rest_push_in=push_in, rest_pull_out=pull_out, names_parts=True
    )


def _points(option: Option, mode: Mode, rules: Rules) -> Fraction:
    argument = option.arguments.get(mode)
    return rules.strengths[argument.strength].points if isinstance(argument, Argument) else Fraction(0)
