"""The live pass: current estimate and status of every row, earned afresh from the facts and the clock each time.

Nothing of an earlier pass is remembered. What the reference's state machine would have kept is recovered from
the moments of the facts: a SAFE row is locked at the first moment when everything it waited for *as far as
known at that moment* had started, and its time counts what had ended by then with the real end and the rest
with start + length; READY freezes likewise. When a result or a tag reveals a new conflict that has not started,
the lock is lost (R907 step 4: M07).

A tag that was assigned and taken away again leaves no trace, nor does a link that was edited: both are judged
as if they had always been as they are now. `placed` tells since when a row stands as it stands; no lock is
earned before.

Kept as the reference has it (scheduling.md, Decisions): quirk 10, a skipped match ends at its live time (R925
M06); 11, a static break hides lateness (P008); 15, a conflict edge per other field, to the latest row planned
strictly earlier (P011); 25, no floor at now: the forecast stands beside it; 28, an is-skipped edge gives the
other's start (R903 M04); 18, an empty slot counts as settled here, and the gate says that a team is missing (PT3).
Mended: 4, a row that waits for nothing keeps its plan; 6, FAST has no locked state; 7, is-skipped sees this
pass; 14, a conflict edge that would close a cycle is left out (H068); 27, a break that waits for nothing is
never over (H102). A draw and the other endings finish a match like a win does.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from arctos_desk.scheduling.graph import (
    BREAK,
    EVER,
    NEVER,
    NO_TIME,
    SAFE,
    STATBREAK,
    STATIC,
    Graph,
    closing,
    components,
    in_order,
)
from arctos_desk.scheduling.slots import Slots
from arctos_desk.tournament.instants import Instant
from arctos_desk.tournament.kinds import Ending, Stage, Status
from arctos_desk.tournament.records import Match

_NONE: Final[list[int]] = []
_NOT_STARTED: Final = Status.NOT_STARTED
_FINALIZED: Final = Status.TIME_FINALIZED
_READY: Final = Status.READY_TO_START
_IN_PROGRESS: Final = Status.IN_PROGRESS
_COMPLETED: Final = Status.COMPLETED
_SKIPPED: Final = Status.SKIPPED
_PLAYED: Final = (_IN_PROGRESS, _COMPLETED)
_FURTHEST: Final = 64
_LIVE: Final = Stage.LIVE
_ENDED: Final = Stage.ENDED


_OnFields = list[tuple[list[int], list[int]]]
"""Per field the ranks of a team's rows in order of plan, and since when the team is known in each."""


class SkipRule(Protocol):
    """Says whether a row is to be skipped, from what was known at a moment."""

    def holds(self, place: int, moment: int, day: Day) -> bool:
        """Whether the row's condition held at a moment."""
        ...

    def skip_moment(self, place: int, over_ms: int, day: Day) -> int | None:
        """The first moment from `over_ms` on at which the row's condition held; None when it never did."""
        ...

    def moments(self) -> Sequence[int]:
        """Every moment at which an answer can have changed, in order."""
        ...


@dataclass(slots=True, eq=False)
class Ranks:
    """What the live pass reads from graph and plan alone, so that it can be kept while neither changes.

    `field_of`: the field of each node as a number, -1 for none, and how many `fields` there are. `ranked`: games with
    a plan, earliest first, and their `plans`. `order`: all nodes by plan; `is_straight` when no edge leads forwards.
    """

    field_of: list[int]
    fields: int
    ranked: list[int]
    plans: list[int]
    order: list[int]
    is_straight: bool


def ranks_of(graph: Graph, plan: list[int]) -> Ranks:
    """Every node in order of plan."""
    matches, kind, node = graph.matches, graph.kind, graph.node
    fields: dict[str | None, int] = {None: -1}
    field_of = [fields.setdefault(match.field_id, len(fields) - 1) for match in matches]
    ranked = [n for n, code in enumerate(kind) if code < BREAK and plan[n] > EVER and node[n] == n]
    ranked.sort(key=lambda n: (plan[n], matches[n].name, matches[n].id))
    order = sorted(graph.order, key=plan.__getitem__)  # of equal plans what is waited for stays first
    return Ranks(field_of, len(fields) - 1, ranked, [plan[n] for n in ranked], order, _is_straight(graph, plan))


def _is_straight(graph: Graph, plan: list[int]) -> bool:
    for n in graph.order:
        at = plan[n]
        for dep in graph.ends[n]:
            if plan[dep] > at:
                return False
        for dep in graph.starts[n]:
            if plan[dep] > at:
                return False
    return True


