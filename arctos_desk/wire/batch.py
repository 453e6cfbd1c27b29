"""A batch of runs as bytes, the same on every carrier: over the internet, the LAN and on a stick (sync.md §6.1).

A mark, then compressed: for each run its stream, first number and count, then each operation's bytes and signature as
they were sealed. Judges neither chain nor signature: `frontier.check_run` and `signing` do.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Sequence
from typing import Final

from arctos_desk.wire.canonical import MAX_BYTES, NotCanonical
from arctos_desk.wire.frontier import Run, runs
from arctos_desk.wire.operation import SIGNATURE_BYTES, BadOperation, Sealed, unseal

MARK: Final = b"ARCTOSB1"
MOST_OPERATIONS: Final = 2_000
MOST_COMPRESSED: Final = 1 << 20

_MOST_PLAIN: Final = MOST_OPERATIONS * (MAX_BYTES + SIGNATURE_BYTES + 128)
_COUNT: Final = struct.Struct(">I")
_RUN: Final = struct.Struct(">HQI")
_RAW: Final = struct.Struct(">H")


class BadBatch(ValueError):
    """The bytes are no batch; `code` is for machines."""

    def __init__(self, code: str, detail: str = "") -> None:
        self.code = code
        super().__init__(f"{code} {detail}".strip())


def pack(some: Sequence[Run]) -> bytes:
    """The runs as one batch. Raises BadBatch when it would be larger than a batch may be."""
    if sum(len(run.sealed) for run in some) > MOST_OPERATIONS:
        raise BadBatch("TOO_MANY")
    parts = [_COUNT.pack(len(some))]
    for run in some:
        name = run.stream.encode()
        first = run.sealed[0].operation.number if run.sealed else 0
        parts += [_RUN.pack(len(name), first, len(run.sealed)), name]
        for one in run.sealed:
            parts += [_RAW.pack(len(one.raw)), one.raw, one.signature]
    packed = MARK + zlib.compress(b"".join(parts), 6)
    if len(packed) > MOST_COMPRESSED:
        raise BadBatch("TOO_LARGE", str(len(packed)))
    return packed


def unpack(packed: bytes) -> tuple[Run, ...]:
    """The runs of a batch, every operation read strictly. Raises BadBatch, BadOperation, NotCanonical."""
    if not packed.startswith(MARK):
        raise BadBatch("NO_BATCH")
    if len(packed) > MOST_COMPRESSED:
        raise BadBatch("TOO_LARGE", str(len(packed)))
    plain = _decompressed(packed[len(MARK) :])
    at = 0

    def take(size: int) -> bytes:
        nonlocal at
        at += size
        if at > len(plain):
            raise BadBatch("CUT_OFF")
        return plain[at - size : at]

    (count,) = _COUNT.unpack(take(_COUNT.size))
    found = []
    total = 0
    for _ in range(count):
        length, first, operations = _RUN.unpack(take(_RUN.size))
        total += operations
        if total > MOST_OPERATIONS:
            raise BadBatch("TOO_MANY")
        try:
            stream = take(length).decode()
        except UnicodeDecodeError as error:
            raise BadBatch("BAD_RUN") from error
        sealed = []
        for _ in range(operations):
            (size,) = _RAW.unpack(take(_RAW.size))
            sealed.append(unseal(take(size), take(SIGNATURE_BYTES)))
        if sealed and (sealed[0].operation.number != first or sealed[0].operation.stream != stream):
            raise BadBatch("BAD_RUN", stream)
        found.append(Run(stream, tuple(sealed)))
    if at != len(plain):
        raise BadBatch("TRAILING")
    return tuple(found)


def batches(sealed: Sequence[Sealed], *, most: int = MOST_OPERATIONS) -> Iterator[bytes]:
    """Operations as batches of at most `most`, streams together and oldest first; halved where they grow too large."""
    for start in range(0, len(sealed), most):
        part = sealed[start : start + most]
        try:
            yield pack(runs(part))
        except BadBatch:
            if len(part) == 1:
                raise
            yield from batches(part, most=(len(part) + 1) // 2)


def _decompressed(packed: bytes) -> bytes:
    reader = zlib.decompressobj()
    try:
        plain = reader.decompress(packed, _MOST_PLAIN)
    except zlib.error as error:
        raise BadBatch("CUT_OFF") from error
    if reader.unconsumed_tail:
        raise BadBatch("TOO_LARGE")
    if not reader.eof or reader.unused_data:
        raise BadBatch("CUT_OFF")
    return plain


__all__ = [
    "MOST_COMPRESSED",
    "MOST_OPERATIONS",
    "BadBatch",
    "BadOperation",
    "NotCanonical",
    "batches",
    "pack",
    "unpack",
]
