"""What a change of content changes, for other programs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pushpull.diff import Changed, Difference, Said
from pushpull.kb.entry import MODES
from pushpull.records.numbers import JSON_VERSION, exact


def difference_record(
    folders: tuple[str, str],
    versions: tuple[str, str],
    moved: Iterable[Difference],
    examples: int,
    changed: Iterable[Changed],
) -> dict[str, Any]:
    """Return what `kb diff --format json` gives: the examples that move, and what changed in the content."""
    old, new = ({"folder": folder, "content": of} for folder, of in zip(folders, versions, strict=True))
    return {
        "pushpull": JSON_VERSION,
        "old": old,
        "new": new,
        "examples": examples,
        "moved": [
            {
                "id": one.example.name,
                "service": one.example.service,
                "what": list(one.moved),
                "old": _said_record(one.old),
                "new": _said_record(one.new),
            }
            for one in moved
        ],
        "changed": [
            {
                "kind": kind.kind,
                "added": list(kind.added),
                "removed": list(kind.removed),
                "changed": list(kind.changed),
            }
            for kind in changed
        ],
    }


def _said_record(said: Said | None) -> dict[str, Any] | None:
    if said is None:
        return None
    return {
        "mode": said.mode,
        "firmness": said.firmness,
        "case": {mode: exact(said.case[mode]) for mode in MODES},
        "reasons": [
            {"for": reason.mode, "question": reason.question, "answer": reason.option, "because": reason.because}
            for reason in said.reasons
        ],
    }
