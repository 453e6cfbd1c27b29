"""Identities: UUIDv7 operation ids, random record ids and references of the form kind/id.

Time and chance come by argument.
"""

from __future__ import annotations

from collections.abc import Callable

Chance = Callable[[int], bytes]
"""Gives the asked number of random bytes."""


def uuid7(now_ms: int, chance: Chance) -> str:
    """A UUID version 7 (RFC 9562 §5.7): time-ordered, 74 random bits."""
    random = int.from_bytes(chance(10), "big")
    value = (now_ms & ((1 << 48) - 1)) << 80
    value |= 0x7 << 76
    value |= ((random >> 62) & 0xFFF) << 64
    value |= 0b10 << 62
    value |= random & ((1 << 62) - 1)
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def new_id(chance: Chance) -> str:
    """A random record id: 80 bits as 20 hex digits."""
    return chance(10).hex()


def ref(kind: str, record_id: str) -> str:
    """The reference of a record, as operations and reasons name it: `match/3f…`."""
    return f"{kind}/{record_id}"


def kind_of(reference: str) -> str:
    return reference.partition("/")[0]


def id_of(reference: str) -> str:
    return reference.partition("/")[2]
