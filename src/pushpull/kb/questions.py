"""Questions and services: what is asked, what the answers mean, and what is special for each service."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from pushpull.kb.comparison import Remark
from pushpull.kb.entry import MODES, Basis, ConcernId, Condition, Delivery, Entry, Mode, SourceId, Strength, Text


class Settling(Entry):
    """Why one answer settles the matter alone."""

    basis: Basis
    concern: ConcernId
    because: Text
    sources: tuple[SourceId, ...] = ()
    caveat: Text | None = None


class Argument(Settling):
    """Why one answer speaks for a mode, and how strongly."""

    strength: Strength


class Option(Entry):
    """One plain fact that may be the answer."""

    label: Text
    arguments: dict[Mode, Argument] = {}
    """At most one argument for each mode."""
    settles: dict[Mode, Settling] = Field(default={}, max_length=1)
    parts: dict[Mode, Text] = {}
    """The part of the work that belongs to each mode. A blend needs one answer (or one checklist) that names both. Then
    the option's argument for that mode speaks for its part alone."""
    stays: bool = False
    """Whether the part for pull-out stays outside, whatever speaks for the class: private care, private talk. Push-in
    then never takes the whole. Only where `parts` names both."""
    solve: Text | None = None
    """In a logistics question: what the school is to solve."""

    @property
    def keeps_part_outside(self) -> bool:
        """Return whether its part for pull-out stays outside, beside the part for push-in that it names as well."""
        return self.stays and len(self.parts) == len(MODES)


class Question(Entry):
    """One screen: a question, its options, and what the answers mean."""

    ask: Text
    help: Text
    """Why this is asked and what the words mean: shown for `?`."""
    who: Literal["family", "class_teacher", "specialist", "student", "team"]
    """Who usually knows."""
    choose: Literal["one", "many"] = "one"
    role: Literal["case", "logistics"] = "case"
    """`logistics` is written down and never counted: its options may not argue, settle or name parts."""
    of: Literal["service", "student"] = "service"
    """`student`: asked once, and the answer holds for every service of the plan."""
    when: Condition = {}
    """Asked only if all of these hold. Only questions asked before this one may stand here."""
    options: dict[str, Option] = Field(min_length=1)


class QuestionGroup(Entry):
    """One file of questions."""

    title: Text
    questions: dict[str, Question]


class Named(Entry):
    """What a service is called."""

    name: Text
    family: Text
    """The wider field it belongs to, as people say it: speech-language, reading, ..."""
    also: tuple[Text, ...] = ()
    """Other words by which people look for it."""


class Service(Named):
    """The profile of one service. It never says which mode is usual: the law forbids such a default."""

    what: Text
    looks_like: dict[Delivery, Text]
    """What each way would look like in a school day."""
    guidance: dict[str, Remark]
    """What professional guidance and research say about this service."""
    doses: dict[str, Remark] = {}
    """Amounts as others report them; never a recommendation."""
    pitfalls: dict[str, Remark]
    not_known: dict[str, Remark]
    related: bool = True
    """Whether it has to do with a disability. If not, time outside for it counts as time in class in reports."""
    balance: Text | None = None
    """Why this service's questions lean to one mode, if they do: `kb audit` shows it, and asks for it past a bar."""
    questions: dict[str, Question]
    """In the file: the word `asked`, or what differs from the general question for this service."""


def services_called(services: Mapping[str, Named], typed: str) -> list[str]:
    """Return the services whose id, name or other names hold what was typed; a whole name comes before a part."""
    wanted = typed.lower().strip()

    def spoken(name: str) -> list[str]:
        service = services[name]
        return [text.lower() for text in (name, service.name, service.family, *service.also)]

    whole = [name for name in services if wanted in spoken(name)]
    return whole or [name for name in services if any(wanted in text for text in spoken(name))]
