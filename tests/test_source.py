"""Text to tree, one tree over another, and what is said of a mistake: each with its very place."""

from __future__ import annotations

import importlib.util
from typing import Annotated, Any, Literal

import pytest
import yaml
from pydantic import Field

from pushpull.kb.entry import Entry, Known, Mode, Text
from pushpull.kb.questions import Option, Question, Service
from pushpull.kb.rules import Note, Ratios, Requirement, Tension
from pushpull.problems import Place, Problem
from pushpull.source import mistakes, reading
from pushpull.source.closest import closest
from pushpull.source.mistakes import check
from pushpull.source.reading import decode, has_remarks, read
from pushpull.source.tree import Node, Ready, merge, parts, place_of, plain, ready


def told(problems: list[Problem]) -> list[str]:
    """Return problems as `sentence line:column`, with the words to fill in."""
    return [
        f"{problem.say} {problem.place.line}:{problem.place.column}"
        + "".join(f" {name}={value}" for name, value in problem.values)
        + (f" close={problem.close}" if problem.close else "")
        for problem in problems
    ]


def tree(text: str, file: str = "f") -> Node:
    found, problems = read(text, file)
    assert problems == []
    return found


# --- text to tree -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", {}),
        ("# a remark\n", {}),
        ("a:", {"a": None}),
        ("a: ~\nb: null", {"a": None, "b": None}),
        ("a: 'null'\nb: ''", {"a": "null", "b": ""}),
        ("b: yes\nc: 2020-01-01\nd: 1.5\n3: on", {"b": "yes", "c": "2020-01-01", "d": "1.5", "3": "on"}),
        ("- a\n- [b, {c: d}]\n", ["a", ["b", {"c": "d"}]]),
        ("a: |\n  x\n   y\n", {"a": "x\n y\n"}),
        ("a: >-\n  one two # three\n", {"a": "one two # three"}),
        ("a: 'x y' # three", {"a": "x y"}),
        ("a: one # three\nb: [c # d\n ]", {"a": "one", "b": ["c"]}),
        ("a: one two\n  # three\n", {"a": "one two"}),
        ('a: "x\ty"', {"a": "x\ty"}),
        ('a: "x\n\t\n  y"', {"a": "x\ny"}),
        ("key with words: [a: b]", {"key with words": [{"a": "b"}]}),
        ("<<: {a: 1}", {"<<": {"a": "1"}}),
        ("a: 1\n \t\nb: 2", {"a": "1", "b": "2"}),
        ("x", "x"),
    ],
)
def test_nothing_is_guessed(text: str, expected: Any) -> None:
    assert plain(tree(text)) == expected


