"""Folders to knowledge, or every problem at once."""

from pushpull.load.knowledge import (
    load_all,
    load_checklist,
    load_comparison,
    load_glossary,
    load_knowledge,
    load_words,
)
from pushpull.load.where import built_in

__all__ = [
    "built_in",
    "load_all",
    "load_checklist",
    "load_comparison",
    "load_glossary",
    "load_knowledge",
    "load_words",
]
