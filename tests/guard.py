"""Runs the program under guard: a process ends when it tries to reach a network, start a program or write elsewhere.

A script for a process of its own, with a list of calls as JSON in GUARDED: `python tests/guard.py`. The guard is an
audit hook, which nothing that runs later can take away.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

CAUGHT = 97
"""The exit code of a process that tried."""
_NEVER = (
    *("subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.startfile", "webbrowser.", "urllib."),
    *("ctypes.", "ftplib.", "http.", "imaplib.", "nntplib.", "poplib.", "smtplib.", "telnetlib."),
)
_CHANGING = {
    *("os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod", "os.utime"),
    *("os.chown", "os.setxattr", "shutil.copyfile", "shutil.move", "shutil.rmtree"),
}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_MAY_WRITE = tuple(os.path.realpath(folder) + os.sep for folder in os.environ.get("MAY_WRITE", "").split(os.pathsep))
_MAY_UNPICKLE = os.environ.get("MAY_UNPICKLE") == "yes"
_UNIX = 1  # the family of pipes between processes of one computer


def watch(event: str, args: tuple[Any, ...]) -> None:
    """End the process if it tries what it may not."""
    if event.startswith(_NEVER):
        stop(event, args)
    elif event.startswith("socket."):
        family = args[1] if event == "socket.__new__" else getattr(args[0], "family", None) if args else None
        if family != _UNIX:
            stop(event, args)
    elif event == "pickle.find_class":
        if not _MAY_UNPICKLE:
            stop(event, args)
    elif event == "open":
        path, mode, flags = args
        if (flags & _WRITING if isinstance(flags, int) else set(mode or "r") & set("wax+")) and elsewhere(path):
            stop(event, args)
    elif event in _CHANGING and any(map(elsewhere, args)):
        stop(event, args)


def elsewhere(path: object) -> bool:
    """Return whether a path lies outside the folders that may be written to."""
    if not isinstance(path, str | bytes | os.PathLike):
        return False
    whole = Path(os.fsdecode(path)).absolute()
    # A file without a name is opened by its folder.
    folder = f"{(whole if whole.is_dir() else whole.parent).resolve()}{os.sep}"
    return os.fsdecode(path) != os.devnull and not folder.startswith(_MAY_WRITE)


def stop(event: str, args: tuple[Any, ...]) -> None:
    """Say what was tried, and end the process at once."""
    os.write(2, f"\nCAUGHT {event} {args!r}\n".encode(errors="replace"))
    os._exit(CAUGHT)


def run() -> None:
    """Run every call of GUARDED, or the words of the command line."""
    sys.addaudithook(watch)
    from pushpull.cli import main  # noqa: PLC0415  only under guard

    for words in json.loads(os.environ.get("GUARDED", "[]")) or [sys.argv[1:]]:
        sys.argv = ["pushpull", *words]
        try:
            main()
        except SystemExit as ended:
            if ended.code == 2:
                raise
        sys.stdout.flush()


if __name__ == "__main__":
    run()
