"""The papers for the meeting: what the team and the family get, and what neither may say."""

from __future__ import annotations

import json
import re
from itertools import pairwise

import pytest

from helpers import EXAMPLES, SERVICES, answers_for_each_mode, plan_text, shipped, words
from meeting import DAY, facts, family, items, material, rows, said, team, terms, under
from pushpull.audit.reading import grade
from pushpull.document import Bars, Document, Heading, Note, Paragraph, Room, Rooms, Table
from pushpull.kb.entry import MODES
from pushpull.reports import phrases
from pushpull.reports.papers.family import reading_grade
from pushpull.reports.papers.shared import in_order

READING, HANDWRITING = (
    next(path for path in EXAMPLES if path.stem == name)
    for name in ("reading-and-speech", "handwriting-and-counseling")
)
TEAM = {path.stem: team(path) for path in EXAMPLES}
FAMILY = {path.stem: family(path) for path in EXAMPLES}
BOTH = [*TEAM.values(), *FAMILY.values()]
KB = shipped()[0]
WEEK = "week: {day: 390}"
HARDEST = 8
"""The grade of US schools above which no paper for a family may be."""


def plan(*lines: str, top: str = "") -> str:
    """Return a plan for one service whose answers lead to pull-out, with more lines under it."""
    return "\n".join(
        [
            "plan: 1",
            top,
            "services:",
            "  reading:",
            "    service: reading_decoding",
            "    goal: Read",
            "    answers: {skill_stage: new, takes: [many_tries, quiet], busy_room: [loses_track]}",
            *(f"    {line}" for line in lines),
            "",
        ]
    )


def headings(document: Document, level: int = 2) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Heading) and block.level == level]


# --- both ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("paper", BOTH, ids=lambda paper: paper.title)
def test_a_paper_is_a_draft_and_never_decides(paper: Document) -> None:
    assert any(isinstance(block, Note) and block.label == "Draft" for block in paper.blocks[:3])
    text = said(paper)
    assert not re.search(r"placement determined|\bapproved?\b|\brecommend", text, re.IGNORECASE)
    for sentence in re.findall(r"[^.\n]*\bdecision\b[^.\n]*\.", text):
        assert "not a decision" in sentence


@pytest.mark.parametrize("name", TEAM)
def test_a_paper_names_its_day_and_its_versions(name: str) -> None:
    for paper in (TEAM[name], FAMILY[name]):
        assert "Made on Nov 23, 2026 with pushpull 1.2.3, content 2026.1." in paper.footer[-1]
        assert paper.made == DAY
        assert paper.language == "en"


def test_what_is_open_comes_first_and_what_is_firm_last() -> None:
    each = answers_for_each_mode("reading_decoding")
    services = {
        "firm": {"service": "counseling", "goal": "Firm", "answers": {"private_talk": "mainly"}},
        "unknown": {"service": "reading_decoding", "goal": "Unknown"},
        "some": {"service": "reading_decoding", "goal": "Some", "answers": each["pull_out"]},
        "open": {"service": "reading_decoding", "goal": "Open", "answers": each["open"]},
    }
    text = json.dumps({"plan": 1, "services": services})
    made = in_order(material(text))
    assert [page.found.mode for page in made][:2] == ["open", "unknown"]
    for one, other in pairwise(made):
        assert one.urgency <= other.urgency
    order = [page.title() for page in made]
    for paper in (team(text), family(text)):
        assert [name for name in headings(paper) if name in order] == order


def test_what_is_to_be_read_first_of_all_services_stands_once() -> None:
    text = json.dumps(
        {
            "plan": 1,
            "answers": {"about": ["no_iep"]},
            "services": {
                name: {"service": name, "answers": {"supports": "not_yet"}} for name in ("articulation", "language")
            },
        }
    )
    made = in_order(material(text))
    first = [{name for name in page.found.notes if KB.notes[name].first} for page in made]
    common = set.intersection(*first)
    assert common
    for paper in (team(text), family(text)):
        texts = [block.text for block in paper.blocks if isinstance(block, Note)]
        for name in set.union(*first):
            stands = sum(made[0].text(KB.notes[name].say) in text for text in texts)
            assert stands == (1 if name in common else sum(name in each for each in first))


