"""State as a pure function of the *set* of operations: no arrival order, no wall clock, no dictionary order.

Theory (spec sync.md §5.2). Every write of a register names the writes that its author had on the screen (`base`).
Write x is superseded when some write y names it and y comes after x in the total order (clock, stream, number); what
nobody supersedes is a
*head*. One head is an ordinary value. Several heads are concurrent:

* quiet registers (class B) show the last head in the total order, the others stay available as versions;
* human registers (class C) show an interim value, by the rank of the author's role, then the total order, and are
  *disputed* until somebody resolves them; a resolution beats concurrent plain heads; equal values are no dispute;
* the stage (class D) is a lattice: the greatest (generation, stage) ever written counts; taking a match back raises the
  generation, and is disputed where its author had not seen what others stated. Only an organiser overrules a
  confirmation that way, also without having seen it;
* a confirmation states the result again as settled, so that nothing concurrent overrules it;
* the archive mark (class F) is a human register; an edit that its author had not seen makes it disputed.

A fold of one record reads only the operations that touch it, so refolding the touched records is the same as folding
all. Does not know how operations arrive or are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from arctos_desk.tournament.ids import id_of, kind_of
from arctos_desk.tournament.kinds import Role, Stage
from arctos_desk.tournament.records import Event, EventInfo, Match
from arctos_desk.tournament.registers import CLEAR, COLLECTIONS, Json, Merge, build, fits, in_order, merge_class
from arctos_desk.wire.operation import Operation

RULES_VERSION: Final = 1
"""Version of the merge rules; switching it is an operation (spec sync.md §5.4)."""

REDUCER_BUILD: Final = 3
"""Raised when a fold would give other projections than before, so that old ones are rebuilt."""


@dataclass(frozen=True, slots=True)
class Version:
    """One concurrent value of a register, and the operation that wrote it."""

    op_id: str
    value: Json


@dataclass(frozen=True, slots=True)
class Held:
    """What a register holds: its value or CLEAR, the heads behind it, every version where there is more than one."""

    value: Json
    heads: tuple[str, ...]
    versions: tuple[Version, ...] = ()
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class Folded:
    """One record after its fold. `newer` marks records that a newer build wrote to: shown, but not editable here."""

    reference: str
    registers: Mapping[str, Held]
    newer: bool = False

    @property
    def disputed(self) -> bool:
        return any(held.disputed for held in self.registers.values())

    def values(self) -> dict[str, Json]:
        """What the registers hold, without those that hold nothing."""
        return {name: held.value for name, held in self.registers.items() if held.value is not CLEAR}

    def heads(self, register: str) -> tuple[str, ...]:
        held = self.registers.get(register)
        return () if held is None else held.heads


@dataclass(frozen=True, slots=True)
class _Write:
    op_id: str
    order: tuple[str, str, int]
    value: Json
    base: frozenset[str]
    operation: Operation


def base_key(reference: str, register: str) -> str:
    """How an operation's `base` names a register."""
    return f"{reference}#{register}"


def writes_of(operation: Operation) -> Iterator[tuple[str, str, Json]]:
    """Every (reference, register, value or CLEAR) that an operation writes."""
    for reference, values in operation.payload.get("set", {}).items():
        for register, value in values.items():
            yield reference, register, value
    for reference, names in operation.payload.get("clear", {}).items():
        for register in names:
            yield reference, register, CLEAR


def touched(operation: Operation) -> frozenset[str]:
    """The references of the records that an operation writes to."""
    return frozenset(operation.payload.get("set", {})) | frozenset(operation.payload.get("clear", {}))


def is_newer(operation: Operation) -> bool:
    """Whether a newer build wrote it in a form this one cannot vouch for."""
    return operation.kind_version > 1 or operation.envelope_version > 1


