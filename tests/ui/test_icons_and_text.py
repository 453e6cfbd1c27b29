"""Drawings come out in the colour asked for; words come out in the language asked for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from arctos_desk.tournament.words import Words, say
from arctos_desk.ui import icons, text


@pytest.mark.parametrize("name", icons.ICON_NAMES)
def test_every_drawing_paints_in_the_colour_asked_for_and_stays_inside(
    name: icons.IconName, dressed: QApplication
) -> None:
    picture = icons.picture(name, 48, "#a8141c")
    solid = [
        QColor.fromRgba(picture.pixel(x, y)) for x in range(48) for y in range(48) if picture.pixel(x, y) >> 24 == 255
    ]
    assert solid, "nothing was drawn"
    assert {colour.name() for colour in solid} == {"#a8141c"}
    rim = [picture.pixel(x, y) >> 24 for x in range(48) for y in (0, 47)]
    assert max(rim) < 128


def test_a_drawing_is_sharp_on_a_screen_of_200_percent(dressed: QApplication) -> None:
    picture = icons.picture("check", 16, "#000000", 2.0)
    assert (picture.width(), picture.devicePixelRatio()) == (32, 2.0)


class _Loud:
    """Messages that shout, to see who renders."""

    def __init__(self) -> None:
        self.asked = 0

    def text(self, words: Words) -> str:
        return words.msgid.upper()

    def clock(self, at_ms: int) -> str:
        self.asked += 1
        return f"<{at_ms}>"

    def day(self, at_ms: int) -> str:
        return f"[{at_ms}]"


@pytest.fixture
def loud() -> Iterator[_Loud]:
    messages = _Loud()
    text.speak(messages)
    yield messages
    text.speak(None)


def test_without_messages_words_are_english_and_times_utc() -> None:
    assert text.tr("{team} won", team="Ellipse") == "Ellipse won"
    assert text.tr_n("{count} match", "{count} matches", 1) == "1 match"
    assert text.tr_n("{count} match", "{count} matches", 3) == "3 matches"
    assert text.clock(3_600_000) == "01:00"
    assert text.day(0) == "1970-01-01"


def test_words_are_rendered_by_the_messages_of_the_desk(loud: _Loud) -> None:
    assert (text.tr("late"), text.render(say("on time")), text.render("Ellipse")) == ("LATE", "ON TIME", "Ellipse")


def test_a_minute_is_rendered_once(loud: _Loud) -> None:
    assert [text.clock(60_000), text.clock(60_000), text.day(0)] == ["<60000>", "<60000>", "[0]"]
    assert loud.asked == 1


def test_another_language_forgets_what_the_one_before_rendered(loud: _Loud) -> None:
    text.clock(60_000)
    text.speak(None)
    assert text.clock(60_000) == "00:01"
