"""The shipped knowledge, any answers to its questions, and the shortest ways to run a command."""

from __future__ import annotations

import contextlib
import json
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import hypothesis
from hypothesis import settings
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from pushpull.cli.commands import app
from pushpull.interview import Answers, Questions
from pushpull.kb.entry import NONE_OF_THESE, NOT_SURE
from pushpull.kb.full import FullKnowledge
from pushpull.kb.questions import Question, Settling
from pushpull.kb.words import Words
from pushpull.load.chart import Compared
from pushpull.load.everything import load_all
from pushpull.load.words import load_words
from pushpull.problems import Problem
from pushpull.source.reading import read
from pushpull.source.tree import Node
from pushpull.suggest import Suggestion, suggest

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
SERVICES = tuple(sorted(path.stem for path in (ROOT / "data" / "services").glob("*.yaml")))

_OUTCOMES_WITH_ANSWERS = 4
EXAMPLES_EACH = 8
"""So many random examples for each of the services: together, some hundreds for each property."""


# --- the shipped knowledge ----------------------------------------------------------------------------------------


@cache
def shipped() -> tuple[FullKnowledge, Compared, int]:
    """Return the shipped knowledge, the shipped chart, and how many words the glossary explains."""
    kb, compared, terms = load_all(())
    return kb, compared, len(terms)


@cache
def read_once(text: str, file: str) -> tuple[Node, list[Problem]]:
    """Return the tree of a built-in file, read once for all tests that lay something over it."""
    return read(text, file)


@cache
def words() -> Words:
    return load_words()


def shipped_options() -> Iterator[tuple[str, str, str, Question]]:
    """Yield every option of every shipped service: the service, the question's id, the option's id, the question."""
    kb = shipped()[0]
    for service in SERVICES:
        for name, question in everything(kb, service).items():
            for option in question.options:
                yield service, name, option, question


def shipped_arguments() -> Iterator[tuple[str, Settling]]:
    """Yield every argument and every settling reason of the shipped services, each with its place."""
    for service, name, option, question in shipped_options():
        found = question.options[option]
        for why in (*found.arguments.values(), *found.settles.values()):
            yield f"{service}.{name}.{option}", why


def data_texts(folder: str = "") -> Iterator[tuple[str, str]]:
    """Yield the files of the shipped knowledge as (name, text)."""
    for path in sorted((ROOT / "data" / folder).rglob("*.yaml")):
        yield path.stem, path.read_text(encoding="utf-8")


def everything(kb: FullKnowledge, service: str) -> Questions:
    """Return all questions that a suggestion for `service` looks at."""
    return {**kb.student_questions, **kb.services[service].questions}


def for_all(**kinds: st.SearchStrategy[Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Try a test on many examples; a slow machine is no failure."""

    def tried(test: Callable[..., None]) -> Callable[..., None]:
        return settings(max_examples=EXAMPLES_EACH, deadline=None)(hypothesis.given(**kinds)(test))

    return tried


def an_answer(question: Question) -> st.SearchStrategy[tuple[str, ...]]:
    """Any answer that a person can give to a question."""
    options = list(question.options)
    single = st.sampled_from([NOT_SURE, *options]).map(lambda chosen: (chosen,))
    if question.choose == "one":
        return single
    several = st.lists(st.sampled_from(options), min_size=1, unique=True).map(tuple)
    return st.one_of(st.sampled_from([(NOT_SURE,), (NONE_OF_THESE,)]), several)


def some_answers(questions: Questions) -> st.SearchStrategy[dict[str, tuple[str, ...]]]:
    """Any answers to any of the questions."""
    return st.fixed_dictionaries({}, optional={name: an_answer(item) for name, item in questions.items()})


def all_answers(questions: Questions) -> st.SearchStrategy[dict[str, tuple[str, ...]]]:
    """Any answers to every question."""
    return st.fixed_dictionaries({name: an_answer(item) for name, item in questions.items()})


def same(one: Suggestion, other: Suggestion) -> bool:
    """Return whether two suggestions say the same; the order of what was not counted is that of the plan."""
    return vars(one) | {"not_counted": set(one.not_counted)} == vars(other) | {"not_counted": set(other.not_counted)}


@cache
def answers_for_each_mode(service: str) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return answers for a service by what they come to: each outcome once, found with dice that always fall alike."""
    kb, dice = shipped()[0], random.Random(7)  # noqa: S311
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for _ in range(500):
        answers = {}
        for name, question in everything(kb, service).items():
            most = len(question.options) if question.choose == "many" else 1
            answers[name] = tuple(dice.sample(list(question.options), dice.randint(1, most)))
        found.setdefault(suggest(kb, service, answers).mode, answers)
        if len(found) == _OUTCOMES_WITH_ANSWERS:
            break
    return found


# --- the program --------------------------------------------------------------------------------------------------


def run(*args: str | Path, stdin: str | None = None, **env: str) -> Result:
    """Run a command in this process; results and messages are kept apart."""
    return CliRunner().invoke(app, [str(arg) for arg in args], input=stdin, env=env)


_EACH = """
import json, sys
from typer.testing import CliRunner
from pushpull.cli.commands import app
for words in json.loads(sys.argv[1]):
    done = CliRunner().invoke(app, words)
    print(json.dumps([done.exit_code, type(done.exception).__name__, done.stderr]))
"""

WITHOUT_RIGHTS = ("setpriv", "--bounding-set=-dac_override,-dac_read_search") if os.geteuid() == 0 else ()
"""Whoever runs everything may read and write everywhere, unless that right is taken away."""


def run_without_rights(*commands: list[str]) -> list[tuple[int, str, str]]:
    """Run commands in a process that may read no more than it is allowed to; each with its code, its end, its words."""
    process = [*WITHOUT_RIGHTS, sys.executable, "-c", _EACH, json.dumps(commands)]
    done = subprocess.run(process, capture_output=True, text=True, check=True, timeout=60)
    return [tuple(json.loads(line)) for line in done.stdout.splitlines()]


def run_apart(*args: str | Path, stdin: str = "", output_to: str = "", **env: str) -> subprocess.CompletedProcess[str]:
    """Run a command as a process of its own, as a pipe would; `output_to` is a file for its results."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PUSHPULL", "COLUMNS"))}
    with contextlib.ExitStack() as stack:
        return subprocess.run(
            [sys.executable, "-m", "pushpull", *map(str, args)],
            input=stdin,
            stdout=stack.enter_context(Path(output_to).open("w")) if output_to else subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=30,
            env=clean | env,
        )


def plan_text(answers: Answers, *, service: str, label: str = "T.T.", grade: str = "elementary") -> str:
    """Return a plan with one service, as a person would write it."""
    lines = [f"  {name}: [{', '.join(chosen)}]" for name, chosen in answers.items()]
    return "\n".join(
        [
            "plan: 1",
            f"student: {{label: {label}, grade: {grade}}}",
            "services:",
            "  one:",
            f"    service: {service}",
            "    answers:" + ("" if lines else " {}"),
            *(f"    {line}" for line in lines),
            "",
        ]
    )
