"""What a change of content changes, as a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pushpull.diff import Changed, Difference, Leading, Said
from pushpull.document import Block, Bullets, Cell, Document, Facts, Heading, Item, Paragraph, Table
from pushpull.kb.words import Words, fill
from pushpull.reports import phrases


def difference(
    sides: tuple[str, str], moved: Sequence[Difference], examples: int, changed: Iterable[Changed], words: Words
) -> Document:
    """Return the page: which of so many examples move, and what changed in the content."""
    title = words("diff.title")
    blocks: list[Block] = [Heading(title, 1), Facts(((words("diff.old"), sides[0]), (words("diff.new"), sides[1])))]
    blocks.append(Heading(words("diff.examples")))
    tried = words.count("diff.moved", len(moved), all=str(examples)) if examples else words("diff.no_examples")
    blocks.append(Paragraph(tried))
    for one in moved:
        blocks += [Heading(one.example.name, 3, aside=one.example.service), _table(one, words)]
    items = tuple(item for kind in changed for item in _items(kind, words))
    blocks += [Heading(words("diff.content")), Bullets(items) if items else Paragraph(words("diff.same_content"))]
    return Document(title, tuple(blocks))


def _table(one: Difference, words: Words) -> Table:
    """Return old and new side by side: the suggestion, and of the rest what is not the same."""
    old, new = _rows(one.old, words), _rows(one.new, words)
    rows = [(words("diff.mode"), _mode(one.old, words), _mode(one.new, words))]
    rows += [(name, old.get(name, ""), new.get(name, "")) for name in {**old, **new} if old.get(name) != new.get(name)]
    heads = (words("diff.what"), words("diff.old"), words("diff.new"))
    return Table("", heads, tuple(tuple(Cell((text,)) for text in row) for row in rows), weights=(2, 4, 4))


def _mode(said: Said | None, words: Words) -> str:
    return words(f"mode.{said.mode}") if said else words("diff.no_service")


def _rows(said: Said | None, words: Words) -> dict[str, str]:
    if said is None:
        return {}
    case = {mode: phrases.number(points) for mode, points in said.case.items()}
    rows = {words("diff.firmness"): words(f"diff.{said.firmness}"), words("diff.points"): words("diff.case", **case)}
    for number, reason in enumerate(said.reasons, 1):
        rows[words("diff.reason", number=str(number))] = _because(reason, words)
    return rows


def _because(reason: Leading, words: Words) -> str:
    because = fill(reason.because, student=phrases.who(words))
    return words("diff.because", because=because, mode=words(f"mode.{reason.mode}"))


def _items(kind: Changed, words: Words) -> Iterable[Item]:
    name = words(f"diff.kind_{kind.kind}")
    for what, ids in (("added", kind.added), ("removed", kind.removed), ("changed", kind.changed)):
        if ids:
            yield Item(words(f"diff.{what}", kind=name, ids=", ".join(ids)))
