"""Orders about teams: who takes part, under which name and in which colour. Who plays for them is in `players`."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import Final

from arctos_desk.operations import commands
from arctos_desk.operations.draft import Context, Draft, handles
from arctos_desk.operations.handlers.looking_up import noting, one_line, refuse, refuse_any, refuse_used
from arctos_desk.operations.handlers.roster_rules import (
    LOGO_MOST,
    SHORTNAME_MOST,
    colour_of,
    logo_of,
    may_change_rosters,
    room_for_teams,
    team_name,
    team_named,
)
from arctos_desk.operations.uses import uses_of_team
from arctos_desk.tournament.ids import ref
from arctos_desk.tournament.reasons import Problem
from arctos_desk.tournament.records import Team
from arctos_desk.tournament.registers import CLEAR, Json, creation, difference
from arctos_desk.tournament.words import say

__all__ = ["LOGO_MOST", "add_team", "delete_team", "edit_team", "key_from"]

_KEY_MOST: Final = 100


@handles(commands.AddTeam)
def add_team(command: commands.AddTeam, context: Context) -> Draft:
    may_change_rosters(context)
    event = context.event
    problems = [*room_for_teams(event, 1)]
    name = shortname = colour = logo = given = ""
    with noting(problems):
        name = team_name(command.name, [team.name for team in event.teams.values()])
    with noting(problems):
        given = one_line(command.key, _KEY_MOST, "key")
    with noting(problems):
        shortname = one_line(command.shortname, SHORTNAME_MOST, "shortname")
    with noting(problems):
        colour = colour_of(command.colour)
    with noting(problems):
        logo = logo_of(command.logo)
    keys = {team.key for team in event.teams.values()}
    if given and given in keys:
        words = say("A team with the id {key} is there already", key=given)
        problems.append(Problem("NAME_TAKEN", words, place="key"))
    refuse_any(problems)
    team = Team(
        id=context.new_id(),
        key=given or key_from(name, keys),
        name=name,
        shortname=shortname,
        colour=colour,
        logo=logo,
        rank=context.next_rank(event.teams),
    )
    return Draft(
        kind="team.add",
        writes=creation(ref("team", team.id), team),
        label=say("Add the team {name}", name=name),
        value=team.id,
    )


@handles(commands.EditTeam)
def edit_team(command: commands.EditTeam, context: Context) -> Draft:
    may_change_rosters(context)
    before = team_named(context, command.team)
    others = [team.name for team in context.event.teams.values() if team.id != before.id]
    problems: list[Problem] = []
    after = before
    if command.name is not None:
        with noting(problems):
            after = replace(after, name=team_name(command.name, others))
    if command.shortname is not None:
        with noting(problems):
            after = replace(after, shortname=one_line(command.shortname, SHORTNAME_MOST, "shortname"))
    if command.colour is not None:
        with noting(problems):
            after = replace(after, colour=colour_of(command.colour))
    if command.logo is not None:
        with noting(problems):
            after = replace(after, logo=logo_of(command.logo))
    refuse_any(problems)
    written = difference(before, after)
    if not written:
        refuse(Problem("NOTHING_CHANGED", say("Nothing was changed")))
    label = say("Edit the team {name}", name=after.name)
    if after.name != before.name:
        label = say("Rename the team {before} to {after}", before=before.name, after=after.name)
    return Draft(kind="team.edit", writes={ref("team", before.id): written}, label=label, value=before.id)


@handles(commands.DeleteTeam)
def delete_team(command: commands.DeleteTeam, context: Context) -> Draft:
    may_change_rosters(context)
    team = team_named(context, command.team)
    refuse_used(uses_of_team(context.event, team.id), say("Put another team there first"))
    writes: dict[str, dict[str, Json]] = {ref("team", team.id): {"archived": True}}
    for player in context.event.players.values():
        if player.team_id == team.id:
            writes[ref("player", player.id)] = {"team": CLEAR}
    return Draft(kind="team.delete", writes=writes, label=say("Delete the team {name}", name=team.name), value=team.id)


def key_from(name: str, taken: set[str]) -> str:
    """A short id for files and scripts, made from the name: lower case letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    key = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:40] or "team"
    number, free = 2, key
    while free in taken:
        free, number = f"{key}-{number}", number + 1
    return free