UNREADABLE: list[tuple[str, list[str]]] = [
    ("a: b: c", ["colon_in_text 1:5"]),
    ("a: 1\n  b: 2\n", ["colon_in_text 2:4"]),
    ("a: 1\nb\nc: 2\n", ["no_colon 3:1"]),
    ("a: 1\nb\n", ["no_colon 3:1"]),
    ('a: "x": y', ["colon_in_text 1:7"]),
    ("a: [1, 2\nb: 3\n", ["open_bracket 1:4"]),
    ("x: y\na: {b: c\n\n\n", ["open_bracket 2:4"]),
    ("a: [1 2", ["open_bracket 1:4"]),
    ("a: [1, {b: 2]\n", ["open_bracket 1:13"]),
    ("a: ]", ["open_bracket 1:4"]),
    ('x: y\na: "open\nb: 2\n', ["open_quote 2:4"]),
    ("a: 'open", ["open_quote 1:4"]),
    ('a: "x\n---\n"', ["open_quote 1:4"]),
    ('a: "\\q"', ["backslash 1:5"]),
    ('a: "\\xZZ"', ["backslash 1:7"]),
    ('a: "\\UFFFFFFFF"', ["backslash 1:7"]),
    ("a: !tag x", ["special_start 1:4"]),
    ("b: c\n!a x: y", ["special_start 2:1"]),
    ("b: c\n&a x: y", ["alias 2:1"]),
    ("{b: c, !a x: y}", ["special_start 1:8"]),
    ("!a x: y", ["special_start 1:1"]),
    ("a: !", ["special_start 1:4"]),
    ("a: @x", ["special_start 1:4"]),
    ("a: `x", ["special_start 1:4"]),
    ("a: %x", ["special_start 1:4"]),
    ("a: [x] y", ["special_start 1:8"]),
    ("a: {x: 1} y", ["special_start 1:11"]),
    ('b: c\na: "x" y\nb: 1', ["special_start 2:8"]),
    ("- 'x' y\n", ["special_start 1:7"]),
    ("a: *no", ["alias 1:4"]),
    ("a: &x 1\nb: *x\n", ["alias 1:4", "alias 1:4"]),
    ("a: [&x b]", ["alias 1:5"]),
    ("a: &", ["alias 1:5"]),
    ("a:\n  - 1\n  b: 2\n", ["indentation 3:3"]),
    ("a:\n  b: 1\n c: 2\n", ["indentation 3:2"]),
    ("a: - 1", ["indentation 1:4"]),
    ("- 1\na: 2\n", ["indentation 2:1"]),
    ('"a"b: 1', ["indentation 1:4"]),
    ("%x\na: 1", ["unreadable 1:3"]),
    ("a: 1\n---\nb: 2", ["unreadable 2:1"]),
    ("a: >x\n", ["unreadable 1:5"]),
    ("\ta: 1", ["tab 1:1"]),
    ("a:\n\t\n", ["tab 2:1"]),
    ("a:\n \t b: 1\n\tc: 2", ["tab 2:2", "tab 3:1"]),
    ("a: \x07", ["control_character 1:4"]),
    ("a: 1\r\nb: \x00\nc: \x01\x01", ["control_character 2:4", "control_character 3:4"]),
    ("a\x85b: \x01", ["control_character 2:4"]),
    ("\u2028a: \x01", ["control_character 2:4"]),
    ("a: \xa0x\ufffe", ["control_character 1:6"]),
    ("a: one two # three", ["cut_by_hash 1:12 rest=# three"]),
    ("a#b: one two # three", ["cut_by_hash 1:14 rest=# three"]),
    ("a: 1\nb # x\n", ["cut_by_hash 2:3 rest=# x"]),
    ("a: 1\nb # x\nc: 2\n", ["cut_by_hash 2:3 rest=# x"]),
    ("a: x # y\nb: c: d", ["colon_in_text 2:5"]),
    ("a: - 1\nb: c # d", ["indentation 1:4"]),
    ("a: one\n  two three #4 x\n", ["cut_by_hash 2:13 rest=#4 x"]),
    ("a: one two #4 x\n  more\nb: 1", ["cut_by_hash 1:12 rest=#4 x"]),
    ("x: y\na: one\n  two #4 x \n  more\nb: 1", ["cut_by_hash 3:7 rest=#4 x"]),
    ("a:\n- c # d\n- e f # g\n- # h\n", ["cut_by_hash 3:7 rest=# g"]),
    ("a: [one two # x\n  , b]", ["cut_by_hash 1:13 rest=# x"]),
    ("x: 1\n? [a]\n: 1", ["odd_word 2:3"]),
    ("{a: 1}: 2", ["odd_word 1:1"]),
    ("a: 1\na: 2\nb: 1\na: 3\n", ["word_twice 2:1 line=1 word=a", "word_twice 4:1 line=1 word=a"]),
]


@pytest.mark.parametrize(("text", "expected"), UNREADABLE)
def test_what_cannot_be_read_is_named_at_its_place(text: str, expected: list[str]) -> None:
    assert told(read(text, "f")[1]) == expected


