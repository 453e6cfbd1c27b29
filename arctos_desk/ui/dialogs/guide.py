"""The guide of the first start: what you see, what to press, one screen after the other.

Shows screens and says sentences; presses nothing for anybody, and every key of the desk still works beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from arctos_desk.tournament.words import Words, say
from arctos_desk.ui import theme
from arctos_desk.ui.dialogs.sheet import Sheet
from arctos_desk.ui.main_window import MainWindow
from arctos_desk.ui.text import render, tr
from arctos_desk.ui.widgets.button import Button
from arctos_desk.ui.widgets.key_cap import KeyCap
from arctos_desk.ui.widgets.label import label

GUIDE_PX: Final = 480


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideStep:
    """One screen: its pane, what is seen there, and the keys worth knowing (key, what it does)."""

    pane: str
    title: Words
    seen: Words
    keys: tuple[tuple[str, Words], ...] = ()


STEPS: Final[tuple[GuideStep, ...]] = (
    GuideStep(
        pane="board",
        title=say("The day on one board"),
        seen=say(
            "Fields across, time down. A match stands at its plan, or earlier when the day is faster, never later. "
            "What is late says by how many minutes. This is an invented event: press whatever you like."
        ),
        keys=(
            ("Down", say("choose a match")),
            ("W", say("why does it have this time?")),
            ("F2", say("change it")),
            ("Ctrl+Shift+A", say("add a match, a break or a join")),
        ),
    ),
    GuideStep(
        pane="today",
        title=say("One field, one match"),
        seen=say(
            "Choose your field. The list says what still stands against the start. Then start the match, and press "
            "once for each point. What you press is on the disk before it is called saved."
        ),
        keys=(
            ("Space", say("start and end a point")),
            ("Left", say("the left team won it; again takes it back")),
            ("F", say("finish, with a winner or a draw")),
        ),
    ),
    GuideStep(
        pane="standings",
        title=say("Tables that explain themselves"),
        seen=say(
            "Every figure that can decide stands in its column. The coloured one put a team behind the one above."
        ),
        keys=(("Down", say("choose a team and read why it stands there")), ("G", say("go to the next table"))),
    ),
    GuideStep(
        pane="teams",
        title=say("Teams and players"),
        seen=say(
            "Type them, paste them from a spreadsheet, or import a list; a preview shows what would be taken in before "
            "anything is. Private injuries are shown to head referees and organisers alone."
        ),
        keys=(("Ctrl+V", say("paste a list")),),
    ),
    GuideStep(
        pane="scripts",
        title=say("Tags and scripts"),
        seen=say(
            "A tag stands for a team that is not known yet. Its expression decides as soon as the results are there."
        ),
    ),
    GuideStep(
        pane="journal",
        title=say("Nothing is lost, everything can be undone"),
        seen=say(
            "Each line is one thing that somebody did. Take back the last one, or any other: a preview says what "
            "follows."
        ),
        keys=(("Ctrl+Z", say("undo")), ("Ctrl+Shift+Z", say("redo"))),
    ),
    GuideStep(
        pane="events",
        title=say("Your own event"),
        seen=say("Make a new event, or import a schedule. Then add teams, fields and rules under Teams and Settings."),
        keys=(
            ("Ctrl+N", say("new event")),
            ("Ctrl+P", say("print what the screen shows")),
            ("Ctrl+E", say("export everything")),
            ("F1", say("this guide again")),
        ),
    ),
)


class GuideSheet(Sheet):
    """Goes through the steps; `dismissed` when a person has seen enough."""

    dismissed = Signal()

    def __init__(self, window: MainWindow, steps: Sequence[GuideStep] = STEPS) -> None:
        super().__init__("", window, name="guide", width=GUIDE_PX)
        self._window = window
        known = set(window.pane_ids)
        self._steps = tuple(step for step in steps if step.pane in known)
        self._at = 0
        self.seen = label("", self.inside, name="guide_seen", wrap=True)
        self.body.addWidget(self.seen)
        self._keys = QWidget(self.inside)
        self.body.addWidget(self._keys)
        self.body.addStretch(1)
        self.count = label("", self, name="guide_count", tone="muted")
        self.back = Button(tr("Back"), self, name="guide_back")
        self.back.clicked.connect(lambda: self.show_step(self._at - 1))
        self.next = Button(tr("Next"), self, name="guide_next", key="Enter", kind="primary")
        self.next.clicked.connect(self.go_on)
        self.leave = Button(tr("Enough"), self, name="guide_leave", key="Esc", kind="quiet")
        self.leave.clicked.connect(self.close_sheet)
        row = QHBoxLayout()
        row.setSpacing(theme.GAP_8)
        row.addWidget(self.leave)
        row.addWidget(self.count)
        row.addStretch(1)
        row.addWidget(self.back)
        row.addWidget(self.next)
        self.set_foot(row)
        self.closed.connect(self.dismissed)

    @property
    def step(self) -> GuideStep:
        """The step that is shown."""
        return self._steps[self._at]

    @property
    def at(self) -> int:
        """The number of the step that is shown, counted from 0."""
        return self._at

    def begin(self, number: int = 0, *, stay: bool = False) -> None:
        """Open at a step, with its screen unless it is to `stay` with the one that is there."""
        self.show_step(number, stay=stay)
        self.open_sheet()
        self.show_step(number, stay=stay)

    def go_on(self) -> None:
        """The next step; after the last the guide is over."""
        if self._at + 1 < len(self._steps):
            self.show_step(self._at + 1)
        else:
            self.close_sheet()

    def show_step(self, number: int, *, stay: bool = False) -> None:
        """Show one step with its screen, or `stay` with the one that is there."""
        self._at = max(0, min(number, len(self._steps) - 1))
        step = self.step
        self.title.set_text(render(step.title))
        self.seen.setText(render(step.seen))
        self._show_keys(step)
        self.count.setText(tr("{step} of {steps}", step=self._at + 1, steps=len(self._steps)))
        self.back.setEnabled(self._at > 0)
        last = self._at + 1 == len(self._steps)
        self.next.set_words(tr("Begin") if last else tr("Next"))
        if self._window.shown_pane != step.pane and not stay:
            self._window.show_pane(step.pane)
        if self.is_open:
            self.place()
            self.raise_()
            self.take_focus()

    def _show_keys(self, step: GuideStep) -> None:
        fresh = QWidget(self.inside)
        column = QVBoxLayout(fresh)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_8)
        for key, words in step.keys:
            row = QHBoxLayout()
            row.setSpacing(theme.GAP_12)
            row.addWidget(KeyCap(key, fresh))
            row.addWidget(label(render(words), fresh, wrap=True), 1)
            column.addLayout(row)
        self.body.replaceWidget(self._keys, fresh)
        self._keys.hide()
        self._keys.deleteLater()
        self._keys = fresh
        fresh.show()

    def take_focus(self) -> None:
        self.next.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go_on()
            return
        super().keyPressEvent(event)
