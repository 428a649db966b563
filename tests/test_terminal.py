"""The interview as a person has it: a program at a real terminal, read off the screen."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are a matter of POSIX", allow_module_level=True)

from helpers import run, run_apart, shipped, words
from pushpull import plan
from pushpull.interview import path as path_of
from pushpull.kb.entry import NONE_OF_THESE, NOT_SURE
from pushpull.kb.questions import Question
from pushpull.kb.words import fill
from pushpull.plan import Plan
from pushpull.plan.amounts import week_of
from pushpull.reports.question import choices
from screen import Terminal, flat

KB = shipped()[0]
SAID = words()
JR = "JR"
SOUNDS, READING = "articulation", "reading_decoding"
BOX = re.compile("[\u2500-\u259f]")
"""Rules, boxes and bars."""

Sit = Callable[..., Terminal]


@pytest.fixture
def sit(tmp_path: Path) -> Iterator[Sit]:
    """Sit down at a terminal; at the end, whatever was shown there has to fit it, unless lines are left whole."""
    sittings: list[tuple[Terminal, bool]] = []

    def begin(*args: str, columns: int = 80, hang_up: bool = True, **env: str) -> Terminal:
        words = args or ("ask", "plan.yaml")
        whole_lines = env.get("TERM") == "dumb" or not {"--plain", "--no-input"}.isdisjoint(words)
        terminal = Terminal(tmp_path, *words, columns=columns, hang_up=hang_up, through=(), **env)
        sittings.append((terminal, whole_lines))
        return terminal

    yield begin
    for terminal, whole_lines in sittings:
        terminal.close()
        assert "Traceback" not in terminal.shown
        assert whole_lines or terminal.too_wide == []


@pytest.fixture
def started(tmp_path: Path) -> Path:
    """A plan with one service, where the questions about the student have been answered."""
    path = tmp_path / "plan.yaml"
    begun = plan.new(path, label=JR, grade="elementary")
    begun = begun.with_value(("answers",), {name: next(iter(q.options)) for name, q in KB.student_questions.items()})
    plan.save(begun.with_value(("services", "sounds"), {"service": SOUNDS, "goal": "The r sound", "now": ""}))
    return path


def read(path: Path) -> Plan:
    """Return the plan on disk; it has to be whole and valid, with nothing to point out."""
    file = plan.open_plan(path)
    assert not file.remarks
    assert not plan.unknown_answers(file, KB)
    assert not list(path.parent.glob(".*")), "Something half-written was left behind."
    return file.plan


def answers_of(path: Path) -> dict[str, tuple[str, ...]]:
    """Return what the plan on disk says about the student and about the first service."""
    on_disk = read(path)
    return on_disk.answers_for(next(iter(on_disk.services)))


def asked(said: str, questions: dict[str, Question]) -> str:
    """Return which question stands on the screen; it is there whole, with all its choices."""
    found = [name for name, question in questions.items() if f" {flat(fill(question.ask, student=JR))} " in said]
    assert len(found) == 1, said
    for number, (_, text) in enumerate(choices(questions[found[0]], SAID, JR), 1):
        assert f"{number}. {flat(text)}" in said
    return found[0]


def number_of(question: Question, answer: str) -> str:
    """Return the number to type for an answer."""
    return str([name for name, _ in choices(question, SAID, JR)].index(answer) + 1)


def progress(said: str) -> tuple[int, int]:
    """Return the number of the question on the screen, and about how many there are."""
    found = re.findall(r"(\d+) of about (\d+)", said)
    assert len(found) == 1, said
    return int(found[0][0]), int(found[0][1])


def answering(terminal: Terminal, typed: str) -> str:
    """Answer a question, and go on if that was enough to see the suggestion; return what the program said last."""
    said = terminal.type(typed)
    return terminal.type("") if said.endswith(SAID("ask.firm_prompt").strip()) else said


# --- the whole way ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("columns", [80, 50])
def test_a_whole_interview_fits_the_screen_and_saves_each_answer_as_it_is_given(
    sit: Sit, tmp_path: Path, columns: int
) -> None:
    path = tmp_path / "plan.yaml"
    terminal = sit(columns=columns)
    assert SAID("ask.new_title") in terminal.said
    assert SAID("ask.grade") in terminal.type(JR)
    said = terminal.type("2")
    assert read(path).student.label == JR
    assert read(path).student.grade == list(KB.rules.grades)[1]
    assert all(service.name in said for service in KB.services.values())

    # One service by a part of its name, one by its number.
    assert SAID("ask.goal", service=KB.services[SOUNDS].name) in terminal.type("speech sou")
    assert SAID("ask.now_pull_out") in terminal.type("The r sound")
    # How much it is now, once it is clear; and, with the first amount, how long a school day is.
    assert SAID("ask.amount_not_read", typed="some") in terminal.type("2", "some")
    assert SAID("ask.amount_read", amount="20 minutes, 2 times a week") in terminal.type("2 x 20 min a week")
    assert SAID("ask.day_not_read", typed="long") in terminal.type("long")
    terminal.type("6.5 hours")
    assert read(path).week.day == "390"
    by_number = str(list(KB.services).index(READING) + 1)
    assert SAID("ask.goal", service=KB.services[READING].name) in terminal.type(by_number)
    terminal.type("", "5")
    services = read(path).services
    assert [(each.service, each.goal, each.now) for each in services.values()] == [
        (SOUNDS, "The r sound", "pull_out"),
        (READING, "", ""),
    ]
    assert [(each.minutes, each.times, each.per) for each in services.values()] == [("20", "2", "week"), ("", "", "")]
    sounds, reading = services

    # Seven questions, then leave; go on with the same question at another sitting.
    terminal.type("")
    for _ in range(7):
        answer_and_look(terminal, path, sounds)
    left_at = terminal.said
    farewell = terminal.type("q")
    assert terminal.status == 0
    assert flat(SAID("ask.saved", file="plan.yaml")) in farewell
    assert "pushpull ask plan.yaml" in farewell

    again = sit(columns=columns)
    assert again.said == f"{SAID.count('ask.resumed', 7, file='plan.yaml')} {left_at}"
    while "of about" in again.said:
        heading = flat(f"{KB.services[SOUNDS].name}: The r sound")  # also named beside an answer to take over
        section = sounds if heading in again.said.replace(f"For {heading}", "") else reading
        answer_and_look(again, path, section)

    # All answers to check, and the suggestion for both services.
    for heading in ("ask.all_answered", "ask.review_title"):
        assert SAID(heading) in again.said
    assert SAID("ask.open") not in again.said
    given = read(path)
    for name in (sounds, reading):
        questions = KB.services[given.services[name].service].questions
        for answered, answer in given.services[name].answers.items():
            ask = fill(questions[answered].ask, student=JR)
            texts = [fill(questions[answered].options[each].label, student=JR) for each in answer]
            assert flat(f"{ask} · {'; '.join(texts)}") in again.said
    result = again.type("")
    assert again.status == 0
    assert SAID("suggest.title", student=JR) in result
    assert f"{KB.services[SOUNDS].name}: The r sound" in result
    assert KB.services[READING].name in result
    assert flat(SAID("suggest.limits")) in result.replace("│ ", "")
    assert result.endswith(SAID("ask.next", command="pushpull export plan.yaml -o plan.html"))
    assert "…" not in terminal.shown + again.shown


def test_what_was_left_out_of_the_opening_is_not_asked_for_again(sit: Sit, tmp_path: Path) -> None:
    articulation = str(list(KB.services).index(SOUNDS) + 1)
    no_label, no_grade, no_goal, no_amount = "", str(len(KB.rules.grades) + 1), "", ""
    terminal = sit()
    terminal.type(no_label, no_grade, articulation, no_goal, "3", no_amount, no_amount)
    terminal.type("q")
    services = read(tmp_path / "plan.yaml").services
    assert [(each.goal, each.now, each.minutes, each.present) for each in services.values()] == [("", "blend", "", {})]
    assert "of about" in sit().said


def test_remarks_are_said_to_go_before_the_first_save_and_a_copy_keeps_them(sit: Sit, started: Path) -> None:
    by_hand = f"# mine\n{started.read_text(encoding='utf-8')}"
    started.write_text(by_hand, encoding="utf-8")
    terminal = sit(columns=120)
    assert flat(SAID("ask.remarks_copied", copy="plan.with-remarks.yaml")) in terminal.said
    assert started.read_text(encoding="utf-8") == by_hand
    terminal.type("1")
    assert (started.parent / "plan.with-remarks.yaml").read_text(encoding="utf-8") == by_hand
    assert "# mine" not in started.read_text(encoding="utf-8")


def test_a_label_that_no_paper_has_room_for_is_asked_for_again(sit: Sit, tmp_path: Path) -> None:
    terminal = sit()
    assert SAID("ask.too_long") in terminal.type("x" * 201)
    assert not (tmp_path / "plan.yaml").exists()
    terminal.type("x" * 200)
    assert read(tmp_path / "plan.yaml").student.label == "x" * 200


def test_an_entry_that_was_written_by_hand_is_asked_about_as_far_as_it_goes(sit: Sit, started: Path) -> None:
    file = plan.open_plan(started).with_value(("week", "minutes"), "1950")
    file = file.with_value(("services", "read"), {"service": READING, "goal": "To read words", "now": "blend"})
    inside = {"minutes": "20", "times": "2", "per": "week", "place": "inside"}
    plan.save(file.with_value(("services", "read", "present"), {"in-class": inside}))
    terminal = sit()
    assert f"{KB.services[READING].name}: To read words" in terminal.said
    assert flat(SAID("ask.amount_outside")) in terminal.said
    assert flat(SAID("ask.amount_inside")) not in terminal.said
    terminal.type("30 1 week")
    found = read(started).services["read"].present
    assert [(line.place, line.minutes) for line in found.values()] == [("inside", "20"), ("outside", "30")]
    assert "of about" in terminal.said


def answer_and_look(terminal: Terminal, path: Path, section: str) -> None:
    """Answer the question on the screen, a checklist with its first two choices; the file then has that answer."""
    on_disk = read(path)
    questions = dict(KB.student_questions)
    about = SAID("ask.student_section", student=JR)
    of_student = terminal.said.startswith(f"{about} ") or f". {about} " in terminal.said
    if not of_student:
        questions = dict(KB.services[on_disk.services[section].service].questions)
    name = asked(terminal.said, questions)
    on_path = path_of(questions, on_disk.answers_for(section))
    assert progress(terminal.said) == (on_path.index(name) + 1, len(on_path))
    assert flat(SAID("ask.keys")) in terminal.said
    question = questions[name]
    wanted = tuple(question.options)[: 2 if question.choose == "many" else 1]
    if question.choose == "many":
        assert SAID("ask.tick_all") in terminal.said
    answering(terminal, " ".join(number_of(question, each) for each in wanted))
    now = read(path)
    assert (now.answers if of_student else now.services[section].answers)[name] == wanted


def test_a_blend_is_asked_for_in_its_two_places_and_the_week_adds_up(sit: Sit, tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    terminal = sit()
    assert flat(SAID("ask.amount_inside")) in terminal.type(JR, "2", "speech sou", "", "3")
    assert SAID("ask.amount_outside") in terminal.type("15 2 week")
    assert flat(SAID("ask.day")) in terminal.type("30 weekly")
    terminal.type("390")
    # A second service does not ask for the day again, and what is not known is passed over.
    terminal.type("counsel", "", "2", "")
    assert SAID("ask.services_more").strip() in terminal.said
    terminal.type("q")
    weeks = week_of(plan.open_plan(path), KB)
    assert [(int(line.minutes), line.counts) for line in weeks.now.lines] == [(30, "inside"), (30, "outside")]
    assert weeks.given.unknown_now == ("counseling",)
    assert read(path).week.day == "390"


# --- keys -------------------------------------------------------------------------------------------------------------


def test_a_question_mark_shows_why_who_knows_and_which_way_each_answer_points(sit: Sit, started: Path) -> None:
    questions = dict(KB.services[SOUNDS].questions)
    terminal = sit(columns=50)
    name = asked(terminal.said, questions)
    question = questions[name]
    why = terminal.type("?")
    assert why.startswith(SAID("ask.why_title"))
    assert flat(fill(question.help, student=JR)) in why
    assert SAID("ask.who_knows", who=SAID(f"who.{question.who}")) in why
    pointing = why.split(SAID("ask.points_title"))[1]
    for number, option in enumerate(question.options.values(), 1):
        label = re.escape(flat(fill(option.label, student=JR)))
        ways = [SAID(f"mode.{mode}") for mode in (*option.settles, *option.arguments)]
        told = re.search(rf"{number}\. {label} · ([^·]+?) (?:\d+\. |>)", pointing)
        assert told, pointing
        assert all(way in told[1] for way in ways)
        assert ways or told[1] in {SAID("ask.points_nothing"), SAID("ask.points_parts")}
    assert not re.search(r"\d", re.sub(r"\d+\. ", "", pointing)), "Points would turn an answer into a bet."
    assert "2 of about" in terminal.type("1")
    assert list(answers_of(started))[-1] == name


@pytest.mark.parametrize("columns", [80, 50])
def test_wrong_input_gets_a_sentence_and_another_try(sit: Sit, started: Path, columns: int) -> None:
    questions = dict(KB.services[SOUNDS].questions)
    terminal = sit(columns=columns)
    before = answers_of(started)

    several = questions[asked(terminal.said, questions)]
    assert several.choose == "many"
    not_sure, none = number_of(several, NOT_SURE), number_of(several, NONE_OF_THESE)
    for typed in (f"1 {not_sure}", f"{none}, 2", f"{none} {not_sure}"):
        assert terminal.type(typed).startswith(flat(SAID("ask.stands_alone")))
    for typed in ("x1", "0", "99", "-1", "1.5", "1;2", "²", "1 99"):
        assert terminal.type(typed).startswith(flat(SAID("ask.not_a_choice", typed=typed, most=not_sure)))
    assert terminal.type("").startswith(flat(SAID("ask.empty")))
    assert terminal.type("h").startswith(flat(SAID("ask.keys")))
    assert answers_of(started) == before
    terminal.type(f"3,1 1 {'':5}")
    ticked = tuple(several.options)
    assert list(answers_of(started).values())[-1] == (ticked[2], ticked[0])

    single = questions[asked(terminal.said, questions)]
    assert single.choose == "one"
    assert terminal.type("1 2").startswith(flat(SAID("ask.only_one")))
    assert len(answers_of(started)) == len(before) + 1
    terminal.type("2")
    assert list(answers_of(started).values())[-1] == (list(single.options)[1],)


def test_wrong_input_before_the_questions_gets_a_sentence_and_another_try(sit: Sit, tmp_path: Path) -> None:
    terminal = sit(columns=50)
    most = str(len(KB.rules.grades) + 1)
    assert terminal.type(JR, "x").startswith(flat(SAID("ask.not_a_number", typed="x", most=most)))
    assert terminal.type("").startswith(flat(SAID("ask.empty")))
    terminal.type(most)
    assert read(tmp_path / "plan.yaml").student.grade == ""
    assert terminal.type("").startswith(flat(SAID("ask.services_empty")))
    assert terminal.type("xyzzy").startswith(flat(SAID("ask.services_none", typed="xyzzy")))
    assert terminal.type("99").startswith(flat(SAID("ask.not_a_number", typed="99", most=str(len(KB.services)))))
    several = terminal.type("ing")
    assert '"ing"' in several
    assert KB.services[READING].name in several
    assert KB.services["handwriting"].name in several
    assert read(tmp_path / "plan.yaml").services == {}


def test_back_shows_the_answer_given_and_lets_it_be_changed(sit: Sit, started: Path) -> None:
    questions = dict(KB.services[SOUNDS].questions)
    terminal = sit()
    first = asked(terminal.said, questions)
    one, two = list(questions[first].options)[:2]
    terminal.type("1")
    second = terminal.said
    assert answers_of(started)[first] == (one,)
    said = terminal.type("b")
    assert asked(said, questions) == first
    label = flat(fill(questions[first].options[one].label, student=JR))
    assert f"1. {label} · {SAID('ask.given')}" in said
    assert said.count(SAID("ask.given")) == 1
    assert answering(terminal, "2") == second
    assert answers_of(started)[first] == (two,)


def test_back_from_the_very_first_question_says_so(sit: Sit, started: Path) -> None:
    terminal = sit()
    for _ in KB.student_questions:
        terminal.type("b")
    assert progress(terminal.said)[0] == 1
    assert terminal.type("b").startswith(SAID("ask.first"))
    assert len(answers_of(started)) == len(KB.student_questions)


def test_a_note_is_kept_beside_its_question_and_shown_there(sit: Sit, started: Path) -> None:
    questions = dict(KB.services[SOUNDS].questions)
    terminal = sit(columns=50)
    first = asked(terminal.said, questions)
    assert terminal.type("n").startswith(flat(SAID("ask.note_why")))
    note = 'Probe of 12 October: 8 of 40 "r" words # yes'
    said = terminal.type(note)
    assert asked(said, questions) == first
    assert SAID("ask.note_so_far", note=note) in said
    assert read(started).services["sounds"].notes == {first: note}
    said = terminal.type("n", "")
    assert SAID("ask.note_so_far", note=note) in said
    assert SAID("ask.answer_note", answer=SAID("ask.open"), note=note) in terminal.type("r")
    assert read(started).services["sounds"].notes == {first: note}


def test_a_skipped_question_stays_open_and_comes_back_at_the_next_sitting(sit: Sit, started: Path) -> None:
    questions = dict(KB.services[SOUNDS].questions)
    terminal = sit()
    before = answers_of(started)
    first = asked(terminal.said, questions)
    second = asked(terminal.type("s"), questions)
    assert second != first
    terminal.type("1")
    assert list(answers_of(started)) == [*before, second]
    ask = flat(fill(questions[first].ask, student=JR))
    assert f"{ask} · {SAID('ask.open')}" in terminal.type("r")
    terminal.type("", "q")
    assert asked(sit().said, questions) == first


def test_the_review_changes_one_answer_by_its_number(sit: Sit, started: Path) -> None:
    terminal = sit(columns=50)
    waiting = terminal.said.removeprefix(SAID.count("ask.resumed", len(answers_of(started)), file="plan.yaml")).strip()
    most = str(len(KB.student_questions) + len(path_of(KB.services[SOUNDS].questions, answers_of(started))))
    assert SAID("ask.review_title") in terminal.type("r")
    for typed in ("h", "99", "0", "x"):
        assert terminal.type(typed).startswith(flat(SAID("ask.not_a_number", typed=typed, most=most)))
    assert terminal.type("") == waiting
    assert terminal.type("r", "b") == waiting
    name, question = next(iter(KB.student_questions.items()))
    assert asked(terminal.type("r", "1"), dict(KB.student_questions)) == name
    last = list(question.options)[-1]
    assert terminal.type(number_of(question, last)) == waiting
    assert answers_of(started)[name] == (last,)
    farewell = terminal.type("r", "q")
    assert terminal.status == 0
    assert SAID("ask.saved", file="plan.yaml") in farewell


def test_a_second_goal_can_be_added_at_any_later_sitting(sit: Sit, started: Path) -> None:
    before = list(read(started).services)
    terminal = sit()
    terminal.type("r")
    assert SAID("ask.services_title") in terminal.type("a")
    terminal.type(SOUNDS, "The l sound", "1", "")
    added = read(started).services
    assert list(added)[: len(before)] == before
    assert len(added) == len(before) + 1
    assert added[list(added)[-1]].goal == "The l sound"


def test_a_label_that_looks_like_a_full_name_gets_one_gentle_note_and_is_kept(sit: Sit, tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    note = flat(SAID("ask.label_name", file="plan.yaml"))
    terminal = sit()
    assert terminal.type("Maria Lopez").startswith(note)
    terminal.type("1", "speech sou", "", "5", "", "q")
    assert terminal.shown.count("looks like a full name") == 1
    assert read(path).student.label == "Maria Lopez"
    assert "looks like a full name" not in sit().said
    path.unlink()
    assert note not in sit().type("M.L.")


def test_one_answer_is_counted_as_one(sit: Sit, tmp_path: Path) -> None:
    sit().type(JR, "2", str(list(KB.services).index(SOUNDS) + 1), "", "5", "", "1", "q")
    assert sit().said.startswith("Going on with plan.yaml: 1 answer so far.")
    assert len(answers_of(tmp_path / "plan.yaml")) == 1


# --- enough is known --------------------------------------------------------------------------------------------------

DRAWING = """\
name: Drawing
family: Art
what: Help with drawing.
looks_like: {push_in: In class., pull_out: Outside., blend: Both.}
guidance: {one: {say: A remark.}}
pitfalls: {one: {say: A remark.}}
not_known: {one: {say: A remark.}}
questions: {colors: asked, stage: asked, needs: asked, paper: asked, pencils: asked}
"""
DRAWING_QUESTIONS = """\
title: Drawing
questions:
  colors:
    ask: Which colors?
    help: It counts for nothing.
    who: student
    options: {red: {label: Red}, blue: {label: Blue}}
  stage:
    ask: How far?
    help: It counts.
    who: specialist
    options:
      new: {label: New, arguments: {pull_out: WHY}}
      ready: {label: Ready, arguments: {push_in: WHY}}
  needs:
    ask: Which needs?
    help: It counts twice.
    who: specialist
    choose: many
    options:
      quiet: {label: Quiet, arguments: {pull_out: WHY}}
      space: {label: Space, arguments: {pull_out: WHY}}
      time: {label: Time, arguments: {pull_out: WHY}}
  paper:
    ask: Which paper?
    help: It counts for nothing.
    who: student
    options: {white: {label: White}, blue: {label: Sky blue}}
  pencils:
    ask: Which pencils?
    help: It counts for nothing.
    who: student
    options: {soft: {label: Soft}, hard: {label: Hard}}
