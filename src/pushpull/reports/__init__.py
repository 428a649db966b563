"""Results to documents: the one place that arranges sentences. How they look is not decided here."""

from pushpull.reports.comparison import comparison
from pushpull.reports.difference import difference
from pushpull.reports.question import answers_so_far, explanation, question_screen
from pushpull.reports.suggestion import suggestions

__all__ = [
    "answers_so_far",
    "comparison",
    "difference",
    "explanation",
    "question_screen",
    "suggestions",
]
