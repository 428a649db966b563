"""Records as text: JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any

from pushpull.sheet.cells import inert
from pushpull.signs import escaped


def to_json(record: Mapping[str, Any]) -> str:
    """Return a record as JSON text; letters of every language stay as they are."""
    return escaped(json.dumps(record, ensure_ascii=False, indent=2)) + "\n"


def to_csv(rows: Iterable[Mapping[str, str]]) -> str:
    """Return rows as CSV text with a header. A cell that a spreadsheet would run as a formula is made a plain text."""
    rows = list(rows)
    stream = io.StringIO()
    writer = csv.DictWriter(stream, fieldnames=list(rows[0]) if rows else [], lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: inert(value) for key, value in row.items()} for row in rows)
    return stream.getvalue()
