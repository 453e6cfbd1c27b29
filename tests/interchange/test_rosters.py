"""Lists of players: how columns are understood, what taking them in would do, and what comes of each decision."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from arctos_desk.interchange.cells import letter_of, read_cells
from arctos_desk.interchange.roster_headings import Means
from arctos_desk.interchange.roster_preview import Decision, RosterPreview, RowStatus, Take, preview
from arctos_desk.interchange.roster_table import read_rosters
from arctos_desk.operations import commands
from arctos_desk.operations.commands import ImportedTeam, PlayerEntry
from arctos_desk.tournament.words import in_english
from tests.operations.desks import ORGANISER, TestedDesk, desk_with_small_day
from tests.trying import tries

ANTS, BEES = "t-ants", "t-bees"
NEW, SAME, CHANGED, PERHAPS = RowStatus.NEW, RowStatus.SAME, RowStatus.CHANGED, RowStatus.POSSIBLE_DUPLICATE


@pytest.fixture
def cup() -> TestedDesk:
    """Ada and Bo with the Ants, Cy with the Bees, Di with nobody."""
    tested = desk_with_small_day()
    for name, team, number in (
        ("Ada Ruhm", ANTS, "7"),
        ("Bo Groß", ANTS, "8"),
        ("Cy Moor", BEES, "7"),
        ("Di Sumpf", None, ""),
    ):
        entry = PlayerEntry(name=name, jersey_name=name[:2].upper(), number=number, injury="old", paid=True)
        tested.does(commands.AddPlayer(player=entry, team=team), ORGANISER)
    return tested


def seen(cup: TestedDesk, text: str, team: str | None = None, **decisions: Decision) -> RosterPreview:
    said = {int(row.removeprefix("row")): one for row, one in decisions.items()}
    return preview(read_rosters(text), cup.desk.state, team=team, decisions=said)


def id_of(cup: TestedDesk, name: str) -> str:
    return next(one for one in cup.event.players if cup.desk.state.name_of(one) == name)


def roster(cup: TestedDesk, team: str | None) -> list[tuple[str, str]]:
    some = [one for one in cup.event.players.values() if one.team_id == team]
    return sorted((cup.desk.state.name_of(one.id), one.number) for one in some)


# columns
# ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "means"),
    [
        ("Team;Player name;Jersey name;Jersey no.;Paid?;Head ref;Injury;Injury public", "English"),
        (
            "Mannschaft;Spieler:in;Trikotname;Rückennummer;Bezahlt;Hauptschiri;Verletzung;Verletzung öffentlich",
            "German",
        ),
        ("EQUIPO;Jugador/a;Nombre en la camiseta;Dorsal;Pagado;Árbitro principal;Lesión;Lesión pública", "Spanish"),
    ],
)
def test_headings_are_understood_in_three_languages(heading: str, means: str) -> None:
    table = read_rosters(heading + "\nAnts;Ada;ADA;7;x;x;knee;x")
    assert [column.means for column in table.columns] == [
        Means.TEAM, Means.NAME, Means.JERSEY_NAME, Means.NUMBER, Means.PAID, Means.HEAD_REF, Means.INJURY,
        Means.INJURY_PUBLIC,
    ], means  # fmt: skip
    assert not table.problems


def test_a_list_of_teams_alone(cup: TestedDesk) -> None:
    table = read_rosters("Mannschaft\tKürzel\tFarbe\nGrim Gulls\tGULL\t#00FF00\nangry ants\t\t\nNewts\t\t")
    assert [(team.name, team.shortname, team.colour, team.row) for team in table.teams] == [
        ("Grim Gulls", "GULL", "00ff00", 2),
        ("angry ants", "", "", 3),
        ("Newts", "", "", 4),
    ]
    found = preview(table, cup.desk.state)
    assert found.order.teams == (
        ImportedTeam(name="Grim Gulls", shortname="GULL", colour="00ff00"),
        ImportedTeam(name="Newts"),
    )
    cup.does(found.order, ORGANISER)
    assert [team.name for team in list(cup.event.teams.values())[-2:]] == ["Grim Gulls", "Newts"]


def test_names_alone_go_to_the_team_they_are_pasted_into(cup: TestedDesk) -> None:
    cup.does(seen(cup, "Eda\nEve\nada ruhm", team=BEES).order, ORGANISER)
    assert roster(cup, BEES) == [("Cy Moor", "7"), ("Eda", ""), ("Eve", ""), ("ada ruhm", "")]
    cup.does(seen(cup, "Fay").order, ORGANISER)
    assert roster(cup, None) == [("Di Sumpf", ""), ("Fay", "")]


def test_a_team_is_found_by_name_key_or_short_name(cup: TestedDesk) -> None:
    cup.does(commands.EditTeam(team=BEES, shortname="BB"), ORGANISER)
    found = seen(cup, "Team;Name\nANGRY ANTS;Eda\nants;Eve\nbb;Fay\nBeees;Gil\nAngry Amts;Hal")
    assert [(row.team, row.team_id) for row in found.rows] == [
        ("Angry Ants", ANTS), ("Angry Ants", ANTS), ("Busy Bees", BEES), ("Beees", ""), ("Angry Amts", ""),
    ]  # fmt: skip
    assert [(note.code, note.place) for note in found.notes] == [("TEAM_NEAR", "row 6")]
    assert [team.name for team in found.new_teams] == ["Beees", "Angry Amts"]


def test_jerseys_are_numbers_or_names_by_what_stands_below() -> None:
    assert read_rosters("Name;Trikot\nAda;7\nBo;8a").rows[1].number == "8a"
    assert read_rosters("Name;Trikot\nAda;ADA\nBo;").rows[0].jersey_name == "ADA"


def test_a_person_may_say_what_the_columns_mean() -> None:
    text = "Rang;Wer;Wo\n1;Ada;Ants\n2;Bo;Bees"
    assert [problem.code for problem in read_rosters(text).problems] == []
    said = read_rosters(text, means=(Means.UNKNOWN, Means.NAME, Means.TEAM))
    assert [(row.name, row.team) for row in said.rows] == [("Wer", "Wo"), ("Ada", "Ants"), ("Bo", "Bees")]
    twice = read_rosters(text, means=(Means.NAME, Means.NAME))
    assert [(problem.code, problem.place) for problem in twice.problems] == [("COLUMN_TWICE", "row 1, column B")]
    # contacts stay out whatever somebody says of their column
    mail = read_rosters("Name;E-Mail\nAda;ada@example.org", means=(Means.NAME, Means.JERSEY_NAME))
    assert [(problem.code, problem.place) for problem in mail.problems] == [("CONTACT", "row 2, column E-Mail")]


def test_letters_over_columns_are_those_of_a_spreadsheet() -> None:
    assert [letter_of(index) for index in (0, 25, 26, 63)] == ["A", "Z", "AA", "BL"]


# what a row is
# ---------------------------------------------------------------------------------------------------------------------


def test_the_same_list_again_changes_nothing(cup: TestedDesk) -> None:
    text = "Team;Name;Nummer\nAngry Ants;Ada Ruhm;7\nAngry Ants;bo gross;\nBusy Bees;Cy Moor;7"
    found = seen(cup, text)
    assert [row.status for row in found.rows] == [SAME, CHANGED, SAME]
    assert found.rows[1].changes == ("name",)
    again = seen(cup, text.replace("bo gross", "Bo Groß"))
    assert [row.status for row in again.rows] == [SAME, SAME, SAME]
    assert not again.takes_anything


def test_what_a_list_does_not_say_stays(cup: TestedDesk) -> None:
    found = seen(cup, "Team;Name;Nummer;Bezahlt\nAngry Ants;Ada Ruhm;9;\nAngry Ants;Bo Groß;;nein")
    assert [row.changes for row in found.rows] == [("number",), ("paid",)]
    cup.does(found.order, ORGANISER)
    ada, bo = (cup.event.players[id_of(cup, name)] for name in ("Ada Ruhm", "Bo Groß"))
    assert (ada.number, ada.paid, bo.number, bo.paid) == ("9", True, "8", False)
    assert {cup.desk.state.people[one.id].injury for one in (ada, bo)} == {"old"}
    assert {cup.desk.state.people[one.id].jersey_name for one in (ada, bo)} == {"AD", "BO"}


def test_whom_a_row_may_mean_is_proposed_and_never_decided(cup: TestedDesk) -> None:
    found = seen(
        cup,
        "Team;Name;Nummer\n"
        "Angry Ants;Cy Moor;1\n"  # the same name on another team
        "Angry Ants;Ada Ruhn;2\n"  # one letter
        "Angry Ants;Somebody Else;7\n"  # the number of Ada
        "Angry Ants;Newcomer One;3\n"
        "Busy Bees;newcomer one;4\n"  # the row before
        "Busy Bees;Newcomer Onne;5\n"
        "Busy Bees;Another Name;5\n"
        ";Ada Ruhm;",
    )
    assert [
        (row.row, row.status, [(one.name, one.team, in_english(one.why)) for one in row.candidates])
        for row in found.rows
    ] == [
        (2, PERHAPS, [("Cy Moor", "Busy Bees", "The same name is there already")]),
        (3, PERHAPS, [("Ada Ruhm", "Angry Ants", "A name that differs by one letter is there already")]),
        (4, PERHAPS, [("Ada Ruhm", "Angry Ants", "The team has this number already")]),
        (5, NEW, []),
        (6, PERHAPS, [("Newcomer One", "Angry Ants", "The same name is in this list already")]),
        (7, PERHAPS, [("Newcomer One", "Angry Ants", "A name that differs by one letter is in this list already")]),
        (8, PERHAPS, [("Newcomer Onne", "Busy Bees", "The team has this number in this list already")]),
        (9, PERHAPS, [
            ("Ada Ruhm", "Angry Ants", "The same name is there already"),
            ("Ada Ruhn", "Angry Ants", "A name that differs by one letter is in this list already"),
        ]),
    ]  # fmt: skip
    assert {row.decision for row in found.rows} == {Decision(Take.AS_NEW)}
    before = len(cup.event.players)
    cup.does(found.order, ORGANISER)
    assert len(cup.event.players) == before + 8


# what comes of a decision
# ---------------------------------------------------------------------------------------------------------------------


def test_a_row_taken_as_the_same_person_moves_and_renames_them(cup: TestedDesk) -> None:
    cy = id_of(cup, "Cy Moor")
    text = "Team;Name;Nummer\nAngry Ants;Cyril Moor;1"
    found = seen(cup, text, row2=Decision(Take.AS_SAME, cy))
    assert found.rows[0].changes == ("name", "number", "team")
    assert found.order == commands.ImportRosters(
        teams=(
            ImportedTeam(
                team=ANTS,
                changed=((cy, PlayerEntry(name="Cyril Moor", jersey_name="CY", number="1", paid=True, injury="old")),),
            ),
        )
    )
    cup.does(found.order, ORGANISER)
    assert (cup.event.players[cy].team_id, cup.desk.state.name_of(cy)) == (ANTS, "Cyril Moor")


def test_a_mercenary_of_the_list_who_is_known_stays_where_they_are(cup: TestedDesk) -> None:
    ada, di = id_of(cup, "Ada Ruhm"), id_of(cup, "Di Sumpf")
    found = seen(cup, "Team;Name;Nummer\n;Ada Ruhm;70\n-;Di Sumpf;71", row2=Decision(Take.AS_SAME, ada))
    assert [row.status for row in found.rows] == [PERHAPS, CHANGED]
    cup.does(found.order, ORGANISER)
    assert (cup.event.players[ada].team_id, cup.event.players[ada].number) == (ANTS, "70")
    assert (cup.event.players[di].team_id, cup.event.players[di].number) == (None, "71")


def test_a_known_player_joins_a_new_team(cup: TestedDesk) -> None:
    di = id_of(cup, "Di Sumpf")
    found = seen(cup, "Team;Name\nNewts;Di Sumpf", row2=Decision(Take.AS_SAME, di))
    cup.does(found.order, ORGANISER)
    assert cup.event.teams[cup.event.players[di].team_id or ""].name == "Newts"


def test_two_rows_that_are_one_person_become_one_player(cup: TestedDesk) -> None:
    text = "Team;Name;Nummer;Trikotname\nAngry Ants;Eda Neu;;EDA\nAngry Ants;Eda Neu;33;"
    (candidate,) = seen(cup, text).rows[1].candidates
    cup.does(seen(cup, text, row3=candidate.same).order, ORGANISER)
    assert roster(cup, ANTS) == [("Ada Ruhm", "7"), ("Bo Groß", "8"), ("Eda Neu", "33")]
    assert cup.desk.state.people[id_of(cup, "Eda Neu")].jersey_name == "EDA"


def test_rows_are_left_out_or_taken_anew_as_decided(cup: TestedDesk) -> None:
    text = "Team;Name;Nummer\nAngry Ants;Ada Ruhm;99\nAngry Ants;Eda;1"
    found = seen(cup, text, row2=Decision(Take.LEAVE_OUT), row3=Decision(Take.LEAVE_OUT))
    assert not found.takes_anything
    cup.does(seen(cup, text, row2=Decision(Take.AS_NEW)).order, ORGANISER)
    assert roster(cup, ANTS) == [("Ada Ruhm", "7"), ("Ada Ruhm", "99"), ("Bo Groß", "8"), ("Eda", "1")]


def test_a_decision_that_cannot_hold_is_not_followed(cup: TestedDesk) -> None:
    ada = id_of(cup, "Ada Ruhm")
    text = "Team;Name;Nummer\nAngry Ants;Ada Ruhm;9\nAngry Ants;Eda;1\nAngry Ants;\nAngry Ants;Fay;3"
    found = seen(
        cup,
        text,
        row3=Decision(Take.AS_SAME, ada),  # the row before is Ada already
        row4=Decision(Take.AS_NEW),  # has no name
        row5=Decision(Take.AS_SAME, "somebody who is gone"),
    )
    assert [row.decision.take for row in found.rows] == [Take.AS_SAME, Take.AS_NEW, Take.AS_NEW]
    cup.does(found.order, ORGANISER)
    assert roster(cup, ANTS) == [("Ada Ruhm", "9"), ("Bo Groß", "8"), ("Eda", "1"), ("Fay", "3")]


def test_limits_are_told_before_anybody_presses(cup: TestedDesk) -> None:
    cup.does(commands.EditEvent(most_on_roster=2, most_teams=6), ORGANISER)
    found = seen(cup, "Team;Name\nAngry Ants;Eda\nBusy Bees;Eve\nNewts;Fay")
    assert [(problem.code, problem.place) for problem in found.problems] == [
        ("TEAMS_FULL", "teams"),
        ("ROSTER_FULL", "Angry Ants"),
    ]
    assert sorted(problem.code for problem in cup.desk.why_not(found.order, ORGANISER)) == ["ROSTER_FULL", "TEAMS_FULL"]


def test_limits_count_who_moves_away(cup: TestedDesk) -> None:
    cup.does(commands.EditEvent(most_on_roster=2), ORGANISER)
    ada = id_of(cup, "Ada Ruhm")
    found = seen(cup, "Team;Name\nBusy Bees;Ada Ruhm\nAngry Ants;Eda", row2=Decision(Take.AS_SAME, ada))
    assert found.problems == ()
    cup.does(found.order, ORGANISER)
    assert [len(roster(cup, team)) for team in (ANTS, BEES)] == [2, 2]


# whatever people paste
# ---------------------------------------------------------------------------------------------------------------------

_ODD = st.sampled_from(
    ["Name", "Team", "Nr", ";", "\t", ",", "\n", "\r", '"', "=", "x", "7", "Ada", "é", "\u202e", "@"]
)


@settings(max_examples=tries(60))
@given(st.one_of(st.text(max_size=60), st.binary(max_size=60), st.lists(_ODD, max_size=25).map("".join)))
@example("Name;Name\n;")
@example('"')
def test_nothing_that_is_pasted_breaks_the_reader(source: str | bytes) -> None:
    table = read_rosters(source)
    assert table.problems or table.rows or table.teams
    for problem in table.problems:
        assert problem.code
        assert problem.next_step is not None
    for row in table.rows:
        assert row.problems or row.name
        assert len(row.name) <= 80 or row.problems


@settings(max_examples=tries(40))
@given(
    st.lists(
        st.lists(
            st.text(
                st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cf", "Zs", "Zl", "Zp")),
                min_size=1,
                max_size=8,
            ),
            min_size=2,
            max_size=4,
        ),
        min_size=1,
        max_size=5,
    ),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.sampled_from(["\t", ";", ","]),
)
def test_quoted_cells_read_as_they_were_written(rows: list[list[str]], encoding: str, separator: str) -> None:
    doubled = [['"' + cell.replace('"', '""') + '"' for cell in row] for row in rows]
    text = "\r\n".join(separator.join(row) for row in doubled)
    cells = read_cells(text.encode(encoding))
    if len({len(row) for row in rows}) == 1:
        assert [list(row.cells) for row in cells.rows] == rows
