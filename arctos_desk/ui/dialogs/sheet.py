"""A question in the window: a card over the pane that never blocks what is below. Escape closes it.

Asks nothing by itself.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget
from shiboken6 import isValid

from arctos_desk.ui import theme
from arctos_desk.ui.text import tr
from arctos_desk.ui.widgets import paint
from arctos_desk.ui.widgets.button import Button
from arctos_desk.ui.widgets.card import rule
from arctos_desk.ui.widgets.elided_label import ElidedLabel

SHEET_PX: Final = 440


def target_high(widget: QWidget) -> None:
    """As high as a target of Today: the stylesheet's own height of inputs is that of a control."""
    widget.setStyleSheet(f"min-height: {theme.TARGET_PX - 2 * theme.tokens().line_px}px")


class Sheet(QFrame):
    """Hangs below the header at the right of its host; as high as its contents, no higher than the host.

    `closed` is emitted when it went away; the keyboard goes back to where it was.
    """

    closed = Signal()

    def __init__(self, title: str, host: QWidget, *, name: str, width: int = SHEET_PX) -> None:
        super().__init__(host)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", "none")
        self._host = host
        self._wide = width
        self._before: QWidget | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(2, 2, 2, 2)
        outer.setSpacing(0)
        head = QWidget(self)
        head.setFixedHeight(theme.HEADER_PX)
        row = QHBoxLayout(head)
        row.setContentsMargins(theme.GAP_16, 0, theme.GAP_8, 0)
        self.title = ElidedLabel(title, head, name=f"{name}_title", size="large", weight=700)
        row.addWidget(self.title, 1)
        self.close_button = Button(
            "", head, name=f"{name}_close", icon="cross", kind="quiet", big=True, accessible=tr("Close")
        )
        self.close_button.setToolTip(tr("Close"))
        self.close_button.clicked.connect(self.close_sheet)
        row.addWidget(self.close_button)
        outer.addWidget(head)
        outer.addWidget(rule(self))
        self.area = QScrollArea(self)
        self.area.setObjectName(f"{name}_area")
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        outer.addWidget(self.area, 1)
        self.inside = QWidget()
        self.inside.setProperty("ground", "none")
        self.body = QVBoxLayout(self.inside)
        self.body.setContentsMargins(theme.GAP_16, theme.GAP_16, theme.GAP_16, theme.GAP_16)
        self.body.setSpacing(theme.GAP_12)
        self.area.setWidget(self.inside)
        self._foot: QWidget | None = None
        self._outer = outer
        host.installEventFilter(self)
        self.hide()

    def set_foot(self, buttons: QLayout) -> None:
        """Put a line of buttons below what scrolls, so that they are always in reach."""
        self._outer.addWidget(rule(self))
        self._foot = QWidget(self)
        self._foot.setLayout(buttons)
        buttons.setContentsMargins(theme.GAP_16, theme.GAP_12, theme.GAP_16, theme.GAP_12)
        self._outer.addWidget(self._foot)

    @property
    def is_open(self) -> bool:
        return not self.isHidden()

    def open_sheet(self) -> None:
        """Show it and remember who had the keyboard."""
        focus: QWidget | None = self.window().focusWidget()
        if focus is not None and not self.isAncestorOf(focus):
            self._before = focus
        self.show()
        self.place()
        self.raise_()
        self.take_focus()

    def close_sheet(self) -> None:
        if not self.is_open:
            return
        self.hide()
        before, self._before = self._before, None
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    def toggle_sheet(self) -> None:
        if self.is_open:
            self.close_sheet()
        else:
            self.open_sheet()

    def take_focus(self) -> None:
        """Put the keyboard where the answer begins."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def place(self) -> None:
        """Below the header, at the right edge."""
        room = self._host.rect()
        wide = min(self._wide, room.width() - 2 * theme.GAP_16)
        self.inside.setMinimumHeight(0)
        layout = self.inside.layout()
        high = self.inside.sizeHint().height()
        if layout is not None and layout.hasHeightForWidth():
            high = layout.totalHeightForWidth(wide - 4)
        if self._foot is not None:
            high += self._foot.sizeHint().height() + theme.tokens().line_px
        wanted = theme.HEADER_PX + 6 + high
        most = room.height() - theme.HEADER_PX - theme.STATUS_PX - 2 * theme.GAP_8
        # A bar that stood there before would take the room whose want brings it: decided afresh at this size.
        self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setGeometry(
            room.right() - wide - theme.GAP_12, theme.HEADER_PX + theme.GAP_8, wide, max(120, min(wanted, most))
        )
        self._outer.activate()
        self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._host and event.type() == QEvent.Type.Resize and self.is_open:
            self.place()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_sheet()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(t.window))
        paint.box(painter, QRectF(self.rect()), fill=t.raised, edge=t.edge, line=2, radius=theme.RADIUS_CARD)
