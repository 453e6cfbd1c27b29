"""The column at the right of the board: one match in words, what warns about it, and why it has the time it has.

Shows what it is given and changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from arctos_desk.tournament.kinds import Status
from arctos_desk.ui import theme
from arctos_desk.ui.icons import IconName
from arctos_desk.ui.panes.schedule_board.rows import DetailRow, InspectorRows, WarningRow, WhyRow
from arctos_desk.ui.text import tr
from arctos_desk.ui.theme import HueName
from arctos_desk.ui.widgets.button import Button
from arctos_desk.ui.widgets.card import rule
from arctos_desk.ui.widgets.chip import Chip
from arctos_desk.ui.widgets.elided_label import ElidedLabel
from arctos_desk.ui.widgets.empty_state import EmptyState
from arctos_desk.ui.widgets.label import label
from arctos_desk.ui.widgets.notice import IconView, Notice

_CHIPS: Final[dict[Status, tuple[HueName, IconName | None]]] = {
    Status.NOT_STARTED: ("done", "clock"),
    Status.TIME_FINALIZED: ("done", "lock"),
    Status.READY_TO_START: ("ready", "today"),
    Status.IN_PROGRESS: ("running", "play"),
    Status.COMPLETED: ("done", "check"),
    Status.SKIPPED: ("done", "cross"),
}


class _WhyStep(QAbstractButton):
    """A step: a ring, or a filled dot for a fact, on a line that leads to the next. A press goes to its match."""

    def __init__(self, row: WhyRow, parent: QWidget, *, last: bool, leads: bool) -> None:
        super().__init__(parent)
        self._row = row
        self._last = last
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.GAP_24, 0, 0, theme.GAP_8)
        column.setSpacing(0)
        column.addWidget(label(row.text, self, weight=600, wrap=True))
        if row.second:
            column.addWidget(label(row.second, self, size="small", tone="muted", wrap=True))
        self.setAccessibleName(f"{row.text}. {row.second}" if row.second else row.text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if leads else Qt.FocusPolicy.NoFocus)
        self.setProperty("ring", "inside")
        if leads:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setToolTip(tr("Go to this match"))
        else:
            self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        layout = self.layout()
        return layout.sizeHint() if layout is not None else super().sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._last:
            painter.fillRect(QRectF(7, 16, 2, self.height() - 12), QColor(t.border))
        painter.setPen(QPen(QColor(t.accent.colour), 2))
        painter.setBrush(QColor(t.accent.colour if self._row.fact else t.surface))
        painter.drawEllipse(QRectF(4, 6, 8, 8))


class Inspector(QWidget):
    """`closed`, `opened`, `edited` and `led` are intents; the last three carry a match: to work on, change, look at."""

    closed = Signal()
    opened = Signal(str)
    edited = Signal(str)
    led = Signal(str)

    WIDTH_PX: Final = 352

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspector")
        self._match_id = ""
        self._shown: tuple[InspectorRows | None, tuple[WhyRow, ...], tuple[WarningRow, ...]] = (None, (), ())
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)

        head = QHBoxLayout()
        head.setContentsMargins(theme.GAP_16, theme.GAP_12, theme.GAP_12, theme.GAP_8)
        head.setSpacing(theme.GAP_8)
        self.name = ElidedLabel("", self, name="inspector_name", size="title", weight=700)
        self.name.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.status = Chip("", "done", parent=self, name="inspector_status")
        self.close_button = Button(
            "",
            self,
            name="inspector_close",
            icon="cross",
            kind="quiet",
            accessible=tr("Close details"),
            tooltip=tr("Close details  (Esc)"),
        )
        self.close_button.clicked.connect(self.closed)
        head.addWidget(self.name)
        head.addWidget(self.status)
        head.addStretch(1)
        head.addWidget(self.close_button)
        outer.addLayout(head)
        self._below = QHBoxLayout()
        self._below.setContentsMargins(theme.GAP_16, 0, theme.GAP_16, 0)
        self._head = head
        outer.addLayout(self._below)

        self.area = QScrollArea(self)
        self.area.setObjectName("inspector_scroll")
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.area.setProperty("ring", "inside")
        self.area.setAccessibleName(tr("Details of the match"))
        outer.addWidget(self.area, 1)

        self.foot = QWidget(self)
        foot = QVBoxLayout(self.foot)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(0)
        foot.addWidget(rule(self.foot))
        buttons = QHBoxLayout()
        buttons.setContentsMargins(theme.GAP_16, theme.GAP_12, theme.GAP_16, theme.GAP_12)
        buttons.setSpacing(theme.GAP_8)
        buttons.addStretch(1)
        self.edit_button = Button(tr("Change"), self.foot, name="inspector_edit", key="F2")
        self.edit_button.setToolTip(tr("Change this row of the schedule  (F2)"))
        self.edit_button.clicked.connect(lambda: self.edited.emit(self._match_id))
        buttons.addWidget(self.edit_button)
        self.open_button = Button(tr("Open match"), self.foot, name="inspector_open", key="Enter", kind="primary")
        self.open_button.setToolTip(tr("Open this match on its field  (Enter)"))
        self.open_button.clicked.connect(lambda: self.opened.emit(self._match_id))
        buttons.addWidget(self.open_button)
        foot.addLayout(buttons)
        outer.addWidget(self.foot)
        self._show_nothing()

    def sizeHint(self) -> QSize:
        return QSize(self.WIDTH_PX, 480)

    @property
    def match_id(self) -> str:
        """The match it shows; empty for none."""
        return self._match_id

    @property
    def texts(self) -> tuple[str, ...]:
        """Every word it shows, from top to bottom."""
        rows, why, warnings = self._shown
        if rows is None:
            return ()
        found = [rows.name, rows.status_text]
        for detail in rows.details:
            found += [detail.label, detail.value, detail.second]
        found += [*rows.notes, *(part for one in warnings for part in (one.text, one.second))]
        found += [rows.why_title, rows.why_second, *(part for one in why for part in (one.text, one.second))]
        return tuple(text for text in found if text)

    def show_match(
        self, rows: InspectorRows | None, why: Sequence[WhyRow] = (), warnings: Sequence[WarningRow] = ()
    ) -> None:
        """Show one match, or what to do when there is none. The same match keeps its scroll."""
        wanted = (rows, tuple(why), tuple(warnings))
        if wanted == self._shown:
            return
        same_match = rows is not None and rows.match_id == self._match_id
        at = self.area.verticalScrollBar().value() if same_match else 0
        self._shown = wanted
        if rows is None:
            self._show_nothing()
            return
        self._match_id = rows.match_id
        self.name.set_text(rows.name)
        hue, icon = _CHIPS[rows.status]
        self.status.show_state(rows.status_text, hue, icon)
        self._place_status()
        for part in (self.name, self.status, self.foot):
            part.show()
        body = QWidget()
        body.setProperty("ground", "none")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, theme.GAP_16)
        column.setSpacing(0)
        column.addLayout(self._details(rows.details, body))
        for text in rows.notes:
            column.addWidget(self._inset(Notice(text, hue="danger", parent=body, name="inspector_note"), body))
        for number, one in enumerate(warnings):
            notice = Notice(one.text, one.second, "warning", body, name=f"inspector_warning_{number}")
            column.addWidget(self._inset(notice, body))
        column.addSpacing(theme.GAP_16)
        column.addWidget(rule(body))
        title = QHBoxLayout()
        title.setContentsMargins(theme.GAP_16, theme.GAP_12, theme.GAP_16, theme.GAP_12)
        title.setSpacing(theme.GAP_8)
        title.addWidget(label(rows.why_title, body, name="inspector_why", size="large", weight=700))
        second = ElidedLabel(rows.why_second, body, name="inspector_why_plan", size="small", tone="muted", right=True)
        title.addWidget(second, 1)
        column.addLayout(title)
        steps = QVBoxLayout()
        steps.setContentsMargins(theme.GAP_16, 0, theme.GAP_16, 0)
        steps.setSpacing(0)
        for number, step in enumerate(why):
            leads = bool(step.match_id) and step.match_id != rows.match_id
            shown = _WhyStep(step, body, last=number == len(why) - 1, leads=leads)
            shown.setObjectName(f"inspector_why_{number}")
            shown.clicked.connect(lambda _=False, match_id=step.match_id: self.led.emit(match_id))
            steps.addWidget(shown)
        if not why:
            steps.addWidget(label(tr("Nothing moves this time: it is the plan."), body, tone="muted", wrap=True))
        column.addLayout(steps)
        column.addStretch(1)
        self.area.setWidget(body)
        self.area.verticalScrollBar().setValue(at)

    def _place_status(self) -> None:
        """Beside the name, or below one that needs the whole line."""
        room = self.WIDTH_PX - theme.GAP_16 - theme.GAP_12 - theme.CONTROL_PX - 2 * theme.GAP_8
        beside = self.name.sizeHint().width() + self.status.sizeHint().width() + theme.GAP_8 <= room
        target, other = (self._head, self._below) if beside else (self._below, self._head)
        other.removeWidget(self.status)
        target.removeWidget(self.status)
        target.insertWidget(1 if beside else 0, self.status, 0, Qt.AlignmentFlag.AlignLeft)

    def _show_nothing(self) -> None:
        self._match_id = ""
        for part in (self.name, self.status, self.foot):
            part.hide()
        empty = EmptyState(
            tr("No match chosen"),
            tr("Choose a match on the board with a click or the arrow keys. Here you see why it has its time."),
            name="inspector_empty",
        )
        self.area.setWidget(empty)
        empty.setAutoFillBackground(False)  # the scroll area switches it on; the column is one surface

    @staticmethod
    def _inset(widget: QWidget, parent: QWidget) -> QWidget:
        box = QWidget(parent)
        row = QVBoxLayout(box)
        row.setContentsMargins(theme.GAP_16, theme.GAP_12, theme.GAP_16, 0)
        row.addWidget(widget)
        return box

    @staticmethod
    def _details(details: Sequence[DetailRow], parent: QWidget) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(theme.GAP_16, theme.GAP_4, theme.GAP_16, 0)
        grid.setHorizontalSpacing(theme.GAP_12)
        grid.setVerticalSpacing(0)
        grid.setColumnMinimumWidth(0, 88)
        grid.setColumnStretch(1, 1)
        for number, detail in enumerate(details):
            name = label(detail.label, parent, size="small", weight=600, tone="muted")
            name.setFixedHeight(32)
            grid.addWidget(name, number, 0)
            line = QHBoxLayout()
            line.setSpacing(theme.GAP_8)
            if detail.referee:
                line.addWidget(IconView("whistle", "reffing", 16, parent))
            value = ElidedLabel(detail.value, parent, name=f"detail_{number}", weight=500)
            value.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
            line.addWidget(value, 3)
            if detail.second:
                second = ElidedLabel(detail.second, parent, size="small", tone="muted", right=True)
                second.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
                line.addWidget(second, 2)
            grid.addLayout(line, number, 1)
        return grid
