"""What the law and the evidence demand of the program: each rule as a test on the shipped knowledge and its papers."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from helpers import EXAMPLES, SERVICES, data_texts, everything, run, shipped, shipped_arguments, shipped_options, words
from pushpull.kb.entry import MODES
from pushpull.kb.questions import Argument

KB, COMPARED, _ = shipped()
CHART = COMPARED.comparison
BANK = {name: question for service in SERVICES for name, question in everything(KB, service).items()}
PAPERS = {path.stem: run("export", path, "-o", "-", "--format", "md").stdout for path in EXAMPLES}
FAMILY = [run("export", path, "-o", "-", "--format", "md", "--for", "family").stdout for path in EXAMPLES]
SCREENS = {path.stem: run("suggest", path).stdout for path in EXAMPLES}
PRINTED = [*PAPERS.values(), *FAMILY, *SCREENS.values()]
SAID = [text.split("## Sources")[0] for text in PRINTED] + [text for name, text in data_texts() if name != "sources"]
"""Everything the program says; titles of other people's works are theirs."""
for_each_service = pytest.mark.parametrize("service", SERVICES)
for_each_paper = pytest.mark.parametrize("name", PAPERS)


# --- 1: it never decides ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["push_in", "pull_out", "blend"])
def test_a_suggestion_is_something_that_the_team_may_consider(mode: str) -> None:
    assert words()(f"suggest.{mode}").startswith("The team may consider")


def test_the_program_never_claims_a_decision_of_its_own() -> None:
    claims = re.compile(
        r"\b(placement determined|approved|we (decide|recommend)|recommended placement|must be placed|is entitled to"
        r"|the (program|tool|system) (decides|determines|recommends)|correct (placement|answer)|guarantee)",
        re.IGNORECASE,
    )
    for text in SAID:
        assert not claims.search(text)
        for sentence in re.findall(r"[^.]*\bdecision\b[^.]*\.", " ".join(text.split())):
            assert "not a decision" in sentence


@for_each_paper
def test_a_paper_says_draft_and_leaves_room_for_team_parents_and_student(name: str) -> None:
    paper = PAPERS[name]
    assert "**Draft:** For the team to talk about. This paper decides nothing." in paper
    for room in ("What the team decides, and why", "What the parents think", "What the student thinks"):
        assert room in paper
    assert "The team decides, and the parents are part of the team." in paper


@for_each_paper
def test_a_paper_argues_both_ways(name: str) -> None:
    services = PAPERS[name].count("Case for push-in")
    assert services == PAPERS[name].count("Case for pull-out") == 2
    assert PAPERS[name].count("Reasons for it") == PAPERS[name].count("Could go wrong") == services


# --- 2: a rebuttable presumption ----------------------------------------------------------------------------------


def test_the_class_comes_first_and_can_be_outweighed() -> None:
    ratios = KB.rules.ratios
    assert Fraction(1) < ratios.whole.pull_out == ratios.pull_out < 3
    assert Fraction(1) < ratios.whole.push_in < 3
    assert "at least as strong" in words()("suggest.push_in_why")
    assert "at least 1.5 times as strong" in words()("suggest.pull_out_why", ratio="1.5")


@for_each_service
def test_pull_out_and_push_in_can_each_be_argued_from_many_questions(service: str) -> None:
    for mode in MODES:
        speaking = [
            q for q in KB.services[service].questions.values() if any(mode in o.arguments for o in q.options.values())
        ]
        assert len(speaking) >= 6


# --- 3: never a reason --------------------------------------------------------------------------------------------


def test_what_may_never_be_a_reason_can_be_written_down_and_has_no_arguments() -> None:
    logistics = {name: question for name, question in BANK.items() if question.role == "logistics"}
    ids = {option for question in logistics.values() for option in question.options}
    assert {"timetable", "room", "cost_or_caseload", "diagnosis", "changed_materials", "usual_here"} <= ids
    for question in logistics.values():
        for option in question.options.values():
            assert option.solve
            assert not {**option.arguments, **option.settles, **option.parts}


def test_no_argument_rests_on_a_label_staff_cost_or_a_timetable() -> None:
    banned = re.compile(
        r"\b(diagnos\w*|severe\w*|IQ|autis\w*|dyslexi\w*|ADHD|staff\w*|budget\w*|caseload\w*|schedul\w*|timetabl\w*)\b",
        re.IGNORECASE,
    )
    for place, why in shipped_arguments():
        assert not banned.search(why.because), f"{place}: {why.because}"


# --- 4: requirements ----------------------------------------------------------------------------------------------


def test_each_mode_has_what_must_be_shown_first() -> None:
    needed = {
        mode: {name for name, r in KB.requirements.items() if mode in r.modes}
        for mode in ("push_in", "pull_out", "blend")
    }
    assert {"aids_considered", "made_up"} <= needed["pull_out"]
    assert "taught_inside" in needed["push_in"]
    assert needed["push_in"] | needed["pull_out"] | {"split"} == needed["blend"]


