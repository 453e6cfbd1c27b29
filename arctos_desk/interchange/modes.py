"""The wording of a rule of play ("Best of Three, 5 Skulls") as the legal keys of a match. Keeps no wording itself.

A wording nobody knows is not an error: the match then has no keys, and people read the wording.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from arctos_desk.tournament.kinds import SetType

_NUMBERS: Final = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
}
_MOST: Final = 1_000

_BEST_OF: Final = re.compile(r"\b(?:best\s*of|bo)\s*(\d{1,3}|[a-z]+)\b")
_TARGET: Final = re.compile(r"\b(\d{1,3})\s*(?:skulls?|points?|punkte?|punkten|pont|puntos?)\b")
_STONES: Final = re.compile(r"\b(?:(\d{1,2})\s*[x×*]\s*)?(\d{1,4})\s*(?:stones?|steine?n?|piedras?)\b")
_SETS: Final = re.compile(r"\b(\d{1,2}|[a-z]+)\s*(?:sets?|sätze?|satz|halves|halbzeiten)\b")
_TIMED: Final = re.compile(r"\btime[ -]?(?:framed?|d|limit(?:ed)?)\b|\bzeit(?:spiel|limit)?\b")


@dataclass(frozen=True, slots=True)
class Mode:
    """Legal keys of a match. `target` is the number of points that wins a set, where the wording names one."""

    set_type: SetType = SetType.SETS
    sets: int | None = None
    stones_per_set: int | None = None
    target: int | None = None
    known: bool = True


def read_mode(wording: str) -> Mode:
    """The keys that a wording names: English, with the German, Spanish and Hungarian words seen in files."""
    text = wording.casefold()
    target = _TARGET.search(text)
    points = _within(target[1]) if target else None
    stones = _STONES.search(text)
    if stones:
        sets = _within(stones[1]) if stones[1] else _count(_SETS, text)
        return Mode(SetType.STONES, sets or 1, _within(stones[2]), points)
    best_of = _count(_BEST_OF, text)
    if _TIMED.search(text):
        # Time is counted in stones; how many is not said, so the desk's own default holds when the match starts.
        return Mode(SetType.STONES, best_of or _count(_SETS, text) or 1, None, points)
    sets = best_of or _count(_SETS, text)
    if sets is None and points is None:
        return Mode(known=not text.strip())
    return Mode(SetType.SETS, sets or 1, None, points)


def _count(pattern: re.Pattern[str], text: str) -> int | None:
    found = pattern.search(text)
    if found is None:
        return None
    return _NUMBERS.get(found[1]) or _within(found[1])


def _within(digits: str) -> int | None:
    number = int(digits) if digits.isdecimal() and digits.isascii() else 0
    return number if 0 < number <= _MOST else None