""".replace("WHY", "{strength: strong, basis: practice, concern: focus, because: It is so., caveat: Made up.}")
"""A service of which two questions count: after `needs`, nothing can change a suggestion of push-in."""


@pytest.fixture
def drawing(tmp_path: Path, started: Path) -> Path:
    """A layer with that service, and the plan with an entry for it, and for another service."""
    (tmp_path / "ours" / "services").mkdir(parents=True)
    (tmp_path / "ours" / "questions").mkdir()
    (tmp_path / "ours" / "services" / "drawing.yaml").write_text(DRAWING, encoding="utf-8")
    (tmp_path / "ours" / "questions" / "drawing.yaml").write_text(DRAWING_QUESTIONS, encoding="utf-8")
    file = plan.open_plan(started)
    file = file.with_value(("services", "draw"), {"service": "drawing", "goal": "A cat", "now": ""})
    plan.save(file)
    return started


def asks(args: str = "", entry: str = "draw") -> tuple[str, ...]:
    return ("ask", "plan.yaml", "--data", "ours", "--service", entry, *args.split())


def drawn(path: Path) -> dict[str, tuple[str, ...]]:
    return dict(plan.open_plan(path).plan.services["draw"].answers)


def test_as_soon_as_it_is_firm_the_suggestion_can_be_seen(sit: Sit, drawing: Path) -> None:
    terminal = sit(*asks())
    assert "Which needs?" in terminal.type("1", "2")
    said = terminal.type("4")
    assert said.startswith(flat(SAID.count("ask.firm", 2, service="Drawing: A cat")))
    assert terminal.type("x").startswith(SAID("ask.firm_keys"))
    result = terminal.type("v")
    assert terminal.status == 0
    assert SAID("suggest.push_in") in result
    assert SAID("ask.go_on_later", command="pushpull ask plan.yaml") in result
    assert list(drawn(drawing)) == ["colors", "stage", "needs"]


def test_going_on_is_never_blocked_and_it_is_said_only_once(sit: Sit, drawing: Path) -> None:
    terminal = sit(*asks())
    terminal.type("1", "2", "4")
    assert "Which paper?" in terminal.type("")
    assert "Which pencils?" in terminal.type("1")
    assert "Which paper?" in terminal.type("b")
    terminal.type("2")
    assert SAID("ask.review_title") in terminal.type("1")
    assert terminal.shown.count(SAID("ask.firm_prompt").strip()) == 1
    assert len(drawn(drawing)) == 5


def test_with_other_services_to_ask_about_only_that_suggestion_is_shown(sit: Sit, drawing: Path) -> None:
    file = plan.open_plan(drawing)
    sounds = file.plan.services["sounds"]
    file = file.with_value(("services", "later"), {"service": sounds.service, "goal": sounds.goal, "now": ""})
    plan.save(
        file.with_value(("services", "sounds", "answers"), dict.fromkeys(KB.services[SOUNDS].questions, NOT_SURE))
    )
    terminal = sit("ask", "plan.yaml", "--data", "ours")
    said = terminal.type("1", "2", "4", "v")
    assert SAID("suggest.push_in") in said
    assert "1 of about" in said, "and on with the next service"
    assert terminal.type("q").endswith("pushpull ask plan.yaml")


def test_leaving_where_it_is_firm_keeps_every_answer(sit: Sit, drawing: Path) -> None:
    terminal = sit(*asks())
    assert flat(SAID("ask.saved", file="plan.yaml")) in terminal.type("1", "2", "4", "q")
    assert len(drawn(drawing)) == 3


def test_a_quick_interview_asks_what_counts_and_stops_by_itself(sit: Sit, drawing: Path) -> None:
    terminal = sit(*asks("--quick"))
    assert "Which needs?" in terminal.said
    assert "1, at most 5" in terminal.said
    assert terminal.type("b").startswith(SAID("ask.first"))
    assert "How far?" in terminal.type("4")
    assert "Which needs?" in terminal.type("b")
    assert SAID("ask.given") in terminal.said
    terminal.type("4")
    assert "2, at most 5" in terminal.said
    result = terminal.type("2")
    assert terminal.status == 0
    assert result.startswith(flat(SAID.count("ask.quick_firm", 3, service="Drawing: A cat")))
    assert SAID("suggest.push_in") in result
    assert result.endswith(SAID("ask.go_on_later", command="pushpull ask plan.yaml"))
    assert list(drawn(drawing)) == ["needs", "stage"]
    again = sit(*asks("--quick"))
    assert again.status == 0
    assert flat(SAID.count("ask.quick_firm", 3, service="Drawing: A cat")) in again.said


def test_a_quick_interview_that_nothing_can_settle_says_so(sit: Sit, drawing: Path) -> None:
    result = sit(*asks("--quick")).type("5", "3")
    assert result.startswith(flat(SAID.count("ask.quick_spent", 3, service="Drawing: A cat")))
    assert drawn(drawing) == {"needs": (NOT_SURE,), "stage": (NOT_SURE,)}


# --- the same question for another service ----------------------------------------------------------------------------


@pytest.fixture
def second_drawing(drawing: Path) -> Path:
    """The plan with a first drawing answered in part, and a second one."""
    file = plan.open_plan(drawing)
    file = file.with_value(("services", "draw", "answers"), {"colors": "blue", "stage": "not_sure", "needs": ["time"]})
    plan.save(file.with_value(("services", "more"), {"service": "drawing", "goal": "A dog", "now": ""}))
    return drawing


def test_an_answer_given_for_another_service_is_offered_and_taken_over_only_by_its_key(
    sit: Sit, second_drawing: Path
) -> None:
    terminal = sit(*asks(entry="more"))
    assert SAID("ask.earlier", service="Drawing: A cat", answer="Blue") in terminal.said
    assert terminal.type("").startswith(SAID("ask.empty"))
    said = terminal.type("e")
    assert "How far?" in said
    assert "Drawing: A cat" not in said, "not sure is nothing to take over"
    assert terminal.type("e").startswith(SAID("ask.not_a_choice", typed="e", most="3"))
    assert SAID("ask.earlier", service="Drawing: A cat", answer="Time") in terminal.type("2")
    terminal.type("1")
    answers = plan.open_plan(second_drawing).plan.services["more"].answers
    assert answers == {"colors": ("blue",), "stage": ("ready",), "needs": ("quiet",)}
    assert "Drawing: A cat" not in terminal.type("b"), "it has an answer of its own now"


def test_no_answer_is_offered_where_the_options_differ(sit: Sit, second_drawing: Path, tmp_path: Path) -> None:
    profile = (tmp_path / "ours" / "services" / "drawing.yaml").read_text(encoding="utf-8")
    other = profile.replace("colors: asked", "colors: {options: {green: {label: Green}}}").replace(
        "Drawing", "Painting"
    )
    (tmp_path / "ours" / "services" / "painting.yaml").write_text(other, encoding="utf-8")
    file = plan.open_plan(second_drawing)
    plan.save(file.with_value(("services", "paint"), {"service": "painting", "goal": "", "now": ""}))
    terminal = sit(*asks(entry="paint"))
    assert "Which colors?" in terminal.said
    assert "Green" in terminal.said
    assert "Drawing: A cat" not in terminal.said
    terminal.type("1")
    assert SAID("ask.earlier", service="Drawing: A cat", answer="Time") in terminal.type("2")


# --- answers that may not fit together --------------------------------------------------------------------------------


def test_two_answers_that_may_not_fit_are_pointed_out_at_once_and_both_kept(
    sit: Sit, drawing: Path, tmp_path: Path
) -> None:
    (tmp_path / "ours" / "tensions.yaml").write_text(
        "odd:\n  say: White paper and red may not fit.\n  between: [{colors: red}, {paper: white}]\n"
        "ticks:\n  say: Quiet and space may not fit.\n  between: [{needs: quiet}, {needs: space}]\n",
        encoding="utf-8",
    )
    terminal = sit(*asks())
    pointed = SAID("ask.tension", say="Quiet and space may not fit.", answers='"Quiet" and "Space"')
    assert terminal.type("1", "2", "1 2").startswith(flat(pointed))
    assert "Which needs?" in terminal.type("b")
    assert "may not fit" not in terminal.type("1")
    pointed = SAID("ask.tension", say="White paper and red may not fit.", answers='"Red" and "White"')
    assert terminal.type("1").startswith(flat(pointed))
    assert terminal.type("1", "").count("may not fit.") == 1
    assert SAID("suggest.tensions") in terminal.said
    assert drawn(drawing)["paper"] == ("white",)
    assert drawn(drawing)["colors"] == ("red",)


# --- leaving in other ways --------------------------------------------------------------------------------------------


def test_control_c_stops_with_130_and_every_answer_saved(sit: Sit, started: Path) -> None:
    terminal = sit(columns=50)
    terminal.type("1", "2", "n")
    given = answers_of(started)
    assert len(given) == len(KB.student_questions) + 2
    farewell = terminal.press(b"\x03")
    assert terminal.status == 130
    assert flat(SAID("ask.interrupted", file="plan.yaml")) in farewell
    assert farewell.endswith("To go on: pushpull ask plan.yaml")
    assert answers_of(started) == given


def test_control_c_while_services_are_set_up_loses_none_that_was_chosen(sit: Sit, tmp_path: Path) -> None:
    terminal = sit()
    terminal.type(JR, "2", "1 and 3")
    terminal.press(b"\x03")
    names = list(KB.services)
    assert [each.service for each in read(tmp_path / "plan.yaml").services.values()] == [names[0], names[2]]


def test_control_c_before_any_answer_leaves_no_file_and_says_so(sit: Sit, tmp_path: Path) -> None:
    terminal = sit()
    assert terminal.press(b"\x03").endswith(SAID("ask.nothing_saved"))
    assert terminal.status == 130
    assert list(tmp_path.iterdir()) == []


def test_control_d_leaves_with_every_answer_saved(sit: Sit, started: Path) -> None:
    terminal = sit()
    terminal.type("1", "2")
    given = answers_of(started)
    assert len(given) == len(KB.student_questions) + 2
    farewell = terminal.press(b"\x04")
    assert terminal.status == 0
    assert SAID("ask.saved", file="plan.yaml") in farewell
    assert answers_of(started) == given


@pytest.mark.parametrize("hang_up", [True, False], ids=["told to hang up", "not told"])
def test_a_closed_window_leaves_a_whole_plan(sit: Sit, started: Path, *, hang_up: bool) -> None:
    terminal = sit(hang_up=hang_up)
    terminal.type("1", "2")
    given = answers_of(started)
    assert len(given) == len(KB.student_questions) + 2
    terminal.close()
    assert answers_of(started) == given


def test_a_killed_program_has_saved_every_answer_it_took(sit: Sit, started: Path) -> None:
    count = len(KB.student_questions)
    for taken in (1, 2, 3):
        terminal = sit()
        assert SAID.count("ask.resumed", count, file="plan.yaml") in terminal.said
        terminal.type(*["1"] * taken)
        terminal.kill()
        count += taken
        assert terminal.status == -9
        assert len(answers_of(started)) == count


# --- what stands in the file ------------------------------------------------------------------------------------------


def test_only_its_owner_can_read_a_plan(sit: Sit, tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    terminal = sit()
    terminal.type(JR, "2")
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o644)
    terminal.type("speech sou", "", "5", "", "1")
    assert len(answers_of(path)) == 1
    assert path.stat().st_mode & 0o777 == 0o600


def test_whatever_is_typed_can_be_read_again(sit: Sit, started: Path) -> None:
    terminal = sit()
    first = asked(terminal.said, dict(KB.services[SOUNDS].questions))
    for typed, kept in (
        (b"J\x1b[D\x1b[3~R\x1bOA", "JR"),
        (b"J\xffR", "J\N{REPLACEMENT CHARACTER}R"),
        ("Jos\xe9 \u4e2d".encode(), "Jos\xe9 \u4e2d"),
        (b"a\x00\x07 \x1b]0;title\x07b", "a   ]0;title b"),
        (b"yes", "yes"),
        (b"3: # [x", "3: # [x"),
    ):
        terminal.type("n")
        terminal.press(typed + b"\r")
        assert read(started).services["sounds"].notes == {first: kept}


def test_a_file_name_with_a_space_can_be_copied_from_the_screen(sit: Sit, tmp_path: Path) -> None:
    terminal = sit("ask", "J R.yaml")
    assert terminal.type(JR, "1", "q").endswith('To go on: pushpull ask "J R.yaml"')
    assert read(tmp_path / "J R.yaml").student.label == JR


def test_an_answer_whose_question_no_longer_applies_stays_in_the_file_and_stops_counting(
    sit: Sit, started: Path, tmp_path: Path
) -> None:
    layer = tmp_path / "ours"
    (layer / "services").mkdir(parents=True)
    (layer / "services" / f"{SOUNDS}.yaml").write_text(
        "questions:\n  supports:\n    when: {skill_stage: [new]}\n", encoding="utf-8"
    )
    questions = dict(KB.services[SOUNDS].questions)
    file = plan.open_plan(started)
    everything = {name: next(iter(question.options)) for name, question in questions.items()}
    everything |= {"skill_stage": "new", "supports": "enough"}
    plan.save(file.with_value(("services", "sounds", "answers"), everything))
    given = answers_of(started)
    ask = flat(fill(questions["supports"].ask, student=JR))

    def counted() -> bool:
        result = run("suggest", started, "--format", "json", "--data", layer)
        (service,) = json.loads(result.stdout)["services"]
        return "supports" in {reason["question"] for reason in service["reasons"]}

    terminal = sit("ask", "plan.yaml", "--data", "ours")
    assert ask in terminal.said
    assert counted()
    rows = [row.split() for row in terminal.rows]
    stage = flat(fill(questions["skill_stage"].ask, student=JR)).split()
    (number,) = (row[0] for row in rows if row[1 : 1 + len(stage)] == stage)
    assert asked(terminal.type(number), questions) == "skill_stage"
    assert ask not in terminal.type("2")
    assert answers_of(started) == {**given, "skill_stage": (list(questions["skill_stage"].options)[1],)}
    assert not counted()
    assert flat(SAID("suggest.why_off_path")) in terminal.type("")
    assert answers_of(started)["supports"] == ("enough",)


# --- what a terminal can show -----------------------------------------------------------------------------------------


def test_colour_is_left_out_when_the_reader_asks_for_none(sit: Sit, started: Path) -> None:
    for setting, expected in (({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)):
        terminal = sit(**setting)
        terminal.type("?", "1", "r")
        assert terminal.coloured is expected
        terminal.close()
    assert len(answers_of(started)) == len(KB.student_questions) + 3


@pytest.mark.parametrize("way", ["--plain", "TERM=dumb"])
def test_plain_lines_have_no_boxes_and_name_the_keys_only_when_asked(sit: Sit, started: Path, way: str) -> None:
    terminal = sit("ask", "plan.yaml", "--plain") if way == "--plain" else sit(TERM="dumb")
    asked(terminal.said, dict(KB.services[SOUNDS].questions))
    assert SAID("ask.keys") not in terminal.said
    assert terminal.type("h") == f"{SAID('ask.keys')} {SAID('ask.prompt')}".strip()
    terminal.type("?")
    while "of about" in answering(terminal, "1"):
        pass
    terminal.type("")
    assert terminal.status == 0
    assert SAID("suggest.title", student=JR) in terminal.said
    assert not BOX.search(terminal.shown)
    assert terminal.shown.count(SAID("ask.keys")) == 1
    assert b"\x1b" not in terminal.raw
    assert len(answers_of(started)) > len(KB.student_questions)


def test_a_screen_that_is_not_plain_has_rules_and_names_the_keys_each_time(sit: Sit, started: Path) -> None:
    terminal = sit()
    terminal.type("1", "1")
    assert BOX.search(terminal.shown)
    assert terminal.shown.count(SAID("ask.keys")) == 3
    assert len(answers_of(started)) == len(KB.student_questions) + 2


# --- nobody to ask ----------------------------------------------------------------------------------------------------


def test_without_input_the_missing_answers_are_named_with_what_they_take(sit: Sit, started: Path) -> None:
    before = started.read_bytes()
    terminal = sit("ask", "plan.yaml", "--no-input")
    assert terminal.status == 1
    piped = run_apart("ask", started, stdin="1\n1\n")
    assert piped.returncode == 1
    assert piped.stdout == ""
    questions = KB.services[SOUNDS].questions
    missing = path_of(questions, answers_of(started))
    for said, name in ((terminal.said, "plan.yaml"), (flat(piped.stderr), str(started))):
        assert said.endswith(flat(SAID("problems.no_input_missing", file=name)))
        for each in missing:
            options = [
                *questions[each].options,
                *([NONE_OF_THESE] if questions[each].choose == "many" else []),
                NOT_SURE,
            ]
            line = SAID(
                "ask.no_input_line",
                section="services: sounds: answers",
                question=each,
                ask=fill(questions[each].ask, student=SAID("student.unnamed")),
                options=", ".join(options),
            )
            assert flat(line) in said
    assert piped.stderr.count("\n") == len(missing) + 1
    assert started.read_bytes() == before


def test_an_answer_written_by_hand_as_shown_is_no_longer_missing(started: Path) -> None:
    first, *others = path_of(KB.services[SOUNDS].questions, answers_of(started))
    text = started.read_text(encoding="utf-8")
    started.write_text(f"{text}    answers:\n      {first}: not_sure\n", encoding="utf-8")
    said = run_apart("ask", started, "--no-input").stderr
    assert f": {first} (" not in said
    assert all(f": {each} (" in said for each in others)


def test_without_input_a_new_plan_is_not_begun(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    piped = run_apart("ask", path, "--no-input")
    assert piped.returncode == 1
    assert piped.stderr.strip() == SAID("problems.no_input_new", file=str(path))
    assert not path.exists()


def test_without_input_a_finished_plan_points_to_the_suggestion(started: Path) -> None:
    everything = dict.fromkeys(KB.services[SOUNDS].questions, NOT_SURE)
    plan.save(plan.open_plan(started).with_value(("services", "sounds", "answers"), everything))
    piped = run_apart("ask", started)
    assert piped.returncode == 1
    assert piped.stderr.strip() == SAID("problems.no_input_complete", file=str(started))