@dataclass(slots=True, eq=False)
class Day:
    """One solve as arrays over nodes; read-only once worked out. Times are NO_TIME, moments NEVER where there
    is none.

    `began`, `over`: when a row had started or was over, for groups when all before it was. `conflicts`: rows on other
    fields that share a team and are planned earlier; `dropped` those that would have closed a cycle. `locked`: the
    moment at which a live time was frozen, and what was waited for then.
    """

    graph: Graph
    now_ms: Instant
    plan: list[int]
    slots: Slots
    ranks: Ranks
    is_placed: bool = False
    live: list[int] = field(default_factory=list)
    status: list[Status] = field(default_factory=list)
    began: list[int] = field(default_factory=list)
    over: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    end_for_safe: list[int] = field(default_factory=list)
    skipped: dict[int, int] = field(default_factory=dict)
    conflicts: list[list[int]] = field(default_factory=list)
    locked: dict[int, tuple[int, Sequence[int]]] = field(default_factory=dict)
    dropped: dict[int, set[int]] = field(default_factory=dict)
    order: list[int] = field(default_factory=list)

    def waits(self, n: int) -> list[int]:
        """Everything a node waits for, conflicts included."""
        return [*self.graph.ends[n], *self.graph.starts[n], *self.conflicts[n]]


def work_out(
    graph: Graph,
    plan: list[int],
    slots: Slots,
    ranks: Ranks,
    *,
    now_ms: Instant,
    skips: SkipRule | None,
    placed: Mapping[str, Instant] | None = None,
    before: Day | None = None,
) -> Day:
    """The whole live pass; rows that stand as in an earlier day of the same plan are taken from it."""
    day = Day(graph, now_ms, plan, slots, ranks, bool(placed))
    conflicts = _Conflicts(day)
    day.conflicts = conflicts.edges
    day.dropped = conflicts.cut
    day.order = _live_order(day, conflicts.cut)
    walk = _Pass(day, conflicts, skips, placed or {})
    walk.run(0 if before is None else walk.take_over(before))
    return day


def _unchanged(day: Day, before: Day) -> int:
    """How many nodes, in order of plan, must come out as they did before.

    A row is worked out from itself and from rows that are planned no later. So up to the first plan at which a row
    was touched, asks a script or looks at the clock, everything stands as it stood.
    """
    if before.plan is not day.plan or not day.ranks.is_straight or day.is_placed or before.is_placed:
        return 0
    matches, kind, plan, known = day.graph.matches, day.graph.kind, day.plan, day.slots.known
    matches_then, known_then = before.graph.matches, before.slots.known
    order = day.order
    count = 0
    for n in order:
        match = matches[n]
        if match is not matches_then[n] or known[n] != known_then[n]:
            break
        if match.stage < _LIVE:
            if match.skip_condition:
                break
            if kind[n] == STATBREAK and (plan[n] <= day.now_ms) is not (plan[n] <= before.now_ms):
                break
        elif (match.start if match.stage < _ENDED else match.result) is None:
            break
        count += 1
    if count < len(order):
        while count and plan[order[count - 1]] == plan[order[count]]:
            count -= 1
    return count


