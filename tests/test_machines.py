"""Every command works on any machine: old letters, no terminal, closed streams, strange folders, no POSIX."""

from __future__ import annotations

import ast
import io
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from helpers import EXAMPLES, ROOT, plan_text, run, shipped
from pushpull.caseload.unfinished import Unfinished
from pushpull.cli import output
from pushpull.cli.commands import KnowledgeBaseGroup, Root
from pushpull.files import replacing
from pushpull.plan import copy_of, open_plan

LABEL = "Łucja Ó."
"""A name that not all of the old letters can write."""
SHEET = "student,service,skill_stage\nŁucja,reading decoding,mixed\nÓscar,articulation,not_sure\n"
COMMANDS = {
    "compare": "compare",
    "ask": "ask {plan} --no-input",
    "suggest": "suggest {plan}",
    "export": "export {plan} -o {out}.md --date 2026-11-24",
    "lre": "lre {plan}",
    "caseload": "caseload {sheet} -o {out}.csv",
    "services": "services",
    "questions": "questions",
    "sources": "sources --format json",
    "glossary": "glossary --format html",
    "kb show": "kb show articulation",
    "kb check": "kb check",
    "kb diff": "kb diff built-in {layer}",
    "kb audit": "kb audit --date 2026-11-24",
}
"""Every command, as short as it works. What stands in braces is a path."""
PAPERS = ("plain", "html", "docx", "pdf", "json", "csv")
UTF_8 = {"LC_ALL": "C.UTF-8"}
OLD_LOCALE = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
DECOMPOSED = unicodedata.normalize("NFD", "Łódź é")
STRANGE = f'it\'s a "{DECOMPOSED}" 👩‍👧 & $HOME; (1) %20 [x]'
KEPT = {name: value for name, value in os.environ.items() if name in {"PYTHONPATH", "PYTHONDONTWRITEBYTECODE"}}


def test_every_command_is_tried() -> None:
    assert set(COMMANDS) == {*Root.places, *(f"kb {name}" for name in KnowledgeBaseGroup.places)} - {"kb"}


def furnished(folder: Path) -> Path:
    """Return a folder with a plan, a sheet and a layer in it."""
    folder.mkdir(parents=True, exist_ok=True)
    text = EXAMPLES[-1].read_text(encoding="utf-8").replace("R. Sample", LABEL)
    (folder / "plan.yaml").write_text(text, encoding="utf-8")
    (folder / "sheet.csv").write_text(SHEET, encoding="utf-8")
    (folder / "layer").mkdir(exist_ok=True)
    (folder / "layer" / "comparison.yaml").write_text("title: Ein Wort über Łódź\n", encoding="utf-8")
    return folder


def words_of(command: str, folder: Path, out: Path) -> list[str]:
    paths = {"plan": folder / "plan.yaml", "sheet": folder / "sheet.csv", "layer": folder / "layer", "out": out}
    return [word.format_map(paths) for word in COMMANDS[command].split()]


def child(
    words: list[str],
    *,
    env: dict[str, str],
    cwd: Path,
    start: tuple[str, ...] = ("-m", "pushpull"),
    around: str = "",
) -> subprocess.CompletedProcess[bytes]:
    """Run the program with nothing in its environment but `env`; `around` is a line of shell that starts it."""
    command = [sys.executable, *start, *words]
    if around:
        command = ["/bin/sh", "-c", around, "sh", *command]
    return subprocess.run(command, input=b"", capture_output=True, check=False, timeout=60, env=KEPT | env, cwd=cwd)


@cache
def normal(folder: Path) -> dict[str, tuple[int, str, str]]:
    """Return what every command comes to on a usual machine: its exit code, results and messages."""
    found = {}
    for command in COMMANDS:
        done = child(words_of(command, folder, folder / "out"), env=UTF_8, cwd=folder)
        found[command] = (done.returncode, done.stdout.decode(), done.stderr.decode())
    return found


def papers(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("out.*"))}


