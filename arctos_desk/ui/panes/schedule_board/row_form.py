"""The form of one row of the schedule: a match, a break or a join, made new or changed. Emits an order's inputs.

Performs nothing itself and knows no rule; what was refused appears beside the input that it is about.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QWidget

from arctos_desk.tournament.kinds import MatchKind
from arctos_desk.tournament.reasons import Problem
from arctos_desk.ui import theme
from arctos_desk.ui.dialogs.sheet import Sheet
from arctos_desk.ui.panes.schedule_board.form_rows import (
    KEPT_MODE,
    KIND_WORDS,
    Entered,
    rows_of_field,
    slot_words,
)
from arctos_desk.ui.text import plain_tip, render, tr
from arctos_desk.ui.widgets.button import Button
from arctos_desk.ui.widgets.choice import Choice
from arctos_desk.ui.widgets.label import label
from arctos_desk.ui.widgets.tick_box import TickBox

if TYPE_CHECKING:
    from arctos_desk.operations.state import State
    from arctos_desk.tournament.records import Match

FORM_PX: Final = 560
_PLACES: Final = {"start": "time", "teams": "team1", "skip": "skip_condition", "minutes": "length"}
"""Places that commands name, where the input is called otherwise."""
_ALWAYS: Final = frozenset({"kind", "name", "fields"})
_SHOWN: Final = {
    MatchKind.STATIC: {"day", "length", "team1", "team2", "referees", "mode", "group", "ribbon"},
    MatchKind.SAFE: {"previous", "length", "team1", "team2", "referees", "mode", "group", "ribbon", "skip_condition"},
    MatchKind.FAST: {"previous", "length", "team1", "team2", "referees", "mode", "group", "ribbon", "skip_condition"},
    MatchKind.BREAK: {"length"},
    MatchKind.STATBREAK: {"day", "length"},
    MatchKind.JOIN: set[str](),
}


class ListCompleter(QCompleter):
    """Completes the last of several names with commas between them."""

    def splitPath(self, path: str) -> list[str]:
        return [path.rsplit(",", 1)[-1].strip()]

    def pathFromIndex(self, index) -> str:  # type: ignore[no-untyped-def]  # Qt names the type by its place
        name = str(super().pathFromIndex(index))
        widget = self.widget()
        before = widget.text() if isinstance(widget, QLineEdit) else ""
        kept = before.rpartition(",")[0]
        return f"{kept}, {name}" if kept else name


class RowForm(Sheet):
    """`wanted` carries what was entered when a person wants it saved; `deletion_wanted` the row to take out."""

    wanted = Signal(object)
    deletion_wanted = Signal(str)

    def __init__(self, host: QWidget) -> None:
        super().__init__(tr("New row of the schedule"), host, name="row_form", width=FORM_PX)
        self._state: State | None = None
        self._match: Match | None = None
        self.shown = Entered()
        """What stood in the inputs when they were filled."""
        self._ticks: dict[str, TickBox] = {}
        self._rows: dict[str, tuple[QWidget, ...]] = {}
        self._wrong: dict[str, QLabel] = {}
        self._words = QStringListModel(self)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.GAP_12)
        self._grid.setVerticalSpacing(theme.GAP_4)
        self._grid.setColumnStretch(1, 1)
        self._build()
        self.body.addLayout(self._grid)
        self.wrong = label("", self.inside, name="row_wrong", weight=600, tone="danger", wrap=True)
        self.wrong.hide()
        self.body.addWidget(self.wrong)
        self.saved = label("", self.inside, name="row_saved", weight=600, tone="muted", wrap=True)
        self.saved.hide()
        self.body.addWidget(self.saved)
        self.body.addStretch(1)
        self.set_foot(self._buttons())

    # building

    def _build(self) -> None:
        self.kind = Choice(self.inside, name="row_kind", accessible=tr("Kind of row"))
        self._fit(self.kind)
        self.kind.activated.connect(lambda _: self._kind_chosen())
        self._row("kind", tr("Kind"), self.kind)
        self.name = self._input("row_name", tr("Name, such as A1 or Semi 2"), 200)
        self._row("name", tr("Name"), self.name)
        self.field = Choice(self.inside, name="row_field", accessible=tr("Field of the match"))
        self._fit(self.field)
        self.field.activated.connect(lambda _: self._field_chosen())
        self.field_ticks = QWidget(self.inside)
        ticks = QHBoxLayout(self.field_ticks)
        ticks.setContentsMargins(0, 0, 0, 0)
        ticks.setSpacing(theme.GAP_12)
        self._row("fields", tr("Field"), self._pair(self.field, self.field_ticks))
        self.previous = Choice(self.inside, name="row_previous", accessible=tr("Comes after"))
        self._fit(self.previous)
        self._row("previous", tr("Comes after"), self.previous)
        self.day = self._input("row_day", tr("Day, such as 2026-05-02"), 10)
        self.time = self._input("row_time", tr("Time, such as 10:30"), 5)
        self._row("day", tr("Day and time"), self._pair(self.day, self.time))
        self.length = self._input("row_length", tr("Length in minutes"), 5)
        self._row("length", tr("Length in minutes"), self.length)
        self.team1 = self._slot_input("row_team1", tr("First team: a team, tag::Name, Match::winner"))
        self._row("team1", tr("First team"), self.team1)
        self.team2 = self._slot_input("row_team2", tr("Second team: a team, tag::Name, Match::winner"))
        self._row("team2", tr("Second team"), self.team2)
        self.referees = self._input("row_referees", tr("Refereeing teams, with commas between them"), 1000)
        self._complete(ListCompleter(self._words, self.referees), self.referees)
        self._row("referees", tr("Referees"), self.referees)
        self.mode = Choice(self.inside, name="row_mode", accessible=tr("Rules of play"))
        self._fit(self.mode)
        self.mode.activated.connect(lambda _: self._mode_chosen())
        self._row("mode", tr("Rules of play"), self.mode)
        self.group = Choice(self.inside, name="row_group", accessible=tr("Table into which it counts"))
        self._fit(self.group)
        self._row("group", tr("Counts into"), self.group)
        self.skip_condition = self._input("row_skip", tr("Skipped when this script is true; empty: never"), 10_000)
        self._row("skip_condition", tr("Skipped when"), self.skip_condition)
        self.ribbon = TickBox(tr("Ribbon match: not in tables"), self.inside, name="row_ribbon")
        self._row("ribbon", "", self.ribbon)

    def _row(self, place: str, words: str, widget: QWidget) -> None:
        """One line of the form, and below it what is wrong with it."""
        at = self._grid.rowCount()
        name = label(words, self.inside, weight=600)
        wrong = label("", self.inside, name=f"row_wrong_{place}", size="small", weight=600, tone="danger", wrap=True)
        wrong.hide()
        self._grid.addWidget(name, at, 0)
        self._grid.addWidget(widget, at, 1)
        self._grid.addWidget(wrong, at + 1, 1)
        self._rows[place] = (name, widget)
        self._wrong[place] = wrong

    def _pair(self, *widgets: QWidget) -> QWidget:
        box = QWidget(self.inside)
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP_8)
        for widget in widgets:
            row.addWidget(widget, 1)
        return box

    def _input(self, name: str, words: str, most: int) -> QLineEdit:
        edit = QLineEdit(self.inside)
        edit.setObjectName(name)
        edit.setAccessibleName(words)
        edit.setPlaceholderText(words)
        edit.setToolTip(plain_tip(words))
        edit.setMaxLength(most)
        edit.setFont(theme.font())
        edit.returnPressed.connect(self._save)
        return edit

    def _slot_input(self, name: str, words: str) -> QLineEdit:
        edit = self._input(name, words, 300)
        self._complete(QCompleter(self._words, edit), edit)
        return edit

    @staticmethod
    def _complete(completer: QCompleter, edit: QLineEdit) -> None:
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setMaxVisibleItems(8)
        edit.setCompleter(completer)

    @staticmethod
    def _fit(choice: Choice) -> None:
        choice.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def _buttons(self) -> QHBoxLayout:
        self.save_button = Button(tr("Add"), self.inside, name="row_save", key="Enter", kind="primary")
        self.save_button.clicked.connect(self._save)
        self.delete_button = Button(tr("Delete"), self.inside, name="row_delete")
        self.delete_button.clicked.connect(self._delete)
        back = Button(tr("Close"), self.inside, name="row_close", key="Esc")
        back.clicked.connect(self.close_sheet)
        row = QHBoxLayout()
        row.setSpacing(theme.GAP_8)
        row.addWidget(self.delete_button)
        row.addStretch(1)
        row.addWidget(back)
        row.addWidget(self.save_button)
        return row

    # showing

    @property
    def match(self) -> Match | None:
        """The row that is being changed; None for a new one."""
        return self._match

    def ask(self, state: State, entered: Entered, match: Match | None = None, *, saved: str = "") -> None:
        """Show these inputs for a new row, or for one that is there."""
        self._state, self._match = state, match
        self.title.set_text(tr("New row of the schedule") if match is None else tr("Change {name}", name=match.name))
        self.save_button.setText(tr("Add") if match is None else tr("Save"))
        self.delete_button.setVisible(match is not None)
        self._words.setStringList(list(slot_words(state.event, apart_from="" if match is None else match.id)))
        self._fill(state, entered, match)
        self.shown = self.entered()
        self.saved.setText(saved)
        self.saved.setVisible(bool(saved))
        self.show_problems(())
        if self.is_open:
            self.place()
            self.take_focus()
        else:
            self.open_sheet()

    def _fill(self, state: State, entered: Entered, match: Match | None) -> None:
        event = state.event
        kinds = list(KIND_WORDS)
        if match is not None:
            kinds = [kind for kind in kinds if kind.is_game is match.kind.is_game]
        _offer(self.kind, [(kind.value, render(KIND_WORDS[kind])) for kind in kinds], entered.kind.value)
        self.name.setText(entered.name)
        self.name.setReadOnly(match is not None and not match.kind.is_game)
        fields = [(one.id, one.name) for one in event.fields.values()]
        _offer(self.field, [*fields, ("", tr("No field"))], entered.fields[0] if entered.fields else "")
        everywhere = entered.kind.is_game or not entered.fields
        self._show_ticks(fields, tuple(one for one, _ in fields) if everywhere else entered.fields)
        self.day.setText(entered.day)
        self.time.setText(entered.time)
        self.length.setText(entered.length)
        self.team1.setText(entered.team1)
        self.team2.setText(entered.team2)
        self.referees.setText(entered.referees)
        modes = [("", tr("Not said")), *((mode.id, mode.name) for mode in event.modes.values())]
        if entered.mode == KEPT_MODE and match is not None:
            modes.append((KEPT_MODE, match.mode or tr("As in the file")))
        _offer(self.mode, modes, entered.mode)
        _offer(
            self.group, [("", tr("No table")), *((one.id, one.name) for one in event.groups.values())], entered.group
        )
        self.skip_condition.setText(entered.skip_condition)
        self.ribbon.setChecked(entered.ribbon)
        self._show_previous(entered.previous)
        self._show_lines()

    def _show_ticks(self, fields: Sequence[tuple[str, str]], ticked: Sequence[str]) -> None:
        layout = self.field_ticks.layout()
        for tick in self._ticks.values():
            if layout is not None:
                layout.removeWidget(tick)
            tick.hide()
            tick.deleteLater()
        self._ticks = {}
        for number, (field_id, name) in enumerate(fields):
            tick = TickBox(name, self.field_ticks, name=f"row_field_{number}")
            tick.setChecked(field_id in ticked)
            if layout is not None:
                layout.addWidget(tick)
            self._ticks[field_id] = tick

    def _show_previous(self, wanted: str) -> None:
        state, field_id = self._state, self.field.currentData()
        rows: tuple[tuple[str, str], ...] = ()
        if state is not None and isinstance(field_id, str) and field_id:
            rows = rows_of_field(state, field_id, apart_from="" if self._match is None else self._match.id)
        _offer(self.previous, [("", tr("The last of the field")), *rows], wanted)

    def _show_lines(self) -> None:
        kind = self._kind()
        shown = _SHOWN[kind] | _ALWAYS
        for place, widgets in self._rows.items():
            for widget in widgets:
                widget.setVisible(place in shown)
            if place not in shown:
                self._wrong[place].hide()
        self.field.setVisible(kind.is_game)
        self.field_ticks.setVisible(not kind.is_game)
        if self.is_open:
            self.place()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """What was refused, each beside its input; what belongs to none stands below."""
        found: dict[str, list[str]] = {}
        rest: list[str] = []
        for problem in problems:
            text = render(problem.words)
            if problem.next_step is not None:
                text = f"{text}. {render(problem.next_step)}"
            place = _PLACES.get(problem.place, problem.place)
            place = {"time": "day", "field": "fields"}.get(place, place)
            if place in self._wrong and not self._rows[place][0].isHidden():
                found.setdefault(place, []).append(text)
            else:
                rest.append(text)
        for place, wrong in self._wrong.items():
            wrong.setText("\n".join(found.get(place, ())))
            wrong.setVisible(place in found)
        self.wrong.setText("\n".join(rest))
        self.wrong.setVisible(bool(rest))
        if problems:
            self.saved.hide()
        if self.is_open:
            self.place()
        first = next((self._rows[place][1] for place in self._rows if place in found), None)
        if first is not None:
            inner = first.findChild(QLineEdit) if not isinstance(first, QLineEdit | Choice) else first
            (inner or first).setFocus(Qt.FocusReason.OtherFocusReason)

    # what was entered

    def entered(self) -> Entered:
        """What stands in the inputs now."""
        kind = self._kind()
        chosen = str(self.field.currentData() or "")
        fields: tuple[str, ...] = (chosen,) if chosen else ()
        if not kind.is_game:
            fields = tuple(field_id for field_id, tick in self._ticks.items() if tick.isChecked())
        return Entered(
            kind=kind,
            name=self.name.text(),
            fields=fields,
            previous=self._previous(kind),
            day=self.day.text(),
            time=self.time.text(),
            length=self.length.text(),
            team1=self.team1.text(),
            team2=self.team2.text(),
            referees=self.referees.text(),
            mode=str(self.mode.currentData() or ""),
            group=str(self.group.currentData() or ""),
            ribbon=self.ribbon.isChecked(),
            skip_condition=self.skip_condition.text(),
        )

    def _previous(self, kind: MatchKind) -> str:
        """The row before: chosen for what follows others, kept for a match at a fixed time."""
        if "previous" in _SHOWN[kind]:
            return str(self.previous.currentData() or "")
        if self._match is not None and self._match.field_id == self.field.currentData():
            return self._match.previous_id or ""
        return ""

    def _kind(self) -> MatchKind:
        return MatchKind(self.kind.currentData() or MatchKind.STATIC)

    def _kind_chosen(self) -> None:
        self._show_lines()

    def _field_chosen(self) -> None:
        self._show_previous("")

    def _mode_chosen(self) -> None:
        """The rules know how long a match takes."""
        state = self._state
        mode = None if state is None else state.event.modes.get(str(self.mode.currentData() or ""))
        if mode is not None and mode.length_min is not None:
            self.length.setText(str(mode.length_min))

    def _save(self) -> None:
        self.wanted.emit(self.entered())

    def _delete(self) -> None:
        if self._match is not None:
            self.deletion_wanted.emit(self._match.id)

    def take_focus(self) -> None:
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(self.focusWidget(), Choice | TickBox):
            self._save()
            return
        super().keyPressEvent(event)


def _offer(choice: Choice, options: Sequence[tuple[str, str]], wanted: str) -> None:
    """Fill a choice and choose; what is not offered falls to the first."""
    choice.clear()
    for value, text in options:
        choice.addItem(text, value)
        choice.setItemData(choice.count() - 1, plain_tip(text), Qt.ItemDataRole.ToolTipRole)
    choice.setCurrentIndex(max(0, choice.findData(wanted)))
