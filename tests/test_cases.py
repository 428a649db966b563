"""Cases: answers and the suggestion they are expected to give. An educator can add one by adding a file."""

from __future__ import annotations

from pathlib import Path

import pytest

import blind
import casebook
from casebook import CODERS, FIGURE, Coder, Found, Own, Published
from pushpull import outlook
from pushpull.load.knowledge import load_knowledge
from pushpull.load.words import load_words
from pushpull.problems import BadFile
from pushpull.suggest import suggest

KB = load_knowledge(())
CASES = casebook.published()
OWN = casebook.own()
FOUND = {(found.name, found.coder): found for found in casebook.found(KB, CASES)}

# What has to hold for each coder, over all published cases.
ALL = 31
AGREE = 22
"""Of the 25 of quality A and B: as many as practised readers reach from the facts alone."""
UNKNOWN = 2
PLACE = 0.9
"""Facts that find a place, the plan's own lines left out."""

each_coding = pytest.mark.parametrize("found", FOUND.values(), ids=lambda found: f"{found.name}-{found.coder}")
each_case = pytest.mark.parametrize("case", CASES.values(), ids=CASES)
each_own = pytest.mark.parametrize("case", OWN.values(), ids=OWN)


@each_coding
def test_a_coding_gives_the_expected_suggestion(found: Found) -> None:
    case = {mode: str(points) for mode, points in found.suggestion.case.items()}
    assert found.suggestion.mode == found.coding.expect, case
    assert found.coding.firmness in {None, found.firmness}
    assert not [item for item in found.suggestion.not_counted if item.why != "logistics"], "an answer that nobody knows"


@each_coding
def test_every_fact_that_is_set_apart_is_a_fact_of_the_case(found: Found) -> None:
    apart = [*found.coding.fields, *found.coding.without_place]
    assert set(apart) <= set(found.case.facts)
    assert len(set(apart)) == len(apart)


@each_case
def test_a_case_has_a_coding(case: Published) -> None:
    assert case.codings


@each_case
def test_a_case_that_differs_from_the_published_decision_says_why(case: Published) -> None:
    missed = [coding for coding in case.codings.values() if not casebook.agrees(case, coding.expect)]
    assert bool(missed) == (case.differs is not None)


@each_coding
def test_a_miss_that_is_firm_is_marked(found: Found) -> None:
    if not found.agrees and found.firmness == "firm":
        assert found.coding.firmness == "firm"


@each_own
def test_a_case_of_our_own_gives_the_expected_suggestion(case: Own) -> None:
    suggestion = suggest(KB, case.service, case.answers, grade=case.grade)
    assert suggestion.mode == case.expect, {mode: str(points) for mode, points in suggestion.case.items()}
    assert case.firmness in {None, outlook.outlook(KB, case.service, case.answers).firmness}
    assert not [item for item in suggestion.not_counted if item.why != "logistics"], "an answer that nobody knows"


@pytest.mark.parametrize("coder", CODERS)
def test_bars(coder: Coder) -> None:
    found = [one for one in FOUND.values() if one.coder == coder]
    assert len(found) == ALL
    figure = [one for one in found if one.case.quality in FIGURE]
    assert sum(one.agrees for one in figure) >= AGREE, [one.name for one in figure if not one.agrees]
    unknown = [one.name for one in found if one.suggestion.mode == "unknown"]
    assert len(unknown) <= UNKNOWN, unknown
    place = [casebook.with_place(one.case, one.coding, fields=False) for one in found]
    assert sum(placed for placed, _ in place) >= PLACE * sum(facts for _, facts in place)


