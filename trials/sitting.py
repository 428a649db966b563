"""The program's own `main`, again and again in one process: one command for each line of JSON that comes in.

`python trials/sitting.py IN OUT` reads lists of words from one handle, and answers on the other with the exit code,
the seconds of the processor, and the memory. Its keyboard and its screen are the terminal that it was given.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import resource
import sys
import time
from pathlib import Path

from pushpull.cli import main

_OFTEN = 10
_PAGE = os.sysconf("SC_PAGE_SIZE")


def memory() -> float:
    """Return the resident memory of this process in MiB."""
    proc = Path("/proc/self/statm")
    if proc.exists():
        return int(proc.read_text().split()[1]) * _PAGE / 1024**2
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2


def run(words: list[str]) -> object:
    """Run one command; return its exit code, or what a bug raised."""
    sys.argv = ["pushpull", *words]
    sys.stdin = open(0, closefd=False)  # noqa: SIM115  as a process finds it that has read nothing yet
    try:
        main()
    except SystemExit as end:
        return end.code or 0
    except BaseException as error:  # noqa: BLE001  a bug of the program is told to the one who types
        return repr(error)
    finally:
        gc.unfreeze()  # `main` takes it that the process ends
    return 0


def serve(into: int, out: int) -> None:
    """Run commands until no more come."""
    with os.fdopen(into) as orders, os.fdopen(out, "w") as reports, contextlib.suppress(BrokenPipeError):
        for number, line in enumerate(orders):
            began = time.process_time()
            code = run(json.loads(line))
            seconds = time.process_time() - began
            if not number % _OFTEN:
                gc.collect()  # what is measured is what is really kept
            report = {"code": code, "seconds": seconds, "memory": memory(), "blocks": sys.getallocatedblocks()}
            reports.write(json.dumps(report) + "\n")
            reports.flush()


if __name__ == "__main__":
    serve(int(sys.argv[1]), int(sys.argv[2]))
