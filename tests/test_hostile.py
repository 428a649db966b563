"""No plan and no folder of knowledge does harm: a sentence, exit code 1, within two seconds and 200 MB."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from helpers import EXAMPLES, run
from hostile import HEAD, MOST, YAML, no_files, sparse, written
from metered import Metered, metered
from pushpull.kb.full import FullKnowledge
from pushpull.load.knowledge import load_full, load_knowledge
from pushpull.load.words import load_words
from pushpull.plan import check_against, open_plan, save
from pushpull.problems import PushpullError

EXAMPLE = EXAMPLES[0]
WAYS: tuple[Callable[[Path], tuple[str | Path, ...]], ...] = (
    lambda plan: ("suggest", plan),
    lambda plan: ("lre", plan),
    lambda plan: ("export", plan, "-o", "-", "--format", "md"),
    lambda plan: ("ask", plan, "--no-input"),
    lambda plan: ("kb", "diff", "built-in", "built-in", "--plans", plan),
)
"""Every command that opens a plan."""


@cache
def built_in() -> FullKnowledge:
    return load_full(())


def refused(done: Metered) -> None:
    assert done.code == 1, done
    assert done.said.strip(), done
    assert len(done.said) < 100_000
    assert "Traceback" not in done.said
    assert done.seconds < 2, done
    assert done.megabytes < 200, done


@pytest.mark.parametrize("number", range(len(YAML)), ids=YAML)
def test_a_hostile_plan_ends_in_a_sentence(tmp_path: Path, number: int) -> None:
    plan = written(tmp_path / "plan.yaml", list(YAML.values())[number])
    refused(metered(*WAYS[number % len(WAYS)](plan)))


@pytest.mark.parametrize("name", YAML)
def test_a_hostile_plan_is_refused_from_a_file_and_from_standard_input(tmp_path: Path, name: str) -> None:
    kb = built_in()
    plan = written(tmp_path / "plan.yaml", YAML[name])
    for given in (None, plan.read_bytes()):
        try:
            file = open_plan(plan, given)
            check_against(file, kb.services)
        except PushpullError:
            continue
        assert not file.plan.services, "what has none can only be gone on with"


@pytest.mark.parametrize("name", ["alias bomb", "one long list", "many services", "deep lists", "NUL", "old letters"])
def test_what_is_refused_by_one_command_is_refused_by_all(tmp_path: Path, name: str) -> None:
    plan = written(tmp_path / "plan.yaml", YAML[name])
    # Without a service, some are odd plans and no more, which `kb diff` has nothing to say about.
    harmless = name in {"remarks", "words of a plan, nearly"}
    said = [run(*way(plan)) for way in (WAYS[:-1] if harmless else WAYS)]
    assert {done.exit_code for done in said} == {1}
    assert {type(done.exception) for done in said} == {SystemExit}
    assert all(done.stderr for done in said)


@pytest.mark.parametrize("name", YAML)
def test_a_hostile_file_of_knowledge_is_refused_by_every_reader(tmp_path: Path, name: str) -> None:
    for part in ("words", "services/articulation"):
        layer = tmp_path / part
        written(layer / f"{part}.yaml", YAML[name])
        if name in {"empty", "line ends"}:
            continue  # a file that says nothing changes nothing
        with pytest.raises(PushpullError):
            load_words("en", (layer,)) if part == "words" else load_knowledge((layer,), "en", ["articulation"])


@pytest.mark.parametrize("number", range(0, len(YAML) - 2, 3))
def test_a_hostile_layer_ends_in_a_sentence(tmp_path: Path, number: int) -> None:
    part = ("words", "sources", "services/articulation", "questions/goal")[number % 4]
    written(tmp_path / "layer" / f"{part}.yaml", list(YAML.values())[number])
    refused(metered("kb", "check", "--data", tmp_path / "layer"))


@pytest.mark.parametrize("way", range(len(WAYS)))
def test_what_is_no_file_is_no_plan(tmp_path: Path, way: int) -> None:
    for name, path in (*no_files(tmp_path, ".yaml").items(), ("large", sparse(tmp_path / "large.yaml"))):
        # A folder of plans may be compared, and a plan that is not there may be begun.
        if (name, way) != ("folder", 4):
            done = run(*WAYS[way](path))
            assert (done.exit_code, type(done.exception)) == (1, SystemExit), name
            assert str(path) in done.stderr


def test_what_is_no_file_is_refused_at_once(tmp_path: Path) -> None:
    for path in (*no_files(tmp_path, ".yaml").values(), sparse(tmp_path / "large.yaml")):
        refused(metered("suggest", path))


def test_standard_input_is_read_no_further_than_a_plan_can_go(tmp_path: Path) -> None:
    for content in (Path("/dev/zero"), sparse(tmp_path / "large.yaml")):
        refused(metered("suggest", "-", stdin=content))


MISTAKES = {
    "sources that say nothing": ("sources.yaml", "".join(f"a{n}: {{}}\n" for n in range(20_000))),
    "texts without a section": ("words.yaml", "".join(f"a{n}: b\n" for n in range(20_000))),
    "questions that ask nothing": (
        "questions/goal.yaml",
        "questions:\n" + "".join(f"  a{n}: {{}}\n" for n in range(20_000)),
    ),
    "questions that nobody knows": (
        "services/articulation.yaml",
        "questions: {" + ",".join(f"a{n}: asked" for n in range(20_000)) + "}",
    ),
    "answers without words": (
        "services/articulation.yaml",
        "questions: {skill_stage: {options: {" + ",".join(f"a{n}: {{}}" for n in range(14_000)) + "}}}",
    ),
}
"""Files with one mistake again and again, and no more in them than a file may have."""


def layers(folder: Path) -> dict[str, Path]:
    """Make folders of knowledge that hold too much, or what is no file."""
    made = {name: folder / name for name in ("deep", "many", "large", "parts", "services", "loop", "piped", *MISTAKES)}
    for path in made.values():
        path.mkdir()
    # A path that is longer than a system takes; so deep that tools which go down one by one fail, too, it would stay.
    inner, name = os.open(made["deep"], os.O_RDONLY), "a" * 200
    for _ in range(40):
        os.mkdir(name, dir_fd=inner)
        below = os.open(name, os.O_RDONLY, dir_fd=inner)
        os.close(inner)
        inner = below
    os.close(inner)
    written(made["deep"] / "notes.yaml", "a: [")
    for number in range(2001):
        (made["many"] / f"{number}.yaml").touch()
    for number in range(5):
        sparse(made["large"] / f"{number}.yaml")
        written(made["parts"] / "services" / f"s{number}.yaml", "questions: [" + "a," * 45_000 + "]")
    for number in range(1000):
        written(made["services"] / "services" / f"s{number}.yaml", "name: a\n")
    (made["loop"] / "services").symlink_to(".")
    (made["loop"] / "inner").symlink_to("..")
    written(made["loop"] / "notes.yaml", "a: [")
    os.mkfifo(made["piped"] / "services")
    for name, (file, text) in MISTAKES.items():
        written(made[name] / file, text)
    for name, path in no_files(folder, "").items():
        made[f"words, {name}"] = folder / f"words-{name}"
        made[f"words, {name}"].mkdir()
        (made[f"words, {name}"] / "words.yaml").symlink_to(path)
        made[name] = path
    return made


def test_a_folder_that_no_knowledge_needs_ends_in_a_sentence(tmp_path: Path) -> None:
    for name, layer in layers(tmp_path).items():
        if name != "folder":  # one with nothing in it changes nothing
            refused(metered("kb", "check", "--data", layer))
    refused(metered("suggest", EXAMPLE, PUSHPULL_DATA="/dev/zero"))


def test_a_link_to_a_plan_is_that_plan_and_stays_a_link(tmp_path: Path) -> None:
    plan = written(tmp_path / "inner" / "plan.yaml", "\ufeff" + HEAD)
    link = tmp_path / "link.yaml"
    link.symlink_to("inner/plan.yaml")
    done = metered("suggest", link)
    assert (done.code, done.said) == (0, "")
    save(open_plan(link).with_value(("student", "label"), "C.D."))
    assert link.is_symlink()
    assert open_plan(plan).plan.student.label == "C.D."
    assert [path.name for path in plan.parent.iterdir()] == ["plan.yaml"]


def test_very_many_problems_are_told_as_their_first_and_how_many_more(tmp_path: Path) -> None:
    plan = written(tmp_path / "plan.yaml", HEAD + "".join(f"a{n}: b\n" for n in range(1060)))
    done = run("suggest", plan)
    assert done.exit_code == 0
    assert len(done.stderr.splitlines()) == 51
    assert done.stderr.endswith("... and 1010 more.\n")
    plan = written(tmp_path / "plan.yaml", "plan: 1\n" + "a: b\n" * 70)
    *_, more, count = run("suggest", plan).stderr.splitlines()
    assert (more, count) == ("... and 20 more.", "70 things to mend.")


def test_a_long_word_is_not_repeated_in_a_message(tmp_path: Path) -> None:
    plan = written(tmp_path / "plan.yaml", HEAD.replace("articulation", "x" * MOST))
    done = run("suggest", plan)
    assert done.exit_code == 1
    assert "xxx" not in done.stderr
    written(tmp_path / "layer" / "notes.yaml", "note: {say: " + "x" * 900_000 + "}\n" + "x" * 900_000 + ": {}\n")
    assert len(run("kb", "check", "--data", tmp_path / "layer").stderr) < 5000
