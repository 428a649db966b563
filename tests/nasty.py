"""Texts that try to be more than texts, what a person should see of them, and where the program takes texts from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from helpers import ROOT
from pushpull.plan import LONGEST_LABEL
from pushpull.source.reading import read
from pushpull.source.tree import plain

BEGIN, END = "Qbegin", "Qend"
"""Stand around every nasty text, so that it can be found again."""

SEEN = (
    "[bold red]markup[/] [/nope] [link=http://bad.example]x[/link] :smile: `code` **strong** __under__ ~~struck~~ "
    "[click](javascript:alert(1)) ![image](http://bad.example/i.png) <http://bad.example/auto> [ref]: /url "
    '<script>alert(1)</script> <img src=x onerror=alert(1)> </p></td></main> <!-- hidden --> &lt;b&gt; " onclick="x() '
    "]]> <![CDATA[x]]> <?php x ?> <!DOCTYPE x> <w:fldSimple/> {{ 7*7 }} {% x %} ${7*7} {0.__class__} %s %(x)s "
    '| cell | # heading $x^2$ #import "x" #link("http://bad.example")[y] \\ \\n ../../etc/passwd C:\\x \'q\' "q" '
    "a,b;c\td =1+1 @SUM(1) +1 -1 👩‍👩‍👧 ❤️‍🔥 1️⃣ مرحبا بكم שלום niño đọc 宽 x́̂"
)
"""Everything that has to be shown as it stands."""

ACTING = (
    "\x1b[31m\x1b[2J\x1b[H\x1b]0;title\x07\x1b]8;;http://bad.example\x1b\\link\x1b]8;;\x1b\\\x1b]52;c;cHduZWQ=\x07\x1bP1q\x1b\\",
    "\x9b31m\x9d0;title\x9c\x90\x84\x88\x08\x08\x0c\x0b\r\x00\x7f\x07",
    "\u202eevil\u202c\u202a\u202b\u202d\u2066\u2067\u2068\u2069\u200e\u200f\u061c",
    "\u2028\u2029\x85\u200b\u2060\ufeff\xad\u034f\u3164\u115f\u180e\ufff9\ufffb",
    "\U000e0041\U000e0042\U000e007f\U000e0001a\u200db\ufe0f\ufe0f\U000e0101",
    "Z" + "\u0301\u0302\u0303" * 30 + "a" + "\u0489" * 30,
    "\ufffe\uffff\U0001fffe",
)
"""What must not reach a reader: controls, reading directions, signs without width, tags, piles of marks."""

SHORT = (
    '[red]m[/] [/x] `c` **s** [c](javascript:x) <script>x</script> <!-- x --> &lt; " x=" #link("x") $x$ \\ ../ | =1+1 '
    "👩‍👩‍👧 مرحبا שלום niño"
)
"""The same in few words, for knowledge with its thousands of texts."""

NASTY = f"{BEGIN} {SEEN} {' '.join(ACTING)} {END}"
NASTY_SHORT = f"{BEGIN} {SHORT} {ACTING[0][:20]}\x9b31m\u202e\u2066\u200b\ufeff\u2028\x00\U000e0041 {END}"

STARTS = (
    "=cmd|' /C calc'!A0", "@SUM(1+1)*cmd|x", "+1+cmd", "-1+cmd", "\t=1+1", "\r=1+1", "\n=1+1", "\u200b=1+1",
    "\x1b=1+1", "# heading", "###### six", "- bullet", "* bullet", "+ bullet", "> quote", "1. one", "12) twelve",
    "--- rule", "=== rule", "    code", "~~~ code", "``` code", "| a | b |", "[red]red", "[/red]",
    "[x]: http://bad.example", "<script>x", "<!-- x", "&#60;b&#62;", '#import "x"', "#set page(width: 1pt)",
    "$ x $", "\\x", "\\begin", "/* x */", "// x", "{student}", "{count}", "%PDF", "\x00nul", "\x1b[31mred",
    "\x9b31mred", "\x1b]8;;http://bad.example\x07x", "\u202ex", "\u2066x", "\ufeffx", "\U000e0041x", "../../x",
    "~/x", "C:\\x", "-o x", "--help", "NUL", "سلام", "👩‍👩‍👧",
)  # fmt: skip
"""Texts that start with what a format takes for the start of something else."""

LONG = "W" * 5000

_MAY_NOT_SHOW = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f\ud800-\udfff]"
)
_BLANK = re.compile("[\t\u034f\u115f\u1160\u3164]")
_JUDGING = ("audit", "diff", "check", "mode")
"""What the commands that go through all knowledge say in words of their own."""
_MANY = {"sources", "glossary", "notes", "requirements", "tensions"}
"""Files with more entries than are needed to see what becomes of one."""
_SGR = re.compile(r"\x1b\[[0-9;]*m")


def acting(text: str, *, data: bool = False) -> list[str]:
    """Return the signs of a text that act; the program's own colours do not count, nor blank letters in `data`."""
    text = _SGR.sub("", text)
    return sorted(set(_MAY_NOT_SHOW.findall(_BLANK.sub("", text) if data else text)))


