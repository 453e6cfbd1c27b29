"""The schedule's orders: rows, groups of breaks, lengths, push back, force start, tags.

The rules are those of `scheduling.edits`; here they only become operations.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Any, Final, Literal, cast

from arctos_desk.ass.types import BOOL
from arctos_desk.operations import commands
from arctos_desk.operations.draft import Context, Draft, handles
from arctos_desk.operations.handlers.looking_up import (
    LENGTH_MOST,
    NAME_MOST,
    SCRIPT_MOST,
    match_named,
    noting,
    number_within,
    one_line,
    reason_given,
    refuse,
    refuse_any,
    within,
)
from arctos_desk.operations.handlers.script_checks import script_findings
from arctos_desk.operations.zones import zone_of
from arctos_desk.scheduling import edits
from arctos_desk.tournament.ids import ref
from arctos_desk.tournament.kinds import Stage
from arctos_desk.tournament.reasons import Finding, Problem
from arctos_desk.tournament.records import Event, Match
from arctos_desk.tournament.registers import Writes
from arctos_desk.tournament.tokens import Slot, TeamSlot, UnknownSlot
from arctos_desk.tournament.words import Words, say, say_n

_REFEREES_MOST: Final = 20


@handles(commands.CreateMatch)
def create_match(command: commands.CreateMatch, context: Context) -> Draft:
    match_id = context.new_id()
    name = one_line(command.name, NAME_MOST, "name")
    fields = _bounded(command.fields)
    problems = _unknown(context.event, fields, None)
    findings = _condition(context.event, fields, "", ref("match", match_id), problems)
    writes: Writes = {}
    with noting(problems):
        writes = edits.create_match(context.event, match_id, name=name, kind=command.kind, **fields)
    refuse_any(problems)
    return Draft(
        kind="match.create",
        writes=writes,
        label=say("Create {match}", match=name),
        value=match_id,
        findings=findings,
    )


@handles(commands.EditMatch)
def edit_match(command: commands.EditMatch, context: Context) -> Draft:
    match = match_named(context, command.match)
    changes = _bounded(command.changes)
    problems = _unknown(context.event, changes, match)
    findings = _condition(context.event, changes, match.skip_condition, ref("match", match.id), problems)
    writes: Writes = {}
    with noting(problems):
        writes = edits.edit_match(context.event, context.state.solution, match.id, now_ms=context.now_ms, **changes)
    refuse_any(problems)
    label = (
        say("Rename {before} to {after}", before=match.name, after=changes["name"])
        if writes.get(ref("match", match.id), {}).keys() == {"name"}
        else say("Edit {match}", match=match.name)
    )
    return Draft(kind="match.edit", writes=_some(writes), label=label, value=match.id, findings=findings)


@handles(commands.DeleteMatch)
def delete_match(command: commands.DeleteMatch, context: Context) -> Draft:
    match = match_named(context, command.match)
    writes = edits.delete_match(
        context.event, context.state.solution, match.id, now_ms=context.now_ms, consent=command.consent
    )
    return Draft(kind="match.delete", writes=writes, label=say("Delete {match}", match=match.name), value=match.id)


@handles(commands.ChangeLengths)
def change_lengths(command: commands.ChangeLengths, context: Context) -> Draft:
    number_within(command.length_min, 1, LENGTH_MOST, "length_min")
    lengths = edits.bulk_length(
        context.event, context.state.solution, command.matches, command.length_min, now_ms=context.now_ms
    )
    label = say_n(
        "Set the length of one match to {minutes} min",
        "Set the length of {count} matches to {minutes} min",
        len(command.matches),
        minutes=command.length_min,
    )
    return Draft(kind="match.length", writes=_some(lengths.writes), label=label, value=lengths)


@handles(commands.PushBack)
def push_back(command: commands.PushBack, context: Context) -> Draft:
    if abs(command.minutes) > 24 * 60:
        refuse(
            Problem(
                "MINUTES",
                say("A schedule is pushed back by at most a day"),
                place="minutes",
                next_step=say("Move it day by day"),
            )
        )
    pushed = edits.push_back(
        context.event,
        context.state.solution,
        command.minutes,
        now_ms=context.now_ms,
        day=_day(command.day),
        zone=zone_of(context.event.info.zone),
    )
    label: Words
    if command.minutes >= 0:
        label = say_n("Push back by one minute", "Push back by {count} minutes", command.minutes)
    else:
        label = say_n("Pull forward by one minute", "Pull forward by {count} minutes", -command.minutes)
    return Draft(kind="schedule.push_back", writes=_some(pushed.writes), label=label, value=pushed)


@handles(commands.ForceStart)
def force_start(command: commands.ForceStart, context: Context) -> Draft:
    match = match_named(context, command.match)
    reason = reason_given(command.reason)
    number_within(len(command.referees), 0, _REFEREES_MOST, "referees")
    unknown = [
        one for one in (command.team1, command.team2, *command.referees) if one and one not in context.event.teams
    ]
    if unknown:
        refuse(
            Problem(
                "TEAM_UNKNOWN", say("This team is not registered here"), place="teams", next_step=say("Choose another")
            )
        )
    if command.team1 and command.team1 == command.team2:
        refuse(Problem("SAME_TEAM", say("A team does not play against itself"), place="teams"))
    if command.conflict not in ("", "skip", "complete"):
        refuse(Problem("CONFLICT_ACTION_REQUIRED", say("Skip the running match, or complete it"), place="conflict"))

    def next_stage(match_id: str, stage: Stage) -> list[int]:
        return context.next_stage(match_id, stage)

    writes = edits.force_start(
        context.event,
        context.state.solution,
        match.id,
        team1=_team(command.team1),
        team2=_team(command.team2),
        referees=[_team(one) for one in command.referees],
        conflict=cast('Literal["", "skip", "complete"]', command.conflict),
        conflict_winner=command.conflict_winner,
        now_ms=context.now_ms,
        next_stage=next_stage,
    )
    return Draft(
        kind="match.force_start",
        writes=writes,
        label=say("Force start of {match}", match=match.name),
        reason=reason,
        value=match.id,
    )


@handles(commands.AssignTag)
def assign_tag(command: commands.AssignTag, context: Context) -> Draft:
    writes = edits.assign_tag(context.event, context.state.solution, command.tag, command.team, now_ms=context.now_ms)
    tag = context.event.tags[command.tag]
    team = context.event.teams.get(command.team or "")
    label = (
        say("Clear the tag {tag}", tag=tag.name)
        if team is None
        else say("Tag {tag} is {team}", tag=tag.name, team=team.name)
    )
    return Draft(kind="tag.assign", writes=_some(writes), label=label, value=tag.id)


@handles(commands.CreateGroup)
def create_group(command: commands.CreateGroup, context: Context) -> Draft:
    name = one_line(command.name, NAME_MOST, "name")
    writes = edits.create_group(
        context.event,
        context.state.solution,
        name=name,
        kind=command.kind,
        field_ids=tuple(dict.fromkeys(command.fields)),
        new_id=context.new_id,
        length_min=command.length_min,
        planned_ms=command.planned_ms,
        previous=command.previous,
    )
    return Draft(kind="group.create", writes=writes, label=say("Create {match}", match=name))


@handles(commands.EditGroup)
def edit_group(command: commands.EditGroup, context: Context) -> Draft:
    writes = edits.update_group(
        context.event,
        context.state.solution,
        command.name,
        now_ms=context.now_ms,
        new_id=context.new_id,
        **_bounded(command.changes),
    )
    return Draft(kind="group.edit", writes=_some(writes), label=say("Edit {match}", match=command.name))


@handles(commands.DeleteGroup)
def delete_group(command: commands.DeleteGroup, context: Context) -> Draft:
    writes = edits.delete_group(context.event, context.state.solution, command.name)
    return Draft(kind="group.delete", writes=writes, label=say("Delete {match}", match=command.name))


def _bounded(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """What a form says of a row, measured. Raises Refused."""
    bounded = dict(arguments)
    for name, value in arguments.items():
        if isinstance(value, Enum):
            continue
        if isinstance(value, str) and name == "skip_condition":
            within(value, SCRIPT_MOST, name)
        elif isinstance(value, str):
            bounded[name] = one_line(value, NAME_MOST, name)
        elif isinstance(value, UnknownSlot):
            within(value.text, NAME_MOST, name)
        elif name == "referees" and value is not None:
            number_within(len(value), 0, _REFEREES_MOST, name)
            for slot in value:
                if isinstance(slot, UnknownSlot):
                    within(slot.text, NAME_MOST, name)
        elif name == "length_min" and value is not None and value > LENGTH_MOST:
            number_within(value, 0, LENGTH_MOST, name)
    return bounded


def _unknown(event: Event, said: Mapping[str, Any], before: Match | None) -> list[Problem]:
    """Teams and groups that a form names and that are gone; what a row held before is no mistake of the form's."""
    problems: list[Problem] = []
    held = set() if before is None else {before.team1, before.team2, *before.referees}
    slots = {"team1": (said.get("team1"),), "team2": (said.get("team2"),), "referees": said.get("referees") or ()}
    for place, some in slots.items():
        if any(isinstance(slot, TeamSlot) and slot not in held and slot.team_id not in event.teams for slot in some):
            problems.append(
                Problem(
                    "TEAM_UNKNOWN",
                    say("This team is not registered here"),
                    place=place,
                    next_step=say("Choose another"),
                )
            )
    group_id = said.get("group_id")
    if group_id is not None and group_id not in event.groups and (before is None or group_id != before.group_id):
        problems.append(
            Problem(
                "GROUP_UNKNOWN", say("This group is no longer there"), place="group", next_step=say("Choose another")
            )
        )
    return problems


def _condition(
    event: Event, said: Mapping[str, Any], before: str, about: str, problems: list[Problem]
) -> tuple[Finding, ...]:
    """What is to be said of a new skip condition; one that came with a file stays as it is until it is changed."""
    text = said.get("skip_condition", before).strip()
    if not text or text == before:
        return ()
    return script_findings(event, text, BOOL, place="skip_condition", about=about, problems=problems)


def _some(writes: Writes) -> Writes:
    if not writes:
        refuse(Problem("NOTHING_CHANGED", say("Nothing was changed")))
    return writes


def _team(team_id: str) -> Slot | None:
    return TeamSlot(team_id) if team_id else None


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        refuse(Problem("DAY", say("{day} is no day of the form 2026-05-02", day=text), place="day"))
