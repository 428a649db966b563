"""The readers of YAML, each with one input: any file, plans, layers of knowledge."""

from __future__ import annotations

import json
import random
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from inputs import Target, corpus, grown, mutated, workplace
from owed import hold, inside, knowledge, said_in_words, words
from pushpull.load.everything import load_all
from pushpull.plan import PlanFile, check_against, open_plan, unknown_answers
from pushpull.plan.amounts import week_of
from pushpull.plan.writing import dump
from pushpull.problems import BadFile, PushpullError
from pushpull.records.suggestion import suggestion_record
from pushpull.records.text import to_json
from pushpull.source.reading import decode, has_remarks, read
from pushpull.source.tree import Node
from pushpull.suggest import suggest
from recorded import ROOT

_YAML = ("data/**/*.yaml", "examples/*.yaml", "tests/broken/**/*.yaml", "tests/cases/**/*.yaml")
_PLANS = ("examples/*.yaml", "tests/broken/plans/*.yaml", "benchmarks/*.yaml")
_PIECES = tuple(
    text.encode()
    for text in (
        *("a: ", "a:\n", "plan: 1\n", "services:\n", "  s:\n", "    service: articulation\n", "answers: ", "- ", "? "),
        *(
            "\n",
            "\n  ",
            "\n    ",
            "[",
            "]",
            "{",
            "}",
            ", ",
            "'",
            '"',
            "\\",
            "&a ",
            "*a",
            "!b ",
            "!!str ",
            "<<: ",
            " # x",
        ),
        *(
            "|\n",
            "|2-\n",
            ">-\n  ",
            "%YAML 1.1\n",
            "---\n",
            "...\n",
            "\t",
            "~",
            "text of words",
            "student: ",
            "label: ",
        ),
    )
)


def _yaml_bytes(dice: random.Random) -> bytes:
    return grown(dice, _PIECES) if dice.random() < 0.4 else mutated(dice, yaml_files())


def yaml_files() -> tuple[bytes, ...]:
    """Return YAML of all kinds, right and wrong."""
    return corpus(*_YAML)


def yaml(raw: bytes) -> None:
    """Read YAML: a tree, or problems with a place; what was read can be looked at for remarks."""
    text, problems = decode(raw, "file.yaml")
    if not problems:
        node, problems = read(text, "file.yaml")
        if not problems:
            ends = sum(map(text.count, "\n\r\x85\u2028\u2029"))
            hold(all(each.place.line <= ends + 2 for each in _nodes(node)), "a node behind the end")
            has_remarks(text)
    if problems:
        said_in_words(BadFile(problems), raw)


def _nodes(node: Any) -> Iterator[Node]:
    yield node
    inner = node.entries().values() if isinstance(node.value, dict) else node.value
    for each in inner if isinstance(inner, tuple) else tuple(inner or ()) if not isinstance(inner, str) else ():
        yield from _nodes(each)


def _plan_bytes(dice: random.Random) -> bytes:
    if dice.random() < 0.25:
        return b"plan: 1\n" + grown(dice, _PIECES)
    return mutated(dice, plan_files())


def plan_files() -> tuple[bytes, ...]:
    """Return plans, right and wrong."""
    return corpus(*_PLANS)


def plan(raw: bytes) -> None:
    """Open a plan, work it out, write it and open it again: problems in words, or the very same plan."""
    kb = knowledge()
    try:
        file = open_plan(Path("plan.yaml"), raw)
        inside(file.remarks, raw)
        written = dump(file.raw).encode()
        again = open_plan(Path("plan.yaml"), written)
        hold(again.raw == file.raw, "what was written is read as something else")
        hold(again.plan == file.plan, "the plan that was written is another one")
        hold(dump(again.raw).encode() == written, "writing it again gives another file")
        check_against(file, kb.services)
        remarks = unknown_answers(file, kb)
        if remarks:
            said_in_words(BadFile(remarks), raw)
        _worked_out(file)
    except PushpullError as error:
        said_in_words(error, raw)


def _worked_out(file: PlanFile) -> None:
    kb, plan = knowledge(), file.plan
    week, wrong = None, None
    try:
        week = week_of(file, kb)
    except PushpullError as error:
        wrong = error
    found = {
        name: suggest(
            kb, each.service, plan.answers_for(name, kb.student_questions), grade=plan.student.grade, now=each.now
        )
        for name, each in plan.services.items()
    }
    record = suggestion_record(kb, plan, found, words(), program="0", week=week)
    hold(json.loads(to_json(record)) == record, "the JSON says something else")
    if wrong:
        raise wrong


def _layer(dice: random.Random) -> tuple[str, bytes]:
    """Return the name of a file of a layer, and what stands in it: a shipped file, of which a part was changed."""
    path = dice.choice(sorted((ROOT / "data").rglob("*.yaml")))
    name = str(path.relative_to(ROOT / "data"))
    content = path.read_bytes()
    if dice.random() < 0.5:
        starts = [match.start() for match in re.finditer(rb"^(?=\w)", content, re.MULTILINE)]
        start = dice.choice(starts)
        content = content[start : dice.choice([each for each in (*starts, len(content)) if each > start])]
    return name, mutated(dice, [content])


def layer(given: tuple[str, bytes]) -> None:
    """Load all of the knowledge with a layer over it that holds one file."""
    name, content = given
    folder = workplace() / "layer"
    shutil.rmtree(folder, ignore_errors=True)
    path = folder / name
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    try:
        load_all((folder,))
    except BadFile as error:
        said_in_words(error)
        inside([each for each in error.problems if each.place.file.endswith(name)], content)
    except PushpullError as error:
        said_in_words(error)


TARGETS = (
    Target("yaml", 260, _yaml_bytes, yaml),
    Target("plan", 60, _plan_bytes, plan),
    Target("layer", 0.3, _layer, layer),
)
