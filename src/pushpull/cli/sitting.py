"""What commands do with plans and papers at the edges: sit down for an interview, open, point out, deliver."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from pushpull import interview, plan
from pushpull.cli import output
from pushpull.cli.options import setting
from pushpull.document import Document
from pushpull.kb.entry import NONE_OF_THESE, NOT_SURE
from pushpull.kb.whole import KnowledgeBase
from pushpull.kb.words import Words, fill
from pushpull.load import built_in, load_knowledge
from pushpull.load.where import known_ids
from pushpull.plan import PlanFile
from pushpull.problems import Problem, PushpullError, UsageError
from pushpull.prompts import Interview, Leave, add_services, begin
from pushpull.reports import phrases

_INTERRUPTED = 130


class Screen:
    """The person's own terminal."""

    def __init__(self, *, plain: bool) -> None:
        self.form = output.chosen_format("suggest", None, plain=plain)
        self.repeats_keys = self.form == "table"
        output.reach(sys.stdin)

    def show(self, document: Document) -> None:
        """Show a page, with an empty line above it."""
        output.put("\n" + output.drawn(document, self.form))

    def read(self, prompt: str) -> str:
        """Return one typed line. A terminal that is gone is like the end of input."""
        output.put("\n" + prompt)
        try:
            line = sys.stdin.readline()
        except OSError:
            raise EOFError from None
        if not line:
            raise EOFError
        return output.typed(line)


def sit_down(
    path: Path, kb: KnowledgeBase, words: Words, *, wanted: str, quick: bool, plain: bool, no_input: bool
) -> PlanFile | None:
    """Hold an interview and return the plan, or None if the person left; whatever happens, it is saved.

    `wanted` is a service, or the id of an entry of the plan. A `quick` one asks only what matters.
    Without a terminal, say what is missing and how to give it.
    """
    if not path.parent.is_dir():
        raise PushpullError("no_place", folder=str(path.parent))
    file = None
    if path.exists():
        file = plan.open_plan(path)
        plan.check_against(file, kb.services)
        point_out(file, kb, words)
    if no_input or not sys.stdin.isatty():
        _say_what_is_missing(path, file, kb, words)
    screen = Screen(plain=plain)
    command = f"{output.program()} ask {output.quoted(path)}"
    try:
        return _interview(screen, kb, words, path, file, wanted=wanted, quick=quick)
    except (Leave, EOFError):
        _say_it_is_saved("ask.saved", words, path, command)
        return None
    except KeyboardInterrupt:
        _say_it_is_saved("ask.interrupted", words, path, command)
        raise


def _say_it_is_saved(phrase: str, words: Words, path: Path, command: str) -> None:
    if path.exists():
        output.tell("", words(phrase, file=str(path)), words("ask.go_on", command=command))
    else:
        output.tell("", words("ask.nothing_saved"))


def _interview(
    screen: Screen, kb: KnowledgeBase, words: Words, path: Path, file: PlanFile | None, *, wanted: str, quick: bool
) -> PlanFile:
    if file is None:
        file = begin(screen, kb, words, path)
    else:
        count = len(file.plan.answers) + sum(len(service.answers) for service in file.plan.services.values())
        output.put("\n" + words.count("ask.resumed", count, file=str(path)) + "\n")
        if file.comments:
            output.tell(words("ask.remarks_copied", copy=str(plan.copy_of(path))))
    left_out: frozenset[str] = frozenset()
    if wanted:
        file, entry = _with_service(screen, kb, words, file, wanted)
        left_out = frozenset(file.plan.services) - {entry}
    elif not file.plan.services:
        file = add_services(screen, kb, words, file)
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
    student = phrases.who(words, file.plan)
    sections = [("answers", kb.student_questions, file.plan.answers)]
    for name, planned in file.plan.services.items():
        answers = file.plan.answers_for(name, kb.student_questions)
        sections.append((f"services: {name}: answers", kb.services[planned.service].questions, answers))
    for section, questions, answers in sections:
        done = interview.counted(questions, answers)
        for name in interview.path(questions, answers):
            if name not in done:
                question = questions[name]
                extra = [NONE_OF_THESE] if question.choose == "many" else []
                options = ", ".join([*question.options, *extra, NOT_SURE])
                ask = fill(question.ask, student=student)
                yield words("ask.no_input_line", section=section, question=name, ask=ask, options=options)


