"""The operation: one entry of the log, its envelope, its sealed bytes (sync.md §4.2).

The canonical bytes are what is hashed, signed, stored and relayed; they are never written anew. Knows no payloads:
what an entry means is for `operations`.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from arctos_desk.wire.canonical import Json, canonical_bytes, parse_canonical
from arctos_desk.wire.clock import is_clock

ENVELOPE_VERSION: Final = 1
SIGNED_PREFIX: Final = b"deskop1"
SIGNATURE_BYTES: Final = 64
STREAM_OPEN: Final = "stream.open"
"""Kind of the first entry of every stream: who writes it, with which build, and after which stream."""

_NAME: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,63}")
_KIND: Final = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*){0,5}")
_HASH: Final = re.compile(r"[0-9a-f]{64}")
_REQUIRED: Final = frozenset({"v", "t", "s", "n", "p", "i", "h", "w", "a", "k", "kv", "d", "b"})
_ALLOWED: Final = _REQUIRED | {"r"}


class BadOperation(ValueError):
    """The bytes are no operation; `code` is for machines, `place` names the key at fault."""

    def __init__(self, code: str, place: str = "", detail: str = "") -> None:
        self.code = code
        self.place = place
        super().__init__(" ".join(part for part in (code, f"at {place}" if place else "", detail) if part))


class NewerEnvelope(BadOperation):
    """A newer build wrote it in an envelope this one cannot read; such entries are kept, never refused."""

    def __init__(self, version: int) -> None:
        self.version = version
        super().__init__("NEWER_ENVELOPE", "v", str(version))


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One press of a button as everybody's log holds it.

    `previous` is the hash of the entry before it in its stream, "" for the first. `base` names, for each register
    written ("match/3f…#result"), the operations that were on the screen and are now replaced. Mappings are read-only
    by agreement.
    """

    tournament: str
    stream: str
    number: int
    previous: str
    id: str
    clock: str
    wall_ms: int
    actor: str
    kind: str
    kind_version: int = 1
    payload: Mapping[str, Json] = field(default_factory=dict)
    base: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    reason: str = ""
    envelope_version: int = ENVELOPE_VERSION

    @property
    def order(self) -> tuple[str, str, int]:
        """The place in the total order of all entries: clock, stream, number."""
        return (self.clock, self.stream, self.number)


@dataclass(frozen=True, slots=True)
class Sealed:
    """An operation with the bytes that were hashed and signed; `hash` is their SHA-256 as hex."""

    operation: Operation
    raw: bytes
    hash: str
    signature: bytes


def signed_message(raw: bytes) -> bytes:
    """What a device key signs for an operation's bytes."""
    return SIGNED_PREFIX + hashlib.sha256(raw).digest()


def seal(operation: Operation, sign: Callable[[bytes], bytes]) -> Sealed:
    """The operation in its final bytes, signed. Raises BadOperation, NotCanonical, TooLarge."""
    raw = canonical_bytes(_envelope(operation))
    return unseal(raw, sign(signed_message(raw)))


def unseal(raw: bytes, signature: bytes) -> Sealed:
    """Read an operation's bytes strictly. Verifies neither signature nor chain. Raises BadOperation, NotCanonical."""
    if len(signature) != SIGNATURE_BYTES:
        raise BadOperation("BAD_SIGNATURE", "signature", f"{len(signature)} bytes")
    return Sealed(_read(parse_canonical(raw)), raw, hashlib.sha256(raw).hexdigest(), signature)


def operation_of(raw: bytes) -> Operation:
    """The operation in bytes that `unseal` has read before: for those that rest in a log, and checks nothing twice.

    Raises BadOperation when they are no operation at all.
    """
    try:
        value = json.loads(raw)
        return Operation(
            tournament=value["t"],
            stream=value["s"],
            number=value["n"],
            previous=value["p"],
            id=value["i"],
            clock=value["h"],
            wall_ms=value["w"],
            actor=value["a"],
            kind=value["k"],
            kind_version=value["kv"],
            payload=value["d"],
            base={register: tuple(named) for register, named in value["b"].items()},
            reason=value.get("r", ""),
            envelope_version=value["v"],
        )
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError) as error:
        raise BadOperation("NOT_AN_OPERATION") from error


