"""A paper at the edges: its format, its day, and where it goes."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pushpull import files, plan
from pushpull.cli import output, stopping
from pushpull.problems import UsageError


def paper_format(path: Path, given: str | None, *, template: Path | None = None) -> str:
    """Return the format of a paper: the one asked for, else by the ending of its name. Only Word takes a template."""
    form = _paper_format(path, given)
    if template is not None and form != "docx":
        raise UsageError("template_for_word", file=str(template))
    return form


def _paper_format(path: Path, given: str | None) -> str:
    if given is not None:
        return output.chosen_format("export", given, plain=False)
    if path.suffix.lower() not in output.ENDINGS:
        raise UsageError("no_ending", file=str(path), endings=", ".join(output.ENDINGS))
    return output.ENDINGS[path.suffix.lower()]


def day(given: str | None) -> str:
    """Return the day to print: the one given, else that of SOURCE_DATE_EPOCH, else today."""
    try:
        if given is not None:
            return dt.date.fromisoformat(given).isoformat()
        if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
            return dt.datetime.fromtimestamp(int(epoch), tz=dt.UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        raise UsageError("not_a_day", word=given or os.environ.get("SOURCE_DATE_EPOCH", "")) from None
    return dt.datetime.now().astimezone().date().isoformat()


@contextmanager
def on_its_way(path: Path) -> Iterator[None]:
    """Until a paper has its place, say what became of it if the program is told to stop."""
    try:
        with stopping.orderly():
            yield
    except KeyboardInterrupt:
        if str(path) != "-":
            output.tell("", output.words()("export.stopped", file=str(path)))
        raise


def deliver(path: Path, content: bytes, source: Path) -> bool:
    """Write a paper beside its place and swap it in, or put it out for `-`; return whether a file was written."""
    if str(path) == "-":
        output.put(content)
        return False
    if source.exists() and path.exists() and path.samefile(source):
        raise UsageError("plan_is_output", file=str(path))
    plan.write(path, content)
    files.clear(path)
    return True
