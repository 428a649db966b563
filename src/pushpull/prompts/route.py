"""Where an interview is: its sections, which question comes next, and what is left to ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pushpull import interview
from pushpull.kb.base import KnowledgeBase
from pushpull.kb.entry import NOT_SURE
from pushpull.kb.questions import Question
from pushpull.outlook import View, next_quick
from pushpull.plan import PlanFile
from pushpull.suggest import FoundTension, tensions

STUDENT = ""
"""In place of a service's id: the questions that are asked once, for all services."""
Step = tuple[str, str]
"""A section and a question."""


@dataclass(kw_only=True)
class Route:
    """The way through the questions. What was answered is in the plan; only what was passed over is remembered here."""

    kb: KnowledgeBase
    file: PlanFile
    left_out: frozenset[str] = frozenset()
    """Entries of the plan that are not asked about this time."""
    quick: bool = False
    """Whether what matters most comes first, and nothing more once the suggestion is firm."""
    passed: set[Step] = field(default_factory=set)

    def services(self) -> list[str]:
        """Return the entries of the plan that are asked about."""
        return [name for name in self.file.plan.services if name not in self.left_out]

    def sections(self) -> list[str]:
        """Return the student's section and those of the services, in the order of asking."""
        return [STUDENT, *self.services()]

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

    def steps(self) -> list[Step]:
        """Return all questions on the path, in written order."""
        return [
            (section, name)
            for section in self.sections()
            for name in interview.path(self.questions(section), self.answers(section))
        ]

    def next_step(self) -> Step | None:
        """Return the next open question, or None."""
        order = self.services() if self.quick else self.sections()
        return next((step for section in order if (step := self.next_in(section))), None)

    def next_in(self, section: str) -> Step | None:
        """Return the next open question of a section, or None; in a quick interview it may be one about the student."""
        passed = {name for where, name in self.passed if where in {section, STUDENT}}
        if not self.quick:
            name = interview.next_question(self.questions(section), self.answers(section), passed)
            return (section, name) if name else None
        name = next_quick(self.view(section), passed)
        return (STUDENT if name in self.kb.student_questions else section, name) if name else None

    def earlier(self, section: str, name: str) -> tuple[str, tuple[str, ...]] | None:
        """Return another entry of the plan that answers the same question, and its answer; None if this one has one.

        Only if both services offer the same options: an answer means what was on the screen.
        """
        if section == STUDENT or name in self.answers(section):
            return None
        question = self.questions(section)[name]
        for other, planned in self.file.plan.services.items():
            asked = self.kb.services[planned.service].questions.get(name)
            same = asked and asked.choose == question.choose and list(asked.options) == list(question.options)
            answer = interview.usable(question, planned.answers.get(name, ()))
            if other != section and same and answer and answer != (NOT_SURE,):
                return other, answer
        return None

    def left(self, section: str) -> list[str]:
        """Return the questions of a section that were neither answered nor passed over."""
        questions, answers = self.questions(section), self.answers(section)
        done = interview.counted(questions, answers)
        on_path = interview.path(questions, answers)
        return [name for name in on_path if name not in done and (section, name) not in self.passed]

    def tensions(self, section: str) -> tuple[FoundTension, ...]:
        """Return the pairs of answers in a section that may not fit together."""
        questions = {**self.kb.student_questions, **self.questions(section)}
        return tensions(self.kb, interview.counted(questions, self.answers(section)))

    def view(self, section: str) -> View:
        """Return the answers of a service's section, seen against what is open."""
        answers = self.file.plan.answers_for(section, self.kb.student_questions)
        return View(self.kb, self.file.plan.services[section].service, dict(answers))

    def firm(self, section: str) -> bool:
        """Return whether no two open answers together could change the suggestion for a section."""
        return section != STUDENT and self.view(section).firmness() == "firm"
