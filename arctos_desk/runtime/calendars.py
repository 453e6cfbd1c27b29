"""How a calendar day is written in the languages of the desk. Knows no zones and no other languages.

The words are those of the Unicode locale data, and a test holds the two together: three short tables are here at once,
while a library of every locale keeps each start waiting for them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final


@dataclass(frozen=True, slots=True)
class _Calendar:
    """`pattern` takes weekday, day, month and year; both lists of words begin as the calendar does."""

    pattern: str
    weekdays: tuple[str, ...]
    months: tuple[str, ...]


# The English of a European camp site has a day before its month.
_CALENDARS: Final = {
    "en": _Calendar(
        "{weekday}, {day} {month} {year}",
        ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
        ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec"),
    ),
    "de": _Calendar(
        "{weekday}, {day}. {month} {year}",
        ("Mo.", "Di.", "Mi.", "Do.", "Fr.", "Sa.", "So."),
        ("Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."),
    ),
    "es": _Calendar(
        "{weekday}, {day} {month} {year}",
        ("lun", "mar", "mié", "jue", "vie", "sáb", "dom"),
        ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"),
    ),
}


def day_text(day: date, language: str) -> str:
    """The day with its weekday; a language without a calendar here gets the English one."""
    calendar = _CALENDARS.get(language, _CALENDARS["en"])
    return calendar.pattern.format(
        weekday=calendar.weekdays[day.weekday()], day=day.day, month=calendar.months[day.month - 1], year=day.year
    )
