"""A box to tick, 20 px with its words beside it, in our own drawing. Clicks count over the whole height it is given."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from arctos_desk.ui import icons, theme
from arctos_desk.ui.text import plain_tip
from arctos_desk.ui.widgets import paint

_BOX_PX = 20


class TickBox(QCheckBox):
    """With `text_only_when_ticked` the words appear, in the hue of a warning, only while it is ticked (`Rerun`)."""

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        name: str,
        accessible: str = "",
        row_px: int = theme.CONTROL_PX,
        text_only_when_ticked: bool = False,
    ) -> None:
        super().__init__(text, parent)
        self.setObjectName(name)
        self.setAccessibleName(accessible or text)
        self.setToolTip(plain_tip(accessible or text))
        self._row_px = row_px
        self._text_only_when_ticked = text_only_when_ticked
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        wide = _BOX_PX
        if self.text():
            wide += theme.GAP_8 + ceil(paint.width_of(self.text(), theme.font("base", 600))) + 1
        return QSize(wide, self._row_px)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        box = QRectF(0, (self.height() - _BOX_PX) // 2, _BOX_PX, _BOX_PX)
        ticked, enabled = self.isChecked(), self.isEnabled()
        edge = t.edge if enabled else t.border
        if enabled and self.underMouse():
            edge = t.text
        if ticked:
            fill = t.accent.colour if enabled else t.done.colour
            paint.box(painter, box, fill=fill, edge=fill, line=2, radius=theme.RADIUS_CHIP)
            icons.paint(painter, box.adjusted(2, 2, -2, -2), "check", t.on)
        else:
            fill = t.surface if enabled else t.done.soft
            paint.box(painter, box, fill=fill, edge=edge, line=2, radius=theme.RADIUS_CHIP)
        if self.text() and (ticked or not self._text_only_when_ticked):
            ink = t.done.colour if not enabled else t.warning.colour if self._text_only_when_ticked else t.text
            rect = QRectF(_BOX_PX + theme.GAP_8, 0, self.width() - _BOX_PX - theme.GAP_8, self.height())
            weight = 600 if self._text_only_when_ticked else 500
            paint.line_of_text(painter, rect, self.text(), font=theme.font("base", weight), colour=ink)
