"""Coding the published cases blind: sheets to fill in, and the way back into the case files.

    python tests/blind.py write DIR               what a coder may see, and a blank sheet for each coder
    python tests/blind.py take SHEET first        put a filled sheet into the case files, as the first coder's
    python tests/blind.py refresh                 write anew what the program says to the codings that are there

A coder sees facts and questions. Arguments, strengths and decisions stay out, and so does the explanation of which way
an answer points.
"""

from __future__ import annotations

import hashlib
import json
import sys
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from casebook import CASES, CODERS, Coder, Coding, Published, agrees, published
from pushpull import outlook, suggest
from pushpull.interview import usable
from pushpull.kb.base import KnowledgeBase
from pushpull.kb.entry import NONE_OF_THESE, NOT_SURE, Entry, Known
from pushpull.kb.questions import Question
from pushpull.kb.words import Words, fill
from pushpull.load.knowledge import load_knowledge
from pushpull.load.words import load_words
from pushpull.plan import Answer
from pushpull.problems import BadFile, Problem
from pushpull.reports.question import choices
from pushpull.source.mistakes import check
from pushpull.source.reading import read
from pushpull.source.tree import Node, place_of

WIDTH = 120
HOW = """\
How to code these cases

Code each case from its facts alone. Do not look up the source, and do not think about where the service should be
given. Take the facts one after the other:

1. If an option says what the fact says, choose it, under the id of its question. One fact may fit several options,
   and one option several facts. Choose nothing that no fact says.
2. If the plan itself has a line for the fact (which service, the goal, the grade, how many minutes and times), write
   the number of the fact under `fields`.
3. If it has no place at all, write its number under `without_place`.

Leave a question out where no fact says anything about it. `not_sure` is for a fact that says that nobody knows.
In the sheet, write ids: `question: option`, and for a checklist `question: [option, option]`.
"""


class Filled(Entry):
    """One case in a filled sheet; facts are named by their numbers."""

    answers: dict[str, Answer] | None = None
    fields: tuple[str, ...] | None = None
    without_place: tuple[str, ...] | None = None


def code(name: str) -> str:
    """Return the name under which a coder sees a case; its id may tell what was decided."""
    return f"case-{hashlib.sha256(name.encode()).hexdigest()[:4]}"


def coded_names(cases: Mapping[str, Published]) -> dict[str, str]:
    """Return the ids of cases by the names under which coders see them, in the order of those names."""
    names = {code(name): name for name in cases}
    if len(names) < len(cases):
        raise ValueError("two cases have the same code: give one of them another id")
    return dict(sorted(names.items()))


def pages(kb: KnowledgeBase, words: Words, cases: Mapping[str, Published]) -> str:
    """Return what a coder may see."""
    parts = [HOW, "", "# The cases", ""]
    for shown, name in coded_names(cases).items():
        case = cases[name]
        parts += [f"## {shown}", "", f"service: {case.service}", f"grade: {case.grade or 'not stated'}", ""]
        parts += [_hanging(f"{number}. ", fact) for number, fact in enumerate(case.facts, 1)]
        parts.append("")
    parts += ["# Questions about the student", "", "They hold for every service.", ""]
    parts += _asked(kb.student_questions, words)
    for service in dict.fromkeys(case.service for case in cases.values()):
        profile = kb.services[service]
        parts += [f"# Questions for {service}: {profile.name}", "", _hanging("", profile.what), ""]
        parts += _asked(profile.questions, words)
    return "\n".join(parts).rstrip() + "\n"


def sheet(cases: Mapping[str, Published]) -> str:
    """Return a blank answer sheet."""
    parts = ["# Ids and numbers as in cases.txt. A checklist takes a list: [one, two]."]
    for shown, name in coded_names(cases).items():
        case = cases[name]
        parts += ["", f"{shown}:"]
        parts += [
            f"  # {line}" for n, fact in enumerate(case.facts, 1) for line in _hanging(f"{n}. ", fact).split("\n")
        ]
        parts += ["  answers:", "  fields: []", "  without_place: []"]
    return "\n".join(parts) + "\n"


