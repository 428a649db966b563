"""The program keeps to itself: no network, no other program, no file that nobody asked for, no code in content."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from every import STATED, Call, calls, commands
from guard import CAUGHT
from helpers import EXAMPLES, ROOT
from pushpull.cli.output import FORMATS

GUARD = ROOT / "tests" / "guard.py"
SOURCE = ROOT / "src" / "pushpull"


@pytest.fixture
def room(tmp_path: Path) -> Path:
    """A folder with a plan, a sheet and a layer; and beside them a home, which has to stay empty."""
    for name in ("home", "temporary", "work", "work/layer", "work/plans"):
        (tmp_path / name).mkdir()
    shutil.copy(EXAMPLES[-1], tmp_path / "work" / "plan.yaml")
    (tmp_path / "work" / "layer" / "glossary.yaml").write_text("push-in: In class.\n")
    rows = [f"s{number},articulation,mixed" for number in range(2500)]
    (tmp_path / "work" / "sheet.csv").write_text("\n".join(["student,service,skill_stage", *rows, ""]))
    return tmp_path


def environment(room: Path, **more: str) -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PUSHPULL", "COV", "XDG"))}
    own = {
        "HOME": str(room / "home"),
        "TMPDIR": str(room / "temporary"),
        "MAY_WRITE": os.pathsep.join([str(room / "work"), str(room / "temporary")]),
        "PYTHONPATH": str(ROOT / "src"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    return clean | own | more


def guarded(room: Path, *args: str, **env: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, *args],
        cwd=room / "work",
        env=environment(room, **env),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=120,
        umask=0,
    )


def every(room: Path) -> list[Call]:
    work = room / "work"
    return [*calls(plan=work / "plan.yaml", sheet=work / "sheet.csv", layer=work / "layer", folder=work)]


def nothing_left_behind(room: Path) -> None:
    assert list((room / "home").iterdir()) == []
    assert list((room / "temporary").iterdir()) == []


# --- every command, under guard -----------------------------------------------------------------------------------


def test_every_command_and_format_is_guarded(room: Path) -> None:
    listed = {(call.command, call.form) for call in every(room)}
    assert {command for command, _ in listed} == set(STATED) == commands()
    assert {(command, form) for command, forms in FORMATS.items() for form in forms} <= listed
    assert any("--jobs" in call.args for call in every(room))


@pytest.mark.parametrize("command", sorted(STATED))
def test_a_command_reaches_nothing_and_writes_only_what_it_was_told_to(command: str, room: Path) -> None:
    mine = [call for call in every(room) if call.command == command]
    before = {path.name for path in (room / "work").iterdir()}
    # Processes that share the rows of a caseload hand them over pickled, and nothing else is ever unpickled.
    done = guarded(
        room,
        str(GUARD),
        GUARDED=json.dumps([call.args for call in mine]),
        MAY_UNPICKLE="yes" if command == "caseload" else "no",
    )
    assert b"CAUGHT" not in done.stderr
    assert done.returncode == 0, done.stderr.decode()
    told = {path.name for call in mine for path in (call.out, call.summary) if path}
    assert {path.name for path in (room / "work").iterdir()} - before == told
    if sys.platform != "win32":
        assert {name: (room / "work" / name).stat().st_mode & 0o777 for name in told} == dict.fromkeys(told, 0o600)
    nothing_left_behind(room)


@pytest.mark.parametrize("args", [("--version",), ("--help",), ("kb", "--help"), ("ask", "--help"), ("nonsense",)])
@pytest.mark.parametrize("completion", ["source_bash", "complete_zsh"])
def test_neither_help_nor_the_environment_reaches_anything(args: tuple[str, ...], completion: str, room: Path) -> None:
    done = guarded(room, str(GUARD), *args, _PUSHPULL_COMPLETE=completion)
    assert b"CAUGHT" not in done.stderr
    assert b"complet" not in done.stdout.lower()
    nothing_left_behind(room)


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are a matter of POSIX")
@pytest.mark.usefixtures("not_counted")
def test_an_interview_reaches_nothing_and_writes_its_plan_alone(room: Path) -> None:
    from screen import Terminal  # noqa: PLC0415

    class Guarded(Terminal):
        program = (str(GUARD),)

    (room / "work" / "new").mkdir()
    terminal = Guarded(
        room / "work" / "new", "ask", "plan.yaml", "--quick", columns=80, hang_up=True, through=(), **environment(room)
    )
    terminal.type("JR", "2", "speech sou", "The r sound", "2", "2 x 20 min a week", "390", "")
    while terminal.status is None:
        terminal.type("1")
    assert terminal.status == 0, terminal.shown
    assert "CAUGHT" not in terminal.shown
    assert [path.name for path in (room / "work" / "new").iterdir()] == ["plan.yaml"]
    nothing_left_behind(room)


TRIES = {
    "socket.__new__": "import socket; socket.socket()",
    "socket.getaddrinfo": "import socket; socket.getaddrinfo('localhost', 80)",
    "socket.gethostbyname": "import socket; socket.gethostbyname('localhost')",
    "urllib.Request": "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9/')",
    "subprocess.Popen": "import subprocess; subprocess.run(['true'])",
    "os.system": "import os; os.system('true')",
    "os.exec": "import os; os.execv('/bin/true', ['true'])",
    "os.posix_spawn": "import os; os.posix_spawn('/bin/true', ['true'], {})",
    "webbrowser.open": "import webbrowser; webbrowser.get('true %s').open('http://127.0.0.1:9/')",
    "ctypes.dlopen": "import ctypes; ctypes.CDLL(None)",
    "pickle.find_class": "import pickle, os; pickle.loads(pickle.dumps(os.getcwd))",
    "open": "import os; open(os.path.expanduser('~/history'), 'w')",
    "os.mkdir": "import os; os.mkdir(os.path.expanduser('~/.cache'))",
    "os.rename": "import os; os.rename('plan.yaml', os.path.expanduser('~/plan.yaml'))",
}


@pytest.mark.skipif(sys.platform == "win32", reason="some of these are a matter of POSIX")
@pytest.mark.parametrize("event", sorted(TRIES))
def test_the_guard_catches_who_tries(event: str, room: Path) -> None:
    script = f"import sys; sys.path.insert(0, {str(GUARD.parent)!r}); import guard; sys.addaudithook(guard.watch)"
    done = guarded(room, "-c", f"{script}; {TRIES[event]}")
    assert done.returncode == CAUGHT, done.stderr.decode()
    assert f"CAUGHT {event}".encode() in done.stderr
    nothing_left_behind(room)


def test_the_guard_lets_what_is_allowed_pass(room: Path) -> None:
    script = f"import sys; sys.path.insert(0, {str(GUARD.parent)!r}); import guard; sys.addaudithook(guard.watch)"
    done = guarded(room, "-c", f"{script}; open('made.txt', 'w').write('x'); print(open('made.txt').read())")
    assert (done.returncode, done.stdout.strip()) == (0, b"x")


# --- the source ---------------------------------------------------------------------------------------------------

NEVER_IMPORTED = {
    *("subprocess", "pickle", "marshal", "shelve", "dill", "socket", "socketserver", "http", "urllib.request", "ssl"),
    *(
        "ftplib",
        "smtplib",
        "imaplib",
        "poplib",
        "telnetlib",
        "xmlrpc",
        "webbrowser",
        "code",
        "codeop",
        "ctypes",
        "runpy",
    ),
    *("asyncio", "requests", "httpx", "aiohttp", "jinja2", "mako", "string.Template", "pty", "logging.handlers"),
}
ONLY_IN = {
    # A caseload of many thousand rows is shared between processes of one computer, which the program starts itself.
    "multiprocessing": {"caseload/run.py"},
    "concurrent.futures": set(),
    # Commands are imported by names that stand in the code, and files beside the program are found by the same library.
    "importlib": {"cli/worded.py", "render/html.py", "render/pdf.py", "extras.py"},
}
NEVER_CALLED = {"eval", "exec", "compile", "__import__", "execfile"}
NEVER_OF = {
    "os": {"system", "popen", "fork", "startfile", "posix_spawn", "posix_spawnp"}
    | {f"{start}{end}" for start in ("exec", "spawn") for end in ("l", "le", "lp", "lpe", "v", "ve", "vp", "vpe")},
    "yaml": {"load", "load_all", "full_load", "full_load_all", "unsafe_load", "unsafe_load_all", "Loader", "FullLoader"}
    | {"UnsafeLoader", "CLoader", "CFullLoader", "CUnsafeLoader"},
    "string": {"Template", "Formatter"},
    "builtins": NEVER_CALLED,
}


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(SOURCE.rglob("*.py")):
        yield path.relative_to(SOURCE).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.AST) -> Iterator[str]:
    """Yield every module that is imported, and every name from one."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module or ""
            yield from (f"{node.module}.{name.name}" for name in node.names)


