"""From answers to a suggestion: two cases are argued side by side, and their ratio gives the outcome.

A teacher can check every result with a pencil. Points are exact fractions, so that a tie is a tie.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from pushpull import interview
from pushpull.interview import Answers
from pushpull.kb.base import KnowledgeBase
from pushpull.kb.entry import MODES, NONE_OF_THESE, NOT_SURE, Basis, Delivery, Mode, Outcome, Strength
from pushpull.kb.questions import Argument, Option, Question
from pushpull.kb.rules import Requirement, Rules
from pushpull.rule import STAYS, Carried, carrying, outcome

Status = Literal["met", "unmet", "unknown"]
Why = Literal["logistics", "off_path", "unknown_question", "unknown_option"]


@dataclass(frozen=True)
class Reason:
    """Why one answer speaks for a mode."""

    mode: Mode
    question: str
    option: str
    label: str
    """The answer as the person read it."""
    because: str
    basis: Basis
    strength: Strength | None
    """None for an answer that settles the matter alone and has no points."""
    points: Fraction
    concern: str
    sources: tuple[str, ...]
    caveat: str | None
    of_part: bool
    """Whether it speaks for a named part of the work alone."""


@dataclass(frozen=True)
class CheckedRequirement:
    """A requirement and whether it is met."""

    name: str
    modes: tuple[Delivery, ...]
    status: Status
    basis: Basis
    say: str
    ask: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class NotCounted:
    """Something that was written down and moves nothing, and why."""

    question: str
    option: str
    label: str
    why: Why
    solve: str = ""


@dataclass(frozen=True)
class FoundTension:
    """Two answers that may not fit together."""

    name: str
    say: str
    answers: tuple[tuple[str, str], ...]
    """The questions and the options that were chosen, in the order of the two conditions."""


@dataclass(frozen=True)
class Suggestion:
    """What the answers come to, with everything that led there."""

    service: str
    mode: Outcome
    case: Mapping[Mode, Fraction]
    rest: Mapping[Mode, Fraction] | None
    """The cases without the reasons of a part; None without two parts. Push-in's is far below 0 if one stays out."""
    parts: Mapping[Mode, tuple[str, ...]]
    """For a blend: which part of the work goes where."""
    settled_by: tuple[Reason, ...]
    reasons: tuple[Reason, ...]
    """All of them: settling ones first, then those that carry the outcome, as `ranked` says."""
    requirements: tuple[CheckedRequirement, ...]
    not_counted: tuple[NotCounted, ...]
    notes: tuple[str, ...]
    """Ids of the notes that apply."""
    tensions: tuple[FoundTension, ...]
    unanswered: tuple[str, ...]
    """Questions on the path that are open, "not sure" included."""


def suggest(kb: KnowledgeBase, service: str, answers: Answers, *, grade: str = "", now: str = "") -> Suggestion:
    """Return the suggestion for one service; `answers` holds the student's answers and the service's together.

    `grade` and `now`, the present way, never move it: some notes are meant for one grade, or for a change.
    """
    questions = {**kb.student_questions, **kb.services[service].questions}
    standing = interview.counted(questions, answers)
    reasons = tuple(argued(questions, standing, kb.rules))
    settled_by = tuple(reason for reason in reasons if reason.strength is None)
    case = _points(reasons)
    parts = named_parts(questions, standing)
    rest = _points(reason for reason in reasons if not reason.of_part) if parts else None
    if rest and stays(questions, standing):
        rest["push_in"] += STAYS * kb.rules.strengths["strong"].points
    mode = outcome(kb.rules, case, settled={r.mode for r in settled_by}, rest=rest)
    return Suggestion(
        service=service,
        mode=mode,
        case=case,
        rest=rest,
        parts=parts if mode == "blend" else {},
        settled_by=settled_by,
        reasons=ranked(kb.rules, mode, reasons, case, rest=rest),
        requirements=tuple(_requirement(name, r, questions, standing) for name, r in kb.requirements.items()),
        not_counted=tuple(not_counted(questions, answers, standing)),
        notes=tuple(_notes(kb, service, mode, standing, grade=grade, now=now)),
        tensions=tensions(kb, standing),
        unanswered=interview.without_answer(questions, answers),
    )


def ranked(
    rules: Rules,
    mode: Outcome,
    reasons: Sequence[Reason],
    case: Mapping[Mode, Fraction],
    *,
    rest: Mapping[Mode, Fraction] | None,
) -> tuple[Reason, ...]:
    """Return the reasons in the order in which they carry the outcome.

    An answer that settles the matter stands first. Then come the reasons whose loss alone would give another outcome,
    and so on, as `rule.carrying` says. For push-in and for pull-out the first are the heaviest of its own. For a blend
    or an open matter they may speak for either mode: it depends on which border the loss would leave nearest. Equal
    ones stand in the order of asking.
    """
    carried = carrying(rules, mode, case, rest=rest, settled=any(reason.strength is None for reason in reasons))

    def place(reason: Reason) -> tuple[bool, Carried]:
        return reason.strength is not None, carried(reason.mode, reason.points, reason.of_part)

    return tuple(sorted(reasons, key=place))


