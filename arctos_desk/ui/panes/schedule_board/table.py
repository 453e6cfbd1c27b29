"""The schedule as a table: a model over rows, sorted by any column. Holds no rule of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from arctos_desk.tournament.kinds import Status
from arctos_desk.ui import theme
from arctos_desk.ui.icons import IconName
from arctos_desk.ui.panes.schedule_board.rows import SideRow, TableRow, sort_key
from arctos_desk.ui.refresh import kept
from arctos_desk.ui.text import tr
from arctos_desk.ui.theme import HueName
from arctos_desk.ui.widgets import paint
from arctos_desk.ui.widgets.table_style import LOOK_ROLE, CellLook, dress_table

MATCH_ROLE: Final = Qt.ItemDataRole.UserRole
COLUMNS: Final = (
    "time", "late", "field", "name", "first", "second", "referees", "status", "score", "length",
)  # fmt: skip
_RIGHT: Final = frozenset({"late", "length"})
_CHIPS: Final[dict[Status, tuple[HueName, IconName | None]]] = {
    Status.TIME_FINALIZED: ("done", "lock"),
    Status.READY_TO_START: ("ready", "today"),
    Status.IN_PROGRESS: ("running", "play"),
    Status.COMPLETED: ("done", "check"),
    Status.SKIPPED: ("done", "cross"),
}
Index = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()


def column_words(column: str) -> str:
    """The title of a column."""
    return {
        "time": tr("Time"),
        "late": tr("Late"),
        "field": tr("Field"),
        "name": tr("Match"),
        "first": tr("Team 1"),
        "second": tr("Team 2"),
        "referees": tr("Referees"),
        "status": tr("Status"),
        "score": tr("Result"),
        "length": tr("Min"),
    }[column]


class TableModel(QAbstractTableModel):
    """Rows in the order of one column; `set_rows` changes in place what it can."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[TableRow] = []
        self._sort = ("time", False)
        self._several_days = False

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return column_words(COLUMNS[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if COLUMNS[section] in _RIGHT else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], COLUMNS[index.column()]
        if role == MATCH_ROLE:
            return row.match_id
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._text(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column in _RIGHT else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role == LOOK_ROLE:
            return self._look(row, column)
        return None

    def _text(self, row: TableRow, column: str) -> str:
        match column:
            case "time":
                return f"{row.day}  {row.time}" if self._several_days and row.day else row.time
            case "late":
                return row.late
            case "field":
                return row.field
            case "name":
                return row.name
            case "first":
                return row.first.text
            case "second":
                return row.second.text
            case "referees":
                return row.referees
            case "status":
                return row.status_text
            case "score":
                return row.score
            case _:
                return str(row.length_min)

    def _look(self, row: TableRow, column: str) -> CellLook | None:
        over = row.status in (Status.COMPLETED, Status.SKIPPED)
        match column:
            case "time":
                return CellLook(weight=600)
            case "late":
                return CellLook(weight=700, tone=row.late_tone)
            case "name":
                if row.disputed:
                    return CellLook(weight=700, icon="warning", icon_tone="danger")
                return CellLook(weight=700, struck=row.status is Status.SKIPPED)
            case "first":
                return self._side(row.first, over=over)
            case "second":
                return self._side(row.second, over=over)
            case "referees":
                return CellLook(icon="whistle" if row.referees else None, icon_tone="reffing", tone="muted")
            case "status":
                if not row.status_text:
                    return None
                hue, icon = _CHIPS.get(row.status, ("done", "clock"))
                return CellLook(chip=hue, icon=icon)
            case "field" | "length":
                return CellLook(tone="muted")
            case _:
                return None

    @staticmethod
    def _side(side: SideRow, *, over: bool) -> CellLook:
        if side.winner:
            return CellLook(weight=700)
        return CellLook(weight=400 if over or not side.known else 500, tone="muted" if over else "text")

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._sort = (COLUMNS[column], order == Qt.SortOrder.DescendingOrder)
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        ids = [(self._rows[index.row()].match_id, index.column()) for index in before]
        self._rows = self._sorted(self._rows)
        place = {row.match_id: number for number, row in enumerate(self._rows)}
        self.changePersistentIndexList(before, [self.index(place[match_id], at) for match_id, at in ids])
        self.layoutChanged.emit()

    def _sorted(self, rows: Sequence[TableRow]) -> list[TableRow]:
        column, backwards = self._sort
        return sorted(rows, key=sort_key(column), reverse=backwards)

    def set_rows(self, rows: Sequence[TableRow]) -> bool:
        """Show these rows; answers whether the table had to be made anew (else cells changed in place)."""
        wanted = self._sorted(rows)
        several = len({row.day for row in wanted if row.day}) > 1
        if [row.match_id for row in wanted] == [row.match_id for row in self._rows] and several == self._several_days:
            for number, (old, new) in enumerate(zip(self._rows, wanted, strict=True)):
                if old != new:
                    self._rows[number] = new
                    self.dataChanged.emit(self.index(number, 0), self.index(number, len(COLUMNS) - 1))
            return False
        self.beginResetModel()
        self._rows, self._several_days = wanted, several
        self.endResetModel()
        return True

    def row_of(self, match_id: str) -> int:
        """Where a match stands now; -1 when it does not."""
        return next((number for number, row in enumerate(self._rows) if row.match_id == match_id), -1)

    def first_to_look_at(self) -> int:
        """The row of the match that runs, else of the next to come, else of the last; -1 in an empty table."""
        open_rows = [row for row in self._rows if row.status not in (Status.COMPLETED, Status.SKIPPED)]
        running = [row for row in open_rows if row.status is Status.IN_PROGRESS]
        if running or open_rows:
            return self.row_of(min(running or open_rows, key=lambda row: row.at_ms).match_id)
        return self.row_of(max(self._rows, key=lambda row: row.at_ms).match_id) if self._rows else -1


class ScheduleTable(QTableView):
    """Emits `chosen` and `opened` like the board."""

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("board_table")
        self.setAccessibleName(tr("Schedule"))
        self.rows = TableModel(self)
        self.setModel(self.rows)
        dress_table(self)
        self.setSortingEnabled(True)
        self.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        across = self.horizontalHeader()
        across.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        across.setStretchLastSection(False)
        across.setSortIndicatorShown(True)
        across.setSectionsClickable(True)
        self._measured = False
        self._silent = False
        self.selectionModel().currentRowChanged.connect(lambda now, _: self._tell(now))
        self.doubleClicked.connect(lambda index: self.opened.emit(index.siblingAtColumn(0).data(MATCH_ROLE)))

    def show_rows(self, rows: Sequence[TableRow]) -> None:
        self._silent = True
        with kept(self, MATCH_ROLE):
            self.rows.set_rows(rows)
        self._silent = False
        if rows and not self._measured:
            self._measured = True
            self.fit_columns()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._measured:
            self.fit_columns()

    def fit_columns(self) -> None:
        """Numbers and short words get what they need; teams and referees share the rest."""
        across = self.horizontalHeader()
        wide = {"first": 0.36, "second": 0.36, "referees": 0.28}
        for number, column in enumerate(COLUMNS):
            if column not in wide:
                title_px = paint.width_of(column_words(column), theme.font("small", 600)) + 2 * theme.GAP_8 + 12
                wanted = max(self.sizeHintForColumn(number), round(title_px))
                across.resizeSection(number, min(wanted, 220))
        taken = sum(across.sectionSize(n) for n, column in enumerate(COLUMNS) if column not in wide)
        rest = max(300, self.viewport().width() - taken)
        for number, column in enumerate(COLUMNS):
            if column in wide:
                across.resizeSection(number, max(100, int(rest * wide[column])))

    def choose(self, match_id: str) -> None:
        """Show which match is chosen; emits nothing."""
        row = self.rows.row_of(match_id)
        if row < 0:
            self.clearSelection()
        elif self.currentIndex().row() != row:
            self._silent = True
            self.setCurrentIndex(self.rows.index(row, 0))
            self._silent = False
        self.viewport().update()

    def look_at_now(self) -> None:
        """Scroll to the match that runs or comes next; chooses nothing."""
        self.scrollTo(self.rows.index(self.rows.first_to_look_at(), 0), QTableView.ScrollHint.PositionAtCenter)

    def focusInEvent(self, event: QFocusEvent) -> None:
        # Left alone, Qt makes the first row of the day current and scrolls there.
        index = self.rows.index(self.rows.first_to_look_at(), 0)
        if not self.currentIndex().isValid() and index.isValid():
            if event.reason() == Qt.FocusReason.MouseFocusReason:
                # The press itself says which row.
                self._silent = True
                self.setAutoScroll(False)
                self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
                self.setAutoScroll(True)
                self._silent = False
            else:
                self.setCurrentIndex(index)
                self.look_at_now()
        super().focusInEvent(event)

    def _tell(self, index: QModelIndex) -> None:
        match_id = index.siblingAtColumn(0).data(MATCH_ROLE) if index.isValid() else ""
        if not self._silent:
            self.chosen.emit(match_id or "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().siblingAtColumn(0).data(MATCH_ROLE))
            return
        super().keyPressEvent(event)
