"""How many slips in the pure core the tests catch: one small change at a time, and a test has to fail.

`python trials/mutants.py` tries every change of `mutations.py` in `suggest`, `interview`, `rule`, `lre`, `source` and
`kb`, prints what no test caught, and writes `results/mutants.json`. Each survivor needs its reason in `survivors.yaml`.
It needs POSIX and the extra `dev`. `--only rule` takes one part, and `--sample 15` so many mutants of `suggest` and
`rule`; neither writes the results. `--log FILE` keeps what each mutant came to; what an earlier run told there as
caught is not tried again.

One process loads the tests and notes which of them runs which line. For a change inside a function it is forked, gets
the function's new code, and runs the tests of that line, the fastest first, until one fails. What runs when a module is
loaded is tried by a process that has loaded nothing of the program yet. A mutant is caught if a test fails, or if the
tests take ten times as long as they do without it.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from recorded import RESULTS, found_before
from trying import ROOT, SAMPLE_TESTS, TESTS, Came, Tried, mutated, run

PARTS = ("suggest", "interview", "rule", "lre", "source", "kb")


def all_mutants(parts: Iterable[str]) -> Iterator[Tried]:
    """Yield every mutant of some parts of the program."""
    for part in parts:
        found = ROOT / "src" / "pushpull" / part
        for path in sorted(found.glob("*.py")) if found.is_dir() else [found.with_suffix(".py")]:
            yield from (Tried(part, path, number) for number in range(len(mutated(path).mutants)))


def results(came: Sequence[Came], reasons: dict[tuple[str, str, str], str]) -> dict[str, Any]:
    """Return what all of it came to, in the form that all trials share."""
    tried = Counter(each.part for each, _ in came)
    caught = Counter(each.part for each, what in came if what != "survived")
    survivors = [each for each, what in came if what == "survived"]
    percent = {part: f"{100 * caught[part] / tried[part]:.1f} %" for part in tried}
    return {
        "title": "Mutation testing of the pure core",
        "command": "python trials/mutants.py",
        "day": f"{datetime.now(UTC):%Y-%m-%d}",
        "python": ".".join(map(str, sys.version_info[:3])),
        "tried": [[f"mutants of {part}", tried[part]] for part in tried],
        "figures": [
            ["caught", f"{100 * caught.total() / tried.total():.1f} %"],
            ["mutants", str(tried.total())],
            ["caught because the tests took ten times as long", str(sum(what == "slow" for _, what in came))],
            ["survived", str(len(survivors))],
            *([f"caught in {part}", percent[part]] for part in tried),
        ],
        "found": found_before(RESULTS / "mutants.json"),
        "survivors": [[*each.told, reasons.get(each.told, "")] for each in survivors],
    }


def listed() -> dict[tuple[str, str, str], str]:
    """Return the survivors that are known, each with its reason."""
    groups = yaml.safe_load((ROOT / "trials" / "survivors.yaml").read_text(encoding="utf-8")) or []
    return {(one["file"], one["line"], one["change"]): group["why"] for group in groups for one in group["mutants"]}


def remembered(log: Path | None) -> Counter[tuple[str, ...]]:
    """Return the mutants that a log tells as caught, and how many there are of each."""
    lines = log.read_text().splitlines() if log and log.exists() else []
    return Counter(tuple(told) for told, what in map(json.loads, lines) if what != "survived")


def main() -> None:
    """Try the mutants, and say what survived."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--only", choices=PARTS, nargs="+", help="some parts of the program")
    parser.add_argument("--sample", type=int, default=0, help="so many mutants, spread over all of them")
    parser.add_argument("--log", type=Path, help="what each mutant came to is kept here")
    asked = parser.parse_args()
    os.chdir(ROOT)
    reasons, before = listed(), remembered(asked.log)
    mutants = list(all_mutants(asked.only or PARTS))
    if asked.sample:
        mutants = [each for each in mutants if each.mutant.inside and each.part in {"suggest", "rule"}]
        mutants = mutants[:: len(mutants) // asked.sample][: asked.sample]
    came: list[Came] = []
    left = []
    for each in mutants:
        if before[each.told]:
            before[each.told] -= 1
            came.append((each, "caught"))
        else:
            left.append(each)
    with ExitStack() as stack:
        log = stack.enter_context(asked.log.open("a", buffering=1)) if asked.log else None

        def tell(one: Came) -> None:
            came.append(one)
            each, what = one
            if log:
                log.write(json.dumps([each.told, what]) + "\n")
            if what == "survived" and each.told not in reasons:
                print(f"{each.told[0]}:{each.mutant.line}: {each.told[2]}", flush=True)

        run(left, SAMPLE_TESTS if asked.sample else TESTS, tell)
    places = {each: place for place, each in enumerate(mutants)}
    came.sort(key=lambda one: places[one[0]])
    found = results(came, reasons)
    for name, figure in found["figures"]:
        print(f"{name}: {figure}")
    if not (asked.only or asked.sample):
        text = json.dumps(found, indent=1, ensure_ascii=False) + "\n"
        (RESULTS / "mutants.json").write_text(text, encoding="utf-8")
    sys.exit(any(not why for *_, why in found["survivors"]))


if __name__ == "__main__":
    main()
