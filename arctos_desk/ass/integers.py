"""Integers of any length to digits and back in good time; Python itself refuses beyond 4,300 digits. Sets no limit."""

from __future__ import annotations

_CHUNK = 4_000


def from_digits(text: str) -> int:
    """The integer that optional `-` and ASCII digits write, of any length."""
    if len(text) <= _CHUNK:
        return int(text)
    if text[0] == "-":
        return -from_digits(text[1:])
    middle = len(text) // 2
    tail = text[middle:]
    scale: int = 10 ** len(tail)
    return from_digits(text[:middle]) * scale + from_digits(tail)


def to_digits(value: int) -> str:
    """The decimal digits of an integer of any length."""
    if value < 0:
        return "-" + to_digits(-value)
    if value.bit_length() < 13_000:
        return str(value)
    half = value.bit_length() * 301 // 2000
    high, low = divmod(value, 10**half)
    return to_digits(high) + to_digits(low).rjust(half, "0")
