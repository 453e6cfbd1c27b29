"""Taking back and bringing back: the inverse of an operation, made from the values that its `base` names.

Undo is an operation like any other and names those it takes back; nothing is ever removed from the log. Because
`base` holds what stood on the screen before, the value to restore needs no extra bookkeeping. Registers that somebody
wrote later are left as they are, and what others stated at the same time stays. Born records are archived, a stage
goes back by a new generation. Does not decide who may undo.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from arctos_desk.operations.ports import PersonChange, PersonRecord
from arctos_desk.operations.reduce import Folded, Held, base_key, head_refs_of, settled, touched, writes_of
from arctos_desk.tournament.ids import kind_of, ref
from arctos_desk.tournament.registers import CLEAR, Json, Merge, merge_class
from arctos_desk.wire.operation import Operation

UNDO: Final = "undo"
REDO: Final = "redo"

_GOES_BACK: Final = ("name", "jersey_name", "injury", "injury_public")
"""What of a person record an undo restores."""

Find = Callable[[str], Operation | None]
Fold = Callable[[str], Folded | None]


@dataclass(frozen=True, slots=True)
class Inverse:
    """What takes operations back.

    `kept` are the (reference, register) pairs that stay because somebody wrote later; `changed` the records that would
    go although somebody worked on them since; `replaces` says by base key what
    a write replaces where that is not all that stands; `versions` names the operations whose values stand side by side
    again. `people` are the person records as they were before.
    """

    writes: dict[str, dict[str, Json]]
    kept: tuple[tuple[str, str], ...]
    changed: tuple[str, ...]
    replaces: Mapping[str, tuple[str, ...]]
    versions: Mapping[str, tuple[str, ...]]
    people: tuple[PersonRecord, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.writes and not self.people


# lines of the journal: a command is one operation, or several parts that go back together
# ---------------------------------------------------------------------------------------


def line_of(operation: Operation) -> str:
    """The id of the first operation of the command that this one is a part of."""
    return part_of(operation)[0]


def part_of(operation: Operation) -> tuple[str, int, int]:
    """(id of the first part, place from 0, number of parts) of an operation; strange ones stand for themselves."""
    match operation.payload.get("part"):
        case [str(first), int(place), int(count)] if 0 <= place < count and place < operation.number:
            return first, place, count
    return operation.id, 0, 1


def targets_of(operation: Operation) -> tuple[str, ...]:
    """The operations that an undo or redo names; none for anything else."""
    named = operation.payload.get("back", ())
    if operation.kind not in (UNDO, REDO) or not isinstance(named, list):
        return ()
    return tuple(one for one in named if isinstance(one, str))


def taken_back(operations: Iterable[Operation], before: Iterable[str] = ()) -> frozenset[str]:
    """What is not in effect among these operations, which come newest first; `before` is what newer ones took back.

    Undo names what it takes back, redo names the undo that it takes back, and so on: whatever nobody in effect names
    is in effect. It is asked of a page of the journal or of the operations on a few records, never of a whole log.
    """
    gone = set(before)
    for operation in operations:
        if operation.id not in gone:
            gone.update(targets_of(operation))
    return frozenset(gone)


# the inverse
# ---------------------------------------------------------------------------------------


def inverse_of(operations: Sequence[Operation], folded: Fold, find: Find) -> Inverse:
    """The inverse of the parts of one command against what the records hold now."""
    return _Inversion(operations, folded, _remembering(find)).inverse()


class _Inversion:
    """One inverse in the making."""

    def __init__(self, operations: Sequence[Operation], folded: Fold, find: Find) -> None:
        self._folded = folded
        self._find = find
        self._kept: list[tuple[str, str]] = []
        self._writes: dict[str, dict[str, Json]] = {}
        self._replaces: dict[str, tuple[str, ...]] = {}
        self._versions: dict[str, tuple[str, ...]] = {}
        self._own = _with_targets(operations, self._find)
        self._written: dict[tuple[str, str], list[tuple[Operation, Json]]] = {}
        for operation in operations:
            for reference, register, value in writes_of(operation):
                self._written.setdefault((reference, register), []).append((operation, value))

    def inverse(self) -> Inverse:
        born = {
            reference
            for (reference, register), some in self._written.items()
            if register == "rank"
            and any(value is not CLEAR and not one.base.get(base_key(reference, "rank")) for one, value in some)
        }
        for reference in sorted(born):
            now = self._folded(reference)
            mark = None if now is None else now.registers.get("archived")
            if now is not None and (mark is None or mark.value is not True):
                self._writes[reference] = {"archived": True}
        for (reference, register), some in self._written.items():
            if reference not in born:
                self._take_back(reference, register, some)
        self._keep_stages_with_their_facts()
        gone = (reference for reference, values in self._writes.items() if values.get("archived") is True)
        changed = tuple(reference for reference in gone if self._worked_on(reference))
        return Inverse(self._writes, tuple(self._kept), changed, self._replaces, self._versions)

    def _keep_stages_with_their_facts(self) -> None:
        """A stage does not go back behind a start or a result that somebody stated anew since."""
        for reference, register in tuple(self._kept):
            values = self._writes.get(reference, {})
            if register in ("start", "result") and "stage" in values:
                del values["stage"]
                self._kept.append((reference, "stage"))
                if not values:
                    del self._writes[reference]

    def _worked_on(self, reference: str) -> bool:
        """Whether somebody else's words stand on a record that these operations made."""
        now = self._folded(reference)
        return now is not None and any(
            head not in self._own and not self._own & self._standing(head, reference, register)
            for register, held in now.registers.items()
            if register != "archived"
            for head in held.heads
        )

    def _take_back(self, reference: str, register: str, some: Sequence[tuple[Operation, Json]]) -> None:
        now = self._folded(reference)
        held = None if now is None else now.registers.get(register)
        mine = {operation.id for operation, _ in some}
        leading = () if held is None else [one for one in held.heads if mine & self._standing(one, reference, register)]
        if held is None or not leading:
            self._kept.append((reference, register))
            return
        others = [one for one in held.heads if one not in leading]
        operation, value = max(some, key=lambda one: one[0].order)
        before = value_before(operation, reference, register, self._find, head_refs_of(now))
        if merge_class(kind_of(reference), register) is Merge.STAGE:
            back = _stage_back(value, before.value, held, self._others_hold(others, reference, register, held))
            if back is None:
                self._kept.append((reference, register))
            else:
                self._writes.setdefault(reference, {})[register] = back
        elif others:
            self._leave_to(others, leading, reference, register, now, held)
        else:
            self._writes.setdefault(reference, {})[register] = before.value
            if before.versions:
                self._versions[base_key(reference, register)] = tuple(one.op_id for one in before.versions)

    def _standing(self, head: str, reference: str, register: str) -> frozenset[str]:
        return standing((head,), reference, register, self._find)

    def _others_hold(self, others: Sequence[str], reference: str, register: str, held: Held) -> bool:
        """Whether somebody else states the same, so that it stays although one of them takes it back."""
        found = (self._find(one) for one in others)
        return any(one is not None and _written(one, reference, register) == held.value for one in found)

    def _leave_to(
        self,
        others: Sequence[str],
        leading: Sequence[str],
        reference: str,
        register: str,
        now: Folded | None,
        held: Held,
    ) -> None:
        """Let a register hold what others stated at the same time, as if this had never been written."""
        found = [one for one in map(self._find, others) if one is not None]
        left = settled(reference, register, found, head_refs_of(now))
        if left is None or (left.value == held.value and not held.versions):
            self._kept.append((reference, register))
            return
        same = [one.id for one in found if _written(one, reference, register) == left.value]
        self._writes.setdefault(reference, {})[register] = left.value
        self._replaces[base_key(reference, register)] = tuple(sorted({*leading, *same}))


