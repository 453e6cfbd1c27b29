"""What all sections share: a place to scroll in, and for those of the event who may change it and how it is asked.

Knows no section by name.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Protocol

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from arctos_desk.operations.commands import Command
from arctos_desk.operations.desk import Outcome
from arctos_desk.ui import icons, theme
from arctos_desk.ui.background import BadNews
from arctos_desk.ui.desk_port import DeskHandle
from arctos_desk.ui.icons import IconName
from arctos_desk.ui.panes.settings.form import SectionArea
from arctos_desk.ui.panes.settings.rows import why_not_set_up
from arctos_desk.ui.text import plain_tip, render, tr
from arctos_desk.ui.widgets import paint
from arctos_desk.ui.widgets.notice import Notice

LIST_PX: Final = 208
ENTRY_PX: Final = 40


class Refusable(Protocol):
    """What can show why an edit was refused."""

    def refused(self, news: BadNews) -> None: ...


class Section(QWidget):
    """One section of the settings. `show_rows` reads again what it shows; `opened` and `left` tell of the screen."""

    def __init__(self, parent: QWidget, *, name: str, wide: bool = False) -> None:
        super().__init__(parent)
        self.setObjectName(f"settings_section_{name}")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self.area = SectionArea(self, name=f"settings_{name}", wide=wide)
        outer.addWidget(self.area)
        self.column = self.area.column

    def show_rows(self) -> None:
        """Show what holds now; what a person is typing stays."""

    def opened(self) -> None:
        """The section came onto the screen."""
        self.show_rows()

    def left(self) -> None:
        """The section left the screen."""


class EventSection(Section):
    """A section about the event: a notice where not everybody may change it, and one way to ask for an edit.

    `who_asked` is emitted when a person wants to say who they are.
    """

    who_asked = Signal()

    def __init__(self, parent: QWidget, desk: DeskHandle, *, name: str, wide: bool = False) -> None:
        super().__init__(parent, name=name, wide=wide)
        self.desk = desk
        self._on_its_way: list[Command] = []
        self.notice = Notice("", "", "warning", self, name=f"settings_{name}_notice", action=tr("I am…"), key="Ctrl+I")
        self.notice.acted.connect(self.who_asked)
        self.notice.hide()
        self.column.addWidget(self.notice)
        self.body = QWidget(self)
        self.rows = QVBoxLayout(self.body)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(theme.GAP_16)
        self.column.addWidget(self.body)
        self.column.addStretch(1)

    def show_rows(self) -> None:
        why_not = self.desk.why_not_write or why_not_set_up(self.desk.state, self.desk.acting)
        if why_not is not None:
            self.notice.say(render(why_not), tr("What stands here can be read by everybody."))
        if self.notice.action is not None:
            self.notice.action.setVisible(self.desk.why_not_write is None)
        self.notice.setVisible(why_not is not None)
        self.body.setEnabled(why_not is None)
        self.body.setToolTip(plain_tip("" if why_not is None else render(why_not)))

    def perform(self, command: Command, at: Refusable, *, then: Callable[[Outcome], object] | None = None) -> None:
        """Ask for an edit; what stands against it is shown at the input it came from, and what holds stays."""
        if command in self._on_its_way:
            # Enter was pressed twice: the answer to the first is on its way.
            return

        def done(outcome: Outcome) -> None:
            self._on_its_way.remove(command)
            self.show_rows()
            if then is not None:
                then(outcome)

        def refused(news: BadNews) -> None:
            self._on_its_way.remove(command)
            at.refused(news)
            self.show_rows()

        self._on_its_way.append(command)
        self.desk.perform(command, then=done, otherwise=refused)


class _Entry(QAbstractButton):
    def __init__(self, section_id: str, text: str, icon: IconName, parent: SectionList) -> None:
        super().__init__(parent)
        self._owner = parent
        self._icon: IconName = icon
        self.section_id = section_id
        self.setObjectName(f"settings_go_{section_id}")
        self.setText(text)
        self.setAccessibleName(text)
        self.setToolTip(plain_tip(text))
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setProperty("ring", "inside")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        return QSize(LIST_PX - 2 * theme.GAP_8, max(ENTRY_PX, theme.line_height("base") + theme.GAP_16))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.key() in steps:
            self._owner.step(self, steps[Qt.Key(event.key())])
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        rect = QRectF(self.rect())
        ink, fill, weight = t.text, "", 500
        if self.isChecked():
            ink, fill, weight = t.accent.colour, t.accent.soft, 700
        elif self.underMouse():
            fill = t.raised
        if fill:
            paint.box(painter, rect, fill=fill, radius=theme.RADIUS_CONTROL)
        if self.isChecked():
            bar = QRectF(0, 8, 4, self.height() - 16)
            paint.box(painter, bar, fill=t.accent.colour, radius=2)
        icons.paint(painter, QRectF(theme.GAP_12, (self.height() - 18) / 2, 18, 18), self._icon, ink)
        words = QRectF(theme.GAP_12 + 18 + theme.GAP_12, 0, self.width() - 18 - 3 * theme.GAP_12, self.height())
        paint.line_of_text(painter, words, self.text(), font=theme.font("base", weight), colour=ink)


class SectionList(QWidget):
    """The sections at the left, the one that is shown marked. `chosen` carries the id that a person asked for."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("settings_sections")
        self.setAccessibleName(tr("Sections of the settings"))
        self.setFixedWidth(round(LIST_PX * max(100, theme.text_percent()) / 100))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.GAP_8, theme.GAP_16, theme.GAP_8, theme.GAP_16)
        self._column.setSpacing(theme.GAP_4)
        self._column.addStretch(1)
        self._entries: list[_Entry] = []

    def add(self, section_id: str, text: str, icon: IconName) -> None:
        entry = _Entry(section_id, text, icon, self)
        entry.clicked.connect(lambda _=False: self.chosen.emit(section_id))
        self._column.insertWidget(self._column.count() - 1, entry)
        self._entries.append(entry)

    def add_gap(self) -> None:
        self._column.insertSpacing(self._column.count() - 1, theme.GAP_16)

    def choose(self, section_id: str) -> None:
        """Show which is open; emits nothing. The keyboard goes with it when it was here."""
        had_focus = any(entry.hasFocus() for entry in self._entries)
        for entry in self._entries:
            entry.setChecked(entry.section_id == section_id)
        if had_focus:
            self.take_focus()

    def take_focus(self) -> None:
        for entry in self._entries:
            if entry.isChecked():
                entry.setFocus(Qt.FocusReason.OtherFocusReason)

    def step(self, origin: QAbstractButton, by: int) -> None:
        """Go to the section above or below."""
        place = next(number for number, entry in enumerate(self._entries) if entry is origin) + by
        if 0 <= place < len(self._entries):
            self._entries[place].setFocus(Qt.FocusReason.TabFocusReason)
            self.chosen.emit(self._entries[place].section_id)