def _points(reasons: Iterable[Reason]) -> dict[Mode, Fraction]:
    points = dict.fromkeys(MODES, Fraction(0))
    for reason in reasons:
        points[reason.mode] += reason.points
    return points


def tensions(kb: KnowledgeBase, standing: Answers) -> tuple[FoundTension, ...]:
    """Return the pairs among the answers that count which may not fit together. They move nothing."""
    return tuple(
        FoundTension(
            name,
            tension.say,
            tuple(
                (question, option)
                for condition in tension.between
                for question, wanted in condition.items()
                for option in standing[question]
                if option in wanted
            ),
        )
        for name, tension in kb.tensions.items()
        if all(interview.holds(condition, standing) is True for condition in tension.between)
    )


def named_parts(questions: Mapping[str, Question], standing: Answers) -> dict[Mode, tuple[str, ...]]:
    """Return the parts that the answers name, or nothing.

    Both parts must be named on one screen: by one option, or by several ticks of one checklist. Parts named in
    different places need not be parts of the same work, and so the first such screen gives the words.
    """
    for name, option_ids in standing.items():
        chosen = [option for _, option in _chosen(questions[name], option_ids)]
        if _names_both(chosen):
            return {mode: tuple(option.parts[mode] for option in chosen if mode in option.parts) for mode in MODES}
    return {}


def _names_both(chosen: Iterable[Option]) -> bool:
    return {mode for option in chosen for mode in option.parts} == set(MODES)


def stays(questions: Mapping[str, Question], standing: Answers) -> bool:
    """Return whether an answer says that the part outside has to stay there."""
    chosen = (option for name, ids in standing.items() for _, option in _chosen(questions[name], ids))
    return any(option.keeps_part_outside for option in chosen)


def _chosen(question: Question, option_ids: tuple[str, ...]) -> Iterator[tuple[str, Option]]:
    for option_id in option_ids:
        if option_id not in {NOT_SURE, NONE_OF_THESE}:
            yield option_id, question.options[option_id]


def argued(questions: Mapping[str, Question], standing: Answers, rules: Rules) -> Iterator[Reason]:
    """Yield the reasons in the order of asking. What an answer gives depends on no other answer."""
    for name, option_ids in standing.items():
        chosen = tuple(_chosen(questions[name], option_ids))
        apart = _names_both(option for _, option in chosen)
        for option_id, option in chosen:
            for mode, why in (*option.settles.items(), *option.arguments.items()):
                strength = why.strength if isinstance(why, Argument) else None
                yield Reason(
                    mode=mode,
                    question=name,
                    option=option_id,
                    label=option.label,
                    because=why.because,
                    basis=why.basis,
                    strength=strength,
                    points=rules.strengths[strength].points if strength else Fraction(0),
                    concern=why.concern,
                    sources=why.sources,
                    caveat=why.caveat,
                    of_part=apart and strength is not None and mode in option.parts,
                )


def _requirement(
    name: str, requirement: Requirement, questions: Collection[str], standing: Answers
) -> CheckedRequirement:
    asked = [question for question in requirement.met_by if question in questions]
    answered = bool(asked) and all(standing.get(question, (NOT_SURE,)) != (NOT_SURE,) for question in asked)
    met = any(interview.holds({question: wanted}, standing) for question, wanted in requirement.met_by.items())
    status: Status = "met" if met else "unmet" if answered else "unknown"
    return CheckedRequirement(
        name, requirement.modes, status, requirement.basis, requirement.say, requirement.ask, requirement.sources
    )


def not_counted(questions: Mapping[str, Question], answers: Answers, standing: Answers) -> Iterator[NotCounted]:
    """Yield what was written down and moves nothing, in the order of the answers."""
    for name, option_ids in answers.items():
        question = questions.get(name)
        if question is None:
            yield from (NotCounted(name, option_id, option_id, "unknown_question") for option_id in option_ids)
            continue
        for option_id in option_ids:
            option = question.options.get(option_id)
            if option_id in {NOT_SURE, NONE_OF_THESE}:
                continue
            if option is None:
                yield NotCounted(name, option_id, option_id, "unknown_option")
            elif question.role == "logistics":
                yield NotCounted(name, option_id, option.label, "logistics", option.solve or "")
            elif name not in standing:
                yield NotCounted(name, option_id, option.label, "off_path")


def _notes(kb: KnowledgeBase, service: str, mode: Outcome, standing: Answers, *, grade: str, now: str) -> Iterator[str]:
    for name, note in kb.notes.items():
        fits = (
            (not note.services or service in note.services)
            and (not note.modes or mode in note.modes)
            and (not note.grades or grade in note.grades)
            and (not note.differs or now not in {"", mode})
        )
        if fits and interview.holds(note.when, standing) is True:
            yield name
