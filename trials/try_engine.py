"""The engine, the school week and the rows of a caseload, each with one input."""

from __future__ import annotations

import random
from fractions import Fraction
from functools import cache
from typing import get_args

from inputs import Target, odd_text
from owed import hold, knowledge, said_in_words, words
from pushpull.caseload.columns import GIVEN, RESULTS, understood
from pushpull.caseload.work import Caseload, Setting
from pushpull.interview import in_order
from pushpull.kb.entry import NONE_OF_THESE, NOT_SURE
from pushpull.kb.week import PlaceId, ProgramId, Unit
from pushpull.lre import Amount, Apart, Child, Given, School, work_out
from pushpull.outlook import outlook
from pushpull.plan.numbers import as_number, as_range, written
from pushpull.problems import BadFile
from pushpull.prompts.amounts import amount_typed, day_typed
from pushpull.records.numbers import exact
from pushpull.sheet.writing import CsvWriter, JsonLinesWriter
from pushpull.suggest import suggest
from pushpull.tally import Profile, Ruling
from pushpull.tally.result import asked

Answers = dict[str, tuple[str, ...]]


# --- answers --------------------------------------------------------------------------------------------------------


def _answers(dice: random.Random) -> tuple[str, Answers, str, str, str]:
    """Return a service with answers of all kinds that a plan can hold, a label, a grade and a present way."""
    kb = knowledge()
    service = dice.choice(list(kb.services))
    questions = {**kb.student_questions, **kb.services[service].questions}
    answered, odd = dice.random(), dice.random() < 0.3
    answers: Answers = {}
    for name, question in questions.items():
        if dice.random() < answered:
            options = [*question.options, NOT_SURE, NONE_OF_THESE] if odd else list(question.options)
            most = min(4, len(options)) if odd or question.choose == "many" else 1
            answers[name] = tuple(dice.sample(options, dice.randint(0 if odd else 1, most)))
            if odd and dice.random() < 0.2:
                answers[name] += (dice.choice(("gone", "", name, *answers[name])),)
        elif odd and dice.random() < 0.05:
            answers[odd_text(dice)] = (odd_text(dice),)
    if odd:
        answers = dict(dice.sample(list(answers.items()), len(answers)))
    label = odd_text(dice) if odd else "J.R."
    grade = dice.choice(("", "elementary", "preschool", "gone"))
    return service, answers, label, grade, dice.choice(("", "push_in", "pull_out", "blend", "none", "x"))


@cache
def _profile(service: str) -> Profile:
    return Profile(knowledge(), service, _ruling())


@cache
def _ruling() -> Ruling:
    return Ruling(knowledge().rules)


def suggestion(given: tuple[str, Answers, str, str, str]) -> None:
    """Suggest: each answer is counted or named as not counted, and a tally says the same."""
    kb = knowledge()
    service, answers, label, grade, now = given
    found = suggest(kb, service, answers, grade=grade, now=now)
    hold(all(points >= 0 for points in found.case.values()), "a case below zero")
    hold(
        len({(each.mode, each.question, each.option) for each in found.reasons}) == len(found.reasons), "a reason twice"
    )
    questions = {**kb.student_questions, **kb.services[service].questions}
    profile = _profile(service)
    row = [profile.weigh(name, answers.get(name, ())) for name in profile.questions]
    known = {name: answers[name] for name in in_order(questions) if name in answers}
    hold(profile.tally(row, label) == asked(kb, service, known, label), "a tally that says otherwise")


