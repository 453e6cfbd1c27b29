"""Orders about players: who is on which roster. Names and injuries go into person records, never into an operation.

What an operation, its line in the journal and what a command notices say of a player is the team and the number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from arctos_desk.operations import commands
from arctos_desk.operations.commands import PlayerEntry
from arctos_desk.operations.draft import Context, Draft, handles
from arctos_desk.operations.handlers.looking_up import noting, one_line, refuse, refuse_any
from arctos_desk.operations.handlers.roster_rules import (
    INJURY_MOST,
    PLAYER_NAME_MOST,
    SHORTNAME_MOST,
    CheckedPlayer,
    checked,
    colour_of,
    jersey_number,
    may_change_rosters,
    numbers_twice,
    player_name,
    player_named,
    room_for_teams,
    room_on_roster,
    sizes,
    team_name,
    team_named,
    whose,
)
from arctos_desk.operations.handlers.teams import key_from
from arctos_desk.operations.ports import PersonRecord
from arctos_desk.operations.roster_views import may_read_injuries
from arctos_desk.operations.state import State, as_if_written
from arctos_desk.tournament.ids import ref
from arctos_desk.tournament.reasons import Finding, Problem
from arctos_desk.tournament.records import Event, Team
from arctos_desk.tournament.registers import CLEAR, Json, Writes, creation, difference, merged
from arctos_desk.tournament.words import say

SAME_AS: Final = "same_as"


@handles(commands.AddPlayer)
def add_player(command: commands.AddPlayer, context: Context) -> Draft:
    may_change_rosters(context)
    problems: list[Problem] = []
    entry: CheckedPlayer | None = None
    with noting(problems):
        entry = checked(command.player)
    if command.team is not None:
        with noting(problems):
            team_named(context, command.team)
        problems += room_on_roster(context.event, command.team, 1)
    refuse_any(problems)
    assert entry is not None
    player = entry.player(context.new_id(), command.team, context.next_rank(context.event.players))
    team = whose(context.event, player)
    writes = creation(ref("player", player.id), player)
    return Draft(
        kind="player.add",
        writes=writes,
        label=say("Add a player to {team}", team=team) if team else say("Add a mercenary"),
        value=player.id,
        people=(entry.record(player.id),),
        findings=_twice(context.state, writes, [player.id]),
    )


@handles(commands.EditPlayer)
def edit_player(command: commands.EditPlayer, context: Context) -> Draft:
    may_change_rosters(context)
    before = player_named(context, command.player)
    known = _record(context, before.id)
    problems: list[Problem] = []
    after, record = before, known
    if command.name is not None:
        with noting(problems):
            record = replace(record, name=player_name(command.name))
    if command.jersey_name is not None:
        with noting(problems):
            record = replace(record, jersey_name=one_line(command.jersey_name, PLAYER_NAME_MOST, "jersey_name"))
    if command.number is not None:
        with noting(problems):
            after = replace(after, number=jersey_number(command.number))
    if command.injury is not None:
        with noting(problems):
            record = replace(record, injury=one_line(command.injury, INJURY_MOST, "injury"))
    if command.injury_public is not None:
        record = replace(record, injury_public=command.injury_public)
    with noting(problems):
        _shows_what_it_reads(context, known, record, "injury_public")
    refuse_any(problems)
    record = record if record.injury else replace(record, injury_public=False)
    after = replace(
        after,
        paid=before.paid if command.paid is None else command.paid,
        head_ref=before.head_ref if command.head_ref is None else command.head_ref,
    )
    written = difference(before, after)
    if not written and record == known:
        refuse(Problem("NOTHING_CHANGED", say("Nothing was changed")))
    writes: Writes = {ref("player", before.id): written} if written else {}
    team = whose(context.event, before)
    return Draft(
        kind="player.edit",
        writes=writes,
        label=say("Edit a player of {team}", team=team) if team else say("Edit a mercenary"),
        value=before.id,
        people=() if record == known else (record,),
        findings=_twice(context.state, writes, [before.id]) if "number" in written else (),
    )


@handles(commands.MovePlayer)
def move_player(command: commands.MovePlayer, context: Context) -> Draft:
    may_change_rosters(context)
    player = player_named(context, command.player)
    if command.team is not None:
        team_named(context, command.team)
    if command.team == player.team_id:
        refuse(Problem("NOTHING_CHANGED", say("Nothing was changed")))
    refuse_any(room_on_roster(context.event, command.team, 1))
    writes: Writes = {ref("player", player.id): {"team": CLEAR if command.team is None else command.team}}
    team = "" if command.team is None else context.event.teams[command.team].name
    return Draft(
        kind="player.move",
        writes=writes,
        label=say("Move a player to {team}", team=team) if team else say("Make a player a mercenary"),
        value=player.id,
        findings=_twice(context.state, writes, [player.id]),
    )


@handles(commands.DeletePlayer)
def delete_player(command: commands.DeletePlayer, context: Context) -> Draft:
    """Whoever is forgotten may be off the rosters already, and goes with every entry that was merged into theirs."""
    may_change_rosters(context)
    player = context.event.players.get(command.player)
    if player is None and not (command.erase and _was_here(context.state, command.player)):
        player = player_named(context, command.player)
    entries = _entries_of(context.state, command.player) if command.erase else (command.player,)
    # who is forgotten is archived anew, so that no undo of an older entry brings somebody without a name back
    writes: Writes = {ref("player", one): {"archived": True} for one in entries}
    team = "" if player is None else whose(context.event, player)
    if command.erase:
        label = say("Forget a player of {team}", team=team) if team else say("Forget a player")
    else:
        label = say("Delete a player of {team}", team=team) if team else say("Delete a mercenary")
    return Draft(
        kind="player.erase" if command.erase else "player.delete",
        writes=writes,
        label=label,
        value=command.player,
        erased=entries if command.erase else (),
        undoable=not command.erase,
    )


@handles(commands.MergePlayers)
def merge_players(command: commands.MergePlayers, context: Context) -> Draft:
    """What the entry that stays does not say, it takes over from the one that goes."""
    may_change_rosters(context)
    player, other = player_named(context, command.player), player_named(context, command.duplicate, "duplicate")
    if player.id == other.id:
        refuse(
            Problem(
                "SAME_ENTRY",
                say("These are not two entries but one"),
                place="duplicate",
                next_step=say("Choose the other entry"),
            )
        )
    after = replace(
        player,
        team_id=other.team_id if player.team_id is None else player.team_id,
        number=player.number or other.number,
        paid=player.paid or other.paid,
        head_ref=player.head_ref or other.head_ref,
    )
    known, gone = _record(context, player.id), _record(context, other.id)
    record = replace(known, name=known.name or gone.name, jersey_name=known.jersey_name or gone.jersey_name)
    if not record.injury:
        record = replace(record, injury=gone.injury, injury_public=gone.injury_public)
    written = difference(player, after)
    writes = merged(
        {ref("player", player.id): written} if written else {},
        {ref("player", other.id): {"archived": True, SAME_AS: player.id}},
    )
    team = whose(context.event, after)
    return Draft(
        kind="player.merge",
        writes=writes,
        label=say("Merge two entries of a player of {team}", team=team)
        if team
        else say("Merge two entries of a mercenary"),
        value=player.id,
        people=() if record == known else (record,),
        findings=_twice(context.state, writes, [player.id]),
    )


# a whole list
# ---------------------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Taking:
    """A list while it is taken in."""

    context: Context
    problems: list[Problem] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    writes: dict[str, dict[str, Json]] = field(default_factory=dict)
    people: list[PersonRecord] = field(default_factory=list)
    players: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    more: dict[str, int] = field(default_factory=dict)
    new_teams: int = 0
    changed: int = 0


@handles(commands.ImportRosters)
def import_rosters(command: commands.ImportRosters, context: Context) -> Draft:
    may_change_rosters(context)
    taking = _Taking(context)
    event = context.event
    names = {team.name for team in event.teams.values()}
    keys = {team.key for team in event.teams.values()}
    team_rank = context.next_rank(event.teams)
    rank = context.next_rank(event.players)
    for index, listed in enumerate(command.teams):
        place = f"teams[{index}]"
        team_id = listed.team
        if team_id:
            with noting(taking.problems):
                team_named(context, team_id, place)
        else:
            team = _new_team(taking, listed, names, keys, team_rank + taking.new_teams, place)
            team_id = team.id
        rank = _take_players(taking, listed.players, team_id, rank, place)
        _take_changes(taking, listed.changed, team_id, place)
    rank = _take_players(taking, command.mercenaries, None, rank, "mercenaries")
    _take_changes(taking, command.changed, None, "changed")
    taking.problems += room_for_teams(event, taking.new_teams)
    taking.problems += _rooms(taking)
    refuse_any(taking.problems)
    if not taking.writes and not taking.people:
        refuse(Problem("NOTHING_CHANGED", say("This list says nothing that is not there already")))
    return Draft(
        kind="roster.import",
        writes=taking.writes,
        label=say(
            "Import rosters: {teams} new teams, {players} new players, {changed} changed",
            teams=taking.new_teams,
            players=len(taking.players) - taking.changed,
            changed=taking.changed,
        ),
        value=tuple(taking.players),
        people=tuple(taking.people),
        findings=(*taking.findings, *_twice(context.state, taking.writes, taking.players)),
    )


def _new_team(
    taking: _Taking, listed: commands.ImportedTeam, names: set[str], keys: set[str], rank: int, place: str
) -> Team:
    name = colour = ""
    with noting(taking.problems):
        name = team_name(listed.name, names, f"{place}.name")
    with noting(taking.problems):
        colour = colour_of(listed.colour, f"{place}.colour")
    shortname = " ".join(listed.shortname.split())
    if len(shortname) > SHORTNAME_MOST:
        words = say("The short name of {team} was cut to {most} characters", team=name, most=SHORTNAME_MOST)
        taking.findings.append(Finding("SHORTNAME_CUT", words))
        shortname = shortname[:SHORTNAME_MOST].rstrip()
    team = Team(
        id=taking.context.new_id(),
        key=key_from(name, keys),
        name=name,
        shortname=shortname,
        colour=colour,
        rank=rank,
    )
    names.add(name)
    keys.add(team.key)
    taking.new_teams += 1
    taking.writes.update(merged(creation(ref("team", team.id), team)))
    return team


def _take_players(taking: _Taking, entries: Sequence[PlayerEntry], team_id: str | None, rank: int, place: str) -> int:
    """Enter new players; gives the next free rank."""
    place = f"{place}.players" if team_id is not None else place
    for index, one in enumerate(entries):
        with noting(taking.problems):
            entry = checked(one, f"{place}[{index}]")
            player = entry.player(taking.context.new_id(), team_id, rank)
            rank += 1
            taking.writes.update(merged(creation(ref("player", player.id), player)))
            taking.people.append(entry.record(player.id))
            taking.players.append(player.id)
    if team_id is not None:
        taking.more[team_id] = taking.more.get(team_id, 0) + len(entries)
    return rank


def _take_changes(taking: _Taking, changes: Sequence[tuple[str, PlayerEntry]], team_id: str | None, place: str) -> None:
    """Write what a list says of players who are there already; what it says the same of is left alone."""
    place = f"{place}.changed" if team_id is not None else place
    for index, (player_id, one) in enumerate(changes):
        with noting(taking.problems):
            before = player_named(taking.context, player_id, f"{place}[{index}]")
            entry = checked(one, f"{place}[{index}]")
            if player_id in taking.seen:
                words = say("This player is in the list twice")
                refuse(Problem("TWICE", words, place=f"{place}[{index}]", next_step=say("Leave one of the rows out")))
            taking.seen.add(player_id)
            written = difference(before, entry.player(before.id, team_id, before.rank))
            known = _record(taking.context, before.id)
            record = replace(entry.record(before.id), pin_hash=known.pin_hash)
            _shows_what_it_reads(taking.context, known, record, f"{place}[{index}].injury_public")
            if before.team_id != team_id and team_id is not None:
                taking.more[team_id] = taking.more.get(team_id, 0) + 1
            if before.team_id != team_id and before.team_id is not None:
                taking.more[before.team_id] = taking.more.get(before.team_id, 0) - 1
            if written:
                taking.writes[ref("player", before.id)] = written
            if record != known:
                taking.people.append(record)
            if written or record != known:
                taking.players.append(before.id)
                taking.changed += 1


def _rooms(taking: _Taking) -> Iterable[Problem]:
    """What stands against the size of each roster, new teams included."""
    event = taking.context.event
    most = event.info.most_on_roster
    if most is None:
        return
    now = sizes(event)
    for team_id, more in taking.more.items():
        count = now.get(team_id, 0) + more
        if more <= 0 or count <= most:
            continue
        if team_id in event.teams:
            name = event.teams[team_id].name
        else:
            name = taking.writes.get(ref("team", team_id), {}).get("name", "")
        words = say("{team} would have {count} players; {most} are possible", team=name, count=count, most=most)
        yield Problem("ROSTER_FULL", words, place=name, next_step=say("Raise the limit in the settings"))


# who they are
# ---------------------------------------------------------------------------------------------------------------------


def _record(context: Context, player_id: str) -> PersonRecord:
    return context.state.people.get(player_id, PersonRecord(id=player_id, name=""))


def _shows_what_it_reads(context: Context, known: PersonRecord, record: PersonRecord, place: str) -> None:
    """Nobody makes public what they may not read: a private injury of somebody. Raises Refused."""
    shown = bool(known.injury) and known.injury == record.injury and record.injury_public and not known.injury_public
    if shown and not may_read_injuries(context.state, context.acting):
        words = say("Only a head referee or an organiser makes a private injury public")
        step = say("Choose yourself and a role of yours under I am")
        refuse(Problem("INJURY_PRIVATE", words, place=place, next_step=step))


def _was_here(state: State, player_id: str) -> bool:
    return ref("player", player_id) in state.folded and player_id in state.people


def _entries_of(state: State, player_id: str) -> tuple[str, ...]:
    """The ids of a player and of every entry that was merged into theirs, and into those."""
    into: dict[str, list[str]] = {}
    for reference, folded in state.folded.items():
        if not reference.startswith("player/"):
            continue
        same_as = folded.values().get(SAME_AS)
        if isinstance(same_as, str):
            into.setdefault(same_as, []).append(reference.removeprefix("player/"))
    found = [player_id]
    for one in found:
        found += [other for other in into.get(one, ()) if other not in found]
    return tuple(found)


def _twice(state: State, writes: Writes, players: Sequence[str]) -> tuple[Finding, ...]:
    """The numbers that two players of a team would have."""
    after: Event = as_if_written(state, writes)
    return tuple(numbers_twice(after, frozenset(players)))
