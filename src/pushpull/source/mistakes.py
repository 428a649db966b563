"""What the type check says, turned into places and plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from pushpull.kb.entry import Known
from pushpull.problems import Problem
from pushpull.source.closest import closest
from pushpull.source.tree import Node, place_of, plain

# Kinds of mistake whose sentence needs nothing but the place.
_SIMPLE = {
    "no_text": "no_text",
    "dict_type": "entries_expected",
    "model_type": "entries_expected",
    "tuple_type": "list_expected",
    "string_pattern_mismatch": "not_a_date",
    "too_short": "too_few",
    "too_long": "too_many",
}
_TOGETHER = 500
"""Entries that are checked at once."""
_ENOUGH = 1000
"""Problems after which further entries are not looked at."""
_CODE = 2  # letters in the code of a language, such as en


def check(kind: Any, node: Node, known: Known) -> tuple[Any, list[Problem]]:
    """Return the value that `node` describes, or None and every problem in it.

    `kind` is any type that pydantic understands.
    """
    for part in get_args(kind):
        if isinstance(part, type) and issubclass(part, BaseModel):
            part.model_rebuild()  # once for all who use it, and not anew for each
    if get_origin(kind) is dict and len(node.entries()) > _TOGETHER:
        return _check_in_pieces(kind, node, known)
    try:
        return TypeAdapter(kind).validate_python(plain(node), context=known), []
    except ValidationError as error:
        details = error.errors(include_url=False)
        # There may be too little only because what is there is wrong, which is said already.
        above = {detail["loc"][:size] for detail in details for size in range(len(detail["loc"]))}
        wrong = [detail for detail in details if detail["type"] != "too_short" or detail["loc"] not in above]
        return None, [_problem(detail, kind, node, known, met) for met, detail in enumerate(wrong)]


def _check_in_pieces(kind: Any, node: Node, known: Known) -> tuple[Any, list[Problem]]:
    """Return the same for very many entries, up to where enough is wrong: all mistakes of all would fill the memory."""
    whole: dict[str, Any] = {}
    problems: list[Problem] = []
    entries = iter(node.entries().items())
    while len(problems) < _ENOUGH and (piece := dict(islice(entries, _TOGETHER))):
        value, found = check(kind, Node(piece, node.place, node.keys), known)
        whole |= value or {}
        problems += found
    return None if problems else whole, problems


def _problem(detail: ErrorDetails, kind: Any, node: Node, known: Known, met: int) -> Problem:
    steps = tuple(step for step in detail["loc"] if step != "[key]")
    of_key = len(steps) != len(detail["loc"])
    context = detail.get("ctx", {})
    if isinstance(context.get("at"), list):
        steps = (*steps, *context["at"])
    # In a list the entries have no word of their own: name the list.
    last = next((str(step) for step in reversed(steps) if isinstance(step, str)), "")
    place = place_of(node, steps)
    match detail["type"]:
        case "extra_forbidden":
            words = _words_at(kind, steps[:-1])
            close = closest(last, words, met=met)
            return Problem.at(place_of(node, steps, key=True), "unknown_word", word=last, close=close)
        case "missing":
            return Problem.at(place_of(node, steps[:-1], key=True), "missing_word", word=last)
        case "string_type":
            say = "no_text" if detail["input"] is None else "text_expected"
            return Problem.at(place_of(node, steps, key=say == "no_text"), say, word=last)
        case "literal_error":
            wrong = last if of_key else str(detail["input"])
            options = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ").split(", ")
            options = [option for option in options if option]
            at = place_of(node, steps, key=of_key)
            if isinstance(detail["input"], list | Mapping):
                return Problem.at(at, "text_expected", word=last)
            if detail["input"] is None:
                return Problem.at(place_of(node, steps, key=True), "no_text", word=last)
            close = closest(wrong, options, met=met)
            return Problem.at(at, "not_one_of", word=wrong, options=", ".join(options), close=close)
        case "unknown_id":
            wrong, sort = str(context["id"]), str(context["kind"])
            at = place_of(node, steps, key=of_key)
            close = closest(wrong, known.ids.get(sort, ()), met=met)
            return Problem.at(at, f"unknown_{sort}", word=wrong, close=close)
        case "unknown_option":
            wrong, question = str(context["id"]), str(context["question"])
            options_known = known.ids.get(f"option {question}", ())
            close = closest(wrong, options_known, met=met)
            return Problem.at(place, "unknown_option", word=wrong, question=question, close=close)
        case "not_a_number":
            return Problem.at(place, "not_a_number", word=str(context["id"]))
        case "string_too_long":
            return Problem.at(place, "text_long")
        case "no_language":
            languages = any(len(word) == _CODE and word.isalpha() for word in detail["input"])
            return Problem.at(place, "no_language") if languages else Problem.at(place, "text_expected", word=last)
        case simple if simple in _SIMPLE:
            empty = detail["input"] is None
            say = "no_text" if empty else _SIMPLE[simple]
            return Problem.at(place_of(node, steps, key=empty), say, word=last)
        case _:
            return Problem.at(place, "not_understood", word=last)


def _words_at(kind: Any, steps: Sequence[str | int]) -> list[str]:
    """Return the words that an entry at `steps` below `kind` may have."""
    for step in steps:
        kind = _unwrap(kind)
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            fields = {info.alias or name: info.annotation for name, info in kind.model_fields.items()}
            kind = fields.get(str(step))
        else:
            arguments = get_args(kind)
            kind = arguments[-1] if get_origin(kind) is dict else (arguments[0] if arguments else None)
    kind = _unwrap(kind)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return [info.alias or name for name, info in kind.model_fields.items()]
    return []


def _unwrap(kind: Any) -> Any:
    if get_origin(kind) is Annotated:
        return _unwrap(get_args(kind)[0])
    if get_origin(kind) in {Union, UnionType}:
        return _unwrap(next(part for part in get_args(kind) if part is not type(None)))
    return kind
