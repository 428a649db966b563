"""A plan: one student's services and answers, in one YAML file that a person can read and edit.

The file is the only place where anything about a student is kept.
"""

from __future__ import annotations

from pushpull.plan.fields import (
    LONGEST_LABEL,
    Aid,
    Answer,
    Decision,
    Line,
    Plan,
    Planned,
    Preschool,
    Review,
    SchoolWeek,
    Shared,
    Student,
    Task,
)
from pushpull.plan.files import LARGEST, PlanFile, check_against, is_between, new, open_plan, unknown_answers
from pushpull.plan.hold import Hold
from pushpull.plan.labels import looks_like_a_name
from pushpull.plan.saving import copy_of, put, save, write

__all__ = [
    "LARGEST",
    "LONGEST_LABEL",
    "Aid",
    "Answer",
    "Decision",
    "Hold",
    "Line",
    "Plan",
    "PlanFile",
    "Planned",
    "Preschool",
    "Review",
    "SchoolWeek",
    "Shared",
    "Student",
    "Task",
    "check_against",
    "copy_of",
    "is_between",
    "looks_like_a_name",
    "new",
    "open_plan",
    "put",
    "save",
    "unknown_answers",
    "write",
]
