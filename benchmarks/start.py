"""Whole runs from the first to the last: wall time and peak memory of commands, beside the smallest Typer program.

`python benchmarks/start.py`, in the environment where pushpull is installed; of the peers, those that are installed
there as well. Before each run of a command comes one of `hello.py`, and the ratio is the median over these pairs: what
else the machine does slows both. Typer reads an option with pydantic, so a hello-world has paid for that as well, and
its `--help` has not. Each command runs once before that, unmeasured. All of them write into a pipe.

Memory is the largest resident set that the system saw. A process starts out as a copy of this one, so this one stays
small: it imports nothing of pushpull.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import NamedTuple

from common import Record, keep, machine, middle_ratio, p95, table

HERE = Path(__file__).parent
HELLO = (sys.executable, str(HERE / "hello.py"))
KIB = 1 if sys.platform == "darwin" else 1024
"""The unit of the largest resident set, in bytes."""


class Run(NamedTuple):
    """One run of a command."""

    seconds: float
    mebibytes: float


@dataclass
class Command:
    """A command line with what it is measured against: so many times a hello-world, or nothing."""

    name: str
    words: tuple[str, ...]
    time_target: float | None = None
    memory_target: float | None = None
    pairs: list[tuple[Run, Run]] = field(default_factory=list)
    """A run of the hello-world and then one of the command."""

    def ratio(self, part: str) -> float:
        """Return how many times the hello-world it is, pair by pair."""
        return middle_ratio(
            (getattr(own, part) for _, own in self.pairs), (getattr(base, part) for base, _ in self.pairs)
        )

    def record(self) -> Record:
        """Return the figures of one line of the table."""
        seconds = [own.seconds for _, own in self.pairs]
        return {
            "name": self.name,
            "ms": median(seconds) * 1000,
            "ms_p95": p95(seconds) * 1000,
            "times": self.ratio("seconds"),
            "times_target": self.time_target,
            "mebibytes": median(own.mebibytes for _, own in self.pairs),
            "memory": self.ratio("mebibytes"),
            "memory_target": self.memory_target,
        }


def installed(name: str) -> str | None:
    """Return where a program of this environment is, or None."""
    place = Path(sys.executable).with_name(name)
    return str(place) if place.exists() else None


def commands(folder: Path) -> list[Command]:
    """Return what is measured. A target says: so many times the hello-world, at most."""
    pushpull = installed("pushpull")
    if pushpull is None:
        raise SystemExit("pushpull is not installed beside this Python")
    plan, paper = str(HERE / "four-services.yaml"), str(folder / "meeting.html")
    found = [
        Command("hello --help", (*HELLO, "--help")),
        Command("pushpull --help", (pushpull, "--help"), time_target=1.1),
        Command("pushpull --version", (pushpull, "--version"), time_target=1.1),
        Command("pushpull compare", (pushpull, "compare"), time_target=1.25, memory_target=1.3),
        Command("pushpull compare, table", (pushpull, "compare", "--format", "table"), 1.25, 1.3),
        Command("pushpull suggest, four services", (pushpull, "suggest", plan), time_target=1.6),
        Command("pushpull export to HTML, four services", (pushpull, "export", plan, "-o", paper)),
    ]
    for name in ("copier", "http"):
        if peer := installed(name):
            found += [Command(f"{name} {word}", (peer, word)) for word in ("--help", "--version")]
    return found


def run(words: tuple[str, ...]) -> Run:
    """Run a command to its end, reading what it writes; raise `SystemExit` if it fails."""
    out, into = os.pipe()
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_DUP2, into, 1),
        (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
    ]
    start = time.perf_counter()
    child = os.posix_spawn(words[0], words, _surroundings(), file_actions=actions)
    os.close(into)
    with os.fdopen(out, "rb") as stream:
        stream.read()
    _, status, used = os.wait4(child, 0)
    seconds = time.perf_counter() - start
    if code := os.waitstatus_to_exitcode(status):
        raise SystemExit(f"{' '.join(words)} ended with {code}")
    return Run(seconds, used.ru_maxrss * KIB / 1024**2)


def _surroundings() -> dict[str, str]:
    """Return the environment without what would change what is shown or read."""
    return {name: value for name, value in os.environ.items() if name not in {"FORCE_COLOR", "PUSHPULL_DATA"}}


def _against(ratio: float, target: float | None) -> str:
    if target is None:
        return ""
    return f"{target:.2f} {'met' if ratio <= target else 'missed'}"


COMMAND_HEADINGS = ("command", "ms", "ms, p95", "times hello", "aim", "MiB", "times hello", "aim")


def command_row(each: Record) -> tuple[str, ...]:
    """Return a line of the table."""
    return (
        each["name"],
        f"{each['ms']:.0f}",
        f"{each['ms_p95']:.0f}",
        f"{each['times']:.2f}",
        _against(each["times"], each["times_target"]),
        f"{each['mebibytes']:.1f}",
        f"{each['memory']:.2f}",
        _against(each["memory"], each["memory_target"]),
    )


def main() -> None:
    """Run everything in turn and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("-n", type=int, default=15, dest="runs", help="runs of each command")
    parser.add_argument("--only", default="", help="only commands with this in their name")
    parser.add_argument("--json", type=Path, help="where to keep the figures")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measured = [command for command in commands(Path(folder)) if given.only in command.name]
        for command in measured:
            run(command.words)
        for _ in range(given.runs):
            for command in measured:
                command.pairs.append((run(HELLO), run(command.words)))
    hello = Command("hello", HELLO, pairs=[(base, base) for command in measured for base, _ in command.pairs])
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KIB / 1024**2
    trusted = own < min(base.mebibytes for base, _ in hello.pairs)
    found = [hello.record(), *(command.record() for command in measured)]
    keep(given.json, {"runs": given.runs, "commands": found, "memory_trusted": trusted})
    print(machine(("pushpull", "typer", "rich", "pydantic", "PyYAML", "copier", "httpie")))
    print()
    print(table(COMMAND_HEADINGS, map(command_row, found)))
    if not trusted:
        print(f"\nThe memory is not to be trusted: this program itself has {own:.1f} MiB.")


if __name__ == "__main__":
    main()