def offences(tree: ast.AST) -> Iterator[str]:
    """Yield what a module does that no module of the program may do."""
    for name in imported(tree):
        if any(name == never or name.startswith(f"{never}.") for never in NEVER_IMPORTED):
            yield f"import {name}"
        first, _, last = name.rpartition(".")
        if last in NEVER_OF.get(first, ()):
            yield f"import {name}"
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in NEVER_CALLED:
                yield f"{name}()"
            case ast.Attribute(value=ast.Name(id=of), attr=name) if name in NEVER_OF.get(of, ()):
                yield f"{of}.{name}"
            case ast.keyword(arg="shell"):
                yield "shell="
            # Only a text in the code may be a pattern with blanks. Content has its own way: `kb.words.fill`.
            case ast.Call(func=ast.Attribute(value=of, attr="format" | "format_map")) if type(of) is not ast.Constant:
                yield ".format()"
            case ast.BinOp(
                left=ast.Name() | ast.Attribute() | ast.Call(), op=ast.Mod(), right=ast.Tuple() | ast.Dict()
            ):
                yield "% on a text"
            case _:
                pass


def test_no_module_can_reach_out_or_run_what_it_reads() -> None:
    found = {name: sorted(offences(tree)) for name, tree in modules()}
    assert len(found) > 100
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_processes_and_imports_by_name_stand_where_they_are_known() -> None:
    for library, places in ONLY_IN.items():
        found = {
            name
            for name, tree in modules()
            for each in imported(tree)
            if each == library or each.startswith(f"{library}.")
        }
        assert found == places, library


