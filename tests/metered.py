"""A command as a process of its own, with the time and the memory that it took."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

_METER = """
import json, os, subprocess, sys
given = open(sys.argv[1], "rb")
run = subprocess.Popen(sys.argv[2:], stdin=given, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
said = run.stderr.read().decode(errors="replace")
_, status, took = os.wait4(run.pid, 0)
run.returncode = os.waitstatus_to_exitcode(status)
print(json.dumps([run.returncode, said, took.ru_utime + took.ru_stime, took.ru_maxrss / 1024]))
"""
"""A small process that starts the command: a process begins with the memory of the one that it comes from."""


@dataclass(frozen=True)
class Metered:
    """What a command came to."""

    code: int
    said: str
    seconds: float
    """Of a processor, for the command and all processes that it started; other work on the computer does not count."""
    megabytes: float


def metered(*args: str | Path, stdin: Path = Path(os.devnull), **env: str) -> Metered:
    """Run a command and measure it; its results are thrown away."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PUSHPULL", "COLUMNS", "COV"))}
    command = [sys.executable, "-c", _METER, str(stdin), sys.executable, "-m", "pushpull", *map(str, args)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60, env=clean | env)
    return Metered(*json.loads(done.stdout))
