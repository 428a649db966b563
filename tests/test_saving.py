"""Nothing that was answered is lost: whatever happens to a plan while it is open, to the disk, or to the program."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from helpers import run, shipped, words
from pushpull import files, plan
from pushpull.plan import Hold, PlanFile, versions
from pushpull.plan.saving import ChangedElsewhereError
from pushpull.problems import BadFile, Problem, PushpullError
from pushpull.source.tree import Node
from screen import Terminal, flat

KB = shipped()[0]
SAID = words()
LABEL = (("student", "label"), "Theirs")
MINE = (("services", "one", "goal"), "Mine")
posix = pytest.mark.skipif(sys.platform == "win32", reason="locks, permissions and limits of POSIX systems")


def begun(folder: Path) -> PlanFile:
    """Return a saved plan with one service."""
    file = plan.new(folder / "plan.yaml", label="J.R.", grade="")
    return plan.save(file.with_value(("services", "one"), {"service": "handwriting"}))


def put(file: PlanFile, *changes: tuple[tuple[str, ...], object]) -> tuple[PlanFile, str]:
    return plan.put(file, changes, KB.services)


# --- changed by somebody else -----------------------------------------------------------------------------------------


def test_a_plan_that_was_changed_meanwhile_holds_both_changes_afterwards(tmp_path: Path) -> None:
    mine = begun(tmp_path)
    put(plan.open_plan(mine.path), LABEL)
    mine, news = put(mine, MINE)
    assert news == "joined"
    on_disk = plan.open_plan(mine.path).plan
    assert (on_disk.student.label, on_disk.services["one"].goal) == ("Theirs", "Mine")
    mine, news = put(mine, (("week", "day"), "390"))
    assert news == ""
    assert plan.open_plan(mine.path).plan == mine.plan


def test_a_plan_that_may_not_be_read_or_written_is_said_so_and_stays(tmp_path: Path) -> None:
    # Whoever runs everything may read and write everywhere, unless that right is taken away.
    through = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    path = tmp_path / "plan.yaml"
    path.write_text(OLD.replace("0.9", "1").replace("child", "student"))
    before = path.read_bytes()
    for mode, command, sentence in (
        (0o000, ["suggest", str(path)], "cannot_read"),
        (0o000, ["ask", str(path)], "cannot_read"),
        (0o400, ["ask", str(path)], "cannot_write"),
    ):
        path.chmod(mode)
        terminal = Terminal(tmp_path, *command, through=tuple(through))
        terminal.close()
        assert terminal.status == 1
        assert flat(SAID(f"problems.{sentence}", file=str(path), why=os.strerror(13))) in terminal.said
        path.chmod(0o600)
        assert path.read_bytes() == before


def test_a_plan_that_would_hold_more_than_can_be_read_is_not_saved(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    entries = "".join(f"  s{number}: {{service: articulation}}\n" for number in range(100))
    path.write_text(f"plan: 1\nservices:\n{entries}")
    with pytest.raises(PushpullError) as caught:
        plan.put(plan.open_plan(path), [(("services", "more"), {"service": "articulation"})], KB.services)
    assert caught.value.say == "plan_full"
    assert len(plan.open_plan(path).plan.services) == 100
    path.write_text(f"plan: 1\nextra: [{'a,' * 49_970}a]\n")
    changes = [(("answers", f"q{number}"), "a") for number in range(40)]
    with pytest.raises(PushpullError) as caught:
        plan.put(plan.open_plan(path), changes, KB.services)
    assert caught.value.say == "plan_full"
    assert plan.open_plan(path).plan.answers == {}


@pytest.mark.parametrize("kind", ["a folder", "a pipe"])
def test_answers_are_kept_apart_from_what_is_no_file_any_more(tmp_path: Path, kind: str) -> None:
    file = plan.save(plan.new(tmp_path / "plan.yaml", label="J.R.", grade=""))
    file.path.unlink()
    file.path.mkdir() if kind == "a folder" else os.mkfifo(file.path)
    with pytest.raises(PushpullError) as caught:
        plan.put(file, [(("student", "grade"), "high")], KB.services)
    assert caught.value.say == "plan_kept_apart"
    apart = tmp_path / "plan.from-interview.yaml"
    assert plan.open_plan(apart).plan.student.label == "J.R."
    assert apart.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("words", [("export", "-o"), ("caseload", "-o"), ("caseload", "-o", "r.csv", "--summary")])
def test_what_is_no_ordinary_file_is_not_replaced_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan.yaml").write_text(OLD.replace("0.9", "1").replace("child", "student"))
    (tmp_path / "sheet.csv").write_text("service\narticulation\n")
    name = "out.html" if words[0] == "export" or "--summary" in words else "out.csv"
    os.mkfifo(tmp_path / name)
    done = run(words[0], "plan.yaml" if words[0] == "export" else "sheet.csv", *words[1:], name)
    assert done.exit_code == 1
    assert done.stderr.strip().splitlines()[-1] == SAID("problems.no_place_for_a_file", file=name)
    assert (tmp_path / name).is_fifo()


def test_what_a_killed_program_left_is_taken_away_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(OLD.replace("0.9", "1").replace("child", "student"))
    old = [".paper.md.abcd_123.part", ".paper.md.abcd1234.part", ".plan.yaml.mine.part", ".paper.md.part"]
    for name in (*old, ".paper.md.new12345.part"):
        (tmp_path / name).touch()
    for name in old:
        os.utime(tmp_path / name, (0, 0))
    assert run("export", path, "-o", tmp_path / "paper.md").exit_code == 0
    files.can_write(path)
    assert sorted(each.name for each in tmp_path.iterdir()) == sorted(
        ["paper.md", "plan.yaml", ".plan.yaml.mine.part", ".paper.md.part", ".paper.md.new12345.part"]
    )


def test_remarks_written_meanwhile_are_copied_before_they_go(tmp_path: Path) -> None:
    mine = begun(tmp_path)
    theirs = mine.path.read_text() + "# do not lose this\n"
    mine.path.write_text(theirs)
    put(mine, MINE)
    assert (tmp_path / "plan.with-remarks.yaml").read_text() == theirs


def test_a_plan_that_is_gone_is_written_again_with_all_answers(tmp_path: Path) -> None:
    mine = begun(tmp_path)
    mine.path.unlink()
    mine, news = put(mine, MINE)
    assert news == "gone"
    assert plan.open_plan(mine.path).plan.services["one"].goal == "Mine"


@pytest.mark.parametrize(
    "theirs",
    [
        "plan: 1\nservices: {one: {service: handwriting, goal: [\n",
        "",
        "plan: 2\n",
        "plan: 1\nservices: {}\n",
        "plan: 1\nservices: {one: {service: counseling}}\n",
        "plan: 1\nservices: {one: {service: handwriting}, two: {service: nobody_knows}}\n",
        "plan: 1\nservices: {one: none}\n",
    ],
)
def test_what_cannot_be_joined_is_kept_apart(tmp_path: Path, theirs: str) -> None:
    mine = begun(tmp_path)
    mine.path.write_text(theirs)
    with pytest.raises(PushpullError) as caught:
        put(mine, MINE)
    copy = tmp_path / "plan.from-interview.yaml"
    assert (caught.value.say, caught.value.values["copy"]) == ("plan_kept_apart", str(copy))
    assert mine.path.read_text() == theirs
    assert plan.open_plan(copy).plan.services["one"].goal == "Mine"


def test_a_plan_never_takes_the_place_of_one_that_appeared_meanwhile(tmp_path: Path) -> None:
    mine = plan.new(tmp_path / "plan.yaml", label="J.R.", grade="")
    mine.path.write_text("plan: 1\n")
    with pytest.raises(PushpullError) as caught:
        put(mine)
    assert caught.value.say == "plan_appeared"
    assert mine.path.read_text() == "plan: 1\n"


@pytest.mark.parametrize("links", [True, False], ids=["a system with links", "a system without"])
def test_not_even_one_that_appears_at_the_last_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, links: bool
) -> None:
    """Between the look whether there is a plan and the writing of one."""
    mine = plan.new(tmp_path / "plan.yaml", label="J.R.", grade="")
    real = os.fsync

    def appears(handle: int) -> None:
        mine.path.write_text("plan: 1\n")
        real(handle)

    monkeypatch.setattr(os, "fsync", appears)
    if not links:
        monkeypatch.setattr(os, "link", refusing(errno.EPERM))
    with pytest.raises(ChangedElsewhereError):
        plan.save(mine)
    assert mine.path.read_text() == "plan: 1\n"
    assert [path.name for path in tmp_path.iterdir()] == ["plan.yaml"]


def test_a_new_plan_needs_no_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", refusing(errno.ENOTSUP))
    assert plan.open_plan(begun(tmp_path).path).plan.services


# --- two interviews ---------------------------------------------------------------------------------------------------


@posix
def test_a_second_interview_is_told_and_the_first_one_goes_on(tmp_path: Path) -> None:
    file = begun(tmp_path)
    with Hold() as first, Hold() as second:
        first.take(file.path)
        for number in range(3):
            with pytest.raises(PushpullError) as caught:
                second.take(file.path)
            assert caught.value.say == "plan_in_use"
            file, news = put(replace(file, hold=first), (("student", "label"), str(number)))
            assert news == ""
    with Hold() as second:
        second.take(file.path)


@posix
def test_a_plan_is_held_from_its_first_line_on(tmp_path: Path) -> None:
    with Hold() as first, Hold() as second:
        file = plan.save(plan.new(tmp_path / "plan.yaml", label="J.R.", grade="", hold=first))
        with pytest.raises(PushpullError):
            second.take(file.path)


@posix
def test_a_plan_that_could_not_be_saved_is_still_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = begun(tmp_path)
    with Hold() as first, Hold() as second:
        first.take(file.path)
        with monkeypatch.context() as patched:
            patched.setattr(Path, "replace", refusing(errno.ENOSPC))
            patched.setattr(Path, "rename", refusing(errno.ENOSPC))
            with pytest.raises(PushpullError):
                put(replace(file, hold=first), MINE)
        with pytest.raises(PushpullError):
            second.take(file.path)


@posix
def test_whoever_waits_for_a_file_that_was_swapped_meanwhile_holds_the_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = begun(tmp_path)
    real, swaps = os.path.samestat, [True]

    def swapped(one: os.stat_result, two: os.stat_result) -> bool:
        if swaps.pop():
            swaps.append(False)
            plan.write(file.path, file.path.read_bytes())
            two = file.path.stat()
        else:
            swaps.append(False)
        return real(one, two)

    monkeypatch.setattr(os.path, "samestat", swapped)
    with Hold() as first, Hold() as second:
        first.take(file.path)
        with pytest.raises(PushpullError):
            second.take(file.path)


def test_without_locks_nobody_is_told_and_nothing_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fcntl", None)
    with Hold() as first, Hold() as second:
        one = begun(tmp_path)
        first.take(one.path)
        second.take(one.path)
        one, two = replace(one, hold=first), replace(plan.open_plan(one.path), hold=second)
        for number in range(4):
            one, _ = put(one, (("answers", f"one-{number}"), "a"))
            two, _ = put(two, (("answers", f"two-{number}"), "b"))
    assert len(plan.open_plan(one.path).plan.answers) == 8


# --- the disk ---------------------------------------------------------------------------------------------------------


def refusing(number: int) -> Callable[..., None]:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return refuse


def failing_at(path: Path, number: int) -> Callable[[Path, Path], Path]:
    """Return a `Path.replace` for a disk that puts no file in the place of another."""

    def swap(self: Path, target: Path) -> Path:
        if target.exists():
            raise OSError(number, os.strerror(number))
        return self.rename(target)

    assert path.is_dir()
    return swap


@pytest.mark.parametrize("number", [errno.EEXIST, errno.EPERM, errno.ENOTSUP], ids=errno.errorcode.get)
def test_a_disk_that_swaps_no_files_is_good_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    file = begun(tmp_path)
    monkeypatch.setattr(Path, "replace", failing_at(tmp_path, number))
    file, _ = put(file, MINE)
    assert plan.open_plan(file.path).plan.services["one"].goal == "Mine"
    assert [path.name for path in tmp_path.iterdir()] == ["plan.yaml"]


def test_cut_off_there_between_two_steps_the_plan_waits_beside_and_everybody_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = begun(tmp_path)
    real = Path.rename

    def cut_off(self: Path, target: Path) -> Path:
        if target == file.path:
            raise SystemExit
        return real(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", failing_at(tmp_path, errno.EEXIST))
        patched.setattr(Path, "rename", cut_off)
        with pytest.raises(SystemExit):
            put(file, MINE)
    waits = files.before(file.path)
    assert plan.open_plan(waits).plan == file.plan
    for command in ("suggest", "ask"):
        told = run(command, file.path)
        assert told.exit_code == 1
        assert told.stderr == SAID("problems.no_plan_but_before", file=str(file.path), copy=str(waits)) + "\n"
    waits.rename(file.path)
    assert run("suggest", file.path).exit_code == 0


def test_if_the_second_step_fails_the_first_is_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = begun(tmp_path)
    real = Path.rename

    def refuse(self: Path, target: Path) -> Path:
        if self.suffix == ".part":
            raise OSError(errno.EIO, "broken")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", failing_at(tmp_path, errno.EEXIST))
    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(PushpullError) as caught:
        put(file, MINE)
    assert caught.value.say == "cannot_write"
    assert plan.open_plan(file.path).plan == file.plan
    assert [path.name for path in tmp_path.iterdir()] == ["plan.yaml"]


@pytest.mark.parametrize("fails", ["write_bytes", "replace"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EROFS, errno.EACCES], ids=errno.errorcode.get)
def test_a_save_that_fails_leaves_the_plan_as_it_was_and_nothing_beside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: str, number: int
) -> None:
    file = begun(tmp_path)
    whole = file.path.read_bytes()
    monkeypatch.setattr(Path, fails, refusing(number))
    monkeypatch.setattr(Path, "rename", refusing(number))
    with pytest.raises(PushpullError) as caught:
        put(file, MINE)
    assert (caught.value.say, caught.value.values["why"]) == ("cannot_write", os.strerror(number))
    assert file.path.read_bytes() == whole
    assert list(tmp_path.iterdir()) == [file.path]


def test_a_plan_that_grows_too_large_to_be_opened_again_is_not_saved(tmp_path: Path) -> None:
    file = begun(tmp_path)
    with pytest.raises(PushpullError) as caught:
        put(file, (("notes", "one"), "long " * 250_000))
    assert caught.value.say == "plan_full"
    assert plan.open_plan(file.path).plan == file.plan


def test_what_a_killed_program_left_beside_a_plan_is_cleared_away_later(tmp_path: Path) -> None:
    ours, young, other = (
        tmp_path / name for name in (".p[1].yaml.abcd1234.part", ".p[1].yaml.defg1234.part", ".p1.yaml.x1234567.part")
    )
    for left in (ours, young, other):
        left.write_text("plan: 1\n")
    for left in (ours, other):
        os.utime(left, (1, 1))
    files.can_write(tmp_path / "p[1].yaml")
    assert sorted(tmp_path.iterdir()) == sorted([young, other])


@posix
def test_a_link_to_a_plan_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    file = begun(tmp_path / "far")
    link = tmp_path / "plan.yaml"
    link.symlink_to(file.path)
    put(plan.open_plan(link), MINE)
    assert link.is_symlink()
    assert plan.open_plan(file.path).plan.services["one"].goal == "Mine"
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["far", "plan.yaml", "plan.yaml"]


@posix
def test_a_link_to_itself_is_no_place_to_write(tmp_path: Path) -> None:
    link = tmp_path / "plan.yaml"
    link.symlink_to(link)
    with pytest.raises(PushpullError) as caught:
        plan.write(link, b"plan: 1\n")
    assert caught.value.say == "cannot_write"


# --- versions ---------------------------------------------------------------------------------------------------------

OLD = """\
plan: 0.9
child: {label: J.R.}
services:
  one: {service: handwriting, gaol: A page}