class _Conflicts:
    """Per SAFE and FAST row the rows on other fields that share a team with it (§3.4), and since when.

    One sweep in order of plan: each team remembers its latest row per field, so a row asks its own teams only.
    """

    def __init__(self, day: Day) -> None:
        graph, plan = day.graph, day.plan
        kind, known, settled = graph.kind, day.slots.known, day.slots.settled
        count = len(kind)
        self.day = day
        self.edges: list[list[int]] = [_NONE] * count
        self.latest_known: list[int] = [EVER] * count
        """The latest moment at which any candidate of a row became known."""
        self.cut: dict[int, set[int]] = {}
        """Candidates that would close a cycle."""
        self._by_team: dict[str, _OnFields] | None = None
        ranks = day.ranks
        ranked, field_of, places = ranks.ranked, ranks.field_of, ranks.fields
        if places < 2:
            return
        nowhere = [-1] * places + [EVER]
        last: dict[str, list[int]] = {}
        edges, latest_known = self.edges, self.latest_known
        pending: list[tuple[int, int]] = []
        group_plan = NO_TIME
        for rank, n in enumerate(ranked):
            teams = known[n]
            if plan[n] != group_plan:
                for earlier_rank, earlier in pending:
                    place = field_of[earlier]
                    for team, since in known[earlier]:
                        if team is not None:
                            marks = last.get(team)
                            if marks is None:
                                marks = last[team] = nowhere.copy()
                            if place >= 0:
                                marks[place] = earlier_rank
                            if since > marks[-1]:
                                marks[-1] = since
                pending.clear()
                group_plan = plan[n]
            pending.append((rank, n))
            if kind[n] == STATIC:
                continue
            found = [last[team] for team, _ in teams if team in last]
            if found:
                own = field_of[n]
                best = found[0] if len(found) == 1 else list(map(max, *found))
                edges[n] = [ranked[r] for place, r in enumerate(best[:-1]) if r >= 0 and place != own]
                latest = best[-1]
                if settled[n] > latest:
                    for team, since in teams:
                        if team is not None and since > latest:
                            latest = since
                latest_known[n] = latest

    @property
    def by_team(self) -> dict[str, _OnFields]:
        """Where each team has its rows; made when a row's edges changed during the day."""
        if self._by_team is None:
            made: dict[str, _OnFields] = {}
            ranks_, known = self.day.ranks, self.day.slots.known
            field_of, fields = ranks_.field_of, ranks_.fields
            for rank, n in enumerate(ranks_.ranked):
                place = field_of[n]
                if place >= 0:
                    for team, since in known[n]:
                        if team is not None:
                            there = made.get(team)
                            if there is None:
                                there = made[team] = [([], []) for _ in range(fields)]
                            ranks, sinces = there[place]
                            ranks.append(rank)
                            sinces.append(since)
            self._by_team = made
        return self._by_team

    def candidates(self, n: int, first: int) -> list[list[tuple[int, int]]]:
        """Per other field: (known since, node) of rows with a shared team and an earlier plan, latest plan first.

        Only what can have counted at or after the moment `first`: behind a row that was known by then none matters.
        """
        by_team, in_plan = self.by_team, self.day.ranks
        ranked, own = in_plan.ranked, in_plan.field_of[n]
        limit = bisect_left(in_plan.plans, self.day.plan[n])
        closing_edges = self.cut.get(n, ())
        found: list[tuple[int, int, int]] = []
        for team, since in self.day.slots.known[n]:
            if team not in by_team:
                continue
            settled_by = first if first > since else since
            for place, (ranks, sinces) in enumerate(by_team[team]):
                if place == own:
                    continue
                index = bisect_left(ranks, limit)
                while index:
                    index -= 1
                    if closing_edges and ranked[ranks[index]] in closing_edges:
                        continue
                    moment = sinces[index]
                    if moment < since:
                        moment = since
                    found.append((ranks[index], -moment, place))
                    if moment <= settled_by:
                        break  # through this team nothing further back can have counted sooner
        found.sort(reverse=True)  # the latest plan first, and of one row the team through which it counted first
        fields: dict[int, list[tuple[int, int]]] = {}
        for rank, known, place in found:
            if place not in fields:
                fields[place] = [(-known, ranked[rank])]
            elif -known < fields[place][-1][0] and fields[place][-1][0] > first:
                fields[place].append((-known, ranked[rank]))
        return list(fields.values())


def _live_order(day: Day, cut: dict[int, set[int]]) -> list[int]:
    """An order for the live graph; conflict edges that would close a cycle are taken out of it, into `cut`."""
    graph, plan, conflicts = day.graph, day.plan, day.conflicts
    ends, starts = graph.ends, graph.starts
    order = day.ranks.order
    if day.ranks.is_straight:
        return order  # every edge leads back in the plan: conflict edges strictly, so no cycle can be closed
    count = len(graph.matches)
    settled = in_order(order, lambda n: (ends[n], starts[n], conflicts[n]), count)
    if len(settled) == len(order):
        return settled
    placed = set(settled)
    rest = [n for n in order if n not in placed]
    for component in components(rest, lambda n: [*ends[n], *starts[n], *conflicts[n]]):
        inside = set(component)
        edges = [(0, 0, n, dep) for n in component for dep in (*ends[n], *starts[n]) if dep in inside]
        edges += [(1, plan[n], n, dep) for n in component for dep in conflicts[n] if dep in inside]
        edges.sort()
        for n, dep in closing((strength, n, dep) for strength, _, n, dep in edges):
            conflicts[n] = [other for other in conflicts[n] if other != dep]
            cut.setdefault(n, set()).add(dep)
    return in_order(order, lambda n: (ends[n], starts[n], conflicts[n]), count)


