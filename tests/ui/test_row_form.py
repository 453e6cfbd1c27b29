"""The form of a row: an organiser writes the schedule by hand, from the first match to a break over all fields."""

from __future__ import annotations

import pytest

pytest.importorskip("pytestqt")

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from arctos_desk.operations import commands
from arctos_desk.tournament.ids import ref
from arctos_desk.tournament.kinds import MatchKind
from arctos_desk.tournament.records import Match
from arctos_desk.tournament.tokens import TeamSlot
from arctos_desk.ui.desk_port import DeskHandle
from arctos_desk.ui.main_window import MainWindow
from arctos_desk.ui.panes.schedule_board.pane import BoardPane, board_pane
from arctos_desk.ui.panes.schedule_board.row_editing import RowEditing
from arctos_desk.ui.panes.schedule_board.row_form import RowForm
from arctos_desk.ui.widgets.button import Button
from arctos_desk.ui.widgets.choice import Choice
from arctos_desk.ui.widgets.tick_box import TickBox
from tests.operations.desks import ORGANISER, TestedDesk, desk_with_small_day, empty_desk
from tests.ui.pane_desk import PaneDesk

LEFT = Qt.MouseButton.LeftButton


class Planning(PaneDesk[BoardPane]):
    """A window with the board of a real desk in memory."""

    def __init__(self, tested: TestedDesk) -> None:
        super().__init__(tested, self._board)

    def _board(self, handle: DeskHandle, window: MainWindow) -> BoardPane:
        pane = board_pane(handle)
        self.editing = RowEditing(handle, window.actions_table, window, pane)
        return pane

    @property
    def form(self) -> RowForm:
        return self.editing.form

    def match(self, name: str) -> Match:
        return next(match for match in self.handle.state.event.matches.values() if match.name == name)

    def starts(self, name: str) -> str:
        row = self.handle.state.solution.rows[self.match(name).id]
        return "" if row.plan_ms is None else f"{row.plan_ms // 3_600_000 % 24:02}:{row.plan_ms // 60_000 % 60:02}"


@pytest.fixture
def planning(dressed: QApplication, qtbot: QtBot) -> Planning:
    tested = empty_desk()
    for name in ("Nord", "Süd"):
        tested.does(commands.AddField(name=name), ORGANISER)
    for name in ("Red Kites", "Blue Herons", "Tin Foxes", "Owls"):
        tested.does(commands.AddTeam(name=name), ORGANISER)
    tested.does(commands.AddTag(name="Seed 1"), ORGANISER)
    planning = Planning(tested)
    qtbot.addWidget(planning.window)
    return planning


def write(qtbot: QtBot, form: RowForm, **inputs: str) -> None:
    """Type into inputs as a person does: all of it chosen, then the keys."""
    for name, text in inputs.items():
        edit = form.findChild(QLineEdit, f"row_{name}")
        edit.setFocus()
        edit.selectAll()
        qtbot.keyClick(edit, Qt.Key.Key_Delete)
        qtbot.keyClicks(edit, text)
        if edit.completer() is not None and edit.completer().popup().isVisible():
            qtbot.keyClick(edit.completer().popup(), Qt.Key.Key_Escape)


def choose(qtbot: QtBot, form: RowForm, name: str, text: str) -> None:
    """Choose from a list with the keyboard."""
    choice = form.findChild(Choice, f"row_{name}")
    choice.setFocus()
    qtbot.keyClick(choice, Qt.Key.Key_Home)
    while choice.currentText() != text:
        at = choice.currentIndex()
        qtbot.keyClick(choice, Qt.Key.Key_Down)
        assert choice.currentIndex() != at, f"{text} is not offered"
    choice.activated.emit(choice.currentIndex())


def press(qtbot: QtBot, form: QWidget, name: str) -> None:
    qtbot.mouseClick(form.findChild(Button, name), LEFT)


def wrong(form: RowForm, place: str) -> str:
    shown = form.findChild(QLabel, f"row_wrong_{place}")
    return "" if shown.isHidden() else shown.text()


