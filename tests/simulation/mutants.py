"""Broken variants of the engine, each a mistake that a real system made. A harness that has never failed proves
nothing.

Each mutant is a context manager that breaks one thing and mends it again, and the variant to play with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from typing import Any
from unittest.mock import patch

from arctos_desk.operations import desk as desk_module
from arctos_desk.operations import exchange, reduce
from arctos_desk.operations.ports import EventLog, PersonChange, ProjectionChange
from arctos_desk.wire.frontier import Frontier
from arctos_desk.wire.operation import Sealed
from tests.simulation.faulty_log import FaultyLog, PowerCut
from tests.simulation.history import Variant


@dataclass(frozen=True, slots=True)
class Mutant:
    """One mistake: its name, whoever made it, what to play it with."""

    name: str
    broken: Callable[[], AbstractContextManager[None]]
    variant: Variant


@contextmanager
def _nothing() -> Iterator[None]:
    yield


def _heads_as_they_came(written: list[reduce._Write]) -> list[reduce._Write]:
    by_id = {write.op_id: write for write in written}
    superseded = {one for write in written for one in write.base if one in by_id and by_id[one].order < write.order}
    return [write for write in written if write.op_id not in superseded]


@contextmanager
def _arrival_order() -> Iterator[None]:
    """The last to arrive wins, whatever the clocks say."""
    with patch.object(reduce, "_heads", _heads_as_they_came):
        yield


@contextmanager
def _base_ignored() -> Iterator[None]:
    """Clocks alone decide: what the person saw does not count."""

    def all_of_them(written: list[reduce._Write]) -> list[reduce._Write]:
        return sorted(written, key=lambda write: write.order)

    with patch.object(reduce, "_heads", all_of_them):
        yield


@contextmanager
def _no_tie_break() -> Iterator[None]:
    """Equal ranks are settled by whoever was folded first."""

    honest = reduce._held

    def first_of_equals(
        kind: str, key: str, heads: Any, written: Any, head_refs: frozenset[str], **how: Any
    ) -> reduce.Held:
        held = honest(kind, key, heads, written, head_refs, **how)
        human = reduce.merge_class(kind, key.partition("#")[2]) is reduce.Merge.HUMAN
        if not human or len(heads) == 1:
            return held
        return replace(held, value=max(heads, key=lambda one: reduce.author_rank(one.operation, head_refs)).value)

    with patch.object(reduce, "_held", first_of_equals), patch.object(reduce, "_heads", _heads_as_they_came):
        yield


def _accept_gaps(log: EventLog, batch: Sequence[Sealed]) -> exchange.Accepted:
    """Whatever comes is stored, wherever it belongs."""
    fresh = [one for one in batch if not log.known([one.operation.id])]
    return exchange.Accepted(tuple(sorted(fresh, key=lambda one: one.operation.number)), (), ())


class GapLog(FaultyLog):
    """Stores rows with holes and calls the highest number its frontier."""

    def _store(self, sealed: Sequence[Sealed]) -> None:
        for one in sealed:
            stream = self.streams.setdefault(one.operation.stream, [])
            stream.append(one)
            self._remember(one)

    def _remember(self, one: Sealed) -> None:
        operation = one.operation
        self._last_clock = max(self._last_clock, operation.clock)
        self._by_id[operation.id] = operation
        self._in_order.append(operation)
        self._in_order.sort(key=lambda one: one.order)
        for reference in reduce.touched(operation):
            self._touching.setdefault(reference, []).append(operation)

    def frontier(self) -> Frontier:
        highest = {
            stream: max(sealed, key=lambda one: one.operation.number)
            for stream, sealed in self.streams.items()
            if sealed
        }
        return {stream: (one.operation.number, one.hash[:12]) for stream, one in highest.items()}

    def sealed_after(self, stream: str, number: int, limit: int) -> Sequence[Sealed]:
        rows = sorted(self.streams.get(stream, []), key=lambda one: one.operation.number)
        return [one for one in rows if one.operation.number > number][:limit]


class CursorFirstLog(FaultyLog):
    """Moves its frontier in one transaction and stores the rows in the next."""

    def __init__(self, tournament: str) -> None:
        super().__init__(tournament)
        self.cursor: dict[str, tuple[int, str]] = {}

    def frontier(self) -> Frontier:
        return {**super().frontier(), **self.cursor}

    def receive(self, sealed: Sequence[Sealed], change: ProjectionChange, people: Sequence[PersonChange] = ()) -> None:
        for one in sealed:
            self.cursor[one.operation.stream] = (one.operation.number, one.hash[:12])
        super().receive(sealed, change, people)

    def backup(self) -> FaultyLog:
        kept = super().backup()
        assert isinstance(kept, CursorFirstLog)
        kept.cursor = dict(self.cursor)
        return kept


class EarlyAnswerLog(FaultyLog):
    """Says "saved" first and commits with the next write."""

    def __init__(self, tournament: str) -> None:
        super().__init__(tournament)
        self.waiting: list[tuple[Sequence[Sealed], ProjectionChange, Sequence[PersonChange]]] = []

    def append(self, sealed: Sequence[Sealed], change: ProjectionChange, people: Sequence[PersonChange] = ()) -> None:
        if self.cut:
            self.cut = ""
            self.waiting.clear()
            raise PowerCut
        self.flush()
        self.waiting.append((sealed, change, people))

    def power_returns(self) -> None:
        self.waiting.clear()
        super().power_returns()

    def flush(self) -> None:
        for sealed, change, people in self.waiting:
            FaultyLog.append(self, sealed, change, people)
        self.waiting = []

    def receive(self, sealed: Sequence[Sealed], change: ProjectionChange, people: Sequence[PersonChange] = ()) -> None:
        self.flush()
        super().receive(sealed, change, people)


class _ResolveOneHead:
    """Settling a dispute replaces only the version that was chosen."""

    @staticmethod
    @contextmanager
    def broken() -> Iterator[None]:
        honest = desk_module.Desk._base

        def base(self, writes, seen):  # type: ignore[no-untyped-def]
            names, dropped = honest(self, writes, seen)
            return {key: ids[:1] for key, ids in names.items()}, dropped

        with patch.object(desk_module.Desk, "_base", base):
            yield


@contextmanager
def _confirmation_overruled() -> Iterator[None]:
    """The later generation wins although its author never saw the confirmation."""
    honest = reduce._held

    def any_role(kind: str, key: str, heads: Any, written: Any, head_refs: frozenset[str], **how: Any) -> reduce.Held:
        held = honest(kind, key, heads, written, head_refs, **how)
        if not key.endswith("#result") or len(heads) == 1:
            return held
        return replace(held, value=max(heads, key=lambda one: one.order).value)

    with patch.object(reduce, "_held", any_role), patch.object(reduce, "_overruling", lambda _: frozenset()):
        yield


@contextmanager
def _unsettled_archive() -> Iterator[None]:
    """A record that was archived and edited apart is disputed, and nobody can say which it is."""
    honest = reduce._archive

    def without_versions(held: reduce.Held, marks: Any, all_heads: Any) -> reduce.Held:
        return replace(honest(held, marks, all_heads), versions=())

    with patch.object(reduce, "_archive", without_versions):
        yield


@contextmanager
def _accepting_gaps() -> Iterator[None]:
    with patch.object(desk_module, "accept", _accept_gaps):
        yield


MUTANTS: tuple[Mutant, ...] = (
    Mutant("arrival order wins", _arrival_order, Variant("arrival order wins")),
    Mutant("base ignored", _base_ignored, Variant("base ignored")),
    Mutant("no tie-break", _no_tie_break, Variant("no tie-break")),
    Mutant(
        "stream continued after restore",
        _nothing,
        Variant("stream continued after restore", keep_stream_after_restore=True),
    ),
    Mutant("gaps accepted", _accepting_gaps, Variant("gaps accepted", make_log=GapLog)),
    Mutant("cursor before rows", _nothing, Variant("cursor before rows", make_log=CursorFirstLog)),
    Mutant("acknowledge before commit", _nothing, Variant("acknowledge before commit", make_log=EarlyAnswerLog)),
    Mutant("confirmation overruled", _confirmation_overruled, Variant("confirmation overruled")),
    Mutant("archive never settled", _unsettled_archive, Variant("archive never settled")),
    Mutant("only one head replaced", _ResolveOneHead.broken, Variant("only one head replaced")),
)
