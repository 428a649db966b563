"""The agreement page: its figures are counted from the case files, and a stale page fails."""

from __future__ import annotations

import agreement
import casebook
from casebook import Published
from helpers import ROOT
from pushpull.kb.entry import MODES
from pushpull.suggest import suggest
from tiny import tiny

PAGE = ROOT / "docs" / "agreement.md"


def case(published: str, first: dict[str, str], second: dict[str, str], **more: object) -> Published:
    said = {"facts": ["One fact", "Another", "Half an hour"], "source": "https://example.org", "quality": "A"}
    codings = {
        "first": {"answers": first, "expect": "open", "without_place": ["Another"], "fields": ["Half an hour"]},
        "second": {"answers": second, "expect": "open"},
    }
    return Published.model_validate({**said, "service": "letters", "published": published, "codings": codings, **more})


CASES = {
    "both_agree": case("pull_out", {"stage": "new"}, {"stage": "new"}),
    "one_misses": case("push_in", {"stage": "ready"}, {"stage": "new"}, differs="The second chose another stage."),
    "accepts_both": case("either", {"stage": "mixed"}, {}, differs="Nothing was chosen."),
    "apart": case("push_in", {"stage": "new"}, {"stage": "ready"}, quality="C", differs="A whole placement."),
}


def made(cases: dict[str, Published]) -> str:
    return agreement.text(tiny(), cases, tuple(casebook.found(tiny(), cases)))


def section(page: str, title: str) -> str:
    return page.split(f"## {title}\n")[1].split("\n## ", maxsplit=1)[0]


def test_the_page_is_as_the_cases_and_the_program_make_it_now() -> None:
    assert PAGE.read_text(encoding="utf-8") == agreement.page(), "stale: run just docs"


def test_the_figure_counts_a_and_b_and_leaves_c_apart() -> None:
    page = made(CASES)
    assert "| **First coder, then the program** | **3 of 3 (100 %)** |" in page
    assert "| **Second coder, then the program** | **1 of 3 (33 %)** |" in page
    assert "| Always push-in | 1 of 3 (33 %) |" in page
    assert "| C | 0 of 1 (0 %) | 1 of 1 (100 %) |" in section(page, "Agreement in parts")
    assert "| either | 1 of 1 (100 %) | 0 of 1 (0 %) |" in section(page, "Agreement in parts")
    assert "| unknown suggestions | 0 of 4 (0 %) | 1 of 4 (25 %) |" in section(page, "Too little to go on")


def test_facts_on_the_lines_of_the_plan_are_counted_apart() -> None:
    place = section(made(CASES), "Facts with a place")
    assert "| without the plan's own lines | 4 of 8 (50 %) | 12 of 12 (100 %) |" in place
    assert "| with them | 8 of 12 (67 %) | 12 of 12 (100 %) |" in place
    without = section(made(CASES), "Facts without a place")
    assert without.count("| Another | ") == 4
    assert "One fact" not in without


def test_the_coders_are_held_against_each_other() -> None:
    between = section(made(CASES), "How often the coders agree")
    assert "| answers that both gave | 1 of 6 (17 %) |" in between
    assert "| the same suggestion | 1 of 4 (25 %) |" in between


def test_every_miss_is_explained_with_its_facts_and_what_both_codings_give() -> None:
    misses = section(made(CASES), "Every miss")
    assert "both_agree" not in misses
    for name in ("one_misses", "accepts_both", "apart"):
        part = misses.split(f"### {name}\n")[1].split("### ")[0]
        assert CASES[name].differs in part  # type: ignore[operator]
        assert "- One fact" in part
        assert part.count("coder: ") == 2
        assert part.count("; a miss") == 1


def test_the_fewest_questions_are_told_for_clear_interviews_and_for_the_cases() -> None:
    fewest = section(made(CASES), "Fewest questions")
    services = len(tiny().services)
    for mode in ("push-in", "pull-out"):
        assert f"| clear for {mode} ({services}) |" in fewest
    assert "| the published cases (" in fewest


def test_a_clear_case_answers_everything_one_way() -> None:
    kb = tiny()
    for mode in MODES:
        for service in kb.services:
            reasons = suggest(kb, service, agreement.clear(kb, service, mode)).reasons
            assert {reason.mode for reason in reasons} == {mode}


def test_a_page_without_a_second_coder_says_so_and_claims_nothing() -> None:
    alone = case("pull_out", {"stage": "new"}, {})
    one = alone.model_copy(update={"codings": {"first": alone.codings["first"]}})
    page = made({"alone": one})
    assert "| **Second coder, then the program** | **–** |" in page
    assert "| the same suggestion | – |" in page
