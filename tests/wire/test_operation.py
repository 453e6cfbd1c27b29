"""Sealing and unsealing: the same entry comes out, and no changed byte gets through."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arctos_desk.wire.canonical import NotCanonical, TooLarge, canonical_bytes
from arctos_desk.wire.operation import BadOperation, NewerEnvelope, operation_of, seal, signed_message, unseal
from arctos_desk.wire.signing import DeviceKey, device_name, signed_by
from tests.wire.makers import KEY, operation, stream_of


def test_an_unsealed_operation_is_the_one_that_was_sealed() -> None:
    cleared = {"clear": {"match/m": ["a"]}}
    told = operation(2, "ab" * 32, base={"match/m2#result": ("x-1", "y-7")}, reason="typed twice", payload=cleared)
    sealed = seal(told, KEY.sign)
    again = unseal(sealed.raw, sealed.signature)
    assert again == sealed
    assert again.operation == told
    assert again.hash == hashlib.sha256(sealed.raw).hexdigest()


def test_the_sealed_bytes_are_the_envelope_of_the_design() -> None:
    sealed = seal(operation(), KEY.sign)
    assert json.loads(sealed.raw) == {
        "v": 1, "t": "cup", "s": "aa", "n": 1, "p": "", "i": "aa-1", "h": "00000000" + "03e90000", "w": 1001,
        "a": "desk", "k": "match.change", "kv": 1, "d": {"set": {"match/m1": {"name": "Match 1"}}}, "b": {},
    }  # fmt: skip


def test_the_signature_covers_the_prefix_and_the_hash_of_the_bytes() -> None:
    sealed = seal(operation(), KEY.sign)
    assert signed_message(sealed.raw) == b"deskop1" + hashlib.sha256(sealed.raw).digest()
    assert signed_by(KEY.public_key, sealed)
    assert not signed_by(DeviceKey(bytes(32)).public_key, sealed)
    assert not signed_by("no key", sealed)


def test_a_key_never_shows_its_seed() -> None:
    assert KEY.seed.hex() not in repr(KEY)
    assert repr(KEY.seed) not in repr(KEY)
    assert KEY.device == device_name(KEY.public_key)
    assert len(KEY.device) == 12


@given(st.integers(0), st.integers(0, 7))
def test_no_flipped_bit_passes_as_the_signed_entry(at: int, bit: int) -> None:
    sealed = seal(operation(), KEY.sign)
    raw = bytearray(sealed.raw)
    raw[at % len(raw)] ^= 1 << bit
    try:
        changed = unseal(bytes(raw), sealed.signature)
    except (BadOperation, NotCanonical):
        return
    assert changed.hash != sealed.hash
    assert not signed_by(KEY.public_key, changed)


def _envelope(**changes: Any) -> bytes:
    value = json.loads(seal(operation(), KEY.sign).raw)
    value.update(changes)
    return canonical_bytes({key: inner for key, inner in value.items() if inner != "-"})


@pytest.mark.parametrize(
    ("changes", "code", "place"),
    [
        ({"t": "-"}, "MISSING", "t"),
        ({"z": 1}, "UNKNOWN", "z"),
        ({"n": 0}, "BAD_NUMBER", "n"),
        ({"n": True}, "BAD_NUMBER", "n"),
        ({"n": 2}, "BAD_PREVIOUS", "p"),
        ({"p": "ab" * 32}, "BAD_PREVIOUS", "p"),
        ({"n": 2, "p": "ABC"}, "BAD_PREVIOUS", "p"),
        ({"h": "1"}, "BAD_CLOCK", "h"),
        ({"s": "../up"}, "BAD_NAME", "s"),
        ({"i": ""}, "BAD_NAME", "i"),
        ({"k": "Match"}, "BAD_KIND", "k"),
        ({"w": "1"}, "BAD_NUMBER", "w"),
        ({"a": 1}, "BAD_TEXT", "a"),
        ({"kv": 0}, "BAD_NUMBER", "kv"),
        ({"d": []}, "BAD_PAYLOAD", "d"),
        ({"d": {"set": {"match/m": 1}}}, "BAD_WRITES", "d.set"),
        ({"d": {"clear": {"match/m": "name"}}}, "BAD_WRITES", "d.clear"),
        ({"b": {"match/m#name": "x"}}, "BAD_BASE", "b"),
        ({"r": ""}, "EMPTY_REASON", "r"),
    ],
)
def test_an_envelope_at_fault_says_where(changes: dict[str, Any], code: str, place: str) -> None:
    with pytest.raises(BadOperation) as caught:
        unseal(_envelope(**changes), bytes(64))
    assert (caught.value.code, caught.value.place) == (code, place)


def test_a_newer_envelope_is_told_apart_from_a_bad_one() -> None:
    with pytest.raises(NewerEnvelope):
        unseal(canonical_bytes({"v": 2, "whatever": "it holds"}), bytes(64))


def test_a_list_is_no_operation() -> None:
    with pytest.raises(BadOperation, match="NOT_AN_OBJECT"):
        unseal(b"[]", bytes(64))


def test_a_signature_has_64_bytes() -> None:
    with pytest.raises(BadOperation, match="BAD_SIGNATURE"):
        unseal(_envelope(), b"short")


def test_an_entry_too_large_to_travel_is_refused_before_it_is_sealed() -> None:
    with pytest.raises(TooLarge):
        seal(operation(payload={"set": {"match/m": {"name": "x" * 16_384}}}), KEY.sign)


def test_a_payload_changed_after_sealing_does_not_reach_into_the_log() -> None:
    payload = {"set": {"match/m": {"name": "one"}}}
    sealed = seal(operation(payload=payload), KEY.sign)
    payload["set"]["match/m"]["name"] = "two"
    assert sealed.operation.payload["set"]["match/m"]["name"] == "one"


def test_the_total_order_is_clock_then_stream_then_number() -> None:
    first, second = stream_of(2)
    assert first.operation.order < second.operation.order
    assert first.operation.order == (first.operation.clock, "aa", 1)


def test_bytes_that_rest_in_a_log_read_as_the_operation_that_was_sealed() -> None:
    sealed = seal(operation(base={"match/m1#name": ("x",)}), KEY.sign)
    assert operation_of(sealed.raw) == sealed.operation
    with pytest.raises(BadOperation):
        operation_of(sealed.raw[:-1])
