"""The table of actions: id, words, shortcut, drawing, and why one is not possible now.

Performs nothing: it calls who asked to be called.

Single letters act only while no text input has the keyboard: Qt offers them to the input first, and an input takes
what it can type.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from arctos_desk.tournament.words import Words
from arctos_desk.ui import icons, theme
from arctos_desk.ui.icons import IconName
from arctos_desk.ui.text import plain_tip, render, tr
from arctos_desk.ui.widgets.key_cap import key_text


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionEntry:
    """One line of the table.

    `tooltip` says what it does; `where` is empty for the whole window, else the id of its pane.
    """

    id: str
    text: Words
    tooltip: Words
    shortcut: str = ""
    icon: IconName | None = None
    where: str = ""


class Actions(QObject):
    """The QActions of one window, made from the table. An action nobody answers yet is off and says so."""

    def __init__(self, window: QWidget, entries: Iterable[ActionEntry] = ()) -> None:
        super().__init__(window)
        self._window = window
        self._entries: dict[str, ActionEntry] = {}
        self._actions: dict[str, QAction] = {}
        self._why_not: dict[str, tuple[str, ...]] = {}
        for entry in entries:
            self.add(entry)

    def add(self, entry: ActionEntry, owner: QWidget | None = None) -> QAction:
        """Put an action into the table; with an owner its shortcut works only while the owner or a child of it
        is in use.
        """
        if entry.id in self._entries:
            raise ValueError(f"there is already an action {entry.id}")
        action = QAction(render(entry.text), self)
        action.setObjectName(f"action_{entry.id}")
        if entry.icon:
            action.setIcon(icons.icon(entry.icon, theme.tokens().text))
        if entry.shortcut:
            action.setShortcut(QKeySequence(entry.shortcut))
            action.setShortcutContext(
                Qt.ShortcutContext.WidgetWithChildrenShortcut
                if owner is not None
                else Qt.ShortcutContext.WindowShortcut
            )
        (owner or self._window).addAction(action)
        self._entries[entry.id] = entry
        self._actions[entry.id] = action
        self.set_why_not(entry.id, (tr("This is not available here"),))
        return action

    def __contains__(self, action_id: str) -> bool:
        return action_id in self._actions

    def __getitem__(self, action_id: str) -> QAction:
        return self._actions[action_id]

    @property
    def entries(self) -> Sequence[ActionEntry]:
        """The table, for the page of keys and the help."""
        return tuple(self._entries.values())

    def on(self, action_id: str, act: Callable[[], object]) -> QAction:
        """Call this when the action is asked for; from now on it is possible."""
        action = self._actions[action_id]
        action.triggered.connect(lambda _=False: act())
        self.set_why_not(action_id, ())
        return action

    def set_why_not(self, action_id: str, reasons: Sequence[str]) -> None:
        """Every reason why it is not possible now; none means it is. The tooltip says all of them."""
        entry, action = self._entries[action_id], self._actions[action_id]
        self._why_not[action_id] = tuple(reasons)
        action.setEnabled(not reasons)
        says = render(entry.tooltip)
        key = key_text(action.shortcut())
        lines = [f"{says}  ({key})" if key else says]
        lines.extend(tr("Not now: {reason}", reason=reason) for reason in reasons)
        action.setToolTip(plain_tip("\n".join(lines)))

    def why_not(self, action_id: str) -> tuple[str, ...]:
        return self._why_not[action_id]

    def set_text(self, action_id: str, text: str) -> None:
        """Other words, such as `Undo "Finish B-7"`."""
        self._actions[action_id].setText(text)
