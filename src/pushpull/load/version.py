"""The version of the built-in content, without reading the rest of it."""

from __future__ import annotations

from pushpull.load.layers import Layers
from pushpull.load.prepared import NotPrepared
from pushpull.source.tree import plain


def content_version() -> str:
    """Return the version of the built-in content."""
    try:
        rules = Layers((), with_places=False).part("rules")
    except NotPrepared:
        rules = Layers((), with_places=True).part("rules")
    return str(plain(rules)["version"])


def reads_fast() -> bool:
    """Return whether the YAML library has its part in C. Without it all is the same, and reading takes longer."""
    from pushpull.source.reading import FAST  # noqa: PLC0415  a moment, for those who ask

    return FAST
