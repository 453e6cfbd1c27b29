"""The secrets that are sown into the event, by kind. Each word is to be found nowhere else in the world of a test."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a secret is, and so who may read it."""

    CONTACT = "contact"
    """Never kept: e-mail, phone, birthday, address, legal name, password, columns that nobody knows."""
    PIN = "pin"
    PRIVATE_INJURY = "private injury"
    """Head referees and organisers only (spec arctos.md §7.3)."""
    HEALED = "healed injury"
    PUBLIC_INJURY = "public injury"
    NAME = "name"
    """The name of a player, also one that was corrected, of an entry that was merged, of somebody who was deleted."""
    JERSEY = "jersey name"
    STAFF = "name of somebody at the desk"
    ERASED = "name or injury of somebody who was erased"
    NOTE = "note"
    """What was written about a match or a point."""
    REASON = "reason"
    """Why something was done against the rule: kept in the journal."""
    PENALTY = "description of a penalty"
    TYPED = "typed into a field of the screen and never saved"


@dataclass(frozen=True, slots=True)
class Seed:
    kind: Kind
    text: str


ORGANISER, HEAD_REF = "Orlanda Voßhagen", "Hektor Brømsebro"
ORGANISER_PIN, HEAD_REF_PIN = "74619385", "58203947"

PLAYER, HURT = "Maravilla Quistorp", "Yngvild Ðorsteinn"
HEALED_PLAYER, LEFT = "Ωmega Zwirnhuber", "Kunigunde Zapfenstreich"
BEFORE, MERGED = "Marawilla Kwistorb", "Maravila Quistorp"
ERASED, ERASED_JERSEY, ERASED_INJURY = "Xaverius Löschpapier", "Löschblatt", "Kahnbeinbruch Siebenschläfer"
JERSEY, JERSEY_BEFORE = "Blitzkröte", "Schlammkröte"

PRIVATE_INJURY, INJURY_BEFORE = "Bänderriß im Sprunggelenk", "Prellung Schlüsselbeinzone"
HEALED_INJURY = "Gehirnerschütterung vom Frühling"
PUBLIC_INJURY = "Fingerkuppe getapet öffentlich"

MAIL, PHONE, BIRTHDAY = "maravilla@zephyr-post.example", "+49 170 5557731", "1991-03-17"
ADDRESS, LEGAL_NAME, PASSWORD = "Kastanienallee 97b", "Maralinde Sophronia von Ohlendorf", "brimstone-hunter-42"
UNKNOWN_COLUMN, EMERGENCY = "Erdnußallergie schwer", "Großtante Euphrosyne"
LOOSE_MAIL = "yngvild@wrong-column.example"

INITIAL_NOTE, FINAL_NOTE = "Quellwasser vergessen am Anfang", "Pfandflaschen liegen am Ende"
POINT_NOTE, START_NOTE = "Stolperte über Gänseblümchen", "Schnürsenkel bremste den Anpfiff"
OVERRIDE, VOID_REASON = "Schiri steckt im Stauende", "Pompfe zerbrach bei Wiederholung"
CORRECTED, RESOLVED = "Kapitän hatte Zettel vertauscht", "Beide Käpten nickten heftig"
ASIDE = "Uhr ging neunzehn Minuten vor"
PENALTY = "Wer Kieselsteine wirft sitzt fünf"
SEARCHED = "Suchwort Wacholderdrossel"

SEEDS: tuple[Seed, ...] = (
    *(
        Seed(Kind.CONTACT, text)
        for text in (
            MAIL, PHONE, "5557731", ADDRESS, LEGAL_NAME, "Sophronia", PASSWORD, UNKNOWN_COLUMN, EMERGENCY, LOOSE_MAIL,
            BIRTHDAY,
        )
    ),
    *(Seed(Kind.PIN, text) for text in (ORGANISER_PIN, HEAD_REF_PIN)),
    *(Seed(Kind.PRIVATE_INJURY, text) for text in (PRIVATE_INJURY, "Sprunggelenk", INJURY_BEFORE)),
    Seed(Kind.HEALED, HEALED_INJURY),
    Seed(Kind.PUBLIC_INJURY, PUBLIC_INJURY),
    *(
        Seed(Kind.NAME, text)
        for text in (PLAYER, "Quistorp", HURT, HEALED_PLAYER, "Zwirnhuber", LEFT, "Zapfenstreich", BEFORE, MERGED)
    ),
    *(Seed(Kind.JERSEY, text) for text in (JERSEY, JERSEY_BEFORE)),
    *(Seed(Kind.STAFF, text) for text in (ORGANISER, HEAD_REF)),
    *(Seed(Kind.ERASED, text) for text in (ERASED, "Xaverius", ERASED_JERSEY, ERASED_INJURY)),
    *(Seed(Kind.NOTE, text) for text in (INITIAL_NOTE, FINAL_NOTE, POINT_NOTE, START_NOTE)),
    *(Seed(Kind.REASON, text) for text in (OVERRIDE, VOID_REASON, CORRECTED, RESOLVED, ASIDE)),
    Seed(Kind.PENALTY, PENALTY),
    Seed(Kind.TYPED, SEARCHED),
)  # fmt: skip

HEADINGS = (
    "Team", "Name", "Jersey name", "No", "Paid", "Head ref", "Injury", "Injury public", "E-mail", "Phone", "Birthday",
    "Address", "Legal name", "Password", "Emergency contact", "Allergies",
)  # fmt: skip
CONTACTS = (MAIL, PHONE, BIRTHDAY, ADDRESS, LEGAL_NAME, PASSWORD, EMERGENCY, UNKNOWN_COLUMN)


def roster() -> str:
    """The list as an organiser copies it out of the spreadsheet of the sign-up, with all that is in it."""
    rows = (
        ("Newts", BEFORE, JERSEY_BEFORE, "7", "yes", "yes", "", ""),
        ("Newts", HURT, "", "11", "no", "no", INJURY_BEFORE, "no"),
        ("Newts", MERGED, "", "8", "no", "no", "", ""),
        ("Owls", HEALED_PLAYER, "", "3", "yes", "no", HEALED_INJURY, "no"),
        ("Owls", ERASED, ERASED_JERSEY, "4", "no", "no", ERASED_INJURY, "no"),
        ("Owls", LEFT, "", "5", "no", "no", PUBLIC_INJURY, "yes"),
    )
    return "\n".join("\t".join(cells) for cells in (HEADINGS, *((*row, *CONTACTS) for row in rows)))


def bad_roster() -> str:
    """A list that is refused: contacts stand in columns where none belongs."""
    rows = ((LOOSE_MAIL, "7", "maybe " + PRIVATE_INJURY), (MAIL, "123456", "yes"), (PHONE, "1", PASSWORD))
    return "\n".join("\t".join(cells) for cells in (("Name", "No", "Paid"), *rows))
