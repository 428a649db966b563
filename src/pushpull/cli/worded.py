"""Commands whose help stands in `data/words.yaml`, and the one place that catches what a user can mend.

The help is read only when it is shown, so that no other run pays for it.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import Any, ClassVar

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from pushpull.cli import output
from pushpull.kb.words import Words
from pushpull.problems import BadFile, Problem, PushpullError, UsageError
from pushpull.signs import REPLACED, readable

SHOWN = 50
"""Problems that are told one by one; mending them brings out the others."""
_LONGEST = 1000
"""Letters of a word in a message; no word that anybody meant has as many."""
_LONGEST_NAME = 240
"""Letters of the name of a file that is shown in full; of a longer one, its start and its end tell it apart."""
_FULL = (errno.ENOSPC, errno.EFBIG)
"""What is said where nothing more can be written. A file that we write has its name; what has none goes out."""


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


@contextmanager
def _said_in_words() -> Iterator[None]:
    """Let an error that can be mended end in sentences and an exit code. A fault of the program still shows itself."""
    try:
        with _said_as_text():
            yield
    except PushpullError as error:
        output.tell(*sentences(error, output.words()))
        raise typer.Exit(2 if isinstance(error, UsageError) else 1) from None
    except OSError as error:
        if isinstance(error, BrokenPipeError) or not error.strerror:
            raise  # the reader has seen enough; or it is not the system that says so
        output.tell(*sentences(_refused(error), output.words()))
        raise typer.Exit(1) from None
    except KeyboardInterrupt as stopped:
        from pushpull.cli.stopping import exit_code  # noqa: PLC0415  every other run can do without

        raise typer.Exit(exit_code(stopped)) from None
    except Exception as error:
        from pushpull.cli.stopping import exit_code, within  # noqa: PLC0415

        if told := within(error):
            raise typer.Exit(exit_code(told)) from None
        raise


def _refused(error: OSError) -> PushpullError:
    """Return the words for what the system refuses, wherever in a run that is met."""
    why = error.strerror or ""
    if isinstance(error.filename, (str, bytes)):
        name = os.fsdecode(error.filename)
        half = _LONGEST_NAME // 2
        file = name if len(name) <= _LONGEST_NAME else f"{name[:half]}...{name[-half:]}"
        return PushpullError("cannot_use", file=file, why=why)
    if output.is_cut_off() or error.errno in _FULL:
        return PushpullError("cannot_write", file="-", why=why)
    return PushpullError("cannot_go_on", why=why)


@contextmanager
def _said_as_text() -> Iterator[None]:
    """Let what Typer says about a word of the command line be a text: the word may hold what steers a terminal."""
    try:
        yield
    except Exception as error:
        # The base of its errors has had several names; what they have in common is what they say.
        if isinstance(said := getattr(error, "message", None), str):
            error.message = "\n".join(readable(line, REPLACED) for line in said.split("\n"))  # type: ignore[attr-defined]
        raise


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

    def make_context(self, *args: Any, **more: Any) -> Any:
        """Read the words of the command line; the help that they may ask for is shown here."""
        with _said_in_words():
            return super().make_context(*args, **more)

    def invoke(self, ctx: Any) -> Any:
        """Run a command."""
        with _said_in_words():
            return super().invoke(ctx)


def sentences(error: PushpullError, words: Words) -> list[str]:
    """Return what an error says: a place and a sentence, and on the next line what was probably meant."""
    if not isinstance(error, BadFile):
        return [words(f"problems.{error.say}", **_short(error.values))]
    lines = told(error.problems, words)
    if len(error.problems) > 1:
        lines.append(words.count("check.found", len(error.problems)))
    return lines


def told(problems: Sequence[Problem], words: Words) -> list[str]:
    """Return what problems say, the first of them one by one, and how many more there are."""
    lines = []
    for problem in problems[:SHOWN]:
        lines.append(f"{problem.place}: {words(f'problems.{problem.say}', **_short(dict(problem.values)))}")
        if problem.close:
            lines.append("    " + words("problems.hint", close=problem.close))
    if len(problems) > SHOWN:
        lines.append(words.count("check.more", len(problems) - SHOWN))
    return lines


def _short(values: Mapping[str, str]) -> dict[str, str]:
    return {name: text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..." for name, text in values.items()}
