"""Events of any size for measurements: rows of two waves in turn, so that everything named is decided in time.

In the even waves teams meet as drawn, in the odd ones winners and losers of the wave before. Who referees in a wave
plays in the next, so no team is ever wanted twice at once. All names are invented.
"""

from __future__ import annotations

from dataclasses import replace

from arctos_desk.operations.state import State
from arctos_desk.tournament.ids import ref
from arctos_desk.tournament.instants import MINUTE_MS, Instant, from_iso
from arctos_desk.tournament.kinds import Ending, MatchKind, Side, Stage, Status
from arctos_desk.tournament.records import Event, EventInfo, Field, Match, Result, Start, Team
from arctos_desk.tournament.registers import Writes, creation, merged
from arctos_desk.tournament.tokens import OutcomeSlot, Slot, TeamSlot

FIRST_DAY: Instant = from_iso("2026-05-02T08:00:00")
WAVES_A_DAY = 18
LENGTH_MIN = 30
PLAYS_MIN = 27
"""Matches of a measured day are a little quicker than planned, so that the day flows."""

_FIRST = ("Amber", "Brisk", "Copper", "Dusty", "Ember", "Foggy", "Gentle", "Hollow", "Ivory", "Jolly", "Keen", "Lucky")
_SECOND = ("Adders", "Badgers", "Cranes", "Dingoes", "Egrets", "Foxes", "Geckos", "Herons", "Ibises", "Jackals")


def team_name(number: int) -> str:
    return f"{_FIRST[number % len(_FIRST)]} {_SECOND[number % len(_SECOND)]} {number + 1}"


def event_of(matches: int, *, fields: int = 6, played: int = 0) -> Event:
    """An event of so many matches on so many fields; the first `played` are over, as whole waves."""
    if fields % 2:
        raise ValueError("waves pair fields: their number is even")
    team_count = 3 * fields + 2
    teams = [Team(id=f"t{n}", key=f"team-{n}", name=team_name(n), rank=n + 1) for n in range(team_count)]
    pitches = [Field(id=f"f{n}", name=f"Field {n + 1}", rank=n + 1) for n in range(fields)]
    rows = [_match(number, fields, teams) for number in range(matches)]
    over = played // fields * fields
    rows = [_over(row, number, fields) if number < over else row for number, row in enumerate(rows)]
    return Event(
        info=EventInfo(id="day", name=f"Measured day of {matches}", zone="Europe/Berlin"),
        teams={one.id: one for one in teams},
        fields={one.id: one for one in pitches},
        matches={one.id: one for one in rows},
    )


def writes_of(event: Event) -> Writes:
    """What must be written for the event to be there."""
    parts = [creation(ref("team", one.id), one) for one in event.teams.values()]
    parts += [creation(ref("field", one.id), one) for one in event.fields.values()]
    parts += [creation(ref("match", one.id), one) for one in event.matches.values()]
    return merged(*parts)


def wave_begins(wave: int) -> Instant:
    day, turn = divmod(wave, WAVES_A_DAY)
    return FIRST_DAY + (day * 24 * 60 + turn * LENGTH_MIN) * MINUTE_MS


def now_after(event: Event) -> Instant:
    """The moment at which the next match of the event is due."""
    over = sum(match.stage >= Stage.ENDED for match in event.matches.values())
    return wave_begins(over // len(event.fields))


def ready(state: State) -> str | None:
    """The next match that may start, in the order of the schedule."""
    rows = state.solution.rows
    return next((one for one in state.event.matches if rows[one].status is Status.READY_TO_START), None)


def _match(number: int, fields: int, teams: list[Team]) -> Match:
    wave, field = divmod(number, fields)
    first_of_day = wave % WAVES_A_DAY == 0
    return Match(
        id=f"m{number}",
        name=f"M-{number + 1}",
        rank=number + 1,
        kind=MatchKind.STATIC if first_of_day else MatchKind.FAST if field % 4 == 3 else MatchKind.SAFE,
        field_id=f"f{field}",
        previous_id=None if wave == 0 else f"m{number - fields}",
        planned_ms=wave_begins(wave) if first_of_day else None,
        length_min=LENGTH_MIN,
        team1=_slots(wave, field, fields, teams)[0],
        team2=_slots(wave, field, fields, teams)[1],
        referees=(_referee(wave, field, fields, teams),),
        sets=2,
    )


def _drawn(wave: int, place: int, teams: list[Team]) -> Slot:
    """Who stands at this place when teams are drawn: the ring of all teams, moved on with each pair of waves."""
    return TeamSlot(teams[(place + wave // 2 * 7) % len(teams)].id)


def _slots(wave: int, field: int, fields: int, teams: list[Team]) -> tuple[Slot, Slot]:
    if wave % 2 == 0:
        return _drawn(wave, 2 * field, teams), _drawn(wave, 2 * field + 1, teams)
    # Two matches of the wave before give their winners to one field and their losers to the other.
    pair = field // 2 * 2
    one, other = (f"m{(wave - 1) * fields + place}" for place in (pair, pair + 1))
    what = "winner" if field % 2 == 0 else "loser"
    return OutcomeSlot(one, what), OutcomeSlot(other, what)


def _referee(wave: int, field: int, fields: int, teams: list[Team]) -> Slot:
    """Whoever was drawn for nothing else in this pair of waves."""
    return _drawn(wave, 2 * fields + field, teams)


def _over(match: Match, number: int, fields: int) -> Match:
    starts_ms = wave_begins(number // fields)
    result = Result(ending=Ending.NORMAL, winner=winner_of(number), ended_ms=starts_ms + PLAYS_MIN * MINUTE_MS)
    return replace(match, stage=Stage.ENDED, start=Start(at_ms=starts_ms), result=result)


def winner_of(number: int) -> Side:
    return Side.TEAM1 if number * 7 % 3 else Side.TEAM2
