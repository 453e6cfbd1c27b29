"""Changes reach the panes that are shown, once; actions say why they are off."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QLineEdit, QTableView, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from arctos_desk.tournament.words import say
from arctos_desk.ui.actions import ActionEntry, Actions
from arctos_desk.ui.refresh import CLOCK, EVERYTHING, Change, Refresh, kept
from arctos_desk.ui.widgets.button import Button
from arctos_desk.ui.widgets.table_style import dress_table


class _Told:
    def __init__(self) -> None:
        self.changes: list[Change] = []

    def refresh(self, change: Change) -> None:
        self.changes.append(change)


@pytest.fixture
def refreshing(qapp: QApplication):  # type: ignore[no-untyped-def]
    refresh = Refresh()
    yield refresh
    refresh.close()


def test_a_pane_on_the_screen_is_told_at_once_and_one_that_is_away_when_it_comes_back(
    refreshing: Refresh, qtbot: QtBot
) -> None:
    shown = {"board"}
    board, journal = _Told(), _Told()
    refreshing.register("board", board, lambda: "board" in shown)
    refreshing.register("journal", journal, lambda: "journal" in shown)
    refreshing.deliver()
    refreshing.changed(["match/1"])
    qtbot.waitUntil(lambda: len(board.changes) == 2)
    assert board.changes == [EVERYTHING, Change(frozenset({"match/1"}))]
    assert journal.changes == []
    shown.add("journal")
    refreshing.deliver()
    assert journal.changes == [Change(frozenset({"match/1"}), everything=True)]


def test_changes_of_one_turn_are_told_together(refreshing: Refresh, qtbot: QtBot) -> None:
    pane = _Told()
    refreshing.register("board", pane, lambda: True)
    refreshing.deliver()
    refreshing.changed(["match/1"])
    refreshing.changed(["match/2"])
    refreshing.tell(CLOCK)
    qtbot.waitUntil(lambda: len(pane.changes) == 2)
    assert pane.changes[1] == Change(frozenset({"match/1", "match/2"}), clock=True)


def test_no_change_tells_nobody(refreshing: Refresh) -> None:
    pane = _Told()
    refreshing.register("board", pane, lambda: True)
    refreshing.deliver()
    refreshing.changed([])
    refreshing.deliver()
    assert pane.changes == [EVERYTHING]


def model_of(keys: list[str]) -> QStandardItemModel:
    model = QStandardItemModel()
    for key in keys:
        item = QStandardItem(key)
        item.setData(key, Qt.ItemDataRole.UserRole)
        model.appendRow([item, QStandardItem("…")])
    return model


def test_replaced_rows_keep_the_current_row_the_scroll_and_the_focus(dressed: QApplication, qtbot: QtBot) -> None:
    table = QTableView()
    qtbot.addWidget(table)
    dress_table(table)
    keys = [f"m{n}" for n in range(60)]
    model = model_of(keys)
    table.setModel(model)
    table.resize(300, 300)
    with qtbot.waitExposed(table):
        table.show()
    table.setFocus()
    table.setCurrentIndex(model.index(30, 1))
    scroll = table.verticalScrollBar().value()
    with kept(table):
        model.removeRows(0, 60, QModelIndex())
        fresh = model_of(["new", *keys])
        for row in range(fresh.rowCount()):
            model.appendRow([fresh.takeItem(row, 0), fresh.takeItem(row, 1)])
    assert table.currentIndex().siblingAtColumn(0).data(Qt.ItemDataRole.UserRole) == "m30"
    assert table.selectionModel().isRowSelected(31)
    assert table.verticalScrollBar().value() == scroll


ENTRY = ActionEntry(
    id="rerun", text=say("Rerun"), tooltip=say("Mark the point as played again"), shortcut="R", icon="undo"
)


@pytest.fixture
def window(dressed: QApplication, qtbot: QtBot) -> QWidget:
    result = QWidget()
    qtbot.addWidget(result)
    QVBoxLayout(result).addWidget(QLineEdit(result))
    with qtbot.waitExposed(result):
        result.show()
    result.activateWindow()
    return result


def test_an_action_nobody_answers_is_off_and_says_so(window: QWidget) -> None:
    actions = Actions(window, [ENTRY])
    assert not actions["rerun"].isEnabled()
    assert actions["rerun"].toolTip().splitlines() == [
        "Mark the point as played again  (R)",
        "Not now: This is not available here",
    ]


def test_a_key_calls_the_one_who_asked_for_it(window: QWidget, qtbot: QtBot) -> None:
    called: list[str] = []
    Actions(window, [ENTRY]).on("rerun", lambda: called.append("rerun"))
    window.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_R)
    assert called == ["rerun"]


def test_a_single_letter_goes_to_the_input_that_has_the_keyboard(window: QWidget, qtbot: QtBot) -> None:
    called: list[str] = []
    Actions(window, [ENTRY]).on("rerun", lambda: called.append("rerun"))
    note = window.findChild(QLineEdit)
    assert note is not None
    note.setFocus()
    qtbot.keyClicks(note, "rerun")
    assert (called, note.text()) == ([], "rerun")


def test_every_reason_stands_in_the_tooltip_and_none_turns_it_on(window: QWidget) -> None:
    actions = Actions(window, [ENTRY])
    actions.on("rerun", lambda: None)
    actions.set_why_not("rerun", ["No point is chosen", "The match is over"])
    assert not actions["rerun"].isEnabled()
    assert actions["rerun"].toolTip().splitlines()[1:] == ["Not now: No point is chosen", "Not now: The match is over"]
    actions.set_why_not("rerun", ())
    assert actions["rerun"].isEnabled()
    assert actions["rerun"].toolTip() == "Mark the point as played again  (R)"


def test_two_actions_of_one_id_are_a_mistake(window: QWidget) -> None:
    actions = Actions(window, [ENTRY])
    with pytest.raises(ValueError, match="rerun"):
        actions.add(ENTRY)


def test_a_button_follows_its_action(window: QWidget, qtbot: QtBot) -> None:
    called: list[int] = []
    actions = Actions(window, [ENTRY])
    actions.on("rerun", lambda: called.append(1))
    button = Button(parent=window).follow(actions["rerun"])
    assert (button.text(), button.isEnabled(), button.toolTip()) == ("Rerun", True, actions["rerun"].toolTip())
    button.click()
    actions.set_why_not("rerun", ["The match is over"])
    assert not button.isEnabled()
    assert "The match is over" in button.toolTip()
    button.click()
    assert called == [1]
