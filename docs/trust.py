"""The trust page: what is promised to people whose words are in a plan, and what was tried to break the promise.

`docs/make.py` writes it to `docs/trust.md` from `docs/trust.yaml` and from the results of the trials, and `--check`
says when it is stale. So no figure on that page is copied by hand.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).resolve().parent
RESULTS = HERE.parent / "trials" / "results"
ORDER = ("kill", "hostile", "fuzz", "guided", "soak", "mutants", "coverage", "same", "machines", "dependencies")


def page() -> str:
    """Return the page."""
    texts = yaml.safe_load((HERE / "trust.yaml").read_text(encoding="utf-8"))
    return "\n".join([*_promises(texts), *_trials(texts)])


def results() -> dict[str, Mapping[str, Any]]:
    """Return what each trial recorded, in the order of the page."""
    found = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in RESULTS.glob("*.json")}
    return {name: found[name] for name in (*ORDER, *sorted(set(found) - set(ORDER))) if name in found}


def _promises(texts: Mapping[str, Any]) -> Iterator[str]:
    yield from ("# Trust", "", texts["introduction"].strip(), "")
    for section in texts["promises"]:
        yield from (f"## {section['title']}", "", section["against"].strip(), "")
        yield from _table(("promised", "kept by", "tested in"), [list(map(str.strip, row)) for row in section["rows"]])
    yield from ("## What it cannot do", "", *(f"- {line.strip()}" for line in texts["limits"]), "")


def _trials(texts: Mapping[str, Any]) -> Iterator[str]:
    yield from ("## What was tried, and what it found", "", texts["trials"].strip(), "")
    for result in results().values():
        yield from (f"### {result['title']}", "")
        yield f"`{result['command']}`, {result['day']}, Python {result['python']}."
        yield ""
        yield from _table(("tried", "how many"), [(what, _number(count)) for what, count in result["tried"]])
        if result["figures"]:
            yield from _table(("came to", "figure"), result["figures"])
        if result["found"]:
            yield from _table(("found", "done"), result["found"])


def _number(count: object) -> str:
    return f"{count:,}" if isinstance(count, int) else str(count)


def _table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"|{'|'.join('---' for _ in heads)}|"
    for row in rows:
        yield f"| {' | '.join(' '.join(str(cell).split()).replace('|', chr(92) + '|') for cell in row)} |"
    yield ""
