"""What the answers of a plan come to, service by service: for the screen, and as the heart of the paper."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from pushpull.document import Bar, Bars, Block, Bullets, Document, Heading, Item, Note, Paragraph
from pushpull.kb.base import KnowledgeBase
from pushpull.kb.entry import MODES, Delivery, Mode
from pushpull.kb.words import Words, fill
from pushpull.outlook import Change, Step, outlook
from pushpull.plan import Plan
from pushpull.reports import phrases
from pushpull.suggest import CheckedRequirement, Reason, Suggestion

# Beside a suggestion stand the requirements of its way and of the alternative, since the team may choose either.
_REQUIREMENTS: Mapping[str, tuple[Delivery, ...]] = {
    "push_in": ("push_in", "pull_out"),
    "pull_out": ("pull_out", "push_in"),
    "blend": ("blend",),
    "open": ("push_in", "pull_out"),
    "unknown": ("push_in", "pull_out"),
}


def suggestions(kb: KnowledgeBase, plan: Plan, found: Mapping[str, Suggestion], words: Words) -> Document:
    """Return the page of `pushpull suggest`: every service of `found`, by the plan's own ids."""
    student = phrases.who(words, plan)
    title = words("suggest.title", student=student)
    blocks: list[Block] = [Heading(title, 1), Paragraph(words("suggest.legend"), quiet=True)]
    for name, suggestion in found.items():
        blocks += ServicePage(kb, plan, name, suggestion, words).blocks()
    blocks.append(Note(words("suggest.limits_label"), words("suggest.limits")))
    return Document(title, tuple(blocks))


