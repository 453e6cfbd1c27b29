"""The roster of one team: a table that is edited in place, with an empty row at its end for the next player.

Enter or F2 opens a cell, Tab goes on to the next, Space turns a mark on or off. Saves nothing: it says what a person
entered, and shows it as entered until it is known to be saved or refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from arctos_desk.ui import icons, theme
from arctos_desk.ui.panes.teams.keyed import KEY_ROLE, Index, KeyedModel
from arctos_desk.ui.panes.teams.rows import PlayerRow
from arctos_desk.ui.refresh import kept
from arctos_desk.ui.text import plain_tip, tr
from arctos_desk.ui.widgets import paint
from arctos_desk.ui.widgets.table_style import LOOK_ROLE, CellLook, RowDelegate, dress_table

COLUMNS: Final = ("number", "name", "jersey_name", "paid", "head_ref", "injury", "injury_public")
NUMBER, NAME, JERSEY, PAID, HEAD_REF, INJURY, PUBLIC = range(7)
FLAGS: Final = frozenset({PAID, HEAD_REF, PUBLIC})
TICK_ROLE: Final = Qt.ItemDataRole.UserRole + 1
"""Whether a mark is set: True, False, or None where there is nothing to mark."""
NEW: Final = "new:"
"""How the key of a row begins whose player is not in the event yet."""
ROW_PX: Final = 40
_TICK_PX: Final = 20
_MOST: Final[Mapping[int, int]] = {NUMBER: 4, NAME: 80, JERSEY: 80, INJURY: 200}
_WIDE: Final[Mapping[int, int]] = {NUMBER: 76, PAID: 76, HEAD_REF: 84, PUBLIC: 84}


@dataclass(frozen=True, slots=True)
class _Entered:
    """A value that a person entered and that is not in the rows yet. `wrong` says why it was refused."""

    value: str | bool
    is_saved: bool = False
    wrong: str = ""


def column_words(column: int) -> str:
    return (
        tr("Number"),
        tr("Name"),
        tr("Jersey name"),
        tr("Paid"),
        tr("Head ref"),
        tr("Injury"),
        tr("Public"),
    )[column]


def column_help(column: int) -> str:
    return (
        tr("The number on the shirt, as it is written"),
        tr("The name by which people know the player"),
        tr("The name on the shirt, where it is another"),
        tr("Whether the fee is paid"),
        tr("Whether the player is on the list of head referees"),
        tr("An active injury in a few words; nothing once it has healed"),
        tr("Everybody may read of the injury; else only head referees and organisers"),
    )[column]


def _is_blank(row: PlayerRow) -> bool:
    return replace(row, key="") == PlayerRow("")


class RosterModel(KeyedModel[PlayerRow]):
    """`edited` carries key, register and value of a player who is there; `added` the key and row of one to be."""

    edited = Signal(str, str, object)
    added = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(len(COLUMNS), parent)
        self._stated: tuple[PlayerRow, ...] = ()
        self._waiting: list[PlayerRow] = []
        self._entered: dict[tuple[str, str], _Entered] = {}
        self._refused: dict[str, str] = {}
        self._number = 0
        self._draft = self._fresh()
        self._why_not = ""

    # rows

    def show_players(self, rows: Sequence[PlayerRow], why_not: str = "") -> None:
        """The players as they are stated now; what was entered and is not among them yet stays to be seen."""
        self._stated, self._why_not = tuple(rows), why_not
        known = {row.key for row in rows}
        if why_not:
            # Somebody else acts now: what the one before was typing is not theirs to see.
            self._entered, self._refused, self._draft = {}, {}, self._fresh()
        self._waiting = [row for row in self._waiting if row.key.startswith(NEW)]
        self._entered = {at: one for at, one in self._entered.items() if at[0] in known and not one.is_saved}
        self._compose()

    def begin(self) -> None:
        """Another team: what was refused and begun belongs to the one before."""
        self._stated, self._waiting, self._entered, self._refused = (), [], {}, {}
        self._draft = self._fresh()
        self.beginResetModel()
        self._rows = []
        self.endResetModel()

    def _compose(self) -> None:
        rows = [self._as_entered(row) for row in self._stated] + self._waiting
        if not self._why_not:
            rows.append(self._draft)
        self.show_rows(rows)

    def _as_entered(self, row: PlayerRow) -> PlayerRow:
        new: dict[str, Any] = {register: one.value for (key, register), one in self._entered.items() if key == row.key}
        return replace(row, **new) if new else row

    def _stated_row(self, key: str) -> PlayerRow | None:
        return next((row for row in self._stated if row.key == key), None)

    def _fresh(self) -> PlayerRow:
        self._number += 1
        return PlayerRow(f"{NEW}{self._number}")

    @property
    def draft_place(self) -> int:
        """The row for the next player; -1 where nobody may add one."""
        return -1 if self._why_not else self.place_of(self._draft.key)

    def is_draft(self, index: Index) -> bool:
        row = self.row(index)
        return row is not None and row.key == self._draft.key

    def is_fresh(self, index: Index) -> bool:
        """Whether this is the last row and nothing was entered in it yet."""
        return self.is_draft(index) and _is_blank(self._draft)

    # entering

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row = self.row(index)
        if row is None or self._why_not:
            return False
        register = COLUMNS[index.column()]
        new = bool(value) if index.column() in FLAGS else " ".join(str(value).split())
        if new == getattr(row, register):
            return False
        said: dict[str, Any] = {register: new}
        changed = replace(row, **said)
        if row.key == self._draft.key:
            self._draft = changed
            self._refused.pop(row.key, None)
            self.put(index.row(), changed)
            return True
        if row.key.startswith(NEW):
            return False
        if new == getattr(self._stated_row(row.key), register, None):
            # Back to what is stated, from something that was refused.
            self.forget(row.key, index.column())
            return True
        self._entered[row.key, register] = _Entered(new)
        self.put(index.row(), changed)
        self.edited.emit(row.key, register, new)
        return True

    def commit_draft(self) -> bool:
        """Ask for the player whose row was begun; a row without a name waits for it."""
        if not self._draft.name or self._why_not:
            return False
        row, self._draft = self._draft, self._fresh()
        self._waiting.append(row)
        self._compose()
        self.added.emit(row.key, row)
        return True

    def clear_draft(self) -> None:
        """Forget what was begun in the last row."""
        place = self.draft_place
        self._refused.pop(self._draft.key, None)
        self._draft = PlayerRow(self._draft.key)
        if place >= 0:
            self.put(place, self._draft)

    def saved(self, key: str, register: str) -> None:
        """What was entered is durable; the next rows say it themselves."""
        one = self._entered.get((key, register))
        if one is not None:
            self._entered[key, register] = replace(one, is_saved=True)

    def refuse(self, key: str, register: str, why: str) -> None:
        """What was entered was refused: it stays to be mended, with the reason."""
        one = self._entered.get((key, register))
        if one is None:
            return
        if COLUMNS.index(register) in FLAGS:
            del self._entered[key, register]
        else:
            self._entered[key, register] = replace(one, wrong=why)
        self._compose()
        place = self.place_of(key)
        if place >= 0:
            self.put(place, self._rows[place])

    def forget(self, key: str, column: int) -> None:
        """Leave what is stated instead of what was refused."""
        if self._entered.pop((key, COLUMNS[column]), None) is not None:
            self._compose()

    def became(self, key: str, player_id: str) -> None:
        """The player of a new row is in the event; the row stays where it is."""
        for number, row in enumerate(self._waiting):
            if row.key == key:
                self._waiting[number] = replace(row, key=player_id)
        place = self.place_of(key)
        if place >= 0:
            self.put(place, replace(self._rows[place], key=player_id))

    def refuse_new(self, key: str, why: str) -> None:
        """The new player was refused: what was typed goes back into the last row, if nothing stands there yet."""
        row = next((one for one in self._waiting if one.key == key), None)
        if row is None:
            return
        self._waiting.remove(row)
        if _is_blank(self._draft):
            self._draft = row
            self._refused[row.key] = why
        self._compose()

    # cells

    @property
    def is_read_only(self) -> bool:
        return bool(self._why_not)

    def is_text(self, column: int) -> bool:
        return column not in FLAGS

    def why_not_change(self, index: Index) -> str:
        """Why a cell cannot be changed; empty when it can."""
        row = self.row(index)
        if row is None:
            return ""
        if self._why_not:
            return self._why_not
        if index.column() in (INJURY, PUBLIC) and row.injury_hidden:
            return tr("This note is private")
        if index.column() == PUBLIC and not row.injury:
            return tr("There is no injury to show")
        if row.key.startswith(NEW) and row.key != self._draft.key:
            return tr("This player is being saved")
        return ""

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.isValid() and self.is_text(index.column()) and not self.why_not_change(index):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column_words(section)
            case Qt.ItemDataRole.ToolTipRole:
                return f"{column_words(section)}: {column_help(section)}"
            case Qt.ItemDataRole.TextAlignmentRole:
                return self._alignment(section)
        return None

    @staticmethod
    def _alignment(column: int) -> int:
        side = Qt.AlignmentFlag.AlignLeft
        if column == NUMBER:
            side = Qt.AlignmentFlag.AlignRight
        elif column in FLAGS:
            side = Qt.AlignmentFlag.AlignHCenter
        return int(side | Qt.AlignmentFlag.AlignVCenter)

    def told(self, row: PlayerRow, column: int, role: int) -> Any:
        value = getattr(row, COLUMNS[column])
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return "" if column in FLAGS else self._shown(row, column)
            case Qt.ItemDataRole.EditRole:
                return value
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return self._words(row, column)
            case Qt.ItemDataRole.TextAlignmentRole:
                return self._alignment(column)
            case _ if role == TICK_ROLE:
                return self._tick(row, column)
            case _ if role == LOOK_ROLE:
                return self._look(row, column)
        return None

    def _shown(self, row: PlayerRow, column: int) -> str:
        if column == INJURY and row.injury_hidden:
            return tr("private note")
        text: str = getattr(row, COLUMNS[column])
        if column == NAME and not text and row.key == self._draft.key:
            return tr("Add a player…")
        return text

    def _tick(self, row: PlayerRow, column: int) -> bool | None:
        if column not in FLAGS or (column == PUBLIC and (row.injury_hidden or not row.injury)):
            return None
        if row.key == self._draft.key and not row.name and not getattr(row, COLUMNS[column]):
            return None
        return bool(getattr(row, COLUMNS[column]))

    def _words(self, row: PlayerRow, column: int) -> str:
        wrong = self._wrong(row, column)
        if wrong:
            return wrong
        if column in FLAGS:
            tick = self._tick(row, column)
            if tick is None:
                return self._why_not
            return tr("{what}: yes", what=column_words(column)) if tick else tr("{what}: no", what=column_words(column))
        if column == INJURY and row.injury_hidden:
            return tr("A private note; head referees and organisers may read it")
        return self._shown(row, column)

    def _wrong(self, row: PlayerRow, column: int) -> str:
        if column == NAME and row.key in self._refused:
            return self._refused[row.key]
        one = self._entered.get((row.key, COLUMNS[column]))
        return "" if one is None else one.wrong

    def _look(self, row: PlayerRow, column: int) -> CellLook | None:
        if self._wrong(row, column):
            return CellLook(tone="danger", weight=600, icon="warning", ground="danger")
        match COLUMNS[column]:
            case "name":
                if row.key == self._draft.key and not row.name:
                    return CellLook(tone="muted", icon="plus")
                return CellLook(weight=600)
            case "number":
                return CellLook(weight=600)
            case "injury":
                if row.injury_hidden:
                    return CellLook(chip="done", icon="lock")
                if row.injury:
                    return CellLook(tone="danger", weight=500, icon="injury" if row.injury_public else "lock")
        return None


def paint_tick(painter: QPainter, rect: QRectF, *, ticked: bool, enabled: bool) -> None:
    """A mark in the middle of a cell, as a box to tick looks elsewhere."""
    t = theme.tokens()
    middle = rect.center()
    box = QRectF(round(middle.x() - _TICK_PX / 2), round(middle.y() - _TICK_PX / 2), _TICK_PX, _TICK_PX)
    if ticked:
        fill = t.accent.colour if enabled else t.done.colour
        paint.box(painter, box, fill=fill, edge=fill, line=2, radius=theme.RADIUS_CHIP)
        icons.paint(painter, box.adjusted(2, 2, -2, -2), "check", t.on)
    else:
        fill, edge = (t.surface, t.edge) if enabled else (t.done.soft, t.border)
        paint.box(painter, box, fill=fill, edge=edge, line=2, radius=theme.RADIUS_CHIP)


class RosterDelegate(RowDelegate):
    """Cells of the roster: words, marks, and an input in place."""

    def __init__(self, parent: QTableView) -> None:
        super().__init__(parent, row_px=ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        t = theme.tokens()
        rect = QRectF(option.rect)
        tick = index.data(TICK_ROLE)
        if tick is not None:
            model = index.model()
            may = not (isinstance(model, RosterModel) and model.is_read_only)
            paint_tick(painter, rect, ticked=tick, enabled=may)
        if option.state & QStyle.StateFlag.State_HasFocus:
            # The cell that Enter and Space are about.
            paint.box(
                painter, rect.adjusted(1, 1, -1, -1 - t.line_px), fill="", edge=t.accent.colour, line=2,
                radius=theme.RADIUS_CHIP,
            )  # fmt: skip

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        column = index.column()
        editor = QLineEdit(parent)
        editor.setObjectName(f"roster_edit_{COLUMNS[column]}")
        editor.setAccessibleName(column_words(column))
        editor.setToolTip(plain_tip(column_help(column)))
        editor.setFont(theme.font("base", 600 if column in (NUMBER, NAME) else 400))
        editor.setMaxLength(_MOST[column])
        # The words stay where they stood in the cell.
        editor.setStyleSheet(f"padding: 0 {theme.GAP_4}px; min-height: 0")
        editor.setProperty("ring", "inside")
        if column == NUMBER:
            editor.setAlignment(Qt.AlignmentFlag.AlignRight)
        if column == NAME:
            editor.setPlaceholderText(tr("Name of the player"))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        # A refresh must not take away what a person is typing.
        if isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText(index.data(Qt.ItemDataRole.EditRole) or "")

    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:
        if isinstance(editor, QLineEdit):
            model.setData(index, editor.text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        editor.setGeometry(option.rect.adjusted(1, 1, -1, -1 - theme.tokens().line_px))


class RosterGrid(QTableView):
    """`refused` carries the words why a cell cannot be changed, `player_chosen` that the cursor went to another row."""

    refused = Signal(str)
    player_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("roster")
        self.setAccessibleName(tr("Roster"))
        self.setToolTip(tr("Enter opens a cell, Tab goes on, Space turns a mark, Delete takes a player off"))
        self.players = RosterModel(self)
        self.setModel(self.players)
        dress_table(self, row_px=ROW_PX)
        self.setItemDelegate(RosterDelegate(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        across = self.horizontalHeader()
        across.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        across.setStretchLastSection(False)
        across.setTextElideMode(Qt.TextElideMode.ElideRight)
        across.setMinimumSectionSize(40)
        self._entering = False
        self._first = NAME
        self._spread()
        self.selectionModel().currentRowChanged.connect(self._row_left)

    # rows

    def show_players(self, rows: Sequence[PlayerRow], why_not: str = "") -> None:
        editor = self.editor
        if why_not and editor is not None:
            self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        with kept(self, KEY_ROLE):
            self.players.show_players(rows, why_not)

    def _spread(self) -> None:
        # No heading is cut in any language: what it needs goes off the name, the widest of all.
        heading = self.horizontalHeader().sectionSizeHint
        wide = {column: max(least, heading(column)) for column, least in _WIDE.items()}
        rest = max(300, self.viewport().width() - sum(wide.values()))
        for column, share in ((JERSEY, 0.26), (INJURY, 0.32)):
            wide[column] = max(int(rest * share), heading(column))
        wide[NAME] = max(rest - wide[JERSEY] - wide[INJURY], heading(NAME))
        for column in range(len(COLUMNS)):
            self.setColumnWidth(column, wide[column])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._spread()

    @property
    def chosen(self) -> PlayerRow | None:
        """The player under the cursor; None on the row for the next one."""
        row = self.players.row(self.currentIndex())
        return None if row is None or row.key.startswith(NEW) else row

    def choose(self, key: str, column: int = NAME) -> None:
        """Bring a player into view and under the cursor."""
        place = self.players.place_of(key)
        if place >= 0:
            self._go_to(self.players.index(place, column))

    def begin_player(self) -> None:
        """Open the row for the next player."""
        place = self.players.draft_place
        if place >= 0:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            self._open(self.players.index(place, NUMBER))

    def commit(self) -> None:
        """Take over what stands in an open input, and ask for the player who was begun."""
        self._close_editor()
        self._entering = False
        self.players.commit_draft()

    @property
    def editor(self) -> QLineEdit | None:
        """The input that is open."""
        found = [one for one in self.viewport().findChildren(QLineEdit) if one.isVisible()]
        return found[0] if found else None

    def _close_editor(self) -> None:
        editor = self.editor
        if editor is not None:
            self.commitData(editor)
            self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    # going from cell to cell

    def _go_to(self, index: QModelIndex) -> None:
        self.selectionModel().setCurrentIndex(
            index, QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        )
        self.scrollTo(index)

    def _open(self, index: QModelIndex) -> None:
        """Go to a cell and open it, if it can be typed into."""
        self._go_to(index)
        self._entering = True
        if self.players.is_fresh(index) and index.column() in (NUMBER, NAME):
            self._first = index.column()
        if index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)

    def _step(self, by: int) -> None:
        """Tab: the next cell that can be changed, over the end of the row into the next."""
        index = self.currentIndex()
        place, column = index.row(), index.column() + by
        while True:
            if not 0 <= column < len(COLUMNS):
                # The row is done: a new player is asked for here, and the empty row follows.
                if by > 0 and self.players.is_draft(self.players.index(place, 0)) and not self.players.commit_draft():
                    place -= 1
                place, column = place + by, 0 if by > 0 else len(COLUMNS) - 1
            if not 0 <= place < self.players.rowCount():
                self._entering = False
                return
            target = self.players.index(place, column)
            if not self.players.why_not_change(target):
                self._open(target)
                return
            column += by

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        none = QAbstractItemDelegate.EndEditHint.NoHint
        super().closeEditor(editor, none)
        match hint:
            case QAbstractItemDelegate.EndEditHint.EditNextItem:
                self._step(1)
            case QAbstractItemDelegate.EndEditHint.EditPreviousItem:
                self._step(-1)
            case QAbstractItemDelegate.EndEditHint.SubmitModelCache:
                self._entered_cell()
            case QAbstractItemDelegate.EndEditHint.RevertModelCache:
                self._entering = False
                row = self.players.row(self.currentIndex())
                if row is not None:
                    self.players.forget(row.key, self.currentIndex().column())

    def _entered_cell(self) -> None:
        """Enter in an input: on the last row it asks for the player and begins the next."""
        index = self.currentIndex()
        if not self.players.is_draft(index):
            self._entering = False
            return
        if self.players.commit_draft():
            self._open(self.players.index(self.players.draft_place, self._first))
        elif index.column() != NAME:
            self._open(index.siblingAtColumn(NAME))
        else:
            self._entering = False

    def _row_left(self, now: QModelIndex, before: QModelIndex) -> None:
        if before.isValid() and now.row() != before.row() and self.players.is_draft(before):
            self.players.commit_draft()
        self.player_chosen.emit()

    # keys and clicks

    def toggle(self, index: QModelIndex) -> None:
        """Turn a mark on or off."""
        why_not = self.players.why_not_change(index)
        if why_not:
            self.refused.emit(why_not)
            return
        row = self.players.row(index)
        if row is not None:
            self.players.setData(index, not getattr(row, COLUMNS[index.column()]))

    def act_on_cell(self) -> None:
        """Enter or F2: open the cell, or turn its mark."""
        index = self.currentIndex()
        if not index.isValid():
            return
        if index.column() in FLAGS:
            self.toggle(index)
        elif index.flags() & Qt.ItemFlag.ItemIsEditable:
            self._open(index)
        else:
            self.refused.emit(self.players.why_not_change(index))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if self.editor is not None:
            # What the open input left over, such as its Enter.
            super().keyPressEvent(event)
            return
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_F2:
                self.act_on_cell()
            case Qt.Key.Key_Escape if self.players.is_draft(index):
                self.players.clear_draft()
            case Qt.Key.Key_Space if index.isValid() and index.column() in FLAGS:
                self.toggle(index)
            case _:
                if event.key() not in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                    self._entering = False
                super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        if self._entering and self.currentIndex().isValid() and self.editor is None:
            self._step(1 if forward else -1)
            return True
        return super().focusNextPrevChild(forward)

    def focusInEvent(self, event: QFocusEvent) -> None:
        # Left alone, Qt makes the first cell current without choosing its row.
        by_mouse = event.reason() == Qt.FocusReason.MouseFocusReason
        if not self.currentIndex().isValid() and not by_mouse and self.players.rowCount() > 0:
            self._go_to(self.players.index(0, NAME))
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self.editor is None:
            self._entering = False
            self.players.commit_draft()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._entering = False
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or event.button() != Qt.MouseButton.LeftButton:
            return
        if index.column() in FLAGS:
            if index.data(TICK_ROLE) is not None and self._on_tick(index, event.position().toPoint()):
                self.toggle(index)
        elif self.players.is_draft(index):
            self._open(index)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() in FLAGS:
            # The second press of two: it turns the mark back.
            self.toggle(index)
        elif index.isValid():
            self._go_to(index)
            self.act_on_cell()

    def _on_tick(self, index: QModelIndex, at: QPoint) -> bool:
        """Whether a press fell on the mark, with some room around it: a press elsewhere only chooses the row."""
        return abs(at.x() - self.visualRect(index).center().x()) <= theme.CONTROL_PX // 2
