"""The rules by which the knowledge is audited."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from pushpull.kb.entry import ConcernId, Entry, Mode, QuestionId, Text
from pushpull.kb.rules import Number

Verdict = Literal["pass", "fail", "judge"]
"""`judge`: no file can show it, and a person has to say."""
Group = Literal["qualifying", "certifying", "information", "disclosure", "ours"]


class Bars(Entry):
    """Where a measure is good enough."""

    what_words: Number
    """Words that say what a service is."""
    statement_words: Number
    """Words of a statement in `about.yaml`."""
    day_words: Number
    """Words on what a school day would look like."""
    help_words: Number
    """Words on why a question is asked."""
    fewest_points: Number
    """Pros, and cons, of each mode."""
    fewest_pitfalls: Number
    """Pitfalls of each service."""
    fewest_questions: Number
    """Questions of a service that can speak for a mode."""
    length_difference: Number
    """How much more may be said of one mode than of the other, as a part of the shorter."""
    bank_lean: Number
    """How much blind answers may lean to one mode over all services."""
    profile_lean: Number
    """How much they may lean in one service without a reason given there."""
    reading_grade: Number
    """The highest grade of US schools at which a text may be readable."""
    hard_words: Number
    """Texts shorter than this are not named as hard: the measure says little about them."""
    hardest: Number
    """How many of the hardest texts are named."""


class AlwaysAsked(Entry):
    """A matter that every service has to ask about."""

    name: Text
    questions: tuple[QuestionId, ...] = Field(min_length=1)
    """Any one of these is enough."""


class AuditLine(Entry):
    """One rule of the audit, in our own words."""

    group: Group
    rule: Text
    says: dict[Verdict, Text]
    """What is said with each verdict; `{blanks}` are filled with what was measured."""
    found: dict[str, Text] = {}
    """What is said of each entry that fails, or that is worth a look."""
    rest: Text | None = None
    """What no file can show: what the program's own tests prove, and what people have to judge."""


class AuditLines(Entry):
    """The rules. None may be missing: a layer can lay other words or bars over them, and not take one away."""

    Q1: AuditLine
    Q2: AuditLine
    Q3: AuditLine
    Q4: AuditLine
    Q5: AuditLine
    Q6: AuditLine
    C1: AuditLine
    B1: AuditLine
    C2: AuditLine
    C3: AuditLine
    C4: AuditLine
    C5: AuditLine
    C6: AuditLine
    I1: AuditLine
    I2: AuditLine
    G1: AuditLine
    G2: AuditLine
    G3: AuditLine
    E1: AuditLine
    E2: AuditLine
    E3: AuditLine
    E4: AuditLine
    E5: AuditLine
    X1: AuditLine
    X2: AuditLine
    X3: AuditLine
    X4: AuditLine
    X5: AuditLine
    X6: AuditLine
    X7: AuditLine
    X8: AuditLine


class Yardstick(Entry):
    """How the knowledge is audited."""

    bars: Bars
    cons_about: tuple[ConcernId, ...]
    """Concerns that the cons of the chart may not leave out."""
    views: tuple[ConcernId, ...]
    """Concerns under which every service asks whose view is to be heard."""
    always_asked: dict[str, AlwaysAsked]
    never: tuple[Text, ...]
    """Words that no reason may rest on; a star stands for any ending."""
    consider: dict[Mode | Literal["blend"], Text]
    """Words that have to stand in what is said of each outcome."""
    team_decides: Text
    """Words that have to stand on every page."""
    lines: AuditLines
    left_out: Text
    """What of the standard this audit leaves out."""
