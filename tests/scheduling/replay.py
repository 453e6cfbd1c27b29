"""The reference's way of working a schedule out, told plainly and slowly: one pass after each fact, statuses
remembered.

Follows spec scheduling.md §3-§5 with the Decisions' changes that touch times and statuses (reference edges
stay; FAST is never locked; a row that waits for nothing keeps its plan). It is here to be compared with the
solver, which remembers nothing. Covers no scripts, cycles or edits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from arctos_desk.tournament.instants import MINUTE_MS, Instant
from arctos_desk.tournament.kinds import Ending, MatchKind, Stage, Status
from arctos_desk.tournament.records import Event, Match
from arctos_desk.tournament.tokens import OutcomeSlot, Slot, TagSlot, TeamSlot

GAMES = (MatchKind.STATIC, MatchKind.SAFE, MatchKind.FAST)
GROUPED = (MatchKind.BREAK, MatchKind.JOIN)
STARTED = (Status.IN_PROGRESS, Status.COMPLETED, Status.SKIPPED)
OVER = (Status.COMPLETED, Status.SKIPPED)


@dataclass
class Replay:
    """The rows as they stand after the passes so far."""

    event: Event
    plan: Mapping[str, Instant | None]
    order: list[str]
    live: dict[str, Instant | None] = field(default_factory=dict)
    status: dict[str, Status] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for match in self.event.matches.values():
            self.live[match.id] = self.plan[match.id]
            self.status[match.id] = Status.NOT_STARTED

    def run(self, until: Instant) -> None:
        """A pass at loading, then one at each moment at which something happened."""
        moments = {-1}
        for match in self.event.matches.values():
            if match.start is not None:
                moments.add(match.start.at_ms)
            if match.result is not None:
                moments.add(match.result.ended_ms)
            if match.kind is MatchKind.STATBREAK and match.planned_ms is not None:
                moments.add(match.planned_ms)
        moments.update(tag.assigned_ms for tag in self.event.tags.values() if tag.assigned_ms is not None)
        for moment in sorted(one for one in moments if one <= until):
            self.one_pass(moment)
        self.one_pass(until)

    # what is known at a moment

    def team(self, slot: Slot | None, moment: Instant) -> str | None:
        if isinstance(slot, TeamSlot):
            return slot.team_id
        if isinstance(slot, TagSlot):
            tag = self.event.tags.get(slot.tag_id)
            known = tag is not None and tag.team_id is not None and (tag.assigned_ms or 0) <= moment
            return tag.team_id if tag is not None and known else None
        if isinstance(slot, OutcomeSlot):
            source = self.event.matches[slot.match_id]
            if source.result is None or source.result.winner is None or source.result.ended_ms > moment:
                return None
            side = source.result.winner if slot.outcome == "winner" else source.result.winner.other
            return self.team(source.team1 if side == "TEAM1" else source.team2, moment)
        return None

    def settled(self, slot: Slot | None, moment: Instant) -> bool:
        if isinstance(slot, OutcomeSlot):
            source = self.event.matches[slot.match_id]
            return source.result is not None and source.result.winner is not None and source.result.ended_ms <= moment
        return slot is None or self.team(slot, moment) is not None

    def teams(self, match: Match, moment: Instant) -> set[str]:
        found = {self.team(slot, moment) for slot in (match.team1, match.team2, *match.referees)}
        return {team for team in found if team is not None}

    # edges

    def fixed(self, match: Match) -> set[str]:
        found = {slot.match_id for slot in (match.team1, match.team2, *match.referees) if isinstance(slot, OutcomeSlot)}
        rows = [match]
        if match.kind in GROUPED:
            rows = [one for one in self.event.matches.values() if one.kind is match.kind and one.name == match.name]
        found |= {row.previous_id for row in rows if row.previous_id is not None}
        return found - {row.id for row in rows}

    def edges(self, match: Match, moment: Instant) -> set[str]:
        found = self.fixed(match)
        plan = self.plan[match.id]
        if match.kind not in (MatchKind.SAFE, MatchKind.FAST) or plan is None:
            return found
        own = self.teams(match, moment)
        best: dict[str, Match] = {}
        for other in self.event.matches.values():
            at = self.plan[other.id]
            if other.field_id is None or other.field_id == match.field_id or at is None or at >= plan:
                continue
            if not own & self.teams(other, moment):
                continue
            known = best.get(other.field_id)
            key = (at, other.name, other.id)
            if known is None or key > (self.plan[known.id] or 0, known.name, known.id):
                best[other.field_id] = other
        return found | {other.id for other in best.values()}

    def dependencies(self, ids: set[str], moment: Instant) -> set[str]:
        found: set[str] = set()
        seen: set[str] = set()
        pending = list(ids)
        while pending:
            match = self.event.matches[pending.pop()]
            if match.id in seen:
                continue
            seen.add(match.id)
            if match.kind in GROUPED:
                pending += self.edges(match, moment)
            else:
                found.add(match.id)
        return found

    # a pass

    def stated(self, match: Match, moment: Instant) -> Status | None:
        """What a person has said of a game by a moment."""
        result = match.result
        if match.stage >= Stage.ENDED and result is not None and result.ended_ms <= moment:
            return Status.SKIPPED if result.ending is Ending.SKIPPED else Status.COMPLETED
        if match.stage >= Stage.LIVE and match.start is not None and match.start.at_ms <= moment:
            return Status.IN_PROGRESS
        return None

    def current(self, match: Match, moment: Instant) -> Status:
        if match.kind is MatchKind.STATBREAK:
            begun = match.planned_ms is not None and match.planned_ms <= moment
            return Status.COMPLETED if begun else Status.NOT_STARTED
        return self.status[match.id]

    def end(self, match: Match, moment: Instant, full: bool) -> Instant | None:
        length = (match.length_min or 0) * MINUTE_MS
        live = self.live[match.id]
        if self.current(match, moment) is Status.SKIPPED:
            return None if live is None else live + (length if full else 0)
        if match.kind in GAMES:
            if self.status[match.id] is Status.COMPLETED and match.result is not None:
                return match.result.ended_ms
            if self.status[match.id] is Status.IN_PROGRESS and match.start is not None:
                return match.start.at_ms + length
        return None if live is None else live + length

    def one_pass(self, moment: Instant) -> None:
        for match_id in self.order:
            self.visit(self.event.matches[match_id], moment)

    def visit(self, match: Match, moment: Instant) -> None:
        if match.kind is MatchKind.STATBREAK:
            return
        stated = self.stated(match, moment) if match.kind in GAMES else None
        if stated is not None or self.status[match.id] is Status.SKIPPED:
            self.status[match.id] = stated or Status.SKIPPED
            return
        edges = self.edges(match, moment)
        waits = [self.event.matches[one] for one in self.dependencies(edges, moment)]
        started = all(self.current(one, moment) in STARTED for one in waits)
        over = all(self.current(one, moment) in OVER for one in waits)
        settled = all(self.settled(slot, moment) for slot in (match.team1, match.team2, *match.referees))
        safe = match.kind is MatchKind.SAFE
        status = self.status[match.id]
        if status is Status.READY_TO_START and not (over and settled):
            status = Status.TIME_FINALIZED if safe and started else Status.NOT_STARTED
        elif (status is Status.TIME_FINALIZED and safe and not started) or (status is Status.COMPLETED and not over):
            status = Status.NOT_STARTED
        if match.kind is MatchKind.STATIC:
            status = status if status is Status.READY_TO_START else Status.TIME_FINALIZED
        elif match.kind in GROUPED or status is Status.NOT_STARTED:
            ends = [self.end(self.event.matches[one], moment, full=safe) for one in edges]
            known = [one for one in ends if one is not None]
            self.live[match.id] = max(known) if known else self.plan[match.id]
        if over:
            if match.kind in GROUPED:
                status = Status.COMPLETED if edges else Status.NOT_STARTED
            elif settled:
                status = Status.READY_TO_START
        elif started and safe:
            status = Status.TIME_FINALIZED
        self.status[match.id] = status