class ServicePage:
    """One service: the suggestion, both cases, the reasons, and what is missing."""

    def __init__(self, kb: KnowledgeBase, plan: Plan, name: str, suggestion: Suggestion, words: Words) -> None:
        self.kb = kb
        self.plan = plan
        self.words = words
        self.planned = plan.services[name]
        self.found = suggestion
        self.student = phrases.who(words, plan)
        self.answers = plan.answers_for(name, kb.student_questions)
        self.outlook = outlook(kb, suggestion.service, self.answers)
        self.notes = {**plan.notes, **self.planned.notes}
        self.questions = {**kb.student_questions, **kb.services[suggestion.service].questions}

    def blocks(self) -> list[Block]:
        """Return the whole page of one service."""
        return [
            Heading(self.title(), 2, aside=phrases.now(self.words, self.planned)),
            *self.first(),
            *self.lead(),
            *self.incomplete(),
            self.bars(),
            self.firmness(),
            *self.reasons(),
            *self.tensions(),
            *self.requirements(),
            *self.not_counted(),
            *self.remarks(),
            *self.would_change(),
            *self.next_fact(),
            *self.open_questions(),
        ]

    def title(self) -> str:
        """Return what the service is called on the page."""
        name = self.kb.services[self.found.service].name
        return f"{name}: {self.planned.goal}" if self.planned.goal else name

    def short(self) -> str:
        """Return the service without its goal, where the plan has it once."""
        services = [planned.service for planned in self.plan.services.values()]
        several = services.count(self.found.service) > 1
        return self.title() if several else self.kb.services[self.found.service].name

    def glance(self) -> str:
        """Return the whole of the page in one line: what the team may consider, how firm it is, what is still open."""
        said = [self.words(f"suggest.{self.found.mode}"), self.words(f"suggest.how_firm_{self.outlook.firmness}")]
        if number := len(self.found.unanswered):
            said.append(self.words.count("suggest.still_open", number))
        return " ".join(said)

    def text(self, text: str) -> str:
        """Return a text of the knowledge with the student's label filled in."""
        return fill(text, student=self.student)

    def first(self) -> Iterator[Block]:
        """Yield the notes in whose light everything else has to be read."""
        return self.first_notes({*self.found.notes})

    def first_notes(self, names: Collection[str]) -> Iterator[Block]:
        """Yield those of the notes with these names that are to be read first."""
        for name in self.found.notes:
            note = self.kb.notes[name]
            if note.first and name in names:
                text = f"{self.text(note.say)} {phrases.cited(note.sources)}".rstrip()
                yield Note(self.words("suggest.first_label"), text)

    def incomplete(self) -> Iterator[Block]:
        """Yield what the law asks to be shown for this way and is not, because nothing is complete without it."""
        missing = [
            self.text(item.say)
            for item in self.found.requirements
            if item.basis == "law" and item.status != "met" and self.found.mode in item.modes
        ]
        if missing:
            text = self.words("suggest.incomplete", missing="; ".join(missing))
            yield Note(self.words("suggest.incomplete_label"), text)

    def lead(self) -> Iterator[Block]:
        """Yield what the team may consider, in one sentence, and the parts of a blend."""
        words, found = self.words, self.found
        yield Paragraph(self.why(), lead=words(f"suggest.{found.mode}"))
        if found.mode == "open" and (name := self.outlook.next_fact):
            yield Paragraph(words("suggest.find_out", ask=self.text(self.questions[name].ask)))
        if found.parts:
            yield Paragraph(words("suggest.two_lines"))
            yield Bullets(
                tuple(
                    Item(words("suggest.part", place=words(f"place.{mode}"), part=part))
                    for mode in MODES
                    for part in found.parts.get(mode, ())
                )
            )

    @property
    def stays(self) -> bool:
        """Whether one part of a blend has to stay outside, whatever speaks for class."""
        return self.found.rest is not None and self.found.rest["push_in"] < 0

    def why(self) -> str:
        """Return in one sentence how the answers come to the suggestion."""
        words, found = self.words, self.found
        if found.settled_by:
            return words("suggest.settled" if found.mode != "open" else "suggest.settled_both")
        tie = found.mode == "push_in" and found.case["push_in"] == found.case["pull_out"]
        stays = found.mode == "blend" and self.stays
        why = "suggest.push_in_tie" if tie else "suggest.blend_stays" if stays else f"suggest.{found.mode}_why"
        ratios = self.kb.rules.ratios
        ratio = phrases.number(min(ratios.pull_out, ratios.whole.pull_out))  # holds with named parts and without
        rest = {mode: phrases.number(points) for mode, points in (found.rest or found.case).items()}
        return words(why, ratio=ratio, **rest)

    def bars(self) -> Bars:
        """Return the two cases as bars with their numbers."""
        numbers = {mode: phrases.number(self.found.case[mode]) for mode in MODES}
        bars = tuple(
            Bar(self.words(f"suggest.case_{mode}"), float(self.found.case[mode]), numbers[mode]) for mode in MODES
        )
        return Bars(bars, self.words("suggest.case_words", **numbers))

    def firmness(self) -> Paragraph:
        """Return how firm the suggestion is, in words."""
        firmness = self.outlook.firmness
        none_open = firmness == "firm" and not self.found.unanswered
        text = self.words("suggest.firm_none_open" if none_open else f"suggest.{firmness}")
        return Paragraph(text, lead=self.words(f"suggest.how_firm_{firmness}"))

    def reasons(self) -> Iterator[Block]:
        """Yield the reasons for each mode, in equal type, the suggested one first."""
        order: Sequence[Mode] = ("pull_out", "push_in") if self.found.mode == "pull_out" else MODES
        for mode in order:
            yield Heading(self.words(f"suggest.reasons_{mode}"), 3)
            reasons = [reason for reason in self.found.reasons if reason.mode == mode]
            if reasons:
                yield Bullets(tuple(self.reason(reason) for reason in reasons), numbered=True)
            else:
                yield Paragraph(self.words("suggest.no_reasons"))

    def reason(self, reason: Reason) -> Item:
        """Return one reason with its basis, strength and sources, and the note behind the answer."""
        words = self.words
        strength = self.kb.rules.strengths[reason.strength].name if reason.strength else words("suggest.settles")
        basis = self.kb.rules.bases[reason.basis]
        cited = phrases.cited(reason.sources)
        tail = words("suggest.basis", basis=basis, strength=strength, cited=cited).rstrip()
        if note := self.notes.get(reason.question):
            tail += " " + words("suggest.noted", note=note.rstrip("."))
        if reason.caveat:
            tail += " " + words("suggest.caveat", caveat=self.text(reason.caveat))
        return Item(self.text(reason.because), tail=tail)

    def tensions(self) -> Iterator[Block]:
        """Yield the pairs of answers that may not fit together, both in the words in which they were given."""
        if self.found.tensions:
            yield Heading(self.words("suggest.tensions"), 3)
            yield Bullets(
                tuple(
                    Item(self.text(item.say), tail=phrases.quoted(self.words, self.questions, item, self.student))
                    for item in self.found.tensions
                )
            )

    def requirements(self) -> Iterator[Block]:
        """Yield what has to be shown before the team can choose a way."""
        for delivery in _REQUIREMENTS[self.found.mode]:
            checked = [item for item in self.found.requirements if delivery in item.modes]
            if checked:
                yield Heading(self.words(f"suggest.before_{delivery}"), 3)
                yield Bullets(tuple(self.requirement(item) for item in checked))

    def requirement(self, item: CheckedRequirement) -> Item:
        """Return one requirement with the word for whether it is met."""
        tail = f"{self.words(f'suggest.asked_by_{item.basis}')} {phrases.cited(item.sources)}".rstrip()
        return Item(self.text(item.say), mark=self.words(f"suggest.status_{item.status}"), tail=tail)

    def not_counted(self) -> Iterator[Block]:
        """Yield what was written down and moves nothing, each with the reason."""
        items = []
        for item in self.found.not_counted:
            question = self.questions.get(item.question)
            ask = self.text(question.ask) if question else item.question
            label = self.text(item.label)
            why = self.words(f"suggest.why_{item.why}", solve=self.text(item.solve))
            mark = "" if item.why == "logistics" else ask
            items.append(Item(f"{mark} {label}".strip(), tail=why))
        if items:
            yield Heading(self.words("suggest.not_counted"), 3)
            yield Bullets(tuple(items))

    def remarks(self) -> Iterator[Block]:
        """Yield the notes that apply."""
        notes = [note for name in self.found.notes if not (note := self.kb.notes[name]).first]
        if notes:
            yield Heading(self.words("suggest.notes"), 3)
            yield Bullets(tuple(Item(self.text(note.say), tail=phrases.cited(note.sources)) for note in notes))

    def would_change(self) -> Iterator[Block]:
        """Yield the changes of one answer, else of two, that would give another suggestion."""
        if self.found.settled_by or self.found.mode == "unknown":
            return
        yield Heading(self.words("suggest.would_change"), 3)
        changes = self.outlook.would_change
        if not changes:
            say = "nothing_changes_but_settling" if self.could_be_settled() else "nothing_changes"
            yield Paragraph(self.words(f"suggest.{say}"))
            return
        yield Bullets(tuple(self.change(change) for change in changes))

    def could_be_settled(self) -> bool:
        """Return whether an answer could settle the matter for another mode; such changes are not listed."""
        options = (option for question in self.questions.values() for option in question.options.values())
        return any(mode != self.found.mode for option in options for mode in option.settles)

    def change(self, change: Change) -> Item:
        """Return one change as a sentence."""
        joined = self.words("suggest.and").join(self.step(step) for step in change.steps)
        return Item(self.words("suggest.change", changes=joined, mode=self.words(f"suggest.would_{change.mode}")))

    def step(self, step: Step) -> str:
        """Return one changed answer as half of a sentence."""
        question = self.questions[step.question]
        ask, label = self.text(question.ask), self.text(question.options[step.option].label)
        if step.how != "instead":
            return self.words(f"suggest.change_{step.how}", ask=ask, label=label)
        if step.question in self.found.unanswered:
            return self.words("suggest.change_open", ask=ask, label=label)
        given = phrases.answer_text(self.words, question, self.answers[step.question], self.student)
        return self.words("suggest.change_instead", ask=ask, label=label, given=given)

    def next_fact(self) -> Iterator[Block]:
        """Yield the open question that matters most."""
        if name := self.outlook.next_fact:
            yield Heading(self.words("suggest.next_fact"), 3)
            yield Bullets((self.open_question(name),))

    def open_questions(self) -> Iterator[Block]:
        """Yield the questions that are open, each with the person who usually knows."""
        if self.found.unanswered:
            yield Heading(self.words("suggest.unanswered"), 3)
            yield Bullets(tuple(self.open_question(name) for name in self.found.unanswered))

    def open_question(self, name: str) -> Item:
        """Return one open question with the person who usually knows."""
        question = self.questions[name]
        who = self.words(f"who.{question.who}")
        return Item(self.text(question.ask), tail=self.words("suggest.who_knows", who=who))
