"""The files of the built-in knowledge, read once when the program is installed.

YAML with places takes twenty times as long to read as JSON, and everybody who starts the program would wait for it. So
each file's plain tree lies in the package as JSON, beside a digest of the file that it was read from. A file that was
changed since is read itself: nothing here has to be kept up to date by hand.
"""

from __future__ import annotations

import json
import zlib
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "prepared"


def prepare(data: Path, folder: Path = FOLDER) -> None:
    """Write the trees of all files below `data`; raise `BadFile` if one of them cannot be read."""
    # The program itself needs neither while it reads what was prepared.
    from pushpull.problems import BadFile  # noqa: PLC0415
    from pushpull.source.reading import decode, read  # noqa: PLC0415
    from pushpull.source.tree import plain  # noqa: PLC0415

    for path in sorted(data.rglob("*.yaml")):
        raw = path.read_bytes()
        text, problems = decode(raw, path.name)
        node, unread = read(text, path.name)
        if problems or unread:
            raise BadFile([*problems, *unread])
        to = (folder / path.relative_to(data)).with_suffix(".json")
        to.parent.mkdir(parents=True, exist_ok=True)
        content = json.dumps({"of": digest(raw), "tree": plain(node)}, ensure_ascii=False, separators=(",", ":"))
        to.write_text(content, encoding="utf-8")


class NotPrepared(Exception):  # noqa: N818  it is no error: the file itself is read instead
    """A file was changed since it was prepared, or never was."""


def tree_of(name: Path, raw: bytes) -> Any:
    """Return the plain tree of a file with this name and these bytes; raise `NotPrepared` if it was not prepared."""
    try:
        found = json.loads((FOLDER / name).with_suffix(".json").read_bytes())
    except (OSError, ValueError):
        raise NotPrepared from None
    if found.get("of") != digest(raw):
        raise NotPrepared
    return found["tree"]


def digest(raw: bytes) -> str:
    """Return what tells one content of a file from another: a checksum will do, nobody changes them to deceive."""
    return f"{len(raw)}-{zlib.crc32(raw):08x}"
