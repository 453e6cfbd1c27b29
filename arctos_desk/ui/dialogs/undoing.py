"""Undo and redo of the whole window: names on the actions, and consent where later facts rest on what goes.

Undoes nothing by itself: it asks, and builds the command.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from arctos_desk.operations.desk import UndoPreview
from arctos_desk.tournament.reasons import Reason
from arctos_desk.tournament.words import say
from arctos_desk.ui import theme
from arctos_desk.ui.actions import ActionEntry, Actions
from arctos_desk.ui.background import BadNews
from arctos_desk.ui.desk_port import DeskHandle, sentences
from arctos_desk.ui.dialogs.sheet import Sheet
from arctos_desk.ui.icons import IconName
from arctos_desk.ui.text import render, tr
from arctos_desk.ui.theme import HueName
from arctos_desk.ui.widgets.button import Button
from arctos_desk.ui.widgets.label import label
from arctos_desk.ui.widgets.notice import IconView

UNDO_ENTRY: Final = ActionEntry(
    id="undo",
    text=say("Undo"),
    tooltip=say("Take back the last entry of this desk"),
    shortcut="Ctrl+Z",
    icon="undo",
)
REDO_ENTRY: Final = ActionEntry(
    id="redo",
    text=say("Redo"),
    tooltip=say("Bring back what was undone last"),
    shortcut="Ctrl+Shift+Z",
    icon="redo",
)


class PreviewSheet(Sheet):
    """What rests on an entry, and what stays because of later ones; nothing happens before consent."""

    consented = Signal(str)

    def __init__(self, host: QWidget) -> None:
        super().__init__(tr("Undo?"), host, name="undo_sheet")
        self._operation = ""
        self._parts: list[QWidget] = []
        self.go = Button(tr("Undo all the same"), self.inside, name="undo_consent", icon="undo", big=True)
        self.back = Button(tr("Leave it"), self.inside, name="undo_leave", kind="primary", big=True)
        self.go.clicked.connect(self._consent)
        self.back.clicked.connect(self.close_sheet)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(theme.GAP_8)
        self._buttons.addStretch(1)
        self._buttons.addWidget(self.go)
        self._buttons.addWidget(self.back)
        self.body.addLayout(self._buttons)
        self.body.addStretch(1)

    def ask(self, preview: UndoPreview) -> None:
        """Show what an undo would do and wait."""
        self._operation = preview.operation
        for part in self._parts:
            self.body.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts = []
        self.title.set_text(tr("Undo “{what}”?", what=preview.label))
        self._say(tr("These facts were stated later and rest on it:"), preview.rests, "warning", "warning")
        self._say(tr("These stay as they are:"), preview.kept, "lock", None)
        self.go.set_words(tr("Undo all the same") if preview.rests else tr("Undo"))
        self.open_sheet()

    def _say(self, word: str, reasons: Sequence[Reason], icon: IconName, hue: HueName | None) -> None:
        if not reasons:
            return
        self._put(label(word, self.inside, weight=600, wrap=True))
        for reason in reasons:
            line = QWidget(self.inside)
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(theme.GAP_12)
            row.addWidget(IconView(icon, hue, 18, line), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(label(render(reason.words), line, wrap=True), 1)
            self._put(line)

    def _put(self, widget: QWidget) -> None:
        self.body.insertWidget(len(self._parts), widget)
        self._parts.append(widget)
        widget.show()

    def _consent(self) -> None:
        operation = self._operation
        self.close_sheet()
        self.consented.emit(operation)

    def take_focus(self) -> None:
        # The safe answer has the keyboard.
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)


class Undoing(QObject):
    """Keeps the two actions in step with the desk. `told` carries (headline, sentence) where something stands against
    an undo; whoever owns the screen shows it.
    """

    told = Signal(str, str)

    def __init__(self, desk: DeskHandle, actions: Actions, host: QWidget) -> None:
        super().__init__(host)
        self._desk = desk
        self._actions = actions
        self._host = host
        self._sheet: PreviewSheet | None = None
        for entry, act in ((UNDO_ENTRY, self.undo_last), (REDO_ENTRY, self.redo_last)):
            if entry.id not in actions:
                actions.add(entry)
            actions.on(entry.id, act)
            actions[entry.id].setAutoRepeat(False)
        desk.undo_changed.connect(self.show_names)
        desk.failed.connect(lambda _: self.show_names())
        self.show_names()

    @property
    def sheet(self) -> PreviewSheet:
        """What an undo would touch, built when it is wanted first: no start waits for it."""
        if self._sheet is None:
            self._sheet = PreviewSheet(self._host)
            self._sheet.consented.connect(lambda operation: self._undo(operation, accept=True))
        return self._sheet

    def show_names(self) -> None:
        """The actions say what they would take back or bring back."""
        why_not = self._desk.why_not_write
        for action_id, words, verb, nothing in (
            ("undo", self._desk.next_undo, tr("Undo"), tr("There is nothing to undo on this desk")),
            ("redo", self._desk.next_redo, tr("Redo"), tr("There is nothing to redo")),
        ):
            name = "" if words is None else render(words)
            self._actions.set_text(action_id, f"{verb} “{name}”" if name else verb)
            reasons = [render(why_not)] if why_not is not None else [nothing] if words is None else []
            self._actions.set_why_not(action_id, reasons)

    def undo_last(self) -> None:
        """Take back the last entry of this desk."""
        self.undo("")

    def redo_last(self) -> None:
        from arctos_desk.operations.commands import Redo  # orders are loaded with the first

        self._desk.perform(Redo(), otherwise=self._bad)

    def undo(self, operation: str) -> None:
        """Take back an entry: at once when nothing rests on it, else after a look at what does."""

        def looked(preview: UndoPreview) -> None:
            if preview.rests or preview.kept:
                self.sheet.ask(preview)
            else:
                self._undo(operation or preview.operation, accept=False)

        self._desk.preview_undo(operation, then=looked, otherwise=self._bad)

    def _undo(self, operation: str, *, accept: bool) -> None:
        from arctos_desk.operations.commands import Undo  # orders are loaded with the first

        self._desk.perform(Undo(operation=operation, accept_rests=accept), otherwise=self._bad)

    def _bad(self, news: BadNews) -> None:
        said = [render(words) for words in sentences(news)]
        self.told.emit(said[0] if said else "", " ".join(said[1:]))
