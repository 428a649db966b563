"""Runs tests against one mutant after another, each in a process of its own that is forked from one that is ready."""

from __future__ import annotations

import functools
import gc
import importlib.util
import math
import os
import resource
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any, NamedTuple

import coverage
import hypothesis
import pydantic
import pytest
import rich
import typer.testing
import yaml
from _pytest.runner import runtestprotocol

from mutations import Mutant, Mutated

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests"), str(ROOT / "docs")]
sys.dont_write_bytecode = True
os.environ["COVERAGE_CORE"] = "ctrace"  # what newer Pythons measure with cannot say which test ran a line

LOADED = (pydantic, rich, typer, yaml)
"""Loaded once, before the first fork."""
TESTS = "suggest rule interview kb source lre"
SAMPLE_TESTS = "suggest rule"
"""Those that take a few seconds together."""
WHEN_LOADED = {
    "suggest": "core suggest",
    "interview": "core interview",
    "rule": "rule suggest",
    "lre": "core lre",
    "source": "source",
    "kb": "core kb source suggest",
}
"""Those that try what runs when a module of this part is loaded."""
LONGEST = 2.0
"""A test that takes so many seconds is left out."""
MOST = 3.0
"""So many seconds of tests are run for a line, the fastest first."""
SLOWER = 10
HELPERS = ("helpers", "tiny", "casebook")
SHIPPED = {"shipped", "words", "tiny", "read_once"}
"""What the tests remember of the knowledge. Only `source` and `kb` could change it."""
ARGUMENTS = [
    "-qq",
    "-s",
    "-p",
    "no:xdist",
    "-p",
    "no:cacheprovider",
    "-o",
    "addopts=",
    "-x",
    "-W",
    "ignore::pytest.PytestAssertRewriteWarning",
]


class Tried(NamedTuple):
    """One mutant, by its place among those of its file."""

    part: str
    path: Path
    number: int

    @property
    def mutant(self) -> Mutant:
        """Return the change itself."""
        return mutated(self.path).mutants[self.number]

    @property
    def told(self) -> tuple[str, str, str]:
        """Return its file, its line and the change, as `survivors.yaml` has them."""
        found = self.mutant
        line = mutated(self.path).lines[found.line - 1].strip()
        return str(self.path.relative_to(ROOT)), line, f"{short(found.before)} -> {short(found.after)}"


Came = tuple[Tried, str]
"""A mutant and what it came to: `caught`, `slow`, or `survived`."""


def short(code: str) -> str:
    """Return code as one line."""
    return " ".join(code.split())


@functools.cache
def mutated(path: Path) -> Mutated:
    """Return the mutants of a file."""
    return Mutated(path.read_text(encoding="utf-8"), str(path))


def files(names: str) -> list[str]:
    """Return the test files of these names, as far as there are any."""
    paths = (ROOT / "tests" / f"test_{name}.py" for name in names.split())
    return [str(path) for path in paths if path.is_file()]


def apart(work: Callable[[], bool], seconds: float) -> str:
    """Do something in a process of its own that returns whether a test failed; say what it came to."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that a process with threads is forked
        child = os.fork()
    if child == 0:
        failed = True
        try:
            most = math.ceil(seconds * SLOWER) + 10
            resource.setrlimit(resource.RLIMIT_CPU, (most, most))
            resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
            nothing = os.open(os.devnull, os.O_RDWR)
            for number in (0, 1, 2):
                os.dup2(nothing, number)
            failed = work()
        finally:
            os._exit(1 if failed else 0)
    status = os.waitpid(child, 0)[1]
    return "slow" if os.WIFSIGNALED(status) else "caught" if os.WEXITSTATUS(status) else "survived"


# --- inside a function --------------------------------------------------------------------------------------------


class Inside:
    """Runs the tests once, then each mutant against the tests of its line: a plugin, in the place of pytest's loop."""

    def __init__(self, mutants: Sequence[Tried], tell: Callable[[Came], None]) -> None:
        self.mutants = mutants
        self.tell = tell
        self.seconds: dict[str, float] = {}
        self.failed = False
        self.remembered: list[Any] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note that a test has failed."""
        self.failed = self.failed or report.failed

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run the tests, then the mutants."""
        paths = sorted({str(each.path) for each in self.mutants})
        measured = coverage.Coverage(data_file=None, include=paths, config_file=False)
        left_out = []
        for item, after in zip(session.items, [*session.items[1:], None], strict=True):
            self.failed, start = False, time.process_time()
            measured.start()
            measured.switch_context(item.nodeid)
            runtestprotocol(item, nextitem=after, log=True)
            measured.stop()
            took = time.process_time() - start
            if self.failed or took > LONGEST:
                left_out.append(f"{item.nodeid} ({'it fails' if self.failed else f'{took:.0f} s'})")
            else:
                self.seconds[item.nodeid] = took
        print(f"{len(self.seconds)} tests; left out: {', '.join(left_out) or 'none'}", file=sys.stderr)
        data = measured.get_data()
        lines = {path: data.contexts_by_lineno(path) for path in paths}
        by_name = {item.nodeid: item for item in session.items}
        kind = type(mutated)
        known = [each for each in gc.get_objects() if isinstance(each, kind) and each is not mutated]
        self.remembered = [each for each in known if str(each.__module__).startswith(("pushpull", "test_", *HELPERS))]
        gc.freeze()
        for each in self.mutants:
            names = self.tests_of(each, lines[str(each.path)])
            seconds = sum(self.seconds[name] for name in names)
            items = [by_name[name] for name in names]
            self.tell((each, apart(functools.partial(self.fails, each, items), seconds)))
        return True

    def tests_of(self, each: Tried, lines: dict[int, list[str]]) -> list[str]:
        """Return the tests that run a line, the fastest first; of a line within an expression, those of the nearest."""
        found = next((lines[line] for line in range(each.mutant.line, 0, -1) if lines.get(line)), [])
        names, left = [], MOST
        for name in sorted(set(found) & set(self.seconds), key=lambda name: self.seconds[name]):
            left -= self.seconds[name]
            if left < 0:
                break
            names.append(name)
        return names

    def fails(self, each: Tried, items: Sequence[pytest.Item]) -> bool:
        """Return whether one of the tests fails with a mutant in the place of its function."""
        put_in(each)
        for known in self.remembered:
            if each.part == "source" or known.__name__ not in SHIPPED:
                known.cache_clear()
        for item, after in zip(items, [*items[1:], None], strict=True):
            self.failed = False
            runtestprotocol(item, nextitem=after, log=True)
            if self.failed:
                return True
        return False


