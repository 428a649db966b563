"""A plan file gives back what was put into it, and is never half written."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import example
from hypothesis import strategies as st

from helpers import for_all, run, shipped
from pushpull import plan
from pushpull.plan import PlanFile
from pushpull.problems import BadFile, PushpullError

LIKE_YAML = """
yes no on off true false null ~ 3 0x1F 1e3 2026-11-23 12:30 .inf - ? : # [x] {a: b} & * ! | > % @ ` ' " \\ --- ...
"q" a#b a: =1 <<
"""
texts = st.one_of(
    st.text(),
    st.text(alphabet=" \t\n\r#:-[]{}'\"\\&*!|>%@`~,?x\x85\u2028\u2029\ufeff"),
    st.lists(st.sampled_from([*LIKE_YAML.split(), "\n", "\t", "👩\u200d👩\u200d👧", "مرحبا", "é", "x" * 120])).map(
        " ".join
    ),
)

WRITTEN = """\
# Ours, since October
plan: 1
student: {label: J.R., grade: elementary, shoe_size: 33}
servces: {}
services:
  reading:
    service: reading_decoding   # since October
    goal: Read words
    room: 12
    answers: {skill_stage: new, colour: blue, takes: [many_tries, sleep]}
"""


def on_disk(folder: Path, text: str = WRITTEN) -> PlanFile:
    path = folder / "plan.yaml"
    path.write_text(text, encoding="utf-8")
    return plan.open_plan(path)


def said(file: PlanFile) -> list[tuple[str, str, str]]:
    problems = (*file.remarks, *plan.unknown_answers(file, shipped()[0]))
    return [(problem.say, dict(problem.values)["word"], problem.close) for problem in problems]


# --- texts --------------------------------------------------------------------------------------------------------


@for_all(label=texts, goal=texts, note=texts, why=texts)
@example(label="no", goal="null", note="~", why="# not a remark")
@example(label="a\nb", goal="[" * 60, note="\n" + "-" * 120, why=" a # b: c ")
@example(label="\x00\x1b[31m", goal="\x85\u2028", note="\ufeff", why="\t x\n\t y")
def test_any_text_comes_back_exactly(label: str, goal: str, note: str, why: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = plan.new(Path(folder, "plan.yaml"), label=label, grade="")
        entry = {"service": "handwriting", "goal": goal, "notes": {"results": note}, "team": {"mode": "", "why": why}}
        plan.save(file.with_value(("services", "one"), entry))
        again = plan.open_plan(file.path)
    one = again.plan.services["one"]
    assert (again.plan.student.label, one.goal, one.notes["results"], one.team.why) == (label, goal, note, why)
    assert again.remarks == ()
    assert not again.comments


@for_all(name=st.text(alphabet=st.characters(codec="utf-8"), min_size=1))
@example(name="null")
@example(name="a: b")
@example(name="? x")
@example(name="x" * 200)
def test_an_entry_may_have_any_name(name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = plan.new(Path(folder, "plan.yaml"), label="T.", grade="")
        plan.save(file.with_value(("services", name), {"service": "handwriting"}))
        assert list(plan.open_plan(file.path).plan.services) == [name]


def test_a_letter_that_no_file_can_hold_does_not_lose_the_plan(tmp_path: Path) -> None:
    broken = b"Ren\xe9".decode("utf-8", "surrogateescape")  # typed at a terminal with an old encoding
    plan.save(plan.new(tmp_path / "plan.yaml", label=broken, grade=""))
    assert plan.open_plan(tmp_path / "plan.yaml").plan.student.label == "Ren?"


@pytest.mark.parametrize("word", ["no", "yes", "3", "1950", "2026-11-23", "0x1F", "12:30", "true"])
def test_a_word_written_by_hand_stays_a_word(tmp_path: Path, word: str) -> None:
    file = on_disk(tmp_path, f"plan: 1\nstudent:\n  label: {word}\nservices: {{}}\n")
    assert file.plan.student.label == word
    assert plan.open_plan(plan.save(file).path).plan.student.label == word


def test_spaces_and_lines_are_kept_within_quotes(tmp_path: Path) -> None:
    assert on_disk(tmp_path, 'plan: 1\nstudent: {label: "  a\\nb  "}\n').plan.student.label == "  a\nb  "


def test_an_answer_is_a_word_or_a_list(tmp_path: Path) -> None:
    answers = on_disk(tmp_path).plan.services["reading"].answers
    assert answers["skill_stage"] == ("new",)
    assert answers["takes"] == ("many_tries", "sleep")


# --- what the program does not know -------------------------------------------------------------------------------


def test_unknown_words_are_pointed_out_with_the_word_that_was_meant(tmp_path: Path) -> None:
    assert said(on_disk(tmp_path)) == [
        ("kept_word", "shoe_size", ""),
        ("kept_word", "servces", "services"),
        ("kept_word", "room", ""),
        ("kept_question", "colour", ""),
        ("kept_option", "sleep", ""),
    ]


def test_unknown_words_stay_in_the_file(tmp_path: Path) -> None:
    file = on_disk(tmp_path)
    plan.save(file.with_value(("services", "reading", "answers", "supports"), "enough"))
    again = plan.open_plan(file.path)
    assert said(again) == said(file)
    assert again.raw["services"]["reading"]["answers"]["colour"] == "blue"
    assert again.raw["services"]["reading"]["room"] == "12"
    assert again.plan.services["reading"].answers["supports"] == ("enough",)


def test_taking_an_answer_away_leaves_the_rest(tmp_path: Path) -> None:
    file = on_disk(tmp_path).with_value(("services", "reading", "answers", "skill_stage"), None)
    assert set(file.plan.services["reading"].answers) == {"colour", "takes"}
    unchanged = file.with_value(("services", "reading", "answers", "never_there"), None)
    assert unchanged.raw == file.raw


def test_answers_of_the_student_hold_for_every_service(tmp_path: Path) -> None:
    file = on_disk(tmp_path).with_value(("answers", "about"), ["no_iep"])
    assert file.plan.answers_for("reading")["about"] == ("no_iep",)


# --- remarks of a person ------------------------------------------------------------------------------------------


def test_a_file_with_remarks_is_copied_aside_once(tmp_path: Path) -> None:
    file = on_disk(tmp_path)
    copy = plan.copy_of(file.path)
    saved = plan.save(file.with_value(("student", "label"), "First"))
    assert copy.read_text() == WRITTEN
    plan.save(saved.with_value(("student", "label"), "Second"))
    plan.save(plan.open_plan(file.path).with_value(("student", "label"), "Third"))
    assert copy.read_text() == WRITTEN
    assert sorted(path.name for path in tmp_path.iterdir()) == ["plan.with-remarks.yaml", "plan.yaml"]


def test_later_remarks_do_not_replace_the_copy_with_the_earlier_ones(tmp_path: Path) -> None:
    plan.save(on_disk(tmp_path))
    plan.save(on_disk(tmp_path, "plan: 1  # in November\n"))
    assert (tmp_path / "plan.with-remarks.yaml").read_text() == WRITTEN
    assert (tmp_path / "plan.with-remarks-2.yaml").read_text() == "plan: 1  # in November\n"


@pytest.mark.parametrize(
    ("text", "remarks"),
    [
        ("# one\nplan: 1\n", True),
        ("plan: 1 # one\n", True),
        ("plan: 1\nstudent:  # one\n  label: J\n", True),
        ("plan: 1\nstudent: {label: J}  # one\n", True),
        ("plan: 1\nstudent: {label: a#b}\n", False),
        ('plan: 1\nstudent:\n  label: "one\n    # two"\n', False),
        ("plan: 1\nstudent:\n  label: >-\n    one\n    # two\n", False),
        ("plan: 1\nstudent: {label: \N{GRINNING FACE}é}\nanswers: {}  # one\n", True),
        ("plan: 1\r\nstudent: {label: '# é'}\r\n", False),
    ],
)
def test_a_remark_is_told_from_a_number_sign_in_a_text(tmp_path: Path, text: str, remarks: bool) -> None:  # noqa: FBT001
    assert on_disk(tmp_path, text).comments is remarks


def test_a_file_without_remarks_is_not_copied(tmp_path: Path) -> None:
    plan.save(on_disk(tmp_path, 'plan: 1\nstudent: {label: "a # b"}\n'))
    assert [path.name for path in tmp_path.iterdir()] == ["plan.yaml"]


# --- versions -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "not_a_plan"),
        ("just words\n", "not_a_plan"),
        ("services: {}\n", "no_plan_version"),
        ("plan:\nservices: {}\n", "no_plan_version"),
        ("plan: 2\nfuture: [a]\n", "newer_plan_version"),
        ("plan: 0\n", "other_plan_version"),
        ("plan: one\n", "other_plan_version"),
    ],
)
def test_only_a_plan_of_this_version_is_opened(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(BadFile) as caught:
        on_disk(tmp_path, text)
    assert [problem.say for problem in caught.value.problems] == [sentence]


def test_a_plan_may_be_opened_from_bytes() -> None:
    assert plan.open_plan(Path("-"), WRITTEN.encode()).plan.student.label == "J.R."


# --- writing ------------------------------------------------------------------------------------------------------

posix = pytest.mark.skipif(sys.platform == "win32", reason="permissions and limits of POSIX systems")


@posix
def test_only_its_owner_can_read_a_plan_and_its_copy(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        file = on_disk(tmp_path)
        file.path.chmod(0o644)
        plan.save(file)
    finally:
        os.umask(before)
    for path in tmp_path.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


FULL_DISK = """
import resource, sys
from pathlib import Path
from pushpull import plan
from pushpull.problems import PushpullError
file = plan.open_plan(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))
try:
    plan.save(file.with_value(("student", "label"), "New"))
