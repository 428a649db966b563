"""The paper for the team: everything that it has to weigh, on as few pages as that takes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pushpull.document import (
    Block,
    Bullets,
    Cell,
    Document,
    Facts,
    Heading,
    Item,
    Note,
    Paragraph,
    Room,
    Rooms,
    Table,
)
from pushpull.kb.about import overdue
from pushpull.kb.entry import MODES, Mode
from pushpull.kb.words import Words
from pushpull.reports import phrases
from pushpull.reports.papers.service import LEADING, PaperService
from pushpull.reports.papers.shared import (
    decided,
    first_of_all,
    in_order,
    overview,
    people,
    rooms_for_views,
    source_items,
    term_items,
)
from pushpull.reports.papers.stamp import Material
from pushpull.reports.papers.ways import explanation, goes_outside, other_ways
from pushpull.reports.week import week_blocks
from pushpull.suggest import Reason

_HARMS, _CHANGES, _QUESTIONS, _QUESTIONS_BOTH = 2, 1, 1, 2
_ROOM_LINES = 3


def team_paper(material: Material) -> Document:
    """Return the paper for the team, what needs most talk first."""
    words, kb = material.words, material.kb
    title = words("paper.title", student=phrases.who(words, material.plan))
    pages = in_order(material)
    # One scale for all bars, so that a long one means the same everywhere.
    whole = max((float(points) for page in pages for points in page.found.case.values()), default=0.0)
    grade = kb.rules.grades.get(material.plan.student.grade, material.plan.student.grade)
    blocks: list[Block] = [
        Heading(title, 1, aside=" · ".join(filter(None, (grade, phrases.day(words, material.stamp.date))))),
        Note(words("paper.draft_label"), words("paper.draft")),
        *first_of_all(pages),
        Paragraph(f"{kb.about.choice} {words('paper.legend')}", quiet=True),
        *overview(pages, words),
        *(block for page in pages for block in _service(page, whole)),
        *_for_every(pages, words),
        *_week(material),
        *_tasks(material, pages),
        *people(material),
        Heading(words("paper.room"), aside=words("paper.views_why")),
        Rooms(
            (
                Room(words("paper.team_room"), _ROOM_LINES, written=_decisions(material, pages)),
                *rooms_for_views(material, _ROOM_LINES),
            )
        ),
    ]
    blocks += [
        *term_items(material, blocks, but=kb.papers.known_to_team),
        *source_items(material, blocks),
    ]
    return Document(
        title, tuple(blocks), kind="paper", compact=True, made=material.stamp.date, footer=(_foot(material),)
    )


def _service(page: PaperService, whole: float) -> Iterator[Block]:
    words = page.words
    yield Heading(page.title(), 2, aside=phrases.now(words, page.planned))
    yield from page.own_first()
    yield Paragraph(
        " ".join((words(f"suggest.how_firm_{page.outlook.firmness}"), page.why())),
        lead=words(f"suggest.{page.found.mode}"),
    )
    yield replace(page.bars(), whole=whole)
    yield from page.incomplete()
    yield _both_ways(page)
    yield Facts(tuple(_facts(page)))
    if goes_outside(page):
        yield Room(words("paper.explain"), written=explanation(page))


def _both_ways(page: PaperService) -> Table:
    """Return both ways side by side, in equal room: what speaks for each, what could go wrong, what is to be asked."""
    words = page.words

    def row(name: str, texts: dict[Mode, list[str]]) -> tuple[Cell, ...]:
        nothing = words("paper.nothing")
        cells = (Cell(tuple(texts[mode]) or (nothing,), listed=len(texts[mode]) > 0) for mode in MODES)
        return (Cell((words(f"paper.row_{name}"),)), *cells)

    harms = {mode: [page.text(point.say) for point in page.harms(mode, _HARMS)] for mode in MODES}
    rows = (
        row("reasons", _reasons(page)),
        row("harms", harms),
        row("ask", {mode: [*page.before(mode), *_asked(page, mode)] for mode in MODES}),
    )
    heads = (words("paper.both_ways"), *(words(f"place.{mode}") for mode in MODES))
    return Table("", heads, rows, weights=(4, 15, 15))


def _reasons(page: PaperService) -> dict[Mode, list[str]]:
    """Return the leading reasons of both modes with all that is behind them.

    The note behind an answer stands once, with the first reason that the answer gave.
    """
    notes = dict(page.notes)
    said: dict[Mode, list[str]] = {}
    for mode in MODES:
        found = page.for_mode(mode)
        said[mode] = [_reason(page, reason, notes.pop(reason.question, "")) for reason in found[:LEADING]]
    return said


def _also(page: PaperService, mode: Mode) -> str:
    """Return the other reasons for a mode, in short."""
    more = [page.text(reason.because).rstrip(".") for reason in page.for_mode(mode)[LEADING:]]
    place = page.words(f"place.{mode}")
    return page.words("paper.also_for", place=place, reasons="; ".join(more)) if more else ""


def _asked(page: PaperService, mode: Mode) -> list[str]:
    return [page.words("paper.ask", ask=ask) for ask in page.questions_for(mode, _QUESTIONS)]


def _reason(page: PaperService, reason: Reason, note: str) -> str:
    words = page.words
    strength = page.kb.rules.strengths[reason.strength].name if reason.strength else words("suggest.settles")
    basis = page.kb.rules.bases[reason.basis]
    behind = words("suggest.basis", basis=basis, strength=strength, cited=page.cited_short(reason.sources)).rstrip()
    said = [words("paper.reason", because=page.text(reason.because), behind=behind)]
    if note:
        said.append(words("suggest.noted", note=note.rstrip(".")))
    if reason.caveat and reason.basis == "research":  # of practice, the legend says what it is worth
        said.append(words("suggest.caveat", caveat=page.text(reason.caveat)))
    return " ".join(said)


def _facts(page: PaperService) -> Iterator[tuple[str, str]]:
    words, planned, found = page.words, page.planned, page.found
    if also := [more for mode in MODES if (more := _also(page, mode))]:
        yield words("paper.also"), " ".join(also)
    shared = [*page.before(*MODES), *(page.before() if found.mode == "blend" else ())]
    asked = page.questions_for("blend", 1) if found.mode == "blend" else []
    if shared or asked:
        yield words("paper.either_way"), "; ".join([*shared, *asked])
    if lines := page.line_texts():
        yield words("paper.lines"), " ".join(filter(None, (*lines, page.amounts())))
    aids = [
        words(f"paper.aid_{aid.was}" if words.has(f"paper.aid_{aid.was}") else "paper.aid_other", aid=page.aid(aid))
        for aid in planned.aids.values()
    ]
    yield words("paper.aids"), " ".join(aids) or words("paper.aids_none")
    yield words("paper.moves"), _moves(page)
    changes = [page.change(change).text for change in page.outlook.would_change[:_CHANGES]]
    if changes or (not found.settled_by and found.mode != "unknown"):
        none = "nothing_changes_but_settling" if page.could_be_settled() else "nothing_changes"
        yield words("paper.would_change"), " ".join(changes) or words(f"suggest.{none}")
    if name := page.outlook.next_fact:
        question = page.questions[name]
        who = words(f"who.{question.who}")
        yield words("suggest.next_fact"), words("paper.next_fact", ask=page.text(question.ask), who=who)
    ways = [words("paper.way_not", way=phrases.capital(way), why=why) for way, why in other_ways(page)]
    yield words("paper.other_ways"), " ".join(ways)
    if counted := list(_not_counted(page)):
        yield words("suggest.not_counted"), " ".join(counted)
    if tensions := [page.text(item.say) for item in found.tensions]:
        yield words("suggest.tensions"), " ".join(tensions)


def _moves(page: PaperService) -> str:
    """Return how the service moves towards class, when the team looks again, and what would show it either way."""
    words, review = page.words, page.planned.review
    mode = page.found.mode
    fade = page.material.kb.papers.fade["push_in" if mode == "open" or mode == "unknown" else mode]  # noqa: PLR1714
    own = not (review.towards_class and review.towards_outside)
    said = [
        page.steps(),
        words("paper.review", day=phrases.day(words, review.on)) if review.on else words("paper.review_open"),
        words("paper.ahead", sign=(review.towards_class or fade.ahead).rstrip(".")),
        words("paper.back", sign=(review.towards_outside or fade.back).rstrip(".")),
        f"{fade.caveat} {page.cited_short(fade.sources)}" if own else "",
    ]
    return " ".join(filter(None, said))


def _not_counted(page: PaperService) -> Iterator[str]:
    for item in page.found.not_counted:
        why = page.words(f"suggest.why_{item.why}", solve=page.text(item.solve))
        yield page.words("paper.not_counted", label=page.text(item.label).rstrip("."), why=why)


def _for_every(pages: list[PaperService], words: Words) -> Iterator[Block]:
    """Yield what to ask of each service, and the notes of all of them, each once."""
    known: dict[str, list[PaperService]] = {}
    asked: list[str] = []
    for page in pages:
        for name in page.found.notes:
            note = page.kb.notes[name]
            if not note.first and name not in page.material.kb.papers.shown_itself:
                said = f"{page.text(note.say)} {page.cited_short(note.sources)}".rstrip()
                known.setdefault(said, []).append(page)
        asked += page.questions_for_both()[:_QUESTIONS_BOTH]
    items = (
        Item(said, tail=", ".join(page.short() for page in those) if len(those) < len(pages) else "")
        for said, those in known.items()
    )
    yield Heading(words("paper.worth_knowing"))
    if asked:
        yield Facts(((words("paper.ask_each"), " ".join(dict.fromkeys(asked))),))
    if known:
        yield Bullets(tuple(items))


def _week(material: Material) -> list[Block]:
    words = material.words
    if material.weeks:
        return week_blocks(material.kb, material.plan, material.weeks, words)
    return [Heading(words("week.heading")), Paragraph(words("paper.no_week"))]


def _tasks(material: Material, pages: list[PaperService]) -> Iterator[Block]:
    """Yield who does what by when: for the whole plan, then for each service."""
    words = material.words
    given = [
        task for tasks in (material.plan.tasks, *(page.planned.tasks for page in pages)) for task in tasks.values()
    ]
    items = [Item(task.what, mark=task.who, tail=_by(words, task.by)) for task in given]
    if items:
        yield Heading(words("paper.tasks"))
        by_whom = dict.fromkeys(replace(item, mark=phrases.capital(item.mark)) for item in items)
        yield Bullets(tuple(by_whom), columns=2)


def _by(words: Words, text: str) -> str:
    """Return by when: a day with the word for it, anything else, such as "each Friday", as it was written."""
    day = phrases.day(words, text)
    return text if day == text else words("paper.task_by", day=day)


def _decisions(material: Material, pages: list[PaperService]) -> str:
    words = material.words
    teams = ((page, decided(words, page.planned.team.mode, page.planned.team.why)) for page in pages)
    return " ".join(words("paper.decided", service=page.title(), decided=text) for page, text in teams if text)


def _foot(material: Material) -> str:
    words, kb, stamp = material.words, material.kb, material.stamp
    about = kb.about
    sentences = [words("suggest.limits"), about.authors, about.reviewers, about.tested, about.funding]
    if overdue(about, kb.rules.reviewed, stamp.date):
        sentences.append(words("paper.overdue", reviewed=kb.rules.reviewed, months=str(about.review_months)))
    sentences.append(material.version())
    return " ".join(sentences)
