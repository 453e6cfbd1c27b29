"""What a handler answers: the writes of one operation and the words of its journal line.

Neither signs nor stores it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from arctos_desk.operations.acting import Acting
from arctos_desk.operations.ports import PersonRecord
from arctos_desk.operations.state import State
from arctos_desk.tournament.ids import Chance, new_id
from arctos_desk.tournament.instants import Instant
from arctos_desk.tournament.reasons import Finding
from arctos_desk.tournament.records import Event
from arctos_desk.tournament.registers import Writes
from arctos_desk.tournament.words import Words
from arctos_desk.wire.operation import Operation

if TYPE_CHECKING:
    from arctos_desk.operations.commands import Command


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a handler may look at: the state, who acts, the moment, chance. It has no way to change anything."""

    state: State
    acting: Acting
    now_ms: Instant
    chance: Chance

    @property
    def event(self) -> Event:
        return self.state.event

    def new_id(self) -> str:
        return new_id(self.chance)

    def next_rank(self, collection: Mapping[str, Any]) -> int:
        """The order of creation of a record that is added to a collection now."""
        return max((record.rank for record in collection.values()), default=0) + 1

    def next_stage(self, match_id: str, stage: int, *, new_generation: bool = False) -> list[int]:
        """The stage register's next value; a new generation is how a match is taken back (sync.md §4.4, class D)."""
        folded = self.state.folded.get(f"match/{match_id}")
        held = None if folded is None else folded.registers.get("stage")
        generation = held.value[0] if held is not None and isinstance(held.value, list) else 0
        return [generation + 1 if new_generation else generation, int(stage)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One command before it is sealed. `label` is its line in the journal and the name of its undo step.

    `people` are person records as they are afterwards, `erased` the ids of those that are forgotten for good.

    `takes_back` are the operations that an undo or redo names, `replaces` what a write replaces where that is not all
    that stands, `versions` the operations whose values stand side by side again.
    """

    kind: str
    writes: Writes
    label: Words
    reason: str = ""
    undoable: bool = True
    value: Any = None
    extra: Mapping[str, Any] = field(default_factory=dict)
    people: tuple[PersonRecord, ...] = ()
    erased: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    takes_back: tuple[Operation, ...] = ()
    replaces: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    versions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


Handler = Callable[[Any, Context], Draft]

_HANDLERS: dict[type[Command], Handler] = {}


def handles(command: type[Command]) -> Callable[[Handler], Handler]:
    """Register the function below as the handler of a command."""

    def register(handler: Handler) -> Handler:
        if command in _HANDLERS:
            raise ValueError(f"{command.__name__} has a handler already")
        _HANDLERS[command] = handler
        return handler

    return register


def handler_of(command: Command) -> Handler:
    """The handler of a command; a missing one is a bug and raises KeyError."""
    # All of them are registered with the first order: a board is shown without any.
    from arctos_desk.operations import handlers as handlers

    return _HANDLERS[type(command)]
