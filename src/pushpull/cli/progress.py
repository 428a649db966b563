"""A bar with rate and time left while a caseload is worked out: on a terminal only, on standard error."""

from __future__ import annotations

import contextlib
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from pushpull.cli import output
from pushpull.signs import readable

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

_BLOCK = 1 << 20
_OFTEN = 0.1  # seconds


class Progress:
    """Shows how many rows are done. In a pipe it shows nothing."""

    def __init__(self, title: str, sheet: Path) -> None:
        """Prepare for the rows of `sheet`, whose number is taken from its lines where it has any."""
        self._title = readable(title)
        self._sheet = sheet
        self._bar: Bar | None = None
        self._task: TaskID | None = None
        self._last = 0.0
        self._rows = 0

    def __enter__(self) -> Self:
        if not output.on_terminal(sys.stderr):
            return self
        from rich.console import Console  # noqa: PLC0415  only on a terminal
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn  # noqa: PLC0415
        from rich.progress import Progress as Bar  # noqa: PLC0415

        console = Console(stderr=True, no_color=not output.color())
        columns = (
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
        )
        self._bar = Bar(
            *columns, TimeRemainingColumn(compact=True), console=console, auto_refresh=False, transient=True
        )
        self._task = self._bar.add_task(self._title, total=_lines_of(self._sheet), rate="")
        self._bar.start()
        return self

    def at(self, rows: int) -> None:
        """Show that so many rows are done."""
        self._rows = rows
        now = time.monotonic()
        if self._bar is None or self._task is None or now - self._last < _OFTEN:
            return
        self._last = now
        speed = self._bar.tasks[0].speed
        self._bar.update(self._task, completed=rows, rate=f"{speed:,.0f}/s" if speed else "")
        self._bar.refresh()

    def make_room(self) -> None:
        """Clear the bar, so that a message does not stand in the same line."""
        if self._bar is not None:
            sys.stderr.write("\r\x1b[2K")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None and self._task is not None:
            if error is None:
                self._bar.update(self._task, completed=self._rows, total=self._rows)
            self._bar.stop()


def _lines_of(sheet: Path) -> int | None:
    """Return about how many rows a sheet has; None where its lines do not tell."""
    if sheet.suffix.lower() not in {".csv", ".tsv", ".txt", ".jsonl", ".ndjson", ".json"} or not sheet.is_file():
        return None
    with contextlib.suppress(OSError), sheet.open("rb") as stream:
        lines = sum(block.count(b"\n") for block in iter(lambda: stream.read(_BLOCK), b""))
        return max(lines - (sheet.suffix.lower() in {".csv", ".tsv", ".txt"}), 0) or None
    return None
