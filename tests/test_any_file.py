"""Whatever stands in a file, it is read or its mistakes are said: no other error ever reaches a person."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, get_args, get_origin

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from pushpull.cli.worded import sentences
from pushpull.kb.about import About
from pushpull.kb.audit import Yardstick
from pushpull.kb.comparison import Comparison, Concern, Source
from pushpull.kb.entry import Known
from pushpull.kb.full import FullKnowledge
from pushpull.kb.questions import Question, QuestionGroup, Service
from pushpull.kb.rules import Note, Requirement, Rules
from pushpull.kb.week import WeekRules
from pushpull.load.everything import load_all
from pushpull.load.glossary import load_glossary
from pushpull.load.knowledge import load_full
from pushpull.load.words import load_words
from pushpull.plan import LARGEST, Plan, check_against, open_plan, unknown_answers
from pushpull.problems import BadFile, PushpullError
from pushpull.source.mistakes import check
from pushpull.source.reading import read
from pushpull.source.tree import plain

KINDS = (
    About,
    Yardstick,
    Comparison,
    Concern,
    Note,
    Plan,
    Question,
    QuestionGroup,
    Requirement,
    Rules,
    Service,
    Source,
    WeekRules,
)
PARTS = (
    "about",
    "audit",
    "comparison",
    "concerns",
    "glossary",
    "notes",
    "requirements",
    "rules",
    "sources",
    "tensions",
    "week",
    "words",
)
PIECES = (
    *(
        "a: ",
        "a:\n",
        "plan: 1\n",
        "services:\n",
        "  s:\n",
        "    service: articulation\n",
        "answers: ",
        "- ",
        "? ",
        "\n",
    ),
    *(
        "\n  ",
        "[",
        "]",
        "{",
        "}",
        ", ",
        "'",
        '"',
        "\\",
        "\\x",
        "&a ",
        "*a",
        "!b ",
        "!!str ",
        "!!null x",
        "<<: ",
        "#",
        " #",
    ),
    *(
        "|\n",
        ">-\n  ",
        "%YAML 1.1\n",
        "---\n",
        "...\n",
        "\t",
        "~",
        "null",
        "\r",
        "\x85",
        "\u2028",
        "\ufeff",
        "\x00",
        "é",
    ),
)
texts = st.text(max_size=60) | st.lists(st.sampled_from(PIECES), max_size=25).map("".join)
raws = st.binary(max_size=60) | texts.map(lambda text: text.encode("utf-8", "surrogatepass"))


def words_of(kind: Any) -> set[str]:
    """Return every word that a type of the knowledge knows, with those of the types inside it."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        fields = kind.model_fields.items()
        return {info.alias or name for name, info in fields}.union(*(words_of(info.annotation) for _, info in fields))
    if isinstance(kind, str):
        return {kind}
    return set().union(*(words_of(part) for part in get_args(kind))) if get_origin(kind) else set()


WORDS = sorted(
    set().union(*(words_of(kind) for kind in KINDS)) | {"en", "articulation", "skill_stage", "new", "S1", ""}
)
letters = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), max_size=5)
trees = st.recursive(
    st.none() | st.sampled_from(WORDS) | letters,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(WORDS), inner, max_size=5),
    max_leaves=25,
)


def written(tree: Any) -> str:
    """Return a tree as JSON, which is YAML as well."""
    return json.dumps(tree, ensure_ascii=False)


@cache
def built_in() -> FullKnowledge:
    return load_full(())


def mended_or_said(error: BadFile) -> None:
    """Every problem can be said in full: its sentence is there, and it is not about Python."""
    assert error.problems
    lines = [line for problem in error.problems for line in sentences(BadFile([problem]), load_words())]
    assert not [line for line in lines if "Node(" in line or "Place(" in line]


def test_the_words_tried_are_those_of_the_files() -> None:
    assert {"options", "arguments", "push_in", "research", "service", "answers", "ratios", "for", "pros_cons"} <= set(
        WORDS
    )


