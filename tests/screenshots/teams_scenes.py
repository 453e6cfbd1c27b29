"""The states of the Teams pane that are pictured: empty, filled, duplicates, a list with problems. Takes no picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from arctos_desk.app.panes import TEAMS
from arctos_desk.operations import commands
from arctos_desk.operations.commands import Acting, PlayerEntry
from arctos_desk.operations.roster_views import RosterView, rosters_view
from arctos_desk.tournament.kinds import Role
from arctos_desk.ui.panes.teams.pane import TeamsPane

if TYPE_CHECKING:
    from tests.screenshots.scenes import Screen

_LONG = "Maximiliane-Friederike von der Moorschnuckenheide"
_LIST = """\
Mannschaft\tSpieler\tNr\tBezahlt\tE-Mail\tSchuhe
{team}\t{known}\t99\tja\tx@example.org\t38
{team}\tNeu im Team\t7\tja\t\t41
Spielgemeinschaft Märkische Moorschnucken\tZoe Heide\t4\tnein\t\t39
Spielgemeinschaft Märkische Moorschnucken\tIda Moor\t5\tvielleicht\t\t40
Spielgemeinschaft Märkische Moorschnucken\t\t6\t\t\t
Söldner\tOhne Team\t\tja\t\t
{team}\tKeno Birkenwald\t123456\t\t\t
"""


def teams(screen: Screen) -> None:
    """As an organiser, one of the teams with a player of a long name, an injury that all may read, one that is not."""
    _pane(screen).choose_player(*_long_player(screen))


def teams_read(screen: Screen) -> None:
    """As the referee, who may look."""
    _long_player(screen)
    _back_to_the_referee(screen)
    _pane(screen, organiser=False)


def teams_empty(screen: Screen) -> None:
    """What an event shows that has no teams: the sample has some, so the page is turned by hand."""
    pane = _pane(screen)
    pane.bar.hide()
    pane.pages.setCurrentWidget(pane.empty)


def teams_new(screen: Screen) -> None:
    _pane(screen).begin_team()


def teams_pairs(screen: Screen) -> None:
    pane = _pane(screen)
    _long_player(screen)
    pane.show_pairs()


def teams_paste(screen: Screen) -> None:
    pane = _pane(screen)
    roster = _longest(screen)
    QGuiApplication.clipboard().setText(_LIST.format(team=roster.name, known=roster.players[0].name))
    pane.paste()


def leave_teams(screen: Screen) -> None:
    """Give back what the scenes turned."""
    pane = screen.desk.window.pane(TEAMS)
    assert isinstance(pane, TeamsPane)
    if pane.form.is_new:
        pane.choose(pane.key)
    pane.bar.show()
    pane.pages.setCurrentWidget(pane.body)


def _pane(screen: Screen, *, organiser: bool = True) -> TeamsPane:
    if organiser:
        person = next(one for one in screen.desk.handle.people() if Role.ORGANISER in one.roles)
        screen.desk.handle.act_as(Acting(person=person.id, role=Role.ORGANISER))
    pane = screen.go(TEAMS)
    assert isinstance(pane, TeamsPane)
    return pane


def _back_to_the_referee(screen: Screen) -> None:
    referee = next(one for one in screen.desk.handle.people() if one.roles == (Role.HEAD_REF,))
    screen.desk.handle.act_as(Acting(person=referee.id, role=Role.HEAD_REF))


def _longest(screen: Screen) -> RosterView:
    """The team with the longest name."""
    rosters = rosters_view(screen.desk.handle.state, screen.desk.handle.acting)
    return max(rosters, key=lambda one: len(one.name))


def _long_player(screen: Screen) -> tuple[str, str]:
    """The team and the id of the player with the long name, added once with somebody who may be the same."""
    _pane(screen)
    handle = screen.desk.handle
    roster = _longest(screen)
    known = next((one for one in roster.players if one.name == _LONG), None)
    if known is None:
        for entry in (
            PlayerEntry(name=_LONG, jersey_name="Maxi Moorschnucke", number="98", paid=True, head_ref=True,
                        injury="Left ankle, no running since Friday", injury_public=True),
            PlayerEntry(name=_LONG.replace("Friederike", "Frederike"), number="97", injury="Asthma"),
        ):  # fmt: skip
            handle.perform(commands.AddPlayer(player=entry, team=roster.team_id))
            screen.settle()
        roster = _longest(screen)
        known = next(one for one in roster.players if one.name == _LONG)
    return roster.team_id or "", known.player_id