@pytest.mark.parametrize("name", TEAM)
def test_no_blank_of_a_phrase_is_left_open(name: str) -> None:
    for paper in (TEAM[name], FAMILY[name]):
        assert not re.search(r"[{}]", said(paper))


# --- the team -----------------------------------------------------------------------------------------------------


def test_both_cases_stand_as_a_picture_with_their_numbers_in_words() -> None:
    bars = [block for block in TEAM["reading-and-speech"].blocks if isinstance(block, Bars)]
    assert len(bars) == 2
    for each in bars:
        assert [bar.number in each.words for bar in each.bars] == [True, True]


def test_leading_reasons_have_basis_strength_and_a_source_and_the_others_are_named() -> None:
    made = material(READING)
    for page in in_order(made):
        paper = team(READING)
        tables = [block for block in paper.blocks if isinstance(block, Table) and block.heads[0] == "Both ways"]
        spoken = {cell.texts for table in tables for cell in table.rows[0][1:]}
        for mode in MODES:
            reasons = page.for_mode(mode)
            mine = next(texts for texts in spoken if texts[0].startswith(page.text(reasons[0].because)))
            assert len(mine) == min(3, len(reasons))
            for text, reason in zip(mine, reasons, strict=False):
                assert KB.rules.bases[reason.basis] in text
                assert f"[{reason.sources[0]}" in text
            for reason in reasons[3:]:
                assert page.text(reason.because).rstrip(".") in said(paper)


def test_a_note_behind_an_answer_stands_once() -> None:
    assert said(TEAM["reading-and-speech"]).count("9 of 10 right in talk with the therapist") == 1


def test_harms_and_requirements_stand_for_both_ways() -> None:
    table = rows(TEAM["handwriting-and-counseling"], "Both ways")
    for row in ("Could go wrong", "To show and to ask"):
        assert all(len(cell) >= 2 for cell in table[row])
    assert any(text.startswith("Answered (law): ") for text in table["To show and to ask"][1])


def test_lines_of_the_iep_are_those_proposed_with_their_minutes_a_week() -> None:
    lines = facts(TEAM["reading-and-speech"])["As lines of the IEP"]
    assert "Outside class: first teaching of new patterns, 20 minutes, 4 times a week = 80 minutes a week." in lines
    assert "In class: using known patterns in class reading, 15 minutes, 4 times a week = 60 minutes a week." in lines
    assert "From Dec 7, 2026 to June 4, 2027." in lines


def test_without_a_proposal_a_blend_is_two_open_lines() -> None:
    text = plan().replace(
        "skill_stage: new, takes: [many_tries, quiet]", "skill_stage: mixed, takes: [many_tries, class_materials]"
    )
    lines = facts(team(text))["As lines of the IEP"]
    assert lines.count("[how many] minutes") == 2
    assert "In class (push-in): using" in lines
    assert "Outside class (pull-out): first" in lines


def test_a_proposal_whose_week_is_not_told_is_printed_as_it_was_written() -> None:
    text = plan("proposed: {one: {part: drill, minutes: 20, times: 3, per: week, place: outside}}")
    assert facts(team(text))["As lines of the IEP"] == "drill: 20 minutes, 3 times, per week."
    assert "not added up" in said(team(text))


def test_aids_say_what_became_of_them() -> None:
    aids = facts(TEAM["reading-and-speech"])["Aids considered"]
    assert aids.count("Tried: ") == 2
    assert "guesses at new words" in aids
    assert "To be tried: New patterns on a card at the desk." in aids
    speech = said(TEAM["reading-and-speech"])
    assert "Rejected: R words on a card in the desk (R. Sample does not want to be seen with it)." in speech
    assert "None is written down." in facts(team(plan()))["Aids considered"]


def test_a_review_of_the_plan_goes_before_our_own_draft() -> None:
    given = facts(team(plan('review: {on: "2027-02-01", towards_class: It shows, towards_outside: It does not}')))
    assert given["Review, in either direction"] == (
        "The team looks again on Feb 1, 2027. Towards class if: It shows. Towards outside if: It does not."
    )
    ours = facts(team(plan()))["Review, in either direction"]
    assert "on [day]" in ours
    assert KB.papers.fade["pull_out"].ahead.rstrip(".") in ours
    assert KB.papers.fade["pull_out"].caveat in ours