def seen(given: tuple[str, Answers, str, str, str]) -> None:
    """Look ahead: what is said to change the suggestion does so, and a firm one has no such open answer."""
    kb = knowledge()
    service, answers, *_ = given
    found, view = suggest(kb, service, answers), outlook(kb, service, answers)
    hold(view.next_fact is None or view.next_fact in found.unanswered, "a next fact that is not open")
    questions = {**kb.student_questions, **kb.services[service].questions}
    for change in view.would_change:
        hold(change.mode != found.mode, "a change that changes nothing")
        changed = dict(answers)
        for step in change.steps:
            before = tuple(each for each in answers.get(step.question, ()) if each in questions[step.question].options)
            ticks = tuple(each for each in before if each != step.option)
            after = {"instead": (step.option,), "also": (*ticks, step.option), "not": ticks or (NONE_OF_THESE,)}
            changed[step.question] = after[step.how]
        hold(suggest(kb, service, changed).mode == change.mode, "a change that leads elsewhere")
        only_open = all(step.question in found.unanswered for step in change.steps)
        hold(not (only_open and view.firmness == "firm"), "firm, and yet open answers change it")


# --- the week -------------------------------------------------------------------------------------------------------


def _number(dice: random.Random) -> Fraction:
    return Fraction(
        dice.choice((1, 2, 5, 30, 390, 1950, dice.randint(1, 99999))), dice.choice((1, 1, 1, 2, 3, 7, 10000))
    )


def _week(dice: random.Random) -> Given:
    def amount(number: int) -> Amount:
        return Amount(
            entry=f"e{number % 3}",
            line=dice.choice(("", "a", odd_text(dice))),
            minutes=_number(dice),
            times=_number(dice),
            per=dice.choice(get_args(Unit)),
            place=dice.choice(get_args(PlaceId)),
            least=dice.choice((None, _number(dice))),
            misses=tuple(odd_text(dice, ("lunch", "recess", "art", "reading")) for _ in range(dice.randint(0, 2))),
            varies=dice.choice(("", "tired")),
            related=dice.random() < 0.8,
        )

    child = None if dice.random() < 0.7 else Child(dice.choice(get_args(ProgramId)), dice.choice((None, _number(dice))))
    total = None if child and dice.random() < 0.5 else _number(dice) * 100
    apart = tuple(Apart(name, _number(dice)) for name in ("lunch", "recess") if dice.random() < 0.3)
    days, weeks, months, quarters, cycle = (_number(dice) for _ in range(5))
    now, proposed = ([amount(number) for number in range(dice.randint(0, 4))] for _ in range(2))
    as_now = tuple(dice.sample(["e0", "e1", "e2"], dice.randint(0, 3)))
    return Given(
        School(total, days, weeks, months, quarters, cycle, apart),
        tuple(now),
        tuple(proposed),
        as_now,
        loves=(odd_text(dice),),
        child=child,
    )


def week(given: Given) -> None:
    """Work out a week: every minute counts once, inside or outside, and the groups of both rules are told."""
    weeks = work_out(knowledge().week, given)
    for _, one in weeks.each:
        outside = sum((line.minutes for line in one.lines if line.counts == "outside"), Fraction(0))
        hold(one.outside == outside + sum(one.apart.values()), "minutes that count twice")
        hold(all(minutes >= 0 for minutes in one.apart.values()), "less than no lunch")
        hold(
            sum(each.minutes for each in one.missed) == sum(x.minutes for x in one.lines if x.leaves), "missed minutes"
        )
        hold(one.percent is None or one.percent <= 100, "more than the whole week")
        hold((one.percent is None) == (one.band is None), "a percent without a group")
        hold(isinstance(exact(one.outside), int | float), "no number")


_TYPED = (
    "30",
    "4",
    "20-30",
    "twice",
    "once",
    "a",
    "week",
    "weekly",
    "x",
    "min",
    "minutes",
    "hour",
    "per",
    "day",
    "6.5",
)


def _typed_amount(dice: random.Random) -> str:
    if dice.random() < 0.5:
        return " ".join(dice.choice(_TYPED) for _ in range(dice.randint(0, 7)))
    return odd_text(dice, _TYPED)


