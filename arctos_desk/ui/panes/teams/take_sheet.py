"""A list that was pasted or read, before anything of it is written: its columns, its rows, what stands against them.

One button takes in what is ticked, as one step. Reads and compares by the functions it is given; writes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from arctos_desk.interchange.roster_headings import Means
from arctos_desk.interchange.roster_preview import Decision, RosterPreview, RowStatus, Take
from arctos_desk.interchange.roster_table import RosterTable
from arctos_desk.tournament.reasons import Problem
from arctos_desk.ui import theme
from arctos_desk.ui.dialogs.problems import ProblemList
from arctos_desk.ui.dialogs.sheet import Sheet
from arctos_desk.ui.panes.teams.take_table import TakeTable
from arctos_desk.ui.panes.teams.taking_rows import (
    MEANS_WORDS,
    STATUS_LOOKS,
    beside_words,
    column_rows,
    problems_in_order,
    source_words,
    status_counts,
    take_rows,
    take_words,
    why_not_take,
)
from arctos_desk.ui.text import plain_tip, tr
from arctos_desk.ui.widgets.button import Button
from arctos_desk.ui.widgets.card import Card
from arctos_desk.ui.widgets.chip import Chip
from arctos_desk.ui.widgets.choice import Choice
from arctos_desk.ui.widgets.elided_label import ElidedLabel
from arctos_desk.ui.widgets.label import label

TAKE_SHEET_PX: Final = 1160
_BESIDE_PX: Final = 320
_ACROSS: Final = 6
"""Columns of the list beside each other before they go on in the next line."""

Read = Callable[[Sequence[Means]], RosterTable]
Compare = Callable[[RosterTable, "str | None", Mapping[int, Decision]], RosterPreview]


class TakeSheet(Sheet):
    """`take_asked` carries the preview whose order a person wants performed."""

    take_asked = Signal(object)

    def __init__(self, host: QWidget) -> None:
        super().__init__(tr("Take in teams and players"), host, name="take_sheet", width=TAKE_SHEET_PX)
        self._read: Read | None = None
        self._compare: Compare | None = None
        self._table = RosterTable()
        self._preview: RosterPreview | None = None
        self._found: tuple[Means, ...] = ()
        self._said: dict[int, Means] = {}
        self._decisions: dict[int, Decision] = {}
        self._refused: tuple[Problem, ...] = ()
        self._why_not = ""
        self._choices: list[Choice] = []
        self._chips: list[Chip] = []
        self._build()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.GAP_8)
        self.source = ElidedLabel("", self.inside, name="take_source", weight=600)
        self.source.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        head.addWidget(self.source, 1)
        self._counts = QHBoxLayout()
        self._counts.setSpacing(theme.GAP_8)
        head.addLayout(self._counts)
        self.body.addLayout(head)
        self.columns = QWidget(self.inside)
        self._grid = QGridLayout(self.columns)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.GAP_12)
        self._grid.setVerticalSpacing(theme.GAP_4)
        self.body.addWidget(self.columns)
        self.into = QWidget(self.inside)
        into = QHBoxLayout(self.into)
        into.setContentsMargins(0, 0, 0, 0)
        into.setSpacing(theme.GAP_12)
        into.addWidget(label(tr("The list names no teams. Its players go to"), self.into))
        self.team = Choice(self.into, name="take_team", accessible=tr("The team of these players"))
        self.team.activated.connect(lambda _: self._compare_again())
        into.addWidget(self.team)
        into.addStretch(1)
        self.body.addWidget(self.into)
        middle = QHBoxLayout()
        middle.setSpacing(theme.GAP_12)
        card = Card("", self.inside, name="take_card", padding=0)
        line = theme.tokens().line_px
        card.body.setContentsMargins(line, line, line, line)
        self.table = TakeTable(card)
        self.table.setMinimumHeight(152)
        self.table.toggled.connect(self._toggle)
        self.table.row_chosen.connect(self._show_decision)
        self.table.decision_wanted.connect(self._to_decision)
        card.body.addWidget(self.table)
        self.rows_card = card
        middle.addWidget(card, 1)
        middle.addWidget(self._beside())
        self.body.addLayout(middle, 1)
        foot = QHBoxLayout()
        foot.setSpacing(theme.GAP_12)
        self.row_name = ElidedLabel("", self, name="take_row", weight=600)
        self.row_name.setMaximumWidth(220)
        self.row_name.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.decision = Choice(self, name="take_decision", accessible=tr("What this row is"))
        self.decision.setMinimumWidth(200)
        self.decision.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.decision.setMaximumWidth(420)
        self.decision.activated.connect(self._decide)
        foot.addWidget(self.row_name)
        foot.addWidget(self.decision, 2)
        foot.addStretch(1)
        self.back = Button(tr("Close"), self, name="take_close", key="Esc")
        self.back.clicked.connect(self.close_sheet)
        self.take = Button("", self, name="take_go", key="Ctrl+Return", kind="primary")
        self.take.clicked.connect(self._ask)
        foot.addWidget(self.back)
        foot.addWidget(self.take)
        self.set_foot(foot)
        key = QShortcut(QKeySequence("Ctrl+Return"), self)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(self._ask)

    def _beside(self) -> QWidget:
        self.beside = QWidget(self.inside)
        self.beside.setFixedWidth(_BESIDE_PX)
        column = QVBoxLayout(self.beside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_12)
        self.problems = ProblemList(self.beside, name="take_problems")
        self.problems.setMinimumHeight(112)
        # The chips at the top count already.
        self.problems.count.hide()
        column.addWidget(self.problems, 3)
        self.told = Card(tr("Left out and noticed"), self.beside, name="take_told", padding=0)
        self.told.setMinimumHeight(112)
        area = QScrollArea(self.told)
        area.setObjectName("take_told_area")
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setProperty("ring", "inside")
        self.told_words = label("", name="take_told_words", size="small", wrap=True)
        self.told_words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.told_words.setContentsMargins(theme.GAP_16, theme.GAP_12, theme.GAP_16, theme.GAP_12)
        area.setWidget(self.told_words)
        self.told.body.addWidget(area)
        column.addWidget(self.told, 2)
        return self.beside

    def place(self) -> None:
        """As high as there is room: rows and problems scroll by themselves, and nothing else does."""
        super().place()
        room, at = self._host.rect(), self.geometry()
        at.setHeight(room.height() - theme.HEADER_PX - theme.STATUS_PX - 2 * theme.GAP_8)
        self.setGeometry(at)

    # showing

    @property
    def preview(self) -> RosterPreview | None:
        """What would be done as it stands now."""
        return self._preview

    def show_list(
        self, read: Read, compare: Compare, *, teams: Sequence[tuple[str, str]], team: str, why_not: str = ""
    ) -> None:
        """Look at a list. `teams` are (id, name) into which a list without teams may go, `team` the one chosen."""
        self._read, self._compare, self._said, self._why_not = read, compare, {}, why_not
        self.team.clear()
        for team_id, name in teams:
            self.team.addItem(name, team_id)
        self.team.addItem(tr("Mercenaries"), "")
        self.team.setCurrentIndex(max(0, self.team.findData(team)))
        self._read_again()
        self.open_sheet()

    def _read_again(self) -> None:
        if self._read is None:
            return
        self._table = self._read(self._means())
        if not self._said:
            self._found = tuple(column.means for column in self._table.columns)
        self._decisions = {}
        self._show_columns()
        self._compare_again()

    def compare_again(self, why_not: str = "") -> None:
        """The event changed meanwhile, or who acts: compare with who is there now."""
        self._why_not = why_not
        if self.is_open:
            self._compare_again()

    def _compare_again(self) -> None:
        if self._compare is None:
            return
        team = self.team.currentData() or None
        self._refused = ()
        self._preview = self._compare(self._table, team, self._decisions)
        self._show()

    def _show(self) -> None:
        preview = self._preview
        if preview is None:
            return
        self.source.set_text(source_words(self._table))
        self._show_counts(preview)
        rows = take_rows(preview)
        self.table.show_rows(rows)
        self.rows_card.setVisible(bool(rows))
        self.into.setVisible(bool(rows) and not self._table.names_teams)
        problems = (*self._refused, *problems_in_order(preview.problems))
        told = beside_words(preview)
        self.problems.setVisible(bool(problems))
        if problems != self.problems.problems or not problems:
            self.problems.show_problems(problems)
        self.told.setVisible(bool(told))
        self.told_words.setText("\n\n".join(told))
        self.beside.setVisible(bool(problems or told))
        # Without rows what is wrong has the whole width.
        self.beside.setMinimumWidth(_BESIDE_PX)
        self.beside.setMaximumWidth(_BESIDE_PX if rows else TAKE_SHEET_PX)
        why_not = self._why_not or why_not_take(preview)
        self.take.set_words(take_words(preview), why_not or tr("Write what is ticked, as one step that can be undone"))
        self.take.setEnabled(not why_not)
        self._show_decision()
        self.place()

    def _show_counts(self, preview: RosterPreview) -> None:
        for chip in self._chips:
            self._counts.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = []
        for status, words in status_counts(preview):
            hue, icon = STATUS_LOOKS[status]
            chip = Chip(words, hue, icon, self.inside, name=f"take_count_{RowStatus(status).name.lower()}")
            self._counts.addWidget(chip)
            self._chips.append(chip)

    def _show_columns(self) -> None:
        rows = column_rows(self._table.columns)
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = None if item is None else item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._choices = []
        for place, row in enumerate(rows):
            line, column = 2 * (place // _ACROSS), place % _ACROSS
            title = ElidedLabel(row.title, self.columns, size="small", weight=600, tone="muted")
            choice = Choice(self.columns, name=f"take_column_{place}", accessible=tr("{heading} is", heading=row.title))
            choice.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            choice.setMinimumWidth(112)
            for means, words in row.options:
                choice.addItem(words, means)
            known = [means for means, _ in row.options]
            choice.setCurrentIndex(known.index(row.means) if row.means in known else len(known) - 1)
            choice.activated.connect(lambda _, which=place: self._mean(which))
            self._grid.addWidget(title, line, column)
            self._grid.addWidget(choice, line + 1, column)
            self._choices.append(choice)
        for column in range(_ACROSS):
            self._grid.setColumnStretch(column, 1)
        self.columns.setVisible(bool(rows))

    def _mean(self, place: int) -> None:
        """A person says what a column means; keys walk through the list, so what they pass by leaves no trace."""
        self._said.pop(place, None)
        self._said[place] = self._choices[place].currentData()
        self._read_again()
        if place < len(self._choices):
            self._choices[place].setFocus(Qt.FocusReason.OtherFocusReason)

    def _means(self) -> tuple[Means, ...]:
        """What each column means: as a person said, the last word first; another column that means the same is free."""
        if not self._said:
            return ()
        means = list(self._found)
        for place, one in enumerate(means):
            if place not in self._said and one in self._said.values():
                means[place] = Means.UNKNOWN
        given: set[Means] = set()
        for place, one in reversed(self._said.items()):
            means[place] = Means.UNKNOWN if one in given else one
            given |= {one} & MEANS_WORDS.keys()
        return tuple(means)

    # deciding

    def _show_decision(self) -> None:
        row = self.table.chosen
        self.decision.clear()
        self.row_name.set_text("" if row is None else tr("Row {row}: {name}", row=row.row, name=row.name))
        for part in (self.row_name, self.decision):
            part.setVisible(row is not None)
        if row is None:
            return
        for one in row.decisions:
            self.decision.addItem(one.words)
            self.decision.setItemData(self.decision.count() - 1, plain_tip(one.words), Qt.ItemDataRole.ToolTipRole)
        self.decision.setCurrentIndex(row.chosen)
        self.decision.setEnabled(len(row.decisions) > 1)
        self.decision.setToolTip(plain_tip(row.told))

    def _to_decision(self) -> None:
        if self.decision.isEnabled() and self.decision.isVisible():
            self.decision.setFocus(Qt.FocusReason.OtherFocusReason)

    def _decide(self, place: int) -> None:
        row = self.table.chosen
        if row is not None and 0 <= place < len(row.decisions):
            self._say(row.row, row.decisions[place].decision)

    def _toggle(self, number: int) -> None:
        row = next((one for one in self.table.rows.rows if one.row == number), None)
        if row is not None:
            self._say(number, Decision(Take.LEAVE_OUT) if row.taken and row.can_take else None)

    def _say(self, number: int, decision: Decision | None) -> None:
        if decision is None:
            self._decisions.pop(number, None)
        else:
            self._decisions[number] = decision
        self._compare_again()

    def _ask(self) -> None:
        if self._preview is not None and self.take.isEnabled() and self.is_open:
            self.take_asked.emit(self._preview)

    def show_refused(self, problems: Sequence[Problem]) -> None:
        """What stood against taking it in; nothing was written."""
        self._refused = tuple(problems)
        self._show()

    def take_focus(self) -> None:
        target: QWidget = self.table if self.table.rows.rows else self.back
        target.setFocus(Qt.FocusReason.OtherFocusReason)