@pytest.fixture
def slow_reading(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return the module as it is on a computer where the YAML library could not be built whole."""
    spec = (
        reading.__spec__
    )  # and not the file: whoever changes the module while it is loaded is to be noticed here, too
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    with monkeypatch.context() as patch:
        patch.delattr(yaml, "CSafeLoader", raising=False)
        spec.loader.exec_module(module)
    return module


ELSEWHERE = {
    "a: [1 2": ["open_bracket 1:8"],
    'a: "\\q"': ["backslash 1:6"],
    'a: "\\UFFFFFFFF"': ["backslash 0:0"],
    "%x\na: 1": ["unreadable 2:1"],
}
"""Where the slower part of the library sees the same mistake at another place."""


def test_the_slower_part_of_the_library_finds_the_same_mistakes(slow_reading: Any) -> None:
    assert slow_reading.FAST is False
    for text, expected in UNREADABLE:
        assert told(slow_reading.read(text, "f")[1]) == ELSEWHERE.get(text, expected), text


def test_the_fast_part_is_used_where_it_is_there() -> None:
    assert reading.FAST is hasattr(yaml, "CSafeLoader")


@pytest.mark.parametrize("text", ["a: b: c", "\ta: 1", "a: \x07", "a: [", "[" * 41])
def test_a_text_that_cannot_be_read_is_an_empty_map(text: str) -> None:
    node, problems = read(text, "f")
    assert problems
    assert (plain(node), node.place) == ({}, Place("f"))


def test_a_small_text_that_repeats_itself_does_not_fill_the_memory() -> None:
    lines = ["a0: &a0 [x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 30))]
    node, problems = read("\n".join(lines), "f")
    assert {problem.say for problem in problems} == {"alias"}
    assert plain(node) == {}


def test_a_word_that_stands_twice_keeps_its_first_value_and_an_odd_one_takes_no_other_with_it() -> None:
    assert plain(read("a: 1\na: 2\nb: 3", "f")[0]) == {"a": "1", "b": "3"}
    assert plain(read("[a]: 1\nb: 2", "f")[0]) == {"b": "2"}


def test_a_file_that_repeats_a_part_says_nothing() -> None:
    assert plain(read("a: &x 1\nb: 2\nc: *x\n", "f")[0]) == {}
    assert plain(read("a: !x 1\nb: 2", "f")[0]) == {"a": "1", "b": "2"}


def test_forty_levels_are_read_and_no_more() -> None:
    assert read("[" * 40 + "]" * 40, "f")[1] == []
    assert told(read("[" * 41 + "]" * 41, "f")[1]) == ["too_deep 1:40"]
    assert told(read("- [[[[[]]]]]\n- " + "[" * 41, "f")[1]) == ["too_deep 2:41"]
    many_beside = "\n".join(f"- [[[{number}]]]" for number in range(50))
    assert read(many_beside, "f")[1] == []


def test_a_text_or_a_word_may_be_long_and_no_longer() -> None:
    just, over = "x" * reading.LONGEST_TEXT, "x" * (reading.LONGEST_TEXT + 1)
    assert reading.LONGEST_TEXT == 5000
    for text in (f"a: {just}", f"a: [{just}]", f"? {just}\n: b", f"a: '{just}'"):
        assert read(text, "f")[1] == []
    assert told(read(f"a: {over}\nb: '{over}'\nc: [d, {over}]", "f")[1]) == [
        "text_long 1:4", "text_long 2:4", "text_long 3:8",
    ]  # fmt: skip
    node, problems = read(f"? {over}\n: b\nc: d\n", "f")
    assert told(problems) == ["text_long 1:3"]
    assert plain(node) == {"c": "d"}


def test_of_very_many_mistakes_a_thousand_are_named_and_nothing_is_taken() -> None:
    node, problems = read("\n".join(f"w{number}: !t b" for number in range(999)), "f")
    assert (len(problems), len(node.entries())) == (999, 999)
    node, problems = read("\n".join(f"w{number}: !t b" for number in range(1500)), "f")
    assert (len(problems), plain(node), node.place) == (1000, {}, Place("f"))


def test_every_value_and_every_word_know_where_they_stand() -> None:
    root = tree("a: one\nlong:\n  - x\n  - b: two\n")
    assert root.place == Place("f", 1, 1)
    assert root.keys == {"a": Place("f", 1, 1), "long": Place("f", 2, 1)}
    assert place_of(root, ["a"]) == Place("f", 1, 4)
    assert place_of(root, ["a"], key=True) == Place("f", 1, 1)
    assert place_of(root, ["long", 1, "b"]) == Place("f", 4, 8)
    assert place_of(root, ["long", 1, "b"], key=True) == Place("f", 4, 5)
    assert place_of(root, ["long", 0], key=True) == Place("f", 3, 5)


def test_what_is_not_there_is_placed_where_it_would_have_to_be_added() -> None:
    root = tree("a: one\nlong:\n  - x\n  - b: two\n")
    assert place_of(root, []) == place_of(root, ["c"]) == Place("f", 1, 1)
    assert place_of(root, ["long", 2]) == Place("f", 3, 3)
    assert place_of(root, ["long", 2], key=True) == Place("f", 3, 3)
    assert place_of(root, ["long", "b"]) == Place("f", 3, 3)
    assert place_of(root, ["long", 1, "c", "d"], key=True) == Place("f", 4, 5)


def test_a_file_that_is_empty_has_no_line() -> None:
    assert tree("").place == Place("f")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"a: \xff", ["not_utf8 1:4"]),
        (b"a: 1\nb: 2\nab\xe9", ["not_utf8 3:3"]),
        (b"a\xe9\nb\n", ["not_utf8 1:2"]),
        (b"\xe9", ["not_utf8 1:1"]),
        ("é: ü".encode(), []),
    ],
)
def test_an_old_encoding_is_named_where_it_shows(raw: bytes, expected: list[str]) -> None:
    text, problems = decode(raw, "f")
    assert told(problems) == expected
    assert bool(text) is not bool(expected)


def test_a_mark_that_some_editors_put_first_is_no_part_of_the_text() -> None:
    assert decode(b"\xef\xbb\xbfa: 1", "f") == ("a: 1", [])


@pytest.mark.parametrize(
    ("text", "remarks"),
    [
        ("a: 1", False),
        ("a: 'x # y'\nb: \"# z\"\nc: |\n  # text\nd: x#y", False),
        ("# first\na: 1", True),
        ("a: 1 # last", True),
        ("a: 'x # y'\n# between\nb: 1", True),
        ("a:\n  - 1\n# end", True),
        ("a: >- # in the head\n  text", True),
        ("a: |+ # in the head\r\n  text\r\n", True),
        ("a: >2\n   # text\nb: |-\n  # text", False),
        ("a: | # in the head", True),
        ("a: b\nc: >- # in the head\n  text", True),
        ("a: '\n # text'", False),
    ],
)
def test_a_remark_is_told_from_a_number_sign_in_a_text(text: str, *, remarks: bool) -> None:
    assert has_remarks(text) is remarks


# --- one tree over another ----------------------------------------------------------------------------------------


def as_ready(text: str, file: str = "ready") -> Node:
    return ready(plain(tree(text)), Place(file))


MERGED = [
    ("a: 1\nb: {c: 2}", "b: {d: 3}", {"a": "1", "b": {"c": "2", "d": "3"}}, {"a": "1", "b": {"c": "2", "d": "3"}}),
    ("a: 1\nb: 2", "a:", {"b": "2"}, {"a": None, "b": "2"}),
    ("a: {b: 1}", "a: {b: , c: }", {"a": {}}, {"a": {"b": None, "c": None}}),
    ("a: [1, 2]", "a: [3]", {"a": ["3"]}, {"a": ["3"]}),
    ("a: text", "a: {b: 1}", {"a": {"b": "1"}}, {"a": {"b": "1"}}),
    ("[x]", "a: {b: 1, c: }", {"a": {"b": "1"}}, {"a": {"b": "1", "c": None}}),
    ("a: 1", "[x]", ["x"], ["x"]),
]


@pytest.mark.parametrize("make_base", [tree, as_ready])
@pytest.mark.parametrize("make_patch", [tree, as_ready])
@pytest.mark.parametrize(("base", "patch", "merged", "as_patch"), MERGED)
def test_a_tree_that_was_prepared_is_laid_over_another_like_any_tree(
    base: str, patch: str, merged: Any, as_patch: Any, make_base: Any, make_patch: Any
) -> None:
    below, over = make_base(base), make_patch(patch)
    assert plain(merge(below, over)) == merged
    assert plain(merge(below, over, keep_empty=True)) == as_patch
    assert plain(below) == plain(tree(base)), "what lies below stays as it is"


def test_a_word_that_a_layer_adds_or_changes_stands_in_the_layer() -> None:
    base, over = tree("a: 1\nb: {c: 2}\n", "base"), tree("\nb:\n  d: 3\nc: 4\n", "over")
    merged = merge(base, over)
    assert merged.place == Place("over", 2, 1)
    assert merged.keys == {"a": Place("base", 1, 1), "b": Place("over", 2, 1), "c": Place("over", 4, 1)}
    assert place_of(merged, ["b", "c"]) == Place("base", 2, 8)
    assert place_of(merged, ["b", "d"], key=True) == Place("over", 3, 3)
    assert merge(base, as_ready("b: {d: 3}")).keys["b"] == Place("ready")


def test_a_prepared_tree_is_a_map_that_knows_its_file_alone() -> None:
    root = as_ready("a: 1\nb: [x, {c: }]")
    assert isinstance(root.value, Ready)
    assert list(root.entries()) == ["a", "b"]
    assert len(root.entries()) == 2
    assert root.place == place_of(root, ["b", 1, "c"], key=True) == Place("ready")
    assert plain(root) == {"a": "1", "b": ["x", {"c": None}]}
    assert merge(tree("z: 1"), root).place == Place("ready")
    assert merge(as_ready("z: 1", "below"), root).place == Place("ready")


def test_a_list_that_was_prepared_is_a_list_of_nodes() -> None:
    found = as_ready("a: [x, [y]]").get("a")
    place = Place("ready")
    assert found == Node((Node("x", place), Node((Node("y", place),), place)), place)


def test_only_a_map_has_entries() -> None:
    root = tree("a: [b]\nc: d")
    found = root.get("c")
    assert found is not None
    assert found.value == "d"
    assert root.get("x") is None
    assert found.entries() == {}
    assert found.get("d") is None


# --- what is said of a mistake ------------------------------------------------------------------------------------

KNOWN = Known(
    ids={
        "source": frozenset({"R1", "R12"}),
        "concern": frozenset({"focus"}),
        "question": frozenset({"stage"}),
        "option stage": frozenset({"new", "ready"}),
        "service": frozenset({"letters"}),
    }
)


class Inner(Entry):
    word: str = ""


class Needs(Entry):
    word: str


Maybe = None | Inner
"""Either order is meant."""


class Outer(Entry):
    """An entry within an entry, under a word of its own, and one that may be missing."""

    inner: Inner = Field(default=Inner(), alias="in")
    maybe: Maybe = None


WAYS = "push_in, pull_out, blend, open, unknown"
BASES = "research, law, ethics, practice"
SETTLED = "settles: {push_in: {basis: lawful, concern: focuss, because: B}, pull_out: {}}"


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        (Note, "say: S\nwhenn: {}", ["unknown_word 2:1 word=whenn close=when"]),
        (Note, "say: S\nfro: []", ["unknown_word 2:1 word=fro close=for"]),
        (dict[str, Note], "a:\n  when: {}", ["missing_word 1:1 word=say"]),
        (Note, "say: ", ["no_text 1:1 word=say"]),
        (Note, "say: [x]", ["text_expected 1:6 word=say"]),
        (Note, "say: {b: c}", ["text_expected 1:6 word=say"]),
        (Note, "say: {english: c}", ["text_expected 1:6 word=say"]),
        (Note, "say: {e5: c}", ["text_expected 1:6 word=say"]),
        (Note, "say: {es: c}", ["no_language 1:6"]),
        (Note, "say: {es: c, other: d}", ["no_language 1:6"]),
        (Note, 'say: "  "', ["no_text 1:6 word=say"]),
        (
            Note,
            "say: S\nfor: [push_inn, x]",
            [f"not_one_of 2:7 options={WAYS} word=push_inn close=push_in", f"not_one_of 2:17 options={WAYS} word=x"],
        ),
        (Note, "say: S\nfor: [[x]]", ["text_expected 2:7 word=for"]),
        (Note, "say: S\nfor: [{x: y}]", ["text_expected 2:7 word=for"]),
        (Note, "say: S\nfor: [~, blend]", ["no_text 2:7 word=for"]),
        (Note, "say: S\nfor: push_in", ["list_expected 2:6 word=for"]),
        (Note, "say: S\nfor:", ["no_text 2:1 word=for"]),
        (Note, "say: S\nsources: [R11, R1]", ["unknown_source 2:11 word=R11 close=R1"]),
        (Note, "say: S\nsources: [R1, zz]", ["unknown_source 2:15 word=zz"]),
        (Note, "say: S\nsources: [~]", ["no_text 2:11 word=sources"]),
        (Note, "say: S\nservices: [leters]", ["unknown_service 2:12 word=leters close=letters"]),
        (Note, "say: S\nwhen: {stag: new}", ["unknown_question 2:8 word=stag close=stage"]),
        (Note, "say: S\nwhen: {stage: [new, redy]}", ["unknown_option 2:15 question=stage word=redy close=ready"]),
        (Note, "say: S\nwhen: [x]", ["entries_expected 2:7 word=when"]),
        (Note, "say: S\nwhen:", ["no_text 2:1 word=when"]),
        (Note, "say: S\nwhen: {stage: }", ["no_text 2:8 word=stage"]),
        (Note, "say: S\nfirst: maybe", ["not_understood 2:8 word=first"]),
        (dict[str, Note], "a: x", ["entries_expected 1:4 word=a"]),
        (dict[str, Note], "b: {say: S}\na: ", ["no_text 2:1 word=a"]),
        (dict[str, Note], "[x]", ["entries_expected 1:1 word="]),
        (
            Option,
            "label: L\narguments: {push_inn: {}}",
            [
                "not_one_of 2:13 options=push_in, pull_out word=push_inn close=push_in",
                *(f"missing_word 2:13 word={word}" for word in ("basis", "concern", "because", "strength")),
            ],
        ),
        (
            Option,
            f"label: L\n{SETTLED}",
            [
                f"not_one_of 2:28 options={BASES} word=lawful close=law",
                "unknown_concern 2:45 word=focuss close=focus",
                *(f"missing_word 2:66 word={word}" for word in ("basis", "concern", "because")),
            ],
        ),
        (Question, "ask: A\nhelp: H\nwho: \noptions: {a: {label: L}}", ["no_text 3:1 word=who"]),
        (tuple[Note, ...], "- say: S\n  whenn: x", ["unknown_word 2:3 word=whenn close=when"]),
        (Annotated[dict[str, Note], "noted"], "a:\n  whenn: x\n  say: S", ["unknown_word 2:3 word=whenn close=when"]),
        (Outer, "in: {wrod: x}", ["unknown_word 1:6 word=wrod close=word"]),
        (Outer, "maybe: {wrod: x}", ["unknown_word 1:9 word=wrod close=word"]),
        (
            dict[str, Tension],
            "a: {say: S, between: [{stage: new}]}\nb: {say: S, between: [{stage: new}, {stag: x}]}",
            ["too_few 1:22 word=between", "unknown_question 2:38 word=stag close=stage"],
        ),
        (dict[Mode, Text], "push: x", ["not_one_of 1:1 options=push_in, pull_out word=push close=push_in"]),
        (
            dict[str, Question],
            "a: {ask: A, help: H, who: x, options: {}}",
            [
                "not_one_of 1:27 options=family, class_teacher, specialist, student, team word=x",
                "too_few 1:39 word=options",
            ],
        ),
        (Question, "ask: A\nhelp: H\nwho: team\noptions: {1: }", ["no_text 4:11 word=1"]),
        (Tension, "say: S\nbetween: [{stage: new}]", ["too_few 2:10 word=between"]),
        (Tension, "say: S\nbetween: [{stage: new}, {}]", ["too_few 2:25 word=between"]),
        # There are two, and the second is wrong: that there are too few right ones is not worth saying.
        (Tension, "say: S\nbetween: [{stage: new}, {stag: x}]", ["unknown_question 2:26 word=stag close=stage"]),
        (Tension, "say: S\nbetween: [{stage: new}, {stage: new}, {stage: new}]", ["too_many 2:10 word=between"]),
        (Ratios, "pull_out: x\nwhole: z", [
            "not_a_number 1:11 word=x", "not_a_number 2:8 word=z", "not_a_number 2:8 word=z",
            "missing_word 1:1 word=enough",
        ]),
        (Ratios, "pull_out: 1\nenough: 1\nwhole: {push_in: 1, pul_out: 1}", [
            "missing_word 3:1 word=pull_out", "unknown_word 3:21 word=pul_out close=pull_out"
        ]),
        (dict[str, Requirement], "a: {for: [], say: s, ask: a, basis: law, met_by: {}}", [
            "too_few 1:10 word=for", "too_few 1:50 word=met_by"
        ]),
        (Annotated[str, Field(pattern="x")], "y", ["not_a_date 1:1 word="]),
        (tuple[Text, ...], "[a, {b: c}]", ["text_expected 1:5 word="]),
        (dict[str, Literal["yes", "no"]], "a: ye", ["not_one_of 1:4 options=yes, no word=ye close=yes"]),
        (Annotated[tuple[str, ...], Field(max_length=1)], "[a, b]", ["too_many 1:1 word="]),
        (Annotated[str, Field(max_length=2)], "abc", ["text_long 1:1"]),
    ],
)  # fmt: skip
def test_a_mistake_is_named_at_its_place_with_the_word_that_was_meant(
    kind: Any, text: str, expected: list[str]
) -> None:
    value, problems = check(kind, tree(text), KNOWN)
    assert value is None
    assert told(problems) == expected


def test_what_is_right_is_returned() -> None:
    assert check(dict[str, str], tree("a: 1"), KNOWN) == ({"a": "1"}, [])
    value, problems = check(tuple[Note, ...], tree("- say: S\n  sources: [R1]"), KNOWN)
    assert problems == []
    assert value[0].sources == ("R1",)


@pytest.mark.parametrize("count", [500, 501, 1200])
def test_very_many_entries_are_checked_piece_by_piece_and_come_to_the_same(count: int) -> None:
    text = "\n".join(f"w{number}: {{word: x}}" for number in range(count))
    value, problems = check(dict[str, Inner], tree(text), KNOWN)
    assert problems == []
    assert list(value) == [f"w{number}" for number in range(count)]
    assert value[f"w{count - 1}"] == Inner(word="x")
    value, problems = check(dict[str, Inner], tree(f"{text}\nlast: {{wrd: x}}"), KNOWN)
    assert value is None
    assert told(problems) == [f"unknown_word {count + 1}:8 word=wrd close=word"]
    _, problems = check(dict[str, Needs], tree(f"{text}\nlast: {{}}"), KNOWN)
    assert told(problems) == [f"missing_word {count + 1}:1 word=word"]


def test_after_enough_mistakes_no_further_piece_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mistakes, "_TOGETHER", 2)
    monkeypatch.setattr(mistakes, "_ENOUGH", 3)
    text = "\n".join(f"w{number}: {{wrd: x}}" for number in range(9))
    assert len(check(dict[str, Inner], tree(text), KNOWN)[1]) == 4


def test_after_very_many_mistakes_further_entries_are_not_looked_at() -> None:
    one_each = tree("\n".join(f"w{number}: {{wrd: x}}" for number in range(2000)))
    value, problems = check(dict[str, Inner], one_each, KNOWN)
    assert (value, len(problems)) == (None, 1000)
    two_each = tree("\n".join(f"w{number}: {{wrd: x, wrong: x}}" for number in range(2000)))
    assert len(check(dict[str, Inner], two_each, KNOWN)[1]) == 1000


@pytest.mark.parametrize(
    ("text", "close"),
    [
        ("gudance: {}", "guidance"),  # a map of remarks
        ("guidance: {one: {say: S, cavat: C}}", "caveat"),
        ("questions: {q: {chose: one}}", "choose"),
        ("questions: {q: {options: {o: {arguments: {push_in: {becuase: B}}}}}}", "because"),
        ("doses: {one: {sorces: []}}", "sources"),
    ],
)
def test_the_word_that_was_meant_is_looked_for_where_the_wrong_one_stands(text: str, close: str) -> None:
    problems = check(Service, tree(text), Known())[1]
    assert [problem.close for problem in problems if problem.say == "unknown_word"] == [close]


@pytest.mark.parametrize(
    ("word", "words", "found"),
    [
        ("arguements", ["arguments", "settles"], "arguments"),
        ("skil", ["skill_stage", "skills"], "skills"),
        ("xyz", ["arguments", "settles"], ""),
        ("abcde", ["abcxx"], "abcxx"),  # six letters of ten in common are just near enough
        ("abcdefghijk", ["abcdefxxxxx"], ""),
        ("a", [], ""),
        ("ab", ["ac", "ad"], ""),
    ],
)
def test_the_nearest_word_is_meant_if_any_is_near(word: str, words: list[str], found: str) -> None:
    assert closest(word, words) == found


def test_a_word_that_is_long_and_a_mistake_after_many_get_no_hint() -> None:
    for word in ("x" * 79, "x" * 80):
        assert closest(word, [f"{word}y"]) == f"{word}y"
    assert closest("x" * 81, ["x" * 81]) == ""
    assert closest("skil", ["skills"], met=99) == "skills"
    assert closest("skil", ["skills"], met=100) == closest("skil", ["skills"], met=101) == ""


def test_of_very_many_mistakes_the_first_hundred_get_a_hint() -> None:
    for kind, entry, word in (
        (Inner, "{wrd: x}", "word"),
        (Literal["yes", "no"], "ye", "yes"),
        (Mode, "push_inn", "push_in"),
    ):
        text = "\n".join(f"w{number}: {entry}" for number in range(120))
        _, problems = check(dict[str, kind], tree(text), KNOWN)  # type: ignore[valid-type]
        assert [problem.close for problem in problems] == [*[word] * 100, *[""] * 20]
    text = "\n".join(
        f"w{number}: {{for: [push_in], say: s, ask: a, basis: law, sources: [R13]}}" for number in range(120)
    )
    _, problems = check(dict[str, Requirement], tree(text), KNOWN)
    hints = [problem.close for problem in problems if problem.say == "unknown_source"]
    assert hints.count("R1") + hints.count("R12") <= 100
    entry = "{for: [push_in], say: s, ask: a, basis: law, sources: [R1], met_by: {stage: [neww]}}"
    _, problems = check(dict[str, Requirement], tree("\n".join(f"w{number}: {entry}" for number in range(120))), KNOWN)
    closes = [problem.close for problem in problems if problem.say == "unknown_option"]
    assert closes == [*["new"] * 100, *[""] * 20]
    assert hints[-1] == ""


def test_a_tree_has_as_many_parts_as_it_has_values() -> None:
    for text, count in (("a", 1), ("[]", 1), ("[a, [b]]", 4), ("{a: b}", 2), ("a: {b: [c, d]}\ne: f", 6)):
        assert parts(tree(text)) == count, text


def test_a_file_has_so_many_parts_and_no_more() -> None:
    just = "[" + "a," * 49_998 + "a]"
    assert told(read(just, "f")[1]) == []
    assert told(read("[" + "a," * 49_999 + "a]", "f")[1]) == ["too_many_parts 1:1"]
    assert told(read("x: [" + "a," * 49_999 + "a]", "f")[1]) == ["too_many_parts 1:4"]
