"""Versions of plans: an older one is brought up to the present one, a newer one is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from pushpull.plan.fields import VERSION
from pushpull.problems import BadFile, Problem
from pushpull.source.tree import Node

Step = tuple[str, Callable[[Node], Node], str]
"""The next version, how a plan becomes one of it, and the id of the sentence that says what changed."""

STEPS: Mapping[str, Step] = {}
"""By the version that a plan has. There is one version so far. Whoever makes a second one adds the step from the first
here: the words of a plan keep their places, so that a mistake in an older plan is still found where it stands."""

_LONGEST = 6  # digits; Python itself counts no further than some thousands


def brought_up(node: Node) -> tuple[Node, list[Problem]]:
    """Return a plan as one of the present version, and what changed on the way; raise `BadFile` if it cannot be one."""
    version = node.get("plan")
    if version is None or version.value is None:
        raise BadFile([Problem.at(node.place, "no_plan_version", version=VERSION)])
    if not isinstance(version.value, str):
        raise BadFile([Problem.at(version.place, "text_expected", word="plan")])
    found, changed = version.value, list[Problem]()
    while found in STEPS:
        following, change, say = STEPS[found]
        node = change(node)
        changed.append(Problem.at(version.place, say, word=found, version=following))
        found = following
    if found != VERSION:
        newer = found.isdecimal() and len(found) < _LONGEST and int(found) > int(VERSION)
        say = "newer_plan_version" if newer else "other_plan_version"
        raise BadFile([Problem.at(version.place, say, word=version.value, version=VERSION)])
    if changed:
        node = replace(node, value={**node.entries(), "plan": replace(version, value=VERSION)})
    return node, changed
