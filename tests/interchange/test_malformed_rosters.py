"""What people paste that is no clean list: each input gives its problems with places, or is taken with a note.

Codes and places are compared whole, so that nothing is told twice, at the wrong place, or not at all. Nothing is ever
written: reading and comparing leave the event as it was.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import pytest

from arctos_desk.interchange.roster_preview import RowStatus, preview
from arctos_desk.interchange.roster_table import RosterTable, read_rosters
from arctos_desk.operations.commands import PlayerEntry
from arctos_desk.tournament.words import in_english
from tests.operations.desks import ORGANISER, TestedDesk, desk_with_small_day

Told = list[tuple[str, str]]
"""(code, place) each."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """An input and everything that is told about it. `players` are the names that are taken all the same."""

    id: str
    source: str | bytes
    problems: Told = field(default_factory=list)
    notes: Told = field(default_factory=list)
    players: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


CONTACTS: Final = "E-mail addresses are left out: the desk keeps no contacts"
PHONES: Final = "Phone numbers are left out: the desk keeps no contacts"
BIRTHDAYS: Final = "Birthdays and ages are left out: the desk has no use for them"
ADDRESSES: Final = "Addresses are left out: the desk keeps no contacts"
LEGAL: Final = "Legal names and waivers are left out: the desk shows one name only"
PASSWORDS: Final = "Passwords are left out; whoever made this list should take them out of it"

WHOLE: Final = [
    Case(id="nothing", source="", problems=[("EMPTY", "")]),
    Case(id="blanks", source=" \r\n\t \n\n", problems=[("EMPTY", "")]),
    Case(id="only separators", source=";;;\n;;;\n", problems=[("EMPTY", "")]),
    Case(id="only a mark of byte order", source=b"\xef\xbb\xbf", problems=[("EMPTY", "")]),
    Case(id="headings alone", source="Team;Name;Number", problems=[("EMPTY", "")]),
    Case(id="xlsx", source=b"PK\x03\x04" + bytes(60), problems=[("NOT_TEXT", "")]),
    Case(id="xls", source=b"\xd0\xcf\x11\xe0" + bytes(60), problems=[("NOT_TEXT", "")]),
    Case(id="pdf", source=b"%PDF-1.7\n%\xe2\xe3", problems=[("NOT_TEXT", "")]),
    Case(id="png", source=b"\x89PNG\r\n\x1a\n" + bytes(20), problems=[("NOT_TEXT", "")]),
    Case(id="jpeg", source=b"\xff\xd8\xff\xe0" + bytes(20), problems=[("NOT_TEXT", "")]),
    Case(id="binary", source=b"Name\nAda\x00\x01\x02B\n\x00x", problems=[("NOT_TEXT", "")]),
    Case(id="a nul in text", source="Name\nA\x00da", problems=[("NOT_TEXT", "")]),
    Case(id="half a letter of UTF-16", source=b"\xff\xfeN\x00a\x00m", problems=[("NOT_TEXT", "")]),
    Case(id="too many bytes", source="Name\n" + "Ada\n" * 2_500_001, problems=[("TOO_LARGE", "")]),
    Case(
        id="too many rows",
        source="Team;Name\n" + ";\n" + "Ants;Ada\n" * 10_000,
        problems=[("TOO_MANY_ROWS", "row 10002")],
        players=["Ada"] * 9_999,
    ),
]

COLUMNS: Final = [
    Case(id="no names", source="Number;Paid\n7;x", problems=[("NO_NAMES", "row 1")]),
    Case(id="numbers of a team without names", source="Team;Number\nAnts;7", problems=[("NO_NAMES", "row 1")]),
    Case(id="only numbers", source="7\n8\n9", problems=[("NO_NAMES", "row 1")], notes=[("GUESSED", "")]),
    Case(id="only contacts", source="E-Mail\nada@b.de", problems=[("NO_NAMES", "row 1")], left_out=[CONTACTS]),
    Case(id="two names", source="Name;Spieler;Team\nAda;Bo;Ants", problems=[("COLUMN_TWICE", "row 1, column Spieler")]),
    Case(
        id="two numbers in two languages",
        source="Nombre\tDorsal\tNº\nAda\t7\t8",
        problems=[("COLUMN_TWICE", "row 1, column Nº")],
    ),
    Case(
        id="too many columns",
        source="Name;Number\n" + "Ada;7\n" + ";".join("x" * 65) + "\nBo;8",
        problems=[("TOO_MANY_COLUMNS", "row 3")],
        players=["Ada", "Bo"],
    ),
    Case(
        id="a column nobody knows",
        source="Name,T-Shirt,Number\nAda,L,7",
        players=["Ada"],
        left_out=["The column T-Shirt is not known and is left out"],
    ),
    Case(
        id="every contact there is",
        source="Name;E-Mail;Handy;Geburtsdatum;Anschrift;Klarname;Passwort;Mail\n"
        "Ada;a@b.de;0171 1234567;1.2.1990;Weg 1;X;y;z",
        players=["Ada"],
        left_out=[CONTACTS, PHONES, BIRTHDAYS, ADDRESSES, LEGAL, PASSWORDS],
    ),
    Case(
        id="contacts in Spanish",
        source="Nombre;Correo electrónico;Teléfono;Fecha de nacimiento;Dirección;Nombre real;Contraseña\nAda;;;;;;",
        players=["Ada"],
        left_out=[CONTACTS, PHONES, BIRTHDAYS, ADDRESSES, LEGAL, PASSWORDS],
    ),
    Case(
        id="a display name beside first and last names",
        source="Vorname;Nachname;Name\nAdelheid;Moorhuhn;Heidi",
        players=["Heidi"],
        left_out=[LEGAL],
    ),
    Case(
        id="contacts without headings",
        source="Ada;7;ada@b.de;+49 171 123456;1990-02-01\nBo;8;bo@b.de;+49 171 123457;1991-02-01",
        notes=[("GUESSED", "")],
        players=["Ada", "Bo"],
        left_out=[CONTACTS, PHONES, BIRTHDAYS],
    ),
    Case(
        id="ticks without a heading",
        source="Ada;7;x\nBo;8;-",
        notes=[("GUESSED", "")],
        players=["Ada", "Bo"],
        left_out=["Column C was not understood and is left out"],
    ),
]

CELLS: Final = [
    Case(
        id="no name",
        source="Team;Name;Number\nAnts;;7\n;;8\nAnts;Ada;9",
        problems=[("NAME_REQUIRED", "row 2, column Name"), ("NAME_REQUIRED", "row 3, column Name")],
        players=["Ada"],
    ),
    Case(
        id="a name of marks",
        source="Name\tNumber\n???\t1\n---\t2",
        problems=[("NAME_REQUIRED", "row 2, column Name"), ("NAME_REQUIRED", "row 3, column Name")],
    ),
    Case(
        id="no first and no last name",
        source="Vorname;Nachname;Nr\n;;7\nAda;;8\n;Ruhm;9",
        problems=[("NAME_REQUIRED", "row 2, column Vorname")],
        players=["Ada", "Ruhm"],
    ),
    Case(
        id="a name too long",
        source="Name\n" + "A" * 81 + "\n" + "B" * 80,
        problems=[("TOO_LONG", "row 2, column Name")],
        players=["B" * 80],
    ),
    Case(
        id="everything too long",
        source=f"Team;Name;Trikotname;Nummer;Verletzung\n{'T' * 201};{'N' * 81};{'J' * 81};12345;{'V' * 201}",
        problems=[
            ("TOO_LONG", "row 2, column Team"),
            ("TOO_LONG", "row 2, column Name"),
            ("TOO_LONG", "row 2, column Trikotname"),
            ("NUMBER", "row 2, column Nummer"),
            ("TOO_LONG", "row 2, column Verletzung"),
        ],
    ),
    Case(
        id="a number that is a word",
        source="Name;Nummer\nAda;siebzehn\nBo;17",
        problems=[("NUMBER", "row 2, column Nummer")],
        players=["Bo"],
    ),
    Case(
        id="neither yes nor no",
        source="Name;Paid;Head ref;Injury public\nAda;15,00 €;maybe;?\nBo;yes;no;",
        problems=[
            ("FLAG", "row 2, column Paid"),
            ("FLAG", "row 2, column Head ref"),
            ("FLAG", "row 2, column Injury public"),
        ],
        players=["Bo"],
    ),
    Case(
        id="an address in the name",
        source="Name;Nr\nada@example.org;7\nBo <bo@example.org>;8\nCy @home;9",
        problems=[("CONTACT", "row 2, column Name"), ("CONTACT", "row 3, column Name")],
        players=["Cy @home"],
    ),
    Case(
        id="a phone number in the name",
        source="Team\tName\nAnts\t+49 (170) 123-4567\nAnts\t0170/1234567\nAnts\tAgent 007",
        problems=[("CONTACT", "row 2, column Name"), ("CONTACT", "row 3, column Name")],
        notes=[("FORMULA", "row 2, column Name")],
        players=["Agent 007"],
    ),
    Case(
        id="a birthday in the jersey name",
        source="Name;Trikot\nAda;01.02.1990\nBo;BO",
        problems=[("CONTACT", "row 2, column Trikot")],
        players=["Bo"],
    ),
    Case(
        id="contacts in the words about an injury",
        source="Name;Injury\nAda;ask doc@example.org\nBo;0171 23456789\nCy;since 1.2.2026",
        problems=[("CONTACT", "row 2, column Injury"), ("CONTACT", "row 3, column Injury")],
        players=["Cy"],
    ),
    Case(
        id="contacts among names without headings",
        source="Ada\nBo\nCy\n+49 171 1234567\ndi@example.org",
        problems=[("CONTACT", "row 4, column A"), ("CONTACT", "row 5, column A")],
        notes=[("GUESSED", ""), ("FORMULA", "row 4, column A")],
        players=["Ada", "Bo", "Cy"],
    ),
    Case(
        id="a team that no file can carry",
        source='Team;Name\n"Ants, Angry";Ada\ntag::Seed;Bo\nBees;Cy',
        problems=[("NAME_CHARS", "row 2, column Team"), ("NAME_CHARS", "row 3, column Team")],
        players=["Cy"],
    ),
    Case(
        id="a team list with bad colours and long short names",
        source="Team;Kürzel;Farbe\nGrim Gulls;GULLS;green\nNewts;NIMBLENEWTS;#00ff00",
        problems=[("COLOUR", "row 2, column Farbe")],
        notes=[("SHORTNAME_CUT", "row 3, column Kürzel")],
    ),
    Case(
        id="more cells than columns",
        source="Name;Nummer\nAda;7;;x\nBo;8;;;\nRuhm; Cy;9;1",
        problems=[
            ("MORE_CELLS", "row 2, column C"),
            ("MORE_CELLS", "row 4, column C"),
        ],
        players=["Bo"],
    ),
    Case(
        id="broken letters",
        source="Name;Team\nJ\ufffdrgen;Ants\nAda;\ufffdnts",
        problems=[("LETTERS", "row 2, column Name"), ("LETTERS", "row 3, column Team")],
    ),
    Case(
        id="several faults in one row",
        source="Team;Name;Nr;Paid\na::b;;12345;so-so",
        problems=[
            ("NAME_CHARS", "row 2, column Team"),
            ("NAME_REQUIRED", "row 2, column Name"),
            ("NUMBER", "row 2, column Nr"),
            ("FLAG", "row 2, column Paid"),
        ],
    ),
]

QUOTES: Final = [
    Case(
        id="a quotation mark that is never closed",
        source='Name;Nummer\nAda;7\n"Bo;8\nCy;9\nDi;10',
        problems=[("QUOTE_OPEN", "row 3")],
        players=["Ada"],
    ),
    Case(
        id="a quotation mark inside a quoted cell",
        source='Name;Nummer\n"Ada "the" Ruhm";7\nBo;8',
        problems=[("QUOTE_INSIDE", "row 2")],
        players=["Bo"],
    ),
    Case(
        id="a cell that swallowed the list",
        source='Name,Number\n"' + "Ada\n" * 600 + '",7\nBo,8',
        problems=[("CELL_TOO_LONG", "row 2, column A")],
        players=["Bo"],
    ),
    Case(
        id="a cell that no reader takes",
        source="Name,Number\n" + "A" * 140_000 + ",7\nBo,8",
        problems=[("CELL_TOO_LONG", "row 2")],
        players=["Bo"],
    ),
    Case(
        id="quotation marks as they should be",
        source='Name,Number\n"Ruhm, Ada ""the Ant""",7\n"Bo\nRuhm",8',
        players=['Ruhm, Ada "the Ant"', "Bo Ruhm"],
    ),
    Case(
        id="a quotation mark in the middle of a cell",
        source='Name\tNo\nAda "the Ant" Ruhm\t7\n',
        players=['Ada "the Ant" Ruhm'],
    ),
]

