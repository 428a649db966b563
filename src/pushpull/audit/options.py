"""Q1 to Q6, C1, I1 and I2: whether all ways are described, and as much is said of one as of the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import combinations
from typing import get_args

from pushpull.audit.scorecard import Hit, Material, Measured, measured, percent, words_in
from pushpull.kb.comparison import ProsCons
from pushpull.kb.entry import MODES, OTHERS, Delivery, Mode

WAYS: tuple[Delivery, ...] = get_args(Delivery)
_SIDES = ("pros", "cons")


def q1(material: Material) -> Measured:
    """Return whether each service says which need it serves."""
    least = material.yardstick.bars.what_words

    def fails() -> Iterator[Hit]:
        for name, service in material.kb.services.items():
            if words_in(service.what) < least:
                yield Hit(f"services.{name}.what", "short", _short(service.what, least))
        if words_in(material.kb.about.for_whom) < material.yardstick.bars.statement_words:
            yield Hit("about.for_whom", "short", _short(material.kb.about.for_whom, least))

    return measured(fails(), services=str(len(material.kb.services)), least=str(least))


def q2(material: Material) -> Measured:
    """Return whether the choice is stated as a question that names every way."""
    choice = material.kb.about.choice

    def fails() -> Iterator[Hit]:
        if not choice.rstrip(")\"'").endswith("?"):
            yield Hit("about.choice", "no_question")
        for way, mode in material.comparison.modes.items():
            if mode.name.lower() not in choice.lower():
                yield Hit("about.choice", "unnamed", {"way": mode.name, "id": way})
        if not material.comparison.framing:
            yield Hit("comparison.framing", "no_framing")

    return measured(fails(), choice=choice)


def q3(material: Material) -> Measured:
    """Return whether every way is described: in the chart, and for each service."""
    chart = material.comparison

    def fails() -> Iterator[Hit]:
        yield from (Hit(f"comparison.modes.{way}", "missing") for way in WAYS if way not in chart.modes)
        yield from (Hit(f"comparison.others.{way}", "missing") for way in OTHERS if way not in chart.others)
        for name, service in material.kb.services.items():
            yield from (
                Hit(f"services.{name}.looks_like.{way}", "missing") for way in WAYS if way not in service.looks_like
            )

    return measured(fails(), services=str(len(material.kb.services)), others=str(len(chart.others)))


def q4(material: Material) -> Measured:
    """Return whether enough can speak for each way: in the chart, and for each service."""
    bars, chart = material.yardstick.bars, material.comparison

    def fails() -> Iterator[Hit]:
        yield from _few_points(material, "pros")
        if len(chart.blend.makes_sense) < bars.fewest_pitfalls:
            yield Hit("comparison.blend.makes_sense", "few", _few(len(chart.blend.makes_sense), bars.fewest_pitfalls))
        for name, service in material.kb.services.items():
            for mode in MODES:
                speaking = sum(
                    any(mode in option.arguments for option in question.options.values())
                    for question in service.questions.values()
                )
                if speaking < bars.fewest_questions:
                    values = _few(speaking, bars.fewest_questions) | {"mode": material.words(f"mode.{mode}")}
                    yield Hit(f"services.{name}.questions", "few_speak", values)

    return measured(fails(), least=str(bars.fewest_points), questions=str(bars.fewest_questions))


def q5(material: Material) -> Measured:
    """Return whether enough is said against each way, on class time and standing out as well."""
    bars, chart, kb = material.yardstick.bars, material.comparison, material.kb

    def fails() -> Iterator[Hit]:
        yield from _few_points(material, "cons")
        named = {point.concern for both in chart.pros_cons.values() for point in both.cons.values()}
        for concern in material.yardstick.cons_about:
            if concern not in named:
                name = kb.concerns[concern].name if concern in kb.concerns else concern
                yield Hit("comparison.pros_cons", "no_con_about", {"concern": name})
        if len(chart.blend.avoidance) < bars.fewest_pitfalls:
            yield Hit("comparison.blend.avoidance", "few", _few(len(chart.blend.avoidance), bars.fewest_pitfalls))
        for name, service in kb.services.items():
            if len(service.pitfalls) < bars.fewest_pitfalls:
                yield Hit(f"services.{name}.pitfalls", "few", _few(len(service.pitfalls), bars.fewest_pitfalls))

    return measured(fails(), least=str(bars.fewest_points), pitfalls=str(bars.fewest_pitfalls))


def q6(material: Material) -> Measured:
    """Return whether each way is pictured as part of a school day."""
    least = material.yardstick.bars.day_words
    fails = [
        Hit(f"services.{name}.looks_like.{way}", "short", _short(text, least))
        for name, service in material.kb.services.items()
        for way, text in service.looks_like.items()
        if words_in(text) < least
    ]
    return measured(fails, services=str(len(material.kb.services)), least=str(least))


def c1(material: Material) -> Measured:
    """Return whether as much is said of one way as of the other: counts of points, and of words."""
    bar = material.yardstick.bars.length_difference
    compared: dict[str, dict[str, int]] = {}
    for name, topic in material.comparison.topics.items():
        sides = {"push_in": topic.push_in, "pull_out": topic.pull_out}
        compared[f"comparison.topics.{name}"] = {mode: _length(texts) for mode, texts in sides.items()}
    lists = {(mode, side): _points(material, mode, side) for mode in MODES for side in _SIDES}
    for side in _SIDES:
        where = f"comparison.pros_cons.{side}"
        compared[where] = {mode: _length(lists[mode, side]) for mode in MODES}
    for mode in MODES:
        where = f"comparison.pros_cons.{mode}"
        compared[where] = {side: _length(lists[mode, side]) for side in _SIDES}
    for name, service in material.kb.services.items():
        compared[f"services.{name}.looks_like"] = {way: words_in(text) for way, text in service.looks_like.items()}
    fails = [
        Hit(where, "unequal", {"lengths": _listed(material, lengths), "difference": percent(apart)})
        for where, lengths in compared.items()
        if (apart := _apart(lengths)) > bar
    ]
    counts = {f"{mode}.{side}": len(points) for (mode, side), points in lists.items()}
    for first, second in combinations(counts, 2):
        if _apart({first: counts[first], second: counts[second]}) > bar:
            values = {"first": first, "second": second, "one": str(counts[first]), "other": str(counts[second])}
            fails.append(Hit("comparison.pros_cons", "counts", values))
    widest = max((_apart(lengths) for lengths in compared.values()), default=Fraction(0))
    return measured(fails, bar=percent(bar), widest=percent(widest), compared=str(len(compared)))


def i1(material: Material) -> Measured:
    """Return whether the present way is described, and what to expect if nothing changes."""
    way = material.comparison.others.get("as_now")
    least = material.yardstick.bars.what_words

    def fails() -> Iterator[Hit]:
        if way is None:
            yield Hit("comparison.others.as_now", "missing")
            return
        for word, remarks in (("speaks_for", way.speaks_for), ("take_care", way.take_care)):
            said = " ".join(remark.say for remark in remarks.values())
            if words_in(said) < least:
                yield Hit(f"comparison.others.as_now.{word}", "short", _short(said, least))

    return measured(fails(), name=way.name if way else "")


def i2(material: Material) -> Measured:
    """Return whether each sentence on one mode has its partner on the other."""

    def fails() -> Iterator[Hit]:
        for name, topic in material.comparison.topics.items():
            for key in [*topic.push_in, *(key for key in topic.pull_out if key not in topic.push_in)]:
                for mode, texts in (("push_in", topic.push_in), ("pull_out", topic.pull_out)):
                    if key not in texts:
                        yield Hit(f"comparison.topics.{name}.{mode}.{key}", "no_partner")
        for mode in MODES:
            if mode not in material.comparison.pros_cons:
                yield Hit(f"comparison.pros_cons.{mode}", "no_partner")

    sentences = sum(len(topic.push_in) for topic in material.comparison.topics.values())
    return measured(fails(), topics=str(len(material.comparison.topics)), sentences=str(sentences))


def _points(material: Material, mode: Mode, side: str) -> dict[str, str]:
    both: ProsCons | None = material.comparison.pros_cons.get(mode)
    points = (both.pros if side == "pros" else both.cons) if both else {}
    return {name: point.say for name, point in points.items()}


def _few_points(material: Material, side: str) -> Iterator[Hit]:
    least = material.yardstick.bars.fewest_points
    for mode in MODES:
        have = len(_points(material, mode, side))
        if have < least:
            yield Hit(f"comparison.pros_cons.{mode}.{side}", "few", _few(have, least))


def _length(texts: Mapping[str, str]) -> int:
    return words_in(" ".join(texts.values()))


def _apart(lengths: Mapping[str, int]) -> Fraction:
    """Return how much longer the longest is than the shortest, as a part of the shortest; an empty one counts as 1."""
    if not lengths:
        return Fraction(0)
    return Fraction(max(lengths.values()), max(1, min(lengths.values()))) - 1


def _listed(material: Material, lengths: Mapping[str, int]) -> str:
    def name(word: str) -> str:
        return material.words(f"compare.{word}" if word in _SIDES else f"mode.{word}")

    return ", ".join(f"{name(word)} {length}" for word, length in lengths.items())


def _short(text: str, least: Fraction) -> dict[str, str]:
    return {"have": str(words_in(text)), "least": str(least)}


def _few(have: int, least: Fraction) -> dict[str, str]:
    return {"have": str(have), "least": str(least)}
