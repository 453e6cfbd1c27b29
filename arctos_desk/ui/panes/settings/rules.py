"""Rules of play: match modes in a form with Save, penalty types edited in place.

What a mode needs depends on how it counts, and only that is asked. Judges no number: `operations` does.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from arctos_desk.operations.commands import (
    AddMode,
    AddPenaltyType,
    DeleteMode,
    DeletePenaltyType,
    EditMode,
    EditPenaltyType,
)
from arctos_desk.operations.desk import Outcome
from arctos_desk.operations.handlers.penalty_types import COLOURS, DESCRIPTION_MOST, NAME_MOST
from arctos_desk.tournament.ids import ref
from arctos_desk.tournament.kinds import Counting
from arctos_desk.tournament.reasons import Outage
from arctos_desk.tournament.records import Mode, PenaltyType
from arctos_desk.tournament.words import Words, say
from arctos_desk.ui import theme
from arctos_desk.ui.background import BadNews
from arctos_desk.ui.desk_port import DeskHandle
from arctos_desk.ui.panes.settings.form import FormRow, Line, NewName, TextRow, is_nothing_new, said
from arctos_desk.ui.panes.settings.rows import COUNTING_WORDS, ModeRow, mode_rows, number_from, number_text
from arctos_desk.ui.panes.settings.sections import EventSection
from arctos_desk.ui.text import plain_tip, render, tr
from arctos_desk.ui.widgets import paint
from arctos_desk.ui.widgets.button import Button
from arctos_desk.ui.widgets.card import Card, rule
from arctos_desk.ui.widgets.elided_label import ElidedLabel
from arctos_desk.ui.widgets.label import label
from arctos_desk.ui.widgets.segmented import Segmented

NUMBERS: Final = ("sets", "points_per_set", "stones_per_set", "minutes", "length_min")
_ASKED: Final = {
    Counting.SETS_TO: ("sets", "points_per_set", "length_min"),
    Counting.BEST_OF: ("sets", "points_per_set", "length_min"),
    Counting.STONES: ("sets", "stones_per_set", "length_min"),
    Counting.TIMED: ("sets", "minutes", "length_min"),
}
"""What is asked for each way of counting."""

_SETS_WORDS: Final = {
    Counting.SETS_TO: say("Sets to win"),
    Counting.BEST_OF: say("Sets at most"),
    Counting.STONES: say("Periods"),
    Counting.TIMED: say("Periods"),
}
COLOUR_WORDS: Final[tuple[Words, ...]] = (
    say("red"),
    say("blue"),
    say("green"),
    say("violet"),
    say("orange"),
    say("teal"),
    say("pink"),
    say("olive"),
    say("brown"),
    say("indigo"),
    say("dark green"),
    say("purple"),
    say("ochre"),
    say("grey"),
)
"""The fourteen colours of penalty types, in their order."""


class ModeForm(QWidget):
    """A mode as it is written; `saved` carries the form, `closed` is emitted when a person goes back."""

    saved = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("mode_form")
        self.mode_id = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.GAP_12, 0, 0)
        column.setSpacing(theme.GAP_12)
        self.title = label("", self, name="mode_title", size="large", weight=700)
        column.addWidget(self.title)
        self.name = TextRow(tr("Name"), self, name="mode_name")
        column.addWidget(self.name)
        self.counting_row = FormRow(tr("Counted by"), self, name="mode_counting")
        self.counting = Segmented(
            [(one.value, render(words)) for one, (words, _) in COUNTING_WORDS.items()],
            self.counting_row,
            name="mode_counting",
            accessible=tr("What ends a match"),
        )
        self.counting.chosen.connect(lambda _: self._mend())
        self.counting_row.inputs.addWidget(self.counting)
        self.counting_row.inputs.addStretch(1)
        column.addWidget(self.counting_row)
        self.numbers = {
            "sets": self._number("sets", "", ""),
            "points_per_set": self._number(
                "points_per_set", tr("Points per set"), tr("So many win a set. Empty: not by points.")
            ),
            "stones_per_set": self._number("stones_per_set", tr("Stones per period"), ""),
            "minutes": self._number("minutes", tr("Minutes per period"), ""),
            "length_min": self._number(
                "length_min", tr("Minutes in the schedule"), tr("What is reserved for such a match. May be empty.")
            ),
        }
        for row in self.numbers.values():
            column.addWidget(row)
        self.wrong = label("", self, name="mode_wrong", weight=600, tone="danger", wrap=True)
        self.wrong.hide()
        column.addWidget(self.wrong)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.GAP_8)
        buttons.addStretch(1)
        self.back = Button(tr("Back"), self, name="mode_back", key="Esc")
        self.save = Button(tr("Save"), self, name="mode_save", key="Enter", kind="primary")
        self.back.clicked.connect(self.closed)
        self.save.clicked.connect(self.saved)
        buttons.addWidget(self.back)
        buttons.addWidget(self.save)
        column.addLayout(buttons)

    def _number(self, place: str, word: str, hint: str) -> TextRow:
        return TextRow(word, self, name=f"mode_{place}", hint=hint, most=6, narrow=True)

    @property
    def chosen_counting(self) -> Counting:
        return Counting(self.counting.value)

    def is_touched(self, place: str) -> bool:
        """Whether an input holds another text than it began with."""
        line = self.name.line if place == "name" else self.numbers[place].line
        return line.text() != line.holds

    def show_mode(self, mode: Mode | None) -> None:
        """Begin with this mode, or with a new one."""
        shown = mode if mode is not None else Mode(id="", name="", counting=Counting.BEST_OF, sets=3)
        self.mode_id = shown.id
        self.title.setText(tr("Edit {mode}", mode=shown.name) if mode is not None else tr("New mode"))
        self.name.line.begin(shown.name)
        self.counting.choose(shown.counting.value)
        for place, row in self.numbers.items():
            row.line.begin(number_text(getattr(shown, place)))
        self._clear()
        self._mend()
        self.show()
        self.name.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.line.selectAll()

    def _mend(self) -> None:
        """Show the inputs that this way of counting needs."""
        counting = self.chosen_counting
        self.counting_row.say_hint(render(COUNTING_WORDS[counting][1]))
        self.numbers["sets"].word.setText(render(_SETS_WORDS[counting]))
        self.numbers["sets"].line.setAccessibleName(render(_SETS_WORDS[counting]))
        for place, row in self.numbers.items():
            row.setVisible(place in _ASKED[counting])

    def _clear(self) -> None:
        self.wrong.hide()
        for row in (self.name, *self.numbers.values()):
            row.say_wrong("")
            theme.set_property(row.line, "wrong", value=False)

    def read(self) -> dict[str, Any] | None:
        """The numbers as they are written; None, with the words beside each, where one is none."""
        self._clear()
        numbers: dict[str, Any] = {}
        good = True
        for place in _ASKED[self.chosen_counting]:
            text = self.numbers[place].line.text()
            number = number_from(text)
            if number is None or (place == "sets" and not text.strip()):
                self.numbers[place].refuse(tr("Write a whole number."))
                good = False
            numbers[place] = number if text.strip() else None
        return numbers if good else None

    def refused(self, news: BadNews) -> None:
        """Every objection at its input; what belongs to none stands below all."""
        if is_nothing_new(news):
            self.closed.emit()
            return
        if isinstance(news, Outage):
            self._below(said(news))
            return
        rows = {"name": self.name, **self.numbers}
        rest: list[str] = []
        for problem in news.problems:
            words = " ".join(render(one) for one in (problem.words, problem.next_step) if one is not None)
            row = rows.get(problem.place)
            if row is not None and row.isVisible():
                row.refuse(words)
            else:
                rest.append(words)
        if rest:
            self._below(" ".join(rest))
        wrong = next((row for row in rows.values() if row.wrong.text() and row.isVisible()), self.name)
        wrong.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _below(self, words: str) -> None:
        self.wrong.setText(words)
        self.wrong.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            (self.back if self.back.hasFocus() else self.save).click()
            return
        super().keyPressEvent(event)


class _ModeEntry(QWidget):
    """One mode: its name, what it means, edit and delete."""

    def __init__(self, parent: QWidget, row: ModeRow) -> None:
        super().__init__(parent)
        self.setObjectName(f"mode_{row.mode_id}")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, theme.GAP_8, 0, theme.GAP_8)
        line.setSpacing(theme.GAP_8)
        words = QVBoxLayout()
        words.setSpacing(0)
        self.name = ElidedLabel("", self, name=f"mode_shown_{row.mode_id}", weight=600)
        self.what = ElidedLabel("", self, size="small", tone="muted")
        words.addWidget(self.name)
        words.addWidget(self.what)
        line.addLayout(words, 1)
        self.edit = Button(tr("Edit"), self, name=f"mode_edit_{row.mode_id}")
        self.delete = Button("", self, name=f"mode_delete_{row.mode_id}", icon="trash", kind="quiet")
        line.addWidget(self.edit)
        line.addWidget(self.delete)
        self.show_row(row)

    def show_row(self, row: ModeRow) -> None:
        self.name.set_text(row.name)
        self.what.set_text(row.line)
        self.edit.setToolTip(plain_tip(tr("Edit {mode}", mode=row.name)))
        self.edit.setAccessibleName(tr("Edit {mode}", mode=row.name))
        self.delete.setToolTip(plain_tip(tr("Delete {mode}; matches keep what they were given", mode=row.name)))
        self.delete.setAccessibleName(tr("Delete {mode}", mode=row.name))


class Swatch(QAbstractButton):
    """The colour of a penalty type; a press offers the others. `chosen` has six digits."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget, *, name: str) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.colour = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.menu = QMenu(self)
        self.menu.setObjectName(f"{name}_menu")
        for colour, words in zip(COLOURS, COLOUR_WORDS):
            action = self.menu.addAction(_colour_icon(colour), render(words))
            action.triggered.connect(lambda _=False, which=colour: self.chosen.emit(which))
        self.clicked.connect(lambda: self.menu.popup(self.mapToGlobal(self.rect().bottomLeft())))

    def show_colour(self, colour: str) -> None:
        self.colour = colour
        word = render(COLOUR_WORDS[COLOURS.index(colour)]) if colour in COLOURS else f"#{colour}"
        self.setAccessibleName(tr("Colour: {colour}", colour=word))
        self.setToolTip(plain_tip(tr("Colour: {colour}", colour=word)))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.CONTROL_PX, theme.CONTROL_PX)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        edge = t.text if self.underMouse() and self.isEnabled() else t.edge
        paint.box(painter, QRectF(self.rect()), fill=t.surface, edge=edge, line=t.line_px, radius=theme.RADIUS_CONTROL)
        inner = QRectF(self.rect()).adjusted(6, 6, -6, -6)
        paint.box(painter, inner, fill=f"#{self.colour}", edge=t.edge, line=t.line_px, radius=theme.RADIUS_CHIP)


