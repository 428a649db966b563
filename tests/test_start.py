"""A command imports what it uses and reads the files that it needs; what was prepared says the same as the files."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from helpers import EXAMPLES, ROOT, run, shipped, words
from pushpull.kb.words import Words
from pushpull.load import prepared, where
from pushpull.load.knowledge import load_full, load_knowledge, read_full
from pushpull.load.names import load_names
from pushpull.load.reader import Reader
from pushpull.load.words import load_words, read_words
from pushpull.problems import BadFile
from pushpull.source.reading import read
from pushpull.source.tree import Node, merge, plain, ready

SPY = """
import json, os, sys
read = []
def note(event, args):
    if event == "open" and isinstance(args[0], str) and "r" in str(args[1] or "r"):
        read.append(args[0])
sys.addaudithook(note)
sys.argv = ["pushpull", *sys.argv[1:]]
from pushpull.cli import main
try:
    main()
except SystemExit:
    pass
print(json.dumps({"read": read, "modules": sorted(sys.modules)}), file=sys.stderr)
"""
HEAVY = ("rich", "yaml", "pydantic", "docx", "typst", "xlsxwriter", "json", "multiprocessing")
"""Libraries that take time to load, as far as a command could do without."""
EXAMPLE = str(EXAMPLES[0])

# Each command: the parts of the program that it loads, the libraries, and the files of knowledge that it reads; nothing
# where it reads all of a kind.
LEAST = "cli kb load problems signs source"
PAGE = f"{LEAST} document render reports"
LISTED = f"{PAGE} interview records sheet"
PLANNED = f"{PAGE} files interview plan rule suggest"
QUESTIONS = "child class goal logistics sessions so_far student"
COMMANDS: tuple[tuple[tuple[str, ...], str, str, str], ...] = (
    (("--help",), LEAST, "json", "words"),
    (("--version",), LEAST, "json yaml", "words rules"),
    (("compare",), PAGE, "json pydantic", "words comparison concerns sources rules"),
    (("compare", "--format", "table"), PAGE, "json pydantic rich", "words comparison concerns sources rules"),
    (("glossary",), LISTED, "json pydantic", "words glossary"),
    (("services",), LISTED, "json pydantic", ""),
    (("questions", "--service", "counseling"), LISTED, "json pydantic", ""),
    (("sources",), LISTED, "json pydantic", ""),
    (("kb", "show", "R5"), LISTED, "json pydantic", ""),
    (("kb", "check"), LEAST, "json pydantic yaml", ""),
    (("kb", "audit"), f"{PAGE} audit files lre plan records sheet", "json pydantic yaml", ""),
    (("kb", "diff", "built-in", "built-in"), f"{PLANNED} diff outlook records sheet", "json pydantic yaml", ""),
    (("lre", EXAMPLE), f"{PLANNED} lre", "json pydantic yaml", ""),
    (
        ("export", EXAMPLE, "-o", "-", "--format", "md"),
        f"{PLANNED} audit lre outlook records sheet",
        "json pydantic yaml",
        "",
    ),
    (
        ("caseload", "examples", "-o", "-"),
        f"{LEAST} caseload document extras files interview lre outlook plan reports rule sheet suggest tally",
        "json multiprocessing pydantic yaml",
        "",
    ),
    (
        ("ask", EXAMPLE),
        f"{LEAST} document files interview outlook plan prompts reports rule suggest",
        "json pydantic yaml",
        "",
    ),
    (
        ("suggest", EXAMPLE),
        f"{PLANNED} outlook",
        "json pydantic yaml",
        "words concerns sources rules requirements notes tensions services/handwriting services/counseling "
        + " ".join(f"questions/{name}" for name in QUESTIONS.split()),
    ),
)


def spied(*args: str) -> tuple[set[str], set[str], set[str]]:
    """Run a command by itself; return the parts of the program, the heavy libraries and the files that it took."""
    done = subprocess.run(
        [sys.executable, "-c", SPY, *args], cwd=ROOT, capture_output=True, text=True, check=True, env=environment()
    )
    told = json.loads(done.stderr.splitlines()[-1])
    parts = {name.split(".")[1] for name in told["modules"] if name.startswith("pushpull.")}
    libraries = {name.split(".")[0] for name in told["modules"]} & set(HEAVY)
    data = [Path(path) for path in told["read"] if path.endswith(".yaml") and f"{ROOT / 'data'}" in path]
    return parts, libraries, {str(path.relative_to(ROOT / "data").with_suffix("")) for path in data}


def environment() -> dict[str, str]:
    import os  # noqa: PLC0415

    clean = {name: value for name, value in os.environ.items() if not name.startswith(("COV", "PUSHPULL"))}
    return clean | {"PYTHONPATH": str(ROOT / "src")}


@pytest.fixture(scope="module")
def _all_prepared() -> None:
    if not (prepared.FOLDER / "words.json").is_file() or any(map(stale, (ROOT / "data").rglob("*.yaml"))):
        prepared.prepare(ROOT / "data")


def stale(path: Path) -> bool:
    try:
        prepared.tree_of(path.relative_to(ROOT / "data"), path.read_bytes())
    except prepared.NotPrepared:
        return True
    return False


@pytest.mark.usefixtures("_all_prepared")
@pytest.mark.parametrize(("args", "parts", "libraries", "files"), COMMANDS)
def test_a_command_takes_no_more_than_it_needs(args: tuple[str, ...], parts: str, libraries: str, files: str) -> None:
    found_parts, found_libraries, found_files = spied(*args)
    assert found_parts == set(parts.split())
    assert found_libraries == set(libraries.split())
    assert not files or found_files == set(files.split())


def test_no_command_loads_the_module_of_another() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SPY, "compare"], cwd=ROOT, capture_output=True, text=True, check=True, env=environment()
    )
    modules = json.loads(done.stderr.splitlines()[-1])["modules"]
    mine = {name for name in modules if name.startswith("pushpull.cli.")}
    assert mine == {f"pushpull.cli.{name}" for name in ("commands", "comparing", "options", "output", "worded")}


# --- what was prepared --------------------------------------------------------------------------------------------


def test_what_is_prepared_is_what_the_files_say(tmp_path: Path) -> None:
    prepared.prepare(ROOT / "data", tmp_path)
    files = sorted((ROOT / "data").rglob("*.yaml"))
    assert len(list(tmp_path.rglob("*.json"))) == len(files)
    for path in files:
        found = json.loads((tmp_path / path.relative_to(ROOT / "data")).with_suffix(".json").read_bytes())
        node, problems = read(path.read_text(encoding="utf-8"), path.name)
        assert not problems
        assert found == {"of": prepared.digest(path.read_bytes()), "tree": plain(node)}


def test_a_file_that_cannot_be_read_is_not_prepared(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "words.yaml").write_text("a: [\n")
    with pytest.raises(BadFile):
        prepared.prepare(tmp_path / "data", tmp_path / "out")


@pytest.mark.usefixtures("_all_prepared")
def test_knowledge_is_the_same_whether_it_was_prepared_or_not() -> None:
    slow = Reader((), "en")
    assert load_full(()) == read_full(slow, None)
    assert not slow.found
    slow = Reader((), "en")
    assert load_words() == read_words(slow)
    assert load_names(()) == {
        name: type(named)(name=each.name, family=each.family, also=each.also)
        for (name, each), named in zip(load_full(()).services.items(), load_names(()).values(), strict=True)
    }


def test_a_file_that_was_changed_since_is_read_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prepared.prepare(ROOT / "data", tmp_path)
    monkeypatch.setattr(prepared, "FOLDER", tmp_path)
    notes = tmp_path / "notes.json"
    told = json.loads(notes.read_text())
    told["of"] = "an earlier one"
    told["tree"] = {}
    notes.write_text(json.dumps(told))
    assert load_knowledge((), "en", ["articulation"]).notes == shipped()[0].notes
    notes.write_text("torn")
    assert load_knowledge((), "en", ["articulation"]).notes == shipped()[0].notes
    notes.unlink()
    assert load_knowledge((), "en", ["articulation"]).notes == shipped()[0].notes


@pytest.mark.usefixtures("_all_prepared")
def test_a_mistake_in_a_layer_has_its_place_although_the_rest_was_prepared(tmp_path: Path) -> None:
    (tmp_path / "notes.yaml").write_text("extra: {say: 'Ask {name}.'}\n")
    with pytest.raises(BadFile) as caught:
        load_knowledge((tmp_path,), "en", ["articulation"])
    assert [problem.say for problem in caught.value.problems] == ["unknown_blank"]
    assert caught.value.problems[0].place.line == 1


@pytest.mark.usefixtures("_all_prepared")
def test_a_layer_changes_what_was_prepared(tmp_path: Path) -> None:
    (tmp_path / "services").mkdir()
    (tmp_path / "services" / "articulation.yaml").write_text("name: Speech\nquestions: {skill_stage: }\n")
    kb = load_knowledge((tmp_path,), "en", ["articulation"])
    assert kb.services["articulation"].name == "Speech"
    assert "skill_stage" not in kb.services["articulation"].questions
    assert load_names((tmp_path,))["articulation"].name == "Speech"


def test_one_prepared_tree_laid_over_another_is_what_the_files_come_to() -> None:
    base, patch = {"a": {"b": "1", "c": ["x"]}, "d": "2"}, {"a": {"b": None, "e": {"f": None}}, "d": {"g": "3"}}
    place = Reader((), "en").layers.part("rules").place

    def node(tree: object) -> Node:
        match tree:
            case dict():
                return Node({key: node(value) for key, value in tree.items()}, place)
            case list():
                return Node(tuple(map(node, tree)), place)
            case _:
                return Node(tree, place)  # type: ignore[arg-type]

    for keep in (False, True):
        expected = plain(merge(node(base), node(patch), keep_empty=keep))
        assert plain(merge(ready(base, place), ready(patch, place), keep_empty=keep)) == expected
        assert plain(merge(node(base), ready(patch, place), keep_empty=keep)) == expected


# --- help and version ---------------------------------------------------------------------------------------------


def test_the_version_says_when_yaml_is_read_slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    fast = run("--version")
    assert fast.exit_code == 0
    assert fast.stderr == ""
    assert shipped()[0].rules.version in fast.stdout
    monkeypatch.setattr("pushpull.source.reading.FAST", False)
    slow = run("--version")
    assert slow.stdout == fast.stdout
    assert words()("version.slow_yaml") in slow.stderr


def test_phrases_have_no_language_that_nobody_wrote() -> None:
    assert isinstance(load_words("xx"), Words)
    assert load_words("xx") == load_words("en")


def test_a_file_is_read_once_however_often_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Path] = []
    whole = where.contents

    def noting(path: Path) -> bytes:
        seen.append(path)
        return whole(path)

    monkeypatch.setattr("pushpull.load.where.contents", noting)
    load_full(())
    assert len(seen) == len(set(seen))
