"""Where each number stands in the sum of a row: everything that answers add, side by side in one whole number.

From the lowest bits up: the cases and the counts beside them, in the same places for every service (see `ruling`);
which questions are open that could do anything to the outcome; how many are open at all; a number for each requirement;
which questions gave a reason of each kind; and the lanes. Every number has as much room as all answers together can
fill, so that none ever runs into the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pushpull import interview
from pushpull.interview import Answers
from pushpull.kb.entry import MODES, NOT_SURE, Mode
from pushpull.kb.rules import Requirement
from pushpull.outlook.table import Table
from pushpull.suggest import Reason, stays
from pushpull.tally.lanes import Lanes
from pushpull.tally.ruling import CASE_BITS, COUNT_BITS, KINDS, PLACES, SUM_BITS, Ruling, counted, summed


class Checked(NamedTuple):
    """A requirement, as far as the questions of a service ask about it."""

    name: str
    say: str
    met_by: Mapping[str, tuple[str, ...]]
    at: int
    """Where its number stands: 1 for each question answered otherwise, more than all of these for one that meets it."""

    @property
    def room(self) -> int:
        """How many bits the number takes."""
        return (len(self.met_by) * (len(self.met_by) + 1)).bit_length()

    def added(self, standing: Answers) -> int:
        """Return what one answer that counts adds."""
        asked = [name for name in self.met_by if name in standing]
        met = [name for name in asked if interview.holds({name: self.met_by[name]}, standing)]
        return (len(asked) + len(self.met_by) * len(met)) << self.at

    def unmet(self, total: int) -> bool:
        """Return whether all of its questions were answered, and none so that it is met."""
        return total >> self.at & (1 << self.room) - 1 == len(self.met_by)


class Layout:
    """The places of the numbers in the sum of one service's answers."""

    def __init__(self, table: Table, ruling: Ruling, requirements: Mapping[str, Requirement]) -> None:
        self._table = table
        self._ruling = ruling
        self.questions = interview.in_order(table.questions)
        self._place = {name: place for place, name in enumerate(self.questions)}
        at = CASE_BITS
        self.speaking = {name: 1 << at + place for place, name in enumerate(sorted(table.speaking))}
        """The bit of each question that could do anything to the outcome, set while it is open."""
        self.open = sum(self.speaking.values())
        at += len(self.speaking)
        self.count_at, room = at, len(self.questions).bit_length()
        """How many questions are open."""
        self.count = (1 << room) - 1
        at += room
        self.requirements, before = [], at
        for name, requirement in requirements.items():
            asked = {each: wanted for each, wanted in requirement.met_by.items() if each in self.questions}
            if asked:
                self.requirements.append(Checked(name, requirement.say, asked, at))
                at += self.requirements[-1].room
        self._asking: dict[str, list[Checked]] = {}
        for checked in self.requirements:
            for each in checked.met_by:
                self._asking.setdefault(each, []).append(checked)
        self.checked = (1 << at) - (1 << before)
        """Covers the numbers of all requirements."""
        self.kinds_at, self.width = at, len(self.questions)
        """For each kind of reasons, a bit for each question that gave one."""
        self.every = (1 << self.width) - 1
        self.lanes = Lanes(table, at + len(KINDS) * self.width)

    @property
    def fits(self) -> bool:
        """Return whether no sum or count can outgrow its place."""
        points = self._ruling.points.values()
        most = sum(len(options) for options in self._table.options.values())
        return min(points) >= 0 and most * max(points) < 1 << SUM_BITS and self.width < 1 << COUNT_BITS

    def added(self, name: str, standing: Answers, reasons: Iterable[Reason]) -> int:
        """Return what the answer to a question adds; `standing` holds it alone, or nothing if it does not count."""
        if standing.get(name, (NOT_SURE,)) == (NOT_SURE,):
            return self.speaking.get(name, 0) + (1 << self.count_at)
        ticked = standing[name]
        case, parts = dict.fromkeys(MODES, 0), dict.fromkeys(MODES, 0)
        settled: dict[Mode, int] = dict.fromkeys(MODES, 0)
        kinds: set[int] = set()
        for reason in reasons:
            points = self._ruling.points[reason.strength] if reason.strength else 0
            case[reason.mode] += points
            parts[reason.mode] += points * reason.of_part
            settled[reason.mode] |= reason.strength is None
            kinds.add(PLACES[reason.mode, reason.strength, reason.of_part])
        counts = counted(
            *settled.values(), self._table.names_parts(name, ticked), stays(self._table.questions, standing)
        )
        gave = sum(1 << kind * self.width + self._place[name] for kind in kinds)
        return (
            summed(*case.values(), *parts.values())
            + (counts << 4 * SUM_BITS)
            + sum(checked.added(standing) for checked in self._asking.get(name, ()))
            + (gave << self.kinds_at)
            + self.lanes.added(self._table.added(name, ticked))
        )
