"""Text to tree. Nothing is guessed: `yes`, `no`, `3` and dates stay words, and only an empty value is nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

import yaml

from pushpull.problems import Place, Problem
from pushpull.source.tree import Node

try:
    from yaml import CSafeLoader as Loader

    FAST = True
except ImportError:  # PyYAML without its C part: the same result, more slowly
    from yaml import SafeLoader as Loader  # type: ignore[assignment]

    FAST = False

_NULL = "tag:yaml.org,2002:null"
_DEEPEST = 40
_MOST_PARTS = 50_000
"""Texts, lists and maps in a file; the largest file of the built-in knowledge has a tenth of it."""
LONGEST_TEXT = 5000
"""Signs in one text. The longest of the built-in knowledge has a tenth of it, and a terminal takes lines of 4,000."""
_MOST_PROBLEMS = 1000
"""Problems that reading gathers in a file: nobody mends more at a time."""
_UNWRITTEN = re.compile(r"[^\t -~\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""What YAML refuses: a file with such a character is read no further."""
_LINE_END = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")
"""What YAML takes for the end of a line."""
_REMARK = re.compile(r"\s*(#.*)")
_OPENED = re.compile(r"[:-]\s+[\[{\"']")

# What the YAML reader says, and which of our sentences fits. The first that is found counts.
_SENTENCES = (
    ("nested too deeply", "too_deep"),
    ("too many parts", "too_many_parts"),
    ("mapping values are not allowed", "colon_in_text"),
    ("could not find expected ':'", "no_colon"),
    ("expected ',' or", "open_bracket"),
    ("expected the node content", "open_bracket"),
    ("did not find expected node content", "open_bracket"),
    ("while scanning a quoted scalar", "open_quote"),
    ("found unexpected end of stream", "open_quote"),
    ("found unexpected document indicator", "open_quote"),
    ("unknown escape character", "backslash"),
    ("did not find expected hexdecimal number", "backslash"),
    ("expected escape sequence of", "backslash"),
    ("invalid Unicode character escape code", "backslash"),
    ("a tag", "special_start"),
    ("alias", "alias"),
    ("anchor", "alias"),
    ("did not find expected key", "indentation"),
    ("did not find expected '-' indicator", "indentation"),
    ("expected <block end>", "indentation"),
    ("sequence entries are not allowed", "indentation"),
    ("wrong indentation", "indentation"),
)


def decode(raw: bytes, file: str) -> tuple[str, list[Problem]]:
    """Return the text of a file, or the problem that it is not UTF-8."""
    try:
        return raw.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        # What was read before is sound, and its letters and lines are counted as in any other problem.
        lines = _LINE_END.split(error.object[: error.start].decode("utf-8"))
        return "", [Problem.at(Place(file, len(lines), len(lines[-1]) + 1), "not_utf8")]


def read(text: str, file: str) -> tuple[Node, list[Problem]]:
    """Return the tree of a YAML text and every problem that reading alone can find.

    A text that cannot be read at all gives an empty map, so that the rest of the files can still be looked at.
    """
    empty = Node({}, Place(file))
    unwritten = (*islice(_tabs(text, file), _MOST_PROBLEMS), *islice(_control_characters(text, file), _MOST_PROBLEMS))
    if unwritten:
        return empty, list(unwritten)
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        return empty, [_unreadable(error, text, file)]
    except (OverflowError, ValueError):  # a character that does not exist, to the reader without its C part
        return empty, [Problem.at(Place(file), "backslash")]
    except yaml.YAMLError as error:
        return empty, [Problem.at(Place(file), _sentence(str(error)))]
    if root is None:
        return empty, []
    walk = _Walk(file, text.splitlines())
    try:
        node = walk.node(root)
    except _EnoughError:
        return empty, walk.problems
    # With its repetitions taken out, such a file says something else than was meant.
    return (empty if any(problem.say == "alias" for problem in walk.problems) else node), walk.problems


def has_remarks(text: str) -> bool:
    """Return whether a YAML text that can be read holds remarks (`# ...`); a # inside a text is none."""
    end = 0
    for token in yaml.scan(text, Loader=Loader):
        if isinstance(token, yaml.ScalarToken):
            start = token.start_mark.index
            # A text of several lines begins with its sign, and behind that sign a remark may stand.
            first = start if token.plain or token.style not in {"|", ">"} else _LINE_END.search(text, start)
            if "#" in text[end : first if isinstance(first, int) else first.start() if first else None]:
                return True
            end = token.end_mark.index
    return "#" in text[end:]


class _Loader(Loader):
    """The YAML library's own reader, stopped where no file needs more.

    Deep down it would run out of stack and crash, and a file of brackets and commas would fill the memory.
    """

    depth = 0
    parts = 0

    def descend_resolver(self, parent: Any, _index: Any) -> None:
        """Go one level down, to one part more."""
        self.depth += 1
        self.parts += 1
        if self.depth > _DEEPEST:
            raise yaml.MarkedYAMLError(problem="nested too deeply", problem_mark=parent.start_mark)
        if self.parts > _MOST_PARTS:
            raise yaml.MarkedYAMLError(problem="too many parts", problem_mark=parent.start_mark)

    def ascend_resolver(self) -> None:
        """Come back up."""
        self.depth -= 1


class _EnoughError(Exception):
    """So much is wrong with a file that nobody has to hear the rest."""


