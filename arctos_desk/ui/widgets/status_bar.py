"""The line at the bottom, the same on every screen: clock, lateness, every peer in words, backup, what is not sent yet.

Shows words it is given. Where the room ends, peers fold into a count whose tooltip names them; times and numbers
never elide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from arctos_desk.ui import icons, theme
from arctos_desk.ui.icons import IconName
from arctos_desk.ui.text import plain_tip, tr_n
from arctos_desk.ui.widgets import paint
from arctos_desk.ui.widgets.elided_label import Tone, tone_colour


@dataclass(frozen=True, slots=True)
class StatusItem:
    """One thing in the line.

    `parts` alternate plain and strong words: ((text, strong), …). A `ring` is a peer out of reach.
    """

    id: str
    parts: tuple[tuple[str, bool], ...]
    tone: Tone = "muted"
    shape: Literal["", "dot", "ring"] | IconName = ""
    shape_tone: Tone | None = None
    folds: bool = False
    right: bool = False
    tooltip: str = ""

    @property
    def text(self) -> str:
        return " ".join(text for text, _ in self.parts)


class _Item(QWidget):
    def __init__(self, bar: StatusBar, item: StatusItem) -> None:
        super().__init__(bar)
        self.setObjectName(f"status_{item.id}")
        self.item = item
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._tell()

    def show_item(self, item: StatusItem) -> None:
        if item != self.item:
            self.item = item
            self._tell()
            self.update()

    def _tell(self) -> None:
        self.setAccessibleName(self.item.text)
        self.setToolTip(plain_tip(self.item.tooltip))

    def wanted(self) -> int:
        item = self.item
        shape = 0 if not item.shape else 16 if item.shape in ("dot", "ring") else 22
        text = sum(paint.width_of(part, self._font(strong)) + 6 for part, strong in item.parts) - 6
        return ceil(shape + text) + 1

    def _font(self, strong: bool) -> QFont:
        return theme.font("small", 600 if strong or self.item.tone not in ("muted", "text") else 400)

    def sizeHint(self) -> QSize:
        return QSize(self.wanted(), 16)

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        item = self.item
        ink = tone_colour(t, item.tone)
        tint = tone_colour(t, item.shape_tone or item.tone)
        left = 0.0
        if item.shape == "dot":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tint))
            painter.drawEllipse(QRectF(0, 3, 10, 10))
            left = 16
        elif item.shape == "ring":
            painter.setPen(QPen(QColor(tint), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QRectF(1, 4, 8, 8))
            left = 16
        elif item.shape:
            icons.paint(painter, QRectF(0, 0, 16, 16), item.shape, tint)
            left = 22
        for text, strong in item.parts:
            font = self._font(strong)
            wide = paint.width_of(text, font)
            colour = t.text if strong and item.tone == "muted" else ink
            paint.line_of_text(painter, QRectF(left, 0, wide + 1, 16), text, font=font, colour=colour, elide=False)
            left += wide + 6


class StatusBar(QFrame):
    """32 high; `show_items` with the same ids changes words in place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status_bar")
        self.setFixedHeight(theme.STATUS_PX)
        self._items: list[_Item] = []
        self._folded = _Item(self, StatusItem("folded", (("", False),)))
        self._folded.hide()
        self._rules: list[int] = []

    def show_items(self, items: Sequence[StatusItem]) -> None:
        known = {item.item.id: item for item in self._items}
        wanted = {item.id for item in items}
        for gone_id in known.keys() - wanted:
            known[gone_id].hide()
            known[gone_id].deleteLater()
        self._items = []
        for item in items:
            widget = known.get(item.id)
            if widget is None:
                widget = _Item(self, item)
            else:
                widget.show_item(item)
            self._items.append(widget)
        self._place()

    def words(self, item_id: str) -> str:
        """What the line says under this id; empty when it says nothing."""
        return next((widget.item.text for widget in self._items if widget.item.id == item_id), "")

    def _place(self) -> None:
        pad = theme.GAP_12
        left_items = [item for item in self._items if not item.item.right]
        right_items = [item for item in self._items if item.item.right]
        room = self.width() - 2 * theme.GAP_8 - sum(item.wanted() + 2 * pad for item in right_items)
        folded: list[_Item] = []
        fold_px = 0
        while sum(item.wanted() + 2 * pad for item in left_items) + fold_px > room:
            foldable = [item for item in left_items if item.item.folds]
            if not foldable:
                break
            # A healthy peer folds first: the one out of reach is what people must see.
            victim = next((item for item in reversed(foldable) if item.item.shape == "dot"), foldable[-1])
            left_items.remove(victim)
            folded.append(victim)
            folded_ids = {item.item.id for item in folded}
            names = "\n".join(item.item.text for item in self._items if item.item.id in folded_ids)
            says = tr_n("{count} more", "{count} more", len(folded))
            self._folded.show_item(StatusItem("folded", ((says, False),), tooltip=names))
            fold_px = self._folded.wanted() + 2 * pad
        top = (self.height() - 16 + theme.tokens().line_px) // 2
        rules: list[int] = []
        at = theme.GAP_8
        self._folded.setVisible(bool(folded))
        for item in [*left_items, *([self._folded] if folded else [])]:
            item.setGeometry(at + pad, top, item.wanted(), 16)
            item.show()
            at += item.wanted() + 2 * pad
            rules.append(at)
        # Between two items, not behind the last.
        del rules[-1:]
        at = self.width() - theme.GAP_8
        for item in reversed(right_items):
            at -= item.wanted() + 2 * pad
            item.setGeometry(at + pad, top, item.wanted(), 16)
            item.show()
            if item is not right_items[0]:
                rules.append(at)
        for item in folded:
            item.hide()
        self._rules = rules
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        t = theme.tokens()
        painter = QPainter(self)
        for at in self._rules:
            painter.fillRect(at, (self.height() - 16) // 2, 1, 16, QColor(t.border))
