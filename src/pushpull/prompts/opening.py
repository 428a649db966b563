"""Before the questions: a new plan, and the services and goals it holds."""

from __future__ import annotations

from pathlib import Path

from pushpull import plan
from pushpull.document import Bullets, Document, Heading, Item, Paragraph
from pushpull.kb.base import KnowledgeBase
from pushpull.kb.questions import services_called
from pushpull.kb.words import Words, fill
from pushpull.plan import Hold, PlanFile
from pushpull.prompts.amounts import how_much
from pushpull.prompts.keeping import keep
from pushpull.prompts.terminal import Leave, Terminal, line, number, say


def begin(terminal: Terminal, kb: KnowledgeBase, words: Words, path: Path, hold: Hold) -> PlanFile:
    """Ask for a label and a grade band; return the new plan, saved."""
    terminal.show(
        Document(
            words("ask.new_title"),
            (Heading(words("ask.new_title"), 1), Paragraph(words("ask.new", file=str(path)))),
        )
    )
    say(terminal, words("ask.label_why"))
    label = line(terminal, words, "ask.label_prompt")
    if plan.looks_like_a_name(label, words("typed.no_name").split()):
        say(terminal, words("ask.label_name", file=str(path)))
    grades = list(kb.rules.grades.items())
    items = (*(Item(text) for _, text in grades), Item(words("ask.not_sure")))
    terminal.show(Document("", (Paragraph("", lead=words("ask.grade")), Bullets(items, numbered=True))))
    chosen = number(terminal, words, len(items))
    grade = grades[chosen - 1][0] if chosen <= len(grades) else ""
    begun, _ = plan.put(plan.new(path, label=label, grade=grade, hold=hold), (), kb.services)
    return begun


def add_services(terminal: Terminal, kb: KnowledgeBase, words: Words, file: PlanFile, *, wanted: str = "") -> PlanFile:
    """Let the person choose services, one goal at a time; with `wanted`, only ask for the goal of that service."""
    if wanted:
        return _add(terminal, kb, words, file, [wanted])
    names = list(kb.services)
    items = tuple(Item(kb.services[name].name, tail=kb.services[name].family) for name in names)
    blocks = (
        Heading(words("ask.services_title"), 2),
        Paragraph(words("ask.services_why")),
        Bullets(items, numbered=True),
    )
    terminal.show(Document(words("ask.services_title"), blocks))
    while True:
        prompt = "ask.services_more" if file.plan.services else "ask.services_prompt"
        typed = terminal.read(words(prompt)).strip()
        if typed.lower() == "q":
            raise Leave
        if not typed and file.plan.services:
            return file
        file = _add(terminal, kb, words, file, _services_meant(terminal, kb, words, typed))


def _services_meant(terminal: Terminal, kb: KnowledgeBase, words: Words, typed: str) -> list[str]:
    """Return the services that were typed: numbers, or part of one name; say so when it is not clear."""
    names = list(kb.services)
    numbers = [word for word in typed.replace(",", " ").split() if word != "and"]
    if numbers and all(number.isdecimal() for number in numbers):
        if all(1 <= int(number) <= len(names) for number in numbers):
            return [names[int(number) - 1] for number in numbers]
        say(terminal, words("ask.not_a_number", most=str(len(names)), typed=typed))
        return []
    found = services_called(kb.services, typed) if typed else []
    if len(found) > 1:
        joined = ", ".join(kb.services[name].name for name in found)
        say(terminal, words("ask.services_several", typed=typed, found=joined))
        return []
    if not found:
        say(terminal, words("ask.services_none" if typed else "ask.services_empty", typed=typed))
    return found


def _add(terminal: Terminal, kb: KnowledgeBase, words: Words, file: PlanFile, services: list[str]) -> PlanFile:
    """Add an entry for each of `services`, saved at once, and then ask for the goal and the present way of each."""
    keys = []
    for service in services:
        keys.append(_free_id(file, service.replace("_", "-")))
        file = keep(terminal, kb, words, file, {("services", keys[-1]): {"service": service}})
    for key in keys:
        file = _set_up(terminal, kb, words, file, key)
    return file


def _set_up(terminal: Terminal, kb: KnowledgeBase, words: Words, file: PlanFile, key: str) -> PlanFile:
    student = file.plan.student.label or words("student.unnamed")
    say(terminal, words("ask.goal", service=kb.services[file.plan.services[key].service].name))
    if goal := line(terminal, words, "ask.goal_prompt"):
        file = keep(terminal, kb, words, file, {("services", key, "goal"): goal})
    modes = ("push_in", "pull_out", "blend", "none")
    items = (*(Item(words(f"ask.now_{mode}")) for mode in modes), Item(words("ask.not_sure")))
    lead = fill(words("ask.now"), student=student)
    terminal.show(Document("", (Paragraph("", lead=lead), Bullets(items, numbered=True))))
    chosen = number(terminal, words, len(items))
    if chosen <= len(modes):
        file = keep(terminal, kb, words, file, {("services", key, "now"): modes[chosen - 1]})
    if file.plan.services[key].now in {"push_in", "pull_out", "blend"}:
        file = how_much(terminal, kb, words, file, key)
    return file


def _free_id(file: PlanFile, wanted: str) -> str:
    name, number = wanted, 1
    while name in file.plan.services:
        number += 1
        name = f"{wanted}-{number}"
    return name
