"""The page under the control while a match is finished or over: all points set by set, and the final note.

Proposes nothing and states nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from arctos_desk.ui import theme
from arctos_desk.ui.panes.today.note_edit import NoteEdit
from arctos_desk.ui.panes.today.rows import SummaryRow
from arctos_desk.ui.text import plain_tip, tr
from arctos_desk.ui.widgets import paint
from arctos_desk.ui.widgets.card import Card
from arctos_desk.ui.widgets.elided_label import ElidedLabel
from arctos_desk.ui.widgets.label import label

_CELL_PX: Final = 26
_LANE_PX: Final = 24


class CourseOfSet(QWidget):
    """The points of one set in their order: above those of the left team, below those of the right one."""

    def __init__(self, row: SummaryRow, teams: tuple[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = row
        self._teams = teams
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        sides = {"TEAM1": teams[0], "TEAM2": teams[1], "": tr("nobody")}
        told = ", ".join(f"{number} {tr('rerun') if rerun else sides[side]}" for number, side, rerun in row.points)
        self.setAccessibleName(f"{row.name} {row.score}: {told}")
        self.setToolTip(plain_tip(told))

    def sizeHint(self) -> QSize:
        return QSize(len(self._row.points) * _CELL_PX, 2 * _LANE_PX + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(_CELL_PX, 2 * _LANE_PX + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        middle = self.height() / 2
        painter.fillRect(QRectF(0, middle, len(self._row.points) * _CELL_PX, t.line_px), t.border)
        font = theme.font("small", 700)
        for place, (number, side, rerun) in enumerate(self._row.points):
            top = middle - _LANE_PX if side == "TEAM1" else middle + 2 if side == "TEAM2" else middle - _LANE_PX / 2
            box = QRectF(place * _CELL_PX, top, _CELL_PX - 4, _LANE_PX - 2)
            if rerun:
                fill, edge, ink = t.surface, t.border, t.done.colour
            elif side:
                fill, edge, ink = t.accent.colour, t.accent.colour, t.on
            else:
                fill, edge, ink = t.warning.soft, t.warning.colour, t.warning.colour
            paint.box(painter, box, fill=fill, edge=edge, line=t.line_px, radius=theme.RADIUS_CHIP)
            font.setStrikeOut(rerun)
            paint.line_of_text(
                painter, box, number, font=font, colour=ink, align=Qt.AlignmentFlag.AlignHCenter, elide=False
            )


class Summary(Card):
    """All points of the match, set by set."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("All points"), parent, name="summary", padding=0)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self.warning = label("", self, name="summary_warning", size="small", weight=600, tone="warning")
        self.tools.addWidget(self.warning)
        self.area = QScrollArea(self)
        self.area.setObjectName("summary_area")
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setProperty("ring", "inside")
        self.area.setAccessibleName(tr("All points"))
        self.body.addWidget(self.area, 1)
        self._shown: tuple[tuple[SummaryRow, ...], tuple[str, str]] | None = None

    def show_summary(self, rows: Sequence[SummaryRow], teams: tuple[str, str], warning: str) -> None:
        self.warning.setText(warning)
        if self._shown == (tuple(rows), teams):
            return
        self._shown = (tuple(rows), teams)
        inside = QWidget()
        inside.setProperty("ground", "none")
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.GAP_16, theme.GAP_8, theme.GAP_16, theme.GAP_8)
        column.setSpacing(theme.GAP_8)
        width = max([ceil(paint.width_of(team, theme.font("small"))) for team in teams] or [0])
        for row in rows:
            line = QHBoxLayout()
            line.setSpacing(theme.GAP_16)
            figures = QVBoxLayout()
            figures.setSpacing(0)
            figures.addWidget(label(row.name, inside, size="small", tone="muted"))
            figures.addWidget(label(row.score, inside, size="title", weight=700))
            line.addLayout(figures)
            names = QVBoxLayout()
            names.setSpacing(theme.GAP_8)
            for team in teams:
                name = ElidedLabel(team, inside, size="small", tone="muted")
                name.setFixedWidth(min(160, width + 2))
                names.addWidget(name)
            line.addLayout(names)
            line.addWidget(CourseOfSet(row, teams, inside))
            line.addStretch(1)
            column.addLayout(line)
        if not rows:
            column.addWidget(label(tr("No points were recorded."), inside, tone="muted"))
        column.addStretch(1)
        self.area.setWidget(inside)


class FinishPage(QWidget):
    """Summary at the left, final note at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("finish_page")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP_12)
        self.summary = Summary(self)
        row.addWidget(self.summary, 3)
        self.note_card = Card(tr("Final note (public)"), self, name="final_note_card", padding=theme.GAP_8)
        self.note_card.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self.note = NoteEdit(self, name="final_note", accessible=tr("Final note, public"))
        self.note_card.body.addWidget(self.note)
        row.addWidget(self.note_card, 2)

    def show_note(self, text: str, *, editable: bool) -> None:
        self.note.setReadOnly(not editable)
        self.note.setPlaceholderText(tr("What others should know of this match") if editable else tr("No note"))
        if not editable and self.note.toPlainText() != text:
            self.note.setPlainText(text)
