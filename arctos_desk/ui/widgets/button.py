"""A button with its shortcut inside: plain, primary (at most one per pane) or quiet. Knows no action by name."""

from __future__ import annotations

from math import ceil
from typing import Literal

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from arctos_desk.ui import icons, theme
from arctos_desk.ui.icons import IconName
from arctos_desk.ui.text import plain_tip
from arctos_desk.ui.widgets import paint
from arctos_desk.ui.widgets.key_cap import cap_width, key_text, paint_cap

ButtonKind = Literal["plain", "primary", "quiet"]


class Button(QAbstractButton):
    """Text, an optional drawing before it, the key after it. With no text it is a square with the drawing."""

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        name: str = "",
        icon: IconName | None = None,
        key: QKeySequence | str = "",
        kind: ButtonKind = "plain",
        big: bool = False,
        accessible: str = "",
        tooltip: str = "",
    ) -> None:
        super().__init__(parent)
        self._icon = icon
        self._key = key_text(key)
        self._kind: ButtonKind = kind
        self._height = theme.TARGET_PX if big else theme.CONTROL_PX
        self._padding = theme.GAP_16 if big else theme.GAP_12
        self._action: QAction | None = None
        if name:
            self.setObjectName(name)
        self.setText(text)
        self.setAccessibleName(accessible or text)
        self.setToolTip(plain_tip(tooltip))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def setText(self, text: str) -> None:
        """Another text; an ampersand in a name is a letter like others, and no key."""
        super().setText(text)
        self.setShortcut(QKeySequence())

    def follow(self, action: QAction) -> Button:
        """Take text, key, tooltip and whether it is possible from an action, now and whenever they change."""
        self._action = action
        action.changed.connect(self._read_action)
        self.clicked.connect(action.trigger)
        self._read_action()
        return self

    def _read_action(self) -> None:
        if self._action is None:
            return
        self.setText(self._action.text())
        self._key = key_text(self._action.shortcut())
        self.setAccessibleName(self._action.text())
        self.setToolTip(self._action.toolTip())
        self.setEnabled(self._action.isEnabled())
        self.updateGeometry()
        self.update()

    def set_kind(self, kind: ButtonKind) -> None:
        self._kind = kind
        self.update()

    def set_key(self, key: QKeySequence | str) -> None:
        self._key = key_text(key)
        self.updateGeometry()
        self.update()

    def set_icon(self, icon: IconName | None) -> None:
        self._icon = icon
        self.updateGeometry()
        self.update()

    def set_words(self, text: str, tooltip: str = "") -> None:
        """Another text, with its accessible name and tooltip."""
        self.setText(text)
        self.setAccessibleName(text)
        self.setToolTip(plain_tip(tooltip))
        self.updateGeometry()

    def _inner_width(self) -> float:
        parts = []
        if self._icon:
            parts.append(18.0)
        if self.text():
            parts.append(paint.width_of(self.text(), theme.font("base", 600)))
        if self._key:
            parts.append(float(cap_width(self._key)))
        return sum(parts) + theme.GAP_8 * max(0, len(parts) - 1)

    def sizeHint(self) -> QSize:
        if not self.text() and not self._key:
            return QSize(self._height, self._height)
        return QSize(ceil(self._inner_width()) + 2 * self._padding + 2, self._height)

    def minimumSizeHint(self) -> QSize:
        """Where room is short the key goes, and nothing more: the words stay whole."""
        whole = self.sizeHint()
        if not self.text() or not self._key:
            return whole
        return QSize(whole.width() - cap_width(self._key) - theme.GAP_8, whole.height())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.EnabledChange, QEvent.Type.StyleChange):
            self.update()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        fill, edge, ink = t.surface, t.edge, t.text
        if self._kind == "primary":
            fill, edge, ink = t.accent.colour, t.accent.colour, t.on
        elif self._kind == "quiet":
            fill, edge, ink = "", "", t.accent.colour if self.text() else t.text
        if not self.isEnabled():
            fill, edge, ink = (
                ("", "", t.done.colour) if self._kind == "quiet" else (t.done.soft, t.border, t.done.colour)
            )
        elif self.isDown() or self.isChecked():
            fill, edge, ink = t.accent.soft, t.accent.colour, t.accent.colour
        elif self.underMouse():
            if self._kind == "primary":
                edge = t.text
            else:
                fill, edge = (t.accent.soft, "") if self._kind == "quiet" else (t.raised, t.text)
        paint.box(painter, QRectF(self.rect()), fill=fill, edge=edge, line=t.line_px, radius=theme.RADIUS_CONTROL)
        inner, key = self._inner_width(), self._key
        if key and self.text() and self.width() < inner + 2 * self._padding:
            inner, key = inner - cap_width(key) - theme.GAP_8, ""
        left = (
            max(float(self._padding), (self.width() - inner) / 2) if (self.text() or key) else (self.width() - 18) / 2
        )
        middle = self.height() / 2
        if self._icon:
            icons.paint(painter, QRectF(round(left), round(middle - 9), 18, 18), self._icon, ink)
            left += 18 + theme.GAP_8
        room = self.width() - left - self._padding - (cap_width(key) + theme.GAP_8 if key else 0)
        wanted = min(paint.width_of(self.text(), theme.font("base", 600)) + 1, max(0.0, room + 1))
        # A letter or two of a long name say less than the drawing alone.
        if self.text() and (not self._icon or wanted >= theme.GAP_24 or room >= wanted - 1):
            rect = QRectF(left, 0, wanted, self.height())
            paint.line_of_text(painter, rect, self.text(), font=theme.font("base", 600), colour=ink)
            left += wanted - 1 + theme.GAP_8
        if key:
            paint_cap(painter, round(left), middle, key, ink)
