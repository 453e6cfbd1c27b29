"""The list of teams: colour, short name, name, how many players of how many; mercenaries last. Counts nothing."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any, Final

from PySide6.QtCore import QItemSelectionModel, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyleOptionViewItem, QWidget

from arctos_desk.ui import icons, theme
from arctos_desk.ui.panes.teams.keyed import KEY_ROLE, Index, KeyedModel
from arctos_desk.ui.panes.teams.rows import MERCENARIES, TeamRow
from arctos_desk.ui.panes.teams.swatches import paint_swatch
from arctos_desk.ui.refresh import kept
from arctos_desk.ui.text import tr
from arctos_desk.ui.widgets import paint
from arctos_desk.ui.widgets.table_style import RowDelegate

ROW_ROLE: Final = Qt.ItemDataRole.UserRole + 1
_SHORT_PX: Final = 84
"""Room for a short name of eight capitals."""


class TeamModel(KeyedModel[TeamRow]):
    """One column; the delegate paints the row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(1, parent)

    def told(self, row: TeamRow, column: int, role: int) -> Any:
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.name
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return row.told
            case _ if role == ROW_ROLE:
                return row
        return None


class TeamDelegate(RowDelegate):
    """Swatch, short name, name with what a search found below it, and the count."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, theme.TARGET_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: TeamRow = index.data(ROW_ROLE)
        t = theme.tokens()
        rect = QRectF(option.rect)
        painter.save()
        painter.setClipRect(rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(rect, t.accent.soft)
            painter.fillRect(QRectF(rect.left(), rect.top(), 4, rect.height()), t.accent.colour)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, t.raised)
        painter.fillRect(QRectF(rect.left(), rect.bottom() - t.line_px, rect.width(), t.line_px), t.border)
        inner = rect.adjusted(theme.GAP_12, 0, -theme.GAP_12, -t.line_px)
        mark = QRectF(inner.left(), round(inner.center().y() - 10), 20, 20)
        if row.key == MERCENARIES:
            icons.paint(painter, mark, "person", t.muted)
        else:
            paint_swatch(painter, mark, row.colour)
        inner.setLeft(mark.right() + theme.GAP_12)
        inner = self._paint_count(painter, inner, row)
        if row.short:
            wide = min(_SHORT_PX, ceil(paint.width_of(row.short, theme.font("base", 700))) + 1)
            short = QRectF(inner.left(), inner.top(), wide, inner.height())
            paint.line_of_text(painter, short, row.short, font=theme.font("base", 700), colour=t.text)
            inner.setLeft(short.right() + theme.GAP_8)
        weight = 600 if row.short == "" else 400
        if row.found:
            half = inner.height() / 2
            upper = QRectF(inner.left(), inner.top() + 2, inner.width(), half)
            lower = QRectF(inner.left(), inner.top() + half, inner.width(), half - 2)
            paint.line_of_text(painter, upper, row.name, font=theme.font("base", weight), colour=t.text)
            paint.line_of_text(painter, lower, row.found, font=theme.font("small"), colour=t.muted)
        else:
            paint.line_of_text(painter, inner, row.name, font=theme.font("base", weight), colour=t.text)
        painter.restore()

    @staticmethod
    def _paint_count(painter: QPainter, inner: QRectF, row: TeamRow) -> QRectF:
        """The count at the right, never elided; answers what is left for the name."""
        t = theme.tokens()
        font = theme.font("base", 700 if row.over else 500)
        wide = ceil(paint.width_of(row.count, font)) + 1
        rect = QRectF(inner.right() - wide, inner.top(), wide, inner.height())
        paint.line_of_text(
            painter, rect, row.count, font=font, colour=t.warning.colour if row.over else t.muted, elide=False
        )
        if row.over:
            # A shape beside the colour: more than allowed.
            wide += 16 + theme.GAP_4
            mark = QRectF(inner.right() - wide, round(inner.center().y() - 8), 16, 16)
            icons.paint(painter, mark, "warning", t.warning.colour)
        return inner.adjusted(0, 0, -wide - theme.GAP_8, 0)


class TeamList(QListView):
    """`chosen` carries the key of the team that came under the cursor; `entered` says that its roster is wanted."""

    chosen = Signal(str)
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("teams_list")
        self.setAccessibleName(tr("Teams"))
        self.setToolTip(tr("Up and Down choose a team, Enter goes to its roster"))
        self.teams = TeamModel(self)
        self.setModel(self.teams)
        self.setItemDelegate(TeamDelegate(self))
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setProperty("ring", "inside")
        self._silent = False
        self.selectionModel().currentRowChanged.connect(lambda now, _: self._tell(now))

    def show_rows(self, rows: Sequence[TeamRow]) -> None:
        self._silent = True
        with kept(self, KEY_ROLE):
            self.teams.show_rows(rows)
        self._silent = False

    @property
    def key(self) -> str:
        """The key of the team under the cursor; empty for none."""
        row = self.teams.row(self.currentIndex())
        return "" if row is None else row.key

    def choose(self, key: str) -> None:
        """Show which team is chosen; emits nothing."""
        place = self.teams.place_of(key)
        self._silent = True
        if place < 0:
            self.clearSelection()
            self.selectionModel().clearCurrentIndex()
        elif self.key != key or not self.selectionModel().hasSelection():
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(self.teams.index(place, 0), flag)
        self._silent = False

    def _tell(self, now: Index) -> None:
        row = self.teams.row(now)
        if row is not None and not self._silent:
            self.chosen.emit(row.key)

    def focusInEvent(self, event: QFocusEvent) -> None:
        # Left alone, Qt makes the first row current without choosing it.
        if not self.currentIndex().isValid() and self.teams.rows:
            self.setCurrentIndex(self.teams.index(0, 0))
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.key:
            self.entered.emit()
            return
        super().keyPressEvent(event)
