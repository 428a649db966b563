"""Which changes of answers would give another suggestion, and which fact to find out next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, combinations_with_replacement
from operator import sub
from typing import Literal, NamedTuple

from pushpull.kb.entry import NONE_OF_THESE, NOT_SURE, Outcome
from pushpull.outlook.firmness import View
from pushpull.outlook.table import Case, Table, weighed

MOST_CHANGES = 3
"""Of the changes that would give another suggestion, so many are shown."""
How = Literal["instead", "also", "not"]
"""Whether an option would stand instead of the answer given, be ticked as well, or not be ticked."""


@dataclass(frozen=True)
class Step:
    """One changed answer."""

    question: str
    option: str
    how: How


@dataclass(frozen=True)
class Change:
    """One or two changed answers that would give another suggestion."""

    steps: tuple[Step, ...]
    mode: Outcome


class _Effect(NamedTuple):
    """What a step does: to both cases and both rests, and to whether its question names both parts."""

    adds: Case
    names_parts: bool
    named_parts: bool


@dataclass(frozen=True)
class _Move:
    """A step with what it does; nothing for a question that opens others, which has to be tried out."""

    step: Step
    effect: _Effect | None
    number: int | None
    """The same for all steps with the same effect: telling numbers apart is quick, and there are thousands of pairs."""
    points: int
    """By how many points it moves both cases together."""
    open: bool


def changes(view: View) -> list[Change]:
    """Return the likeliest changes of one answer, else of two, that would give another outcome; at most three.

    Open questions come first, because nobody has answered them yet; then the changes that move the cases least.
    Answers that settle the matter, and those about the school's own circumstances, are left out.
    """
    if view.settled:
        return []
    moves = sorted(_moves(view), key=lambda move: (not move.open, move.points))
    case = view.case(view.table.points)
    known: dict[tuple[int | None, ...], Outcome] = {}
    found: list[Change] = []
    for size in (1, 2):
        if size > 1 and not _any_two(view, case, moves):
            break
        for chosen in combinations(moves, size):
            if size > 1 and chosen[0].step.question == chosen[1].step.question:
                continue
            numbers = tuple([move.number for move in chosen])
            mode = known.get(numbers)
            if mode is None:
                mode = _after(view, case, chosen)
                if None not in numbers:
                    known[numbers] = mode
            if mode != view.mode:
                # Another answer to the same questions that comes to the same says nothing new.
                told = {move.step.question for move in chosen}, mode
                if any(({step.question for step in change.steps}, change.mode) == told for change in found):
                    continue
                found.append(Change(tuple(move.step for move in chosen), mode))
                if len(found) == MOST_CHANGES:
                    return found
        if found:
            return found
    return found


def _any_two(view: View, case: Case, moves: Iterable[_Move]) -> bool:
    """Return whether any two steps could give another outcome: few effects are tried for thousands of pairs."""
    one_of_each = {move.number: move for move in moves}
    if None in one_of_each:
        return True
    pairs = combinations_with_replacement(one_of_each.values(), 2)
    return any(_after(view, case, pair) != view.mode for pair in pairs)


def _moves(view: View) -> Iterator[_Move]:
    worth, questions = view.table.points, view.table.questions
    numbers: dict[_Effect, int] = {}
    for name in view.on_path:
        question, options = questions[name], view.table.options[name]
        if question.role == "logistics" or question.of == "student":
            continue
        ticked = tuple(o for o in view.standing.get(name, ()) if o not in {NOT_SURE, NONE_OF_THESE})
        now = view.table.added(name, ticked)
        for key, option in options.items():
            if option.settles or (question.choose == "one" and key in ticked):
                continue
            how: How = "instead" if question.choose == "one" else "not" if key in ticked else "also"
            after = {"instead": (key,), "also": (*ticked, key), "not": tuple(o for o in ticked if o != key)}[how]
            adds = weighed(tuple(map(sub, view.table.added(name, after), now)), worth)
            effect = _Effect(adds, view.table.names_parts(name, after), name in view.naming)
            gate = name in view.table.gates
            number = None if gate else numbers.setdefault(effect, len(numbers))
            points = abs(adds[0]) + abs(adds[1])
            yield _Move(Step(name, key, how), None if gate else effect, number, points, name in view.open)


def _after(view: View, now: Case, moves: tuple[_Move, ...]) -> Outcome:
    """Return the outcome after some moves away from the cases as they are, each of another question."""
    effects = [move.effect for move in moves if move.effect]
    if len(effects) < len(moves):
        return View(view.kb, view.service, answers_after(view, moves)).mode
    push_in, pull_out, rest_push_in, rest_pull_out = map(sum, zip(now, *(each.adds for each in effects), strict=True))
    still = len(view.naming) - sum(each.named_parts for each in effects)
    has_parts = still > 0 or any(each.names_parts for each in effects)
    return view.outcome_of((push_in, pull_out, rest_push_in, rest_pull_out), has_parts=has_parts)


def answers_after(view: View, moves: tuple[_Move, ...]) -> dict[str, tuple[str, ...]]:
    """Return the answers with some moves made."""
    answers = dict(view.answers)
    for move in moves:
        name, key = move.step.question, move.step.option
        ticked = tuple(o for o in view.standing.get(name, ()) if o not in {NOT_SURE, NONE_OF_THESE, key})
        after: dict[How, tuple[str, ...]] = {
            "instead": (key,),
            "also": (*ticked, key),
            "not": ticked or (NONE_OF_THESE,),
        }
        answers[name] = after[move.step.how]
    return answers


def next_fact(view: View) -> str | None:
    """Return the open question with the largest swing; while the matter is open, one that could name parts comes first.

    A question whose answer could settle the matter swings furthest of all. Once it is settled there is no such fact.
    """
    return None if view.settled else next(iter(by_swing(view.table, view.mode, view.open)), None)


def by_swing(table: Table, mode: Outcome, names: Iterable[str]) -> list[str]:
    """Return those of some questions of a service that swing at all, the largest swing first."""
    swings = {name: swing(table, mode, name) for name in names if table.questions[name].of == "service"}
    return sorted((name for name in swings if any(swings[name])), key=swings.__getitem__, reverse=True)


def swing(table: Table, mode: Outcome, name: str) -> tuple[bool, bool, int]:
    """Return how much hangs on a question, most weighty first.

    While all is open, whether it could name parts; whether it can settle the matter; how far it moves the cases apart.
    """
    options = table.options[name].values()
    cases = [option.case(table.points) for option in options]
    moves = [push_in - pull_out for push_in, pull_out, _, _ in cases]
    if table.questions[name].choose == "many":
        width = sum(abs(move) for move in moves)
    else:
        width = max(*moves, 0) - min(*moves, 0)
    names = mode == "open" and name in table.naming
    return names, any(option.settles for option in options), width
