"""How much of a service is given now, and how long a school day is: one typed line each, read forgivingly."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from pushpull.kb.base import KnowledgeBase
from pushpull.kb.words import Words
from pushpull.plan import PlanFile, Planned
from pushpull.plan.numbers import as_number, as_range, written
from pushpull.prompts.keeping import keep
from pushpull.prompts.terminal import Terminal, line, say

_DIGITS = r"[0-9]+(?:[.,][0-9]+)?"
_PIECE = re.compile(rf"{_DIGITS}(?:\s*(?:[-\u2013\u2014]|to)\s*{_DIGITS})?|[^\W\d_]+")
_UNITS = ("day", "week", "month", "quarter", "year", "cycle")
_HOUR = 60
_SHORTEST_DAY, _LONGEST_DAY = 60, 24 * _HOUR
GIVEN = ("push_in", "pull_out", "blend")
"""The ways in which a service can be given now."""
_PLACES = {"in-class": "inside", "outside-class": "outside"}
"""The two lines of a blend, by the ids that they get in the plan."""


@dataclass(frozen=True)
class Typed:
    """An amount as it goes into the plan."""

    minutes: str
    times: str
    per: str

    def fields(self) -> dict[str, str]:
        """Return the words and values of a line."""
        return {"minutes": self.minutes, "times": self.times, "per": self.per}


def how_much(terminal: Terminal, kb: KnowledgeBase, words: Words, file: PlanFile, key: str) -> PlanFile:
    """Ask how much of a service is given now, of a blend for each of its places; save what is known.

    With the first amount of a plan, the length of the school day is asked for too. What was told is not asked for.
    """
    first = not any(planned.lines_now for name, planned in file.plan.services.items() if name != key)
    planned, entry = file.plan.services[key], ("services", key)
    if planned.now == "blend" and amount_is_open(planned):
        for name, place in _places_left(planned).items():
            if one := _amount(terminal, words, f"ask.amount_{place}"):
                told = {**one.fields(), "place": place}
                file = keep(terminal, kb, words, file, {(*entry, "present", name): told})
    elif amount_is_open(planned) and (one := _amount(terminal, words, "ask.amount")):
        file = keep(terminal, kb, words, file, {(*entry, word): value for word, value in one.fields().items()})
    if amount_is_open(file.plan.services[key]):
        file = keep(terminal, kb, words, file, {(*entry, "minutes"): ""})
    given = file.plan.services[key]
    if first and given.now in GIVEN and given.lines_now and not file.plan.week.model_fields_set:
        file = _school_day(terminal, kb, words, file)
    return file


def amount_is_open(planned: Planned) -> bool:
    """Return whether a service is given now, and nobody was asked how much, or not for each of its places."""
    if planned.now not in GIVEN or "minutes" in planned.model_fields_set:
        return False
    return bool(_places_left(planned)) if planned.now == "blend" else not planned.lines_now


def _places_left(planned: Planned) -> dict[str, str]:
    """Return the places of a blend of which no amount is told; none if it is told in a way of its own."""
    told = {line.place for line in planned.lines_now.values()}
    if not told <= set(_PLACES.values()):
        return {}
    return {name: place for name, place in _PLACES.items() if place not in told and name not in planned.present}


def _amount(terminal: Terminal, words: Words, ask: str) -> Typed | None:
    say(terminal, words(ask))
    while typed := line(terminal, words, "ask.amount_prompt"):
        if found := amount_typed(typed, words):
            per = words(f"per.{found.per}", days=words("ask.some"))
            phrase = "suggest.amount_once" if found.times == "1" else "suggest.amount"
            amount = words(phrase, minutes=found.minutes, times=found.times, per=per)
            say(terminal, words("ask.amount_read", amount=amount), quiet=True)
            return found
        say(terminal, words("ask.amount_not_read", typed=typed))
    return None


def _school_day(terminal: Terminal, kb: KnowledgeBase, words: Words, file: PlanFile) -> PlanFile:
    say(terminal, words("ask.day"))
    minutes = ""
    while not minutes and (typed := line(terminal, words, "ask.day_prompt")):
        minutes = day_typed(typed, words)
        if not minutes:
            say(terminal, words("ask.day_not_read", typed=typed))
    return keep(terminal, kb, words, file, {("week", "day"): minutes})


def amount_typed(text: str, words: Words) -> Typed | None:
    """Return the amount that was typed, such as `30 4 week` or "twice a week, 30 minutes"; None if it is not clear."""
    minutes, times, per, bare = "", "", "", []
    pieces = _pieces(text)
    while pieces:
        piece = pieces.pop(0)
        if piece[:1].isdigit():
            follows = pieces[0] if pieces else ""
            if _means(follows, "minutes", words) and not minutes:
                minutes = piece
            elif _means(follows, "hours", words) and not minutes and (hours := as_number(piece)):
                minutes = written(hours * _HOUR)
            elif _means(follows, "times", words) and not times:
                times = piece
            else:
                bare.append(piece)
                continue
            pieces.pop(0)
        elif count := _count(piece, words):
            times, again = count, times
            if again:
                return None
        elif unit := next((unit for unit in _UNITS if _means(piece, unit, words)), ""):
            if per:
                return None
            per = unit
        elif not any(_means(piece, word, words) for word in ("fillers", "times")):
            return None
    for piece in bare:
        if not minutes:
            minutes = piece
        elif not times:
            times = piece
        else:
            return None
    return _whole(minutes, times or "1", per)


def _whole(minutes: str, times: str, per: str) -> Typed | None:
    ends, most, count = as_range(minutes), as_number(minutes), as_number(times)
    if not (ends or most) or not count or not per:
        return None
    if most and most < count:
        # Nobody has more sessions than a session has minutes: the two were typed the other way round.
        most, count = count, most
    return Typed("-".join(map(written, ends)) if ends else written(most or Fraction(0)), written(count), per)


def day_typed(text: str, words: Words) -> str:
    """Return the minutes of a school day that were typed, such as `390` or "6.5 hours"; nothing if it is not clear."""
    total, pieces = Fraction(0), _pieces(text)
    while pieces:
        number = as_number(pieces.pop(0))
        follows = pieces.pop(0) if pieces else ""
        if number is None or (follows and not any(_means(follows, word, words) for word in ("minutes", "hours"))):
            return ""
        total += number * (_HOUR if _means(follows, "hours", words) else 1)
    return written(total) if _SHORTEST_DAY <= total <= _LONGEST_DAY else ""


def _pieces(text: str) -> list[str]:
    """Return the numbers and words of a typed line; one empty piece, which means nothing, if others are in it."""
    text = text.casefold().replace("×", " x ").replace("*", " x ")
    unread = any(letter.isalnum() for letter in _PIECE.sub(" ", text))
    return [""] if unread else _PIECE.findall(text)


def _means(piece: str, word: str, words: Words) -> bool:
    return piece in words(f"typed.{word}").split()


def _count(piece: str, words: Words) -> str:
    """Return the number that a word such as "twice" stands for, or nothing."""
    return next((str(count) for count in range(1, 6) if _means(piece, f"count_{count}", words)), "")
