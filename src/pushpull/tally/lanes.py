"""How far the sums lie on the right side of each line, at each corner of the allowed points: all of it in one number.

What an answer adds to a line depends on that answer alone. So each line at each corner is a lane, a few bits wide, and
one addition adds in all lanes. The highest bit of a lane, its sign, is set as long as its line is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from pushpull.outlook.table import NO_COUNTS, Points, Table, weighed
from pushpull.rule import Line
from pushpull.tally.ruling import Ground, all_lines

Lane = tuple[Line, Points]


class Lanes:
    """The lanes of one service, from bit `at` on."""

    def __init__(self, table: Table, at: int) -> None:
        self._table = table
        self._of = all_lines(table.rules)
        lanes = [
            (line, points) for line in {each for kept in self._of.values() for each in kept} for points in table.corners
        ]
        # Answers move a lane by no more than all options together, and so do the worst that open ones could be.
        most = max(sum(abs(move) for move in self._moves(lane)) for lane in lanes)
        width = (2 * most + 1).bit_length() + 1
        self._at = {lane: at + place * width for place, lane in enumerate(lanes)}
        self._sign = {lane: 1 << self._at[lane] + width - 1 for lane in lanes}
        self.start = sum(self._sign[lane] - (lane[0].strict << self._at[lane]) for lane in lanes)
        """What all lanes are before anything was answered."""
        places = len(NO_COUNTS) * 2
        self._each = [self._one(place, places) for place in range(places)]
        """What one argument of each kind adds, in the order of the counts."""

    def _moves(self, lane: Lane) -> Iterable[int]:
        line, points = lane
        for options in self._table.options.values():
            for option in options.values():
                yield from (line.at(option.case(points, apart=apart)) for apart in (False, True))

    def added(self, counts: Sequence[int]) -> int:
        """Return what arguments add to all lanes, counted as in `weighed`."""
        return sum(count * each for count, each in zip(counts, self._each, strict=True) if count)

    def _one(self, place: int, places: int) -> int:
        """Return what one argument of one kind adds to all lanes."""
        counts = [int(each == place) for each in range(places)]
        return sum(line.at(weighed(counts, points)) << at for (line, points), at in self._at.items())

    def kept(self, ground: Ground) -> int:
        """Return the signs that are set where the outcome holds at all corners."""
        return 0 if ground.settled else sum(map(self._sign.__getitem__, self._along(ground, ground.has_parts)))

    def crossed(self, ground: Ground, free: AbstractSet[str], answers: int) -> tuple[int, int | None]:
        """Return the worst that so many open answers can add, and the signs that are set if the outcome holds then.

        No signs but None if they could lead to another outcome whatever the sums are.
        """
        if ground.settled:
            return 0, 0
        worst = signs = 0
        turns = [False, True] if not ground.has_parts and self._table.naming & free else [False]
        for turning in turns:
            if not self._of[ground.mode, ground.has_parts or turning]:
                return 0, None
            for lane in self._along(ground, ground.has_parts or turning):
                losses = self._table.losses(*lane)
                lowest = losses.worst(free, answers, has_parts=ground.has_parts, turning=turning)
                worst += lowest << self._at[lane]
                signs += self._sign[lane]
        return worst, signs

    def _along(self, ground: Ground, has_parts: bool) -> Iterable[Lane]:  # noqa: FBT001
        return ((line, points) for line in self._of[ground.mode, has_parts] for points in self._table.corners)
