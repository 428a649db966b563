"""A folder of plan files, as if each service of each plan were a row of a sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

from pushpull.caseload.amounts import NOTHING, Share, written
from pushpull.caseload.columns import ENTRY, GIVEN, PLAN, SHARE
from pushpull.kb.full import FullKnowledge
from pushpull.lre.bands import near_edge
from pushpull.plan import PlanFile, open_plan
from pushpull.plan.amounts import week_of
from pushpull.problems import BadFile, Place, Problem, PushpullError
from pushpull.sheet.table import Batch, Flaws, Row, Sheet


@dataclass(frozen=True)
class PlanReading:
    """How plans become rows."""

    columns: tuple[str, ...]
    kb: FullKnowledge

    def pack(self, raw: list[Any]) -> Sequence[Sequence[Any]]:
        """Return the names of plans as the content of a batch."""
        return raw

    def rows(self, batch: Batch) -> Iterator[Row]:
        """Yield a row for each service of each plan, or the problem of a plan that cannot be read."""
        for (path,) in cast("Sequence[Sequence[str]]", batch.content):
            name = shown(path)
            try:
                file = open_plan(Path(path))
            except BadFile as error:
                yield replace(error.problems[0], place=replace(error.problems[0].place, file=name))
            except PushpullError as error:
                yield Problem.at(Place(name), error.say, **{**error.values, "file": name})
            else:
                if not file.plan.services:
                    yield Problem.at(Place(name), "no_services", file=name)
                yield from ((0, cells) for cells in self._rows(name, file))

    def _rows(self, path: str, file: PlanFile) -> Iterator[list[str]]:
        plan, share = file.plan, self._share(file)
        for name, planned in plan.services.items():
            answers = plan.answers_for(name, self.kb.student_questions)
            told = {
                **{question: "; ".join(answer) for question, answer in answers.items()},
                **{
                    word: getattr(planned, word)
                    for word in ("service", "goal", "now", "minutes", "times", "per", "place")
                },
                PLAN: path,
                ENTRY: name,
                "student": plan.student.label,
                "grade": plan.student.grade,
                "week": plan.week.minutes,
                SHARE[0]: share.percent,
                SHARE[1]: "yes" if share.near else "",
            }
            yield [told.get(column, "") for column in self.columns]

    def _share(self, file: PlanFile) -> Share:
        if any(planned.service not in self.kb.services for planned in file.plan.services.values()):
            return NOTHING
        try:
            weeks = week_of(file, self.kb)
        except BadFile:
            return NOTHING
        percent = weeks.now.percent
        if percent is None or weeks.given.unknown_now:
            return NOTHING
        return Share(written(percent), near_edge(percent, self.kb.week))


def shown(path: str) -> str:
    """Return a path as a cell and a message can hold it, whatever letters its system allows."""
    return path.encode("utf-8", "backslashreplace").decode()


def open_folder(folder: Path, kb: FullKnowledge) -> Sheet:
    """Return the plans of a folder as a sheet; raise `PushpullError` if it has none."""
    paths = sorted(str(path) for path in folder.glob("*.yaml"))
    if not paths:
        raise PushpullError("no_plans", folder=str(folder))
    questions = {name: None for service in kb.services.values() for name in service.questions}
    columns = (PLAN, ENTRY, *GIVEN, *kb.student_questions, *questions, *SHARE)

    def raw(_flaws: Flaws) -> Iterator[list[str]]:
        return ([path] for path in paths)

    return Sheet(PlanReading(columns, kb), 1, raw)
