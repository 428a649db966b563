"""The paper for the team: everything that it has to weigh, on as few pages as that takes."""

from __future__ import annotations

from collections.abc import Iterator

from pushpull.document import Block, Cell, Document, Facts, Heading, Note, Paragraph, Room, Rooms, Table
from pushpull.kb import MODES, Mode, overdue
from pushpull.reports import phrases
from pushpull.reports.papers.service import LEADING, PaperService
from pushpull.reports.papers.shared import decided, in_order, overview, people, source_items, term_items, words_of
from pushpull.reports.papers.stamp import Material
from pushpull.reports.papers.ways import explanation, other_ways
from pushpull.reports.week import week_blocks

_HARMS, _CHANGES, _QUESTIONS, _QUESTIONS_BOTH = 2, 2, 2, 2
_ROOM_LINES = 4


def team_paper(material: Material) -> Document:
    """Return the paper for the team, what needs most talk first."""
    words, kb = material.words, material.kb
    student = phrases.who(words, material.plan)
    title = words("paper.title", student=student)
    pages = in_order(material)
    grade = kb.rules.grades.get(material.plan.student.grade, material.plan.student.grade)
    aside = " · ".join(filter(None, (grade, material.stamp.date)))
    blocks: list[Block] = [
        Heading(title, 1, aside=aside),
        Note(words("paper.draft_label"), words("paper.draft")),
        *overview(pages, words),
        Paragraph(f"{kb.about.choice} {words('paper.legend')}", quiet=True),
    ]
    for page in pages:
        blocks += _service(page)
    if material.weeks:
        blocks += week_blocks(kb, material.plan, material.weeks, words)
    blocks += [
        *_tasks(material, pages),
        *people(material),
        Heading(words("paper.room")),
        Rooms(
            (
                Room(words("paper.team_room"), _ROOM_LINES, written=_decisions(material, pages)),
                Room(words("paper.parents_room"), _ROOM_LINES, written=material.plan.views.parents),
                Room(words("paper.student_room"), _ROOM_LINES, written=material.plan.views.student),
            )
        ),
        Paragraph(words("paper.views_why"), quiet=True),
    ]
    blocks += [
        *term_items(material, words_of(blocks)),
        *source_items(material, [id for page in pages for id in page.used]),
    ]
    return Document(
        title, tuple(blocks), kind="paper", compact=True, made=material.stamp.date, footer=tuple(_foot(material))
    )


def _service(page: PaperService) -> Iterator[Block]:
    words = page.words
    yield Heading(page.title(), 2, aside=phrases.now(words, page.planned))
    yield from page.first()
    yield Paragraph(
        " ".join((words(f"suggest.how_firm_{page.outlook.firmness}"), page.why())),
        lead=words(f"suggest.{page.found.mode}"),
    )
    yield page.bars()
    yield from page.incomplete()
    yield _both_ways(page)
    yield Facts(tuple(_facts(page)))
    yield Room(words("paper.explain"), written=explanation(page))


def _both_ways(page: PaperService) -> Table:
    """Return both ways side by side, in equal room: what speaks for each, what could go wrong, what is to be asked."""
    words = page.words

    def row(name: str, texts: dict[Mode, list[str]]) -> tuple[Cell, ...]:
        nothing = words("paper.nothing")
        cells = (Cell(tuple(texts[mode]) or (nothing,), listed=len(texts[mode]) > 0) for mode in MODES)
        return (Cell((words(f"paper.row_{name}"),)), *cells)

    rows = [
        row("reasons", {mode: _reasons(page, mode) for mode in MODES}),
        row(
            "harms",
            {
                mode: [f"{point.say} {page.cited_short(point.sources)}" for point in page.harms(mode, _HARMS)]
                for mode in MODES
            },
        ),
        row("before", {mode: _before(page, mode) for mode in MODES}),
        row("questions", {mode: page.questions_for(mode, _QUESTIONS) for mode in MODES}),
    ]
    heads = (words("paper.both_ways"), *(words(f"place.{mode}") for mode in MODES))
    return Table("", heads, tuple(rows), weights=(2, 7, 7))


def _reasons(page: PaperService, mode: Mode) -> list[str]:
    words = page.words
    found = page.for_mode(mode)
    said = []
    for reason in found[:LEADING]:
        strength = page.kb.rules.strengths[reason.strength].name if reason.strength else words("suggest.settles")
        behind = words(
            "suggest.basis",
            basis=page.kb.rules.bases[reason.basis],
            strength=strength,
            cited=page.cited_short(reason.sources),
        ).rstrip()
        note = page.notes.get(reason.question)
        noted = f" {words('suggest.noted', note=note.rstrip('.'))}" if note else ""
        said.append(words("paper.reason", because=page.text(reason.because), behind=behind) + noted)
    if also := [page.text(reason.because).rstrip(".") for reason in found[LEADING:]]:
        said.append(words("paper.also", reasons="; ".join(also)))
    return said


