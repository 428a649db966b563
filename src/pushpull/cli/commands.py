"""The commands of `pushpull`. A body loads, computes and shows; it knows nothing of the field."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pushpull import __version__, records, reports
from pushpull.cli import diffing, listings, output, sitting, weekly
from pushpull.cli.options import Data, Format, Lang, NoInput, OneService, Plain, PlanPath, service_like, setting
from pushpull.cli.worded import Command, Group
from pushpull.kb.whole import KnowledgeBase
from pushpull.load import load_all, load_comparison, load_glossary, load_knowledge
from pushpull.plan import PlanFile
from pushpull.problems import UsageError
from pushpull.reports.comparison import BLEND, CONS, OTHERS, PROS, Asked
from pushpull.reports.papers import PAPERS, Material, Stamp
from pushpull.suggest import Suggestion
from pushpull.suggest import suggest as work_out

"""Whom a paper is for."""

app = typer.Typer(
    name="pushpull",
    cls=Group,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
kb_app = typer.Typer(name="kb", cls=Group, no_args_is_help=True, rich_markup_mode=None)
app.add_typer(kb_app)


@app.callback()
def root(
    version: Annotated[bool, typer.Option("--version", is_eager=True, callback=lambda on: show_version(on=on))] = False,
) -> None:
    """Take the options that stand before a command."""


def show_version(*, on: bool) -> None:
    """Print the versions of the program and of the built-in content, and leave."""
    if on:
        content = load_knowledge((), services=()).rules.version
        output.put(f"pushpull {__version__}, content {content}\n")
        raise typer.Exit


@app.command(cls=Command)
def compare(
    topic: Annotated[list[str] | None, typer.Option("--topic", metavar="TOPIC", show_default=False)] = None,
    service: OneService = None,
    concerns: Annotated[bool, typer.Option("--concerns")] = False,
    sources: Annotated[bool, typer.Option("--sources/--no-sources")] = False,
    format: Format = None,
    plain: Plain = False,
    data: Data = None,
    lang: Lang = "en",
    no_input: NoInput = False,
) -> None:
    overlays, words = setting(data, lang)
    form = output.chosen_format("compare", format, plain=plain)
    wanted = [service_like(service, load_knowledge(overlays, lang))] if service else []
    known = load_comparison(overlays, lang, wanted)
    chart = known.comparison
    _only_known(topic or (), (*chart.topics, PROS, CONS, BLEND, OTHERS))
    match form:
        case "json":
            record = records.comparison_record(
                chart, known.concerns, known.sources, known.services, content=known.version
            )
            output.put(records.to_json(record))
        case "csv":
            output.put(records.to_csv(records.comparison_rows(chart, known.sources)))
        case _:
            asked = Asked(topics=topic or (), by_concern=concerns, sources=sources)
            page = reports.comparison(chart, known.concerns, known.sources, known.services, words, asked)
            output.put(output.drawn(page, form))


@app.command(cls=Command)
def ask(
    plan: PlanPath,
    service: OneService = None,
    quick: Annotated[bool, typer.Option("--quick")] = False,
    plain: Plain = False,
    data: Data = None,
    lang: Lang = "en",
    no_input: NoInput = False,
) -> None:
    overlays, words = setting(data, lang)
    kb = load_knowledge(overlays, lang)
    wanted = service_like(service, kb) if service and not sitting.has_entry(plan, service) else service
    file = sitting.sit_down(plan, kb, words, wanted=wanted or "", quick=quick, plain=plain, no_input=no_input)
    if file:
        form = output.chosen_format("suggest", None, plain=plain)
        output.put("\n" + output.drawn(reports.suggestions(kb, file.plan, _found(kb, file), words), form))
        paper = output.quoted(plan.with_suffix(".html"))
        command = f"{output.program()} export {output.quoted(plan)} -o {paper}"
        output.tell("", words("ask.next", command=command))
        if any(sitting.missing(file, kb, words)):
            output.tell(words("ask.go_on_later", command=f"{output.program()} ask {output.quoted(plan)}"))


@app.command(cls=Command)
def suggest(
    plan: PlanPath,
    service: OneService = None,
    format: Format = None,
    plain: Plain = False,
    data: Data = None,
    lang: Lang = "en",
    no_input: NoInput = False,
) -> None:
    form = output.chosen_format("suggest", format, plain=plain)
    kb, words, file = sitting.opened(plan, data, lang)
    found = _found(kb, file, service)
    week = weekly.week_beside(file, kb, words)
    match form:
        case "json":
            record = records.suggestion_record(kb, file.plan, found, words, program=__version__, week=week)
            output.put(records.to_json(record))
        case "csv":
            output.put(records.to_csv(records.suggestion_rows(kb, file.plan, found, words)))
        case _:
            output.put(output.drawn(reports.suggestions(kb, file.plan, found, words), form))


@app.command(cls=Command)
def export(
    plan: PlanPath,
    output_to: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", show_default=False)],
    service: OneService = None,
    format: Format = None,
    reader: Annotated[str, typer.Option("--for", metavar="READER", show_default=False)] = "team",
    date: Annotated[str | None, typer.Option("--date", metavar="DAY", show_default=False)] = None,
    template: Annotated[Path | None, typer.Option("--template", metavar="FILE", show_default=False)] = None,
    plain: Plain = False,
    data: Data = None,
    lang: Lang = "en",
    no_input: NoInput = False,
) -> None:
    form = sitting.paper_format(output_to, format, template=template)
    if reader not in PAPERS:
        raise UsageError("not_a_reader", word=reader, readers=", ".join(PAPERS))
    kb, words, file = sitting.opened(plan, data, lang)
    found = _found(kb, file, service)
    week = weekly.week_beside(file, kb, words)
    stamp = Stamp(date=sitting.day(date), program=__version__, content=kb.rules.version)
    match form:
        case "json":
            record = records.suggestion_record(kb, file.plan, found, words, program=__version__, week=week)
            content = records.to_json(record).encode()
        case "csv":
            content = records.to_csv(records.suggestion_rows(kb, file.plan, found, words)).encode()
        case _:
            overlays, _ = setting(data, lang)
            chart, terms = load_comparison(overlays, lang).comparison, load_glossary(overlays, lang)
            material = Material(kb, chart, terms, file.plan, found, week, words, stamp)
            content = output.as_file(PAPERS[reader](material), form, template=template)
    if sitting.deliver(output_to, content, plan):
        output.tell(words("export.written", file=str(output_to)))


@kb_app.callback()
def knowledge() -> None:
    """Take nothing before a command."""


@kb_app.command(cls=Command)
def check(
    folder: Annotated[Path | None, typer.Argument(metavar="[DIR]", show_default=False)] = None,
    plain: Plain = False,
    data: Data = None,
    lang: Lang = "en",
    no_input: NoInput = False,
) -> None:
    overlays, words = setting(data, lang)
    kb, known, _ = load_all((*overlays, *((folder,) if folder else ())), lang)
    questions = {name for service in kb.services.values() for name in service.questions} | set(kb.student_questions)
    lists = known.comparison.pros_cons.values()
    counts = {
        "services": len(kb.services),
        "questions": len(questions),
        "sources": len(kb.sources),
        "points": sum(len(both.pros) + len(both.cons) for both in lists),
    }
    said = {name: words.count(f"check.{name}", number) for name, number in counts.items()}
    output.put(words("check.fine", folder=str(folder or words("check.built_in")), **said) + "\n")


def _found(kb: KnowledgeBase, file: PlanFile, only: str | None = None) -> dict[str, Suggestion]:
    names = sitting.chosen_services(file, only)
    services = file.plan.services
    grade = file.plan.student.grade
    return {
        name: work_out(
            kb, planned.service, file.plan.answers_for(name, kb.student_questions), grade=grade, now=planned.now
        )
        for name, planned in services.items()
        if name in names
    }


def _only_known(topics: tuple[str, ...] | list[str], known: tuple[str, ...]) -> None:
    for topic in topics:
        if topic not in known:
            raise UsageError("not_a_topic", word=topic, topics=", ".join(known))


listings.register(app, kb_app)
diffing.register(kb_app)
weekly.register(app)
