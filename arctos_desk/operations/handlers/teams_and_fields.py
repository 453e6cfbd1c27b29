"""Orders that add what a schedule is made of: teams, fields, tags. Editing them by hand grows here."""

from __future__ import annotations

import re
import unicodedata

from arctos_desk.operations import commands
from arctos_desk.operations.draft import Context, Draft, handles
from arctos_desk.operations.handlers.looking_up import NAME_MOST, one_line, refuse, within
from arctos_desk.tournament.ids import ref
from arctos_desk.tournament.reasons import Problem
from arctos_desk.tournament.records import Field, Tag, Team
from arctos_desk.tournament.registers import creation
from arctos_desk.tournament.words import say

_SHORT_MOST = 8
_FORBIDDEN = (",", "::")


@handles(commands.AddTeam)
def add_team(command: commands.AddTeam, context: Context) -> Draft:
    name = _free_name(command.name, [team.name for team in context.event.teams.values()])
    keys = {team.key for team in context.event.teams.values()}
    key = one_line(command.key, 100, "key") or _key_from(name, keys)
    if key in keys:
        refuse(Problem("NAME_TAKEN", say("A team with the id {key} is there already", key=key), place="key"))
    shortname = one_line(command.shortname, _SHORT_MOST, "shortname")
    team = Team(
        id=context.new_id(), key=key, name=name, shortname=shortname, rank=context.next_rank(context.event.teams)
    )
    return Draft(
        kind="team.add",
        writes=creation(ref("team", team.id), team),
        label=say("Add the team {name}", name=name),
        value=team.id,
    )


@handles(commands.AddField)
def add_field(command: commands.AddField, context: Context) -> Draft:
    name = _free_name(command.name, [field.name for field in context.event.fields.values()])
    field = Field(id=context.new_id(), name=name, rank=context.next_rank(context.event.fields))
    return Draft(
        kind="field.add",
        writes=creation(ref("field", field.id), field),
        label=say("Add the field {name}", name=name),
        value=field.id,
    )


@handles(commands.AddTag)
def add_tag(command: commands.AddTag, context: Context) -> Draft:
    name = _free_name(command.name, [tag.name for tag in context.event.tags.values()])
    tag = Tag(
        id=context.new_id(),
        name=name,
        expression=within(command.expression.strip(), 10_000, "expression"),
        rank=context.next_rank(context.event.tags),
    )
    return Draft(
        kind="tag.add",
        writes=creation(ref("tag", tag.id), tag),
        label=say("Add the tag {name}", name=name),
        value=tag.id,
    )


def _free_name(text: str, taken: list[str]) -> str:
    """A name that files and scripts can carry and nobody else has. Raises Refused with every objection."""
    name = one_line(text, NAME_MOST, "name")
    problems: list[Problem] = []
    if not name:
        problems.append(Problem("NAME_REQUIRED", say("Give it a name"), place="name"))
    problems += [
        Problem("NAME_CHARS", say("A name must not contain {mark}", mark=mark), place="name")
        for mark in _FORBIDDEN
        if mark in name
    ]
    if name in taken:
        problems.append(Problem("NAME_TAKEN", say("{name} is there already", name=name), place="name"))
    if problems:
        refuse(*problems)
    return name


def _key_from(name: str, taken: set[str]) -> str:
    """A short id for files and scripts, made from the name: lower case letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    key = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:40] or "team"
    number, free = 2, key
    while free in taken:
        free, number = f"{key}-{number}", number + 1
    return free
