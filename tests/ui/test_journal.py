"""The journal: entries in words, found by words, read back as far as a person scrolls, each taken back from here."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from arctos_desk.operations import commands
from arctos_desk.tournament.kinds import Side, Stage
from arctos_desk.ui.desk_port import PAGE_LINES
from arctos_desk.ui.panes.journal.table import WHAT
from arctos_desk.ui.widgets.table_style import LOOK_ROLE, CellLook
from tests.operations.desks import ORGANISER
from tests.ui.referee_desk import RefereeDesk, settle

Key = Qt.Key
Make = Callable[..., RefereeDesk]


@pytest.fixture
def desk(dressed: QApplication, qtbot: QtBot) -> Make:
    def make(**options: object) -> RefereeDesk:
        made = RefereeDesk(**options)  # type: ignore[arg-type]
        qtbot.addWidget(made.window)
        return made

    return make


def to_journal(one: RefereeDesk) -> list[str]:
    one.window.show_pane("journal")
    settle()
    return what(one)


def what(one: RefereeDesk) -> list[str]:
    return [row.what for row in one.journal.table.lines.rows]


def choose(one: RefereeDesk, words: str) -> None:
    one.journal.table.selectRow(what(one).index(words))
    one.journal.table.setFocus()
    settle()


def test_entries_stand_newest_first_with_who_and_where(desk: Make) -> None:
    one = desk().started()
    one.play_point(Key.Key_Left)
    assert to_journal(one)[:4] == [
        "Point 1 of A1 to Angry Ants",
        "End point 1 of A1",
        "Start point 1 of A1",
        "Start A1",
    ]
    row = one.journal.table.lines.rows[3]
    assert (row.who, row.role, row.desk, row.time) == ("Kim", "head referee", "Desk 3 (here)", "10:04:00")


def test_the_oldest_entries_come_when_a_person_scrolls(desk: Make) -> None:
    one = desk(people=False)
    for number in range(PAGE_LINES + 40):
        one.tested.does(commands.AddTeam(name=f"Team {number}"), ORGANISER)
    one.handle.told()
    rows = to_journal(one)
    assert len(rows) < PAGE_LINES + 40
    bar = one.journal.table.verticalScrollBar()
    bar.setValue(bar.maximum())
    settle()
    bar.setValue(bar.maximum())
    settle()
    # Two entries made the small day.
    assert len(what(one)) == PAGE_LINES + 42
    assert one.journal.count.text() == f"{PAGE_LINES + 42} entries"


def test_a_new_entry_keeps_the_chosen_line_and_how_far_was_read(desk: Make) -> None:
    one = desk(people=False)
    for number in range(PAGE_LINES + 40):
        one.tested.does(commands.AddTeam(name=f"Team {number}"), ORGANISER)
    to_journal(one)
    bar = one.journal.table.verticalScrollBar()
    bar.setValue(bar.maximum())
    settle()
    one.journal.table.selectRow(PAGE_LINES + 20)
    chosen = one.journal.table.chosen
    one.tested.does(commands.AddTeam(name="Late"), ORGANISER)
    one.handle.told()
    settle()
    assert one.journal.table.chosen == chosen
    assert len(what(one)) == PAGE_LINES + 43


def test_words_find_entries_and_nothing_found_says_so(desk: Make) -> None:
    one = desk().started()
    one.play_point(Key.Key_Left)
    to_journal(one)
    one.key(Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    one.type("kim point a1")
    assert what(one) == ["Point 1 of A1 to Angry Ants", "End point 1 of A1", "Start point 1 of A1"]
    one.type(" zebra")
    assert one.journal.nothing_found.isVisible()
    one.click("journal_nothing_found_begin")
    assert len(what(one)) > 3


def test_a_search_looks_behind_what_was_loaded(desk: Make) -> None:
    one = desk(people=False)
    for number in range(2 * PAGE_LINES):
        one.tested.does(commands.AddTeam(name=f"Team {number}"), ORGANISER)
    to_journal(one)
    one.journal.search.setText("small.json")
    settle()
    assert len(what(one)) == 1


def test_the_buttons_name_what_they_take_back_and_bring_back(desk: Make) -> None:
    one = desk().started()
    to_journal(one)
    assert one.journal.undo.text() == "Undo “Start A1”"
    assert not one.journal.redo.isEnabled()
    one.click("journal_undo")
    assert one.match().stage is Stage.PLANNED
    assert one.journal.redo.text() == "Redo “Start A1”"
    one.click("journal_redo")
    assert one.match().stage is Stage.LIVE
    assert what(one)[:3] == ["Redo Start A1", "Undo Start A1", "Start A1"]


def test_a_line_taken_back_is_struck_and_says_so(desk: Make) -> None:
    one = desk().started()
    to_journal(one)
    one.key(Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    lines = one.journal.table.lines
    place = what(one).index("Start A1")
    look = lines.index(place, WHAT).data(LOOK_ROLE)
    assert isinstance(look, CellLook)
    assert (look.struck, look.second) == (True, "taken back")
    one.key(Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    look = lines.index(what(one).index("Start A1"), WHAT).data(LOOK_ROLE)
    assert not look.struck


def test_an_undo_that_was_undone_again_strikes_the_line_again(desk: Make) -> None:
    one = desk().started()
    to_journal(one)
    ctrl, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    one.key(Key.Key_Z, ctrl)
    one.key(Key.Key_Z, ctrl | shift)
    one.key(Key.Key_Z, ctrl)
    assert one.match().stage is Stage.PLANNED
    assert [row.what for row in one.journal.table.lines.rows if row.taken_back][-1] == "Start A1"


def test_an_entry_in_the_middle_is_taken_back_at_once_when_nothing_rests_on_it(desk: Make) -> None:
    one = desk().started()
    one.play_point(Key.Key_Left)
    one.play_point(Key.Key_Right)
    to_journal(one)
    choose(one, "Point 1 of A1 to Angry Ants")
    one.click("journal_undo_this")
    assert [point.winner for point in one.points] == [None, Side.TEAM2]  # type: ignore[attr-defined]
    assert not one.undoing.sheet.is_open


def test_undo_of_what_others_rest_on_asks_first(desk: Make) -> None:
    one = desk().started()
    one.play_point(Key.Key_Left)
    to_journal(one)
    choose(one, "Start A1")
    one.key(Key.Key_Delete)
    sheet = one.undoing.sheet
    assert sheet.is_open
    assert sheet.title.text() == "Undo “Start A1”?"
    assert _said(one) == ["These facts were stated later and rest on it:", "Points of A1 were recorded since"]
    assert one.match().stage is Stage.LIVE
    one.key(Key.Key_Return)  # the safe answer has the keyboard, and Enter is no answer
    one.key(Key.Key_Space)
    assert not sheet.is_open
    assert one.match().stage is Stage.LIVE

    one.click("journal_undo_this")
    one.click("undo_consent")
    assert one.match().stage is Stage.PLANNED
    assert not sheet.is_open


def test_the_preview_names_matches_that_were_started_on_a_result(desk: Make) -> None:
    one = desk()
    one.played("A1", Side.TEAM1)
    one.played("B1", Side.TEAM1)
    one.elsewhere(commands.StartMatch(match="m-Third"))
    to_journal(one)
    choose(one, "Finish A1: Angry Ants wins")
    one.key(Key.Key_Delete)
    assert "Third was started with teams that follow from this" in _said(one)
    one.key(Key.Key_Escape)
    assert one.match().result is not None


def test_an_entry_that_cannot_be_taken_back_says_why(desk: Make) -> None:
    one = desk().started()
    to_journal(one)
    one.click("journal_undo")
    choose(one, "Start A1")
    assert not one.journal.undo_this.isEnabled()
    assert one.journal.undo_this.toolTip() == "It was taken back already"
    one.key(Key.Key_Delete)
    assert one.journal.notice.headline.text() == "It was taken back already"
    choose(one, "Undo Start A1")
    assert one.journal.undo_this.toolTip() == "An undo is taken back with Redo"


def test_an_empty_journal_says_what_belongs_here(desk: Make) -> None:
    from tests.operations.desks import TestedDesk

    one = desk(tested=TestedDesk(), people=False)
    to_journal(one)
    assert one.journal.empty.isVisible()


def test_entries_of_another_day_show_their_day(desk: Make) -> None:
    one = desk().started()
    one.clock.at("2026-05-03T09:00:00")
    to_journal(one)
    assert one.journal.table.lines.rows[0].day == "2026-05-02"


def _said(one: RefereeDesk) -> list[str]:
    from PySide6.QtWidgets import QLabel

    return [part.text() for part in one.undoing.sheet.inside.findChildren(QLabel) if part.isVisible() and part.text()]
