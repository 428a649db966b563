"""The tree that a file becomes, and the one rule by which a layer changes it (JSON Merge Patch, RFC 7396)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pushpull.problems import Place


@dataclass(frozen=True, slots=True)
class Node:
    """One value of a file: a text, nothing, a list or a map of further nodes, and where it stands."""

    value: str | tuple[Node, ...] | Mapping[str, Node] | None
    place: Place
    keys: Mapping[str, Place] = field(default_factory=dict)
    """For a map: where the word before each colon stands."""

    def entries(self) -> Mapping[str, Node]:
        """Return the entries of a map; nothing for anything else."""
        return self.value if isinstance(self.value, Mapping) else {}

    def get(self, key: str) -> Node | None:
        """Return the node under `key`, or None."""
        return self.entries().get(key)


class Ready(Mapping[str, Node]):
    """The entries of a map whose file was read and checked before: nodes are made only for what is looked at.

    Where something stands in such a file is not known. Whoever needs a place reads the file itself.
    """

    __slots__ = ("place", "tree")

    def __init__(self, tree: Mapping[str, Any], place: Place) -> None:
        self.tree = tree
        self.place = place

    def __getitem__(self, key: str) -> Node:
        return ready(self.tree[key], self.place)

    def __iter__(self) -> Iterator[str]:
        return iter(self.tree)

    def __len__(self) -> int:
        return len(self.tree)


def ready(tree: Any, place: Place) -> Node:
    """Return the node of a plain tree that was read and checked before."""
    match tree:
        case dict():
            return Node(Ready(tree, place), place)
        case list():
            return Node(tuple(ready(item, place) for item in tree), place)
        case _:
            return Node(tree, place)


def parts(node: Node) -> int:
    """Return how many values a tree has."""
    match node.value:
        case tuple(items):
            return 1 + sum(map(parts, items))
        case Mapping() as entries:
            return 1 + sum(map(parts, entries.values()))
        case _:
            return 1


def plain(node: Node) -> Any:
    """Return the tree as plain dicts, lists, texts and None, ready for checking or saving."""
    match node.value:
        case Ready() as known:
            return known.tree
        case tuple(items):
            return [plain(item) for item in items]
        case Mapping() as entries:
            return {key: plain(item) for key, item in entries.items()}
        case _:
            return node.value


def place_of(node: Node, path: Sequence[str | int], *, key: bool = False) -> Place:
    """Return where the value at `path` stands, or the nearest place above it; with `key`, where its word stands."""
    place, word = node.place, node.place
    for step in path:
        match node.value, step:
            case Mapping() as entries, str() if step in entries:
                word = node.keys.get(step, entries[step].place)
                node = entries[step]
                place = node.place
            case tuple(items), int() if step < len(items):
                node = items[step]
                place = word = node.place
            case _:
                return place
    return word if key else place


def merge(base: Node, patch: Node, *, keep_empty: bool = False) -> Node:
    """Lay `patch` over `base`: maps combine, an empty value removes, anything else replaces.

    With `keep_empty`, an empty value stays: the result is itself a patch, and is to remove something below it.
    """
    if not isinstance(patch.value, Mapping):
        return patch
    if isinstance(patch.value, Ready) and (not base.entries() or isinstance(base.value, Ready)):
        below = base.value.tree if isinstance(base.value, Ready) else {}
        return ready(_merged(below, patch.value.tree, keep_empty=keep_empty), patch.place)
    entries = dict(base.entries())
    keys = dict(base.keys)
    for key, value in patch.value.items():
        keys[key] = patch.keys.get(key, value.place)
        if value.value is None and not keep_empty:
            entries.pop(key, None)
        else:
            empty = Node({}, value.place)
            entries[key] = merge(entries.get(key, empty), value, keep_empty=keep_empty)
    return Node(entries, patch.place, keys)


def _merged(base: Mapping[str, Any], patch: Mapping[str, Any], *, keep_empty: bool) -> dict[str, Any]:
    """Lay one plain tree over another, by the same rule."""
    entries = dict(base)
    for key, value in patch.items():
        if value is None and not keep_empty:
            entries.pop(key, None)
        elif isinstance(value, dict):
            below = entries.get(key)
            entries[key] = _merged(below if isinstance(below, dict) else {}, value, keep_empty=keep_empty)
        else:
            entries[key] = value
    return entries
