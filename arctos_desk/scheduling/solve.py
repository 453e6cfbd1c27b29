"""The schedule of an event from scratch: a pure function of stated facts and the clock. Remembers nothing.

An incremental solver may stand behind the same function later: it must answer what this one answers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from arctos_desk.scheduling import graph as graphs
from arctos_desk.scheduling import live
from arctos_desk.scheduling.graph import EVER, Graph
from arctos_desk.scheduling.plan import plan
from arctos_desk.scheduling.scripts import EventScripts, settled_slots
from arctos_desk.scheduling.slots import Known, Slots, resolve
from arctos_desk.scheduling.solution import Row, Solution
from arctos_desk.tournament.instants import Instant
from arctos_desk.tournament.kinds import Stage
from arctos_desk.tournament.records import Event, Tag


def solve(event: Event, *, now_ms: Instant, placed: Mapping[str, Instant] | None = None) -> Solution:
    """What the schedule says now.

    `placed` tells, where it is known, since when a match stands where it stands: no lock is earned before that
    moment.
    """
    matches = list(event.matches.values())
    index = {match.id: place for place, match in enumerate(matches)}
    scripts = EventScripts(event, matches, index)
    graph = graphs.build(matches, index, scripts.needs)
    planned = plan(graph)

    def fill(by_expression: Callable[[Tag], Known]) -> Slots:
        return resolve(event, matches, index, by_expression)

    filled = settled_slots(event, scripts, fill)
    day = live.work_out(graph, planned, filled, now_ms=now_ms, skips=scripts, placed=placed)
    if _asks_for_statuses(event, scripts):
        # a tag may ask whether a row was skipped, which only the live pass knows; its answer then fills slots anew
        for _ in range(4):
            again = settled_slots(event, scripts, fill, day)
            if again.tag_teams == filled.tag_teams:
                break
            filled = again
            day = live.work_out(graph, planned, filled, now_ms=now_ms, skips=scripts, placed=placed)
    return Solution(
        rows=_rows(day),
        in_cycle=_in_cycle(graph),
        tag_teams=filled.tag_teams,
        problems=scripts.problems(),
        solved_ms=now_ms,
        day=day,
    )


def _asks_for_statuses(event: Event, scripts: EventScripts) -> bool:
    return any(
        scripts.needs(tag.expression)[1] for tag in event.tags.values() if tag.expression and tag.team_id is None
    )


def _in_cycle(graph: Graph) -> frozenset[str]:
    if not graph.behind:
        return frozenset()
    return frozenset(match.id for place, match in enumerate(graph.matches) if graph.node[place] in graph.behind)


def _rows(day: live.Day) -> dict[str, Row]:
    graph = day.graph
    rows: dict[str, Row] = {}
    node, planned, lives, status, known = graph.node, day.plan, day.live, day.status, day.slots.known
    skipped = day.skipped
    for place, match in enumerate(graph.matches):
        n = node[place]
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
            length_min=0 if n != place else max(graph.length[n], 0) // 60_000,
            status=status[n],
            team1_id=teams[0][0],
            team2_id=teams[1][0],
            referee_ids=tuple([team for team, _ in teams[2:]]) if len(teams) > 2 else (),
            skipped_ms=None if skipped_ms is None or skipped_ms <= EVER else skipped_ms,
            real_start_ms=start.at_ms if start is not None and stage >= Stage.LIVE else None,
            real_end_ms=result.ended_ms if result is not None and stage >= Stage.ENDED else None,
        )
    return rows
