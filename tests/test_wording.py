"""How a suggestion is worded, on a tiny knowledge base: what is open, a blend, and what would change it."""

from __future__ import annotations

from pathlib import Path

from helpers import plan_text, words
from pushpull.plan import open_plan
from pushpull.render import render
from pushpull.reports.suggestion import suggestions
from tiny import SERVICE, found, given, tiny

SAID = words()
Said = dict[str, str | list[str]]


def shown(answers: Said, folder: Path) -> str:
    """Return the page of `pushpull suggest` for these answers, as plain lines."""
    file = folder / "plan.yaml"
    file.write_text(plan_text(given(answers), service=SERVICE), encoding="utf-8")
    page = suggestions(tiny(), open_plan(file).plan, {"one": found(answers)}, SAID)
    return render(page, "plain")


def under(heading: str, page: str) -> list[str]:
    """Return the lines below a heading."""
    after = page.split(f"\n{SAID(heading)}\n")[1]
    return after.split("\n\n", maxsplit=1)[0].splitlines()


def test_an_open_matter_names_the_presumption_and_the_next_fact(tmp_path: Path) -> None:
    page = shown({"days": ["inside"], "needs": ["tries", "peers"], "aids": "not_enough"}, tmp_path)
    assert page.count(SAID("suggest.open")) == 1
    assert "The law starts from the class, with supports." in page
    assert SAID("suggest.find_out", ask="What of T.T.?") in page


def test_a_blend_is_shown_as_two_lines(tmp_path: Path) -> None:
    lines = shown({"stage": "mixed", "aids": "enough", "needs": ["tries"]}, tmp_path).splitlines()
    at = lines.index(SAID("suggest.two_lines"))
    assert lines[at + 1 : at + 3] == [
        "- " + SAID("suggest.part", place=SAID(f"place.{mode}"), part=part)
        for mode, part in (("push_in", "using"), ("pull_out", "first teaching"))
    ]


def test_what_would_change_a_suggestion_is_told_in_whole_sentences(tmp_path: Path) -> None:
    changes = under("suggest.would_change", shown({"needs": ["tries"]}, tmp_path))
    assert len(changes) == 3
    ways = [SAID(f"suggest.would_{mode}") for mode in ("push_in", "pull_out", "blend", "open", "unknown")]
    for line in changes:
        assert any(line.startswith(f"- {way} if ") for way in ways), line
        assert line.endswith(".")


def test_a_change_says_whether_it_is_open_or_was_answered_otherwise(tmp_path: Path) -> None:
    ask = "What of T.T.?"
    waiting = SAID("suggest.change_open", ask=ask, label="Enough")
    assert waiting in shown({"needs": ["tries"]}, tmp_path)
    every: Said = {"trial": "fine", "language": "other", "stage": "new", "needs": "none_of_these", "aids": "enough"}
    page = shown({**every, "days": "none_of_these", "talk": "none_of_these", "iep": "has"}, tmp_path)
    changes = under("suggest.would_change", page)
    assert any(SAID("suggest.change_instead", ask=ask, label="Not yet", given="Enough") in line for line in changes)
    assert not any("turned out" in line for line in changes), "nothing is open"


def test_where_no_one_or_two_answers_would_change_it_that_is_said(tmp_path: Path) -> None:
    strong: Said = {"stage": "ready", "needs": ["peers", "moments"], "aids": "enough", "trial": "fine"}
    page = shown({**strong, "days": ["inside"]}, tmp_path)
    assert under("suggest.would_change", page) == [SAID("suggest.nothing_changes_but_settling")]
