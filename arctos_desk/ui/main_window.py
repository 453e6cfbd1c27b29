"""The frame: rail at the left, header above, status bar below, panes between.

Panes come from a table and own themselves.

Knows nothing of matches. A rail entry exists only for a pane in the table, and only working panes are put there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from arctos_desk.tournament.words import Words
from arctos_desk.ui.actions import Actions
from arctos_desk.ui.icons import IconName
from arctos_desk.ui.refresh import Change, Refresh
from arctos_desk.ui.text import render
from arctos_desk.ui.widgets.focus_ring import FocusRing
from arctos_desk.ui.widgets.header import Header
from arctos_desk.ui.widgets.key_cap import key_text
from arctos_desk.ui.widgets.notice import NoticeArea
from arctos_desk.ui.widgets.rail import Rail, RailEntry
from arctos_desk.ui.widgets.status_bar import StatusBar


class Pane(QWidget):
    """What the frame expects of a pane.

    It sets title, subtitle and tools with `set_header` and shows rows in `refresh`.
    """

    header_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = ""
        self.subtitle = ""
        self.tools: Sequence[QWidget] = ()

    def set_header(self, title: str, subtitle: str = "", tools: Sequence[QWidget] | None = None) -> None:
        """What stands in the header while this pane is shown."""
        self.title, self.subtitle = title, subtitle
        if tools is not None:
            self.tools = tuple(tools)
            for tool in self.tools:
                if tool.parent() is None:
                    tool.setParent(self)
                    tool.hide()
        self.header_changed.emit()

    def refresh(self, change: Change) -> None:
        """Ask the views again for what changed. Selection, scroll and focus stay."""

    def shown(self) -> None:
        """The pane came onto the screen."""

    def hidden(self) -> None:
        """The pane left the screen."""

    def take_focus(self) -> None:
        """Put the keyboard where work in this pane begins."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaneEntry:
    """One line of the table of panes; `build` is called when the pane is shown for the first time."""

    id: str
    text: Words
    icon: IconName
    build: Callable[[], Pane]
    shortcut: str = ""


class MainWindow(QMainWindow):
    """`closing` is emitted once, before the window goes; `may_close` may ask for time by answering False."""

    closing = Signal()
    pane_shown = Signal(str)

    def __init__(self, panes: Iterable[PaneEntry] = (), *, title: str = "Arctos Desk") -> None:
        super().__init__()
        self.setObjectName("main_window")
        self.setWindowTitle(title)
        self.setMinimumSize(1024, 640)
        # Never larger than the screen it opens on: nothing may lie beyond an edge that a person cannot reach.
        self.resize(QSize(1440, 900).boundedTo(self.screen().availableSize()))
        self.may_close: Callable[[], bool] = lambda: True
        self.actions_table = Actions(self)
        self.refreshing = Refresh(self)
        self.rail = Rail(self)
        self.header = Header(self)
        self.status = StatusBar(self)
        self.notices = NoticeArea(self)
        self.stack = QStackedWidget(self)
        self.stack.setObjectName("panes")

        frame = QWidget(self)
        frame.setObjectName("frame")
        frame.setProperty("ground", "window")
        frame.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        grid = QGridLayout(frame)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.notices)
        middle.addWidget(self.stack, 1)
        grid.addWidget(self.rail, 0, 0, 2, 1)
        grid.addWidget(self.header, 0, 1)
        grid.addLayout(middle, 1, 1)
        grid.addWidget(self.status, 2, 0, 1, 2)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(1, 1)
        self.setCentralWidget(frame)

        self._entries: dict[str, PaneEntry] = {}
        self._panes: dict[str, Pane] = {}
        self._shown = ""
        self.rail.chosen.connect(self.show_pane)
        self.ring = FocusRing(self)
        for entry in panes:
            self.add_pane(entry)

    # panes

    def add_pane(self, entry: PaneEntry) -> None:
        """Put a working pane into the table: it gets its rail entry and, if it has one, its key."""
        self._entries[entry.id] = entry
        self.rail.add(RailEntry(entry.id, render(entry.text), entry.icon, key_text(QKeySequence(entry.shortcut))))
        if entry.shortcut:
            key = QShortcut(QKeySequence(entry.shortcut), self)
            key.setObjectName(f"go_{entry.id}")
            key.activated.connect(lambda: self.show_pane(entry.id))

    @property
    def pane_ids(self) -> tuple[str, ...]:
        return tuple(self._entries)

    @property
    def shown_pane(self) -> str:
        """The id of the pane on the screen; empty before the first."""
        return self._shown

    def pane(self, pane_id: str) -> Pane:
        """The pane, built now if it was not yet."""
        known = self._panes.get(pane_id)
        if known is None:
            known = self._entries[pane_id].build()
            known.setParent(self.stack)
            if not known.objectName():
                known.setObjectName(f"pane_{pane_id}")
            self._panes[pane_id] = known
            self.stack.addWidget(known)
            known.header_changed.connect(lambda: self._read_header(pane_id))
            self.refreshing.register(pane_id, known, lambda: self._shown == pane_id)
        return known

    def show_pane(self, pane_id: str) -> None:
        """Bring a pane onto the screen, told first of all that changed while it was away."""
        if pane_id == self._shown:
            self._panes[pane_id].take_focus()
            return
        pane = self.pane(pane_id)
        before = self._panes.get(self._shown)
        self._shown = pane_id
        if before is not None:
            before.hidden()
        self.refreshing.deliver()
        self.stack.setCurrentWidget(pane)
        self.rail.choose(pane_id)
        self.rail.update()
        self._read_header(pane_id)
        pane.shown()
        pane.take_focus()
        self.pane_shown.emit(pane_id)

    def _read_header(self, pane_id: str) -> None:
        if pane_id == self._shown:
            pane = self._panes[pane_id]
            self.header.show_title(pane.title, pane.subtitle)
            self.header.show_tools(pane.tools)

    # closing

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.may_close():
            event.ignore()
            return
        self.closing.emit()
        self.refreshing.close()
        event.accept()
