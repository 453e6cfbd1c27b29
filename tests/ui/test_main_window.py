"""The frame: panes from a table, one on the screen, the others told what they missed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout
from pytestqt.qtbot import QtBot

from arctos_desk.tournament.words import say
from arctos_desk.ui.main_window import MainWindow, Pane, PaneEntry
from arctos_desk.ui.refresh import EVERYTHING, Change
from arctos_desk.ui.widgets.button import Button

pytestmark = pytest.mark.usefixtures("dressed")


class _Pane(Pane):
    """A pane that writes down what it is told."""

    def __init__(self, title: str, built: list[str]) -> None:
        super().__init__()
        built.append(title)
        self.told: list[Change | str] = []
        self.input = QLineEdit(self)
        QVBoxLayout(self).addWidget(self.input)
        self.tool = Button(f"Tool of {title}")
        self.set_header(title, "Saturday", [self.tool])

    def refresh(self, change: Change) -> None:
        self.told.append(change)

    def shown(self) -> None:
        self.told.append("shown")

    def hidden(self) -> None:
        self.told.append("hidden")

    def take_focus(self) -> None:
        self.input.setFocus()


@pytest.fixture
def built() -> list[str]:
    return []


@pytest.fixture
def window(built: list[str], qtbot: QtBot) -> MainWindow:
    result = MainWindow(
        [
            PaneEntry(
                id="today", text=say("Today"), icon="today", build=lambda: _Pane("Today", built), shortcut="Alt+1"
            ),
            PaneEntry(
                id="board", text=say("Board"), icon="board", build=lambda: _Pane("Board", built), shortcut="Alt+2"
            ),
        ]
    )
    qtbot.addWidget(result)
    with qtbot.waitExposed(result):
        result.show()
    result.activateWindow()
    result.show_pane("today")
    return result


def pane(window: MainWindow, pane_id: str) -> _Pane:
    found = window.pane(pane_id)
    assert isinstance(found, _Pane)
    return found


def test_a_pane_is_built_when_it_is_first_shown(window: MainWindow, built: list[str]) -> None:
    assert built == ["Today"]
    window.show_pane("board")
    window.show_pane("today")
    assert built == ["Today", "Board"]


def test_the_measures_of_the_frame(window: MainWindow) -> None:
    assert (window.rail.width(), window.header.height(), window.status.height()) == (88, 56, 32)
    assert window.minimumWidth() <= 1280
    assert window.minimumHeight() <= 720


def test_the_rail_a_key_and_the_window_lead_to_the_same_pane(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.mouseClick(window.rail.entry("board"), Qt.MouseButton.LeftButton)
    assert window.shown_pane == "board"
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert window.shown_pane == "today"
    assert window.rail.entry("today").isChecked()
    assert not window.rail.entry("board").isChecked()


def test_only_panes_of_the_table_stand_in_the_rail(window: MainWindow) -> None:
    assert window.pane_ids == ("today", "board")


def test_the_header_shows_what_the_pane_says(window: MainWindow) -> None:
    today = pane(window, "today")
    assert (window.header.title.text(), window.header.subtitle.text()) == ("Today", "Saturday")
    assert today.tool.isVisible()
    window.show_pane("board")
    assert window.header.title.text() == "Board"
    assert not today.tool.isVisible()
    assert pane(window, "board").tool.isVisible()
    today.set_header("Feld 3")
    assert window.header.title.text() == "Board"
    window.show_pane("today")
    assert window.header.title.text() == "Feld 3"
    assert today.tool.isVisible()


def test_a_pane_that_was_away_is_told_before_it_is_shown(window: MainWindow, qtbot: QtBot) -> None:
    window.show_pane("board")
    window.refreshing.changed(["match/1"])
    board, today = pane(window, "board"), pane(window, "today")
    qtbot.waitUntil(lambda: Change(frozenset({"match/1"})) in board.told)
    assert today.told == [EVERYTHING, "shown", "hidden"]
    window.show_pane("today")
    assert today.told[3:] == [Change(frozenset({"match/1"})), "shown"]


def test_the_keyboard_goes_where_work_begins(window: MainWindow) -> None:
    assert QApplication.focusWidget() is pane(window, "today").input
    window.show_pane("board")
    assert QApplication.focusWidget() is pane(window, "board").input


def test_notices_stand_above_the_pane_and_take_no_focus(window: MainWindow) -> None:
    window.notices.show_notice("B-7 finished", "10 : 9", action="Undo", key="Ctrl+Z")
    assert window.notices.isVisible()
    assert QApplication.focusWidget() is pane(window, "today").input
    window.notices.clear()
    assert not window.notices.isVisible()


def test_a_window_that_may_not_close_stays(window: MainWindow, qtbot: QtBot) -> None:
    window.may_close = lambda: False
    with qtbot.assertNotEmitted(window.closing):
        window.close()
    assert window.isVisible()
    window.may_close = lambda: True
    with qtbot.waitSignal(window.closing):
        window.close()


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
def test_nothing_of_the_frame_is_cut(window: MainWindow, size: tuple[int, int]) -> None:
    window.resize(*size)
    QApplication.processEvents()
    assert window.size().toTuple() == size
    for part in (window.rail, window.header, window.status, window.stack):
        assert window.rect().contains(part.rect().translated(part.mapTo(window, part.rect().topLeft())))
