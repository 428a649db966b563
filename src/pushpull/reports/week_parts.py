"""The parts of a week's page: its lines in plain words, what is missed, what is worth a look, how it was counted."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from pushpull.document import Block, Bullets, Cell, Heading, Item, Paragraph, Table
from pushpull.kb.full import FullKnowledge
from pushpull.kb.week import Band
from pushpull.kb.words import Words
from pushpull.lre import Alert, Counted, Missed, Week, Weeks, When
from pushpull.plan import Plan
from pushpull.reports import phrases

_HOUR = 60
_ELSEWHERE = frozenset({"no_goal", "clear_amount", "together"})
"""What is said beside the group, the lines and the warnings, and not again under how it was counted."""
_FEWEST_DIGITS, _MOST_DIGITS = 2, 6


class WeekParts:
    """Both weeks of a plan, as parts of a page."""

    def __init__(self, kb: FullKnowledge, plan: Plan, weeks: Weeks, words: Words) -> None:
        self.kb = kb
        self.plan = plan
        self.weeks = weeks
        self.words = words
        self.rules = kb.week
        self.student = phrases.who(words, plan)
        self.said = kb.week.preschool_said if weeks.given.child else kb.week.said

    # --- lines, and what is missed ----------------------------------------------------------------------------------

    def lines(self, level: int) -> Iterator[Block]:
        """Yield the lines of both weeks, each in plain words with its minutes a week."""
        yield Heading(self.words("week.lines"), level)
        yield from self.remark("clear_amount")
        for when, week in self.weeks.each:
            yield Heading(self.words(f"week.lines_{when}"), level + 1)
            items = tuple(self.line(line) for line in week.lines)
            yield Bullets(items) if items else Paragraph(self.words("week.no_lines"))

    def line(self, line: Counted) -> Item:
        """Return one line as an IEP has it: the amount, the place, and what it comes to in a week."""
        amount = line.amount
        phrase = "week.line_part" if amount.part else "week.line"
        text = self.words(
            phrase,
            service=self.service(amount.entry),
            part=amount.part,
            amount=self.amount(line),
            place=self.rules.place(amount.place).name,
            minutes=self.number(line.minutes),
        )
        return Item(text, tail="" if amount.related else self.words("week.unrelated"))

    def amount(self, line: Counted) -> str:
        """Return an amount in words, such as "30 minutes, 4 times a week"."""
        amount = line.amount
        most = self.number(amount.minutes)
        least = None if amount.least is None else self.number(amount.least)
        minutes = most if least is None else self.words("week.amount_range", least=least, most=most)
        per = self.words(f"per.{amount.per}", days=self.number(self.weeks.given.school.cycle))
        phrase = "suggest.amount_once" if amount.times == 1 else "suggest.amount"
        return self.words(phrase, minutes=minutes, times=self.number(amount.times), per=per)

    def missed(self, level: int) -> Iterator[Block]:
        """Yield the ledger: what is missed, for which service, and how much of it."""
        yield Heading(self.words("week.missed"), level)
        yield self.missed_table() or Paragraph(self.words("week.missed_none"))

    def missed_table(self, caption: str = "") -> Table | None:
        """Return the ledger as a table, or nothing if nothing is missed."""
        found: dict[tuple[str, ...], dict[When, Missed]] = {}
        for when, week in self.weeks.each:
            for missed in week.missed:
                found.setdefault(tuple(name.casefold() for name in missed.names), {})[when] = missed
        if not found:
            return None
        whens = [when for when, _ in self.weeks.each]
        heads = [self.words(f"week.missed_{when}") for when in whens]
        rows = []
        for each in sorted(found.values(), key=lambda one: not next(iter(one.values())).names):
            names = next(iter(each.values())).names
            entries = tuple(dict.fromkeys(entry for missed in each.values() for entry in missed.entries))
            name = phrases.capital(", ".join(names)) or self.words("week.not_named")
            cells = (self.missed_amount(each.get(when)) for when in whens)
            rows.append((Cell((name,)), Cell((self.services(entries),)), *(Cell((text,)) for text in cells)))
        columns = (self.words("week.missed_time"), self.words("week.missed_for"), *heads)
        return Table(caption, columns, tuple(rows), weights=(3, 3, *(3 for _ in whens)))

    def missed_amount(self, missed: Missed | None) -> str:
        """Return how much is missed in a week and in a year."""
        if missed is None:
            return self.words("week.missed_nothing")
        hours = self.number(missed.a_year / _HOUR)
        return self.words("week.missed_amount", minutes=self.number(missed.minutes), hours=hours)

    # --- warnings ---------------------------------------------------------------------------------------------------

    def warnings(self, level: int) -> Iterator[Block]:
        """Yield what is worth a look, under a heading."""
        for items in self.warning_list():
            yield Heading(self.words("week.warnings"), level)
            yield items

    def warning_list(self) -> Iterator[Bullets]:
        """Yield what is worth a look, if anything is."""
        if items := tuple(item for alert in self.weeks.alerts for item in self.warning(alert)):
            yield Bullets(items)

    def warning(self, alert: Alert) -> Iterator[Item]:
        """Yield one warning in words; one about shares stands for each week, since their numbers differ."""
        label = self.words(f"week.{alert.kind}_label")
        if alert.kind in {"gap", "differ", "near"}:
            for when, week in self.weeks.each:
                if when in alert.when:
                    yield Item(self.of_share(alert, week), mark=label, tail=self.only(when))
            return
        values = {"service": self.service(alert.entry), "time": alert.name} if alert.entry else {}
        if alert.kind == "range":
            amount = next(
                line.amount
                for _, week in self.weeks.each
                for line in week.lines
                if (line.amount.entry, line.amount.line) == (alert.entry, alert.line)
            )
            values |= {"least": self.number(amount.least or amount.minutes), "most": self.number(amount.minutes)}
        if alert.kind == "crossed" and self.weeks.proposed:
            values |= {"old": self.group(self.weeks.now), "new": self.group(self.weeks.proposed)}
        text = self.words(f"week.{alert.kind}", student=self.student, **values)
        tail = self.only(alert.when[0]) if len(alert.when) == 1 and alert.kind != "crossed" else ""
        if alert.kind in {"kept", "loved"} and (together := self.said.get("together")):
            tail = f"{tail} {phrases.cited(together.sources)}".strip()
        yield Item(text, mark=label, tail=tail)

    def of_share(self, alert: Alert, week: Week) -> str:
        """Return a warning about the share of the week inside the regular class."""
        if alert.kind == "near":
            edges = [minutes for minutes in (week.room.out, week.room.back) if minutes is not None] if week.room else []
            nearest = min(edges, default=Fraction(0))
            return self.words("week.near" if nearest else "week.near_on", minutes=self.number(nearest))
        said = "; ".join(
            self.words("week.by_rule", rule=self.rules.worded(rule).name, band=self.band(self.rules.band(band)))
            for rule, band in (week.bands or {}).items()
        )
        number = percent_number(week.percent or Fraction(0))
        return self.words(f"week.{alert.kind}", percent=number, rules=said)

    def only(self, when: When) -> str:
        """Return the word for a week where there are two of them."""
        return self.words(f"week.only_{when}") if self.weeks.proposed else ""

    # --- how it was counted -----------------------------------------------------------------------------------------

    def counted(self, level: int) -> Iterator[Block]:
        """Yield what counts as what, the rule that was used, and the calendar."""
        yield Heading(self.words("week.counted"), level)
        items = [
            Item(remark.say, tail=phrases.cited(remark.sources))
            for name, remark in self.said.items()
            if name not in _ELSEWHERE
        ]
        if self.weeks.now.rule:
            rule = self.rules.worded(self.weeks.now.rule)
            tail = f"{phrases.cited(rule.sources)} {rule.caveat or ''}".strip()
            items.append(Item(self.words("week.rule", rule=rule.name, say=rule.say), tail=tail))
        if any(line.amount.least is not None for _, week in self.weeks.each for line in week.lines):
            items.append(Item(self.words("week.range_counted")))
        school = self.weeks.given.school
        calendar = {
            name: self.number(getattr(school, name)) for name in ("days", "weeks", "months", "quarters", "cycle")
        }
        items.append(Item(self.words("week.calendar", **calendar)))
        yield Bullets(tuple(items))

    def remark(self, name: str) -> Iterator[Block]:
        """Yield one of the statements of the data as small print, if it is there."""
        if text := self.remark_text(name):
            yield Paragraph(text, quiet=True)

    def remark_text(self, name: str) -> str:
        """Return one of the statements of the data with its sources, or nothing if it is not there."""
        remark = self.said.get(name)
        return f"{remark.say} {phrases.cited(remark.sources)}".rstrip() if remark else ""

    # --- small words ------------------------------------------------------------------------------------------------

    def service(self, entry: str) -> str:
        """Return what a service is called, with its goal where the plan has that service more than once."""
        planned = self.plan.services[entry]
        name = self.kb.services[planned.service].name
        several = sum(other.service == planned.service for other in self.plan.services.values()) > 1
        return f"{name}: {planned.goal}" if several and planned.goal else name

    def services(self, entries: tuple[str, ...]) -> str:
        """Return several services in one text."""
        return ", ".join(self.service(entry) for entry in entries)

    def minutes(self, value: Fraction) -> str:
        """Return minutes as people write them."""
        return self.words("week.minutes", minutes=self.number(value))

    def number(self, value: Fraction) -> str:
        """Return a number with at most two decimals; one that is rounded says so."""
        shown = f"{float(value):,.2f}".rstrip("0").rstrip(".")
        return shown if Fraction(shown.replace(",", "")) == value else self.words("week.about", number=shown)

    def percent(self, value: Fraction) -> str:
        """Return a percent as people write it."""
        return self.words("week.percent", number=percent_number(value))

    # --- groups ---------------------------------------------------------------------------------------------------

    def group(self, week: Week) -> str:
        """Return the group in reports."""
        band = self.band_of(week)
        return self.band(band) if band else self.words("week.no_band")

    def code(self, week: Week) -> str:
        """Return the code of the group in reports, for where there is little room."""
        band = self.band_of(week)
        return band.code if band else self.words("week.no_band")

    def codes(self) -> str:
        """Return what the codes of both weeks mean."""
        bands = filter(None, dict.fromkeys(self.band_of(week) for _, week in self.weeks.each))
        return " ".join(self.words("week.code", code=band.code, group=band.name) for band in bands)

    def band_of(self, week: Week) -> Band | None:
        """Return the group of a week, of school age or before it; nothing where no amount is known."""
        if week.band:
            return self.rules.band(week.band)
        if week.category and week.category.id:
            return self.rules.category(week.category.id)
        return None

    def band(self, band: Band) -> str:
        """Return a group with its code."""
        return self.words("week.band_named", group=band.name, code=band.code)


def percent_number(value: Fraction) -> str:
    """Return a percent with two decimals, or with so many more that it never looks like a whole one that it is not."""
    for digits in range(_FEWEST_DIGITS, _MOST_DIGITS + 1):
        shown = f"{float(value):.{digits}f}"
        if Fraction(shown).denominator > 1 or Fraction(shown) == value:
            break
    return shown.rstrip("0").rstrip(".")
