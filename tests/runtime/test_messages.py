"""Sentences in English, German and Spanish, from catalogues made for the test."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from arctos_desk.runtime.messages import LANGUAGES, Messages, best_language, load_messages
from arctos_desk.tournament.words import Clock, Day, in_english, say, say_n

if TYPE_CHECKING:
    from tests.conftest import ExpectedLog

SATURDAY_10_22_UTC = 1_751_106_120_000  # 28 June 2025


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    german = Catalog(locale="de", domain="arctos")
    german.add("{team} is still playing on {field}.", "Auf {field} spielt {team} noch.")
    german.add(
        ("{count} match is waiting", "{count} matches are waiting"), ("{count} Spiel wartet", "{count} Spiele warten")
    )
    german.add("Start moved to {at}", "Beginn verlegt auf {at}")
    german.add("Undo {what}", "{what} zurücknehmen")
    german.add("Deregister {team}", "{team} abmelden")
    german.add("Pitch of {team}", "Platz von {mannschaft}")
    path = tmp_path / "de" / "LC_MESSAGES" / "arctos.mo"
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        write_mo(file, german)
    return tmp_path


def test_a_sentence_is_read_in_german_with_its_parameters_where_german_wants_them(folder: Path) -> None:
    german = load_messages(folder, language="de")
    assert (
        german.text(say("{team} is still playing on {field}.", team="Kiel", field="Feld 2"))
        == "Auf Feld 2 spielt Kiel noch."
    )


@pytest.mark.parametrize(("count", "german"), [(0, "0 Spiele warten"), (1, "1 Spiel wartet"), (5, "5 Spiele warten")])
def test_number_chooses_the_form(folder: Path, count: int, german: str) -> None:
    words = say_n("{count} match is waiting", "{count} matches are waiting", count)
    assert load_messages(folder, language="de").text(words) == german
    assert load_messages(folder, language="en").text(words) == in_english(words)


def test_a_sentence_inside_a_sentence_is_translated_too(folder: Path) -> None:
    words = say("Undo {what}", what=say("Deregister {team}", team="Red Kites"))
    assert load_messages(folder, language="de").text(words) == "Red Kites abmelden zurücknehmen"
    assert load_messages(folder, language="en").text(words) == "Undo Deregister Red Kites"


def test_times_are_shown_in_the_zone_of_the_event_and_days_in_the_custom_of_the_language(folder: Path) -> None:
    words = say("Start moved to {at}", at=Clock(SATURDAY_10_22_UTC - 3 * 3_600_000))
    assert load_messages(folder, language="de", zone="Europe/Berlin").text(words) == "Beginn verlegt auf 09:22"
    assert load_messages(folder, language="en", zone="America/Bogota").text(words) == "Start moved to 02:22"
    day = say("{day}", day=Day(SATURDAY_10_22_UTC))
    shown = {language: Messages(language, ZoneInfo("Europe/Berlin")).text(day) for language in LANGUAGES}
    assert shown["de"].startswith("Sa")
    assert shown["es"].startswith("sáb")
    assert shown["en"].startswith("Sat")
    assert all("28" in text and "2025" in text for text in shown.values())


def test_day_is_the_day_of_the_zone_not_of_greenwich() -> None:
    late = Day(SATURDAY_10_22_UTC + 12 * 3_600_000)
    assert "28" in Messages("en").value(late)
    assert "29" in Messages("en", ZoneInfo("Europe/Berlin")).value(late)


def test_several_values_are_a_list() -> None:
    assert Messages("en").tr("Waiting for {teams}", teams=("Kiel", "Berlin", 3)) == "Waiting for Kiel, Berlin, 3"


def test_a_value_that_looks_like_a_placeholder_is_not_filled_again() -> None:
    assert Messages("en").tr("{a} against {b}", a="{b}", b="Kiel") == "{b} against Kiel"


def test_a_missing_value_leaves_its_placeholder_to_be_seen() -> None:
    assert Messages("en").tr("{team} against {other}", team="Kiel") == "Kiel against {other}"


def test_a_translation_that_asks_for_an_unknown_value_gives_way_to_english(folder: Path) -> None:
    assert load_messages(folder, language="de").tr("Pitch of {team}", team="Kiel") == "Pitch of Kiel"


def test_text_no_catalogue_knows_stays_english(folder: Path) -> None:
    assert load_messages(folder, language="de").tr("Nobody wrote this down") == "Nobody wrote this down"
    assert load_messages(folder, language="de").tr("") == ""


def test_a_missing_catalogue_is_logged_and_english_stands_in(folder: Path, expected_log: ExpectedLog) -> None:
    expected_log("No catalogue for 'es'")
    assert load_messages(folder, language="es").tr("Undo {what}", what="x") == "Undo x"


@pytest.mark.parametrize("damaged", [b"", b"not a catalogue", b"\xde\x12\x04\x95" + b"\xff" * 40])
def test_a_damaged_catalogue_is_logged_and_english_stands_in(
    tmp_path: Path, damaged: bytes, expected_log: ExpectedLog
) -> None:
    path = tmp_path / "de" / "LC_MESSAGES" / "arctos.mo"
    path.parent.mkdir(parents=True)
    path.write_bytes(damaged)
    expected_log("cannot be read")
    assert load_messages(tmp_path, language="de").tr("Undo {what}", what="x") == "Undo x"


def test_an_unknown_zone_is_logged_and_utc_stands_in(folder: Path, expected_log: ExpectedLog) -> None:
    expected_log("No time zone is called 'Middle-earth/Shire'")
    assert load_messages(folder, language="en", zone="Middle-earth/Shire").clock(SATURDAY_10_22_UTC) == "10:22"


@pytest.mark.parametrize(
    ("wanted", "language"),
    [
        (["de_AT.UTF-8"], "de"),
        (["fr", "es-AR"], "es"),
        (["C"], "en"),
        ([], "en"),
        (["", "en_US"], "en"),
        (["ca@valencia"], "en"),
    ],
)
def test_language_is_the_first_of_ours_a_person_prefers(wanted: list[str], language: str) -> None:
    assert best_language(wanted) == language
