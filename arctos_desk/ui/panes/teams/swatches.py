"""The colour of a team: a swatch, a button that shows it, and a small board of colours to choose from.

Any other colour is typed by its six digits beside it (`team_form`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QApplication, QFrame, QGridLayout, QSizePolicy, QWidget

from arctos_desk.tournament.words import Words, say
from arctos_desk.ui import icons, theme
from arctos_desk.ui.text import plain_tip, render, tr
from arctos_desk.ui.widgets import paint

_WORDS: Final[Mapping[str, Words]] = {
    "black": say("black"),
    "grey": say("grey"),
    "white": say("white"),
    "brown": say("brown"),
    "red": say("red"),
    "orange": say("orange"),
    "yellow": say("yellow"),
    "olive": say("olive"),
    "lime": say("lime"),
    "green": say("green"),
    "teal": say("teal"),
    "cyan": say("light blue"),
    "blue": say("blue"),
    "navy": say("dark blue"),
    "violet": say("violet"),
    "pink": say("pink"),
}
_ACROSS: Final = 8
_STEPS: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -_ACROSS, Qt.Key.Key_Down: _ACROSS}
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_KEYS_OF_THE_BOARD: Final = (*_STEPS, *_ENTER)


def read_colour(text: str) -> str | None:
    """Six hex digits as they are kept, from how people write them; "" for none, None where it is no colour."""
    plain = text.strip().lower().removeprefix("#")
    if re.fullmatch(r"[0-9a-f]{3}", plain):
        plain = "".join(2 * digit for digit in plain)
    return plain if not plain or re.fullmatch(r"[0-9a-f]{6}", plain) else None


def colour_words(colour: str) -> str:
    """The name of a colour of the board, else its digits."""
    for name, digits in theme.TEAM_COLOURS.items():
        if digits == colour:
            return render(_WORDS[name])
    return f"#{colour}" if colour else tr("no colour")


def paint_swatch(painter: QPainter, rect: QRectF, colour: str) -> None:
    """A field of the colour with an edge, so that white and black are seen on every ground; crossed out for none."""
    t = theme.tokens()
    paint.box(painter, rect, fill=f"#{colour}" if colour else "", edge=t.edge, line=t.line_px, radius=theme.RADIUS_CHIP)
    if not colour:
        painter.setPen(QPen(QColor(t.edge), t.line_px))
        painter.drawLine(rect.bottomLeft() + QPoint(4, -4), rect.topRight() + QPoint(-4, 4))


class SwatchButton(QAbstractButton):
    """A square of one colour."""

    def __init__(self, colour: str, parent: QWidget, *, name: str) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.colour = colour
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.show_colour(colour)

    def show_colour(self, colour: str) -> None:
        self.colour = colour
        self.setAccessibleName(colour_words(colour))
        self.setToolTip(plain_tip(colour_words(colour)))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.CONTROL_PX, theme.CONTROL_PX)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Qt's own buttons would walk along the tab order: arrows and Enter belong to the board around this.
        if event.key() in _KEYS_OF_THE_BOARD:
            event.ignore()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        rect = QRectF(self.rect())
        edge = t.text if self.underMouse() and self.isEnabled() else t.edge if self.isEnabled() else t.border
        paint.box(painter, rect, fill=t.surface, edge=edge, line=t.line_px, radius=theme.RADIUS_CONTROL)
        paint_swatch(painter, rect.adjusted(6, 6, -6, -6), self.colour)
        if self.isChecked():
            # A ground of its own: the mark must be seen on every colour.
            mark = QRectF(rect.center().x() - 9, rect.center().y() - 9, 18, 18)
            paint.box(painter, mark, fill=t.surface, radius=theme.RADIUS_CHIP)
            icons.paint(painter, mark.adjusted(1, 1, -1, -1), "check", t.text)


class ColourBoard(QFrame):
    """Opens below the button that asked; arrows move, Enter takes, Escape or leaving closes."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("team_colours")
        self.setProperty("card", "true")
        self.setAccessibleName(tr("Colours"))
        self._host = parent
        self._before: QWidget | None = None
        self.buttons: list[SwatchButton] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(theme.GAP_12, theme.GAP_12, theme.GAP_12, theme.GAP_12)
        grid.setSpacing(theme.GAP_8)
        for place, (name, digits) in enumerate(theme.TEAM_COLOURS.items()):
            button = SwatchButton(digits, self, name=f"team_colour_{name}")
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, which=digits: self._take(which))
            grid.addWidget(button, place // _ACROSS, place % _ACROSS)
            self.buttons.append(button)
        self.hide()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focus_moved)

    def open_below(self, widget: QWidget, colour: str) -> None:
        """Show the board under a widget, the colour that counts marked."""
        self._before = widget
        for button in self.buttons:
            button.setChecked(button.colour == colour)
        self.adjustSize()
        corner = widget.mapTo(self._host, QPoint(0, widget.height() + theme.GAP_4))
        corner.setX(min(corner.x(), self._host.width() - self.width() - theme.GAP_8))
        self.move(corner)
        self.show()
        self.raise_()
        first = next((button for button in self.buttons if button.isChecked()), self.buttons[0])
        first.setFocus(Qt.FocusReason.PopupFocusReason)

    def _take(self, colour: str) -> None:
        self._close()
        self.chosen.emit(colour)

    def _close(self) -> None:
        self.hide()
        if self._before is not None:
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = next((n for n, button in enumerate(self.buttons) if button.hasFocus()), 0)
        key = Qt.Key(event.key())
        if key in _STEPS:
            to = place + _STEPS[key]
            if 0 <= to < len(self.buttons):
                self.buttons[to].setFocus(Qt.FocusReason.TabFocusReason)
        elif key in _ENTER:
            self.buttons[place].click()
        elif key == Qt.Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(event)

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        if self.isVisible() and (now is None or not self.isAncestorOf(now)):
            self.hide()
