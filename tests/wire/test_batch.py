"""Batches: every byte of an entry arrives as it was sealed, or nothing does."""

from __future__ import annotations

import random
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arctos_desk.wire import batch
from arctos_desk.wire.batch import BadBatch, pack, unpack
from arctos_desk.wire.canonical import NotCanonical
from arctos_desk.wire.frontier import check_run, runs
from arctos_desk.wire.operation import BadOperation, seal
from arctos_desk.wire.signing import signed_by
from tests.wire.makers import KEY, operation, stream_of


def test_runs_arrive_as_they_were_packed() -> None:
    some = runs([*stream_of(5, stream="bb"), *stream_of(3, stream="aa")[1:]])
    assert unpack(pack(some)) == some
    assert unpack(pack(())) == ()


def test_a_large_backlog_travels_in_several_batches() -> None:
    sealed = stream_of(25)
    packed = list(batch.batches(sealed, most=10))
    assert len(packed) == 3
    assert [one for part in packed for run in unpack(part) for one in run.sealed] == sealed


def test_batches_shrink_until_they_fit() -> None:
    noise = random.Random(1)
    sealed = []
    for number in range(1, 181):
        payload = {"set": {"match/m": {"note": noise.randbytes(7_500).hex()}}}
        previous = sealed[-1].hash if sealed else ""
        sealed.append(seal(operation(number, previous, payload=payload), KEY.sign))
    packed = list(batch.batches(sealed))
    assert len(packed) > 1
    assert all(len(part) <= batch.MOST_COMPRESSED for part in packed)
    assert [one for part in packed for run in unpack(part) for one in run.sealed] == sealed


def test_too_many_entries_make_no_batch() -> None:
    with pytest.raises(BadBatch, match="TOO_MANY"):
        pack(runs(stream_of(1) * (batch.MOST_OPERATIONS + 1)))


@given(st.integers(0), st.integers(0, 7))
def test_no_flipped_bit_gets_through_unnoticed(at: int, bit: int) -> None:
    some = runs(stream_of(2))
    packed = bytearray(pack(some))
    packed[at % len(packed)] ^= 1 << bit
    try:
        arrived = unpack(bytes(packed))
    except (BadBatch, BadOperation, NotCanonical):
        return
    flawed = any(check_run(run) for run in arrived)
    unsigned = any(not signed_by(KEY.public_key, one) for run in arrived for one in run.sealed)
    assert arrived == some or flawed or unsigned


@pytest.mark.parametrize(
    ("packed", "code"),
    [
        (b"", "NO_BATCH"),
        (b"something else", "NO_BATCH"),
        (batch.MARK, "CUT_OFF"),
        (batch.MARK + zlib.compress(b""), "CUT_OFF"),
        (batch.MARK + zlib.compress(b"\0\0\0\0more"), "TRAILING"),
        (batch.MARK + zlib.compress(b"\0\0\0\1\0\2" + bytes(12) + b"\xff\xff"), "BAD_RUN"),
        (batch.MARK + zlib.compress(b"\0\0\0\1\0\0" + bytes(8) + b"\xff\xff\xff\xff"), "TOO_MANY"),
        (batch.MARK + zlib.compress(bytes(40_000_000)), "TOO_LARGE"),
        (batch.MARK + bytes(2 << 20), "TOO_LARGE"),
    ],
)
def test_what_is_no_batch_is_refused_without_reading_far(packed: bytes, code: str) -> None:
    with pytest.raises(BadBatch) as caught:
        unpack(packed)
    assert caught.value.code == code


def test_a_run_must_begin_where_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    sealed = stream_of(3)
    packed = bytearray(zlib.decompress(pack(runs(sealed[1:]))[len(batch.MARK) :]))
    packed[13] ^= 1
    with pytest.raises(BadBatch, match="BAD_RUN"):
        unpack(batch.MARK + zlib.compress(bytes(packed)))
