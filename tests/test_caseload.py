"""Many services at once: the same as one by one, whatever the sheet looks like, and nothing lost where a row is bad."""

from __future__ import annotations

import csv
import io
import json
import multiprocessing
import os
import random
import re
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import hypothesis
import openpyxl
import pytest
import xlsxwriter
from hypothesis import settings
from hypothesis import strategies as st

from helpers import EXAMPLES, EXAMPLES_EACH, ROOT, SERVICES, everything, plan_text, run, shipped, some_answers, words
from pushpull.caseload import run as runs
from pushpull.caseload.amounts import written
from pushpull.caseload.cells import Options
from pushpull.caseload.columns import GIVEN, RESULTS, understood
from pushpull.caseload.summary import Alike, Summary
from pushpull.caseload.unfinished import Unnamed
from pushpull.caseload.work import Caseload, Setting, told_apart
from pushpull.cli.progress import Progress
from pushpull.kb.words import fill
from pushpull.outlook import outlook
from pushpull.plan import open_plan
from pushpull.plan.amounts import week_of
from pushpull.problems import BadFile
from pushpull.records.numbers import exact
from pushpull.reports.caseload import caseload_page
from pushpull.suggest import suggest

KB = shipped()[0]
QUESTIONS = tuple(dict.fromkeys(name for each in SERVICES for name in KB.services[each].questions))
COLUMNS = (*GIVEN, *KB.student_questions, *QUESTIONS)
LABELS = st.sampled_from(["", "J.R.", "Ann", "=1+1", "Łucja", "x" * 60, "{student}"])
JOBS = ("1", "2")
Answers = dict[str, tuple[str, ...]]


@cache
def caseload() -> Caseload:
    columns = understood(COLUMNS, "sheet.csv", {*QUESTIONS, *KB.student_questions}, {})
    return Caseload(Setting(KB, columns, "sheet.csv", words()))


def row_of(answers: Answers, **given: str) -> list[str]:
    told = {**given, **{name: "; ".join(answer) for name, answer in answers.items()}}
    return [told.get(column, "") for column in COLUMNS]


def worked_out(*rows: list[str]) -> list[dict[str, str]]:
    done = caseload().work((number, list(row)) for number, row in enumerate(rows, 2))
    return [dict(zip((*COLUMNS, *RESULTS), row, strict=True)) for row in done.rows]


def write(path: Path, rows: Sequence[Sequence[str]], **dialect: Any) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, **dialect).writerows(rows)
    return path


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def random_rows(count: int, seed: int = 7) -> Iterator[list[str]]:
    """Yield the header and rows of made-up students, the same for the same seed."""
    dice = random.Random(seed)  # noqa: S311  not for secrets
    yield list(COLUMNS)
    for number in range(count):
        service = dice.choice(SERVICES)
        answers = {}
        for name, question in everything(KB, service).items():
            if dice.random() < 0.8:
                options = list(question.options)
                most = min(3, len(options)) if question.choose == "many" else 1
                answers[name] = tuple(dice.sample(options, dice.randint(1, most)))
        given = {"student": f"S{number // 3}", "week": "1950", "service": service, "goal": "A goal, with a comma"}
        given |= {"now": dice.choice(["push_in", "pull_out", "none"]), "minutes": "30", "times": "2", "per": "week"}
        yield row_of(answers, **given)


# --- the same as one by one ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("service", SERVICES)
def test_a_row_comes_to_what_a_plan_with_these_answers_comes_to(service: str) -> None:
    @settings(max_examples=EXAMPLES_EACH, deadline=None)
    @hypothesis.given(answers=some_answers(everything(KB, service)), label=LABELS, now=st.sampled_from(["", "blend"]))
    def agrees(answers: Answers, label: str, now: str) -> None:
        row = worked_out(row_of(answers, service=service, student=label, now=now))[0]
        order = {name: answers[name] for name in everything(KB, service) if name in answers}
        found, seen = suggest(KB, service, order), outlook(KB, service, order)
        student = label or words()("student.unnamed")
        assert row["mode"] == found.mode
        assert row["firmness"] == seen.firmness
        assert row["case_push_in"] == str(exact(found.case["push_in"]))
        assert row["case_pull_out"] == str(exact(found.case["pull_out"]))
        reasons = [f"{words()(f'mode.{r.mode}')}: {fill(r.because, student=student)}" for r in found.reasons[:3]]
        assert [row[f"reason_{number}"] for number in (1, 2, 3)] == [*reasons, "", "", ""][:3]
        unmet = [fill(each.say, student=student) for each in found.requirements if each.status == "unmet"]
        assert row["requirements_unmet"] == "; ".join(unmet)
        assert row["next_fact"] == (seen.next_fact or "")
        assert row["questions_open"] == str(len(found.unanswered))
        ways = {"push_in", "pull_out", "blend"}
        assert row["differs"] == (
            "" if now not in ways or found.mode not in ways else "yes" if now != found.mode else "no"
        )
        assert set(filter(None, row["for_the_school"].split("; "))) == {
            piece for each in found.not_counted for piece in fill(each.solve, student=student).split("; ") if each.solve
        }
        assert row["problem"] == ""

    agrees()


AMOUNTS = st.tuples(
    st.sampled_from(["push_in", "pull_out", "none"]),
    st.sampled_from(["15", "30", "20-30", "37.5", "1,000"]),
    st.integers(1, 5).map(str),
    st.sampled_from(["day", "week", "month", "quarter", "year", "cycle"]),
    st.sampled_from(["", "community", "with_peers"]),
    st.sampled_from(["articulation", "english_learner"]),
)


@settings(max_examples=150, deadline=None)
@hypothesis.given(amounts=st.lists(AMOUNTS, min_size=1, max_size=4), week=st.integers(300, 3000))
def test_the_share_of_the_week_is_the_one_that_lre_works_out(amounts: list[tuple[str, ...]], week: int) -> None:
    rows, entries = [], []
    for number, (now, minutes, times, per, place, service) in enumerate(amounts):
        told = (
            {"now": now, "minutes": minutes, "times": times, "per": per, "place": place}
            if now != "none"
            else {"now": now}
        )
        rows.append(row_of({}, student="A.", week=str(week), service=service, **told))
        lines = "".join(f"\n    {name}: '{value}'" for name, value in told.items() if value)
        entries.append(f"  s{number}:\n    service: {service}{lines}\n")
    text = f"plan: 1\nstudent: {{label: A.}}\nweek: {{minutes: {week}}}\nservices:\n{''.join(entries)}"
    try:
        percent = week_of(open_plan(Path("p.yaml"), text.encode()), KB).now.percent
    except BadFile:
        percent = None  # more time outside than the week has
    assert {row["percent_inside"] for row in worked_out(*rows)} == {"" if percent is None else written(percent)}