def test_two_matches_in_a_row_from_the_empty_board(planning: Planning, qtbot: QtBot) -> None:
    qtbot.mouseClick(planning.pane.empty.button, LEFT)
    form = planning.form
    assert form.isVisible()
    write(qtbot, form, name="A1", day="2026-05-02", time="10:00", length="40", team1="Red Kites", team2="blue herons")
    write(qtbot, form, referees="Owls")
    qtbot.keyClick(form.team2, Qt.Key.Key_Return)
    first = planning.match("A1")
    event = planning.handle.state.event
    assert (planning.starts("A1"), first.length_min) == ("10:00", 40)
    assert [event.teams[slot.team_id].name for slot in (first.team1, first.team2, *first.referees)] == [
        "Red Kites",
        "Blue Herons",
        "Owls",
    ]
    assert form.isVisible()
    assert (form.name.text(), form.field.currentText(), form.length.text()) == ("A2", "Süd", "40")
    write(qtbot, form, team1="A1::winner", team2="tag::Seed 1", day="2026-05-02", time="11:00")
    press(qtbot, form, "row_save")
    assert planning.match("A2").field_id != first.field_id
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    assert not form.isVisible()
    qtbot.waitUntil(lambda: planning.pane.pages.currentWidget() is planning.pane.canvas)


def test_everything_that_is_wrong_stands_beside_its_input_at_once(planning: Planning, qtbot: QtBot) -> None:
    planning.editing.add()
    form = planning.form
    write(qtbot, form, name="A1", day="tomorrow", time="10:0", length="long", team1="Red Kits", team2="A9::winner")
    qtbot.keyClick(form.name, Qt.Key.Key_Return)
    assert "Did you mean Red Kites?" in wrong(form, "team1")
    assert "A9" in wrong(form, "team2")
    assert "minutes" in wrong(form, "length")
    assert "2026-05-02" in wrong(form, "day")
    assert "10:30" in wrong(form, "day")
    write(qtbot, form, name="A1, A2", length="long")
    qtbot.keyClick(form.name, Qt.Key.Key_Return)
    assert "comma" in wrong(form, "name")
    assert "minutes" in wrong(form, "length")
    assert not planning.handle.state.event.matches
    write(qtbot, form, name="A1, A2", day="2026-05-02", time="10:00", length="30", team1="Red Kites", team2="")
    qtbot.keyClick(form.name, Qt.Key.Key_Return)
    assert "comma" in wrong(form, "name")
    assert wrong(form, "team1") == ""


def test_a_lunch_over_all_fields_is_one_row_of_the_form_and_one_step(planning: Planning, qtbot: QtBot) -> None:
    planning.editing.add()
    form = planning.form
    for name, field in (("A1", "Nord"), ("B1", "Süd")):
        choose(qtbot, form, "field", field)
        write(qtbot, form, name=name, day="2026-05-02", time="10:00", length="40")
        press(qtbot, form, "row_save")
    choose(qtbot, form, "kind", "Break")
    assert [tick.text() for tick in form.findChildren(TickBox) if tick.isVisible()] == ["Nord", "Süd"]
    assert not form.team1.isVisible()
    write(qtbot, form, name="Lunch", length="60")
    press(qtbot, form, "row_save")
    assert len([one for one in planning.handle.state.event.matches.values() if one.kind is MatchKind.BREAK]) == 2
    assert planning.starts("Lunch") == "10:40"
    planning.tested.does(commands.Undo(), ORGANISER)
    assert len(planning.tested.desk.state.event.matches) == 2


