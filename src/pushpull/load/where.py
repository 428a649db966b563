"""Where the built-in knowledge lies, and which files a folder of knowledge may hold."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Sequence
from pathlib import Path

from pushpull.problems import Place, Problem, PushpullError
from pushpull.source.closest import closest

FILES = (
    *("about", "audit", "comparison", "concerns", "glossary", "notes", "requirements", "rules", "sources", "tensions"),
    *("papers", "week", "words"),
)
FOLDERS = ("questions", "services")
_RULES = ("strengths", "bases", "ratios", "grades")
"""What only a whole content says; a layer changes some of it."""
_LARGEST = 2_000_000  # bytes; the largest file of the built-in knowledge has a twentieth of it
_LARGEST_FOLDER = 6_000_000  # bytes of all its files; the built-in knowledge has a sixth of it
_MOST_FILES = 2_000  # of any kind, folders included; the built-in knowledge has fifty


def built_in() -> Path:
    """Return the folder of the built-in knowledge: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "data", package.parent.parent / "data"):
        if (folder / "comparison.yaml").is_file():
            return folder
    raise PushpullError("no_data", folder=str(package / "data"))


def shown(path: Path) -> str:
    """Return a path as a person would type it: short where that is possible."""
    try:
        return os.path.relpath(path) if path.is_relative_to(Path.cwd()) else str(path)
    except (OSError, ValueError):
        return str(path)


def is_whole(folder: Path) -> bool:
    """Return whether a folder holds a whole content, and not only a layer: its rules are complete by themselves."""
    from pushpull.source.reading import decode, read  # noqa: PLC0415  only `kb diff` asks

    rules = folder / "rules.yaml"
    if not rules.is_file():
        return False
    inside(folder)
    node, _ = read(decode(contents(rules), shown(rules))[0], shown(rules))
    return all(node.get(word) for word in _RULES)


def check_layer(folder: Path) -> list[Problem]:
    """Return what is wrong with a folder of knowledge as such: missing, or with files that nobody would read."""
    if not folder.is_dir():
        raise PushpullError("no_folder", folder=str(folder))
    problems: list[Problem] = []
    for path in sorted(inside(folder)):
        parts = path.relative_to(folder).parts
        if len(parts) == 1 and path.name in FOLDERS and not path.is_dir():
            raise PushpullError("not_a_file", file=shown(path))
        if path.name.startswith(".") or path.suffix.lower() not in {".yaml", ".yml"}:
            continue
        place, word = Place(shown(path)), parts[-1].removesuffix(path.suffix)
        if path.suffix != ".yaml":
            problems.append(Problem.at(place, "yml", word=path.name))
        elif len(parts) == 1 and word not in FILES:
            close = closest(path.name, [f"{name}.yaml" for name in FILES], met=len(problems))
            problems.append(Problem.at(place, "unknown_file", word=path.name, close=close))
        elif len(parts) > 1 and (len(parts) > 2 or parts[0] not in FOLDERS):  # noqa: PLR2004  folder and file
            close = "" if parts[0] in FOLDERS else closest(parts[0], FOLDERS, met=len(problems))
            problems.append(Problem.at(place, "unknown_file", word="/".join(parts), close=close))
    return problems


def inside(folder: Path) -> list[Path]:
    """Return everything in a folder of knowledge; raise `PushpullError` if it holds more than such a folder can.

    Raises it, too, if a folder cannot be looked into of which the files would be read. A folder that is only a link is
    gone into if its files are read, and not otherwise: it may lead back.
    """
    is_read = {folder, *(folder / name for name in FOLDERS)}
    found: list[Path] = []
    waiting, size = [folder], 0
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(here) as entries:
                for entry in entries:
                    found.append(path := Path(entry.path))
                    if entry.is_dir(follow_symlinks=path in is_read):
                        waiting.append(path)
                    elif _is_knowledge(entry.name):
                        size += _size(entry)
                    if len(found) > _MOST_FILES:
                        raise PushpullError("too_many_files", folder=shown(folder), most=f"{_MOST_FILES:,}")
        except OSError as error:
            if here in is_read:
                raise _cannot_read(here, error) from error
    if size > _LARGEST_FOLDER:
        raise PushpullError("too_large", file=shown(folder))
    return found


def files_of(folder: Path, name: str) -> list[tuple[str, Path]]:
    """Return the file of `name`, or every file of a folder of that name, as (id, path)."""
    if name in FOLDERS:
        inner = folder / name
        try:
            return sorted((path.stem, path) for path in inner.iterdir() if _is_knowledge(path.name))
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:  # left out without a word, it would be missed by nobody
            raise _cannot_read(inner, error) from error
    path = folder / f"{name}.yaml"
    return [("", path)] if os.path.lexists(path) else []  # a folder of that name, or a link to nothing, is said


def _is_knowledge(name: str) -> bool:
    """Return whether a file of this name is read, whatever is counted and whatever is opened."""
    return name.endswith(".yaml")


def _size(entry: os.DirEntry[str]) -> int:
    """Return the bytes of a file; what is none, or cannot be looked at, is refused when it is opened."""
    try:
        return entry.stat().st_size if entry.is_file() else 0
    except OSError:
        return 0


def _cannot_read(path: Path, error: OSError) -> PushpullError:
    at = Path(os.fsdecode(error.filename)) if isinstance(error.filename, (str, bytes)) else path
    return PushpullError("cannot_read", file=shown(at), why=error.strerror or "")


def _is_file(path: Path) -> bool:
    """Return whether a path is a file; raise `OSError` if it cannot be looked at, where newer Pythons just say no."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError as error:
        if error.errno in {errno.ENOENT, errno.ENOTDIR, errno.ELOOP}:
            return False
        raise


def contents(path: Path) -> bytes:
    """Return the bytes of a file of knowledge; refuse what cannot be one."""
    try:
        if not _is_file(path):
            raise PushpullError("not_a_file", file=shown(path))
        with path.open("rb") as stream:
            content = stream.read(_LARGEST + 1)
    except OSError as error:
        raise _cannot_read(path, error) from error
    if len(content) > _LARGEST:
        raise PushpullError("too_large", file=shown(path))
    return content


def known_ids(folders: Sequence[Path], name: str) -> frozenset[str]:
    """Return the ids of all files of a folder of knowledge, over all layers."""
    return frozenset(word for folder in folders for word, _ in files_of(folder, name))
