"""The whole knowledge base."""

from __future__ import annotations

from pushpull.kb.about import About
from pushpull.kb.comparison import Concern, Source
from pushpull.kb.entry import Entry
from pushpull.kb.papers import Papers
from pushpull.kb.questions import Question, Service
from pushpull.kb.rules import Note, Requirement, Rules, Tension
from pushpull.kb.week import WeekRules


class KnowledgeBase(Entry):
    """Everything the program knows, in one language, for the services that were asked for."""

    about: About
    rules: Rules
    concerns: dict[str, Concern]
    sources: dict[str, Source]
    student_questions: dict[str, Question]
    services: dict[str, Service]
    requirements: dict[str, Requirement]
    notes: dict[str, Note]
    tensions: dict[str, Tension]
    week: WeekRules
    papers: Papers