def records_back(
    changes: Iterable[tuple[PersonChange, PersonRecord | None]], people: Mapping[str, PersonRecord]
) -> tuple[tuple[PersonRecord, ...], tuple[tuple[str, str], ...]]:
    """The person records of players as these changes found them, and the (reference, field) pairs that stay.

    A field goes back only while it says what the change said. Who was new then, or is erased since, has no former
    record: nothing brings back a name that was forgotten. A PIN never goes back.
    """
    restored: dict[str, PersonRecord] = {}
    kept: list[tuple[str, str]] = []
    for change, before in changes:
        person_id = change.person.id
        now = restored.get(person_id, people.get(person_id))
        if before is None or now is None or change.erased:
            continue
        for name in _GOES_BACK:
            former, said = getattr(before, name), getattr(change.person, name)
            if former == said:
                continue
            if getattr(now, name) == said:
                now = replace(now, **{name: former})
            elif getattr(now, name) != former:
                kept.append((ref("player", person_id), name))
        restored[person_id] = now
    changed = (one for person_id, one in restored.items() if one != people[person_id])
    return tuple(changed), tuple(kept)


def value_before(
    operation: Operation, reference: str, register: str, find: Find, head_refs: frozenset[str] = frozenset()
) -> Held:
    """What a register held when the author of the operation saw it; CLEAR when it held nothing."""
    key = base_key(reference, register)
    named = [found for one in operation.base.get(key, ()) if (found := find(one)) is not None]
    if register == "archived":
        # The base of a mark is all that its author saw of the record, mark or not.
        marks = [one for one in named if _written(one, reference, register) is not CLEAR]
        last = max(marks, key=lambda one: one.order, default=None)
        return Held(_written(last, reference, register) if last is not None else False, ())
    held = settled(reference, register, named, head_refs)
    return Held(CLEAR, ()) if held is None else held


