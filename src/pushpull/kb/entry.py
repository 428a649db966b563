"""What every file of the knowledge is made of: texts, ids that must exist, conditions, and closed sets of words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationInfo
from pydantic_core import CoreSchema, PydanticCustomError
from pydantic_core.core_schema import (
    no_info_after_validator_function,
    str_schema,
    with_info_after_validator_function,
    with_info_before_validator_function,
)

from pushpull.kb.words import as_lines, in_language

Mode = Literal["push_in", "pull_out"]
MODES: tuple[Mode, ...] = ("push_in", "pull_out")
Outcome = Literal["push_in", "pull_out", "blend", "open", "unknown"]
Delivery = Literal["push_in", "pull_out", "blend"]
Other = Literal["as_now", "consultation", "co_teaching"]
"""A way beside push-in, pull-out and blend."""
OTHERS: tuple[Other, ...] = ("as_now", "consultation", "co_teaching")
Basis = Literal["research", "law", "ethics", "practice"]
Strength = Literal["weak", "moderate", "strong"]
Grade = Literal["a", "b", "c", "d", "e"]
HowChecked = Literal["seen", "secondary", "located", "unchecked"]
NOT_SURE = "not_sure"
NONE_OF_THESE = "none_of_these"


@dataclass(frozen=True)
class Known:
    """What a text or an id is checked against while a file is read."""

    language: str = "en"
    ids: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Ids by kind: `source`, `concern`, `question`, `service`, `term`; `option <question>` for options."""


def _known(info: ValidationInfo) -> Known:
    return info.context if isinstance(info.context, Known) else Known()


def _pick_language(value: Any, info: ValidationInfo) -> Any:
    language = _known(info).language
    try:
        return in_language(value, language)
    except KeyError:
        raise PydanticCustomError("no_language", "no text in {language}", {"language": language}) from None


def _written(value: str) -> str:
    text = " ".join(value.split())
    if not text:
        raise PydanticCustomError("no_text", "no text")
    return text


def _phrased(value: str) -> str:
    _written(value)
    return value


@dataclass(frozen=True)
class _Checked:
    """How a word of the files is checked, told to pydantic in its own terms.

    It would find out the same from functions, each time that it meets one. Texts and ids stand in hundreds of places.
    """

    schema: Callable[[], CoreSchema]

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> CoreSchema:
        """Return what pydantic asks for."""
        return self.schema()


def _refers_to(kind: str) -> _Checked:
    def check(value: str, info: ValidationInfo) -> str:
        ids = _known(info).ids.get(kind)
        if ids is not None and value not in ids:
            raise PydanticCustomError("unknown_id", "unknown {kind}", {"kind": kind, "id": value})
        return value

    return _Checked(lambda: with_info_after_validator_function(check, str_schema()))


def _text() -> CoreSchema:
    return with_info_before_validator_function(
        _pick_language, no_info_after_validator_function(_written, str_schema())
    )  # fmt: skip


Text = Annotated[str, _Checked(_text)]
"""A sentence that people read: plain text (English), or `{en: ..., es: ...}` side by side."""
Phrase = Annotated[str, BeforeValidator(as_lines), BeforeValidator(_pick_language), AfterValidator(_phrased)]
"""A phrase of the program itself: like a text, but its spaces stay, and a list becomes lines, in any language.

What stands last is done first.
"""
SourceId = Annotated[str, _refers_to("source")]
ConcernId = Annotated[str, _refers_to("concern")]
QuestionId = Annotated[str, _refers_to("question")]
ServiceId = Annotated[str, _refers_to("service")]


def _many(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


def _known_options(value: Mapping[str, tuple[str, ...]], info: ValidationInfo) -> Mapping[str, tuple[str, ...]]:
    ids = _known(info).ids
    for question, options in value.items():
        for option in options:
            known = ids.get(f"option {question}")
            if known is not None and option not in known:
                raise PydanticCustomError(
                    "unknown_option", "unknown option", {"question": question, "id": option, "at": [question]}
                )
    return value


OptionIds = Annotated[tuple[str, ...], BeforeValidator(_many)]
Condition = Annotated[dict[QuestionId, OptionIds], AfterValidator(_known_options)]
"""Questions and the answers that count: `{noise: [often, always], leaving: minds}`."""


class Entry(BaseModel):
    """One entry of a file: nothing may be changed after reading, and no unknown word is accepted.

    What pydantic needs to check one is made when it is first used: most commands use few kinds.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True, defer_build=True)
