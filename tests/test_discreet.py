"""Nobody is exposed: what was written about a child is in the plan, and nowhere that it was not asked for."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import docx
import pypdf
import pytest
import yaml

from helpers import EXAMPLES, run, shipped, words
from pushpull.plan import looks_like_a_name, open_plan
from pushpull.plan.fields import Kept, Plan
from pushpull.plan.redacted import redacted
from pushpull.problems import Place, Problem, discreet

KB = shipped()[0]
SAID = words()

CHOICES = {
    "plan": "1", "student.grade": "elementary", "week.day": "390", "week.days_a_week": "5", "week.weeks": "36",
    "week.months": "9", "week.cycle": "6", "week.lunch.minutes": "25", "week.lunch.shared": "yes",
    "week.recess.minutes": "20", "week.recess.shared": "no", "services.*.service": "handwriting",
    "services.*.now": "blend", "services.*.related": "yes", "services.*.team.mode": "blend",
    "services.*.aids.*.was": "tried",
} | {
    f"services.*.{way}.*.{word}": value
    for way in ("present", "proposed")
    for word, value in (("minutes", "20-30"), ("times", "2"), ("per", "week"), ("place", "inside"))
}  # fmt: skip
"""What is no free text: it is the same in a copy without free text."""
LEFT_OUT = {"week.minutes", "week.preschool", "week.days"}
"""Another way to tell the week, which may stand beside it only if it comes to the same."""


class Secrets:
    """A plan in which every place for free text holds a secret of its own."""

    def __init__(self) -> None:
        self.count = 0
        self.raw = {**self.filled(Plan), "shoe": self.secret(), self.secret(): "x"}

    def secret(self) -> str:
        self.count += 1
        return f"Zeb{self.count}q kicks"

    def filled(self, kind: type[Kept], path: str = "") -> dict[str, object]:
        return dict(self.fields(kind, path))

    def fields(self, kind: type[Kept], path: str) -> Iterator[tuple[str, object]]:
        for name, field in kind.model_fields.items():
            here = f"{path}.{name}".lstrip(".")
            if here in LEFT_OUT or (path == "services.*" and name in {"minutes", "times", "per", "place"}):
                continue
            inner, text = kind.holds(name), str(field.annotation)
            if here in CHOICES:
                yield name, CHOICES[here]
            elif inner and text.startswith("dict"):
                # The id of an entry is no free text: a message has to name it, so that somebody can find it.
                key = "entry-1" if here == "services" else self.secret()
                yield name, {key: self.filled(inner, f"{here}.*")}
            elif inner:
                yield name, self.filled(inner, here)
            elif name == "answers":
                yield name, {"skill_stage": [self.secret(), "new"], self.secret(): self.secret()}
            elif name == "notes":
                yield name, {"skill_stage": self.secret(), self.secret(): self.secret()}
            elif name == "roster":
                yield name, {"family": self.secret(), self.secret(): self.secret()}
            else:
                yield name, self.secret()


@pytest.fixture
def told(tmp_path: Path) -> Path:
    path = tmp_path / "plan.yaml"
    path.write_text(yaml.safe_dump(Secrets().raw, sort_keys=False))
    return path


def read_back(path: Path) -> str:
    """Return all text of a paper, whatever its format."""
    match path.suffix:
        case ".docx":
            parts = docx.Document(str(path)).part.package.iter_parts()
            return "\n".join(part.blob.decode(errors="replace") for part in parts)
        case ".pdf":
            reader = pypdf.PdfReader(io.BytesIO(path.read_bytes()))
            return "\n".join([*(page.extract_text() for page in reader.pages), str(reader.metadata)])
        case _:
            return path.read_text()


def secrets_in(text: str) -> set[str]:
    return set(re.findall(r"Zeb\d+q", text))


def test_the_plan_with_a_secret_in_each_place_is_a_plan(told: Path) -> None:
    kept = secrets_in(told.read_text())
    assert len(kept) > 50
    shown = run("suggest", told, "--format", "json").stdout
    assert len(secrets_in(shown)) >= 25, "most of what is written is on the ordinary papers"


@pytest.mark.parametrize("ending", ["md", "txt", "html", "docx", "pdf", "json", "csv"])
@pytest.mark.parametrize("reader", ["team", "family"])
def test_a_redacted_paper_holds_nothing_that_somebody_wrote(told: Path, ending: str, reader: str) -> None:
    paper = told.with_name(f"paper.{ending}")
    done = run("export", told, "-o", paper, "--redact", "--for", reader)
    assert done.exit_code == 0, done.stderr
    text = read_back(paper)
    whole = told.with_name(f"whole.{ending}")
    assert run("export", told, "-o", whole, "--for", reader).exit_code == 0
    assert len(secrets_in(read_back(whole))) >= (2 if ending == "csv" else 10), "these are the texts that are left out"
    assert secrets_in(text) == set()
    assert "kicks" not in text
    if ending not in {"json", "csv"}:
        flat = " ".join(text.split())
        assert SAID("paper.left_out").strip("[]") in flat
        assert SAID("paper.redacted") in flat or ending in {"docx", "html", "pdf"}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_redacted_copy_comes_to_the_same(path: Path) -> None:
    file = open_plan(path)
    bare, ids = redacted(file, KB, "-")
    assert list(ids) == list(file.plan.services)
    told = [
        json.loads(run("export", path, "-o", "-", "--format", "json", *more).stdout) for more in ((), ("--redact",))
    ]
    for word in ("mode", "firmness", "case"):
        assert [service[word] for service in told[0]["services"]] == [service[word] for service in told[1]["services"]]
    facts = ("for", "strength", "points", "basis", "concern", "question", "answer", "sources")
    whole, less = (
        [[{fact: reason[fact] for fact in facts} for reason in service["reasons"]] for service in one["services"]]
        for one in told
    )
    assert whole == less
    assert redacted(bare, KB, "-")[0].raw == bare.raw
    assert file.plan.student.label
    assert bare.plan.student.label == ""


def test_one_service_of_a_redacted_copy_is_asked_for_by_its_own_id(told: Path) -> None:
    name = next(iter(open_plan(told).plan.services))
    record = json.loads(run("export", told, "-o", "-", "--format", "json", "--redact", "--service", name).stdout)
    assert [service["id"] for service in record["services"]] == ["handwriting"]


# --- messages ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["suggest", "lre", "export", "ask"])
def test_no_message_repeats_what_somebody_wrote(told: Path, command: str) -> None:
    more = {"export": ("-o", "-", "--format", "md"), "ask": ("--no-input",)}.get(command, ())
    done = run(command, told, *more)
    assert done.stderr
    assert "kicks" not in done.stderr
    assert secrets_in(done.stderr) == set()


@pytest.mark.parametrize("command", ["suggest", "export", "suggest json"])
def test_an_entry_in_somebodys_own_words_is_named_by_its_service(tmp_path: Path, command: str) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(
        "plan: 1\nservices:\n  Zeb1q kicks: {service: handwriting}\n  Zeb2q kicks: {service: handwriting}\n"
        "  speech: {service: articulation}\n"
    )
    more = {"export": ("--redact", "-o", tmp_path / "x.html"), "suggest json": ("--format", "json")}.get(command, ())
    done = run(command.removesuffix(" json"), path, *more, "--service", "nope")
    assert done.exit_code == 2
    found = "handwriting, speech"
    assert done.stderr == SAID("problems.no_such_service", file=str(path), word="nope", found=found) + "\n"
    assert run("suggest", path, "--service", "handwriting").exit_code == 0


@pytest.mark.parametrize(
    "text",
    [
        "plan: 1\nstudent: {label: Zeb1q kicks\n",
        "plan: 1\nstudent:\n  label: Zeb1q kicks # Zeb2q kicks\n",
        "plan: 1\nstudent: Zeb1q kicks\n",
        "plan: Zeb1q kicks\n",
        "plan: 1\nservices: {Zeb1q kicks: {service: Zeb2q kicks}}\n",
        "plan: 1\nservices: {one: {service: handwriting, now: Zeb1q kicks}}\n",
        "plan: 1\nZeb1q kicks: 1\nZeb1q kicks: 2\n",
        "plan: 1\nstudent: {grade: Zeb1q kicks}\nweek: {day: Zeb2q kicks, preschool: {program: Zeb3q kicks}}\n",
        "plan: 1\nservices: {one: {service: handwriting, now: pull_out, minutes: Zeb1q kicks, times: 2, per: week}}\n",
        "plan: 1\nservices: {one: {service: handwriting, minutes: 2, times: 2, per: Zeb1q kicks, place: Zeb2q so}}\n",
        'plan: 1\nservices: {one: {service: handwriting, now: "Zeb1q\\tkicks"}}\n',
        'plan: 1\nservices: {one: {service: "Zeb1q,kicks", now: "Zeb2q;kicks"}}\n',
    ],
)
def test_no_mistake_in_a_plan_is_told_with_what_somebody_wrote(tmp_path: Path, text: str) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(text)
    for command in ("suggest", "lre"):
        done = run(command, path)
        assert done.stderr or done.exit_code == 0
        assert "kicks" not in done.stderr


SHEET = """\
student,service,now,minutes,times,per,place,week,skill_stage,supports
Zeb1q kicks,handwriting,Zeb2q kicks,1,1,week,inside,1950,new,
Zeb3q kicks,Zeb4q kicks,,,,,,,,
Zeb5q kicks,handwriting,,Zeb6q kicks,1,week,inside,1950,,
Zeb7q kicks,handwriting,,30,1,Zeb8q kicks,inside,1950,,
Zeb9q kicks,handwriting,,30,1,week,Zeb10q kicks,1950,,
Zeb11q kicks,handwriting,,,,,,,Zeb12q kicks,
Zeb13q kicks,handwriting,,,,,,Zeb14q kicks,new,
Zeb15q kicks,handwriting,,,,,,,,Zeb16q kicks;Zeb17q kicks,Zeb18q kicks
Zeb19q kicks,handwriting,,,,,,,new,enough
"""


@pytest.mark.parametrize("ending", ["md", "html", "txt", "docx", "pdf"])
def test_neither_the_messages_of_a_caseload_nor_its_summary_repeat_what_somebody_wrote(
    tmp_path: Path, ending: str
) -> None:
    sheet, result, summary = tmp_path / "sheet.csv", tmp_path / "result.csv", tmp_path / f"summary.{ending}"
    sheet.write_text(SHEET)
    done = run("caseload", sheet, "-o", result, "--summary", summary)
    assert done.exit_code == 1
    assert done.stderr.count("sheet.csv:") == 8
    assert "kicks" not in done.stderr + done.stdout + read_back(summary)
    strict = run("caseload", sheet, "-o", tmp_path / "other.csv", "--strict")
    assert strict.exit_code == 1
    assert "kicks" not in strict.stderr
    assert "kicks" in result.read_text(), "the result keeps the rows as they are"


def test_a_single_word_is_repeated_and_a_text_is_not() -> None:
    told = (
        "two words",
        "x" * 31,
        "Maria\tbites",
        "Lopez,Maria",
        "Maria;bites",
        "a\u00a0b",
        "他在课堂上打了同学",
        "O'Neil",
    )
    for text, shown in (("sleeep", "sleeep"), ("20-30", "20-30"), ("", ""), *((text, "\u2026") for text in told)):
        problem = discreet(Problem.at(Place("plan.yaml", 1, 1), "kept_option", word=text, question="takes a while"))
        assert dict(problem.values) == {"word": shown, "question": "takes a while"}


# --- labels -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "label",
    ["Maria Lopez", "Lopez, Maria", "Anne-Marie O'Neil", "Åsa Öst", "Maria del Carmen Ruiz", "MARIA Lopez Cruz"],
)
def test_a_first_and_a_last_name_look_like_a_name(label: str) -> None:
    assert looks_like_a_name(label, SAID("typed.no_name").split())


@pytest.mark.parametrize(
    "label",
    [
        "",
        "J.R.",
        "J R",
        "JR",
        "Jay",
        "Student A",
        "Third Grader",
        "blue owl",
        "Room 12 Girl",
        "the quiet one",
        "S. 7",
        "AB CD",
    ],
)
def test_initials_and_nicknames_do_not(label: str) -> None:
    assert not looks_like_a_name(label, SAID("typed.no_name").split())
