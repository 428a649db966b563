"""Reading the files of the built-in knowledge and of every layer above it into one tree for each part."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from pushpull.load import prepared, where
from pushpull.problems import BadFile, Place, Problem
from pushpull.source.tree import Node, merge, parts, ready

_MOST_PARTS = 150_000
"""Texts, lists and maps in all layers; the built-in knowledge has a quarter of it."""


class Layers:
    """The folders of knowledge, lowest first, and the problems met while reading them.

    Without places, `prepared.NotPrepared` is raised by a built-in file that has changed since it was prepared.
    """

    def __init__(self, overlays: Sequence[Path], base: Path | None = None, *, with_places: bool) -> None:
        self.folders = (base or where.built_in(), *overlays)
        self.with_places = with_places
        """Whether every file is read itself. If not, what was prepared stands for the built-in ones."""
        self.problems: list[Problem] = []
        self.room = _MOST_PARTS
        """How many more parts the layers may hold."""
        self.unread: set[str] = set()
        """Parts of which a file could not be read: what they would have held is not known."""
        self.known: dict[Path, Node | None] = {}
        """What was read already: profiles are looked at for their ids first, and for themselves later."""
        for folder in overlays:
            self.problems += where.check_layer(folder)

    def part(self, name: str, ids: Iterable[str] | None = None) -> Node:
        """Return one part of the knowledge with all layers laid over one another.

        A part is a file (`comparison`) or a folder (`services`); a folder becomes a map of its files, of those in
        `ids` if given.
        """
        wanted = None if ids is None else frozenset(ids)
        whole = Node({}, Place(f"{name}.yaml"))
        for folder in self.folders:
            for word, path in where.files_of(folder, name):
                if word and wanted is not None and word not in wanted:
                    continue
                node = self.read(folder, path)
                if node is None:
                    self.unread.add(name)
                    continue
                if word:
                    node = Node({word: node}, node.place, {word: node.place})
                # A profile is a patch over the general questions: what it removes there is still to be removed.
                whole = merge(whole, node, keep_empty=name == "services")
        return whole

    def read(self, folder: Path, path: Path) -> Node | None:
        """Return the tree of one file, or None if it cannot be read; what is wrong with it is gathered."""
        if path not in self.known:
            self.known[path] = self._read(folder, path)
        return self.known[path]

    def _read(self, folder: Path, path: Path) -> Node | None:
        raw, name = where.contents(path), where.shown(path)
        if not self.with_places and folder == self.folders[0]:
            return ready(prepared.tree_of(path.relative_to(folder), raw), Place(name))
        # A command that finds everything prepared does not need YAML at all.
        from pushpull.source.reading import decode, read  # noqa: PLC0415

        text, problems = decode(raw, name)
        node = None
        if not problems:
            node, problems = read(text, name)
            if not isinstance(node.value, dict) and not problems:
                problems = [Problem.at(node.place, "entries_expected", word=path.stem)]
        if folder != self.folders[0]:
            self.room -= parts(node) if node else 0
            if self.room < 0:
                problems = [Problem.at(Place(name), "too_many_parts")]
        if any(problem.say == "too_many_parts" for problem in problems):
            raise BadFile(problems)  # at once: whatever else is in such a layer, reading on would take too long
        self.problems += problems
        return node if node and isinstance(node.value, dict) and (node.value or not problems) else None
