"""Opening, making and importing events as actions with keys and as a menu, for whenever an event is open already."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from arctos_desk.tournament.words import say
from arctos_desk.ui.actions import ActionEntry, Actions
from arctos_desk.ui.panes.welcome.rows import KnownEvent, recent_rows
from arctos_desk.ui.text import plain_tip, tr
from arctos_desk.ui.widgets.button import Button

ENTRIES: Final = (
    ActionEntry(
        id="event_new",
        text=say("New event…"),
        tooltip=say("Make an event on this laptop"),
        shortcut="Ctrl+N",
        icon="plus",
    ),
    ActionEntry(
        id="event_open",
        text=say("Open…"),
        tooltip=say("Open an event file; one from elsewhere is copied to this laptop first"),
        shortcut="Ctrl+O",
        icon="open",
    ),
    ActionEntry(
        id="event_import",
        text=say("Import…"),
        tooltip=say("Take in a schedule file or the results of an event"),
        shortcut="Ctrl+Shift+O",
        icon="import",
    ),
    ActionEntry(
        id="event_copy",
        text=say("Save a copy…"),
        tooltip=say("Write a whole copy of this event, with all names and private notes, to a stick or another disk"),
        shortcut="Ctrl+Shift+S",
        icon="save",
    ),
    ActionEntry(
        id="event_welcome",
        text=say("Events"),
        tooltip=say("Go to the events of this laptop"),
        shortcut="Ctrl+Shift+E",
        icon="more",
    ),
)
"""`event_copy` and `event_welcome` are answered by the composition root, the others by the welcome pane."""


def add_event_actions(actions: Actions) -> None:
    """Put the lines into the table, once."""
    for entry in ENTRIES:
        if entry.id not in actions:
            actions.add(entry)


class EventMenu(Button):
    """A button that opens the menu below itself; the events opened before stand in it too."""

    def __init__(
        self,
        actions: Actions,
        recent: Callable[[], Sequence[KnownEvent]],
        open_event: Callable[[str], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tr("Event"), parent, name="event_menu", icon="down")
        self.setToolTip(tr("New, open, import, save a copy"))
        self._recent = recent
        self._open_event = open_event
        self.menu = QMenu(self)
        self.menu.setObjectName("event_menu_list")
        for action_id in ("event_new", "event_open", "event_import", "event_copy"):
            self.menu.addAction(actions[action_id])
        out = [actions[action_id] for action_id in ("export", "print") if action_id in actions]
        if out:
            self.menu.addSeparator()
            self.menu.addActions(out)
        self.menu.addSeparator()
        self.before = self.menu.addMenu(tr("Opened before"))
        self.before.setObjectName("event_menu_recent")
        self.menu.addAction(actions["event_welcome"])
        self.menu.aboutToShow.connect(self._fill)
        self.clicked.connect(self.open_menu)

    def _fill(self) -> None:
        self.before.clear()
        for row in recent_rows(self._recent()):
            action = self.before.addAction(row.name.replace("&", "&&"))
            action.setToolTip(plain_tip(row.why_not or row.line))
            action.setEnabled(not row.why_not)
            action.triggered.connect(lambda _=False, path=row.path: self._open_event(path))
        self.before.setEnabled(not self.before.isEmpty())

    def open_menu(self) -> None:
        self.menu.popup(self.mapToGlobal(QPoint(0, self.height())))