def _envelope(operation: Operation) -> dict[str, Json]:
    envelope: dict[str, Json] = {
        "v": operation.envelope_version,
        "t": operation.tournament,
        "s": operation.stream,
        "n": operation.number,
        "p": operation.previous,
        "i": operation.id,
        "h": operation.clock,
        "w": operation.wall_ms,
        "a": operation.actor,
        "k": operation.kind,
        "kv": operation.kind_version,
        "d": operation.payload,
        "b": operation.base,
    }
    if operation.reason:
        envelope["r"] = operation.reason
    return envelope


def _read(value: Json) -> Operation:
    if not isinstance(value, dict):
        raise BadOperation("NOT_AN_OBJECT")
    version = _whole(value, "v", 1)
    if version > ENVELOPE_VERSION:
        raise NewerEnvelope(version)
    for key in sorted(_REQUIRED - value.keys()):
        raise BadOperation("MISSING", key)
    for key in sorted(value.keys() - _ALLOWED):
        raise BadOperation("UNKNOWN", key)
    number = _whole(value, "n", 1)
    previous = _text(value, "p")
    if (number == 1) != (previous == "") or (previous and not _HASH.fullmatch(previous)):
        raise BadOperation("BAD_PREVIOUS", "p")
    clock = _text(value, "h")
    if not is_clock(clock):
        raise BadOperation("BAD_CLOCK", "h")
    payload = value["d"]
    if not isinstance(payload, dict):
        raise BadOperation("BAD_PAYLOAD", "d")
    _check_writes(payload)
    reason = _text(value, "r") if "r" in value else ""
    if "r" in value and not reason:
        raise BadOperation("EMPTY_REASON", "r")
    return Operation(
        tournament=_name(value, "t"),
        stream=_name(value, "s"),
        number=number,
        previous=previous,
        id=_name(value, "i"),
        clock=clock,
        wall_ms=_whole(value, "w"),
        actor=_text(value, "a"),
        kind=_kind(value),
        kind_version=_whole(value, "kv", 1),
        payload=payload,
        base=_base(value["b"]),
        reason=reason,
        envelope_version=version,
    )


def _check_writes(payload: Mapping[str, Json]) -> None:
    """`set` and `clear`, where an entry has them, have one shape for all kinds: the index of records relies on it."""
    writes = payload.get("set", {})
    if not isinstance(writes, dict) or not all(isinstance(values, dict) for values in writes.values()):
        raise BadOperation("BAD_WRITES", "d.set")
    clears = payload.get("clear", {})
    if not isinstance(clears, dict) or not all(_is_texts(names) for names in clears.values()):
        raise BadOperation("BAD_WRITES", "d.clear")


def _base(value: Json) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, dict) or not all(_is_texts(named) for named in value.values()):
        raise BadOperation("BAD_BASE", "b")
    return {register: tuple(named) for register, named in value.items()}


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)


def _whole(value: Mapping[str, Json], key: str, least: int | None = None) -> int:
    number = value.get(key)
    if not isinstance(number, int) or isinstance(number, bool) or (least is not None and number < least):
        raise BadOperation("BAD_NUMBER", key)
    return number


def _text(value: Mapping[str, Json], key: str) -> str:
    text = value.get(key)
    if not isinstance(text, str):
        raise BadOperation("BAD_TEXT", key)
    return text


def _name(value: Mapping[str, Json], key: str) -> str:
    text = _text(value, key)
    if not _NAME.fullmatch(text):
        raise BadOperation("BAD_NAME", key)
    return text


def _kind(value: Mapping[str, Json]) -> str:
    text = _text(value, "k")
    if not _KIND.fullmatch(text):
        raise BadOperation("BAD_KIND", "k")
    return text
