"""The pages that have to be readable by everybody, in one place for every format that is checked.

`written(folder, "html")` writes them all. A new reader of `export` is found by itself. A new command that knows HTML
has to be given its words in `COMMANDS`, or the checks stop.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Literal, get_args

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.append(str(ROOT / "tests"))

from documents import NASTY, sample  # noqa: E402
from helpers import EXAMPLES, SERVICES, run, shipped, words  # noqa: E402
from pushpull.caseload.summary import Alike, Summary  # noqa: E402
from pushpull.cli.output import FORMATS, as_file  # noqa: E402
from pushpull.document import Cell, Document, Heading, Table  # noqa: E402
from pushpull.kb.entry import Outcome  # noqa: E402
from pushpull.reports.caseload import caseload_page  # noqa: E402
from pushpull.reports.papers import PAPERS  # noqa: E402

Form = Literal["html", "pdf", "docx"]
DAY = "2026-11-24"
READERS = tuple(PAPERS)
PLAN = EXAMPLES[-1]

COMMANDS: dict[str, tuple[tuple[str | Path, ...], ...]] = {
    "compare": (("--concerns", "--sources"),),
    "suggest": ((PLAN,),),
    "lre": ((PLAN,),),
    "services": ((),),
    "questions": (("--service", "decoding"),),
    "sources": ((),),
    "glossary": ((),),
    "kb_diff": (("built-in", ROOT / "data"),),
    "kb_show": (("articulation",), ("skill_stage",)),
    "kb_audit": ((),),
}
"""The words behind each command that knows HTML. `export` has papers of its own, see `plans`."""

LONG = "Read " + "and understand and use " * 30 + "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk" * 2
LABELS = {"spanish": "Íñigo Ñ. 👩‍👩‍👧 Peña 🎻", "arabic": "سارة أ. 3", "nasty": NASTY}


def written(folder: Path, form: Form) -> Iterator[Path]:
    """Write every paper into the folder, and with HTML every page that is only looked at."""
    for name, plan in plans(folder).items():
        for reader in READERS:
            yield exported(plan, folder / f"{name}-{reader}.{form}", reader)
    for name, document in documents().items():
        path = folder / f"{name}.{form}"
        path.write_bytes(as_file(document, form))
        yield path
    if form == "html":
        yield from screens(folder)


def exported(plan: Path, path: Path, reader: str) -> Path:
    """Write one paper as a person would."""
    done = run("export", plan, "-o", path, "--for", reader, "--date", DAY)
    if done.exit_code:
        raise SystemExit(f"{path.name} could not be exported.\n{done.stderr}")
    return path


def screens(folder: Path) -> Iterator[Path]:
    """Write what each other command shows."""
    known = {command for command, forms in FORMATS.items() if "html" in forms and command != "export"}
    if known != set(COMMANDS):
        raise SystemExit(f"tests/access/papers.py does not know these commands: {sorted(known ^ set(COMMANDS))}")
    for command, calls in COMMANDS.items():
        for number, call in enumerate(calls, start=1):
            done = run(*command.split("_"), *call, "--format", "html")
            if done.exit_code:
                raise SystemExit(f"{command} could not be shown.\n{done.stderr}")
            path = folder / f"{command}-{number}.html"
            path.write_text(done.stdout, encoding="utf-8")
            yield path


def plans(folder: Path) -> dict[str, Path]:
    """Return the examples, and plans that ask more of a page than an ordinary one does."""
    page = (ROOT / "docs" / "plan.md").read_text(encoding="utf-8")
    everything = page.partition("```yaml\n# plan.yaml\n")[2].partition("```")[0]
    texts = {"everything": everything, "eight": eight_services(), "empty": "plan: 1\nservices: {a: {service: other}}\n"}
    texts["long"] = everything.replace("Read two-syllable words", LONG).replace("Agreed on November 3", LONG)
    for name, label in LABELS.items():
        quoted = "'" + clean_for_yaml(label) + "'"
        changed = everything.replace("label: J.R.", f"label: {quoted}").replace("J.R.", "them")
        texts[name] = changed.replace("Read two-syllable words", quoted).replace(
            "I like it when nobody waits for me", quoted
        )
    found = {plan.stem: plan for plan in EXAMPLES}
    for name, text in texts.items():
        found[name] = folder / f"{name}.yaml"
        found[name].write_text(text, encoding="utf-8")
    return found


def clean_for_yaml(text: str) -> str:
    """Return the text as a plan can hold it: without what cannot be printed, and with its quotes doubled."""
    return "".join(sign for sign in text if sign.isprintable() or sign == "\u200d").replace("'", "''")


def eight_services() -> str:
    """Return a plan with eight services, every question answered."""
    kb = shipped()[0]
    lines = [
        "plan: 1",
        "student: {label: A.B., grade: elementary}",
        "week: {day: 390, lunch: {minutes: 25, shared: yes}}",
    ]
    lines += ["answers:"]
    lines += [f"  {name}: [{next(iter(question.options))}]" for name, question in kb.student_questions.items()]
    lines += ["services:"]
    for turn, service in enumerate(SERVICES[:8]):
        lines += [f"  {service}:", f"    service: {service}", f"    goal: The goal for {service.replace('_', ' ')}"]
        lines += [
            "    now: pull_out",
            "    minutes: 20",
            "    times: 2",
            "    per: week",
            "    misses: [art]",
            "    answers:",
        ]
        for name, question in kb.services[service].questions.items():
            options = list(question.options)
            lines.append(f"      {name}: [{options[turn % len(options)]}]")
    return "\n".join([*lines, ""])


def documents() -> dict[str, Document]:
    """Return documents that no command writes: every block, with ordinary and with nasty texts, dense and not."""
    row = (Cell(("First",)), Cell(("one", "two")))
    return {
        "sample": sample(),
        "sample-nasty": sample(NASTY),
        "sample-dense": replace(sample(LONG), compact=True, made=DAY),
        "no-blocks": Document("Nothing here", ()),
        "no-heads": Document(
            "No heads", (Heading("No heads", 1), Table("", ("", "Here"), (row,)), Table("", ("", LONG), (row,)))
        ),
        "caseload": caseload_page(shipped()[0], counts(), words(), sheet=NASTY, students=9, kind="paper", made=DAY),
    }


def counts() -> Summary:
    """Return what a caseload with a bit of everything comes to."""
    modes, ways = get_args(Outcome), ("push_in", "pull_out", "blend", "none", "")
    rows = {
        Alike(service, now, mode, "firm", for_the_school=mode == "open"): number
        for number, (service, now, mode) in enumerate(product(SERVICES[:6], ways, modes), 1)
    }
    facts = dict.fromkeys(shipped()[0].services["articulation"].questions, 3)
    missing = {(name,): 2 for name in shipped()[0].requirements}
    bad = {"unknown_answer": 3, "not_an_amount": 2, "row_too_wide": 1}
    return Summary(Counter(rows), Counter(facts), Counter(missing), Counter(bad), shares=8, near=2, stray=1)