def test_the_share_is_left_blank_where_a_row_of_the_student_does_not_tell_how_much() -> None:
    known = row_of(
        {}, student="A.", week="1950", service="articulation", now="pull_out", minutes="30", times="2", per="week"
    )
    unknown = row_of({}, student="A.", service="language", now="pull_out")
    not_begun = row_of({}, student="A.", service="language", now="none")
    assert [row["percent_inside"] for row in worked_out(known, unknown)] == ["", ""]
    assert [row["percent_inside"] for row in worked_out(known, not_begun)] == ["96.9231", "96.9231"]
    assert [row["percent_inside"] for row in worked_out(known)] == ["96.9231"]


def test_a_student_near_an_edge_is_marked() -> None:
    near = row_of(
        {}, student="A.", week="1000", service="articulation", now="pull_out", minutes="41", times="5", per="week"
    )
    far = row_of(
        {}, student="B.", week="1000", service="articulation", now="pull_out", minutes="20", times="5", per="week"
    )
    assert [row["near_edge"] for row in worked_out(near, far)] == ["yes", ""]


def test_a_percent_in_digits_tells_two_weeks_of_whole_minutes_apart() -> None:
    assert written(Fraction(80)) == "80"
    assert written(Fraction(1950 - 390 - 1, 1950) * 100) == "79.9487"


# --- whatever the sheet looks like --------------------------------------------------------------------------------

TAKES = KB.services["reading_decoding"].questions["takes"]
ANSWERS: Answers = {"skill_stage": ("new",), "takes": ("many_tries", "quiet"), "supports": ("enough",)}


@pytest.mark.parametrize(
    "cell",
    [
        "many_tries; quiet",
        "quiet;many_tries",
        "many_tries, quiet",
        "many_tries|quiet",
        "Many tries; QUIET",
        "many_tries; quiet; quiet",
        "many_tries\nquiet",
        "; ".join(
            KB.services["reading_decoding"].questions["takes"].options[each].label for each in ("many_tries", "quiet")
        ),
    ],
)
def test_answers_may_be_written_in_several_ways(cell: str) -> None:
    expected = worked_out(row_of(ANSWERS, service="reading_decoding"))[0]
    row = row_of(ANSWERS, service="reading_decoding")
    row[COLUMNS.index("takes")] = cell
    found = worked_out(row)[0]
    assert {name: found[name] for name in RESULTS} == {name: expected[name] for name in RESULTS}


@pytest.mark.parametrize(
    "name", ["reading_decoding", "Word reading (decoding)", "reading decoding", "Reading-Decoding"]
)
def test_a_service_may_be_named_by_its_id_or_its_name(name: str) -> None:
    assert (
        worked_out(row_of(ANSWERS, service=name))[0]["mode"]
        == worked_out(row_of(ANSWERS, service="reading_decoding"))[0]["mode"]
    )


@pytest.mark.parametrize("now", ["pull_out", "Pull-out", "PULL OUT", " pull-out "])
def test_the_present_way_may_be_written_as_people_do(now: str) -> None:
    row = row_of(ANSWERS, service="reading_decoding", now=now)
    assert (
        worked_out(row)[0]["differs"]
        == worked_out(row_of(ANSWERS, service="reading_decoding", now="pull_out"))[0]["differs"]
    )


@pytest.mark.parametrize(
    ("change", "dialect"),
    [
        (lambda text: text, {}),
        (lambda text: text, {"delimiter": ";"}),
        (lambda text: text, {"delimiter": "\t"}),
        (lambda text: text, {"quoting": csv.QUOTE_ALL}),
        (lambda text: "\ufeff" + text, {}),
        (lambda text: text.replace("\r\n", "\n"), {}),
        (lambda text: text.replace("student,", "Student label,", 1).replace(",now,", ",Present mode,", 1), {}),
        (lambda text: text.replace(",per,", ",period,", 1), {}),
    ],
)
def test_any_usual_csv_gives_the_same_results(
    tmp_path: Path, change: Callable[[str], str], dialect: dict[str, Any]
) -> None:
    rows = list(random_rows(30))
    assert run("caseload", write(tmp_path / "plain.csv", rows), "-o", tmp_path / "plain-out.csv").exit_code == 0
    other = write(tmp_path / "other.csv", rows, **dialect)
    other.write_bytes(change(other.read_bytes().decode()).encode())
    assert run("caseload", other, "-o", tmp_path / "out.csv").exit_code == 0
    wanted = [{name: row[name] for name in RESULTS} for row in read(tmp_path / "plain-out.csv")]
    assert [{name: row[name] for name in RESULTS} for row in read(tmp_path / "out.csv")] == wanted


def test_columns_may_stand_in_any_order_and_others_stay_as_they_are(tmp_path: Path) -> None:
    rows = list(random_rows(20))
    turned = [[*reversed(row), "mine"] for row in rows]
    turned[0][-1] = "Zebra"
    run("caseload", write(tmp_path / "a.csv", rows), "-o", tmp_path / "a-out.csv")
    done = run("caseload", write(tmp_path / "b.csv", turned), "-o", tmp_path / "b-out.csv")
    assert done.exit_code == 0
    assert "Zebra" in done.stderr
    first, second = read(tmp_path / "a-out.csv"), read(tmp_path / "b-out.csv")
    assert [{name: row[name] for name in (*COLUMNS, *RESULTS)} for row in second] == first
    assert {row["Zebra"] for row in second} == {"mine"}


