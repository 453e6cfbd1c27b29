"""A window with the Teams pane over a real desk in memory: for tests of teams, players and lists taken in."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from arctos_desk.operations import commands
from arctos_desk.operations.commands import Acting, Command, PlayerEntry
from arctos_desk.operations.desk import Outcome
from arctos_desk.tournament.kinds import Role
from arctos_desk.tournament.records import Player, Team
from arctos_desk.tournament.words import say
from arctos_desk.ui.background import InlineLane, Lane
from arctos_desk.ui.desk_port import DeskHandle
from arctos_desk.ui.dialogs.undoing import Undoing
from arctos_desk.ui.dialogs.who import WhoIsHere
from arctos_desk.ui.main_window import MainWindow, PaneEntry
from arctos_desk.ui.memory import Forgetful
from arctos_desk.ui.panes.teams.pane import TeamsPane
from arctos_desk.ui.panes.teams.roster import COLUMNS
from tests.operations.desks import TestedDesk, empty_desk
from tests.ui.referee_desk import settle

W = TypeVar("W", bound=QWidget)
Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
PLAIN = Qt.KeyboardModifier.NoModifier


def entry(text: str, **more: object) -> PlayerEntry:
    """A player as `7 Mara`, or without a number."""
    number, _, name = text.partition(" ") if text[0].isdigit() else ("", "", text)
    return PlayerEntry(name=name, number=number, **more)  # type: ignore[arg-type]


class ChosenFiles:
    """A chooser that answers what a test says."""

    def __init__(self) -> None:
        self.answer = ""

    def event_to_open(self) -> str:
        return self.answer

    def file_to_import(self) -> str:
        return self.answer

    def place_for_copy(self, name: str) -> str:
        return self.answer

    def list_to_import(self) -> str:
        return self.answer

    def picture_to_show(self) -> str:
        return self.answer


class TeamsDesk:
    """A real window with Teams alone, a real desk in memory. Nobody is known here until `knows` was called."""

    def __init__(
        self, *, tested: TestedDesk | None = None, size: tuple[int, int] = (1280, 720), lane: Lane | None = None
    ) -> None:
        self.tested = tested or empty_desk()
        self.files = ChosenFiles()
        self.handle = DeskHandle(
            self.tested.desk,
            self.tested.log,
            lane=lane or InlineLane(),
            clock=self.tested.clock,
            own_key=self.tested.key.public_key,
            memory=Forgetful(),
        )
        self.window = MainWindow()
        actions = self.window.actions_table
        self.who = WhoIsHere(self.handle, actions, self.window)
        self.undoing = Undoing(self.handle, actions, self.window)
        self.window.add_pane(PaneEntry(id="teams", text=say("Teams"), icon="teams", build=self._teams))
        self.handle.changed.connect(self.window.refreshing.tell)
        self.window.resize(*size)
        self.window.show_pane("teams")
        self.window.show()
        self.window.activateWindow()
        settle()

    def _teams(self) -> TeamsPane:
        pane = TeamsPane(self.handle, self.window.actions_table, files=self.files, tools=(self.who.button,))
        pane.who_asked.connect(self.who.sheet.open_sheet)
        return pane

    @property
    def pane(self) -> TeamsPane:
        pane = self.window.pane("teams")
        assert isinstance(pane, TeamsPane)
        return pane

    # arranging

    def does(self, command: Command, acting: Acting | None = None) -> Outcome:
        """An order given elsewhere, by an organiser."""
        outcome = self.tested.does(command, acting or self.organiser)
        if hasattr(self, "handle"):
            self.handle.told()
            settle()
        return outcome

    @property
    def organiser(self) -> Acting:
        people = self.tested.event.people.values()
        known = next((one.id for one in people if Role.ORGANISER in one.roles), "")
        return Acting(person=known, role=Role.ORGANISER)

    def knows(self, name: str, *roles: Role) -> Acting:
        """Somebody is added to the event; answers how they act in their first role."""
        added = self.does(commands.AddPerson(name=name, roles=frozenset(roles))).value
        return Acting(person=added, role=roles[0])

    def has_team(self, name: str, *players: str, **more: str) -> str:
        """A team with players such as `7 Mara`."""
        team_id: str = self.tested.does(commands.AddTeam(name=name, **more), self.organiser).value  # type: ignore[arg-type]
        if players:
            listed = commands.ImportedTeam(team=team_id, players=tuple(map(entry, players)))
            self.tested.does(commands.ImportRosters(teams=(listed,)), self.organiser)
        self.handle.told()
        settle()
        return team_id

    def has_player(self, text: str, team_id: str | None = None, **more: object) -> str:
        player_id: str = self.does(commands.AddPlayer(player=entry(text, **more), team=team_id)).value
        return player_id

    def copies(self, text: str) -> None:
        """Somebody copies cells in a spreadsheet."""
        QGuiApplication.clipboard().setText(text)

    # acting

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
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

    def click_team(self, name: str) -> None:
        names = [row.name for row in self.pane.list.teams.rows]
        at = self.pane.list.visualRect(self.pane.list.teams.index(names.index(name), 0)).center()
        self.click(self.pane.list.viewport(), at)

    def cell(self, name: str, column: str) -> QRect:
        """Where a cell of the roster is on the screen; the name "" is the row for the next player."""
        names = [row.name for row in self.pane.roster.players.rows]
        return self.pane.roster.visualRect(self.pane.roster.players.index(names.index(name), COLUMNS.index(column)))

    def click_cell(self, name: str, column: str) -> None:
        self.click(self.pane.roster.viewport(), self.cell(name, column).center())

    # looking

    def find(self, name: str, kind: type[W] = QWidget) -> W:  # type: ignore[assignment]
        found = self.window.findChildren(kind, name)
        assert found, f"nothing is called {name}"
        return next((one for one in found if one.isVisible()), found[0])

    def team(self, name: str) -> Team:
        return next(team for team in self.tested.event.teams.values() if team.name == name)

    def player(self, name: str) -> Player:
        people = self.tested.desk.state.people
        return next(one for one in self.tested.event.players.values() if people[one.id].name == name)

    def record(self, name: str):  # type: ignore[no-untyped-def]
        return self.tested.desk.state.people[self.player(name).id]

    @property
    def names(self) -> list[str]:
        """The teams of the event."""
        return [team.name for team in self.tested.event.teams.values()]

    @property
    def listed(self) -> list[str]:
        """The teams on the screen."""
        return [row.name for row in self.pane.list.teams.rows]

    @property
    def roster(self) -> list[str]:
        """The players on the screen, as `7 Mara`."""
        rows = self.pane.roster.players.rows
        return [f"{row.number} {row.name}".strip() for row in rows if not row.key.startswith("new:")]

    @property
    def notices(self) -> list[str]:
        return [notice.headline.text() for notice in self.pane.notices.shown]

    def kinds(self) -> list[str]:
        """The kinds of all entries, oldest first."""
        return [one.kind for one in reversed(self.tested.log.recent(1000))]
