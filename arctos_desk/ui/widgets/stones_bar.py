"""How many stones are left of how many, what this point has used, and the mark at fifteen. Counts nothing."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from arctos_desk.ui import theme
from arctos_desk.ui.text import tr
from arctos_desk.ui.widgets import paint


class StonesBar(QWidget):
    """A bar of 20 with its figures below."""

    MARK = 15

    def __init__(self, parent: QWidget | None = None, *, name: str = "stones_bar") -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._left, self._total, self._started = 0, 0, 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_stones(self, left: int, total: int, started_at: int | None = None) -> None:
        """`started_at` are the stones left when this point began; None between points."""
        self._left, self._total = left, total
        self._started = started_at if started_at is not None else left
        self.setAccessibleName(tr("{left} of {total} stones left", left=left, total=total))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, 42)

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        bar = QRectF(0, 0, self.width(), 20)
        paint.box(painter, bar, fill=t.surface, edge=t.edge, line=t.line_px, radius=theme.RADIUS_CHIP)
        if not self._total:
            return
        inside = bar.adjusted(t.line_px, t.line_px, -t.line_px, -t.line_px)

        def at(stones: int) -> float:
            return inside.left() + inside.width() * max(0, min(stones, self._total)) / self._total

        painter.fillRect(
            QRectF(inside.left(), inside.top(), at(self._left) - inside.left(), inside.height()), t.running.colour
        )
        used = self._started - self._left
        if used > 0:
            painter.fillRect(
                QRectF(at(self._left), inside.top(), at(self._started) - at(self._left), inside.height()),
                t.running.soft,
            )
            painter.fillRect(QRectF(at(self._started) - 2, inside.top(), 2, inside.height()), t.running.colour)
        small, bold = theme.font("small"), theme.font("small", 600)
        words: list[tuple[float, float, str, str, bool]] = []
        if self._total > self.MARK:
            mark = at(self.MARK)
            painter.fillRect(QRectF(mark - 1, -4, 2, 28), t.warning.colour)
            wide = paint.width_of(str(self.MARK), bold)
            words.append((mark - wide / 2, wide, str(self.MARK), t.warning.colour, True))
        total = str(self._total)
        total_px = paint.width_of(total, small)
        taken = words[-1][0] + words[-1][1] + 8 if words else 0.0
        if used > 0:
            says = tr("{count} this point", count=used)
            wide = paint.width_of(says, bold)
            start = max(taken, at(self._left) + (at(self._started) - at(self._left) - wide) / 2)
            if start + wide < self.width() - total_px - 8:
                words.append((start, wide, says, t.muted, True))
                taken = start + wide + 12
            began = tr("started at {stones}", stones=self._started)
            wide = paint.width_of(began, small)
            start = max(taken, at(self._started) + 8)
            if start + wide < self.width() - total_px - 8:
                words.append((start, wide, began, t.muted, False))
        words.append((self.width() - total_px, total_px, total, t.muted, False))
        for left, wide, text, colour, strong in words:
            font = bold if strong else small
            paint.line_of_text(
                painter,
                QRectF(left, 26, wide + 1, 16),
                text,
                font=font,
                colour=colour,
                elide=False,
                align=Qt.AlignmentFlag.AlignLeft,
            )
