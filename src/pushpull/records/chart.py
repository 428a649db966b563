"""The chart, for other programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pushpull.kb.comparison import Comparison, Concern, Source
from pushpull.kb.entry import MODES
from pushpull.kb.questions import Service
from pushpull.records.numbers import JSON_VERSION


def comparison_record(
    chart: Comparison,
    concerns: Mapping[str, Concern],
    sources: Mapping[str, Source],
    services: Mapping[str, Service],
    *,
    content: str,
) -> dict[str, Any]:
    """Return what `compare --format json` gives: the whole chart, with how often each point is attested."""
    return {
        "pushpull": JSON_VERSION,
        "content": content,
        **chart.model_dump(mode="json", exclude={"pros_cons"}),
        "pros_cons": {
            mode: {
                side: [
                    {"id": name, **point.model_dump(mode="json"), "attested": attested(point.sources, sources)}
                    for name, point in points.items()
                ]
                for side, points in (("pros", lists.pros), ("cons", lists.cons))
            }
            for mode, lists in chart.pros_cons.items()
        },
        "concerns": {name: concern.model_dump(mode="json") for name, concern in concerns.items()},
        "services": {
            name: service.model_dump(mode="json", exclude={"questions"}) for name, service in services.items()
        },
    }


def attested(ids: Iterable[str], sources: Mapping[str, Source]) -> dict[str, int]:
    """Return how many sources name a point, and how many of them are stronger than grade e."""
    grades = [sources[name].grade for name in ids]
    return {"sources": len(grades), "stronger": sum(grade != "e" for grade in grades)}


def comparison_rows(chart: Comparison, sources: Mapping[str, Source]) -> list[dict[str, str]]:
    """Return the chart as rows: one statement a row, with its mode, topic, concern and sources."""
    rows = []
    for name, topic in chart.topics.items():
        for mode, texts in (("push_in", topic.push_in), ("pull_out", topic.pull_out)):
            rows += [_row(name, mode, text, "", topic.sources, sources) for text in texts.values()]
    for mode in MODES:
        lists = chart.pros_cons[mode]
        for side, points in (("pros", lists.pros), ("cons", lists.cons)):
            rows += [_row(side, mode, p.say, p.concern, p.sources, sources) for p in points.values()]
    story = chart.blend
    for name, texts in (("what", story.what), ("makes_sense", story.makes_sense), ("avoidance", story.avoidance)):
        rows += [_row(f"blend_{name}", "blend", text, "", story.sources, sources) for text in texts.values()]
    for name, way in chart.others.items():
        rows.append(_row(f"other_{name}", "", way.what, "", (), sources))
        for remark in (*way.speaks_for.values(), *way.take_care.values()):
            rows.append(_row(f"other_{name}", "", remark.say, "", remark.sources, sources))
    return rows


def _row(
    topic: str, mode: str, say: str, concern: str, ids: Iterable[str], sources: Mapping[str, Source]
) -> dict[str, str]:
    ids = tuple(ids)
    count = attested(ids, sources)
    return {
        "topic": topic,
        "mode": mode,
        "concern": concern,
        "say": say,
        "sources": " ".join(ids),
        "attested": str(count["sources"]),
        "stronger": str(count["stronger"]),
    }
