"""The suggestion and its outlook for very many students: the same as `suggest` and `outlook`, in microseconds.

A profile is compiled once, and so is each answer: into one whole number in which everything that an answer adds stands
side by side. A row of answers is then one sum, and what follows from such a sum is looked up. What is not remembered
yet is asked of `rule` and `outlook`, so there is no second rule.
"""

from __future__ import annotations

from pushpull.tally.profile import Profile
from pushpull.tally.result import Tally
from pushpull.tally.ruling import Ruling
from pushpull.tally.weight import Weight

__all__ = ["Profile", "Ruling", "Tally", "Weight"]