def test_a_result_can_be_the_next_sheet(tmp_path: Path) -> None:
    run("caseload", write(tmp_path / "a.csv", list(random_rows(20))), "-o", tmp_path / "b.csv")
    assert run("caseload", tmp_path / "b.csv", "-o", tmp_path / "c.csv").exit_code == 0
    assert (tmp_path / "c.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()


def test_json_lines_and_workbooks_say_the_same_as_csv(tmp_path: Path) -> None:
    rows = list(random_rows(25))
    run("caseload", write(tmp_path / "a.csv", rows), "-o", tmp_path / "a-out.csv")
    expected = read(tmp_path / "a-out.csv")
    with (tmp_path / "b.jsonl").open("w") as stream:
        for row in rows[1:]:
            told: dict[str, Any] = dict(zip(COLUMNS, row, strict=True))
            told["takes"] = told["takes"].split("; ") if told["takes"] else None
            stream.write(json.dumps(told) + "\n")
    assert run("caseload", tmp_path / "b.jsonl", "-o", tmp_path / "b-out.xlsx").exit_code == 0
    book = openpyxl.load_workbook(tmp_path / "b-out.xlsx").worksheets[0]
    found = [[str(cell or "") for cell in row] for row in book.iter_rows(values_only=True)]
    assert [dict(zip(found[0], row, strict=True)) for row in found[1:]] == expected
    assert run("caseload", tmp_path / "b-out.xlsx", "-o", tmp_path / "c-out.jsonl").exit_code == 0
    lines = [json.loads(line) for line in (tmp_path / "c-out.jsonl").read_text().splitlines()]
    assert lines == expected


def test_standard_input_and_output_take_the_place_of_files(tmp_path: Path) -> None:
    sheet = write(tmp_path / "a.csv", list(random_rows(5)))
    run("caseload", sheet, "-o", tmp_path / "out.csv")
    done = run("caseload", "-", "-o", "-", stdin=sheet.read_text())
    assert done.exit_code == 0
    assert done.stdout == (tmp_path / "out.csv").read_text()
    assert names(tmp_path) == ["a.csv", "out.csv"]


def test_a_folder_of_plans_comes_to_what_the_plans_come_to(tmp_path: Path) -> None:
    done = run("caseload", ROOT / "examples", "-o", tmp_path / "out.csv")
    assert done.exit_code == 0
    rows = {(row["plan"], row["id"]): row for row in read(tmp_path / "out.csv")}
    for path in EXAMPLES:
        file = open_plan(path)
        for name, planned in file.plan.services.items():
            row = rows.pop((str(path), name))
            answers = file.plan.answers_for(name, KB.student_questions)
            assert row["mode"] == suggest(KB, planned.service, answers).mode
            assert row["student"] == file.plan.student.label
            percent = week_of(file, KB).now.percent
            assert percent is not None
            assert row["percent_inside"] in {written(percent), ""}
    assert not rows


def test_plans_that_cannot_be_worked_out_are_pointed_out(tmp_path: Path) -> None:
    plans = tmp_path / "plans"
    plans.mkdir()
    (plans / "good.yaml").write_bytes(EXAMPLES[0].read_bytes())
    (plans / "none.yaml").write_text("plan: 1\n")
    (plans / "torn.yaml").write_text("plan: [\n")
    (plans / "odd.yaml").write_text("plan: 1\nservices: {a: {service: articulatoin}}\n")
    done = run("caseload", plans, "-o", tmp_path / "out.csv")
    assert done.exit_code == 1
    problems = {Path(row["plan"]).name: row["problem"] for row in read(tmp_path / "out.csv") if row["problem"]}
    assert set(problems) == {"none.yaml", "torn.yaml", "odd.yaml"}
    assert all(name in done.stderr for name in problems)
    assert "articulation" in problems["odd.yaml"]
    assert run("caseload", tmp_path / "empty", "-o", tmp_path / "x.csv").exit_code == 1


# --- the empty sheet ----------------------------------------------------------------------------------------------


def test_the_empty_sheet_has_every_column_and_lists_every_answer(tmp_path: Path) -> None:
    assert run("caseload", "--template", "-o", tmp_path / "t.csv").exit_code == 0
    header, meanings, allowed = csv.reader(io.StringIO((tmp_path / "t.csv").read_text()))
    assert tuple(header[: len(GIVEN)]) == GIVEN
    assert set(header) == set(COLUMNS)
    assert meanings[0].startswith("# ")
    for column, said in zip(header, allowed, strict=True):
        for service in SERVICES:
            asked = everything(KB, service).get(column)
            assert not asked or all(
                option in said.replace("(", "| ").split(" | ") or option in said for option in asked.options
            )


def test_every_answer_of_the_empty_sheet_is_understood_and_its_own_rows_are_skipped(tmp_path: Path) -> None:
    run("caseload", "--template", "--service", "articulation", "-o", tmp_path / "t.csv")
    header, _, allowed = csv.reader(io.StringIO((tmp_path / "t.csv").read_text()))
    assert set(header) == {*GIVEN, *everything(KB, "articulation")}
    asked = KB.services["articulation"].questions
    rows = [
        ["articulation" if name == "service" else option if name == column else "" for name in header]
        for column, said in zip(header, allowed, strict=True)
        for option in (said.partition(" (")[0].split(" | ") if column in asked else ())
    ]
    with (tmp_path / "t.csv").open("a", newline="") as stream:
        csv.writer(stream).writerows(rows)
    done = run("caseload", tmp_path / "t.csv", "-o", tmp_path / "out.csv")
    assert done.exit_code == 0, done.stderr
    assert len(read(tmp_path / "out.csv")) == len(rows)


def test_the_empty_workbook_offers_the_answers(tmp_path: Path) -> None:
    assert run("caseload", "--template", "--service", "counseling", "-o", tmp_path / "t.xlsx").exit_code == 0
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    assert {cell.value for cell in book.worksheets[0][1]} == {*GIVEN, *everything(KB, "counseling")}
    assert len(book.worksheets[0].data_validations.dataValidation) >= len(everything(KB, "counseling"))
    explained = {(row[0], row[2]) for row in book.worksheets[1].iter_rows(values_only=True)}
    for name, question in everything(KB, "counseling").items():
        assert {(name, option) for option in question.options} <= explained


# --- what is wrong ------------------------------------------------------------------------------------------------


def wrong_sheet(tmp_path: Path) -> Path:
    rows = list(random_rows(6))
    for number, column, text in (
        (1, "takes", "many_tries; oftn"),
        (2, "service", "Articulaton"),
        (3, "minutes", "thirty"),
        (4, "now", "pullout"),
        (4, "per", "week"),
    ):
        rows[number][COLUMNS.index(column)] = text
    rows[1][COLUMNS.index("service")] = "reading_decoding"
    for column in (*KB.student_questions, *QUESTIONS):
        if column != "takes":
            rows[1][COLUMNS.index(column)] = ""
    return write(tmp_path / "wrong.csv", rows)


def test_a_bad_row_is_told_with_its_place_and_stops_no_other(tmp_path: Path) -> None:
    sheet = wrong_sheet(tmp_path)
    done = run("caseload", sheet, "-o", tmp_path / "out.csv")
    assert done.exit_code == 1
    rows = read(tmp_path / "out.csv")
    assert [bool(row["mode"]) for row in rows] == [False, False, False, False, True, True]
    assert [bool(row["problem"]) for row in rows] == [True, True, True, True, False, False]
    takes, service = COLUMNS.index("takes") + 1, COLUMNS.index("service") + 1
    assert f"{sheet}:2:{takes}: " in done.stderr
    assert f"{sheet}:3:{service}: " in done.stderr
    assert "Did you mean articulation?" in done.stderr
    assert "Did you mean articulation?" in rows[1]["problem"]
    assert f"{sheet}:4:{COLUMNS.index('minutes') + 1}: " in done.stderr
    assert f"{sheet}:5:{COLUMNS.index('now') + 1}: " in done.stderr
    assert "Did you mean pull_out?" in done.stderr
    assert rows[0]["takes"] == "many_tries; oftn"


def test_strict_stops_at_the_first_bad_row_and_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "out.csv").write_text("earlier")
    done = run("caseload", wrong_sheet(tmp_path), "-o", tmp_path / "out.csv", "--strict")
    assert done.exit_code == 1
    assert done.stderr.count("wrong.csv:") == 1
    assert (tmp_path / "out.csv").read_text() == "earlier"
    assert names(tmp_path) == ["out.csv", "wrong.csv"]


