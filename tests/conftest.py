"""Tests that try many examples are not counted for coverage: it would double their time, and they reach no new line."""

from __future__ import annotations

import sys
from collections.abc import Generator

import pytest


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    library = sys.modules.get("coverage")  # it is there only while coverage is counted
    counting = library.Coverage.current() if library else None
    if counting is None or not hasattr(getattr(item, "obj", None), "hypothesis"):
        return (yield)
    counting.stop()
    try:
        return (yield)
    finally:
        counting.start()
