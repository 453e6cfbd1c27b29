"""Days are written as the Unicode locale data writes them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from babel.dates import format_skeleton

from arctos_desk.runtime.calendars import day_text
from arctos_desk.runtime.messages import LANGUAGES

CUSTOMS = {"en": "en_GB", "de": "de", "es": "es"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_day_of_a_year_is_written_as_its_country_does(language: str) -> None:
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(365)]
    written = [day_text(day, language) for day in days]
    assert written == [format_skeleton("yMMMEd", day, locale=CUSTOMS[language]) for day in days]


def test_another_language_reads_the_english_day() -> None:
    assert day_text(date(2026, 9, 5), "fr") == "Sat, 5 Sept 2026"
