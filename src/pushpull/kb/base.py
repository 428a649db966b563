"""The knowledge base, as far as a suggestion needs it."""

from __future__ import annotations

from pushpull.kb.comparison import Concern, Source
from pushpull.kb.entry import Entry
from pushpull.kb.questions import Question, Service
from pushpull.kb.rules import Note, Requirement, Rules, Tension


class KnowledgeBase(Entry):
    """What an interview and a suggestion need, in one language, for the services that were asked for."""

    rules: Rules
    concerns: dict[str, Concern]
    sources: dict[str, Source]
    student_questions: dict[str, Question]
    services: dict[str, Service]
    requirements: dict[str, Requirement]
    notes: dict[str, Note]
    tensions: dict[str, Tension]
