"""Plan files: opened and checked. What the program does not know in one stays in it."""

from __future__ import annotations

import copy
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, get_origin

from pushpull.files import before
from pushpull.kb.base import KnowledgeBase
from pushpull.kb.entry import NONE_OF_THESE, NOT_SURE, Known
from pushpull.kb.questions import Question
from pushpull.plan.fields import VERSION, Kept, Plan
from pushpull.plan.hold import Hold
from pushpull.plan.versions import brought_up
from pushpull.problems import BadFile, Place, Problem, PushpullError, discreet
from pushpull.source.closest import closest
from pushpull.source.mistakes import check
from pushpull.source.reading import decode, has_remarks, read
from pushpull.source.tree import Node, place_of, plain

LARGEST = 300_000  # bytes; a plan with thirty services and long notes has a third of it
_SURE = 60_000  # bytes; a smaller plan has too few parts to be refused
_MOST_SERVICES = 100  # three times as many as there are kinds of them


@dataclass(frozen=True)
class PlanFile:
    """A plan, the file it belongs to, and the whole content of that file."""

    path: Path
    plan: Plan
    raw: Mapping[str, Any]
    remarks: tuple[Problem, ...] = ()
    """What was pointed out on opening: nothing that stops anybody."""
    comments: bool = False
    """Whether the file holds remarks (`# ...`) that saving would drop."""
    node: Node = field(default_factory=lambda: Node({}, Place("")))
    """The file as it was read, for places."""
    on_disk: bytes | None = None
    """The file as it was read or saved last, byte by byte; None if there was none."""
    hold: Hold | None = None
    """What keeps it for one interview."""

    def with_value(self, keys: tuple[str, ...], value: Any) -> PlanFile:
        """Return this plan with one value set (None removes it); every other word of the file stays."""
        raw = copy.deepcopy(dict(self.raw))
        inner = raw
        for key in keys[:-1]:
            if not isinstance(inner.get(key), dict):
                inner[key] = {}
            inner = inner[key]
        if value is None:
            inner.pop(keys[-1], None)
        else:
            inner[keys[-1]] = value
        return replace(self, raw=raw, plan=Plan.model_validate(raw))


def new(path: Path, *, label: str, grade: str | None = None, hold: Hold | None = None) -> PlanFile:
    """Return a plan without services, not saved yet. A grade that is None is still to be asked for."""
    student = {"label": label} if grade is None else {"label": label, "grade": grade}
    raw = {"plan": VERSION, "student": student, "answers": {}, "services": {}}
    return PlanFile(path, Plan.model_validate(raw), raw, hold=hold)


def open_plan(path: Path, given: bytes | None = None) -> PlanFile:
    """Open the plan at `path`, or the one in `given` (from standard input); raise `BadFile` with every problem."""
    name = str(path)
    found = contents(path) if given is None else given
    if len(found) > LARGEST:
        raise PushpullError("too_large", file=name)
    text, problems = decode(found, name)
    if problems:
        raise BadFile(problems)
    node, unread = read(text, name)
    if not node.entries():
        raise BadFile(map(discreet, unread or [Problem.at(Place(name, 1, 1), "not_a_plan")]))
    try:
        node, changed = brought_up(node)
    except BadFile as error:
        raise BadFile(map(discreet, [*unread, *error.problems])) from None
    services = node.get("services")
    if services and len(services.entries()) > _MOST_SERVICES:
        raise BadFile([*unread, Problem.at(services.place, "too_many_services", most=str(_MOST_SERVICES))])
    plan, problems = check(Plan, node, Known())
    if unread or problems:
        # A word that is not known is no mistake by itself; beside a missing one it is often the cause.
        raise BadFile(map(discreet, [*unread, *problems, *_unknown_words(node)]))
    remarks = (*changed, *_unknown_words(node))
    return PlanFile(path, plan, plain(node), remarks, has_remarks(text), node, None if given is not None else found)


def check_against(file: PlanFile, services: Collection[str]) -> None:
    """Raise `BadFile` if the plan names a service that the knowledge does not have."""
    node = file.node
    problems = [
        Problem.at(
            place_of(node, ("services", name, "service")),
            "unknown_service",
            word=planned.service,
            close=closest(planned.service, services),
        )
        for name, planned in file.plan.services.items()
        if planned.service not in services
    ]
    if problems:
        raise BadFile(map(discreet, problems))


def unknown_answers(file: PlanFile, kb: KnowledgeBase) -> list[Problem]:
    """Return the answers of a plan that the knowledge has no question or no option for."""
    node = file.node
    sections: list[tuple[tuple[str, ...], Mapping[str, Question], Mapping[str, tuple[str, ...]]]] = [
        (("answers",), kb.student_questions, file.plan.answers)
    ]
    for name, planned in file.plan.services.items():
        sections.append((("services", name, "answers"), kb.services[planned.service].questions, planned.answers))
    found: list[Problem] = []
    for path, questions, answers in sections:
        for name, answer in answers.items():
            if name not in questions:
                place = place_of(node, (*path, name), key=True)
                found.append(
                    Problem.at(place, "kept_question", word=name, close=closest(name, questions, met=len(found)))
                )
                continue
            options = questions[name].options
            for option in answer:
                if option not in {*options, NOT_SURE, NONE_OF_THESE}:
                    place = place_of(node, (*path, name))
                    close = closest(option, options, met=len(found))
                    found.append(Problem.at(place, "kept_option", word=option, question=name, close=close))
    return found


def can_be_opened(file: PlanFile, content: bytes) -> bool:
    """Return whether a plan that is to be saved holds no more than can be read again."""
    if len(file.plan.services) > _MOST_SERVICES:
        return False
    if len(content) > _SURE:
        try:
            open_plan(file.path, content)
        except BadFile:
            return False
    return True


def is_between(path: Path) -> bool:
    """Return whether a plan is missing only because saving it was cut off: it waits beside its place."""
    return not path.exists() and before(path).exists()


def contents(path: Path) -> bytes:
    """Return the bytes of a plan file; raise `PushpullError` if it cannot be one, or cannot be read."""
    try:
        if path.exists() and not path.is_file():
            raise PushpullError("not_a_file", file=str(path))
        path.stat()
        with path.open("rb") as stream:
            return stream.read(LARGEST + 1)
    except FileNotFoundError as error:
        if is_between(path):
            raise PushpullError("no_plan_but_before", file=str(path), copy=str(before(path))) from error
        raise PushpullError("no_plan", file=str(path)) from error
    except OSError as error:
        raise PushpullError("cannot_read", file=str(path), why=error.strerror or "") from error


def _unknown_words(node: Node) -> tuple[Problem, ...]:
    """Return the words that nobody reads, each with the word that was probably meant, as deep as there are entries."""
    return tuple(
        Problem.at(place, "kept_word", word=word, close=closest(word, words, met=met))
        for met, (place, word, words) in enumerate(_unread_words(node, Plan))
    )


def _unread_words(node: Node, kind: type[Kept]) -> Iterator[tuple[Place, str, Collection[str]]]:
    """Yield each word that nobody reads: its place, the word, and those that could stand there."""
    words = kind.model_fields
    for key, value in node.entries().items():
        if key not in words:
            yield node.keys[key], key, words
        elif inner := kind.holds(key):
            many = get_origin(words[key].annotation) is dict
            for each in value.entries().values() if many else (value,):
                yield from _unread_words(each, inner)
