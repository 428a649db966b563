"""What a caseload comes to as a whole, as a page: counts of services, and nobody by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Literal, get_args

from pushpull.caseload.summary import Alike, Summary
from pushpull.document import Block, Bullets, Cell, Document, Facts, Heading, Item, Note, Paragraph, Table
from pushpull.kb.base import KnowledgeBase
from pushpull.kb.entry import Outcome
from pushpull.kb.words import Words, fill
from pushpull.reports import phrases

MODES: tuple[Outcome, ...] = get_args(Outcome)
NOW = ("push_in", "pull_out", "blend", "none", "")
MOST = 10
"""So many facts and requirements are named."""
_AMOUNTS = frozenset({"not_an_amount"})
_WORDS = frozenset({"unknown_answer", "unknown_service", "no_service_told", "not_one_of"})


def caseload_page(
    kb: KnowledgeBase,
    summary: Summary,
    words: Words,
    *,
    sheet: str,
    students: int,
    kind: Literal["screen", "paper"] = "screen",
    made: str = "",
) -> Document:
    """Return the page on a caseload; `sheet` is what it was worked out from, with so many `students`."""
    page = _Page(kb, summary, words, brief=kind == "screen")
    title = words("caseload.title")
    blocks = (
        Heading(title, 1),
        page.first(sheet, students),
        Note(words("suggest.limits_label"), words("caseload.limits")),
    )
    rest = (page.now_against(), page.by_service(), page.facts(), page.requirements(), page.logistics())
    closing = (page.week(), page.problems())
    return Document(
        title, (*blocks, *(block for part in (*rest, *closing) for block in part)), kind=kind, made=made
    )  # fmt: skip


class _Page:
    def __init__(self, kb: KnowledgeBase, summary: Summary, words: Words, *, brief: bool) -> None:
        self.kb = kb
        self.summary = summary
        self.words = words
        self.brief = brief
        """Whether a service takes one line, whatever its present ways are."""
        self.student = phrases.who(words)

    def first(self, sheet: str, students: int) -> Facts:
        words, summary = self.words, self.summary
        differing = [kind for kind in summary.rows if kind.differs is not None]
        differ = self._of(
            self._count(lambda kind: kind.differs is True), sum(summary.rows[kind] for kind in differing), "differ_of"
        )
        pairs = [
            (words("caseload.from"), sheet),
            (words("caseload.students"), _number(students)),
            (words("caseload.rows"), _number(summary.worked_out + summary.bad.total())),
        ]
        if summary.bad:
            pairs.append((words("caseload.bad"), _number(summary.bad.total())))
        pairs.append((words("caseload.differ"), differ or words("caseload.none_to_tell")))
        if firm := self._of(self._count(lambda kind: kind.firmness == "firm"), summary.worked_out, "share"):
            pairs.append((words("caseload.share_firm"), firm))
        return Facts(tuple(pairs))

    def now_against(self) -> Iterator[Block]:
        if not self.summary.rows:
            return
        words = self.words
        yield Heading(words("caseload.now_against"))
        rows = [
            (self._now(now), *self._cells(lambda kind, now=now: kind.now == now))  # type: ignore[misc]
            for now in NOW
            if self._count(lambda kind, now=now: kind.now == now)  # type: ignore[misc]
        ]
        rows.append((words("caseload.all_services"), *self._cells(lambda _kind: True)))
        yield self._table(words("caseload.now_caption"), words("caseload.now_head"), rows)

    def by_service(self) -> Iterator[Block]:
        services = [name for name in self.kb.services if self._count(lambda kind, name=name: kind.service == name)]  # type: ignore[misc]
        if not services:
            return
        words = self.words
        yield Heading(words("caseload.by_service"))
        rows = []
        for name in services:
            called = self.kb.services[name].name
            if self.brief:
                rows.append((called, *self._cells(lambda kind, name=name: kind.service == name)))  # type: ignore[misc]
                continue
            for now in NOW:
                cells = self._cells(lambda kind, name=name, now=now: (kind.service, kind.now) == (name, now))  # type: ignore[misc]
                if any(cell not in {"0", ""} for cell in cells):
                    rows.append((words("caseload.service_now", service=called, now=self._now(now)), *cells))
        head = words("caseload.service_head" if self.brief else "caseload.service_now_head")
        yield self._table(words("caseload.service_caption"), head, rows)

    def facts(self) -> Iterator[Block]:
        found = Counter({name: count for name, count in self.summary.facts.items() if name})
        yield from self._listed("facts", ((self._asked(name), count) for name, count in _most(found)))

    def requirements(self) -> Iterator[Block]:
        found: Counter[str] = Counter()
        for names, count in self.summary.missing.items():
            for name in names:
                found[name] += count
        known = self.kb.requirements
        yield from self._listed("requirements", ((known[name].say, count) for name, count in _most(found)))

    def logistics(self) -> Iterator[Block]:
        count = self._count(lambda kind: kind.for_the_school)
        if not count:
            return
        yield Heading(self.words("caseload.logistics"))
        yield Paragraph(self.words.count("caseload.logistics", count))
        differing = self._count(lambda kind: kind.for_the_school and kind.differs is True)
        if differing:
            yield Paragraph(self.words.count("caseload.logistics_differ", differing))

    def week(self) -> Iterator[Block]:
        if not self.summary.shares:
            return
        yield Heading(self.words("caseload.week"))
        yield Paragraph(self.words.count("caseload.week_known", self.summary.shares))
        if self.summary.near:
            yield Paragraph(self.words.count("caseload.week_near", self.summary.near))

    def problems(self) -> Iterator[Block]:
        if not self.summary.bad:
            return
        kinds: Counter[str] = Counter()
        for say, count in self.summary.bad.items():
            kinds["amount" if say in _AMOUNTS else "bad_cell" if say in _WORDS else "row"] += count
        items = ((self.words(f"caseload.kind_{kind}"), count) for kind, count in _most(kinds))
        yield Heading(self.words("caseload.problems"))
        yield Paragraph(self.words("caseload.problem_kinds"))
        yield self._bullets(items)

    def _asked(self, name: str) -> str:
        """Return how a question is asked, as most services word it."""
        banks = (self.kb.student_questions, *(service.questions for service in self.kb.services.values()))
        asked = Counter(bank[name].ask for bank in banks if name in bank)
        return asked.most_common(1)[0][0]

    def _listed(self, name: str, counted: Iterable[tuple[str, int]]) -> Iterator[Block]:
        bullets = self._bullets((fill(text, student=self.student), count) for text, count in counted)
        if bullets.items:
            yield Heading(self.words(f"caseload.{name}"))
            yield Paragraph(self.words(f"caseload.{name}_why"), quiet=True)
            yield bullets

    def _bullets(self, counted: Iterable[tuple[str, int]]) -> Bullets:
        words = self.words
        return Bullets(tuple(Item(words("caseload.counted", say=say, count=_number(count))) for say, count in counted))

    def _table(self, caption: str, first: str, rows: Iterable[tuple[str, ...]]) -> Table:
        words = self.words
        heads = (first, *(words(f"caseload.mode_{mode}") for mode in MODES), words("caseload.firm_head"))
        cells = tuple(tuple(Cell((text,)) for text in row) for row in rows)
        return Table(caption, heads, cells, weights=(7, *(2 for _ in heads[1:])))

    def _cells(self, wanted: Callable[[Alike], bool]) -> tuple[str, ...]:
        """Return how many of some services came to each outcome, and how many of them are firm."""
        by_mode: Counter[str] = Counter()
        firm = 0
        for kind, count in self.summary.rows.items():
            if wanted(kind):
                by_mode[kind.mode] += count
                firm += count if kind.firmness == "firm" else 0
        return (*(_number(by_mode[mode]) for mode in MODES), _percent(firm, by_mode.total()))

    def _count(self, wanted: Callable[[Alike], bool]) -> int:
        return sum(count for kind, count in self.summary.rows.items() if wanted(kind))

    def _of(self, count: int, whole: int, phrase: str) -> str:
        if not whole:
            return ""
        numbers = {"count": _number(count), "all": _number(whole), "percent": str(round(100 * count / whole))}
        return self.words(f"caseload.{phrase}", **numbers)

    def _now(self, now: str) -> str:
        return self.words(f"mode.{now}") if now else self.words("caseload.now_empty")


def _most(counted: Counter[str]) -> list[tuple[str, int]]:
    """Return the most frequent ones; equal ones by their ids, so that every run says the same."""
    return sorted(counted.items(), key=lambda each: (-each[1], each[0]))[:MOST]


def _number(count: int) -> str:
    return f"{count:,}"


def _percent(count: int, whole: int) -> str:
    return f"{round(100 * count / whole)}%" if whole else ""
