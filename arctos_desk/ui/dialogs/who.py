"""Who is here: the button "I am …" and its sheet: choose a person and role, with the PIN where there is one; add one.

Choosing is local to this laptop; it writes nothing. Adding a person is a command like any other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from arctos_desk.operations.acting import Acting
from arctos_desk.operations.desk import Outcome
from arctos_desk.tournament.kinds import Role
from arctos_desk.tournament.reasons import Outage
from arctos_desk.tournament.words import Words, say
from arctos_desk.ui import theme
from arctos_desk.ui.actions import ActionEntry, Actions
from arctos_desk.ui.background import BadNews
from arctos_desk.ui.desk_port import DeskHandle, PersonHere, sentences
from arctos_desk.ui.dialogs.sheet import Sheet, target_high
from arctos_desk.ui.main_window import MainWindow
from arctos_desk.ui.text import plain_tip, render, tr
from arctos_desk.ui.widgets.button import Button
from arctos_desk.ui.widgets.card import rule
from arctos_desk.ui.widgets.elided_label import ElidedLabel
from arctos_desk.ui.widgets.key_cap import key_text
from arctos_desk.ui.widgets.label import label
from arctos_desk.ui.widgets.notice import IconView
from arctos_desk.ui.widgets.tick_box import TickBox

ROLE_WORDS: Final[Mapping[Role, Words]] = {
    Role.ORGANISER: say("Organiser"),
    Role.HEAD_REF: say("Head referee"),
    Role.DESK: say("Desk"),
}
WHO_ENTRY: Final = ActionEntry(
    id="who",
    text=say("I am…"),
    tooltip=say("Say who is at this desk; every entry carries it"),
    shortcut="Ctrl+I",
    icon="person",
)
TRIES_MOST: Final = 5
"""Wrong PINs in a row before the sheet closes: a small brake, no vault."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    person: PersonHere
    role: Role


def acting_words(desk: DeskHandle) -> str:
    """Who acts, for the button: the name and role, or the desk itself."""
    acting = desk.acting
    if not acting.person:
        return tr("I am…")
    return tr("{name}, {role}", name=desk.acting_name, role=ROLE_WORDS[acting.role])


class WhoButton(Button):
    """Stands in the header of every pane; long names are cut, the whole is in the tooltip.

    It is the last tool to give way: the subtitle goes first, then the choice beside it, then the key on this button,
    then the name: its drawing stays.
    """

    MOST_CHARACTERS: Final = 28

    def __init__(self, desk: DeskHandle, parent: QWidget | None = None) -> None:
        super().__init__("", parent, name="who", icon="person", key="Ctrl+I")
        # A click must not take the keyboard from the pane: the next Space belongs to the match.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._desk = desk
        desk.acting_changed.connect(self.show_acting)
        self.show_acting()

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.GAP_12 + 20 + theme.GAP_12, theme.CONTROL_PX)

    def show_acting(self) -> None:
        words = acting_words(self._desk)
        cut = words if len(words) <= self.MOST_CHARACTERS else words[: self.MOST_CHARACTERS - 1].rstrip() + "…"
        self.setText(cut)
        self.setAccessibleName(tr("Who is here: {who}", who=words))
        tip = tr("Nobody said who they are: entries carry only this desk") if not self._desk.acting.person else words
        self.setToolTip(plain_tip(f"{tip}  ({key_text(WHO_ENTRY.shortcut)})"))
        self.updateGeometry()
        self.update()


