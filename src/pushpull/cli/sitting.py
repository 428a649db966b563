"""What commands do with plans and papers at the edges: sit down for an interview, open, point out, deliver."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from pushpull import files, interview, plan
from pushpull.cli import output, stopping
from pushpull.cli.plans import entry_named, point_out
from pushpull.document import Document
from pushpull.kb.base import KnowledgeBase
from pushpull.kb.entry import NONE_OF_THESE, NOT_SURE
from pushpull.kb.words import Words, fill
from pushpull.plan import Hold, PlanFile
from pushpull.problems import PushpullError
from pushpull.prompts import Interview, Leave, add_services, ask_grade, begin, set_up
from pushpull.signs import readable
from pushpull.source.reading import LONGEST_TEXT


class Screen:
    """The person's own terminal."""

    def __init__(self, words: Words, *, plain: bool) -> None:
        self.words = words
        self.form = output.chosen_format("suggest", None, plain=plain)
        self.repeats_keys = self.form == "table"
        output.reach(sys.stdin)

    def show(self, document: Document) -> None:
        """Show a page, with an empty line above it."""
        output.put("\n" + output.drawn(document, self.form))

    def read(self, prompt: str) -> str:
        """Return one typed line. A terminal that is gone is like the end of input."""
        while True:
            output.put("\n" + readable(prompt))
            try:
                line = sys.stdin.readline()
            except OSError:
                raise EOFError from None
            if not line:
                raise EOFError
            if len(typed := output.typed(line)) <= LONGEST_TEXT:
                return typed
            output.put("\n" + self.words("ask.too_long"))  # the plan would not open again


def sit_down(
    path: Path, kb: KnowledgeBase, words: Words, *, wanted: str, quick: bool, plain: bool, no_input: bool
) -> PlanFile | None:
    """Hold an interview and return the plan, or None if the person left; whatever happens, it is saved.

    `wanted` is a service, or the id of an entry of the plan. A `quick` one asks only what matters.
    Without a terminal, say what is missing and how to give it.
    """
    if not path.parent.is_dir():
        raise PushpullError("no_place", folder=str(path.parent))
    with ExitStack() as held:
        hold = held.enter_context(plan.Hold())
        asking = not no_input and sys.stdin.isatty()
        if asking:
            hold.take(path)
        file = None
        if path.exists() or plan.is_between(path):
            file = replace(plan.open_plan(path), hold=hold)
            plan.check_against(file, kb.services)
            point_out(file, kb, words)
        if not asking:
            _say_what_is_missing(path, file, kb, words)
        files.can_write(path)
        held.enter_context(stopping.orderly())
        screen = Screen(words, plain=plain)
        command = f"{output.program()} ask {output.quoted(path)}"
        try:
            return _interview(screen, kb, words, path, file, hold, wanted=wanted, quick=quick)
        except (Leave, EOFError):
            _say_it_is_saved("ask.saved", words, path, command)
            return None
        except KeyboardInterrupt:
            _say_it_is_saved("ask.interrupted", words, path, command)
            raise
        except (PushpullError, OSError) as error:
            if not isinstance(error, PushpullError) or (error.say == "cannot_write" and path.exists()):
                output.tell("", words("ask.last_not_saved", file=str(path)), words("ask.go_on", command=command))
            raise


def _say_it_is_saved(phrase: str, words: Words, path: Path, command: str) -> None:
    if path.exists():
        output.tell("", words(phrase, file=str(path)), words("ask.go_on", command=command))
    else:
        output.tell("", words("ask.nothing_saved"))


def _interview(
    screen: Screen,
    kb: KnowledgeBase,
    words: Words,
    path: Path,
    file: PlanFile | None,
    hold: Hold,
    *,
    wanted: str,
    quick: bool,
) -> PlanFile:
    if file is None:
        file = begin(screen, kb, words, path, hold)
    else:
        count = len(file.plan.answers) + sum(len(service.answers) for service in file.plan.services.values())
        output.put("\n" + words.count("ask.resumed", count, file=str(path)) + "\n")
        if file.comments:
            output.tell(words("ask.remarks_copied", copy=str(plan.copy_of(path))))
    if not file.plan.services:
        file = ask_grade(screen, kb, words, file)
    begun = frozenset(file.plan.services)
    left_out: frozenset[str] = frozenset()
    if wanted:
        file, entry = _with_service(screen, kb, words, file, wanted)
        left_out = frozenset(file.plan.services) - {entry}
    elif not begun:
        file = add_services(screen, kb, words, file)
    for name, planned in file.plan.services.items():
        # With a first answer the opening is over: what is missing then is wanted by nobody.
        if name in begun - left_out and not planned.answers:
            file = set_up(screen, kb, words, file, name)
    return Interview(kb=kb, file=file, left_out=left_out, quick=quick, terminal=screen, words=words).run()


def _with_service(screen: Screen, kb: KnowledgeBase, words: Words, file: PlanFile, wanted: str) -> tuple[PlanFile, str]:
    """Return the plan and the entry that `wanted` names, adding an entry if the plan has none for that service."""
    services = file.plan.services
    if wanted in services:
        return file, wanted
    entry = next((name for name, planned in services.items() if planned.service == wanted), None)
    if entry is None:
        before = set(services)
        file = add_services(screen, kb, words, file, wanted=wanted)
        entry = next(name for name in file.plan.services if name not in before)
    return file, entry


def has_entry(path: Path, name: str) -> bool:
    """Return whether the plan at `path` has an entry with this id."""
    return path.exists() and name in plan.open_plan(path).plan.services


def _say_what_is_missing(path: Path, file: PlanFile | None, kb: KnowledgeBase, words: Words) -> None:
    if file is None:
        raise PushpullError("no_input_new", file=str(path))
    lines = list(missing(file, kb, words))
    if lines:
        output.tell(*lines)
        raise PushpullError("no_input_missing", file=str(path))
    raise PushpullError("no_input_complete", file=str(path))


def missing(file: PlanFile, kb: KnowledgeBase, words: Words) -> Iterator[str]:
    """Yield a line for every question without an answer."""
    student = words("student.unnamed")  # what is told here may end up in a log
    sections = [("answers", kb.student_questions, file.plan.answers)]
    for name, planned in file.plan.services.items():
        answers = file.plan.answers_for(name, kb.student_questions)
        sections.append(
            (f"services: {entry_named(name, planned)}: answers", kb.services[planned.service].questions, answers)
        )
    for section, questions, answers in sections:
        done = interview.counted(questions, answers)
        for name in interview.path(questions, answers):
            if name not in done:
                question = questions[name]
                extra = [NONE_OF_THESE] if question.choose == "many" else []
                options = ", ".join([*question.options, *extra, NOT_SURE])
                ask = fill(question.ask, student=student)
                yield words("ask.no_input_line", section=section, question=name, ask=ask, options=options)
