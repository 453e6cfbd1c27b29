"""The rail at the left:

one entry per working pane, the mark of the desk above. Knows panes by id, drawing and word only.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QVBoxLayout, QWidget

from arctos_desk.ui import icons, theme
from arctos_desk.ui.icons import IconName
from arctos_desk.ui.text import plain_tip
from arctos_desk.ui.widgets import paint

_ENTRY_PX: Final = 60
_MARK: Final = ((18, 7), (27, 28), (22, 28), (18, 18), (14, 28), (9, 28))


@dataclass(frozen=True, slots=True)
class RailEntry:
    """`key` is shown in the tooltip."""

    id: str
    text: str
    icon: IconName
    key: str = ""


class _Mark(QWidget):
    """The mark of Arctos Desk."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedHeight(theme.TARGET_PX)
        self.setAccessibleName("Arctos Desk")

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        left, top = (self.width() - 36) / 2, (self.height() - 36) / 2
        paint.box(painter, QRectF(left, top, 36, 36), fill=t.accent.colour, radius=8)
        painter.setBrush(QColor(t.on))
        painter.drawPolygon(QPolygonF([QPointF(left + x, top + y) for x, y in _MARK]))


class _Entry(QAbstractButton):
    def __init__(self, entry: RailEntry, rail: Rail) -> None:
        super().__init__(rail)
        self._rail = rail
        self._entry = entry
        self._count = 0
        self.setObjectName(f"rail_{entry.id}")
        self.setText(entry.text)
        self.setAccessibleName(entry.text)
        self.setToolTip(plain_tip(f"{entry.text}  ({entry.key})" if entry.key else entry.text))
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setProperty("ring", "inside")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMinimumHeight(48)
        self.setMaximumHeight(_ENTRY_PX)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_count(self, count: int, meaning: str) -> None:
        self._count = count
        self.setAccessibleDescription(meaning)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(max(theme.RAIL_PX - 2 * theme.GAP_8, self.minimumSizeHint().width()), _ENTRY_PX)

    def minimumSizeHint(self) -> QSize:
        """The word whole, also while it is chosen: it stands under a drawing and nowhere else."""
        return QSize(ceil(paint.width_of(self.text(), theme.font("small", 700))) + 2, 48)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = t.muted
        if self.isChecked():
            ink = t.accent.colour
            paint.box(painter, QRectF(self.rect()), fill=t.accent.soft, radius=theme.RADIUS_CONTROL)
        elif self.underMouse():
            ink = t.text
            paint.box(painter, QRectF(self.rect()), fill=t.raised, radius=theme.RADIUS_CONTROL)
        top = (self.height() - (24 + 4 + 16)) // 2
        icons.paint(painter, QRectF((self.width() - 24) // 2, top, 24, 24), self._entry.icon, ink)
        rect = QRectF(0, top + 28, self.width(), 16)
        font = theme.font("small", 700 if self.isChecked() else 500)
        paint.line_of_text(painter, rect, self.text(), font=font, colour=ink, align=Qt.AlignmentFlag.AlignHCenter)
        if self._count:
            text = str(self._count) if self._count < 100 else "99+"
            wide = max(18.0, paint.width_of(text, theme.font("tiny", 700)) + 8)
            badge = QRectF(self.width() - 12 - wide, 6, wide, 18)
            paint.box(painter, badge, fill=t.danger.colour, radius=9)
            paint.line_of_text(
                painter,
                badge,
                text,
                font=theme.font("tiny", 700),
                colour=t.on,
                align=Qt.AlignmentFlag.AlignHCenter,
                elide=False,
            )


class Rail(QFrame):
    """Emits `chosen` with the id of the pane a person asked for."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setFixedWidth(round(theme.RAIL_PX * max(100, theme.text_percent()) / 100))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.GAP_4, theme.GAP_8, theme.GAP_4, theme.GAP_8)
        self._column.setSpacing(theme.GAP_4)
        self._column.addWidget(_Mark(self))
        self._column.addSpacing(theme.GAP_4)
        self._column.addStretch(1)
        self._entries: dict[str, _Entry] = {}

    def add(self, entry: RailEntry) -> None:
        button = _Entry(entry, self)
        button.clicked.connect(lambda _=False: self.chosen.emit(entry.id))
        self._column.insertWidget(self._column.count() - 1, button)
        self._entries[entry.id] = button
        self.setFixedWidth(max(self.width(), button.minimumSizeHint().width() + 2 * theme.GAP_4))

    def choose(self, pane_id: str) -> None:
        """Show which pane is open; emits nothing."""
        for known, button in self._entries.items():
            button.setChecked(known == pane_id)
            button.update()

    def set_count(self, pane_id: str, count: int, meaning: str = "") -> None:
        """A number that waits for a person in that pane; 0 takes it away."""
        if pane_id in self._entries:
            self._entries[pane_id].set_count(count, meaning)

    def entry(self, pane_id: str) -> QAbstractButton:
        return self._entries[pane_id]

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        t = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for button in self._entries.values():
            if button.isChecked():
                mark = QRectF(-4, button.y() + 10, 8, button.height() - 20)
                paint.box(painter, mark, fill=t.accent.colour, radius=2)
