"""The paper for the family: the same facts in plain words, what to ask, what to bring, and what they may always do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pushpull.audit.reading import grade
from pushpull.document import Block, Bullets, Cell, Document, Facts, Heading, Item, Note, Paragraph, Rooms, Table
from pushpull.kb.entry import MODES, Delivery
from pushpull.kb.words import Words
from pushpull.reports import phrases
from pushpull.reports.papers.service import LEADING, PaperService
from pushpull.reports.papers.shared import decided, first_of_all, in_order, rooms_for_views, term_items
from pushpull.reports.papers.stamp import Material
from pushpull.reports.week import WeekPage

_HARMS, _QUESTIONS, _QUESTIONS_BOTH = 1, 2, 3
_ROOM_LINES = 3


def family_paper(material: Material) -> Document:
    """Return the paper for the family, with its own reading level printed on it."""
    words, kb = material.words, material.kb
    student = phrases.who(words, material.plan)
    title = words("family.title", student=student)
    pages = in_order(material)
    blocks: list[Block] = [
        Heading(title, 1, aside=phrases.day(words, material.stamp.date)),
        *first_of_all(pages),
        Note(words("paper.draft_label"), words("family.draft")),
        Paragraph(kb.about.choice, lead=words("family.choice")),
    ]
    for page in pages:
        blocks += _service(page)
    blocks += [
        *_ask_of_each(pages, words),
        *_week(material),
        Heading(words("family.bring")),
        Bullets(tuple(Item(text) for text in kb.papers.bring.values())),
        Heading(words("family.rights")),
        Paragraph(kb.papers.rights.text),
        Heading(words("family.notes")),
        Rooms(rooms_for_views(material, _ROOM_LINES)),
    ]
    blocks += term_items(material, blocks)
    level = words("family.grade", grade=f"{reading_grade(blocks, student):g}")
    footer = (f"{words('suggest.limits')} {level} {material.version()}",)
    return Document(title, tuple(blocks), kind="paper", made=material.stamp.date, footer=footer)


def reading_grade(blocks: Iterable[Block], student: str = "") -> float:
    """Return the grade of US schools at which these blocks can be read, after Flesch and Kincaid.

    Headings and labels are left out, since each would count as a short sentence, and a student's label counts as one
    word, since the point of "R. Sample" would count as the end of a sentence.
    """
    texts = (text for block in blocks for text in _sentences(block))
    return grade(text.replace(student, "{student}") if student else text for text in texts)


def _sentences(block: Block) -> Iterator[str]:
    match block:
        case Paragraph() | Note():
            yield block.text
        case Bullets():
            yield from (f"{item.text} {item.tail}".strip() for item in block.items)
        case Facts():
            yield from (text for _, text in block.pairs)
        case Table():
            yield from (text for row in block.rows for cell in row[1:] for text in cell.texts)
        case _:
            return


def _service(page: PaperService) -> Iterator[Block]:
    words, found = page.words, page.found
    service = page.kb.services[found.service]
    yield Heading(page.title(), 2, aside=phrases.now(words, page.planned))
    yield Paragraph(service.what)
    yield from page.own_first()
    firm = words(f"family.{page.outlook.firmness}") if found.mode not in {"open", "unknown"} else ""
    said = (words(f"family.says_{found.mode}"), _main(page), firm)
    yield Paragraph(" ".join(filter(None, said)), lead=words(f"suggest.{found.mode}"))
    yield _both_ways(page)
    more = {mode: max(0, len(page.for_mode(mode)) - LEADING) for mode in MODES}
    if any(more.values()):
        given = {mode: str(number) for mode, number in more.items()}
        shown = str(len(found.reasons) - sum(more.values()))
        yield Paragraph(words("family.more", shown=shown, all=str(len(found.reasons)), **given), quiet=True)
    if facts := tuple(_facts(page)):
        yield Facts(facts)
    yield Heading(words("family.questions"), 3)
    yield Bullets(tuple(map(Item, _questions(page))))


def _main(page: PaperService) -> str:
    """Return the reason that weighs most for the one way that the answers speak for, if it is one way."""
    found = page.found
    if found.mode not in MODES or not (reasons := page.for_mode(found.mode)):
        return ""
    return page.words("family.main", because=page.text(reasons[0].because))


def _both_ways(page: PaperService) -> Table:
    words = page.words
    looks = page.kb.services[page.found.service].looks_like
    nothing = words("paper.nothing")
    texts = {
        "day": [[looks[mode]] for mode in MODES],
        "reasons": [[page.text(reason.because) for reason in page.for_mode(mode)[:LEADING]] for mode in MODES],
        "harms": [[page.text(point.say) for point in page.harms(mode, _HARMS)] for mode in MODES],
    }
    rows = tuple(
        (
            Cell((words(f"family.row_{name}"),)),
            *(Cell(tuple(said) or (nothing,), listed=len(said) > 1) for said in both),
        )
        for name, both in texts.items()
    )
    heads = (words("family.both_ways"), *(words(f"place.{mode}") for mode in MODES))
    return Table("", heads, rows, weights=(2, 7, 7))


def _facts(page: PaperService) -> Iterator[tuple[str, str]]:
    """Yield what a blend could look like, what is proposed, and when the team looks again."""
    words, found, review = page.words, page.found, page.planned.review
    if found.mode == "blend":
        looks = page.kb.services[found.service].looks_like.get("blend", "")
        parts = {mode: "; ".join(found.parts.get(mode, ())) for mode in MODES}
        named = "" if page.planned.proposed else words("family.parts", **parts)
        yield words("family.blend_day"), f"{looks} {named}".strip()
    proposed = page.line_texts() if page.planned.proposed else [words("family.not_proposed")]
    yield words("family.proposed"), " ".join(filter(None, (*proposed, page.amounts())))
    if written := decided(words, page.planned.team.mode, page.planned.team.why):
        yield words("family.decided"), written
    if review.on:
        yield words("family.review"), words("paper.review", day=phrases.day(words, review.on))


def _questions(page: PaperService) -> list[str]:
    """Return what to ask: first the fact that would help most, then what belongs to each way."""
    asked = []
    if name := page.outlook.next_fact:
        question = page.questions[name]
        who = phrases.capital(page.words(f"who.{question.who}"))
        asked.append(page.words("family.find_out", ask=page.text(question.ask), who=who))
    ways: tuple[Delivery, ...] = (*MODES, "blend") if page.found.mode == "blend" else MODES
    # What the answers speak for comes first, for that is what the meeting will be about.
    for way in sorted(ways, key=lambda way: way != page.found.mode):
        asked += page.questions_for(way, 1 if way == "blend" else _QUESTIONS, family=True)
    return list(dict.fromkeys(asked))


def _ask_of_each(pages: Iterable[PaperService], words: Words) -> Iterator[Block]:
    """Yield what to ask of every service, once."""
    asked: dict[str, None] = {}
    for page in pages:
        asked |= dict.fromkeys(page.questions_for_both(family=True)[:_QUESTIONS_BOTH])
    if asked:
        yield Heading(words("family.every"))
        yield Bullets(tuple(map(Item, asked)))


def _week(material: Material) -> Iterator[Block]:
    """Yield what the week comes to, in a few sentences."""
    weeks, words = material.weeks, material.words
    if weeks is None or weeks.now.percent is None:
        return
    page = WeekPage(material.kb, material.plan, weeks, words)
    last = weeks.proposed or weeks.now
    shares: dict[str, str] = {when: page.percent(week.percent) for when, week in weeks.each if week.percent is not None}
    student = phrases.who(words, material.plan)
    said = [words("family.week_both" if "proposed" in shares else "family.week_now", student=student, **shares)]
    said.append(words("family.week_no_goal"))
    if misses := list(dict.fromkeys(name for missed in last.missed for name in missed.names)):
        said.append(words("family.week_missed", student=student, misses=", ".join(misses)))
    yield Heading(words("family.week"))
    yield Paragraph(" ".join(said))