TAKEN: Final = [
    Case(
        id="letters of an older Windows",
        source="Name;Team\nJürgen Groß;Ants".encode("cp1252"),
        notes=[("LETTERS_GUESSED", "")],
        players=["Jürgen Groß"],
    ),
    Case(
        id="bytes that even Windows does not know",
        source=b"Name;Team\nA\x81da;Ants",
        notes=[("LETTERS_GUESSED", "")],
        players=["Ada"],
    ),
    Case(id="UTF-8 with a mark", source="\ufeffName;Team\nJürgen;Ants".encode(), players=["Jürgen"]),
    Case(id="UTF-16 as Excel saves it", source="Name\tTeam\r\nJürgen\tAnts\r\n".encode("utf-16"), players=["Jürgen"]),
    Case(id="UTF-16 without a mark", source="Name\tTeam\nAda\tAnts".encode("utf-16-le"), players=["Ada"]),
    Case(id="UTF-16 the other way round", source="Name\tTeam\nAda\tAnts".encode("utf-16-be"), players=["Ada"]),
    Case(id="a mark in pasted text", source="\ufeffName\nAda", players=["Ada"]),
    Case(id="line ends of an old Mac", source="Name;Nr\rAda;7\rBo;8", players=["Ada", "Bo"]),
    Case(id="the line of Excel that names the separator", source="sep=;\r\nName;Nr\r\nAda, B.;7", players=["Ada, B."]),
    Case(
        id="names with a comma in one column",
        source="Ruhm, Ada\nGroß, Bo\n",
        notes=[("GUESSED", "")],
        players=["Ruhm, Ada", "Groß, Bo"],
    ),
    Case(
        id="a player called like no heading",
        source="Nick\nTom\nMark",
        notes=[("GUESSED", "")],
        players=["Nick", "Tom", "Mark"],
    ),
    Case(
        id="formulas",
        source='Name;Trikotname;Nr\n=cmd|\'/c calc\'!A1;"=HYPERLINK(""http://x"")";7\n@SUM(A1);;8\n-Ada;;9',
        notes=[
            ("FORMULA", "row 2, column Name"),
            ("FORMULA", "row 2, column Trikotname"),
            ("FORMULA", "row 3, column Name"),
        ],
        players=["=cmd|'/c calc'!A1", "@SUM(A1)", "-Ada"],
    ),
    Case(
        id="letters that nobody sees",
        source="Na\u200bme;Te\u00adam\nA\u202eda\x07\u2066;\u00a0Ants\u00a0",
        players=["Ada"],
    ),
    Case(
        id="blank rows and a table that begins further down",
        source="\n\n;;\nName;Team\n\nAda;Ants\n;;;;\nBo;",
        notes=[("NO_TEAM", "")],
        players=["Ada", "Bo"],
    ),
    Case(
        id="ways to say that somebody has no team",
        source="Team;Name\nmerc;Ada\nSöldner;Bo\n-;Cy\nsin equipo;Di",
        notes=[("NO_TEAM", "")],
        players=["Ada", "Bo", "Cy", "Di"],
    ),
    Case(
        id="markup and statements",
        source="Name\n<b>Ada</b>\n'; DROP TABLE op; --",
        players=["<b>Ada</b>", "'; DROP TABLE op; --"],
    ),
    Case(id="teams twice in another case", source="Team\nGrim Gulls\nGRIM GULLS\nAngry Ants"),
    Case(
        id="columns that are not there",
        source="Ants;Ada;7\nAnts;Bo;8\nBees;Cy;9\nBees;Di;1",
        notes=[("GUESSED", "")],
        players=["Ada", "Bo", "Cy", "Di"],
    ),
]

