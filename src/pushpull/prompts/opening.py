"""Before the questions: a new plan, and the services and goals it holds."""

from __future__ import annotations

from pathlib import Path

from pushpull import plan
from pushpull.document import Bullets, Document, Heading, Item, Paragraph
from pushpull.kb.base import KnowledgeBase
from pushpull.kb.questions import services_called
from pushpull.kb.words import Words, fill
from pushpull.plan import LONGEST_LABEL, Hold, PlanFile
from pushpull.prompts.amounts import GIVEN, amount_is_open, how_much
from pushpull.prompts.keeping import keep
from pushpull.prompts.terminal import Leave, Terminal, line, number, say


def begin(terminal: Terminal, kb: KnowledgeBase, words: Words, path: Path, hold: Hold) -> PlanFile:
    """Ask for a label; return the new plan, saved."""
    terminal.show(
        Document(
            words("ask.new_title"),
            (Heading(words("ask.new_title"), 1), Paragraph(words("ask.new", file=str(path)))),
        )
    )
    say(terminal, words("ask.label_why"))
    while len(label := line(terminal, words, "ask.label_prompt")) > LONGEST_LABEL:
        say(terminal, words("ask.too_long"))
    if plan.looks_like_a_name(label, words("typed.no_name").split()):
        say(terminal, words("ask.label_name", file=str(path)))
    begun, _ = plan.put(plan.new(path, label=label, hold=hold), (), kb.services)
    return begun


def ask_grade(terminal: Terminal, kb: KnowledgeBase, words: Words, file: PlanFile) -> PlanFile:
    """Ask for a grade band, if nobody has; return the plan, saved."""
    if "grade" in file.plan.student.model_fields_set:
        return file
    grades = list(kb.rules.grades.items())
    items = (*(Item(text) for _, text in grades), Item(words("ask.not_sure")))
    terminal.show(Document("", (Paragraph("", lead=words("ask.grade")), Bullets(items, numbered=True))))
    chosen = number(terminal, words, len(items))
    grade = grades[chosen - 1][0] if chosen <= len(grades) else ""
    return keep(terminal, kb, words, file, {("student", "grade"): grade})


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
        file = set_up(terminal, kb, words, file, key)
    return file


def set_up(terminal: Terminal, kb: KnowledgeBase, words: Words, file: PlanFile, key: str) -> PlanFile:
    """Ask for the goal, the present way and the amount of an entry, as far as nobody has been asked for them.

    What is not known is saved as an empty text, so that a later sitting does not ask for it again.
    """
    student = file.plan.student.label or words("student.unnamed")
    planned = file.plan.services[key]
    told, name = planned.model_fields_set, kb.services[planned.service].name
    if "goal" not in told:
        say(terminal, words("ask.goal", service=name))
        goal = line(terminal, words, "ask.goal_prompt")
        file = keep(terminal, kb, words, file, {("services", key, "goal"): goal})
    elif "now" not in told or amount_is_open(planned):
        heading = f"{name}: {planned.goal}" if planned.goal else name
        terminal.show(Document(heading, (Heading(heading, 2),)))
    if "now" not in told:
        modes = (*GIVEN, "none")
        items = (*(Item(words(f"ask.now_{mode}")) for mode in modes), Item(words("ask.not_sure")))
        lead = fill(words("ask.now"), student=student)
        terminal.show(Document("", (Paragraph("", lead=lead), Bullets(items, numbered=True))))
        chosen = number(terminal, words, len(items))
        mode = modes[chosen - 1] if chosen <= len(modes) else ""
        file = keep(terminal, kb, words, file, {("services", key, "now"): mode})
    return how_much(terminal, kb, words, file, key)


def _free_id(file: PlanFile, wanted: str) -> str:
    name, number = wanted, 1
    while name in file.plan.services:
        number += 1
        name = f"{wanted}-{number}"
    return name
