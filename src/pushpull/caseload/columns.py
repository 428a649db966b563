"""What the columns of a caseload mean, and which columns the results have."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from pushpull.problems import BadFile, Place, Problem
from pushpull.source.closest import closest

PLAN, ENTRY = "plan", "id"
"""Of a folder of plans: the file, and the plan's own id of the service."""
GIVEN = ("student", "grade", "week", "service", "goal", "now", "minutes", "times", "per", "place")
"""The columns of a sheet before those of the questions."""
REASONS = ("reason_1", "reason_2", "reason_3")
SHARE = ("percent_inside", "near_edge")
"""Of a student. A plan can tell more of a week than a row can: from a plan they are worked out as `lre` does."""
RESULTS = (
    *("mode", "firmness", "case_push_in", "case_pull_out", *REASONS, "requirements_unmet", "differs", "next_fact"),
    *("questions_open", "for_the_school", *SHARE, "problem"),
)
"""The columns that are added."""


@dataclass(frozen=True)
class Columns:
    """Which column of a sheet is which. Columns that nobody reads stay in the rows."""

    names: tuple[str, ...]
    """As they stand in the sheet."""
    given: Mapping[str, int]
    questions: Mapping[str, int]
    kept: tuple[int, ...]
    """Columns that go into the result: all but results of an earlier run, which are worked out anew."""
    remarks: tuple[Problem, ...] = field(default=(), compare=False)

    @property
    def result(self) -> tuple[str, ...]:
        """Return the columns of the result."""
        return (*(self.names[place] for place in self.kept), *RESULTS)


def understood(
    names: Sequence[str], file: str, questions: Collection[str], also: Mapping[str, Collection[str]]
) -> Columns:
    """Return what the columns of `file` mean; `also` has other words for some of them.

    Raises `BadFile` if the column of the service is missing, or if two columns mean the same.
    """
    words = {plain(word): name for name in (PLAN, ENTRY, *GIVEN) for word in (name, *also.get(name, ()))}
    known = {**words, **{plain(name): name for name in (*questions, *RESULTS)}}
    found: dict[str, int] = {}
    remarks: list[Problem] = []
    problems: list[Problem] = []
    for place, name in enumerate(names):
        meant = known.get(plain(name))
        here = Place(file, 1, place + 1)
        if meant is None:
            close = closest(plain(name), known, met=len(remarks))
            remarks.append(Problem.at(here, "kept_column", column=name, close=close))
        elif meant in found:
            problems.append(Problem.at(here, "column_twice", word=name, column=str(found[meant] + 1)))
        else:
            found[meant] = place
    if "service" not in found:
        problems += [remark for remark in remarks if remark.close == "service"]
        problems.append(Problem.at(Place(file, 1, 1), "no_service_column"))
    if problems:
        raise BadFile(problems)
    earlier = {place for name, place in found.items() if name in RESULTS}
    return Columns(
        names=tuple(names),
        given={name: place for name, place in found.items() if name in {PLAN, ENTRY, *GIVEN}},
        questions={name: place for name, place in found.items() if name in questions},
        kept=tuple(place for place in range(len(names)) if place not in earlier),
        remarks=tuple(remarks),
    )


def plain(word: str) -> str:
    """Return a word as it is compared: `Push-in` is `push_in`."""
    return "_".join(word.casefold().replace("-", " ").replace("_", " ").split())
