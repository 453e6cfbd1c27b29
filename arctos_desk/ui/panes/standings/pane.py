"""The Standings pane: tables one below the other, and beside them why a team stands where it stands.

Shows rows; counts nothing and decides no place.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, cast

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QHeaderView,
    QScrollArea,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from arctos_desk.ui import theme
from arctos_desk.ui.desk_port import DeskHandle
from arctos_desk.ui.main_window import Pane
from arctos_desk.ui.panes.standings.rows import Shown, TableRows, WhyRows, table_rows, why_rows
from arctos_desk.ui.refresh import CLOCK, Change
from arctos_desk.ui.text import tr
from arctos_desk.ui.widgets.button import Button
from arctos_desk.ui.widgets.card import Card, rule
from arctos_desk.ui.widgets.chip import Chip
from arctos_desk.ui.widgets.elided_label import ElidedLabel
from arctos_desk.ui.widgets.empty_state import EmptyState
from arctos_desk.ui.widgets.label import label
from arctos_desk.ui.widgets.segmented import Segmented
from arctos_desk.ui.widgets.table_style import HEADER_ROW_PX, LOOK_ROLE, CellLook, dress_table
from arctos_desk.ui.widgets.tick_box import TickBox

Index = QModelIndex | QPersistentModelIndex
RANK, TEAM, FIGURES = range(3)
ROW_PX: Final = 40
WHY_PX: Final = 336
_NOWHERE: Final = QModelIndex()
_SHOWN_KEY: Final = "standings/shown"
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class TableModel(QAbstractTableModel):
    """One table: place, team, then the figures in the order in which they decide."""

    def __init__(self, rows: TableRows, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows

    @property
    def rows(self) -> TableRows:
        return self._rows

    def show_rows(self, rows: TableRows) -> None:
        if rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows.lines)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else FIGURES + len(self._rows.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return None if section == TEAM else int(_RIGHT)
        if role == Qt.ItemDataRole.DisplayRole:
            return (tr("Rank"), tr("Team"), *self._rows.heads)[section]
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return (tr("Rank"), tr("Team"), *self._rows.columns)[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows.lines):
            return None
        line, column = self._rows.lines[index.row()], index.column()
        text = (line.rank, line.name, *line.cells)[column]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return text
            case Qt.ItemDataRole.ToolTipRole:
                return line.name if column == TEAM else line.reason or text
            case Qt.ItemDataRole.TextAlignmentRole:
                return None if column == TEAM else int(_RIGHT)
            case _ if role == LOOK_ROLE:
                decided = line.decided is not None and column == FIGURES + line.decided
                return CellLook(
                    weight=700 if column in (RANK, TEAM) or decided else 400, tone="accent" if decided else "text"
                )
        return None


class StandingsTable(QTableView):
    """As high as its lines: the pane scrolls, not the table. `chosen` carries a team."""

    chosen = Signal(str)

    def __init__(self, rows: TableRows, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"standings_table_{rows.group or 'all'}")
        self.setAccessibleName(rows.title)
        self.lines = TableModel(rows, self)
        self.setModel(self.lines)
        dress_table(self, row_px=ROW_PX)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        across = self.horizontalHeader()
        across.setStretchLastSection(False)
        across.setMinimumSectionSize(40)
        self._spread()
        self.lines.modelReset.connect(self._spread)
        self.selectionModel().currentRowChanged.connect(lambda *_: self._tell())

    def _spread(self) -> None:
        across = self.horizontalHeader()
        for column in range(self.lines.columnCount()):
            across.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        across.setSectionResizeMode(TEAM, QHeaderView.ResizeMode.Stretch)
        self.setFixedHeight(HEADER_ROW_PX + ROW_PX * self.lines.rowCount() + 2)

    def _tell(self) -> None:
        index = self.currentIndex()
        if index.isValid() and index.row() < self.lines.rowCount():
            self.chosen.emit(self.lines.rows.lines[index.row()].team_id)

    def choose(self, team_id: str) -> None:
        """Mark a team without telling."""
        for number, line in enumerate(self.lines.rows.lines):
            if line.team_id == team_id:
                with QSignalBlocker(self.selectionModel()):
                    self.selectRow(number)
                return

    def unmark(self) -> None:
        with QSignalBlocker(self.selectionModel()):
            self.clearSelection()
        self.viewport().update()


class StandingsPane(Pane):
    """Tables with the reasons of the chosen team. G goes from table to table, Ctrl+C copies the reasons."""

    def __init__(self, desk: DeskHandle, *, tools: Sequence[QWidget] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pane_standings")
        # It has the keyboard only while there is no table: a ring around everything would point at nothing.
        self.setProperty("ring", "none")
        self._desk = desk
        self._tools = tuple(tools)
        kept = desk.memory.recall(_SHOWN_KEY)
        self._shown: Shown = "all" if kept == "all" else "groups"
        self._rows: tuple[TableRows, ...] | None = None
        self._tables: list[StandingsTable] = []
        self._chosen: tuple[str, str] = ("", "")
        self._why: WhyRows | None = None
        self.shown_choice = Segmented(
            [("groups", tr("Groups")), ("all", tr("All matches"))],
            self,
            name="standings_shown",
            accessible=tr("Which tables"),
            value=self._shown,
        )
        self.shown_choice.chosen.connect(self._choose_shown)
        self.ribbon = TickBox(tr("Ribbon matches count"), self, name="standings_ribbon")
        self.ribbon.toggled.connect(lambda _: self._show())
        for tool in (self.shown_choice, self.ribbon):
            tool.hide()
        self._build()

    def _build(self) -> None:
        self.area = QScrollArea(self)
        self.area.setObjectName("standings_area")
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.why_card = Card("", self, name="standings_why")
        self.why_card.setFixedWidth(WHY_PX)
        side = QVBoxLayout()
        side.addWidget(self.why_card)
        side.addStretch(1)
        page = QWidget(self)
        row = QHBoxLayout(page)
        row.setContentsMargins(theme.GAP_16, theme.GAP_16, theme.GAP_16, theme.GAP_16)
        row.setSpacing(theme.GAP_16)
        row.addWidget(self.area, 1)
        row.addLayout(side)
        self.empty = EmptyState(
            tr("Tables belong here"),
            tr("No match counts into a table yet. Add matches with teams on the board, and finish one on Today."),
            parent=self,
            name="standings_empty",
        )
        self.pages = QStackedWidget(self)
        self._page = page
        self.pages.addWidget(page)
        self.pages.addWidget(self.empty)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.pages)

    # showing

    def refresh(self, change: Change) -> None:
        if change == CLOCK and self._rows is not None:
            return
        name = self._desk.state.event.info.name
        if (self.title, self.subtitle) != (tr("Standings"), name):
            self.set_header(tr("Standings"), name, (self.shown_choice, self.ribbon, *self._tools))
        self._show()

    def _show(self) -> None:
        rows = table_rows(self._desk.state, self._shown, ribbon=self.ribbon.isChecked())
        if rows != self._rows:
            same = self._rows is not None and [_frame(one) for one in rows] == [_frame(one) for one in self._rows]
            self._rows = rows
            if same:
                for table, one in zip(self._tables, rows, strict=True):
                    table.lines.show_rows(one)
            else:
                self._lay_out(rows)
        self.pages.setCurrentWidget(self._page if rows else self.empty)
        self._mark()
        self._show_why()

    def _lay_out(self, rows: Sequence[TableRows]) -> None:
        inside = QWidget()
        inside.setProperty("ground", "none")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_16)
        self._tables = []
        for one in rows:
            card = Card("", inside, name=f"standings_{one.group or 'all'}", padding=0)
            line = theme.tokens().line_px
            card.body.setContentsMargins(line, line, line, line)
            card.body.setSpacing(0)
            head = QHBoxLayout()
            head.setContentsMargins(theme.GAP_16, theme.GAP_8, theme.GAP_16, theme.GAP_8)
            head.setSpacing(theme.GAP_8)
            head.addWidget(label(one.title, card, size="large", weight=700))
            head.addWidget(ElidedLabel(one.second, card, tone="muted"), 1)
            head.addWidget(Chip(one.state, one.hue, parent=card))
            card.body.addLayout(head)
            card.body.addWidget(rule(card))
            table = StandingsTable(one, card)
            table.chosen.connect(lambda team_id, group=one.group: self._choose(group, team_id))
            self._tables.append(table)
            card.body.addWidget(table)
            for note in one.notes:
                words = label(note, card, size="small", tone="muted", wrap=True)
                words.setContentsMargins(theme.GAP_16, theme.GAP_8, theme.GAP_16, theme.GAP_8)
                card.body.addWidget(words)
            column.addWidget(card)
        foot = label(
            tr("Figures decide from left to right. The coloured figure put a team behind the one above it."),
            inside,
            size="small",
            tone="muted",
            wrap=True,
        )
        column.addWidget(foot)
        column.addStretch(1)
        self.area.setWidget(inside)

    def _choose_shown(self, shown: str) -> None:
        self._shown = cast("Shown", shown)
        self._desk.memory.remember(_SHOWN_KEY, shown)
        self._chosen = ("", "")
        self._show()

    def _choose(self, group: str, team_id: str) -> None:
        self._chosen = (group, team_id)
        for table in self._tables:
            if table.lines.rows.group != group:
                table.unmark()
        self._show_why()

    def _mark(self) -> None:
        """Keep what was chosen; at first the first team that has another above it."""
        rows = self._rows or ()
        known = {(one.group, line.team_id) for one in rows for line in one.lines}
        if self._chosen not in known:
            first = next((one for one in rows if len(one.lines) > 1), None)
            self._chosen = ("", "") if first is None else (first.group, first.lines[1].team_id)
        for table in self._tables:
            if table.lines.rows.group == self._chosen[0]:
                table.choose(self._chosen[1])

    @property
    def tables(self) -> tuple[TableRows, ...]:
        """The tables on the screen."""
        return self._rows or ()

    # why

    @property
    def why(self) -> WhyRows | None:
        """What the card at the right says."""
        return self._why

    def _show_why(self) -> None:
        group, team_id = self._chosen
        table = next((one for one in self._rows or () if one.group == group), None)
        found = (
            None
            if table is None or not team_id
            else why_rows(self._desk.state, table, team_id, ribbon=self.ribbon.isChecked())
        )
        if found == self._why and found is not None:
            return
        self._why = found
        body = self.why_card.body
        while body.count():
            item = body.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if found is None:
            body.addWidget(
                label(tr("Choose a team to see why it stands there."), self.why_card, tone="muted", wrap=True)
            )
            return
        body.addWidget(label(found.question, self.why_card, name="why_question", size="large", weight=700, wrap=True))
        body.addWidget(label(found.names, self.why_card, weight=600, wrap=True))
        for step in found.steps:
            body.addWidget(rule(self.why_card))
            words = label(
                f"{step.number}.  {step.text}",
                self.why_card,
                name=f"why_step_{step.number}",
                weight=700 if step.decides else 400,
                tone="accent" if step.decides else "text",
                wrap=True,
            )
            body.addWidget(words)
        copy = Button(tr("Copy as text"), self.why_card, name="why_copy", key="Ctrl+C")
        copy.clicked.connect(self.copy)
        body.addWidget(copy, 0, Qt.AlignmentFlag.AlignLeft)

    def copy(self) -> None:
        """Put the reasons into the clipboard."""
        if self._why is not None:
            QApplication.clipboard().setText(self._why.as_text)

    # keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if event.key() == Qt.Key.Key_G and plain and len(self._tables) > 1:
            self._next_table()
            return
        if event.key() == Qt.Key.Key_C and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.copy()
            return
        super().keyPressEvent(event)

    def _next_table(self) -> None:
        groups = [table.lines.rows.group for table in self._tables]
        at = groups.index(self._chosen[0]) if self._chosen[0] in groups else -1
        table = self._tables[(at + 1) % len(self._tables)]
        if table.lines.rowCount():
            table.setFocus(Qt.FocusReason.ShortcutFocusReason)
            table.selectRow(min(1, table.lines.rowCount() - 1))
            self.area.ensureWidgetVisible(table)

    def take_focus(self) -> None:
        for table in self._tables:
            if table.lines.rows.group == self._chosen[0]:
                table.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self.setFocus(Qt.FocusReason.OtherFocusReason)


def _frame(rows: TableRows) -> tuple[object, ...]:
    """What of a table is laid out around its lines: the same frame keeps its table, its scroll and its choice."""
    return (rows.group, rows.title, rows.second, rows.state, rows.heads, rows.notes, len(rows.lines))
