"""From the parts of the knowledge to frozen values; every problem of every file is gathered first."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from pushpull.kb.audit import About, Yardstick
from pushpull.kb.comparison import Comparison, Concern, Source
from pushpull.kb.entry import Known, Phrase, QuestionId
from pushpull.kb.papers import Papers
from pushpull.kb.questions import Question, QuestionGroup, Service
from pushpull.kb.rules import Note, Requirement, Rules, Tension, Term
from pushpull.kb.week import WeekRules
from pushpull.kb.whole import KnowledgeBase
from pushpull.kb.words import Words
from pushpull.load import where
from pushpull.load.layers import Layers
from pushpull.load.meaning import check_profile, check_question, check_rules, check_texts, check_week
from pushpull.problems import BadFile, Place, Problem
from pushpull.source.mistakes import check
from pushpull.source.tree import Node, merge, place_of

ASKED = "asked"
"""In a profile: the general question, as it is."""
_QuestionIds = dict[QuestionId, str]


@dataclass(frozen=True)
class Compared:
    """What `compare` needs."""

    comparison: Comparison
    concerns: Mapping[str, Concern]
    sources: Mapping[str, Source]
    services: Mapping[str, Service]
    version: str


def load_words(language: str = "en", overlays: Sequence[Path] = ()) -> Words:
    """Return the program's own phrases; raise `BadFile` if a layer's are wrong."""
    reader = _Reader(overlays, language)
    words = reader.typed(dict[str, dict[str, Phrase]], reader.layers.part("words"))
    reader.stop_if_wrong()
    return Words({f"{section}.{name}": text for section, texts in words.items() for name, text in texts.items()})


def load_comparison(overlays: Sequence[Path], language: str = "en", services: Collection[str] = ()) -> Compared:
    """Return the chart, and the profiles of `services`; raise `BadFile` with all problems."""
    reader = _Reader(overlays, language)
    reader.know("source", reader.layers.part("sources"))
    reader.know("concern", reader.layers.part("concerns"))
    comparison = reader.typed(Comparison, reader.layers.part("comparison"))
    compared = Compared(
        comparison=comparison,
        concerns=reader.typed(dict[str, Concern], reader.parts["concern"]),
        sources=reader.typed(dict[str, Source], reader.parts["source"]),
        services=reader.services(services) if services else {},
        version=str((reader.layers.part("rules").get("version") or Node("", reader.parts["source"].place)).value),
    )
    reader.stop_if_wrong()
    return compared


def load_knowledge(
    overlays: Sequence[Path], language: str = "en", services: Collection[str] | None = None
) -> KnowledgeBase:
    """Return what an interview and a suggestion need, for `services` or all; raise `BadFile` with all problems."""
    reader = _Reader(overlays, language)
    knowledge = reader.knowledge(services)
    reader.stop_if_wrong()
    return KnowledgeBase(**knowledge)


def load_glossary(overlays: Sequence[Path], language: str = "en") -> dict[str, Term]:
    """Return the words of the field, in plain words."""
    reader = _Reader(overlays, language)
    terms = reader.typed(dict[str, Term], reader.layers.part("glossary"))
    reader.stop_if_wrong()
    return terms or {}


def load_all(
    overlays: Sequence[Path], language: str = "en", *, base: Path | None = None
) -> tuple[KnowledgeBase, Compared, dict[str, Term]]:
    """Read every file of every layer, as `kb check` does; raise `BadFile` with all problems of all of them.

    `base` is a whole content to stand in the place of the built-in one.
    """
    reader = _Reader(overlays, language, base)
    knowledge = reader.knowledge(None)
    comparison = reader.typed(Comparison, reader.layers.part("comparison"))
    terms = reader.typed(dict[str, Term], reader.layers.part("glossary"))
    for part in ("comparison", "concerns", "glossary"):
        reader.problems += check_texts(reader.layers.part(part))
    reader.typed(dict[str, dict[str, Phrase]], reader.layers.part("words"))
    reader.typed(Yardstick, reader.layers.part("audit"))
    reader.stop_if_wrong()
    kb = KnowledgeBase(**knowledge)
    return kb, Compared(comparison, kb.concerns, kb.sources, kb.services, kb.rules.version), terms


def load_yardstick(overlays: Sequence[Path], language: str = "en") -> Yardstick:
    """Return the rules of the audit; raise `BadFile` with all problems."""
    reader = _Reader(overlays, language)
    reader.know("concern", reader.layers.part("concerns"))
    reader.know_questions(reader.layers.part("questions"))
    yardstick = reader.typed(Yardstick, reader.layers.part("audit"))
    reader.stop_if_wrong()
    return cast("Yardstick", yardstick)


class _Reader:
    """Turns parts into values and remembers which ids exist and what went wrong."""

    def __init__(self, overlays: Sequence[Path], language: str, base: Path | None = None) -> None:
        self.layers = Layers(overlays, base)
        self.language = language
        self.problems: list[Problem] = []
        self.ids: dict[str, frozenset[str]] = {}
        self.parts: dict[str, Node] = {}
        self.broken: set[str] = set()
        """General questions that are wrong by themselves: said once, and not again for every service."""

    def know(self, kind: str, part: Node) -> None:
        """Remember a part under its kind, so that its ids can be referred to."""
        self.parts[kind] = part
        if f"{kind}s" not in self.layers.unread:
            self.ids[kind] = frozenset(part.entries())

    def typed(self, kind: Any, node: Node) -> Any:
        """Return the value of a node, or None once its problems are gathered."""
        value, problems = check(kind, node, Known(self.language, self.ids))
        self.problems += problems
        return value

    def stop_if_wrong(self) -> None:
        """Raise everything gathered so far as one error."""
        if self.layers.problems or self.problems:
            raise BadFile([*self.layers.problems, *self.problems])

    def knowledge(self, services: Collection[str] | None) -> dict[str, Any]:
        """Return the fields of a knowledge base, as far as they could be read."""
        self.know("source", self.layers.part("sources"))
        self.know("concern", self.layers.part("concerns"))
        groups = self.layers.part("questions")
        self.know_questions(groups)
        student = self.bank(groups)
        profiles = self.services(services)
        rules = self.typed(Rules, rules_node := self.layers.part("rules"))
        if rules:
            self.problems += check_rules(rules, rules_node)
        fields = {
            "about": self.typed(About, about_node := self.layers.part("about")),
            "rules": rules,
            "concerns": self.typed(dict[str, Concern], self.parts["concern"]),
            "sources": self.typed(dict[str, Source], self.parts["source"]),
            "student_questions": student,
            "services": profiles,
        }
        self.problems += check_texts(about_node)
        fields["week"] = week = self.typed(WeekRules, week_node := self.layers.part("week"))
        self.problems += [*check_texts(week_node), *(check_week(week, week_node) if week else ())]
        fields["papers"] = self.typed(Papers, papers_node := self.layers.part("papers"))
        self.problems += check_texts(papers_node)
        for name, kind in (("requirements", Requirement), ("notes", Note), ("tensions", Tension)):
            part = self.layers.part(name)
            fields[name] = self.typed(dict[str, kind], part)  # type: ignore[valid-type]
            self.problems += check_texts(part)
        return fields

    def know_questions(self, groups: Node) -> None:
        """Remember all questions and their options, those that only a profile adds included."""
        bank: dict[str, Node] = {}
        keys: dict[str, Place] = {}
        for group in groups.entries().values():
            questions = group.get("questions") or Node({}, group.place)
            for name, question in questions.entries().items():
                if name in bank:
                    first = str(keys[name])
                    self.problems.append(Problem.at(questions.keys[name], "question_twice", word=name, first=first))
                bank.setdefault(name, question)
                keys.setdefault(name, questions.keys[name])
        self.know("question", Node(bank, groups.place, keys))
        options = {name: _option_ids(question) for name, question in bank.items()}
        for profile in self.layers.part("services").entries().values():
            for name, patch in (profile.get("questions") or Node({}, profile.place)).entries().items():
                options[name] = options.get(name, frozenset()) | _option_ids(patch)
        self.ids |= {f"option {name}": ids for name, ids in options.items()}
        self.ids["service"] = where.known_ids(self.layers.folders, "services")

    def bank(self, groups: Node) -> dict[str, Question]:
        """Check every general question by itself; return those that are asked once for the student."""
        student = {}
        for group in groups.entries().values():
            # The questions themselves are checked one by one below, so that one mistake does not hide another.
            asked = group.get("questions")
            checked_below = {"questions": Node({}, asked.place)} if asked and asked.entries() else {}
            self.typed(QuestionGroup, Node({**group.entries(), **checked_below}, group.place, group.keys))
        bank = self.parts["question"]
        for name, node in bank.entries().items():
            typed = self.typed(dict[str, Question], Node({name: node}, node.place, {name: bank.keys[name]}))
            question = typed[name] if typed else None
            self.problems += check_texts(node)
            if not question:
                self.broken.add(name)
            else:
                self.problems += check_question(name, question, node)
                if question.of == "student":
                    student[name] = question
        return student

    def services(self, wanted: Collection[str] | None) -> dict[str, Service]:
        """Return the profiles, each with its own version of every question that it asks."""
        if "question" not in self.parts:
            self.know_questions(self.layers.part("questions"))
        found = {}
        for name, node in self.layers.part("services", wanted).entries().items():
            whole = self.with_questions(node)
            profile = self.typed(Service, whole)
            self.problems += check_texts(whole)
            if profile:
                self.problems += check_profile(profile, whole, self.broken)
                found[name] = profile
        return found

    def with_questions(self, profile: Node) -> Node:
        """Return a profile in which every question is written out: the general one with the profile's changes."""
        asked = profile.get("questions")
        nothing = Node({}, profile.place)
        profile = merge(nothing, profile)
        if asked is None or not isinstance(asked.value, Mapping):
            return profile
        bank = self.parts["question"].entries()
        questions = {}
        for name, patch in asked.entries().items():
            if patch.value is None:
                continue
            if name not in bank:
                questions[name] = merge(nothing, patch)
                if patch.value == ASKED:
                    self.typed(_QuestionIds, Node({name: patch}, asked.place, asked.keys))
                    del questions[name]
            elif patch.value == ASKED:
                if name not in self.broken:
                    questions[name] = bank[name]
            elif isinstance(patch.value, Mapping):
                questions[name] = merge(bank[name], patch)
            else:
                self.problems.append(Problem.at(place_of(profile, ("questions", name)), "asked_expected", word=name))
        entries = {**profile.entries(), "questions": Node(questions, asked.place, asked.keys)}
        return Node(entries, profile.place, profile.keys)


def _option_ids(question: Node) -> frozenset[str]:
    options = question.get("options")
    entries = options.entries() if options else {}
    return frozenset(name for name, option in entries.items() if option.value is not None)
