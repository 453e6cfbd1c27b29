"""The one large control of Today: start in accent with a triangle, end in running with a square, off with its reason.

Word, colour and shape all change; place and size never do. Decides nothing: it shows the state it is given.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from arctos_desk.ui import icons, theme
from arctos_desk.ui.icons import IconName
from arctos_desk.ui.text import plain_tip
from arctos_desk.ui.widgets import paint
from arctos_desk.ui.widgets.key_cap import cap_width, key_text, paint_cap

CONTROL_HEIGHT_PX: Final = 104


@dataclass(frozen=True, slots=True)
class LargeState:
    """What the control says: `line` is the small line under the word, for `off` the reason.

    `shape` is set where another shape than that of the kind belongs to the word: Finish that is off has no triangle.
    """

    kind: Literal["start", "end", "off"]
    word: str
    line: str = ""
    key: str = "Space"
    tooltip: str = ""
    shape: IconName | None = None


_SHAPE: Final[dict[str, IconName]] = {"start": "play", "end": "stop", "off": "play"}


class LargeControl(QAbstractButton):
    """104 high, as wide as there is room."""

    def __init__(self, parent: QWidget | None = None, *, name: str = "large_control") -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("ring_radius", theme.RADIUS_CARD)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(CONTROL_HEIGHT_PX)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._state = LargeState("off", "")
        self.setEnabled(False)

    @property
    def state(self) -> LargeState:
        return self._state

    @property
    def shape(self) -> IconName:
        """The drawing beside the word."""
        return self._state.shape or _SHAPE[self._state.kind]

    def show_state(self, state: LargeState) -> None:
        if state == self._state:
            return
        self._state = state
        self.setText(state.word)
        self.setEnabled(state.kind != "off")
        self.setAccessibleName(state.word)
        self.setAccessibleDescription(state.line)
        self.setToolTip(plain_tip(state.tooltip or state.line))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, CONTROL_HEIGHT_PX)

    def minimumSizeHint(self) -> QSize:
        return QSize(220, CONTROL_HEIGHT_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        state = self._state
        fill, edge, ink, line = t.accent.colour, t.accent.colour, t.on, t.line_px
        if state.kind == "end":
            fill = edge = t.running.colour
        elif state.kind == "off":
            fill, edge, ink, line = t.done.soft, t.border, t.done.colour, 2
        if state.kind != "off" and (self.isDown() or self.underMouse()):
            edge, line = t.text, 2 if not self.isDown() else 4
        paint.box(painter, QRectF(self.rect()), fill=fill, edge=edge, line=line, radius=theme.RADIUS_CARD)

        word_font, line_font = theme.font("headline", 800), theme.font("base", 600)
        room = self.width() - 2 * theme.GAP_16
        top = (self.height() - (36 + 4 + 20)) / 2
        wanted = min(28 + theme.GAP_12 + paint.width_of(state.word, word_font) + 1, room)
        left = (self.width() - wanted) / 2
        icons.paint(painter, QRectF(round(left), round(top + 4), 28, 28), self.shape, ink)
        rect = QRectF(left + 28 + theme.GAP_12, top, wanted - 28 - theme.GAP_12, 36)
        paint.line_of_text(painter, rect, state.word, font=word_font, colour=ink)

        cap = key_text(state.key)
        cap_px = cap_width(cap) + theme.GAP_8 if cap else 0
        wanted = min(cap_px + paint.width_of(state.line, line_font) + 1, room)
        left = (self.width() - wanted) / 2
        middle = top + 36 + 4 + 10
        if cap:
            paint_cap(painter, round(left), middle, cap, ink)
        rect = QRectF(left + cap_px, middle - 10, wanted - cap_px, 20)
        paint.line_of_text(painter, rect, state.line, font=line_font, colour=ink)
