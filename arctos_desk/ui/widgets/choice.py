"""A list to choose one thing from, closed to one line with an arrow. Its popup and its keys are Qt's own."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QWidget

from arctos_desk.ui import icons, theme
from arctos_desk.ui.text import plain_tip
from arctos_desk.ui.widgets import paint


class Choice(QComboBox):
    """The text elides; the whole stands in the tooltip of the list."""

    def __init__(self, parent: QWidget | None = None, *, name: str, accessible: str) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(accessible)
        self.setToolTip(plain_tip(accessible))
        self.setFont(theme.font("base", 500))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        enabled = self.isEnabled()
        fill, edge, ink = (t.surface, t.edge, t.text) if enabled else (t.done.soft, t.border, t.done.colour)
        if enabled and self.underMouse():
            edge = t.text
        paint.box(painter, QRectF(self.rect()), fill=fill, edge=edge, line=t.line_px, radius=theme.RADIUS_CONTROL)
        arrow = QRectF(self.width() - 12 - 16, (self.height() - 16) // 2, 16, 16)
        icons.paint(painter, arrow, "down", ink)
        left = float(theme.GAP_12)
        icon = self.itemIcon(self.currentIndex())
        if not icon.isNull():
            icon.paint(painter, QRectF(left, (self.height() - 16) / 2, 16, 16).toRect(), Qt.AlignmentFlag.AlignCenter)
            left += 22
        rect = QRectF(left, 0, arrow.left() - left - theme.GAP_4, self.height())
        shown = self.currentText() or self.placeholderText()
        colour = ink if self.currentText() else t.muted
        paint.line_of_text(painter, rect, shown, font=self.font(), colour=colour)
