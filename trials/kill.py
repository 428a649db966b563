"""kill -9 in the middle of interviews: every answer that the next prompt has acknowledged is in the file afterwards.

`python trials/kill.py` sits down at a real terminal and answers as fast as the prompts come. At a random moment the
program is killed: while it starts, during the opening questions, within 10 ms after Enter (where it saves), anywhere
between two prompts, or at a prompt. Then the plan has to open, every acknowledged answer has to be in it with its
value, and at most the one that was being saved beside them. The interview goes on with that plan until it is complete;
its suggestion has to be the very same as that of a run that nobody disturbed. Then comes another person.

Before that, `dying.py` kills the program at each single point at which a save touches a file, one after the other,
until there are no more: in a new interview, and in one whose plan holds remarks, which are copied.
"""

from __future__ import annotations

import argparse
import random
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from person import GOALS, LEAVE, Facts, Person, facts_of, suggestion
from recorded import RESULTS, SEED, Clock, keep, told
from screen import Terminal

KILLS = 500
_PEOPLE = 5
_PLAN = "plan.yaml"
_START, _SAVE = 0.6, 0.010
"""Seconds: within so many of the start, and of Enter."""
_USUAL_WAY = 9
"""Answers between two kills, on average; there may be none, or very many."""


@dataclass
class Count:
    """What was seen over all kills."""

    kills: Counter[str] = field(default_factory=Counter)
    in_save: int = 0
    acknowledged: int = 0
    lost: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    compared: int = 0
    equal: int = 0
    most_beside: int = 0

    def look(self, person: Person, folder: Path) -> None:
        """Look at the plan after a kill: all that was acknowledged is in it, and at most what was pending beside it."""
        path = folder / _PLAN
        beside = [each for each in folder.iterdir() if each.name != _PLAN and "with-remarks" not in each.name]
        self.most_beside = max(self.most_beside, len(beside))
        self.acknowledged += len(person.known)
        found: Facts = {}
        if path.exists() or person.known:
            try:
                found = facts_of(path)
            except Exception as error:  # noqa: BLE001  whatever it is, the plan did not load
                self.unread.append(f"{path}: {error!r}")
                return
        self.lost += [
            f"{key}: {value} is now {found.get(key)}" for key, value in person.known.items() if found.get(key) != value
        ]
        more = {key: value for key, value in found.items() if key not in person.known}
        self.lost += [
            f"{key}: {value} was never typed" for key, value in more.items() if person.pending.get(key) != value
        ]
        self.in_save += bool(more)
        person.known, person.pending = found, {}

    @property
    def all_kept(self) -> bool:
        """Whether nothing that was promised was broken."""
        return not self.lost and not self.unread and self.compared == self.equal

    def tried(self) -> list[tuple[str, Any]]:
        """Return what was tried."""
        return [("kills", self.kills.total()), *self.kills.items(), ("answers acknowledged", self.acknowledged)]

    def figures(self) -> list[tuple[str, str]]:
        """Return what came of it."""
        return [
            ("kills that fell between a save and its prompt", f"{self.in_save} kills"),
            ("answers lost", f"{len(self.lost)} answers"),
            ("plans that did not load", f"{len(self.unread)} plans"),
            ("resumed interviews compared with an undisturbed one", f"{self.compared} interviews"),
            ("of these, the very same suggestion", f"{self.equal} interviews"),
            ("most files left beside one plan", f"{self.most_beside} files"),
        ]


class _Impatient(Terminal):
    waits = False


# --- at random moments ----------------------------------------------------------------------------------------------


def at_random(count: Count, kills: int, seed: int, folder: Path, clock: Clock) -> None:
    """Kill so many times, and go on each time, through one interview after the other."""
    dice, interviews, person = random.Random(seed), 0, Person(0)
    home = _new_home(folder, interviews)
    while count.kills.total() < kills:
        if killed(count, person, home, dice):
            count.look(person, home)
        else:
            compare(count, person, home, folder)
            interviews += 1
            person, home = Person(interviews % _PEOPLE), _new_home(folder, interviews)
        clock.say(
            f"{count.kills.total()} of {kills} kills, {count.compared} interviews compared, {len(count.lost)} lost"
        )
    finish(person, home)
    compare(count, person, home, folder)


def _new_home(folder: Path, number: int) -> Path:
    home = folder / f"interview-{number}"
    home.mkdir()
    return home


def killed(count: Count, person: Person, home: Path, dice: random.Random) -> bool:
    """Sit down, answer some prompts, and kill the program at some moment; return False if the interview ended first."""
    if dice.random() < 0.1:
        starting = _Impatient(home, "ask", _PLAN)
        time.sleep(dice.uniform(0, _START))
        starting.kill()
        count.kills["while it starts"] += 1
        return True
    terminal = Terminal(home, "ask", _PLAN)
    longest = 0.0
    for _ in range(int(dice.expovariate(1 / _USUAL_WAY))):
        began = time.perf_counter()
        person.step(terminal)
        longest = max(longest, time.perf_counter() - began)
        if terminal.status is not None:
            return False
    if dice.random() < 0.05:
        terminal.kill()
        count.kills["at a prompt"] += 1
        return True
    line = person.next_line(terminal)
    terminal.send(line.encode() + b"\r")
    if dice.random() < 0.6:
        name, wait = "within 10 ms after Enter", dice.uniform(0, _SAVE)
    else:
        name, wait = "anywhere between two prompts", dice.uniform(0, longest or _SAVE)
    time.sleep(wait)
    if terminal.kill():
        person.acknowledged()
    if terminal.status == 0:  # it was the last line, and the program was done
        return False
    count.kills[name] += 1
    return True


