"""The knowledge base with everything that stands on papers and is judged by the audit."""

from __future__ import annotations

from pushpull.kb.about import About
from pushpull.kb.base import KnowledgeBase
from pushpull.kb.papers import Papers
from pushpull.kb.week import WeekRules


class FullKnowledge(KnowledgeBase):
    """What a suggestion needs, and also the school week, the papers, and what the program says of itself."""

    about: About
    week: WeekRules
    papers: Papers
