"""What the rows of `engines.py` come to: ratios and lines of a table, without the engines themselves."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from common import Record, middle_ratio

TARGET = 15
"""So many times as fast as the faster engine."""


def times_as_fast(record: Record, way: Record, place: int = 0) -> float:
    """Return how many times as fast as a way ours is: the first of ours, or that at another place."""
    return middle_ratio(way["seconds"], record["ways"][place]["seconds"])


def fastest(record: Record) -> Record:
    """Return the fastest way of an engine."""
    engines: list[Record] = [way for way in record["ways"] if way["engine"]]
    return min(engines, key=lambda way: median(way["seconds"]))


def way_rows(record: Record) -> Iterator[tuple[str, ...]]:
    """Yield the lines of the table."""
    for way in record["ways"]:
        middle = median(way["seconds"]) / record["rows"]
        ratios = (times_as_fast(record, way, place) for place in (0, 2))
        yield way["name"], f"{1 / middle:,.0f}", f"{middle * 1e6:.1f}", *(f"{ratio:.2f}" for ratio in ratios)


WAY_HEADINGS = (
    "way",
    "rows per second",
    "µs for one row",
    "the tally is so many times as fast",
    "`suggest()` is so many times as fast",
)
