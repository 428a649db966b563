"""Every command in every format it has, for the tests that try them all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pushpull.cli.commands import KnowledgeBaseGroup, Root
from pushpull.cli.output import ENDINGS, FORMATS

STATED: Mapping[str, tuple[str, ...]] = {
    "compare": ("compare", "--sources", "--concerns"),
    "suggest": ("suggest", "{plan}"),
    "export": ("export", "{plan}", "--date", "2026-11-24", "-o", "{out}"),
    "lre": ("lre", "{plan}"),
    "caseload": ("caseload", "{sheet}", "-o", "{out}", "--summary", "{summary}"),
    "services": ("services",),
    "questions": ("questions", "--service", "articulation"),
    "sources": ("sources",),
    "glossary": ("glossary",),
    "kb_show": ("kb", "show", "skill_stage"),
    "kb_diff": ("kb", "diff", "built-in", "{layer}", "--plans", "{plan}"),
    "kb_audit": ("kb", "audit", "--date", "2026-11-24"),
    # These have no choice of formats.
    "ask": ("ask", "{plan}", "--no-input"),
    "kb_check": ("kb", "check"),
}
"""The words of every command, by its name as `output.FORMATS` has it; the first of the variants below."""

VARIANTS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "export": (("--for", "family"),),
    "caseload": (("--jobs", "2"), ("--strict",)),
    "compare": (("--topic", "pros"),),
}
"""What else some commands are asked for, in one of their formats."""


@dataclass(frozen=True)
class Call:
    """One way to call the program."""

    command: str
    form: str
    args: tuple[str, ...]
    out: Path | None
    """The file that the result goes to, if it does not go to standard output."""
    summary: Path | None = None

    def __str__(self) -> str:
        return f"{self.command} {self.form}".strip()


def commands() -> set[str]:
    """Return the name of every command that the program has."""
    return {name for name in Root.places if name != "kb"} | {f"kb_{name}" for name in KnowledgeBaseGroup.places}


def calls(*, plan: Path, sheet: Path, layer: Path, folder: Path) -> Iterator[Call]:
    """Yield every command in every format; results with a file of their own go to `folder`."""
    pages = [ending for ending, form in ENDINGS.items() if form not in {"json", "csv"}]
    count = 0
    for command, stated in STATED.items():
        forms = FORMATS.get(command, ("",))
        ways = [(form, ()) for form in forms] + [(forms[0], variant) for variant in VARIANTS.get(command, ())]
        for form, variant in ways:
            count += 1
            out = folder / f"result-{count}" if "{out}" in stated else None
            summary = folder / f"summary-{count}{pages[count % len(pages)]}" if "{summary}" in stated else None
            places = {"{plan}": plan, "{sheet}": sheet, "{layer}": layer, "{out}": out, "{summary}": summary}
            args = tuple(str(places.get(word, word)) for word in stated)
            yield Call(command, form, (*args, *variant, *(("--format", form) if form else ())), out, summary)