def test_a_match_after_what_comes_before_follows_the_last_of_its_field(planning: Planning, qtbot: QtBot) -> None:
    planning.editing.add()
    form = planning.form
    write(qtbot, form, name="A1", day="2026-05-02", time="10:00", length="30")
    press(qtbot, form, "row_save")
    choose(qtbot, form, "kind", "Match as early as possible")
    choose(qtbot, form, "field", "Nord")
    write(qtbot, form, name="A2", length="30", skip="(> 1 2)")
    press(qtbot, form, "row_save")
    assert planning.match("A2").previous_id == planning.match("A1").id
    assert planning.match("A2").skip_condition == "(> 1 2)"
    assert planning.starts("A2") == "10:30"


@pytest.fixture
def small_day(dressed: QApplication, qtbot: QtBot) -> Planning:
    planning = Planning(desk_with_small_day())
    qtbot.addWidget(planning.window)
    return planning


def test_f2_changes_the_chosen_row_and_keeps_the_rest(small_day: Planning, qtbot: QtBot) -> None:
    before = small_day.match("A1")
    small_day.pane.choose(before.id)
    small_day.pane.take_focus()
    qtbot.keyClick(small_day.pane.canvas.view, Qt.Key.Key_F2)
    form = small_day.form
    assert form.isVisible()
    write(qtbot, form, length="55")
    press(qtbot, form, "row_save")
    after = small_day.match("A1")
    assert not form.isVisible()
    assert after.length_min == 55
    assert (after.team1, after.team2, after.planned_ms) == (before.team1, before.team2, before.planned_ms)


def test_delete_takes_the_row_out_and_undo_brings_it_back(small_day: Planning, qtbot: QtBot) -> None:
    small_day.pane.choose(small_day.match("A1").id)
    small_day.pane.take_focus()
    qtbot.keyClick(small_day.pane.canvas.view, Qt.Key.Key_Delete)
    assert "A1" not in {match.name for match in small_day.handle.state.event.matches.values()}
    small_day.tested.does(commands.Undo(), ORGANISER)
    assert small_day.match("A1")


def test_a_match_that_has_begun_stays_and_says_so(small_day: Planning, qtbot: QtBot) -> None:
    match = small_day.match("A1")
    small_day.tested.clock.at("2026-05-02T10:00:00")
    small_day.tested.does(commands.StartMatch(match=match.id, override="no referee yet"), ORGANISER)
    small_day.pane.choose(match.id)
    small_day.pane.take_focus()
    qtbot.keyClick(small_day.pane.canvas.view, Qt.Key.Key_F2)
    assert not small_day.form.isVisible()
    qtbot.keyClick(small_day.pane.canvas.view, Qt.Key.Key_Delete)
    assert small_day.match("A1")
    assert small_day.window.notices.isVisible()


def open_form(planning: Planning, name: str) -> RowForm:
    planning.editing.edit(planning.match(name).id)
    return planning.form


def test_what_another_changed_meanwhile_stays_where_this_form_changed_nothing(
    small_day: Planning, qtbot: QtBot
) -> None:
    form = open_form(small_day, "A1")
    small_day.tested.does(commands.EditMatch(match=small_day.match("A1").id, changes={"length_min": 47}), ORGANISER)
    write(qtbot, form, name="Opening")
    press(qtbot, form, "row_save")
    assert small_day.match("Opening").length_min == 47


def test_two_who_change_the_same_teams_are_both_heard(small_day: Planning, qtbot: QtBot) -> None:
    teams = {team.name: team.id for team in small_day.handle.state.event.teams.values()}
    match = small_day.match("A1")
    names = [name for name in teams if TeamSlot(teams[name]) not in (match.team1, match.team2)]
    form = open_form(small_day, "A1")
    changes = {"team1": TeamSlot(teams[names[0]])}
    small_day.tested.does(commands.EditMatch(match=match.id, changes=changes), ORGANISER)
    write(qtbot, form, team1=names[1])
    press(qtbot, form, "row_save")
    assert ref("match", match.id) in small_day.handle.state.disputed


