"""The points of a match, newest first: set, stones, winner, rerun, note, delete. Shows what is saved, asks for more.

Rows keep their widgets from press to press, so nothing flickers and the keyboard stays where it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from arctos_desk.ui import theme
from arctos_desk.ui.panes.today.note_edit import NoteCell
from arctos_desk.ui.panes.today.rows import PointRow
from arctos_desk.ui.refresh import restore_focus
from arctos_desk.ui.text import plain_tip, tr
from arctos_desk.ui.widgets import paint
from arctos_desk.ui.widgets.button import Button
from arctos_desk.ui.widgets.card import rule
from arctos_desk.ui.widgets.elided_label import ElidedLabel
from arctos_desk.ui.widgets.label import label
from arctos_desk.ui.widgets.segmented import Segmented
from arctos_desk.ui.widgets.stepper import Stepper
from arctos_desk.ui.widgets.table_style import HEADER_ROW_PX
from arctos_desk.ui.widgets.tick_box import TickBox

ROW_PX = 44
_EDGE_PX = theme.GAP_12


class _Columns:
    """The widths of the columns, wide enough for their headings in any language."""

    def __init__(self) -> None:
        heading = theme.font("small", 600)

        def wide(text: str, least: int) -> int:
            return max(least, ceil(paint.width_of(text, heading)) + 2)

        self.titles = {
            "number": tr("Point"),
            "set": tr("Set"),
            "stones": tr("Stones"),
            "winner": tr("Winner"),
            "rerun": tr("Rerun"),
            "note": tr("Note (public)"),
        }
        rerun = 28 + ceil(paint.width_of(self.titles["rerun"], theme.font("base", 600))) + 2
        self.px = {
            "number": wide(self.titles["number"], 32),
            "set": wide(self.titles["set"], 88),
            "stones": wide(self.titles["stones"], 48),
            "winner": wide(self.titles["winner"], 276),
            "rerun": wide(self.titles["rerun"], max(84, rerun)),
        }


class _Row(QWidget):
    """One point. It paints its own ground; a click beside the controls chooses it."""

    clicked = Signal()

    def __init__(self, parent: QWidget, columns: _Columns, point_id: str, *, stones: bool) -> None:
        super().__init__(parent)
        self.point_id = point_id
        self.setObjectName(f"point_{point_id}")
        self.setFixedHeight(ROW_PX)
        self._row: PointRow | None = None
        line = QHBoxLayout(self)
        line.setContentsMargins(_EDGE_PX, 0, 0, 0)
        line.setSpacing(theme.GAP_16)
        self.number = label("", self, size="large", weight=700, right=True)
        self.number.setFixedWidth(columns.px["number"])
        self.set = Stepper(1, self, name=f"set_{point_id}", accessible=tr("Set of this point"))
        self.set.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.stones = label("", self, size="large", weight=600, right=True)
        self.stones.setFixedWidth(columns.px["stones"])
        self.stones.setVisible(stones)
        self.winner = Segmented(
            [("TEAM1", ""), ("TEAM2", "")],
            self,
            name=f"winner_{point_id}",
            accessible=tr("Winner of this point"),
            clearable=True,
            shows_check=True,
            may_shrink=True,
            follows_press=False,
        )
        self.winner.setFixedWidth(columns.px["winner"])
        self.running = ElidedLabel(tr("Running now · winner after the end"), self, weight=600, tone="running")
        self.running.setFixedWidth(columns.px["winner"])
        self.rerun = TickBox(
            tr("Rerun"),
            self,
            name=f"rerun_{point_id}",
            accessible=tr("This point is run again and counts for nobody"),
            row_px=ROW_PX,
            text_only_when_ticked=True,
        )
        self.rerun.setFixedWidth(columns.px["rerun"])
        self.note = NoteCell(
            self, name=f"note_{point_id}", placeholder=tr("Add note"), accessible=tr("Public note on this point")
        )
        self.delete = Button(
            "",
            self,
            name=f"delete_{point_id}",
            icon="trash",
            kind="quiet",
            big=True,
            accessible=tr("Delete this point"),
            tooltip=tr("Delete this point; it can be brought back"),
        )
        set_cell = QWidget(self)
        set_cell.setFixedWidth(columns.px["set"])
        cell = QHBoxLayout(set_cell)
        cell.setContentsMargins(0, 0, 0, 0)
        cell.addWidget(self.set)
        cell.addStretch(1)
        for widget in (self.number, set_cell, self.stones, self.winner, self.running, self.rerun):
            line.addWidget(widget)
        line.addWidget(self.note, 1)
        line.addWidget(self.delete)

    def show_row(self, row: PointRow, teams: tuple[str, str], why_not: str) -> None:
        self.winner.set_options([("TEAM1", teams[0]), ("TEAM2", teams[1])])
        self.winner.choose(row.winner)
        self.rerun.setChecked(row.rerun)
        self.set.set_value(row.set_number)
        self.note.show_text(row.note)
        for control in (self.winner, self.rerun, self.set, self.note, self.delete):
            control.setEnabled(not why_not)
        if row == self._row:
            return
        self._row = row
        self.number.setText(row.number)
        self.stones.setText(row.stones)
        font = theme.font("large", 400 if row.rerun else 600)
        font.setStrikeOut(row.rerun)
        self.stones.setFont(font)
        self.winner.setVisible(not row.running)
        self.running.setVisible(row.running)
        self.setAccessibleName(tr("Point {number}", number=row.number))
        self.update()

    def show_stones(self, stones: str) -> None:
        self.stones.setText(stones)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        row = self._row
        if row is not None and row.running:
            painter.fillRect(self.rect(), QColor(t.running.soft))
        elif row is not None and row.chosen:
            painter.fillRect(self.rect(), QColor(t.accent.soft))
        if row is not None and row.chosen:
            painter.fillRect(QRect(0, 0, 4, self.height()), QColor(t.accent.colour))
        painter.fillRect(QRectF(0, self.height() - t.line_px, self.width(), t.line_px), QColor(t.border))


class PointList(QFrame):
    """Emits what a person asks for; the rows change when it is saved."""

    set_asked = Signal(str, int)
    winner_asked = Signal(str, str)
    rerun_asked = Signal(str, bool)
    note_given = Signal(str, str)
    delete_asked = Signal(str)
    chosen = Signal(str)
    note_left = Signal()

    def __init__(self, parent: QWidget | None = None, *, name: str = "points") -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("card", "true")
        self._columns = _Columns()
        self._rows: dict[str, _Row] = {}
        self._shows_stones = True
        line = theme.tokens().line_px
        column = QVBoxLayout(self)
        column.setContentsMargins(line, line, line, line)
        column.setSpacing(0)
        head = QWidget(self)
        head.setFixedHeight(HEADER_ROW_PX)
        titles = QHBoxLayout(head)
        titles.setContentsMargins(_EDGE_PX, 0, 0, 0)
        titles.setSpacing(theme.GAP_16)
        self._titles: dict[str, QWidget] = {}
        for key, text in self._columns.titles.items():
            title = label(text, head, size="small", weight=600, tone="muted", right=key in ("number", "stones"))
            if key in self._columns.px:
                title.setFixedWidth(self._columns.px[key])
                titles.addWidget(title)
            else:
                titles.addWidget(title, 1)
            self._titles[key] = title
        titles.addSpacing(theme.TARGET_PX)
        column.addWidget(head)
        column.addWidget(rule(self))
        self.area = QScrollArea(self)
        self.area.setObjectName(f"{name}_scroll")
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._inside = QWidget()
        self._inside.setProperty("ground", "none")
        self._list = QVBoxLayout(self._inside)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        self.empty = label(
            tr("No point yet. Space starts the first one."), self._inside, name=f"{name}_empty", tone="muted", wrap=True
        )
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setMinimumHeight(ROW_PX)
        self._list.addWidget(self.empty)
        self._list.addStretch(1)
        self.area.setWidget(self._inside)
        column.addWidget(self.area, 1)

    def show_points(self, rows: Sequence[PointRow], teams: tuple[str, str], *, stones: bool, why_not: str = "") -> None:
        """Show these points, newest first. `why_not` takes the controls away and says why."""
        self._titles["stones"].setVisible(stones)
        gone = set(self._rows) - {row.point_id for row in rows}
        if stones != self._shows_stones:
            gone = set(self._rows)
            self._shows_stones = stones
        focus = self.window().focusWidget() if self.window() is not None else None
        for point_id in gone:
            self._drop(self._rows.pop(point_id))
        for place, row in enumerate(rows):
            widget = self._rows.get(row.point_id)
            if widget is None:
                widget = self._new_row(row.point_id)
                self._rows[row.point_id] = widget
            if self._list.indexOf(widget) != place:
                self._list.removeWidget(widget)
                self._list.insertWidget(place, widget)
                widget.show()
            widget.show_row(row, teams, why_not)
        self.empty.setVisible(not rows)
        self.setToolTip(plain_tip(why_not))
        restore_focus(focus, self)

    def _new_row(self, point_id: str) -> _Row:
        row = _Row(self._inside, self._columns, point_id, stones=self._shows_stones)
        row.clicked.connect(lambda: self.chosen.emit(point_id))
        row.set.changed.connect(lambda number: self.set_asked.emit(point_id, number))
        row.winner.chosen.connect(lambda side: self.winner_asked.emit(point_id, side))
        row.rerun.clicked.connect(lambda wanted: self._ask_rerun(row, wanted))
        row.note.given.connect(lambda text: self.note_given.emit(point_id, text))
        row.note.left.connect(self.note_left)
        row.delete.clicked.connect(lambda: self.delete_asked.emit(point_id))
        return row

    def _ask_rerun(self, row: _Row, wanted: bool) -> None:
        # The tick shows what is saved, not what was pressed.
        row.rerun.setChecked(not wanted)
        self.rerun_asked.emit(row.point_id, wanted)

    def _drop(self, row: _Row) -> None:
        self._list.removeWidget(row)
        row.hide()
        row.deleteLater()

    def row(self, point_id: str) -> _Row:
        """The row of a point."""
        return self._rows[point_id]

    def show_stones(self, point_id: str, stones: str) -> None:
        """The count of the running point, between two looks at everything."""
        if point_id in self._rows:
            self._rows[point_id].show_stones(stones)

    def edit_note(self, point_id: str) -> None:
        """Open the note of a point for typing."""
        if point_id in self._rows:
            self.reveal(point_id)
            self._rows[point_id].note.edit()

    def reveal(self, point_id: str) -> None:
        """Scroll no further than needed to see a point."""
        if point_id in self._rows:
            self.area.ensureWidgetVisible(self._rows[point_id], 0, 0)
