"""Teams and players by keyboard and mouse: made, changed, moved, deleted, found, and seen only by who may."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from arctos_desk.operations import commands
from arctos_desk.operations.handlers.teams import LOGO_MOST
from arctos_desk.tournament.kinds import Role
from arctos_desk.ui import theme
from arctos_desk.ui.background import ThreadLane
from arctos_desk.ui.panes.teams.roster import INJURY, NUMBER, PUBLIC, TICK_ROLE
from tests.operations.desks import desk_with_small_day
from tests.ui.pane_desk import SlowLane
from tests.ui.referee_desk import settle
from tests.ui.teams_desk import CTRL, Key, TeamsDesk

SHIFT = Qt.KeyboardModifier.ShiftModifier
Make = Callable[..., TeamsDesk]


@pytest.fixture
def desk(dressed: QApplication, qtbot: QtBot) -> Make:
    def make(**options: object) -> TeamsDesk:
        made = TeamsDesk(**options)  # type: ignore[arg-type]
        qtbot.addWidget(made.window)
        return made

    return make


# teams


def test_an_event_without_teams_says_how_to_begin(desk: Make) -> None:
    one = desk()
    assert one.pane.empty.isVisible()
    assert one.find("teams_empty_begin").hasFocus()
    for name in ("teams_empty_begin", "teams_empty_paste", "teams_empty_import"):
        assert one.find(name).isVisible()


def test_a_team_and_its_players_are_written_by_keyboard_alone(desk: Make) -> None:
    one = desk()
    one.key(Key.Key_T)
    one.type("Red Kites")
    one.key(Key.Key_Tab)
    one.type("KITES")
    one.key(Key.Key_Tab)
    one.type("#c62828")
    one.key(Key.Key_Return)
    team = one.team("Red Kites")
    assert (team.shortname, team.colour) == ("KITES", "c62828")

    # The roster waits for its first player: number, Tab, name, Tab over the jersey name to a mark, Enter below.
    one.type("7")
    one.key(Key.Key_Tab)
    one.type("Mara")
    one.key(Key.Key_Tab)
    one.key(Key.Key_Tab)
    one.key(Key.Key_Space)
    one.key(Key.Key_Tab)
    one.key(Key.Key_Tab)
    one.type("Left ankle")
    one.key(Key.Key_Return)
    one.type("11")
    one.key(Key.Key_Tab)
    one.type("Keno")
    one.key(Key.Key_Return)
    assert one.roster == ["7 Mara", "11 Keno"]
    assert (one.player("Mara").paid, one.player("Mara").team_id) == (True, team.id)
    assert (one.record("Mara").injury, one.record("Mara").injury_public) == ("Left ankle", False)
    assert one.kinds()[-3:] == ["team.add", "player.add", "player.add"]


def test_a_new_team_without_a_name_says_so_beside_it(desk: Make) -> None:
    one = desk()
    one.key(Key.Key_T)
    one.key(Key.Key_Tab)
    one.key(Key.Key_Tab)
    one.type("reddish")
    one.key(Key.Key_Return)
    assert one.names == []
    assert one.pane.form.name.hasFocus()
    assert one.pane.form.hint.text() == "Give the team a name. A colour has six digits: 0 to 9 and A to F."
    one.type("Red Kites")
    one.key(Key.Key_Escape)
    assert one.pane.empty.isVisible()


def test_name_short_name_and_colour_are_saved_when_they_are_left(desk: Make) -> None:
    one = desk()
    one.has_team("Red Kites", "7 Mara")
    name = one.find("team_name", QLineEdit)
    one.click(name)
    name.selectAll()
    one.type("Black Kites")
    one.key(Key.Key_Tab)
    one.type("BLK")
    one.key(Key.Key_Tab)
    one.type("zzz")
    one.key(Key.Key_Return)
    assert (one.team("Black Kites").shortname, one.team("Black Kites").colour) == ("BLK", "")
    assert one.pane.form.used.text() == "A colour has six digits: 0 to 9 and A to F."
    one.key(Key.Key_Escape)
    assert one.pane.form.colour.text() == ""

    one.click("team_swatch")
    one.key(Key.Key_Right)
    one.key(Key.Key_Down)
    one.key(Key.Key_Return)
    colours = list(theme.TEAM_COLOURS.values())
    assert one.team("Black Kites").colour == colours[9]
    assert not one.pane.form.colours.isVisible()
    assert one.listed == ["Black Kites", "Mercenaries"]


def test_a_name_that_is_taken_is_refused_beside_it_and_stays_to_be_mended(desk: Make) -> None:
    one = desk()
    one.has_team("Red Kites")
    one.has_team("Blue Jays")
    one.click_team("Blue Jays")
    name = one.find("team_name", QLineEdit)
    one.click(name)
    name.selectAll()
    one.type("red kites")
    one.key(Key.Key_Return)
    assert one.pane.form.used.text() == "red kites is there already. Choose another name"
    assert name.property("wrong") == "true"
    one.does(commands.EditTeam(team=one.team("Red Kites").id, shortname="RK"))
    assert name.text() == "red kites"
    one.type(" 2")
    one.key(Key.Key_Return)
    assert one.names == ["Red Kites", "red kites 2"]
    assert name.property("wrong") == "false"


def test_a_picture_becomes_a_small_logo_and_can_be_removed(desk: Make, tmp_path: Path) -> None:
    one = desk()
    one.has_team("Red Kites")
    image = QImage(1800, 900, QImage.Format.Format_RGB32)
    for x in range(0, 1800, 3):
        for y in range(0, 900, 30):
            image.setPixelColor(x, y, QColor((x * 7) % 256, (y * 13) % 256, (x * y) % 256))
    one.files.answer = str(tmp_path / "noise.bmp")
    assert image.save(one.files.answer)
    one.click("team_logo_choose")
    logo = one.team("Red Kites").logo
    assert 0 < len(logo) <= LOGO_MOST
    shown = QImage.fromData(base64.b64decode(logo), "PNG")
    assert abs(shown.width() - 2 * shown.height()) <= 1
    assert not one.pane.form.logo.image.isNull()
    one.click("team_logo_remove")
    assert one.team("Red Kites").logo == ""

    (tmp_path / "words.png").write_text("no picture at all")
    one.files.answer = str(tmp_path / "words.png")
    one.click("team_logo_choose")
    assert one.notices == ["words.png is not a picture that can be read"]
    one.files.answer = ""
    one.click("team_logo_choose")
    assert one.team("Red Kites").logo == ""


def test_a_team_that_plays_stays_and_one_that_does_not_goes_and_comes_back(desk: Make) -> None:
    one = desk(tested=desk_with_small_day())
    player = one.has_player("7 Mara", one.team("Fair Foxes").id)
    one.click_team("Angry Ants")
    assert one.pane.form.used.text() == "In 1 match: A1"
    one.key(Key.Key_Delete)
    assert one.notices == ["Angry Ants stays"]
    assert "The team plays in A1" in one.pane.notices.shown[0].sentence.text()

    one.click_team("Fair Foxes")
    one.key(Key.Key_Delete)
    assert "Fair Foxes" not in one.names
    assert one.pane.key == "t-eels"
    assert one.notices == ["Fair Foxes is out of the event"]
    assert one.tested.event.players[player].team_id is None
    one.click("notice_action")
    assert one.names[-1] == "Fair Foxes"
    assert one.tested.event.players[player].team_id == one.team("Fair Foxes").id


# players


def test_cells_are_changed_in_place_by_keys(desk: Make) -> None:
    one = desk()
    one.has_team("Red Kites", "7 Mara", "11 Keno")
    one.key(Key.Key_Return)
    assert one.pane.roster.hasFocus()
    one.key(Key.Key_F2)
    one.type("Marah")
    one.key(Key.Key_Tab)
    one.type("Tiger")
    one.key(Key.Key_Return)
    assert (one.record("Marah").jersey_name, one.kinds()[-2:]) == ("Tiger", ["player.edit", "player.edit"])
    assert one.pane.roster.hasFocus()
    one.key(Key.Key_Right)
    one.key(Key.Key_Right)
    one.key(Key.Key_Space)
    assert one.player("Marah").head_ref
    one.key(Key.Key_Space)
    assert not one.player("Marah").head_ref
    one.key(Key.Key_Left)
    one.key(Key.Key_Return)
    assert one.player("Marah").paid


def test_nothing_typed_is_lost_while_the_lane_is_still_writing(desk: Make, qtbot: QtBot) -> None:
    lane = ThreadLane()
    one = desk(lane=lane)
    team = one.has_team("Red Kites")
    qtbot.waitUntil(lambda: not lane.is_busy)
    settle()
    one.key(Key.Key_A)
    for number in range(1, 9):
        one.type(str(number))
        one.key(Key.Key_Tab)
        one.type(f"Player {number}")
        one.key(Key.Key_Return)
    one.key(Key.Key_Escape)
    wanted = [f"{number} Player {number}" for number in range(1, 9)]
    qtbot.waitUntil(lambda: not lane.is_busy and one.roster == wanted)
    assert [player.team_id for player in one.tested.event.players.values()] == [team] * 8
    assert [row.key for row in one.pane.roster.players.rows[:-1]] == list(one.tested.event.players)
    lane.close()


def test_what_was_begun_in_the_last_row_can_be_thrown_away(desk: Make) -> None:
    one = desk()
    one.has_team("Red Kites", "7 Mara")
    one.key(Key.Key_A)
    one.type("11")
    one.key(Key.Key_Tab)
    one.type("Keno")
    one.key(Key.Key_Escape)
    one.key(Key.Key_Escape)
    assert one.pane.roster.players.rows[-1].number == ""
    one.key(Key.Key_Up)
    assert one.roster == ["7 Mara"]


def test_what_an_organiser_was_typing_goes_with_them(desk: Make) -> None:
    one = desk()
    organiser = one.knows("Ada", Role.ORGANISER)
    team = one.has_team("Red Kites")
    one.has_player("7 Mara", team, injury="Concussion in May")
    one.handle.act_as(organiser)
    settle()
    one.pane.roster.choose(one.player("Mara").id, INJURY)
    one.pane.roster.setFocus()
    one.key(Key.Key_F2)
    editor = one.pane.roster.editor
    assert editor is not None
    assert editor.text() == "Concussion in May"
    one.handle.act_as(commands.Acting())
    settle()
    assert one.pane.roster.editor is None
    assert one.record("Mara").injury == "Concussion in May"


def test_tab_leaves_the_roster_where_nobody_is_typing(desk: Make) -> None:
    one = desk()
    one.has_team("Red Kites", "7 Mara")
    one.key(Key.Key_Return)
    one.key(Key.Key_Tab)
    assert not one.pane.roster.isAncestorOf(QApplication.focusWidget())
    assert not one.pane.roster.hasFocus()


def test_escape_leaves_a_cell_as_it_was(desk: Make) -> None:
    one = desk()
    one.has_team("Red Kites", "7 Mara")
    one.key(Key.Key_Return)
    one.key(Key.Key_F2)
    one.type("Nobody")
    one.key(Key.Key_Escape)
    assert one.roster == ["7 Mara"]
    assert one.kinds()[-1] == "roster.import"


def test_marks_turn_by_the_mouse_and_cells_open_by_a_double_click(desk: Make, qtbot: QtBot) -> None:
    one = desk()
    one.has_team("Red Kites", "7 Mara")
    one.click_cell("Mara", "paid")
    one.click_cell("Mara", "head_ref")
    assert (one.player("Mara").paid, one.player("Mara").head_ref) == (True, True)
    one.click_cell("Mara", "injury_public")  # no injury, nothing to show
    assert one.notices == []
    viewport = one.pane.roster.viewport()
    qtbot.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=one.cell("Mara", "name").center())
    one.type("Marek")
    one.click("teams_search")
    assert one.roster == ["7 Marek"]


def test_a_refused_cell_stays_with_its_reason_until_it_is_mended(desk: Make) -> None:
    one = desk()
    one.has_team("Red Kites", "7 Mara")
    one.key(Key.Key_Return)
    one.key(Key.Key_F2)
    editor = one.pane.roster.editor
    assert editor is not None
    editor.clear()
    one.key(Key.Key_Return)
    model = one.pane.roster.players
    assert one.notices == ["Give the player a name"]
    assert model.index(0, 1).data(Qt.ItemDataRole.ToolTipRole) == "Give the player a name"
    one.does(commands.EditPlayer(player=one.player("Mara").id, number="8"))
    assert one.roster == ["8"]
    one.key(Key.Key_F2)
    one.type("Mara")
    one.key(Key.Key_Return)
    assert one.roster == ["8 Mara"]
    assert model.index(0, 1).data(Qt.ItemDataRole.ToolTipRole) == "Mara"
    assert one.kinds()[-1] == "player.edit"  # of the number: the name was never another


def test_a_player_beyond_the_limit_is_refused_and_not_forgotten(desk: Make) -> None:
    one = desk()
    one.does(commands.EditEvent(most_on_roster=1))
    one.has_team("Red Kites", "7 Mara")
    one.key(Key.Key_A)
    one.type("11")
    one.key(Key.Key_Tab)
    one.type("Keno")
    one.key(Key.Key_Return)
    assert one.notices == ["Keno was not added"]
    assert one.roster == ["7 Mara"]
    assert one.pane.roster.players.rows[-1].name == "Keno"
    one.key(Key.Key_Escape)
    one.does(commands.EditEvent(most_on_roster=2))
    one.pane.roster.choose(one.pane.roster.players.rows[-1].key)
    one.pane.roster.setFocus()
    one.key(Key.Key_Up)
    assert one.roster == ["7 Mara", "11 Keno"]


def test_a_number_that_is_there_twice_is_saved_and_told(desk: Make) -> None:
    one = desk()
    one.has_team("Red Kites", "7 Mara", "11 Keno")
    one.pane.roster.choose(one.player("Keno").id, NUMBER)
    one.pane.roster.setFocus()
    one.key(Key.Key_Return)
    one.type("7")
    one.key(Key.Key_Return)
    assert one.player("Keno").number == "7"
    assert one.notices == ["Number 7 is there twice in Red Kites"]


def test_a_roster_over_the_limit_is_marked(desk: Make) -> None:
    one = desk()
    one.has_team("Red Kites", "7 Mara", "11 Keno")
    assert one.pane.list.teams.rows[0].count == "2"
    one.does(commands.EditEvent(most_on_roster=1))
    row = one.pane.list.teams.rows[0]
    assert (row.count, row.over, row.told) == ("2 / 1", True, "Red Kites: 2 of 1 players, more than allowed")
    assert one.pane.over.isVisible()


def test_deleting_a_player_asks_nothing_and_can_be_undone(desk: Make) -> None:
    one = desk()
    one.has_team("Red Kites", "7 Mara", "11 Keno")
    one.key(Key.Key_Return)
    one.key(Key.Key_Delete)
    assert one.roster == ["11 Keno"]
    assert one.notices == ["Mara is no longer with Red Kites"]
    chosen = one.pane.roster.chosen
    assert chosen is not None
    assert chosen.name == "Keno"
    one.click("notice_action")
    assert one.roster == ["7 Mara", "11 Keno"]
    assert one.notices == []


def test_a_player_goes_to_another_team_and_to_the_mercenaries(desk: Make) -> None:
    one = desk()
    one.has_team("Red Kites", "7 Mara")
    one.has_team("Blue Jays")
    one.key(Key.Key_Return)
    one.key(Key.Key_M)
    one.type("jay")
    one.key(Key.Key_Return)
    assert one.player("Mara").team_id == one.team("Blue Jays").id
    assert one.notices == ["Mara is with Blue Jays now"]
    one.click_team("Blue Jays")
    assert one.roster == ["7 Mara"]
    one.key(Key.Key_Return)
    one.key(Key.Key_M)
    one.type("merc")
    one.key(Key.Key_Return)
    one.click_team("Mercenaries")
    assert one.roster == ["7 Mara"]
    assert one.find("mercenaries_words").isVisible()
    assert not one.pane.form.isVisible()


def test_a_player_is_erased_only_after_a_question(desk: Make) -> None:
    one = desk()
    one.has_team("Red Kites")
    player = one.has_player("7 Mara", one.team("Red Kites").id, injury="Knee")
    one.key(Key.Key_Return)
    one.key(Key.Key_Delete, SHIFT)
    assert one.find("erase_leave").hasFocus()
    one.key(Key.Key_Space)
    assert one.roster == ["7 Mara"]
    one.key(Key.Key_Delete, SHIFT)
    one.click("erase_consent")
    assert one.roster == []
    assert player not in one.tested.desk.state.people


# finding


def test_search_finds_teams_and_players_and_brings_them_up(desk: Make) -> None:
    one = desk()
    one.has_team("Red Kites", "7 Mara", "11 Keno", shortname="KITES")
    one.has_team("Blue Jays", "3 Marek", "4 Tjark")
    one.key(Key.Key_F, CTRL)
    one.type("tja")
    assert [(row.name, row.found) for row in one.pane.list.teams.rows] == [("Blue Jays", "Tjark")]
    chosen = one.pane.roster.chosen
    assert chosen is not None
    assert chosen.name == "Tjark"
    one.key(Key.Key_Return)
    assert one.pane.roster.hasFocus()
    one.key(Key.Key_F, CTRL)
    one.type("mar")
    assert one.listed == ["Red Kites", "Blue Jays"]
    one.pane.search.setText("nobody at all")
    settle()
    assert one.listed == []
    assert one.find("teams_none_found").isVisible()
    one.pane.search.clear()
    settle()
    assert one.listed == ["Red Kites", "Blue Jays", "Mercenaries"]


# nothing jumps


def test_an_open_input_selection_and_scroll_outlive_what_others_do(desk: Make) -> None:
    one = desk()
    team = one.has_team("Red Kites", *[f"{number} Player {number}" for number in range(1, 31)])
    one.key(Key.Key_Return)
    for _ in range(19):
        one.key(Key.Key_Down)
    one.key(Key.Key_F2)
    one.type("Half a na")
    before = one.pane.roster.verticalScrollBar().value()
    assert before > 0
    one.has_player("99 Late", team)
    one.has_player("20 Between", team)
    one.does(commands.EditPlayer(player=one.player("Player 20").id, paid=True))
    one.has_team("Blue Jays")
    editor = one.pane.roster.editor
    assert editor is not None
    assert editor.hasFocus()
    assert editor.text() == "Half a na"
    assert one.pane.roster.verticalScrollBar().value() == before
    one.type("me")
    one.key(Key.Key_Return)
    assert one.player("Half a name").paid
    chosen = one.pane.roster.chosen
    assert chosen is not None
    assert chosen.name == "Half a name"
    assert one.pane.list.key == team


def test_what_is_typed_in_the_form_outlives_a_change_from_elsewhere(desk: Make) -> None:
    one = desk()
    team = one.has_team("Red Kites")
    name = one.find("team_name", QLineEdit)
    one.click(name)
    name.end(False)  # noqa: FBT003 - Qt names it by its place
    one.type(" of the")
    one.does(commands.EditTeam(team=team, colour="1e5fc4"))
    assert (name.text(), one.pane.form.colour.text()) == ("Red Kites of the", "1E5FC4")
    one.type(" North")
    one.key(Key.Key_Return)
    assert one.names == ["Red Kites of the North"]


# possible duplicates


def test_possible_duplicates_are_told_and_never_merged_unasked(desk: Make) -> None:
    one = desk()
    one.has_team("Red Kites", "7 Mara Lind")
    one.has_team("Blue Jays", "3 Mara Lind", "4 Jonas Feld")
    one.has_player("Jonas Veld")
    assert one.pane.pairs.headline.text() == "2 possible duplicates"
    one.key(Key.Key_D)
    sheet = one.find("pair_sheet")
    assert sheet.isVisible()
    assert len(one.tested.event.players) == 4
    one.click("pair_1_different")
    assert one.pane.pairs.headline.text() == "1 possible duplicate"
    one.click("pair_0_right_keep")
    assert len(one.tested.event.players) == 3
    assert one.player("Mara Lind").team_id == one.team("Blue Jays").id
    assert not one.pane.pairs.isVisible()
    assert one.notices == ["Two entries are one now"]
    one.click("pair_sheet_close")
    one.click("notice_action")
    assert len(one.tested.event.players) == 4
    # What was said to be two people is not asked again.
    assert one.pane.pairs.headline.text() == "1 possible duplicate"


# who may see, who may change


def test_a_private_injury_is_not_on_the_screen_of_a_desk(desk: Make) -> None:
    one = desk()
    organiser = one.knows("Ada", Role.ORGANISER)
    referee = one.knows("Kim", Role.HEAD_REF)
    team = one.has_team("Red Kites")
    one.has_player("7 Mara", team, injury="Concussion in May")
    one.has_player("8 Keno", team, injury="Left ankle", injury_public=True)
    model = one.pane.roster.players

    def said() -> str:
        roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, Qt.ItemDataRole.ToolTipRole)
        rows, columns = range(model.rowCount()), range(model.columnCount())
        cells = [str(model.index(row, column).data(role)) for row in rows for column in columns for role in roles]
        return " ".join(cells)

    assert "Concussion" not in said()
    assert "Left ankle" in said()
    assert model.index(0, INJURY).data(Qt.ItemDataRole.DisplayRole) == "private note"
    assert model.index(0, PUBLIC).data(TICK_ROLE) is None
    for acting in (referee, organiser):
        one.handle.act_as(acting)
        settle()
        assert "Concussion in May" in said()
    one.handle.act_as(commands.Acting())
    settle()
    assert "Concussion" not in said()


def test_who_may_not_change_sees_why_and_nothing_opens(desk: Make) -> None:
    one = desk()
    organiser = one.knows("Ada", Role.ORGANISER)
    one.has_team("Red Kites", "7 Mara")
    notice = one.find("teams_read_only")
    assert notice.isVisible()
    assert one.pane.read_only.sentence.text() == "Only an organiser changes teams and players"
    assert one.find("team_name", QLineEdit).isReadOnly()
    for name in ("bar_teams_add", "bar_teams_paste", "roster_player_add", "team_delete", "team_swatch"):
        assert not one.find(name).isEnabled()
    assert "Only an organiser" in one.find("bar_teams_paste").toolTip()
    one.click_team("Red Kites")
    one.key(Key.Key_Return)
    one.key(Key.Key_F2)
    assert one.pane.roster.editor is None
    assert one.notices == ["Only an organiser changes teams and players"]
    one.key(Key.Key_Delete)
    one.key(Key.Key_V, CTRL)
    assert one.roster == ["7 Mara"]
    one.click("teams_read_only_action")
    assert one.who.sheet.is_open

    one.handle.act_as(organiser)
    settle()
    assert not notice.isVisible()
    assert one.find("bar_teams_add").isEnabled()


def test_the_pane_fits_into_the_smallest_window_with_every_control_named(desk: Make) -> None:
    one = desk()
    one.has_team("Spielgemeinschaft Märkische Moorschnucken", "7 Mara", shortname="MOORSCHN", colour="c62828")
    one.window.resize(1024, 640)
    settle()
    for name in ("bar_teams_import", "team_delete", "roster_player_erase", "team_swatch", "teams_list"):
        widget = one.find(name)
        right = widget.mapTo(one.window, widget.rect().bottomRight())
        assert one.window.rect().contains(right), name
        assert widget.accessibleName(), name
        assert widget.toolTip(), name


def test_a_name_that_is_refused_later_is_not_said_at_another_team(desk: Make) -> None:
    lane = SlowLane()
    one = desk(lane=lane)
    for name in ("Red Kites", "Blue Herons", "Owls"):
        one.has_team(name, "7 Mara")
    one.click_team("Red Kites")
    one.click("team_name")
    one.find("team_name", QLineEdit).selectAll()
    one.type("Blue Herons")
    lane.slow = True
    one.click_team("Owls")
    lane.let_go()
    settle()
    assert one.find("team_name", QLineEdit).text() == "Owls"
    assert one.find("team_name").property("wrong") != "true"
    assert "Red Kites" in one.notices[0]


def test_enter_pressed_twice_adds_one_team_and_complains_of_nothing(desk: Make) -> None:
    lane = SlowLane()
    one = desk(lane=lane)
    one.key(Key.Key_T)
    one.type("Red Kites")
    lane.slow = True
    one.key(Key.Key_Return)
    one.key(Key.Key_Return)
    lane.let_go()
    settle()
    assert one.names == ["Red Kites"]
    assert one.find("team_name").property("wrong") != "true"
