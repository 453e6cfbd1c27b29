"""A line of text that is cut at its end when there is no room; the whole stands in tooltip and accessible name."""

from __future__ import annotations

from math import ceil
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from arctos_desk.ui import theme
from arctos_desk.ui.text import plain_tip
from arctos_desk.ui.theme import HUE_NAMES, HueName, SizeName, Tokens
from arctos_desk.ui.widgets import paint

Tone = Literal["text", "muted", "on"] | HueName


def tone_colour(t: Tokens, tone: Tone) -> str:
    """The colour of words in this tone."""
    if tone in HUE_NAMES:
        return t.hue(tone).colour
    colour: str = getattr(t, tone)
    return colour


class ElidedLabel(QWidget):
    """One line of one size and weight. For words only: numbers, times and chips never elide."""

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        name: str = "",
        size: SizeName = "base",
        weight: int = 400,
        tone: Tone = "text",
        right: bool = False,
    ) -> None:
        super().__init__(parent)
        self._text = text
        self._size: SizeName = size
        self._weight = weight
        self._tone: Tone = tone
        self._align = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        if name:
            self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    def text(self) -> str:
        """The whole text, however little of it is shown."""
        return self._text

    def set_text(self, text: str) -> None:
        if text != self._text:
            self._text = text
            self.setAccessibleName(text)
            self._mend_tooltip()
            self.updateGeometry()
            self.update()

    def set_tone(self, tone: Tone) -> None:
        if tone != self._tone:
            self._tone = tone
            self.update()

    def set_weight(self, weight: int) -> None:
        if weight != self._weight:
            self._weight = weight
            self.updateGeometry()
            self.update()

    def is_elided(self) -> bool:
        return self._wanted() > self.width()

    def _wanted(self) -> int:
        return ceil(QFontMetricsF(theme.font(self._size, self._weight)).horizontalAdvance(self._text)) + 1

    def _mend_tooltip(self) -> None:
        self.setToolTip(plain_tip(self._text if self.is_elided() else ""))

    def sizeHint(self) -> QSize:
        return QSize(self._wanted(), theme.line_height(self._size))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self._wanted(), 24), theme.line_height(self._size))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._mend_tooltip()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        font = theme.font(self._size, self._weight)
        colour = tone_colour(theme.tokens(), self._tone)
        paint.line_of_text(painter, QRectF(self.rect()), self._text, font=font, colour=colour, align=self._align)
