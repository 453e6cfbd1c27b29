"""The Board: which layout, which match, and what the column at the right says of it. Shows rows and emits intents.

Asks its views through the functions it is given; computes no time, changes no match.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Final, Protocol, cast, get_args

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from arctos_desk.operations.views import BoardView, KeptBlocks, board_view
from arctos_desk.scheduling.explain import explain
from arctos_desk.scheduling.warnings import warnings as schedule_warnings
from arctos_desk.tournament.instants import MINUTE_MS
from arctos_desk.ui.main_window import Pane
from arctos_desk.ui.memory import Forgetful, Memory
from arctos_desk.ui.panes.schedule_board.canvas import BoardCanvas
from arctos_desk.ui.panes.schedule_board.inspector import Inspector
from arctos_desk.ui.panes.schedule_board.rows import (
    NO_FIELD,
    Kept,
    Layout,
    Times,
    WarningRow,
    WhyRow,
    board_rows,
    first_to_look_at,
    inspector_rows,
    table_rows,
    warning_rows,
    why_rows,
)
from arctos_desk.ui.panes.schedule_board.table import ScheduleTable
from arctos_desk.ui.refresh import CLOCK, Change
from arctos_desk.ui.text import day, plain_tip, tr
from arctos_desk.ui.widgets.button import Button
from arctos_desk.ui.widgets.choice import Choice
from arctos_desk.ui.widgets.drawer import WithDrawer
from arctos_desk.ui.widgets.empty_state import EmptyState
from arctos_desk.ui.widgets.key_cap import key_text
from arctos_desk.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from arctos_desk.operations.state import State
    from arctos_desk.tournament.reasons import Finding

_LAYOUT_KEY: Final = "board/layout"
_CHOICE_KEY: Final = "board/choice/"
_ZOOM_KEY: Final = "board/px_per_min"


def _nothing(_match_id: str) -> tuple[()]:
    return ()


class BoardPane(Pane):
    """Emits `match_opened` to work on a match, `row_asked` to make one, `edit_asked` to change it."""

    match_opened = Signal(str)
    match_chosen = Signal(str)
    row_asked = Signal()
    edit_asked = Signal(str)

    def __init__(
        self,
        board: Callable[[], BoardView | None],
        *,
        why: Callable[[str], Sequence[WhyRow]] = _nothing,
        warnings: Callable[[str], Sequence[WarningRow]] = _nothing,
        now_ms: Callable[[], int] | None = None,
        memory: Memory | None = None,
        tools: Sequence[QWidget] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("pane_board")
        self._board = board
        self._why = why
        self._warnings = warnings
        self._now_ms = now_ms
        self._memory: Memory = memory if memory is not None else Forgetful()
        self._view: BoardView | None = None
        self._kept: Kept = {}
        self._chosen = ""
        self._was_shown = False
        self._times: Times = "plan"
        kept_layout = self._memory.recall(_LAYOUT_KEY)
        self._layout: Layout = cast("Layout", kept_layout) if kept_layout in get_args(Layout) else "all"

        self.layouts = Segmented(
            [("all", tr("All fields")), ("field", tr("By field")), ("team", tr("By team")), ("table", tr("Table"))],
            self,
            name="board_layout",
            accessible=tr("Layout of the board"),
            value=self._layout,
        )
        self.choice = Choice(self, name="board_choice", accessible=tr("Which field or team"))
        # Gives way first where the header is narrow: the whole name stands in the list.
        self.choice.setMinimumWidth(112)
        self.choice.setMaximumWidth(176)
        self.times = Segmented(
            [("plan", tr("Plan and live")), ("happened", tr("As happened"))],
            self,
            name="board_times",
            accessible=tr("Which times"),
            value=self._times,
        )
        self.add_button = Button(
            "",
            self,
            name="board_add",
            icon="plus",
            accessible=tr("Add a row"),
            tooltip=f"{tr('Add a row')}  ({key_text('Ctrl+Shift+A')})",
        )
        self.canvas = BoardCanvas(self)
        self.table = ScheduleTable(self)
        self.inspector = Inspector(self)
        self.empty = EmptyState(
            tr("The schedule belongs here"),
            tr("This event has no matches yet. Add the first one, or import a schedule file under Events."),
            tr("Add a row"),
            name="board_empty",
        )
        self.pages = QStackedWidget()
        self.pages.setObjectName("board_pages")
        for page in (self.canvas, self.table, self.empty):
            self.pages.addWidget(page)
        self.drawer = WithDrawer(self.pages, self.inspector, self, side_px=Inspector.WIDTH_PX, name="board_drawer")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.drawer)
        self._extra_tools = tuple(tools)
        for tool in (self.layouts, self.choice, self.times, self.add_button, *self._extra_tools):
            tool.hide()

        self._zoom_open = True
        with suppress(ValueError):
            self.canvas.scene.set_scale(float(self._memory.recall(_ZOOM_KEY)))
            self._zoom_open = False

        self.layouts.chosen.connect(self._choose_layout)
        self.choice.activated.connect(lambda _: self._choose_choice())
        self.times.chosen.connect(self._choose_times)
        self.canvas.view.chosen.connect(self._chose)
        self.canvas.view.clicked.connect(lambda _: self._clicked())
        self.canvas.view.opened.connect(self.match_opened)
        self.canvas.view.zoomed.connect(lambda scale: self._memory.remember(_ZOOM_KEY, f"{scale:.4f}"))
        self.canvas.view.moved.connect(self._show_title)
        self.table.chosen.connect(self._chose)
        self.table.clicked.connect(lambda _: self._clicked())
        self.table.opened.connect(self.match_opened)
        self.inspector.opened.connect(self.match_opened)
        self.inspector.led.connect(self.choose)
        self.inspector.closed.connect(self.drawer.close_drawer)
        self.empty.begun.connect(self.row_asked)
        self.add_button.clicked.connect(self.row_asked)
        self.inspector.edited.connect(self.edit_asked)
        self._show_title()

    # rows

    @property
    def layout_shown(self) -> Layout:
        return self._layout

    @property
    def chosen(self) -> str:
        """The chosen match; empty for none."""
        return self._chosen

    def refresh(self, change: Change) -> None:
        """Ask for the board again. When only time has passed, it is asked once a minute: it shows no seconds."""
        view = self._view
        if view is not None and self._now_ms is not None and change == CLOCK:
            now_ms = self._now_ms()
            if now_ms // MINUTE_MS == view.now_ms // MINUTE_MS:
                return
        self._view = self._board()
        self._show()

    def _show(self) -> None:
        view = self._view
        if view is None or not view.blocks:
            self.pages.setCurrentWidget(self.empty)
            self.inspector.show_match(None)
            self._show_choices()
            self._show_title()
            return
        self._show_choices()
        if self._layout == "table":
            self.table.show_rows(table_rows(view))
            if self._chosen:
                # Before the page is turned: with it the keyboard may come to the table.
                self.table.choose(self._chosen)
            self.pages.setCurrentWidget(self.table)
        else:
            rows = board_rows(
                view, layout=self._layout, choice=self._choice_value(), times=self._times, kept=self._kept
            )
            self.canvas.show_rows(rows)
            if self._zoom_open:
                self._zoom_open = False
                self.canvas.scene.set_scale(self.canvas.scene.usual_scale)
            self.pages.setCurrentWidget(self.canvas)
        if self._chosen and all(block.match_id != self._chosen for block in view.blocks):
            self._chosen = ""
        self._show_details()
        self._show_title()

    def _show_details(self) -> None:
        view = self._view
        rows = inspector_rows(view, self._chosen) if view is not None and self._chosen else None
        if rows is None:
            self.inspector.show_match(None)
        else:
            self.inspector.show_match(rows, self._why(self._chosen), self._warnings(self._chosen))

    def _show_title(self) -> None:
        view, subtitle = self._view, ""
        if view is not None and view.days:
            at_ms = view.days[0].starts_ms
            if self._layout != "table" and self.canvas.scene.rows.axis.sections:
                top = self.canvas.view.verticalScrollBar().value() + self.canvas.view.viewport().height() / 3
                at_ms = self.canvas.scene.instant(top)
            subtitle = view.event_name if self._layout == "table" else f"{day(at_ms)} · {view.event_name}"
        tools: list[QWidget] = [self.layouts]
        if self._layout in ("field", "team"):
            tools.append(self.choice)
        if self._layout != "table":
            tools.append(self.times)
        tools += [self.add_button, *self._extra_tools]
        if (self.title, self.subtitle, list(self.tools)) != (tr("Board"), subtitle, tools):
            self.set_header(tr("Board"), subtitle, tools)

    # layouts

    def _show_choices(self) -> None:
        view = self._view
        options: list[tuple[str, str]] = []
        if view is not None and self._layout == "field":
            options = [(field.field_id, field.name) for field in view.fields]
            if any(block.field_id is None and block.kind.is_game for block in view.blocks):
                options.append((NO_FIELD, tr("No field")))
        elif view is not None and self._layout == "team":
            teams = sorted(view.teams, key=lambda team: team.name.casefold())
            options = [(team.team_id, team.name) for team in teams]
        known = [(self.choice.itemData(n), self.choice.itemText(n)) for n in range(self.choice.count())]
        if known != options:
            wanted = self._memory.recall(_CHOICE_KEY + self._layout)
            self.choice.clear()
            for value, text in options:
                self.choice.addItem(text, value)
                self.choice.setItemData(self.choice.count() - 1, plain_tip(text), Qt.ItemDataRole.ToolTipRole)
            self.choice.setCurrentIndex(max(0, self.choice.findData(wanted)))

    def _choice_value(self) -> str:
        value = self.choice.currentData()
        return value if isinstance(value, str) else ""

    def show_layout(self, layout: Layout, choice: str = "") -> None:
        """Go to a layout as if a person had chosen it."""
        if choice:
            self._memory.remember(_CHOICE_KEY + layout, choice)
        self.layouts.choose(layout)
        self._choose_layout(layout)

    def _choose_layout(self, layout: str) -> None:
        self._layout = cast("Layout", layout)
        self._memory.remember(_LAYOUT_KEY, layout)
        self.choice.clear()
        self._show()
        if self._chosen:
            self._mark(self._chosen)
        elif layout == "table":
            self.table.look_at_now()

    def _choose_choice(self) -> None:
        self._memory.remember(_CHOICE_KEY + self._layout, self._choice_value())
        self._show()

    def _choose_times(self, times: str) -> None:
        self._times = cast("Times", times)
        self._show()

    # choosing

    def choose(self, match_id: str) -> None:
        """Choose a match and bring it into view: from a notice, the journal or a search."""
        self._chosen = match_id
        self._mark(match_id)
        self._show_details()

    def _mark(self, match_id: str) -> None:
        self.canvas.view.choose(match_id)
        self.table.choose(match_id)

    def _chose(self, match_id: str) -> None:
        if match_id == self._chosen:
            return
        self._chosen = match_id
        self._show_details()
        self.match_chosen.emit(match_id)

    def _clicked(self) -> None:
        if not self.drawer.is_open and not self.drawer.is_docked:
            self.drawer.open_drawer()

    def explain(self) -> None:
        """Open the details at "why this time?"."""
        if self._chosen:
            self.drawer.open_drawer()
            self.inspector.area.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if event.key() == Qt.Key.Key_W and plain and self._chosen:
            self.explain()
            return
        super().keyPressEvent(event)

    # the frame

    def shown(self) -> None:
        if not self._was_shown and self._view is not None and self._view.blocks:
            self._was_shown = True
            self._begin()

    def _begin(self) -> None:
        """Where work begins on the first look: at this minute, on the match that runs or comes next."""
        view = self._view
        assert view is not None
        if self._layout == "table":
            self.table.look_at_now()
            return
        rows = self.canvas.scene.rows
        if rows.now_ms is not None:
            self.canvas.view.scroll_to(rows.now_ms)
        elif rows.blocks:
            first = rows.block(first_to_look_at(rows))
            if first is not None:
                self.canvas.view.scroll_to(first.from_ms, part=0.1)

    def take_focus(self) -> None:
        page = self.pages.currentWidget()
        target: QWidget = self.canvas.view if page is self.canvas else self.table
        if page is self.empty and self.empty.button is not None:
            target = self.empty.button
        target.setFocus(Qt.FocusReason.OtherFocusReason)


class Showing(Protocol):
    """The open event, as far as the board knows it."""

    @property
    def state(self) -> State: ...

    def now_ms(self) -> int: ...


def board_pane(desk: Showing, *, memory: Memory | None = None, tools: Sequence[QWidget] = ()) -> BoardPane:
    """The board of an open event: its views, explanations and warnings, each asked afresh from one frozen state."""
    known: list[tuple[State, tuple[Finding, ...]]] = []

    blocks = KeptBlocks()

    def board() -> BoardView:
        return board_view(desk.state, now_ms=desk.now_ms(), kept=blocks)

    def why(match_id: str) -> tuple[WhyRow, ...]:
        state = desk.state
        return why_rows(explain(state.event, state.solution, match_id))

    def warnings(match_id: str) -> tuple[WarningRow, ...]:
        state = desk.state
        if not known or known[0][0] is not state:
            known[:] = [(state, schedule_warnings(state.event, state.solution))]
        return warning_rows(known[0][1], match_id)

    return BoardPane(board, why=why, warnings=warnings, now_ms=desk.now_ms, memory=memory, tools=tools)
