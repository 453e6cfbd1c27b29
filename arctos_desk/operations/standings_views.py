"""The tables of an event as screens and papers read them: places, every figure with its number, what decided.

The one place where tables are made from a state, by the event's own rules. Counts nothing itself: `formats.standings`
does. Never fails on teams that are not known yet: their matches simply do not count for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from arctos_desk.formats.standings import (
    Comparison,
    Criterion,
    Line,
    Table,
    event_table,
    group_table,
    group_tables,
    name_of,
    remarks,
    rules_of,
    shown,
    why_above,
    why_in_this_order,
)
from arctos_desk.operations.state import State
from arctos_desk.tournament.kinds import Status
from arctos_desk.tournament.words import Words, say


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingsLine:
    """One team. `cells` belong to the columns of the view; an empty one is a figure that nobody needed.

    `decided_by` says what put it behind the line before it, None for the first line; `decided_in` is the column of the
    figure that did, None when nothing did: then both share a place.
    """

    rank: int
    shared: bool
    team_id: str
    name: str
    cells: tuple[str, ...]
    decided_by: Words | None = None
    decided_in: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingsView:
    """One table. `group` is None for the table over all matches; `groups` are (id, name) of what else can be shown.

    `columns` are the names of the figures, `heads` the same as short as a heading is. A provisional table still waits
    for results or for a dispute to be settled; `remarks` say so in words.
    """

    title: Words
    group: str | None
    ribbon: bool
    columns: tuple[Words, ...]
    heads: tuple[Words, ...]
    lines: tuple[StandingsLine, ...]
    provisional: bool
    matches: int
    open_matches: int
    remarks: tuple[Words, ...]
    groups: tuple[tuple[str, str], ...]


def event_table_of(state: State, *, ribbon: bool = False) -> Table:
    """The table over all matches."""
    rules = rules_of(state.event.info, ribbon=ribbon)
    return event_table(state.event, _sides(state), rules=rules, skipped=_skipped(state))


def table_of(state: State, group: str | None, *, ribbon: bool = False) -> Table:
    """The table of a group; the one over all matches for None, and for a group that is gone."""
    if group is None or group not in state.event.groups:
        return event_table_of(state, ribbon=ribbon)
    rules = rules_of(state.event.info, ribbon=ribbon)
    return group_table(state.event, _sides(state), group, rules=rules, skipped=_skipped(state))


def tables_of(state: State, *, ribbon: bool = False) -> tuple[Table, ...]:
    """The tables of all groups that have matches, then the one over all matches."""
    rules = rules_of(state.event.info, ribbon=ribbon)
    groups = group_tables(state.event, _sides(state), rules=rules, skipped=_skipped(state))
    return (*groups, event_table_of(state, ribbon=ribbon))


def standings_view(state: State, *, group: str | None = None, ribbon: bool = False) -> StandingsView:
    """A table for the screen. Ribbon matches count only when they are asked for."""
    table = table_of(state, group, ribbon=ribbon)
    event = state.event
    criteria = table.rules.criteria
    reasons: tuple[tuple[Comparison, ...] | None, ...] = (None, *why_in_this_order(table))
    named = event.groups.get(table.group_id or "")
    return StandingsView(
        title=say("Table of all matches") if named is None else say("Table of {group}", group=named.name),
        group=table.group_id,
        ribbon=ribbon,
        columns=(*_COUNTS, *(name_of(criterion) for criterion in criteria)),
        heads=(*_COUNT_HEADS, *(_HEADS[criterion] for criterion in criteria)),
        lines=tuple(
            StandingsLine(
                rank=line.place,
                shared=line.shared,
                team_id=line.team_id,
                name=event.teams[line.team_id].name,
                cells=_cells(line, criteria),
                decided_by=None if chain is None else chain[-1].words,
                decided_in=None if chain is None else _column(chain[-1], criteria),
            )
            for line, chain in zip(table.lines, reasons[: len(table.lines)], strict=True)
        ),
        provisional=not table.is_final,
        matches=table.matches,
        open_matches=table.open_matches,
        remarks=remarks(table),
        groups=tuple((one.id, one.name) for one in event.groups.values()),
    )


def why(
    state: State, above: str, below: str, *, group: str | None = None, ribbon: bool = False
) -> tuple[Comparison, ...]:
    """Step by step why one team stands above another; empty when one of them is not in this table (any more)."""
    table = table_of(state, group, ribbon=ribbon)
    if above == below or not {above, below} <= {line.team_id for line in table.lines}:
        return ()
    return why_above(table, above, below)


_COUNTS: Final = (say("Played"), say("Wins"), say("Draws"), say("Losses"))
_COUNT_HEADS: Final = (say("P"), say("W"), say("D"), say("L"))
_HEADS: Final[Mapping[Criterion, Words]] = {
    Criterion.MATCH_POINTS: say("Pts"),
    Criterion.WINS: say("Wins"),
    Criterion.HEAD_TO_HEAD: say("Direct"),
    Criterion.SET_DIFFERENCE: say("Sets ±"),
    Criterion.SETS_FOR: say("Sets for"),
    Criterion.POINT_DIFFERENCE: say("Points ±"),
    Criterion.POINTS_FOR: say("Points for"),
}


def _cells(line: Line, criteria: tuple[Criterion, ...]) -> tuple[str, ...]:
    tally = line.tally
    return (
        *(str(count) for count in (tally.played, tally.wins, tally.draws, tally.losses)),
        *(_cell(line, criterion, figure) for criterion, figure in zip(criteria, line.figures, strict=True)),
    )


def _cell(line: Line, criterion: Criterion, figure: int | None) -> str:
    """A figure; a difference with what it is the difference of."""
    if figure is None:
        return ""
    if criterion is Criterion.SET_DIFFERENCE:
        return f"{shown(criterion, figure)} ({line.tally.sets_won}:{line.tally.sets_lost})"
    if criterion is Criterion.POINT_DIFFERENCE:
        return f"{shown(criterion, figure)} ({line.tally.points_won}:{line.tally.points_lost})"
    return shown(criterion, figure)


def _column(step: Comparison, criteria: tuple[Criterion, ...]) -> int | None:
    return None if step.criterion is None else len(_COUNTS) + criteria.index(step.criterion)


def _sides(state: State) -> Mapping[str, tuple[str | None, str | None]]:
    return {row.match_id: (row.team1_id, row.team2_id) for row in state.solution.rows.values()}


def _skipped(state: State) -> frozenset[str]:
    return frozenset(row.match_id for row in state.solution.rows.values() if row.status is Status.SKIPPED)
