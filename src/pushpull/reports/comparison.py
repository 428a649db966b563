"""The side-by-side comparison: the chart, one service's special points, or only pros and cons by concern."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pushpull.document import Block, Bullets, Cell, Document, Heading, Item, Note, Paragraph, Table
from pushpull.kb.comparison import Comparison, Concern, Point, Remark, Source
from pushpull.kb.entry import MODES, Mode
from pushpull.kb.words import Words, fill
from pushpull.reports.phrases import cited, source_list, who

if TYPE_CHECKING:  # most comparisons are shown without one
    from pushpull.kb.questions import Service

PROS, CONS, BLEND, OTHERS = "pros", "cons", "blend", "others"


@dataclass(frozen=True)
class Asked:
    """What of the comparison is wanted."""

    topics: Collection[str] = ()
    """Ids of rows; none means all."""
    by_concern: bool = False
    """Only the pros and cons, arranged by concern."""
    sources: bool = False
    """Whether every statement names its sources."""


def comparison(
    chart: Comparison,
    concerns: Mapping[str, Concern],
    sources: Mapping[str, Source],
    services: Mapping[str, Service],
    words: Words,
    asked: Asked,
) -> Document:
    """Return the comparison as a page; the profiles in `services` add what is special for them."""
    view = _View(chart, concerns, words, asked)
    blocks: list[Block] = [Heading(chart.title, 1)]
    if asked.by_concern:
        blocks += view.by_concern()
    else:
        if not asked.topics:
            blocks += [Paragraph(remark.say) for remark in chart.framing.values()]
        blocks += view.table()
        blocks += view.blend()
        blocks += view.others()
    for service in services.values():
        blocks += view.service(service)
    if asked.by_concern or not asked.topics or {PROS, CONS} & set(asked.topics):
        blocks.append(Paragraph(chart.pros_cons_note, quiet=True))
    credit = chart.credit
    blocks.append(
        Note(
            words("compare.credit"),
            words(
                "compare.credit_line",
                title=credit.title,
                author=credit.author,
                reviewer=credit.reviewer,
                publisher=credit.publisher,
                note=credit.note,
            ),
        )
    )
    if asked.sources:
        blocks += source_list(words, view.cited, sources)
    return Document(chart.title, tuple(blocks))


class _View:
    """Builds the parts of the page and remembers which sources they cite."""

    def __init__(self, chart: Comparison, concerns: Mapping[str, Concern], words: Words, asked: Asked) -> None:
        self.chart = chart
        self.concerns = concerns
        self.words = words
        self.asked = asked
        self.cited: list[str] = []

    def heads(self, first: str) -> tuple[str, ...]:
        return (first, *(self.chart.modes[mode].name for mode in MODES))

    def with_sources(self, text: str, ids: Iterable[str]) -> str:
        """Return a statement, with its sources behind it if they are wanted."""
        if not self.asked.sources:
            return text
        ids = tuple(ids)
        self.cited += ids
        return f"{text} {cited(ids)}".rstrip()

    def wanted(self, topic: str) -> bool:
        return not self.asked.topics or topic in self.asked.topics

    def table(self) -> list[Block]:
        """Return the chart."""
        rows = []
        for name, topic in self.chart.topics.items():
            if self.wanted(name):
                cells = ([*sides.values()] for sides in (topic.push_in, topic.pull_out))
                title = self.with_sources(topic.title, topic.sources)
                rows.append((Cell((title,)), *(Cell(tuple(texts), listed=True) for texts in cells)))
        for name in (PROS, CONS):
            if self.wanted(name):
                lists = (self.points(mode, name).values() for mode in MODES)
                cells = ([self.with_sources(point.say, point.sources) for point in points] for points in lists)
                title = self.words(f"compare.{name}")
                rows.append((Cell((title,)), *(Cell(tuple(texts), listed=True) for texts in cells)))
        if not rows:
            return []
        caption = self.words("compare.caption")
        return [Table(caption, self.heads(self.words("compare.topic")), tuple(rows), weights=(2, 5, 5))]

    def points(self, mode: Mode, side: str) -> Mapping[str, Point]:
        lists = self.chart.pros_cons[mode]
        return lists.pros if side == PROS else lists.cons

    def by_concern(self) -> list[Block]:
        """Return pros and cons of both modes under each concern."""
        rows = []
        for name, concern in self.concerns.items():
            cells = [
                [
                    self.words(f"compare.{side}_point", say=self.with_sources(point.say, point.sources))
                    for side in (PROS, CONS)
                    for point in self.points(mode, side).values()
                    if point.concern == name
                ]
                for mode in MODES
            ]
            if any(cells):
                ask = fill(concern.ask, student=who(self.words))
                nothing = self.words("compare.nothing")
                rows.append(
                    (
                        Cell((ask,)),
                        *(Cell(tuple(texts or [nothing]), listed=bool(texts)) for texts in cells),
                    )
                )
        heads = self.heads(self.words("compare.concern"))
        return [Table(self.chart.pros_cons_title, heads, tuple(rows), weights=(2, 4, 4))]

    def blend(self) -> list[Block]:
        """Return what a blend is, when it makes sense, and when it is only avoidance."""
        if not self.wanted(BLEND):
            return []
        story, words = self.chart.blend, self.words
        blocks: list[Block] = [Heading(self.chart.modes["blend"].name)]
        blocks.append(Paragraph(self.with_sources(self.chart.modes["blend"].short, story.sources)))
        for title, texts in (
            ("compare.blend_what", story.what),
            ("compare.blend_sense", story.makes_sense),
            ("compare.blend_avoidance", story.avoidance),
        ):
            blocks.append(Heading(words(title), 3))
            blocks.append(Bullets(tuple(Item(text) for text in texts.values())))
        return blocks

    def others(self) -> list[Block]:
        """Return the ways beside push-in, pull-out and blend, and no change at all."""
        if not self.wanted(OTHERS):
            return []
        words, student = self.words, who(self.words)

        def listed(remarks: Mapping[str, Remark]) -> Cell:
            return Cell(tuple(self.sentence(remark, student) for remark in remarks.values()), listed=True)

        ways = self.chart.others.values()
        rows = tuple((Cell((way.name,)), listed(way.speaks_for), listed(way.take_care)) for way in ways)
        heads = (words("compare.way"), words("compare.speaks_for"), words("compare.take_care"))
        return [
            Heading(self.chart.others_title),
            Bullets(tuple(Item(fill(way.what, student=student), mark=way.name) for way in ways)),
            Table("", heads, rows, weights=(3, 5, 5)),
        ]

    def sentence(self, remark: Remark, student: str) -> str:
        """Return a remark with its sources and its caveat in one text."""
        item = self.remark(remark, student)
        return f"{item.text} {item.tail}".rstrip()

    def service(self, service: Service) -> list[Block]:
        """Return what is special for one service."""
        words, student = self.words, who(self.words)
        rows = tuple(
            (Cell((self.chart.modes[mode].name,)), Cell((fill(text, student=student),)))
            for mode, text in service.looks_like.items()
        )
        blocks: list[Block] = [Heading(service.name), Paragraph(fill(service.what, student=student))]
        heads = (words("compare.way"), words("compare.looks_like"))
        blocks.append(Table(words("compare.looks_like"), heads, rows, weights=(1, 6)))
        for title, remarks in (
            ("compare.guidance", service.guidance),
            ("compare.doses", service.doses),
            ("compare.pitfalls", service.pitfalls),
            ("compare.not_known", service.not_known),
        ):
            if remarks:
                blocks.append(Heading(words(title), 3))
                blocks.append(Bullets(tuple(self.remark(remark, student) for remark in remarks.values())))
        return blocks

    def remark(self, remark: Remark, student: str) -> Item:
        text = self.with_sources(fill(remark.say, student=student), remark.sources)
        caveat = fill(remark.caveat, student=student) if remark.caveat else ""
        return Item(text, tail=self.words("suggest.caveat", caveat=caveat) if caveat else "")
