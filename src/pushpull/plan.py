"""A plan: one student's services and answers, in one YAML file that a person can read and edit.

The file is the only place where anything about a student is kept. It is written beside and then swapped in, and only
its owner can read it. What the program does not know in it stays in it.
"""

from __future__ import annotations

import contextlib
import copy
import itertools
import os
import tempfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BeforeValidator, ConfigDict, Field

from pushpull.kb import NONE_OF_THESE, NOT_SURE, Delivery, Entry, KnowledgeBase, Known, Question
from pushpull.problems import BadFile, Place, Problem, PushpullError
from pushpull.source import Node, check, closest, decode, has_remarks, place_of, plain, read

VERSION = "1"
_LARGEST = 1_000_000  # bytes; a plan with thirty services and long notes has a tenth of it


def _listed(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


Answer = Annotated[tuple[str, ...], BeforeValidator(_listed)]
"""One option, or a list of them for a checklist."""


class Kept(Entry):
    """An entry of a plan. Words that the program does not know are kept and pointed out, never dropped."""

    model_config = ConfigDict(extra="ignore", frozen=True, use_attribute_docstrings=True)


class Student(Kept):
    """Who the plan is about. A label or initials are enough; a name is not needed."""

    label: str = ""
    grade: str = ""


class Decision(Kept):
    """What the team decided, if it has."""

    mode: str = ""
    why: str = ""


class Planned(Kept):
    """One service and one goal of the student."""

    service: str
    goal: str = ""
    now: Literal[Delivery, "none", ""] = ""
    """How it is delivered now."""
    minutes: str = ""
    times: str = ""
    per: str = ""
    answers: dict[str, Answer] = {}
    notes: dict[str, str] = {}
    """The evidence behind an answer, in the words of the person who gave it."""
    team: Decision = Decision()


class Plan(Kept):
    """Everything a plan says."""

    plan: Literal["1"]
    student: Student = Student()
    answers: dict[str, Answer] = {}
    """Asked once, for all services."""
    notes: dict[str, str] = {}
    services: dict[str, Planned] = Field(default={})

    def answers_for(self, name: str, asked_once: Collection[str] | None = None) -> dict[str, tuple[str, ...]]:
        """Return the student's answers and those of one service together.

        With `asked_once`, the questions about the student, an answer that stands in the other place is left out: it was
        pointed out as one that does not count.
        """
        own = self.services[name].answers
        if asked_once is None:
            return {**self.answers, **own}
        student = {question: answer for question, answer in self.answers.items() if question in asked_once}
        return student | {question: answer for question, answer in own.items() if question not in asked_once}


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


def new(path: Path, *, label: str, grade: str) -> PlanFile:
    """Return a plan without services, not saved yet."""
    raw = {"plan": VERSION, "student": {"label": label, "grade": grade}, "answers": {}, "services": {}}
    return PlanFile(path, Plan.model_validate(raw), raw)


def open_plan(path: Path, given: bytes | None = None) -> PlanFile:
    """Open the plan at `path`, or the one in `given` (from standard input); raise `BadFile` with every problem."""
    name = str(path)
    text, problems = decode(_contents(path) if given is None else given, name)
    if problems:
        raise BadFile(problems)
    node, unread = read(text, name)
    if not node.entries():
        raise BadFile(unread or [Problem.at(Place(name, 1, 1), "not_a_plan")])
    version = node.get("plan")
    if version is None or version.value is None:
        raise BadFile([*unread, Problem.at(node.place, "no_plan_version", version=VERSION)])
    if not isinstance(version.value, str):
        raise BadFile([*unread, Problem.at(version.place, "text_expected", word="plan")])
    if version.value != VERSION:
        raise BadFile([Problem.at(version.place, "other_plan_version", word=str(version.value), version=VERSION)])
    plan, problems = check(Plan, node, Known())
    if unread or problems:
        # A word that is not known is no mistake by itself; beside a missing one it is often the cause.
        raise BadFile([*unread, *problems, *_unknown_words(node)])
    return PlanFile(path, plan, plain(node), tuple(_unknown_words(node)), has_remarks(text), node)


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
        raise BadFile(problems)


def unknown_answers(file: PlanFile, kb: KnowledgeBase) -> list[Problem]:
    """Return the answers of a plan that the knowledge has no question or no option for."""
    node = file.node
    sections: list[tuple[tuple[str, ...], Mapping[str, Question], Mapping[str, tuple[str, ...]]]] = [
        (("answers",), kb.student_questions, file.plan.answers)
    ]
    for name, planned in file.plan.services.items():
        sections.append((("services", name, "answers"), kb.services[planned.service].questions, planned.answers))
    found = []
    for path, questions, answers in sections:
        for name, answer in answers.items():
            if name not in questions:
                place = place_of(node, (*path, name), key=True)
                found.append(Problem.at(place, "kept_question", word=name, close=closest(name, questions)))
                continue
            options = questions[name].options
            for option in answer:
                if option not in {*options, NOT_SURE, NONE_OF_THESE}:
                    place = place_of(node, (*path, name))
                    close = closest(option, options)
                    found.append(Problem.at(place, "kept_option", word=option, question=name, close=close))
    return found


def save(file: PlanFile) -> PlanFile:
    """Write the plan beside its file and swap it in: whatever happens, the file is whole. Only its owner can read it.

    A file that holds remarks of a person is copied once, because the remarks do not survive.
    """
    if file.comments:
        write(copy_of(file.path), _contents(file.path))
        file = replace(file, comments=False)
    write(file.path, _dump(file.raw).encode())
    return file


def copy_of(path: Path) -> Path:
    """Return where a copy of a plan with a person's remarks can go; an earlier copy stays what it is."""
    numbers = itertools.chain([""], (f"-{number}" for number in itertools.count(2)))
    names = (path.with_name(f"{path.stem}.with-remarks{number}{path.suffix}") for number in numbers)
    return next(name for name in names if not name.exists())


def write(path: Path, content: bytes) -> None:
    """Write a file beside its place and swap it in; raise `PushpullError` if it cannot be written."""
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    except OSError as error:
        raise PushpullError("cannot_write", file=str(path), why=error.strerror or "") from error
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).replace(path)
    except OSError as error:
        raise PushpullError("cannot_write", file=str(path), why=error.strerror or "") from error
    finally:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()