def _colour_icon(colour: str) -> QIcon:
    picture = QPixmap(16, 16)
    picture.fill(QColor(f"#{colour}"))
    return QIcon(picture)


class _PenaltyEntry(QWidget):
    """One penalty type: colour, name, description, delete; below them what is wrong."""

    def __init__(self, owner: RulesSection, one: PenaltyType, parent: QWidget) -> None:
        super().__init__(parent)
        self.type_id = one.id
        self.setObjectName(f"penalty_{one.id}")
        self._owner = owner
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.GAP_8, 0, theme.GAP_8)
        column.setSpacing(theme.GAP_4)
        line = QHBoxLayout()
        line.setSpacing(theme.GAP_12)
        self.swatch = Swatch(self, name=f"penalty_colour_{one.id}")
        self.name = Line(self, name=f"penalty_name_{one.id}", accessible=tr("Name of the penalty"), most=NAME_MOST)
        self.name.setFixedWidth(200)
        self.description = Line(
            self,
            name=f"penalty_description_{one.id}",
            accessible=tr("What it is given for"),
            most=DESCRIPTION_MOST,
        )
        self.description.setPlaceholderText(tr("What it is given for"))
        self.delete = Button("", self, name=f"penalty_delete_{one.id}", icon="trash", kind="quiet")
        line.addWidget(self.swatch)
        line.addWidget(self.name)
        line.addWidget(self.description, 1)
        line.addWidget(self.delete)
        column.addLayout(line)
        self.wrong = label("", self, name=f"penalty_wrong_{one.id}", size="small", weight=600, tone="danger", wrap=True)
        self.wrong.hide()
        column.addWidget(self.wrong)
        edit = EditPenaltyType
        self.swatch.chosen.connect(lambda colour: self._ask(edit(penalty_type=self.type_id, colour=colour)))
        self.name.entered.connect(lambda text: self._ask(edit(penalty_type=self.type_id, name=text)))
        self.description.entered.connect(lambda text: self._ask(edit(penalty_type=self.type_id, description=text)))
        for each in (self.name, self.description):
            each.took_back.connect(lambda: self.say_wrong(""))
        self.delete.clicked.connect(lambda: self._owner.delete_penalty(self))
        self.show_row(one)

    def show_row(self, one: PenaltyType) -> None:
        self.swatch.show_colour(one.colour)
        self.name.show_text(one.name)
        self.description.show_text(one.description)
        self.delete.setToolTip(plain_tip(tr("Delete {penalty}; Undo brings it back", penalty=one.name)))
        self.delete.setAccessibleName(tr("Delete {penalty}", penalty=one.name))

    def say_wrong(self, words: str) -> None:
        self.wrong.setText(words)
        self.wrong.setVisible(bool(words))

    def refused(self, news: BadNews) -> None:
        if is_nothing_new(news):
            self.name.show_afresh()
            self.description.show_afresh()
            return
        for each in (self.name, self.description):
            if each.text() != each.holds:
                each.refuse()
        self.say_wrong(said(news))

    def _ask(self, command: EditPenaltyType) -> None:
        self.say_wrong("")
        self._owner.perform(command, self)


