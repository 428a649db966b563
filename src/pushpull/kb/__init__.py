"""The frozen types of everything the YAML can say.

One word per idea, the same here, in the files, in help and on paper. The field descriptions are the manual that
`docs/editing.md` and the JSON Schema for editors are made from. Reading files is not done here: `load` hands over
plain maps together with the ids that exist (`Known`), so that a dangling id is found like any other mistake.
"""

from __future__ import annotations

from pushpull.kb.comparison import (
    BlendStory,
    Comparison,
    Concern,
    Credit,
    ModeName,
    Point,
    ProsCons,
    Remark,
    Source,
    Topic,
)
from pushpull.kb.entry import (
    MODES,
    NONE_OF_THESE,
    NOT_SURE,
    Basis,
    Condition,
    Delivery,
    Entry,
    Grade,
    HowChecked,
    Known,
    Mode,
    Outcome,
    Phrase,
    QuestionId,
    Strength,
    Text,
)
from pushpull.kb.questions import Argument, Option, Question, QuestionGroup, Service, Settling
from pushpull.kb.rules import Note, Points, Ratios, Requirement, Rules, Tension, Term, Whole
from pushpull.kb.whole import KnowledgeBase
from pushpull.kb.words import Words, fill

__all__ = [
    "MODES",
    "NONE_OF_THESE",
    "NOT_SURE",
    "Argument",
    "Basis",
    "BlendStory",
    "Comparison",
    "Concern",
    "Condition",
    "Credit",
    "Delivery",
    "Entry",
    "Grade",
    "HowChecked",
    "KnowledgeBase",
    "Known",
    "Mode",
    "ModeName",
    "Note",
    "Option",
    "Outcome",
    "Phrase",
    "Point",
    "Points",
    "ProsCons",
    "Question",
    "QuestionGroup",
    "QuestionId",
    "Ratios",
    "Remark",
    "Requirement",
    "Rules",
    "Service",
    "Settling",
    "Source",
    "Strength",
    "Tension",
    "Term",
    "Text",
    "Topic",
    "Whole",
    "Words",
    "fill",
]