def test_a_first_step_towards_class_is_named_where_sessions_can_move() -> None:
    assert (
        "A later step, for the team to decide: 3 outside and 5 in class"
        in facts(TEAM["reading-and-speech"])["Review, in either direction"]
    )
    assert "A later step" not in facts(TEAM["handwriting-and-counseling"])["Review, in either direction"]


def test_the_draft_of_the_explanation_says_how_much_during_what_why_and_which_aids() -> None:
    room = next(block for block in TEAM["reading-and-speech"].blocks if isinstance(block, Room))
    assert "change it until it is true" in room.label
    assert "80 minutes a week" in room.written
    assert "during social studies, for Word reading (decoding) (first teaching of new patterns)." in room.written
    assert "The rest of the week (1,870 of 1,950 minutes) would be in the regular class." in room.written
    assert "Why: R. Sample makes good progress with this teaching outside class." in room.written
    assert "A reading partner" in room.written
    assert room.written.endswith("Why they are not enough: [to be written].")


def test_what_people_wish_is_no_explanation_of_the_place() -> None:
    room = next(block for block in TEAM["handwriting-and-counseling"].blocks if isinstance(block, Room))
    assert "Most of this work is private talk" in room.written
    assert "wants the help" not in room.written


def test_what_the_plan_does_not_tell_stays_open_in_the_explanation() -> None:
    room = next(block for block in team(plan()).blocks if isinstance(block, Room))
    for gap in ("[how many] minutes", "[what]", "[to be written]"):
        assert gap in room.written


def test_no_time_outside_needs_no_explanation() -> None:
    text = plan().replace(
        "skill_stage: new, takes: [many_tries, quiet], busy_room: [loses_track]", "skill_stage: with_specialist"
    )
    assert not [block for block in team(text).blocks if isinstance(block, Room)]


@pytest.mark.parametrize("service", ["reading_decoding", "counseling", "articulation"])
def test_each_other_way_is_named_with_why_not(service: str) -> None:
    for mode, answers in answers_for_each_mode(service).items():
        others = facts(team(plan_text(answers, service=service)))["Other ways, why not so far"].lower()
        for way in ("push_in", "pull_out", "blend"):
            assert (words()(f"paper.way_{way}") in others) == (way != mode), (mode, others)


def test_what_was_written_down_and_is_not_counted_says_why() -> None:
    counted = facts(TEAM["reading-and-speech"])["Written down, not counted"]
    assert "When the specialist can come" in counted
    assert "The IEP does not bend to them." in counted


def test_a_missing_class_teacher_is_pointed_out() -> None:
    missing = said(TEAM["handwriting-and-counseling"])
    assert "Not coming: Class teacher (general education)." in missing
    assert "Not coming: Somebody who can explain test results." in said(TEAM["reading-and-speech"])
    assert "Nobody is written down yet." in said(team(plan()))
    half = said(team(plan(top="roster: {parents: yes}")))
    assert "Not coming: Class teacher (general education), " in half
    assert "One person may fill two roles." in half


def test_the_roster_names_people_by_role() -> None:
    text = plan(top="roster: {parents: yes, class_teacher: excused, district: Dr. Sample, neighbor: yes}")
    found = items(under(team(text), "Who is at the table"))
    assert ("coming", "Parents", "") in found
    assert ("not coming", "Class teacher (general education): excused", "") in found
    assert ("coming", "District representative: Dr. Sample", "") in found
    assert ("coming", "neighbor", "") in found
    assert ("[ ]", "Others who know the student", "") in found


def test_who_does_what_by_when() -> None:
    found = items(under(TEAM["reading-and-speech"], "Who does what by when"))
    assert ("The class teacher", "Ask R. Sample what school days feel like", "by Dec 1, 2026") in found
    assert ("The reading specialist", "Send home the words of each week", "each Friday") in found


def test_a_day_is_written_as_people_write_it() -> None:
    assert phrases.day(words(), "2026-03-09") == "March 9, 2026"
    for text in ("each Friday", "2026-13-01", "2026-3-9", ""):
        assert phrases.day(words(), text) == text


