"""G1 to G3 and X1 to X8: guidance through the talk, and what this program promises beyond the standard.

Much of it is what the program does, not what a file says. A check here looks at the part that the files can show.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction

from pushpull.audit.grounds import reasons
from pushpull.audit.options import WAYS
from pushpull.audit.scorecard import Hit, Material, Measured, measured, words_in
from pushpull.kb.entry import MODES
from pushpull.kb.questions import Question
from pushpull.kb.week import BandId, PlaceId
from pushpull.lre import Amount, Given, School, band_of, work_out

_GROUPS: tuple[tuple[str, BandId], ...] = (
    *(("100", "top"), ("80", "top"), ("79", "middle"), ("40", "middle")),
    *(("39.49", "lowest"), ("0", "lowest")),
)
"""Percents inside the regular class on which the federal wording and all three rules agree."""
_WEEK, _MINUTES = 1745, 180
_OUTSIDE: Mapping[PlaceId, int] = {"inside": 0, "outside": _MINUTES, "with_peers": 0, "community": 0}
"""Minutes outside that one line comes to, by its place."""


def g1(material: Material) -> Measured:
    """Return whether every question says why it is asked."""
    least = material.yardstick.bars.help_words
    fails = [
        Hit(f"{where}.help", "short", {"have": str(words_in(question.help)), "least": str(least)})
        for where, question in _questions(material)
        if words_in(question.help) < least
    ]
    counts = [len(service.questions) for service in material.kb.services.values()] or [0]
    return measured(fails, fewest=str(min(counts)), most=str(max(counts)))


def g2(material: Material) -> Measured:
    """Return whether everything that can be open is worded as a question for the meeting."""

    def fails() -> Iterator[Hit]:
        for name, requirement in material.kb.requirements.items():
            if not requirement.ask.endswith("?"):
                yield Hit(f"requirements.{name}.ask", "no_question")
        for where, question in _questions(material):
            if not question.ask.endswith("?"):
                yield Hit(f"{where}.ask", "no_question")

    return measured(fails(), requirements=str(len(material.kb.requirements)))


def g3(material: Material) -> Measured:
    """Return whether it is asked what is missing and whose view is to be heard; the rest people have to judge."""

    def fails() -> Iterator[Hit]:
        for way in WAYS:
            if not any(way in requirement.modes for requirement in material.kb.requirements.values()):
                yield Hit("requirements", "no_requirement", {"way": material.words(f"mode.{way}")})
        for service_id, service in material.kb.services.items():
            named = {
                reason.concern
                for question in service.questions.values()
                for option in question.options.values()
                for reason in (*option.arguments.values(), *option.settles.values())
            }
            for concern in material.yardstick.views:
                if concern not in named:
                    known = material.kb.concerns.get(concern)
                    yield Hit(f"services.{service_id}", "no_view", {"concern": known.name if known else concern})

    return measured(fails(), otherwise="judge", requirements=str(len(material.kb.requirements)))


def x1(material: Material) -> Measured:
    """Return whether the sentences on every outcome leave the decision with the team."""
    words, yardstick = material.words, material.yardstick

    def fails() -> Iterator[Hit]:
        for way in WAYS:
            wanted = yardstick.consider.get(way, "")
            if not wanted or wanted not in words(f"suggest.{way}"):
                yield Hit(f"words.suggest.{way}", "wording", {"wanted": wanted})
        if yardstick.team_decides not in words("suggest.limits"):
            yield Hit("words.suggest.limits", "wording", {"wanted": yardstick.team_decides})

    return measured(fails())


def x2(material: Material) -> Measured:
    """Return whether nothing that may never be a reason carries one."""
    endings = (re.escape(word).replace(r"\*", r"\w*") for word in material.yardstick.never)
    banned = re.compile(rf"\b(?:{'|'.join(endings)})\b", re.IGNORECASE)
    logistics = {where: question for where, question in _questions(material) if question.role == "logistics"}

    def fails() -> Iterator[Hit]:
        for where, question in logistics.items():
            for option_id, option in question.options.items():
                if option.arguments or option.settles or option.parts:
                    yield Hit(f"{where}.{option_id}", "counts")
        for where, reason in reasons(material.kb):
            for found in banned.findall(reason.because):
                yield Hit(where, "word", {"word": found})
        for name, service in material.kb.services.items():
            if not any(question.role == "logistics" for question in service.questions.values()):
                yield Hit(f"services.{name}", "no_place")

    return measured(
        fails(), reasons=str(sum(1 for _ in reasons(material.kb))), words=str(len(material.yardstick.never))
    )


def x3(material: Material) -> Measured:
    """Return whether the class comes first, and leaving it has to be justified."""
    kb = material.kb
    asked_by_law = {
        name: requirement
        for name, requirement in kb.requirements.items()
        if requirement.basis == "law" and "pull_out" in requirement.modes
    }

    def fails() -> Iterator[Hit]:
        if kb.rules.ratios.pull_out <= 1:
            yield Hit("rules.ratios.pull_out", "ratio", {"ratio": str(kb.rules.ratios.pull_out)})
        if not asked_by_law:
            yield Hit("requirements", "no_law")
        for name, requirement in asked_by_law.items():
            for service_id, service in kb.services.items():
                asked = {*service.questions, *kb.student_questions}
                if not asked.intersection(requirement.met_by):
                    yield Hit(f"services.{service_id}", "not_asked", {"requirement": name})

    return measured(fails(), ratio=f"{float(kb.rules.ratios.pull_out):g}", law=", ".join(asked_by_law))


def x4(material: Material) -> Measured:
    """Return whether strengths, ratios and parts are such that an answer can only pull the way it points."""
    rules = material.kb.rules
    points = [strength.points for strength in rules.strengths.values()]

    def fails() -> Iterator[Hit]:
        if not points or min(points) <= 0 or points != sorted(points):
            yield Hit("rules.strengths", "not_rising")
        if rules.ratios.whole.pull_out != rules.ratios.pull_out or rules.ratios.whole.push_in < 1:
            yield Hit("rules.ratios.whole", "whole")
        for where, question in _questions(material):
            for option_id, option in question.options.items():
                if option.settles and option.arguments:
                    yield Hit(f"{where}.{option_id}", "both")
            if _one_sided(question):
                yield Hit(where, "one_part")
            yield from _hidden_behind_parts(where, question)

    return measured(fails(), reasons=str(sum(1 for _ in reasons(material.kb))))


def x5(material: Material) -> Measured:
    """Return whether each service can give reasons for both modes, each as a sentence."""

    def fails() -> Iterator[Hit]:
        for service_id, service in material.kb.services.items():
            options = [option for question in service.questions.values() for option in question.options.values()]
            for mode in MODES:
                if not any(mode in option.arguments for option in options):
                    values = {"mode": material.words(f"mode.{mode}")}
                    yield Hit(f"services.{service_id}", "one_sided", values)

    return measured(fails(), reasons=str(sum(1 for _ in reasons(material.kb))))


def x6(material: Material) -> Measured:
    """Return whether every service asks about each matter that may not be left out."""
    always = material.yardstick.always_asked
    fails = [
        Hit(f"services.{service_id}", "not_asked", {"matter": matter.name, "questions": ", ".join(matter.questions)})
        for service_id, service in material.kb.services.items()
        for matter in always.values()
        if not set(matter.questions) & set(service.questions)
    ]
    return measured(
        fails, matters=", ".join(matter.name for matter in always.values()), services=str(len(material.kb.services))
    )


def x7(material: Material) -> Measured:
    """Return whether weeks with known results come out as they should, with the edges and places of the data."""
    rules = material.kb.week

    def fails() -> Iterator[Hit]:
        for percent, wanted in _GROUPS:
            found = band_of(Fraction(percent), rules)
            if found != wanted:
                values = {"percent": percent, "found": rules.band(found).code, "wanted": rules.band(wanted).code}
                yield Hit("week.edges", "group", values)
        for place, outside in _OUTSIDE.items():
            counted = work_out(rules, _one_line(place)).now
            if counted.percent != 100 - Fraction(outside * 100, _WEEK):
                minutes = {"outside": str(counted.outside), "wanted": str(outside)}
                yield Hit(f"week.places.{place}", "minutes", {**minutes, "week": str(_WEEK)})

    weeks = len(_GROUPS) + len(_OUTSIDE)
    return measured(fails(), weeks=str(weeks), rule=rules.worded(rules.rule).name)


def _one_line(place: PlaceId) -> Given:
    """Return a week with one line in one place, whose percent no short decimal could tell."""
    days, weeks, months, quarters, cycle = map(Fraction, (5, 36, 9, 4, 6))
    school = School(Fraction(_WEEK), days, weeks, months, quarters, cycle)
    line = Amount("one", "", Fraction(_MINUTES), Fraction(1), "week", place)
    return Given(school, (line,), (line,), as_now=("one",))


def x8(material: Material) -> Measured:
    """Return that no file can show it."""
    return measured((), otherwise="judge", content=material.kb.rules.version)


def _questions(material: Material) -> Iterator[tuple[str, Question]]:
    yield from ((f"questions.{name}", question) for name, question in material.kb.student_questions.items())
    for service_id, service in material.kb.services.items():
        for name, question in service.questions.items():
            yield f"services.{service_id}.questions.{name}", question


def _hidden_behind_parts(where: str, question: Question) -> Iterator[Hit]:
    """Yield options by which an answer in favor of the class could stop naming parts and end in pull-out."""
    names_parts = any(option.parts for option in question.options.values())
    for option_id, option in question.options.items():
        if "push_in" in option.parts and "push_in" not in option.arguments:
            yield Hit(f"{where}.{option_id}", "part_without_reason")
        if question.choose == "one" and names_parts and not option.parts and len(option.arguments) > 1:
            yield Hit(f"{where}.{option_id}", "argues_both")


def _one_sided(question: Question) -> bool:
    """Return whether a question names a part for one mode and none for the other."""
    if question.choose == "one":
        return any(option.parts and set(option.parts) != set(MODES) for option in question.options.values())
    named = {mode for option in question.options.values() for mode in option.parts}
    return bool(named) and named != set(MODES)
