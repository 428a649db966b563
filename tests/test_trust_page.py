"""What the page on trust points to is there, and each long run says what it found."""

from __future__ import annotations

import re

import pytest

import trust
from helpers import ROOT

PAGE = trust.page()


def test_every_file_that_the_page_names_is_there() -> None:
    named = set(re.findall(r"`((?:tests|trials|docs|src|plan|\.ci)/[^`\s]*)", PAGE))
    assert len(named) > 20
    places = (ROOT, ROOT / "src" / "pushpull")
    assert [name for name in sorted(named) if not any((place / name).exists() for place in places)] == []


@pytest.mark.parametrize("name", trust.results())
def test_every_long_run_says_what_was_tried_what_it_came_to_and_what_was_found(name: str) -> None:
    result = trust.results()[name]
    assert result["tried"]
    assert result["figures"]
    assert result["found"], "if nothing was found, that is to be said as well"
    for found, done in result["found"]:
        assert found.endswith(".")
        assert done.endswith(".")
