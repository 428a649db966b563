"""The command that adds up the school week, and the week beside a suggestion."""

from __future__ import annotations

import typer

from pushpull import __version__, records
from pushpull.cli import output, sitting
from pushpull.cli.options import Data, Format, Lang, NoInput, Plain, PlanPath
from pushpull.cli.worded import Command
from pushpull.kb.whole import KnowledgeBase
from pushpull.kb.words import Words
from pushpull.lre import Weeks
from pushpull.plan import NOT_TOLD, PlanFile, week_of
from pushpull.problems import BadFile
from pushpull.records.week import week_record, week_rows
from pushpull.reports.week import week_page


def lre(
    plan: PlanPath,
    format: Format = None,
    plain: Plain = False,
    data: Data = None,
    lang: Lang = "en",
    no_input: NoInput = False,
) -> None:
    form = output.chosen_format("lre", format, plain=plain)
    kb, words, file = sitting.opened(plan, data, lang)
    sitting.chosen_services(file, None)
    weeks = week_of(file, kb)
    match form:
        case "json":
            record = {
                "pushpull": records.JSON_VERSION,
                "program": __version__,
                "content": kb.rules.version,
                "student": {"label": file.plan.student.label, "grade": file.plan.student.grade},
                "limits": words("suggest.limits"),
                "week": week_record(file.plan, weeks),
            }
            output.put(records.to_json(record))
        case "csv":
            output.put(records.to_csv(week_rows(kb, file.plan, weeks)))
        case _:
            output.put(output.drawn(week_page(kb, file.plan, weeks, words), form))


def week_beside(file: PlanFile, kb: KnowledgeBase, words: Words) -> Weeks | None:
    """Return the week of a plan; where it cannot be counted, point out why and return None.

    A plan that tells nothing of its week does not have to hear that it could.
    """
    try:
        return week_of(file, kb)
    except BadFile as error:
        told = file.node.get("week") is not None
        wrong = [problem for problem in error.problems if told or problem.say not in NOT_TOLD]
        for problem in wrong:
            sitting.tell_problem(problem, words)
        if wrong:
            output.tell(words("week.left_out"))
        return None


def register(app: typer.Typer) -> None:
    """Add this command to the program."""
    app.command(cls=Command)(lre)
