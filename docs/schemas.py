"""The JSON Schemas of the knowledge's files, for editors: from the types, with what the code says of each field.

The program itself never reads those descriptions, and must not pay for them at every start. So they are read here,
from the source of the types.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from pydantic import TypeAdapter

from pushpull.kb.about import About
from pushpull.kb.audit import Yardstick
from pushpull.kb.comparison import Comparison, Concern, Source
from pushpull.kb.entry import Entry
from pushpull.kb.papers import Papers
from pushpull.kb.questions import QuestionGroup
from pushpull.kb.rules import Note, Requirement, Rules, Tension, Term
from pushpull.kb.week import WeekRules

SCHEMAS: dict[str, Any] = {
    "about": About,
    "audit": Yardstick,
    "comparison": Comparison,
    "concerns": dict[str, Concern],
    "glossary": dict[str, Term],
    "notes": dict[str, Note],
    "papers": Papers,
    "questions": QuestionGroup,
    "requirements": dict[str, Requirement],
    "rules": Rules,
    "sources": dict[str, Source],
    "tensions": dict[str, Tension],
    "week": WeekRules,
}


def all_of_them() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the schema of each file of the knowledge, with its name."""
    said = dict(_said(Entry))
    for name, kind in SCHEMAS.items():
        schema = TypeAdapter(kind).json_schema()
        for entry in (schema, *schema.get("$defs", {}).values()):
            for word, found in entry.get("properties", {}).items():
                if description := said.get((entry["title"], word)):
                    entry["properties"][word] = dict(sorted({**found, "description": description}.items()))
        yield name, schema


def _said(kind: type[Entry]) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield what the code says under each field of the entries, by the entry's name and the field's word in a file."""
    for entry in kind.__subclasses__():
        body = ast.parse(inspect.getsource(entry)).body[0]
        for field, text in pairwise(body.body) if isinstance(body, ast.ClassDef) else ():
            match field, text:
                case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str() as said)):
                    yield (entry.__name__, entry.model_fields[name].alias or name), inspect.cleandoc(said)
                case _:
                    pass
        yield from _said(entry)