def test_there_is_room_for_the_team_the_parents_and_the_student() -> None:
    rooms = next(block for block in TEAM["reading-and-speech"].blocks if isinstance(block, Rooms))
    assert [room.label for room in rooms.rooms] == [
        "What the team decides, and why",
        "What the parents think",
        "What the student thinks",
    ]
    assert len({room.lines for room in rooms.rooms}) == 1
    told = plan("team: {mode: blend, why: Both}", top="views: {parents: Some of each, student: Fine}")
    written = next(block for block in team(told).blocks if isinstance(block, Rooms)).rooms
    assert [room.written for room in written] == [
        "Written in the plan for Word reading (decoding): Read: A blend. Both.",
        "Some of each",
        "Fine",
    ]


def test_every_source_that_is_named_is_listed_and_no_other() -> None:
    for paper in TEAM.values():
        listed = {mark for mark, _, _ in items(under(paper, "Sources"))}
        groups = re.findall(r"\[([^\]]+)\]", said(paper))
        named = {name for group in groups for name in re.split(r", | and ", group) if name in KB.sources}
        assert "LAW-REP-1" in named
        assert listed == named


def test_what_the_paper_does_itself_or_the_team_knows_is_there() -> None:
    assert {*KB.papers.shown_itself} <= {*KB.notes}
    assert {*KB.papers.known_to_team} <= {*terms()}
    assert "Write a blend as two lines" not in said(TEAM["reading-and-speech"])


def test_a_note_names_its_services_where_it_is_not_about_all() -> None:
    notes = items(under(TEAM["handwriting-and-counseling"], "For every service, and worth knowing"))
    tails = {text.partition(".")[0][:29]: tail for _, text, tail in notes}
    assert tails["Try typing or speaking to a d"] == "Handwriting and fine motor"
    assert tails["This would be a change from n"] == "Counseling"
    assert "" in tails.values()


def test_bars_of_a_paper_share_one_scale() -> None:
    bars = [block for block in TEAM["reading-and-speech"].blocks if isinstance(block, Bars)]
    assert {each.whole for each in bars} == {16}
    assert max(bar.size for each in bars for bar in each.bars) == 16


def test_a_source_that_was_not_read_says_so() -> None:
    unread = [name for name, source in KB.sources.items() if source.checked != "seen"]
    assert unread
    paper = said(team(READING))
    for name, text, tail in items(under(team(READING), "Sources")):
        assert text == KB.sources[name].short
        assert (name in unread) == ("," in tail), paper


@pytest.mark.parametrize("paper", TEAM.values(), ids=lambda paper: paper.title)
def test_words_of_the_field_are_explained_where_the_paper_uses_them(paper: Document) -> None:
    explained = [mark for mark, _, _ in items(under(paper, "Words used here"))]
    assert "Specially designed instruction (SDI)" in explained
    assert "Least restrictive environment (LRE)" not in explained  # only in the name of a source


def test_the_week_stands_in_few_lines() -> None:
    week = rows(TEAM["reading-and-speech"], "A week")
    assert week["Now"][3] == ("91.79 percent",)
    assert week["As proposed"][3] == ("95.9 percent",)
    text = said(under(TEAM["reading-and-speech"], "The school week"))
    assert "RC80: in the regular class for 80 percent of the day or more." in text
    assert "never a goal" in text


# --- the family ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("service", SERVICES)
def test_a_family_can_read_it_at_grade_eight_and_no_word_of_the_field_is_left_unexplained(service: str) -> None:
    for answers in ({}, *answers_for_each_mode(service).values()):
        paper = family(plan_text(answers, service=service))
        printed = re.search(
            r"Reading level of this page \(not of any child\): grade ([\d.]+) of US schools", paper.footer[-1]
        )
        assert printed
        assert float(printed[1]) == reading_grade(paper.blocks, "T.T.") <= HARDEST
        explained = {mark for mark, _, _ in items(under(paper, "Words used here"))}
        text = said(paper).split("Words used here")[0]
        for term in terms().values():
            names = filter(None, map(str.strip, re.split(r"[()]", term.term)))
            if any(re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text, re.IGNORECASE) for name in names):
                assert term.term in explained


