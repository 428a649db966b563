"""What follows from two cases and two rests: the outcome, and which kinds of reasons carry it.

Both depend on the sums alone, and on no service. So they are asked of the rule once, and remembered by the sums.
"""

from __future__ import annotations

from functools import partial
from math import lcm
from typing import NamedTuple, get_args

from pushpull.kb.entry import MODES, Mode, Outcome, Strength
from pushpull.kb.rules import Rules
from pushpull.outlook.table import STRENGTHS, corners, in_parts
from pushpull.rule import STAYS, Line, carrying, lines, outcome
from pushpull.tally.memo import Memo

MOST_STANDINGS = 1 << 15
"""So many sums are remembered, for all services together; apart with parts, without, and where something is settled."""
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)

SUM_BITS = 16
"""For each of the four sums of a case. See `summed`."""
COUNT_BITS = 8
"""For each of the four counts beside them."""
SUMS = (1 << 4 * SUM_BITS) - 1
COUNTS = (1 << 4 * COUNT_BITS) - 1
CASE_BITS = 4 * (SUM_BITS + COUNT_BITS)


MATTER_OPEN, MATTER_DECIDED = 1, 2


class Kind(NamedTuple):
    """What the place of a reason among the others depends on."""

    mode: Mode
    strength: Strength | None
    of_part: bool


KINDS = (
    *(Kind(mode, strength, of_part) for mode in MODES for strength in STRENGTHS for of_part in (False, True)),
    *(Kind(mode, None, of_part=False) for mode in MODES),
)
PLACES: dict[tuple[Mode, Strength | None, bool], int] = {kind: place for place, kind in enumerate(KINDS)}


class Group(NamedTuple):
    """Kinds of reasons that carry the outcome alike, so that their reasons stand in the order of asking."""

    number: int
    """Tells the group from all others: a bit for each of its kinds."""
    kinds: tuple[int, ...]
    """Places in `KINDS`."""


class Ground(NamedTuple):
    """What lines and open answers are looked at for."""

    mode: Outcome
    has_parts: bool
    settled: frozenset[Mode]


class Standing(NamedTuple):
    """What follows from the sums."""

    mode: Outcome
    case_push_in: str
    case_pull_out: str
    order: tuple[Group, ...]
    """The kinds of reasons, those that carry the outcome first."""
    ground: int
    """The place of its ground in `Ruling.grounds`."""
    asks: int
    """How the next fact is looked for: `MATTER_OPEN`, `MATTER_DECIDED`, or 0 where an answer settles the matter."""
    thin: bool
    """Whether it might be too little to go on if the reasons were weighed a little differently."""