def test_a_row_that_follows_one_of_another_field_keeps_it_and_seconds_stay(small_day: Planning, qtbot: QtBot) -> None:
    match = small_day.match("A1")
    odd_ms = match.planned_ms + 17_000
    small_day.tested.does(commands.EditMatch(match=match.id, changes={"planned_ms": odd_ms}), ORGANISER)
    form = open_form(small_day, "A1")
    write(qtbot, form, length="31")
    press(qtbot, form, "row_save")
    assert (small_day.match("A1").planned_ms, small_day.match("A1").length_min) == (odd_ms, 31)


def test_a_match_that_moves_to_another_field_comes_after_its_last(planning: Planning, qtbot: QtBot) -> None:
    planning.editing.add()
    form = planning.form
    for name, field in (("A1", "Nord"), ("B1", "Süd")):
        choose(qtbot, form, "kind", "Match at a fixed time")
        choose(qtbot, form, "field", field)
        write(qtbot, form, name=name, day="2026-05-02", time="10:00", length="30")
        press(qtbot, form, "row_save")
    choose(qtbot, form, "kind", "Match as early as possible")
    choose(qtbot, form, "field", "Nord")
    write(qtbot, form, name="A2", length="30")
    press(qtbot, form, "row_save")
    open_form(planning, "A2")
    choose(qtbot, form, "field", "Süd")
    assert form.previous.currentText() == "The last of the field"
    press(qtbot, form, "row_save")
    assert planning.match("A2").previous_id == planning.match("B1").id
    open_form(planning, "A2")
    choose(qtbot, form, "previous", "The last of the field")
    write(qtbot, form, length="35")
    press(qtbot, form, "row_save")
    assert (planning.match("A2").previous_id, planning.match("A2").length_min) == (planning.match("B1").id, 35)


def test_a_time_that_the_clocks_skip_is_refused(planning: Planning, qtbot: QtBot) -> None:
    planning.tested.does(commands.EditEvent(zone="Europe/Berlin"), ORGANISER)
    planning.editing.add()
    form = planning.form
    write(qtbot, form, name="Night", day="2026-03-29", time="02:30", length="30")
    press(qtbot, form, "row_save")
    assert "02:30" in wrong(form, "day")
    write(qtbot, form, day="1969-07-20", time="10:00")
    press(qtbot, form, "row_save")
    assert wrong(form, "day")
    assert not planning.handle.state.event.matches


def test_pressing_enter_twice_adds_one_row_and_complains_of_nothing(planning: Planning, qtbot: QtBot) -> None:
    planning.editing.add()
    form = planning.form
    write(qtbot, form, name="A1", day="2026-05-02", time="10:00", length="30")
    planning.lane.slow = True
    qtbot.keyClick(form.name, Qt.Key.Key_Return)
    qtbot.keyClick(form.name, Qt.Key.Key_Return)
    planning.lane.let_go()
    assert [match.name for match in planning.handle.state.event.matches.values()] == ["A1"]
    assert (form.wrong.text(), wrong(form, "name")) == ("", "")
    assert form.name.text() == "A2"


def test_a_form_that_was_closed_stays_closed_when_its_row_is_saved(planning: Planning, qtbot: QtBot) -> None:
    planning.editing.add()
    form = planning.form
    write(qtbot, form, name="A1", day="2026-05-02", time="10:00", length="30")
    planning.lane.slow = True
    qtbot.keyClick(form.name, Qt.Key.Key_Return)
    qtbot.keyClick(form.name, Qt.Key.Key_Escape)
    planning.lane.let_go()
    assert planning.match("A1")
    assert not form.isVisible()


def test_deleting_a_row_of_the_board_leaves_the_form_of_another_open(small_day: Planning, qtbot: QtBot) -> None:
    form = open_form(small_day, "A1")
    write(qtbot, form, name="Half typed")
    other = next(one for one in small_day.handle.state.event.matches.values() if one.kind.is_game and one.name != "A1")
    small_day.editing.delete(other.id)
    assert other.id not in small_day.handle.state.event.matches
    assert form.isVisible()
    assert form.name.text() == "Half typed"
    small_day.editing.delete(small_day.match("A1").id)
    assert not form.isVisible()
