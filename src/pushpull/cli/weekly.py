"""The command that adds up the school week, and the week beside a suggestion."""

from __future__ import annotations

from pushpull import __version__
from pushpull.cli import output, plans
from pushpull.cli.options import Data, Format, Lang, NoInput, Plain, PlanPath
from pushpull.kb.full import FullKnowledge
from pushpull.kb.words import Words
from pushpull.load.knowledge import load_full
from pushpull.lre import Weeks
from pushpull.plan import PlanFile
from pushpull.plan.amounts import NOT_TOLD, week_of
from pushpull.problems import BadFile


def lre(
    plan: PlanPath,
    format: Format = None,
    plain: Plain = False,
    data: Data = None,
    lang: Lang = "en",
    no_input: NoInput = False,
) -> None:
    form = output.chosen_format("lre", format, plain=plain)
    kb, words, file = plans.opened(plan, data, lang, load_full)
    plans.chosen_services(file, None)
    weeks = week_of(file, kb)
    match form:
        case "json":
            from pushpull.records.numbers import JSON_VERSION
            from pushpull.records.text import to_json
            from pushpull.records.week import week_record

            record = {
                "pushpull": JSON_VERSION,
                "program": __version__,
                "content": kb.rules.version,
                "student": {"label": file.plan.student.label, "grade": file.plan.student.grade},
                "limits": words("suggest.limits"),
                "week": week_record(file.plan, weeks),
            }
            output.put(to_json(record), form)
        case "csv":
            from pushpull.records.text import to_csv
            from pushpull.records.week import week_rows

            output.put(to_csv(week_rows(kb, file.plan, weeks)), form)
        case _:
            from pushpull.reports.week import week_page

            output.put(output.drawn(week_page(kb, file.plan, weeks, words), form), form)


def week_beside(file: PlanFile, kb: FullKnowledge, words: Words) -> Weeks | None:
    """Return the week of a plan; where it cannot be counted, point out why and return None.

    A plan that tells nothing of its week does not have to hear that it could.
    """
    try:
        return week_of(file, kb)
    except BadFile as error:
        told = file.node.get("week") is not None
        wrong = [problem for problem in error.problems if told or problem.say not in NOT_TOLD]
        if wrong:
            plans.tell_problems(wrong, words)
            output.tell(words("week.left_out"))
        return None
