"""The screen before an event: make one, open one, import one, with every fault of a file listed at once."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from arctos_desk.scheduling.schedule_file import read_schedule
from arctos_desk.tournament.instants import from_iso
from arctos_desk.tournament.reasons import Problem, Refused
from arctos_desk.tournament.words import say
from arctos_desk.ui.dialogs.problems import ProblemSheet, in_order_of_lines
from arctos_desk.ui.main_window import MainWindow, PaneEntry
from arctos_desk.ui.panes.welcome.menu import EventMenu
from arctos_desk.ui.panes.welcome.pane import WelcomePane
from arctos_desk.ui.panes.welcome.rows import RecentEvent, is_event_file, recent_rows
from tests.ui.referee_desk import settle

Key = Qt.Key


@dataclass
class Files:
    """A person who always picks the same file."""

    picked: str = ""
    asked: list[str] = field(default_factory=list)

    def event_to_open(self) -> str:
        self.asked.append("open")
        return self.picked

    def file_to_import(self) -> str:
        self.asked.append("import")
        return self.picked

    def place_for_copy(self, name: str) -> str:
        self.asked.append(f"copy {name}")
        return self.picked


class Welcome:
    """The window with nothing open."""

    def __init__(self, *recent: RecentEvent, size: tuple[int, int] = (1280, 720)) -> None:
        self.recent = list(recent)
        self.files = Files()
        self.window = MainWindow()
        self.window.add_pane(PaneEntry(id="welcome", text=say("Events"), icon="open", build=self._build))
        self.window.resize(*size)
        self.window.show_pane("welcome")
        self.window.show()
        self.window.activateWindow()
        settle()
        pane = self.window.pane("welcome")
        assert isinstance(pane, WelcomePane)
        self.pane = pane

    def _build(self) -> WelcomePane:
        return WelcomePane(
            self.window.actions_table,
            recent=lambda: self.recent,
            files=self.files,
            zones=("UTC", "Europe/Berlin", "Europe/Madrid"),
            zone="Europe/Berlin",
        )

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.window.windowHandle(), key, modifiers)
        settle()

    def click(self, name: str) -> None:
        found = next(one for one in self.window.findChildren(QWidget, name) if one.isVisible())
        QTest.mouseClick(found, Qt.MouseButton.LeftButton)
        settle()


@pytest.fixture
def welcome(dressed: QApplication, qtbot: QtBot) -> type[Welcome]:
    class Shown(Welcome):
        def __init__(self, *recent: RecentEvent, **options: object) -> None:
            super().__init__(*recent, **options)  # type: ignore[arg-type]
            qtbot.addWidget(self.window)

    return Shown


CUP = RecentEvent(path="/events/cup.arctos", name="Pine Cup", changed_ms=from_iso("2026-05-02T10:00:00"))
GONE = RecentEvent(path="/events/old.arctos", name="Old Cup", missing=True)


def test_the_last_event_is_one_key_away(welcome: type[Welcome], qtbot: QtBot) -> None:
    one = welcome(CUP)
    with qtbot.waitSignal(one.pane.opened) as opened:
        one.key(Key.Key_Return)
    assert opened.args == [CUP.path]


def test_an_event_that_is_gone_stays_visible_and_says_so(welcome: type[Welcome]) -> None:
    one = welcome(GONE, CUP)
    rows = recent_rows([GONE, CUP])
    assert [row.why_not for row in rows] == ["The file is no longer there", ""]
    assert [tile.isEnabled() for tile in one.pane._tiles] == [False, True]


def test_a_laptop_without_events_says_what_belongs_here(welcome: type[Welcome]) -> None:
    one = welcome()
    texts = [label.text() for label in one.pane.findChildren(QLabel) if label.isVisible()]
    assert "No other event was opened on this laptop yet." in texts


def test_a_new_event_is_made_by_keyboard(welcome: type[Welcome], qtbot: QtBot) -> None:
    one = welcome()
    one.key(Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert not one.pane.create_button.isEnabled()
    QTest.keyClicks(QApplication.focusWidget(), "Moor Cup")
    one.key(Key.Key_Tab)
    QTest.keyClicks(QApplication.focusWidget(), "Kiel")
    with qtbot.waitSignal(one.pane.created) as created:
        one.key(Key.Key_Return)
    assert created.args == ["Moor Cup", "Kiel", "Europe/Berlin"]


def test_a_name_that_is_taken_is_said_in_the_form(welcome: type[Welcome]) -> None:
    one = welcome()
    one.click("welcome_new")
    one.pane.show_refused([Problem("EXISTS", say("There is an event {name} already", name="Cup"))])
    assert one.pane.why.text() == "There is an event Cup already"
    assert one.pane.why.isVisible()
    one.key(Key.Key_Escape)
    assert one.pane.pages.currentWidget() is one.pane.home


def test_files_are_asked_for_and_a_changed_mind_does_nothing(welcome: type[Welcome], qtbot: QtBot) -> None:
    one = welcome()
    with qtbot.assertNotEmitted(one.pane.imported):
        one.click("welcome_import")
    one.files.picked = "/stick/schedule.toml"
    with qtbot.waitSignal(one.pane.imported) as imported:
        one.click("welcome_import")
    assert imported.args == ["/stick/schedule.toml"]
    one.files.picked = "/stick/cup.arctos"
    with qtbot.waitSignal(one.pane.opened) as opened:
        one.key(Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    assert opened.args == ["/stick/cup.arctos"]


def test_every_fault_of_a_file_is_listed_with_its_place_and_copied(welcome: type[Welcome]) -> None:
    one = welcome()
    problems = _faults()
    assert len(problems) >= 2
    one.pane.show_problems("folder/bad.toml", problems)
    settle()
    assert one.pane.headline.text() == "bad.toml cannot be imported"
    shown = [label.text() for label in one.pane.problems.findChildren(QLabel) if label.isVisible()]
    for problem in problems:
        if problem.place:
            assert problem.place in shown
    one.click("problems_copy")
    copied = QGuiApplication.clipboard().text().splitlines()
    assert len(copied) == len(problems)
    assert all(any(problem.place in line for line in copied) for problem in problems)
    one.key(Key.Key_Escape)
    assert one.pane.home.isVisible()


def test_faults_stand_in_the_order_of_the_lines_of_the_file() -> None:
    places = ["line 11: matches", "line 15: matches A1", "", "line 8: matches", "bad.toml, line 9: matches", "team 3"]
    problems = [Problem("WRONG", say("This is wrong"), place=place) for place in places]
    shown = [problem.place for problem in in_order_of_lines(problems)]
    assert shown == ["", "team 3", "line 8: matches", "bad.toml, line 9: matches", "line 11: matches", places[1]]


def test_faults_of_an_import_into_the_open_event_stand_in_a_sheet(welcome: type[Welcome]) -> None:
    one = welcome()
    sheet = ProblemSheet(one.window)
    sheet.show_problems("bad.toml cannot be imported", _faults())
    settle()
    assert sheet.isVisible()
    assert one.window.rect().contains(sheet.geometry())
    one.key(Key.Key_Escape)
    assert not sheet.isVisible()


def test_a_file_can_be_dropped(welcome: type[Welcome], qtbot: QtBot) -> None:
    one = welcome()
    for path, signal in (("/stick/cup.arctos", one.pane.opened), ("/stick/day.toml", one.pane.imported)):
        told = QMimeData()
        told.setUrls([QUrl.fromLocalFile(path)])
        event = QDropEvent(
            QPointF(10, 10),
            Qt.DropAction.CopyAction,
            told,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        with qtbot.waitSignal(signal) as got:
            one.pane.dropEvent(event)
        assert got.args == [path]
    assert is_event_file("/x/CUP.ARCTOS")


def test_the_same_stands_in_a_menu(welcome: type[Welcome]) -> None:
    one = welcome(CUP, GONE)
    opened: list[str] = []
    menu = EventMenu(one.window.actions_table, lambda: one.recent, opened.append, one.window)
    words = [action.text() for action in menu.menu.actions() if action.text()]
    assert words == ["New event…", "Open…", "Import…", "Save a copy…", "Opened before", "Events"]
    menu.menu.aboutToShow.emit()
    before = menu.before.actions()
    assert [(action.text(), action.isEnabled()) for action in before] == [("Pine Cup", True), ("Old Cup", False)]
    before[0].trigger()
    assert opened == [CUP.path]


@pytest.mark.parametrize("size", [(1024, 640), (1280, 720), (1920, 1080)])
def test_everything_stands_inside_the_window(welcome: type[Welcome], size: tuple[int, int]) -> None:
    one = welcome(CUP, size=size)
    for tile in (one.pane.tile_new, one.pane.tile_sample):
        corner = tile.mapTo(one.window, QPoint(tile.width(), tile.height()))
        assert corner.x() <= one.window.width()
        assert corner.y() <= one.window.height()
        assert tile.height() >= 44


def _faults() -> tuple[Problem, ...]:
    bad = """
[[matches]]
name = "A1"

[[matches]]
name = "A1"

[[matches]]
team2 = "x"
schedule_type = "WHENEVER"
"""
    with pytest.raises(Refused) as refused:
        read_schedule(bad)
    return refused.value.problems