def put_in(each: Tried) -> None:
    """Give a function the code of a mutant."""
    module = sys.modules[module_name(each.path)]
    name = each.mutant.inside
    found: Any = functools.reduce(getattr, name.split(".")[:-1], module)
    found = vars(found)[name.split(".")[-1]]
    while not isinstance(found, FunctionType):
        found = getattr(found, "fget", None) or found.__wrapped__
    found.__code__ = next(code for code in codes(mutated(each.path).code(each.mutant)) if code.co_qualname == name)


def codes(code: CodeType) -> Iterator[CodeType]:
    """Yield a code and all within it."""
    yield code
    for known in code.co_consts:
        if isinstance(known, CodeType):
            yield from codes(known)


def module_name(path: Path) -> str:
    """Return the name by which a file is imported."""
    return ".".join(path.relative_to(ROOT / "src").with_suffix("").parts)


# --- when a module is loaded --------------------------------------------------------------------------------------


class Instead(MetaPathFinder, Loader):
    """Gives one mutant to whoever imports its module."""

    def __init__(self, each: Tried) -> None:
        self.each = each

    def find_spec(self, name: str, _path: Any = None, _target: Any = None) -> ModuleSpec | None:
        """Return what to load for a name, if it is the one."""
        if name != module_name(self.each.path):
            return None
        return importlib.util.spec_from_file_location(name, self.each.path, loader=self)

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:  # noqa: ARG002  as the language asks for it
        """Return nothing: a module like any other."""
        return None

    def exec_module(self, module: ModuleType) -> None:
        """Run the mutant."""
        exec(mutated(self.each.path).code(self.each.mutant), vars(module))  # noqa: S102


def fails_from_the_start(each: Tried | None, arguments: Sequence[str]) -> bool:
    """Return whether the tests fail in a process that loads the program with a mutant in it."""
    if each:
        sys.meta_path.insert(0, Instead(each))
    return pytest.main([*ARGUMENTS, *arguments]) != 0


# --- all of them --------------------------------------------------------------------------------------------------


def run(mutants: Sequence[Tried], tests: str, tell: Callable[[Came], None]) -> None:
    """Try the mutants, and tell what each comes to."""
    hypothesis.settings.register_profile("alike", derandomize=True, database=None, deadline=None)
    hypothesis.settings.load_profile("alike")
    inside = [each for each in mutants if each.mutant.inside and each.part != "kb"]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        # These come first, as long as nothing of the program is loaded here.
        for part, names in WHEN_LOADED.items():
            these = [each for each in mutants if each.part == part and each not in set(inside)]
            if these:
                at_loading(these, [f"--basetemp={folder}/tests", "-m", "not hypothesis", *files(names)], tell)
        if inside:
            pytest.main([*ARGUMENTS, f"--basetemp={folder}/tests", *files(tests)], plugins=[Inside(inside, tell)])


def at_loading(mutants: Sequence[Tried], arguments: Sequence[str], tell: Callable[[Came], None]) -> None:
    """Try mutants in processes that load the program anew, and tell what each comes to."""
    before = os.times()
    if apart(functools.partial(fails_from_the_start, None, arguments), 600) != "survived":
        sys.exit(f"Some test fails without any mutant: {' '.join(arguments)}")
    after = os.times()
    seconds = after.children_user + after.children_system - before.children_user - before.children_system
    for each in mutants:
        tell((each, apart(functools.partial(fails_from_the_start, each, arguments), seconds)))