def _contents(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_file():
            raise PushpullError("not_a_file", file=str(path))
        if path.stat().st_size > _LARGEST:
            raise PushpullError("too_large", file=str(path))
        return path.read_bytes()
    except FileNotFoundError as error:
        raise PushpullError("no_plan", file=str(path)) from error
    except OSError as error:
        raise PushpullError("cannot_read", file=str(path), why=error.strerror or "") from error


def _unknown_words(node: Node) -> list[Problem]:
    """Return the words that nobody reads, each with the word that was probably meant."""
    top = {*Plan.model_fields, "week"}
    found = _unknown(node, top)
    student = node.get("student")
    found += _unknown(student, set(Student.model_fields)) if student else []
    services = node.get("services")
    for service in services.entries().values() if services else ():
        found += _unknown(service, set(Planned.model_fields))
    return found


def _unknown(node: Node, words: set[str]) -> list[Problem]:
    return [
        Problem.at(node.keys[key], "kept_word", word=key, close=closest(key, words))
        for key in node.entries()
        if key not in words
    ]


class _Dumper(yaml.SafeDumper):
    """Writes words as people write them: only what would be read as nothing gets quotes."""


def _in_line(dumper: yaml.SafeDumper, ticks: list[Any]) -> yaml.Node:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", ticks, flow_style=True)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    """Write a text so that the very same text is read again; half a letter, which no file can hold, becomes `?`."""
    text = text.encode(errors="replace").decode()
    # Line ends other than \n, and tabs at the start of a line, come back only from double quotes.
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=None if text.isprintable() else '"')


_NULL = "tag:yaml.org,2002:null"
_Dumper.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag == _NULL]
    for first, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()
}
_Dumper.add_representer(list, _in_line)
_Dumper.add_representer(str, _text)


def _dump(raw: Mapping[str, Any]) -> str:
    return yaml.dump(dict(raw), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)
