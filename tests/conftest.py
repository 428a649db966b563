"""What saves time in all tests, and changes nothing of what they show."""

from __future__ import annotations

import os
import sys
from collections.abc import Generator
from pathlib import Path

import pytest

from helpers import read_once
from pushpull.load import where
from pushpull.problems import Problem
from pushpull.source import reading
from pushpull.source.tree import Node


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Count no coverage of tests that try many examples: it would double their time, and they reach no new line."""
    library = sys.modules.get("coverage")  # it is there only while coverage is counted
    counting = library.Coverage.current() if library else None
    if counting is None or not hasattr(getattr(item, "obj", None), "hypothesis"):
        return (yield)
    counting.stop()
    try:
        return (yield)
    finally:
        counting.start()


@pytest.fixture(scope="session", autouse=True)
def built_in_files_are_read_once() -> Generator[None]:
    """Hundreds of tests lay something over the built-in knowledge, and it is the same text each time."""
    itself, built_in = reading.read, where.built_in()

    def known(text: str, file: str) -> tuple[Node, list[Problem]]:
        return (read_once if Path(file).absolute().is_relative_to(built_in) else itself)(text, file)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "read", known)
        yield


@pytest.fixture
def not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """What counts coverage writes when a process ends, and heeds signals in its own way: it is not to be started."""
    for name in [name for name in os.environ if name.startswith("COV")]:
        monkeypatch.delenv(name)
