"""The audit: every rule that a file can show holds for the shipped knowledge, and fails where it is broken."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from helpers import EXAMPLES, ROOT, plan_text, run, shipped, words
from pushpull.audit import CHECKS, Line, Material, Scorecard, audit, grade
from pushpull.audit.balance import balance, blind
from pushpull.audit.reading import syllables
from pushpull.kb.about import overdue, since
from pushpull.kb.audit import Yardstick
from pushpull.kb.comparison import Comparison
from pushpull.kb.full import FullKnowledge
from pushpull.kb.questions import Question
from pushpull.kb.words import Words
from pushpull.load.everything import load_yardstick
from tiny import SERVICE, argument, option, question, settling, tree

DAY = "2026-11-24"
PEOPLE = {"G3", "X8"}
"""Rules that no file can show to hold."""
_SAID = "A sentence of six words here."


# --- a tiny knowledge base for which every rule holds -------------------------------------------------------------


def remark() -> dict[str, Any]:
    return {"say": _SAID, "sources": ["T1"]}


def chart() -> dict[str, Any]:
    point = {"say": _SAID, "concern": "focus", "sources": ["T1", "T1"]}
    lists = {"pros": {"one": point}, "cons": {"one": point}}
    way = {"name": "Way", "what": _SAID, "speaks_for": {"one": remark()}, "take_care": {"one": remark()}}
    texts = {"one": _SAID}
    copied: dict[str, Any] = json.loads(
        json.dumps(
            {
                "title": "Chart",
                "credit": dict.fromkeys(("title", "author", "reviewer", "publisher", "source", "note"), "T1"),
                "framing": {"one": remark()},
                "modes": {
                    mode: {"name": name, "short": _SAID}
                    for mode, name in (("push_in", "Push-in"), ("pull_out", "Pull-out"), ("blend", "Blend"))
                },
                "topics": {"row": {"title": "Row", "push_in": texts, "pull_out": texts, "sources": ["T1"]}},
                "pros_cons_title": "Pros",
                "pros_cons_note": "A note.",
                "pros_cons": {"push_in": lists, "pull_out": lists},
                "blend": {"what": texts, "makes_sense": texts, "avoidance": texts, "sources": ["T1"]},
                "others_title": "Others",
                "others": {"as_now": way, "consultation": way, "co_teaching": way},
            }
        )
    )
    return copied


shipped_yardstick = cache(load_yardstick)


def yardstick() -> dict[str, Any]:
    """Return the shipped rules with bars that something tiny can reach."""
    rules = shipped_yardstick(()).model_dump()
    for name in ("what_words", "statement_words", "day_words", "help_words"):
        rules["bars"][name] = Fraction(1)
    for name in ("fewest_points", "fewest_pitfalls", "fewest_questions"):
        rules["bars"][name] = Fraction(1)
    rules["bars"] |= {"bank_lean": Fraction(1), "profile_lean": Fraction(1)}
    rules |= {"cons_about": ["focus"], "views": ["focus"]}
    rules["always_asked"] = {"aids": {"name": "supports", "questions": ["aids"]}}
    return rules


def whole() -> dict[str, Any]:
    kb = tree()
    for note in kb["notes"].values():
        note["sources"] = ["T1"]
    kb["requirements"]["aids_considered"]["sources"] = ["T1"]
    kb["rules"]["ratios"]["whole"] = "1.5"
    return {"kb": kb, "chart": chart(), "yardstick": yardstick(), "words": dict(words().texts), "today": "2000-02-01"}


def judged(parts: dict[str, Any], language: str = "en") -> dict[str, Line]:
    material = Material(
        FullKnowledge.model_validate(parts["kb"]),
        Comparison.model_validate(parts["chart"]),
        Words(parts["words"]),
        Yardstick.model_validate(parts["yardstick"]),
        today=parts["today"],
        language=language,
    )
    return {line.id: line for line in audit(material).lines}


def test_for_the_tiny_knowledge_every_rule_holds_that_a_file_can_show() -> None:
    assert {name for name, line in judged(whole()).items() if line.verdict == "judge"} == PEOPLE
    assert [(name, line.fails) for name, line in judged(whole()).items() if line.verdict == "fail"] == []


# --- each rule can fail -------------------------------------------------------------------------------------------


def put(value: Any, *path: str) -> Callable[[dict[str, Any]], None]:
    """Return what puts a value at a path."""

    def change(parts: dict[str, Any]) -> None:
        for step in path[:-1]:
            parts = parts[step]
        parts[path[-1]] = value

    return change


def drop(*path: str) -> Callable[[dict[str, Any]], None]:
    """Return what takes an entry away."""

    def change(parts: dict[str, Any]) -> None:
        for step in path[:-1]:
            parts = parts[step]
        del parts[path[-1]]

    return change


LETTERS = ("kb", "services", SERVICE)
ASKED = (*LETTERS, "questions")
LONG = " ".join(["word"] * 40)
HARD = "Notwithstanding individualized considerations, multidisciplinary determination necessitates documentation."
BROKEN: tuple[tuple[str, str, Callable[[dict[str, Any]], None]], ...] = (
    ("Q1", "services.letters.what", put(Fraction(3), "yardstick", "bars", "what_words")),
    ("Q2", "about.choice", put("In class (push-in), out (pull-out) or a blend.", "kb", "about", "choice")),
    ("Q2", "about.choice", put("In class or out?", "kb", "about", "choice")),
    ("Q2", "comparison.framing", put({}, "chart", "framing")),
    ("Q3", "services.letters.looks_like.blend", drop(*LETTERS, "looks_like", "blend")),
    ("Q3", "comparison.others.co_teaching", drop("chart", "others", "co_teaching")),
    ("Q3", "comparison.modes.blend", drop("chart", "modes", "blend")),
    ("Q4", "comparison.pros_cons.push_in.pros", put({}, "chart", "pros_cons", "push_in", "pros")),
    ("Q4", "comparison.blend.makes_sense", put({}, "chart", "blend", "makes_sense")),
    ("Q4", "services.sums.questions", put(Fraction(3), "yardstick", "bars", "fewest_questions")),
    ("Q5", "comparison.pros_cons.pull_out.cons", put({}, "chart", "pros_cons", "pull_out", "cons")),
    ("Q5", "comparison.pros_cons", put(["safety"], "yardstick", "cons_about")),
    ("Q5", "services.letters.pitfalls", put({}, *LETTERS, "pitfalls")),
    ("Q6", "services.letters.looks_like.push_in", put(Fraction(2), "yardstick", "bars", "day_words")),
    ("C1", "comparison.topics.row", put(LONG, "chart", "topics", "row", "push_in", "one")),
    ("C1", "comparison.pros_cons.cons", put(LONG, "chart", "pros_cons", "push_in", "cons", "one", "say")),
    ("C1", "services.letters.looks_like", put(LONG, *LETTERS, "looks_like", "pull_out")),
    ("B1", "services.letters", put(Fraction(0), "yardstick", "bars", "profile_lean")),
    ("B1", "services", put(Fraction(0), "yardstick", "bars", "bank_lean")),
    ("C2", "notes.always", drop("kb", "notes", "always", "sources")),
    ("C2", "requirements.aids_considered", drop("kb", "requirements", "aids_considered", "sources")),
    ("C2", "services.letters.pitfalls.one", put([], *LETTERS, "pitfalls", "one", "sources")),
    (
        "C2",
        "comparison.others.as_now.take_care.one",
        put({"say": "So."}, "chart", "others", "as_now", "take_care", "one"),
    ),
    (
        "C2",
        "services.letters.questions.aids.enough.push_in",
        put(argument(sources=[]), *ASKED, "aids", "options", "enough", "arguments", "push_in"),
    ),
    ("C3", "rules.version", put("the first", "kb", "rules", "version")),
    ("C4", "sources.T1", put("1998-12", "kb", "sources", "T1", "reviewed")),
    ("C4", "about.searched", put("1998-12", "kb", "about", "searched")),
    ("C5", "services.letters.not_known", put({}, *LETTERS, "not_known")),
    (
        "C5",
        "services.letters.questions.aids.enough.push_in",
        put(argument(basis="research"), *ASKED, "aids", "options", "enough", "arguments", "push_in"),
    ),
    ("C6", "about.funding", put(Fraction(7), "yardstick", "bars", "statement_words")),
    ("I1", "comparison.others.as_now", drop("chart", "others", "as_now")),
    ("I1", "comparison.others.as_now.speaks_for", put(Fraction(7), "yardstick", "bars", "what_words")),
    ("I2", "comparison.topics.row.pull_out.one", put({"two": _SAID}, "chart", "topics", "row", "pull_out")),
    ("I2", "comparison.pros_cons.pull_out", drop("chart", "pros_cons", "pull_out")),
    ("G1", "services.letters.questions.aids.help", put("Why?", *ASKED, "aids", "help")),
    ("G2", "requirements.either.ask", put("Say which.", "kb", "requirements", "either", "ask")),
    ("G2", "services.letters.questions.aids.ask", put("Say which.", *ASKED, "aids", "ask")),
    ("G3", "requirements", drop("kb", "requirements", "either")),
    ("G3", "services.letters", put(["safety"], "yardstick", "views")),
    ("E1", "about.found", put("None.", "kb", "about", "found")),
    ("E2", "words.grade.b", drop("words", "grade.b")),
    ("E2", "rules.strengths.strong", drop("kb", "rules", "strengths", "strong")),
    ("E3", "about.authors", put("We.", "kb", "about", "authors")),
    ("E4", "services.letters", put(HARD * 9, *LETTERS, "what")),
    ("E4", "what a service is", put(HARD, *LETTERS, "what")),
    ("E4", "notes", put(HARD, "kb", "notes", "always", "say")),
    ("E5", "about.conflicts", put("None.", "kb", "about", "conflicts")),
    ("X1", "words.suggest.blend", put("We recommend a blend.", "words", "suggest.blend")),
    ("X1", "words.suggest.limits", put("Good luck.", "words", "suggest.limits")),
    (
        "X2",
        "services.letters.questions.aids.enough.push_in",
        put(argument(because="{student} is autistic."), *ASKED, "aids", "options", "enough", "arguments", "push_in"),
    ),
    ("X2", "services.letters", drop(*ASKED, "talk")),
    (
        "X2",
        "services.letters.questions.talk.room",
        put(option("Room", push_in="weak", solve="Find."), *ASKED, "talk", "options", "room"),
    ),
    ("X3", "rules.ratios.pull_out", put("1", "kb", "rules", "ratios", "pull_out")),
    ("X3", "requirements", put("practice", "kb", "requirements", "aids_considered", "basis")),
    ("X3", "services.sums", drop("kb", "services", "sums", "questions", "aids")),
    ("X4", "rules.ratios.whole", put("2", "kb", "rules", "ratios", "whole")),
    ("X4", "rules.strengths", put("9", "kb", "rules", "strengths", "weak", "points")),
    (
        "X4",
        "services.letters.questions.trial.failed",
        put(
            option("Failed", push_in="weak", settles={"pull_out": settling()}),
            *(*ASKED, "trial", "options", "failed"),
        ),
    ),
    ("X4", "services.letters.questions.days", drop(*ASKED, "days", "options", "outside", "parts")),
    (
        "X4",
        "services.letters.questions.days.inside",
        drop(*ASKED, "days", "options", "inside", "arguments", "push_in"),
    ),
    (
        "X4",
        "services.letters.questions.stage.some",
        put(option("Sometimes", push_in="weak", pull_out="weak"), *ASKED, "stage", "options", "some"),
    ),
    (
        "X5",
        "services.sums",
        put({"stage": question({"one": option("One", push_in="weak")})}, "kb", "services", "sums", "questions"),
    ),
    ("X6", "services.sums", drop("kb", "services", "sums", "questions", "aids")),
    ("X7", "week.edges", put("25", "kb", "week", "edges", "outside", "top")),
    ("X7", "week.edges", put("61", "kb", "week", "edges", "outside", "middle")),
    ("X7", "week.places.inside", put("outside", "kb", "week", "places", "inside", "counts")),
    ("X7", "week.places.outside", put("inside", "kb", "week", "places", "outside", "counts")),
)


@pytest.mark.parametrize(("name", "where", "broken"), BROKEN, ids=[f"{name}-{where}" for name, where, _ in BROKEN])
def test_a_rule_fails_where_the_knowledge_breaks_it_and_names_the_entry(
    name: str, where: str, broken: Callable[[dict[str, Any]], None]
) -> None:
    parts = whole()
    if name in {"C6", "E1", "E3", "E5", "G1"}:
        parts["yardstick"]["bars"] |= {"statement_words": Fraction(4), "help_words": Fraction(3)}
    if name == "X4" and where == "rules.strengths":
        parts["kb"]["rules"]["strengths"]["weak"]["at_most"] = "9"
    broken(parts)
    line = judged(parts)[name]
    assert line.verdict == "fail"
    findings = {finding.where: finding.say for finding in line.fails}
    assert where in findings
    assert all(len(say.split()) >= 4 for say in findings.values())


def test_every_rule_that_a_file_can_show_has_a_broken_example() -> None:
    assert set(CHECKS) - {name for name, _, _ in BROKEN} == {"X8"}


def test_every_sentence_of_the_audit_is_filled_in() -> None:
    # A blank that nothing fills in would be read by people as it stands.
    cards = [judged(whole()).values(), shipped_card().lines]
    for _, _, broken in BROKEN:
        parts = whole()
        broken(parts)
        cards.append(judged(parts).values())
    for line in (line for lines in cards for line in lines):
        said = [line.detail, line.rest, *(finding.say for finding in (*line.fails, *line.worth))]
        assert not re.search(r"\{\w+\}", " ".join(said)), line.id
        assert all((line.detail, line.rule, *(finding.say for finding in (*line.fails, *line.worth)))), line.id


# --- what a person has to judge -----------------------------------------------------------------------------------


def test_past_the_time_for_review_a_person_has_to_judge_and_before_it_nobody() -> None:
    parts = whole()
    for day, verdict in (("2001-01-31", "pass"), ("2001-02-01", "judge")):
        parts["today"] = day
        assert judged(parts)["C4"].verdict == verdict
    kb = FullKnowledge.model_validate(parts["kb"])
    assert not overdue(kb.about, kb.rules.reviewed, "2001-01-31")
    assert overdue(kb.about, kb.rules.reviewed, "2001-02-01")
    assert since("1999-11", "2001-02-01") == 15


def test_the_measure_of_reading_is_for_english_only() -> None:
    assert judged(whole(), language="es")["E4"].verdict == "judge"


@pytest.mark.parametrize("rule", ["outside_lt_21", "inside_ge_80", "round_then_compare"])
def test_whichever_rule_a_state_chooses_known_weeks_come_out_as_they_should(rule: str) -> None:
    parts = whole()
    parts["kb"]["week"]["rule"] = rule
    line = judged(parts)["X7"]
    assert line.verdict == "pass"
    assert parts["kb"]["week"]["rules"][rule]["name"] in line.detail


# --- balance ------------------------------------------------------------------------------------------------------


def test_a_blind_answer_is_a_mean_with_not_sure_and_half_the_sum_of_a_checklist() -> None:
    kb = FullKnowledge.model_validate(tree())
    one = Question.model_validate(question({"a": option("A", push_in="strong"), "b": option("B", pull_out="weak")}))
    many = Question.model_validate({**one.model_dump(), "choose": "many"})
    assert blind(one, kb.rules, "push_in") == 1  # 3 points, over two answers and not sure
    assert blind(one, kb.rules, "pull_out") == Fraction(1, 3)
    assert blind(many, kb.rules, "push_in") == Fraction(3, 2)


def test_a_profile_may_lean_if_it_says_why_and_the_reason_is_shown() -> None:
    parts = whole()
    parts["yardstick"]["bars"]["profile_lean"] = Fraction(0)
    for service in parts["kb"]["services"].values():
        service["balance"] = "Most of this work is done in class."
    line = judged(parts)["B1"]
    assert line.verdict == "pass"
    assert any("Most of this work is done in class." in finding.say for finding in line.worth)


def test_answers_that_settle_have_no_points_and_are_listed() -> None:
    each, everything = balance(FullKnowledge.model_validate(tree()))
    assert [(s.question, s.option, s.mode) for s in each[0].settles] == [
        ("trial", "failed", "pull_out"),
        ("language", "of_class", "push_in"),
    ]
    assert everything.settles == each[0].settles
    assert each[0].by_question["language"] == 0


def test_a_leaning_service_names_the_questions_that_lean_most() -> None:
    parts = whole()
    parts["yardstick"]["bars"]["profile_lean"] = Fraction(0)
    (finding,) = [f for f in judged(parts)["B1"].fails if f.where == f"services.{SERVICE}"]
    leaning = balance(FullKnowledge.model_validate(parts["kb"]))[0][0]
    heaviest = max(leaning.by_question, key=lambda name: abs(leaning.by_question[name]))
    assert heaviest in finding.say


# --- reading level ------------------------------------------------------------------------------------------------

COUNTED = dict(
    [(word, 1) for word in ("class", "pull", "made", "asked", "needs")]
    + [(word, 2) for word in ("outside", "student", "science", "being", "question", "started", "places", "teaches")]
    + [(word, 2) for word in ("table", "homework", "every", "quiet")]
    + [(word, 3) for word in ("therapist", "behavior", "autism")]
    + [(word, 5) for word in ("occupational", "evaluation")]
)


def test_syllables_are_counted_as_they_are_heard() -> None:
    assert {word: syllables(word) for word in COUNTED} == COUNTED


def test_a_grade_rises_with_long_words_and_long_sentences() -> None:
    plain = "The help is given in class. The teacher knows it."
    assert grade([plain]) < grade([plain.replace(". T", ", and t")]) < grade([HARD])
    assert grade([]) == 0
    assert grade(["Once Kim and Lee went home."]) == pytest.approx(0.39 * 6 + 11.8 * 6 / 6 - 15.59, abs=0.06)


def test_a_name_counts_as_one_word() -> None:
    assert grade(["{student} is here."]) == grade(["Student is here."])


# --- the shipped knowledge ----------------------------------------------------------------------------------------


@cache
def shipped_card() -> Scorecard:
    kb, known, _ = shipped()
    return audit(Material(kb, known.comparison, words(), shipped_yardstick(()), today=DAY))


@pytest.mark.parametrize("name", CHECKS)
def test_the_shipped_knowledge_passes_what_a_file_can_show(name: str) -> None:
    (line,) = [line for line in shipped_card().lines if line.id == name]
    assert line.verdict == ("judge" if name in PEOPLE else "pass"), [f"{f.where}: {f.say}" for f in line.fails]


def test_the_command_says_every_rule_and_every_service_and_ends_well() -> None:
    done = run("kb", "audit", "--plain", "--date", DAY)
    assert (done.exit_code, done.stderr) == (0, "")
    for line in shipped_card().lines:
        assert f"\n{line.id}\n" in done.stdout
        assert line.rule in done.stdout
    for service in shipped()[0].services.values():
        assert f"\n{service.name}\n" in done.stdout
    assert "a person must judge" in done.stdout


def test_a_layer_that_breaks_a_rule_ends_with_exit_code_one_and_says_where(tmp_path: Path) -> None:
    (tmp_path / "about.yaml").write_text("choice: Push-in, pull-out or a blend.\n")
    (tmp_path / "audit.yaml").write_text("bars: {reading_grade: 2}\n")
    for words_typed in (("kb", "audit", str(tmp_path)), ("kb", "audit", "--data", str(tmp_path))):
        done = run(*words_typed, "--plain")
        assert done.exit_code == 1
        assert "about.choice: It does not end with a question mark." in done.stdout
        assert re.search(r"^notes: Grade [\d.]+, and 2 is the highest", done.stdout, re.MULTILINE)


def test_no_layer_can_take_a_rule_away(tmp_path: Path) -> None:
    (tmp_path / "audit.yaml").write_text("lines: {B1: }\n")
    done = run("kb", "audit", tmp_path)
    assert done.exit_code == 1
    assert '"B1" is missing here' in done.stderr


def test_json_keeps_its_contract_and_counts_exactly() -> None:
    record = json.loads(run("kb", "audit", "--format", "json", "--date", DAY).stdout)
    schema = json.loads((ROOT / "docs" / "schema" / "audit.schema.json").read_text())
    Draft202012Validator(schema).validate(record)
    assert sum(record["verdicts"].values()) == len(record["lines"]) == len(CHECKS)
    whole_base = shipped_card().whole
    assert record["balance"][-1]["service"] is None
    assert Fraction(record["balance"][-1]["pull"]["push_in"]) == whole_base.pull["push_in"]
    described = (ROOT / "docs" / "json.md").read_text().split("## `pushpull kb audit --format json`")[1]
    for field in {*record, *record["lines"][0], *record["balance"][0]}:
        assert f"`{field}`" in described


def test_a_day_far_ahead_says_that_the_review_is_due_and_a_day_that_is_none_is_refused() -> None:
    late = run("kb", "audit", "--date", "2099-01-01", "--plain")
    assert late.exit_code == 0
    assert "Overdue" in late.stdout
    assert "Overdue" not in run("kb", "audit", "--date", DAY, "--plain").stdout
    assert run("kb", "audit", "--date", "tomorrow").exit_code == 2


# --- what the audit leaves to these tests -------------------------------------------------------------------------


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_a_paper_states_the_choice_first_and_at_the_end_who_made_it_and_that_nobody_tested_it(example: Path) -> None:
    kb = shipped()[0]
    paper = " ".join(run("export", example, "-o", "-", "--format", "plain", "--date", DAY).stdout.split())
    services = paper.index("At a glance")
    assert paper.index(kb.about.choice) < services
    for said in (kb.about.authors, kb.about.reviewers, kb.about.tested, kb.about.funding):
        assert paper.index(said) > services
    assert f"content {kb.rules.version}" in paper
    assert "that is due every" not in paper
    old = run("export", example, "-o", "-", "--format", "plain", "--date", "2099-01-01").stdout
    assert "that is due every 12 months" in " ".join(old.split())


def test_no_part_of_the_program_uses_a_network() -> None:
    networks = {"socket", "ssl", "http", "urllib", "ftplib", "smtplib", "asyncio", "requests", "httpx", "xmlrpc"}
    for path in (ROOT / "src" / "pushpull").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            # Spelling an address out reaches nobody.
            assert not networks & {name.split(".")[0] for name in names if name != "urllib.parse"}, path


def test_a_plan_works_without_a_name(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(plan_text({}, service="handwriting").replace("label: T.T., ", ""))
    done = run("export", tmp_path / "plan.yaml", "-o", "-", "--format", "md")
    assert done.exit_code == 0
    assert "the student" in done.stdout.lower()


def test_the_page_on_methods_says_what_the_program_says_of_itself() -> None:
    page = " ".join((ROOT / "docs" / "methods.md").read_text(encoding="utf-8").split())
    about = shipped()[0].about.model_dump()
    for name in (
        "found",
        "chosen",
        "read",
        "strengths",
        "gaps",
        "authors",
        "reviewers",
        "tested",
        "funding",
        "conflicts",
    ):
        assert about[name] in page, name
    for grade_name in "abcde":
        assert words()(f"grade.{grade_name}") in page