def opened(path: Path, data: list[Path] | None, lang: str) -> tuple[KnowledgeBase, Words, PlanFile]:
    """Return a plan with the knowledge for its services and the phrases; what does not count in it is pointed out."""
    overlays, words = setting(data, lang)
    file = plan.open_plan(path, sys.stdin.buffer.read() if str(path) == "-" else None)
    kb = knowledge_for(file, overlays, lang)
    point_out(file, kb, words)
    return kb, words, file


def knowledge_for(file: PlanFile, overlays: Sequence[Path], lang: str) -> KnowledgeBase:
    """Return the knowledge for the services of a plan; raise `BadFile` if it names one that nobody knows."""
    plan.check_against(file, known_ids((built_in(), *overlays), "services"))
    return load_knowledge(overlays, lang, {planned.service for planned in file.plan.services.values()})


def chosen_services(file: PlanFile, only: str | None) -> list[str]:
    """Return the entries of a plan that are wanted: all, one by its id, or those of one service."""
    services = file.plan.services
    if not services:
        raise PushpullError("no_services", file=str(file.path))
    if only is None:
        return list(services)
    found = [name for name, planned in services.items() if only in {name, planned.service}]
    if not found:
        raise UsageError("no_such_service", file=str(file.path), word=only, found=", ".join(services))
    return found


def point_out(file: PlanFile, kb: KnowledgeBase, words: Words) -> None:
    """Tell what in a plan does not count: words, questions and answers that nobody knows. Nothing is dropped."""
    for remark in (*file.remarks, *plan.unknown_answers(file, kb)):
        tell_problem(remark, words)


def tell_problem(problem: Problem, words: Words) -> None:
    """Tell one problem on standard error: its place, a sentence, and what was probably meant."""
    output.tell(f"{problem.place}: {words(f'problems.{problem.say}', **dict(problem.values))}")
    if problem.close:
        output.tell("    " + words("problems.hint", close=problem.close))


def paper_format(path: Path, given: str | None, *, template: Path | None = None) -> str:
    """Return the format of a paper: the one asked for, else by the ending of its name. Only Word takes a template."""
    form = _paper_format(path, given)
    if template is not None and form != "docx":
        raise UsageError("template_for_word", file=str(template))
    return form


def _paper_format(path: Path, given: str | None) -> str:
    if given is not None:
        return output.chosen_format("export", given, plain=False)
    if path.suffix.lower() not in output.ENDINGS:
        raise UsageError("no_ending", file=str(path), endings=", ".join(output.ENDINGS))
    return output.ENDINGS[path.suffix.lower()]


def day(given: str | None) -> str:
    """Return the day to print: the one given, else that of SOURCE_DATE_EPOCH, else today."""
    try:
        if given is not None:
            return dt.date.fromisoformat(given).isoformat()
        if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
            return dt.datetime.fromtimestamp(int(epoch), tz=dt.UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        raise UsageError("not_a_day", word=given or os.environ.get("SOURCE_DATE_EPOCH", "")) from None
    return dt.datetime.now().astimezone().date().isoformat()


def deliver(path: Path, content: bytes, source: Path) -> bool:
    """Write a paper beside its place and swap it in, or put it out for `-`; return whether a file was written."""
    if str(path) == "-":
        output.put(content)
        return False
    if source.exists() and path.exists() and path.samefile(source):
        raise UsageError("plan_is_output", file=str(path))
    plan.write(path, content)
    return True