class Ruling:
    """The rule for sums in whole parts of a point. One may serve all profiles of a knowledge base."""

    def __init__(self, rules: Rules, *, most: int = MOST_STANDINGS) -> None:
        exact = [rules.strengths[name].points for name in STRENGTHS]
        reaches = [line.reach for kept in all_lines(rules).values() for line in kept]
        self.scale = lcm(rules.ratios.enough.denominator, *(points.denominator for points in exact), *reaches)
        """How many parts a point has: so many that all distances are whole."""
        self.points = {name: int(points * self.scale) for name, points in zip(STRENGTHS, exact, strict=True)}
        self.rules = in_parts(rules, self.scale)
        """The rules, for sums in such parts."""
        self.lowest = min(low / now for points in corners(rules) for low, now in zip(points, exact, strict=True) if now)
        """What is left of a case, at least, if the reasons are weighed a little differently."""
        self.grounds: list[Ground] = []
        self.standings: Memo[int, Memo[int, Standing]] = Memo(self._by_sums, most)
        """By the four counts, and then by the four sums: see `counted` and `summed`."""
        self._alike: dict[tuple[frozenset[Mode], bool, bool], Memo[int, Standing]] = {}
        self._orders: dict[tuple[Group, ...], tuple[Group, ...]] = {}
        self._texts = Memo(self._written, most)
        self._most = most

    def _by_sums(self, counts: int) -> Memo[int, Standing]:
        """Return what is remembered for some counts; it depends on them only through whether they are 0."""
        push_in, pull_out, parts, stay = unpacked(counts, COUNT_BITS)
        settled = frozenset(mode for mode, count in zip(MODES, (push_in, pull_out), strict=True) if count)
        key = settled, bool(parts), bool(stay)
        if key not in self._alike:
            self._alike[key] = Memo(partial(self._standing, *key), self._most)
        return self._alike[key]

    def _standing(self, settled: frozenset[Mode], has_parts: bool, stay: bool, sums: int) -> Standing:  # noqa: FBT001
        push_in, pull_out, part_push_in, part_pull_out = unpacked(sums, SUM_BITS)
        case: dict[Mode, int] = {"push_in": push_in, "pull_out": pull_out}
        rest: dict[Mode, int] | None = None
        if has_parts:
            lost = STAYS * self.points["strong"] if stay else 0
            rest = {"push_in": push_in - part_push_in + lost, "pull_out": pull_out - part_pull_out}
        mode = outcome(self.rules, case, settled=settled, rest=rest)
        strongest = max(push_in, pull_out) * self.lowest
        never_unknown = settled or (has_parts and push_in and pull_out and self.lowest)
        return Standing(
            mode,
            self._texts[push_in],
            self._texts[pull_out],
            self._order(mode, case, rest, settled=bool(settled)),
            self._ground(Ground(mode, has_parts, settled)),
            asks=0 if settled else MATTER_OPEN if mode == "open" else MATTER_DECIDED,
            thin=not never_unknown and strongest < self.rules.ratios.enough,
        )

    def _order(
        self, mode: Outcome, case: dict[Mode, int], rest: dict[Mode, int] | None, *, settled: bool
    ) -> tuple[Group, ...]:
        carried = carrying(self.rules, mode, case, rest=rest, settled=settled)
        alike: dict[tuple[object, ...], list[int]] = {}
        for number, kind in enumerate(KINDS):
            if (kind.strength is None and settled) or (kind.strength and (rest or not kind.of_part)):
                points = self.points[kind.strength] if kind.strength else 0
                place = kind.strength is not None, *carried(kind.mode, points, kind.of_part)
                alike.setdefault(place, []).append(number)
        order = tuple(Group(sum(1 << kind for kind in alike[place]), tuple(alike[place])) for place in sorted(alike))
        return self._orders.setdefault(order, order)

    def _ground(self, ground: Ground) -> int:
        if ground not in self.grounds:
            self.grounds.append(ground)
        return self.grounds.index(ground)

    def _written(self, points: int) -> str:
        """Return points as people and JSON write them."""
        return str(points // self.scale if points % self.scale == 0 else points / self.scale)


def counted(*counts: int) -> int:
    """Return four counts side by side.

    Of answers that settle for push-in, and for pull-out, that name both parts, and that keep a part outside.
    """
    return packed(counts, COUNT_BITS)


def summed(*sums: int) -> int:
    """Return four sums side by side: both cases, and what of them belongs to a named part."""
    return packed(sums, SUM_BITS)


def packed(numbers: tuple[int, ...], bits: int) -> int:
    """Return whole numbers side by side in one, the first one lowest. Adding two such numbers adds each to each."""
    return sum(number << place * bits for place, number in enumerate(numbers))


def unpacked(number: int, bits: int) -> tuple[int, ...]:
    """Return the four numbers that stand side by side."""
    return tuple(number >> place * bits & (1 << bits) - 1 for place in range(4))


def all_lines(rules: Rules) -> dict[tuple[Outcome, bool], tuple[Line, ...]]:
    """Return the lines of every outcome, without and with named parts."""
    every = ((mode, has_parts) for mode in OUTCOMES for has_parts in (False, True))
    return {(mode, has_parts): lines(rules, mode, has_parts=has_parts) or () for mode, has_parts in every}
