"""The first evening: from an empty start to a played match, its sheet on paper, every export, and a second start.

One real window over one real file; every step is a key or a click. Only the folder and the printer are chosen by the
test, because the system's own dialogs are not ours to press.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest

pytest.importorskip("pytestqt")

from pypdf import PdfReader
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from arctos_desk.app import bootstrap
from arctos_desk.app.bootstrap import Surroundings
from arctos_desk.app.window import DeskWindow, Program, application, event_of_start
from arctos_desk.operations.state import State
from arctos_desk.publishing.exports import EXPORTS
from arctos_desk.tournament.kinds import Side, Stage
from arctos_desk.tournament.words import Words
from arctos_desk.ui import text
from arctos_desk.ui.widgets.choice import Choice
from tests.app.test_handing_out import Chosen

W = TypeVar("W", bound=QWidget)
Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier

TEAMS = ("Ants", "Bees", "Cats", "Dogs", "Eels", "Foxes", "Geese of the Upper Saltmarsh and the Lower One", "Hares")
SHIRTS = ("Moss", "Comet", "Flint", "Öse", "Ärmel")
MATCHES = (
    ("A1", "North", "09:00", "Ants", "Bees", "Cats"),
    ("A2", "South", "09:00", "Dogs", "Eels", "Foxes"),
    ("A3", "North", "09:40", "Cats", "Foxes", "Ants"),
    ("A4", "South", "09:40", "Geese of the Upper Saltmarsh and the Lower One", "Hares", "Bees"),
    ("Final", "North", "10:20", "A1::winner", "A2::winner", "A3::loser"),
    ("Third", "South", "10:20", "A1::loser", "A2::loser", "A4::winner"),
)


class Evening:
    """The program as a person has it before them."""

    def __init__(self, program: Program, qtbot: QtBot, folder: Path) -> None:
        self.program = program
        self.qtbot = qtbot
        self.folder = folder

    @property
    def desk(self) -> DeskWindow:
        return self.program.desk

    @property
    def state(self) -> State:
        return self.desk.handle.state

    def settle(self) -> None:
        """Let what was pressed be written and shown."""
        self.qtbot.waitUntil(lambda: not self.desk.lane.is_busy, timeout=20_000)
        for _ in range(3):
            QApplication.processEvents()

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        handle = self.desk.window.windowHandle()
        assert isinstance(handle, QWindow)
        QTest.keyClick(handle, key, modifiers)
        self.settle()

    def type(self, words: str) -> None:
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClicks(focus, words)

    def find(self, name: str, kind: type[W] = QWidget) -> W:  # type: ignore[assignment]
        found = [one for one in self.desk.window.findChildren(kind, name) if one.isVisible()]
        assert found, f"nothing to be seen is called {name}"
        return found[0]

    def click(self, name: str) -> None:
        target = self.find(name)
        assert target.isEnabled(), f"{name} is off: {target.toolTip()}"
        QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=QPoint(target.width() // 2, target.height() // 2))
        self.settle()

    def write(self, name: str, words: str) -> None:
        """Click into an input, replace what stands there."""
        edit = self.find(name, QLineEdit)
        QTest.mouseClick(edit, Qt.MouseButton.LeftButton)
        edit.selectAll()
        QTest.keyClick(edit, Key.Key_Delete)
        QTest.keyClicks(edit, words)
        if edit.completer() is not None and edit.completer().popup().isVisible():
            QTest.keyClick(edit.completer().popup(), Key.Key_Escape)
            # A window manager would: without one a list that has closed stays the active window.
            self.desk.window.activateWindow()

    def choose(self, name: str, words: str) -> None:
        """Choose from a closed list by its keys."""
        choice = self.find(name, Choice)
        choice.setFocus()
        wanted = choice.findText(words)
        assert wanted >= 0, f"{words} is not offered"
        while choice.currentIndex() != wanted:
            QTest.keyClick(choice, Key.Key_Down if choice.currentIndex() < wanted else Key.Key_Up)
        choice.activated.emit(wanted)


@pytest.fixture
def surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Surroundings]:
    monkeypatch.setenv("ARCTOS_DESK_HOME", str(tmp_path / "home"))
    told: list[Words] = []
    surroundings = bootstrap.begin(told.append)
    yield surroundings
    surroundings.end()


@pytest.fixture
def evening(qapp: QApplication, qtbot: QtBot, surroundings: Surroundings, tmp_path: Path) -> Iterator[Evening]:
    application(surroundings)
    folder = tmp_path / "handed out"
    folder.mkdir()
    evening = Evening(Program(qapp, surroundings), qtbot, folder)
    start(evening, surroundings)
    yield evening
    evening.program.close()
    text.speak(None)


def start(evening: Evening, surroundings: Surroundings) -> None:
    """Start the program as a double click does."""
    evening.program.begin(event_of_start(surroundings, ""), lambda _: None, named=False)
    show(evening)


def show(evening: Evening) -> None:
    window = evening.desk.window
    window.resize(1280, 720)
    window.show()
    window.activateWindow()
    evening.qtbot.waitExposed(window)
    evening.settle()


def test_an_event_made_by_hand_played_printed_exported_and_opened_again(
    evening: Evening, surroundings: Surroundings, qtbot: QtBot
) -> None:
    one = evening
    qtbot.waitUntil(lambda: one.desk.window.findChild(QWidget, "guide") is not None, timeout=20_000)
    one.key(Key.Key_Escape)

    # a new event
    one.key(Key.Key_N, CTRL)
    one.type("Saltmarsh Cup")
    one.key(Key.Key_Return)
    show(one)
    assert one.state.event.info.name == "Saltmarsh Cup"
    assert not one.state.event.teams

    # eight teams with their players, pasted from a spreadsheet
    one.key(Key.Key_4, CTRL)
    rows = ["Team\tName\tJersey name\tNo\tPaid"]
    rows += [f"{team}\t{shirt} {team[:4]}\t{shirt}\t{n}\tyes" for team in TEAMS for n, shirt in enumerate(SHIRTS, 1)]
    QApplication.clipboard().setText("\n".join(rows))
    one.key(Key.Key_V, CTRL)
    one.key(Key.Key_Return, CTRL)
    assert [team.name for team in one.state.event.teams.values()] == list(TEAMS)
    assert len(one.state.event.players) == 40

    # two fields
    one.key(Key.Key_8, CTRL)
    one.click("settings_go_fields")
    for name in ("North", "South"):
        one.write("field_new", name)
        one.key(Key.Key_Return)
    assert [field.name for field in one.state.event.fields.values()] == ["North", "South"]

    # six matches
    one.key(Key.Key_2, CTRL)
    one.click("board_empty_begin")
    for name, field, at, team1, team2, referees in MATCHES:
        one.choose("row_field", field)
        one.write("row_name", name)
        one.write("row_day", "2026-05-02")
        one.write("row_time", at)
        one.write("row_length", "35")
        one.write("row_team1", team1)
        one.write("row_team2", team2)
        one.write("row_referees", referees)
        one.click("row_save")
    one.key(Key.Key_Escape)
    matches = {match.name: match for match in one.state.event.matches.values()}
    assert set(matches) == {name for name, *_ in MATCHES}

    # the first one is played: somebody is head referee, two points, a winner
    one.key(Key.Key_I, CTRL)
    one.click("who_add")
    one.write("who_name", "Kim")
    one.key(Key.Key_Return)
    one.click(f"who_{next(iter(one.state.event.people))}_0")
    one.key(Key.Key_1, CTRL)
    one.click(f"field_{next(iter(one.state.event.fields))}")
    one.key(Key.Key_Space)
    assert one.state.event.matches[matches["A1"].id].stage is Stage.LIVE
    for _ in range(2):
        one.key(Key.Key_Space)
        one.key(Key.Key_Space)
        one.key(Key.Key_Left)
    one.key(Key.Key_F)
    one.key(Key.Key_Left)
    one.key(Key.Key_Return)
    played = one.state.event.matches[matches["A1"].id]
    assert played.stage is Stage.ENDED
    assert played.result is not None
    assert played.result.winner is Side.TEAM1
    assert one.state.points_of[played.id]

    # its sheet on paper, and everything else in files
    handing_out = one.desk.paper.handing_out
    chosen = Chosen(one.folder)
    handing_out.files = chosen  # type: ignore[assignment]  # it answers what is asked here
    handing_out.preview.printers = chosen
    one.key(Key.Key_P, CTRL)
    qtbot.waitUntil(lambda: handing_out.preview.is_open, timeout=20_000)
    one.key(Key.Key_P, CTRL)
    assert len(PdfReader(chosen.printed).pages) == 1
    one.key(Key.Key_Escape)
    one.key(Key.Key_E, CTRL)
    one.click("export_all")
    one.click("export_write")
    qtbot.waitUntil(lambda: not handing_out.sheet.is_open, timeout=60_000)
    assert {one.file_name for one in EXPORTS} <= {path.name for path in evening.folder.iterdir()}
    sheets = "".join(page.extract_text() for page in PdfReader(evening.folder / "score-sheets.pdf").pages)
    assert "Geese of the Upper Saltmarsh" in sheets
    assert "Öse" in sheets

    # closed, and opened again
    before = one.state.event
    names = {player: one.state.name_of(player) for player in before.players}
    path = one.desk.event.path
    one.key(Key.Key_Q, CTRL)
    one.program.close()
    again = Evening(Program(one.program.app, surroundings), qtbot, one.folder)
    try:
        start(again, surroundings)
        assert again.desk.event.path == path
        assert again.state.event == before
        assert {player: again.state.name_of(player) for player in before.players} == names
        again.key(Key.Key_3, CTRL)
        assert [line.name for line in again.desk.window.pane("standings").tables[0].lines][:1] == ["Ants"]
    finally:
        again.program.close()