def test_many_bad_rows_are_counted_and_not_all_shown(tmp_path: Path) -> None:
    rows = list(random_rows(100))
    for row in rows[1:]:
        row[COLUMNS.index("service")] = "nothing"
    done = run("caseload", write(tmp_path / "a.csv", rows), "-o", tmp_path / "out.csv")
    assert done.exit_code == 1
    assert done.stderr.count("a.csv:") == 20
    assert "80 more rows" in done.stderr
    assert all(row["problem"] for row in read(tmp_path / "out.csv"))


def test_free_text_is_not_repeated_in_messages(tmp_path: Path) -> None:
    rows = list(random_rows(1))
    rows[1][COLUMNS.index("service")] = "His mother told us at length what happened in the family last year"
    done = run("caseload", write(tmp_path / "a.csv", rows), "-o", tmp_path / "out.csv")
    assert "last year" not in done.stderr + done.stdout
    assert "A goal" not in done.stderr + done.stdout


@pytest.mark.parametrize(
    ("header", "say"),
    [
        (["student", "goal"], "no_service_column"),
        (["service", "Service"], "column_twice"),
        (["service", "now", "present mode"], "column_twice"),
    ],
)
def test_a_sheet_without_a_clear_header_is_refused(tmp_path: Path, header: list[str], say: str) -> None:
    done = run("caseload", write(tmp_path / "a.csv", [header]), "-o", tmp_path / "out.csv")
    assert done.exit_code == 1
    assert words().texts[f"problems.{say}"].split("{")[0].strip('"')[:20] in done.stderr or say == "column_twice"
    assert not (tmp_path / "out.csv").exists()


def test_a_misspelled_column_is_pointed_out_with_the_one_that_was_meant(tmp_path: Path) -> None:
    done = run("caseload", write(tmp_path / "a.csv", [["service", "skil_stage"], ["articulation", "new"]]), "-o", "-")
    assert done.exit_code == 0
    assert "a.csv:1:2" in done.stderr
    assert "Did you mean skill_stage?" in done.stderr


@pytest.mark.parametrize(
    ("args", "code"),
    [
        ((), 2),
        (("a.csv", "-o", "out.doc"), 2),
        (("a.csv", "-o", "out.csv", "--format", "pdf"), 2),
        (("a.csv", "-o", "a.csv"), 2),
        (("a.csv", "-o", "out.csv", "--jobs", "0"), 2),
        (("a.csv", "-o", "out.csv", "--jobs", "two"), 2),
        (("a.csv", "-o", "out.csv", "--week", "long"), 2),
        (("a.csv", "-o", "-", "--resume"), 2),
        (("a.csv", "-o", "out.csv", "--service", "vision"), 2),
        (("--template", "-o", "t.jsonl"), 2),
        (("gone.csv", "-o", "out.csv"), 1),
        (("a.csv", "-o", "nowhere/out.csv"), 1),
    ],
)
def test_what_cannot_work_is_said_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...], code: int
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "a.csv", list(random_rows(2)))
    done = run("caseload", *args)
    assert done.exit_code == code, done.output
    assert done.stderr.strip()
    assert names(tmp_path) == ["a.csv"]


def test_answers_to_questions_that_a_service_does_not_ask_are_counted_and_do_not_count(tmp_path: Path) -> None:
    asked = KB.services["articulation"].questions
    other = next(name for name in QUESTIONS if name not in asked)
    done = run("caseload", write(tmp_path / "a.csv", [["service", other], ["articulation", "any text"]]), "-o", "-")
    assert done.exit_code == 0
    assert words().count("caseload.stray", 1) in done.stderr


def test_students_in_several_places_of_a_sheet_are_pointed_out(tmp_path: Path) -> None:
    rows = [
        ["student", "service"],
        ["A.", "language"],
        ["B.", "language"],
        ["A.", "writing"],
        ["", "writing"],
        ["", "writing"],
    ]
    done = run("caseload", write(tmp_path / "a.csv", rows), "-o", "-")
    assert words().count("caseload.scattered", 1) in done.stderr
    assert told_apart([1, 2, 3]) == (3, 0)
    assert told_apart([1, 2, 1, 1, 2]) == (2, 2)


# --- nothing lost, nothing half -----------------------------------------------------------------------------------


