"""Names that may mean one person: the same but for case, accents, order of words, or a single slip of the keyboard.

Proposes only; whether two people are one is for people to say. Never compares every name with every other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Final

NEAR_LEAST: Final = 5
"""Letters that a name needs before a slip is looked for: Tim and Tom are two people."""

_COMPARED_MOST: Final = 32
"""Names with one key that are compared with each other: more come only from lists that are no names."""
_KEYED_MOST: Final = 40
"""Letters of a name that are looked at for a slip."""
_NOT_LETTERS: Final = re.compile(r"[\W_]+")
_DIGITS: Final = re.compile(r"\d+")
_SPELT: Final = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i"})


def plain_name(name: str) -> str:
    """A name for telling who is the same: as `written_name`, with its words in alphabetical order."""
    written = written_name(name)
    return " ".join(sorted(written.split(" "))) if " " in written else written


def written_name(name: str) -> str:
    """A name for telling a slip: lower case, no accents, nothing but letters, digits and single blanks."""
    if name.isascii():
        text = name.lower()
    else:
        taken_apart = unicodedata.normalize("NFKD", name.casefold().translate(_SPELT))
        text = "".join(letter for letter in taken_apart if not unicodedata.combining(letter))
    return _NOT_LETTERS.sub(" ", text).strip()


def near_names(names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Pairs of keys whose names differ by one slip: a letter more, less, another, or two exchanged.

    `names` are written names by any key. Of names that are the same only the first is looked at; digits must agree.
    """
    first: dict[str, str] = {}
    for key, name in names.items():
        if len(name) >= NEAR_LEAST:
            first.setdefault(name, key)
    buckets: dict[tuple[str, str], list[str]] = {}
    for name in first:
        digits, letters = " ".join(_DIGITS.findall(name)), _DIGITS.sub("", name)[:_KEYED_MOST]
        keys = {letters, *(letters[:place] + letters[place + 1 :] for place in range(len(letters)))}
        for one in keys:
            buckets.setdefault((digits, one), []).append(name)
    told: set[tuple[str, str]] = set()
    for some in buckets.values():
        few = some[:_COMPARED_MOST]
        for index, one in enumerate(few):
            for other in few[index + 1 :]:
                if (one, other) not in told and is_one_slip(one, other):
                    told.add((one, other))
                    yield first[one], first[other]


def is_one_slip(one: str, other: str) -> bool:
    """Whether a letter more, less or another, or two neighbours exchanged, makes one name out of the other."""
    if one == other:
        return False
    shorter, longer = sorted((one, other), key=len)
    if len(longer) - len(shorter) > 1:
        return False
    start = 0
    while start < len(shorter) and shorter[start] == longer[start]:
        start += 1
    if len(shorter) < len(longer):
        return shorter[start:] == longer[start + 1 :]
    if shorter[start + 1 :] == longer[start + 1 :]:
        return True
    exchanged = longer[start + 1 : start + 2] + longer[start : start + 1]
    return shorter[start : start + 2] == exchanged and shorter[start + 2 :] == longer[start + 2 :]
