"""Lists of teams and players taken in: pasted or read from a file, looked at first, written as one step."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from arctos_desk.interchange.roster_headings import Means
from arctos_desk.interchange.roster_preview import RowStatus
from arctos_desk.operations import commands
from arctos_desk.tournament.kinds import Role
from arctos_desk.ui.panes.teams.take_sheet import TakeSheet
from arctos_desk.ui.widgets.choice import Choice
from tests.ui.referee_desk import settle
from tests.ui.teams_desk import CTRL, Key, TeamsDesk

Make = Callable[..., TeamsDesk]
HEAD = "Team\tName\tNo\tPaid"
NAMES = ("Ants", "Bees", "Cats", "Dogs", "Eels", "Foxes", "Geese", "Hares")
PEOPLE = ("Aino", "Birte", "Carlo", "Doerte", "Emil")


@pytest.fixture
def desk(dressed: QApplication, qtbot: QtBot) -> Make:
    def make(**options: object) -> TeamsDesk:
        made = TeamsDesk(**options)  # type: ignore[arg-type]
        qtbot.addWidget(made.window)
        return made

    return make


def pasted(one: TeamsDesk, *lines: str) -> TakeSheet:
    """Somebody copies these rows and presses Ctrl+V in the pane."""
    one.copies("\n".join(lines))
    one.key(Key.Key_V, CTRL)
    return sheet_of(one)


def sheet_of(one: TeamsDesk) -> TakeSheet:
    sheet = one.find("take_sheet", TakeSheet)
    assert sheet.is_open
    return sheet


def statuses(sheet: TakeSheet) -> list[RowStatus]:
    return [row.status for row in sheet.table.rows.rows]


def pick(one: TeamsDesk, name: str, words: str) -> None:
    """Choose from a closed list by its keys."""
    choice = one.find(name, Choice)
    texts = [choice.itemText(place) for place in range(choice.count())]
    wanted = texts.index(words)
    choice.setFocus()
    while choice.currentIndex() != wanted:
        one.key(Key.Key_Down if choice.currentIndex() < wanted else Key.Key_Up)
        choice = one.find(name, Choice)


def test_eight_teams_with_players_are_pasted_as_one_step(desk: Make) -> None:
    one = desk()
    rows = [f"{team}\t{team} {person}\t{number}\tx" for team in NAMES for number, person in enumerate(PEOPLE, start=1)]
    sheet = pasted(one, HEAD, *rows)
    assert one.names == []
    assert sheet.source.text() == "40 rows from the clipboard"
    assert sheet.take.text() == "Take in 40 players"
    assert statuses(sheet) == [RowStatus.NEW] * 40
    one.key(Key.Key_Return, CTRL)
    assert not sheet.is_open
    assert tuple(one.names) == NAMES
    assert one.roster == [f"{number} Ants {person}" for number, person in enumerate(PEOPLE, start=1)]
    assert all(player.paid for player in one.tested.event.players.values())
    assert one.notices == ["Taken in: 40 players, 8 new teams"]
    assert one.kinds()[-1] == "roster.import"
    one.click("notice_action")
    assert one.names == []
    assert one.tested.event.players == {}


def test_a_list_without_team_column_goes_to_the_chosen_team(desk: Make) -> None:
    one = desk()
    one.has_team("Red Kites")
    one.has_team("Blue Jays")
    one.click_team("Blue Jays")
    sheet = pasted(one, "Mara", "Keno")
    assert sheet.into.isVisible()
    assert sheet.team.currentText() == "Blue Jays"
    pick(one, "take_team", "Red Kites")
    assert [row.team for row in sheet.table.rows.rows] == ["Red Kites", "Red Kites"]
    one.click("take_go")
    assert {player.team_id for player in one.tested.event.players.values()} == {one.team("Red Kites").id}
    assert one.pane.key == one.team("Red Kites").id
    assert one.roster == ["Keno", "Mara"]


def test_every_row_says_what_it_is_and_every_problem_its_place(desk: Make) -> None:
    one = desk()
    one.has_team("Red Kites", "7 Mara Lind", "11 Keno Haas")
    sheet = pasted(
        one,
        "Team\tName\tNo\tPaid\tE-Mail\tShoes",
        "Red Kites\tMara Lind\t7\tyes\tmara@example.org\t38",
        "Red Kites\tKeno Haas\t11\t\t\t",
        "Red Kites\tKeno Hass\t12\t\t\t",
        "Blue Jays\tIda Moor\t3\tperhaps\t\t",
        "Blue Jays\t\t4\t\t\t",
        "Blue Jays\tEmil Feld\t12345\t\t\t",
        "Blue Jays\tPelle Berg\t5\tno\t\t",
    )
    assert statuses(sheet) == [
        RowStatus.CHANGED,
        RowStatus.SAME,
        RowStatus.POSSIBLE_DUPLICATE,
        RowStatus.PROBLEM,
        RowStatus.PROBLEM,
        RowStatus.PROBLEM,
        RowStatus.NEW,
    ]
    assert [problem.place for problem in sheet.problems.problems] == [
        "row 5, column Paid",
        "row 6, column Name",
        "row 7, column No",
    ]
    told = sheet.told_words.text()
    assert "E-mail addresses are left out" in told
    assert "The column Shoes is not known and is left out" in told
    assert sheet.take.text() == "Take in 3 players"
    assert one.find("take_count_problem").accessibleName() == "3 rows with a problem"
    one.key(Key.Key_Return, CTRL)
    people = one.tested.desk.state.people
    assert sorted(people[one_id].name for one_id in one.tested.event.players) == [
        "Keno Haas",
        "Keno Hass",
        "Mara Lind",
        "Pelle Berg",
    ]
    assert one.player("Mara Lind").paid


def test_a_person_decides_what_a_row_is(desk: Make) -> None:
    one = desk()
    one.has_team("Red Kites", "11 Keno Haas")
    sheet = pasted(one, HEAD, "Red Kites\tKeno Hass\t12\tx", "Red Kites\tIda Moor\t3\t")
    assert sheet.table.hasFocus()
    assert sheet.row_name.text() == "Row 2: Keno Hass"
    one.key(Key.Key_Return)
    assert sheet.decision.hasFocus()
    pick(one, "take_decision", "The same as Keno Haas, 11, Red Kites")
    assert sheet.take.text() == "Take in 2 players"
    sheet.table.setFocus()
    one.key(Key.Key_Down)
    one.key(Key.Key_Space)
    assert sheet.take.text() == "Take in 1 player"
    one.key(Key.Key_Space)
    one.key(Key.Key_Space)
    one.click("take_go")
    assert one.roster == ["12 Keno Hass"]
    assert one.player("Keno Hass").paid


def test_a_tick_leaves_a_row_out_by_the_mouse_too(desk: Make) -> None:
    one = desk()
    sheet = pasted(one, HEAD, "Red Kites\tMara\t7\t", "Red Kites\tKeno\t11\t")
    at = sheet.table.visualRect(sheet.table.rows.index(0, 0)).center()
    one.click(sheet.table.viewport(), at)
    assert [row.taken for row in sheet.table.rows.rows] == [False, True]
    one.click("take_go")
    assert one.roster == ["11 Keno"]


def test_a_column_can_be_taken_for_something_else(desk: Make) -> None:
    one = desk()
    sheet = pasted(one, "Red Kites\tMara\tTiger", "Red Kites\tKeno\tLion", "Red Kites\tIda\tPuma")
    assert [column.means for column in sheet._table.columns] == [Means.TEAM, Means.NAME, Means.JERSEY_NAME]
    pick(one, "take_column_2", "Name")
    assert [row.name for row in sheet.table.rows.rows] == ["Tiger", "Lion", "Puma"]
    assert one.find("take_column_1", Choice).currentText() == "Leave out"
    assert one.find("take_column_2", Choice).hasFocus()
    pick(one, "take_column_1", "Jersey name")
    one.key(Key.Key_Return, CTRL)
    assert one.record("Tiger").jersey_name == "Mara"


def test_a_list_that_says_nothing_new_cannot_be_taken_in(desk: Make) -> None:
    one = desk()
    one.has_team("Red Kites", "7 Mara")
    sheet = pasted(one, HEAD, "Red Kites\tMara\t7\t")
    assert statuses(sheet) == [RowStatus.SAME]
    assert not sheet.take.isEnabled()
    assert sheet.take.toolTip() == "There is nothing in this list that is not there already"
    one.key(Key.Key_Return, CTRL)
    assert one.kinds()[-1] == "roster.import"
    assert len(one.kinds()) == 4
    one.key(Key.Key_Escape)
    assert not sheet.is_open
    assert one.pane.list.hasFocus()


def test_a_limit_stands_against_the_whole_list_and_is_told(desk: Make) -> None:
    one = desk()
    one.does(commands.EditEvent(most_on_roster=1))
    sheet = pasted(one, HEAD, "Red Kites\tMara\t7\t", "Red Kites\tKeno\t11\t")
    assert not sheet.take.isEnabled()
    assert sheet.take.toolTip() == "Red Kites would have 2 players; 1 are possible"
    one.key(Key.Key_Space)
    assert sheet.take.isEnabled()
    one.does(commands.EditEvent(most_on_roster=2))
    one.key(Key.Key_Space)
    assert sheet.take.text() == "Take in 2 players"


def test_what_others_do_meanwhile_is_compared_again(desk: Make) -> None:
    one = desk()
    sheet = pasted(one, HEAD, "Red Kites\tMara\t7\t", "Red Kites\tKeno\t11\t")
    one.has_team("Red Kites", "7 Mara")
    assert statuses(sheet) == [RowStatus.SAME, RowStatus.NEW]
    one.key(Key.Key_Return, CTRL)
    assert one.names == ["Red Kites"]
    assert one.roster == ["7 Mara", "11 Keno"]


def test_text_that_is_no_list_is_told_and_writes_nothing(desk: Make) -> None:
    one = desk()
    one.has_team("Red Kites")
    one.copies("   ")
    one.key(Key.Key_V, CTRL)
    assert one.notices == ["The clipboard holds no text"]
    sheet = pasted(one, "E-Mail\tPhone", "mara@example.org\t0")
    assert sheet.problems.isVisible()
    assert not sheet.take.isEnabled()
    assert not sheet.rows_card.isVisible()


def test_a_file_is_looked_at_first_and_one_that_is_gone_is_told(desk: Make, tmp_path: Path) -> None:
    one = desk()
    file = tmp_path / "anmeldung.csv"
    file.write_bytes("Mannschaft;Spieler;Nr;Bezahlt\r\nMärkische Moore;Jörg;7;ja\r\n".encode("cp1252"))
    one.files.answer = str(file)
    one.click("teams_empty_import")
    sheet = sheet_of(one)
    assert sheet.source.text() == "1 row from anmeldung.csv"
    one.click("take_go")
    assert one.names == ["Märkische Moore"]
    assert one.player("Jörg").paid
    one.files.answer = str(tmp_path / "gone.csv")
    one.key(Key.Key_I)
    assert one.notices == ["gone.csv cannot be read"]
    one.files.answer = ""
    one.key(Key.Key_I)
    assert not sheet.is_open


def test_pasting_into_an_input_stays_in_the_input(desk: Make) -> None:
    one = desk()
    one.has_team("Red Kites")
    one.copies("Kite")
    one.key(Key.Key_F, CTRL)
    one.key(Key.Key_V, CTRL)
    assert one.pane.search.text() == "Kite"
    assert one.window.findChildren(TakeSheet) == []


def test_who_may_not_change_pastes_nothing(desk: Make) -> None:
    one = desk()
    one.knows("Ada", Role.ORGANISER)
    one.has_team("Red Kites")
    one.click_team("Red Kites")
    one.copies(f"{HEAD}\nBlue Jays\tMara\t7\t")
    one.key(Key.Key_V, CTRL)
    assert one.window.findChildren(TakeSheet) == []
    assert one.names == ["Red Kites"]


def test_an_injury_in_a_list_is_not_spelled_out_on_the_sheet(desk: Make) -> None:
    one = desk()
    sheet = pasted(one, "Team\tName\tInjury", "Red Kites\tMara\tConcussion in May")
    rows, columns = sheet.table.rows.rowCount(), sheet.table.rows.columnCount()
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
    said = " ".join(
        str(sheet.table.rows.index(row, column).data(role))
        for row in range(rows)
        for column in range(columns)
        for role in roles
    )
    assert "Concussion" not in said
    assert "private note" in said
    one.click("take_go")
    assert one.record("Mara").injury == "Concussion in May"


def test_a_long_list_fits_on_the_smallest_screen(desk: Make) -> None:
    one = desk()
    one.window.resize(1280, 720)
    sheet = pasted(one, HEAD, *[f"Team {n % 20}\tPlayer number {n}\t{n % 99}\tx" for n in range(300)])
    settle()
    for name in ("take_go", "take_close", "take_table", "take_column_3"):
        widget = one.find(name)
        assert widget.isVisible()
        assert sheet.rect().contains(widget.mapTo(sheet, widget.rect().bottomRight())), name
    assert sheet.take.text() == "Take in 300 players"