def squeezed(text: str) -> str:
    """Return a text without spaces, and without the rules that a table puts between its lines."""
    return re.sub(r"[\s\u2500-\u259f]", "", text)


def knowledge(folder: Path, text: str, only: str = "") -> Path:
    """Write a layer over the built-in knowledge in which every text holds `text`; `only` names its files."""
    for path in sorted((ROOT / "data").rglob("*.yaml")):
        name = path.relative_to(ROOT / "data")
        if (name.parts[0] == "services" and name.stem != "articulation") or (only and name.stem not in only.split()):
            continue
        node, _ = read(path.read_text(encoding="utf-8"), str(name))
        tree = plain(node)
        if only and name.stem == "words":
            tree = {section: tree[section] for section in _JUDGING}
        if name.stem == "rules":
            del tree["ratios"]  # or the folder would be a whole content, and not a layer
        if name.stem in _MANY:
            tree = dict(list(tree.items())[:4])
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(written(_with(tree, in_content(text))))
    return folder


def in_content(text: str) -> str:
    """Return a text as content may hold it: a blank that nothing fills would be a mistake, and is told."""
    return re.sub(r"{[^}]*}|[{}]", "", text)


def plan(text: str) -> dict[str, Any]:
    """Return a plan in which every text of a person holds `text`, and that is right all the same."""
    label = text if len(text) <= LONGEST_LABEL else NASTY_SHORT
    line = {
        "minutes": "20-30", "times": "2", "per": "week", "part": text, "varies": text, "who": text, "misses": [text],
        "starts": text, "ends": text,
    }  # fmt: skip
    task = {text: {"what": text, "who": text, "by": text}}
    aid = {"aid": text, "data": text}
    service = {
        "service": "articulation", "goal": text, "now": "blend",
        "present": {text: line | {"place": "inside"}, f"{text} 2": line | {"place": "outside"}},
        "proposed": {text: line | {"place": "outside"}, f"{text} 2": line | {"place": "inside"}},
        "aids": {text: aid | {"was": "tried"}, f"{text} 2": aid | {"was": text}},
        "review": {"on": text, "towards_class": text, "towards_outside": text}, "tasks": task,
        "answers": {"skill_stage": "mixed", "results": [text, "not_sure"], text: text, "takes": ["many_tries"]},
        "notes": {"skill_stage": text, "results": text, text: text}, "team": {"mode": text, "why": text}, text: text,
    }  # fmt: skip
    return {
        "plan": "1", "student": {"label": label, "grade": text, "loves": [text], text: text},
        "week": {"day": "390", "lunch": {"minutes": "25", "shared": "yes"}},
        "answers": {"about": "none_of_these", text: [text, text]}, "notes": {"about": text, text: text},
        "services": {text: service, f"{text} 2": {"service": "counseling", "goal": text, text: {text: [text]}}},
        "roster": {"parents": text, text: text}, "tasks": task, "views": {"parents": text, "student": text}, text: text,
    }  # fmt: skip


def wrong_plans(text: str) -> Iterator[dict[str, Any]]:
    """Yield plans that are wrong because of `text`, each in one place."""
    right = {"service": "articulation", "now": "pull_out", "minutes": "20", "times": "2", "per": "week"}
    week = {"day": "390"}
    yield {"plan": text}
    yield {"plan": "1", "services": text, "student": {text: {text: text}}}
    yield {"plan": "1", "services": {text: {"service": text}}}
    yield {"plan": "1", "services": {text: {"goal": text}}}
    yield {"plan": "1", "services": {text: right | {"now": text}}}
    for word in ("minutes", "times", "per", "place"):
        yield {"plan": "1", "week": week, "services": {text: right | {word: text}}}
    for word in ("minutes", "day", "weeks", "cycle", "months", "days_a_week"):
        yield {"plan": "1", "week": {word: text}, "services": {text: right}}
    yield {"plan": "1", "week": {"days": {text: text}}, "services": {text: right}}
    yield {"plan": "1", "week": week | {"lunch": {"minutes": text, "shared": text}}, "services": {text: right}}
    yield {"plan": "1", "week": week | {"preschool": {"program": text, "hours": text}}, "services": {text: right}}


def written(tree: Any) -> str:
    """Return a tree as YAML in plain ASCII, where every other sign is spelled out."""
    return yaml.dump(tree, Dumper=_Dumper, allow_unicode=False, sort_keys=False, width=1_000_000)


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, _data: Any) -> bool:
        return True


def _with(tree: Any, text: str) -> Any:
    match tree:
        case Mapping():
            return {key: _with(value, text) for key, value in tree.items()}
        case list() | tuple():
            return [_with(each, text) for each in tree]
        case str() if " " in tree:
            return f"{tree} {text}"
        case _:
            return tree
