"""The rows of a list before they are taken in: what each is, and whether it is taken. Space turns that."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyleOptionViewItem, QTableView, QWidget

from arctos_desk.ui.panes.teams.keyed import KEY_ROLE, Index, KeyedModel
from arctos_desk.ui.panes.teams.roster import ROW_PX, TICK_ROLE, paint_tick
from arctos_desk.ui.panes.teams.taking_rows import STATUS_LOOKS, TakeRow
from arctos_desk.ui.refresh import kept
from arctos_desk.ui.text import tr
from arctos_desk.ui.widgets.table_style import LOOK_ROLE, CellLook, RowDelegate, dress_table

TAKEN, ROW, STATUS, TEAM, NUMBER, NAME, MARKS = range(7)
_NUMBER_MOST: Final = 4
_CHANGES: Final = {TEAM: {"team"}, NUMBER: {"number"}, NAME: {"name"}}
_MARKS_CHANGES: Final = frozenset({"jersey_name", "paid", "head_ref", "injury", "injury_public"})


def _short(number: str) -> str:
    """A number as it fits into its column; one that is too long for a shirt is cut, the whole stands in its problem."""
    return number if len(number) <= _NUMBER_MOST else f"{number[:_NUMBER_MOST]}…"


class TakeModel(KeyedModel[TakeRow]):
    """Rows of the list in its order."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(7, parent)
        self._titles = (tr("Take"), tr("Row"), tr("What it is"), tr("Team"), tr("No."), tr("Name"), tr("Says"))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._titles[section]
        return self._alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    @staticmethod
    def _alignment(column: int) -> int:
        side = Qt.AlignmentFlag.AlignLeft
        if column in (ROW, NUMBER):
            side = Qt.AlignmentFlag.AlignRight
        elif column == TAKEN:
            side = Qt.AlignmentFlag.AlignHCenter
        return int(side | Qt.AlignmentFlag.AlignVCenter)

    def told(self, row: TakeRow, column: int, role: int) -> Any:
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return ("", str(row.row), row.status_words, row.team, _short(row.number), row.name, row.marks)[column]
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return self._words(row, column)
            case Qt.ItemDataRole.TextAlignmentRole:
                return self._alignment(column)
            case _ if role == TICK_ROLE:
                return row.taken if column == TAKEN and (row.can_take or row.taken) else None
            case _ if role == LOOK_ROLE:
                return self._look(row, column)
        return None

    def _words(self, row: TakeRow, column: int) -> str:
        if column == TAKEN:
            return tr("Taken in") if row.taken else tr("Left out")
        if column == TEAM and row.is_new_team:
            return tr("{team} (a new team)", team=row.team)
        said: str = self.told(row, column, Qt.ItemDataRole.DisplayRole)
        return said if column in (TEAM, NUMBER, NAME, MARKS) and said else row.told

    @staticmethod
    def _look(row: TakeRow, column: int) -> CellLook | None:
        if column == STATUS:
            hue, icon = STATUS_LOOKS[row.status]
            return CellLook(chip=hue, icon=icon)
        changed = bool(row.changes & (_MARKS_CHANGES if column == MARKS else _CHANGES.get(column, set())))
        if not row.taken or column == ROW:
            return CellLook(tone="muted", weight=600 if column == NAME else 400)
        icon_of_new = "plus" if column == TEAM and row.is_new_team else None
        return CellLook(
            weight=700 if changed else 600 if column == NAME else 400,
            tone="accent" if changed else "text",
            icon=icon_of_new,  # type: ignore[arg-type]
            icon_tone="running",
        )


class _TakeDelegate(RowDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        tick = index.data(TICK_ROLE)
        if tick is not None:
            paint_tick(painter, QRectF(option.rect), ticked=tick, enabled=True)


class TakeTable(QTableView):
    """`toggled` carries the row whose mark was turned, `row_chosen` that another row came under the cursor,
    `decision_wanted` that a person wants to say what the row is.
    """

    toggled = Signal(int)
    row_chosen = Signal()
    decision_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("take_table")
        self.setAccessibleName(tr("Rows of the list"))
        self.setToolTip(tr("Space takes a row in or leaves it out, Enter says what it is"))
        self.rows = TakeModel(self)
        self.setModel(self.rows)
        dress_table(self, row_px=ROW_PX)
        self.setItemDelegate(_TakeDelegate(self, row_px=ROW_PX))
        across = self.horizontalHeader()
        across.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        across.setStretchLastSection(False)
        across.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._spread()
        self.selectionModel().currentRowChanged.connect(lambda *_: self.row_chosen.emit())

    def show_rows(self, rows: Sequence[TakeRow]) -> None:
        with kept(self, KEY_ROLE):
            self.rows.show_rows(rows)

    @property
    def chosen(self) -> TakeRow | None:
        return self.rows.row(self.currentIndex())

    def _spread(self) -> None:
        fixed = {TAKEN: 68, ROW: 60, STATUS: 148, NUMBER: 72}
        rest = max(360, self.viewport().width() - sum(fixed.values()))
        for column in range(self.rows.columnCount()):
            share = {TEAM: 0.36, NAME: 0.36, MARKS: 0.28}.get(column, 0)
            self.setColumnWidth(column, fixed.get(column, int(rest * share)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._spread()

    def _toggle(self, index: QModelIndex) -> None:
        row = self.rows.row(index)
        if row is not None and (row.can_take or row.taken):
            self.toggled.emit(row.row)

    def focusInEvent(self, event: QFocusEvent) -> None:
        # Left alone, Qt makes the first cell current without choosing its row.
        by_mouse = event.reason() == Qt.FocusReason.MouseFocusReason
        if not self.currentIndex().isValid() and not by_mouse and self.rows.rowCount():
            flag = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(self.rows.index(0, NAME), flag.ClearAndSelect | flag.Rows)
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self._toggle(self.currentIndex())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2) and not event.modifiers():
            self.decision_wanted.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() == TAKEN and event.button() == Qt.MouseButton.LeftButton:
            self._toggle(index)
