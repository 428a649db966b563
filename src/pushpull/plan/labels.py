"""What a student is called in a plan."""

from __future__ import annotations

import re
from collections.abc import Collection

_SHORTEST = 2  # letters; initials have one


def looks_like_a_name(label: str, common: Collection[str] = ()) -> bool:
    """Return whether a label looks like a first and a last name: two words or more that start with a capital letter.

    Initials, nicknames, numbers and `common` words (in small letters), such as "Student", are not counted.
    """
    words = [
        word
        for word in re.findall(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*", label)
        if len(word) >= _SHORTEST and word[0].isupper() and not word.isupper() and word.casefold() not in common
    ]
    return len(words) >= _SHORTEST
