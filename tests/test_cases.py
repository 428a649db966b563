"""Cases: answers and the suggestion they are expected to give. An educator can add one by adding a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pushpull.load import load_knowledge
from pushpull.source import plain, read
from pushpull.suggest import suggest

CASES = sorted(Path(__file__).with_name("cases").glob("*.yaml"))
KB = load_knowledge(())


def case(path: Path) -> dict[str, Any]:
    node, problems = read(path.read_text(encoding="utf-8"), path.name)
    assert not problems
    content: dict[str, Any] = plain(node)
    return content


def answers(content: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(said) if isinstance(said, list) else (said,) for name, said in content["answers"].items()}


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_case_gives_the_expected_suggestion(path: Path) -> None:
    content = case(path)
    found = suggest(KB, content["service"], answers(content))
    assert found.mode == content["expect"], {mode: str(points) for mode, points in found.case.items()}
    assert not [item for item in found.not_counted if item.why != "logistics"], "an answer that nobody knows"


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_case_that_differs_from_the_published_decision_says_why(path: Path) -> None:
    content = case(path)
    agrees = content["expect"] == content["published"]
    assert agrees or content["differs"]
    assert not (agrees and "differs" in content)


def test_at_least_eight_published_cases_are_kept() -> None:
    assert len(CASES) >= 8
