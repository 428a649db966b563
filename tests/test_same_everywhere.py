"""One plan says the same on every page and paper: modes, numbers, reasons and gaps, read back from each format.

JSON is the reference. `LESS` names what a page or paper leaves out, and why; a fact missing elsewhere is a fault.
"""

from __future__ import annotations

import csv
import json
import re
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import hypothesis
import openpyxl
import pytest
import yaml
from hypothesis import settings
from hypothesis import strategies as st

import readback
from helpers import EXAMPLES, SERVICES, everything, plan_text, run, shipped, some_answers, words
from pushpull.kb.entry import MODES
from pushpull.kb.words import fill
from readback import FIRMNESS, OUTCOMES, Phrasebook, between, cases, flat, in_order, one_of, percents, told
from screen import Terminal

KB = shipped()[0]
SCREEN = (("table", 80), ("table", 120), ("plain", 80), ("md", 80), ("html", 80))
PAPERS = ("plain", "md", "html")
SLOW = ("docx", "pdf")
DAY = "2026-11-24"
MINUTES, TIMES = st.integers(5, 60).map(str), st.integers(1, 4).map(str)
NOTE = st.sampled_from(["", "May 3, 8 of 10", "50% *alone* | [with help]", "# not a heading", "<b>bold</b> & more"])

TENSE = {"busy_room": ("keeps_working", "upset")}
"""Two answers that may not fit together."""
LESS = {
    ("page", "requirements"): "Those of the ways at hand: of a blend, those of a blend.",
    ("team", "requirements"): "The same.",
    ("team", "would_change"): "The first change only: the paper has little room, and the page has them all.",
    ("team", "unanswered"): "Their number: the best next fact is what the meeting can act on.",
    ("team", "notes"): "What the paper shows by itself, such as the two lines of a blend, is not told as well.",
    ("family", "firmness"): "In its own words, and none where the answers speak for no way.",
    ("family", "case"): "No points: the paper is read without the legend that says what they are.",
    ("family", "reasons"): "The first three of each way; it says how many there are, and who has them all.",
    ("family", "requirements"): "They are the team's duty; the family gets questions to ask.",
    ("family", "would_change"): "Nothing but the best next fact, which the family can help with.",
    ("family", "unanswered"): "The same.",
    ("family", "notes"): "Only those in whose light everything has to be read.",
    ("family", "not_counted"): "What is for the school to solve is no task of the family.",
    ("family", "tensions"): "They are for those who gave the answers.",
    ("csv", "requirements"): "Those that are missing: a cell is a list of things to do.",
    ("csv", "would_change"): "A row has one cell for what comes next: the best next fact.",
    ("csv", "notes"): "They are texts to read, and a row is for counting and sorting.",
    ("csv", "tensions"): "The same.",
    ("csv", "not_counted"): "The same; the caseload counts them.",
}


# --- plans --------------------------------------------------------------------------------------------------------


@st.composite
def plans(draw: st.DrawFn) -> dict[str, Any]:
    """Return any plan with one or two services: answers, notes behind them, amounts, and a week to count in."""
    services = {}
    for number, service in enumerate(draw(st.lists(st.sampled_from(SERVICES), min_size=1, max_size=2, unique=True))):
        asked = KB.services[service].questions
        answers = draw(some_answers(asked))
        entry: dict[str, Any] = {"service": service, "answers": {name: list(each) for name, each in answers.items()}}
        entry["notes"] = {name: note for name in answers if (note := draw(NOTE))}
        entry["goal"] = draw(st.sampled_from(["", "Say R in talk", "Read *two* words | more"]))
        entry["now"] = draw(st.sampled_from(["", "push_in", "pull_out", "none"]))
        if entry["now"] in MODES:
            entry |= {"minutes": draw(MINUTES), "times": draw(TIMES), "per": "week"}
            if draw(st.booleans()):
                place = draw(st.sampled_from(["inside", "outside"]))
                entry["proposed"] = {"a": {"minutes": "25", "times": draw(TIMES), "per": "week", "place": place}}
        services[f"entry-{number}"] = entry
    once = draw(some_answers(KB.student_questions))
    return {
        "plan": "1",
        "student": {
            "label": draw(st.sampled_from(["", "R. Sample", "Łucja Ó."])),
            "grade": draw(st.sampled_from(["", *KB.rules.grades])),
        },
        "week": {"day": draw(st.sampled_from(["390", "371", "403"]))},
        "answers": {name: list(each) for name, each in once.items()},
        "notes": {name: note for name in once if (note := draw(NOTE))},
        "services": services,
    }