def fold(reference: str, operations: Iterable[Operation]) -> Folded | None:
    """Fold one record from the operations that touch it, in any order and with repeats; None when there are none.

    A write of a shape that its register cannot take is passed over, so that one odd entry stops nobody.
    """
    counting = _unique(operations)
    writes = _writes_to(reference, counting)
    newer = any(is_newer(operation) and reference in touched(operation) for operation in counting)
    if not writes:
        return Folded(reference, {}, newer) if newer else None
    kind = kind_of(reference)
    all_heads = {register: _heads(written) for register, written in writes.items()}
    head_refs = _head_refs(all_heads.get("start", ()))
    confirmed = _is_confirmed(writes)
    registers: dict[str, Held] = {}
    for register in sorted(writes):
        heads, written = all_heads[register], writes[register]
        held = _held(kind, base_key(reference, register), heads, written, head_refs, confirmed=confirmed)
        if merge_class(kind, register) is Merge.ARCHIVE:
            held = _archive(held, written, all_heads)
        registers[register] = held
    return Folded(reference, registers, newer)


def settled(reference: str, register: str, operations: Iterable[Operation], head_refs: frozenset[str]) -> Held | None:
    """What one register would hold if only these operations had written to it; None when none of them did."""
    writes = _writes_to(reference, _unique(operations))
    written = writes.get(register)
    if written is None:
        return None
    key, confirmed = base_key(reference, register), _is_confirmed(writes)
    return _held(kind_of(reference), key, _heads(written), written, head_refs, confirmed=confirmed)


def _unique(operations: Iterable[Operation]) -> Sequence[Operation]:
    """Each operation once; of several that claim one id the first in the total order, wherever it arrived first."""
    by_id: dict[str, Operation] = {}
    for operation in operations:
        known = by_id.get(operation.id)
        if known is None or operation.order < known.order:
            by_id[operation.id] = operation
    return tuple(by_id.values())


def _writes_to(reference: str, operations: Iterable[Operation]) -> dict[str, list[_Write]]:
    """What the operations write to one record, by register."""
    kind = kind_of(reference)
    writes: dict[str, list[_Write]] = {}
    for operation in operations:
        payload = operation.payload
        set_here = payload.get("set", {}).get(reference)
        cleared_here = payload.get("clear", {}).get(reference)
        if set_here is None and cleared_here is None:
            continue
        order = operation.order
        for register, value in (*(set_here or {}).items(), *((name, CLEAR) for name in cleared_here or ())):
            if fits(kind, register, value):
                names = frozenset(operation.base.get(base_key(reference, register), ()))
                writes.setdefault(register, []).append(_Write(operation.id, order, value, names, operation))
    return writes


def _heads(written: list[_Write]) -> list[_Write]:
    if len(written) == 1:
        return written
    by_id = {write.op_id: write for write in written}
    superseded = {
        named for write in written for named in write.base if named in by_id and by_id[named].order < write.order
    }
    return sorted((write for write in written if write.op_id not in superseded), key=lambda write: write.order)


def _is_confirmed(writes: Mapping[str, list[_Write]]) -> bool:
    """Whether the stages that were written come to a confirmed one."""
    written = writes.get("stage", [])
    if not any(_height(write)[1] >= Stage.CONFIRMED for write in written):
        return False
    value = _stage(_heads(written), written).value
    return value is not CLEAR and bool(value[1] >= Stage.CONFIRMED)


def _held(
    kind: str, key: str, heads: list[_Write], written: list[_Write], head_refs: frozenset[str], *, confirmed: bool
) -> Held:
    """What one register holds. Of a confirmed match no desk overrules what an organiser said (sync.md, Decisions)."""
    register = key.partition("#")[2]
    merge = merge_class(kind, register)
    if merge is Merge.STAGE:
        return _stage(heads, written)
    human = merge in (Merge.HUMAN, Merge.ARCHIVE)
    ids = tuple(write.op_id for write in heads)
    if len(heads) == 1:
        versions = _versions(_reopened(heads[0], key, written), register)
        return Held(heads[0].value, ids, versions, disputed=human and bool(versions))
    if not human:
        return Held(heads[-1].value, ids, _versions(heads, register))
    resolving = [write for write in heads if key in _texts(write.operation.payload.get("resolve"))]
    counting = resolving or heads
    heard = counting
    if confirmed and register == "result":
        organisers = [write for write in heads if write.operation.payload.get("as") == Role.ORGANISER]
        heard = organisers or counting
        counting = [write for write in heads if write in counting or write in organisers]
    chosen = max(heard, key=lambda write: (author_rank(write.operation, head_refs), write.order))
    return Held(chosen.value, ids, _versions(heads, register), disputed=bool(_versions(counting, register)))


