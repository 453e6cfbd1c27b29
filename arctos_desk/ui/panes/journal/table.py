"""The journal as a table: a model over rows, older ones asked for when a person scrolls to the end. Reads no log."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from arctos_desk.ui.panes.journal.rows import LineRow
from arctos_desk.ui.text import tr
from arctos_desk.ui.widgets.table_style import LOOK_ROLE, CellLook, dress_table

Index = QModelIndex | QPersistentModelIndex
WHEN, WHO, DESK, WHAT, WHY = range(5)
_NOWHERE: Final = QModelIndex()


class JournalModel(QAbstractTableModel):
    """`older_wanted` is emitted when the view has come to the end of what is loaded."""

    older_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[LineRow, ...] = ()
        self._has_older = False
        self._titles = (tr("When"), tr("Who"), tr("Desk"), tr("What"), tr("Why"))

    def show_rows(self, rows: Sequence[LineRow], *, has_older: bool) -> None:
        """Replace what is shown; rows that only grew at the end are added, so that nothing jumps."""
        rows = tuple(rows)
        self._has_older = has_older
        if rows == self._rows:
            return
        known = len(self._rows)
        if known and rows[:known] == self._rows:
            self.beginInsertRows(_NOWHERE, known, len(rows) - 1)
            self._rows = rows
            self.endInsertRows()
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    @property
    def rows(self) -> tuple[LineRow, ...]:
        return self._rows

    def row(self, index: Index) -> LineRow | None:
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._titles)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._has_older

    def fetchMore(self, parent: Index) -> None:
        self.older_wanted.emit()

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._titles[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row(index)
        if row is None:
            return None
        column = index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return (row.time, row.who, row.desk, row.what, row.why)[column]
            case Qt.ItemDataRole.UserRole:
                return row.operation
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return self._told(row, column)
            case _ if role == LOOK_ROLE:
                return self._look(row, column)
        return None

    @staticmethod
    def _told(row: LineRow, column: int) -> str:
        if column == WHEN:
            return f"{row.day} {row.time}".strip()
        if column == WHO:
            return f"{row.who}, {row.role}" if row.role else row.who
        if column == WHAT:
            return tr("{what} (taken back)", what=row.what) if row.taken_back else row.what
        return row.desk if column == DESK else row.why

    @staticmethod
    def _look(row: LineRow, column: int) -> CellLook:
        second = row.day if column == WHEN else row.role if column == WHO else ""
        if row.taken_back:
            # Struck words and a word of its own beside them: not colour alone.
            if column == WHAT:
                second = tr("taken back")
            return CellLook(tone="done", struck=column == WHAT, second=second)
        weights = {WHEN: 600, WHAT: 600}
        tones = {DESK: "muted", WHY: "muted"}
        return CellLook(tone=tones.get(column, "text"), weight=weights.get(column, 400), second=second)  # type: ignore[arg-type]


class JournalTable(QTableView):
    """`undo_asked` carries the operation of the line on which Delete or a double click fell."""

    undo_asked = Signal(str)
    line_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("journal_table")
        self.setAccessibleName(tr("Journal"))
        self.lines = JournalModel(self)
        self.setModel(self.lines)
        dress_table(self, row_px=40)
        across = self.horizontalHeader()
        across.setStretchLastSection(True)
        for column, mode in ((WHAT, QHeaderView.ResizeMode.Stretch), (WHY, QHeaderView.ResizeMode.Interactive)):
            across.setSectionResizeMode(column, mode)
        self._spread()
        self.selectionModel().currentRowChanged.connect(lambda *_: self.line_chosen.emit())
        self.lines.modelReset.connect(self._spread)
        self.lines.rowsInserted.connect(self._spread)
        self.lines.modelReset.connect(self.line_chosen)

    def _spread(self, *_: object) -> None:
        wide = max(800, self.viewport().width())
        # The day stands beside the time only where entries of another day are shown.
        self.setColumnWidth(WHEN, 216 if any(row.day for row in self.lines.rows) else 104)
        self.setColumnWidth(WHO, max(176, wide * 18 // 100))
        self.setColumnWidth(DESK, max(136, wide * 13 // 100))
        self.setColumnWidth(WHY, max(160, wide * 19 // 100))

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self._spread()

    @property
    def chosen(self) -> LineRow | None:
        """The line that is selected."""
        index = self.currentIndex()
        return self.lines.row(index) if self.selectionModel().hasSelection() else None

    def keyPressEvent(self, event: Any) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            row = self.chosen
            if row is not None:
                self.undo_asked.emit(row.operation)
            return
        super().keyPressEvent(event)
