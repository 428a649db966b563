"""The school week as a page, and as blocks that any paper can hold: now and as proposed, side by side."""

from __future__ import annotations

from collections.abc import Iterator

from pushpull.document import Bar, Bars, Block, Cell, Document, Heading, Note, Paragraph, Table
from pushpull.kb.full import FullKnowledge
from pushpull.kb.words import Words
from pushpull.lre import Week, Weeks
from pushpull.plan import Plan
from pushpull.reports import phrases
from pushpull.reports.week_parts import WeekParts

_WHOLE = 100


def week_page(kb: FullKnowledge, plan: Plan, weeks: Weeks, words: Words) -> Document:
    """Return the page of `pushpull lre`."""
    page = WeekPage(kb, plan, weeks, words)
    title = words("week.title", student=phrases.who(words, plan))
    blocks: list[Block] = [
        Heading(title, 1),
        *page.remark("no_goal"),
        *page.overview(),
        *page.warnings(2),
        *page.lines(2),
        *page.missed(2),
        *page.counted(2),
        Note(words("suggest.limits_label"), words("suggest.limits")),
    ]
    return Document(title, tuple(blocks))


def week_blocks(kb: FullKnowledge, plan: Plan, weeks: Weeks, words: Words) -> list[Block]:
    """Return the week for a paper, in few lines: the totals, what is missed, and what is worth a look.

    The lines themselves are not there: a paper has them beside each service.
    """
    page = WeekPage(kb, plan, weeks, words)
    missed = page.missed_table(words("week.missed_year", weeks=page.number(weeks.given.school.weeks)))
    return [
        Heading(words("week.heading")),
        *page.not_complete(),
        page.totals_across(),
        *([missed] if missed else []),
        *page.warning_list(),
        Paragraph(" ".join(filter(None, (page.change(), page.codes(), page.remark_text("no_goal")))), quiet=True),
    ]


class WeekPage(WeekParts):
    """Both weeks of a plan, part by part."""

    # --- the whole --------------------------------------------------------------------------------------------------

    def overview(self) -> Iterator[Block]:
        """Yield what is not complete, the shares as bars, and the totals as a table."""
        yield from self.not_complete()
        shares = [(when, week.percent) for when, week in self.weeks.each if week.percent is not None]
        if shares:
            bars = tuple(
                Bar(self.words(f"week.share_{when}"), float(share), self.percent(share)) for when, share in shares
            )
            yield Bars(bars, words=self.shares_in_words(), whole=_WHOLE)
        yield self.totals()
        if said := self.change():
            yield Paragraph(said)

    def shares_in_words(self) -> str:
        """Return the shares of the week inside the regular class as a sentence."""
        shares: dict[str, str] = {
            when: self.percent(week.percent) for when, week in self.weeks.each if week.percent is not None
        }
        return self.words("week.share_words_both" if "proposed" in shares else "week.share_words", **shares)

    def change(self) -> str:
        """Return in one or two sentences how much the proposal moves, and which services it leaves as they are."""
        words, now, proposed = self.words, self.weeks.now, self.weeks.proposed
        if proposed is None:
            return words("week.nothing_proposed")
        more = now.outside - proposed.outside
        which = "more" if more > 0 else "less" if more < 0 else "same"
        said = words(f"week.{which}_in_class", minutes=self.number(abs(more)))
        if self.weeks.given.as_now:
            said += " " + words("week.as_now", services=self.services(self.weeks.given.as_now))
        return said

    def not_complete(self) -> Iterator[Block]:
        """Yield the services that could not be counted, because what follows is not the whole week without them."""
        given = self.weeks.given
        missing = [("now", given.unknown_now)]
        missing += [("proposed", given.unknown_proposed)] if self.weeks.proposed else []
        for when, entries in missing:
            if entries:
                text = self.words(f"week.unknown_{when}", services=self.services(entries))
                yield Note(self.words("week.unknown_label"), text)

    def totals(self) -> Table:
        """Return both weeks as a table."""
        columns = [self.column(week) for _, week in self.weeks.each]
        heads = (self.words("week.a_week"), *(self.words(f"week.{when}") for when, _ in self.weeks.each))
        named = list(dict.fromkeys(name for column in columns for name in column))
        rows = tuple((Cell((name,)), *(Cell((column.get(name, ""),)) for column in columns)) for name in named)
        return Table("", heads, rows, weights=(3, *(4 for _ in columns)))

    def totals_across(self) -> Table:
        """Return both weeks as the rows of a table, which takes fewer lines than columns do.

        Groups stand there by their codes; `codes` says what they mean.
        """
        group = self.words("week.band")
        each = [(when, self.column(week) | {group: self.code(week)}) for when, week in self.weeks.each]
        named = list(dict.fromkeys(name for _, column in each for name in column))
        rows = tuple(
            (Cell((self.words(f"week.{when}"),)), *(Cell((column.get(name, ""),)) for name in named))
            for when, column in each
        )
        return Table("", (self.words("week.a_week"), *named), rows, weights=(*(5 for _ in named[2:]), 8, 8, 9))

    def column(self, week: Week) -> dict[str, str]:
        """Return one week as the rows of a column."""
        words = self.words
        rows = {}
        if week.category:
            rows[words("week.program")] = self.program()
            rows[words("week.help")] = self.minutes(week.category.help)
            rows[words("week.help_here")] = self.minutes(week.category.here)
        elif week.total is not None and week.inside is not None and week.percent is not None:
            rows[words("week.whole")] = self.minutes(week.total)
            rows[words("week.inside")] = self.minutes(week.inside)
            rows[words("week.outside")] = self.minutes(week.outside)
            for kept, minutes in week.apart.items():
                rows[words("week.apart", time=words(f"week.apart_{kept}"))] = self.minutes(minutes)
            rows[words("week.percent_inside")] = self.percent(week.percent)
        rows[words("week.trips")] = self.trips(week)
        rows[words("week.band")] = self.group(week)
        return rows

    def program(self) -> str:
        """Return where a child is before kindergarten."""
        child = self.weeks.given.child
        if child is None:
            return ""
        name: str = getattr(self.rules.preschool.programs, child.program).name
        if child.hours is None:
            return name
        return self.words("week.program_hours", program=name, hours=self.number(child.hours))

    def trips(self, week: Week) -> str:
        """Return how often the student goes out and comes back."""
        if not week.trips:
            return self.words("week.no_trips")
        phrase = "week.trips_once" if week.trips == 1 else "week.trips_amount"
        return self.words(phrase, week=self.number(week.trips), day=self.number(week.trips_a_day))
