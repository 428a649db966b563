"""One cell at a time: what a text means as an answer, a way or a service. The same text is looked at once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import TypeVar

from pushpull.caseload.columns import plain
from pushpull.kb.entry import NONE_OF_THESE, NOT_SURE
from pushpull.kb.questions import Named, Question
from pushpull.kb.words import fill
from pushpull.source.closest import closest

Meaning = TypeVar("Meaning")
Text = TypeVar("Text", bound=Hashable)
_MOST = 1 << 10
"""So many different texts of one column are remembered."""
_LONGEST = 40  # characters of a wrong text that are repeated in a message: longer ones may tell of a child
NOW = ("push_in", "pull_out", "blend", "none")


class BadCell(Exception):  # noqa: N818  it is caught, and becomes a problem with a place
    """A cell that does not say what its column needs: which sentence says so, and its values."""

    def __init__(self, column: str, say: str, *, close: str = "", **values: str) -> None:
        super().__init__(say)
        self.column, self.say, self.close, self.values = column, say, close, values


class Read(dict[Text, Meaning]):
    """What the texts of a column mean. A text that means nothing raises `BadCell`, each time."""

    def __init__(self, read: Callable[[Text], Meaning]) -> None:
        super().__init__()
        self._read = read
        self._bad: dict[Text, BadCell] = {}

    def __missing__(self, text: Text) -> Meaning:
        if text in self._bad:
            raise self._bad[text].with_traceback(None)
        if len(self) + len(self._bad) >= _MOST:
            self.clear()
            self._bad.clear()
        try:
            meaning = self[text] = self._read(text)
        except BadCell as bad:
            self._bad[text] = bad  # what it could have meant takes a moment to find
            raise
        return meaning


def short(text: str) -> str:
    """Return the beginning of a wrong text, for a message."""
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."


def names_of(services: Mapping[str, Named]) -> dict[str, str]:
    """Return the ids of services by all of their names."""
    called = {plain(word): name for name, each in services.items() for word in each.also}
    return called | {plain(word): name for name, each in services.items() for word in (name, each.name)}


def service_meant(text: str, called: Mapping[str, str]) -> str:
    """Return the id of the service that a cell names, by its id or a whole name of it; raise `BadCell` if none."""
    wanted = plain(text)
    if wanted in called:
        return called[wanted]
    say = "unknown_service" if wanted else "no_service_told"
    raise BadCell("service", say, word=short(text), close=closest(wanted, called).replace("_", " "))


def way_meant(text: str) -> str:
    """Return the present way that a cell names, or nothing; raise `BadCell` if it is none."""
    wanted = plain(text)
    if wanted and wanted not in NOW:
        raise BadCell("now", "not_one_of", word=short(text), options=", ".join(NOW), close=closest(wanted, NOW))
    return wanted


class Options:
    """The answers to one question, by every text that names one: its id, and what people read."""

    def __init__(self, name: str, question: Question, student: str, *, of_plans: bool = False) -> None:
        self._name = name
        self._of_plans = of_plans
        """A plan may have answers of an earlier questionnaire: there, they do not count."""
        self._only_one = question.choose == "one"
        labels = {key: option.label for key, option in question.options.items()}
        self._known = {plain(label): key for key, label in labels.items()}
        self._known |= {plain(fill(label, student=student)): key for key, label in labels.items()}
        self._known |= {plain(key): key for key in (*question.options, NOT_SURE, NONE_OF_THESE)}
        self._order = {key: place for place, key in enumerate((*question.options, NOT_SURE, NONE_OF_THESE))}

    def meant(self, text: str) -> tuple[str, ...]:
        """Return the options that a cell names, in the order of the question; raise `BadCell` for any other text.

        Several are set apart by semicolons, or by commas where that is clear. Of a plan, other texts are left out.
        """
        wanted = plain(text)
        if not wanted:
            return ()
        if (whole := self._known.get(wanted)) is not None:
            return (whole,)
        found = self._pieces(text.replace(";", ",").split(","))
        if None in found.values():
            found = self._pieces(text.replace("|", ";").replace("\n", ";").split(";"))
        for piece, option in found.items():
            if option is None and not self._of_plans:
                close = self._known.get(closest(plain(piece), self._known), "")
                options = ", ".join(self._order)
                raise BadCell(self._name, "unknown_answer", word=short(piece), options=options, close=close)
        answer = tuple(sorted(set(filter(None, found.values())), key=self._order.__getitem__))
        if len(answer) > 1 and self._only_one:
            raise BadCell(self._name, "one_answer", word=short(text))
        if len(answer) > 1 and {NOT_SURE, NONE_OF_THESE} & set(answer):
            raise BadCell(self._name, "answer_alone", word=answer[-1])
        return answer

    def unknown(self, text: str) -> int:
        """Return how many answers of a plan the question does not have."""
        if plain(text) in self._known:
            return 0
        return sum(option is None for option in self._pieces(text.split(";")).values())

    def _pieces(self, pieces: Iterable[str]) -> dict[str, str | None]:
        # A label may hold a comma: each piece is looked at as people read it.
        return {piece: self._known.get(plain(piece)) for piece in pieces if piece.strip()}
