"""What the core returns cannot be changed by anybody, and each word of its closed sets is one that pages can say."""

from __future__ import annotations

import dataclasses
from types import ModuleType
from typing import Any, get_args

import pytest

import helpers
from pushpull import interview, suggest
from pushpull.kb import entry, words
from pushpull.lre import amounts, bands, preschool, weeks


@pytest.mark.parametrize("module", [suggest, interview, amounts, bands, preschool, weeks, entry, words])
def test_a_result_stays_as_it_is(module: ModuleType) -> None:
    kinds = [each for each in vars(module).values() if dataclasses.is_dataclass(each)]
    assert kinds
    for kind in kinds:
        assert vars(kind)["__dataclass_params__"].frozen, kind


@pytest.mark.parametrize(
    ("kinds", "phrase"),
    [
        (suggest.Status, "suggest.status_{}"),
        (suggest.Why, "suggest.why_{}"),
        (weeks.When, "week.{}"),
        (weeks.AlertKind, "week.{}"),
    ],
)
def test_every_kind_of_result_has_its_words(kinds: Any, phrase: str) -> None:
    assert [kind for kind in get_args(kinds) if not helpers.words().has(phrase.format(kind))] == []
