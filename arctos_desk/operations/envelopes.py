"""Cuts one command into as many operations as it needs: almost always one, many for an import. Stores nothing.

A cut goes between records, and inside a record between its registers where it is too large by itself. A value that
fits into no envelope is refused before anything is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from arctos_desk.operations.draft import Draft
from arctos_desk.operations.labels import words_to_json
from arctos_desk.operations.reduce import base_key, touched
from arctos_desk.operations.undo import line_of
from arctos_desk.tournament.reasons import Problem, Refused
from arctos_desk.tournament.registers import CLEAR, Json
from arctos_desk.tournament.words import say
from arctos_desk.wire.canonical import MAX_BYTES, canonical_bytes
from arctos_desk.wire.operation import Operation

_FRAME: Final = 1_024
"""Bytes kept for what every envelope carries beside payload, base and reason: ids, hash, clock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The writes of one operation, what each replaces, and which operations it takes back."""

    values: Mapping[str, Mapping[str, Json]] = field(default_factory=dict)
    cleared: Mapping[str, Sequence[str]] = field(default_factory=dict)
    base: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    back: frozenset[str] = frozenset()
    versions: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def payload(self, common: Mapping[str, Json]) -> dict[str, Json]:
        payload = dict(common)
        if self.values:
            payload["set"] = self.values
        if self.cleared:
            payload["clear"] = self.cleared
        if self.back:
            payload["back"] = sorted(self.back)
        if self.versions:
            payload["versions"] = self.versions
        return payload


def common_payload(draft: Draft, role: str) -> dict[str, Json]:
    """What every part of a command says."""
    common: dict[str, Json] = {"as": role, **draft.extra}
    if not draft.undoable:
        common["final"] = True
    return common


def parts_of(draft: Draft, base: Mapping[str, tuple[str, ...]], common: Mapping[str, Json]) -> tuple[Part, ...]:
    """The writes of a command cut into parts that fit; at least one. Raises Refused TOO_LARGE with every such value.

    An undo names in each part what wrote to its records, and in the first also the lines of the journal that it takes
    back.
    """
    first = Part(back=frozenset(one.id for one in draft.takes_back if line_of(one) == one.id))
    words = len(canonical_bytes({**first.payload(common), "label": words_to_json(draft.label)}, limit=None))
    room = MAX_BYTES - _FRAME - words - len(draft.reason.encode())
    targets = _targets(draft.takes_back)
    parts = [[first]]
    used = 0
    problems: list[Problem] = []
    for piece in _pieces(draft, base, targets, room):
        size = _size(piece)
        if size > room:
            problems.append(_too_large(piece))
        if used and used + size > room:
            parts.append([])
            used = 0
        parts[-1].append(piece)
        used += size
    if problems:
        raise Refused(problems)
    return tuple(map(_joined, parts))


def _pieces(
    draft: Draft, base: Mapping[str, tuple[str, ...]], targets: Mapping[str, Sequence[str]], room: int
) -> Iterator[Part]:
    """One piece per record; a record that is too large by itself register by register."""
    for reference, registers in draft.writes.items():
        whole = _piece(draft, base, targets, reference, registers)
        if _size(whole) <= room:
            yield whole
        else:
            for register, value in registers.items():
                yield _piece(draft, base, targets, reference, {register: value})


def _piece(
    draft: Draft,
    base: Mapping[str, tuple[str, ...]],
    targets: Mapping[str, Sequence[str]],
    reference: str,
    registers: Mapping[str, Json],
) -> Part:
    values = {register: value for register, value in registers.items() if value is not CLEAR}
    cleared = sorted(register for register, value in registers.items() if value is CLEAR)
    keys = [base_key(reference, register) for register in registers]
    return Part(
        values={reference: values} if values else {},
        cleared={reference: cleared} if cleared else {},
        base={key: base[key] for key in keys if key in base},
        back=frozenset(targets.get(reference, ())),
        versions={key: list(draft.versions[key]) for key in keys if key in draft.versions},
    )


def _joined(pieces: Sequence[Part]) -> Part:
    values: dict[str, dict[str, Json]] = {}
    cleared: dict[str, list[str]] = {}
    base: dict[str, tuple[str, ...]] = {}
    versions: dict[str, Sequence[str]] = {}
    for piece in pieces:
        for reference, some in piece.values.items():
            values.setdefault(reference, {}).update(some)
        for reference, names in piece.cleared.items():
            cleared.setdefault(reference, []).extend(names)
        base.update(piece.base)
        versions.update(piece.versions)
    back = frozenset().union(*(piece.back for piece in pieces))
    return Part(values=values, cleared=cleared, base=base, back=back, versions=versions)


def _size(piece: Part) -> int:
    return len(canonical_bytes({**piece.payload({}), "b": {k: list(v) for k, v in piece.base.items()}}, limit=None))


def _targets(operations: Sequence[Operation]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for operation in operations:
        for reference in touched(operation):
            found.setdefault(reference, []).append(operation.id)
    return found


def _too_large(piece: Part) -> Problem:
    reference = next(iter((*piece.values, *piece.cleared)))
    register = next(iter(piece.values.get(reference, ())), "")
    return Problem(
        "TOO_LARGE",
        say("This is too long to be kept as one entry"),
        place=register,
        next_step=say("Shorten it"),
        about=reference,
    )
