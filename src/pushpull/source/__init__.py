"""YAML with places: every value knows its file, line and column, and one tree can be laid over another."""

from pushpull.source.mistakes import check, closest
from pushpull.source.reading import decode, has_remarks, read
from pushpull.source.tree import Node, merge, place_of, plain

__all__ = ["Node", "check", "closest", "decode", "has_remarks", "merge", "place_of", "plain", "read"]