@pytest.fixture(scope="session")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder in which every command was run on a usual machine."""
    folder = furnished(tmp_path_factory.mktemp("usual"))
    codes = {command: code for command, (code, _, _) in normal(folder).items()}
    assert codes == {command: int(command == "ask") for command in COMMANDS}
    assert set(papers(folder)) == {"out.md", "out.csv"}
    return folder


def shown_in(text: str, letters: str, command: str) -> str:
    """Return a text as a stream of old letters shows it; what other programs read stays what it is."""
    return text if "--format" in COMMANDS[command] else text.encode(letters, "replace").decode(letters)


# --- letters and terminals ----------------------------------------------------------------------------------------

MACHINES = {
    "an old locale": ("ascii", OLD_LOCALE),
    "Windows in the west": ("cp1252", {"PYTHONIOENCODING": "cp1252"}),
    "a narrow dumb terminal": ("cp437", {"PYTHONIOENCODING": "cp437", "TERM": "dumb", "COLUMNS": "20"}),
    "the console of Windows": ("cp850", {"PYTHONIOENCODING": "cp850", "COLUMNS": "0"}),
    "an empty environment": ("utf-8", {}),
}


@pytest.mark.parametrize("machine", MACHINES)
def test_every_command_says_the_same_with_other_letters_and_a_question_mark_where_one_is_missing(
    machine: str, usual: Path, tmp_path: Path
) -> None:
    letters, env = MACHINES[machine]
    for command, (code, said, told) in normal(usual).items():
        done = child(words_of(command, usual, tmp_path / "out"), env=env, cwd=usual)
        assert done.returncode == code, (command, done.stderr)
        read_as = "utf-8" if "--format" in COMMANDS[command] else letters
        moved = str(usual / "out"), str(tmp_path / "out")
        assert done.stdout.decode(read_as) == shown_in(said, letters, command).replace(*moved), command
        assert done.stderr.decode(letters) == told.encode(letters, "replace").decode(letters).replace(*moved), command
    assert papers(tmp_path) == papers(usual)
    assert LABEL.encode() in papers(tmp_path)["out.md"]


@pytest.mark.parametrize("letters", ["ascii", "cp1252", "utf-16"])
def test_what_other_programs_read_is_utf_8_in_any_pipe(letters: str, usual: Path) -> None:
    for form in ("json", "csv", "html"):
        done = child(["suggest", "plan.yaml", "--format", form], env={"PYTHONIOENCODING": letters}, cwd=usual)
        assert done.returncode == 0
        assert LABEL in done.stdout.decode("utf-8")
    for form in PAPERS:
        words = ["export", "plan.yaml", "-o", "-", "--format", form, "--date", "2026-11-24"]
        done = child(words, env={"PYTHONIOENCODING": letters}, cwd=usual)
        assert done.stdout == child(words, env=UTF_8, cwd=usual).stdout
        assert len(done.stdout) > 1000


def test_help_and_mistakes_can_be_read_with_old_letters(usual: Path) -> None:
    for words in (["--help"], ["suggest", "--help"], ["suggest", "Łódź.yaml"], ["nope"], ["kb", "show", "Łódź"]):
        done = child(words, env=OLD_LOCALE, cwd=usual)
        assert done.returncode == (0 if "--help" in words else 1 if "suggest" in words else 2)
        assert b"Traceback" not in done.stderr
        assert len((done.stdout + done.stderr).decode("ascii").split()) > 5


# --- folders ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("env", [UTF_8, OLD_LOCALE], ids=["new locale", "old locale"])
def test_every_command_works_in_a_folder_with_a_strange_name(env: dict[str, str], usual: Path, tmp_path: Path) -> None:
    folder = furnished(tmp_path / STRANGE)
    (folder / "plan.yaml").rename(folder / f"{STRANGE}.yaml")
    for command, (code, _, _) in normal(usual).items():
        words = [word.replace("plan.yaml", f"{STRANGE}.yaml") for word in words_of(command, Path(), Path("out"))]
        done = child(words, env=env, cwd=folder)
        assert done.returncode == code, (command, done.stderr)
        assert b"Traceback" not in done.stderr
    assert papers(folder) == papers(usual)
    for paper in ("paper.docx", "paper.pdf"):
        words = ["export", f"{STRANGE}.yaml", "-o", f"{STRANGE} {paper}"]
        assert child(words, env=env, cwd=folder).returncode == 0, paper
    words = ["caseload", "sheet.csv", "-o", f"{STRANGE}.xlsx", "--summary", f"{STRANGE}.docx"]
    assert child(words, env=env, cwd=folder).returncode in {0, 1}
    assert openpyxl.load_workbook(folder / f"{STRANGE}.xlsx").worksheets[0].max_row > 1
    whole = ["export", str(folder / f"{STRANGE}.yaml"), "-o", str(folder / f"{STRANGE}.md"), "--date", "2026-11-24"]
    assert child(whole, env=env, cwd=tmp_path).returncode == 0
    assert (folder / f"{STRANGE}.md").read_bytes() == papers(usual)["out.md"]


@pytest.mark.parametrize(
    "name",
    ["plain.yaml", "a b.yaml", "it's.yaml", 'a "b" $HOME.yaml', "a\\b.yaml", "a;b&c.yaml", "Łódź.yaml", "`x`!.yaml"],
)
def test_a_command_that_is_named_can_be_typed_as_it_stands(name: str) -> None:
    said = output.quoted(Path(name))
    done = subprocess.run(["/bin/sh", "-c", f"printf %s {said}"], capture_output=True, check=True, text=True)
    assert done.stdout == name


def test_every_command_works_where_nothing_may_be_written(usual: Path, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o555)
    for command, (code, said, _) in normal(usual).items():
        done = child(words_of(command, usual, tmp_path / "out"), env=UTF_8, cwd=closed)
        assert (done.returncode, done.stdout.decode()) == (code, said), command
    assert papers(tmp_path) == papers(usual)
    assert not list(closed.iterdir())


def test_every_command_works_where_the_folder_is_gone(usual: Path, tmp_path: Path) -> None:
    gone = 'mkdir gone && cd gone && rmdir ../gone && exec "$@"'
    for command, (code, said, _) in normal(usual).items():
        done = child(words_of(command, usual, tmp_path / "out"), env=UTF_8, cwd=tmp_path, around=gone)
        assert (done.returncode, done.stdout.decode()) == (code, said), (command, done.stderr)
    assert papers(tmp_path) == papers(usual)
    for form in PAPERS:
        words = ["export", str(usual / "plan.yaml"), "-o", str(tmp_path / f"paper.{form}"), "--format", form]
        assert child(words, env=UTF_8, cwd=tmp_path, around=gone).returncode == 0, form


# --- streams that are closed --------------------------------------------------------------------------------------

CLOSED = {">&-": "stdout", "2>&-": "stderr", "<&- >&- 2>&-": "stdout stderr"}


@pytest.mark.parametrize("closed", CLOSED)
def test_every_command_works_with_closed_streams(closed: str, usual: Path, tmp_path: Path) -> None:
    for command, (code, said, told) in normal(usual).items():
        words = words_of(command, usual, tmp_path / "out")
        done = child(words, env=UTF_8, cwd=usual, around=f'exec "$@" {closed}')
        assert done.returncode == code, (command, done.stderr)
        moved = told.replace(str(usual / "out"), str(tmp_path / "out"))
        assert done.stdout.decode() == ("" if "stdout" in CLOSED[closed] else said), command
        assert done.stderr.decode() == ("" if "stderr" in CLOSED[closed] else moved), command
    assert papers(tmp_path) == papers(usual)


def test_standard_input_that_is_closed_is_an_empty_one(usual: Path) -> None:
    for command in ("suggest -", "caseload -"):
        closed = child(command.split(), env=UTF_8, cwd=usual, around='exec "$@" <&-')
        empty = child(command.split(), env=UTF_8, cwd=usual)
        assert (closed.returncode, closed.stdout, closed.stderr) == (empty.returncode, empty.stdout, empty.stderr)
        assert closed.returncode == 1


# --- without POSIX ------------------------------------------------------------------------------------------------

POSIX_MODULES = frozenset(
    ("fcntl", "resource", "termios", "pwd", "grp", "tty", "pty", "posix", "syslog", "readline", "curses", "crypt")
)
POSIX_OS = frozenset(
    (
        *("fork", "forkpty", "geteuid", "getuid", "getgid", "getegid", "getgroups", "getpgid", "getpgrp", "setsid"),
        *("setuid", "setgid", "setpgid", "killpg", "chown", "fchown", "lchown", "fchmod", "fchdir", "mkfifo", "mknod"),
        *("uname", "nice", "wait", "wait3", "wait4", "sysconf", "confstr", "pathconf", "fdatasync", "posix_fadvise"),
        *("posix_fallocate", "posix_spawn", "sched_getaffinity", "sched_setaffinity", "sched_yield", "statvfs", "sync"),
        *("ttyname", "openpty", "pipe2", "pread", "pwrite", "readv", "writev", "sendfile", "getloadavg", "ctermid"),
        *("lockf", "getxattr", "setxattr", "listxattr", "copy_file_range", "memfd_create", "register_at_fork"),
        *("O_NOFOLLOW", "O_DIRECTORY", "O_CLOEXEC", "O_SYNC", "O_NONBLOCK", "WNOHANG", "WIFEXITED", "WEXITSTATUS"),
        *("tcgetpgrp", "tcsetpgrp", "getresuid", "get_blocking", "initgroups", "chroot", "ttyname", "login_tty"),
    )
)
SIGNALS = frozenset(("SIGINT", "SIGTERM", "SIGABRT", "SIGFPE", "SIGILL", "SIGSEGV", "SIG_IGN", "SIG_DFL", "SIGBREAK"))
"""What `signal` has on every system."""

WITHOUT = f"""
import os, runpy, signal, sys
for name in {sorted(POSIX_MODULES - {"posix"})}:
    sys.modules[name] = None
