"""The match desk's orders: start, points, finish, correct, confirm, reopen. A winner is stated, never derived."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from arctos_desk.matches.beat import stones_left
from arctos_desk.matches.endings import ending_name
from arctos_desk.matches.score import next_set_number, open_point
from arctos_desk.operations import commands
from arctos_desk.operations.draft import Context, Draft, handles
from arctos_desk.operations.handlers.looking_up import (
    NOTE_MOST,
    match_named,
    number_within,
    point_named,
    reason_given,
    refuse,
    within,
)
from arctos_desk.operations.reduce import base_key
from arctos_desk.operations.rights import organiser_only
from arctos_desk.operations.why_not_start import OVERRIDABLE, may_be_head_ref, why_not_start
from arctos_desk.scheduling import edits
from arctos_desk.tournament.ids import ref
from arctos_desk.tournament.instants import LATEST
from arctos_desk.tournament.kinds import Ending, Role, SetType, Side, Stage
from arctos_desk.tournament.reasons import Problem
from arctos_desk.tournament.records import Match, Point, Result, Score, Start
from arctos_desk.tournament.registers import CLEAR, Json, creation, merged, result_to_json, start_to_json
from arctos_desk.tournament.words import Words, say

DEFAULT_STONES: Final = 100
"""Stones of a set when a stones match names no number (spec arctos.md §3.2)."""

SETS_MOST: Final = 99
"""Sets of one match; the real ones have three."""
POINTS_MOST: Final = 1_000
"""Points entered at once."""

_WITH_WINNER = frozenset({Ending.NORMAL, Ending.FORFEIT, Ending.BYE})
_WITHOUT_WINNER = frozenset({Ending.DRAW, Ending.DOUBLE_FORFEIT, Ending.ANNULLED, Ending.SKIPPED})


@handles(commands.StartMatch)
def start_match(command: commands.StartMatch, context: Context) -> Draft:
    match = match_named(context, command.match)
    reasons = why_not_start(context.state, match.id, context.acting, now_ms=context.now_ms)
    override = within(command.override.strip(), NOTE_MOST, "override")
    against = [reason for reason in reasons if reason.code not in OVERRIDABLE or not override]
    if against:
        refuse(
            *(
                Problem(
                    reason.code,
                    reason.words,
                    place=match.name,
                    next_step=say("Start it with a reason") if reason.code in OVERRIDABLE else None,
                    about=reason.about,
                )
                for reason in against
            )
        )
    stones = (match.stones_per_set or DEFAULT_STONES) if match.set_type is SetType.STONES else None
    start = Start(
        at_ms=context.now_ms,
        head_ref=context.acting.person if may_be_head_ref(context.event, context.acting) else "",
        override=override if reasons else "",
        stones=stones,
    )
    registers: dict[str, Json] = {
        "stage": context.next_stage(match.id, Stage.LIVE),
        "start": start_to_json(start),
    }
    if stones is not None:
        registers["stones_remaining"] = stones
    if command.note.strip():
        registers["initial_note"] = within(command.note.strip(), NOTE_MOST, "note")
    return Draft(
        kind="match.start",
        writes=merged(
            edits.pin_tags(context.event, context.state.solution, match.id), {ref("match", match.id): registers}
        ),
        label=say("Start {match}", match=match.name),
        reason=start.override,
        value=match.id,
    )


@handles(commands.StartPoint)
def start_point(command: commands.StartPoint, context: Context) -> Draft:
    match = _running(context, command.match)
    points = context.state.points_of.get(match.id, ())
    running = open_point(points)
    if running is not None:
        refuse(
            Problem(
                "POINT_RUNS",
                say("A point of {match} is running", match=match.name),
                next_step=say("End it first"),
                about=ref("point", running.id),
            )
        )
    set_number = next_set_number(points) if command.set_number is None else command.set_number
    _check_set(set_number)
    stones: int | None = None
    if match.set_type is SetType.STONES:
        same_set = bool(points) and points[-1].set_number == set_number
        full = match.stones_per_set or DEFAULT_STONES
        stones = match.stones_remaining if same_set or not points else full
        if stones is None:
            refuse(
                Problem(
                    "STONES_UNKNOWN",
                    say("The number of stones of {match} is not known", match=match.name),
                    next_step=say("Set the stones"),
                )
            )
    point = Point(
        id=context.new_id(),
        match_id=match.id,
        start_ms=context.now_ms,
        set_number=set_number,
        stones_at_start=stones,
        rank=max((one.rank for one in points), default=0) + 1,
    )
    return Draft(
        kind="point.start",
        writes=creation(ref("point", point.id), point),
        label=say("Start point {number} of {match}", number=len(points) + 1, match=match.name),
        value=point.id,
    )


@handles(commands.EndPoint)
def end_point(command: commands.EndPoint, context: Context) -> Draft:
    point, match, number = _point_of(context, command.point)
    if point.end_ms is not None:
        refuse(
            Problem("POINT_OVER", say("Point {number} of {match} has ended already", number=number, match=match.name))
        )
    ended = replace(point, end_ms=max(point.start_ms, context.now_ms))
    writes: dict[str, dict[str, Json]] = {ref("point", point.id): {"end_ms": ended.end_ms}}
    _count_stones(writes, context, match, ended)
    return Draft(
        kind="point.end",
        writes=writes,
        label=say("End point {number} of {match}", number=number, match=match.name),
        value=point.id,
    )


@handles(commands.EditPoint)
def edit_point(command: commands.EditPoint, context: Context) -> Draft:
    point, match, number = _point_of(context, command.point)
    registers: dict[str, Json] = {}
    after = point
    label = say("Edit point {number} of {match}", number=number, match=match.name)
    if command.clear_winner:
        registers["winner"] = CLEAR
        after = replace(after, winner=None)
        label = say("Clear the winner of point {number} of {match}", number=number, match=match.name)
    elif command.winner is not None:
        registers["winner"] = command.winner.value
        after = replace(after, winner=command.winner)
        label = say(
            "Point {number} of {match} to {side}",
            number=number,
            match=match.name,
            side=side_name(context, match, command.winner),
        )
    if command.rerun is not None:
        registers["rerun"] = command.rerun
        after = replace(after, rerun=command.rerun)
        label = (
            say("Rerun point {number} of {match}", number=number, match=match.name)
            if command.rerun
            else say("Count point {number} of {match} again", number=number, match=match.name)
        )
    if command.set_number is not None:
        _check_set(command.set_number)
        registers["set_number"] = command.set_number
        after = replace(after, set_number=command.set_number)
        label = say("Point {number} of {match} into set {set}", number=number, match=match.name, set=command.set_number)
    if command.note is not None:
        note = within(command.note.strip(), NOTE_MOST, "note")
        registers["note"] = note if note else CLEAR
        label = say("Note on point {number} of {match}", number=number, match=match.name)
    if command.start_ms is not None:
        registers["start_ms"] = command.start_ms
        after = replace(after, start_ms=command.start_ms)
    if command.end_ms is not None:
        registers["end_ms"] = command.end_ms
        after = replace(after, end_ms=command.end_ms)
    if after.end_ms is not None and after.end_ms < after.start_ms:
        refuse(
            Problem(
                "POINT_TIMES",
                say("Point {number} of {match} cannot end before it starts", number=number, match=match.name),
            )
        )
    if not registers:
        refuse(Problem("NOTHING_CHANGED", say("Nothing was changed")))
    writes: dict[str, dict[str, Json]] = {ref("point", point.id): registers}
    if command.rerun is not None or command.end_ms is not None or command.start_ms is not None:
        _count_stones(writes, context, match, after)
    return Draft(kind="point.edit", writes=writes, label=label, value=point.id)


@handles(commands.VoidPoint)
def void_point(command: commands.VoidPoint, context: Context) -> Draft:
    point, match, number = _point_of(context, command.point)
    return Draft(
        kind="point.void",
        writes={ref("point", point.id): {"archived": True}},
        label=say("Delete point {number} of {match}", number=number, match=match.name),
        reason=within(command.reason.strip(), NOTE_MOST, "reason"),
        value=point.id,
    )


@handles(commands.EnterPoints)
def enter_points(command: commands.EnterPoints, context: Context) -> Draft:
    match = match_named(context, command.match)
    if match.stage < Stage.LIVE:
        refuse(_not_running(match))
    number_within(len(command.points), 1, POINTS_MOST, "points")
    points = context.state.points_of.get(match.id, ())
    rank = max((one.rank for one in points), default=0)
    writes: dict[str, dict[str, Json]] = {}
    for offset, (start_ms, end_ms, winner, set_number) in enumerate(command.points, start=1):
        if not 0 <= start_ms <= end_ms <= LATEST:
            refuse(
                Problem("POINT_TIMES", say("Entry {number} ends before it starts", number=offset), place=str(offset))
            )
        _check_set(set_number, place=str(offset))
        point = Point(
            id=context.new_id(),
            match_id=match.id,
            start_ms=start_ms,
            end_ms=end_ms,
            winner=winner,
            set_number=set_number,
            rank=rank + offset,
        )
        writes.update(
            {reference: dict(values) for reference, values in creation(ref("point", point.id), point).items()}
        )
    return Draft(
        kind="point.enter",
        writes=writes,
        label=say("Enter {count} points of {match}", count=len(command.points), match=match.name),
        value=match.id,
    )


@handles(commands.FinishMatch)
def finish_match(command: commands.FinishMatch, context: Context) -> Draft:
    match = match_named(context, command.match)
    bye = command.ending is Ending.BYE and match.stage is Stage.PLANNED
    if bye and (match.team1 is None) == (match.team2 is None):
        refuse(
            Problem(
                "NO_BYE",
                say("Only a match with one empty side ends as a bye"),
                next_step=say("Start it, or take the other team out first"),
            )
        )
    if match.stage is not Stage.LIVE and not bye:
        refuse(_not_running(match))
    running = open_point(context.state.points_of.get(match.id, ()))
    if running is not None:
        refuse(
            Problem(
                "POINT_RUNS",
                say("A point of {match} is running", match=match.name),
                next_step=say("End it first"),
                about=ref("point", running.id),
            )
        )
    _check_ending(match, command.ending, command.winner)
    _check_score(command.stated_score)
    if bye and (match.team1 if command.winner is Side.TEAM1 else match.team2) is None:
        refuse(Problem("NO_BYE", say("A bye is won by the side that is there"), place="winner"))
    result = Result(
        ending=command.ending,
        winner=command.winner,
        # laptops disagree about the time, and nobody is refused for it: no match ends before it started
        ended_ms=context.now_ms if match.start is None else max(context.now_ms, match.start.at_ms),
        stated_score=command.stated_score,
    )
    registers: dict[str, Json] = {
        "stage": context.next_stage(match.id, Stage.ENDED),
        "result": result_to_json(result),
    }
    if command.note is not None:
        note = within(command.note.strip(), NOTE_MOST, "note")
        registers["final_note"] = note if note else CLEAR
    return Draft(
        kind="match.finish",
        writes={ref("match", match.id): registers},
        label=_finish_label(context, match, command.ending, command.winner),
        value=match.id,
    )


@handles(commands.CorrectResult)
def correct_result(command: commands.CorrectResult, context: Context) -> Draft:
    match = match_named(context, command.match)
    reason = reason_given(command.reason)
    if match.stage < Stage.ENDED or match.result is None:
        refuse(_not_over(match))
    _check_ending(match, command.ending, command.winner)
    result = replace(match.result, ending=command.ending, winner=command.winner)
    return Draft(
        kind="match.result.set",
        writes={ref("match", match.id): {"result": result_to_json(result)}},
        label=say("Correct the result of {match}", match=match.name),
        reason=reason,
        value=match.id,
        extra=_settled(match) if match.stage >= Stage.CONFIRMED else {},
    )


def _settled(match: Match) -> dict[str, Json]:
    """What an organiser says of a confirmed result counts before whatever desks state at the same time."""
    return {"resolve": [base_key(ref("match", match.id), "result")]}


@handles(commands.ConfirmResult)
def confirm_result(command: commands.ConfirmResult, context: Context) -> Draft:
    match = match_named(context, command.match)
    if context.acting.role is not Role.ORGANISER:
        refuse(organiser_only(say("Only an organiser confirms a result"), about=ref("match", match.id)))
    if match.stage >= Stage.CONFIRMED:
        refuse(Problem("CONFIRMED", say("The result of {match} is confirmed already", match=match.name)))
    if match.stage is not Stage.ENDED or match.result is None:
        refuse(_not_over(match))
    if match.disputed:
        refuse(
            Problem(
                "DISPUTED",
                say("Two results of {match} disagree", match=match.name),
                next_step=say("Settle the dispute first"),
                about=ref("match", match.id),
            )
        )
    return Draft(
        kind="match.result.confirm",
        writes={
            ref("match", match.id): {
                "stage": context.next_stage(match.id, Stage.CONFIRMED),
                # stated again, so that the confirmation names what it confirms
                "result": result_to_json(match.result),
            }
        },
        label=say("Confirm the result of {match}", match=match.name),
        value=match.id,
        extra=_settled(match),
    )


@handles(commands.ReopenMatch)
def reopen_match(command: commands.ReopenMatch, context: Context) -> Draft:
    match = match_named(context, command.match)
    reason = reason_given(command.reason)
    if match.stage < Stage.ENDED:
        refuse(_not_over(match))
    others = [other for other in edits.running_on(context.event, match.field_id) if other.id != match.id]
    if others and match.start is not None:
        refuse(
            Problem(
                "FIELD_BUSY",
                say("{match} runs on this field", match=others[0].name),
                next_step=say("Finish it first, or correct the result without reopening"),
                about=ref("match", others[0].id),
            )
        )
    stage = Stage.LIVE if match.start is not None else Stage.PLANNED
    return Draft(
        kind="match.reopen",
        writes={
            ref("match", match.id): {
                "stage": context.next_stage(match.id, stage, new_generation=True),
                "result": CLEAR,
            }
        },
        label=say("Reopen {match}", match=match.name),
        reason=reason,
        value=match.id,
    )


@handles(commands.NoteMatch)
def note_match(command: commands.NoteMatch, context: Context) -> Draft:
    match = match_named(context, command.match)
    registers: dict[str, Json] = {}
    for register, text in (("initial_note", command.initial), ("final_note", command.final)):
        if text is not None:
            note = within(text.strip(), NOTE_MOST, register)
            registers[register] = note if note else CLEAR
    if not registers:
        refuse(Problem("NOTHING_CHANGED", say("Nothing was changed")))
    return Draft(
        kind="match.note",
        writes={ref("match", match.id): registers},
        label=say("Note on {match}", match=match.name),
        value=match.id,
    )


def side_name(context: Context, match: Match, side: Side) -> str:
    """The team that plays on a side now; "left" or "right" is never enough on paper."""
    row = context.state.solution.rows.get(match.id)
    team_id = None if row is None else (row.team1_id if side is Side.TEAM1 else row.team2_id)
    team = context.event.teams.get(team_id or "")
    return team.name if team is not None else side.value


def _finish_label(context: Context, match: Match, ending: Ending, winner: Side | None) -> Words:
    if winner is not None and ending is Ending.NORMAL:
        return say("Finish {match}: {side} wins", match=match.name, side=side_name(context, match, winner))
    if ending is Ending.DRAW:
        return say("Finish {match}: draw", match=match.name)
    return say("Finish {match}: {ending}", match=match.name, ending=ending_name(ending))


def _check_ending(match: Match, ending: Ending, winner: Side | None) -> None:
    if ending in _WITH_WINNER and winner is None:
        refuse(
            Problem(
                "WINNER_REQUIRED",
                say("State who won {match}", match=match.name),
                next_step=say("Choose a winner, or finish it as a draw"),
            )
        )
    if ending in _WITHOUT_WINNER and winner is not None:
        refuse(Problem("NO_WINNER", say("{match} has no winner when it ends like this", match=match.name)))
    if ending is Ending.SKIPPED:
        refuse(Problem("ENDING", say("A match is skipped by its condition or by a force start, not by finishing it")))


def _check_set(set_number: int, place: str = "set_number") -> None:
    if not 1 <= set_number <= SETS_MOST:
        refuse(Problem("SET_NUMBER", say("Sets are counted from 1 to {most}", most=SETS_MOST), place=place))


def _check_score(score: Score | None) -> None:
    if score is not None:
        for number in (*score.sets, *score.points):
            number_within(number, 0, 1_000_000, "stated_score")
        within(score.text, NOTE_MOST, "stated_score")


def _not_over(match: Match) -> Problem:
    return Problem(
        "NOT_OVER",
        say("{match} is not over", match=match.name),
        next_step=say("Finish it first"),
        about=ref("match", match.id),
    )


def _not_running(match: Match) -> Problem:
    if match.stage >= Stage.ENDED:
        return Problem(
            "OVER", say("{match} is over", match=match.name), next_step=say("Correct its result, or reopen it")
        )
    return Problem(
        "NOT_RUNNING", say("{match} has not been started", match=match.name), next_step=say("Start it first")
    )


def _running(context: Context, match_id: str) -> Match:
    match = match_named(context, match_id)
    if match.stage is not Stage.LIVE:
        refuse(_not_running(match))
    return match


def _point_of(context: Context, point_id: str) -> tuple[Point, Match, int]:
    point = point_named(context, point_id)
    match = match_named(context, point.match_id)
    points = context.state.points_of.get(match.id, ())
    number = next((index for index, one in enumerate(points, start=1) if one.id == point.id), 0)
    return point, match, number


def _count_stones(writes: dict[str, dict[str, Json]], context: Context, match: Match, changed: Point) -> None:
    """Write the stone counter as it stands after this point changed, if the match counts stones."""
    if match.set_type is not SetType.STONES:
        return
    points = [changed if one.id == changed.id else one for one in context.state.points_of.get(match.id, ())]
    last_set = points[-1].set_number if points else 1
    of_set = [one for one in points if one.set_number == last_set]
    full = match.stones_per_set or DEFAULT_STONES
    writes[ref("match", match.id)] = {"stones_remaining": stones_left(of_set, full, context.now_ms)}
