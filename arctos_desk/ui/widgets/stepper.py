"""A small number with a minus and a plus.

Clicks count over the whole height it is given; Up, Down, + and - work too.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from arctos_desk.ui import icons, theme
from arctos_desk.ui.text import plain_tip
from arctos_desk.ui.widgets import paint


class Stepper(QWidget):
    """Emits `changed` with the new number when a person changed it; `set_value` is silent."""

    changed = Signal(int)

    def __init__(
        self,
        value: int = 1,
        parent: QWidget | None = None,
        *,
        name: str,
        accessible: str,
        least: int = 1,
        most: int = 99,
        step: int = 1,
        wide: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._accessible = accessible
        self._value, self._least, self._most, self._step = value, least, most, step
        self._number_px = 40 if wide else 20
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.setToolTip(plain_tip(accessible))
        self._tell()

    @property
    def value(self) -> int:
        return self._value

    def set_value(self, value: int) -> None:
        if value != self._value:
            self._value = value
            self._tell()
            self.update()

    def _tell(self) -> None:
        self.setAccessibleName(f"{self._accessible}: {self._value}")

    def step_by(self, steps: int) -> None:
        """As if a person had pressed plus (or minus) that often."""
        wanted = max(self._least, min(self._most, self._value + steps * self._step))
        if wanted != self._value:
            self._value = wanted
            self._tell()
            self.update()
            self.changed.emit(wanted)

    def sizeHint(self) -> QSize:
        return QSize(64 + self._number_px + 2, theme.CONTROL_PX)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            third = self.width() / 3
            if event.position().x() < third:
                self.step_by(-1)
            elif event.position().x() > 2 * third:
                self.step_by(1)

    mouseDoubleClickEvent = mousePressEvent

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Plus):
            self.step_by(1)
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Minus):
            self.step_by(-1)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        enabled = self.isEnabled()
        rect = QRectF(0, (self.height() - theme.CONTROL_PX) / 2, self.width(), theme.CONTROL_PX)
        fill, edge = (t.surface, t.edge) if enabled else (t.done.soft, t.border)
        paint.box(painter, rect, fill=fill, edge=edge, line=t.line_px, radius=theme.RADIUS_CONTROL)
        middle = round(rect.center().y()) - 8
        # Off is still read, in the sun and in the dark: only the edge is for decoration.
        less = t.text if enabled and self._value > self._least else t.done.colour
        more = t.text if enabled and self._value < self._most else t.done.colour
        icons.paint(painter, QRectF(9, middle, 16, 16), "minus", less)
        icons.paint(painter, QRectF(self.width() - 25, middle, 16, 16), "plus", more)
        ink = t.text if enabled else t.done.colour
        font = theme.font("large" if self._number_px > 20 else "base", 700)
        paint.line_of_text(painter, rect, str(self._value), font=font, colour=ink, align=Qt.AlignmentFlag.AlignHCenter)