def any_plan(most: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Try a test on so many plans; each is slow, because every format is written and read."""

    def tried(test: Callable[..., None]) -> Callable[..., None]:
        return settings(max_examples=most, deadline=None)(hypothesis.given(plan=plans())(test))

    return tried


def written(plan: Any, folder: Path) -> Path:
    path = folder / "plan.yaml"
    path.write_text(yaml.safe_dump(plan, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


def output(*args: str | Path, columns: int = 80) -> str:
    result = run(*args, COLUMNS=str(columns), PUSHPULL_DATA="")
    assert result.exit_code == 0, result.stderr
    return result.stdout


def paper(path: Path, reader: str, form: str) -> bytes:
    to = path.with_name(f"{reader}.{form}")
    output("export", path, "-o", to, "--format", form, "--for", reader, "--date", DAY)
    return to.read_bytes()


@cache
def heading(name: str) -> str:
    return flat(words()(name))


# --- one service, in the words of a page --------------------------------------------------------------------------


def book(one: dict[str, Any], truth: dict[str, Any]) -> Phrasebook:
    return Phrasebook(one["service"], truth["student"]["label"] or words()("student.unnamed"))


def title(one: dict[str, Any]) -> str:
    name = KB.services[one["service"]].name
    return flat(f"{name}: {one['goal']}" if one["goal"] else name)


def sections(
    text: str, truth: dict[str, Any], ends: tuple[str, ...], *, skip: int = 0
) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield what a text says of each service: from its title to the next one; titles stand `skip` times before."""
    starts = {}
    for one in truth["services"]:
        at = -1
        for _ in range(skip + 1):
            at = text.index(f"{title(one)} ", at + 1)
        starts[one["id"]] = at
    stops = [*starts.values(), *(at for end in ends if (at := text.find(f" {end} ")) >= 0), len(text)]
    for one in truth["services"]:
        start = starts[one["id"]]
        yield one, f"{text[start : min(stop for stop in stops if stop > start)]} "


def number(value: float) -> str:
    return f"{value:g}"


def same_outcome(one: dict[str, Any], text: str) -> None:
    """A section names one mode and one firmness, both as JSON does."""
    assert one_of(text, "suggest", OUTCOMES) == [one["mode"]]
    assert one_of(text, "suggest", FIRMNESS, prefix="how_firm_") == [one["firmness"]]
    assert cases(text) == {mode: number(one["case"][mode]) for mode in MODES}


def becauses(one: dict[str, Any], mode: str) -> list[str]:
    return list(dict.fromkeys(flat(reason["because"]) for reason in one["reasons"] if reason["for"] == mode))


SCREEN_HEADS = (
    *(f"suggest.{name}" for name in ("reasons_push_in", "reasons_pull_out", "tensions", "not_counted", "notes")),
    *(f"suggest.{name}" for name in ("before_push_in", "before_pull_out", "before_blend")),
    *(f"suggest.{name}" for name in ("would_change", "next_fact", "unanswered", "limits_label")),
)


def part(text: str, name: str) -> str:
    """Return what stands under a heading of the page of `suggest`."""
    return between(text, heading(name), (heading(each) for each in SCREEN_HEADS))


def same_changes(one: dict[str, Any], book: Phrasebook, said: str, *, most: int | None = None) -> None:
    """What would change it: as many changes, towards the same modes, each naming its answers."""
    phrases = {heading(f"suggest.would_{mode}"): mode for mode in OUTCOMES}
    pieces = re.split(f"({'|'.join(map(re.escape, phrases))}) if ", said)
    changes = one["would_change"][:most]
    assert [phrases[each] for each in pieces[1::2]] == [change["mode"] for change in changes]
    for change, piece in zip(changes, pieces[2::2], strict=True):
        for step in change["changes"]:
            question = book.questions[step["question"]]
            assert f'"{book.text(question.options[step["answer"]].label)}"' in piece
            assert f'"{book.text(question.ask)}"' in piece


def check_screen(text: str, truth: dict[str, Any]) -> None:
    """A page of `suggest` says everything that JSON says of each service."""
    for one, section in sections(text, truth, (heading("suggest.limits_label"), f"{heading('suggest.limits_label')}:")):
        said = book(one, truth)
        same_outcome(one, section)
        for mode in MODES:
            under = part(section, f"suggest.reasons_{mode}")
            assert in_order(under, said.reasons(mode)) == becauses(one, mode)
            assert not in_order(under, said.reasons("push_in" if mode == "pull_out" else "pull_out"))
            noted = [
                flat(reason["note"]).rstrip(".")
                for reason in one["reasons"]
                if reason["for"] == mode and reason["note"]
            ]
            assert [under.count(f"Noted: {note}.") for note in noted] == [noted.count(note) for note in noted]
            assert under.count("Noted: ") == len(noted)
        check_requirements(one, section, said)
        for kind, known in (("not_counted", None), ("notes", said.notes()), ("tensions", said.tensions())):
            under = part(section, f"suggest.{kind}")
            texts = [flat(item["say"]) for item in one[kind]]
            if known is None:
                assert all(each in under for each in texts)
                assert bool(texts) is bool(under)
            elif kind == "notes":
                assert set(in_order(section, known.values())) == set(texts)
            else:
                assert in_order(under, known.values()) == texts
        if one["mode"] != "unknown" and not one["settled_by"]:
            same_changes(one, said, part(section, "suggest.would_change"))
        open_ones = in_order(part(section, "suggest.unanswered"), said.asks().values())
        assert open_ones == [flat(each["ask"]) for each in one["unanswered"]]
        fact = in_order(part(section, "suggest.next_fact"), said.asks().values())
        assert fact == ([flat(one["next_fact"]["ask"])] if one["next_fact"] else [])


def check_requirements(one: dict[str, Any], section: str, said: Phrasebook) -> None:
    """Each requirement of the ways at hand stands under its way, with the word for its status."""
    ways = ("blend",) if one["mode"] == "blend" else MODES
    for way in ways:
        under = part(section, f"suggest.before_{way}")
        expected = [item for item in one["requirements"] if way in item["for"]]
        assert in_order(under, said.requirements().values()) == [flat(item["say"]) for item in expected]
        for item in expected:
            status = words()(f"suggest.status_{item['status']}")
            assert re.search(rf"{status}:? +{re.escape(flat(item['say']))}", under), item


def check_csv(text: str, truth: dict[str, Any]) -> None:
    """A row says the mode, the firmness, the cases, all reasons, what is missing and what is open."""
    rows = readback.rows(text)
    assert [row["id"] for row in rows] == [one["id"] for one in truth["services"]]
    for row, one in zip(rows, truth["services"], strict=True):
        assert (row["service"], row["mode"], row["firmness"]) == (one["service"], one["mode"], one["firmness"])
        assert row["student"] == truth["student"]["label"]
        assert (row["goal"], row["now"]) == (one["goal"], one["now"] or "")
        for mode in MODES:
            assert row[f"case_{mode}"] == str(one["case"][mode])
            assert row[f"reasons_{mode}"] == "; ".join(r["because"] for r in one["reasons"] if r["for"] == mode)
            assert row[f"part_{mode}"] == "; ".join((one["parts"] or {}).get(mode, ()))
        missing = [item["say"] for item in one["requirements"] if item["status"] == "unmet"]
        assert row["requirements_unmet"] == "; ".join(missing)
        assert row["next_fact"] == (one["next_fact"]["question"] if one["next_fact"] else "")
        assert row["questions_open"] == "; ".join(each["question"] for each in one["unanswered"])
        assert row["content"] == truth["content"]


def check_suggest(path: Path) -> None:
    truth = readback.record(output("suggest", path, "--format", "json"))
    for form, columns in SCREEN:
        drawn = output("suggest", path, "--format", form, columns=columns)
        check_screen(f"{told(form, drawn, columns=columns)} ", truth)
    check_csv(output("suggest", path, "--format", "csv"), truth)
    for reader in ("team", "family"):
        assert readback.record(paper(path, reader, "json")) == truth
        assert paper(path, reader, "csv").decode() == output("suggest", path, "--format", "csv")


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_format_of_suggest_says_of_an_example_what_json_says(path: Path, tmp_path: Path) -> None:
    check_suggest(written(yaml.safe_load(path.read_text(encoding="utf-8")), tmp_path))


@any_plan(8)
def test_every_format_of_suggest_says_of_any_plan_what_json_says(plan: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        check_suggest(written(plan, Path(folder)))


# --- the papers ---------------------------------------------------------------------------------------------------


def check_team(text: str, truth: dict[str, Any], *, has_columns: bool) -> None:
    """The team's paper says everything but what `LESS` names."""
    end = heading("paper.worth_knowing")
    for one, section in sections(text, truth, (end,), skip=1):
        said = book(one, truth)
        same_outcome(one, section)
        for mode in MODES:
            # An answer in quotes may have the words of a reason.
            own = re.sub(r'"[^"]*"', "", section)
            assert in_order(own, bare(said.reasons(mode))) == list(bare(becauses(one, mode)))
            place = heading(f"place.{mode}")
            for because in becauses(one, mode)[:3] if has_columns else ():
                assert f"{place}: {because}" in section
        both = [because for mode in MODES for because in becauses(one, mode)[:3]]
        assert in_order(section, both) == both, "the left column is push-in's"
        for item in one["requirements"]:
            law = " (law)" if item["basis"] == "law" else ""
            status = heading(f"paper.status_{item['status']}")
            line = f"{status}{law}: {flat(item['say'])}"
            assert (line in section) is shown_to_team(one, item), line
        for item in (*one["not_counted"], *one["tensions"]):
            assert flat(item["say"]).rstrip(".") in section
        assert set(in_order(section, said.tensions().values())) == {flat(each["say"]) for each in one["tensions"]}
        if one["mode"] != "unknown" and not one["settled_by"]:
            same_changes(one, said, section, most=1)
        open_ones = len(one["unanswered"])
        glance = text[text.index(title(one)) :]
        counted = words().count("suggest.still_open", open_ones) if open_ones else ""
        assert counted in glance[: 3 * len(title(one)) + 200]
        if one["next_fact"]:
            line = words()(
                "paper.next_fact", ask=flat(one["next_fact"]["ask"]), who=words()(f"who.{one['next_fact']['who']}")
            )
            assert f"{heading('suggest.next_fact')} {line}" in section.replace(
                f"{heading('suggest.next_fact')}:", heading("suggest.next_fact")
            )
        else:
            assert heading("suggest.next_fact") not in section
        for note in {flat(reason["note"]).rstrip(".") for reason in leading(one) if reason["note"]}:
            # A PDF may break a line within a word, such as after the slash of "</b>".
            assert f"Noted: {note}.".replace(" ", "") in section.replace(" ", "")
    told_notes = {flat(note["say"]) for one in truth["services"] for note in one["notes"]}
    known = {say for one in truth["services"] for say in book(one, truth).notes().values()}
    hidden = {
        say
        for one in truth["services"]
        for name, say in book(one, truth).notes().items()
        if name in KB.papers.shown_itself
    }
    assert set(in_order(text, known)) - hidden == told_notes - hidden


def bare(texts: Any) -> dict[str, None]:
    return dict.fromkeys(text.rstrip(".") for text in texts)


def leading(one: dict[str, Any]) -> list[dict[str, Any]]:
    return [reason for mode in MODES for reason in [r for r in one["reasons"] if r["for"] == mode][:3]]


def shown_to_team(one: dict[str, Any], item: dict[str, Any]) -> bool:
    return bool({*item["for"]} & {*MODES}) or one["mode"] == "blend"


def check_family(text: str, truth: dict[str, Any]) -> None:
    """The family's paper names the same way, as firm, for the same leading reasons, and the same best next fact."""
    for one, section in sections(text, truth, (heading("family.every"), heading("family.bring"))):
        said = book(one, truth)
        assert one_of(section, "suggest", OUTCOMES) == [one["mode"]]
        assert one_of(section, "family", OUTCOMES, prefix="says_") == [one["mode"]]
        firm = [one["firmness"]] if one["mode"] not in {"open", "unknown"} else []
        assert one_of(section, "family", FIRMNESS) == firm
        for mode in MODES:
            assert in_order(section, said.reasons(mode)) == becauses(one, mode)[:3]
        more = len(one["reasons"]) - len(leading(one))
        shown = f"{len(leading(one))} of {len(one['reasons'])} reasons"
        assert (shown in section) is bool(more)
        if fact := one["next_fact"]:
            who = words()(f"who.{fact['who']}")
            ask = words()("family.find_out", ask=flat(fact["ask"]), who=who[:1].upper() + who[1:])
            assert ask in section


def check_paper_week(text: str, truth: dict[str, Any], *, whole: bool) -> None:
    """A paper with a week names its percents; that of the team has the whole week, with its minutes."""
    week = truth["week"]
    if week is None:
        return
    each = [week[when] for when in ("now", "proposed") if week[when]]
    shares = {one["percent"] for one in each if one["percent"] is not None}
    part = text[text.rindex(f" {heading('week.heading')} ") :] if whole else text
    named = [float(number.replace(",", "")) for number in percents(part)]
    for share in shares:
        assert any(abs(number - share) < 0.006 for number in named), (share, named)
    stated = numbers(r"NUMBER minutes", part)
    for amount in {one[field] for one in each for field in ("total", "inside", "outside")} if whole else ():
        assert any(close([number], [amount]) for number in stated), (amount, stated)


def check_papers(path: Path, forms: tuple[str, ...]) -> None:
    truth = readback.record(output("suggest", path, "--format", "json"))
    for form in forms:
        text = f"{told(form, paper(path, 'team', form))} "
        check_team(text, truth, has_columns=form != "pdf")
        check_paper_week(text, truth, whole=True)
        text = f"{told(form, paper(path, 'family', form))} "
        check_family(text, truth)
        check_paper_week(text, truth, whole=False)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_paper_of_an_example_says_what_json_says(path: Path, tmp_path: Path) -> None:
    check_papers(written(yaml.safe_load(path.read_text(encoding="utf-8")), tmp_path), (*PAPERS, *SLOW))


@any_plan(6)
def test_every_paper_of_any_plan_says_what_json_says(plan: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        check_papers(written(plan, Path(folder)), PAPERS)


@any_plan(3)
def test_word_and_pdf_papers_of_any_plan_say_what_json_says(plan: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        check_papers(written(plan, Path(folder)), SLOW)


def facts_of(one: dict[str, Any], said: Phrasebook) -> Iterator[tuple[str, set[str]]]:
    """Yield every fact of a service by its kind, each as the texts that may state it: words, or a cell of CSV."""
    yield "mode", {heading(f"suggest.{one['mode']}"), f" mode={one['mode']} "}
    yield "firmness", {heading(f"suggest.how_firm_{one['firmness']}"), f" firmness={one['firmness']} "}
    for mode in MODES:
        points = number(one["case"][mode])
        yield "case", {f" {heading(f'suggest.case_{mode}')}: {points} ", f" case_{mode}={points} "}
    for kind, key in (("reasons", "because"), ("requirements", "say"), ("not_counted", "say"), ("notes", "say")):
        yield from ((kind, {flat(item[key]).rstrip(".")}) for item in one[kind])
    yield from (("tensions", {flat(item["say"])}) for item in one["tensions"])
    for step in (step for change in one["would_change"] for step in change["changes"]):
        yield "would_change", {f'"{said.text(said.questions[step["question"]].options[step["answer"]].label)}"'}
    yield from (("unanswered", {flat(open_one["ask"]), open_one["question"]}) for open_one in one["unanswered"])
    if fact := one["next_fact"]:
        yield "next_fact", {flat(fact["ask"]), f" next_fact={fact['question']} "}


def test_what_is_left_out_anywhere_is_left_out_on_purpose(tmp_path: Path) -> None:
    lacking: set[tuple[str, str]] = set()
    tension = plan_text(TENSE, service="handwriting")
    for number_of, written_out in enumerate([*(path.read_text(encoding="utf-8") for path in EXAMPLES), tension]):
        folder = tmp_path / str(number_of)
        folder.mkdir()
        path = written(yaml.safe_load(written_out), folder)
        truth = readback.record(output("suggest", path, "--format", "json"))
        cells = readback.rows(output("suggest", path, "--format", "csv"))
        papers = {
            "page": told("plain", output("suggest", path, "--format", "plain")),
            "csv": " ".join(flat(f"{name}={cell}") for row in cells for name, cell in row.items()),
            **{reader: told("plain", paper(path, reader, "plain")) for reader in ("team", "family")},
        }
        for one in truth["services"]:
            for kind, texts in facts_of(one, book(one, truth)):
                lacking |= {
                    (name, kind) for name, said in papers.items() if not any(text in f" {said} " for text in texts)
                }
    assert lacking == set(LESS)


# --- the school week ----------------------------------------------------------------------------------------------


def numbers(pattern: str, text: str) -> list[float]:
    """Return the numbers that a pattern finds, as people write them: 1,950 or about 12.33."""
    return [
        float(each.replace(",", ""))
        for each in re.findall(pattern.replace("NUMBER", r"(?:about )?([\d,]+(?:\.\d+)?)"), text)
    ]


def close(found: list[float], expected: list[float]) -> bool:
    """Whether numbers are the same, as far as two decimals tell."""
    return len(found) == len(expected) and all(
        abs(one - other) < 0.0051 for one, other in zip(found, expected, strict=True)
    )


def check_week(text: str, week: dict[str, Any]) -> None:
    """The page of `lre` has the totals, the percents, every line and what is missed, as JSON has them."""
    each = [(heading(f"week.{when}"), week[when]) for when in ("now", "proposed") if week[when]]
    for name, field in (("whole", "total"), ("inside", "inside"), ("outside", "outside")):
        told_as = " ".join(f"{re.escape(when)}: NUMBER minutes" for when, _ in each)
        row = re.search(rf" {heading(f'week.{name}')} {told_as.replace('NUMBER', '(?:about )?[0-9,.]+')}", text)
        assert row, (name, text)
        assert close(numbers(r"NUMBER minutes", row[0]), [one[field] for _, one in each])
    shares = [one["percent"] for _, one in each]
    inside = text.partition(f" {heading('week.outside')} ")[2].partition(f" {heading('week.trips')} ")[0]
    assert close([float(number) for number in percents(inside)], shares)
    bars = text.partition(f" {heading('week.whole')} ")[0]
    assert close([float(number) for number in percents(bars)][-len(shares) :], shares)
    lines = [line["minutes_a_week"] for _, one in each for line in one["lines"]]
    assert close(numbers(r"= NUMBER minutes a week", text), lines)
    for when, _ in each:
        told_in = heading("week.missed_now") if when == heading("week.now") else heading("week.missed_proposed")
        one = dict(each)[when]
        missed = numbers(rf"{re.escape(told_in)}: NUMBER minutes a week, ", text)
        assert close(sorted(missed), sorted(item["minutes"] for item in one["missed"]))
        years = numbers(rf"{re.escape(told_in)}: (?:about )?[\d,.]+ minutes a week, NUMBER hours a year", text)
        assert close(sorted(years), sorted(item["hours_a_year"] for item in one["missed"]))


def check_lre(path: Path) -> None:
    week = readback.record(output("lre", path, "--format", "json"))["week"]
    assert readback.record(output("suggest", path, "--format", "json"))["week"] == week
    for form, columns in SCREEN:
        check_week(f"{told(form, output('lre', path, '--format', form, columns=columns), columns=columns)} ", week)
    rows = readback.rows(output("lre", path, "--format", "csv"))
    lines = [(when, one, line) for when in ("now", "proposed") if (one := week[when]) for line in one["lines"]]
    assert [(row["week"], row["id"], row["line"]) for row in rows] == [
        (when, line["id"], line["line"] or "") for when, _, line in lines
    ]
    for row, (_, one, line) in zip(rows, lines, strict=True):
        assert float(row["minutes_a_week"]) == line["minutes_a_week"]
        assert float(row["percent"]) == one["percent"]
        assert (row["group"], row["place"], row["counts"]) == (one["band"], line["place"], line["counts"])


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_format_of_lre_counts_the_week_of_an_example_as_json_does(path: Path) -> None:
    check_lre(path)


@any_plan(8)
def test_every_format_of_lre_counts_any_week_as_json_does(plan: dict[str, Any]) -> None:
    plan["student"]["grade"] = plan["student"]["grade"].replace("preschool", "elementary")  # it has another week
    with tempfile.TemporaryDirectory() as folder:
        check_lre(written(plan, Path(folder)))


# --- what may change in a plan and changes nothing ------------------------------------------------------------------


def suggested(text: str | bytes, folder: Path) -> dict[str, dict[str, Any]]:
    """Return what the program says of each service of a plan, without the order of what was not counted."""
    path = folder / "changed.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    truth = readback.record(output("suggest", path, "--format", "json"))
    for one in truth["services"]:
        one["not_counted"].sort(key=str)
    return {one["id"]: one for one in truth["services"]}


def as_text(plan: Any, **how: Any) -> str:
    text: str = yaml.safe_dump(plan, **{"allow_unicode": True, "sort_keys": False, **how})
    return text


def turned(tree: Any) -> Any:
    """Return a plan with every map and every list of ticks in the opposite order."""
    match tree:
        case dict():
            return {key: turned(tree[key]) for key in reversed(tree)}
        case list():
            return tree[::-1]
        case _:
            return tree


def with_strangers(tree: Any) -> Any:
    """Return a plan with a key that nobody knows in its every map of fields."""
    entries = {name: {**entry, "x_ours": [1]} for name, entry in tree["services"].items()}
    return {**tree, "x_ours": {"a": "b"}, "student": {**tree["student"], "x_ours": 1}, "services": entries}


CHANGES: dict[str, Callable[[Any], str | bytes]] = {
    "the order of everything": lambda plan: as_text(turned(plan)),
    "words in double quotes": lambda plan: as_text(plan, default_style='"'),
    "words in single quotes": lambda plan: as_text(plan, default_style="'"),
    "everything in braces": lambda plan: as_text(plan, default_flow_style=True, width=200),
    "letters as numbers": lambda plan: as_text(plan, allow_unicode=False),
    "remarks": lambda plan: "# ours\n" + re.sub(r"(?m)^(services:)$", r"# ours\n\1 # ours", as_text(plan)),
    "words that nobody knows": lambda plan: as_text(with_strangers(plan)),
    "line ends of Windows": lambda plan: as_text(plan).replace("\n", "\r\n").encode(),
    "a mark of the byte order": lambda plan: b"\xef\xbb\xbf" + as_text(plan).encode(),
    "both": lambda plan: b"\xef\xbb\xbf" + as_text(plan).replace("\n", "\r\n").encode(),
}


@any_plan(4)
def test_what_a_plan_looks_like_changes_no_suggestion(plan: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as name:
        before = suggested(as_text(plan), Path(name))
        for what, change in CHANGES.items():
            assert suggested(change(plan), Path(name)) == before, what


@any_plan(4)
def test_neither_the_names_of_entries_nor_other_entries_change_a_suggestion(plan: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as name:
        before = suggested(as_text(plan), Path(name))
        renamed = {f"Ü {key} 2": entry for key, entry in plan["services"].items()}
        after = suggested(as_text({**plan, "services": renamed}), Path(name))
        assert {f"Ü {key} 2": {**one, "id": ""} for key, one in before.items()} == {
            key: {**one, "id": ""} for key, one in after.items()
        }
        for key, entry in plan["services"].items():
            assert suggested(as_text({**plan, "services": {key: entry}}), Path(name)) == {key: before[key]}


@any_plan(4)
def test_not_sure_is_the_same_as_an_open_question(plan: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as name:
        before = suggested(as_text(plan), Path(name))
        unsure = {
            key: {
                **entry,
                "answers": {**dict.fromkeys(KB.services[entry["service"]].questions, "not_sure"), **entry["answers"]},
            }
            for key, entry in plan["services"].items()
        }
        once = {**dict.fromkeys(KB.student_questions, "not_sure"), **plan["answers"]}
        assert suggested(as_text({**plan, "answers": once, "services": unsure}), Path(name)) == before


# --- other ways into the program -----------------------------------------------------------------------------------


def sheets(rows: list[dict[str, str]], folder: Path) -> Iterator[Path]:
    """Yield the same rows as a sheet of each kind."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    table = [names, *([row.get(name, "") for name in names] for row in rows)]
    path = folder / "sheet.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(table)
    yield path
    path = folder / "sheet.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    yield path
    path = folder / "sheet.xlsx"
    book = openpyxl.Workbook()
    for row in table:
        book.worksheets[0].append(row)
    book.save(path)
    yield path


@any_plan(4)
def test_a_row_of_a_caseload_says_what_the_plan_says(plan: dict[str, Any]) -> None:
    for entry in plan["services"].values():
        entry.pop("proposed", None)
    plan["week"] = {"minutes": 1950}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        truth = readback.record(output("suggest", written(plan, folder), "--format", "json"))
        told_of = {"student": truth["student"]["label"], "grade": truth["student"]["grade"], "week": "1950"}
        once = {key: "; ".join(answer) for key, answer in plan["answers"].items()}
        rows = [
            told_of
            | {key: str(entry[key]) for key in ("service", "goal", "now", "minutes", "times", "per") if entry.get(key)}
            | {key: "; ".join(answer) for key, answer in (once | entry["answers"]).items()}
            | {key: value for key, value in once.items() if value}
            for entry in plan["services"].values()
        ]
        expected = [expected_row(one) for one in truth["services"]]
        for sheet in sheets(rows, folder):
            done = readback.rows(output("caseload", sheet, "-o", "-", "--format", "csv", "--jobs", "1"))
            assert [{key: row[key] for key in expected[0]} for row in done] == expected, sheet.suffix


def expected_row(one: dict[str, Any]) -> dict[str, str]:
    """Return the cells that a row has to have, from JSON."""
    reasons = [f"{heading('mode.' + reason['for'])}: {reason['because']}" for reason in one["reasons"]]
    missing = [item["say"] for item in one["requirements"] if item["status"] == "unmet"]
    cells = {f"reason_{number}": reason for number, reason in enumerate([*reasons, "", "", ""][:3], 1)}
    cells |= {key: one[key] for key in ("mode", "firmness")}
    cells |= {f"case_{mode}": str(one["case"][mode]) for mode in MODES}
    cells |= {"requirements_unmet": "; ".join(missing), "questions_open": str(len(one["unanswered"])), "problem": ""}
    cells["next_fact"] = one["next_fact"]["question"] if one["next_fact"] else ""
    return cells


def test_an_interview_at_a_terminal_comes_to_the_same_as_a_plan_written_by_hand(tmp_path: Path) -> None:
    service = KB.services["handwriting"].questions
    asked_of = everything(KB, "handwriting")
    answers = {name: (list(question.options)[-1],) for name, question in asked_of.items()}
    by_hand = plan_text({}, service="handwriting").replace("    answers:", "    goal: ''\n    now: ''\n    answers:")
    (tmp_path / "plan.yaml").write_text(by_hand, encoding="utf-8")
    terminal = Terminal(tmp_path, "ask", "plan.yaml")
    asks = {question: flat(fill(asked_of[question].ask, student="T.T.")) for question in answers}
    while terminal.status is None:
        said = terminal.said
        now = [name for name, ask in asks.items() if f" {ask} " in said and "of about" in said]
        number = str(list(asked_of[now[0]].options).index(answers[now[0]][0]) + 1) if now else ""
        terminal.type(number)
    assert terminal.status == 0
    once = {name: tuple(answers[name]) for name in KB.student_questions}
    own = plan_text({name: tuple(answers[name]) for name in service}, service="handwriting")
    text = own.replace("services:", f"answers: {json.dumps(once)}\nservices:", 1)
    asked = suggested((tmp_path / "plan.yaml").read_bytes(), tmp_path)
    assert asked == suggested(text, tmp_path)
    assert not asked["one"]["unanswered"]


def test_a_note_behind_an_answer_about_the_student_stands_with_the_reason_in_json_as_well(tmp_path: Path) -> None:
    """No shipped question about the student argues; that of a district may."""
    name, question = next(iter(KB.student_questions.items()))
    option = next(iter(question.options))
    argument = {"strength": "weak", "basis": "practice", "concern": "focus", "because": "{student} shows it."}
    layer = {"questions": {name: {"options": {option: {"arguments": {"push_in": {**argument, "sources": ["P13"]}}}}}}}
    (tmp_path / "layer" / "questions").mkdir(parents=True)
    (tmp_path / "layer" / "questions" / "student.yaml").write_text(yaml.safe_dump(layer), encoding="utf-8")
    once = f"answers: {{{name}: [{option}]}}\nnotes: {{{name}: May 3 in class}}\nservices:"
    path = tmp_path / "plan.yaml"
    path.write_text(plan_text({}, service="handwriting").replace("services:", once, 1), encoding="utf-8")
    words_of = ("suggest", path, "--data", tmp_path / "layer", "--format")
    (reason,) = readback.record(output(*words_of, "json"))["services"][0]["reasons"]
    assert (reason["because"], reason["note"]) == ("T.T. shows it.", "May 3 in class")
    assert "T.T. shows it. (practice, weak [P13] Noted: May 3 in class.)" in output(*words_of, "plain")
