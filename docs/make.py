"""Write the pages that are made from the program itself: commands, gallery and pictures, schemas, agreement, trust.

`python docs/make.py` writes them; `python docs/make.py --check` only says whether they are as the program would write
them now, and a test does the same.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

import agreement
import schemas
import trust

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
COMMANDS = (
    ("pushpull",),
    ("pushpull", "compare"),
    ("pushpull", "ask"),
    ("pushpull", "suggest"),
    ("pushpull", "export"),
    ("pushpull", "lre"),
    ("pushpull", "caseload"),
    ("pushpull", "services"),
    ("pushpull", "questions"),
    ("pushpull", "sources"),
    ("pushpull", "glossary"),
    ("pushpull", "kb"),
    ("pushpull", "kb", "show"),
    ("pushpull", "kb", "check"),
    ("pushpull", "kb", "diff"),
    ("pushpull", "kb", "audit"),
)
THEME = TerminalTheme(
    (251, 250, 247), (38, 42, 48),
    [(38, 42, 48), (170, 40, 40), (40, 110, 60), (150, 100, 10),
     (30, 80, 150), (120, 60, 130), (20, 95, 120), (90, 94, 100)],
)  # fmt: skip
# Each picture: file, what it shows, the words of the command, which lines of the result.
PICTURES = (
    ("compare", "The comparison", ("compare",), (0, 38)),
    ("suggest", "A suggestion", ("suggest", "examples/reading-and-speech.yaml", "--service", "reading"), (0, 52)),
)
GALLERY = (
    ("The comparison at 80 columns", ("compare", "--topic", "how_it_works", "--topic", "cons")),
    ("Pros and cons by concern, with sources", ("compare", "--concerns", "--sources")),
    ("What is special for one service", ("compare", "--topic", "blend", "--service", "articulation")),
    ("A suggestion for two services", ("suggest", "examples/handwriting-and-counseling.yaml")),
    ("The same, one fact a line", ("suggest", "examples/handwriting-and-counseling.yaml", "--plain")),
)


def said(*words: str, columns: int = 80, table: bool = False, color: bool = False) -> str:
    """Return what the program prints for these words."""
    environment = {**os.environ, "COLUMNS": str(columns), "PUSHPULL_DATA": "", "FORCE_COLOR": "", "NO_COLOR": ""}
    if color:
        environment["FORCE_COLOR"] = "1"
    extra = ["--format", "table"] if table and "--plain" not in words else []
    done = subprocess.run(  # noqa: S603  the program itself, with words from this file
        [sys.executable, "-m", "pushpull", *words, *extra],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout


def commands_page() -> str:
    """Return the command reference."""
    parts = ["# Commands", "", "This page is made from the program's own help by `docs/make.py`."]
    for command in COMMANDS:
        parts += ["", f"## {' '.join(command)}", "", "```text", said(*command[1:], "--help").rstrip(), "```"]
    return "\n".join(parts) + "\n"


def gallery_page() -> str:
    """Return the gallery: what the program shows for the examples."""
    parts = ["# Gallery", "", "This page is made by `docs/make.py` from the examples, whose students are made up."]
    parts += ["", *(f"![{title}](pictures/{name}.svg)\n" for name, title, _, _ in PICTURES)]
    for title, words in GALLERY:
        shown = said(*words, table=True).rstrip()
        parts += ["", f"## {title}", "", "```console", f"$ pushpull {' '.join(words)}", shown, "```"]
    return "\n".join(parts) + "\n"


def picture(title: str, words: tuple[str, ...], lines: tuple[int, int]) -> str:
    """Return a picture of the terminal as SVG."""
    shown = "\n".join(said(*words, columns=100, table=True, color=True).splitlines()[slice(*lines)])
    console = Console(record=True, width=100, file=io.StringIO(), force_terminal=True, legacy_windows=False)
    console.print(Text(f"$ pushpull {' '.join(words)}", "bold"))
    console.print(Text.from_ansi(shown))
    return console.export_svg(title=title, theme=THEME, unique_id="pushpull")


def pages() -> dict[Path, str]:
    """Return every page that is made, by its path."""
    made = {
        DOCS / "commands.md": commands_page(),
        DOCS / "gallery.md": gallery_page(),
        DOCS / "agreement.md": agreement.page(),
        DOCS / "trust.md": trust.page(),
    }
    for name, title, words, lines in PICTURES:
        made[DOCS / "pictures" / f"{name}.svg"] = picture(title, words, lines)
    for name, schema in schemas.all_of_them():
        made[DOCS / "schema" / "data" / f"{name}.schema.json"] = json.dumps(schema, indent=2) + "\n"
    return made


def main() -> int:
    """Write the pages, or with --check say which are stale."""
    stale = [path for path, text in pages().items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    if "--check" in sys.argv:
        for path in stale:
            print(f"{path.relative_to(ROOT)} is stale: run just docs")
        return 1 if stale else 0
    for path, text in pages().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False, encoding="utf-8") as stream:
            stream.write(text)
        Path(stream.name).chmod(0o644)
        Path(stream.name).replace(path)
    print(f"{len(stale)} pages written anew")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