def taken(kb: KnowledgeBase, cases: Mapping[str, Published], text: str, name: str) -> dict[str, Filled]:
    """Return the cases of a filled sheet; raise `BadFile` with everything that is wrong in it."""
    node, unread = read(text, name)
    if unread:
        raise BadFile(unread)
    filled, problems = check(dict[str, Filled], node, Known())
    if problems:
        raise BadFile(problems)
    names = coded_names(cases)
    shown = {code: cases[name] for code, name in names.items()}
    wrong = [problem for case in filled for problem in _wrong(kb, shown, case, filled[case], node)]
    if wrong:
        raise BadFile(wrong)
    return {names[code]: one for code, one in filled.items()}


def coded(kb: KnowledgeBase, case: Published, filled: Filled) -> Coding:
    """Return a coding with what the program says to it now."""
    fields, without = (
        tuple(case.facts[int(number) - 1] for number in sorted(numbers or (), key=int))
        for numbers in (filled.fields, filled.without_place)
    )
    return looked_at(
        kb, case, Coding(answers=filled.answers or {}, fields=fields, without_place=without, expect="open")
    )


def looked_at(kb: KnowledgeBase, case: Published, coding: Coding) -> Coding:
    """Return a coding in which stands what the program says now."""
    mode = suggest.suggest(kb, case.service, coding.answers, grade=case.grade).mode
    firmness = outlook.outlook(kb, case.service, coding.answers).firmness
    return coding.model_copy(update={"expect": mode, "firmness": firmness})


def layout(case: Published, remarks: Iterable[str] = ()) -> str:
    """Return a case file in its fixed layout."""
    lines = [*remarks, f"source: {_said(case.source)}", f"quality: {case.quality}", f"published: {case.published}"]
    lines.append(f"service: {case.service}")
    lines += [f"grade: {case.grade}"] if case.grade else []
    lines += ["facts:", *(f"  - {_said(fact)}" for fact in case.facts), "codings:"]
    for coder in CODERS:
        if coding := case.codings.get(coder):
            lines += [f"  {coder}:", *(f"    {line}" for line in _coding(coding))]
    if not case.codings:
        lines[-1] += " {}"
    if case.differs:
        short = f"differs: {_said(case.differs)}"
        long = ["differs: >-", *(f"  {line}" for line in textwrap.wrap(case.differs, WIDTH - 2))]
        lines += [short] if len(short) <= WIDTH else long
    return "\n".join(lines) + "\n"


def put(folder: Path, name: str, case: Published) -> None:
    """Write a case file; remarks at its top stay."""
    path = folder / f"{name}.yaml"
    remarks = []
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        if not line.startswith("#"):
            break
        remarks.append(line)
    path.write_text(layout(case, remarks), encoding="utf-8")


def take(kb: KnowledgeBase, folder: Path, sheet_path: Path, coder: Coder) -> list[str]:
    """Put a filled sheet into the case files, and return what is left to do by hand."""
    cases = published(folder)
    filled = taken(kb, cases, sheet_path.read_text(encoding="utf-8"), str(sheet_path))
    for name, one in filled.items():
        codings = {**cases[name].codings, coder: coded(kb, cases[name], one)}
        cases[name] = cases[name].model_copy(update={"codings": codings})
    left = [f"{name}: not in the sheet" for name in cases if name not in filled]
    return left + settle(kb, folder, {name: cases[name] for name in filled})


def settle(kb: KnowledgeBase, folder: Path, cases: Mapping[str, Published]) -> list[str]:
    """Write cases with what the program says now, and return what is left to do by hand."""
    left = []
    for name, case in cases.items():
        codings = {coder: looked_at(kb, case, coding) for coder, coding in case.codings.items()}
        missed = [coder for coder, coding in codings.items() if not agrees(case, coding.expect)]
        told = case.differs
        for coder, coding in codings.items():
            odd = suggest.suggest(kb, case.service, coding.answers).not_counted
            left += [
                f"{name}: {coder}: {one.question} does not count ({one.why})" for one in odd if one.why != "logistics"
            ]
        if missed and not told:
            left.append(f"{name}: {' and '.join(missed)} miss {case.published}: say why under differs")
        if told and not missed:
            left.append(f"{name}: agrees now; dropped: {told}")
            told = None
        put(folder, name, case.model_copy(update={"codings": codings, "differs": told}))
    return left


