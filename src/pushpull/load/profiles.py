"""The questions, and the profiles that take them up: each with its own version of what it asks."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from pushpull.kb.entry import QuestionId
from pushpull.kb.questions import Question, QuestionGroup, Service
from pushpull.load import where
from pushpull.load.meaning import check_profile, check_question, check_texts
from pushpull.load.reader import Reader
from pushpull.problems import Place, Problem
from pushpull.source.tree import Node, merge, place_of

ASKED = "asked"
"""In a profile: the general question, as it is."""
_QuestionIds = dict[QuestionId, str]


class Profiles:
    """Reads questions and profiles for a reader."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.broken: set[str] = set()
        """General questions that are wrong by themselves: said once, and not again for every service."""
        self.groups = Node({}, Place(""))
        """The files of questions."""

    def know_questions(self) -> None:
        """Remember all questions and their options, those that only a profile adds included."""
        reader, groups = self.reader, self.reader.layers.part("questions")
        bank: dict[str, Node] = {}
        keys: dict[str, Place] = {}
        for group in groups.entries().values():
            questions = group.get("questions") or Node({}, group.place)
            for name, question in questions.entries().items():
                place = place_of(questions, (name,), key=True)
                if name in bank:
                    reader.problems.append(Problem.at(place, "question_twice", word=name, first=str(keys[name])))
                bank.setdefault(name, question)
                keys.setdefault(name, place)
        self.groups = groups
        reader.know("question", Node(bank, groups.place, keys))
        if not reader.checks:
            return
        options = {name: _option_ids(question) for name, question in bank.items()}
        for profile in reader.layers.part("services").entries().values():
            for name, patch in (profile.get("questions") or Node({}, profile.place)).entries().items():
                options[name] = options.get(name, frozenset()) | _option_ids(patch)
        reader.ids |= {f"option {name}": ids for name, ids in options.items()}
        reader.ids["service"] = where.known_ids(reader.layers.folders, "services")

    def bank(self) -> dict[str, Question]:
        """Check every general question by itself; return those that are asked once for the student."""
        reader, bank = self.reader, self.reader.parts["question"]
        if reader.checks:
            self.check_groups()
        student = {}
        for name, node in bank.entries().items():
            if not reader.checks and ((of := node.get("of")) is None or of.value != "student"):
                continue
            typed = reader.typed(dict[str, Question], Node({name: node}, node.place, {name: bank.keys[name]}))
            question = typed[name] if typed else None
            if reader.checks:
                reader.problems += check_texts(node)
                reader.problems += check_question(name, question, node) if question else ()
            if not question:
                self.broken.add(name)
            elif question.of == "student":
                student[name] = question
        return student

    def check_groups(self) -> None:
        """Check what stands around the questions: these are checked one by one, so that no mistake hides another."""
        for group in self.groups.entries().values():
            asked = group.get("questions")
            checked_below = {"questions": Node({}, asked.place)} if asked and asked.entries() else {}
            self.reader.typed(QuestionGroup, Node({**group.entries(), **checked_below}, group.place, group.keys))

    def services(self, wanted: Collection[str] | None) -> dict[str, Service]:
        """Return the profiles, each with its own version of every question that it asks."""
        reader = self.reader
        if "question" not in reader.parts:
            self.know_questions()
        found = {}
        for name, node in reader.layers.part("services", wanted).entries().items():
            whole = self.with_questions(node)
            profile = reader.typed(Service, whole)
            if reader.checks:
                reader.problems += check_texts(whole)
                reader.problems += check_profile(profile, whole, self.broken) if profile else ()
            if profile:
                found[name] = profile
        return found

    def with_questions(self, profile: Node) -> Node:
        """Return a profile in which every question is written out: the general one with the profile's changes."""
        asked = profile.get("questions")
        nothing = Node({}, profile.place)
        profile = merge(nothing, profile)
        if asked is None or not isinstance(asked.value, Mapping):
            return profile
        bank = self.reader.parts["question"].entries()
        questions = {}
        for name, patch in asked.entries().items():
            if patch.value is None:
                continue
            if name not in bank:
                questions[name] = merge(nothing, patch)
                if patch.value == ASKED:
                    self.reader.typed(_QuestionIds, Node({name: patch}, asked.place, asked.keys))
                    del questions[name]
            elif patch.value == ASKED:
                if name not in self.broken:
                    questions[name] = bank[name]
            elif isinstance(patch.value, Mapping):
                questions[name] = merge(bank[name], patch)
            else:
                self.reader.problems.append(
                    Problem.at(place_of(profile, ("questions", name)), "asked_expected", word=name)
                )
        entries = {**profile.entries(), "questions": Node(questions, asked.place, asked.keys)}
        return Node(entries, profile.place, profile.keys)


def _option_ids(question: Node) -> frozenset[str]:
    options = question.get("options")
    entries = options.entries() if options else {}
    return frozenset(name for name, option in entries.items() if option.value is not None)