def _reopened(head: _Write, key: str, written: list[_Write]) -> Sequence[_Write]:
    """The versions that an undo put back side by side when it took away what had settled them."""
    named = head.operation.payload.get("versions")
    ids = _texts(named.get(key)) if isinstance(named, Mapping) else ()
    return sorted((write for write in written if write.op_id in ids), key=lambda write: write.order)


def _stage(heads: list[_Write], written: list[_Write]) -> Held:
    """The greatest of what counts. Whoever took a match back without knowing what others stated makes a dispute."""
    aside = _overruling(written)
    counting = [write for write in written if write.op_id not in aside]
    top = max(map(_height, counting))
    tops = [write for write in counting if _height(write) == top]
    ids = [head.op_id for head in heads]
    ids = sorted(ids if any(write.op_id in ids for write in tops) else [*ids, *(write.op_id for write in tops)])
    against = [
        head for head in heads if (head.op_id in aside or _height(head)[0] < top[0]) and _height(head)[1] != top[1]
    ]
    value = CLEAR if top == (0, 0) else list(top)
    if not against:
        return Held(value, tuple(ids))
    versions = [Version(max(tops, key=lambda write: write.order).op_id, list(top))]
    for write in sorted(against, key=lambda write: write.order):
        if all(version.value[1] != _height(write)[1] for version in versions):
            versions.append(Version(write.op_id, list(_height(write))))
    return Held(value, tuple(ids), tuple(versions), disputed=True)


def _height(write: _Write) -> tuple[int, int]:
    return (0, 0) if write.value is CLEAR else (write.value[0], write.value[1])


def _overruling(written: list[_Write]) -> frozenset[str]:
    """Writes by which a desk took back a confirmed result that it had not seen: only an organiser does that.

    A confirmation is in force until somebody who had seen it raises the generation.
    """
    confirmed = [write for write in written if _height(write)[1] >= Stage.CONFIRMED]
    if not confirmed or max(_height(write)[0] for write in written) == min(_height(write)[0] for write in confirmed):
        return frozenset()
    by_id = {write.op_id: write for write in written}
    seen = {write.op_id: _ancestors(write, by_id) for write in written}
    aside: set[str] = set()
    for one in confirmed:
        raising = [write for write in written if _height(write)[0] > _height(one)[0]]
        if any(one.op_id in seen[write.op_id] for write in raising):
            continue
        aside.update(write.op_id for write in raising if write.operation.payload.get("as") != Role.ORGANISER)
    return frozenset(aside)


def _ancestors(write: _Write, by_id: Mapping[str, _Write]) -> frozenset[str]:
    found: set[str] = set()
    waiting = [write]
    while waiting:
        one = waiting.pop()
        for named in one.base:
            before = by_id.get(named)
            if before is not None and before.order < one.order and named not in found:
                found.add(named)
                waiting.append(before)
    return frozenset(found)


def _archive(held: Held, marks: list[_Write], all_heads: Mapping[str, list[_Write]]) -> Held:
    """An archive mark whose author had not seen a concurrent edit is disputed (class F): gone, or kept as edited."""
    if held.value is not True:
        return held
    gone = [write for write in marks if write.value is True]
    known = frozenset().union(*(write.base for write in gone)) | {write.op_id for write in gone}
    unseen = [
        write
        for register, heads in all_heads.items()
        if register != "archived"
        for write in heads
        if write.op_id not in known
    ]
    if not unseen:
        return held
    edit = max(unseen, key=lambda write: write.order)
    versions = held.versions or (Version(held.heads[-1], value=True), Version(edit.op_id, value=False))
    return Held(held.value, held.heads, versions, disputed=True)


def _versions(heads: Sequence[_Write], register: str) -> tuple[Version, ...]:
    """The distinct concurrent values in their total order; empty when there is only one."""
    distinct: list[Version] = []
    for write in heads:
        said = _said(register, write.value)
        if not any(_same(_said(register, version.value), said) for version in distinct):
            distinct.append(Version(write.op_id, write.value))
    return tuple(distinct) if len(distinct) > 1 else ()


def _said(register: str, value: Json) -> Json:
    """A value without the moment at which it was pressed: two desks that say the same agree (sync.md §4.4)."""
    moment = _MOMENTS.get(register)
    if moment is None or not isinstance(value, Mapping):
        return value
    return {name: part for name, part in value.items() if name != moment}