@settings(deadline=None)
@given(raws)
@example(b"")
@example(b"\xff\xfe")
@example(b"plan:")
@example(b"plan: [1]")
@example(b"plan: {a: b}")
@example(b"plan: 1\nservices: {a: {service: [b]}}")
@example(b"plan: 1\n" + b"? " * 100_000)
@example(b"plan: " + b'["]",' * 100_000)
@example(b"plan: 1\nstudent: !!python/object:os.system {}")
@example(b"a: &a [*a]")
@example("plan: 1\nstudent: \ud800".encode("utf-8", "surrogatepass"))
def test_any_bytes_as_a_plan_open_or_are_reported(raw: bytes) -> None:
    try:
        open_plan(Path("plan.yaml"), raw)
    except BadFile as error:
        mended_or_said(error)
    except PushpullError:
        assert len(raw) > LARGEST


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        (b"plan: 1\n\xff", "2:1"),
        ("student: {label: Zoé ".encode() + b"\xff}", "1:22"),
        (b"\xef\xbb\xbfplan: 1\n  \xff", "2:3"),
        (b"plan: 1\rstudent: \xff", "2:10"),
        (b"plan: 1\r\nstudent: \xff", "2:10"),
    ],
    ids=["plain", "a letter of two bytes", "a mark at the start", "old line ends", "Windows line ends"],
)
def test_bytes_that_are_no_text_are_named_by_line_and_letter(raw: bytes, place: str) -> None:
    with pytest.raises(BadFile) as caught:
        open_plan(Path("plan.yaml"), raw)
    assert [str(problem.place) for problem in caught.value.problems] == [f"plan.yaml:{place}"]


@given(trees)
@settings(deadline=None)
def test_any_tree_as_a_plan_opens_or_is_reported(tree: Any) -> None:
    kb = built_in()
    for shape in (tree, {"plan": "1", "services": tree}, {"plan": "1", "services": {"a": tree}, "answers": tree}):
        try:
            file = open_plan(Path("plan.yaml"), written(shape).encode())
            check_against(file, kb.services)
            remarks = (*file.remarks, *unknown_answers(file, kb))
        except BadFile as error:
            mended_or_said(error)
        else:
            if remarks:
                mended_or_said(BadFile(remarks))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@given(tree=trees)
@settings(max_examples=40, deadline=None)
def test_any_tree_as_a_part_of_the_knowledge_is_taken_or_reported(kind: Any, tree: Any) -> None:
    known = Known("es", {name: frozenset({"S1"}) for name in ("source", "concern", "question", "service")})
    for shape, whole in ((tree, kind), ({"a": tree}, dict[str, kind])):
        node, problems = read(written(shape), "file.yaml")
        assert not problems
        assert plain(node) == shape
        value, problems = check(whole, node, known)
        assert (value is None) == bool(problems)
        if problems:
            mended_or_said(BadFile(problems))


@given(raw=raws)
@settings(max_examples=60, deadline=None)
def test_any_bytes_as_a_file_of_a_layer_load_or_are_reported(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes
) -> None:
    folder = tmp_path_factory.mktemp("layer")
    for name in ("glossary", "words"):
        (folder / f"{name}.yaml").write_bytes(raw)
    for load in (lambda: load_glossary((folder,)), lambda: load_words("en", (folder,))):
        try:
            load()
        except BadFile as error:
            mended_or_said(error)


@given(
    names=st.sets(
        st.sampled_from([*PARTS, "questions/goal", "questions/garden", "services/articulation", "services/garden"]),
        min_size=1,
    ),
    tree=trees,
)
@settings(max_examples=25, deadline=None)
def test_any_tree_as_files_of_a_layer_loads_or_is_reported(
    tmp_path_factory: pytest.TempPathFactory, names: set[str], tree: Any
) -> None:
    folder = tmp_path_factory.mktemp("layer")
    for name in names:
        path = folder / f"{name}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(written(tree))
    try:
        load_all((folder,))
    except BadFile as error:
        mended_or_said(error)
