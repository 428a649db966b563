"""What the trials share: where the project is, how far a run has come, and the results that are kept."""

from __future__ import annotations

import json
import platform
import sys
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RESULTS = Path(__file__).resolve().parent / "results"
SEED = 20261124
"""The same inputs in every run."""
Rows = Iterable[tuple[str, Any]]


def keep(name: str, *, title: str, command: str, tried: Rows, figures: Rows, folder: Path = RESULTS) -> Path:
    """Write the result of a run, and return where it is. What a person wrote under `found` stays."""
    path = folder / f"{name}.json"
    record = {
        "title": title,
        "command": command,
        "day": datetime.now(UTC).date().isoformat(),
        "python": platform.python_version(),
        "tried": [list(row) for row in tried],
        "figures": [list(row) for row in figures],
        "found": found_before(path),
    }
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def found_before(path: Path) -> list[Any]:
    """Return what a person wrote under `found` in an earlier result."""
    found: list[Any] = json.loads(path.read_text(encoding="utf-8"))["found"] if path.exists() else []
    return found


def told(tried: Rows, figures: Rows) -> str:
    """Return what was tried and what came of it, as lines for the screen."""
    rows = [(what, f"{value:,}" if isinstance(value, int) else str(value)) for what, value in (*tried, *figures)]
    width = max(len(what) for what, _ in rows)
    return "\n".join(f"{what:<{width}}  {value}" for what, value in rows)


class Clock:
    """How long a run has taken, and a line about it at most every few seconds."""

    def __init__(self, every: float = 10) -> None:
        self.started = time.monotonic()
        self._every = every
        self._said = self.started

    @property
    def seconds(self) -> float:
        """How long it has taken up to now."""
        return time.monotonic() - self.started

    @property
    def shown(self) -> str:
        """The same, as people read it."""
        return f"{int(self.seconds) // 60} min {int(self.seconds) % 60} s"

    def say(self, text: str, *, now: bool = False) -> None:
        """Say how far the work is: on standard error, and not too often."""
        if now or time.monotonic() - self._said >= self._every:
            self._said = time.monotonic()
            print(f"  {self.shown}: {text}", file=sys.stderr, flush=True)