def test_several_processes_give_the_same_bytes(tmp_path: Path) -> None:
    rows = list(random_rows(2100))
    rows[700][COLUMNS.index("service")] = "nothing"
    sheet = write(tmp_path / "a.csv", rows)
    for ending in ("csv", "jsonl"):
        outs = [run("caseload", sheet, "-o", tmp_path / f"{jobs}.{ending}", "--jobs", jobs) for jobs in JOBS]
        assert {done.exit_code for done in outs} == {1}
        assert len({done.stderr.replace("1.", "N.").replace("2.", "N.").replace("3.", "N.") for done in outs}) == 1
        assert len({(tmp_path / f"{jobs}.{ending}").read_bytes() for jobs in JOBS}) == 1


class _Cut(KeyboardInterrupt):
    """Somebody pressed Ctrl-C."""


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """A run of some hundred rows has several batches."""
    monkeypatch.setattr(runs, "BATCH", 100)


def cut_after(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    whole = runs.pieces

    def pieces(job: runs.Job, batches: Any, jobs: int) -> Iterator[runs.Piece]:
        for number, piece in enumerate(whole(job, batches, jobs)):
            if number == count:
                raise _Cut
            yield piece

    monkeypatch.setattr(runs, "pieces", pieces)


def test_a_workbook_that_is_stopped_on_its_last_steps_leaves_the_earlier_one_and_can_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet, out = write(tmp_path / "a.csv", list(random_rows(20))), tmp_path / "out.xlsx"
    out.write_bytes(b"earlier")

    def stopped(*_: Any, **__: Any) -> None:
        raise _Cut

    with monkeypatch.context() as patch:
        patch.setattr("pushpull.cli.rows.write_xlsx", stopped)
        done = run("caseload", sheet, "-o", out)
    assert done.exit_code == 130
    assert "--resume" in done.stderr
    assert out.read_bytes() == b"earlier"
    done = run("caseload", sheet, "-o", out, "--resume")
    assert (done.exit_code, "20 rows" in done.stderr) == (0, True), done.stderr
    assert openpyxl.load_workbook(out).worksheets[0].max_row == 21
    assert names(tmp_path) == ["a.csv", "out.xlsx"]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_lies_where_a_result_grows_is_not_taken_over(tmp_path: Path, ending: str) -> None:
    sheet, out = write(tmp_path / "a.csv", list(random_rows(3))), tmp_path / f"out.{ending}"
    precious = write(tmp_path / "precious.csv", [["mine"]])
    before = precious.read_bytes()
    os.link(precious, tmp_path / f".out.{ending}.part")
    open_to_all = tmp_path / f".out.{ending}.part.json.new"
    open_to_all.touch()
    open_to_all.chmod(0o666)
    assert run("caseload", sheet, "-o", out).exit_code == 0
    assert precious.read_bytes() == before
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    (tmp_path / f".out.{ending}.part").touch(0o666)
    (tmp_path / f".out.{ending}.part").chmod(0o666)
    assert run("caseload", sheet, "-o", out).exit_code == 0
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert names(tmp_path) == ["a.csv", out.name, "precious.csv"]


@pytest.mark.parametrize("form", ["csv", "jsonl", "xlsx"])
def test_what_goes_to_standard_output_lies_nowhere_on_the_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    sheet = write(tmp_path / "a.csv", list(random_rows(3)))
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    seen: list[str] = []
    finish = Unnamed.finish

    def look(unfinished: Unnamed, convert: Any = None) -> None:
        finish(unfinished, convert)
        seen.extend(path.name for path in (tmp_path / "temporary").iterdir())

    monkeypatch.setattr(Unnamed, "finish", look)
    done = run("caseload", sheet, "-o", "-", "--format", form)
    assert done.exit_code == 0
    assert done.stdout_bytes
    assert seen == []
    assert names(tmp_path) == ["a.csv", "temporary"]


def test_a_workbook_keeps_what_it_needs_beside_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet, out = write(tmp_path / "a.csv", list(random_rows(3))), tmp_path / "out.xlsx"
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / ".out.xlsx.left1234.part").mkdir()
    (tmp_path / ".out.xlsx.left1234.part" / "rows").touch()
    os.utime(tmp_path / ".out.xlsx.left1234.part", (0, 0))
    seen: set[tuple[str, int]] = set()
    close = xlsxwriter.Workbook.close

    def look(book: Any) -> None:
        rooms = [path for path in tmp_path.glob(".out.xlsx.*.part") if path.is_dir() and any(path.iterdir())]
        seen.update(("out", stat.S_IMODE(path.stat().st_mode)) for path in rooms)
        seen.update((path.name, 0) for path in (tmp_path / "temporary").iterdir())
        close(book)

    monkeypatch.setattr(xlsxwriter.Workbook, "close", look)
    assert run("caseload", sheet, "-o", out).exit_code == 0
    assert seen == {("out", 0o700)}
    assert names(tmp_path) == ["a.csv", "out.xlsx", "temporary"]


def test_a_process_that_is_ended_from_outside_ends_the_run_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet, out = write(tmp_path / "a.csv", list(random_rows(30))), tmp_path / "out.csv"
    out.write_text("earlier")
    monkeypatch.setattr(runs, "BATCH", 2)

    def kill_all(_: Progress, rows: int) -> None:
        for process in multiprocessing.active_children() if rows else ():
            process.kill()
            process.join()

    monkeypatch.setattr(Progress, "at", kill_all)
    done = run("caseload", sheet, "-o", out, "--jobs", "2")
    assert done.exit_code == 1
    assert done.stderr.strip().endswith(words()("problems.process_ended"))
    assert out.read_text() == "earlier"
    assert names(tmp_path) == ["a.csv", "out.csv"]
    assert multiprocessing.active_children() == []


def test_processes_that_are_still_handing_over_are_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = write(tmp_path / "a.csv", [["service", "note"], *(["articulation", "x" * 20_000] for _ in range(60))])
    monkeypatch.setattr(runs, "BATCH", 10)

    def cut(_: Progress, rows: int) -> None:
        if rows:
            raise _Cut

    monkeypatch.setattr(Progress, "at", cut)
    began = time.monotonic()
    done = run("caseload", sheet, "-o", tmp_path / "out.csv", "--jobs", "2")
    assert done.exit_code == 130
    assert time.monotonic() - began < 20
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize(
    "text", ["{}", "[]", "1", '{"batches": 1}', "[" * 100_000, '{"of": 1, "batches": 1, "bytes": "x"}', "\xff"]
)
def test_a_note_of_a_run_that_is_none_is_not_gone_on_with(tmp_path: Path, text: str) -> None:
    sheet, out = write(tmp_path / "a.csv", list(random_rows(3))), tmp_path / "out.csv"
    (tmp_path / ".out.csv.part").write_text("something")
    (tmp_path / ".out.csv.part.json").write_text(text, encoding="latin-1")
    assert run("caseload", sheet, "-o", out, "--resume").exit_code == 0
    assert len(read(out)) == 3
    assert names(tmp_path) == ["a.csv", "out.csv"]