def standing(heads: Iterable[str], reference: str, register: str, find: Find) -> frozenset[str]:
    """The heads of a register, and whom they stand for.

    Taking back an operation puts those it had replaced back in place.
    """
    key = base_key(reference, register)
    found: set[str] = set()
    waiting = list(heads)
    while waiting:
        op_id = waiting.pop()
        if op_id in found:
            continue
        found.add(op_id)
        operation = find(op_id)
        for target in () if operation is None else targets_of(operation):
            taken = find(target)
            if taken is not None:
                waiting.extend(taken.base.get(key, ()))
    return frozenset(found)


def peers_of(parts: Sequence[Operation], around: Iterable[Operation]) -> tuple[Operation, ...]:
    """Undo or redo operations that took back the same as these on other desks: they go back together or not at all.

    `around` are the operations on the same records, in any order.
    """
    targets = {target for part in parts for target in targets_of(part)}
    if not targets:
        return ()
    newest_first = sorted({one.id: one for one in around}.values(), key=lambda one: one.order, reverse=True)
    gone = taken_back(newest_first)
    own = {part.id for part in parts}
    return tuple(
        one for one in newest_first if one.id not in gone and one.id not in own and targets & set(targets_of(one))
    )


def records_of(operations: Iterable[Operation]) -> frozenset[str]:
    """The references of all records that these operations write to."""
    return frozenset().union(*(touched(operation) for operation in operations))


def _with_targets(operations: Iterable[Operation], find: Find) -> frozenset[str]:
    """These operations, those that they take back or bring back, and so on."""
    found: set[str] = set()
    waiting = list(operations)
    while waiting:
        operation = waiting.pop()
        if operation.id not in found:
            found.add(operation.id)
            waiting += [one for one in map(find, targets_of(operation)) if one is not None]
    return frozenset(found)


def _remembering(find: Find) -> Find:
    held: dict[str, Operation | None] = {}

    def found(op_id: str) -> Operation | None:
        if op_id not in held:
            held[op_id] = find(op_id)
        return held[op_id]

    return found


def _written(operation: Operation, reference: str, register: str) -> Json:
    values: Any = operation.payload.get("set", {}).get(reference, {})
    return values.get(register, CLEAR)


def _stage_back(value: Json, before: Json, held: Held, others_hold: bool) -> Json | None:
    """One generation up, at the stage before; None when somebody has moved the stage on, or states it too."""
    if others_hold or held.value is CLEAR or value is CLEAR or held.value[1] != value[1]:
        return None
    return [held.value[0] + 1, 0 if before is CLEAR else before[1]]