class _Pass:
    """One walk over the rows in order, with what it has found so far."""

    def __init__(self, day: Day, conflicts: _Conflicts, skips: SkipRule | None, placed: Mapping[str, Instant]) -> None:
        self.day = day
        self.conflicts = conflicts
        self.skips = skips
        self.placed = placed
        count = len(day.graph.matches)
        self.live = day.live = [NO_TIME] * count
        self.status = day.status = [Status.NOT_STARTED] * count
        self.began = day.began = [NEVER] * count
        self.over = day.over = [NEVER] * count
        # what a row gives to those that wait for its end: to FAST and breaks, and to SAFE (a skipped row counts
        # in full)
        self.end = day.end = [NO_TIME] * count
        self.end_for_safe = day.end_for_safe = [NO_TIME] * count
        self.past: dict[tuple[int, int], int] = {}

    def take_over(self, before: Day) -> int:
        """Take the rows that stand as before from an earlier day; how many they are, in order."""
        day = self.day
        count = _unchanged(day, before)
        taken = day.order[:count]
        for now, then in (
            (self.live, before.live),
            (self.began, before.began),
            (self.over, before.over),
            (self.end, before.end),
            (self.end_for_safe, before.end_for_safe),
        ):
            for n in taken:
                now[n] = then[n]
        for n in taken:
            self.status[n] = before.status[n]
            if n in before.skipped:
                day.skipped[n] = before.skipped[n]
            if n in before.locked:
                day.locked[n] = before.locked[n]
        return count

    def run(self, begin: int) -> None:
        """Work out every node from this place in the order on."""
        day = self.day
        graph = day.graph
        kinds, matches, ends, starts, length = graph.kind, graph.matches, graph.ends, graph.starts, graph.length
        plan, conflicts, settled = day.plan, day.conflicts, day.slots.settled
        live, status, began, over = self.live, self.status, self.began, self.over
        end, end_for_safe = self.end, self.end_for_safe
        end_of, safe_end_of = end.__getitem__, end_for_safe.__getitem__
        began_of, over_of = began.__getitem__, over.__getitem__
        latest_known, placed, now_ms, cyclic = self.conflicts.latest_known, self.placed, day.now_ms, graph.cyclic
        for n in day.order[begin:] if begin else day.order:
            kind = kinds[n]
            match = matches[n]
            span = length[n]
            if kind == STATBREAK:
                at = live[n] = plan[n]
                if EVER < at <= now_ms:
                    status[n] = _COMPLETED
                    began[n] = over[n] = at
                end[n] = end_for_safe[n] = at + span if at > EVER and span >= 0 else NO_TIME
                continue
            early = starts[n]
            waits = ends[n]
            if conflicts[n]:
                waits = waits + conflicts[n]
            if early:
                waits = waits + early
            if kind >= BREAK:
                at = max(map(end_of, waits), default=NO_TIME)
                if at < EVER:
                    at = plan[n]
                live[n] = at
                if n not in cyclic and waits:
                    began[n] = max(map(began_of, waits))
                    done = over[n] = max(map(over_of, waits))
                    if done < NEVER:
                        status[n] = _COMPLETED
                elif n not in cyclic:
                    began[n] = over[n] = EVER
                end[n] = end_for_safe[n] = at + span if at > EVER and span >= 0 else NO_TIME
                continue

            stage = match.stage
            until = finish = NEVER
            if stage >= _LIVE:
                until, finish = self._stated(n, match, span)

            skipped_at: int | None = None
            if kind == STATIC:
                at = plan[n]
                last_over = max(map(over_of, waits), default=EVER)
                state = _READY if last_over < NEVER and settled[n] < NEVER else _FINALIZED
            elif not waits:
                at = plan[n]
                state = _READY if settled[n] < NEVER else _NOT_STARTED
                if match.skip_condition and until == NEVER and self.skips is not None and n not in cyclic:
                    skipped_at = self.skips.skip_moment(n, EVER, day)
            else:
                fixed = ends[n]
                if until < NEVER and max(map(over_of, waits)) > until:
                    fixed = self._before([*fixed, *early], until)
                    waits = [*fixed, *[dep for dep in conflicts[n] if over[dep] <= until]]
                first_began = last_began = max(map(began_of, waits), default=EVER)
                since = placed.get(match.id, EVER) if placed else EVER
                if since > until:  # a row that began was spliced since: its lock is as old as before
                    since = EVER
                asks = bool(match.skip_condition) and until == NEVER and self.skips is not None and n not in cyclic
                changing = False
                if latest_known[n] > EVER:
                    first_began = max(map(began_of, fixed), default=EVER)
                    for dep in early:
                        first_began = max(first_began, began[dep])
                    changing = latest_known[n] > first_began and (asks or until < NEVER or last_began < NEVER)
                if changing and n not in cyclic:
                    at, state, skipped_at = self._trace(n, fixed, first_began, until, since, asks)
                else:
                    if since > last_began:
                        last_began = since
                    frozen = False
                    state = _NOT_STARTED
                    last_over = NEVER
                    if last_began < NEVER:
                        last_over = max(map(over_of, waits), default=EVER)
                        if since > last_over:
                            last_over = since
                        if kind == SAFE and last_began < last_over and last_began <= until:
                            frozen = True
                            state = _FINALIZED
                        if last_over < NEVER and settled[n] < NEVER:
                            state = _READY
                    if frozen:
                        day.locked[n] = last_began, waits
                        at = self._end_at(n, waits, last_began)
                    else:
                        if early:
                            at = self._latest_end(n, waits, end_for_safe if kind == SAFE else end)
                        else:
                            at = max(map(safe_end_of if kind == SAFE else end_of, waits), default=NO_TIME)
                        if at < EVER:
                            at = plan[n]
                    if asks and last_over < NEVER and self.skips is not None:
                        skipped_at = self.skips.skip_moment(n, last_over, day)
                        if skipped_at is not None and kind == SAFE and not frozen:
                            # a SAFE that was never locked takes the time a FAST would have (§5.3)
                            quick = self._latest_end(n, waits, end)
                            at = quick if quick > EVER else at

            live[n] = at
            if until < NEVER:
                began[n] = until
                if finish < NEVER:
                    over[n] = finish
                    result = match.result
                    if result is not None and result.ending is Ending.SKIPPED:
                        status[n] = _SKIPPED
                        day.skipped[n] = finish
                        end[n] = at
                        end_for_safe[n] = at + max(span, 0) if at > EVER else NO_TIME
                    else:
                        status[n] = _COMPLETED
                        end[n] = end_for_safe[n] = finish
                else:
                    status[n] = _IN_PROGRESS
                    end[n] = end_for_safe[n] = until + span if span >= 0 else NO_TIME
            elif skipped_at is not None:
                status[n] = _SKIPPED
                day.skipped[n] = began[n] = over[n] = skipped_at
                end[n] = at
                end_for_safe[n] = at + max(span, 0) if at > EVER else NO_TIME
            else:
                if cyclic and n in cyclic:
                    state = _FINALIZED if kind == STATIC else _NOT_STARTED
                status[n] = state
                end[n] = end_for_safe[n] = at + span if at > EVER and span >= 0 else NO_TIME

    def _stated(self, n: int, match: Match, span: int) -> tuple[int, int]:
        """When a game began and ended, as far as people said; an end without a start counts as both."""
        start, result = match.start, match.result
        if match.stage < _ENDED:
            return (start.at_ms if start is not None else self.day.now_ms), NEVER
        if result is not None:
            finish = result.ended_ms
        elif start is not None:
            finish = start.at_ms + max(span, 0)
        else:
            finish = self.day.plan[n] if self.day.plan[n] > EVER else self.day.now_ms
        return (finish if start is None else min(start.at_ms, finish)), finish

    def _latest_end(self, n: int, waits: Sequence[int], end: list[int]) -> int:
        """The latest time that the waited-for rows give now; `end` is the table for SAFE or the one for the others."""
        early = self.day.graph.starts[n]
        if not early:
            return max(map(end.__getitem__, waits), default=NO_TIME)
        at = NO_TIME
        for dep in waits:
            at = max(at, self._start_of(dep, end) if dep in early else end[dep])
        return at

    def _start_of(self, dep: int, end: list[int]) -> int:
        status = self.status[dep]
        if status is Status.SKIPPED:
            return end[dep]
        if status in _PLAYED and self.day.graph.kind[dep] < BREAK:
            return self.began[dep]
        return self.live[dep]

    def _end_at(self, n: int, waits: Sequence[int], moment: int, *, full: bool = True) -> int:
        """The latest time the waited-for rows gave at a moment when all of them had started.

        For SAFE a skipped row counts in full, unless `full` is False.
        """
        day = self.day
        graph = day.graph
        kind, length, over = graph.kind, graph.length, self.over
        table = self.end_for_safe if full and kind[n] == SAFE else self.end
        early = graph.starts[n]
        at = NO_TIME
        for dep in waits:
            if over[dep] <= moment or kind[dep] == STATBREAK:
                given = self._start_of(dep, table) if dep in early else table[dep]
            elif kind[dep] >= BREAK:
                given = self._group_at(dep, moment)
                if given > EVER:
                    given += length[dep] if length[dep] >= 0 else NO_TIME
            elif self.began[dep] <= moment:
                given = self.began[dep]
                if dep not in early:
                    given += length[dep] if length[dep] >= 0 else NO_TIME
            else:
                given = self.live[dep] if dep in early else table[dep]
            if given > at:
                at = given
        return at if at > EVER else day.plan[n]

    def _group_at(self, n: int, moment: int) -> int:
        """The time of a break or join at a moment."""
        key = (n, moment)
        at = self.past.get(key)
        if at is None:
            at = self.past[key] = self._end_at(n, self.day.waits(n), moment)
        return at

    def _before(self, waits: Sequence[int], until: int) -> list[int]:
        """What a row that began can have waited for: rows put before it later are seen through."""
        graph = self.day.graph
        found: list[int] = []
        seen = set(waits)
        pending = list(waits)
        for dep in pending:  # grows while it is walked, not without end: records without any order get no history
            if self.began[dep] <= until:
                found.append(dep)
                continue
            if len(pending) > _FURTHEST:
                break
            for further in (*graph.ends[dep], *graph.starts[dep]):
                if further not in seen:
                    seen.add(further)
                    pending.append(further)
        return found

    def _trace(
        self, n: int, base: Sequence[int], first: int, until: int, since: int, asks: bool
    ) -> tuple[int, Status, int | None]:
        """Time, status and moment of skipping of a row whose conflicts changed during the day: moment by moment."""
        day = self.day
        safe = day.graph.kind[n] == SAFE
        early = day.graph.starts[n]
        fixed = [*base, *[dep for dep in early if dep not in base]] if early else base
        fields = self.conflicts.candidates(n, first)
        began, over = self.began, self.over
        began_of, over_of = began.__getitem__, over.__getitem__
        settled = day.slots.settled[n]
        revealed = {known for row in fields for known, _ in row}
        moments = {first, since, settled, *revealed}
        moments.update([over[dep] for dep in fixed])
        for row in fields:
            for _, dep in row:
                moments.add(began[dep])
                moments.add(over[dep])
        if asks and self.skips is not None:
            moments.update(self.skips.moments())
        state = _NOT_STARTED
        frozen_at = NEVER
        frozen_waits: list[int] = []
        waits = [*fixed]
        last_began = last_over = EVER
        begin = first if first > since else since
        is_first = True
        for moment in sorted([one for one in moments if begin <= one < NEVER]):
            if moment > until:
                break
            if is_first or moment in revealed:
                is_first = False
                waits = [*fixed]
                for row in fields:
                    for known, dep in row:
                        if known <= moment:
                            waits.append(dep)
                            break
                last_began = max(map(began_of, waits), default=EVER)
                last_over = max(map(over_of, waits), default=EVER)
            started = last_began <= moment
            done = started and last_over <= moment
            if state is _READY and not done:
                state = _FINALIZED if safe and started else _NOT_STARTED
            elif state is _FINALIZED and not started:
                state = _NOT_STARTED
            if done:
                if asks and self.skips is not None and self.skips.holds(n, moment, day):
                    if state is not _NOT_STARTED:
                        day.locked[n] = frozen_at, frozen_waits
                        return self._end_at(n, frozen_waits, frozen_at), state, moment
                    at = self._end_at(n, waits, moment, full=False)
                    return at, state, moment
                if settled <= moment and state is not _READY:
                    if state is _NOT_STARTED:
                        frozen_at, frozen_waits = moment, waits
                    state = _READY
            elif started and safe and state is _NOT_STARTED:
                frozen_at, frozen_waits = moment, waits
                state = _FINALIZED
        if state is _NOT_STARTED:
            if until == NEVER:
                waits = [*fixed, *day.conflicts[n]]
            at = self._latest_end(n, waits, self.end_for_safe if safe else self.end)
            return at if at > EVER else day.plan[n], state, None
        day.locked[n] = frozen_at, frozen_waits
        return self._end_at(n, frozen_waits, frozen_at), state, None
