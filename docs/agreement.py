"""The agreement page: what the program says to published cases, beside what their sources decided.

`docs/make.py` writes it to `docs/agreement.md`, and `--check` says when it is stale.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path

from pushpull.interview import Answers
from pushpull.kb.base import KnowledgeBase
from pushpull.kb.entry import MODES, Mode
from pushpull.kb.questions import Option
from pushpull.load.knowledge import load_knowledge
from pushpull.outlook import course

sys.path.append(str(Path(__file__).resolve().parent.parent / "tests"))
from casebook import CODERS, FIGURE, Coder, Found, Published, found, own, published, with_place

HEADS = {"first": "First coder", "second": "Second coder"}
READERS = "22 of 25 (88 %)"
PILOT = "14 and 17 of 25 (56 % and 68 %)"
NOTHING = "–"

INTRODUCTION = """\
This page is made by `docs/make.py` from the case files in [`tests/cases/published/`](../tests/cases/published) and
the program as it is. Nobody copies a figure by hand, and a test fails when the page is stale.

A case is what a published source tells about one service of one student or kind of student, and what it decided. The
facts of each case were turned into answers, and the program's suggestion is held against the decision. The quality of
a case is A for a clear student and a decision about one service, B for a usable but generic or thin one, and C for a
placement as a whole, or where a judgement was needed. **A and B are the figure. C stands apart.**

Two practised readers who were given the facts alone, without any questionnaire, are the bar: reading is what people
can do already. An early draft of the questionnaire is there to show where this came from. Always saying push-in is
what a program without a thought would reach."""

AGREEMENT = """\
A case whose source accepts both ways counts as agreeing when the suggestion is open or a blend. An unknown suggestion
never agrees."""

PLACE = """\
A fact has a place when an option says it. The service, the goal, the grade, and minutes and times stand on lines of
the plan itself: the first line leaves such facts out, and the second counts them as facts with a place. The aim is
nine in ten."""

CODERS_TEXT = """\
Of all the answers that either coder gave (a tick of a checklist is one answer), how many both gave; and in how many
cases both sets of answers lead to the same suggestion."""

FEWEST = """\
How many screens an interview takes until the suggestion is firm, so that no two of the open answers could change it:
the median, and the fewest and the most. In written order the questions come as the profile lists them; in quick order
(`ask --quick`) the one that matters most comes first, and questions that speak for neither way are left out. In a clear
case every question is answered with what speaks most for one way, one such interview for each service. The published
cases tell three or four facts each, and everything else is "not sure": they seldom become firm, and then every
question was asked."""

CODED = """\
## How the cases were coded

1. The facts of each case were paraphrased from its source, without the decision and its reasons.
2. Each coder, alone, got the facts and the questions as people see them: the question, its explanation, who
   usually knows, the options, "not sure" and "none of these". They saw no arguments, no strengths, no decisions, and
   not each other.
3. For each fact they chose the options that say it, or set it down as a line of the plan, or as a fact without a
   place.
4. The answers are kept as they were given. None is changed afterwards to please a case.

`just blind DIR` makes such sheets again, for anybody. [Editing](editing.md) says how."""

LIMITS = """\
## What this does not show

- **It is no proof for these cases.** Whoever worded the questions knew their facts, facts without a place led to new
  options, and the figures in `rules.yaml` were set with these cases in view. Agreement with cases that shaped the
  content says little about the next student. Only new cases can.
- **A published decision is not the right one.** Experts disagree. Some sources give staffing as a reason, which is
  written down here and never counts. A miss may be the better answer.
- **Two coders alike.** They worked alone and agree nearly always, since both read closely and in the same manner.
  People of different professions at one table will differ more.
