"""Folders to knowledge, or every problem at once."""

from pushpull.load.knowledge import (
    load_all,
    load_comparison,
    load_glossary,
    load_knowledge,
    load_words,
    load_yardstick,
)
from pushpull.load.where import built_in, is_whole

__all__ = [
    "built_in",
    "is_whole",
    "load_all",
    "load_comparison",
    "load_glossary",
    "load_knowledge",
    "load_words",
    "load_yardstick",
]
