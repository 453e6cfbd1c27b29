"""Builders of small events for the scheduling tests: rows by name, teams and tags by their own names as ids."""

from __future__ import annotations

from dataclasses import replace

from arctos_desk.tournament.instants import MINUTE_MS, Instant, from_iso
from arctos_desk.tournament.kinds import Ending, MatchKind, Side, Stage
from arctos_desk.tournament.records import Event, EventInfo, Field, Match, Result, Start, Tag, Team
from arctos_desk.tournament.tokens import OutcomeSlot, Slot, TagSlot, TeamSlot


def at(clock: str) -> Instant:
    """A time of the match day, "10:05" or "10:05:30"."""
    return from_iso(f"2026-05-02T{clock}")


def slot(token: str | None) -> Slot | None:
    """A slot from a token whose names are ids."""
    if token is None:
        return None
    head, _, tail = token.partition("::")
    if not tail:
        return TeamSlot(token)
    if head == "tag":
        return TagSlot(tail)
    return OutcomeSlot(head, "winner" if tail == "winner" else "loser")


def row(
    name: str,
    kind: str = "STATIC",
    *,
    field: str | None = "North",
    start: str | None = None,
    length: int | None = 30,
    after: str | None = None,
    teams: tuple[str | None, str | None] = (None, None),
    referees: tuple[str | None, ...] = (),
    skip: str = "",
    id_: str = "",
) -> Match:
    """A row whose id is its name, or `name@field` for the second row of a group (give `id_`)."""
    return Match(
        id=id_ or name,
        name=name,
        kind=MatchKind(kind),
        field_id=field,
        previous_id=after,
        planned_ms=None if start is None else at(start),
        length_min=length,
        team1=slot(teams[0]),
        team2=slot(teams[1]),
        referees=tuple(slot(token) for token in referees),
        skip_condition=skip,
    )


def event(
    *matches: Match, tags: dict[str, str | None] | None = None, expressions: dict[str, str] | None = None
) -> Event:
    """An event of these rows; fields, teams and ranks follow from them."""
    numbered = {match.id: replace(match, rank=number) for number, match in enumerate(matches, 1)}
    fields = dict.fromkeys(match.field_id for match in matches if match.field_id is not None)
    teams = dict.fromkeys(
        one.team_id
        for match in matches
        for one in (match.team1, match.team2, *match.referees)
        if isinstance(one, TeamSlot)
    )
    teams.update(dict.fromkeys(team for team in (tags or {}).values() if team is not None))
    return Event(
        info=EventInfo(id="cup", name="Cup"),
        fields={name: Field(id=name, name=name, rank=number) for number, name in enumerate(fields, 1)},
        teams={name: Team(id=name, key=name, name=name, rank=number) for number, name in enumerate(teams, 1)},
        tags={
            name: Tag(id=name, name=name, team_id=team, expression=(expressions or {}).get(name, ""), rank=number)
            for number, (name, team) in enumerate((tags or {}).items(), 1)
        },
        matches=numbered,
    )


def started(event_: Event, match_id: str, clock: str) -> Event:
    """The event after a match was started."""
    match = replace(event_.matches[match_id], stage=Stage.LIVE, start=Start(at_ms=at(clock)))
    return replace(event_, matches={**event_.matches, match_id: match})


def ended(
    event_: Event, match_id: str, clock: str, winner: str | None = "TEAM1", ending: Ending = Ending.NORMAL
) -> Event:
    """The event after a match ended."""
    result = Result(ending=ending, winner=None if winner is None else Side(winner), ended_ms=at(clock))
    match = replace(event_.matches[match_id], stage=Stage.ENDED, result=result)
    return replace(event_, matches={**event_.matches, match_id: match})


def minutes(count: int) -> int:
    return count * MINUTE_MS
