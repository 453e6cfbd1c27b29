"""The key of a shortcut, drawn as on the keyboard: `Ctrl Z`, `Space`, an arrow. Catches no key itself."""

from __future__ import annotations

from math import ceil
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from arctos_desk.ui import theme
from arctos_desk.ui.widgets import paint

CAP_PX: Final = 20
_DRAWN: Final = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓", "Return": "Enter"}


def key_text(sequence: QKeySequence | str) -> str:
    """How a shortcut is written on a cap, empty for none: the first sequence only, parts apart by a space."""
    portable = sequence if isinstance(sequence, str) else sequence.toString(QKeySequence.SequenceFormat.NativeText)
    first = portable.split(", ")[0]
    if not first:
        return ""
    plus_itself = first == "+" or first.endswith("++")
    parts = [part for part in first.split("+") if part] + (["+"] if plus_itself else [])
    return " ".join(_DRAWN.get(part, part) for part in parts).replace("-", "−")


def cap_width(text: str) -> int:
    """The width of a cap with this text; 0 for no text."""
    return max(CAP_PX, ceil(paint.width_of(text, theme.font("small", 600))) + 14) if text else 0


def paint_cap(painter: QPainter, left: float, middle: float, text: str, colour: str) -> int:
    """Paint a cap whose left edge and vertical middle are given; answers its width."""
    width = cap_width(text)
    if width:
        rect = QRectF(left, middle - CAP_PX / 2, width, CAP_PX)
        paint.box(painter, rect, fill="", edge=colour, radius=theme.RADIUS_CHIP)
        font = theme.font("small", 600)
        paint.line_of_text(
            painter, rect, text, font=font, colour=colour, align=Qt.AlignmentFlag.AlignHCenter, elide=False
        )
    return width


class KeyCap(QWidget):
    """A cap that stands alone beside a word of explanation."""

    def __init__(self, key: QKeySequence | str, parent: QWidget | None = None, *, muted: bool = True) -> None:
        super().__init__(parent)
        self._text = key_text(key)
        self._muted = muted
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self._text)

    def sizeHint(self) -> QSize:
        return QSize(cap_width(self._text), CAP_PX)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        paint_cap(painter, 0, self.height() / 2, self._text, QColor(t.muted if self._muted else t.text).name())