class RulesSection(EventSection):
    """Section Rules of play."""

    def __init__(self, parent: QWidget, desk: DeskHandle) -> None:
        super().__init__(parent, desk, name="rules")
        self._seen: Mapping[str, tuple[str, ...]] = {}
        self._modes: dict[str, _ModeEntry] = {}
        self._penalties: dict[str, _PenaltyEntry] = {}
        self._build_modes()
        self._build_penalties()

    # modes

    def _build_modes(self) -> None:
        card = Card(tr("Match modes"), self.body, name="settings_modes")
        card.body.setSpacing(0)
        self.add_mode = Button(tr("Add mode"), card, name="mode_add", icon="plus")
        self.add_mode.setToolTip(tr("Say rules of play that matches can choose"))
        self.add_mode.clicked.connect(lambda: self._open_form(None))
        card.tools.addWidget(self.add_mode)
        self.no_modes = label(
            tr("There is no mode yet. A mode says what ends a match, so that it is said once for all of them."),
            card,
            name="modes_empty",
            tone="muted",
            wrap=True,
        )
        card.body.addWidget(self.no_modes)
        self._mode_list = QVBoxLayout()
        self._mode_list.setSpacing(0)
        card.body.addLayout(self._mode_list)
        self.modes_wrong = label("", card, name="modes_wrong", size="small", weight=600, tone="danger", wrap=True)
        self.modes_wrong.hide()
        card.body.addWidget(self.modes_wrong)
        self.form_rule = rule(card)
        card.body.addWidget(self.form_rule)
        self.form = ModeForm(card)
        self.form.saved.connect(self._save_mode)
        self.form.closed.connect(self._close_form)
        card.body.addWidget(self.form)
        self.form.hide()
        self.form_rule.hide()
        self.rows.addWidget(card)

    def _open_form(self, mode_id: str | None) -> None:
        self.modes_wrong.hide()
        self.form_rule.show()
        self._seen = self.desk.state.seen([ref("mode", mode_id)]) if mode_id else {}
        self.form.show_mode(self.desk.state.event.modes.get(mode_id or ""))
        self.area.reveal(self.form.save)

    def _close_form(self) -> None:
        self.form.hide()
        self.form_rule.hide()
        entry = self._modes.get(self.form.mode_id)
        (entry.edit if entry is not None else self.add_mode).setFocus(Qt.FocusReason.OtherFocusReason)

    def _save_mode(self) -> None:
        numbers = self.form.read()
        if numbers is None:
            return
        name, counting = self.form.name.line.text(), self.form.chosen_counting
        now = self.desk.state.event.modes.get(self.form.mode_id)
        if now is not None and now.counting is counting:
            # A mode is said whole: what was not touched here stays as others have said it meanwhile.
            numbers |= {place: getattr(now, place) for place in numbers if not self.form.is_touched(place)}
            name = name if self.form.is_touched("name") else now.name
        sets = numbers.pop("sets") or 0
        command: AddMode | EditMode
        if self.form.mode_id:
            command = EditMode(
                mode=self.form.mode_id, name=name, counting=counting, sets=sets, seen=self._seen, **numbers
            )
        else:
            command = AddMode(name=name, counting=counting, sets=sets, **numbers)
        self.perform(command, self.form, then=self._mode_saved)

    def _mode_saved(self, outcome: Outcome) -> None:
        self.form.mode_id = str(outcome.value)
        self._close_form()

    def _delete_mode(self, mode_id: str) -> None:
        self.perform(DeleteMode(mode=mode_id), _Below(self), then=lambda _: self._mode_deleted(mode_id))

    def _mode_deleted(self, mode_id: str) -> None:
        if self.form.mode_id == mode_id:
            self.form.mode_id = ""
            self.form.hide()
            self.form_rule.hide()
        self.add_mode.setFocus(Qt.FocusReason.OtherFocusReason)

    # penalty types

    def _build_penalties(self) -> None:
        card = Card(tr("Penalty types"), self.body, name="settings_penalties")
        card.body.setSpacing(0)
        self.no_penalties = label(
            tr("There is no penalty type yet. Referees choose one when they state a penalty."),
            card,
            name="penalties_empty",
            tone="muted",
            wrap=True,
        )
        card.body.addWidget(self.no_penalties)
        self.no_penalties.setContentsMargins(0, 0, 0, theme.GAP_8)
        self._penalty_list = QVBoxLayout()
        self._penalty_list.setSpacing(0)
        card.body.addLayout(self._penalty_list)
        card.body.addWidget(rule(card))
        card.body.addSpacing(theme.GAP_12)
        self.new_penalty = NewName(
            card,
            name="penalty",
            words=tr("Name of a new penalty"),
            button=tr("Add penalty type"),
            tooltip=tr("Add a penalty of this name; it takes the next free colour"),
            wide=248,
            most=NAME_MOST,
        )
        self.new_penalty.asked.connect(
            lambda name: self.perform(AddPenaltyType(name=name), self.new_penalty, then=self._penalty_added)
        )
        card.body.addWidget(self.new_penalty)
        self.rows.addWidget(card)

    def _penalty_added(self, outcome: Outcome) -> None:
        self.new_penalty.input.clear()
        entry = self._penalties.get(str(outcome.value))
        if entry is not None:
            # What it is given for comes next.
            entry.description.setFocus(Qt.FocusReason.OtherFocusReason)

    def delete_penalty(self, entry: _PenaltyEntry) -> None:
        command = DeletePenaltyType(penalty_type=entry.type_id)
        self.perform(command, entry, then=lambda _: self.new_penalty.add.setFocus(Qt.FocusReason.OtherFocusReason))

    # showing

    def show_rows(self) -> None:
        super().show_rows()
        self._show_modes()
        self._show_penalties()

    def _show_modes(self) -> None:
        rows = mode_rows(self.desk.state)
        for mode_id in self._modes.keys() - {row.mode_id for row in rows}:
            _remove(self._mode_list, self._modes.pop(mode_id))
        for place, row in enumerate(rows):
            entry = self._modes.get(row.mode_id)
            if entry is None:
                entry = self._modes[row.mode_id] = _ModeEntry(self.body, row)
                entry.edit.clicked.connect(lambda _=False, which=row.mode_id: self._open_form(which))
                entry.delete.clicked.connect(lambda _=False, which=row.mode_id: self._delete_mode(which))
                self._mode_list.insertWidget(place, entry)
            entry.show_row(row)
        self.no_modes.setVisible(not rows)

    def _show_penalties(self) -> None:
        types = self.desk.state.event.penalty_types
        for type_id in self._penalties.keys() - types.keys():
            _remove(self._penalty_list, self._penalties.pop(type_id))
        for place, one in enumerate(types.values()):
            entry = self._penalties.get(one.id)
            if entry is None:
                entry = self._penalties[one.id] = _PenaltyEntry(self, one, self.body)
                self._penalty_list.insertWidget(place, entry)
            entry.show_row(one)
        self.no_penalties.setVisible(not types)


class _Below:
    """The line below the modes, where it is said why one stays."""

    def __init__(self, section: RulesSection) -> None:
        self._section = section

    def refused(self, news: BadNews) -> None:
        self._section.modes_wrong.setText(said(news))
        self._section.modes_wrong.show()


def _remove(layout: QVBoxLayout, entry: QWidget) -> None:
    layout.removeWidget(entry)
    entry.hide()
    entry.deleteLater()
