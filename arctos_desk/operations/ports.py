"""What the door for change needs from the world: a durable log, a key to sign with, a clock, chance.

Implements none of it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from arctos_desk.operations.reduce import Folded
from arctos_desk.scheduling.solution import Row
from arctos_desk.tournament.instants import Instant
from arctos_desk.wire.frontier import Frontier
from arctos_desk.wire.operation import Operation, Sealed

WallClock = Callable[[], Instant]
"""The laptop's time now, in milliseconds of Unix time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRecord:
    """What is known of a person or a player beside the log: never part of an operation (spec sync.md, Decisions).

    `name` and `jersey_name` are shown. `injury` is an active injury in a few words: everybody may read it when
    `injury_public`, else only head referees and organisers; one that has healed is erased (spec arctos.md §7.3).
    """

    id: str
    name: str = field(repr=False)
    pin_hash: str = field(default="", repr=False)
    jersey_name: str = field(default="", repr=False)
    injury: str = field(default="", repr=False)
    injury_public: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonChange:
    """One change to a person record, journalled and backed up like an operation; the greatest `clock` counts.

    `operation` is the first operation of the command that made it; "" in what older builds wrote.
    """

    id: str
    person: PersonRecord
    clock: str
    erased: bool = False
    operation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectionChange:
    """What one commit changes in the projections.

    `folded`: refolded records by reference (None: nothing is known of it any more). `records`: the typed record,
    None when it does not exist for readers. `rows`: changed solver rows by match id. With `whole` the mappings are
    complete and replace all.
    """

    folded: Mapping[str, Folded | None] = field(default_factory=dict)
    records: Mapping[str, Any | None] = field(default_factory=dict)
    rows: Mapping[str, Row | None] = field(default_factory=dict)
    whole: bool = False


class Signer(Protocol):
    """The device key. `device` is its short public name, `public_key` its 32 raw bytes as hex."""

    @property
    def device(self) -> str: ...

    @property
    def public_key(self) -> str: ...

    def sign(self, message: bytes) -> bytes: ...


class EventLog(Protocol):
    """The durable log of one event with its projections.

    Calls come from one lane; nothing is promised across threads.
    """

    @property
    def tournament(self) -> str: ...

    def known(self, op_ids: Collection[str]) -> frozenset[str]:
        """Those of the ids that are in the log."""

    def touching(self, references: Collection[str]) -> Mapping[str, Sequence[Operation]]:
        """Every operation that writes to each record, in any order; forked operations left out."""

    def operation(self, op_id: str) -> Operation | None: ...

    def operations(self) -> Iterator[Operation]:
        """Every operation that counts, in any order."""

    def recent(self, limit: int, before: tuple[str, str, int] | None = None) -> Sequence[Operation]:
        """The newest operations by their total order, newest first; only those before `before` when it is given."""

    def frontier(self) -> Frontier: ...

    def sealed_after(self, stream: str, number: int, limit: int) -> Sequence[Sealed]:
        """Operations of one stream above a number, oldest first: what a peer lacks."""

    def devices(self) -> Mapping[str, str]:
        """Stream -> public key (hex) of the device that opened it."""

    def last_clock(self) -> str:
        """The greatest hybrid clock ever seen; "" for an empty log."""

    def append(self, sealed: Sequence[Sealed], change: ProjectionChange, people: Sequence[PersonChange] = ()) -> None:
        """Make own operations durable: journal and fsync, then one transaction. Returns only when nothing can be lost.

        Raises Outage; the log then takes no more writes until it is opened again.
        """

    def receive(self, sealed: Sequence[Sealed], change: ProjectionChange, people: Sequence[PersonChange] = ()) -> None:
        """Store operations of other desks in one transaction.

        They continue their streams without a gap (checked before).
        """

    def quarantine(self, sealed: Sealed, code: str) -> None:
        """Keep an entry that cannot enter the log: `code` is FORK, BAD_SIGNATURE, NEWER_ENVELOPE ….

        Kept for ever, shown.
        """

    def load(self) -> Mapping[str, Folded] | None:
        """The folded records from the projections, or None when they do not match the log and must be rebuilt."""

    def rebuild(self, change: ProjectionChange) -> None:
        """Replace all projections."""

    def people(self) -> Mapping[str, PersonRecord]: ...

    def changes_of(self, operations: Collection[str]) -> Sequence[tuple[PersonChange, PersonRecord | None]]:
        """Every change to a person record that these operations made, with what was known before it.

        Nothing (None) was known of somebody who was new, or erased then; of erased people no change is left.
        """
