"""E4: the grade of US schools at which texts can be read, after Flesch and Kincaid.

The formula counts words for each sentence and syllables for each word. Syllables are counted by rule, which is off by
one for some words and right on average; `docs/decisions/0020` says how it was compared. It was made for English.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from pushpull.audit.scorecard import Hit, Material, Measured, measured, words_in
from pushpull.kb.comparison import Comparison
from pushpull.kb.entry import MODES
from pushpull.kb.full import FullKnowledge
from pushpull.kb.papers import Papers
from pushpull.kb.questions import Question
from pushpull.kb.week import WeekRules
from pushpull.kb.words import fill

ENGLISH = "en"
_NAME = "Student"
"""What stands for `{student}` when texts are measured: a name of two syllables."""
_SENTENCE = re.compile(r"[.!?](?=\s|$)|:(?=\s)")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:[.,]\d+)*%?")
_VOWELS = re.compile(r"[aeiouy]+")
# Two sounds that one group of vowels holds, as in "being", "science" and "autism".
_MORE = re.compile(
    r"i[ao](?!u)|iu|ie[rt](?!$)|(?<=u)iet|sier$|e[ou](?=m|n(?!d)|s$)|(?<![gq])u[aei](?=l(?!t)|t|n(?!g))|uou"
    r"|[aeiouy]ing$|sms?$|rea(?=te)|sci(?=e)"
)
# Vowels that are written and not heard, as in "action", "made", "asked", "homework" and "every".
_LESS = re.compile(
    r"[tscxg]i(?=o|a[ln]|ous)|(?<!s)[tc]i(?=en)|[^aeiouyl]e$|[aeiouy]l+e$|rle$|(?:[^aeioutdyl]|[aeiouy]l+)ed$"
    r"|(?:[^aeiouyszxgclh]|[aeiouy]l+|th)es$"
    r"|[^aeiou]e(?=(?:ly|ments?|ful|less|ness|work|room|load|where|table|self)$)"
    r"|ic(?=ally$)|some(?=.)|every|safety|behavio|(?<=[gq])u[ae]$"
)


@dataclass(frozen=True)
class Passage:
    """One text: its kind, its file, where in it, and the words."""

    kind: str
    file: str
    where: str
    text: str


@lru_cache(maxsize=20_000)
def syllables(word: str) -> int:
    """Return about how many syllables an English word has."""
    word = word.lower().replace("’", "'").removesuffix("'s")
    return max(1, len(_VOWELS.findall(word)) + len(_MORE.findall(word)) - len(_LESS.findall(word)))


def grade(texts: Iterable[str]) -> float:
    """Return the grade at which texts can be read together, to one decimal; 0 if they have no words."""
    sentences = words = beats = 0
    for text in texts:
        found = _WORD.findall(fill(text, student=_NAME))
        if found:
            words += len(found)
            beats += sum(map(syllables, found))
            sentences += max(1, len(_SENTENCE.findall(text)))
    return round(0.39 * words / sentences + 11.8 * beats / words - 15.59, 1) if words else 0.0


def passages(kb: FullKnowledge, chart: Comparison) -> Iterator[Passage]:
    """Yield every text that families read, each once.

    A question that only one service asks, or words differently, belongs to the file of that service: there it is to
    be mended.
    """
    for name, question in kb.student_questions.items():
        yield from _of_question("questions", f"questions.{name}", question)
    seen: set[tuple[str, str]] = set()
    shared = _shared(kb)
    for service_id, service in kb.services.items():
        file = f"services.{service_id}"
        yield Passage("what", file, f"{file}.what", service.what)
        yield from (
            Passage("looks_like", file, f"{file}.looks_like.{way}", text) for way, text in service.looks_like.items()
        )
        for name, question in service.questions.items():
            for passage in _of_question(file, f"{file}.questions.{name}", question):
                path = passage.where.removeprefix(f"{file}.")
                if (path, passage.text) not in shared:
                    yield passage
                elif (path, passage.text) not in seen:
                    seen.add((path, passage.text))
                    yield Passage(passage.kind, "questions", path, passage.text)
    for name, requirement in kb.requirements.items():
        yield Passage("requirements", "requirements", f"requirements.{name}.say", requirement.say)
        yield Passage("requirements", "requirements", f"requirements.{name}.ask", requirement.ask)
    yield from (Passage("notes", "notes", f"notes.{name}.say", note.say) for name, note in kb.notes.items())
    yield from _of_week(kb.week)
    yield from _of_papers(kb.papers)
    yield from _of_chart(chart)


def _of_week(week: WeekRules) -> Iterator[Passage]:
    for word, remarks in (("said", week.said), ("preschool_said", week.preschool_said)):
        yield from (Passage("week", "week", f"week.{word}.{name}", remark.say) for name, remark in remarks.items())
    yield from (Passage("week", "week", f"week.rules.{name}.say", rule.say) for name, rule in week.rules)
    yield from (Passage("week", "week", f"week.bands.{name}.name", band.name) for name, band in week.bands)
    yield from (Passage("week", "week", f"week.places.{name}.name", place.name) for name, place in week.places)


def _of_papers(papers: Papers) -> Iterator[Passage]:
    for way, questions in papers.questions:
        for name, question in questions.items():
            where = f"papers.questions.{way}.{name}"
            yield Passage("papers", "papers", f"{where}.ask", question.ask)
            if question.for_family:
                yield Passage("papers", "papers", f"{where}.for_family", question.for_family)
    for way, fade in papers.fade.items():
        for word in ("ahead", "back", "caveat"):
            yield Passage("papers", "papers", f"papers.fade.{way}.{word}", getattr(fade, word))
    yield from (Passage("papers", "papers", f"papers.bring.{name}", text) for name, text in papers.bring.items())
    yield Passage("papers", "papers", "papers.rights.text", papers.rights.text)


def _shared(kb: FullKnowledge) -> frozenset[tuple[str, str]]:
    """Return the paths and texts of questions that two services or more have alike."""
    once: set[tuple[str, str]] = set()
    twice: set[tuple[str, str]] = set()
    for service in kb.services.values():
        for name, question in service.questions.items():
            for passage in _of_question("", f"questions.{name}", question):
                key = (passage.where, passage.text)
                (twice if key in once else once).add(key)
    return frozenset(twice)


def _of_question(file: str, where: str, question: Question) -> Iterator[Passage]:
    yield Passage("ask", file, f"{where}.ask", question.ask)
    yield Passage("help", file, f"{where}.help", question.help)
    for option_id, option in question.options.items():
        at = f"{where}.options.{option_id}"
        yield Passage("label", file, f"{at}.label", option.label)
        for word, reasons in (("arguments", option.arguments), ("settles", option.settles)):
            for mode, reason in reasons.items():
                yield Passage("because", file, f"{at}.{word}.{mode}.because", reason.because)
        if option.solve:
            yield Passage("solve", file, f"{at}.solve", option.solve)


def _of_chart(chart: Comparison) -> Iterator[Passage]:
    for name, topic in chart.topics.items():
        for mode, texts in (("push_in", topic.push_in), ("pull_out", topic.pull_out)):
            yield from (
                Passage("chart", "comparison", f"comparison.topics.{name}.{mode}.{key}", text)
                for key, text in texts.items()
            )
    for mode in MODES:
        for side in ("pros", "cons"):
            points = getattr(chart.pros_cons.get(mode), side, {})
            yield from (
                Passage("chart", "comparison", f"comparison.pros_cons.{mode}.{side}.{key}", point.say)
                for key, point in points.items()
            )
    for name, way in chart.others.items():
        yield Passage("chart", "comparison", f"comparison.others.{name}.what", way.what)
        for word, remarks in (("speaks_for", way.speaks_for), ("take_care", way.take_care)):
            yield from (
                Passage("chart", "comparison", f"comparison.others.{name}.{word}.{key}", remark.say)
                for key, remark in remarks.items()
            )


def e4(material: Material) -> Measured:
    """Reading level: over everything, and for each file."""
    bars = material.yardstick.bars
    bar = f"{float(bars.reading_grade):g}"
    if material.language != ENGLISH:
        return Measured("judge", {"bar": bar})
    found = tuple(passages(material.kb, material.comparison))
    files: dict[str, list[Passage]] = {}
    kinds: dict[str, list[Passage]] = {}
    for passage in found:
        files.setdefault(passage.file, []).append(passage)
        kinds.setdefault(passage.kind, []).append(passage)
    whole = _level(found)
    over = {name: level for name, those in files.items() if (level := _level(those)) > bars.reading_grade}
    kinds_over = {name: level for name, those in kinds.items() if (level := _level(those)) > bars.reading_grade}
    fails = [Hit(name, "file", {"grade": f"{level:g}", "bar": bar}) for name, level in over.items()]
    fails += [
        Hit(material.words(f"audit.kind_{name}"), "file", {"grade": f"{level:g}", "bar": bar})
        for name, level in kinds_over.items()
    ]
    if whole > bars.reading_grade:
        fails.append(Hit(material.words("audit.all_texts"), "file", {"grade": f"{whole:g}", "bar": bar}))
    failing = [p for p in found if p.file in over or p.kind in kinds_over]
    hard = [p for p in failing or found if words_in(p.text) >= bars.hard_words]
    hardest = sorted(hard, key=lambda passage: -grade((passage.text,)))[: int(bars.hardest)]
    return measured(
        fails,
        [Hit(p.where, "hard", {"grade": f"{grade((p.text,)):g}", "words": str(words_in(p.text))}) for p in hardest],
        grade=f"{whole:g}",
        bar=bar,
        texts=str(len(found)),
        files=str(len(files)),
        kinds=", ".join(f"{material.words(f'audit.kind_{kind}')} {_level(those):g}" for kind, those in kinds.items()),
        highest=f"{max((_level(those) for those in files.values()), default=0):g}",
    )


def _level(those: Iterable[Passage]) -> float:
    return grade(passage.text for passage in those)
