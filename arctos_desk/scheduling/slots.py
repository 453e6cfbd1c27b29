"""Who stands in each slot, and since when that is known. Decides no times.

A team is known for ever; a tag since it was assigned; the winner of a match since the match ended, or since the
team in the winner's slot is known. A source that ended without a winner (draw, annulled, …) leaves the slot
open: it asks the organiser.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from arctos_desk.scheduling.graph import EVER, NEVER
from arctos_desk.tournament.kinds import Side, Stage
from arctos_desk.tournament.records import Event, Match, Tag
from arctos_desk.tournament.tokens import OutcomeSlot, Slot, TagSlot, TeamSlot

Known = tuple[str | None, int]
"""The team of a slot and the moment since when the slot counts as settled; NEVER while it is open."""

OPEN: Known = (None, NEVER)
EMPTY: Known = (None, EVER)


@dataclass(slots=True, eq=False)
class Slots:
    """Per match, in order of creation: both teams, then the referees; and when the last of them was settled."""

    known: list[list[Known]]
    settled: list[int]
    tag_teams: dict[str, str | None]


TagTeam = Callable[[Tag], Known]
"""What a tag's expression says: a team and since when, or OPEN."""


def resolve(event: Event, matches: Sequence[Match], index: Mapping[str, int], by_expression: TagTeam) -> Slots:
    """Resolve every slot of every match."""
    resolver = _Resolver(event, matches, index, by_expression)
    known: list[list[Known]] = []
    settled: list[int] = []
    plain, teams = resolver.plain, resolver.teams
    for place, match in enumerate(matches):
        slots: list[Known] = []
        latest = EVER
        for slot in (match.team1, match.team2, *match.referees):
            if slot is None:
                slots.append(EMPTY)
                continue
            if type(slot) is TeamSlot and slot.team_id in teams:
                slots.append(teams[slot.team_id])
                continue
            found = resolver.outcome(slot, place) if isinstance(slot, OutcomeSlot) else plain(slot)
            slots.append(found)
            if found[1] > latest:
                latest = found[1]
        known.append(slots)
        settled.append(latest)
    for tag in event.tags.values():
        resolver.tag(tag.id)
    return Slots(known, settled, {tag_id: resolver.tags[tag_id][0] for tag_id in event.tags})


class _Resolver:
    __slots__ = ("_by_expression", "_event", "_index", "_matches", "_outcomes", "tags", "teams")

    def __init__(
        self, event: Event, matches: Sequence[Match], index: Mapping[str, int], by_expression: TagTeam
    ) -> None:
        self._event = event
        self._matches = matches
        self._index = index
        self._by_expression = by_expression
        self.teams: dict[str, Known] = {team_id: (team_id, EVER) for team_id in event.teams}
        self._outcomes: dict[tuple[str, Side], Known] = {}
        self.tags: dict[str, Known] = {}

    def plain(self, slot: Slot | None) -> Known:
        """A slot that is no outcome. A team that is not registered stands for itself and is warned about."""
        if slot is None:
            return EMPTY
        if isinstance(slot, TeamSlot):
            known = self.teams.get(slot.team_id)
            if known is None:
                known = self.teams[slot.team_id] = (slot.team_id, EVER)
            return known
        if isinstance(slot, TagSlot):
            return self.tag(slot.tag_id)
        return OPEN

    def tag(self, tag_id: str) -> Known:
        known = self.tags.get(tag_id)
        if known is None:
            tag = self._event.tags.get(tag_id)
            if tag is None:
                known = OPEN
            elif tag.team_id is not None:
                known = (tag.team_id, EVER if tag.assigned_ms is None else tag.assigned_ms)
            elif tag.expression:
                known = self._by_expression(tag)
            else:
                known = OPEN
            self.tags[tag_id] = known
        return known

    def outcome(self, slot: OutcomeSlot, asking: int) -> Known:
        """Follow winners and losers down to a slot that is none; a ring of them stays open."""
        trail: list[tuple[str, Side]] = []
        at: Slot | None = slot
        since = EVER
        known = OPEN
        while True:
            if not isinstance(at, OutcomeSlot):
                known = self.plain(at)
                break
            place = self._index.get(at.match_id)
            side = None if place is None else _side(self._matches[place], at)
            if place is None or side is None:
                break
            key = (at.match_id, side)
            remembered = self._outcomes.get(key)
            if remembered is not None:
                known = remembered
                break
            if key in trail:
                break
            trail.append(key)
            source = self._matches[place]
            at = source.team1 if side is Side.TEAM1 else source.team2
        for key in reversed(trail):
            result = self._matches[self._index[key[0]]].result
            ended = EVER if result is None else result.ended_ms
            # decided, but its own slot is empty or still open: settled with nobody, as the reference counts it
            # (§5, quirk 18)
            team, since = known
            known = (team, max(since, ended)) if team is not None else (None, ended)
            self._outcomes[key] = known
        return known


def _side(match: Match, slot: OutcomeSlot) -> Side | None:
    """Whose slot an outcome reads, None while it is undecided."""
    if match.result is None or match.result.winner is None or match.stage < Stage.ENDED:
        return None
    return match.result.winner if slot.outcome == "winner" else match.result.winner.other
