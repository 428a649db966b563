"""A paper at the edges: its format, its day, and where it goes."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from pushpull import files, plan
from pushpull.cli import output, stopping
from pushpull.problems import UsageError

_IS_OUTPUT = {
    "sheet": "sheet_is_output",
    "plan": "plan_is_output",
    "template": "template_is_output",
    "knowledge": "knowledge_is_output",
}


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


def spare(written: Iterable[Path], read: Mapping[str, Iterable[Path]], overlays: Iterable[Path]) -> None:
    """Raise `UsageError` if what is written would take the place of something that this run reads.

    `read` has the files by what they are: a sheet, plans, a template. Those of the folders of knowledge are looked for
    here.
    """
    there = {_identity(path): path for path in written if str(path) != "-" and path.exists()}
    if not there:
        return
    for kind, paths in read.items():
        for each in paths:
            if each.exists() and (path := there.get(_identity(each))):
                raise UsageError(_IS_OUTPUT[kind], file=str(path))
    for path in there.values():
        if path.suffix == ".yaml" and any(path.resolve().is_relative_to(folder.resolve()) for folder in overlays):
            raise UsageError(_IS_OUTPUT["knowledge"], file=str(path))


def _identity(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_dev, found.st_ino


def deliver(path: Path, content: bytes) -> bool:
    """Write a paper beside its place and swap it in, or put it out for `-`; return whether a file was written."""
    if str(path) == "-":
        output.put(content)
        return False
    plan.write(path, content)
    files.clear(path)
    return True