def finish(person: Person, home: Path) -> None:
    """Answer what is left, without any disturbance."""
    terminal = Terminal(home, "ask", _PLAN)
    while terminal.status is None:
        person.step(terminal)


def compare(count: Count, person: Person, home: Path, folder: Path) -> None:
    """Hold the suggestion of a finished interview against that of the same person, undisturbed."""
    count.compared += 1
    count.equal += suggestion(home / _PLAN) == undisturbed(person.number, folder)


@cache
def undisturbed(number: int, folder: Path) -> Any:
    """Return the suggestion that a person gets whom nobody disturbs."""
    with tempfile.TemporaryDirectory(dir=folder) as home:
        finish(Person(number), Path(home))
        return suggestion(Path(home, _PLAN))


# --- at every point of a save ---------------------------------------------------------------------------------------


def dying(point: int) -> type[Terminal]:
    """Return a terminal at which the program kills itself at a point."""

    class Dying(Terminal):
        program = (str(Path(__file__).with_name("dying.py")), str(point))

    return Dying


def opening(home: Path) -> Person:
    """Return a person who begins: all opening questions and two answers, and nothing is on disk."""
    del home
    return Person(0)


def with_remarks(home: Path) -> Person:
    """Return a person who goes on with a plan that holds a remark, which the next save copies."""
    lines = "plan: 1 # by hand\nstudent: {label: KT, grade: elementary}\nservices:\n"
    goals = "".join(f"  {key}: {{service: {key}, goal: {goal}, now: none}}\n" for key, goal in GOALS.items())
    (home / _PLAN).write_text(lines + goals, encoding="utf-8")
    person = Person(0)
    person.known = facts_of(home / _PLAN)
    return person


SCENES: dict[str, tuple[Callable[[Path], Person], int]] = {"opening": (opening, 15), "remarks": (with_remarks, 2)}
"""How each begins, and how many prompts are answered."""


def at_every_point(count: Count, scene: str, folder: Path, clock: Clock, *, step: int = 1, most: int = 10_000) -> int:
    """Kill at one point after the other until the program comes to its end; return how many points there are."""
    begin, prompts = SCENES[scene]
    home = folder / scene
    for point in range(1, most, step):
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir()
        person = begin(home)
        terminal = dying(point)(home, "ask", _PLAN)
        for _ in range(prompts):
            person.step(terminal)
            if terminal.status is not None:
                break
        else:
            terminal.type(LEAVE)
        if terminal.status == 0:
            return point - 1
        if terminal.status != -9:
            count.unread.append(f"{scene}, point {point}: it ended with {terminal.status}: {terminal.shown[-300:]}")
        count.kills[f"at each point of a save, {scene}"] += 1
        count.look(person, home)
        again = Terminal(home, "ask", _PLAN)
        if again.status is not None:
            count.unread.append(f"{scene}, point {point}: it did not go on: {again.shown[-300:]}")
        again.kill()
        clock.say(f"{scene}: point {point}, {len(count.lost)} lost")
    return most


def main(words: Sequence[str] | None = None) -> int:
    """Kill, and tell what came of it; return 1 if anything was lost."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("-n", type=int, default=KILLS, dest="kills", help="kills at random moments")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--step", type=int, default=1, help="of the points of a save, only every so manyeth")
    parser.add_argument("--folder", type=Path, help="where the plans are saved meanwhile")
    parser.add_argument("--results", type=Path, default=RESULTS, help="the folder of the results")
    given = parser.parse_args(words)
    count, clock = Count(), Clock()
    with tempfile.TemporaryDirectory(dir=given.folder) as name:
        points = {scene: at_every_point(count, scene, Path(name), clock, step=given.step) for scene in SCENES}
        at_random(count, count.kills.total() + given.kills, given.seed, Path(name), clock)
    figures = [
        *count.figures(),
        *((f"points of a save, {scene}", f"{found} points") for scene, found in points.items()),
        ("time", clock.shown),
        ("seed", str(given.seed)),
    ]
    print("\n".join([*count.lost, *count.unread]) or "Nothing was lost.")
    print(told(count.tried(), figures))
    title = "kill -9 at any moment of an interview"
    keep(
        "kill", title=title, command="python trials/kill.py", tried=count.tried(), figures=figures, folder=given.results
    )
    return 0 if count.all_kept else 1


if __name__ == "__main__":
    raise SystemExit(main())
