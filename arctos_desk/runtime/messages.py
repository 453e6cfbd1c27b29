"""Renders sentences in the language a person reads, and times in the zone of the event.

Holds no texts: those stand in the source and in the gettext catalogues. Never fails for want of a translation, because
a sentence in English is worth more at a field than none.
"""

from __future__ import annotations

import gettext
import logging
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale
from babel.core import negotiate_locale
from babel.dates import format_datetime, format_skeleton

from arctos_desk.tournament.words import Clock, Day, Param, Words, say, say_n

log = logging.getLogger(__name__)

DOMAIN = "arctos"
LANGUAGES = ("en", "de", "es")

# Whose customs for dates we follow: the English of a European camp site has a day before its month and 24 hours.
_CUSTOMS = {"en": "en_GB", "de": "de", "es": "es"}
_PLACEHOLDER = re.compile(r"\{([a-z_][a-z0-9_]*)\}")


@dataclass(frozen=True, slots=True)
class Messages:
    """One language and one zone: everything a sentence needs to be read."""

    language: str
    zone: tzinfo = UTC
    catalogue: gettext.NullTranslations = field(default_factory=gettext.NullTranslations, repr=False, compare=False)

    def text(self, words: Words) -> str:
        """The sentence for a person; a placeholder for which no value was given stays visible."""
        params = dict(words.params)
        source = words.msgid if not words.plural or words.count == 1 else words.plural
        form = self._form(words)
        # A translation that asks for more than the sentence carries is a mistake of the catalogue, not of the reader.
        if not placeholders(form) <= params.keys():
            form = source
        return _PLACEHOLDER.sub(lambda found: self.value(params[found[1]]) if found[1] in params else found[0], form)

    def tr(self, msgid: str, /, **params: Param) -> str:
        """A label of the window; the call is what the extraction looks for, so `msgid` must be a literal."""
        return self.text(say(msgid, **params))

    def tr_n(self, singular: str, plural: str, count: int, /, **params: Param) -> str:
        """A label whose form depends on `count`, which is also available as {count}."""
        return self.text(say_n(singular, plural, count, **params))

    def value(self, value: Param) -> str:
        """One parameter as it stands in a sentence."""
        if isinstance(value, Words):
            return self.text(value)
        if isinstance(value, Clock):
            return self.clock(value.at_ms)
        if isinstance(value, Day):
            return self.day(value.at_ms)
        if isinstance(value, tuple):
            return ", ".join(self.value(part) for part in value)
        return str(value)

    def clock(self, at_ms: int) -> str:
        """Time of day in the event's zone, always with two digits for the hour so that columns stand straight."""
        return format_datetime(_at(at_ms), "HH:mm", tzinfo=self.zone, locale=self._customs)

    def day(self, at_ms: int) -> str:
        """Calendar day in the event's zone with its weekday: a tournament is remembered by Saturday and Sunday."""
        return format_skeleton("yMMMEd", _at(at_ms), tzinfo=self.zone, locale=self._customs)

    def _form(self, words: Words) -> str:
        # gettext answers the empty id with the header of the catalogue.
        if not words.msgid:
            return ""
        if words.plural:
            return self.catalogue.ngettext(words.msgid, words.plural, words.count)
        return self.catalogue.gettext(words.msgid)

    @property
    def _customs(self) -> Locale:
        return Locale.parse(_CUSTOMS.get(self.language, "en_GB"))


def load_messages(folder: Path, *, language: str, zone: str = "UTC") -> Messages:
    """Messages from the catalogues in `folder`; what cannot be read is logged, and English or UTC stands in for it."""
    return Messages(language=language, zone=_zone(zone), catalogue=_catalogue(folder, language))


def best_language(wanted: Iterable[str]) -> str:
    """The first language of ours among those a person or a machine prefers ("de_AT.UTF-8" asks for German)."""
    plain = [name.split(".")[0].split("@")[0].replace("-", "_") for name in wanted]
    found = negotiate_locale([name for name in plain if name], LANGUAGES, sep="_")
    return found or LANGUAGES[0]


def placeholders(text: str) -> set[str]:
    """Names in braces which a text wants filled."""
    return set(_PLACEHOLDER.findall(text))


def _at(at_ms: int) -> datetime:
    return datetime.fromtimestamp(at_ms / 1000, UTC)


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        log.warning("No time zone is called %r; times are shown in UTC.", name)
        return UTC


def _catalogue(folder: Path, language: str) -> gettext.NullTranslations:
    if language == LANGUAGES[0]:
        return gettext.NullTranslations()
    path = folder / language / "LC_MESSAGES" / f"{DOMAIN}.mo"
    try:
        with path.open("rb") as file:
            return gettext.GNUTranslations(file)
    except FileNotFoundError:
        log.warning("No catalogue for %r at %s; sentences stay English.", language, path)
    # A damaged file shows itself in as many ways as a parser has steps.
    except Exception:
        log.warning("The catalogue %s cannot be read; sentences stay English.", path, exc_info=True)
    return gettext.NullTranslations()