- **Few cases.** One case more or less is four percent of the figure, and some services have one.
- **Facts on paper are not a meeting.** A team knows far more of a student than a few lines tell.
- **It says nothing about how students do.** No case tells what came of the decision."""


def page() -> str:
    """Return the page, for the shipped knowledge and the published cases."""
    kb = load_knowledge(())
    cases = published()
    return text(kb, cases, tuple(found(kb, cases)))


def text(kb: KnowledgeBase, cases: Mapping[str, Published], codings: Sequence[Found]) -> str:
    """Return the page for some cases and what the program says to their codings."""
    parts = [
        "# Agreement with published decisions", INTRODUCTION, *_figure(cases, codings),
        "## Agreement in parts", AGREEMENT, *_breakdown(codings),
        "## Too little to go on", _unknown(codings),
        "## Facts with a place", PLACE, *_place(codings),
        "## How often the coders agree", CODERS_TEXT, *_between(cases, codings),
        "## Fewest questions", FEWEST, *_fewest(kb, codings),
        "## Every miss", *_misses(cases, codings),
        "## Facts without a place", *_without(codings),
        CODED, LIMITS,
    ]  # fmt: skip
    return "\n\n".join(parts) + "\n"


def _figure(cases: Mapping[str, Published], codings: Sequence[Found]) -> Iterator[str]:
    figure = [case for case in cases.values() if case.quality in FIGURE]
    push_in = _share(sum(case.published == "push_in" for case in figure), len(figure))
    rows = []
    for coder in CODERS:
        agreeing = _agreeing(codings, coder, lambda one: one.case.quality, FIGURE)
        rows.append([f"**{HEADS[coder]}, then the program**", f"**{agreeing}**"])
    rows.append(["Two practised readers", READERS])
    rows.append(["An early draft, two coders, the best of thirteen rules", PILOT])
    rows.append(["Always push-in", push_in])
    yield _table(["Agreement, quality A and B", "cases"], rows)
    kept = f"Published cases: {len(cases)}, of them {len(figure)} of quality A and B. Cases of our own: {len(own())}."
    coded = (f"{HEADS[coder].lower()} {sum(coder in case.codings for case in cases.values())}" for coder in CODERS)
    yield f"{kept} Those are nobody's published decision and do not count here.\nCoded: {', '.join(coded)}."


def _breakdown(codings: Sequence[Found]) -> Iterator[str]:
    qualities = [("A and B", FIGURE), *((name, (name,)) for name in ("A", "B", "C"))]
    yield _by("Quality", codings, lambda one: one.case.quality, qualities)
    kinds: tuple[tuple[str, Callable[[Found], str]], ...] = (
        ("Service", lambda one: one.case.service),
        ("Published decision", lambda one: one.case.published),
        ("How firm the suggestion is", lambda one: one.firmness),
    )
    for title, of in kinds:
        yield _by(title, codings, of, [(name, (name,)) for name in sorted(set(map(of, codings)))])


def _by(
    title: str, codings: Sequence[Found], of: Callable[[Found], str], rows: Iterable[tuple[str, Collection[str]]]
) -> str:
    said = [[name, *(_agreeing(codings, coder, of, kinds) for coder in CODERS)] for name, kinds in rows]
    return _table([title, *HEADS.values()], said)


def _agreeing(codings: Iterable[Found], coder: Coder, of: Callable[[Found], str], kinds: Collection[str]) -> str:
    some = [one for one in codings if one.coder == coder and of(one) in kinds]
    return _share(sum(one.agrees for one in some), len(some))


def _unknown(codings: Iterable[Found]) -> str:
    row = ["unknown suggestions"]
    for coder in CODERS:
        modes = [one.suggestion.mode for one in codings if one.coder == coder]
        row.append(_share(modes.count("unknown"), len(modes)))
    return _table(["", *HEADS.values()], [row])


def _place(codings: Sequence[Found]) -> Iterator[str]:
    rows = []
    for name, fields in (("without the plan's own lines", False), ("with them", True)):
        row = [name]
        for coder in CODERS:
            both = [with_place(one.case, one.coding, fields=fields) for one in codings if one.coder == coder]
            row.append(_share(sum(placed for placed, _ in both), sum(facts for _, facts in both)))
        rows.append(row)
    yield _table(["Facts with a place", *HEADS.values()], rows)


def _between(cases: Mapping[str, Published], codings: Sequence[Found]) -> Iterator[str]:
    by = {(one.name, one.coder): one for one in codings}
    pairs = [
        (by[name, "first"], by[name, "second"]) for name, case in cases.items() if len(case.codings) == len(CODERS)
    ]
    same = total = 0
    for one, other in pairs:
        first, second = (
            {(name, tick) for name, ticks in x.coding.answers.items() for tick in ticks} for x in (one, other)
        )
        same += len(first & second)
        total += len(first | second)
    modes = sum(one.suggestion.mode == other.suggestion.mode for one, other in pairs)
    rows = [["answers that both gave", _share(same, total)], ["the same suggestion", _share(modes, len(pairs))]]
    yield _table(["Both coders", "agree"], rows)


def _fewest(kb: KnowledgeBase, codings: Sequence[Found]) -> Iterator[str]:
    interviews: dict[str, list[tuple[str, Answers]]] = {
        f"clear for {mode.replace('_', '-')}": [(name, clear(kb, name, mode)) for name in kb.services] for mode in MODES
    }
    interviews["the published cases"] = [(one.case.service, one.coding.answers) for one in codings]
    rows = []
    for kind, answered in interviews.items():
        row = [f"{kind} ({len(answered)})"]
        for quick in (False, True):
            courses = [course(kb, service, answers, quick=quick) for service, answers in answered]
            row += [
                _spread([len(one.asked) for one in courses]),
                _share(sum(one.firm for one in courses), len(courses)),
            ]
        rows.append(row)
    yield _table(["Interviews", "Written order", "of them firm", "Quick order", "of them firm"], rows)


def clear(kb: KnowledgeBase, service: str, mode: Mode) -> Answers:
    """Return the answers of a clear case: to every question that has one, the answer that speaks most for one mode."""
    other = next(one for one in MODES if one != mode)

    def points(option: Option) -> Fraction:
        values = {one: kb.rules.strengths[why.strength].points for one, why in option.arguments.items()}
        return values.get(mode, Fraction(0)) - values.get(other, Fraction(0))

    answers = {}
    for name, question in kb.services[service].questions.items():
        worth, best = max((points(option), key) for key, option in question.options.items())
        if worth > 0:
            answers[name] = (best,)
    return answers


def _misses(cases: Mapping[str, Published], codings: Sequence[Found]) -> Iterator[str]:
    missed = {one.name for one in codings if not one.agrees}
    if not missed:
        yield "There is none."
    for name in sorted(missed):
        case = cases[name]
        both = [one for one in codings if one.name == name]
        facts = "\n".join(f"- {fact}" for fact in case.facts)
        said = "\n".join(f"- {HEADS[one.coder]}: {_outcome(one)}" for one in both)
        source = f"published: {case.published}, quality {case.quality}, {case.service}. [Source]({case.source})"
        why = case.differs or "Not explained yet."
        yield "\n\n".join([f"### {name}", source, facts, "The program says:", said, why])


def _outcome(one: Found) -> str:
    mark = "" if one.agrees else "; a miss, and firm" if one.firmness == "firm" else "; a miss"
    case = one.suggestion.case
    return f"{one.suggestion.mode}, {one.firmness}; points {case['push_in']} and {case['pull_out']}{mark}"


def _without(codings: Sequence[Found]) -> Iterator[str]:
    who: dict[tuple[str, str], list[str]] = {}
    for one in codings:
        for fact in one.coding.without_place:
            who.setdefault((one.name, fact), []).append(one.coder)
    rows = [[fact, name, "both" if len(by) == len(CODERS) else by[0]] for (name, fact), by in who.items()]
    yield _table(["Fact", "Case", "Coder"], rows) if rows else "There is none."


def _spread(numbers: Sequence[int]) -> str:
    if not numbers:
        return NOTHING
    return f"{statistics.median(numbers):g} ({min(numbers)} to {max(numbers)})"


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({round(100 * part / whole)} %)" if whole else NOTHING


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
