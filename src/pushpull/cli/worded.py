"""Commands whose help stands in `data/words.yaml`, and the one place that catches what a user can mend.

The help is read only when it is shown, so that no other run pays for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any, ClassVar

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from pushpull.cli import output
from pushpull.kb.words import Words
from pushpull.problems import BadFile, PushpullError, UsageError


def _words_for(ctx: Any) -> str:
    names: list[str] = []
    while ctx.parent:
        names.insert(0, ctx.info_name)
        ctx = ctx.parent
    return "_".join(names) or "pushpull"


def _put_words(command: Any, ctx: Any) -> None:
    words, path = output.words(), _words_for(ctx)
    command.help = words(f"help.{path}")
    formats = ", ".join(output.FORMATS.get(path, ()))
    for parameter in command.params:
        name = "new_plan" if (parameter.name, path) == ("plan", "ask") else parameter.name
        parameter.help = words(f"help.option_{name}", formats=formats)


def _put_examples(ctx: Any, formatter: Any) -> None:
    formatter.write_paragraph()
    for line in output.words()(f"help.{_words_for(ctx)}_examples").splitlines():
        formatter.write(f"  {line}\n")


class Command(TyperCommand):
    """A command with its help in the data."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Fill in the words, then lay out the help."""
        _put_words(self, ctx)
        super().format_help(ctx, formatter)

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        """Show the examples, line by line."""
        _put_examples(ctx, formatter)


class Group(TyperGroup):
    """A group of commands with its help in the data; it also catches every error that a user can mend."""

    places: ClassVar[Mapping[str, str]] = {}
    """Where each command stands: a module, and a function or a group in it."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002  Typer hands it over
        """Return the names of the commands, in the order of the help."""
        return list(self.places)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        """Return a command, imported only now; None if there is none of that name."""
        if cmd_name not in self.places:
            return None
        module, name = self.places[cmd_name].split(":")
        found = getattr(import_module(module), name)
        if isinstance(found, typer.Typer):
            return get_command(found)
        alone = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
        alone.command(cmd_name, cls=Command)(found)
        return get_command(alone)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Fill in the words of the group, then lay out the help."""
        _put_words(self, ctx)
        super().format_help(ctx, formatter)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Show each command with its first words; none of them has to be imported for that."""
        words = output.words()
        prefix = f"{_words_for(ctx)}_" if ctx.parent else ""
        with formatter.section(words("help.commands")):
            formatter.write_dl([(name, words(f"help.{prefix}{name}")) for name in self.places])

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        """Show the examples, line by line."""
        _put_examples(ctx, formatter)

    def invoke(self, ctx: Any) -> Any:
        """Run a command; turn an error that can be mended into sentences and an exit code."""
        try:
            return super().invoke(ctx)
        except PushpullError as error:
            output.tell(*sentences(error, output.words()))
            raise typer.Exit(2 if isinstance(error, UsageError) else 1) from None
        except KeyboardInterrupt as stopped:
            from pushpull.cli.stopping import exit_code  # noqa: PLC0415  every other run can do without

            raise typer.Exit(exit_code(stopped)) from None


def sentences(error: PushpullError, words: Words) -> list[str]:
    """Return what an error says: a place and a sentence, and on the next line what was probably meant."""
    if not isinstance(error, BadFile):
        return [words(f"problems.{error.say}", **error.values)]
    lines = []
    for problem in error.problems:
        lines.append(f"{problem.place}: {words(f'problems.{problem.say}', **dict(problem.values))}")
        if problem.close:
            lines.append("    " + words("problems.hint", close=problem.close))
    if len(error.problems) > 1:
        lines.append(words.count("check.found", len(error.problems)))
    return lines
