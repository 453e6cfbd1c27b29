"""Canonical JSON: the one byte form of a value, so that hashes and signatures mean the same everywhere (sync.md §4.2).

UTF-8, keys sorted by code point, no spaces, no floats, no nulls, integers within ±(2^53-1), strings in NFC, at most
16 KiB and 32 levels. Knows nothing of what the values mean.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from typing import Any, Final, NoReturn

Json = Any
"""A canonical JSON value: str, int, bool, list or object of these."""

MAX_BYTES: Final = 16 * 1024
"""The largest operation, as bytes."""

MAX_LEVELS: Final = 32
MAX_INTEGER: Final = 2**53 - 1


class NotCanonical(ValueError):
    """The value or the bytes have no canonical form; `code` is for machines, `place` a path like `d.set.match/3f`."""

    def __init__(self, code: str, place: str = "", detail: str = "") -> None:
        self.code = code
        self.place = place
        super().__init__(" ".join(part for part in (code, f"at {place}" if place else "", detail) if part))


class TooLarge(NotCanonical):
    """The canonical form is longer than an operation may be."""

    def __init__(self, length: int, limit: int) -> None:
        self.length = length
        self.limit = limit
        super().__init__("TOO_LARGE", detail=f"{length} bytes, at most {limit}")


def canonical_bytes(value: Json, *, limit: int | None = MAX_BYTES) -> bytes:
    """The canonical form of a value. Tuples count as lists, mappings as objects. Raises NotCanonical, TooLarge."""
    text = json.dumps(_plain(value, "", 0), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    raw = text.encode("utf-8")
    if limit is not None and len(raw) > limit:
        raise TooLarge(len(raw), limit)
    return raw


def parse_canonical(raw: bytes, *, limit: int | None = MAX_BYTES) -> Json:
    """The value of canonical bytes; any other form of the same value is refused. Raises NotCanonical, TooLarge."""
    if limit is not None and len(raw) > limit:
        raise TooLarge(len(raw), limit)
    try:
        value = json.loads(
            raw.decode("utf-8"), parse_float=_no_float, parse_constant=_no_float, object_pairs_hook=_no_repeats
        )
    except NotCanonical:
        raise
    except UnicodeDecodeError as error:
        raise NotCanonical("NOT_UTF8", f"byte {error.start}") from error
    except json.JSONDecodeError as error:
        raise NotCanonical("NOT_JSON", f"character {error.pos}", error.msg) from error
    except RecursionError as error:
        raise NotCanonical("TOO_DEEP") from error
    except ValueError as error:  # an integer of thousands of digits
        raise NotCanonical("BAD_INTEGER") from error
    again = canonical_bytes(value, limit=limit)
    if again != raw:
        at = next((i for i, (one, other) in enumerate(zip(raw, again, strict=False)) if one != other), len(again))
        raise NotCanonical("OTHER_FORM", f"byte {at}")
    return value


def _plain(value: Json, place: str, level: int) -> Json:
    """The value as json.dumps takes it, after every rule was checked."""
    if isinstance(value, str):
        _check_text(value, place)
        return value
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        if not -MAX_INTEGER <= value <= MAX_INTEGER:
            raise NotCanonical("BAD_INTEGER", place)
        return int(value)
    if level >= MAX_LEVELS:
        raise NotCanonical("TOO_DEEP", place)
    if isinstance(value, Mapping):
        plain: dict[str, Json] = {}
        for key, inner in value.items():
            if not isinstance(key, str):
                raise NotCanonical("KEY_NOT_TEXT", place)
            where = f"{place}.{key}" if place else key
            _check_text(key, where)
            plain[str(key)] = _plain(inner, where, level + 1)
        return plain
    if isinstance(value, (list, tuple)):
        return [_plain(inner, f"{place}[{index}]", level + 1) for index, inner in enumerate(value)]
    if value is None:
        raise NotCanonical("NULL", place)
    if isinstance(value, float):
        raise NotCanonical("FLOAT", place)
    raise NotCanonical("NO_JSON", place, type(value).__name__)


def _check_text(text: str, place: str) -> None:
    if text.isascii():
        return
    if not unicodedata.is_normalized("NFC", text):
        raise NotCanonical("NOT_NFC", place)
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise NotCanonical("LONE_SURROGATE", place)


def _no_float(text: str) -> NoReturn:
    raise NotCanonical("FLOAT", detail=text[:40])


def _no_repeats(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    made = dict(pairs)
    if len(made) != len(pairs):
        seen: set[str] = set()
        repeated = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise NotCanonical("REPEATED_KEY", repeated)
    return made
