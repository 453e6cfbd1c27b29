"""Orders about rules of play that matches choose from. Matches keep what they were given when a mode changes."""

from __future__ import annotations

from typing import Final

from arctos_desk.operations import commands
from arctos_desk.operations.draft import Context, Draft, handles
from arctos_desk.operations.handlers.looking_up import (
    LENGTH_MOST,
    changed,
    free_name,
    noting,
    number_within,
    refuse,
    refuse_any,
)
from arctos_desk.tournament.ids import ref
from arctos_desk.tournament.kinds import Counting
from arctos_desk.tournament.reasons import Problem
from arctos_desk.tournament.records import Mode
from arctos_desk.tournament.registers import creation
from arctos_desk.tournament.words import Words, say

BOUNDS: Final = {
    "sets": (1, 99),
    "points_per_set": (1, 1_000),
    "stones_per_set": (1, 10_000),
    "minutes": (1, 1_000),
    "length_min": (1, LENGTH_MOST),
}
"""Least and most of each number of a mode."""

_BELONGS: Final = {"stones_per_set": Counting.STONES, "minutes": Counting.TIMED}
"""What only one way of counting runs down, and cannot do without."""


@handles(commands.AddMode)
def add_mode(command: commands.AddMode, context: Context) -> Draft:
    mode = _mode(command, context, mode_id=context.new_id(), rank=context.next_rank(context.event.modes))
    return Draft(
        kind="mode.add",
        writes=creation(ref("mode", mode.id), mode),
        label=say("Add the mode {name}", name=mode.name),
        value=mode.id,
    )


@handles(commands.EditMode)
def edit_mode(command: commands.EditMode, context: Context) -> Draft:
    before = _mode_named(context, command.mode)
    after = _mode(command, context, mode_id=before.id, rank=before.rank)
    writes = changed(before, after)
    return Draft(
        kind="mode.edit",
        writes={ref("mode", before.id): writes},
        label=say("Rename the mode {before} to {after}", before=before.name, after=after.name)
        if writes.keys() == {"name"}
        else say("Edit the mode {name}", name=after.name),
        value=before.id,
    )


@handles(commands.DeleteMode)
def delete_mode(command: commands.DeleteMode, context: Context) -> Draft:
    mode = _mode_named(context, command.mode)
    return Draft(
        kind="mode.delete",
        writes={ref("mode", mode.id): {"archived": True}},
        label=say("Delete the mode {name}", name=mode.name),
        value=mode.id,
    )


def _mode_named(context: Context, mode_id: str) -> Mode:
    mode = context.event.modes.get(mode_id)
    if mode is None:
        refuse(Problem("NOT_FOUND", say("This mode is no longer there"), next_step=say("Look at the modes")))
    return mode


def _mode(command: commands.AddMode | commands.EditMode, context: Context, *, mode_id: str, rank: int) -> Mode:
    """The mode as it is said. Raises Refused with every objection."""
    problems: list[Problem] = []
    name = ""
    with noting(problems):
        taken = {mode.name for mode in context.event.modes.values() if mode.id != mode_id}
        name = free_name(command.name, taken, forbidden=())
    for place, (least, most) in BOUNDS.items():
        number = getattr(command, place)
        if number is not None:
            with noting(problems):
                number_within(number, least, most, place)
    for place, counting in _BELONGS.items():
        number = getattr(command, place)
        if number is None and command.counting is counting:
            problems.append(Problem("NUMBER_REQUIRED", _MISSING[counting], place=place))
        elif number is not None and command.counting is not counting:
            problems.append(
                Problem("NOT_COUNTED", _NOT_COUNTED[counting], place=place, next_step=say("Leave it empty"))
            )
    refuse_any(problems)
    return Mode(
        id=mode_id,
        name=name,
        counting=command.counting,
        sets=command.sets,
        points_per_set=command.points_per_set,
        stones_per_set=command.stones_per_set,
        minutes=command.minutes,
        length_min=command.length_min,
        rank=rank,
    )


_MISSING: Final[dict[Counting, Words]] = {
    Counting.STONES: say("Say how many stones a set has"),
    Counting.TIMED: say("Say how many minutes are played"),
}
_NOT_COUNTED: Final[dict[Counting, Words]] = {
    Counting.STONES: say("Only a match counted in stones has stones per set"),
    Counting.TIMED: say("Only a match played by time has minutes"),
}
