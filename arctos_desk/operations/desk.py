"""The one door for change: validates a command against the state, seals one operation, makes it durable, then says so.

The order of spec sync.md §4.3: base checked against the log, clock, signature, journal, transaction, and only then
the answer. A command too large for one operation (an import) becomes several that are appended together, undone
together and stand as one line in the journal. Does not know SQLite, windows or networks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from arctos_desk.operations.acting import Acting
from arctos_desk.operations.draft import Context, Draft, handler_of
from arctos_desk.operations.envelopes import Part, common_payload, parts_of
from arctos_desk.operations.exchange import FORK, Accepted, accept
from arctos_desk.operations.labels import words_from_json, words_to_json
from arctos_desk.operations.ports import EventLog, PersonChange, PersonRecord, ProjectionChange, Signer, WallClock
from arctos_desk.operations.reduce import base_key, fold, fold_all, is_newer
from arctos_desk.operations.rights import organiser_only, why_not_act, why_not_roster, why_not_write
from arctos_desk.operations.state import State, advance, from_folded, whole_change
from arctos_desk.operations.undo import (
    REDO,
    UNDO,
    Inverse,
    inverse_of,
    line_of,
    part_of,
    peers_of,
    records_back,
    records_of,
    taken_back,
    targets_of,
)
from arctos_desk.scheduling.solve import solve
from arctos_desk.tournament.ids import Chance, id_of, kind_of, ref, uuid7
from arctos_desk.tournament.kinds import Role, Stage
from arctos_desk.tournament.reasons import Finding, Problem, Reason, Refused
from arctos_desk.tournament.registers import Merge, Writes, merge_class
from arctos_desk.tournament.words import Words, say
from arctos_desk.wire.canonical import NotCanonical
from arctos_desk.wire.clock import tick
from arctos_desk.wire.operation import STREAM_OPEN, Operation, Sealed, seal

if TYPE_CHECKING:
    from arctos_desk.operations.commands import Command, Undo

_RECALLED: Final = 400
"""Operations that are looked through for the undo history when an event is opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a command: its value, the operation, what changed, what to tell. Saved when you hold it."""

    value: Any = None
    operation: str = ""
    label: Words = field(default_factory=lambda: Words(""))
    change: ProjectionChange = field(default_factory=ProjectionChange)
    findings: tuple[Finding, ...] = ()
    undoable: bool = False
    state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoPreview:
    """What taking back an operation would do.

    `rests` are facts that rest on it, those first that no consent sets aside; `kept` what stays because of later
    entries.
    """

    operation: str
    label: Words
    rests: tuple[Reason, ...]
    kept: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class _Step:
    """One line of this desk's undo history: the parts of one command."""

    operations: tuple[str, ...]
    kind: str