def test_nothing_that_is_read_is_written_over(tmp_path: Path) -> None:
    plans = tmp_path / "plans"
    plans.mkdir()
    (plans / "a.yaml").write_text(plan_text({}, service="articulation"))
    before = (plans / "a.yaml").read_bytes()
    (plans / "link.md").symlink_to("a.yaml")
    over: tuple[tuple[Any, ...], ...] = (
        (plans / "a.yaml", "-o", plans / "a.yaml", "--format", "csv"),
        (plans / "link.md", "-o", tmp_path / "z.csv", "--summary", plans / "link.md"),
    )
    for named, *more in over:
        done = run("caseload", plans, *more)
        assert done.exit_code == 2
        assert words()("problems.plan_is_output", file=str(named)) in " ".join(done.stderr.split())
    assert (plans / "a.yaml").read_bytes() == before
    same = tmp_path / "same.txt"
    done = run("caseload", plans, "-o", same, "--format", "csv", "--summary", same)
    assert (done.exit_code, same.exists()) == (2, False)
    assert words()("problems.summary_is_output", file=str(same)) in " ".join(done.stderr.split())


@pytest.mark.skipif(sys.platform in {"darwin", "win32"}, reason="there are no such names")
def test_a_plan_whose_name_is_no_text_is_worked_out_as_well(tmp_path: Path) -> None:
    plans = tmp_path / "plans"
    plans.mkdir()
    for name, text in ((b"a\xff.yaml", plan_text({}, service="articulation")), (b"b\xff.yaml", "plan: [")):
        (plans / os.fsdecode(name)).write_text(text)
    for ending in ("csv", "jsonl", "xlsx"):
        done = run("caseload", plans, "-o", tmp_path / f"out.{ending}")
        assert (done.exit_code, type(done.exception)) == (1, SystemExit)
        assert "b\\udcff.yaml" in done.stderr
    assert [Path(row["plan"]).name for row in read(tmp_path / "out.csv")] == ["a\\udcff.yaml", "b\\udcff.yaml"]


def test_a_sheet_of_which_no_row_is_right_is_given_up_early(tmp_path: Path) -> None:
    sheet, out = tmp_path / "a.csv", tmp_path / "out.csv"
    out.write_text("earlier")
    sheet.write_text("service\n" + "articulat\n" * 9_999)
    assert run("caseload", sheet, "-o", out).exit_code == 1
    assert len(read(out)) == 9_999
    out.write_text("earlier")
    sheet.write_text("service\n" + "x\n" * 60_000)
    done = run("caseload", sheet, "-o", out)
    assert done.exit_code == 1
    assert words()("problems.no_row_right", file=str(sheet), count="10,000") in done.stderr
    assert out.read_text() == "earlier"
    assert names(tmp_path) == ["a.csv", "out.csv"]
    sheet.write_text("service\narticulation\n" + "x\n" * 20_000)
    assert run("caseload", sheet, "-o", out).exit_code == 1
    assert len(read(out)) == 20_001


def test_answers_of_a_plan_that_the_knowledge_no_longer_has_do_not_count_in_a_folder_either(tmp_path: Path) -> None:
    folder = tmp_path / "plans"
    folder.mkdir()
    text = plan_text({"skill_stage": ("mixed",), "takes": ("many_tries",)}, service="articulation")
    (folder / "now.yaml").write_text(text)
    gone = text.replace("[many_tries]", "[many_tries, gone_option]").replace(
        "skill_stage", "gone_question: [x]\n      skill_stage"
    )
    (folder / "then.yaml").write_text(gone)
    done = run("caseload", folder, "-o", tmp_path / "out.csv")
    assert done.exit_code == 0, done.stderr
    now, then = read(tmp_path / "out.csv")
    assert then["takes"] == "many_tries; gone_option"
    assert now["mode"] == then["mode"] != "unknown"
    assert now["case_pull_out"] == then["case_pull_out"]
    assert words().count("caseload.stray", 1) in done.stderr


@pytest.mark.usefixtures("small_batches")
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_link_to_a_result_stays_a_link_through_an_interruption(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    sheet = write(tmp_path / "a.csv", list(random_rows(250)))
    (tmp_path / "elsewhere").mkdir()
    place, link = tmp_path / "elsewhere" / f"result.{ending}", tmp_path / f"out.{ending}"
    place.write_bytes(b"earlier")
    link.symlink_to(place)
    with monkeypatch.context() as patch:
        cut_after(patch, 1)
        assert run("caseload", sheet, "-o", link).exit_code == 130
    assert place.read_bytes() == b"earlier"
    assert run("caseload", sheet, "-o", link, "--resume").exit_code == 0
    assert link.is_symlink()
    assert place.stat().st_size > len(b"earlier")
    assert names(tmp_path) == ["a.csv", "elsewhere", link.name]
    assert names(place.parent) == [place.name]


@pytest.mark.usefixtures("small_batches")
@pytest.mark.parametrize("ending", ["csv", "jsonl", "xlsx"])
def test_an_interrupted_run_leaves_the_earlier_result_and_can_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    sheet = write(tmp_path / "a.csv", list(random_rows(350)))
    out = tmp_path / f"out.{ending}"
    assert run("caseload", sheet, "-o", out).exit_code == 0
    undisturbed = out.read_bytes()
    out.write_bytes(b"earlier")
    with monkeypatch.context() as patch:
        cut_after(patch, 2)
        done = run("caseload", sheet, "-o", out)
    assert done.exit_code == 130
    assert "--resume" in done.stderr
    assert out.read_bytes() == b"earlier"
    left = [path for path in tmp_path.iterdir() if path.name.startswith(".")]
    assert left
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in left)
    done = run("caseload", sheet, "-o", out, "--resume")
    assert done.exit_code == 0
    assert re.search(r"\b20\d rows", done.stderr)
    assert out.read_bytes() == undisturbed
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert names(tmp_path) == ["a.csv", out.name]


