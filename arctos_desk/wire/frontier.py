"""Frontiers and runs: what a log holds of each stream, what a peer lacks, whether a run continues a stream.

The protocol is sync.md §6.1. Sends nothing and verifies no signature; `signing` does.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from arctos_desk.wire.canonical import canonical_bytes
from arctos_desk.wire.operation import Sealed

SHORT_HASH: Final = 12

Frontier = Mapping[str, tuple[int, str]]
"""Stream -> number and first 12 hex digits of the hash of its last operation."""


@dataclass(frozen=True, slots=True)
class Head:
    """The last operation held of a stream: its number and its whole hash."""

    number: int
    hash: str


NOTHING: Final = Head(0, "")
"""The head of a stream of which nothing is held."""


@dataclass(frozen=True, slots=True)
class Missing:
    """The operations of a stream from above `after` up to `through`."""

    stream: str
    after: int
    through: int


@dataclass(frozen=True, slots=True)
class Flaw:
    """Why an operation of a run cannot enter the log as it is; words for people are made where it is shown."""

    code: str
    stream: str
    number: int


@dataclass(frozen=True, slots=True)
class Run:
    """Operations of one stream, oldest first, without a gap."""

    stream: str
    sealed: tuple[Sealed, ...]


def entry(head: Head) -> tuple[int, str]:
    """A head as the frontier names it."""
    return head.number, head.hash[:SHORT_HASH]


def digest(frontier: Frontier) -> str:
    """The SHA-256 of a frontier, as hex: equal digests mean equal logs."""
    plain = {stream: [number, short] for stream, (number, short) in frontier.items()}
    return hashlib.sha256(canonical_bytes(plain, limit=None)).hexdigest()


def missing(mine: Frontier, theirs: Frontier) -> tuple[Missing, ...]:
    """What I hold and they lack, by stream in order of name."""
    lacking = []
    for stream in sorted(mine):
        held = theirs.get(stream, (0, ""))[0]
        if held < mine[stream][0]:
            lacking.append(Missing(stream, held, mine[stream][0]))
    return tuple(lacking)


def forked(mine: Frontier, theirs: Frontier) -> tuple[str, ...]:
    """Streams whose last operations have one number but two hashes: proof that somebody's stream was written twice."""
    return tuple(
        stream
        for stream in sorted(mine.keys() & theirs.keys())
        if mine[stream][0] == theirs[stream][0] and mine[stream][1] != theirs[stream][1]
    )


def runs(sealed: Sequence[Sealed]) -> tuple[Run, ...]:
    """Operations gathered by stream, each oldest first, streams in order of name."""
    by_stream: dict[str, list[Sealed]] = {}
    for one in sealed:
        by_stream.setdefault(one.operation.stream, []).append(one)
    return tuple(
        Run(stream, tuple(sorted(by_stream[stream], key=lambda one: one.operation.number)))
        for stream in sorted(by_stream)
    )


def check_run(run: Run, head: Head = NOTHING, *, tournament: str | None = None) -> tuple[Flaw, ...]:
    """What keeps a run from continuing the stream after `head`; empty when it does.

    A run may begin with operations already held; those below the head are only checked among themselves. Codes:
    WRONG_TOURNAMENT, WRONG_STREAM, GAP, FORK, BROKEN_CHAIN.
    """
    flaws = []
    before: Head | None = None
    for one in run.sealed:
        operation = one.operation
        number = operation.number
        if operation.stream != run.stream:
            flaws.append(Flaw("WRONG_STREAM", run.stream, number))
            continue
        if tournament is not None and operation.tournament != tournament:
            flaws.append(Flaw("WRONG_TOURNAMENT", run.stream, number))
        if before is None and number == head.number + 1:
            before = head
        if before is None:
            if number > head.number + 1:
                flaws.append(Flaw("GAP", run.stream, number))
        elif number != before.number + 1:
            flaws.append(Flaw("GAP", run.stream, number))
        elif operation.previous != before.hash:
            flaws.append(Flaw("FORK" if before is head else "BROKEN_CHAIN", run.stream, number))
        if number == head.number and one.hash != head.hash:
            flaws.append(Flaw("FORK", run.stream, number))
        before = Head(number, one.hash)
    return tuple(flaws)
