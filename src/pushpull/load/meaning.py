"""What every sentence of the knowledge may be, and still be wrong: mistakes that no type can see."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from pushpull.kb.entry import MODES, NONE_OF_THESE, NOT_SURE
from pushpull.kb.questions import Question, Service
from pushpull.kb.rules import Rules
from pushpull.problems import Problem
from pushpull.source.tree import Node, place_of

if TYPE_CHECKING:  # only papers and the week need them
    from pushpull.kb.week import WeekRules

MOST_QUESTIONS = 15
"""Screens of one service. With the one about the student that makes the 16 that people are asked to go through."""
_BLANKS = {"student"}


def check_question(name: str, question: Question, node: Node) -> Iterator[Problem]:
    """Yield what is wrong with one question as such."""
    names_parts = question.role == "case" and any(option.parts for option in question.options.values())
    for option_id, option in question.options.items():
        at = ("options", option_id)
        if option_id in {NOT_SURE, NONE_OF_THESE}:
            yield Problem.at(place_of(node, at, key=True), "reserved_word", word=option_id)
        if question.role == "logistics":
            for word in ("arguments", "settles", "parts"):
                if getattr(option, word):
                    yield Problem.at(
                        place_of(node, (*at, word), key=True), "logistics_argues", word=word, question=name
                    )
            if not option.solve:
                yield Problem.at(place_of(node, at, key=True), "no_solve", word=option_id)
        elif option.solve:
            yield Problem.at(place_of(node, (*at, "solve"), key=True), "solve_counts", word=option_id)
        if option.settles and option.arguments:
            yield Problem.at(place_of(node, (*at, "settles"), key=True), "settles_and_argues", word=option_id)
        for word, reasons in (("arguments", option.arguments), ("settles", option.settles)):
            for mode, reason in reasons.items():
                place = place_of(node, (*at, word, mode), key=True)
                if reason.basis == "research" and not reason.sources:
                    yield Problem.at(place, "research_without_source", word=option_id)
                elif not reason.sources and not reason.caveat:
                    yield Problem.at(place, "nothing_behind", word=option_id)
        if option.stays and set(option.parts) != set(MODES):
            yield Problem.at(place_of(node, (*at, "stays"), key=True), "stays_without_parts", word=option_id)
        if question.choose == "one" and option.parts and set(option.parts) != set(MODES):
            yield Problem.at(place_of(node, (*at, "parts"), key=True), "one_part", word=option_id)
        elif names_parts and "push_in" in option.parts and "push_in" not in option.arguments:
            yield Problem.at(place_of(node, (*at, "parts", "push_in"), key=True), "part_without_reason", word=option_id)
        # Beside parts, the reason for pull-out of such an answer spoke for a part alone; here it would count in full.
        if question.choose == "one" and names_parts and not option.parts and len(option.arguments) > 1:
            yield Problem.at(place_of(node, (*at, "arguments"), key=True), "argues_both", word=option_id)
    named = {mode for option in question.options.values() for mode in option.parts}
    if question.choose == "many" and named and named != set(MODES):
        yield Problem.at(place_of(node, ("options",), key=True), "one_part", word=name)


def check_profile(profile: Service, node: Node, left_out: Collection[str] = ()) -> Iterator[Problem]:
    """Yield what is wrong with a profile whose questions are written out, save those that are wrong themselves."""
    questions = node.get("questions") or node
    if (count := len(profile.questions)) > MOST_QUESTIONS:
        place = place_of(node, ("questions",), key=True)
        yield Problem.at(place, "too_many_questions", count=str(count), most=str(MOST_QUESTIONS))
    earlier = set(left_out)
    for name, question in profile.questions.items():
        entry = questions.get(name) or questions
        if question.of == "student":
            yield Problem.at(place_of(questions, (name,), key=True), "student_question", word=name)
        for needed in question.when:
            if needed not in earlier:
                say = "asked_later" if needed in profile.questions else "not_asked_here"
                yield Problem.at(place_of(entry, ("when", needed), key=True), say, word=needed, question=name)
        yield from check_question(name, question, entry)
        earlier.add(name)


def check_rules(rules: Rules, node: Node) -> Iterator[Problem]:
    """Yield strengths whose points do not lie in their own range, or do not rise, and ratios that cannot work."""
    highest = None
    for level, strength in rules.strengths.items():
        place = place_of(node, ("strengths", level), key=True)
        if not 0 < strength.at_least <= strength.points <= strength.at_most:
            yield Problem.at(place, "points_out_of_range", word=level)
        if highest is not None and strength.points < highest:
            yield Problem.at(place, "points_do_not_rise", word=level)
        highest = strength.points
    ratios, whole = rules.ratios, rules.ratios.whole
    given = {("pull_out",): ratios.pull_out, ("whole", "push_in"): whole.push_in, ("whole", "pull_out"): whole.pull_out}
    for words, ratio in given.items():
        if ratio < 1:
            yield Problem.at(place_of(node, ("ratios", *words)), "ratio_below_one", word=words[0])
    # An answer in favor of the class may stop naming parts, or begin to: neither may end in pull-out.
    if whole.pull_out != ratios.pull_out:
        say = "whole_above_pull_out" if whole.pull_out > ratios.pull_out else "whole_below_pull_out"
        yield Problem.at(place_of(node, ("ratios", "whole", "pull_out")), say)


def check_week(week: WeekRules, node: Node) -> Iterator[Problem]:
    """Yield edges between which no group would be left, and amounts of time that cannot be counted with."""
    most, edges = 100, week.edges
    for side, first, second in (
        ("outside", edges.outside.top, edges.outside.middle),
        ("inside", edges.inside.middle, edges.inside.top),
    ):
        if not 0 < first < second < most:
            yield Problem.at(place_of(node, ("edges", side), key=True), "edges_out_of_order", word=side)
    amounts = {("near",): week.near, ("preschool", "hours"): week.preschool.hours}
    amounts |= {("calendar", word): amount for word, amount in week.calendar}
    for words, amount in amounts.items():
        if amount <= 0:
            yield Problem.at(place_of(node, words), "not_above_zero", word=words[-1])


def check_texts(node: Node) -> Iterator[Problem]:
    """Yield blanks such as `{name}` that nothing will fill in."""
    match node.value:
        case str() as text:
            for blank in re.findall(r"\{(\w*)\}", text):
                if blank not in _BLANKS:
                    yield Problem.at(node.place, "unknown_blank", word="{" + blank + "}")
        case Mapping() as entries:
            for entry in entries.values():
                yield from check_texts(entry)
        case tuple(items):
            for item in items:
                yield from check_texts(item)
