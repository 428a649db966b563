"""Commands whose help stands in `data/words.yaml`, and the one place that catches what a user can mend.

The help is read only when it is shown, so that no other run pays for it.
"""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from pushpull.cli import output
from pushpull.kb.words import Words
from pushpull.problems import BadFile, PushpullError, UsageError

_INTERRUPTED = 130


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

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Fill in the words of the group and the first line of each command, then lay out the help."""
        _put_words(self, ctx)
        words = output.words()
        prefix = f"{_words_for(ctx)}_" if ctx.parent else ""
        for name, command in self.commands.items():
            command.short_help = words(f"help.{prefix}{name}")
        super().format_help(ctx, formatter)

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
        except KeyboardInterrupt:
            raise typer.Exit(_INTERRUPTED) from None


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
