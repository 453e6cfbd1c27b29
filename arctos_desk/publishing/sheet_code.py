"""The code on a score sheet: read by a camera, or typed from a short form when no camera is there. Draws nothing.

What a camera reads is `ARCTOS:1:<event id>:<match id>`; 1 is the version of this writing. The short form is eight
letters and figures made from the id of the match alone (seven of its digest, one to notice a slip of the hand): a
printed sheet keeps its code while teams, times and names change.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import Final

import segno

VERSION: Final = "1"
_PREFIX: Final = "ARCTOS"
# Crockford's letters: none that is taken for a figure, and no U, so that no word is spelt by chance.
_LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS: Final = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})
_LENGTH: Final = 7

Modules = tuple[tuple[bool, ...], ...]
"""Rows of a square code, True where it is black; without the quiet margin."""


def payload(event_id: str, match_id: str) -> str:
    """What the square code says."""
    return f"{_PREFIX}:{VERSION}:{event_id}:{match_id}"


def read_payload(text: str) -> tuple[str, str] | None:
    """Event id and match id of a code that was read; None for what is no code of ours or of a newer writing."""
    parts = text.strip().split(":")
    if len(parts) != 4 or parts[:2] != [_PREFIX, VERSION] or not all(parts[2:]):
        return None
    return parts[2], parts[3]


def short_code(match_id: str) -> str:
    """The code of a match for people, such as `7K2M-Q9X4`."""
    number = int.from_bytes(sha256(match_id.encode()).digest()[:8], "big")
    letters = "".join(_LETTERS[number >> 5 * place & 31] for place in range(_LENGTH))
    letters += _check(letters)
    return f"{letters[:4]}-{letters[4:]}"


def match_of_code(code: str, match_ids: Iterable[str]) -> str | None:
    """The match whose short code somebody typed, in any case, dash or no dash; None when it is none of these."""
    typed = code.upper().translate(_READ_AS)
    if len(typed) != _LENGTH + 1 or not set(typed) <= set(_LETTERS) or _check(typed[:_LENGTH]) != typed[-1]:
        return None
    return next((one for one in match_ids if short_code(one).replace("-", "") == typed), None)


def _check(letters: str) -> str:
    """A letter that changes when one letter is mistaken, and nearly always when two neighbours are swapped."""
    return _LETTERS[sum((2 * place + 1) * _LETTERS.index(letter) for place, letter in enumerate(letters)) % 32]


def modules_of(text: str) -> Modules:
    """The square code (QR, a quarter of it may be dirty or torn)."""
    return tuple(tuple(bool(module) for module in row) for row in segno.make_qr(text, error="q").matrix)
