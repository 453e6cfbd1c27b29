"""Sentences for people that are not yet in any language: a message id with its parameters.

Does not know languages, catalogues or time zones; `runtime.messages` renders.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Clock:
    """An instant to be shown as a time of day in the event's zone."""

    at_ms: int


@dataclass(frozen=True, slots=True)
class Day:
    """An instant to be shown as a calendar day in the event's zone."""

    at_ms: int


@dataclass(frozen=True, slots=True)
class Words:
    """One sentence: the English text with {placeholders}, and what belongs into them.

    `plural` is set when the sentence depends on the number `count`; it is the English plural form.
    """

    msgid: str
    params: tuple[tuple[str, Param], ...] = ()
    plural: str = ""
    count: int = 0


Param = str | int | Clock | Day | Words | tuple["Param", ...]


def say(msgid: str, /, **params: Param) -> Words:
    """A sentence; the call is what the catalogue extraction looks for, so `msgid` must be a literal."""
    return Words(msgid, tuple(sorted(params.items())))


def say_n(singular: str, plural: str, count: int, /, **params: Param) -> Words:
    """A sentence whose form depends on `count`, which is also available as {count}."""
    return Words(singular, tuple(sorted({**params, "count": count}.items())), plural, count)


def in_english(words: Words) -> str:
    """The sentence in its source language, times in UTC: for logs and tests of the pure rings."""
    text = words.msgid if not words.plural or words.count == 1 else words.plural
    for name, value in words.params:
        text = text.replace("{" + name + "}", _plain(value))
    return text


def _plain(value: Param) -> str:
    if isinstance(value, Words):
        return in_english(value)
    if isinstance(value, Clock):
        minutes = value.at_ms // 60_000
        return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"
    if isinstance(value, Day):
        from datetime import UTC, datetime

        return datetime.fromtimestamp(value.at_ms // 1000, UTC).strftime("%Y-%m-%d")
    if isinstance(value, tuple):
        return ", ".join(_plain(part) for part in value)
    return str(value)