def typed_amount(text: str) -> None:
    """Read an amount as it is typed: what is taken can be counted, and reads the same when it is typed again."""
    for read in (as_number(text), *(as_range(text) or ())):
        hold(read is None or read > 0, "no amount")
    found = amount_typed(text, words())
    if found:
        hold(as_number(found.minutes) or as_range(found.minutes), "minutes that are no number")
        hold(as_number(found.times), "times that are no number")
        again = amount_typed(f"{found.minutes} min {found.times} times {found.per}", words())
        hold(again == found, f"{found} typed again is {again}")
    day = day_typed(text, words())
    hold(not day or (as_number(day) and day_typed(day, words()) == day), "a day that is read as another one")
    number = as_number(text)
    hold(number is None or written(number), "a number that cannot be written")


# --- rows of a caseload ---------------------------------------------------------------------------------------------


def _rows(dice: random.Random) -> tuple[tuple[str, ...], list[list[str]], str]:
    kb = knowledge()
    services = dice.sample(list(kb.services), 2)
    asked_of = {**kb.student_questions, **kb.services[services[0]].questions, **kb.services[services[1]].questions}
    names = ["service", *dice.sample([name for name in GIVEN if name != "service"], 5), *dice.sample(list(asked_of), 6)]
    names += dice.sample([*RESULTS, "Notes", odd_text(dice) or "x"], 1)
    rows = []
    for number in range(dice.randint(1, 6)):
        row = []
        for name in names:
            options = asked_of[name].options if name in asked_of else {}
            labels = [each.label for each in options.values()]
            several = "; ".join(dice.sample(list(options), min(2, len(options))))
            usual = {
                "service": [*services, kb.services[services[0]].name],
                "student": [f"S{number // 2}"],
                "week": ["1950"],
                "now": ["push_in", "Pull-out", "blend", "none"],
                "minutes": ["30", "20-30", "30 min"],
                "times": ["2"],
                "per": ["week", "day", "month"],
                "place": ["inside", "outside"],
            }.get(name, [*options, *labels, several, "", NOT_SURE])
            row.append(odd_text(dice) if dice.random() < 0.08 else dice.choice(usual))
        rows.append(row)
    return tuple(dict.fromkeys(names)), [row[: len(set(names))] for row in rows], dice.choice(("", "1950", "x"))


def caseload(given: tuple[tuple[str, ...], list[list[str]], str]) -> None:
    """Work out rows: each gives one row of the result, with a suggestion or with a problem in words."""
    names, rows, usual_week = given
    kb = knowledge()
    questions = {name for service in kb.services.values() for name in service.questions} | set(kb.student_questions)
    try:
        columns = understood(names, "sheet.csv", questions, {})
    except BadFile as error:
        said_in_words(error)
        return
    setting = Setting(kb, columns, "sheet.csv", words(), week="" if usual_week == "x" else usual_week)
    done = Caseload(setting).work((number, list(row)) for number, row in enumerate(rows, 2))
    hold(len(done.rows) == len(rows), "rows were lost")
    hold(all(len(row) == len(columns.result) for row in done.rows), "a row of another width")
    hold(sum(done.summary.rows.values()) + len(done.problems) == len(rows), "a summary of other rows")
    if done.problems:
        said_in_words(BadFile(done.problems))
    at = {name: place for place, name in enumerate(columns.result)}
    for row in done.rows:
        hold(bool(row[at["mode"]]) != bool(row[at["problem"]]), "neither a suggestion nor a problem")
    for writer in (CsvWriter(columns.result), JsonLinesWriter(columns.result)):
        writer.rows([[cell.encode("utf-8", "replace").decode() for cell in row] for row in done.rows])


TARGETS = (
    Target("suggestion and tally", 40, _answers, suggestion),
    Target("outlook", 12, _answers, seen),
    Target("school week", 60, _week, week),
    Target("typed amount", 150, _typed_amount, typed_amount),
    Target("rows of a caseload", 7, _rows, caseload),
)