_MOMENTS: Final = {"result": "ended", "team": "at"}


def _same(one: Json, other: Json) -> bool:
    return type(one) is type(other) and bool(one == other)


def _head_refs(start_heads: Sequence[_Write]) -> frozenset[str]:
    """Whom the record's start names as its head referee; several where desks started it apart."""
    named = {write.value.get("head_ref", "") for write in start_heads if write.value is not CLEAR}
    return frozenset(named - {""})


def head_refs_of(folded: Folded | None) -> frozenset[str]:
    """The head referee whom a folded match names."""
    held = None if folded is None else folded.registers.get("start")
    if held is None or held.value is CLEAR:
        return frozenset()
    return frozenset({held.value.get("head_ref", "")} - {""})


def _texts(value: Json) -> tuple[str, ...]:
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list | tuple) else ()


def author_rank(operation: Operation, head_refs: frozenset[str]) -> int:
    """Whose word counts meanwhile: head referee of the match, organiser, a desk, anybody else (sync.md, Decisions)."""
    role = operation.payload.get("as", "")
    if role == Role.HEAD_REF and operation.actor in head_refs:
        return 3
    if role == Role.ORGANISER:
        return 2
    if role in (Role.DESK, Role.HEAD_REF):
        return 1
    return 0


def fold_all(operations: Iterable[Operation]) -> dict[str, Folded]:
    """Fold every record from the whole set of operations."""
    by_reference: dict[str, list[Operation]] = {}
    for operation in operations:
        for reference in touched(operation):
            by_reference.setdefault(reference, []).append(operation)
    folded: dict[str, Folded] = {}
    for reference in sorted(by_reference):
        result = fold(reference, by_reference[reference])
        if result is not None:
            folded[reference] = result
    return folded


def record_of(folded: Folded | None) -> Any | None:
    """The typed record of a fold, None while it does not exist for readers."""
    if folded is None:
        return None
    record = build(folded.reference, folded.values())
    return _as_it_stands(record, folded) if isinstance(record, Match) else record


def _as_it_stands(match: Match, folded: Folded) -> Match:
    """A match that says when desks disagree about it, and nothing that its stage takes back.

    Desks that worked apart can leave a result behind on a match that was taken back meanwhile.
    """
    open_questions = [folded.registers.get(register) for register in ("result", "stage")]
    return told_by_its_stage(match, disputed=any(held is not None and held.disputed for held in open_questions))


def told_by_its_stage(match: Match, *, disputed: bool) -> Match:
    """A match without the facts that its stage takes back."""
    start = match.start if match.stage >= Stage.LIVE else None
    result = match.result if match.stage >= Stage.ENDED else None
    if (disputed, start, result) == (match.disputed, match.start, match.result):
        return match
    return replace(match, disputed=disputed, start=start, result=result)


def unnamed(tournament: str) -> EventInfo:
    """An event that nobody has named yet, or not any more: it carries its id as name."""
    return EventInfo(id=tournament, name=tournament)


def event_of(tournament: str, folded: Mapping[str, Folded]) -> Event:
    """The event that these folds describe."""
    collections: dict[str, dict[str, Any]] = {name: {} for name in COLLECTIONS.values()}
    info = unnamed(tournament)
    for reference, one in folded.items():
        record = record_of(one)
        if record is None:
            continue
        kind = kind_of(reference)
        if kind == "event":
            info = record if id_of(reference) == tournament else info
        else:
            collections[COLLECTIONS[kind]][record.id] = record
    return Event(info=info, **{name: in_order(records) for name, records in collections.items()})


def canonical_values(folded: Mapping[str, Folded]) -> dict[str, dict[str, Json]]:
    """Everything that is held, without provenance and without records that nobody can see.

    Equal states give equal values.
    """
    values: dict[str, dict[str, Json]] = {}
    for reference in sorted(folded):
        held = folded[reference].values()
        if held.pop("archived", False) is True:
            continue
        if "stage" in held:
            stage = held.pop("stage")[1]
            if stage:
                held["stage"] = stage
        if held:
            values[reference] = dict(sorted(held.items()))
    return values
