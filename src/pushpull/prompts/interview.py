"""The interview at the terminal: one question at a time, every key at every prompt, saved after every answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pushpull import interview, plan
from pushpull.document import Document, Paragraph
from pushpull.kb import NONE_OF_THESE, NOT_SURE, KnowledgeBase, Question, Words
from pushpull.plan import PlanFile
from pushpull.prompts.opening import add_services
from pushpull.prompts.terminal import Leave, Terminal, say
from pushpull.reports import answers_so_far, explanation, question_screen
from pushpull.reports.question import Answered, choices

STUDENT = ""
"""In place of a service's id: the questions that are asked once, for all services."""
ADD = "a"
"""At the answers so far: add a service, or another goal of one."""
KEYS = {"?": "why", "b": "back", "r": "review", "n": "note", "s": "skip", "q": "quit", "h": "keys"}


@dataclass
class Interview:
    """One sitting. What was answered is in the plan; only what was passed over is remembered here."""

    terminal: Terminal
    kb: KnowledgeBase
    words: Words
    file: PlanFile
    left_out: frozenset[str] = frozenset()
    """Entries of the plan that are not asked about this time."""
    passed: set[tuple[str, str]] = field(default_factory=set)

    @property
    def student(self) -> str:
        """How the student is called in questions."""
        return self.file.plan.student.label or self.words("student.unnamed")

    def run(self) -> PlanFile:
        """Ask everything that is open, then let the person check the answers; return the plan, saved."""
        step = self.next_step()
        while True:
            while step is not None:
                step = self.ask(*step)
            self.say("ask.all_answered")
            step = self.check_answers(self.words("ask.review_prompt_end"))
            if step is None:
                return self.file

    # --- where we are ---------------------------------------------------------------------------------------------

    def sections(self) -> list[str]:
        """Return the student's section and those of the services, in the order of asking."""
        services = [name for name in self.file.plan.services if name not in self.left_out]
        return [STUDENT, *services]

    def questions(self, section: str) -> Mapping[str, Question]:
        """Return the questions of a section."""
        if section == STUDENT:
            return self.kb.student_questions
        return self.kb.services[self.file.plan.services[section].service].questions

    def answers(self, section: str) -> interview.Answers:
        """Return the answers that a section's path depends on."""
        return (
            self.file.plan.answers
            if section == STUDENT
            else self.file.plan.answers_for(section, self.kb.student_questions)
        )

    def next_step(self) -> tuple[str, str] | None:
        """Return the next open question as (section, question), or None."""
        for section in self.sections():
            passed = {name for where, name in self.passed if where == section}
            name = interview.next_question(self.questions(section), self.answers(section), passed)
            if name:
                return section, name
        return None

    def steps(self) -> list[tuple[str, str]]:
        """Return all questions on the path, in order."""
        return [
            (section, name)
            for section in self.sections()
            for name in interview.path(self.questions(section), self.answers(section))
        ]

    def heading(self, section: str) -> str:
        """Return what a section is called on the screen."""
        if section == STUDENT:
            return self.words("ask.student_section", student=self.student)
        planned = self.file.plan.services[section]
        name = self.kb.services[planned.service].name
        return f"{name}: {planned.goal}" if planned.goal else name

    # --- one question -----------------------------------------------------------------------------------------------

    def ask(self, section: str, name: str) -> tuple[str, str] | None:
        """Ask one question until it is answered or left; return the step to take next."""
        question = self.questions(section)[name]
        self.show_question(section, name)
        while True:
            typed = self.terminal.read(self.words("ask.prompt")).strip()
            match KEYS.get(typed.lower()):
                case None if not typed and self.answers(section).get(name):
                    return self.next_step()
                case None:
                    answer = self.chosen(question, typed)
                    if answer is None:
                        continue
                    self.keep(section, "answers", name, answer)
                    self.passed.discard((section, name))
                    return self.next_step()
                case "why":
                    self.terminal.show(explanation(self.kb, question, self.words, self.student))
                case "keys":
                    self.say("ask.keys")
                case "back":
                    steps = self.steps()
                    place = steps.index((section, name))
                    if place:
                        return steps[place - 1]
                    self.say("ask.first")
                case "skip":
                    self.passed.add((section, name))
                    return self.next_step()
                case "note":
                    self.note(section, name)
                    self.show_question(section, name)
                case "review":
                    return self.check_answers(self.words("ask.review_prompt")) or (section, name)
                case _:
                    raise Leave

    def show_question(self, section: str, name: str) -> None:
        """Show a question with what was answered and noted before."""
        questions, answers = self.questions(section), self.answers(section)
        document = question_screen(
            questions[name],
            self.words,
            self.student,
            about=self.heading(section),
            progress=interview.progress(questions, answers, name),
            answer=answers.get(name, ()),
            note=self.notes(section).get(name, ""),
        )
        if self.terminal.repeats_keys:
            blocks = (*document.blocks, Paragraph(self.words("ask.keys"), quiet=True))
            document = Document(document.title, blocks)
        self.terminal.show(document)

    def chosen(self, question: Question, typed: str) -> tuple[str, ...] | None:
        """Return the answer that was typed as numbers, or None after saying what is wrong with it."""
        names = [name for name, _ in choices(question, self.words, self.student)]
        numbers = [word for word in typed.replace(",", " ").split() if word != "and"]
        if not numbers:
            self.say("ask.empty")
            return None
        if not all(number.isdecimal() and 1 <= int(number) <= len(names) for number in numbers):
            self.say("ask.not_a_choice", most=str(len(names)), typed=typed)
            return None
        answer = tuple(dict.fromkeys(names[int(number) - 1] for number in numbers))
        if question.choose == "one" and len(answer) > 1:
            self.say("ask.only_one")
            return None
        if len(answer) > 1 and set(answer) & {NOT_SURE, NONE_OF_THESE}:
            self.say("ask.stands_alone")
            return None
        return answer

    def note(self, section: str, name: str) -> None:
        """Ask for the evidence behind an answer and keep it; an empty line changes nothing."""
        self.say("ask.note_why")
        text = self.terminal.read(self.words("ask.note_prompt")).strip()
        if text:
            self.keep(section, "notes", name, text)

    def notes(self, section: str) -> Mapping[str, str]:
        """Return the notes behind the answers of a section."""
        return self.file.plan.notes if section == STUDENT else self.file.plan.services[section].notes

    def keep(self, section: str, kind: str, name: str, value: tuple[str, ...] | str) -> None:
        """Write an answer or a note into the plan and save it at once."""
        if isinstance(value, tuple):
            question = self.questions(section)[name]
            several = question.choose == "many" and value not in {(NOT_SURE,), (NONE_OF_THESE,)}
            written: str | list[str] = list(value) if several else value[0]
        else:
            written = value
        keys = (kind, name) if section == STUDENT else ("services", section, kind, name)
        self.file = plan.save(self.file.with_value(keys, written))

    # --- all answers ------------------------------------------------------------------------------------------------

    def check_answers(self, prompt: str) -> tuple[str, str] | None:
        """Show all answers; return the question that the person wants to change, or None to go on."""
        steps = self.steps()
        sections = []
        for section in self.sections():
            counted = interview.counted(self.questions(section), self.answers(section))
            entries = {
                name: (self.questions(section)[name], counted.get(name, ()))
                for where, name in steps
                if where == section
            }
            if entries:
                sections.append(Answered(self.heading(section), entries, self.notes(section)))
        self.terminal.show(answers_so_far(sections, self.words, self.student))
        while True:
            typed = self.terminal.read(prompt).strip().lower()
            if not typed or KEYS.get(typed) == "back":
                return None
            if KEYS.get(typed) == "quit":
                raise Leave
            if typed == ADD:
                self.file = add_services(self.terminal, self.kb, self.words, self.file)
                return self.next_step()
            if typed.isdecimal() and 1 <= int(typed) <= len(steps):
                return steps[int(typed) - 1]
            self.say("ask.not_a_number", most=str(len(steps)), typed=typed)

    def say(self, phrase: str, **values: str) -> None:
        """Say one sentence."""
        say(self.terminal, self.words(phrase, **values))
