"""A log in memory whose power can fail at every step, and that can be set back to an old backup.

Loses nothing it acknowledged.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence

from arctos_desk.operations.memory_log import MemoryLog
from arctos_desk.operations.ports import PersonChange, ProjectionChange
from arctos_desk.wire.operation import Sealed


class PowerCut(Exception):
    """The laptop went dark in the middle of a write."""


class FaultyLog(MemoryLog):
    """`cut` says where the next write dies: "before" or "after" the commit, or "" for never."""

    def __init__(self, tournament: str) -> None:
        super().__init__(tournament)
        self.cut = ""

    def append(self, sealed: Sequence[Sealed], change: ProjectionChange, people: Sequence[PersonChange] = ()) -> None:
        self._fail("before")
        super().append(sealed, change, people)
        self._fail("after")

    def receive(self, sealed: Sequence[Sealed], change: ProjectionChange, people: Sequence[PersonChange] = ()) -> None:
        self._fail("before")
        super().receive(sealed, change, people)
        self._fail("after")

    def power_returns(self) -> None:
        """What a restart finds: everything that was committed."""
        self.cut = ""

    def backup(self) -> FaultyLog:
        """A copy of what is committed now; operations themselves are immutable and shared."""
        kept = copy.copy(self)
        kept.streams = {stream: list(sealed) for stream, sealed in self.streams.items()}
        kept.apart = list(self.apart)
        kept._by_id = dict(self._by_id)
        kept._touching = {reference: list(some) for reference, some in self._touching.items()}
        kept._in_order = list(self._in_order)
        kept._forked_from = dict(self._forked_from)
        kept._people = dict(self._people)
        kept.cut = ""
        return kept

    def _fail(self, where: str) -> None:
        if self.cut == where:
            self.cut = ""
            raise PowerCut
