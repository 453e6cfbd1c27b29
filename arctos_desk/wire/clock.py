"""The hybrid logical clock: 48 bits of milliseconds and a 16 bit counter, as 16 hex digits (sync.md §5.1).

Clocks compare as text. They only break ties and sort lists; which entry replaces which is said by `base`. Reads no
clock of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

COUNTER_BITS: Final = 16
MAX_MS: Final = 2**48 - 1
LAST: Final = "f" * 16
"""The greatest clock there is; whoever ticks past it stays there."""


def pack(ms: int, counter: int = 0) -> str:
    """A clock from its parts; a time outside 48 bits is taken as the nearest that fits."""
    if not 0 <= counter < 1 << COUNTER_BITS:
        raise ValueError(f"a counter has {COUNTER_BITS} bits, not {counter}")
    return f"{min(max(ms, 0), MAX_MS) << COUNTER_BITS | counter:016x}"


def unpack(clock: str) -> tuple[int, int]:
    """Milliseconds and counter of a clock. Raises ValueError."""
    if not is_clock(clock):
        raise ValueError(f"no clock: {clock!r}")
    value = int(clock, 16)
    return value >> COUNTER_BITS, value & ((1 << COUNTER_BITS) - 1)


def is_clock(text: str) -> bool:
    """Whether the text is 16 lower-case hex digits."""
    return len(text) == 16 and all(digit in "0123456789abcdef" for digit in text)


def tick(last: str, wall_ms: int, seen: Iterable[str] = ()) -> str:
    """The clock of a new entry: the wall time, or one more than all that is known if greater (sync.md §4.3 step 2).

    `last` is the greatest clock this desk ever saw, "" for none. A desk that meets the greatest clock of all goes on
    writing with it: an absurd clock must never stop anybody from stating a result.
    """
    known = max((int(clock, 16) for clock in (last, *seen) if clock), default=-1)
    return f"{min(max(int(pack(wall_ms), 16), known + 1), int(LAST, 16)):016x}"
