"""A plan as YAML that a person can read: words as people write them, and the very same words read again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml


def dump(raw: Mapping[str, Any]) -> str:
    """Return the content of a plan file."""
    return yaml.dump(dict(raw), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)


class _Dumper(yaml.SafeDumper):
    """Writes words as people write them: only what would be read as nothing gets quotes."""


def _in_line(dumper: yaml.SafeDumper, ticks: list[Any]) -> yaml.Node:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", ticks, flow_style=True)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    """Write a text so that the very same text is read again; half a letter, which no file can hold, becomes `?`."""
    text = text.encode(errors="replace").decode()
    # Line ends other than \n, and tabs at the start of a line, come back only from double quotes.
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=None if text.isprintable() else '"')


_NULL = "tag:yaml.org,2002:null"
_Dumper.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag == _NULL]
    for first, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()
}
_Dumper.add_representer(list, _in_line)
_Dumper.add_representer(str, _text)