def _before(page: PaperService, mode: Mode) -> list[str]:
    checked = [item for item in page.found.requirements if mode in item.modes]
    return [
        page.words(
            "paper.before_law" if item.basis == "law" else "paper.before",
            status=page.words(f"suggest.status_{item.status}"),
            say=page.text(item.say),
        )
        for item in checked
    ]


def _facts(page: PaperService) -> Iterator[tuple[str, str]]:
    words, planned, found = page.words, page.planned, page.found
    if lines := list(page.line_texts()):
        yield words("paper.lines"), " ".join(lines)
    aids = [
        words(f"paper.aid_{aid.was}" if words.has(f"paper.aid_{aid.was}") else "paper.aid_other", aid=_aid(page, name))
        for name, aid in planned.aids.items()
    ]
    yield words("paper.aids"), " ".join(aids) or words("paper.aids_none")
    changes = [page.change(change).text for change in page.outlook.would_change[:_CHANGES]]
    if changes or (not found.settled_by and found.mode != "unknown"):
        none = "nothing_changes_but_settling" if page.could_be_settled() else "nothing_changes"
        yield words("suggest.would_change"), " ".join(changes) or words(f"suggest.{none}")
    if name := page.outlook.next_fact:
        question = page.questions[name]
        who = words(f"who.{question.who}")
        yield words("suggest.next_fact"), words("paper.next_fact", ask=page.text(question.ask), who=who)
    yield words("paper.moves"), _moves(page)
    if counted := list(_not_counted(page)):
        yield words("suggest.not_counted"), " ".join(counted)
    ways = [words("paper.way_not", way=way, why=why) for way, why in other_ways(page)]
    yield words("paper.other_ways"), " ".join(ways)
    if tensions := [page.text(item.say) for item in found.tensions]:
        yield words("suggest.tensions"), " ".join(tensions)
    if notes := [
        f"{page.text(note.say)} {page.cited_short(note.sources)}".rstrip()
        for name in found.notes
        if not (note := page.kb.notes[name]).first
    ]:
        yield words("suggest.notes"), " ".join(notes)
    asked = page.questions_for("blend", 1) if found.mode == "blend" else []
    yield words("paper.questions_both"), " ".join([*asked, *page.questions_for_both(_QUESTIONS_BOTH)])


def _aid(page: PaperService, name: str) -> str:
    aid = page.planned.aids[name]
    return page.words("paper.aid_with", aid=aid.aid, data=aid.data) if aid.data else aid.aid


def _moves(page: PaperService) -> str:
    """Return how the service moves towards class, when the team looks again, and what would show it either way."""
    words, review = page.words, page.planned.review
    way = page.found.mode if page.found.mode in page.kb.papers.fade else "push_in"
    fade = page.kb.papers.fade[way]  # type: ignore[index]
    own = not (review.towards_class and review.towards_outside)
    said = [
        page.steps(),
        words("paper.review", day=review.on) if review.on else words("paper.review_open"),
        words("paper.ahead", sign=(review.towards_class or fade.ahead).rstrip(".")),
        words("paper.back", sign=(review.towards_outside or fade.back).rstrip(".")),
        f"{fade.caveat} {page.cited_short(fade.sources)}" if own else "",
    ]
    return " ".join(filter(None, said))


def _not_counted(page: PaperService) -> Iterator[str]:
    for item in page.found.not_counted:
        why = page.words(f"suggest.why_{item.why}", solve=page.text(item.solve))
        yield page.words("paper.not_counted", label=page.text(item.label).rstrip("."), why=why)


def _tasks(material: Material, pages: list[PaperService]) -> Iterator[Block]:
    """Yield who does what by when: what the plan says, then the facts to find out."""
    words = material.words
    rows = [
        (task.what, task.who, task.by)
        for tasks in (material.plan.tasks, *(page.planned.tasks for page in pages))
        for task in tasks.values()
    ]
    for page in pages:
        if name := page.outlook.next_fact:
            question = page.questions[name]
            ask = words("paper.task_find", ask=page.text(question.ask))
            rows.append((ask, words(f"who.{question.who}"), ""))
    if rows:
        heads = (words("paper.task_what"), words("paper.task_who"), words("paper.task_by"))
        cells = tuple((Cell((what,)), Cell((who,)), Cell((by,))) for what, who, by in dict.fromkeys(rows))
        yield Heading(words("paper.tasks"))
        yield Table("", heads, cells, weights=(6, 3, 2))


def _decisions(material: Material, pages: list[PaperService]) -> str:
    said = []
    for page in pages:
        if text := decided(material.words, page.planned.team.mode, page.planned.team.why):
            said.append(material.words("paper.decided", service=page.title(), decided=text))
    return " ".join(said)


def _foot(material: Material) -> Iterator[str]:
    words, kb, stamp = material.words, material.kb, material.stamp
    about = kb.about
    sentences = [about.authors, about.reviewers, about.tested, about.funding]
    if overdue(about, kb.rules.reviewed, stamp.date):
        sentences.append(words("paper.overdue", reviewed=kb.rules.reviewed, months=str(about.review_months)))
    yield " ".join(sentences)
    yield words("suggest.limits")
    yield words("paper.version", date=stamp.date, program=stamp.program, content=stamp.content)
