"""The schedule of an event: a pure function of stated facts and the clock. Remembers nothing by itself.

Whoever has an earlier answer may hand it in: what cannot have changed since is taken from it, and the answer is the
same as from scratch.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from arctos_desk.scheduling import graph as graphs
from arctos_desk.scheduling import live
from arctos_desk.scheduling.graph import EVER, Graph
from arctos_desk.scheduling.plan import plan
from arctos_desk.scheduling.scripts import EventScripts, settled_slots
from arctos_desk.scheduling.slots import Known, Slots, resolve
from arctos_desk.scheduling.solution import Row, Solution
from arctos_desk.tournament.instants import Instant
from arctos_desk.tournament.kinds import Stage
from arctos_desk.tournament.records import Event, Match, Tag

_LIVE: Final = Stage.LIVE
_ENDED: Final = Stage.ENDED


def solve(
    event: Event, *, now_ms: Instant, placed: Mapping[str, Instant] | None = None, before: Solution | None = None
) -> Solution:
    """What the schedule says now.

    `placed` tells, where it is known, since when a match stands where it stands: no lock is earned before that
    moment. `before` is any earlier answer: what it rests on and has not changed is not worked out again. It makes no
    difference to what is answered.
    """
    matches = list(event.matches.values())
    index = {match.id: place for place, match in enumerate(matches)}
    scripts = EventScripts(event, matches, index)
    earlier = None if before is None else before.day
    graph, planned, ranks = _prepared(matches, index, scripts, earlier)

    def fill(by_expression: Callable[[Tag], Known]) -> Slots:
        return resolve(event, matches, index, by_expression)

    filled = settled_slots(event, scripts, fill)

    def work_out() -> live.Day:
        return live.work_out(graph, planned, filled, ranks, now_ms=now_ms, skips=scripts, placed=placed, before=earlier)

    day = work_out()
    if _asks_for_statuses(event, scripts):
        # a tag may ask whether a row was skipped, which only the live pass knows; its answer then fills slots anew
        for _ in range(4):
            again = settled_slots(event, scripts, fill, day)
            if again.tag_teams == filled.tag_teams:
                break
            filled = again
            day = work_out()
    return Solution(
        rows=_rows(day, before),
        in_cycle=_in_cycle(graph),
        tag_teams=filled.tag_teams,
        problems=scripts.problems(),
        solved_ms=now_ms,
        day=day,
    )


def _prepared(
    matches: list[Match], index: dict[str, int], scripts: EventScripts, before: live.Day | None
) -> tuple[Graph, list[int], live.Ranks]:
    """What no result and no start can change: edges, plan, and the order of both; from an earlier day if it fits."""
    graph = None if before is None else graphs.built_before(before.graph, matches, scripts.needs)
    if before is None or graph is None:
        graph = graphs.build(matches, index, scripts.needs)
    elif all(one.planned_ms == other.planned_ms for one, other in zip(matches, before.graph.matches, strict=True)):
        return graph, before.plan, before.ranks
    planned = plan(graph)
    return graph, planned, live.ranks_of(graph, planned)


def _asks_for_statuses(event: Event, scripts: EventScripts) -> bool:
    return any(
        scripts.needs(tag.expression)[1] for tag in event.tags.values() if tag.expression and tag.team_id is None
    )


def _in_cycle(graph: Graph) -> frozenset[str]:
    if not graph.behind:
        return frozenset()
    return frozenset(match.id for place, match in enumerate(graph.matches) if graph.node[place] in graph.behind)


def _rows(day: live.Day, before: Solution | None) -> dict[str, Row]:
    """The row of every match; those of which nothing changed are the very same objects as before."""
    graph = day.graph
    rows: dict[str, Row] = {}
    node, planned, lives, status, known = graph.node, day.plan, day.live, day.status, day.slots.known
    skipped, length = day.skipped, graph.length
    old = before.day if before is not None else None
    if before is None or old is None or old.plan is not planned:
        unchanged: Mapping[str, Row] = {}
        old = day
    else:  # the same plan, so the same places and lengths too
        unchanged = before.rows
    matches_then, lives_then, status_then, known_then = old.graph.matches, old.live, old.status, old.slots.known
    for place, match in enumerate(graph.matches):
        n = node[place]
        if (
            unchanged
            and match is matches_then[place]
            and lives[n] == lives_then[n]
            and status[n] is status_then[n]
            and known[place] == known_then[place]
            and skipped.get(n) == old.skipped.get(n)
        ):
            rows[match.id] = unchanged[match.id]
            continue
        plan_ms = planned[n]
        live_ms = lives[n]
        teams = known[place]
        skipped_ms = skipped.get(n) if skipped else None
        start = match.start
        result = match.result
        stage = match.stage
        rows[match.id] = Row(
            match_id=match.id,
            plan_ms=plan_ms if plan_ms > EVER else None,
            live_ms=live_ms if live_ms > EVER else None,
            length_min=0 if n != place else max(length[n], 0) // 60_000,
            status=status[n],
            team1_id=teams[0][0],
            team2_id=teams[1][0],
            referee_ids=(teams[2][0],) if len(teams) == 3 else tuple([team for team, _ in teams[2:]]),
            skipped_ms=None if skipped_ms is None or skipped_ms <= EVER else skipped_ms,
            real_start_ms=start.at_ms if start is not None and stage >= _LIVE else None,
            real_end_ms=result.ended_ms if result is not None and stage >= _ENDED else None,
        )
    return rows
