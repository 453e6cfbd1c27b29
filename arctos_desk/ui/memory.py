"""What a laptop remembers of an event's screens from start to start: plain words by key. Writes nothing itself."""

from __future__ import annotations

from typing import Protocol


class Memory(Protocol):
    """Words by key; empty for what was never remembered."""

    def recall(self, key: str) -> str: ...

    def remember(self, key: str, value: str) -> None: ...


class Forgetful:
    """Remembers for as long as it lives: for tests and for a desk without settings."""

    def __init__(self) -> None:
        self._held: dict[str, str] = {}

    def recall(self, key: str) -> str:
        return self._held.get(key, "")

    def remember(self, key: str, value: str) -> None:
        self._held[key] = value
