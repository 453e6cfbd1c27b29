"""Which row waits for which: the edges that hold whatever happens on the day. Knows no clock and no results.

Nodes are ints, the places of the matches in order of creation; all JOIN rows of one name are one node, that of
the first. `ends[n]` are the nodes whose end n waits for, `starts[n]` those whose start alone gives a time
(is-skipped, scheduling.md §3.3; kept as the reference has it, §12 quirk 28 is not among the Decisions).

Decided differences from the reference (scheduling.md, Decisions):
* quirk 1 and 2: the edge of a winner or loser reference stays when the source is decided (H021, H097);
* quirk 8: a STATIC's skip condition counts for nothing (H060, H095, H098);
* quirk 12: references hold ids, so a break and a game of one name are never mistaken (H045);
* quirk 13: a cycle is cut at its reference edge, chains are kept; rows behind a cycle are placed like any
  others (P012, H071).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from arctos_desk.tournament.kinds import MatchKind
from arctos_desk.tournament.records import Match
from arctos_desk.tournament.tokens import OutcomeSlot

STATIC: Final = 0
SAFE: Final = 1
FAST: Final = 2
BREAK: Final = 3
STATBREAK: Final = 4
JOIN: Final = 5

KIND_CODE: Final = {
    MatchKind.STATIC: STATIC,
    MatchKind.SAFE: SAFE,
    MatchKind.FAST: FAST,
    MatchKind.BREAK: BREAK,
    MatchKind.STATBREAK: STATBREAK,
    MatchKind.JOIN: JOIN,
}

NO_TIME: Final = -(1 << 62)
"""Smaller than every instant, so that a maximum ignores it."""
EVER: Final = -(1 << 61)
"""The moment of what always was; everything below is no time."""
NEVER: Final = 1 << 62
"""Later than every instant."""

MINUTE: Final = 60_000

Needs = Callable[[str], tuple[Sequence[str], Sequence[str]]]
"""Script text -> names of matches that must be decided, names whose skipping must be known."""


@dataclass(slots=True, eq=False)
class Graph:
    """The rows of an event as ints. Built once, then only read: until something it rests on changes.

    `asked` is what scripts answered while it was built.
    """

    matches: Sequence[Match]
    index: dict[str, int]
    kind: list[int]
    node: list[int]
    length: list[int]
    ends: list[list[int]]
    starts: list[list[int]]
    order: list[int]
    members: dict[int, list[int]]
    cyclic: set[int]
    behind: set[int]
    cut: list[tuple[int, int]]
    asked: dict[str, tuple[Sequence[str], Sequence[str]]]


_NONE: Final[list[int]] = []
_SKIPPABLE: Final = (SAFE, FAST)


def build(matches: Sequence[Match], index: dict[str, int], needs: Needs) -> Graph:
    """The graph of rows in order of creation: base edges, groups, an order in which all comes after what it
    waits for.

    `index` is the place of each match by its id.
    """
    count = len(matches)
    kind = [KIND_CODE[match.kind] for match in matches]
    node = list(range(count))
    length = [NO_TIME if match.length_min is None else match.length_min * MINUTE for match in matches]
    joins: dict[str, int] = {}
    breaks: dict[str, list[int]] = {}
    members: dict[int, list[int]] = {}
    for place, code in enumerate(kind):
        if code == JOIN:
            first = joins.setdefault(matches[place].name, place)
            node[place] = first
            length[place] = 0
            members.setdefault(first, []).append(place)
        elif code == BREAK:
            breaks.setdefault(matches[place].name, []).append(place)

    ends: list[list[int]] = [_NONE] * count
    starts: list[list[int]] = [_NONE] * count
    selves: set[int] = set()
    names: _Names | None = None
    asked: dict[str, tuple[Sequence[str], Sequence[str]]] = {}
    for place, match in enumerate(matches):
        waits: list[int] = []
        for slot in (match.team1, match.team2, *match.referees):
            if type(slot) is OutcomeSlot:
                source = index.get(slot.match_id)
                if source is not None:
                    waits.append(node[source])
        if match.previous_id is not None:
            source = index.get(match.previous_id)
            if source is not None:
                waits.append(node[source])
        code = kind[place]
        if match.skip_condition and code in _SKIPPABLE:
            direct, skipped = asked[match.skip_condition] = needs(match.skip_condition)
            if direct or skipped:
                if names is None:
                    names = _Names(matches, node, joins)
                waits += names.places(direct, match)
                early = [dep for dep in names.places(skipped, match) if dep not in waits]
                if place in early:
                    selves.add(place)
                    early.remove(place)
                if early:
                    starts[place] = list(dict.fromkeys(early))
        own = node[place]
        if own in waits:
            if code != JOIN:
                selves.add(own)
            waits = [dep for dep in waits if dep != own]
        if len(waits) > 1:
            waits = list(dict.fromkeys(waits))
        if own != place and ends[own]:
            waits = list(dict.fromkeys([*ends[own], *waits]))
        if waits:
            ends[own] = waits
    for group in breaks.values():
        if len(group) > 1:
            _spread(group, ends)

    graph = Graph(matches, index, kind, node, length, ends, starts, [], members, selves, set(selves), [], asked)
    nodes = [place for place in range(count) if node[place] == place]
    graph.order = in_order(nodes, lambda n: (ends[n], starts[n]), count)
    if len(graph.order) < len(nodes):
        _cut_cycles(graph, nodes)
    elif selves:
        graph.behind |= _downstream(graph, selves)
    return graph


def built_before(graph: Graph, matches: Sequence[Match], needs: Needs) -> Graph | None:
    """The graph that `build` would make of these matches, from one made before; None when its edges can be others.

    Results, starts and whatever else happens on the day change no edge.
    """
    if len(matches) != len(graph.matches):
        return None
    for match, before in zip(matches, graph.matches, strict=True):
        if match is not before and _edges_from(match) != _edges_from(before):
            return None
    for text, answer in graph.asked.items():
        if needs(text) != answer:
            return None
    return replace(graph, matches=matches)


def _edges_from(match: Match) -> tuple[object, ...]:
    """Everything of a match that a graph is built from."""
    return (
        match.id,
        match.name,
        match.kind,
        match.field_id,
        match.previous_id,
        match.length_min,
        match.team1,
        match.team2,
        match.referees,
        match.skip_condition,
    )


def _spread(group: list[int], ends: list[list[int]]) -> None:
    """All rows of one break wait for what any of them waits for (§3.5)."""
    union = dict.fromkeys(dep for member in group for dep in ends[member])
    for member in group:
        union.pop(member, None)
    shared = list(union)
    for member in group:
        ends[member] = shared


class _Names:
    """Names in scripts to nodes: a JOIN of that name, else the row of that name on the same field, else the first."""

    __slots__ = ("_first", "_joins", "_node", "_on_field")

    def __init__(self, matches: Sequence[Match], node: list[int], joins: dict[str, int]) -> None:
        self._joins = joins
        self._node = node
        self._first: dict[str, int] = {}
        self._on_field: dict[tuple[str, str | None], int] = {}
        for place, match in enumerate(matches):
            self._first.setdefault(match.name, place)
            self._on_field.setdefault((match.name, match.field_id), place)

    def places(self, names: Iterable[str], match: Match) -> list[int]:
        found = []
        for name in names:
            place = self._joins.get(name)
            if place is None:
                place = self._on_field.get((name, match.field_id))
            if place is None:
                place = self._first.get(name)
            if place is not None:
                found.append(self._node[place])
        return found


def in_order(nodes: Sequence[int], waits: Callable[[int], tuple[Sequence[int], ...]], count: int) -> list[int]:
    """The nodes sorted so that each comes after what it waits for; those in or behind a cycle are left out (Kahn)."""
    open_ = [0] * count
    after: list[list[int] | None] = [None] * count
    ready = []
    for n in nodes:
        number = 0
        for deps in waits(n):
            number += len(deps)
            for dep in deps:
                known = after[dep]
                if known is None:
                    after[dep] = [n]
                else:
                    known.append(n)
        if number:
            open_[n] = number
        else:
            ready.append(n)
    for n in ready:  # grows while it is walked
        followers = after[n]
        if followers is not None:
            for follower in followers:
                open_[follower] -= 1
                if open_[follower] == 0:
                    ready.append(follower)
    return ready


def _cut_cycles(graph: Graph, nodes: list[int]) -> None:
    """Cut every cycle at its weakest edge: a chain holds longer than a skip condition, that longer than a reference."""
    placed = set(graph.order)
    rest = [n for n in nodes if n not in placed]
    graph.behind |= set(rest)

    def weakness(n: int, dep: int) -> int:
        rows = graph.members.get(n, [n])
        if graph.kind[n] == BREAK:
            name = graph.matches[n].name
            rows = [place for place, m in enumerate(graph.matches) if graph.kind[place] == BREAK and m.name == name]
        for row in rows:
            previous = graph.matches[row].previous_id
            if previous is not None and previous in graph.index and graph.node[graph.index[previous]] == dep:
                return 0
        match = graph.matches[n]
        referred = {
            graph.node[graph.index[slot.match_id]]
            for slot in (match.team1, match.team2, *match.referees)
            if isinstance(slot, OutcomeSlot) and slot.match_id in graph.index
        }
        return 2 if dep in referred else 1

    ends = {n: list(graph.ends[n]) for n in rest}
    starts = {n: list(graph.starts[n]) for n in rest}
    for component in components(rest, lambda n: [*ends[n], *starts[n]]):
        graph.cyclic.update(component)
        inside = set(component)
        edges = [(weakness(n, dep), n, dep) for n in component for dep in (*ends[n], *starts[n]) if dep in inside]
        for n, dep in closing(sorted(edges)):
            graph.cut.append((n, dep))
            if dep in ends[n]:
                ends[n].remove(dep)
            if dep in starts[n]:
                starts[n].remove(dep)
    for n in rest:
        graph.ends[n] = ends[n]
        graph.starts[n] = starts[n]
    graph.order = in_order(nodes, lambda n: (graph.ends[n], graph.starts[n]), len(graph.matches))


def closing(edges: Iterable[tuple[int, int, int]]) -> list[tuple[int, int]]:
    """Of edges in the order of their strength, those that would close a cycle with stronger ones."""
    kept: dict[int, list[int]] = {}
    refused = []
    for _, n, dep in edges:
        if _reaches(kept, dep, n):
            refused.append((n, dep))
        else:
            kept.setdefault(n, []).append(dep)
    return refused


def _reaches(waits: dict[int, list[int]], start: int, goal: int) -> bool:
    seen = {start}
    pending = [start]
    while pending:
        n = pending.pop()
        if n == goal:
            return True
        for dep in waits.get(n, _NONE):
            if dep not in seen:
                seen.add(dep)
                pending.append(dep)
    return False


def components(nodes: Sequence[int], waits: Callable[[int], Sequence[int]]) -> list[list[int]]:
    """The strongly connected parts of more than one node, each sorted (Tarjan, without recursion)."""
    inside = set(nodes)
    number: dict[int, int] = {}
    low: dict[int, int] = {}
    stack: list[int] = []
    on_stack: set[int] = set()
    found: list[list[int]] = []
    for root in nodes:
        if root in number:
            continue
        work = [(root, iter([dep for dep in waits(root) if dep in inside]))]
        number[root] = low[root] = len(number)
        stack.append(root)
        on_stack.add(root)
        while work:
            n, deps = work[-1]
            for dep in deps:
                if dep not in number:
                    number[dep] = low[dep] = len(number)
                    stack.append(dep)
                    on_stack.add(dep)
                    work.append((dep, iter([further for further in waits(dep) if further in inside])))
                    break
                if dep in on_stack:
                    low[n] = min(low[n], number[dep])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[n])
                if low[n] == number[n]:
                    part = []
                    while True:
                        member = stack.pop()
                        on_stack.discard(member)
                        part.append(member)
                        if member == n:
                            break
                    if len(part) > 1:
                        found.append(sorted(part))
    return found


def _downstream(graph: Graph, roots: set[int]) -> set[int]:
    reached = set(roots)
    for n in graph.order:
        if n not in reached and any(dep in reached for dep in (*graph.ends[n], *graph.starts[n])):
            reached.add(n)
    return reached
