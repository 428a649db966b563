"""What a plan can say. Numbers and days stay words here: what they mean is read where they are counted."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from pushpull.kb.entry import Delivery, Entry

VERSION = "1"
LONGEST_LABEL = 200
"""Signs. A paper has the label on each page and in many sentences."""


def _listed(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


def _short(value: str) -> str:
    if len(value) > LONGEST_LABEL:
        raise PydanticCustomError("string_too_long", "too long")
    return value


Answer = Annotated[tuple[str, ...], BeforeValidator(_listed)]
"""One option, or a list of them for a checklist."""


class Kept(Entry):
    """An entry of a plan. Words that the program does not know are kept and pointed out, never dropped."""

    model_config = ConfigDict(extra="ignore", frozen=True, defer_build=True)

    @classmethod
    def holds(cls, word: str) -> type[Kept] | None:
        """Return the kind of entry that stands under a word, by itself or under ids of its own, if any does."""
        annotation = cls.model_fields[word].annotation
        kinds = [annotation, *get_args(annotation)]
        return next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, Kept)), None)


class Student(Kept):
    """Who the plan is about. A label or initials are enough; a name is not needed."""

    label: Annotated[str, AfterValidator(_short)] = ""
    grade: str = ""
    loves: Answer = ()
    """Lessons and times of the day that the student loves; a paper warns before one of them is missed."""


class Shared(Kept):
    """A time of the day such as lunch: how long it is, and whether it is shared with the other students."""

    minutes: str = ""
    shared: str = ""
    """`yes` or `no`. Time kept apart counts as time outside class."""


class Preschool(Kept):
    """For children of three to five who are not in kindergarten yet."""

    program: str = ""
    """Where the child is: an id of `programs` in `week.yaml`."""
    hours: str = ""
    """Hours a week in a regular early childhood program."""


class SchoolWeek(Kept):
    """The student's week at school, lunch and recess included. One of `minutes`, `day` and `days` is enough."""

    minutes: str = ""
    """Minutes of a whole week."""
    day: str = ""
    """Minutes of one school day, when all are alike."""
    days: dict[str, str] = {}
    """Minutes of each school day, when they differ."""
    days_a_week: str = ""
    weeks: str = ""
    """Weeks of a school year; needed for amounts per month, quarter or year."""
    months: str = ""
    """Months of a school year."""
    cycle: str = ""
    """School days of a cycle, such as 6."""
    lunch: Shared = Field(default_factory=Shared)
    recess: Shared = Field(default_factory=Shared)
    preschool: Preschool = Field(default_factory=Preschool)


class Line(Kept):
    """One line of a service, as an IEP has it: one amount in one place. A blend is two lines."""

    minutes: str = ""
    """Of one session."""
    times: str = ""
    per: str = ""
    """`day`, `week`, `month`, `quarter`, `year` or `cycle`."""
    place: str = ""
    """`inside`, `outside`, `with_peers` or `community`."""
    part: str = ""
    """What is done in this time."""
    misses: Answer = ()
    """The lessons or times of the day that the student misses for it, by name."""
    varies: str = ""
    """Why the minutes are a range, if they are: the reason has to lie in the child."""
    who: str = ""
    """Who gives it, by role."""
    starts: str = ""
    ends: str = ""


class Aid(Kept):
    """A support in class that the team considered."""

    aid: str
    was: str = ""
    """`tried`, `rejected` or `to_try`."""
    data: str = ""
    """What came of it, or why it was not tried."""


class Review(Kept):
    """When the team looks again, and what would move the service."""

    on: str = ""
    towards_class: str = ""
    """What would have to be seen to move time into class."""
    towards_outside: str = ""
    """What would have to be seen to move time out of class."""


class Task(Kept):
    """Who does what by when."""

    what: str
    who: str = ""
    by: str = ""


class Decision(Kept):
    """What the team decided, if it has."""

    mode: str = ""
    why: str = ""


class Views(Kept):
    """What the family and the student think, in their own words."""

    parents: str = ""
    student: str = ""


class Planned(Kept):
    """One service and one goal of the student."""

    service: str
    goal: str = ""
    now: Literal[Delivery, "none", ""] = ""
    """How it is delivered now."""
    minutes: str = ""
    times: str = ""
    per: str = ""
    place: str = ""
    misses: Answer = ()
    varies: str = ""
    present: dict[str, Line] = {}
    """How it is given now, when one amount in one place does not say it."""
    proposed: dict[str, Line] = {}
    """How it would be given, line by line."""
    related: str = ""
    """`no` if it has nothing to do with the disability, such as English-learner support."""
    aids: dict[str, Aid] = {}
    review: Review = Field(default_factory=Review)
    tasks: dict[str, Task] = {}
    answers: dict[str, Answer] = {}
    notes: dict[str, str] = {}
    """The evidence behind an answer, in the words of the person who gave it."""
    team: Decision = Field(default_factory=Decision)

    @property
    def lines_now(self) -> dict[str, Line]:
        """The present lines, written out or from the short form with one amount; none if no amount is told."""
        if self.present or not self.minutes:
            return self.present
        place = self.place or {"push_in": "inside", "pull_out": "outside"}.get(self.now, "")
        line = Line(
            minutes=self.minutes, times=self.times, per=self.per, place=place, misses=self.misses, varies=self.varies
        )
        return {"": line}


class Plan(Kept):
    """Everything a plan says."""

    plan: Literal["1"]
    student: Student = Field(default_factory=Student)
    week: SchoolWeek = Field(default_factory=SchoolWeek)
    answers: dict[str, Answer] = {}
    """Asked once, for all services."""
    notes: dict[str, str] = {}
    services: dict[str, Planned] = Field(default={})
    roster: dict[str, str] = {}
    """Who comes to the meeting, by role: initials, or `yes` or `no`."""
    tasks: dict[str, Task] = {}
    views: Views = Field(default_factory=Views)

    def answers_for(self, name: str, asked_once: Collection[str] | None = None) -> dict[str, tuple[str, ...]]:
        """Return the student's answers and those of one service together.

        With `asked_once`, the questions about the student, an answer that stands in the other place is left out: it was
        pointed out as one that does not count.
        """
        own = self.services[name].answers
        if asked_once is None:
            return {**self.answers, **own}
        student = {question: answer for question, answer in self.answers.items() if question in asked_once}
        return student | {question: answer for question, answer in own.items() if question not in asked_once}
