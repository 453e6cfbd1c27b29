"""How much a script may use: text, steps, depth, lists, numbers.

Holds numbers only; the reader and the evaluator obey them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

TEXT_LENGTH: Final = 100_000
"""Characters of one expression."""

TEXT_DEPTH: Final = 1_000
"""Levels of brackets and quotes of one expression."""

TEXT_TOKENS: Final = 25_000
"""Tokens of one expression."""


@dataclass(frozen=True, slots=True)
class Budget:
    """What one evaluation may use. A step is about one call or one list cell; depth counts calls within calls."""

    steps: int = 1_000_000
    depth: int = 20_000
    list_length: int = 100_000
    digits: int = 100_000
    result_size: int = 200_000

    @property
    def bits(self) -> int:
        """The digits as bits of an integer."""
        return self.digits * 3322 // 1000 + 1


DEFAULT: Final = Budget()
