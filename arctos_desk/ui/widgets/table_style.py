"""How tables look:

horizontal lines only, numbers at the right, the current row soft accent, chips in cells. Holds no rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from arctos_desk.ui import icons, theme
from arctos_desk.ui.icons import IconName
from arctos_desk.ui.text import plain_tip
from arctos_desk.ui.theme import HueName
from arctos_desk.ui.widgets import paint
from arctos_desk.ui.widgets.chip import CHIP_PX, chip_width, paint_chip
from arctos_desk.ui.widgets.elided_label import Tone, tone_colour

HEADER_ROW_PX: Final = 32
LOOK_ROLE: Final = Qt.ItemDataRole.UserRole + 100
"""A model answers a `CellLook` for this role where a cell is more than plain text."""

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class CellLook:
    """How one cell looks. `second` is a smaller line beside the text; `ground` the hue under the whole cell."""

    tone: Tone = "text"
    weight: int = 400
    chip: HueName | None = None
    icon: IconName | None = None
    icon_tone: Tone | None = None
    second: str = ""
    ground: HueName | None = None
    struck: bool = False


_PLAIN: Final = CellLook()


class RowDelegate(QStyledItemDelegate):
    """Paints one cell from the display, alignment and look roles."""

    def __init__(self, parent: QWidget | None = None, *, row_px: int = theme.TARGET_PX) -> None:
        super().__init__(parent)
        self._row_px = row_px

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        look = self._look(index)
        text = self._text(index)
        if look.chip:
            wide = chip_width(text, look.icon)
        else:
            wide = round(paint.width_of(text, theme.font("base", look.weight))) + (22 if look.icon else 0)
            if look.second:
                wide += theme.GAP_8 + round(paint.width_of(look.second, theme.font("small")))
        return QSize(wide + 2 * theme.GAP_8 + 2, self._row_px)

    @staticmethod
    def _look(index: Index) -> CellLook:
        look: Any = index.data(LOOK_ROLE)
        return look if isinstance(look, CellLook) else _PLAIN

    @staticmethod
    def _text(index: Index) -> str:
        value = index.data(Qt.ItemDataRole.DisplayRole)
        return "" if value is None else str(value)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        t = theme.tokens()
        look, text = self._look(index), self._text(index)
        rect = QRectF(option.rect)
        state = option.state
        painter.save()
        painter.setClipRect(rect)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(rect, t.accent.soft)
        elif look.ground:
            painter.fillRect(rect, t.hue(look.ground).soft)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, t.raised)
        painter.fillRect(QRectF(rect.left(), rect.bottom() - t.line_px, rect.width(), t.line_px), t.border)
        if selected and index.column() == 0:
            painter.fillRect(QRectF(rect.left(), rect.top(), 4, rect.height()), t.accent.colour)
        alignment = index.data(Qt.ItemDataRole.TextAlignmentRole)
        to_right = alignment is not None and bool(int(alignment) & int(Qt.AlignmentFlag.AlignRight))
        inner = rect.adjusted(theme.GAP_8, 0, -theme.GAP_8, -t.line_px)
        if look.chip and text:
            wide = chip_width(text, look.icon)
            left = inner.right() - wide if to_right else inner.left()
            paint_chip(
                painter, QPoint(round(left), round(inner.center().y() - CHIP_PX / 2)), text, look.chip, look.icon
            )
        else:
            colour = tone_colour(t, look.tone)
            if look.icon:
                tint = tone_colour(t, look.icon_tone) if look.icon_tone else colour
                icons.paint(
                    painter, QRectF(round(inner.left()), round(inner.center().y() - 8), 16, 16), look.icon, tint
                )
                inner.setLeft(inner.left() + 22)
            font = theme.font("base", look.weight)
            font.setStrikeOut(look.struck)
            align = Qt.AlignmentFlag.AlignRight if to_right else Qt.AlignmentFlag.AlignLeft
            if look.second:
                first = QRectF(inner)
                first.setWidth(min(paint.width_of(text, font) + 1, inner.width()))
                paint.line_of_text(painter, first, text, font=font, colour=colour)
                rest = inner.adjusted(first.width() + theme.GAP_8, 0, 0, 0)
                if rest.width() > 24:
                    paint.line_of_text(painter, rest, look.second, font=theme.font("small"), colour=t.muted)
            else:
                paint.line_of_text(painter, inner, text, font=font, colour=colour, align=align, elide=not to_right)
        painter.restore()

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """The tooltip of a cell, as it is: what people typed is never markup."""
        words = index.data(Qt.ItemDataRole.ToolTipRole) if event.type() == QEvent.Type.ToolTip else None
        if not words:
            return super().helpEvent(event, view, option, index)
        QToolTip.showText(event.globalPos(), plain_tip(str(words)), view, view.visualRect(index))
        return True


def dress_table(view: QTableView, *, row_px: int = theme.TARGET_PX) -> RowDelegate:
    """Give a table the look and the manners of ours: whole rows, keys, no grid, a header of 32."""
    delegate = RowDelegate(view, row_px=row_px)
    view.setItemDelegate(delegate)
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.setMouseTracking(True)
    view.setTabKeyNavigation(False)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setProperty("ring", "inside")
    down = view.verticalHeader()
    down.hide()
    down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    down.setMinimumSectionSize(row_px)
    down.setDefaultSectionSize(row_px)
    across = view.horizontalHeader()
    across.setFixedHeight(HEADER_ROW_PX)
    across.setFont(theme.font("small", 600))
    across.setHighlightSections(False)
    across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    across.setStretchLastSection(True)
    return delegate
