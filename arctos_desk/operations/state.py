"""One frozen picture of an event: what was stated, what follows from it, and what is known of people.

Changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from arctos_desk.operations.ports import PersonRecord, ProjectionChange
from arctos_desk.operations.reduce import Folded, base_key, event_of, record_of, told_by_its_stage, unnamed
from arctos_desk.scheduling.solution import Row, Solution
from arctos_desk.scheduling.solve import solve
from arctos_desk.tournament.ids import id_of, kind_of
from arctos_desk.tournament.instants import Instant
from arctos_desk.tournament.records import Event, Match, Point
from arctos_desk.tournament.registers import CLEAR, COLLECTIONS, REGISTERS, Writes, build, in_order

_MOVES_THE_DAY = frozenset({"match", "tag", "variable", "team", "field"})
"""Kinds of record on which the schedule depends; points matter only where a script counts them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The event at one frontier. Everything is read-only and may be handed to any thread."""

    event: Event
    folded: Mapping[str, Folded]
    solution: Solution
    points_of: Mapping[str, tuple[Point, ...]]
    people: Mapping[str, PersonRecord] = field(default_factory=dict)
    solved_at_ms: Instant = 0

    def heads(self, reference: str, register: str) -> tuple[str, ...]:
        """The operations behind a register's value now."""
        folded = self.folded.get(reference)
        return () if folded is None else folded.heads(register)

    def seen(self, references: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """What a form that shows these records has on the screen: the base of what it will write.

        A register that holds nothing yet is named too: what is written there meanwhile was not seen.
        """
        return {
            base_key(reference, register): self.heads(reference, register)
            for reference in references
            for register in REGISTERS[kind_of(reference)]
        }

    def name_of(self, person_id: str) -> str:
        """The display name of a person; empty when no record is known here."""
        record = self.people.get(person_id)
        return "" if record is None else record.name

    @property
    def disputed(self) -> tuple[str, ...]:
        """References of the records with an open dispute."""
        return tuple(reference for reference, folded in self.folded.items() if folded.disputed)


def points_by_match(points: Iterable[Point]) -> dict[str, tuple[Point, ...]]:
    """The points of each match in their order of creation."""
    found: dict[str, list[Point]] = {}
    for point in points:
        found.setdefault(point.match_id, []).append(point)
    return {match_id: tuple(sorted(some, key=lambda p: (p.rank, p.id))) for match_id, some in found.items()}


def from_folded(
    tournament: str, folded: Mapping[str, Folded], people: Mapping[str, PersonRecord], *, now_ms: Instant
) -> State:
    """The state that a complete fold gives."""
    event = event_of(tournament, folded)
    return State(
        event=event,
        folded=folded,
        solution=solve(event, now_ms=now_ms),
        points_of=points_by_match(event.points.values()),
        people=people,
        solved_at_ms=now_ms,
    )


def whole_change(state: State) -> ProjectionChange:
    """Everything, for storage that starts afresh."""
    return ProjectionChange(
        folded=state.folded,
        records={reference: record_of(folded) for reference, folded in state.folded.items()},
        rows=state.solution.rows,
        whole=True,
    )


def advance(
    state: State,
    refolded: Mapping[str, Folded | None],
    *,
    people: Mapping[str, PersonRecord],
    now_ms: Instant,
) -> tuple[State, ProjectionChange]:
    """The state after some records were folded again, and what that changes in the projections."""
    folded = dict(state.folded)
    records: dict[str, Any | None] = {}
    for reference, one in refolded.items():
        if one is None:
            folded.pop(reference, None)
        else:
            folded[reference] = one
        records[reference] = record_of(one)
    event = _with_records(state.event, records)
    kinds = {kind_of(reference) for reference in refolded}
    solution, solved_at_ms = state.solution, state.solved_at_ms
    if kinds & _MOVES_THE_DAY or ("point" in kinds and _scripts_count_points(event)):
        solution, solved_at_ms = solve(event, now_ms=now_ms, before=state.solution), now_ms
    points_of = _with_points(state, event, records) if "point" in kinds else state.points_of
    after = replace(
        state,
        event=event,
        folded=folded,
        solution=solution,
        points_of=points_of,
        people=people,
        solved_at_ms=solved_at_ms,
    )
    return after, ProjectionChange(folded=refolded, records=records, rows=changed_rows(state.solution, solution))


def as_if_written(state: State, writes: Writes) -> Event:
    """The event as it would be after these writes, archived records that they bring back included."""
    records: dict[str, Any | None] = {}
    for reference, values in writes.items():
        if kind_of(reference) not in REGISTERS:
            continue
        folded = state.folded.get(reference)
        held = {**({} if folded is None else folded.values()), **values}
        record = build(reference, {name: value for name, value in held.items() if value is not CLEAR})
        records[reference] = told_by_its_stage(record, disputed=False) if isinstance(record, Match) else record
    return _with_records(state.event, records)


def changed_rows(before: Solution, after: Solution) -> dict[str, Row | None]:
    """The solver rows that differ, None for rows that are gone."""
    if before is after:
        return {}
    changed: dict[str, Row | None] = {}
    for match_id, row in after.rows.items():
        known = before.rows.get(match_id)
        if known is not row and known != row:
            changed[match_id] = row
    changed.update({match_id: None for match_id in before.rows if match_id not in after.rows})
    return changed


def _scripts_count_points(event: Event) -> bool:
    texts = [match.skip_condition for match in event.matches.values()]
    texts += [tag.expression for tag in event.tags.values()]
    texts += [variable.expression for variable in event.variables.values()]
    return any("points-" in text for text in texts)


def _with_records(event: Event, records: Mapping[str, Any | None]) -> Event:
    changed: dict[str, dict[str, Any]] = {}
    unordered: set[str] = set()
    info = event.info
    for reference, record in records.items():
        kind, record_id = kind_of(reference), id_of(reference)
        if kind == "event":
            if record_id == event.info.id:
                info = record if record is not None else unnamed(record_id)
            continue
        name = COLLECTIONS.get(kind)
        if name is None:
            continue
        if name not in changed:
            changed[name] = dict(getattr(event, name))
        known = changed[name].get(record_id)
        if record is None:
            changed[name].pop(record_id, None)
            continue
        if known is None or known.rank != record.rank:
            unordered.add(name)
        changed[name][record_id] = record
    ordered = {name: in_order(some) if name in unordered else some for name, some in changed.items()}
    return replace(event, info=info, **ordered)


def _with_points(state: State, event: Event, records: Mapping[str, Any | None]) -> dict[str, tuple[Point, ...]]:
    matches: set[str] = set()
    for reference in records:
        if kind_of(reference) == "point":
            for known in (state.event.points.get(id_of(reference)), event.points.get(id_of(reference))):
                if known is not None:
                    matches.add(known.match_id)
    points_of = dict(state.points_of)
    for match_id in matches:
        candidates = {point.id for point in state.points_of.get(match_id, ())}
        candidates |= {id_of(reference) for reference in records if kind_of(reference) == "point"}
        points = [
            event.points[one] for one in candidates if one in event.points and event.points[one].match_id == match_id
        ]
        points_of[match_id] = tuple(sorted(points, key=lambda p: (p.rank, p.id)))
    return points_of