class _Walk:
    """Turns the nodes of the YAML library into ours and gathers what is wrong on the way."""

    def __init__(self, file: str, lines: list[str]) -> None:
        self.file = file
        self.lines = lines
        self.problems: list[Problem] = []
        self.seen: set[int] = set()

    def node(self, node: yaml.Node) -> Node:
        place = self.place(node)
        # A node met twice is a YAML alias; copying it again and again is how a small file fills the memory.
        if id(node) in self.seen:
            self.add(Problem.at(place, "alias"))
            return Node(None, place)
        self.seen.add(id(node))
        self.sign(node, place)
        match node:
            case yaml.MappingNode():
                return self.map(node, place)
            case yaml.SequenceNode():
                return Node(tuple(self.node(item) for item in node.value), place)
            case yaml.ScalarNode():
                return Node(self.scalar(node), place)
            case _:
                raise TypeError(node)

    def map(self, node: yaml.MappingNode, place: Place) -> Node:
        entries: dict[str, Node] = {}
        keys: dict[str, Place] = {}
        for key, value in node.value:
            at = self.place(key)
            if at != place:  # the sign before a map is that before its first word
                self.sign(key, at)
            if not isinstance(key, yaml.ScalarNode):
                self.add(Problem.at(at, "odd_word"))
                continue
            word = str(key.value)
            if len(word) > LONGEST_TEXT:
                self.add(Problem.at(at, "text_long"))
                continue
            if word in entries:
                self.add(Problem.at(at, "word_twice", word=word, line=str(keys[word].line)))
                continue
            entries[word] = self.node(value)
            keys[word] = at
        return Node(entries, place, keys)

    def scalar(self, node: yaml.ScalarNode) -> str | None:
        if len(node.value) > LONGEST_TEXT:
            self.add(Problem.at(self.place(node), "text_long"))
        if node.style:
            return str(node.value)
        if node.tag == _NULL:
            return None
        # Only a sentence can be cut by mistake; after a single word a remark is welcome.
        line, column = node.end_mark.line, node.end_mark.column
        here = self.lines[line] if line < len(self.lines) else ""
        if " " in node.value and (remark := _REMARK.match(here, column)) and here[:column].strip():
            cut = Place(self.file, line + 1, remark.start(1) + 1)
            self.add(Problem.at(cut, "cut_by_hash", rest=remark[1].strip()))
        return str(node.value)

    def add(self, problem: Problem) -> None:
        self.problems.append(problem)
        if len(self.problems) == _MOST_PROBLEMS:
            raise _EnoughError

    def sign(self, node: yaml.Node, place: Place) -> None:
        # The YAML library would drop a name or a tag without a word, and with it the start of a sentence.
        line, column = node.start_mark.line, node.start_mark.column
        start = self.lines[line][column : column + 1] if line < len(self.lines) else ""
        if start in {"&", "!"}:
            self.add(Problem.at(place, "alias" if start == "&" else "special_start"))

    def place(self, node: yaml.Node) -> Place:
        return Place(self.file, node.start_mark.line + 1, node.start_mark.column + 1)


def _tabs(text: str, file: str) -> Iterator[Problem]:
    for number, line in enumerate(text.splitlines(), 1):
        indent = line[: len(line) - len(line.lstrip())]
        if "\t" in indent and line.strip():
            yield Problem.at(Place(file, number, indent.index("\t") + 1), "tab")


def _control_characters(text: str, file: str) -> Iterator[Problem]:
    for number, line in enumerate(_LINE_END.split(text), 1):
        if found := _UNWRITTEN.search(line):
            yield Problem.at(Place(file, number, found.start() + 1), "control_character")


def _unreadable(error: yaml.MarkedYAMLError, text: str, file: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return Problem.at(Place(file), "unreadable")
    lines = text.splitlines()
    line, column = mark.line, mark.column
    say = _sentence(f"{error.context or ''} {error.problem or ''}")
    # Where a remark sign cut a longer text, the reader stumbles over the next line: name the cause instead.
    before = lines[line - 1] if 0 < line <= len(lines) else ""
    if say in {"no_colon", "indentation"} and (cut := re.search(r"\S\s+(#.*)$", before)):
        place = Place(file, line, cut.start(1) + 1)
        return Problem.at(place, "cut_by_hash", rest=cut.group(1).strip())
    start = error.context_mark
    # What is missing shows only where the next thing begins; name the place where it was opened.
    if start is not None and (say == "open_quote" or (say == "open_bracket" and start.line != line)):
        line, column = start.line, start.column
    here = lines[line] if line < len(lines) else ""
    if (say == "unreadable" and here[column : column + 1] in {"@", "`", "%"}) or (
        say == "indentation" and _closed(here[:column].rstrip())
    ):
        say = "special_start"
    if say == "unreadable" and "\t" in here and not here.strip():
        say = "tab"
    return Problem.at(Place(file, line + 1, column + 1), say)


def _closed(text: str) -> bool:
    """Return whether a text that started with a quote or bracket ends here: what follows it was to belong to it."""
    opened = _OPENED.search(text) if text.endswith(("]", "}", '"', "'")) else None
    return opened is not None and opened.end() < len(text)


def _sentence(message: str) -> str:
    return next((say for piece, say in _SENTENCES if piece in message), "unreadable")
