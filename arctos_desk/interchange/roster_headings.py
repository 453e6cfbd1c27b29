"""What the columns of a list of players are called in English, German and Spanish, and how yes and no are written.

Knows headings and cells, no rows. What the desk does not keep (contacts, birthdays, legal names) is known too, so that
it can be left out with a word about it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from arctos_desk.tournament.words import Words, say


class Means(StrEnum):
    """What a column says."""

    TEAM = "team"
    SHORTNAME = "shortname"
    COLOUR = "colour"
    NAME = "name"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    JERSEY = "jersey"
    """The name or the number on the jersey: the cells tell."""
    JERSEY_NAME = "jersey_name"
    NUMBER = "number"
    PAID = "paid"
    HEAD_REF = "head_ref"
    INJURY = "injury"
    INJURY_PUBLIC = "injury_public"
    EMAIL = "email"
    PHONE = "phone"
    BIRTHDAY = "birthday"
    ADDRESS = "address"
    LEGAL_NAME = "legal_name"
    PASSWORD = "password"
    UNKNOWN = ""


LEFT_OUT: Final[Mapping[Means, Words]] = {
    Means.EMAIL: say("E-mail addresses are left out: the desk keeps no contacts"),
    Means.PHONE: say("Phone numbers are left out: the desk keeps no contacts"),
    Means.BIRTHDAY: say("Birthdays and ages are left out: the desk has no use for them"),
    Means.ADDRESS: say("Addresses are left out: the desk keeps no contacts"),
    Means.LEGAL_NAME: say("Legal names and waivers are left out: the desk shows one name only"),
    Means.PASSWORD: say("Passwords are left out; whoever made this list should take them out of it"),
}
"""One sentence for each kind of column that is never taken."""

_HEADINGS: Final[Mapping[Means, str]] = {
    Means.TEAM: """team, teams, team name, teamname, club, squad, mannschaft, mannschaften, mannschaftsname, verein,
        equipo, equipos, nombre del equipo, nombre de equipo, club deportivo""",
    Means.SHORTNAME: """short, short name, shortname, abbreviation, abbr, team short, kürzel, kurzname, abkürzung,
        teamkürzel, abreviatura, sigla, siglas, nombre corto""",
    Means.COLOUR: "colour, color, team colour, team color, farbe, teamfarbe, trikotfarbe, color del equipo",
    Means.NAME: """name, player, players, player name, playername, display name, nickname, spieler, spielerin,
        spieler in, spielerinnen, spielername, spielende, rufname, spitzname, anzeigename, nombre, jugador, jugadora,
        jugadores, jugador a, nombre del jugador, apodo""",
    Means.FIRST_NAME: "first name, firstname, given name, forename, vorname, nombre de pila, primer nombre",
    Means.LAST_NAME: "last name, lastname, surname, family name, nachname, familienname, zuname, apellido, apellidos",
    Means.JERSEY: "jersey, shirt, trikot, camiseta",
    Means.JERSEY_NAME: """jersey name, name on jersey, shirt name, name on shirt, trikotname, name auf trikot,
        name auf dem trikot, nombre en la camiseta, nombre de camiseta, nombre camiseta""",
    Means.NUMBER: """number, no, num, nr, jersey number, jersey no, shirt number, player number, nummer, rückennummer,
        trikotnummer, trikot nr, spielernummer, número, numero, dorsal, número de camiseta, n""",
    Means.PAID: """paid, has paid, payment, fee paid, bezahlt, gezahlt, zahlung, beitrag bezahlt, pagado, pagada, pago,
        ha pagado""",
    Means.HEAD_REF: """head ref, headref, head referee, head refs, can head ref, hauptschiri, hauptschiedsrichter,
        hauptschiedsrichterin, head schiri, headschiri, árbitro principal, arbitro, árbitra principal, árbitro""",
    Means.INJURY: "injury, injuries, injured, verletzung, verletzungen, verletzt, lesión, lesiones, lesionado",
    Means.INJURY_PUBLIC: """injury public, public injury, show injury, injury visible, verletzung öffentlich,
        verletzung zeigen, verletzung sichtbar, lesión pública, mostrar lesión, lesión visible""",
    Means.EMAIL: """email, e mail, mail, email address, e mail address, mail address, emailadresse, e mail adresse,
        mailadresse, correo, correo electrónico, dirección de correo""",
    Means.PHONE: """phone, phone number, telephone, mobile, mobile number, cell, cell phone, whatsapp, telefon,
        telefonnummer, handy, handynummer, mobil, mobilnummer, tel, teléfono, móvil, número de teléfono,
        emergency contact, notfallkontakt, contacto de emergencia, contact, kontakt, contacto""",
    Means.BIRTHDAY: """birthday, birthdate, birth date, date of birth, dob, age, year of birth, geburtstag,
        geburtsdatum, geburtsjahr, geboren, alter, fecha de nacimiento, nacimiento, edad, cumpleaños""",
    Means.ADDRESS: """address, street, city, zip, zip code, postcode, postal code, adresse, anschrift, straße, plz,
        wohnort, postleitzahl, dirección, calle, código postal, domicilio""",
    Means.LEGAL_NAME: """legal name, real name, full legal name, waiver, waiver name, waiver signature, signature,
        klarname, echter name, bürgerlicher name, unterschrift, haftungsausschluss, nombre legal, nombre real, firma,
        exención""",
    Means.PASSWORD: "password, passwort, kennwort, contraseña",
}

_NOBODY: Final = """merc, mercs, mercenary, mercenaries, no team, without team, free, söldner, söldnerin, ohne team,
    kein team, mercenario, mercenaria, mercenarios, sin equipo, libre, none, n a"""
_YES: Final = """x, ✓, ✔, ☑, ✅, 1, yes, y, true, t, ok, paid, ja, j, wahr, bezahlt, si, s, verdadero, pagado, pagada"""
_NO: Final = """0, no, n, false, f, unpaid, not paid, open, nein, falsch, offen, nicht bezahlt, unbezahlt, falso,
    no pagado, pendiente, -, –, —, ☐, ✗, ✘, ❌"""


def plain_heading(text: str) -> str:
    """A heading for looking up: lower case, no accents, words with one blank between them."""
    taken_apart = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(letter for letter in taken_apart if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[^\W_]+", letters))


_MEANS: Final = {
    plain_heading(heading): means for means, headings in _HEADINGS.items() for heading in headings.split(",")
}
_MERCENARY: Final = frozenset(plain_heading(one) for one in _NOBODY.split(","))
_SAYS_YES: Final = frozenset(one.strip() for one in _YES.split(","))
_SAYS_NO: Final = frozenset(one.strip() for one in _NO.split(","))


def meaning_of(heading: str) -> Means:
    """What a heading says; UNKNOWN for one that is not known."""
    if heading.strip() in ("#", "№", "Nº", "N°", "n°", "nº"):
        return Means.NUMBER
    return _MEANS.get(plain_heading(re.sub(r"\(.*?\)|\*", " ", heading)), Means.UNKNOWN)


def is_nobody(team: str) -> bool:
    """Whether the cell for the team says that somebody has none."""
    return team in ("-", "–", "—", "/") or plain_heading(team) in _MERCENARY


def yes_or_no(cell: str) -> bool | None:
    """What a cell says that is ticked or not; None when it says something else."""
    said = cell.casefold()
    if said in _SAYS_YES or plain_heading(said) in _SAYS_YES:
        return True
    if said in _SAYS_NO or plain_heading(said) in _SAYS_NO:
        return False
    return None


_EMAIL: Final = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_PHONE: Final = re.compile(r"(?:\+|00|0|\()[\d ()/.\-]{6,}")
_DATE: Final = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2}")


def contact_in(cell: str) -> Means:
    """The kind of contact that a cell looks like: EMAIL, PHONE or BIRTHDAY, else UNKNOWN."""
    if "@" in cell and _EMAIL.search(cell):
        return Means.EMAIL
    if cell[:1] in "+0(" and _PHONE.fullmatch(cell) and sum(letter.isdigit() for letter in cell) >= 6:
        return Means.PHONE
    if cell[:1].isdigit() and _DATE.fullmatch(cell):
        return Means.BIRTHDAY
    return Means.UNKNOWN
