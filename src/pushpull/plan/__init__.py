"""A plan: one student's services and answers, in one YAML file that a person can read and edit.

The file is the only place where anything about a student is kept.
"""

from __future__ import annotations

from pushpull.plan.fields import (
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
from pushpull.plan.files import LARGEST, PlanFile, check_against, copy_of, new, open_plan, save, unknown_answers, write

__all__ = [
    "LARGEST",
    "Aid",
    "Answer",
    "Decision",
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
    "new",
    "open_plan",
    "save",
    "unknown_answers",
    "write",
]