@for_each_paper
def test_a_paper_lists_what_must_be_shown_before_both_ways(name: str) -> None:
    paper = PAPERS[name]
    assert "which supports in class were tried or thought through" in paper
    assert "what the specialist would teach" in paper
    assert paper.count("To show and to ask") == 2


@for_each_service
def test_every_requirement_can_be_met_and_every_note_can_appear(service: str) -> None:
    questions = everything(KB, service)
    for name, requirement in KB.requirements.items():
        ways = [(q, o) for q, wanted in requirement.met_by.items() for o in wanted if q in questions]
        assert any(option in questions[question].options for question, option in ways), name


def test_every_note_can_appear_in_some_service() -> None:
    for name, note in KB.notes.items():
        services = note.services or SERVICES
        assert any(
            all(
                question in everything(KB, service) and set(wanted) & set(everything(KB, service)[question].options)
                for question, wanted in note.when.items()
            )
            for service in services
        ), name
        assert set(note.grades) <= set(KB.rules.grades)


# --- 5: basis, strength, source -----------------------------------------------------------------------------------


def test_every_argument_names_its_basis_its_strength_and_a_source_or_what_it_lacks() -> None:
    for place, why in shipped_arguments():
        assert why.basis in KB.rules.bases, place
        assert why.sources or why.caveat, place
        assert why.because.endswith("."), place
        if isinstance(why, Argument):
            assert why.strength in KB.rules.strengths


def test_practice_and_law_are_never_passed_off_as_research() -> None:
    for place, why in shipped_arguments():
        if why.basis == "research":
            assert any(KB.sources[name].grade in {"a", "b"} for name in why.sources), place
            assert why.caveat, f"{place}: research on place is thin, and it has to say how"
        if why.basis == "law":
            assert any(name.startswith(("LAW", "L")) for name in why.sources), place


@for_each_paper
def test_every_reason_on_paper_shows_basis_and_source(name: str) -> None:
    cells = re.findall(r"^\| \*\*Reasons for it\*\* \| (.*) \|$", PAPERS[name], re.MULTILINE)
    reasons = re.findall(r"• (.*?)(?=<br>•| \| •|$)", "\n".join(cells), re.MULTILINE)
    assert len(reasons) > 8
    for reason in reasons:
        assert re.search(r"(research|law|ethics|practice), (weak|moderate|strong|settles the matter)", reason), reason


def test_nothing_claims_proof_or_a_percentage_of_confidence() -> None:
    claims = re.compile(
        r"research (proves|shows that all)|proven|confidence|\d+ ?% (sure|likely|match)|evidence-based", re.IGNORECASE
    )
    for text in SAID:
        assert not claims.search(text)


# --- 6: not sure --------------------------------------------------------------------------------------------------


def test_not_sure_is_added_to_every_question_and_is_nobodys_argument() -> None:
    assert not [place for *place, _ in shipped_options() if place[-1] in {"not_sure", "none_of_these"}]


# --- 7: a blend is two lines --------------------------------------------------------------------------------------


def test_a_blend_is_shown_as_two_lines_with_their_parts() -> None:
    for printed in (PAPERS["reading-and-speech"], SCREENS["reading-and-speech"]):
        assert "using known patterns in class reading" in printed
        assert "first teaching of new patterns" in printed
    assert "two lines" in SCREENS["reading-and-speech"]
    lines = next(line for line in PAPERS["reading-and-speech"].splitlines() if "Outside class: first teaching" in line)
    assert "In class: using known patterns in class reading, 15 minutes" in lines
    assert len(CHART.blend.avoidance) >= 3
    assert re.search(r"evidence|research", " ".join(CHART.blend.what.values()))


@for_each_service
def test_every_service_can_name_two_parts_of_its_work(service: str) -> None:
    questions = KB.services[service].questions.values()
    assert any(set(option.parts) == set(MODES) for question in questions for option in question.options.values())


# --- 9 and 10: labels, plain words --------------------------------------------------------------------------------


def test_nobody_is_asked_for_a_name() -> None:
    assert "name is not needed" in words()("ask.label_why")
    for question in BANK.values():
        assert not re.search(r"\bname\b", question.ask)
    assert words()("student.unnamed") == "the student"


def test_no_question_or_option_says_which_mode_it_is_about() -> None:
    modes = re.compile(r"push.?in|pull.?out|\bblend", re.IGNORECASE)
    for service, name, option, question in shipped_options():
        assert not modes.search(f"{question.ask} {question.options[option].label}"), f"{service}.{name}.{option}"


def test_no_question_is_long() -> None:
    for name, question in BANK.items():
        assert len(question.ask.split()) <= 20, name
        for option in question.options.values():
            assert len(option.label.split()) <= 17, f"{name}: {option.label}"
