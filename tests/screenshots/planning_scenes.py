"""The states of planning and handing out that are pictured: tables, scripts, the row form, paper, the guide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arctos_desk.app.panes import BOARD, SCRIPTS, STANDINGS
from arctos_desk.operations.commands import Acting
from arctos_desk.tournament.kinds import Role
from arctos_desk.ui.dialogs.guide import GuideSheet
from arctos_desk.ui.panes.schedule_board.row_form import RowForm
from arctos_desk.ui.panes.scripts.pane import ScriptsPane
from arctos_desk.ui.panes.standings.pane import StandingsPane

if TYPE_CHECKING:
    from tests.screenshots.scenes import Screen

_LONG_TEAM = "The Extraordinarily Long-Winded Badgers"


def standings(screen: Screen) -> None:
    """The groups, with the reasons of the second team of the first."""
    pane = screen.go(STANDINGS)
    assert isinstance(pane, StandingsPane)
    pane.shown_choice.segment("groups").click()


def standings_all(screen: Screen) -> None:
    pane = screen.go(STANDINGS)
    assert isinstance(pane, StandingsPane)
    pane.shown_choice.segment("all").click()


def scripts(screen: Screen) -> None:
    """A tag by expression, and where it is used."""
    _scripts(screen)


def scripts_wrong(screen: Screen) -> None:
    """An expression while it is typed, with what is wrong below it."""
    pane = _scripts(screen)
    pane.expression.setPlainText("(get 0 (ranking teams-a\n  (list {A1} {A2} {A33})))")


def _scripts(screen: Screen) -> ScriptsPane:
    _as_organiser(screen)
    pane = screen.go(SCRIPTS)
    assert isinstance(pane, ScriptsPane)
    pane.table.selectRow(0)
    return pane


def row_new(screen: Screen) -> None:
    """A new row, from the board."""
    screen.go(BOARD)
    screen.act("row_add")


def row_wrong(screen: Screen) -> None:
    """Everything wrong with a row, said beside its inputs."""
    row_new(screen)
    form = screen.desk.window.findChild(RowForm, "row_form")
    assert form is not None
    form.name.setText("Semi 1, Semi 2")
    form.day.setText("Sunday")
    form.length.setText("long")
    form.team1.setText("Red Kits")
    form.team2.setText(_LONG_TEAM)
    form.save_button.click()


def export(screen: Screen) -> None:
    screen.go(BOARD)
    screen.act("export")


def preview(screen: Screen) -> None:
    """The schedule as it will be printed."""
    screen.go(BOARD)
    screen.act("print")
    screen.calm(lambda: screen.desk.paper.handing_out.preview.is_open)


def score_sheet(screen: Screen) -> None:
    """The score sheet of a match with long names and rosters."""
    screen.go(BOARD)
    event = screen.desk.handle.state.event
    teams = {team.id: team.name for team in event.teams.values()}
    rows = screen.desk.handle.state.solution.rows
    match = next(one for one in event.matches if teams.get(rows[one].team1_id or "") == _LONG_TEAM)
    handing_out = screen.desk.paper.handing_out
    handing_out.look_at_score_sheet(match)
    screen.calm(lambda: handing_out.preview.is_open)


def guide(screen: Screen) -> None:
    screen.go(BOARD)
    screen.act("guide")


def guide_end(screen: Screen) -> None:
    """The last step of the guide."""
    guide(screen)
    sheet = screen.desk.window.findChild(GuideSheet, "guide")
    assert sheet is not None
    sheet.show_step(99)


def _as_organiser(screen: Screen) -> None:
    handle = screen.desk.handle
    organiser = next(one for one in handle.people() if Role.ORGANISER in one.roles)
    handle.act_as(Acting(person=organiser.id, role=Role.ORGANISER))


def leave_planning(screen: Screen) -> None:
    """Nothing half-typed is left in the editor of scripts."""
    pane = screen.desk.window.pane(SCRIPTS)
    if isinstance(pane, ScriptsPane):
        pane.revert()