def test_a_blind_page_shows_facts_and_questions_and_no_way_in_which_they_point() -> None:
    page = blind.pages(KB, load_words(), CASES)
    for name, case in CASES.items():
        assert f"## {blind.code(name)}\n" in page
        assert name not in page
        assert case.source not in page
        for fact in case.facts:
            assert " ".join(fact.split()) in " ".join(page.split())
        assert not case.differs or case.differs not in page
        for question in KB.services[case.service].questions.values():
            for option in question.options.values():
                for why in (*option.arguments.values(), *option.settles.values()):
                    assert why.because not in " ".join(page.split())
    for word in ("speaks for", "names two parts", "strong)", "moderate)"):
        assert word not in page


ONE = blind.code("one")


def case_in(folder: Path) -> Published:
    case = Published.model_validate(
        {
            "source": "https://example.org/#page",
            "quality": "A",
            "published": "pull_out",
            "service": "articulation",
            "facts": ["Needs: quiet", "Two sessions a week", "Has a dog"],
            "codings": {},
        }
    )
    blind.put(folder, "one", case)
    return case


def test_a_filled_sheet_goes_into_the_case_files_and_comes_back_as_it_is(tmp_path: Path) -> None:
    case_in(tmp_path)
    page = tmp_path / "one.yaml"
    page.write_text("# Kept.\n" + page.read_text())
    filled = tmp_path / "sheet"
    filled.write_text(f"{ONE}:\n  answers:\n    takes: [close_teaching, quiet]\n  fields: [2]\n  without_place: [3]\n")
    assert blind.take(KB, tmp_path, filled, "second") == []
    assert page.read_text().startswith("# Kept.\nsource:")
    coding = casebook.published(tmp_path)["one"].codings["second"]
    assert coding.answers == {"takes": ("close_teaching", "quiet")}
    assert (coding.fields, coding.without_place) == (("Two sessions a week",), ("Has a dog",))
    assert coding.expect == suggest(KB, "articulation", coding.answers).mode == "pull_out"
    before = page.read_text()
    assert blind.settle(KB, tmp_path, casebook.published(tmp_path)) == []
    assert page.read_text() == before


def test_a_miss_without_a_reason_and_a_reason_without_a_miss_are_told(tmp_path: Path) -> None:
    case = case_in(tmp_path)
    filled = tmp_path / "sheet"
    filled.write_text(f"{ONE}:\n  answers:\n  without_place: [1, 3]\n")
    assert any("say why" in line for line in blind.take(KB, tmp_path, filled, "first"))
    coding = casebook.published(tmp_path)["one"].codings["first"]
    blind.put(tmp_path, "one", case.model_copy(update={"codings": {"first": coding}, "differs": "No place. " * 30}))
    assert blind.settle(KB, tmp_path, casebook.published(tmp_path)) == []
    filled.write_text(f"{ONE}:\n  answers: {{takes: [close_teaching, quiet]}}\n")
    assert any("agrees now" in line for line in blind.take(KB, tmp_path, filled, "first"))
    assert casebook.published(tmp_path)["one"].differs is None


@pytest.mark.parametrize(
    ("sheet", "say"),
    [
        (ONE + ":\n  answers: {takes: [quite]}\n", "unknown_option"),
        (ONE + ":\n  answers: {taks: quiet}\n", "unknown_question"),
        (ONE + ":\n  answers: {skill_stage: [new, mixed]}\n", "too_many"),
        (ONE + ":\n  fields: [4]\n", "not_one_of"),
        (ONE + ":\n  fields: [1]\n  without_place: [1]\n", "not_one_of"),
        ("two:\n  fields: [1]\n", "unknown_word"),
        (ONE + ":\n  answer: {takes: quiet}\n", "unknown_word"),
    ],
)
def test_a_wrong_sheet_changes_nothing(tmp_path: Path, sheet: str, say: str) -> None:
    case_in(tmp_path)
    before = (tmp_path / "one.yaml").read_text()
    filled = tmp_path / "sheet"
    filled.write_text(sheet)
    with pytest.raises(BadFile) as error:
        blind.take(KB, tmp_path, filled, "first")
    assert [problem.say for problem in error.value.problems] == [say]
    assert (tmp_path / "one.yaml").read_text() == before