def test_headings_and_labels_do_not_make_a_page_look_easier() -> None:
    hard = "The multidisciplinary evaluation necessitated extraordinarily comprehensive deliberations."
    alone = reading_grade((Paragraph(hard),))
    assert alone > 20
    assert reading_grade((Heading("Go"), Heading("On"), Paragraph(hard, lead="So:"))) == alone
    assert reading_grade((Paragraph("R. Sample reads the book."),), "R. Sample") == grade(["Student reads the book."])


def test_the_family_learns_what_a_day_could_look_like_each_way() -> None:
    looks = KB.services["articulation"].looks_like
    table = rows(FAMILY["reading-and-speech"], "Both ways")
    assert table["How a day could look"] == [(looks["push_in"],), (looks["pull_out"],)]
    assert (
        KB.services["reading_decoding"].looks_like["blend"]
        in facts(FAMILY["reading-and-speech"])["Some of each could look like this"]
    )


def test_the_family_gets_the_same_facts_as_the_team() -> None:
    told = facts(FAMILY["reading-and-speech"])
    proposed = told["What is proposed, not decided"]
    assert proposed.startswith(facts(TEAM["reading-and-speech"])["As lines of the IEP"])
    # 30 minutes, 4 times a week now; 20 and 15 minutes, 4 times a week, as proposed
    assert proposed.endswith("Now 120 minutes a week are outside class and 0 in class; with this, 80 and 60.")
    assert told["Looking again"] == "The team looks again on Feb 1, 2027."
    text = said(FAMILY["reading-and-speech"])
    assert "in the regular class for 91.79 percent" in text
    assert "R. Sample would miss: social studies." in text
    assert "These are 6 of 18 reasons. The others: 5 for help in class, 7 for help outside." in text
    assert "Agreed on November 20" in facts(FAMILY["handwriting-and-counseling"])["What the team wrote down"]
    assert "What weighs most so far: R. Sample makes the sound right" in text


def test_a_proposed_start_that_is_past_is_pointed_out() -> None:
    line = "proposed: {{one: {{part: drill, minutes: 20, times: 3, per: week, place: outside, starts: {}, ends: {}}}}}"
    late, today = (team(plan(line.format(start, "2027-06-04"), top=WEEK)) for start in ("2026-11-22", DAY))
    assert "This start is already past." in facts(late)["As lines of the IEP"]
    assert "past" not in facts(today)["As lines of the IEP"]


def test_a_service_without_a_proposal_says_so() -> None:
    assert facts(family(plan()))["What is proposed, not decided"] == "Nothing is written down yet."


def test_the_first_question_is_the_fact_that_would_help_most() -> None:
    _, asked, _ = items(under(FAMILY["reading-and-speech"], "Questions to ask"))[0]
    assert asked == "How well do supports in class work for this goal? (The class teacher may know this.)"


def test_a_question_whose_answer_is_there_is_not_asked() -> None:
    open_, told = plan(), plan().replace("busy_room:", "plans: [taught_inside], busy_room:")
    for text, asked in ((open_, True), (told, False)):
        assert ("What will the specialist teach in class" in said(family(text))) == asked
    assert "On what day do we look at the place again" not in said(FAMILY["reading-and-speech"])


def test_the_family_is_told_what_to_bring_and_its_rights_in_two_sentences() -> None:
    paper = FAMILY["handwriting-and-counseling"]
    assert [text for _, text, _ in items(under(paper, "What you can bring"))] == list(KB.papers.bring.values())
    rights = said(under(paper, "Your rights")).strip()
    assert rights == KB.papers.rights.text
    assert len(re.findall(r"[.!?](?:\s|$)", rights)) == 2
    assert "part of the team" in rights
    assert "ask for a meeting at any time" in rights


def test_a_paper_without_answers_says_that_they_are_missing() -> None:
    text = "plan: 1\nservices: {a: {service: articulation}}\n"
    assert "There is too little to go on yet." in said(team(text))
    assert "So far, there are too few answers to say." in said(family(text))


def test_a_caveat_stands_with_its_reason() -> None:
    assert "Take care: " in said(TEAM["handwriting-and-counseling"])
