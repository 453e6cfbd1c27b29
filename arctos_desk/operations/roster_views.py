"""Teams and players as panes and papers read them: frozen rows made from one state, filtered for who reads.

A private injury is given only to an organiser or a head referee (spec arctos.md §7.3). Decides nothing and writes
nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from arctos_desk.operations.commands import Acting
from arctos_desk.operations.ports import PersonRecord
from arctos_desk.operations.rights import why_not_act
from arctos_desk.operations.state import State
from arctos_desk.tournament.alike import near_names, plain_name, written_name
from arctos_desk.tournament.kinds import Role
from arctos_desk.tournament.records import Match, Player, Team
from arctos_desk.tournament.tokens import TeamSlot
from arctos_desk.tournament.words import Words, say


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayerView:
    """Somebody on a roster. `injury_hidden` says that there is an injury which this reader may not see."""

    player_id: str
    team_id: str | None
    name: str = field(repr=False)
    jersey_name: str = field(repr=False)
    number: str
    paid: bool
    head_ref: bool
    injury: str = field(repr=False)
    injury_public: bool
    injury_hidden: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterView:
    """A team with its players by number, or the mercenaries (`team_id` is None).

    `limit` is how many may be on a roster, `over` that there are more; `used_in` are the names of the matches that
    name the team, as a side or as a referee.
    """

    team_id: str | None
    key: str = ""
    name: str = ""
    shortname: str = ""
    colour: str = ""
    logo: str = field(default="", repr=False)
    players: tuple[PlayerView, ...] = ()
    limit: int | None = None
    over: bool = False
    used_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PairView:
    """Two entries that may be one person, and why that may be."""

    player_a: PlayerView
    player_b: PlayerView
    why: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterLine:
    """One player on a score sheet: only what everybody may read."""

    player_id: str
    number: str
    name: str = field(repr=False)
    head_ref: bool


def may_read_injuries(state: State, acting: Acting) -> bool:
    """Whether private injuries are shown: to an organiser and a head referee, and while nobody is known at all."""
    if not state.event.people:
        return True
    return acting.role in (Role.ORGANISER, Role.HEAD_REF) and not why_not_act(state, acting)


def rosters_view(state: State, acting: Acting) -> tuple[RosterView, ...]:
    """Every team in order with its players, and the mercenaries last, also when there are none."""
    reads_all = may_read_injuries(state, acting)
    by_team: dict[str | None, list[PlayerView]] = {}
    for player in state.event.players.values():
        view = _player(state, player, reads_all=reads_all)
        by_team.setdefault(view.team_id, []).append(view)
    used = _used_in(state)
    rosters = [
        _roster(state, team, by_team.get(team.id, []), used.get(team.id, ())) for team in state.event.teams.values()
    ]
    return (*rosters, RosterView(team_id=None, players=tuple(sorted(by_team.get(None, ()), key=_by_number))))


def player_view(state: State, player_id: str, acting: Acting) -> PlayerView | None:
    """One player; None when nobody has this id."""
    player = state.event.players.get(player_id)
    return None if player is None else _player(state, player, reads_all=may_read_injuries(state, acting))


def possible_duplicates(state: State, acting: Acting) -> tuple[PairView, ...]:
    """Entries that may be one person: the same name anywhere, a name that is one slip away, one number in a team.

    Each pair once, for the first reason that holds. Of many with one name each is paired with the first.
    """
    reads_all = may_read_injuries(state, acting)
    players = state.event.players
    told: set[frozenset[str]] = set()
    pairs: list[PairView] = []
    for one, other, why in _pairs(state):
        if frozenset((one, other)) not in told:
            told.add(frozenset((one, other)))
            pairs.append(
                PairView(
                    player_a=_player(state, players[one], reads_all=reads_all),
                    player_b=_player(state, players[other], reads_all=reads_all),
                    why=why,
                )
            )
    return tuple(pairs)


def roster_lines(state: State, team_id: str) -> tuple[RosterLine, ...]:
    """The players of a team for a score sheet, by number: the name on the jersey, else the display name."""
    players = [
        _player(state, player, reads_all=False)
        for player in state.event.players.values()
        if _team_of(state, player) == team_id
    ]
    return tuple(
        RosterLine(player_id=one.player_id, number=one.number, name=one.jersey_name or one.name, head_ref=one.head_ref)
        for one in sorted(players, key=_by_number)
    )


def _roster(state: State, team: Team, players: list[PlayerView], used_in: tuple[str, ...]) -> RosterView:
    limit = state.event.info.most_on_roster
    return RosterView(
        team_id=team.id,
        key=team.key,
        name=team.name,
        shortname=team.shortname,
        colour=team.colour,
        logo=team.logo,
        players=tuple(sorted(players, key=_by_number)),
        limit=limit,
        over=limit is not None and len(players) > limit,
        used_in=used_in,
    )


def _player(state: State, player: Player, *, reads_all: bool) -> PlayerView:
    record = state.people.get(player.id) or PersonRecord(id=player.id, name="")
    shown = bool(record.injury) and (record.injury_public or reads_all)
    return PlayerView(
        player_id=player.id,
        team_id=_team_of(state, player),
        name=record.name,
        jersey_name=record.jersey_name,
        number=player.number,
        paid=player.paid,
        head_ref=player.head_ref,
        injury=record.injury if shown else "",
        injury_public=record.injury_public,
        injury_hidden=bool(record.injury) and not shown,
    )


def _team_of(state: State, player: Player) -> str | None:
    """The team of a player; one that was deleted meanwhile leaves a mercenary."""
    return player.team_id if player.team_id in state.event.teams else None


def _by_number(player: PlayerView) -> tuple[bool, int, str, str, str]:
    """By number, those without one last; then by name."""
    number = player.number
    digits = number if number.isascii() and number.isdigit() else ""
    return (not number, int(digits) if digits else 10_000, number, player.name.casefold(), player.player_id)


def _used_in(state: State) -> dict[str, tuple[str, ...]]:
    used: dict[str, dict[str, None]] = {}
    for match in state.event.matches.values():
        for team_id in _named_in(match):
            used.setdefault(team_id, {})[match.name] = None
    return {team_id: tuple(names) for team_id, names in used.items()}


def _named_in(match: Match) -> Iterator[str]:
    for slot in (match.team1, match.team2, *match.referees):
        if isinstance(slot, TeamSlot):
            yield slot.team_id


def _pairs(state: State) -> Iterator[tuple[str, str, Words]]:
    names = {one: plain_name(state.name_of(one)) for one in state.event.players}
    names = {one: name for one, name in names.items() if name}
    first: dict[str, str] = {}
    for one, name in names.items():
        if name in first:
            yield first[name], one, say("Both have the same name")
        else:
            first[name] = one
    for one, other in near_names({one: written_name(state.name_of(one)) for one in names}):
        yield one, other, say("The names differ by one letter")
    numbers: dict[tuple[str, str], str] = {}
    for player in state.event.players.values():
        team_id = _team_of(state, player)
        if team_id is None or not player.number:
            continue
        known = numbers.setdefault((team_id, player.number), player.id)
        if known != player.id:
            yield known, player.id, say("Both have the number {number}", number=player.number)
