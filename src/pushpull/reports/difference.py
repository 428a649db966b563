"""What a change of content changes, as a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pushpull.diff import Changed, Difference, Said
from pushpull.document import Block, Bullets, Cell, Document, Facts, Heading, Item, Paragraph, Table
from pushpull.kb import Words, fill
from pushpull.reports import phrases


def difference(
    sides: tuple[str, str], moved: Sequence[Difference], examples: int, changed: Iterable[Changed], words: Words
) -> Document:
    """Return the page: which of so many examples move, and what changed in the content."""
    title = words("diff.title")
    blocks: list[Block] = [Heading(title, 1), Facts(((words("diff.old"), sides[0]), (words("diff.new"), sides[1])))]
    blocks.append(Heading(words("diff.examples")))
    if not examples:
        blocks.append(Paragraph(words("diff.no_examples")))
    else:
        blocks.append(Paragraph(words.count("diff.moved", len(moved), all=str(examples))))
    if moved:
        heads = (words("diff.example"), words("diff.old"), words("diff.new"))
        blocks.append(Table("", heads, tuple(_row(one, words) for one in moved), weights=(2, 4, 4)))
    items = tuple(item for kind in changed for item in _items(kind, words))
    blocks += [
        Heading(words("diff.content")),
        Bullets(items) if items else Paragraph(words("diff.same_content")),
    ]
    return Document(title, tuple(blocks))


def _row(one: Difference, words: Words) -> tuple[Cell, ...]:
    moved = ", ".join(words(f"diff.{name}") for name in one.moved)
    name = Cell((one.example.name, one.example.service, words("diff.what", moved=moved)))
    return name, Cell(_said(one.old, words)), Cell(_said(one.new, words))


def _said(said: Said | None, words: Words) -> tuple[str, ...]:
    if said is None:
        return (words("diff.no_service"),)
    case = {mode: phrases.number(points) for mode, points in said.case.items()}
    mode, firmness = words(f"mode.{said.mode}"), words(f"diff.{said.firmness}")
    student = phrases.who(words)
    reasons = (
        words(
            "diff.reason",
            number=str(number),
            because=fill(reason.because, student=student),
            mode=words(f"mode.{reason.mode}"),
        )
        for number, reason in enumerate(said.reasons, 1)
    )
    return words("diff.said", mode=mode, firmness=firmness, **case), *reasons


def _items(kind: Changed, words: Words) -> Iterable[Item]:
    name = words(f"diff.kind_{kind.kind}")
    for what, ids in (("added", kind.added), ("removed", kind.removed), ("changed", kind.changed)):
        if ids:
            yield Item(words(f"diff.{what}", kind=name, ids=", ".join(ids)))
