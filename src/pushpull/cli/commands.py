"""Which commands there are. Each is imported when it is asked for, and so nobody waits for another."""

from __future__ import annotations

from typing import Annotated

import typer

from pushpull import __version__
from pushpull.cli import output
from pushpull.cli.worded import Group


class Root(Group):
    """The program."""

    places = {
        "compare": "pushpull.cli.comparing:compare",
        "ask": "pushpull.cli.asking:ask",
        "suggest": "pushpull.cli.suggesting:suggest",
        "export": "pushpull.cli.exporting:export",
        "lre": "pushpull.cli.weekly:lre",
        "caseload": "pushpull.cli.caseload:caseload",
        "services": "pushpull.cli.listings:services",
        "questions": "pushpull.cli.listings:questions",
        "sources": "pushpull.cli.listings:sources",
        "glossary": "pushpull.cli.listings:glossary",
        "kb": "pushpull.cli.commands:kb_app",
    }


class KnowledgeBaseGroup(Group):
    """The commands for those who edit the knowledge."""

    places = {
        "show": "pushpull.cli.showing:show",
        "check": "pushpull.cli.checking:check",
        "diff": "pushpull.cli.diffing:diff",
        "audit": "pushpull.cli.auditing:audit",
    }


app = typer.Typer(
    name="pushpull",
    cls=Root,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
kb_app = typer.Typer(
    name="kb", cls=KnowledgeBaseGroup, no_args_is_help=True, rich_markup_mode=None, add_completion=False
)


@app.callback()
def root(
    version: Annotated[bool, typer.Option("--version", is_eager=True, callback=lambda on: show_version(on=on))] = False,
) -> None:
    """Take the options that stand before a command."""


@kb_app.callback()
def knowledge() -> None:
    """Take nothing before a command."""


def show_version(*, on: bool) -> None:
    """Print the versions of the program and of the built-in content, and where anything is kept; and leave."""
    if not on:
        return
    # Every other command can do without.
    from pushpull.load.version import content_version, reads_fast  # noqa: PLC0415
    from pushpull.load.where import built_in, shown  # noqa: PLC0415

    words = output.words()
    output.put(f"pushpull {__version__}, content {content_version()}\n")
    output.put(f"{words('version.kept')}\n{words('version.knowledge', folder=shown(built_in()))}\n")
    if not reads_fast():
        output.tell(words("version.slow_yaml"))
    raise typer.Exit
