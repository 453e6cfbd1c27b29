"""A state or a fact in one or two words:

soft ground, edge and words of one hue, usually a shape. Never a button, never elided.
"""

from __future__ import annotations

from math import ceil
from typing import Final

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from arctos_desk.ui import icons, theme
from arctos_desk.ui.icons import IconName
from arctos_desk.ui.theme import HueName
from arctos_desk.ui.widgets import paint

CHIP_PX: Final = 24


def chip_width(text: str, icon: IconName | None) -> int:
    """The width of a chip, in pixels."""
    parts = (16 + (6 if text else 0)) if icon else 0
    return ceil(paint.width_of(text, theme.font("small", 600))) + parts + 2 * theme.GAP_8 + 1


def paint_chip(painter: QPainter, at: QPoint, text: str, hue: HueName, icon: IconName | None = None) -> int:
    """Paint a chip with its upper left corner at a point; answers its width."""
    t = theme.tokens()
    colours = t.hue(hue)
    width = chip_width(text, icon)
    rect = QRectF(at.x(), at.y(), width, CHIP_PX)
    paint.box(painter, rect, fill=colours.soft, edge=colours.colour, radius=theme.RADIUS_CHIP)
    left = rect.left() + theme.GAP_8
    if icon:
        icons.paint(painter, QRectF(left, at.y() + 4, 16, 16), icon, colours.colour)
        left += 22
    inner = QRectF(left, rect.top(), rect.right() - left, CHIP_PX)
    paint.line_of_text(painter, inner, text, font=theme.font("small", 600), colour=colours.colour, elide=False)
    return width


class Chip(QWidget):
    """One chip; `show_state` changes what it says."""

    def __init__(
        self,
        text: str = "",
        hue: HueName = "done",
        icon: IconName | None = None,
        parent: QWidget | None = None,
        *,
        name: str = "",
    ) -> None:
        super().__init__(parent)
        self._text, self._hue, self._icon = text, hue, icon
        if name:
            self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(text)

    @property
    def text(self) -> str:
        return self._text

    @property
    def hue(self) -> HueName:
        return self._hue

    def show_state(self, text: str, hue: HueName, icon: IconName | None = None) -> None:
        if (text, hue, icon) == (self._text, self._hue, self._icon):
            return
        self._text, self._hue, self._icon = text, hue, icon
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(chip_width(self._text, self._icon), CHIP_PX)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_chip(painter, QPoint(0, (self.height() - CHIP_PX) // 2), self._text, self._hue, self._icon)
