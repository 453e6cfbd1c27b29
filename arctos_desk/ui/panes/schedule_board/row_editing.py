"""Making, changing and deleting rows from the board: the form, its orders, and what they answer.

The only place of the board that performs commands. Decides nothing about rows: `form_rows` reads, the command judges.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from arctos_desk.operations.desk import Outcome
from arctos_desk.tournament.ids import ref
from arctos_desk.tournament.kinds import Stage
from arctos_desk.tournament.reasons import Outage, Problem, Refused
from arctos_desk.tournament.words import say
from arctos_desk.ui.actions import ActionEntry, Actions
from arctos_desk.ui.background import BadNews
from arctos_desk.ui.desk_port import DeskHandle, sentences
from arctos_desk.ui.main_window import MainWindow
from arctos_desk.ui.panes.schedule_board.form_rows import (
    Entered,
    after,
    entered_of,
    first_entered,
    order_of,
    rows_of,
    why_not_edit,
)
from arctos_desk.ui.panes.schedule_board.pane import BoardPane
from arctos_desk.ui.text import render, tr

if TYPE_CHECKING:
    from arctos_desk.ui.panes.schedule_board.row_form import RowForm

ROW_ENTRIES: Final = (
    ActionEntry(
        id="row_add",
        text=say("Add a row"),
        tooltip=say("A new match, break or join"),
        shortcut="Ctrl+Shift+A",
        icon="plus",
        where="board",
    ),
    ActionEntry(
        id="row_edit",
        text=say("Change"),
        tooltip=say("Change the chosen row"),
        shortcut="F2",
        where="board",
    ),
    ActionEntry(
        id="row_delete",
        text=say("Delete"),
        tooltip=say("Take the chosen row out of the schedule; it can be undone"),
        shortcut="Del",
        where="board",
    ),
)


class RowEditing(QObject):
    """Connects the board of one event with the form."""

    def __init__(self, desk: DeskHandle, actions: Actions, window: MainWindow, pane: BoardPane) -> None:
        super().__init__(pane)
        self._desk = desk
        self._window = window
        self._pane = pane
        self._form: RowForm | None = None
        self._seen: Mapping[str, tuple[str, ...]] = {}
        self._is_saving = False
        for entry in ROW_ENTRIES:
            actions.add(entry, pane)
        actions.on("row_add", self.add)
        actions.on("row_edit", lambda: self.edit(pane.chosen))
        actions.on("row_delete", lambda: self.delete(pane.chosen))
        pane.row_asked.connect(self.add)
        pane.edit_asked.connect(self.edit)

    @property
    def form(self) -> RowForm:
        """The form, built when it is wanted first: the board must not wait for it."""
        if self._form is None:
            from arctos_desk.ui.panes.schedule_board.row_form import RowForm

            self._form = RowForm(self._window)
            self._form.wanted.connect(self._save)
            self._form.deletion_wanted.connect(self.delete)
            self._pane.destroyed.connect(self._form.deleteLater)
        return self._form

    def add(self) -> None:
        """Ask for a new row, on the field of the chosen one."""
        state = self._desk.state
        chosen = state.event.matches.get(self._pane.chosen)
        field_id = "" if chosen is None or chosen.field_id is None else chosen.field_id
        self._is_saving = False
        self.form.ask(state, first_entered(state, now_ms=self._desk.now_ms(), field_id=field_id))
        self._tell_unless_writable()

    def edit(self, match_id: str) -> None:
        """Ask what changes of a row; what can no longer be changed is said."""
        state = self._desk.state
        match = state.event.matches.get(match_id)
        if match is None:
            return
        why_not = why_not_edit(match)
        if why_not is not None:
            self._window.notices.show_notice(tr("{name} stays as it is", name=match.name), render(why_not), "warning")
            return
        self._is_saving = False
        self._seen = state.seen(ref("match", row.id) for row in rows_of(state.event, match))
        self.form.ask(state, entered_of(state, match), match)
        self._tell_unless_writable()

    def delete(self, match_id: str) -> None:
        """Take a row out; one that was played is refused with its reason."""
        from arctos_desk.operations.commands import DeleteGroup, DeleteMatch  # orders are loaded with the first

        match = self._desk.state.event.matches.get(match_id)
        if match is None:
            return
        many = not match.kind.is_game and match.stage is Stage.PLANNED
        order = DeleteGroup(name=match.name) if many else DeleteMatch(match=match.id)
        gone = {row.id for row in rows_of(self._desk.state.event, match)} if many else {match.id}

        def is_of_form() -> bool:
            form = self._form
            return form is not None and form.is_open and form.match is not None and form.match.id in gone

        def deleted(_: Outcome) -> None:
            if is_of_form():
                self.form.close_sheet()

        def refused(news: BadNews) -> None:
            if is_of_form():
                self._refused(news)
                return
            said = " ".join(render(words) for words in sentences(news))
            self._window.notices.show_notice(tr("{name} was not deleted", name=match.name), said, "danger")

        self._desk.perform(order, then=deleted, otherwise=refused)

    def _save(self, entered: Entered) -> None:
        from arctos_desk.operations.commands import CreateMatch  # orders are loaded with the first

        if self._is_saving:
            # Enter was pressed twice: the answer to the first is on its way.
            return
        form, state = self.form, self._desk.state
        before, shown = form.match, form.shown
        match = None if before is None else state.event.matches.get(before.id, before)
        try:
            order = order_of(state, entered, match, shown=None if match is None else shown, seen=self._seen)
        except Refused as news:
            self._refused(news)
            return
        if match is not None and entered == shown:
            form.close_sheet()
            return

        def is_shown_still() -> bool:
            return form.is_open and form.shown is shown

        def saved(outcome: Outcome) -> None:
            self._is_saving = False
            if match is not None:
                if is_shown_still():
                    form.close_sheet()
                return
            if is_shown_still():
                # The state is that after the row; the next one is entered at once.
                now = self._desk.state
                fresh = after(now, entered, now_ms=self._desk.now_ms())
                form.ask(now, fresh, saved=tr("{name} is in the schedule.", name=entered.name.strip()))
            if isinstance(order, CreateMatch):
                self._pane.choose(str(outcome.value))

        def refused(news: BadNews) -> None:
            self._is_saving = False
            if is_shown_still():
                self._refused(news)
                return
            said = " ".join(render(words) for words in sentences(news))
            self._window.notices.show_notice(tr("{name} was not saved", name=entered.name.strip()), said, "danger")

        self._is_saving = True
        self._desk.perform(order, then=saved, otherwise=refused)

    def _refused(self, news: BadNews) -> None:
        if isinstance(news, Outage):
            self.form.show_problems([Problem("OUTAGE", news.words, next_step=news.next_step)])
        else:
            self.form.show_problems(news.problems)

    def _tell_unless_writable(self) -> None:
        why_not = self._desk.why_not_write
        if why_not is not None:
            self.form.show_problems([Problem("READ_ONLY", why_not)])
