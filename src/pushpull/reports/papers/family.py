"""The paper for the family: the same facts in plain words, what to ask, what to bring, and what they may always do."""

from __future__ import annotations

from collections.abc import Iterator

from pushpull.audit.reading import grade
from pushpull.document import Block, Bullets, Cell, Document, Heading, Item, Note, Paragraph, Room, Rooms, Table
from pushpull.kb import MODES, Delivery, Mode
from pushpull.reports import phrases
from pushpull.reports.papers.service import PaperService
from pushpull.reports.papers.shared import in_order, term_items, words_of
from pushpull.reports.papers.stamp import Material
from pushpull.reports.week import WeekPage

_REASONS, _HARMS, _QUESTIONS, _TERMS = 3, 1, 2, 6
_ROOM_LINES = 4


def family_paper(material: Material) -> Document:
    """Return the paper for the family, with its own reading level printed on it."""
    words, kb = material.words, material.kb
    student = phrases.who(words, material.plan)
    title = words("family.title", student=student)
    pages = in_order(material)
    blocks: list[Block] = [
        Heading(title, 1, aside=material.stamp.date),
        Note(words("paper.draft_label"), words("family.draft")),
        Paragraph(kb.about.choice, lead=words("family.choice")),
    ]
    for page in pages:
        blocks += _service(page)
    blocks += _week(material)
    blocks += [
        Heading(words("family.bring")),
        Bullets(tuple(Item(text) for text in kb.papers.bring.values())),
        Heading(words("family.rights")),
        Paragraph(kb.papers.rights.text),
        Heading(words("family.notes")),
        Rooms(
            (
                Room(words("paper.parents_room"), _ROOM_LINES, written=material.plan.views.parents),
                Room(words("paper.student_room"), _ROOM_LINES, written=material.plan.views.student),
            )
        ),
        *term_items(material, words_of(blocks), most=_TERMS),
    ]
    level = words("family.grade", grade=f"{reading_grade(blocks):g}")
    version = words(
        "paper.version", date=material.stamp.date, program=material.stamp.program, content=material.stamp.content
    )
    footer = (level, words("suggest.limits"), version)
    return Document(title, tuple(blocks), kind="paper", compact=True, made=material.stamp.date, footer=footer)


def reading_grade(blocks: list[Block]) -> float:
    """Return the grade of US schools at which these blocks can be read, after Flesch and Kincaid."""
    return grade(text for block in blocks for text in _sentences(block))


def _sentences(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield block.text
        case Paragraph():
            yield f"{block.lead} {block.text}".strip()
        case Note():
            yield block.text
        case Bullets():
            yield from (f"{item.text} {item.tail}".strip() for item in block.items)
        case Table():
            yield from (text for row in block.rows for cell in row for text in cell.texts)
        case Rooms():
            yield from (room.label for room in block.rooms)
        case _:
            return


def _service(page: PaperService) -> Iterator[Block]:
    words, found = page.words, page.found
    yield Heading(page.title(), 2)
    if now := phrases.now(words, page.planned):
        now = now.partition(": ")[2]
        yield Paragraph(f"{page.kb.services[found.service].what} {words('family.now', now=now)}")
    else:
        yield Paragraph(page.kb.services[found.service].what)
    yield from page.first()
    lead = words(f"suggest.{found.mode}") if found.mode in {"push_in", "pull_out", "blend"} else ""
    firm = words(f"family.{page.outlook.firmness}") if found.mode not in {"open", "unknown"} else ""
    yield Paragraph(f"{words(f'family.says_{found.mode}')} {firm} {lead}".strip())
    yield _both_ways(page)
    looks = page.kb.services[found.service].looks_like
    if found.mode == "blend":
        parts = {mode: "; ".join(found.parts.get(mode, ())) for mode in MODES}
        text = f"{looks.get('blend', '')} {words('family.parts', **parts)}".strip()
        yield Paragraph(text, lead=words("family.blend_day"))
    if more := sum(max(0, len(page.for_mode(mode)) - _REASONS) for mode in MODES):
        text = words("family.more_one") if more == 1 else words("family.more", count=str(more))
        yield Paragraph(text, quiet=True)
    yield Heading(words("family.questions"), 3)
    yield Bullets(tuple(Item(ask) for ask in _questions(page)))


def _questions(page: PaperService) -> list[str]:
    asked = []
    if name := page.outlook.next_fact:
        question = page.questions[name]
        who = page.words(f"who.{question.who}")
        asked.append(page.words("family.find_out", ask=page.text(question.ask), who=phrases.capital(who)))
    ways: tuple[Delivery, ...] = (*MODES, "blend") if page.found.mode == "blend" else MODES
    for way in ways:
        asked += page.questions_for(way, _QUESTIONS if way != "blend" else 1, family=True)
    return list(dict.fromkeys([*asked, *page.questions_for_both(family=True)[:_QUESTIONS]]))


def _both_ways(page: PaperService) -> Table:
    words = page.words
    looks = page.kb.services[page.found.service].looks_like

    def cells(name: str, texts: dict[Mode, list[str]]) -> tuple[Cell, ...]:
        nothing = words("paper.nothing")
        return (
            Cell((words(f"family.row_{name}"),)),
            *(Cell(tuple(texts[mode]) or (nothing,), listed=len(texts[mode]) > 1) for mode in MODES),
        )

    rows = (
        cells("day", {mode: [looks[mode]] for mode in MODES}),
        cells(
            "reasons",
            {mode: [page.text(reason.because) for reason in page.for_mode(mode)[:_REASONS]] for mode in MODES},
        ),
        cells("harms", {mode: [point.say for point in page.harms(mode, _HARMS)] for mode in MODES}),
    )
    heads = (words("family.both_ways"), *(words(f"place.{mode}") for mode in MODES))
    return Table("", heads, rows, weights=(2, 7, 7))


def _week(material: Material) -> Iterator[Block]:
    """Yield what the week comes to, in two sentences."""
    weeks, words = material.weeks, material.words
    if weeks is None or weeks.now.percent is None:
        return
    page = WeekPage(material.kb, material.plan, weeks, words)
    last = weeks.proposed or weeks.now
    shares = {
        when: page.percent(week.percent).removesuffix(" percent")
        for when, week in weeks.each
        if week.percent is not None
    }
    student = phrases.who(words, material.plan)
    said = [words("family.week_both" if "proposed" in shares else "family.week_now", student=student, **shares)]
    if misses := list(dict.fromkeys(name for missed in last.missed for name in missed.names)):
        said.append(words("family.week_missed", student=student, misses=", ".join(misses)))
    yield Heading(words("family.week"))
    yield Paragraph(" ".join([*said, words("family.week_no_goal")]))