except PushpullError as error:
    sys.exit(error.say)
"""


@posix
def test_a_disk_that_is_full_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    file = on_disk(tmp_path, "plan: 1\nstudent: {label: Old}\n")
    # What measures the tests could write no file either, and would say so.
    mine = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    command = [sys.executable, "-c", FULL_DISK, str(file.path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=mine)
    assert done.stderr == "cannot_write\n"
    assert file.path.read_text() == "plan: 1\nstudent: {label: Old}\n"
    assert list(tmp_path.iterdir()) == [file.path]


def test_a_place_that_cannot_be_written_is_an_error_that_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    for path, say in (
        (tmp_path / "missing" / "plan.yaml", "cannot_write"),
        (tmp_path / "folder", "no_place_for_a_file"),
    ):
        with pytest.raises(PushpullError) as caught:
            plan.write(path, b"plan: 1\n")
        assert caught.value.say == say
    assert [path.name for path in tmp_path.rglob("*")] == ["folder"]


def test_saving_leaves_no_temporary_file(tmp_path: Path) -> None:
    file = plan.new(tmp_path / "plan.yaml", label="T.", grade="")
    for number in range(5):
        file = plan.save(file.with_value(("student", "label"), str(number)))
    assert [path.name for path in tmp_path.iterdir()] == ["plan.yaml"]


def test_a_saved_plan_reads_like_one_written_by_hand(tmp_path: Path) -> None:
    file = plan.new(tmp_path / "plan.yaml", label="J.R.", grade="elementary")
    entry = {"service": "handwriting", "goal": "Write: a page", "answers": {"takes": ["quiet", "slower"]}}
    plan.save(file.with_value(("services", "writing"), entry))
    assert file.path.read_text() == (
        "plan: 1\nstudent:\n  label: J.R.\n  grade: elementary\nanswers: {}\nservices:\n  writing:\n"
        "    service: handwriting\n    goal: 'Write: a page'\n    answers:\n      takes: [quiet, slower]\n"
    )


def test_a_file_far_too_large_or_no_file_at_all_is_refused(tmp_path: Path) -> None:
    large = tmp_path / "large.yaml"
    large.write_bytes(b"#" * 1_000_001)
    for path, sentence in ((large, "too_large"), (tmp_path, "not_a_file"), (tmp_path / "none.yaml", "no_plan")):
        with pytest.raises(PushpullError) as caught:
            plan.open_plan(path)
        assert caught.value.say == sentence
    assert run("suggest", large).exit_code == 1


def test_an_answer_in_the_wrong_place_is_left_out_as_the_program_says() -> None:
    raw = {
        "plan": "1",
        "answers": {"about": ["no_iep"], "skill_stage": "new"},
        "services": {"s": {"service": "handwriting", "answers": {"about": ["out_often"], "supports": "enough"}}},
    }
    found = plan.Plan.model_validate(raw).answers_for("s", {"about"})
    assert found == {"about": ("no_iep",), "supports": ("enough",)}