def test_a_run_that_was_interrupted_before_its_first_rows_goes_on_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet, out = write(tmp_path / "a.csv", list(random_rows(50))), tmp_path / "out.csv"
    run("caseload", sheet, "-o", out)
    undisturbed = out.read_bytes()
    with monkeypatch.context() as patch:
        cut_after(patch, 0)
        assert run("caseload", sheet, "-o", out).exit_code == 130
    assert run("caseload", sheet, "-o", out, "--resume").exit_code == 0
    assert out.read_bytes() == undisturbed


@pytest.mark.usefixtures("small_batches")
def test_a_run_whose_sheet_has_changed_does_not_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet, out = write(tmp_path / "a.csv", list(random_rows(250))), tmp_path / "out.csv"
    with monkeypatch.context() as patch:
        cut_after(patch, 1)
        run("caseload", sheet, "-o", out)
    write(sheet, list(random_rows(260)))
    done = run("caseload", sheet, "-o", out, "--resume")
    assert done.exit_code == 1
    assert "--resume" in done.stderr
    assert run("caseload", sheet, "-o", out).exit_code == 0
    assert len(read(out)) == 260
    assert names(tmp_path) == ["a.csv", "out.csv"]


def test_nothing_to_go_on_with_is_a_run_from_the_start(tmp_path: Path) -> None:
    sheet = write(tmp_path / "a.csv", list(random_rows(10)))
    assert run("caseload", sheet, "-o", tmp_path / "out.csv", "--resume").exit_code == 0
    assert len(read(tmp_path / "out.csv")) == 10


def test_two_runs_do_not_write_the_same_file(tmp_path: Path) -> None:
    pytest.importorskip("fcntl")
    sheet = write(tmp_path / "a.csv", list(random_rows(10)))
    lock = "import fcntl, sys; f = open(sys.argv[1], 'wb'); fcntl.lockf(f, fcntl.LOCK_EX)"
    hold = f"{lock}; print('held', flush=True); input()"
    command = [sys.executable, "-c", hold, str(tmp_path / ".out.csv.part")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout
        assert other.stdout.readline() == b"held\n"
        done = run("caseload", sheet, "-o", tmp_path / "out.csv")
        other.communicate(b"\n")
    assert done.exit_code == 1
    assert words()("problems.caseload_running", file=str(tmp_path / "out.csv")) in done.stderr
    assert not (tmp_path / "out.csv").exists()


# --- the summary --------------------------------------------------------------------------------------------------


def test_counts_add_up_and_come_back_from_json() -> None:
    done = [caseload().work((n, list(row)) for n, row in enumerate(list(random_rows(50, seed))[1:])) for seed in (1, 2)]
    both = Summary()
    for each in done:
        both.add(each.summary)
    assert both.worked_out == 100
    assert both.rows == done[0].summary.rows + done[1].summary.rows
    assert Summary.of(json.loads(json.dumps(both.plain()))) == both


def test_a_present_way_that_is_not_known_neither_differs_nor_agrees() -> None:
    assert Alike("s", "push_in", "pull_out", "firm", for_the_school=False).differs is True
    assert Alike("s", "blend", "blend", "firm", for_the_school=False).differs is False
    assert Alike("s", "", "blend", "firm", for_the_school=False).differs is None
    assert Alike("s", "none", "blend", "firm", for_the_school=False).differs is None
    assert Alike("s", "push_in", "open", "firm", for_the_school=False).differs is None


def test_the_summary_counts_and_names_nobody(tmp_path: Path) -> None:
    rows = list(random_rows(300))
    sheet = write(tmp_path / "a.csv", rows)
    done = run("caseload", sheet, "-o", tmp_path / "out.csv", "--summary", tmp_path / "s.md")
    paper = (tmp_path / "s.md").read_text()
    result = read(tmp_path / "out.csv")
    for said in (done.stdout, paper):
        assert "S1" not in said
        assert "300" in said
        assert words()("caseload.limits")[:40] in said.replace("\\", "")
    differing = sum(row["differs"] == "yes" for row in result)
    told = sum(row["differs"] != "" for row in result)
    assert words()("caseload.differ_of", count=str(differing), all=str(told)) in done.stdout
    firm = sum(row["firmness"] == "firm" for row in result)
    assert f"({firm} of 300)" in done.stdout
    near = len({row["student"] for row in result if row["near_edge"]})
    assert not near or str(near) in done.stdout


@pytest.mark.parametrize("ending", ["html", "docx", "pdf", "txt"])
def test_the_summary_is_a_paper_in_any_format(tmp_path: Path, ending: str) -> None:
    sheet = write(tmp_path / "a.csv", list(random_rows(40)))
    out = tmp_path / f"summary.{ending}"
    assert run("caseload", sheet, "-o", tmp_path / "out.csv", "--summary", out).exit_code == 0
    assert out.stat().st_size > 1000
    assert run("caseload", sheet, "-o", tmp_path / "out.csv", "--summary", tmp_path / "summary.odd").exit_code == 2


def test_an_empty_caseload_has_a_summary_too() -> None:
    page = caseload_page(KB, Summary(), words(), sheet="a.csv", students=0)
    assert page.blocks


# --- what a person would stumble over -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "text", "say"),
    [
        ("skill_stage", "new; mixed", "one_answer"),
        ("takes", "not_sure; quiet", "answer_alone"),
        ("takes", "quiet; none_of_these", "answer_alone"),
        ("takes", "quite", "unknown_answer"),
        ("per", "fortnight", "not_one_of"),
        ("place", "roof", "not_one_of"),
        ("week", "long", "not_an_amount"),
        ("service", "", "no_service_told"),
    ],
)
def test_an_answer_that_would_count_for_nothing_is_told(column: str, text: str, say: str) -> None:
    row = row_of({}, student="A.", service="reading_decoding")
    row[COLUMNS.index(column)] = text
    done = caseload().work([(2, row)])
    assert [(problem.say, problem.place.column) for problem in done.problems] == [(say, COLUMNS.index(column) + 1)]


def test_every_answer_may_be_written_as_people_read_it() -> None:
    for service in SERVICES:
        for name, question in everything(KB, service).items():
            options = Options(name, question, words()("student.unnamed"))
            for key, option in question.options.items():
                for text in (key, option.label, fill(option.label, student=words()("student.unnamed"))):
                    assert options.meant(text) == (key,), text


