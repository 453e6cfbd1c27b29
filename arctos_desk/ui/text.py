"""Words on the screen: rendered in the language of the desk by the messages that the composition root gives us.

Knows no catalogue and no zone by itself. The language belongs to the process, as the theme belongs to the application;
before `speak` was called (widget tests) sentences appear in English with times in UTC.
"""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import Final, Protocol

from arctos_desk.tournament.instants import Instant
from arctos_desk.tournament.words import Clock, Day, Param, Words, in_english


class Messages(Protocol):
    """What renders a sentence and a time: `runtime.messages.Messages` in the window, English and UTC in tests."""

    def text(self, words: Words) -> str: ...

    def clock(self, at_ms: int) -> str: ...

    def day(self, at_ms: int) -> str: ...


class _English:
    def text(self, words: Words) -> str:
        return in_english(words)

    def clock(self, at_ms: int) -> str:
        return in_english(Words("{at}", (("at", Clock(at_ms)),)))

    def day(self, at_ms: int) -> str:
        return in_english(Words("{at}", (("at", Day(at_ms)),)))


class _Voice:
    """The one place that remembers who renders."""

    __slots__ = ("clocks", "days", "messages")

    def __init__(self) -> None:
        self.messages: Messages = _English()
        self.clocks: dict[int, str] = {}
        self.days: dict[int, str] = {}


_MOST_KEPT: Final = 4096
_VOICE = _Voice()


def speak(messages: Messages | None) -> None:
    """From now on render by these messages; None goes back to English. Widgets that exist keep the words they have."""
    _VOICE.messages = messages if messages is not None else _English()
    _VOICE.clocks.clear()
    _VOICE.days.clear()


def render(words: Words | str) -> str:
    """A sentence of the inner rings, in the language of the desk; what people typed stays as it is."""
    if isinstance(words, str):
        return words
    return _VOICE.messages.text(words)


def plain_tip(text: str) -> str:
    """Words for a tooltip, as they are: Qt would take a team called `<b>x</b>` for markup, and load what it names."""
    # The toolkit guesses: by a tag on the first line, or by an escaped one.
    if "<" not in text and "&lt;" not in text:
        return text
    return f'<p style="white-space: pre-wrap">{html.escape(text)}</p>'


def tr(msgid: str, /, **params: Param) -> str:
    """A sentence of the window; the call is what the catalogue extraction looks for, so `msgid` must be a literal."""
    return render(Words(msgid, tuple(sorted(params.items()))))


def tr_n(singular: str, plural: str, count: int, /, **params: Param) -> str:
    """A sentence whose form depends on `count`, which is also available as {count}."""
    return render(Words(singular, tuple(sorted({**params, "count": count}.items())), plural, count))


def clock(at_ms: Instant) -> str:
    """The time of day in the event's zone."""
    # A board asks for the same minutes again and again, and every answer costs a walk through locale and zone.
    return _kept(_VOICE.clocks, at_ms, _VOICE.messages.clock)


def day(at_ms: Instant) -> str:
    """The calendar day in the event's zone."""
    return _kept(_VOICE.days, at_ms, _VOICE.messages.day)


def _kept(known: dict[int, str], at_ms: Instant, say: Callable[[int], str]) -> str:
    found = known.get(at_ms)
    if found is None:
        if len(known) >= _MOST_KEPT:
            known.clear()
        found = known[at_ms] = say(at_ms)
    return found