def main(words: list[str]) -> int:
    """Do what the words say."""
    kb = load_knowledge(())
    folder = CASES / "published"
    try:
        match words:
            case ["write", target]:
                cases = published(folder)
                Path(target).mkdir(parents=True, exist_ok=True)
                Path(target, "cases.txt").write_text(pages(kb, load_words(), cases), encoding="utf-8")
                for coder in CODERS:
                    Path(target, f"{coder}.yaml").write_text(sheet(cases), encoding="utf-8")
                print(f"{len(cases)} cases in {target}: cases.txt to read, first.yaml and second.yaml to fill in")
            case ["take", sheet_path, ("first" | "second") as coder]:
                print("\n".join(take(kb, folder, Path(sheet_path), coder)) or "Nothing is left to do by hand.")
            case ["refresh"]:
                print("\n".join(settle(kb, folder, published(folder))) or "Nothing is left to do by hand.")
            case _:
                print(__doc__)
                return 2
    except BadFile as error:
        phrases = load_words()
        for problem in error.problems:
            print(f"{problem.place}: {phrases(f'problems.{problem.say}', **dict(problem.values))}")
            if problem.close:
                print("    " + phrases("problems.hint", close=problem.close))
        return 1
    return 0


def _asked(questions: Mapping[str, Question], words: Words) -> Iterator[str]:
    student = words("student.unnamed")
    for name, question in questions.items():
        yield _hanging(f"{name}: ", fill(question.ask, student=student))
        yield _hanging("    ? ", fill(question.help, student=student))
        several = words("ask.tick_all") if question.choose == "many" else words("list.choose_one")
        yield _hanging("    ", f"{words('ask.who_knows', who=words(f'who.{question.who}'))} {several}")
        for needed, wanted in question.when.items():
            yield _hanging("    ", f"Asked only where {needed} is: {', '.join(wanted)}")
        yield from (_hanging(f"      {option}: ", text) for option, text in choices(question, words, student))
        yield ""


def _wrong(
    kb: KnowledgeBase, cases: Mapping[str, Published], name: str, filled: Filled, node: Node
) -> Iterator[Problem]:
    if name not in cases:
        yield Problem.at(place_of(node, (name,), key=True), "unknown_word", word=name)
        return
    questions = {**kb.student_questions, **kb.services[cases[name].service].questions}
    for question, answer in (filled.answers or {}).items():
        place = place_of(node, (name, "answers", question))
        if question not in questions:
            yield Problem.at(place, "unknown_question", word=question)
            continue
        known = {*questions[question].options, NOT_SURE, NONE_OF_THESE}
        odd = [option for option in answer if option not in known]
        yield from (Problem.at(place, "unknown_option", word=option, question=question) for option in odd)
        if not odd and usable(questions[question], answer) is None:
            yield Problem.at(place, "too_many", word=question)
    numbers = {str(number) for number in range(1, len(cases[name].facts) + 1)}
    said: set[str] = set()
    for word in ("fields", "without_place"):
        for number in getattr(filled, word) or ():
            if number not in numbers or number in said:
                left = ", ".join(sorted(numbers - said, key=int))
                yield Problem.at(place_of(node, (name, word)), "not_one_of", word=number, options=left)
            said.add(number)


def _coding(coding: Coding) -> Iterator[str]:
    yield "answers:" + ("" if coding.answers else " {}")
    for question, answer in coding.answers.items():
        yield f"  {question}: {answer[0] if len(answer) == 1 else '[' + ', '.join(answer) + ']'}"
    for word, facts in (("fields", coding.fields), ("without_place", coding.without_place)):
        if facts:
            yield f"{word}:"
            yield from (f"  - {_said(fact)}" for fact in facts)
    yield f"expect: {coding.expect}"
    if coding.firmness:
        yield f"firmness: {coding.firmness}"


def _said(text: str) -> str:
    """Return a text as YAML: bare where it is read again as it stands, else in quotes."""
    node, problems = read(f"x: {text}\n", "")
    inner: Any = node.get("x")
    return text if not problems and inner and inner.value == text else json.dumps(text, ensure_ascii=False)


def _hanging(lead: str, text: str) -> str:
    return textwrap.fill(text, WIDTH, initial_indent=lead, subsequent_indent=" " * (len(lead) - len(lead.lstrip()) + 3))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
