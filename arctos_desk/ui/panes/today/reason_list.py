"""Every reason against a start, with its words and the press that takes it away: stops, warnings, and what is fine.

Computes no reason.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from arctos_desk.ui import theme
from arctos_desk.ui.icons import IconName
from arctos_desk.ui.panes.today.rows import ReasonRow, counts
from arctos_desk.ui.refresh import restore_focus
from arctos_desk.ui.text import tr, tr_n
from arctos_desk.ui.theme import HueName
from arctos_desk.ui.widgets.button import Button
from arctos_desk.ui.widgets.card import Card, rule
from arctos_desk.ui.widgets.chip import Chip
from arctos_desk.ui.widgets.label import label
from arctos_desk.ui.widgets.notice import IconView

_LOOKS: dict[str, tuple[IconName, HueName]] = {
    "stop": ("cross", "danger"),
    "warn": ("warning", "warning"),
    "fine": ("check", "running"),
}


class _Reason(QWidget):
    def __init__(self, parent: QWidget, row: ReasonRow) -> None:
        super().__init__(parent)
        self.setObjectName(f"reason_{row.code}")
        self.setMinimumHeight(theme.TARGET_PX)
        icon, hue = _LOOKS[row.kind]
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.GAP_16, theme.GAP_8, theme.GAP_16, theme.GAP_8)
        line.setSpacing(theme.GAP_16)
        line.addWidget(IconView(icon, hue, 20, self), 0, Qt.AlignmentFlag.AlignVCenter)
        words = QVBoxLayout()
        words.setSpacing(0)
        headline = label(row.headline, self, weight=600, wrap=True)
        words.addWidget(headline)
        if row.sentence:
            words.addWidget(label(row.sentence, self, size="small", tone="muted", wrap=True))
        line.addLayout(words, 1)
        self.button: Button | None = None
        if row.act:
            self.button = Button(
                row.act_text,
                self,
                name=f"act_{row.code}",
                big=True,
                accessible=f"{row.act_text}: {row.headline}",
                tooltip=row.headline,
            )
            line.addWidget(self.button)
        kinds = {"stop": tr("stops"), "warn": tr("warns"), "fine": tr("fine")}
        self.setAccessibleName(f"{kinds[row.kind]}: {row.headline}. {row.sentence}".strip())


class ReasonList(Card):
    """`acted` carries the row whose button was pressed."""

    acted = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, name: str = "reasons") -> None:
        super().__init__(tr("Why can't this start?"), parent, name=name, padding=0)
        self.stops = Chip(name=f"{name}_stops")
        self.warns = Chip(name=f"{name}_warns")
        # A line of their own: beside them the title would be cut, in other languages most of it.
        self._counts = QWidget(self)
        line = QHBoxLayout(self._counts)
        line.setContentsMargins(theme.GAP_16, theme.GAP_8, theme.GAP_16, theme.GAP_8)
        line.setSpacing(theme.GAP_8)
        line.addWidget(self.stops)
        line.addWidget(self.warns)
        line.addStretch(1)
        self.body.setSpacing(0)
        self.body.addWidget(self._counts)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self._area = QScrollArea(self)
        self._area.setObjectName(f"{name}_area")
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.body.addWidget(self._area, 1)
        self._rows: tuple[ReasonRow, ...] = ()
        self._inside = QWidget()
        self._show(())

    @property
    def rows(self) -> tuple[ReasonRow, ...]:
        return self._rows

    def show_reasons(self, rows: Sequence[ReasonRow]) -> None:
        if tuple(rows) == self._rows:
            return
        focus: QWidget | None = self.window().focusWidget()
        name = focus.objectName() if focus is not None and self.isAncestorOf(focus) else ""
        self._show(tuple(rows))
        if name:
            again = self.findChild(QWidget, name)
            restore_focus(again, self)

    def _show(self, rows: tuple[ReasonRow, ...]) -> None:
        self._rows = rows
        stops, warns = counts(rows)
        title = self.title
        assert title is not None
        title.set_text(tr("Why can't this start?") if stops or warns else tr("Everything is ready"))
        self._counts.setVisible(bool(stops or warns))
        self.stops.setVisible(bool(stops))
        self.warns.setVisible(bool(warns))
        self.stops.show_state(tr_n("{count} reason", "{count} reasons", stops), "danger", "cross")
        self.warns.show_state(tr_n("{count} warning", "{count} warnings", warns), "warning", "warning")
        inside = QWidget()
        inside.setProperty("ground", "none")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for place, row in enumerate(rows):
            widget = _Reason(inside, row)
            if widget.button is not None:
                widget.button.clicked.connect(lambda _=False, which=row: self.acted.emit(which))
            column.addWidget(widget)
            if place < len(rows) - 1:
                column.addWidget(rule(inside))
        column.addStretch(1)
        self._area.setWidget(inside)
        self._inside = inside
