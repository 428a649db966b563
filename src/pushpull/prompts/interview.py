"""The interview at the terminal: one question at a time, every key at every prompt, saved after every answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pushpull import interview
from pushpull.document import Document, Paragraph
from pushpull.interview import Progress
from pushpull.kb.entry import NONE_OF_THESE, NOT_SURE
from pushpull.kb.questions import Question
from pushpull.kb.words import Words, fill
from pushpull.plan import PlanFile
from pushpull.prompts.keeping import keep
from pushpull.prompts.opening import add_services
from pushpull.prompts.route import STUDENT, Route, Step
from pushpull.prompts.terminal import Leave, Terminal, say
from pushpull.reports import phrases
from pushpull.reports.question import Answered, answers_so_far, choices, explanation, question_screen
from pushpull.reports.suggestion import suggestions
from pushpull.suggest import FoundTension, suggest

ADD = "a"
"""At the answers so far: add a service, or another goal of one."""
SEE = "v"
"""When the suggestion is firm: see it now."""
KEYS = {"?": "why", "b": "back", "r": "review", "n": "note", "s": "skip", "q": "quit", "h": "keys", "e": "earlier"}


@dataclass(kw_only=True)
class Interview(Route):
    """One sitting."""

    terminal: Terminal
    words: Words
    told: set[str] = field(default_factory=set)
    """Sections of which the person knows that they need no more answers."""
    see_now: bool = False
    """Whether the person asked to see the suggestion early, with nothing else to ask."""
    taken: list[Step] = field(default_factory=list)
    """The questions answered in a quick interview, in which the written order is no way back."""

    @property
    def student(self) -> str:
        """How the student is called in questions."""
        return self.file.plan.student.label or self.words("student.unnamed")

    def run(self) -> PlanFile:
        """Ask what is open, then let the person check the answers; return the plan, saved.

        A quick interview ends without the check, and so does one whose suggestion the person wants to see early.
        """
        step = self.next_open()
        while True:
            while step is not None:
                step = self.ask(*step)
            if self.quick or self.see_now:
                return self.file
            self.say("ask.all_answered")
            step = self.check_answers(self.words("ask.review_prompt_end"))
            if step is None:
                return self.file

    def heading(self, section: str) -> str:
        """Return what a section is called on the screen."""
        if section == STUDENT:
            return self.words("ask.student_section", student=self.student)
        planned = self.file.plan.services[section]
        name = self.kb.services[planned.service].name
        return f"{name}: {planned.goal}" if planned.goal else name

    # --- one question -----------------------------------------------------------------------------------------------

    def ask(self, section: str, name: str) -> Step | None:
        """Ask one question until it is answered or left; return the step to take next."""
        question = self.questions(section)[name]
        self.show_question(section, name)
        while True:
            typed = self.terminal.read(self.words("ask.prompt")).strip()
            match KEYS.get(typed.lower()):
                case None if not typed and self.answers(section).get(name):
                    return self.next_open()
                case None | "earlier" as key:
                    earlier = self.earlier(section, name) if key else None
                    answer = earlier[1] if earlier else self.chosen(question, typed)
                    if answer is None:
                        continue
                    return self.answered(section, name, answer)
                case "why":
                    self.terminal.show(explanation(self.kb, question, self.words, self.student))
                case "keys":
                    self.say("ask.keys")
                case "back":
                    if before := self.before((section, name)):
                        return before
                    self.say("ask.first")
                case "skip":
                    self.passed.add((section, name))
                    return self.next_open()
                case "note":
                    self.note(section, name)
                    self.show_question(section, name)
                case "review":
                    return self.check_answers(self.words("ask.review_prompt")) or (section, name)
                case _:
                    raise Leave

    def answered(self, section: str, name: str, answer: tuple[str, ...]) -> Step | None:
        """Keep an answer; return the step to take next."""
        was_firm = self.firm(section)
        known = {tension.name for tension in self.tensions(section)}
        self.keep(section, "answers", name, answer)
        for tension in self.tensions(section):
            if tension.name not in known:
                self.point_out(section, tension)
        self.passed.discard((section, name))
        self.taken = [*(step for step in self.taken if step != (section, name)), (section, name)]
        if not (self.quick or was_firm or section in self.told) and self.left(section) and self.firm(section):
            self.told.add(section)
            return self.offer_to_stop(section, name)
        return self.next_open()

    def point_out(self, section: str, tension: FoundTension) -> None:
        """Say quietly that two answers may not fit together. Both stay as they are."""
        questions = {**self.kb.student_questions, **self.questions(section)}
        answers = phrases.quoted(self.words, questions, tension, self.student)
        said = fill(tension.say, student=self.student)
        say(self.terminal, self.words("ask.tension", say=said, answers=answers), quiet=True)

    def before(self, step: Step) -> Step | None:
        """Return the question before this one, or None."""
        if self.quick:
            earlier = self.taken[: self.taken.index(step)] if step in self.taken else self.taken
            return earlier[-1] if earlier else None
        steps = self.steps()
        place = steps.index(step)
        return steps[place - 1] if place else None

    def progress(self, section: str, name: str) -> Progress:
        """Return how far a section is; a quick interview may end before all of its questions."""
        progress = interview.progress(self.questions(section), self.answers(section), name)
        if not self.quick:
            return progress
        done = interview.counted(self.questions(section), self.answers(section))
        return Progress(list(done).index(name) + 1 if name in done else len(done) + 1, progress.about, at_most=True)

    # --- enough is known --------------------------------------------------------------------------------------------

    def next_open(self) -> Step | None:
        """Return the next open question; of a quick interview, say first where it has stopped."""
        if self.quick:
            for section in self.services():
                if self.next_in(section):
                    break
                if section not in self.told and (left := len(self.left(section))):
                    firm = "firm" if self.firm(section) else "spent"
                    about = self.heading(section)
                    say(self.terminal, self.words.count(f"ask.quick_{firm}", left, service=about))
                self.told.add(section)
        return self.next_step()

    def offer_to_stop(self, section: str, name: str) -> Step | None:
        """Say that question `name` made the suggestion firm, and let the person see it now, or go on or back."""
        left = self.left(section)
        about = self.heading(section)
        say(self.terminal, self.words.count("ask.firm", len(left), service=about))
        while typed := self.terminal.read(self.words("ask.firm_prompt")).strip().lower():
            match KEYS.get(typed, typed):
                case "quit":
                    raise Leave
                case "back":
                    return section, name
                case "review":
                    return self.check_answers(self.words("ask.review_prompt")) or self.next_open()
                case see if see == SEE:
                    self.passed |= {(section, each) for each in left}
                    step = self.next_step()
                    self.see_now = step is None
                    if step:
                        self.show_suggestion(section)
                    return step
                case _:
                    self.say("ask.firm_keys")
        return self.next_open()

    def show_suggestion(self, section: str) -> None:
        """Show what the answers of one section come to."""
        plan = self.file.plan
        planned, answers = plan.services[section], self.answers(section)
        found = suggest(self.kb, planned.service, answers, grade=plan.student.grade, now=planned.now)
        self.terminal.show(suggestions(self.kb, plan, {section: found}, self.words))

    # --- on the screen ----------------------------------------------------------------------------------------------

    def show_question(self, section: str, name: str) -> None:
        """Show a question with what was answered and noted before."""
        questions, answers = self.questions(section), self.answers(section)
        document = question_screen(
            questions[name],
            self.words,
            self.student,
            about=self.heading(section),
            progress=self.progress(section, name),
            answer=answers.get(name, ()),
            note=self.notes(section).get(name, ""),
        )
        blocks = list(document.blocks)
        if earlier := self.earlier(section, name):
            said = phrases.answer_text(self.words, questions[name], earlier[1], self.student)
            offer = self.words("ask.earlier", service=self.heading(earlier[0]), answer=said)
            blocks.append(Paragraph(offer, quiet=True))
        if self.terminal.repeats_keys:
            blocks.append(Paragraph(self.words("ask.keys"), quiet=True))
        self.terminal.show(Document(document.title, tuple(blocks)))

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
        self.file = keep(self.terminal, self.kb, self.words, self.file, {keys: written})

    # --- all answers ------------------------------------------------------------------------------------------------

    def check_answers(self, prompt: str) -> Step | None:
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
                return self.next_open()
            if typed.isdecimal() and 1 <= int(typed) <= len(steps):
                return steps[int(typed) - 1]
            self.say("ask.not_a_number", most=str(len(steps)), typed=typed)

    def say(self, phrase: str, **values: str) -> None:
        """Say one sentence."""
        say(self.terminal, self.words(phrase, **values))
