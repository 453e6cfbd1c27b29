"""The focus ring: 3 px of accent with a gap of 2 around whatever has the keyboard.

Stylesheets have no outline offset, so it is painted here.

Shown while the keyboard is in use, gone after a click. Takes no events and moves no focus. A widget may set the
property `ring` to "inside" (where there is no room around it) or "none", and `ring_radius` to the radius of its
corners.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget
from shiboken6 import isValid

from arctos_desk.ui import theme

_MOVES = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.ParentChange)


class FocusRing(QWidget):
    """One per window, above everything in it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("focus_ring")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._window = window
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        self._by_keyboard = True
        self._clip = QRect()
        self.hide()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focus_moved)

    @property
    def target(self) -> QWidget | None:
        """The widget the ring is around, if it is shown."""
        return self._target if self.isVisible() else None

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        for watched in self._watched:
            if isValid(watched):
                watched.removeEventFilter(self)
        self._watched = []
        self._target = None
        if new is not None and new.window() is self._window and new.property("ring") != "none":
            self._target = new
            self._by_keyboard = QApplication.mouseButtons() == Qt.MouseButton.NoButton
            widget: QWidget | None = new
            while widget is not None and widget is not self._window:
                widget.installEventFilter(self)
                self._watched.append(widget)
                widget = widget.parentWidget()
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in _MOVES:
            self._place()
        elif watched is self._target and kind == QEvent.Type.KeyPress and not self._by_keyboard:
            self._by_keyboard = True
            self._place()
        elif watched is self._target and kind == QEvent.Type.MouseButtonPress and self._by_keyboard:
            self._by_keyboard = False
            self._place()
        return False

    def _place(self) -> None:
        target = self._target
        if target is None or not self._by_keyboard or not target.isVisible():
            self.hide()
            return
        inside = target.property("ring") == "inside"
        spread = 0 if inside else theme.RING_GAP_PX + theme.RING_PX
        corner = target.mapTo(self._window, QPoint(0, 0))
        rect = QRect(corner, target.size()).adjusted(-spread, -spread, spread, spread)
        visible = self._window.rect()
        parent = target.parentWidget()
        while parent is not None and parent is not self._window:
            above = parent.parentWidget()
            if isinstance(above, QAbstractScrollArea) and above.viewport() is parent:
                visible = visible.intersected(QRect(parent.mapTo(self._window, QPoint(0, 0)), parent.size()))
            parent = above
        shown = rect.intersected(visible)
        if shown.isEmpty():
            self.hide()
            return
        self._clip = shown.translated(-rect.topLeft())
        self.setGeometry(rect)
        self.raise_()
        self.show()
        self.update()

    def _covered(self, target: QWidget) -> QRegion:
        """What stands above the target, such as an open drawer: the ring goes under it."""
        covered = QRegion()
        widget: QWidget | None = target
        while widget is not None and widget is not self._window:
            parent = widget.parentWidget()
            siblings = parent.children() if parent is not None else []
            above = siblings[siblings.index(widget) + 1 :] if widget in siblings else []
            for other in above:
                if isinstance(other, QWidget) and other is not self and other.isVisible() and not other.isWindow():
                    covered += QRegion(QRect(other.mapTo(self._window, QPoint(0, 0)), other.size()))
            widget = parent
        return covered.translated(-self.geometry().topLeft())

    def paintEvent(self, event: QPaintEvent) -> None:
        target = self._target
        if target is None:
            return
        painter = QPainter(self)
        painter.setClipRegion(QRegion(self._clip) - self._covered(target))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.tokens().accent.colour), theme.RING_PX))
        inset = theme.RING_PX / 2
        own = target.property("ring_radius")
        radius = float(own) if own is not None else float(theme.RADIUS_CONTROL)
        if target.property("ring") != "inside":
            radius += theme.RING_GAP_PX + inset
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), radius, radius)
