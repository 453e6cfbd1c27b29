"""What the pictures show: each scene brings the window into one state, by the ways a person has.

A scene leaves the window as the next one wants it: the board, no sheet open. Takes no picture.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from arctos_desk.app.panes import BOARD, EVENTS, JOURNAL, SCRIPTS, SETTINGS, STANDINGS, TEAMS, TODAY
from arctos_desk.app.window import DeskWindow, Program
from arctos_desk.operations.commands import Acting
from arctos_desk.operations.desk import UndoPreview
from arctos_desk.tournament.kinds import Role, Stage, Status
from arctos_desk.tournament.reasons import Outage, Refused
from arctos_desk.ui.dialogs.sheet import Sheet
from arctos_desk.ui.panes.journal.pane import JournalPane
from arctos_desk.ui.panes.schedule_board.pane import BoardPane
from arctos_desk.ui.panes.settings.backups import BackupTable
from arctos_desk.ui.panes.settings.pane import SettingsPane
from arctos_desk.ui.panes.today.pane import TodayPane
from arctos_desk.ui.panes.welcome.pane import WelcomePane
from tests.screenshots import more_scenes, planning_scenes, teams_scenes
from tests.screenshots.day import Stage as DayStage

BAD_SCHEDULE = """\
[[fields]]
name = "Field 1"

[[matches]]
name = "A1"
field = "Field 1"
schedule_type = "STATIC"
scheduled_start_time = "2027-06-05T25:00:00"
nominal_length = -5
team1_initial = "red-kites"
team2_initial = "Nobody::winner"

