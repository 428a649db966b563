"""What one answer adds to a row, worked out once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from pushpull.kb.entry import Mode, Strength
from pushpull.suggest import Reason
from pushpull.tally.phrase import NO_PHRASES, Phrase, Phrases, phrase
from pushpull.tally.ruling import PLACES

Told = tuple[Mode, Phrase]


class Weight:
    """One answer to one question of a service. Made by `Profile.weigh`, and good for that profile alone."""

    __slots__ = ("_reasons", "_told", "adds", "answer", "question", "solve")

    def __init__(
        self, question: str, answer: tuple[str, ...], adds: int, reasons: Sequence[Reason], solve: Sequence[str]
    ) -> None:
        self.question = question
        self.answer = answer
        self.adds = adds
        """See `Layout`."""
        self.solve = Phrases(solve) if solve else NO_PHRASES
        """What the school is to solve, for an answer that is written down and never counts."""
        self._reasons = tuple([_kept(each.mode, each.strength, each.of_part, each.because) for each in reasons])
        self._told: dict[int, tuple[Told, ...]] | None = None

    def told(self, group: int) -> tuple[Told, ...]:
        """Return the reasons of a `Group`, by its number, in the order of asking."""
        # Of very many answers, few ever give one of the first reasons of a row.
        if self._told is None:
            self._told = {}
        found = self._told.get(group)
        if found is None:
            found = self._told[group] = tuple(told for kind, told in self._reasons if kind & group)
        return found


@lru_cache(maxsize=1 << 14)
def _kept(mode: Mode, strength: Strength | None, of_part: bool, because: str) -> tuple[int, Told]:  # noqa: FBT001
    """Return a reason with the bit of its kind, the same one each time: very many answers give the same reasons."""
    return 1 << PLACES[mode, strength, of_part], (mode, phrase(because))