ALL: Final = [*WHOLE, *COLUMNS, *CELLS, *QUOTES, *TAKEN]


@pytest.fixture(scope="module")
def cup() -> TestedDesk:
    return desk_with_small_day()


def test_there_are_enough_of_them() -> None:
    assert len({case.id for case in ALL}) == len(ALL) >= 50
    assert sum(1 for case in ALL if case.problems) >= 40


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.id)
def test_a_malformed_list(case: Case, cup: TestedDesk) -> None:
    state, entries = cup.desk.state, len(cup.log.recent(1_000))
    table = read_rosters(case.source, file_name="list.csv")
    assert told(table) == (sorted(case.problems), sorted(case.notes))
    assert [in_english(words) for words in table.left_out] == case.left_out
    for problem in table.problems:
        assert in_english(problem.words)
        assert problem.next_step is not None
    seen = preview(table, state)
    assert [row.name for row in seen.rows if row.status is not RowStatus.PROBLEM] == case.players
    assert all(row.problems for row in seen.rows if row.status is RowStatus.PROBLEM)
    assert [problem for problem in seen.problems if problem not in table.problems] == []
    taken = [*seen.order.mercenaries, *(player for team in seen.order.teams for player in team.players)]
    assert sorted(player.name for player in taken) == sorted(case.players)
    # nothing was written, and nothing that cannot be taken is in the order
    assert cup.desk.state is state
    assert len(cup.log.recent(1_000)) == entries
    if len(taken) < 100 and seen.takes_anything:
        assert cup.desk.why_not(seen.order, ORGANISER) == ()


