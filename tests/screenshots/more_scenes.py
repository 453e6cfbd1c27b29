"""More states that are pictured: small forms and sheets, notices, larger text, and what an empty event shows.

Takes no picture.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget

from arctos_desk.app.panes import BOARD, EVENTS, SETTINGS, TODAY
from arctos_desk.operations.commands import Acting
from arctos_desk.tournament.kinds import MatchKind, Role, Stage, Status
from arctos_desk.tournament.reasons import Outage, Problem
from arctos_desk.tournament.words import say
from arctos_desk.ui.dialogs.choose_team import TeamSheet
from arctos_desk.ui.panes.schedule_board.pane import BoardPane
from arctos_desk.ui.panes.schedule_board.row_form import RowForm
from arctos_desk.ui.panes.settings.pane import SettingsPane
from arctos_desk.ui.panes.today.pane import TodayPane
from arctos_desk.ui.panes.welcome.pane import WelcomePane
from tests.screenshots import planning_scenes, teams_scenes

if TYPE_CHECKING:
    from tests.screenshots.scenes import Screen

W = TypeVar("W", bound=QWidget)
_LONG_EVENT = "Open-Air-Turnier der Spielgemeinschaften"


def _child(screen: Screen, kind: type[W], name: str) -> W:
    found = screen.desk.window.findChild(kind, name)
    assert found is not None, name
    return found


def _as_organiser(screen: Screen) -> None:
    handle = screen.desk.handle
    organiser = next(one for one in handle.people() if Role.ORGANISER in one.roles)
    handle.act_as(Acting(person=organiser.id, role=Role.ORGANISER))


# who is here


def who_pin(screen: Screen) -> None:
    """An organiser has a PIN, and it was a wrong one."""
    screen.go(BOARD)
    screen.act("who")
    organiser = next(one for one in screen.desk.handle.people() if Role.ORGANISER in one.roles)
    _child(screen, QAbstractButton, f"who_{organiser.id}_0").click()
    screen.settle()
    _child(screen, QLineEdit, "who_pin").setText("1357")
    _child(screen, QAbstractButton, "who_pin_ok").click()


def who_new(screen: Screen) -> None:
    screen.go(BOARD)
    screen.act("who")
    _child(screen, QAbstractButton, "who_add").click()


# Today


def _today(screen: Screen, field_id: str) -> TodayPane:
    pane = screen.go(TODAY)
    assert isinstance(pane, TodayPane)
    pane.show_field(field_id)
    screen.settle()
    return pane


def _field(screen: Screen, *, live: bool) -> str:
    event = screen.desk.handle.state.event
    running = {match.field_id for match in event.matches.values() if match.stage is Stage.LIVE}
    return next(field_id for field_id in event.fields if (field_id in running) is live)


def today_override(screen: Screen) -> None:
    """Whoever has the desk starts a match all the same, and says why."""
    screen.desk.handle.act_as(Acting(role=Role.DESK))
    pane = _today(screen, _field(screen, live=False))
    pane.idle.open_form()
    pane.idle.reason.setText("Both teams agreed to play with the referees of the match before")


def today_note(screen: Screen) -> None:
    _today(screen, _field(screen, live=True))
    screen.act("today_note")


def today_field(screen: Screen) -> None:
    _today(screen, _field(screen, live=True))
    screen.act("today_field")


def today_details(screen: Screen) -> None:
    pane = _today(screen, _field(screen, live=True))
    pane.drawer.open_drawer()


def today_tag(screen: Screen) -> None:
    """The sheet in which a tag gets its team."""
    _today(screen, _field(screen, live=False))
    event = screen.desk.handle.state.event
    tag = next(iter(event.tags.values()))
    sheet = screen.desk.window.findChild(TeamSheet, "team_sheet") or TeamSheet(screen.desk.window)
    sheet.ask(tag.id, tag.name, sorted((team.id, team.name) for team in event.teams.values()))


# the board and its rows


def _board(screen: Screen) -> BoardPane:
    pane = screen.go(BOARD)
    assert isinstance(pane, BoardPane)
    return pane


def _chosen(screen: Screen) -> BoardPane:
    pane = _board(screen)
    state = screen.desk.handle.state
    now_ms = screen.desk.handle.now_ms()
    pane.choose(
        next(
            match.id
            for match in state.event.matches.values()
            if match.kind.is_game
            and (state.solution.rows[match.id].live_ms or 0) > now_ms
            and state.solution.rows[match.id].status is not Status.COMPLETED
        )
    )
    screen.settle()
    return pane


def board_inspector(screen: Screen) -> None:
    """The details of a match with the reasons of its time."""
    _chosen(screen).explain()


def board_happened(screen: Screen) -> None:
    _board(screen).times.segment("happened").click()


def row_break(screen: Screen) -> None:
    """A break has other inputs than a match."""
    planning_scenes.row_new(screen)
    form = _child(screen, RowForm, "row_form")
    form.kind.setCurrentIndex(form.kind.findData(MatchKind.BREAK.value))
    form.kind.activated.emit(form.kind.currentIndex())
    form.name.setText("Siegerehrung und gemeinsames Abendessen")


def row_edit(screen: Screen) -> None:
    _as_organiser(screen)
    _chosen(screen)
    screen.act("row_edit")


# paper and files


def export_all(screen: Screen) -> None:
    planning_scenes.export(screen)
    if not _child(screen, QAbstractButton, "export_write").isEnabled():
        _child(screen, QAbstractButton, "export_all").click()


def preview_last(screen: Screen) -> None:
    planning_scenes.preview(screen)
    down = screen.desk.paper.handing_out.preview.view.verticalScrollBar()
    down.setValue(down.maximum())


# events


def events_form(screen: Screen) -> None:
    """The form of a new event, with what stands against it."""
    pane = screen.go(EVENTS)
    assert isinstance(pane, WelcomePane)
    pane.ask_new()
    pane.name.setText(_LONG_EVENT + "/2027")
    pane.place.setText("Fir Hollow")
    pane.show_refused([Problem("name", say("There is an event of this name already"))])


# teams


def teams_move(screen: Screen) -> None:
    teams_scenes.teams(screen)
    screen.settle()
    screen.act("player_move")


def teams_erase(screen: Screen) -> None:
    teams_scenes.teams(screen)
    screen.settle()
    screen.act("player_erase")


# notices


def notices(screen: Screen) -> None:
    """Good news, a warning and a failure, one above the other."""
    screen.go(BOARD)
    area = screen.desk.window.notices
    area.show_notice("Saved", "A copy of the event lies on the stick.", "running")
    area.show_notice("Field 3 is 16 min late", "The next match waits for its referees.", "warning", action="Show")
    area.show_notice("The event was not saved", "The disk is full. Make room, then press again.", "danger")


def outage(screen: Screen) -> None:
    """What was pressed is not on the disk, and it says whether work goes on."""
    screen.go(BOARD)
    screen.desk.handle.failed.emit(
        Outage(
            say("The disk is full"),
            work_continues=True,
            next_step=say("What was pressed last is not saved. Make room, then press again."),
        )
    )


# larger text


def large(pane_id: str) -> Callable[[Screen], None]:
    def prepare(screen: Screen) -> None:
        _as_organiser(screen)
        screen.go(pane_id)

    return prepare


def large_today(screen: Screen) -> None:
    _today(screen, _field(screen, live=True))


def leave_drawers(screen: Screen) -> None:
    """No drawer is open, and times are those of the plan."""
    for pane in screen.desk.window.findChildren(TodayPane):
        if pane.drawer.is_open:
            pane.drawer.close_drawer()
    for board in screen.desk.window.findChildren(BoardPane):
        if board.drawer.is_open:
            board.drawer.close_drawer()
        if board.times.value != "plan":
            board.times.segment("plan").click()


# nothing there yet


def pane(pane_id: str) -> Callable[[Screen], None]:
    def prepare(screen: Screen) -> None:
        screen.go(pane_id)

    return prepare


def empty_section(section: str) -> Callable[[Screen], None]:
    def prepare(screen: Screen) -> None:
        shown = screen.go(SETTINGS)
        assert isinstance(shown, SettingsPane)
        shown.show_section(section)
        QTest.qWait(1)

    return prepare
