"""What every pane says to whoever sits at the desk: to the eye, the pointer, a screen reader, the clipboard.

The window is the real one over a copy of the seeded event. A desk without a name reads no private injury.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

pytest.importorskip("pytestqt")

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from arctos_desk.app.window import DeskWindow, Program, application
from arctos_desk.operations import commands
from arctos_desk.operations.commands import Acting, Command
from arctos_desk.operations.desk import Outcome
from arctos_desk.ui import text
from arctos_desk.ui.panes.settings.pane import SECTIONS
from tests.operations.desks import HandClock
from tests.privacy import seeds
from tests.privacy.allowed import MAY_HOLD, SHOWN, leaked
from tests.privacy.day import NOON, Day, at_home, begun
from tests.privacy.looking import said_by, said_by_all
from tests.privacy.scanning import found_in
from tests.privacy.seeds import Kind

CTRL = Qt.KeyboardModifier.ControlModifier


@dataclass
class Screen:
    desk: DeskWindow
    day: Day
    qtbot: QtBot

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.desk.lane.is_busy, timeout=20_000)
        for _ in range(3):
            QApplication.processEvents()

    def acts(self, acting: Acting) -> None:
        self.desk.handle.act_as(acting)
        self.settle()

    def shows(self, pane_id: str) -> str:
        """All that is said while this pane is on the screen."""
        window = self.desk.window
        window.show_pane(pane_id)
        self.settle()
        self._open_up(pane_id)
        hidden = [window.pane(one) for one in window.pane_ids if one != pane_id]
        others = {one for pane in hidden for one in (pane, *pane.findChildren(QObject))}
        return said_by_all([window, *(one for one in window.findChildren(QObject) if one not in others)])

    def _open_up(self, pane_id: str) -> None:
        """Whatever a person can turn to in a pane: a field, a match, each section."""
        event, pane = self.desk.handle.state.event, self.desk.window.pane(pane_id)
        if pane_id == "today":
            pane.show_field(next(iter(event.fields)))
        elif pane_id == "board":
            pane.choose(next(iter(event.matches)))
        elif pane_id == "settings":
            for section in SECTIONS:
                pane.show_section(section)
                self.settle()
        self.settle()

    def find(self, name: str) -> QWidget:
        found = self.desk.window.findChildren(QWidget, name)
        assert found, f"nothing is called {name}"
        return next((one for one in found if one.isVisible()), found[0])

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        handle = self.desk.window.windowHandle()
        assert isinstance(handle, QWindow)
        QTest.keyClick(handle, key, modifiers)
        self.settle()


@pytest.fixture
def screen(qapp: QApplication, qtbot: QtBot, day: Day, tmp_path: Path) -> Iterator[Screen]:
    shutil.copytree(day.home, tmp_path / "home")
    path = tmp_path / "home" / day.path.relative_to(day.home)
    with at_home(tmp_path / "home"), begun(HandClock(NOON + 7_200_000), []) as surroundings:
        application(surroundings)
        desk = DeskWindow(Program(qapp, surroundings), path)
        qtbot.addWidget(desk.window)
        desk.window.resize(1280, 720)
        desk.window.show()
        desk.window.activateWindow()
        qtbot.waitExposed(desk.window)
        yield Screen(desk, day, qtbot)
        desk.close()
        text.speak(None)


def test_no_pane_shows_a_desk_what_is_private(screen: Screen) -> None:
    assert screen.desk.handle.acting == Acting()
    found = {pane: found_in(screen.shows(pane)) for pane in screen.desk.window.pane_ids}
    assert [leak for pane, seeds_ in found.items() for leak in leaked(f"pane/{pane}", seeds_)] == []
    listed = {place.removeprefix("pane/"): kinds for place, (kinds, _) in MAY_HOLD.items() if place.startswith("pane/")}
    empty = {pane for pane, kinds in listed.items() if not kinds & {one.kind for one in found[pane]}}
    assert empty == set(), "what is listed is there to be seen"


def test_what_a_head_referee_saw_is_gone_when_the_next_one_sits_down(screen: Screen) -> None:
    """The same window, the same panes: whoever comes next finds nothing of it, in no tooltip and no row."""
    screen.acts(screen.day.head_ref)
    seen = {seed.kind for seed in found_in(screen.shows("teams"))}
    assert Kind.PRIVATE_INJURY in seen, "the scan sees what is on this screen"
    screen.desk.window.pane("teams").show_pairs()
    screen.settle()
    screen.key(Qt.Key.Key_Escape)
    screen.acts(Acting())
    assert leaked("pane/teams", found_in(screen.shows("teams"))) == []
    assert leaked("pane/teams", found_in(said_by(screen.desk.window.pane("teams")))) == []


def test_the_list_of_the_sign_up_is_looked_at_without_its_contacts(screen: Screen) -> None:
    screen.acts(screen.day.organiser)
    screen.shows("teams")
    QApplication.clipboard().setText(seeds.roster())
    screen.key(Qt.Key.Key_V, CTRL)
    sheet = screen.find("take_sheet")
    assert sheet.isVisible()
    found = {seed.kind for seed in found_in(said_by(sheet))}
    assert Kind.NAME in found
    assert Kind.CONTACT not in found
    QApplication.clipboard().setText(seeds.bad_roster())
    screen.key(Qt.Key.Key_Escape)
    screen.key(Qt.Key.Key_V, CTRL)
    problems = said_by(sheet)
    assert "the desk keeps no contacts" in problems
    QApplication.clipboard().clear()


def test_what_is_typed_into_a_search_is_remembered_nowhere(screen: Screen) -> None:
    screen.shows("teams")
    edits = [one for one in screen.desk.window.pane("teams").findChildren(QLineEdit) if one.isVisible()]
    assert edits
    for one in edits:
        if one.isEnabled() and not one.isReadOnly():
            QTest.keyClicks(one, seeds.SEARCHED)
            break
    screen.settle()
    screen.desk.surroundings.settings.write()
    kept = screen.desk.surroundings.settings.path.read_bytes()
    assert found_in(kept) == frozenset()


def test_no_copy_button_puts_what_is_private_on_the_clipboard(screen: Screen) -> None:
    for pane in screen.desk.window.pane_ids:
        screen.shows(pane)
        for button in screen.desk.window.pane(pane).findChildren(QPushButton):
            if button.isVisible() and button.isEnabled() and "copy" in button.objectName():
                QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        screen.key(Qt.Key.Key_C, CTRL)
        held = QApplication.clipboard().mimeData()
        if held is None:
            continue
        parts = [bytes(held.data(one).data()) for one in held.formats()]
        found = [seed for part in parts for seed in found_in(part) if seed.kind not in SHOWN]
        assert found == [], pane
    QApplication.clipboard().clear()


def test_a_bug_while_a_player_is_changed_is_told_without_who_it_was(
    screen: Screen, monkeypatch: pytest.MonkeyPatch, expected_log: object
) -> None:
    expected_log("crash report", level=logging.ERROR)  # type: ignore[operator]
    screen.acts(screen.day.organiser)

    def breaks(command: Command, acting: Acting) -> Outcome:
        raise LookupError(f"{command} {seeds.PLAYER} {seeds.PRIVATE_INJURY} {acting}")

    monkeypatch.setattr(screen.desk.event.desk, "perform", breaks)
    with screen.qtbot.captureExceptions() as risen:
        screen.desk.handle.perform(commands.EditPlayer(player=screen.day.hurt, injury=seeds.PRIVATE_INJURY))
        screen.settle()
    ((_, error, _),) = risen
    screen.desk.surroundings.crash.catch(error)
    screen.settle()
    said = "\n".join(f"{one.headline.text()} {one.sentence.text()}" for one in screen.desk.window.notices.shown)
    assert "inside the program" in said
    assert leaked("notice", found_in(said)) == []
    reports = sorted((screen.desk.surroundings.settings.path.parents[1] / "logs").glob("crash-*.txt"))
    assert "LookupError" in reports[-1].read_text()
    assert [one.name for one in reports if found_in(one.read_bytes())] == []
