"""Who won the point:

one control on each side of the large one, the arrow key on its outer edge. States what it shows, decides
nothing.
"""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from arctos_desk.ui import icons, theme
from arctos_desk.ui.text import plain_tip
from arctos_desk.ui.widgets import paint
from arctos_desk.ui.widgets.key_cap import cap_width, key_text, paint_cap
from arctos_desk.ui.widgets.large_control import CONTROL_HEIGHT_PX


class WinnerControl(QAbstractButton):
    """The team's name, what a press does or did, and the key. `chosen` is told by colour, edge and a check."""

    def __init__(self, side: Literal["left", "right"], parent: QWidget | None = None, *, name: str = "") -> None:
        super().__init__(parent)
        self._side = side
        self._line = ""
        self._chosen = False
        self._key = key_text("Left" if side == "left" else "Right")
        self.setObjectName(name or f"winner_{side}")
        self.setProperty("ring_radius", theme.RADIUS_CARD)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(CONTROL_HEIGHT_PX)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_side(self, team: str, line: str, *, chosen: bool, enabled: bool = True, why_not: str = "") -> None:
        """`line` says what a press does, or what it did; `why_not` is the tooltip while it is off."""
        self.setText(team)
        # An ampersand in a name is no key.
        self.setShortcut(QKeySequence())
        self._line = line
        self._chosen = chosen
        self.setEnabled(enabled)
        self.setAccessibleName(team)
        self.setAccessibleDescription(line)
        self.setToolTip(plain_tip(why_not if not enabled and why_not else f"{team}: {line}" if line else team))
        self.update()

    @property
    def chosen(self) -> bool:
        return self._chosen

    def sizeHint(self) -> QSize:
        return QSize(240, CONTROL_HEIGHT_PX)

    def minimumSizeHint(self) -> QSize:
        return QSize(140, CONTROL_HEIGHT_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        fill, edge, ink, quiet = t.surface, t.edge, t.text, t.muted
        if self._chosen:
            fill, edge, quiet = t.accent.soft, t.accent.colour, t.accent.colour
        if not self.isEnabled():
            fill, edge, ink, quiet = t.done.soft, t.border, t.done.colour, t.done.colour
        elif self.isDown():
            fill = t.accent.soft
        elif self.underMouse():
            edge = t.text
        paint.box(painter, QRectF(self.rect()), fill=fill, edge=edge, line=2, radius=theme.RADIUS_CARD)
        left, right = float(theme.GAP_16 + 2), float(self.width() - theme.GAP_16 - 2)
        top = (self.height() - 44) / 2
        cap = cap_width(self._key)
        name = QRectF(left, top, right - left - cap - theme.GAP_8, 24)
        if self._side == "left":
            paint_cap(painter, left, top + 12, self._key, ink)
            name.moveLeft(left + cap + theme.GAP_8)
        else:
            paint_cap(painter, right - cap, top + 12, self._key, ink)
        paint.line_of_text(painter, name, self.text(), font=theme.font("large", 700), colour=ink)
        line_left = left
        if self._chosen:
            icons.paint(painter, QRectF(left, top + 28, 16, 16), "check", quiet)
            line_left += 20
        rect = QRectF(line_left, top + 28, right - line_left, 16)
        font = theme.font("small", 600 if self._chosen else 400)
        paint.line_of_text(painter, rect, self._line, font=font, colour=quiet)
