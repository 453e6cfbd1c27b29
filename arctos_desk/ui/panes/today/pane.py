"""Today: one field's match from waiting to over. Shows rows, turns presses into commands; decides nothing of matches.

Every press is performed on the write lane with the moment of the press; the screen changes when it is durable. While a
press of the large control is under way a second one is not taken: a trembling finger never starts and ends a point. A
key that is held down counts once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from arctos_desk.matches.endings import ending_name
from arctos_desk.operations import commands
from arctos_desk.operations.commands import Command
from arctos_desk.operations.desk import Outcome
from arctos_desk.operations.views import BoardView, KeptBlocks, MatchView, TodayView, board_view, match_view, today_view
from arctos_desk.tournament.kinds import Ending, Side, Stage
from arctos_desk.tournament.reasons import Outage
from arctos_desk.ui import theme
from arctos_desk.ui.actions import Actions
from arctos_desk.ui.background import BadNews
from arctos_desk.ui.desk_port import DeskHandle, Saved, sentences
from arctos_desk.ui.dialogs.choose_team import TeamSheet
from arctos_desk.ui.icons import IconName
from arctos_desk.ui.main_window import Pane
from arctos_desk.ui.panes.today import rows
from arctos_desk.ui.panes.today.cards import (
    FactCard,
    FinishStrip,
    HeadLine,
    IdleStrip,
    LiveStrip,
    MatchCard,
    OverStrip,
    Strip,
)
from arctos_desk.ui.panes.today.field_choice import FieldChoice
from arctos_desk.ui.panes.today.finishing import FinishPage
from arctos_desk.ui.panes.today.keys import ENTRIES
from arctos_desk.ui.panes.today.point_list import PointList
from arctos_desk.ui.panes.today.reason_list import ReasonList
from arctos_desk.ui.panes.today.rows import FinishChoice, ReasonRow, Stand
from arctos_desk.ui.panes.today.side import SIDE_PX
from arctos_desk.ui.panes.today.side import Side as SideColumn
from arctos_desk.ui.panes.today.team_days import TeamDays
from arctos_desk.ui.refresh import CLOCK, Change
from arctos_desk.ui.text import plain_tip, render, tr, tr_n
from arctos_desk.ui.widgets.button import Button
from arctos_desk.ui.widgets.drawer import WithDrawer
from arctos_desk.ui.widgets.empty_state import EmptyState
from arctos_desk.ui.widgets.large_control import LargeControl, LargeState
from arctos_desk.ui.widgets.notice import NoticeArea
from arctos_desk.ui.widgets.score_card import ScoreCard, ScoreWords, SetLine
from arctos_desk.ui.widgets.winner_control import WinnerControl

FIELD_KEY: Final = "today/field"
TICK_MS: Final = 250
SIDES: Final = (Side.TEAM1, Side.TEAM2)

_QUIET: Final = (commands.StartPoint, commands.EndPoint)


def _is_quiet(command: Command) -> bool:
    """Whether a press has no notice but the line "last press saved" beside Undo: one comes every few seconds."""
    if isinstance(command, commands.EditPoint):
        return command.winner is not None or command.clear_winner
    return isinstance(command, _QUIET)


class TodayPane(Pane):
    """Emits `match_shown` when a person wants to see a match on the board, `who_asked` for "I am…", `import_asked`
    where there are no fields.
    """

    match_shown = Signal(str)
    who_asked = Signal()
    import_asked = Signal()

    def __init__(
        self,
        desk: DeskHandle,
        actions: Actions,
        *,
        tools: Sequence[QWidget] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("pane_today")
        self._desk = desk
        self._actions = actions
        self._more_tools = tuple(tools)
        self._field = desk.memory.recall(FIELD_KEY)
        self._choosing = False
        self._finishing = ""
        self._finish = FinishChoice()
        self._finish_seen: dict[str, tuple[str, ...]] = {}
        self._just_over = ""
        self._chosen = ""
        self._next_set: int | None = None
        self._pending = False
        self._view: TodayView | None = None
        self._board: BoardView | None = None
        self._blocks = KeptBlocks()
        self._match: MatchView | None = None
        self._teams: TeamSheet | None = None
        self._stand: Stand = "choose"
        self._shown_stand: Stand = "choose"
        self._build()
        self._connect()
        self._timer = QTimer(self)
        self._timer.setObjectName("today_tick")
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)

    # building

    def _build(self) -> None:
        for entry in ENTRIES:
            action = self._actions.add(entry, owner=self)
            action.setAutoRepeat(entry.id in ("today_newer", "today_older"))
        self.head = HeadLine(self)
        self.score = ScoreCard(self)
        self.match_card = MatchCard(self)
        self.top = QStackedWidget(self)
        self.top.setFixedHeight(self.score.minimumHeight())
        self.top.addWidget(self.score)
        self.top.addWidget(self.match_card)
        self.live = LiveStrip(self)
        override = Button(name="start_with_reason", big=True).follow(self._actions["today_override"])
        self.idle = IdleStrip(override)
        others = [(ending, render(ending_name(ending))) for ending in rows.OTHER_ENDINGS]
        self.finish = FinishStrip([(ending, rows.capital(word)) for ending, word in others])
        self.over = OverStrip()
        self.strip = Strip(self.live, self.idle, self.finish, self.over)
        self.control = LargeControl(self)
        self.left = WinnerControl("left", self)
        self.right = WinnerControl("right", self)
        self.before = FactCard(self, name="fact_before")
        self.then = FactCard(self, name="fact_then", right=True)
        self.points = PointList(self)
        self.days = TeamDays(self)
        self.reasons_here = ReasonList(self, name="reasons_here")
        self.finish_page = FinishPage(self)
        self.bottom = QStackedWidget(self)
        for page in (self.points, self.days, self.reasons_here, self.finish_page):
            self.bottom.addWidget(page)

        controls = QHBoxLayout()
        controls.setSpacing(theme.GAP_12)
        self._sides: list[QStackedWidget] = []
        for winner, fact in ((self.left, self.before), (self.right, self.then)):
            stack = QStackedWidget(self)
            stack.setFixedHeight(self.control.minimumHeight())
            stack.addWidget(winner)
            stack.addWidget(fact)
            self._sides.append(stack)
        controls.addWidget(self._sides[0], 100)
        controls.addWidget(self.control, 135)
        controls.addWidget(self._sides[1], 100)

        self.match_page = QWidget(self)
        self.match_page.setProperty("ring", "none")
        column = QVBoxLayout(self.match_page)
        column.setContentsMargins(theme.GAP_16, theme.GAP_16, theme.GAP_16, theme.GAP_16)
        column.setSpacing(theme.GAP_12)
        column.addWidget(self.head)
        column.addWidget(self.top)
        column.addWidget(self.strip)
        column.addLayout(controls)
        column.addWidget(self.bottom, 1)

        self.side = SideColumn(
            Button(name="side_undo", icon="undo", big=True),
            Button(name="side_finish", big=True),
            Button(name="side_back", icon="left", big=True),
        )
        self.side.finish.follow(self._actions["today_finish"])
        self.side.back.follow(self._actions["today_back"])
        self.drawer = WithDrawer(self.match_page, self.side, self, side_px=SIDE_PX, name="today_drawer")
        self.field_choice = FieldChoice(self)
        self.empty = EmptyState("", "", tr("Choose another field"), self, name="today_empty", key="Ctrl+L")
        self.no_fields = EmptyState(
            tr("Your field belongs here"),
            tr("This event has no fields yet. Add them under Settings, or import a schedule file or results."),
            tr("Import…"),
            self,
            name="today_no_fields",
        )
        self.pages = QStackedWidget(self)
        for whole in (self.drawer, self.field_choice, self.empty, self.no_fields):
            self.pages.addWidget(whole)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.pages)

        self.tool_field = Button(name="tool_field").follow(self._actions["today_field"])
        self.tool_undo = Button(name="tool_undo", icon="undo")
        self.tool_finish = Button(name="tool_finish").follow(self._actions["today_finish"])
        self.tool_back = Button(name="tool_back", icon="left").follow(self._actions["today_back"])
        # Where the column is a drawer the header is narrow: a drawing stands for what is pressed least.
        self.tool_field_small = self._small("tool_field_small", "today_field", "field")
        self.tool_details = self._small("tool_details", "today_details", "more")
        for button in (
            self.tool_field,
            self.tool_undo,
            self.tool_finish,
            self.tool_back,
            self.tool_field_small,
            self.tool_details,
        ):
            button.setParent(self)
            button.hide()
            # A click on a tool must not take the keyboard: the next Space belongs to the match.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        # Over the points, not above the card: a notice that pushes the control down would cost a point.
        self.notices = NoticeArea(self)

    def _small(self, name: str, action_id: str, icon: IconName) -> Button:
        action = self._actions[action_id]
        button = Button(name=name, icon=icon, accessible=action.text(), tooltip=action.toolTip())
        button.clicked.connect(action.trigger)
        return button

    def _connect(self) -> None:
        on = self._actions.on
        on("today_control", self._press_control)
        on("today_left", lambda: self._press_side(Side.TEAM1))
        on("today_right", lambda: self._press_side(Side.TEAM2))
        on("today_newer", lambda: self._step(1))
        on("today_older", lambda: self._step(-1))
        on("today_rerun", self._press_rerun)
        on("today_note", self._press_note)
        on("today_set_up", lambda: self._step_set(1))
        on("today_set_down", lambda: self._step_set(-1))
        on("today_next_set_up", lambda: self.live.next_set.step_by(1))
        on("today_next_set_down", lambda: self.live.next_set.step_by(-1))
        on("today_delete", self._press_delete)
        on("today_finish", self._open_finishing)
        on("today_draw", lambda: self._press_ending(Ending.DRAW))
        on("today_confirm", self._press_control)
        on("today_back", self._close_finishing)
        on("today_override", self._open_override)
        on("today_field", self.choose_field)
        on("today_details", self.drawer.toggle_drawer)
        self.control.clicked.connect(self._press_control)
        self.left.clicked.connect(lambda: self._press_side(Side.TEAM1))
        self.right.clicked.connect(lambda: self._press_side(Side.TEAM2))
        self.finish.ending_pressed.connect(self._press_ending)
        self.finish_page.note.left.connect(self.take_focus)
        self.idle.override_given.connect(self._start_with_reason)
        self.idle.override_left.connect(self.take_focus)
        self.live.set_changed.connect(self._choose_next_set)
        self.points.chosen.connect(self._choose_point)
        self.points.winner_asked.connect(self._give_winner)
        self.points.set_asked.connect(
            lambda point, number: self._perform(commands.EditPoint(point=point, set_number=number))
        )
        self.points.rerun_asked.connect(
            lambda point, wanted: self._perform(commands.EditPoint(point=point, rerun=wanted))
        )
        self.points.note_given.connect(lambda point, text: self._perform(commands.EditPoint(point=point, note=text)))
        self.points.delete_asked.connect(lambda point: self._perform(commands.VoidPoint(point=point)))
        self.points.note_left.connect(self.take_focus)
        self.drawer.drawer_shown.connect(lambda _: self._place_notices())
        for reasons in (self.side.reasons, self.reasons_here):
            reasons.acted.connect(self._act_on_reason)
        self.field_choice.chosen.connect(self._chose_field)
        self.empty.begun.connect(self.choose_field)
        self.no_fields.begun.connect(self.import_asked)
        self.side.undo.clicked.connect(self._undo)
        self.tool_undo.clicked.connect(self._undo)
        self._desk.saved.connect(self._saved)
        self._desk.failed.connect(self._failed)
        self._desk.undo_changed.connect(self._show_undo)

    # what is shown

    @property
    def stand(self) -> Stand:
        """What is on the screen: a field to choose, nothing left, a match that waits, runs, is finished, is over."""
        return self._stand

    @property
    def field_id(self) -> str:
        return self._field

    @property
    def match_id(self) -> str:
        """The match on the screen; empty for none."""
        return "" if self._match is None else self._match.block.match_id

    def refresh(self, change: Change) -> None:
        if change == CLOCK and self._stand in ("running", "finishing"):
            self._tick()
            return
        if not self._show_points_only(change):
            self._show()

    def _show_points_only(self, change: Change) -> bool:
        """The press of every few seconds: only points of the running match changed, so only that match is asked."""
        match, view = self._match, self._view
        if change.everything or match is None or view is None or self._stand != "running":
            return False
        own = f"match/{match.block.match_id}"
        if not all(reference == own or reference.startswith("point/") for reference in change.references):
            return False
        fresh = match_view(self._desk.state, match.block.match_id, self._desk.acting, now_ms=self._desk.now_ms())
        if fresh is None or fresh.stage is not match.stage or fresh.block.status is not match.block.status:
            return False
        self._match, self._view = fresh, replace(view, current=fresh)
        self._show_what_is_asked()
        return True

    def _show(self) -> None:
        desk, now_ms = self._desk, self._desk.now_ms()
        state = desk.state
        self._board = None
        self._view = today_view(state, self._field, desk.acting, now_ms=now_ms)
        self._match = self._view.current
        if self._just_over:
            over = match_view(state, self._just_over, desk.acting, now_ms=now_ms)
            if over is None or over.stage < Stage.ENDED:
                self._just_over = ""
            else:
                self._match = over
        if self._finishing and (self._match is None or self._match.block.match_id != self._finishing):
            self._finishing = ""
        just_over = bool(self._just_over)
        self._stand = rows.stand_of(self._view, finishing=bool(self._finishing), just_over=just_over)
        if self._choosing:
            self._stand = "choose"
        self._show_what_is_asked()

    def _show_what_is_asked(self) -> None:
        before, self._shown_stand = self._shown_stand, self._stand
        focus: QWidget | None = self.focusWidget()
        was_here = focus is not None and focus.hasFocus()
        self._show_page()
        self._show_actions()
        self._show_undo()
        self._show_header()
        if was_here and (before != self._stand or _is_gone(focus)):
            self.take_focus()

    def _asked_board(self) -> BoardView:
        """All matches, asked only where Today speaks of others: not at every press."""
        if self._board is None:
            self._board = board_view(self._desk.state, now_ms=self._desk.now_ms(), kept=self._blocks)
        return self._board

    def _show_page(self) -> None:
        view = self._view
        assert view is not None
        if self._stand == "choose":
            if not view.fields:
                self.pages.setCurrentWidget(self.no_fields)
                return
            self.field_choice.show_fields(rows.field_rows(view, self._asked_board()), self._field)
            self.pages.setCurrentWidget(self.field_choice)
            return
        match = self._match
        if self._stand == "empty" or match is None:
            self._show_empty(view)
            return
        self.pages.setCurrentWidget(self.drawer)
        self.head.show_head(rows.head_row(self._desk.state.event, match))
        match self._stand:
            case "idle":
                self._show_idle(view, self._asked_board(), match)
            case "over":
                self._show_over(view, self._asked_board(), match)
            case _:
                self._show_running(view, match)
        self._show_side(view, match)

    def _show_empty(self, view: TodayView) -> None:
        name = "" if view.field is None else view.field.name
        last = view.last
        says = tr("Every match here is over or skipped.") if last is not None else tr("No match is planned here.")
        self.empty.say(tr("No match is left on {field}", field=name), says)
        self.pages.setCurrentWidget(self.empty)

    def _why_not(self) -> str:
        words = self._desk.why_not_write
        return "" if words is None else render(words)

    def _show_idle(self, view: TodayView, board: BoardView, match: MatchView) -> None:
        desk = self._desk
        teams = rows.sides_of(match.block)
        sides = [rows.waiting_side(match, place) for place in (0, 1)]
        plan, expected, late = rows.expected_of(match)
        self.match_card.show_match(teams, (sides[0].line, sides[1].line), plan, expected, late=late)
        self.top.setCurrentWidget(self.match_card)
        reasons = rows.reason_rows(match, view, board, desk.acting, desk.acting_name)
        self.side.reasons.show_reasons(reasons)
        self.reasons_here.show_reasons(reasons)
        stops, warns = rows.counts(reasons)
        why_not = self._why_not()
        if why_not:
            self.idle.show_standing(tr("Nothing can be changed here"), why_not, "lock", "danger")
        elif match.may_override:
            first = next(row for row in reasons if row.kind == "warn")
            self.idle.show_standing(
                tr("Start anyway? {reason}", reason=first.headline)
                if warns == 1
                else tr_n("Start anyway? {count} warning", "Start anyway? {count} warnings", warns),
                tr("The reason is kept in the journal."),
                "warning",
                "warning",
            )
        elif stops:
            first = next(row for row in reasons if row.kind == "stop")
            more = tr_n("and {count} more", "and {count} more", stops + warns - 1) if stops + warns > 1 else ""
            self.idle.show_standing(first.headline, f"{first.sentence} {more}".strip(), "cross", "danger")
        else:
            self.idle.show_standing(tr("Ready"), tr("Nothing stands against the start."), "check", "running")
        self.idle.start_with_reason.setVisible(match.may_override and not why_not)
        if not match.may_override:
            self.idle.clear()
        self.strip.show_face(self.idle)
        self._show_control(rows.start_control(reasons, why_not))
        self.before.show_fact(tr("Before"), *rows.before_words(view))
        self.then.show_fact(tr("Then"), *rows.then_words(view.following, self._desk.now_ms()))
        for stack, fact in zip(self._sides, (self.before, self.then)):
            stack.setCurrentWidget(fact)
        for day, side in ((self.days.left, 0), (self.days.right, 1)):
            if len(match.block.sides) > side:
                one = match.block.sides[side]
                day.show_team(rows.side_text(one), rows.team_day(board, one, match.block.match_id))
        self.bottom.setCurrentWidget(self.days if self.drawer.is_docked else self.reasons_here)

    def _show_running(self, view: TodayView, match: MatchView) -> None:
        finishing = self._stand == "finishing"
        why_not = self._why_not()
        self._show_score(match, keys=not finishing)
        self.top.setCurrentWidget(self.score)
        now_ms = self._desk.now_ms()
        teams = rows.sides_of(match.block)
        if finishing:
            self.finish.show_proposal(*rows.proposal(match))
            self.finish.show_choice(self._finish.ending)
            self.strip.show_face(self.finish)
            self._show_control(rows.finish_control(match, self._finish, why_not))
            for control, side in zip((self.left, self.right), SIDES):
                self._show_winner(control, rows.finish_side(match, side, self._finish))
            self._show_summary(match, teams)
            self.finish_page.show_note("", editable=True)
            self.bottom.setCurrentWidget(self.finish_page)
        else:
            self._show_live(match)
            self.strip.show_face(self.live)
            self._show_control(rows.point_control(match, now_ms, why_not))
            for control, side in zip((self.left, self.right), SIDES):
                self._show_winner(control, rows.winner_control(match, side, self._chosen, why_not))
            has_stones = match.stones_left is not None
            self.points.show_points(rows.point_rows(match, self._chosen), teams, stones=has_stones, why_not=why_not)
            self.bottom.setCurrentWidget(self.points)
        for stack, winner in zip(self._sides, (self.left, self.right)):
            stack.setCurrentWidget(winner)

    def _show_over(self, view: TodayView, board: BoardView, match: MatchView) -> None:
        self._show_score(match, keys=False, whole=True)
        self.top.setCurrentWidget(self.score)
        headline, sentence = rows.over_words(match, self._desk.state.event)
        time = "" if match.started_ms is None or match.ended_ms is None else rows.span(match.started_ms, match.ended_ms)
        self.over.show_over(headline, sentence, time)
        self.strip.show_face(self.over)
        self._show_control(rows.go_on_control(view.current, "" if view.field is None else view.field.name))
        self.before.show_fact(
            tr("Follows from it"), *rows.effect_words(self._desk.state.event, board, match.block.match_id)
        )
        following = () if view.current is None else (view.current.block,)
        self.then.show_fact(tr("Then"), *rows.then_words(following, self._desk.now_ms()))
        for stack, fact in zip(self._sides, (self.before, self.then)):
            stack.setCurrentWidget(fact)
        self._show_summary(match, rows.sides_of(match.block))
        self.finish_page.show_note(match.final_note, editable=False)
        self.bottom.setCurrentWidget(self.finish_page)

    def _show_score(self, match: MatchView, *, keys: bool, whole: bool = False) -> None:
        row = rows.score_row(match, keys=keys, whole=whole)
        self.score.show_score(
            ScoreWords(
                left_team=row.left_team,
                right_team=row.right_team,
                left_score=row.left,
                right_score=row.right,
                left_short=row.left_short,
                right_short=row.right_short,
                sets=tuple(SetLine(one.name, one.left, one.right, one.current) for one in row.sets),
                left_key="Left" if row.keys else "",
                right_key="Right" if row.keys else "",
            )
        )

    def _show_live(self, match: MatchView) -> None:
        stones = match.stones_left
        running = rows.open_point_of(match)
        self.live.show_kind(
            stones=stones is not None, sets=tr("{left} : {right}", left=match.set_score[0], right=match.set_score[1])
        )
        if stones is not None:
            started = None if running is None else stones + running.stones
            self.live.show_stones(stones, match.stones_per_set or 100, started, running=running is not None)
        at_ms = self._desk.now_ms()
        self.live.time.show_figure("" if match.started_ms is None else rows.span(match.started_ms, at_ms))
        usual = match.current_set
        self.live.next_set.set_value(usual if self._next_set is None else self._next_set)
        self.live.next_set.setEnabled(running is None and not self._why_not())

    def _show_control(self, row: rows.ControlRow) -> None:
        self.control.show_state(LargeState(row.kind, row.word, row.line, row.key, row.tooltip, row.shape))

    @staticmethod
    def _show_winner(control: WinnerControl, row: rows.SideControlRow) -> None:
        control.show_side(row.team, row.line, chosen=row.chosen, enabled=row.enabled, why_not=row.why_not)

    def _show_summary(self, match: MatchView, teams: tuple[str, str]) -> None:
        missing = rows.winner_less_points(match)
        warning = tr("No winner yet: point {numbers}", numbers=tuple(missing)) if missing else ""
        self.finish_page.summary.show_summary(rows.summary_rows(match), teams, warning)

    def _show_side(self, view: TodayView, match: MatchView) -> None:
        name = "" if view.field is None else view.field.name
        holder = rows.holder_words(match, self._desk.state)
        self.side.holder.say(*holder)
        docked = self.drawer.is_docked
        self.side.show_for(self._stand, has_holder=bool(holder[0]), docked=docked)
        theme.set_property(self.drawer.frame, "drawer", "false" if docked else "true")
        now_ms = self._desk.now_ms()
        following = [rows.next_row(block, now_ms) for block in view.following]
        if self._stand == "over" and view.current is not None:
            following.insert(0, rows.next_row(view.current.block, now_ms))
        self.side.next.show_next(following[0] if following else None, name)
        self.side.then.show_rows(following[:3], name)
        self._show_saved()

    def _show_saved(self) -> None:
        saved, outage = self._desk.last_saved, self._desk.outage
        if outage is not None:
            self.side.saved.show_failed(rows.words_of(sentences(outage)))
            self.head.show_saved(tr("not saved"), wanted=False)
            return
        time = "" if saved is None else rows.pressed_at(saved.pressed_ms)
        self.side.saved.show_saved(time, "" if saved is None else render(saved.label))
        line = tr("saved {time}", time=time) if time else ""
        self.head.show_saved(line, wanted=not self.drawer.is_docked)

    def _show_header(self) -> None:
        view = self._view
        assert view is not None
        tools: list[QWidget] = [*self._more_tools]
        subtitle = view.event_name
        if self._stand == "choose" or view.field is None:
            self._set_header(tr("Today"), subtitle, tools)
            return
        narrow = self.pages.currentWidget() is self.drawer and not self.drawer.is_docked
        tools.insert(0, self.tool_field_small if narrow else self.tool_field)
        if narrow:
            tools.append(self.tool_undo)
            if self._stand == "running":
                tools.append(self.tool_finish)
            elif self._stand == "finishing":
                tools.append(self.tool_back)
            tools.append(self.tool_details)
        self._set_header(view.field.name, subtitle, tools)

    def _set_header(self, title: str, subtitle: str, tools: Sequence[QWidget]) -> None:
        if (self.title, self.subtitle, tuple(self.tools)) != (title, subtitle, tuple(tools)):
            self.set_header(title, subtitle, tools)

    def _show_undo(self) -> None:
        words = self._desk.next_undo
        why_not = self._why_not()
        tip = why_not or (tr("There is nothing to undo on this desk") if words is None else "")
        for button in (self.side.undo, self.tool_undo):
            button.setText(tr("Undo"))
            button.set_key("Ctrl+Z")
            button.setEnabled(not tip)
            text = tip or tr("Undo “{what}”", what=words if words is not None else "")
            button.setToolTip(plain_tip(text))
            button.setAccessibleName(text)

    def _show_actions(self) -> None:
        """Which keys do something now, and why the others do not."""
        stand, match = self._stand, self._match
        why_not = self._why_not()
        elsewhere = tr("Only while a match runs")
        blocked = [why_not] if why_not else []
        running = stand == "running" and match is not None
        has_ended = running and match is not None and rows.last_ended(match) is not None
        has_points = running and match is not None and bool(match.points)
        open_point = rows.open_point_of(match) if running and match is not None else None

        def only(possible: bool, reason: str) -> Sequence[str]:
            return blocked or ([] if possible else [reason])

        why_not = self._actions.set_why_not
        on_space = stand in ("idle", "running")
        space_off = self.control.state.line if self.control.state.kind == "off" else ""
        why_not("today_control", only(on_space and not space_off, space_off or elsewhere))
        sides = has_ended or stand == "finishing"
        reason = tr("A winner is stated when a point has ended") if running else elsewhere
        for action in ("today_left", "today_right"):
            why_not(action, only(sides, reason))
        for action in ("today_newer", "today_older"):
            why_not(action, [] if has_points else [elsewhere])
        for action in ("today_rerun", "today_note", "today_set_up", "today_set_down", "today_delete"):
            why_not(action, only(has_points, tr("There is no point yet") if running else elsewhere))
        for action in ("today_next_set_up", "today_next_set_down"):
            why_not(action, only(running and open_point is None, tr("A point is running") if running else elsewhere))
        finish_off = elsewhere
        if open_point is not None:
            finish_off = tr("Point {number} is running: end it first", number=open_point.number)
        why_not("today_finish", only(running and open_point is None, finish_off))
        why_not("today_draw", only(stand == "finishing", tr("Only while a match is finished")))
        confirm = stand == "over" or stand == "finishing"
        confirm_off = self.control.state.line if confirm and self.control.state.kind == "off" else ""
        why_not("today_confirm", [] if confirm and not confirm_off else [confirm_off or elsewhere])
        why_not("today_back", [] if stand == "finishing" or self._choosing else [elsewhere])
        may = stand == "idle" and match is not None and match.may_override
        override_off = tr("Nothing needs a reason") if stand == "idle" else tr("Only before a match")
        if stand == "idle" and match is not None and match.why_not and not match.may_override:
            override_off = tr("A reason alone is not enough here")
        why_not("today_override", only(may, override_off))
        why_not("today_field", [])
        side = self.pages.currentWidget() is self.drawer
        why_not("today_details", [] if side else [tr("Choose a field first")])
        for button, action_id in ((self.tool_field_small, "today_field"), (self.tool_details, "today_details")):
            button.setToolTip(self._actions[action_id].toolTip())

    # time

    def _tick(self) -> None:
        """Between two looks at everything: only what a clock changes."""
        match = self._match
        if match is None or self._stand not in ("running", "finishing"):
            return
        now_ms = self._desk.now_ms()
        if match.started_ms is not None:
            self.live.time.show_figure(rows.span(match.started_ms, now_ms))
        if self._stand != "running":
            return
        self._show_control(rows.point_control(match, now_ms, self._why_not()))
        running = rows.open_point_of(match)
        if running is not None and match.stones_left is not None:
            fresh = match_view(self._desk.state, match.block.match_id, self._desk.acting, now_ms=now_ms)
            if fresh is not None:
                self._match = fresh
                self._show_live(fresh)
                again = rows.open_point_of(fresh)
                if again is not None:
                    self.points.show_stones(again.point_id, str(again.stones))

    def shown(self) -> None:
        self._timer.start()

    def hidden(self) -> None:
        self._timer.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_notices()
        if self._view is not None:
            self._show_page()
            self._show_header()

    def _place_notices(self) -> None:
        wide = self.width()
        if self.pages.currentWidget() is self.drawer:
            wide = self.drawer.frame.x() if self.drawer.is_open else self.drawer.main.width()
        high = self.notices.sizeHint().height() if self.notices.shown else 0
        high = max(high, self.notices.heightForWidth(wide)) if self.notices.shown else 0
        self.notices.setGeometry(0, self.height() - high - theme.GAP_16, wide, high)
        self.notices.raise_()

    def take_focus(self) -> None:
        if self.pages.currentWidget() is self.field_choice:
            self.field_choice.take_focus()
        elif self.pages.currentWidget() is self.drawer:
            if self.control.isEnabled():
                self.control.setFocus(Qt.FocusReason.OtherFocusReason)
            elif self._stand == "finishing":
                # Where nothing can be pressed by accident: the points to look at before somebody says who won.
                self.finish_page.summary.area.setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                self.match_page.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            empty = self.pages.currentWidget()
            button = empty.button if isinstance(empty, EmptyState) else None
            (button or self).setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Enter and self._actions["today_confirm"].isEnabled():
            self._press_control()
            return
        super().keyPressEvent(event)

    # the field

    def choose_field(self) -> None:
        """Go to the choice of the field; again goes back."""
        self._choosing = not self._choosing
        self._show()
        self.take_focus()

    def _chose_field(self, field_id: str) -> None:
        self._choosing = False
        if field_id != self._field:
            self._field = field_id
            self._desk.memory.remember(FIELD_KEY, field_id)
            self._forget_match()
        self._show()
        self.take_focus()

    def show_field(self, field_id: str) -> None:
        """Go to a field as if a person had chosen it."""
        self._chose_field(field_id)

    def _forget_match(self) -> None:
        self._just_over = self._finishing = self._chosen = ""
        self._finish, self._next_set = FinishChoice(), None
        self.finish_page.note.clear()
        self.idle.clear()

    # presses

    def _perform(
        self,
        command: Command,
        *,
        then: Callable[[Outcome], object] | None = None,
    ) -> None:
        self._desk.perform(command, then=then, otherwise=self._bad)

    def _press_control(self) -> None:
        match = self._match
        if self._pending or match is None or self.control.state.kind == "off":
            return
        match self._stand:
            case "idle":
                self._start(match)
            case "running":
                self._press_point(match)
            case "finishing":
                self._press_finish(match)
            case "over":
                self._go_on()

    def _press_point(self, match: MatchView) -> None:
        running = rows.open_point_of(match)
        command: Command
        if running is not None:
            command = commands.EndPoint(point=running.point_id)
        else:
            command = commands.StartPoint(match=match.block.match_id, set_number=self._next_set)
        self._pending = True

        def done(_: Outcome) -> None:
            self._pending = False
            self._next_set = None
            self._chosen = ""

        self._perform(command, then=done)

    def _start(self, match: MatchView, override: str = "") -> None:
        self._pending = True

        def done(_: Outcome) -> None:
            self._pending = False
            self._forget_match()

        self._perform(commands.StartMatch(match=match.block.match_id, override=override), then=done)

    def _start_with_reason(self, reason: str) -> None:
        if self._match is not None and self._stand == "idle" and not self._pending:
            self._start(self._match, reason)

    def _open_override(self) -> None:
        self.idle.open_form()

    def _press_side(self, side: Side) -> None:
        match = self._match
        if match is None:
            return
        if self._stand == "finishing":
            self._finish = rows.press_winner(self._finish, side)
            self._show()
            return
        point = rows.chosen_for_winner(match, self._chosen)
        if self._stand == "running" and point is not None:
            self._give_winner(point.point_id, "" if point.winner is side else side.value)

    def _give_winner(self, point_id: str, side: str) -> None:
        if side:
            self._perform(commands.EditPoint(point=point_id, winner=Side(side)))
        else:
            self._perform(commands.EditPoint(point=point_id, clear_winner=True))

    def _step(self, by: int) -> None:
        if self._match is not None:
            self._choose_point(rows.step_choice(self._match, self._chosen, by))

    def _choose_point(self, point_id: str) -> None:
        self._chosen = point_id
        self._show()
        self.points.reveal(point_id)

    def _press_rerun(self) -> None:
        point = None if self._match is None else rows.chosen_for_edits(self._match, self._chosen)
        if point is not None:
            self._perform(commands.EditPoint(point=point.point_id, rerun=not point.rerun))

    def _press_note(self) -> None:
        point = None if self._match is None else rows.chosen_for_edits(self._match, self._chosen)
        if point is not None:
            self.points.edit_note(point.point_id)

    def _press_delete(self) -> None:
        match = self._match
        point = None if match is None else rows.point_of(match, self._chosen)
        if point is None:
            self._tell(tr("Choose a point first"), tr("Up and Down choose one, Delete takes it out."), "warning")
            return
        self._chosen = ""
        self._perform(commands.VoidPoint(point=point.point_id))

    def _step_set(self, by: int) -> None:
        point = None if self._match is None else rows.chosen_for_edits(self._match, self._chosen)
        if point is not None and point.set_number + by >= 1:
            self._perform(commands.EditPoint(point=point.point_id, set_number=point.set_number + by))

    def _choose_next_set(self, number: int) -> None:
        self._next_set = number

    # finishing

    def _open_finishing(self) -> None:
        match = self._match
        if match is None or self._stand != "running":
            return
        self._finishing = match.block.match_id
        self._finish = FinishChoice()
        self._finish_seen = self._desk.state.seen([f"match/{match.block.match_id}"])
        self.finish_page.note.setPlainText(match.final_note)
        self._quieten()
        self._show()
        self.take_focus()

    def _close_finishing(self) -> None:
        if self._choosing:
            self.choose_field()
            return
        self._finishing = ""
        self._show()
        self.take_focus()

    def _press_ending(self, ending: Ending) -> None:
        if self._stand == "finishing":
            self._finish = rows.press_ending(self._finish, ending)
            self._show()

    def _press_finish(self, match: MatchView) -> None:
        choice = self._finish
        if not choice.stated:
            return
        match_id = match.block.match_id
        self._pending = True

        def done(_: Outcome) -> None:
            self._pending = False
            self._forget_match()
            self._just_over = match_id

        self._perform(
            commands.FinishMatch(
                match=match_id,
                ending=choice.ending,
                winner=choice.winner,
                note=self.finish_page.note.toPlainText(),
                seen=self._finish_seen,
            ),
            then=done,
        )

    def _go_on(self) -> None:
        self._forget_match()
        self._show()
        self.take_focus()

    # news

    def _undo(self) -> None:
        if "undo" in self._actions:
            self._actions["undo"].trigger()

    def _act_on_reason(self, row: ReasonRow) -> None:
        if row.act == "who":
            self.who_asked.emit()
        elif row.act == "show":
            self.match_shown.emit(row.about)
        elif row.act == "assign":
            self._ask_team(row.about)

    def _ask_team(self, tag_id: str) -> None:
        event = self._desk.state.event
        tag = event.tags.get(tag_id)
        if tag is None:
            return
        if self._teams is None:
            self._teams = TeamSheet(self.window())
            self._teams.chosen.connect(lambda tag, team: self._perform(commands.AssignTag(tag=tag, team=team)))
        teams = sorted(((team.id, team.name) for team in event.teams.values()), key=lambda one: one[1].casefold())
        self._teams.ask(tag_id, tag.name, teams)

    def _saved(self, saved: Saved) -> None:
        self._show_saved()
        command = saved.command
        if not self.isVisible():
            return
        if _is_quiet(command):
            # What Undo would take back is another thing now.
            self._quieten()
            return
        if isinstance(command, commands.Undo | commands.Redo):
            self._tell(render(saved.label), "", "accent")
        elif _concerns_a_match(command):
            self._tell(render(saved.label), "", "accent", undo=saved.undoable)
        for finding in saved.findings:
            self._tell(render(finding.words), "", "warning")

    def _failed(self, outage: Outage) -> None:
        self._pending = False
        self._tell(
            tr("Not saved: stop work here"),
            rows.words_of(sentences(outage)),
            "danger",
        )

    def _bad(self, news: BadNews) -> None:
        """What stood against a press, beside it; the screen goes back to what is saved."""
        self._pending = False
        self._show()
        if not isinstance(news, Outage):
            said = sentences(news)
            self._tell(render(said[0]) if said else "", rows.words_of(said[1:]), "warning")

    def tell(self, headline: str, sentence: str = "") -> None:
        """What stands against something that was asked elsewhere, such as an undo; over the points."""
        self._tell(headline, sentence, "warning")

    def _tell(self, headline: str, sentence: str, hue: theme.HueName, *, undo: bool = False) -> None:
        """One notice at a time over the points; an outage stays until a person closes it."""
        self._quieten()
        self.notices.show_notice(
            headline,
            sentence,
            hue,
            action=tr("Undo") if undo else "",
            key="Ctrl+Z" if undo else "",
            then=self._undo if undo else None,
        )
        self._place_notices()

    def _quieten(self) -> None:
        for notice in self.notices.shown:
            if notice.property("hue") != "danger":
                self.notices.remove(notice)


def _is_gone(widget: QWidget | None) -> bool:
    """Whether a widget that had the keyboard was deleted, hidden or switched off meanwhile."""
    return widget is None or not isValid(widget) or not widget.isVisible() or not widget.isEnabled()


def _concerns_a_match(command: Command) -> bool:
    return isinstance(
        command,
        commands.StartMatch
        | commands.EditPoint
        | commands.VoidPoint
        | commands.FinishMatch
        | commands.ReopenMatch
        | commands.CorrectResult
        | commands.NoteMatch
        | commands.AssignTag,
    )
