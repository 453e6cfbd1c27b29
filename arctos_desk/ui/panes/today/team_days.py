"""What both teams did and will do today, side by side. Shows rows, computes none."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from arctos_desk.ui import theme
from arctos_desk.ui.panes.today.rows import TeamDayRow
from arctos_desk.ui.text import tr
from arctos_desk.ui.widgets.card import Card
from arctos_desk.ui.widgets.chip import Chip
from arctos_desk.ui.widgets.elided_label import ElidedLabel
from arctos_desk.ui.widgets.label import label

_ROW_PX = 40


class _Line(QWidget):
    def __init__(self, parent: QWidget, row: TeamDayRow) -> None:
        super().__init__(parent)
        self.setFixedHeight(_ROW_PX)
        self._this = row.this
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.GAP_16, 0, theme.GAP_16, 0)
        line.setSpacing(theme.GAP_12)
        line.addWidget(label(row.time, self, weight=700))
        name = ElidedLabel(row.name, self, weight=600)
        name.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        line.addWidget(name)
        opponent = ElidedLabel(row.opponent, self, tone="muted")
        opponent.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        line.addWidget(opponent, 1)
        if row.hue is not None and row.result:
            line.addWidget(Chip(row.result, row.hue, None, self))
        elif row.result:
            line.addWidget(label(row.result, self, weight=600))
        elif row.this:
            line.addWidget(Chip(tr("this match"), "accent", None, self))

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        if self._this:
            painter.fillRect(self.rect(), QColor(t.accent.soft))
        painter.fillRect(QRectF(0, self.height() - t.line_px, self.width(), t.line_px), QColor(t.border))


class TeamDay(Card):
    """The day of one team."""

    def __init__(self, parent: QWidget | None = None, *, name: str) -> None:
        super().__init__(" ", parent, name=name, padding=0)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self._area = QScrollArea(self)
        self._area.setObjectName(f"{name}_area")
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.body.addWidget(self._area, 1)
        self._rows: tuple[TeamDayRow, ...] | None = None

    def show_team(self, team: str, rows: Sequence[TeamDayRow]) -> None:
        title = self.title
        assert title is not None
        title.set_text(team)
        if tuple(rows) == self._rows:
            return
        self._rows = tuple(rows)
        inside = QWidget()
        inside.setProperty("ground", "none")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for row in rows:
            column.addWidget(_Line(inside, row))
        if not rows:
            words = label(tr("Not known yet. Its day appears here once it is."), inside, tone="muted", wrap=True)
            words.setContentsMargins(theme.GAP_16, theme.GAP_12, theme.GAP_16, theme.GAP_12)
            column.addWidget(words)
        column.addStretch(1)
        self._area.setWidget(inside)


class TeamDays(QWidget):
    """Both teams, left and right as everywhere."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("team_days")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP_12)
        self.left = TeamDay(self, name="team_day_left")
        self.right = TeamDay(self, name="team_day_right")
        row.addWidget(self.left, 1)
        row.addWidget(self.right, 1)
