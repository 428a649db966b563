"""A million broken, odd and random inputs to everything that reads: no traceback, no hang, and what is promised holds.

`python trials/fuzz.py` tries them on every reader, on the engine and on the drawers, most of them where they are
cheap. Only the errors that a person can mend may be raised, each problem in words and at a place inside of the file.
What is written has to be read again as the same; rows are the same in batches of any size; a tally is what the engine
says. An input that takes longer than five seconds of the
processor counts as a hang.

Each input is made from the seed, the target and its number, so a bad one is tried again by its number, and is also
kept in a folder:

    python trials/fuzz.py --only plan --first 1234 --count 1

`--count` is the number of inputs over all targets, or of the only one. The result is kept in `results/fuzz.json` when
all targets are tried.
"""

from __future__ import annotations

import argparse
import faulthandler
import math
import signal
import sys
import time
import traceback
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import NamedTuple

import try_engine
import try_readers
import try_sheets
import try_texts
from inputs import Target, dice_for
from recorded import RESULTS, SEED, Clock, keep, told

TARGETS = (*try_readers.TARGETS, *try_sheets.TARGETS, *try_engine.TARGETS, *try_texts.TARGETS)
COUNT = 1_050_000
LONGEST = 5.0
"""Seconds of the processor that one input may take: what else the machine does is no hang."""
_HOPELESS = 120
"""After so many seconds in which no input came to an end, the program shows where it is and ends itself."""
_OFTEN = 1.0
"""Seconds of the processor between two looks at how far it is."""


class HangError(BaseException):
    """An input took too long. Nothing that catches exceptions may catch this."""


class Tried(NamedTuple):
    """What became of the inputs of one target."""

    target: str
    inputs: int
    seconds: float
    """Of the processor, as the slowest one."""
    slowest: float
    bad: tuple[int, ...]


def too_long(_signal: int, _frame: FrameType | None) -> None:
    """Interrupt an input that takes too long."""
    raise HangError


def run(target: Target, count: int, *, first: int, seed: int, kept: Path, clock: Clock) -> Tried:
    """Try so many inputs on a target, from number `first` on; keep those that go wrong in a folder."""
    bad, slowest, started, watched = [], 0.0, time.process_time(), -math.inf
    before = signal.signal(signal.SIGPROF, too_long)
    for number in range(first, first + count):
        made = target.make(dice_for(seed, target.name, number))
        began = time.process_time()
        try:
            signal.setitimer(signal.ITIMER_PROF, LONGEST)
            target.check(made)
        except (Exception, HangError):  # noqa: BLE001  every one of them is a finding
            signal.setitimer(signal.ITIMER_PROF, 0)
            bad.append(number)
            show(target, number, made, kept)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        slowest = max(slowest, time.process_time() - began)
        if began - watched > _OFTEN:
            watched = began
            faulthandler.dump_traceback_later(_HOPELESS, exit=True, file=2)
            clock.say(f"{target.name}: {number - first:,} of {count:,}, {len(bad)} went wrong")
    faulthandler.cancel_dump_traceback_later()
    signal.signal(signal.SIGPROF, before)
    return Tried(target.name, count, time.process_time() - started, slowest, tuple(bad))


def show(target: Target, number: int, made: object, kept: Path) -> None:
    """Say what went wrong, keep the input, and say how it can be tried again."""
    kept.mkdir(parents=True, exist_ok=True)
    path = kept / f"{target.name.replace(' ', '-')}-{number}"
    path.write_bytes(made if isinstance(made, bytes) else repr(made).encode("utf-8", "backslashreplace"))
    print(f"\n{target.name}, input {number}, kept in {path}", file=sys.stderr)
    print(f"python trials/fuzz.py --only {target.name!r} --first {number} --count 1", file=sys.stderr)
    print("".join(traceback.format_exc(limit=-6)), file=sys.stderr, flush=True)


def shares(count: int) -> dict[str, int]:
    """Return how many of `count` inputs each target gets, at least one."""
    whole = sum(target.share for target in TARGETS)
    return {target.name: max(round(count * target.share / whole), 1) for target in TARGETS}


def main(words: Sequence[str] | None = None) -> int:
    """Try the inputs and tell what came of them; return 1 if any went wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--count", type=int, default=COUNT, help=f"inputs, {COUNT:,} if not given")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--only", choices=[target.name for target in TARGETS], help="one target")
    parser.add_argument("--first", type=int, default=0, help="the number of the first input")
    parser.add_argument("--kept", type=Path, default=Path("fuzz-findings"), help="where bad inputs are kept")
    parser.add_argument("--results", type=Path, default=RESULTS, help="the folder of the results")
    given = parser.parse_args(words)
    clock = Clock()
    counts = {given.only: given.count} if given.only else shares(given.count)
    tried = [
        run(target, counts[target.name], first=given.first, seed=given.seed, kept=given.kept, clock=clock)
        for target in TARGETS
        if target.name in counts
    ]
    bad = sum(len(each.bad) for each in tried)
    rows = [(each.target, each.inputs) for each in tried]
    figures = [
        ("went wrong", f"{bad} inputs"),
        ("time", clock.shown),
        ("of these, processor", f"{time.process_time() / 60:.1f} min"),
        ("slowest input", f"{max(each.slowest for each in tried):.2f} s"),
        ("seed", str(given.seed)),
        *((f"{each.target}, rate", f"{each.inputs / max(each.seconds, 1e-9):,.0f} inputs/s") for each in tried),
    ]
    rows = [("inputs", sum(each.inputs for each in tried)), *rows]
    print(told(rows, figures))
    if not given.only:
        title = "Broken, odd and random inputs to everything that reads"
        keep("fuzz", title=title, command="python trials/fuzz.py", tried=rows, figures=figures, folder=given.results)
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main())