def test_a_row_that_cannot_be_read_leaves_the_share_of_its_neighbors_blank(tmp_path: Path) -> None:
    rows = [["student", "service", "now", "minutes", "times", "per", "week"]]
    rows += [[label, "language", "pull_out", "30", "2", "week", "1950"] for label in ("A.", "A.", "B.", "C.")]
    rows[2] += ["", "one too many"]
    done = run("caseload", write(tmp_path / "a.csv", rows), "-o", tmp_path / "out.csv")
    assert done.exit_code == 1
    found = read(tmp_path / "out.csv")
    assert [row["percent_inside"] for row in found] == ["", "", "", "96.9231"]
    assert found[1]["problem"].startswith("Row 3: ")


def test_time_in_class_takes_nothing_of_the_share_even_if_nobody_told_how_much() -> None:
    told = row_of({}, student="A.", week="1950", service="articulation", now="push_in")
    assert worked_out(told)[0]["percent_inside"] == "100"


@pytest.mark.usefixtures("small_batches")
def test_the_command_after_an_interruption_asks_for_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet, out = write(tmp_path / "a.csv", list(random_rows(150))), tmp_path / "out.csv"
    with monkeypatch.context() as patch:
        cut_after(patch, 1)
        done = run("caseload", sheet, "-o", out, "--week", "1800", "--summary", tmp_path / "s.html", "--jobs", "1")
    command = done.stderr.strip().rpartition(" caseload ")[2].split()
    again = run("caseload", *command)
    assert again.exit_code == 0, again.stderr
    assert len(read(out)) == 150
    assert (tmp_path / "s.html").is_file()


def test_a_result_that_a_workbook_cannot_hold_leaves_nothing_behind(tmp_path: Path) -> None:
    sheet = write(tmp_path / "a.csv", [["service", "goal"], ["language", "x" * 40_000]])
    assert run("caseload", sheet, "-o", tmp_path / "out.xlsx").exit_code == 1
    assert names(tmp_path) == ["a.csv"]


@pytest.mark.parametrize("ending", ["json", "csv"])
def test_a_summary_is_a_page_and_no_table(tmp_path: Path, ending: str) -> None:
    sheet = write(tmp_path / "a.csv", list(random_rows(3)))
    done = run("caseload", sheet, "-o", tmp_path / "out.csv", "--summary", tmp_path / f"s.{ending}")
    assert done.exit_code == 2
    assert names(tmp_path) == ["a.csv"]


def test_an_empty_sheet_replaces_no_other(tmp_path: Path) -> None:
    sheet = write(tmp_path / "a.csv", list(random_rows(3)))
    before = sheet.read_bytes()
    assert run("caseload", "--template", "-o", sheet).exit_code == 2
    assert run("caseload", "--template", sheet, "-o", tmp_path / "b.csv").exit_code == 2
    assert sheet.read_bytes() == before
    assert names(tmp_path) == ["a.csv"]


def test_students_are_counted_once_wherever_they_stand(tmp_path: Path) -> None:
    rows = [["student", "service"], *([label, "writing"] for label in ("A.", "B.", "A.", "", "")), ["C.", "nothing"]]
    run("caseload", write(tmp_path / "a.csv", rows), "-o", tmp_path / "out.csv", "--summary", tmp_path / "s.txt")
    assert f"{words()('caseload.students')}: 3" in (tmp_path / "s.txt").read_text()


@pytest.mark.skipif(sys.platform == "win32", reason="signals are a matter of POSIX")
def test_killing_the_first_process_ends_the_others_and_a_later_run_goes_on(tmp_path: Path) -> None:
    sheet, out = write(tmp_path / "a.csv", list(random_rows(30_000))), tmp_path / "out.csv"
    command = [sys.executable, "-m", "pushpull", "caseload", str(sheet), "-o", str(out), "--jobs", "2"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as first:
        deadline = time.monotonic() + 60
        notes = tmp_path / ".out.csv.part.json"
        while not notes.exists() and first.poll() is None and time.monotonic() < deadline:
            time.sleep(0.02)
        first.kill()
    assert not out.exists()
    done = run("caseload", sheet, "-o", out, "--resume")
    assert done.exit_code == 0, done.stderr
    assert len(read(out)) == 30_000


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are a matter of POSIX")
def test_a_terminal_shows_how_far_it_is_and_a_pipe_does_not(tmp_path: Path) -> None:
    from screen import Terminal  # noqa: PLC0415  it needs POSIX

    sheet = write(tmp_path / "a.csv", list(random_rows(3000)))
    terminal = Terminal(tmp_path, "caseload", sheet.name, "-o", "out.csv")
    assert terminal.status == 0
    bar = words()("caseload.progress").encode()
    assert bar in terminal.raw
    assert b"/3000" in terminal.raw
    assert b"/s" in terminal.raw
    assert "/3000" not in terminal.shown, "once it is done, the bar goes"
    assert not terminal.too_wide
    command = [sys.executable, "-m", "pushpull", "caseload", str(sheet), "-o", str(tmp_path / "b.csv")]
    piped = subprocess.run(command, capture_output=True, text=True, check=True)
    assert piped.stderr == words()("caseload.written", file=str(tmp_path / "b.csv")) + "\n"


def test_a_missing_library_is_told_before_the_work_begins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = write(tmp_path / "a.csv", list(random_rows(3)))
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    monkeypatch.setattr(runs, "pieces", lambda *_: pytest.fail("the work began"))
    done = run("caseload", sheet, "-o", tmp_path / "out.xlsx")
    assert done.exit_code == 1
    assert ".xlsx" in done.stderr
    assert "pip install" in done.stderr
    assert names(tmp_path) == ["a.csv"]


def test_a_sheet_that_names_plans_is_still_a_sheet(tmp_path: Path) -> None:
    sheet = write(tmp_path / "a.csv", [["plan", "service"], ["p.yaml", "nothing"]])
    assert f"{sheet}:2:2: " in run("caseload", sheet, "-o", tmp_path / "out.csv").stderr


def test_the_page_about_caseloads_names_every_column() -> None:
    page = (ROOT / "docs" / "caseload.md").read_text()
    assert [name for name in (*GIVEN, *RESULTS) if f"`{name}`" not in page] == []
