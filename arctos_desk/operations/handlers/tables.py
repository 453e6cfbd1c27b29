"""Orders about groups whose matches count into one table. Counts nothing: `formats.standings` does."""

from __future__ import annotations

from dataclasses import replace

from arctos_desk.operations import commands
from arctos_desk.operations.draft import Context, Draft, handles
from arctos_desk.operations.handlers.looking_up import free_name, noting, refuse, refuse_any
from arctos_desk.tournament.ids import ref
from arctos_desk.tournament.reasons import Problem
from arctos_desk.tournament.records import Event, Group
from arctos_desk.tournament.registers import CLEAR, Json, Writes, creation, difference
from arctos_desk.tournament.words import Words, say


@handles(commands.AddTable)
def add_table(command: commands.AddTable, context: Context) -> Draft:
    name = free_name(command.name, _names(context), forbidden=())
    group = Group(id=context.new_id(), name=name, rank=context.next_rank(context.event.groups))
    return Draft(
        kind="group.add",
        writes=creation(ref("group", group.id), group),
        label=say("Add the group {name}", name=name),
        value=group.id,
    )


@handles(commands.EditTable)
def edit_table(command: commands.EditTable, context: Context) -> Draft:
    before = _group_named(context, command.group)
    after = before
    problems: list[Problem] = []
    if command.name is not None:
        with noting(problems):
            after = replace(after, name=free_name(command.name, _names(context, but=before), forbidden=()))
    members: dict[str, dict[str, Json]] = {}
    if command.matches is not None:
        wanted = dict.fromkeys(command.matches)
        problems += _not_members(context.event, wanted)
        members = _members(context.event, before.id, frozenset(wanted))
    refuse_any(problems)
    own = difference(before, after)
    writes: Writes = {ref("group", before.id): own, **members} if own else members
    if not writes:
        refuse(Problem("NOTHING_CHANGED", say("Nothing was changed")))
    label: Words
    if own and not members:
        label = say("Rename the group {before} to {after}", before=before.name, after=after.name)
    else:
        label = say("Choose the matches of {group}", group=after.name)
    return Draft(kind="group.change", writes=writes, label=label, value=before.id)


@handles(commands.DeleteTable)
def delete_table(command: commands.DeleteTable, context: Context) -> Draft:
    group = _group_named(context, command.group)
    return Draft(
        kind="group.remove",
        writes={
            ref("group", group.id): {"archived": True},
            **_members(context.event, group.id, frozenset()),
        },
        label=say("Delete the group {name}", name=group.name),
        value=group.id,
    )


def _group_named(context: Context, group_id: str) -> Group:
    group = context.event.groups.get(group_id)
    if group is None:
        refuse(Problem("NOT_FOUND", say("This group is no longer there"), next_step=say("Look at the groups")))
    return group


def _names(context: Context, but: Group | None = None) -> set[str]:
    return {group.name for group in context.event.groups.values() if group is not but}


def _not_members(event: Event, match_ids: dict[str, None]) -> list[Problem]:
    """Why some of these cannot count into a table."""
    problems: list[Problem] = []
    for match_id in match_ids:
        match = event.matches.get(match_id)
        if match is None:
            problems.append(
                Problem(
                    "NOT_FOUND",
                    say("This match is no longer there"),
                    place="matches",
                    next_step=say("Look at the board"),
                )
            )
        elif not match.kind.is_game:
            problems.append(
                Problem(
                    "TYPE",
                    say("{match} is a break and counts into no table", match=match.name),
                    place="matches",
                    next_step=say("Leave it out"),
                    about=ref("match", match.id),
                )
            )
    return problems


def _members(event: Event, group_id: str, wanted: frozenset[str]) -> dict[str, dict[str, Json]]:
    """What makes exactly these matches count into a table; one that counted into another moves here."""
    writes: dict[str, dict[str, Json]] = {}
    for match in event.matches.values():
        if match.id in wanted and match.group_id != group_id:
            writes[ref("match", match.id)] = {"group": group_id}
        elif match.id not in wanted and match.group_id == group_id:
            writes[ref("match", match.id)] = {"group": CLEAR}
    return writes