def test_yaml_is_read_by_the_safe_reader_alone() -> None:
    named = {each for _, tree in modules() for each in imported(tree) if each.startswith("yaml.") and "Loader" in each}
    assert named == {"yaml.CSafeLoader", "yaml.SafeLoader"}
    readers = [
        (name, ast.unparse(call))
        for name, tree in modules()
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and ast.unparse(call.func) in {"yaml.compose", "yaml.scan", "yaml.parse"}
    ]
    assert {name for name, _ in readers} == {"source/reading.py"}
    assert all("Loader=" in call for _, call in readers)


@pytest.mark.parametrize(
    "wrong",
    [
        *(
            "import socket",
            "from urllib import request",
            "import urllib.request",
            "from os import system",
            "import pickle",
        ),
        *("eval('1')", "exec(x)", "__import__('os')", "os.system('x')", "os.execv('x', [])", "yaml.load(x)"),
        *("from yaml import UnsafeLoader", "run(x, shell=True)", "text.format(a=1)", "from string import Template"),
        *("text % (1, 2)", "import http.client", "from jinja2 import Environment"),
    ],
)
def test_the_look_at_the_source_sees_what_it_looks_for(wrong: str) -> None:
    assert list(offences(ast.parse(wrong)))


def test_the_template_of_pdf_papers_reads_and_fetches_nothing() -> None:
    # typst runs it in native code, which no guard of Python sees.
    template = (SOURCE / "render" / "paper.typ").read_text(encoding="utf-8")
    for word in ("read", "plugin", "eval", "yaml", "csv", "xml", "toml", "image", "bibliography"):
        assert not re.search(rf"\b{word}\(", template), word
    assert not re.search(r"\b(import|include)\b|@preview|https?:", template)
