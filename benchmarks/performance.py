"""The page about performance, made from kept figures: `python benchmarks/performance.py benchmarks/results.json`.

It measures nothing. The text stands in `performance.template.md`; tables, aims and sentences with figures come from
here. What was not measured is said to be so.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from string import Template
from typing import NamedTuple

import picture
from caseload import (
    NATION,
    ONCE_HEADINGS,
    SIZE_HEADINGS,
    SLOPE_HEADINGS,
    STAGE_HEADINGS,
    WAYS,
    memory,
    nation,
    once_rows,
    seconds,
    size_rows,
    slope,
    slope_rows,
    stage_rows,
)
from common import Record, middle_ratio, table
from engines_told import TARGET as TIMES_ENGINE
from engines_told import WAY_HEADINGS, fastest, times_as_fast, way_rows
from interview import TARGET as WAIT
from interview import WAIT_HEADINGS, wait_row
from start import COMMAND_HEADINGS, command_row

HERE = Path(__file__).resolve().parent
DOCS = HERE.parent / "docs"
RATE = 100_000
"""Services per second and core."""
MILLION, ROOM = 1_000_000, 200
"""Services, and the megabytes within which they are worked out."""
NOT_MEASURED = "not measured in this run"
MEGA = 1024**2 / 1e6


class Aim(NamedTuple):
    """What was aimed at, and what came of it."""

    text: str
    found: str
    met: bool | None = None
    """None if it was not measured."""

    def row(self) -> tuple[str, ...]:
        """Return the line of the table."""
        return self.text, self.found, {True: "met", False: "missed", None: ""}[self.met]


def aims(parts: Record) -> Iterator[Aim]:
    """Yield every aim."""
    for each in parts.get("start", {}).get("commands", ()):
        for what, key in (("time", "times"), ("memory", "memory")):
            if most := each[f"{key}_target"]:
                text = f"`{each['name']}`: {what} at most {most:g} times the hello-world's"
                yield Aim(text, f"{each[key]:.2f} times", each[key] <= most)
    if found := parts.get("interview"):
        middle = found["interviews"][-1]["ms"]
        yield Aim(f"interview: a median wait below {WAIT:.0f} ms", f"{middle:.1f} ms", middle < WAIT)
    if found := parts.get("engines"):
        best = fastest(found)
        times = times_as_fast(found, best)
        text = f"{TIMES_ENGINE} times as fast as the faster rule engine"
        yield Aim(text, f"{times:.1f} times ({best['name']})", times >= TIMES_ENGINE)
    if sizes := parts.get("caseload", {}).get("sizes"):
        yield from _caseload_aims(sizes)


def _caseload_aims(sizes: Sequence[Record]) -> Iterator[Aim]:
    for way, cores in (("one", 1), ("two", 2)):
        rate = 1 / slope(sizes, way)[0] / cores
        text = f"{RATE:,} services per second and core, {WAYS[way].removeprefix('pushpull, ')}"
        yield Aim(text, f"{rate:,.0f}", rate >= RATE)
    largest = next((size for size in sizes if size["rows"] == MILLION), None)
    for way in ("one", "two"):
        text = f"a million services within {ROOM} MB, {WAYS[way].removeprefix('pushpull, ')}"
        if largest is None:
            yield Aim(text, NOT_MEASURED)
        else:
            taken = memory(largest, way) * MEGA
            yield Aim(text, f"{taken:.0f} MB", taken <= ROOM)


def verdict(found: Sequence[Aim]) -> str:
    """Return in one or two sentences how many aims were met, and which were not."""
    missed = [aim for aim in found if aim.met is False]
    counted = f"{sum(aim.met is True for aim in found)} of {len(found)} aims were met, {len(missed)} were missed"
    unknown = sum(aim.met is None for aim in found)
    return f"{counted}{f', and {unknown} could not be measured in this run' if unknown else ''}."


def caseload_sentences(parts: Record) -> dict[str, str]:
    """Return the sentences about a caseload that hold figures."""
    sizes = parts["caseload"]["sizes"]
    last, stages = sizes[-1], parts["caseload"]["stages"]
    times = {way: middle_ratio(seconds(last, way), seconds(last, "floor")) for way in ("one", "two")}
    each = {way: slope(sizes, way)[0] for way in WAYS}
    own = sum(stage["microseconds"] for stage in stages["stages"] if not stage["inside"])
    again = last["ways"]["two"]
    per_row = {way: last["result_bytes"][way] / last["rows"] for way in ("one", "floor")}
    return {
        "floor": (
            f"At {last['rows']:,} services, one process takes {times['one']:.1f} times as long as the floor, and two "
            f"take {times['two']:.1f} times. The floor's result has {per_row['floor']:,.0f} bytes for each service, "
            f"ours {per_row['one']:,.0f}. {_reach(1 / each['floor'])}"
        ),
        "two": (
            f"Two processes are {each['one'] / each['two']:.2f} times as fast as one, and took "
            f"{median(taken['processor'] / taken['seconds'] for taken in again):.2f} cores on average."
        ),
        "rest": (
            f"The stages come to {own:.1f} µs. Whole runs of different size differ by {each['one'] * 1e6:.1f} µs for "
            f"each service: there, rows of the first half count as well, of which less is remembered yet. In the first "
            f"{stages['first']:,} services, this was worked out, once in each process; together it took "
            f"{sum(each['milliseconds'] for each in stages['once']) / 1000:.1f} s:"
        ),
        "nation_one": _minutes(nation(sizes, "one")),
        "nation_two": _minutes(nation(sizes, "two")),
        "nation_floor": _minutes(nation(sizes, "floor")),
        "nation_disk": f"{NATION * (per_row['one'] + last['sheet_bytes'] / last['rows']) / 1e9:.0f} GB",
        "nation_memory": _nation_memory(sizes),
        "timed": f"{stages['rows']:,}",
    }


def _reach(rate: float) -> str:
    """Return whether the aim can be reached at all by a program that reads and writes so."""
    if rate >= RATE:
        return f"The floor itself comes to {rate:,.0f} services per second, so {RATE:,} leave little time for the rest."
    return (
        f"The floor itself comes to {rate:,.0f} services per second on one core here: {RATE:,} cannot be reached on "
        f"this machine by any program that reads and writes so, even if it decides nothing."
    )


def _nation_memory(sizes: Sequence[Record]) -> str:
    """Return what is to be expected of the memory; nothing where only small sheets were measured, which fill it."""
    if len(sizes) < 2 or sizes[-1]["rows"] < MILLION:  # noqa: PLR2004
        return ""
    before, last = sizes[-2:]
    growth = (memory(last, "one") - memory(before, "one")) / (last["rows"] - before["rows"])
    most = memory(last, "one") + max(growth, 0) * (NATION - last["rows"])
    return f" If memory grew on as between the two largest sheets, one process would have {most:,.0f} MiB at its peak."


def _minutes(minutes: float) -> str:
    return f"{minutes:.0f} minutes" if minutes >= 2 else f"{minutes * 60:.0f} seconds"  # noqa: PLR2004


def alternative(parts: Record) -> str:
    """Return what the picture shows, in words."""
    sizes = parts["caseload"]["sizes"]
    told = [
        f"{size['rows']:,} services: "
        + ", ".join(f"{name} {median(seconds(size, way)):.2g} s" for way, (name, *_) in picture.LINES.items())
        for size in sizes
    ]
    starts = ", ".join(
        f"{picture.SHOWN[each['name']]} {each['times']:.2f}"
        for each in parts["start"]["commands"]
        if each["name"] in picture.SHOWN
    )
    return f"Seconds by services, both axes logarithmic. {'; '.join(told)}. Times the hello-world: {starts}."


def page(record: Record) -> str:
    """Return the page."""
    parts = record["parts"]
    found = list(aims(parts))
    quick = "**This was a short run on a machine that did other work, too; a full run will replace it.** "
    template = Template((HERE / "performance.template.md").read_text(encoding="utf-8"))
    return template.substitute(
        caseload_sentences(parts),
        day=record["day"],
        load="" if record["load"] is None else f" The machine's load before the start was {record['load']:g}.",
        quick=quick if record["quick"] else "",
        verdict=verdict(found),
        alternative=alternative(parts),
        aims=table(("aim", "measured", ""), [aim.row() for aim in found], numbers_from=3),
        machine=table(("machine and versions", ""), record["machine"].items(), numbers_from=2),
        sizes=table(SIZE_HEADINGS, size_rows(parts["caseload"]["sizes"]), numbers_from=2),
        slopes=table(SLOPE_HEADINGS, slope_rows(parts["caseload"]["sizes"])),
        once=table(ONCE_HEADINGS, once_rows(parts["caseload"]["stages"])),
        stages=table(STAGE_HEADINGS, stage_rows(parts["caseload"]["stages"])),
        engines=table(WAY_HEADINGS, way_rows(parts["engines"])),
        checked=f"{parts['engines']['checked']:,}",
        service=parts["engines"]["service"],
        commands=table(COMMAND_HEADINGS, map(command_row, parts["start"]["commands"])),
        trust="" if parts["start"]["memory_trusted"] else "\nThe memory of the smallest is not to be trusted here.\n",
        waits=table(WAIT_HEADINGS, map(wait_row, parts["interview"]["interviews"])),
        tally=table(
            ("questions answered", "µs, empty memory", "µs, full memory", "µs, `suggest` and `outlook`"),
            [
                (f"{each['answered']:.0%}", *(f"{each[key]:,.1f}" for key in ("cold", "warm", "direct")))
                for each in parts["tally"]["shares"]
            ],
        ),
        firmness=table(
            ("for a half-answered interview", "ms", "ms, worst"),
            [(name, f"{each['ms']:.3f}", f"{each['worst']:.3f}") for name, each in parts["firmness"]["times"].items()],
        ),
    )


def main() -> int:
    """Write the page and its picture; return 1 if figures are missing."""
    record = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    parts = record["parts"]
    if missing := {"start", "interview", "engines", "tally", "firmness", "caseload"} - set(parts):
        print(f"not measured yet: --only {' '.join(sorted(missing))}")
        return 1
    (DOCS / "performance.md").write_text(page(record), encoding="utf-8")
    drawn = picture.draw(parts["caseload"]["sizes"], parts["start"]["commands"])
    (DOCS / "pictures" / "performance.svg").write_text(drawn, encoding="utf-8")
    for aim in aims(parts):
        print(f"{'' if aim.met is None else 'met' if aim.met else 'missed':7} {aim.text}: {aim.found}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
