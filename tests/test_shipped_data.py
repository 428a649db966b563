"""The shipped chart, profiles, questions and sources: balanced, complete, and with nothing dead in them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from statistics import mean

import pytest

from helpers import (
    ROOT,
    SERVICES,
    data_texts,
    everything,
    plan_text,
    run,
    shipped,
    shipped_arguments,
    shipped_options,
    words,
)
from pushpull.kb.entry import MODES, Mode
from pushpull.kb.questions import Service
from pushpull.kb.rules import Tension
from pushpull.kb.words import fill
from pushpull.suggest import suggest

KB, COMPARED, TERMS = shipped()
CHART = COMPARED.comparison
BANK = {name: question for service in SERVICES for name, question in everything(KB, service).items()}
LISTS = {(mode, side): getattr(CHART.pros_cons[mode], side) for mode in MODES for side in ("pros", "cons")}
for_each_service = pytest.mark.parametrize("service", SERVICES)


# --- the chart ----------------------------------------------------------------------------------------------------


def test_pros_and_cons_are_seven_each_and_of_like_length() -> None:
    assert [len(points) for points in LISTS.values()] == [7, 7, 7, 7]
    lengths = [mean(len(point.say.split()) for point in points.values()) for points in LISTS.values()]
    assert max(lengths) <= 1.1 * min(lengths)


@pytest.mark.parametrize(("mode", "side"), LISTS)
def test_every_point_has_two_sources_stronger_than_a_forum(mode: Mode, side: str) -> None:
    for name, point in LISTS[mode, side].items():
        assert len([source for source in point.sources if KB.sources[source].grade != "e"]) >= 2, name
        assert "S1" not in point.sources, "the lists of the article were not in the copy that was read"
        assert point.concern in KB.concerns


def test_every_row_says_as_much_of_one_mode_as_of_the_other() -> None:
    for name, topic in CHART.topics.items():
        assert list(topic.push_in) == list(topic.pull_out), name
        length = {mode: len(" ".join(getattr(topic, mode).values()).split()) for mode in MODES}
        assert max(length.values()) <= 1.2 * min(length.values()), name


@pytest.mark.parametrize("mode", ["push_in", "pull_out", "blend"])
def test_every_mode_has_a_name_and_a_plain_sentence(mode: str) -> None:
    shown = CHART.modes[mode]  # type: ignore[index]  # the three names above are modes
    assert shown.name.lower() in run("compare").stdout.lower()
    assert 10 <= len(shown.short.split()) <= 25


def test_the_article_is_credited_and_nothing_else_is_put_into_its_mouth() -> None:
    assert (CHART.credit.author, CHART.credit.source) == ("Amanda Morin", "S1")
    text = run("compare").stdout
    assert "Amanda Morin" in text
    assert "none of their points may be attributed to the article" in text


# --- profiles and the bank ----------------------------------------------------------------------------------------


@for_each_service
def test_no_profile_has_a_usual_mode(service: str) -> None:
    assert not {"default", "mode", "usual", "recommended"} & set(Service.model_fields)
    text = (ROOT / "data" / "services" / f"{service}.yaml").read_text()
    assert not re.search(r"(usually|always|normally|best) (push.?in|pull.?out|in class|outside)", text, re.IGNORECASE)
    lengths = [len(looks.split()) for looks in KB.services[service].looks_like.values()]
    assert max(lengths) <= 1.25 * min(lengths)


@for_each_service
def test_a_profile_asks_at_most_sixteen_questions(service: str) -> None:
    assert 12 <= len(KB.services[service].questions) <= 16 - len(KB.student_questions)


def blind_pull(service: str, mode: Mode) -> float:
    """Return the points that answers given blindly would bring a mode."""
    total = 0.0
    for question in KB.services[service].questions.values():
        points = [
            float(KB.rules.strengths[option.arguments[mode].strength].points) if mode in option.arguments else 0.0
            for option in question.options.values()
        ]
        total += sum(points) / 2 if question.choose == "many" else mean(points)
    return total


@for_each_service
def test_blind_answers_pull_a_service_to_neither_mode(service: str) -> None:
    push_in, pull_out = (blind_pull(service, mode) for mode in MODES)
    assert max(push_in, pull_out) <= 1.3 * min(push_in, pull_out)


def test_blind_answers_pull_the_whole_bank_to_neither_mode() -> None:
    push_in, pull_out = (sum(blind_pull(service, mode) for service in SERVICES) for mode in MODES)
    assert max(push_in, pull_out) <= 1.1 * min(push_in, pull_out)


def bank_in_files() -> dict[str, set[str]]:
    """Return the general questions with their options, as the files of the bank have them."""
    found: dict[str, set[str]] = {}
    for _, text in data_texts("questions"):
        name = ""
        for line in text.splitlines():
            if match := re.match(r"^  (\w+):$", line):
                name = match[1]
                found[name] = set()
            elif match := re.match(r"^      (\w+):$", line):
                found[name].add(match[1])
    return found


def test_every_question_of_the_bank_is_asked_by_some_service() -> None:
    assert set(bank_in_files()) == set(BANK)


def test_every_option_of_the_bank_is_offered_by_some_service() -> None:
    offered = {(name, option) for _, name, option, _ in shipped_options()}
    missing = {(name, option) for name, ids in bank_in_files().items() for option in ids} - offered
    assert missing == set()


@for_each_service
def test_no_two_options_of_a_question_read_the_same(service: str) -> None:
    for name, question in everything(KB, service).items():
        labels = [option.label for option in question.options.values()]
        assert len(set(labels)) == len(labels), name


def answers_in(tension: Tension) -> dict[str, tuple[str, ...]]:
    """Return answers that bring a tension out."""
    answers: dict[str, tuple[str, ...]] = {}
    for condition in tension.between:
        for name, wanted in condition.items():
            answers[name] = (*answers.get(name, ()), wanted[0])
    return answers


@pytest.mark.parametrize("name", KB.tensions)
def test_answers_that_may_not_fit_together_can_be_given_and_are_quoted_on_the_page(name: str, tmp_path: Path) -> None:
    tension = KB.tensions[name]
    answers = answers_in(tension)
    asking = [s for s in KB.services if name in {t.name for t in suggest(KB, s, answers).tensions}]
    assert asking, "no service asks for both answers"
    plan = tmp_path / "plan.yaml"
    plan.write_text(plan_text(answers, service=asking[0]), encoding="utf-8")
    questions = everything(KB, asking[0])
    shown = run("suggest", plan).stdout
    after = shown.split(words()("suggest.tensions"))[1].splitlines()[1]
    assert fill(tension.say, student="T.T.") in after
    for question, chosen in answers.items():
        for option in chosen:
            assert f'"{fill(questions[question].options[option].label, student="T.T.")}"' in after
    record = json.loads(run("suggest", plan, "--format", "json").stdout)["services"][0]
    assert name in {item["id"] for item in record["tensions"]}


# --- sources and words --------------------------------------------------------------------------------------------


def test_every_source_stands_once_and_only_known_ones_are_named() -> None:
    text = (ROOT / "data" / "sources.yaml").read_text()
    ids = re.findall(r"^([A-Z][\w-]*):", text, re.MULTILINE)
    assert len(ids) == len(set(ids)) == len(KB.sources)
    named = {
        name
        for _, text in data_texts()
        for names in re.findall(r"sources: \[([^\]]*)\]", text)
        for name in names.split(", ")
    }
    assert named <= set(ids)
    assert len(named) > 100


def test_every_concern_is_used_by_the_chart_or_by_a_reason() -> None:
    used = {point.concern for points in LISTS.values() for point in points.values()} | {
        why.concern for _, why in shipped_arguments()
    }
    assert used == set(KB.concerns)


def test_the_glossary_explains_forty_words_or_more() -> None:
    assert TERMS >= 40
