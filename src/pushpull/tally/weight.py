"""What one answer adds to a row, worked out once."""

from __future__ import annotations

from collections.abc import Sequence

from pushpull.kb.entry import Mode
from pushpull.suggest import Reason
from pushpull.tally.memo import Memo
from pushpull.tally.phrase import NO_PHRASES, Phrase, Phrases, phrase
from pushpull.tally.ruling import PLACES

MOST_GROUPS = 16
Told = tuple[Mode, Phrase]


class Weight:
    """One answer to one question of a service. Made by `Profile.weigh`, and good for that profile alone."""

    __slots__ = ("adds", "answer", "question", "solve", "told")

    def __init__(
        self, question: str, answer: tuple[str, ...], adds: int, reasons: Sequence[Reason], solve: Sequence[str]
    ) -> None:
        self.question = question
        self.answer = answer
        self.adds = adds
        """See `Layout`."""
        self.solve = Phrases(solve) if solve else NO_PHRASES
        """What the school is to solve, for an answer that is written down and never counts."""
        every = [
            (
                1 << PLACES[reason.mode, reason.strength, reason.of_part],
                (reason.mode, phrase(reason.because)),
            )
            for reason in reasons
        ]

        def of_group(number: int) -> tuple[Told, ...]:
            return tuple(told for kind, told in every if kind & number)

        self.told: Memo[int, tuple[Told, ...]] = Memo(of_group, MOST_GROUPS)
        """Its reasons in the order of asking, by the number of a `Group`."""
