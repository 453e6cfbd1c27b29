"""A row of choices of which one counts: By field | By team | Table. Left and Right move inside it."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from arctos_desk.ui import icons, theme
from arctos_desk.ui.text import plain_tip
from arctos_desk.ui.widgets import paint


class _Segment(QAbstractButton):
    def __init__(self, owner: Segmented, value: str, text: str) -> None:
        super().__init__(owner)
        self.value = value
        self._owner = owner
        self.setObjectName(f"{owner.objectName()}_{value}")
        self.setText(text)
        # An ampersand in a name is no key.
        self.setShortcut(QKeySequence())
        self.setAccessibleName(text)
        self.setToolTip(plain_tip(text))
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def nextCheckState(self) -> None:
        """Nothing: the row decides, so that a refused choice never shows."""

    def sizeHint(self) -> QSize:
        check = 22 if self._owner.shows_check else 0
        return QSize(
            ceil(paint.width_of(self.text(), theme.font("base", 600))) + check + 2 * theme.GAP_12 + 1,
            self._owner.row_px,
        )

    def minimumSizeHint(self) -> QSize:
        return QSize(self.sizeHint().width() if not self._owner.may_shrink else 60, self._owner.row_px)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._owner.step(self, -1 if event.key() == Qt.Key.Key_Left else 1)
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = t.text
        fill = ""
        if self.isChecked():
            fill, ink = t.accent.colour, t.on
        elif not self.isEnabled():
            fill, ink = t.done.soft, t.done.colour
        elif self.underMouse() or self.isDown():
            fill = t.accent.soft
        if self.isChecked() and not self.isEnabled():
            fill, ink = t.done.colour, t.on
        if fill:
            painter.setClipPath(self._owner.inner_shape().translated(-self.x(), -self.y()))
            painter.fillRect(self.rect(), fill)
            painter.setClipping(False)
        left, width = float(theme.GAP_12 if not self._owner.may_shrink else theme.GAP_8), float(self.width())
        if self._owner.shows_check and self.isChecked():
            icons.paint(painter, QRectF(left, (self.height() - 16) // 2, 16, 16), "check", ink)
            left += 22
        weight = 500 if self._owner.may_shrink else 600
        align = Qt.AlignmentFlag.AlignLeft if self._owner.may_shrink else Qt.AlignmentFlag.AlignHCenter
        rect = QRectF(left, 0, width - left - (theme.GAP_8 if self._owner.may_shrink else left), self.height())
        paint.line_of_text(
            painter, rect.adjusted(-1, 0, 1, 0), self.text(), font=theme.font("base", weight), colour=ink, align=align
        )


class Segmented(QWidget):
    """Emits `chosen` with the picked value, or with "" when `clearable` and the one that counts is pressed again.

    The choice shown is the one set by `choose`: with `follows_press` off a press only asks.
    """

    chosen = Signal(str)

    def __init__(
        self,
        options: Sequence[tuple[str, str]],
        parent: QWidget | None = None,
        *,
        name: str,
        accessible: str,
        value: str = "",
        clearable: bool = False,
        shows_check: bool = False,
        may_shrink: bool = False,
        follows_press: bool = True,
        row_px: int = theme.CONTROL_PX,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(accessible)
        self.shows_check = shows_check
        self.may_shrink = may_shrink
        self.row_px = row_px
        self._clearable = clearable
        self._follows_press = follows_press
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._segments: list[_Segment] = []
        self.setSizePolicy(
            QSizePolicy.Policy.Preferred if may_shrink else QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed
        )
        self.set_options(options)
        self.choose(value)

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        """Other choices; the value that counts stays when it is still among them."""
        if [(segment.value, segment.text()) for segment in self._segments] == list(options):
            return
        value = self.value
        for segment in self._segments:
            self._row.removeWidget(segment)
            segment.deleteLater()
        self._segments = []
        for option, text in options:
            segment = _Segment(self, option, text)
            segment.clicked.connect(lambda _=False, which=option: self._pressed(which))
            self._row.addWidget(segment, 1)
            self._segments.append(segment)
            segment.show()
        self.choose(value)
        self.updateGeometry()

    @property
    def value(self) -> str:
        """The value that counts; empty for none."""
        return next((segment.value for segment in self._segments if segment.isChecked()), "")

    def choose(self, value: str) -> None:
        """Show this choice; emits nothing."""
        for segment in self._segments:
            segment.setChecked(segment.value == value)

    def segment(self, value: str) -> QAbstractButton:
        """The button of one choice."""
        return next(segment for segment in self._segments if segment.value == value)

    def step(self, origin: QAbstractButton, by: int) -> None:
        """Go to the choice beside `origin`."""
        place = next(i for i, segment in enumerate(self._segments) if segment is origin) + by
        if 0 <= place < len(self._segments):
            self._segments[place].setFocus(Qt.FocusReason.TabFocusReason)
            if self._follows_press and not self._clearable:
                self._pressed(self._segments[place].value)

    def _pressed(self, value: str) -> None:
        if value == self.value:
            if not self._clearable:
                return
            value = ""
        if self._follows_press:
            self.choose(value)
        self.chosen.emit(value)

    def inner_shape(self) -> QPainterPath:
        """The inside of the edge: segments fill no more than this."""
        path = QPainterPath()
        line = theme.tokens().line_px
        path.addRoundedRect(
            QRectF(self.rect()).adjusted(line, line, -line, -line),
            theme.RADIUS_CONTROL - line,
            theme.RADIUS_CONTROL - line,
        )
        return path

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        paint.box(
            painter, QRectF(self.rect()), fill=t.surface, edge=t.edge, line=t.line_px, radius=theme.RADIUS_CONTROL
        )
        for segment in self._segments[1:]:
            painter.fillRect(
                QRectF(segment.x() - t.line_px / 2, t.line_px, t.line_px, self.height() - 2 * t.line_px), t.edge
            )
