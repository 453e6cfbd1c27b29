"""Rows with keys as a table model that changes in place: what stayed the same person stays the same row.

So an open editor, the selection and the scroll outlive a refresh. Knows no column.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

Index = QModelIndex | QPersistentModelIndex
NOWHERE: Final = QModelIndex()
KEY_ROLE: Final = Qt.ItemDataRole.UserRole


class Keyed(Protocol):
    @property
    def key(self) -> str: ...


R = TypeVar("R", bound=Keyed)


class KeyedModel(QAbstractTableModel, Generic[R]):
    """`show_rows` removes, moves, inserts and changes single rows; only a wholly different list begins anew."""

    def __init__(self, columns: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns = columns
        self._rows: list[R] = []

    @property
    def rows(self) -> tuple[R, ...]:
        return tuple(self._rows)

    def row(self, index: Index) -> R | None:
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def place_of(self, key: str) -> int:
        """Where a row stands now; -1 when it does not."""
        return next((place for place, row in enumerate(self._rows) if row.key == key), -1)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else self._columns

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row(index)
        if row is None:
            return None
        return row.key if role == KEY_ROLE else self.told(row, index.column(), role)

    def told(self, row: R, column: int, role: int) -> Any:
        """What a cell says for a role; given by each table."""
        raise NotImplementedError

    def show_rows(self, rows: Sequence[R]) -> None:
        known, wanted = {row.key for row in self._rows}, {row.key for row in rows}
        if not known & wanted:
            if known or wanted:
                self.beginResetModel()
                self._rows = list(rows)
                self.endResetModel()
            return
        for place in reversed(range(len(self._rows))):
            if self._rows[place].key not in wanted:
                self.beginRemoveRows(NOWHERE, place, place)
                del self._rows[place]
                self.endRemoveRows()
        for place, row in enumerate(rows):
            if place >= len(self._rows) or self._rows[place].key != row.key:
                self._bring(place, row)
            elif self._rows[place] != row:
                self.put(place, row)

    def _bring(self, place: int, row: R) -> None:
        """Move a row up to this place, or insert it."""
        before = self.place_of(row.key)
        if before < 0:
            self.beginInsertRows(NOWHERE, place, place)
            self._rows.insert(place, row)
            self.endInsertRows()
            return
        self.beginMoveRows(NOWHERE, before, before, NOWHERE, place)
        self._rows.insert(place, self._rows.pop(before))
        self.endMoveRows()
        if self._rows[place] != row:
            self.put(place, row)

    def put(self, place: int, row: R) -> None:
        """Another version of the row in this place."""
        self._rows[place] = row
        self.dataChanged.emit(self.index(place, 0), self.index(place, self._columns - 1))