class WhoSheet(Sheet):
    """The list of people with the roles in which they act; the PIN and the form open in place."""

    chosen = Signal()

    def __init__(self, desk: DeskHandle, host: QWidget) -> None:
        super().__init__(tr("Who is here?"), host, name="who_sheet")
        self._desk = desk
        self._wanted: _Wanted | None = None
        self._tries = 0
        self._adding = False
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.GAP_8)
        self._shown: list[QWidget] = []
        self.body.addLayout(self._list)
        self.body.addWidget(rule(self.inside))
        self._build_form()
        self.body.addStretch(1)
        desk.changed.connect(lambda _: self._show_if_open())

    # the form for a new person

    def _build_form(self) -> None:
        self.add = Button(tr("Add a person"), self.inside, name="who_add", icon="plus", big=True)
        self.add.clicked.connect(self._open_form)
        self.body.addWidget(self.add)
        self.form = QWidget(self.inside)
        grid = QGridLayout(self.form)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.GAP_12)
        grid.setVerticalSpacing(theme.GAP_8)
        self.name = self._input("who_name", tr("Name"), 80)
        self.pin = self._input("who_new_pin", tr("PIN, 4 to 12 digits"), 12)
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.roles = {
            role: TickBox(render(ROLE_WORDS[role]), self.form, name=f"who_role_{role.value}", row_px=theme.TARGET_PX)
            for role in (Role.HEAD_REF, Role.ORGANISER)
        }
        self.roles[Role.HEAD_REF].setChecked(True)
        ticks = QHBoxLayout()
        ticks.setSpacing(theme.GAP_16)
        for tick in self.roles.values():
            ticks.addWidget(tick)
        ticks.addStretch(1)
        self.wrong = label("", self.form, name="who_wrong", weight=600, tone="danger", wrap=True)
        self.wrong.hide()
        save = Button(tr("Add"), self.form, name="who_save", key="Enter", kind="primary", big=True)
        save.clicked.connect(self._save)
        back = Button(tr("Back"), self.form, name="who_back", big=True)
        back.clicked.connect(self._close_form)
        self.name.returnPressed.connect(self._save)
        self.pin.returnPressed.connect(self._save)
        grid.addWidget(label(tr("Name"), self.form, weight=600), 0, 0)
        grid.addWidget(self.name, 0, 1)
        grid.addWidget(label(tr("Acts as"), self.form, weight=600), 1, 0)
        grid.addLayout(ticks, 1, 1)
        grid.addWidget(label(tr("PIN"), self.form, weight=600), 2, 0)
        grid.addWidget(self.pin, 2, 1)
        hint = label(
            tr("A PIN is optional. It keeps honest people apart; it is no lock."),
            self.form,
            size="small",
            tone="muted",
            wrap=True,
        )
        grid.addWidget(hint, 3, 1)
        grid.addWidget(self.wrong, 4, 0, 1, 2)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.GAP_8)
        buttons.addStretch(1)
        buttons.addWidget(back)
        buttons.addWidget(save)
        grid.addLayout(buttons, 5, 0, 1, 2)
        grid.setColumnStretch(1, 1)
        self.body.addWidget(self.form)
        self.form.hide()

    def _input(self, name: str, words: str, most: int) -> QLineEdit:
        edit = QLineEdit(self.form)
        edit.setObjectName(name)
        edit.setAccessibleName(words)
        edit.setPlaceholderText(words)
        edit.setMaxLength(most)
        edit.setFont(theme.font())
        target_high(edit)
        return edit

    def _open_form(self) -> None:
        self._wanted = None
        self._adding = True
        self._show()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_form(self) -> None:
        self._adding = False
        self._show()
        self.take_focus()

    def _save(self) -> None:
        from arctos_desk.operations.commands import AddPerson  # orders are loaded with the first

        roles = frozenset(role for role, tick in self.roles.items() if tick.isChecked()) or frozenset({Role.DESK})
        self._desk.perform(
            AddPerson(name=self.name.text(), roles=roles, pin=self.pin.text()),
            then=self._added,
            otherwise=self._refused,
        )

    def _added(self, outcome: Outcome) -> None:
        self._adding = False
        self.name.clear()
        self.pin.clear()
        self.wrong.hide()
        self._show()
        fresh = self._button(f"who_{outcome.value}_0")
        if fresh is not None:
            fresh.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refused(self, news: BadNews) -> None:
        said = sentences(news) if not isinstance(news, Outage) else [news.words]
        self.wrong.setText(" ".join(render(words) for words in said))
        self.wrong.show()
        self.place()

    # the list

    def open_sheet(self) -> None:
        self._wanted = None
        self._adding = False
        self._tries = 0
        self._show()
        super().open_sheet()

    def _show_if_open(self) -> None:
        if self.is_open and self._wanted is None and not self._adding:
            self._show()

    def _show(self) -> None:
        focus: QWidget | None = self.focusWidget()
        name = focus.objectName() if focus is not None and focus.hasFocus() else ""
        for widget in self._shown:
            self._list.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._shown = []
        people = self._desk.people()
        self._put(_DeskRow(self._desk, self))
        for person in people:
            self._put(_PersonRow(person, self._desk, self._wanted, self))
        if not people:
            self._put(
                label(
                    tr("Nobody is known here yet. Add a head referee, and matches start without a reason."),
                    self.inside,
                    tone="muted",
                    wrap=True,
                )
            )
        self.form.setVisible(self._adding)
        self.add.setVisible(not self._adding)
        if self.is_open:
            self.inside.updateGeometry()
            self.place()
        again = self._button(name) if name else None
        if again is not None:
            again.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put(self, widget: QWidget) -> None:
        self._list.addWidget(widget)
        self._shown.append(widget)
        widget.show()

    def take_focus(self) -> None:
        buttons = [one for row in self._shown for one in row.findChildren(Button)]
        current = next((one for one in buttons if one.isChecked()), None)
        (current or self).setFocus(Qt.FocusReason.OtherFocusReason)

    def _button(self, name: str) -> Button | None:
        """The button of this name that is shown; rows that are going keep theirs for a moment."""
        shown = (one for row in self._shown for one in row.findChildren(Button, name))
        return next(shown, None)

    # choosing

    def nobody(self) -> None:
        """From now on the desk itself acts."""
        self._desk.act_as(Acting())
        self.close_sheet()
        self.chosen.emit()

    def choose(self, person: PersonHere, role: Role) -> None:
        """Somebody says who they are; where there is a PIN it is asked first, in place."""
        if person.has_pin and self._desk.acting.person != person.id:
            self._wanted = _Wanted(person, role)
            self._adding = False
            self._show()
            pin = next((one for row in self._shown for one in row.findChildren(QLineEdit, "who_pin")), None)
            if pin is not None:
                pin.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._become(person, role)

    def try_pin(self, pin: str) -> bool:
        """Whether the PIN opens; after a few wrong ones the sheet closes."""
        wanted = self._wanted
        if wanted is None:
            return False
        if self._desk.pin_opens(wanted.person.id, pin):
            self._become(wanted.person, wanted.role)
            return True
        self._tries += 1
        if self._tries >= TRIES_MOST:
            self.close_sheet()
        return False

    def _become(self, person: PersonHere, role: Role) -> None:
        self._wanted = None
        self._desk.act_as(Acting(person=person.id, role=role))
        self.close_sheet()
        self.chosen.emit()


