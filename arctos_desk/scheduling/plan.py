"""The planned pass: the published time of every row. Never looks at results, starts, skips or the clock.

plan(row) = the latest planned end of what it waits for. STATIC and STATBREAK keep what a person set; a row that
waits for nothing keeps its last known plan (§12 quirk 4, H010, H074).
"""

from __future__ import annotations

from arctos_desk.scheduling.graph import EVER, NO_TIME, STATBREAK, STATIC, Graph


def plan(graph: Graph) -> list[int]:
    """The planned start of every node, NO_TIME where nothing gives one."""
    planned = [NO_TIME] * len(graph.matches)
    ended = [NO_TIME] * len(graph.matches)
    kind, ends, starts, length, matches = graph.kind, graph.ends, graph.starts, graph.length, graph.matches
    end_of = ended.__getitem__
    for n in graph.order:
        code = kind[n]
        at = NO_TIME
        if code != STATIC and code != STATBREAK:
            deps = ends[n]
            if deps:
                at = max(map(end_of, deps))
            early = starts[n]
            if early:
                at = max(at, *[planned[dep] for dep in early])
        if at < EVER:
            stated = matches[n].planned_ms
            at = NO_TIME if stated is None else stated
        if at > EVER:
            planned[n] = at
            if length[n] >= 0:
                ended[n] = at + length[n]
    return planned
