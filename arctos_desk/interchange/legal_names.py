"""Names from outside made into names that files and scripts can carry: keys of teams, names of matches.

Judges no spelling.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from typing import Final

KEY_MOST: Final = 50
"""Characters of a team's key (spec arctos.md §1.1)."""

NAME_MOST: Final = 200
"""Characters of a name (spec arctos.md §1, string limits)."""

# Letters that Unicode does not take apart, as people write them when the keyboard lacks them.
_SPELT: Final = str.maketrans(
    {
        "ß": "ss",
        "ẞ": "ss",
        "æ": "ae",
        "Æ": "ae",
        "œ": "oe",
        "Œ": "oe",
        "ø": "o",
        "Ø": "o",
        "ł": "l",
        "Ł": "l",
        "đ": "d",
        "Đ": "d",
        "ð": "d",
        "Ð": "d",
        "þ": "th",
        "Þ": "th",
        "ı": "i",
    }
)


def clean_text(text: str) -> str:
    """The text as the log can carry it: NFC, control characters as blanks, no blanks at the ends; else as it was."""
    visible = "".join(" " if unicodedata.category(letter) in _INVISIBLE else letter for letter in text)
    return unicodedata.normalize("NFC", visible).strip()


_INVISIBLE: Final = frozenset({"Cc", "Cs", "Zl", "Zp"})


def legal_key(name: str) -> str:
    """A name as a key: ASCII letters, digits and hyphens, at most 50; empty when the name holds none of them."""
    plain = unicodedata.normalize("NFKD", name.translate(_SPELT)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:KEY_MOST].strip("-")


def legal_match_name(name: str) -> str:
    """A match name without comma, double colon and slash (spec scheduling.md §1.1); may be empty."""
    text = clean_text(name).replace("/", "-").replace(",", " ")
    text = re.sub(r":{2,}", ":", text)
    return cut(" ".join(text.split()), NAME_MOST)


def cut(text: str, most: int) -> str:
    """The text, shortened to at most so many characters."""
    return text if len(text) <= most else text[:most].rstrip()


def unused(wanted: str, taken: Collection[str], *, most: int = NAME_MOST, joint: str = " ({number})") -> str:
    """The wanted name, numbered from 2 when it is taken."""
    if wanted not in taken:
        return wanted
    number = 2
    while True:
        ending = joint.format(number=number)
        name = cut(wanted, most - len(ending)) + ending
        if name not in taken:
            return name
        number += 1
