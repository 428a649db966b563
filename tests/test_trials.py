"""A small part of each of the long runs in `trials/`: the same code, with few inputs."""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("the runs need pseudo-terminals and signals of POSIX", allow_module_level=True)

import fuzz
import kill
import soak
from inputs import Target, dice_for
from owed import hold
from person import Person, facts_of
from recorded import Clock, keep
from screen import Terminal

FEW = 1500
SEED = 7


def test_some_inputs_to_each_reader_keep_what_is_promised(tmp_path: Path) -> None:
    clock = Clock()
    for target in fuzz.TARGETS:
        count = fuzz.shares(FEW)[target.name]
        tried = fuzz.run(target, count, first=0, seed=SEED, kept=tmp_path, clock=clock)
        assert tried.bad == ()
        assert tried.inputs == count


def test_an_input_that_goes_wrong_is_kept_and_can_be_made_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def no_sevens(given: bytes) -> None:
        hold(b"7" not in given, "a seven")

    target = Target("sevens", 1, lambda dice: str(dice.randrange(10)).encode(), no_sevens)
    tried = fuzz.run(target, 40, first=0, seed=SEED, kept=tmp_path, clock=Clock())
    assert tried.bad
    for number in tried.bad:
        assert (tmp_path / f"sevens-{number}").read_bytes() == target.make(dice_for(SEED, "sevens", number)) == b"7"
        assert f"--only 'sevens' --first {number} --count 1" in capsys.readouterr().err or number != tried.bad[0]


def test_an_input_that_takes_too_long_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forever(_: int) -> None:
        while True:
            pass

    monkeypatch.setattr(fuzz, "LONGEST", 0.05)
    tried = fuzz.run(Target("slow", 1, lambda _: 1, forever), 1, first=0, seed=SEED, kept=tmp_path, clock=Clock())
    assert tried.bad == (0,)


def test_some_kills_lose_nothing_and_the_interview_comes_to_the_same(tmp_path: Path) -> None:
    count, clock = kill.Count(), Clock()
    kill.at_random(count, 3, SEED, tmp_path, clock)
    assert count.kills.total() >= 3
    assert count.lost == count.unread == []
    assert count.compared == count.equal == 1


def test_an_opening_that_is_cut_off_after_each_prompt_goes_on_where_it_was(tmp_path: Path) -> None:
    person, count = Person(0), kill.Count()
    for _ in range(14):
        terminal = Terminal(tmp_path, "ask", "plan.yaml")
        person.step(terminal)
        terminal.kill()
        count.look(person, tmp_path)
    kill.finish(person, tmp_path)
    kill.compare(count, person, tmp_path, tmp_path)
    assert count.lost == count.unread == []
    assert count.compared == count.equal == 1


def test_a_save_survives_being_killed_at_some_of_its_points(tmp_path: Path) -> None:
    count = kill.Count()
    points = kill.at_every_point(count, "remarks", tmp_path, Clock(), step=17)
    assert points > 30
    assert count.kills.total() >= 2
    assert count.lost == count.unread == []


def test_a_lost_answer_would_be_noticed(tmp_path: Path) -> None:
    person = kill.with_remarks(tmp_path)
    path = tmp_path / "plan.yaml"
    assert facts_of(path) == person.known
    count = kill.Count()
    person.known["answers", "about"] = ("no_iep",)
    count.look(person, tmp_path)
    assert len(count.lost) == 1
    count.look(Person(0), tmp_path)
    assert len(count.lost) > 2, "nobody typed what stands there"
    path.write_text("plan: [", encoding="utf-8")
    count.look(person, tmp_path)
    assert len(count.unread) == 1


def test_some_interviews_in_one_process_leave_sound_plans(tmp_path: Path) -> None:
    run = soak.hold_all(8, SEED, tmp_path, Clock(), warm=1)
    assert run.wrong == []
    assert len(run.seconds) == 8
    assert run.answers > 8
    assert run.lines > 20
    assert run.compared == 1


def test_growth_is_seen() -> None:
    run = soak.Run(measures=[(1.0, 100.0 + number, 7) for number in range(20)])
    assert run.drift(0) == run.drift(2) == 0
    assert run.drift(1) == pytest.approx(118.5 / 100.5 - 1)


def test_what_was_found_stays_when_a_run_is_recorded_anew(tmp_path: Path) -> None:
    def record(count: int) -> dict[str, object]:
        path = keep("one", title="T", command="c", tried=[("x", count)], figures=[("y", "1 s")], folder=tmp_path)
        found: dict[str, object] = json.loads(path.read_text(encoding="utf-8"))
        return found

    first = record(1)
    assert first["found"] == []
    (tmp_path / "one.json").write_text(json.dumps({**first, "found": [["A bug.", "It was mended."]]}), encoding="utf-8")
    again = record(2)
    assert again["found"] == [["A bug.", "It was mended."]]
    assert again["tried"] == [["x", 2]]


def test_the_same_number_makes_the_same_input() -> None:
    for target in fuzz.TARGETS:
        one, other = (target.make(dice_for(SEED, target.name, 3)) for _ in range(2))
        assert repr(one) == repr(other)
        assert isinstance(dice_for(SEED, target.name, 3), random.Random)
