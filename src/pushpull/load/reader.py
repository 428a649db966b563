"""Turns parts of the knowledge into frozen values; every problem of every file is gathered first."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pushpull.load.layers import Layers
from pushpull.load.prepared import NotPrepared
from pushpull.problems import BadFile, Problem
from pushpull.source.tree import Node

Loaded = TypeVar("Loaded")
_ENOUGH = 1000
"""Problems after which nothing more is looked at: nobody mends more at a time, and there could be very many."""


class Reader:
    """Turns parts into values and remembers which ids exist and what went wrong."""

    def __init__(
        self, overlays: Sequence[Path], language: str, base: Path | None = None, *, with_places: bool = True
    ) -> None:
        self.layers = Layers(overlays, base, with_places=with_places)
        self.checks = with_places or bool(overlays)
        """Whether anything is to be judged beyond its type. The built-in files by themselves were, before."""
        self.language = language
        self.problems: list[Problem] = []
        self.ids: dict[str, frozenset[str]] = {}
        self.parts: dict[str, Node] = {}

    def know(self, kind: str, part: Node) -> None:
        """Remember a part under its kind, so that its ids can be referred to."""
        self.parts[kind] = part
        if f"{kind}s" not in self.layers.unread:
            self.ids[kind] = frozenset(part.entries())

    def typed(self, kind: Any, node: Node) -> Any:
        """Return the value of a node, or None once its problems are gathered."""
        # The program's phrases need no types, and `--help` nothing but phrases.
        from pushpull.kb.entry import Known  # noqa: PLC0415
        from pushpull.source.mistakes import check  # noqa: PLC0415

        value, problems = check(kind, node, Known(self.language, self.ids))
        self.problems += problems
        if len(self.problems) >= _ENOUGH:
            raise BadFile(self.found)
        return value

    @property
    def found(self) -> list[Problem]:
        """Return everything gathered so far."""
        return [*self.layers.problems, *self.problems]


def loaded(
    work: Callable[[Reader], Loaded], overlays: Sequence[Path], language: str, base: Path | None = None
) -> Loaded:
    """Return what `work` makes of the knowledge; raise `BadFile` with all problems.

    What was prepared is taken first. Every file is read itself only if one was changed since, or if something is wrong:
    then somebody has to be told where.
    """
    with contextlib.suppress(NotPrepared):
        quick = Reader(overlays, language, base, with_places=False)
        value = work(quick)
        if not quick.found:
            return value
    slow = Reader(overlays, language, base)
    value = work(slow)
    if slow.found:
        raise BadFile(slow.found)
    return value
