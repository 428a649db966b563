"""How cases become a suggestion, what must be shown first, and what is worth a remark."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Any

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from pushpull.kb.entry import Basis, Condition, Delivery, Entry, Outcome, ServiceId, SourceId, Strength, Text


class Requirement(Entry):
    """What must be shown before the team can choose a mode. It adds no points."""

    modes: tuple[Delivery, ...] = Field(alias="for", min_length=1)
    say: Text
    ask: Text
    """The question to raise while it is missing."""
    basis: Basis
    """`law`, or what good practice asks for; the latter is no reason to refuse a way."""
    met_by: Condition = Field(min_length=1)
    """Met as soon as any one of these was answered; unmet when all were answered otherwise; else unknown."""
    sources: tuple[SourceId, ...] = ()


class Note(Entry):
    """A remark that appears under a condition. It adds no points."""

    say: Text
    when: Condition = {}
    """All of these must hold."""
    grades: tuple[str, ...] = ()
    """Only for these grade bands; none named means all."""
    modes: tuple[Outcome, ...] = Field(default=(), alias="for")
    """Only beside these suggestions; none named means all."""
    services: tuple[ServiceId, ...] = ()
    """Only for these services; none named means all."""
    first: bool = False
    """Whether it stands above everything else, because the rest has to be read in its light."""
    differs: bool = False
    """Only where the suggestion is another way than the present one."""
    sources: tuple[SourceId, ...] = ()


class Tension(Entry):
    """Two answers that may not fit together. It is pointed out, and never resolved. It adds no points."""

    say: Text
    between: tuple[Annotated[Condition, Field(min_length=1)], ...] = Field(min_length=2, max_length=2)
    """Two conditions, of which both must hold. Two ticks of one checklist may be the two."""


def _fraction(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return Fraction(value)
        except (ValueError, ZeroDivisionError):
            raise PydanticCustomError("not_a_number", "not a number", {"id": value}) from None
    return value


Number = Annotated[Fraction, BeforeValidator(_fraction)]


class Points(Entry):
    """What a strength is worth, and the range within which people could reasonably differ."""

    name: Text
    points: Number
    at_least: Number
    at_most: Number


class Whole(Entry):
    """How many times the other case the rest of a case must be, for its mode to take the whole of two named parts."""

    push_in: Number
    pull_out: Number


def _for_both(value: Any) -> Any:
    return {"push_in": value, "pull_out": value} if isinstance(value, str | int | float | Fraction) else value


class Ratios(Entry):
    """Where one case is strong enough. Calibrated on the published cases, and on nothing else."""

    pull_out: Number
    """Pull-out is suggested when its case is at least this many times the case for push-in."""
    whole: Annotated[Whole, BeforeValidator(_for_both, json_schema_input_type=Whole | Number)]
    """When two parts are named, one mode takes the whole only if its case, without the reasons that belong to a part,
    is this many times the other. One number holds for both modes; `{push_in: 2, pull_out: 1.5}` gives each its own."""
    enough: Number
    """Unless one case has this many points, there is too little to go on."""


class Rules(Entry):
    """How cases become a suggestion."""

    version: str
    """The version of the content, as year.month.number."""
    reviewed: str = Field(pattern=r"^\d{4}-\d{2}(-\d{2})?$")
    """Year and month in which the content was last looked over."""
    strengths: dict[Strength, Points]
    bases: dict[Basis, Text]
    ratios: Ratios
    grades: dict[str, Text]
    """Grade bands of a student, in order."""


class Term(Entry):
    """A word of the field, in plain words."""

    term: Text
    plain: Text
    sources: tuple[SourceId, ...] = ()