def told(table: RosterTable) -> tuple[Told, Told]:
    return (
        sorted((problem.code, problem.place) for problem in table.problems),
        sorted((note.code, note.place) for note in table.notes),
    )


def test_problems_come_in_the_order_of_the_rows() -> None:
    table = read_rosters('Name;Nummer\n;7\n"x "y";1\nAda;12345\nBo;' + "9" * 5)
    assert [problem.place for problem in table.problems] == [
        "row 2, column Name", "row 3", "row 4, column Nummer", "row 5, column Nummer",
    ]  # fmt: skip


def test_what_is_told_repeats_no_cell_of_a_player() -> None:
    """Problems are read on a screen that others see, and may be copied into a message."""
    source = "Team;Name;Number;Paid;Injury\nAnts;Wilhelmina@secret.example;123456;secret;secret@x.yz"
    table = read_rosters(source)
    words = [*(problem.words for problem in table.problems), *(note.words for note in table.notes)]
    assert len(words) == 4
    assert not any("secret" in in_english(one) or "Wilhelmina" in in_english(one) for one in words)
    assert "secret" not in repr(table)


def test_a_cell_that_was_kept_reads_as_it_was_written() -> None:
    table = read_rosters(
        "Team;Name;Trikotname;Nr;Bezahlt;Hauptschiri;Verletzung;Verletzung öffentlich\n"
        "Ants;Ada;ADA;#7;ja;x;Knie;nein\nAnts;Bo;;7.0;☐;;;\nAnts;Cy;;007;nicht bezahlt;✓;Arm;ja"
    )
    assert [
        PlayerEntry(
            name=row.name,
            jersey_name=row.jersey_name or "",
            number=row.number or "",
            paid=bool(row.paid),
            head_ref=bool(row.head_ref),
            injury=row.injury or "",
            injury_public=bool(row.injury_public),
        )
        for row in table.rows
    ] == [
        PlayerEntry(name="Ada", jersey_name="ADA", number="7", paid=True, head_ref=True, injury="Knie"),
        PlayerEntry(name="Bo", number="7"),
        PlayerEntry(name="Cy", number="007", head_ref=True, injury="Arm", injury_public=True),
    ]
    assert [row.paid for row in table.rows] == [True, False, False]
    assert table.rows[1].head_ref is None
