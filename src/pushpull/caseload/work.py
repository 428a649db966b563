"""From batches of rows to rows with results. This is what every process does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from hashlib import blake2b
from typing import NamedTuple

from pushpull.caseload.amounts import Amounts, Number, Share
from pushpull.caseload.cells import BadCell, Options, Read, names_of, service_meant, way_meant
from pushpull.caseload.columns import PLAN, REASONS, SHARE, Columns
from pushpull.caseload.summary import Alike, Summary
from pushpull.kb.entry import MODES
from pushpull.kb.full import FullKnowledge
from pushpull.kb.words import Words
from pushpull.problems import Place, Problem
from pushpull.sheet.table import Row
from pushpull.tally import Profile, Ruling, Weight

_NO_CELL = -1
"""The place of an empty cell behind every row, for what has no column."""
_AMOUNT = ("minutes", "times", "per", "place")
_MANY = 1_000_000


@dataclass(frozen=True)
class Setting:
    """What a caseload is worked out with. It can be sent to another process."""

    kb: FullKnowledge
    columns: Columns
    file: str
    """What the sheet is called in messages."""
    words: Words
    of_plans: bool = False
    """Whether the rows come from plans. Then a plan is a student, and tells its share of the week itself."""
    week: str = ""
    """Minutes of a school week, for students of whom the sheet does not tell."""


@dataclass
class Done:
    """What a batch came to."""

    rows: list[list[str]] = field(default_factory=list)
    """All rows of the batch, those with a problem too, with the columns of the result."""
    summary: Summary = field(default_factory=Summary)
    problems: list[Problem] = field(default_factory=list)
    students: list[int] = field(default_factory=list)
    """A number for each student, to see whether one stands in several places of the sheet."""


class _Service(NamedTuple):
    """One service, ready for rows."""

    name: str
    profile: Profile
    answers: tuple[tuple[int, Read[str, Weight]], ...]
    """For each question in the order of asking: its column, and what the texts there mean."""
    others: tuple[int, ...]
    """Columns of questions that this service does not ask."""
    unknown: tuple[tuple[int, Read[str, int]], ...]
    """Of plans: how many answers in a column the question does not have."""
    related: bool


class Caseload:
    """Works out rows. What was worked out once is remembered."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self._ruling = Ruling(setting.kb.rules)
        self._amounts = Amounts(setting.kb.week)
        self._ways = Read(way_meant)
        self._compiled: dict[str, _Service] = {}
        self._names = names_of(setting.kb.services)
        self._all_kept = setting.columns.kept == tuple(range(len(setting.columns.names)))
        self._services = Read(self._service)
        words = setting.words
        self._unnamed = words("student.unnamed")
        self._reasons = {mode: words("caseload.reason", mode=words(f"mode.{mode}"), because="") for mode in MODES}
        """What stands before a reason."""
        given = setting.columns.given
        named = setting.columns.names
        self._key = given[PLAN] if setting.of_plans else given.get("student", _NO_CELL)
        self._shares = [named.index(name) for name in SHARE] if setting.of_plans else []
        self._student, self._now = given.get("student", _NO_CELL), given.get("now", _NO_CELL)
        self._week, self._called = given.get("week", _NO_CELL), given["service"]
        self._amount = tuple(given.get(name, _NO_CELL) for name in _AMOUNT)

    def work(self, rows: Iterable[Row]) -> Done:
        """Return what some rows come to; a student's rows follow one another."""
        done = Done()
        group = _Group("")
        lost = False
        for row in rows:
            if isinstance(row, Problem):
                cells = [""] * len(self.setting.columns.names)
                if self.setting.of_plans:
                    cells[self._key] = row.place.file
                self._refused(done, row, cells)
                # Nobody knows whose row it was: that of the student before it, or of the one behind it.
                group.outside.append(None)
                lost = True
                continue
            number, cells = row
            key = cells[self._key] if self._key >= 0 else ""
            if key != group.key or not key:
                self._close(done, group)
                group = _Group(key, outside=[None] if lost else [])
            lost = False
            try:
                self._row(done, group, cells)
            except BadCell as bad:
                self._refused(done, self._problem(bad, number, cells), cells)
                group.outside.append(None)
        self._close(done, group)
        return done

    def _row(self, done: Done, group: _Group, cells: list[str]) -> None:
        cells.append("")  # the cell of everything that has no column
        service = self._services[cells[self._called]]
        now = self._ways[cells[self._now]]
        row = [answers[cells[place]] for place, answers in service.answers]
        told = service.profile.tally(row, cells[self._student] or self._unnamed)
        minutes, times, per, where = self._amount
        amounts = now, cells[minutes], cells[times], cells[per], cells[where]
        group.outside.append(self._amounts.outside(amounts, related=service.related))
        if self._shares and group.share is None:
            percent, near = (cells[place] for place in self._shares)
            group.share = Share(percent, near=bool(near))
        if cells[self._week] and group.week is None:
            group.week = self._amounts.weeks[cells[self._week]]
        reasons = [self._reasons[mode] + text for mode, text in told.reasons]
        summary = done.summary
        kind = Alike(service.name, now, told.mode, told.firmness, bool(told.solve))
        summary.rows[kind] += 1
        summary.facts[told.next_fact] += 1
        summary.missing[told.missing] += 1
        for place in service.others:
            if cells[place]:
                summary.stray += 1
        summary.stray += sum(unknown[cells[place]] for place, unknown in service.unknown)
        differs = kind.differs
        result = cells[:-1] if self._all_kept else [cells[place] for place in self.setting.columns.kept]
        result += told.mode, told.firmness, told.case_push_in, told.case_pull_out
        result += reasons
        result += [""] * (len(REASONS) - len(reasons))
        result += "; ".join(told.unmet), "" if differs is None else "yes" if differs else "no", told.next_fact
        result += str(told.open), "; ".join(told.solve), "", "", ""
        group.rows.append(result)
        done.rows.append(result)

    def _close(self, done: Done, group: _Group) -> None:
        """Write the share of the week into all rows of a student."""
        if group.key:
            done.students.append(int.from_bytes(blake2b(group.key.encode(), digest_size=8).digest()))
        if not group.rows:
            return
        week = group.week or self._amounts.weeks[self.setting.week]
        share = group.share or self._amounts.share(week, group.outside)
        if share.percent:
            done.summary.shares += 1
            done.summary.near += share.near
            for row in group.rows:
                row[-3], row[-2] = share.percent, "yes" if share.near else ""

    def _service(self, text: str) -> _Service:
        name = service_meant(text, self._names)
        if name not in self._compiled:
            self._compiled[name] = self._compile(name)
        return self._compiled[name]

    def _compile(self, name: str) -> _Service:
        kb, columns = self.setting.kb, self.setting.columns.questions
        profile = Profile(kb, name, self._ruling)

        options_of = {
            asked: Options(asked, question, self._unnamed, of_plans=self.setting.of_plans)
            for asked, question in profile.questions.items()
        }

        def read(asked: str) -> Read[str, Weight]:
            options = options_of[asked]
            # Ticks may stand in any order, and mean the same in each.
            weights = Read(partial(profile.weigh, asked))
            return Read(lambda text: weights[options.meant(text)])

        answers = tuple((columns.get(asked, _NO_CELL), read(asked)) for asked in options_of)
        unknown = tuple((columns.get(asked, _NO_CELL), Read(options.unknown)) for asked, options in options_of.items())
        others = tuple(place for each, place in columns.items() if each not in profile.questions)
        return _Service(
            name, profile, answers, others, unknown if self.setting.of_plans else (), kb.services[name].related
        )

    def _refused(self, done: Done, problem: Problem, cells: list[str]) -> None:
        """Keep a row that could not be worked out, with the reason in its last column."""
        done.problems.append(problem)
        done.summary.bad[problem.say] += 1
        result = [cells[place] for place in self.setting.columns.kept]
        words = self.setting.words
        said = words(f"problems.{problem.say}", **dict(problem.values))
        if not any(cells):
            said = words("caseload.in_row", row=str(problem.place.line), say=said)
        if problem.close:
            said += " " + words("problems.hint", close=problem.close)
        done.rows.append([*result, *[""] * (len(self.setting.columns.result) - len(result) - 1), said])

    def _problem(self, bad: BadCell, number: int, cells: list[str]) -> Problem:
        columns = self.setting.columns
        place = {**columns.given, **columns.questions}.get(bad.column, _NO_CELL)
        of_plans = self.setting.of_plans
        where = Place(cells[self._key]) if of_plans else Place(self.setting.file, number, place + 1)
        return Problem.at(where, bad.say, close=bad.close, **bad.values)


@dataclass
class _Group:
    """The rows of one student that follow one another."""

    key: str
    rows: list[list[str]] = field(default_factory=list)
    outside: list[Number | None] = field(default_factory=list)
    week: Number | None = None
    share: Share | None = None
    """As a plan tells it."""


def told_apart(students: Sequence[int]) -> tuple[int, int]:
    """Return how many students there are, and how many of them stand in several places of the sheet.

    `students` are the numbers of `Done.students`.
    """
    # One part of the numbers after another: as objects, all at once would take up much memory.
    parts = 16 if len(students) > _MANY else 1
    all_of_them = found = 0
    for part in range(parts):
        seen: set[int] = set()
        again: set[int] = set()
        for number in students:
            if number % parts == part:
                (again if number in seen else seen).add(number)
        all_of_them += len(seen)
        found += len(again)
    return all_of_them, found