class _DeskRow(QWidget):
    """The desk itself: nobody in particular."""

    def __init__(self, desk: DeskHandle, sheet: WhoSheet) -> None:
        super().__init__(sheet.inside)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP_12)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ElidedLabel(tr("Nobody in particular"), self, weight=600))
        words.addWidget(ElidedLabel(tr("entries carry only this desk"), self, size="small", tone="muted"))
        row.addLayout(words, 1)
        button = Button(tr("Desk"), self, name="who_nobody", big=True, accessible=tr("Nobody in particular"))
        button.setCheckable(True)
        button.setChecked(not desk.acting.person)
        button.clicked.connect(sheet.nobody)
        row.addWidget(button)


class _PersonRow(QWidget):
    """One person: a press for each role; the PIN below once it is asked."""

    def __init__(self, person: PersonHere, desk: DeskHandle, wanted: _Wanted | None, sheet: WhoSheet) -> None:
        super().__init__(sheet.inside)
        self._sheet = sheet
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_8)
        row = QHBoxLayout()
        row.setSpacing(theme.GAP_8)
        name = ElidedLabel(person.name or tr("name not known here"), self, weight=600)
        name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        row.addWidget(name, 1)
        if person.has_pin:
            lock = IconView("lock", None, 18, self)
            lock.setToolTip(tr("asks for a PIN"))
            row.addWidget(lock)
        roles = person.roles or (Role.DESK,)
        for place, role in enumerate(roles):
            word = render(ROLE_WORDS[role])
            button = Button(word, self, name=f"who_{person.id}_{place}", big=True, accessible=f"{person.name}, {word}")
            button.setCheckable(True)
            button.setChecked(desk.acting == Acting(person=person.id, role=role))
            button.clicked.connect(lambda _=False, which=role: sheet.choose(person, which))
            row.addWidget(button)
        column.addLayout(row)
        if wanted is not None and wanted.person.id == person.id:
            column.addLayout(self._pin_row())

    def _pin_row(self) -> QVBoxLayout:
        rows = QVBoxLayout()
        rows.setSpacing(theme.GAP_4)
        row = QHBoxLayout()
        row.setSpacing(theme.GAP_8)
        self.pin = QLineEdit(self)
        self.pin.setObjectName("who_pin")
        self.pin.setAccessibleName(tr("PIN"))
        self.pin.setPlaceholderText(tr("PIN"))
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.pin.setMaxLength(12)
        target_high(self.pin)
        self.pin.returnPressed.connect(self._try)
        ok = Button(tr("That is me"), self, name="who_pin_ok", key="Enter", kind="primary", big=True)
        ok.clicked.connect(self._try)
        row.addWidget(self.pin, 1)
        row.addWidget(ok)
        rows.addLayout(row)
        self.wrong = label("", self, name="who_pin_wrong", size="small", weight=600, tone="danger")
        self.wrong.hide()
        rows.addWidget(self.wrong)
        return rows

    def _try(self) -> None:
        if not self._sheet.try_pin(self.pin.text()):
            self.pin.selectAll()
            theme.set_property(self.pin, "wrong", value=True)
            self.wrong.setText(tr("This is not the PIN"))
            self.wrong.show()
            self._sheet.place()


class WhoIsHere:
    """Button, sheet and key together, for the composition root: put `button` among the tools of every pane."""

    def __init__(self, desk: DeskHandle, actions: Actions, host: QWidget) -> None:
        self.button = WhoButton(desk, host)
        self.button.hide()
        self._desk = desk
        self._host = host
        self._sheet: WhoSheet | None = None
        if WHO_ENTRY.id not in actions:
            actions.add(WHO_ENTRY)
        actions.on(WHO_ENTRY.id, self._toggle)
        self.button.clicked.connect(self._toggle)

    @property
    def sheet(self) -> WhoSheet:
        """The sheet, built when it is wanted first: no start waits for it."""
        if self._sheet is None:
            self._sheet = WhoSheet(self._desk, self._host)
            self._sheet.chosen.connect(self._back_to_work)
        return self._sheet

    def _toggle(self) -> None:
        self.sheet.toggle_sheet()

    def _back_to_work(self) -> None:
        """After a choice the keyboard belongs to the pane, wherever it came from."""
        host = self._host
        if isinstance(host, MainWindow) and host.shown_pane:
            host.pane(host.shown_pane).take_focus()