class Desk:
    """One event on this laptop. Calls come from one lane; `state` may be read from anywhere."""

    def __init__(
        self,
        log: EventLog,
        *,
        signer: Signer,
        clock: WallClock,
        chance: Chance,
        build: str,
    ) -> None:
        self._log = log
        self._signer = signer
        self._clock = clock
        self._chance = chance
        self._build = build
        self._stream = ""
        self._number = 0
        self._head = ""
        self._last_clock = log.last_clock()
        self._undo: list[_Step] = []
        self._redo: list[_Step] = []
        self.rebuilt = False
        folded = log.load()
        if folded is None:
            folded = fold_all(log.operations())
            self.rebuilt = True
        self.state = from_folded(log.tournament, folded, log.people(), now_ms=clock())
        if self.rebuilt:
            log.rebuild(whole_change(self.state))
        self._recall()

    # performing ------------------------------------------------------------------------------------------------------

    def perform(self, command: Command, acting: Acting) -> Outcome:
        """Perform one command durably.

        Raises Refused with every objection (nothing was changed), Outage when the disk fails (the desk must be
        opened again).
        """
        draft, seen = self._draft(command, acting)
        return self._commit(draft, acting, seen)

    def why_not(self, command: Command, acting: Acting) -> tuple[Problem, ...]:
        """Every objection to a command, without performing it; empty when it would be performed."""
        try:
            self._draft(command, acting)
        except Refused as refused:
            return refused.problems
        return ()

    def _draft(self, command: Command, acting: Acting) -> tuple[Draft, Mapping[str, tuple[str, ...]]]:
        """What a command comes to, and what its form had on the screen. Changes nothing. Raises Refused."""
        # Orders and what judges them are loaded with the first: a board is shown without any.
        from arctos_desk.operations.commands import Redo, Undo
        from arctos_desk.operations.door import admitted, why_not_kept
        from arctos_desk.operations.rests import broken_by

        now_ms = self._clock()
        _refuse_any(why_not_act(self.state, acting))
        command = admitted(command)
        context = Context(
            state=self.state,
            acting=acting,
            now_ms=now_ms if command.at_ms is None else command.at_ms,
            chance=self._chance,
        )
        if isinstance(command, Undo):
            draft = self._undo_draft(command, acting)
        elif isinstance(command, Redo):
            draft = self._redo_draft(acting)
        else:
            draft = handler_of(command)(command, context)
        going_back = draft.kind in (UNDO, REDO)
        _refuse_any(why_not_write(self.state, draft.writes, acting, going_back=going_back))
        _refuse_any((*why_not_kept(draft.writes), *self._newer(draft.writes)))
        if going_back:
            _refuse_any(broken_by(self.state, draft.writes))
        return draft, {**command.seen, **draft.replaces}

    def refresh(self) -> State:
        """Solve the day again for the present clock: static breaks end by themselves. Writes nothing."""
        now_ms = self._clock()
        solution = solve(self.state.event, now_ms=now_ms, before=self.state.solution)
        self.state = replace(self.state, solution=solution, solved_at_ms=now_ms)
        return self.state

    # other desks -----------------------------------------------------------------------------------------------------

    def receive(self, batch: Sequence[Sealed], people: Sequence[PersonChange] = ()) -> Accepted:
        """Take in what other desks wrote, in one transaction; what cannot enter the log is kept apart.

        Receiving again changes nothing. Raises Outage when the disk fails.
        """
        accepted = accept(self._log, batch)
        for sealed, code in accepted.apart:
            self._log.quarantine(sealed, code)
        forked = {
            sealed.operation.stream for sealed, code in accepted.apart if code == FORK and self._is_signed(sealed)
        }
        if forked:
            self._fold_afresh(forked)
        if not accepted.store and not people:
            return accepted
        operations = [one.operation for one in accepted.store]
        references = records_of(operations)
        refolded = {
            reference: fold(reference, [*known, *operations]) for reference, known in self._touching(references).items()
        }
        # a person's greatest clock counts, whatever comes last: the log knows it
        state, change = advance(self.state, refolded, people=self.state.people, now_ms=self._clock())
        self._log.receive(accepted.store, change, people)
        self.state = replace(state, people=self._log.people()) if people else state
        self._last_clock = max([self._last_clock, *(operation.clock for operation in operations)])
        self._drop_overtaken(references)
        return accepted

    def _is_signed(self, sealed: Sealed) -> bool:
        """Whether the device that opened a stream really wrote this: anybody can put a number on an unsigned entry."""
        from arctos_desk.wire.signing import signed_by  # signatures are heavy, and only what arrives is verified

        return signed_by(self._log.devices().get(sealed.operation.stream, ""), sealed)

    def _fold_afresh(self, streams: set[str]) -> None:
        """Fold everything again without what a fork has put in doubt; write on in a stream that nobody doubts."""
        if self._stream in streams:
            self._stream, self._number, self._head = "", 0, ""
        folded = fold_all(self._log.operations())
        self.state = from_folded(self._log.tournament, folded, self._log.people(), now_ms=self._clock())
        self._log.rebuild(whole_change(self.state))

    # undo ------------------------------------------------------------------------------------------------------------

    @property
    def next_undo(self) -> Words | None:
        """The name of what Undo would take back now; None when there is nothing."""
        return self._label_of(self._undo[-1]) if self._undo else None

    @property
    def next_redo(self) -> Words | None:
        return self._label_of(self._redo[-1]) if self._redo else None

    def preview_undo(self, operation: str = "") -> UndoPreview:
        """What taking back would do, without doing it. Raises Refused when it cannot be taken back."""
        from arctos_desk.operations.rests import broken_by  # loaded with the first order

        step = self._step(operation)
        inverse, _ = self._inverse(step)
        impossible = tuple(Reason(one.code, one.words, one.about) for one in broken_by(self.state, inverse.writes))
        return UndoPreview(
            operation=step.operations[0],
            label=self._label_of(step),
            rests=(*impossible, *self._rests_on(inverse)),
            kept=tuple(
                Reason(
                    "CHANGED_LATER",
                    say(
                        "{what} of {name} was changed later and stays as it is",
                        what=register,
                        name=self._name(reference),
                    ),
                    reference,
                )
                for reference, register in inverse.kept
            ),
        )

    def _undo_draft(self, command: Undo, acting: Acting) -> Draft:
        step = self._step(command.operation)
        inverse, taken = self._inverse(step)
        rests = () if command.accept_rests else self._rests_on(inverse)
        _refuse_any(
            tuple(
                Problem(
                    reason.code,
                    reason.words,
                    about=reason.about,
                    next_step=say("Look at the preview, then undo with consent"),
                )
                for reason in rests
            )
        )
        return self._take_back(step, taken, inverse, acting, UNDO)

    def _redo_draft(self, acting: Acting) -> Draft:
        if not self._redo:
            raise Refused([Problem("NOTHING_TO_REDO", say("There is nothing to redo"))])
        step = self._redo[-1]
        inverse, taken = self._inverse(step)
        return self._take_back(step, taken, inverse, acting, REDO)

    def _take_back(
        self, step: _Step, taken: tuple[Operation, ...], inverse: Inverse, acting: Acting, kind: str
    ) -> Draft:
        if inverse.is_empty:
            raise Refused(
                [
                    Problem(
                        "CHANGED_LATER",
                        say("Everything that this entry said was changed later"),
                        next_step=say("Change it again by hand"),
                    )
                ]
            )
        if acting.role is Role.DESK and any(_settles_for_people(one) for one in taken):
            raise Refused([organiser_only(say("A head referee or an organiser settles this"))])
        if inverse.people:
            _refuse_any(why_not_roster(self.state.event, acting))
        name = self._label_of(step)
        return Draft(
            kind=kind,
            writes=inverse.writes,
            people=inverse.people,
            label=say("Undo {what}", what=name) if kind == UNDO else say("Redo {what}", what=name),
            extra=self._settling(inverse.writes),
            takes_back=taken,
            replaces=inverse.replaces,
            versions=inverse.versions,
        )

    def _settling(self, writes: Writes) -> dict[str, list[str]]:
        """A confirmed result stays settled when it is taken back or brought back."""
        matches = self.state.event.matches
        keys = sorted(
            base_key(reference, "result")
            for reference, values in writes.items()
            if kind_of(reference) == "match"
            and "result" in values
            and id_of(reference) in matches
            and matches[id_of(reference)].stage >= Stage.CONFIRMED
        )
        return {"resolve": keys} if keys else {}

    def _step(self, operation: str) -> _Step:
        if not operation:
            if not self._undo:
                raise Refused([Problem("NOTHING_TO_UNDO", say("There is nothing to undo on this desk"))])
            return self._undo[-1]
        for step in reversed(self._undo):
            if operation in step.operations:
                return step
        found = self._log.operation(operation)
        if found is None or found.kind in (STREAM_OPEN, UNDO, REDO) or is_newer(found) or not _is_undoable(found):
            raise Refused([Problem("CANNOT_UNDO", say("This entry cannot be taken back"))])
        parts = self._command_of(found)
        around = sorted(self._around(parts), key=lambda one: one.order, reverse=True)
        if not {part.id for part in parts}.isdisjoint(taken_back(around)):
            raise Refused([Problem("UNDONE_ALREADY", say("This entry was taken back already"))])
        return _Step(tuple(one.id for one in parts), found.kind)

    def _command_of(self, operation: Operation) -> tuple[Operation, ...]:
        """All parts of the command that an operation belongs to: they lie one behind the other in its stream."""
        first, place, count = part_of(operation)
        if count == 1:
            return (operation,)
        sealed = self._log.sealed_after(operation.stream, operation.number - place - 1, count)
        return tuple(one.operation for one in sealed if line_of(one.operation) == first) or (operation,)

    def _around(self, parts: Sequence[Operation]) -> tuple[Operation, ...]:
        """Every operation on the records to which these write."""
        touching = self._log.touching(sorted(records_of(parts))).values()
        return tuple({one.id: one for some in touching for one in some}.values())

    def _inverse(self, step: _Step) -> tuple[Inverse, tuple[Operation, ...]]:
        """What takes a step back, and every operation that goes back with it."""
        found = (self._log.operation(one) for one in step.operations)
        parts = tuple(one for one in found if one is not None)
        if any(targets_of(part) for part in parts):
            parts += peers_of(parts, self._around(parts))
        inverse = inverse_of(parts, self.state.folded.get, self._log.operation)
        return self._with_people(inverse, parts), parts

    def _with_people(self, inverse: Inverse, parts: Sequence[Operation]) -> Inverse:
        """The inverse with the names and injuries of players that these operations changed beside the log."""
        changes = self._log.changes_of({line_of(part) for part in parts})
        of_players = [one for one in changes if ref("player", one[0].person.id) in self.state.folded]
        if not of_players:
            return inverse
        people, kept = records_back(of_players, self.state.people)
        return replace(inverse, people=people, kept=(*inverse.kept, *kept))

    def _drop_overtaken(self, references: frozenset[str] | None = None) -> None:
        """Forget steps at the top of the history of which nothing is left to take back, so that undo never sticks.

        With `references` only when these records are concerned.
        """
        for history in (self._undo, self._redo):
            while history:
                inverse, taken = self._inverse(history[-1])
                if not inverse.is_empty or (references is not None and references.isdisjoint(records_of(taken))):
                    break
                history.pop()

    def _label_of(self, step: _Step) -> Words:
        first = self._log.operation(step.operations[0])
        if first is None:
            return Words("")
        label = words_from_json(first.payload.get("label"))
        if first.kind in (UNDO, REDO):
            inner = dict(label.params).get("what")
            return inner if isinstance(inner, Words) else label
        return label

    def _rests_on(self, inverse: Inverse) -> tuple[Reason, ...]:
        from arctos_desk.operations.rests import rests_on  # loaded with the first order

        return rests_on(self.state, inverse.writes, now_ms=self._clock(), changed=inverse.changed)

    def _name(self, reference: str) -> str:
        folded = self.state.folded.get(reference)
        name = None if folded is None else folded.values().get("name")
        return name if isinstance(name, str) else reference.partition("/")[0]

    def _recall(self) -> None:
        """Fill the undo history from what this device wrote before, in any process."""
        devices = self._log.devices()
        own = {stream for stream, key in devices.items() if key == self._signer.public_key}
        for operation in reversed(self._log.recent(_RECALLED)):
            if operation.stream in own and operation.kind != STREAM_OPEN:
                self._remember(operation)
        self._drop_overtaken()

    def _remember(self, operation: Operation) -> None:
        first = line_of(operation)
        if first != operation.id:
            stack = self._redo if operation.kind == UNDO else self._undo
            if stack and stack[-1].operations[0] == first:
                stack[-1] = _Step((*stack[-1].operations, operation.id), operation.kind)
            return
        step = _Step((operation.id,), operation.kind)
        back = targets_of(operation)
        if operation.kind == UNDO:
            self._undo = [one for one in self._undo if one.operations[0] not in back]
            self._redo.append(step)
        elif operation.kind == REDO:
            self._redo = [one for one in self._redo if one.operations[0] not in back]
            self._undo.append(step)
        elif _is_undoable(operation):
            self._undo.append(step)
            self._redo.clear()

    # the commit ------------------------------------------------------------------------------------------------------

    def _newer(self, writes: Writes) -> tuple[Problem, ...]:
        """Records that an older build must not write to, because it cannot see all of them (sync.md §5.4)."""
        return tuple(
            Problem(
                "NEWER_VERSION",
                say("{name} was changed by a newer version of this program", name=self._name(reference)),
                next_step=say("Update this laptop to change it here"),
                about=reference,
            )
            for reference in writes
            if (folded := self.state.folded.get(reference)) is not None and folded.newer
        )

    def _commit(self, draft: Draft, acting: Acting, seen: Mapping[str, tuple[str, ...]]) -> Outcome:
        base, dropped = self._base(draft.writes, seen)
        findings = draft.findings
        if dropped:
            findings += (
                Finding(
                    "RELOADED", say("This form was reloaded: what it showed is no longer in the log of this laptop")
                ),
            )
        sealed = self._seal(draft, base, acting)
        operations = [one.operation for one in sealed]
        line = next(operation.id for operation in operations if operation.kind != STREAM_OPEN)
        people = self._person_changes(draft, line, operations[-1].clock)
        # people are named beside the log, so their records are looked at again when only a name changed
        references = records_of(operations) | self._named_by(people)
        refolded = {
            reference: fold(reference, [*known, *operations]) for reference, known in self._touching(references).items()
        }
        people_after = _after(self.state.people, people)
        state, change = advance(self.state, refolded, people=people_after, now_ms=self._clock())
        self._log.append(sealed, change, people)
        # durable from here on
        self.state = state
        last = sealed[-1]
        self._stream, self._number, self._head = last.operation.stream, last.operation.number, last.hash
        self._last_clock = last.operation.clock
        own = [operation for operation in operations if operation.kind != STREAM_OPEN]
        for operation in own:
            self._remember(operation)
        if draft.takes_back or draft.erased:
            self._drop_overtaken()
        return Outcome(
            value=draft.value,
            operation=own[0].id,
            label=draft.label,
            change=change,
            findings=findings,
            undoable=draft.undoable,
            state=state,
        )

    def _person_changes(self, draft: Draft, line: str, clock: str) -> tuple[PersonChange, ...]:
        now_ms = self._clock()
        known = [(person, False) for person in draft.people]
        gone = [(PersonRecord(id=person_id, name=""), True) for person_id in draft.erased]
        return tuple(
            PersonChange(id=uuid7(now_ms, self._chance), person=person, clock=clock, erased=erased, operation=line)
            for person, erased in (*known, *gone)
        )

    def _named_by(self, people: Sequence[PersonChange]) -> frozenset[str]:
        """The records that these person records name, as far as they are in the log already."""
        named = (ref(kind, change.person.id) for change in people for kind in ("person", "player"))
        return frozenset(reference for reference in named if reference in self.state.folded)

    def _touching(self, references: frozenset[str]) -> Mapping[str, Sequence[Operation]]:
        """What the log holds about each record; records never written before cost no look-up."""
        known = [reference for reference in references if reference in self.state.folded]
        found = self._log.touching(known) if known else {}
        return {reference: found.get(reference, ()) for reference in sorted(references)}

    def _base(self, writes: Writes, seen: Mapping[str, tuple[str, ...]]) -> tuple[dict[str, tuple[str, ...]], bool]:
        """What each write replaces: what the form showed, else what holds now.

        Ids that the log does not hold are dropped.
        """
        named = {one for ids in seen.values() for one in ids}
        known = self._log.known(named) if named else frozenset()
        dropped = len(known) < len(named)
        base: dict[str, tuple[str, ...]] = {}
        for reference, values in writes.items():
            folded = self.state.folded.get(reference)
            for register in values:
                key = base_key(reference, register)
                if register == "archived" and folded is not None:
                    heads = {one for held in folded.registers.values() for one in held.heads}
                    ids = tuple(sorted(heads))
                elif key in seen and register != "stage":
                    ids = tuple(one for one in seen[key] if one in known)
                else:
                    ids = self.state.heads(reference, register)
                if ids:
                    base[key] = ids
        return base, dropped

    def _seal(self, draft: Draft, base: Mapping[str, tuple[str, ...]], acting: Acting) -> list[Sealed]:
        common = common_payload(draft, acting.role.value)
        parts = parts_of(draft, base, common)
        stream, number, head, clock = self._stream, self._number, self._head, self._last_clock
        sealed: list[Sealed] = []
        wall_ms = self._clock()

        def add(kind: str, part: Part, op_id: str, reason: str, more: Mapping[str, Any]) -> None:
            nonlocal number, head, clock
            clock = tick(clock, wall_ms, ())
            number += 1
            one = seal(
                Operation(
                    tournament=self._log.tournament,
                    stream=stream,
                    number=number,
                    previous=head,
                    id=op_id,
                    clock=clock,
                    wall_ms=wall_ms,
                    actor=acting.person,
                    kind=kind,
                    payload=part.payload(more),
                    base=part.base,
                    reason=reason,
                ),
                self._signer.sign,
            )
            head = one.hash
            sealed.append(one)

        if not stream:
            stream = self._chance(10).hex()
            opening = {"device": self._signer.device, "key": self._signer.public_key, "build": self._build}
            add(STREAM_OPEN, Part(), uuid7(wall_ms, self._chance), "", opening)
        ids = [uuid7(wall_ms, self._chance) for _ in parts]
        try:
            for index, part in enumerate(parts):
                more = dict(common)
                if index == 0:
                    more["label"] = words_to_json(draft.label)
                if len(parts) > 1:
                    more["part"] = [ids[0], index, len(parts)]
                add(draft.kind, part, ids[index], draft.reason, more)
        except NotCanonical as error:
            words = say("This cannot be kept as an entry")
            raise Refused([Problem(error.code, words, place=error.place, next_step=say("Shorten it"))]) from error
        return sealed


def _after(people: Mapping[str, PersonRecord], changes: Sequence[PersonChange]) -> Mapping[str, PersonRecord]:
    """The person records after these changes."""
    if not changes:
        return people
    after = {**people, **{change.person.id: change.person for change in changes}}
    for change in changes:
        if change.erased:
            del after[change.person.id]
    return after


def _refuse_any(problems: Sequence[Problem]) -> None:
    if problems:
        raise Refused(problems)


def _settles_for_people(operation: Operation) -> bool:
    """Whether an operation settled a register on which people must agree."""
    keys = operation.payload.get("resolve", ())
    named = (key.partition("#") for key in keys if isinstance(key, str))
    return any(merge_class(kind_of(reference), register) is not Merge.QUIET for reference, _, register in named)


def _is_undoable(operation: Operation) -> bool:
    return not operation.payload.get("final", False)
