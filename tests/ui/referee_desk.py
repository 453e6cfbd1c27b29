"""A window over a real desk in memory: for tests of the panes that a referee works with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from arctos_desk.operations import commands
from arctos_desk.operations.commands import Acting, Command
from arctos_desk.tournament.kinds import Role, SetType, Side
from arctos_desk.tournament.records import Match
from arctos_desk.tournament.words import say
from arctos_desk.ui.background import InlineLane, Lane
from arctos_desk.ui.desk_port import DeskHandle
from arctos_desk.ui.dialogs.undoing import Undoing
from arctos_desk.ui.dialogs.who import WhoIsHere
from arctos_desk.ui.main_window import MainWindow, PaneEntry
from arctos_desk.ui.memory import Forgetful, Memory
from arctos_desk.ui.panes.journal.pane import JournalPane
from arctos_desk.ui.panes.today.pane import TodayPane
from arctos_desk.ui.text import tr
from arctos_desk.ui.widgets.button import Button
from tests.operations.desks import DESK, ORGANISER, TestedDesk, desk_with_small_day

W = TypeVar("W", bound=QWidget)


class RefereeDesk:
    """A real window with Today and the journal, a real desk in memory, a clock in the hand."""

    def __init__(
        self,
        *,
        stones: bool = False,
        people: bool = True,
        size: tuple[int, int] = (1440, 900),
        lane: Lane | None = None,
        memory: Memory | None = None,
        tested: TestedDesk | None = None,
    ) -> None:
        self.tested = tested or desk_with_small_day()
        self.clock = self.tested.clock
        if stones:
            self.tested.does(
                commands.EditMatch(match="m-A1", changes={"set_type": SetType.STONES, "stones_per_set": 100}), ORGANISER
            )
        self.referee = ""
        if people:
            add = commands.AddPerson(name="Kim", roles=frozenset({Role.HEAD_REF}))
            self.referee = self.tested.does(add, DESK).value
        self.clock.at("2026-05-02T10:04:00")
        self.handle = DeskHandle(
            self.tested.desk,
            self.tested.log,
            lane=lane or InlineLane(),
            clock=self.clock,
            own_key=self.tested.key.public_key,
            memory=memory or Forgetful(),
            device_names={self.tested.key.public_key: "Desk 3"},
        )
        self.window = MainWindow()
        actions = self.window.actions_table
        self.who = WhoIsHere(self.handle, actions, self.window)
        self.menu = Button(tr("Event"), self.window, name="event_menu", icon="down")
        self.menu.hide()
        self.undoing = Undoing(self.handle, actions, self.window)
        self.window.add_pane(PaneEntry(id="today", text=say("Today"), icon="today", build=self._today))
        self.window.add_pane(PaneEntry(id="journal", text=say("Journal"), icon="journal", build=self._journal))
        self.handle.changed.connect(self.window.refreshing.tell)
        self.window.resize(*size)
        self.window.show_pane("today")
        self.window.show()
        self.window.activateWindow()
        settle()

    def _today(self) -> TodayPane:
        pane = TodayPane(self.handle, self.window.actions_table, tools=(self.who.button, self.menu))
        pane.who_asked.connect(self.who.sheet.open_sheet)
        return pane

    def _journal(self) -> JournalPane:
        pane = JournalPane(self.handle, self.window.actions_table, tools=(self.who.button,))
        pane.undo_asked.connect(self.undoing.undo)
        self.undoing.told.connect(pane.tell)
        return pane

    @property
    def today(self) -> TodayPane:
        pane = self.window.pane("today")
        assert isinstance(pane, TodayPane)
        return pane

    @property
    def journal(self) -> JournalPane:
        pane = self.window.pane("journal")
        assert isinstance(pane, JournalPane)
        return pane

    # arranging

    def on_field(self, field_id: str = "f1") -> RefereeDesk:
        self.today.show_field(field_id)
        settle()
        return self

    def as_head_ref(self) -> RefereeDesk:
        self.handle.act_as(self.kim)
        settle()
        return self

    def started(self) -> RefereeDesk:
        """A1 runs on field 1 with a head referee."""
        self.on_field().as_head_ref()
        self.key(Qt.Key.Key_Space)
        return self

    def play_point(self, side: Qt.Key | None = None, *, seconds: float = 12) -> None:
        """One point by the keys: start, end, winner."""
        self.clock.forward(ms=5_000)
        self.key(Qt.Key.Key_Space)
        self.clock.forward(ms=round(seconds * 1000))
        self.key(Qt.Key.Key_Space)
        if side is not None:
            self.key(side)

    @property
    def kim(self) -> Acting:
        """The head referee, however the window is set."""
        return Acting(person=self.referee, role=Role.HEAD_REF)

    def elsewhere(self, command: Command) -> None:
        """Somebody does this at another window of the same desk."""
        self.tested.does(command, self.kim if self.referee else ORGANISER)
        self.handle.told()
        settle()

    def played(self, name: str, winner: Side, *, minutes: float = 30) -> None:
        """A match was started now and finished some minutes later."""
        match_id = self.tested.match(name).id
        self.elsewhere(commands.StartMatch(match=match_id))
        self.clock.forward(minutes=minutes)
        self.elsewhere(commands.FinishMatch(match=match_id, winner=winner))

    # acting

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """A key on whatever has the keyboard, as the window system delivers it."""
        QTest.keyClick(self.window.windowHandle(), key, modifiers)
        settle()

    def type(self, text: str) -> None:
        QTest.keyClicks(QApplication.focusWidget(), text)
        settle()

    def click(self, widget: QWidget | str, at: QPoint | None = None) -> None:
        target = self.find(widget) if isinstance(widget, str) else widget
        assert target.isVisible(), f"{target.objectName()} is not to be seen"
        QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=at if at is not None else QPoint())
        settle()

    def find(self, name: str, kind: type[W] = QWidget) -> W:  # type: ignore[assignment]
        found = self.window.findChildren(kind, name)
        assert found, f"nothing is called {name}"
        return next((one for one in found if one.isVisible()), found[0])

    # looking

    def match(self, name: str = "A1") -> Match:
        return self.tested.match(name)

    @property
    def points(self) -> Sequence[object]:
        return self.tested.desk.state.points_of.get("m-A1", ())

    @property
    def notices(self) -> list[str]:
        return [notice.headline.text() for notice in self.today.notices.shown]

    def kinds(self) -> list[str]:
        """The kinds of all entries, oldest first."""
        return [one.kind for one in reversed(self.tested.log.recent(1000))]


def settle() -> None:
    """Let what was told reach the screen."""
    for _ in range(3):
        QApplication.processEvents()
