"""The scorecard of the knowledge: every rule with its verdict, what fails, and how the services are balanced."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from pushpull.audit import Finding, Leaning, Line, Scorecard, percent, short
from pushpull.document import Block, Bullets, Cell, Document, Heading, Item, Note, Paragraph, Table
from pushpull.kb.audit import Yardstick
from pushpull.kb.entry import MODES
from pushpull.kb.full import FullKnowledge
from pushpull.kb.words import Words

_SHOWN = 40
"""Entries of one line that are named; more are counted."""


def scorecard(
    card: Scorecard, kb: FullKnowledge, yardstick: Yardstick, words: Words, *, date: str, late: bool
) -> Document:
    """Return the scorecard as a page; `late` says that the content should have been looked over again."""
    title = words("audit.title")
    passed, failed, judge = (str(card.count(verdict)) for verdict in ("pass", "fail", "judge"))
    blocks: list[Block] = [
        Heading(title, 1),
        Paragraph(words("audit.summary", passed=passed, failed=failed, judge=judge, content=card.content, date=date)),
    ]
    if late:
        months = str(kb.about.review_months)
        blocks.append(
            Note(words("audit.overdue_label"), words("audit.overdue", reviewed=kb.rules.reviewed, months=months))
        )
    blocks += _findings(words("audit.failing"), ((line, line.fails) for line in card.lines), words)
    for group, lines in groupby(card.lines, key=lambda line: line.group):
        heads = tuple(words(f"audit.{name}") for name in ("line", "verdict", "asked", "found"))
        rows = tuple(_row(line, words) for line in lines)
        name = words(f"audit.group_{group}")
        blocks += [Heading(name), Table("", heads, rows, weights=(1, 2, 5, 8))]
    blocks += _findings(words("audit.worth"), ((line, line.worth) for line in card.lines), words)
    blocks += _balance(card, kb, words)
    blocks += [Heading(words("audit.left_out")), Paragraph(yardstick.left_out)]
    return Document(title, tuple(blocks))


def _row(line: Line, words: Words) -> tuple[Cell, ...]:
    detail = " ".join(part for part in (line.detail, line.rest) if part)
    return Cell((line.id,)), Cell((words(f"audit.{line.verdict}"),)), Cell((line.rule,)), Cell((detail,))


def _findings(title: str, found: Iterable[tuple[Line, tuple[Finding, ...]]], words: Words) -> list[Block]:
    """Return the entries of all lines, each by its path, with what is to be mended."""
    blocks: list[Block] = []
    for line, findings in found:
        if findings:
            items = [Item(finding.say, mark=finding.where) for finding in findings[:_SHOWN]]
            rest = len(findings) - _SHOWN
            items += [Item(words("audit.more", count=str(rest)))] if rest > 0 else []
            blocks += [Heading(line.rule, 3, aside=line.id), Bullets(tuple(items))]
    return [Heading(title), *blocks] if blocks else []


def _balance(card: Scorecard, kb: FullKnowledge, words: Words) -> list[Block]:
    heads = tuple(words(f"audit.{name}") for name in ("service", *MODES, "difference", "reason"))
    rows = [_leaning(one, kb.services[one.service].name, words) for one in card.balance]
    rows.append(_leaning(card.whole, words("audit.all_services"), words))
    title = words("audit.balance")
    blocks: list[Block] = [Heading(title), Paragraph(words("audit.balance_why"))]
    blocks.append(Table("", heads, tuple(rows), weights=(5, 2, 2, 4, 3)))
    settling = tuple(
        Item(", ".join(f"{s.question}.{s.option} ({words(f'mode.{s.mode}')})" for s in one.settles), mark=one.service)
        for one in card.balance
        if one.settles
    )
    return [*blocks, Heading(words("audit.settling"), 3), Bullets(settling)] if settling else blocks


def _leaning(one: Leaning, name: str, words: Words) -> tuple[Cell, ...]:
    part = one.difference
    apart = words("audit.no_ratio") if part is None else words("audit.percent", number=percent(part))
    towards = words("audit.towards", apart=apart, mode=words(f"mode.{one.towards}")) if one.towards else apart
    pulls = (short(one.pull[mode]) for mode in MODES)
    return tuple(Cell((text,)) for text in (name, *pulls, towards, one.reason or words("audit.no_reason")))
