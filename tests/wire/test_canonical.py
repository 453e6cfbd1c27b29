"""Canonical bytes: one form per value, and nothing else is taken for it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arctos_desk.wire.canonical import MAX_BYTES, MAX_INTEGER, NotCanonical, TooLarge, canonical_bytes, parse_canonical


def _nfc(text: str) -> bool:
    import unicodedata

    return unicodedata.is_normalized("NFC", text)


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12).filter(_nfc)
values = st.recursive(
    st.booleans() | st.integers(-MAX_INTEGER, MAX_INTEGER) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=25,
)


@given(values)
def test_reading_what_was_written_gives_the_value_back(value: object) -> None:
    assert parse_canonical(canonical_bytes(value)) == value


@given(st.dictionaries(texts, values, max_size=6), st.randoms())
def test_the_order_in_which_keys_were_put_in_does_not_matter(value: dict[str, object], chance: object) -> None:
    keys = list(value)
    chance.shuffle(keys)  # type: ignore[attr-defined]
    assert canonical_bytes({key: value[key] for key in keys}) == canonical_bytes(value)


@given(values)
def test_any_other_spelling_of_a_value_is_refused(value: object) -> None:
    other = json.dumps(value, ensure_ascii=True, indent=1, sort_keys=True).encode()
    if other != canonical_bytes(value):
        with pytest.raises(NotCanonical):
            parse_canonical(other)


def test_the_bytes_of_a_value_are_these() -> None:
    value = {"b": [1, True, "ü\n\u2028"], "a": {}, "Z": -3}
    assert canonical_bytes(value) == '{"Z":-3,"a":{},"b":[1,true,"ü\\n\u2028"]}'.encode()


@pytest.mark.parametrize(
    ("value", "code", "place"),
    [
        ({"d": {"x": 1.0}}, "FLOAT", "d.x"),
        ({"d": [1, None]}, "NULL", "d[1]"),
        ({"d": MAX_INTEGER + 1}, "BAD_INTEGER", "d"),
        ({"d": "u\u0308"}, "NOT_NFC", "d"),
        ({"u\u0308": 1}, "NOT_NFC", "u\u0308"),
        ({"d": "\ud800"}, "LONE_SURROGATE", "d"),
        ({1: 2}, "KEY_NOT_TEXT", ""),
        ({"d": b"x"}, "NO_JSON", "d"),
    ],
)
def test_a_value_without_canonical_form_says_what_and_where(value: object, code: str, place: str) -> None:
    with pytest.raises(NotCanonical) as caught:
        canonical_bytes(value)
    assert (caught.value.code, caught.value.place) == (code, place)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b'{"a":1,"a":2}', "REPEATED_KEY"),
        (b'{"a":1.0}', "FLOAT"),
        (b'{"a":NaN}', "FLOAT"),
        (b'{"a":null}', "NULL"),
        (b'{"a": 1}', "OTHER_FORM"),
        (b'{"b":1,"a":2}', "OTHER_FORM"),
        (b'{"a":"\\u00fc"}', "OTHER_FORM"),
        (b'{"a":-0}', "OTHER_FORM"),
        (b'{"a":1', "NOT_JSON"),
        (b'{"a":1}{}', "NOT_JSON"),
        (b"\xff", "NOT_UTF8"),
        (b"[" * 5_000, "TOO_DEEP"),
        (b"1" * 5_000, "BAD_INTEGER"),
        (b'"\\ud800"', "LONE_SURROGATE"),
    ],
)
def test_bytes_that_are_not_canonical_are_refused(raw: bytes, code: str) -> None:
    with pytest.raises(NotCanonical) as caught:
        parse_canonical(raw)
    assert caught.value.code == code


def test_an_operation_may_fill_its_last_byte_and_no_more() -> None:
    room = MAX_BYTES - len(b'""')
    assert len(canonical_bytes("x" * room)) == MAX_BYTES
    with pytest.raises(TooLarge):
        canonical_bytes("x" * (room + 1))
    with pytest.raises(TooLarge):
        parse_canonical(b'"' + b"x" * (room + 1) + b'"')


def test_nesting_has_an_end() -> None:
    value: object = 1
    for _ in range(33):
        value = [value]
    with pytest.raises(NotCanonical, match="TOO_DEEP"):
        canonical_bytes(value)
