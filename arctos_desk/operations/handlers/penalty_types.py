"""Orders about the kinds of penalty of an event (spec arctos.md §1.13). States no penalty: notes on matches do."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from arctos_desk.operations import commands
from arctos_desk.operations.draft import Context, Draft, handles
from arctos_desk.operations.handlers.looking_up import (
    changed,
    free_name,
    noting,
    refuse,
    refuse_any,
    refuse_used,
    within,
)
from arctos_desk.operations.uses import uses_of_penalty_type
from arctos_desk.tournament.ids import ref
from arctos_desk.tournament.reasons import Problem
from arctos_desk.tournament.records import Event, PenaltyType
from arctos_desk.tournament.registers import creation
from arctos_desk.tournament.words import say

NAME_MOST: Final = 50
DESCRIPTION_MOST: Final = 500

COLOURS: Final = (
    "b71c1c",
    "1f4fb8",
    "1b6e31",
    "7a2a9c",
    "9a4a00",
    "00657a",
    "a3195b",
    "4a5200",
    "5b3a29",
    "3f3fa8",
    "0b5f55",
    "2f6f9f",
    "7d5a00",
    "4d5661",
)
"""The fourteen colours that new types take in this order, each dark enough for white letters on it (4.5:1)."""

_COLOUR: Final = re.compile(r"[0-9a-f]{6}")


@handles(commands.AddPenaltyType)
def add_penalty_type(command: commands.AddPenaltyType, context: Context) -> Draft:
    problems: list[Problem] = []
    name = colour = description = ""
    with noting(problems):
        name = _name(command.name, context)
    with noting(problems):
        colour = _colour(command.colour) if command.colour.strip() else next_colour(context.event)
    with noting(problems):
        description = within(command.description.strip(), DESCRIPTION_MOST, "description")
    refuse_any(problems)
    penalty_type = PenaltyType(
        id=context.new_id(),
        name=name,
        colour=colour,
        description=description,
        rank=context.next_rank(context.event.penalty_types),
    )
    return Draft(
        kind="penalty_type.add",
        writes=creation(ref("penalty_type", penalty_type.id), penalty_type),
        label=say("Add the penalty type {name}", name=name),
        value=penalty_type.id,
    )


@handles(commands.EditPenaltyType)
def edit_penalty_type(command: commands.EditPenaltyType, context: Context) -> Draft:
    before = _penalty_type_named(context, command.penalty_type)
    after = before
    problems: list[Problem] = []
    if command.name is not None:
        with noting(problems):
            after = replace(after, name=_name(command.name, context, but=before))
    if command.colour is not None:
        with noting(problems):
            after = replace(after, colour=_colour(command.colour))
    if command.description is not None:
        with noting(problems):
            after = replace(after, description=within(command.description.strip(), DESCRIPTION_MOST, "description"))
    refuse_any(problems)
    writes = changed(before, after)
    return Draft(
        kind="penalty_type.edit",
        writes={ref("penalty_type", before.id): writes},
        label=say("Rename the penalty type {before} to {after}", before=before.name, after=after.name)
        if writes.keys() == {"name"}
        else say("Edit the penalty type {name}", name=after.name),
        value=before.id,
    )


@handles(commands.DeletePenaltyType)
def delete_penalty_type(command: commands.DeletePenaltyType, context: Context) -> Draft:
    penalty_type = _penalty_type_named(context, command.penalty_type)
    refuse_used(uses_of_penalty_type(context.event, penalty_type.id), say("Keep the type: it is part of what happened"))
    return Draft(
        kind="penalty_type.delete",
        writes={ref("penalty_type", penalty_type.id): {"archived": True}},
        label=say("Delete the penalty type {name}", name=penalty_type.name),
        value=penalty_type.id,
    )


def next_colour(event: Event) -> str:
    """The first of the fourteen that no type has; when all are taken, the one that fewest have."""
    used = [penalty_type.colour for penalty_type in event.penalty_types.values()]
    return min(COLOURS, key=used.count)


def _penalty_type_named(context: Context, penalty_type_id: str) -> PenaltyType:
    penalty_type = context.event.penalty_types.get(penalty_type_id)
    if penalty_type is None:
        refuse(
            Problem(
                "NOT_FOUND", say("This penalty type is no longer there"), next_step=say("Look at the penalty types")
            )
        )
    return penalty_type


def _name(text: str, context: Context, but: PenaltyType | None = None) -> str:
    taken = {one.name for one in context.event.penalty_types.values() if one is not but}
    return free_name(text, taken, most=NAME_MOST, forbidden=())


def _colour(text: str) -> str:
    """Six hex digits in lower case, whether or not a mark stood before them. Raises Refused."""
    colour = text.strip().removeprefix("#").lower()
    if not _COLOUR.fullmatch(colour):
        refuse(
            Problem(
                "COLOUR",
                say("A colour is six digits from 0 to 9 and a to f"),
                place="colour",
                next_step=say("Write it like b71c1c, or leave it empty"),
            )
        )
    return colour