"""


@pytest.fixture
def a_version_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is one version of plans so far; this is one that could have been before it."""

    def changed(node: Node) -> Node:
        entries = dict(node.entries())
        keys = dict(node.keys)
        entries["student"], keys["student"] = entries.pop("child"), keys.pop("child")
        return replace(node, value=entries, keys=keys)

    monkeypatch.setattr(versions, "STEPS", {"0.9": ("1", changed, "kept_word")})


@pytest.mark.usefixtures("a_version_before")
def test_an_older_plan_opens_and_it_is_said_what_changed(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(OLD)
    file = plan.open_plan(path)
    assert file.plan.student.label == "J.R."
    assert [(remark.say, remark.place.line) for remark in file.remarks] == [("kept_word", 1), ("kept_word", 4)]
    assert file.plan.plan == "1"
    done = run("suggest", path)
    assert done.exit_code == 0
    assert f"{path}:1:" in done.stderr, "what changed is said"
    put(file, MINE)
    again = plan.open_plan(path)
    assert (again.plan.student.label, again.raw["plan"]) == ("J.R.", "1")
    assert [remark.say for remark in again.remarks] == ["kept_word"]


@pytest.mark.usefixtures("a_version_before")
def test_a_mistake_in_an_older_plan_is_found_where_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(OLD.replace("{service: handwriting, gaol: A page}", "A page"))
    with pytest.raises(BadFile) as caught:
        plan.open_plan(path)
    assert [(problem.say, problem.place.line) for problem in caught.value.problems] == [("entries_expected", 4)]


def test_a_newer_plan_is_refused_with_the_reason_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text("plan: 2\nlater: things\n")
    with pytest.raises(BadFile) as caught:
        plan.open_plan(path)
    problem: Problem = caught.value.problems[0]
    assert problem.say == "newer_plan_version"
    told = run("suggest", path)
    assert (told.exit_code, path.read_text()) == (1, "plan: 2\nlater: things\n")
    assert "update yours" in told.stderr
