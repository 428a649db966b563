"""JSON and CSV are contracts: their fields, their order, and that no spreadsheet runs what a person wrote."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from helpers import EXAMPLES, ROOT, SERVICES, all_answers, everything, for_all, plan_text, run, shipped, words
from pushpull import plan
from pushpull.records.numbers import exact
from pushpull.records.suggestion import suggestion_record
from pushpull.records.text import to_csv, to_json
from pushpull.suggest import suggest

KB, CHART, _ = shipped()
TOP = ["pushpull", "program", "content", "student", "limits", "services", "week", "tasks", "roster", "views"]
SERVICE = [
    *("id", "service", "goal", "now", "mode", "firmness", "parts", "settled_by", "case", "reasons", "requirements"),
    *("not_counted", "notes", "tensions", "unanswered", "next_fact", "would_change"),
    *("aids", "review", "tasks", "team"),
]
REASON = ["for", "strength", "points", "basis", "concern", "because", "caveat", "question", "answer", "note", "sources"]
PROMISED = {
    *("id", "service", "goal", "mode", "firmness", "parts", "settled_by", "case", "reasons", "requirements"),
    *("not_counted", "unanswered", "next_fact", "would_change"),
}
"""What the contract names; anything beside it may be added, and nothing of it may go."""


def schema(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((ROOT / "docs" / "schema" / f"{name}.schema.json").read_text())
    return found


def objects(part: Any) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        if part.get("type") == "object":
            yield part
        for inner in part.values():
            yield from objects(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from objects(inner)


def suggested(path: Path) -> dict[str, Any]:
    done = run("suggest", path, "--format", "json")
    assert done.exit_code == 0
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def compared(*more: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("compare", "--format", "json", *more).stdout)
    return found


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


# --- the schemas --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["suggestion", "comparison", "week", "audit"])
def test_a_schema_is_valid_and_knows_every_field(name: str) -> None:
    whole = schema(name)
    Draft202012Validator.check_schema(whole)
    assert whole["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    found = list(objects(whole))
    assert len(found) > 5
    for part in found:
        assert part["additionalProperties"] is False
        assert part["description"]
        for field in part.get("properties", {}).values():
            assert field.get("description")


def test_a_schema_refuses_a_field_it_does_not_know() -> None:
    record = suggested(EXAMPLES[0])
    record["services"][0]["confidence"] = 0.9
    assert not Draft202012Validator(schema("suggestion")).is_valid(record)


# --- suggest ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_suggestion_keeps_the_contract_field_by_field(path: Path) -> None:
    record = suggested(path)
    Draft202012Validator(schema("suggestion")).validate(record)
    assert list(record) == TOP
    for service in record["services"]:
        assert list(service) == SERVICE
        assert set(service) >= PROMISED
        assert list(service["case"]) == ["push_in", "pull_out"]
        for reason in service["reasons"]:
            assert list(reason) == REASON
        for requirement in service["requirements"]:
            assert list(requirement) == ["id", "for", "status", "basis", "say", "ask", "sources"]


def test_the_two_examples_hold_every_part_of_the_contract() -> None:
    services = [service for path in EXAMPLES for service in suggested(path)["services"]]
    assert {"blend", "push_in", "pull_out"} <= {service["mode"] for service in services}
    for field in ("parts", "settled_by", "reasons", "requirements", "not_counted", "notes", "unanswered"):
        assert any(service[field] for service in services), field
    assert any(service["team"]["mode"] for service in services)
    assert {aid["was"] for service in services for aid in service["aids"]} == {"tried", "rejected", "to_try"}
    assert all(service["review"]["on"] for service in services)
    assert any(reason["note"] for service in services for reason in service["reasons"])


@for_all(data=st.data())
def test_whatever_is_answered_fits_the_schema(data: st.DataObject) -> None:
    service = data.draw(st.sampled_from(SERVICES))
    answers = data.draw(all_answers(everything(KB, service))) | {"gone": ("x",)}
    file = plan.open_plan(Path("-"), plan_text(answers, service=service).encode())
    found = {"one": suggest(KB, service, file.plan.answers_for("one"))}
    record = suggestion_record(KB, file.plan, found, words(), program="0")
    Draft202012Validator(schema("suggestion")).validate(json.loads(to_json(record)))


def test_points_are_exact_json_numbers() -> None:
    assert exact(Fraction(8)) == 8
    assert isinstance(exact(Fraction(8)), int)
    assert exact(Fraction(17, 2)) == 8.5


def test_letters_of_every_language_stay_as_they_are() -> None:
    assert to_json({"label": "Zoë مريم 👧"}) == '{\n  "label": "Zoë مريم 👧"\n}\n'


# --- compare ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("more", [(), ("--service", "handwriting")])
def test_the_comparison_keeps_its_contract(more: tuple[str, ...]) -> None:
    record = compared(*more)
    Draft202012Validator(schema("comparison")).validate(record)
    assert list(record["topics"]) == ["what_they_are", "how_it_works", "how_kids_get_them"]
    assert list(record["services"]) == ["handwriting"][: len(more)]


def test_how_often_a_point_is_attested_is_counted_from_its_sources() -> None:
    points = [p for lists in compared()["pros_cons"].values() for side in lists.values() for p in side]
    assert len(points) == 28
    for point in points:
        grades = [KB.sources[name].grade for name in point["sources"]]
        assert point["attested"] == {"sources": len(grades), "stronger": len([g for g in grades if g != "e"])}


def test_the_chart_as_rows_says_what_the_chart_says() -> None:
    table = rows(run("compare", "--format", "csv").stdout)
    assert list(table[0]) == ["topic", "mode", "concern", "say", "sources", "attested", "stronger"]
    chart = CHART.comparison
    points = [p.say for lists in chart.pros_cons.values() for side in (lists.pros, lists.cons) for p in side.values()]
    sentences = [
        say for topic in chart.topics.values() for side in (topic.push_in, topic.pull_out) for say in side.values()
    ]
    blend = [
        say for part in (chart.blend.what, chart.blend.makes_sense, chart.blend.avoidance) for say in part.values()
    ]
    others = [
        say
        for way in chart.others.values()
        for say in (way.what, *(r.say for part in (way.speaks_for, way.take_care) for r in part.values()))
    ]
    assert sorted(row["say"] for row in table) == sorted([*points, *sentences, *blend, *others])


# --- CSV ----------------------------------------------------------------------------------------------------------


def test_a_suggestion_as_rows_has_one_row_a_service() -> None:
    table = rows(run("suggest", EXAMPLES[1], "--format", "csv").stdout)
    assert [row["id"] for row in table] == ["reading", "speech"]
    assert table[0]["mode"] == "blend"
    assert table[0]["part_pull_out"] == "first teaching of new patterns"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\n"])
def test_a_cell_that_a_spreadsheet_would_run_is_made_a_text(start: str) -> None:
    (row,) = rows(to_csv([{"goal": f"{start}1+1", "mode": "a=b"}]))
    assert row == {"goal": f"'{start}1+1", "mode": "a=b"}


def test_a_formula_in_a_plan_is_inert_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    text = plan_text({}, service="handwriting", label='"=HYPERLINK(1)"')
    path.write_text(text.replace("answers: {}", 'goal: "@SUM(1)"'))
    (row,) = rows(run("suggest", path, "--format", "csv").stdout)
    assert (row["student"], row["goal"]) == ("'=HYPERLINK(1)", "'@SUM(1)")


@for_all(cells=st.lists(st.text(alphabet="=+-@\t\r\n ,\"'ab"), min_size=1, max_size=4))
def test_no_cell_of_any_row_starts_like_a_formula(cells: list[str]) -> None:
    text = to_csv([{str(number): cell for number, cell in enumerate(cells)}])
    (row,) = rows(text)
    for cell, shown in zip(cells, row.values(), strict=True):
        assert shown.removeprefix("'") == "\n".join(cell.replace("\r\n", "\r").split("\r")).removeprefix("'")
        assert not shown.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
