"""Clashes that no register can see: facts that are each fine and cannot all be true (spec sync.md §4.6, class E).

Pure functions of the merged state, each with a stable id, so that setting one aside is an operation too. Nothing is
removed or refused because of a clash.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from arctos_desk.matches.score import points_of_sides, sets_of_sides
from arctos_desk.operations.state import State
from arctos_desk.tournament.ids import ref
from arctos_desk.tournament.instants import Instant
from arctos_desk.tournament.kinds import Ending, Side, Stage
from arctos_desk.tournament.records import Match, Point
from arctos_desk.tournament.words import Clock, Words, say

SAME_POINT_MS: Final = 20_000
"""Two points of one match that begin closer than this were perhaps entered twice."""


@dataclass(frozen=True, slots=True)
class Clash:
    """Records that contradict each other. `id` depends on what clashes only, so it is the same on every desk."""

    id: str
    code: str
    words: Words
    about: tuple[str, ...]


def clashes(state: State) -> tuple[Clash, ...]:
    """Every clash that nobody has set aside, in a stable order."""
    found = [
        *_fields_and_teams(state),
        *_facts_against_results(state),
        *_unsettled_entrants(state),
        *_perhaps_twice(state),
    ]
    aside = {dismissal.id for dismissal in state.event.dismissals.values()}
    return tuple(clash for clash in sorted(found, key=lambda one: (one.code, one.id)) if clash.id not in aside)


def _clash(code: str, words: Words, *about: str) -> Clash:
    names = tuple(sorted(about))
    return Clash(hashlib.sha256("|".join((code, *names)).encode()).hexdigest()[:20], code, words, names)


def _fields_and_teams(state: State) -> Iterator[Clash]:
    """Matches whose real times overlap on one field, or with one team or referee in both."""
    played = sorted(
        ((begin, end, match) for match in state.event.matches.values() for begin, end in _real_times(match)),
        key=lambda one: (one[0], one[2].id),
    )
    for index, (_, end, match) in enumerate(played):
        for begin, _, other in played[index + 1 :]:
            if begin >= end:
                break
            about = (ref("match", match.id), ref("match", other.id))
            names = {"one": match.name, "other": other.name}
            if match.field_id is not None and match.field_id == other.field_id:
                yield _clash(
                    "FIELD_TWICE", say("{one} and {other} were played on one field at one time", **names), *about
                )
            for team_id in sorted(_people_of(state, match) & _people_of(state, other)):
                team = state.event.teams.get(team_id)
                yield _clash(
                    "TEAM_TWICE",
                    say("{team} was in {one} and in {other} at one time", team=team.name if team else team_id, **names),
                    *about,
                    ref("team", team_id),
                )


def _real_times(match: Match) -> Iterator[tuple[Instant, Instant]]:
    if match.start is not None and match.result is not None and match.result.ending is not Ending.SKIPPED:
        yield match.start.at_ms, match.result.ended_ms


def _people_of(state: State, match: Match) -> frozenset[str]:
    row = state.solution.rows.get(match.id)
    if row is None:
        return frozenset()
    return frozenset(one for one in (row.team1_id, row.team2_id, *row.referee_ids) if one is not None)


def _facts_against_results(state: State) -> Iterator[Clash]:
    """A stated winner who is behind in sets and in points, or a stated score that the points contradict."""
    for match in state.event.matches.values():
        if match.result is None or match.result.ending not in (Ending.NORMAL, Ending.DRAW):
            continue
        points = state.points_of.get(match.id, ())
        if not points:
            continue
        sets, counted = sets_of_sides(points), points_of_sides(points)
        winner = match.result.winner
        behind = winner is not None and (sets, counted) != ((0, 0), (0, 0)) and _behind(winner, sets, counted)
        stated = match.result.stated_score
        if behind or (stated is not None and stated.points != counted):
            yield _clash(
                "FACTS_AND_RESULT",
                say(
                    "The points of {match} ({left}:{right}) do not add up to its result",
                    match=match.name,
                    left=counted[0],
                    right=counted[1],
                ),
                ref("match", match.id),
            )


def _behind(winner: Side, sets: tuple[int, int], counted: tuple[int, int]) -> bool:
    side = 0 if winner is Side.TEAM1 else 1
    return sets[side] <= sets[1 - side] and counted[side] < counted[1 - side]


def _unsettled_entrants(state: State) -> Iterator[Clash]:
    """A match with a result although nobody can say who plays in it."""
    for match in state.event.matches.values():
        row = state.solution.rows.get(match.id)
        if match.stage < Stage.ENDED or row is None or match.result is None or match.result.ending is Ending.SKIPPED:
            continue
        if row.team1_id is None or row.team2_id is None:
            yield _clash(
                "ENTRANTS_OPEN",
                say("{match} has a result, but it is open who played in it", match=match.name),
                ref("match", match.id),
            )


def _perhaps_twice(state: State) -> Iterator[Clash]:
    for match_id, points in state.points_of.items():
        match = state.event.matches.get(match_id)
        if match is None:
            continue
        in_time: Sequence[Point] = sorted(points, key=lambda one: (one.start_ms, one.id))
        for one, other in pairwise(in_time):
            if other.start_ms - one.start_ms < SAME_POINT_MS and one.winner is other.winner:
                yield _clash(
                    "POINT_TWICE",
                    say(
                        "Two points of {match} begin at {time} almost together; perhaps one was entered twice",
                        match=match.name,
                        time=Clock(one.start_ms),
                    ),
                    ref("point", one.id),
                    ref("point", other.id),
                )