[[matches]]
name = "A1"
field = "Field 9"
schedule_type = "SOMETIMES"
nominal_length = 30
previous_match = "A7"
skip_condition = "(is-skiped {A1}"
"""

PATIENCE_ROUNDS = 4_000
"""Rounds of five milliseconds for what is made beside the lane, such as paper."""

Settle = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Screen:
    """The window on which scenes are set. `settle` returns when nothing is on its way to the screen any more."""

    program: Program
    referee: Acting
    settle: Settle
    bad_file: Path

    @property
    def desk(self) -> DeskWindow:
        return self.program.desk

    def go(self, pane_id: str) -> QWidget:
        self.desk.window.show_pane(pane_id)
        self.settle()
        return self.desk.window.pane(pane_id)

    def calm(self, until: Callable[[], bool]) -> None:
        """Go on until something that is made beside the lane is there."""
        for _ in range(PATIENCE_ROUNDS):
            if until():
                break
            QTest.qWait(5)
        else:
            raise RuntimeError("it does not come")
        self.settle()

    def act(self, action_id: str) -> None:
        action = self.desk.window.actions_table[action_id]
        if not action.isEnabled():
            raise RuntimeError(f"{action_id} cannot be done: {action.toolTip()}")
        action.trigger()
        self.settle()


@dataclass(frozen=True, slots=True)
class Scene:
    """One state of the window, on one of the days."""

    name: str
    what: str
    prepare: Callable[[Screen], None]
    stage: DayStage = "noon"


def _board(screen: Screen) -> None:
    pane = screen.go(BOARD)
    assert isinstance(pane, BoardPane)
    pane.choose(_match(screen, lambda status, later: later and status is not Status.COMPLETED))


def _board_team(screen: Screen) -> None:
    pane = screen.go(BOARD)
    assert isinstance(pane, BoardPane)
    pane.show_layout("team", next(iter(screen.desk.handle.state.event.teams)))


def _board_table(screen: Screen) -> None:
    pane = screen.go(BOARD)
    assert isinstance(pane, BoardPane)
    pane.show_layout("table")


def _today_idle(screen: Screen) -> None:
    _today(screen, _idle_field(screen))


def _today_running(screen: Screen) -> None:
    _today(screen, _running_field(screen))


def _today_finishing(screen: Screen) -> None:
    # A point must be over before the result can be stated: the field beside it.
    _today(screen, _running_field(screen, in_a_point=False))
    screen.act("today_finish")


def _today_over(screen: Screen) -> None:
    _today(screen, next(iter(screen.desk.handle.state.event.fields)))


def _today(screen: Screen, field_id: str) -> None:
    pane = screen.go(TODAY)
    assert isinstance(pane, TodayPane)
    pane.show_field(field_id)


def _journal(screen: Screen) -> None:
    screen.go(JOURNAL)


def _undo_preview(screen: Screen) -> None:
    pane = screen.go(JOURNAL)
    assert isinstance(pane, JournalPane)
    pane.undo_asked.emit(_with_facts_resting_on_it(screen))


def _import_error(screen: Screen) -> None:
    """The bad file is taken into the open event, from the board."""
    screen.go(EVENTS)
    screen.go(BOARD)
    pane = screen.desk.window.pane(EVENTS)
    assert isinstance(pane, WelcomePane)
    pane.imported.emit(str(screen.bad_file))


def _import_error_first(screen: Screen) -> None:
    """The bad file is to become an event of its own, where events are chosen."""
    pane = screen.go(EVENTS)
    assert isinstance(pane, WelcomePane)
    pane.imported.emit(str(screen.bad_file))


def _welcome(screen: Screen) -> None:
    screen.go(EVENTS)


def _settings(section: str, *, organiser: bool = True) -> Callable[[Screen], None]:
    def prepare(screen: Screen) -> None:
        if organiser:
            _as_organiser(screen)
        _settings_pane(screen).show_section(section)

    return prepare


def _as_organiser(screen: Screen) -> None:
    handle = screen.desk.handle
    person = next(one for one in handle.people() if Role.ORGANISER in one.roles)
    handle.act_as(Acting(person=person.id, role=Role.ORGANISER))


def _settings_pane(screen: Screen) -> SettingsPane:
    pane = screen.go(SETTINGS)
    assert isinstance(pane, SettingsPane)
    return pane


def _settings_members(screen: Screen) -> None:
    _settings("groups")(screen)
    section = _settings_pane(screen).section("groups")
    button = next(one for one in section.findChildren(QAbstractButton) if one.objectName().startswith("group_matches_"))
    if not button.isChecked():
        button.click()


def _settings_mode(screen: Screen) -> None:
    """The form of a new mode with everything wrong in it."""
    _settings("rules")(screen)
    pane = _settings_pane(screen)
    pane.findChild(QAbstractButton, "mode_add").click()
    pane.findChild(QAbstractButton, "mode_counting_stones").click()
    pane.findChild(QAbstractButton, "mode_save").click()


def _settings_backups(screen: Screen) -> None:
    _settings("backups")(screen)
    pane = _settings_pane(screen)
    if pane.findChild(BackupTable).model().rowCount() == 0:
        pane.findChild(QAbstractButton, "settings_backup_now").click()
    screen.calm(lambda: pane.findChild(BackupTable).model().rowCount() > 0)


def _settings_restore(screen: Screen) -> None:
    _settings_backups(screen)
    pane = _settings_pane(screen)
    pane.findChild(BackupTable).selectRow(0)
    pane.findChild(QAbstractButton, "settings_restore_this").click()
    window = screen.desk.window
    screen.calm(lambda: any(sheet.is_open for sheet in window.findChildren(Sheet)))


def _settings_diagnostics(screen: Screen) -> None:
    _settings("diagnostics")(screen)
    pane = _settings_pane(screen)
    screen.calm(lambda: pane.findChild(QAbstractButton, "settings_diagnostics_save").isEnabled())


def _who(screen: Screen) -> None:
    screen.go(BOARD)
    screen.act("who")


SCENES: tuple[Scene, ...] = (
    Scene("board", "Board: all fields, a match chosen", _board),
    Scene("board-team", "Board: the day of one team", _board_team),
    Scene("board-table", "Board: as a table", _board_table),
    Scene("today-idle", "Today: before a match", _today_idle),
    Scene("today-running", "Today: during a point", _today_running),
    Scene("today-finishing", "Today: stating the result", _today_finishing),
    Scene("today-over", "Today: no match left", _today_over, stage="over"),
    Scene("journal", "Journal", _journal),
    Scene("undo-preview", "Undo: what rests on the entry", _undo_preview),
    Scene("import-error", "Import: every fault of a file, over the board", _import_error),
    Scene("import-error-first", "Import: every fault of a file, where events are chosen", _import_error_first),
    Scene("welcome", "Events: new, open, recent, import", _welcome),
    Scene("settings-event", "Settings: the event", _settings("event")),
    Scene("settings-read", "Settings: for whoever is no organiser", _settings("fields", organiser=False)),
    Scene("settings-fields", "Settings: fields", _settings("fields")),
    Scene("settings-rules", "Settings: rules of play", _settings("rules")),
    Scene("settings-mode", "Settings: a mode with everything wrong in it", _settings_mode),
    Scene("settings-groups", "Settings: groups", _settings("groups")),
    Scene("settings-members", "Settings: the matches of a group", _settings_members),
    Scene("settings-laptop", "Settings: this laptop", _settings("laptop")),
    Scene("settings-backups", "Settings: backups", _settings_backups),
    Scene("settings-restore", "Settings: a look into a backup", _settings_restore),
    Scene("settings-diagnostics", "Settings: diagnostics", _settings_diagnostics),
    Scene("teams", "Teams: one of them with its roster", teams_scenes.teams),
    Scene("teams-read", "Teams: for whoever is no organiser", teams_scenes.teams_read),
    Scene("teams-new", "Teams: a new one", teams_scenes.teams_new),
    Scene("teams-pairs", "Teams: possible duplicates", teams_scenes.teams_pairs),
    Scene("teams-paste", "Teams: a list with problems before it is taken in", teams_scenes.teams_paste),
    Scene("teams-empty", "Teams: none yet", teams_scenes.teams_empty),
    Scene("standings", "Standings: groups, and why one team stands above another", planning_scenes.standings),
    Scene("standings-over", "Standings: all matches of the day", planning_scenes.standings_all, stage="over"),
    Scene("scripts", "Scripts: a tag and where it is used", planning_scenes.scripts),
    Scene("scripts-wrong", "Scripts: what is wrong while it is typed", planning_scenes.scripts_wrong),
    Scene("row-new", "Board: a new row", planning_scenes.row_new),
    Scene("row-wrong", "Board: a row with everything wrong in it", planning_scenes.row_wrong),
    Scene("export", "Export and print", planning_scenes.export),
    Scene("preview", "The schedule as it will be printed", planning_scenes.preview),
    Scene("score-sheet", "A score sheet as it will be printed", planning_scenes.score_sheet),
    Scene("guide", "The guide: its first step", planning_scenes.guide),
    Scene("guide-end", "The guide: its last step", planning_scenes.guide_end),
    Scene("who", "I am …", _who),
    Scene("who-pin", "I am …: the PIN of an organiser", more_scenes.who_pin),
    Scene("who-new", "I am …: somebody new", more_scenes.who_new),
    Scene("today-override", "Today: a start against the reasons", more_scenes.today_override),
    Scene("today-note", "Today: a note on a point", more_scenes.today_note),
    Scene("today-field", "Today: choosing the field", more_scenes.today_field),
    Scene("today-details", "Today: the drawer of details", more_scenes.today_details),
    Scene("today-tag", "Today: which team is it?", more_scenes.today_tag),
    Scene("board-inspector", "Board: why this time?", more_scenes.board_inspector),
    Scene("board-happened", "Board: as it happened", more_scenes.board_happened),
    Scene("row-break", "Board: a new break", more_scenes.row_break),
    Scene("row-edit", "Board: a row that is there", more_scenes.row_edit),
    Scene("export-all", "Export and print: everything ticked", more_scenes.export_all),
    Scene("preview-last", "The last page of the schedule", more_scenes.preview_last),
    Scene("events-form", "Events: a new one with a name that is taken", more_scenes.events_form),
    Scene("teams-move", "Teams: where a player goes", more_scenes.teams_move),
    Scene("teams-erase", "Teams: a player erased for good", more_scenes.teams_erase),
    Scene("notices", "Notices of several kinds", more_scenes.notices),
    Scene("outage", "What the disk does not take", more_scenes.outage),
    Scene("large-board", "Board with text of 125 %", more_scenes.large("board"), stage="large"),
    Scene("large-today", "Today with text of 125 %", more_scenes.large_today, stage="large"),
    Scene("large-teams", "Teams with text of 125 %", more_scenes.large("teams"), stage="large"),
    Scene("large-settings", "Settings with text of 125 %", more_scenes.large("settings"), stage="large"),
    *(
        Scene(f"empty-{pane_id}", f"{what}: nothing there yet", more_scenes.pane(pane_id), stage="empty")
        for pane_id, what in (
            (TODAY, "Today"),
            (BOARD, "Board"),
            (STANDINGS, "Standings"),
            (TEAMS, "Teams"),
            (SCRIPTS, "Scripts"),
            (JOURNAL, "Journal"),
            (EVENTS, "Events"),
            (SETTINGS, "Settings"),
        )
    ),
    Scene("empty-fields", "Settings: no field yet", more_scenes.empty_section("fields"), stage="empty"),
    Scene("empty-rules", "Settings: no rules yet", more_scenes.empty_section("rules"), stage="empty"),
    Scene("empty-groups", "Settings: no group yet", more_scenes.empty_section("groups"), stage="empty"),
    Scene("empty-backups", "Settings: no backup yet", more_scenes.empty_section("backups"), stage="empty"),
)


def leave(screen: Screen) -> None:
    """Close what the scene opened."""
    window = screen.desk.window
    handle = screen.desk.handle
    if handle.acting != screen.referee:
        handle.act_as(screen.referee)
    window.notices.clear()
    more_scenes.leave_drawers(screen)
    teams_scenes.leave_teams(screen)
    planning_scenes.leave_planning(screen)
    for sheet in window.findChildren(Sheet):
        if sheet.is_open:
            sheet.close_sheet()
    pane = window.pane(TODAY)
    if isinstance(pane, TodayPane) and pane.stand == "finishing":
        screen.act("today_back")
    events = window.pane(EVENTS)
    if isinstance(events, WelcomePane):
        events.show_home()
    board = window.pane(BOARD)
    if isinstance(board, BoardPane) and board.layout_shown != "all":
        board.show_layout("all")
    screen.settle()


def _match(screen: Screen, fits: Callable[[Status, bool], bool]) -> str:
    state = screen.desk.handle.state
    for match in state.event.matches.values():
        row = state.solution.rows[match.id]
        later = (row.live_ms or 0) > screen.desk.handle.now_ms()
        if match.kind.is_game and fits(row.status, later):
            return match.id
    raise RuntimeError("the day has no such match")


def _running_field(screen: Screen, *, in_a_point: bool = True) -> str:
    """The field of a running match in which a point is played just now, or just not."""
    state = screen.desk.handle.state
    for match in state.event.matches.values():
        points = state.points_of.get(match.id, ())
        if match.stage is Stage.LIVE and match.field_id and any(one.end_ms is None for one in points) is in_a_point:
            return match.field_id
    raise RuntimeError("nothing runs")


def _idle_field(screen: Screen) -> str:
    state = screen.desk.handle.state
    live = {match.field_id for match in state.event.matches.values() if match.stage is Stage.LIVE}
    for field_id in state.event.fields:
        if field_id not in live:
            return field_id
    raise RuntimeError("every field is in play")


def _with_facts_resting_on_it(screen: Screen) -> str:
    """The newest entry on which later facts rest."""
    desk, log = screen.desk.event.desk, screen.desk.event.log
    for operation in log.recent(500):
        try:
            preview: UndoPreview = desk.preview_undo(operation.id)
        except (Refused, Outage):
            continue
        if preview.rests:
            return operation.id
    raise RuntimeError("nothing rests on anything")


__all__ = ["BAD_SCHEDULE", "SCENES", "Scene", "Screen", "leave"]