for name in ("fork", "forkpty", "geteuid", "getuid", "fchmod", "chown", "fchown", "sched_getaffinity", "killpg",
             "setsid", "mkfifo", "uname", "O_NOFOLLOW", "statvfs", "getpgrp"):
    if hasattr(os, name):
        delattr(os, name)
for name in ("SIGHUP", "SIGPIPE", "SIGUSR1", "SIGALRM", "SIGWINCH", "SIGCHLD", "SIGTSTP"):
    delattr(signal, name)
"""
AS_PROGRAM = WITHOUT + "runpy.run_module('pushpull', run_name='__main__', alter_sys=True)\n"
INTERVIEW = f"""{WITHOUT}
from pathlib import Path
from pushpull import plan
from pushpull.load.knowledge import load_knowledge
from pushpull.load.words import load_words
from pushpull.prompts import Interview
class Screen:
    repeats_keys = True
    shown = 0
    def show(self, document):
        self.shown += 1
    def read(self, prompt):
        return "1" if prompt == words("ask.prompt") else ""
kb, words, screen = load_knowledge(()), load_words("en", ()), Screen()
file = plan.open_plan(Path(sys.argv[1]))
done = Interview(kb=kb, file=file, terminal=screen, words=words).run()
assert screen.shown > 10, screen.shown
assert plan.open_plan(Path(sys.argv[1])).plan == done.plan
print(len(done.plan.services["one"].answers))
"""


def test_every_command_works_on_a_machine_without_posix(usual: Path, tmp_path: Path) -> None:
    for command, (code, said, _) in normal(usual).items():
        words = words_of(command, usual, tmp_path / "out")
        done = child(words, env=UTF_8, cwd=usual, start=("-c", AS_PROGRAM))
        assert (done.returncode, done.stdout.decode()) == (code, said), (command, done.stderr)
    assert papers(tmp_path) == papers(usual)
    for form in PAPERS:
        words = ["export", "plan.yaml", "-o", str(tmp_path / f"paper.{form}"), "--format", form]
        assert child(words, env=UTF_8, cwd=usual, start=("-c", AS_PROGRAM)).returncode == 0, form


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are a matter of POSIX")
@pytest.mark.parametrize(
    ("env", "start"),
    [
        (OLD_LOCALE, ("-m", "pushpull")),
        ({"PYTHONIOENCODING": "cp1252"}, ("-m", "pushpull")),
        ({"PYTHONIOENCODING": "cp437", "TERM": "dumb", "COLUMNS": "20"}, ("-m", "pushpull")),
        ({"HOME": ""}, ("-m", "pushpull")),
        (UTF_8, ("-c", AS_PROGRAM)),
    ],
    ids=["an old locale", "Windows in the west", "a narrow dumb terminal", "no home", "without POSIX"],
)
def test_an_interview_can_be_held_on_any_machine(tmp_path: Path, env: dict[str, str], start: tuple[str, ...]) -> None:
    from screen import Terminal  # noqa: PLC0415

    class Machine(Terminal):
        program = start

    articulation = str(list(shipped()[0].services).index("articulation") + 1)
    terminal = Machine(tmp_path, "ask", "plan.yaml", **env)  # type: ignore[arg-type]
    terminal.type("JR", "1", articulation, "The r sound", "4", "", "1", "1", "1", "q")
    terminal.close()
    assert terminal.status == 0
    assert b"Traceback" not in terminal.raw
    plan = open_plan(tmp_path / "plan.yaml").plan
    assert (plan.student.label, plan.services["articulation"].goal) == ("JR", "The r sound")
    assert len(plan.answers) + len(plan.services["articulation"].answers) == 3


def test_an_interview_can_be_held_on_a_machine_without_posix(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(plan_text({}, service="articulation"), encoding="utf-8")
    done = child([str(path)], env=UTF_8, cwd=tmp_path, start=("-c", INTERVIEW))
    assert done.returncode == 0, done.stderr.decode()
    assert int(done.stdout) > 10


def sources() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted((ROOT / "src").rglob("*.py")):
        yield path.name, ast.parse(path.read_text(encoding="utf-8"))


def guarded(tree: ast.Module, *errors: str) -> set[int]:
    """Return the nodes, by their identity, that stand where one of these errors is caught."""
    found: set[int] = set()
    for node in ast.walk(tree):
        caught: list[str] = []
        if isinstance(node, ast.Try):
            caught = [ast.unparse(handler.type) for handler in node.handlers if handler.type]
        elif isinstance(node, ast.With):
            caught = [ast.unparse(item.context_expr) for item in node.items if "suppress" in ast.unparse(item)]
        if any(error in text for error in errors for text in caught):
            found |= {id(inner) for part in (node.body if hasattr(node, "body") else ()) for inner in ast.walk(part)}
    return found


def posix_only(tree: ast.Module) -> Iterator[str]:
    """Yield what would fail on a machine without POSIX: imports and names that nothing stands in for."""
    imports, names = guarded(tree, "ImportError"), guarded(tree, "AttributeError")
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(module="os") if id(node) not in imports:
                yield from (f"line {node.lineno}: os.{each.name}" for each in node.names if each.name in POSIX_OS)
            case ast.Import() | ast.ImportFrom() if id(node) not in imports:
                modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
                yield from (f"line {node.lineno}: import {name}" for name in modules if name in POSIX_MODULES)
            case ast.Attribute(value=ast.Name(id="os"), attr=attr) if attr in POSIX_OS and id(node) not in names:
                yield f"line {node.lineno}: os.{attr}"
            case ast.Attribute(value=ast.Name(id="signal"), attr=attr) if (
                attr.startswith("SIG") and attr not in SIGNALS
            ):
                yield f"line {node.lineno}: signal.{attr}"
            case _:
                pass


def test_nothing_in_the_program_needs_posix_without_something_to_stand_in_for_it() -> None:
    assert [(name, found) for name, tree in sources() for found in posix_only(tree)] == []


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("import fcntl", 1),
        ("from os import fork, path", 1),
        ("from pwd import getpwuid", 1),
        ("try:\n    import fcntl\nexcept ImportError:\n    fcntl = None", 0),
        ("with suppress(ImportError):\n    import fcntl", 0),
        ("with suppress(OSError):\n    import fcntl", 1),
        ("os.fork()", 1),
        ("try:\n    os.fork()\nexcept AttributeError:\n    pass", 0),
        ("getattr(os, 'O_NOFOLLOW', 0)", 0),
        ("signal.SIGHUP", 1),
        ("signal.SIGINT", 0),
    ],
)
def test_what_needs_posix_is_found(code: str, found: int) -> None:
    assert len(list(posix_only(ast.parse(code)))) == found


def test_every_file_is_opened_in_letters_that_are_told() -> None:
    told = re.compile(r"encoding|b\"|newline|devnull|archive\.open")  # parts of an archive are bytes
    for name, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                text = ast.unparse(node).replace("'", '"')
                opens = called in {"open", "os.fdopen"} or called.endswith((".open", ".read_text", ".write_text"))
                if opens and called not in {"os.open", "Package.open"}:
                    assert told.search(text), (name, text)


# --- names of files, and files that somebody else has open --------------------------------------------------------

NOT_ON_WINDOWS = re.compile(r'[<>:"/\\|?*\x00-\x1f]|[. ]$|^(con|prn|aux|nul|com\d|lpt\d)(\.|$)', re.IGNORECASE)


def test_every_file_of_the_project_can_be_stored_on_windows() -> None:
    folders = [ROOT / name for name in ("benchmarks", "data", "docs", "examples", "src", "tests", "trials")]
    paths = [path for folder in folders for path in folder.rglob("*") if "__pycache__" not in path.parts]
    assert len(paths) > 400
    assert [path for path in paths if NOT_ON_WINDOWS.search(path.name)] == []
    assert len({str(path).casefold() for path in paths}) == len(paths)


def test_the_names_that_the_program_gives_can_be_stored_on_windows(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.touch()
    with replacing(path) as beside:
        names = {beside.name, copy_of(path).name}
    copy_of(path).touch()
    run_on = Unfinished(tmp_path / "result.csv", "work")
    run_on.begin(b"", resume=False)
    run_on.note()
    run_on.close()
    names |= {copy_of(path).name, *(each.name for each in tmp_path.iterdir())}
    assert len(names) > 5
    assert [name for name in names if NOT_ON_WINDOWS.search(name)] == []


def refuse(self: Path, target: Path) -> Path:
    """Do as Windows does when another program has the file open."""
    raise PermissionError(13, "Permission denied", str(self), 32, str(target))


@pytest.mark.parametrize("command", ["export", "caseload"])
def test_a_file_that_another_program_has_open_stays_and_a_sentence_says_so(
    command: str, usual: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = words_of(command, usual, tmp_path / "out")
    to = Path(words[words.index("-o") + 1])
    to.write_text("as it was", encoding="utf-8")
    monkeypatch.setattr(Path, "replace", refuse)
    monkeypatch.setattr(Path, "rename", refuse)
    done = run(*words)
    assert done.exit_code == 1
    assert f"{to} cannot be written" in done.stderr
    assert to.read_text(encoding="utf-8") == "as it was"
    assert [path.name for path in tmp_path.iterdir()] == [to.name]


def test_nothing_is_left_of_a_caseload_that_failed_where_no_open_file_can_be_deleted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    streams: list[io.IOBase] = []
    usual_fdopen, usual_unlink = os.fdopen, Path.unlink

    def fdopen(*args: object, **kwargs: object) -> io.IOBase:
        streams.append(usual_fdopen(*args, **kwargs))  # type: ignore[call-overload]
        return streams[-1]

    def unlink(self: Path, missing_ok: bool = False) -> None:  # noqa: FBT001  the name of the library
        if any(not stream.closed for stream in streams):
            raise PermissionError(13, "Permission denied", str(self))
        usual_unlink(self, missing_ok)

    monkeypatch.setattr(os, "fdopen", fdopen)
    run_on = Unfinished(tmp_path / "result.csv", "work")
    run_on.begin(b"a,b\n", resume=False)
    monkeypatch.setattr(Path, "unlink", unlink)
    run_on.drop()
    assert not list(tmp_path.iterdir())
