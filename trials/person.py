"""A person who answers the program at a terminal: always alike, and sure of what the plan has to hold by now."""

from __future__ import annotations

import json
import random
import re
import sys
from functools import cache
from pathlib import Path
from typing import Any

from recorded import ROOT

sys.path.append(str(ROOT / "tests"))
from helpers import run_apart, shipped, words
from pushpull.kb.questions import Question
from pushpull.kb.words import fill
from pushpull.plan import open_plan
from pushpull.reports.question import choices
from screen import Terminal, flat

Key = tuple[str, ...]
Facts = dict[Key, object]
"""What a plan says: each place in it that says something, and what it says."""
LABEL = "KT"
GRADE = "elementary"
GOALS = {"articulation": "Goal one", "counseling": "Goal two"}
"""The services that are chosen, and their goals."""
NOW = {"articulation": "pull_out", "counseling": "blend"}
PLACES = {"in-class": "inside", "outside-class": "outside"}
"""The lines of a blend, and where each one is."""
AMOUNT = {"minutes": "30", "times": "2", "per": "week"}
LEAVE = "q"
_COUNTER = r" \d+ of about \d+"


def facts_of(path: Path) -> Facts:
    """Return what the plan on disk says; it has to open."""
    plan = open_plan(path).plan
    found: Facts = {("student", "label"): plan.student.label, ("student", "grade"): plan.student.grade}
    found |= {("answers", name): answer for name, answer in plan.answers.items()}
    found["week", "day"] = plan.week.day
    for key, planned in plan.services.items():
        for word in ("service", "goal", "now", "minutes", "times", "per"):
            found["services", key, word] = getattr(planned, word)
        for name, one in planned.present.items():
            found["services", key, "present", name] = (one.place, one.minutes, one.times, one.per)
        found |= {("services", key, "answers", name): answer for name, answer in planned.answers.items()}
    return {key: value for key, value in found.items() if value}


def suggestion(path: Path) -> Any:
    """Return what `suggest` says of a plan, for other programs."""
    return json.loads(run_apart("suggest", str(path), "--format", "json").stdout)


class Person:
    """Answers each prompt; `number` makes another person with other answers."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.known: Facts = {}
        """What the program has acknowledged by its next prompt."""
        self.pending: Facts = {}
        """What was typed last, and is not acknowledged yet."""

    def next_line(self, terminal: Terminal) -> str:
        """Return what to type at the prompt on the screen; what it would put into the plan is pending."""
        said, says = terminal.said, words()
        self.pending = {}

        def at(prompt: str) -> bool:
            return said.endswith(flat(says(f"ask.{prompt}")))

        if at("label_prompt"):
            return self._told(("student", "label"), LABEL)
        if at("services_prompt") or at("services_more"):
            return self._service()
        if at("goal_prompt"):
            key = self._service_named(said)
            return self._told(("services", key, "goal"), GOALS[key])
        if at("amount_prompt"):
            return self._amount(said)
        if at("day_prompt"):
            return self._told(("week", "day"), "390")
        if at("firm_prompt"):
            return ""
        if at("review_prompt_end"):
            return "a" if len(self._chosen()) < len(GOALS) else ""
        return self._number(said)

    def acknowledged(self) -> None:
        """Take it that the next prompt has appeared."""
        self.known |= self.pending
        self.pending = {}

    def step(self, terminal: Terminal) -> None:
        """Answer one prompt, and see the next one."""
        line = self.next_line(terminal)
        terminal.type(line)
        if terminal.status is None:
            self.acknowledged()

    def _chosen(self) -> list[str]:
        return [key[1] for key in self.known if key[0] == "services" and key[-1] == "service"]

    def _told(self, key: Key, value: str) -> str:
        self.pending[key] = value
        return value

    def _amount(self, said: str) -> str:
        key = self._set_up("now")
        asked = {name: flat(words()(f"ask.amount_{place}")) for name, place in PLACES.items()}
        name = max(asked, key=lambda each: said.rfind(asked[each]))
        if NOW[key] == "blend":
            self.pending["services", key, "present", name] = (PLACES[name], *AMOUNT.values())
        else:
            self.pending |= {("services", key, word): value for word, value in AMOUNT.items()}
        return " ".join(AMOUNT.values())

    def _set_up(self, *told: str) -> str:
        """Return the service that is set up now: the last one of which so much is told."""
        return [key for key in self._chosen() if all(("services", key, word) in self.known for word in told)][-1]

    def _service(self) -> str:
        left = [service for service in GOALS if service not in self._chosen()]
        return self._told(("services", left[0], "service"), left[0]) if left else ""

    def _service_named(self, said: str) -> str:
        services = shipped()[0].services
        asked = {key: flat(words()("ask.goal", service=services[key].name)) for key in GOALS}
        return next(key for key, text in asked.items() if text in said)

    def _number(self, said: str) -> str:
        kb, says = shipped()[0], words()
        if flat(says("ask.grade")) in said:
            self.pending = {("student", "grade"): GRADE}
            return str(list(kb.rules.grades).index(GRADE) + 1)
        if flat(fill(says("ask.now"), student=LABEL)) in said:
            key = self._set_up("goal")
            self.pending["services", key, "now"] = NOW[key]
            return str(("push_in", "pull_out", "blend").index(NOW[key]) + 1)
        return self._answer(said)

    def _answer(self, said: str) -> str:
        section, name, question = self._asked(said)
        dice = random.Random(f"{self.number} {section} {name}")
        ids = [each for each, _ in choices(question, words(), LABEL)]
        options = list(question.options)
        ticks = dice.randint(1, min(3, len(options))) if question.choose == "many" else 1
        answer = tuple(dice.sample(options, ticks)) if dice.random() < 0.9 else (ids[-1],)
        self.pending[(*(("services", section) if section else ()), "answers", name)] = answer
        return " ".join(str(ids.index(each) + 1) for each in answer)

    def _asked(self, said: str) -> tuple[str, str, Question]:
        kb = shipped()[0]
        headings = {"": words()("ask.student_section", student=LABEL)}
        for key, goal in GOALS.items():
            name = kb.services[key].name
            headings[key] = f"{name}: {goal}" if ("services", key, "goal") in self.known else name
        found = [key for key, text in headings.items() if re.search(re.escape(flat(text)) + _COUNTER, said)]
        section = found[0]
        questions = kb.services[section].questions if section else kb.student_questions
        by_length = sorted(questions, key=lambda each: -len(_ask(questions[each])))
        name = next(name for name in by_length if f" {_ask(questions[name])} " in said)
        return section, name, questions[name]


def _ask(question: Question) -> str:
    return _flat_ask(question.ask)


@cache
def _flat_ask(ask: str) -> str:
    return flat(fill(ask, student=LABEL))
