"""A small tournament for scripts, built in one line; facts may be changed between evaluations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from arctos_desk.ass.world import TagEntry
from arctos_desk.scheduling.ass_words import MatchFacts
from arctos_desk.tournament.kinds import Side, Status


class League:
    """Teams, matches, tags and variables as a scheduler would answer for them."""

    def __init__(
        self,
        teams: Iterable[str] = (),
        matches: Iterable[MatchFacts] = (),
        tags: Mapping[str, TagEntry | str] | None = None,
        variables: Mapping[str, str] | None = None,
    ) -> None:
        self.teams = list(teams)
        self.by_name = {match.name: match for match in matches}
        self.tags = {n: t if isinstance(t, TagEntry) else TagEntry(None, t) for n, t in (tags or {}).items()}
        self.stored = dict(variables or {})

    def change(self, name: str, **facts: Any) -> None:
        self.by_name[name] = replace(self.by_name[name], **facts)

    def is_team(self, team: str, /) -> bool:
        return team in self.teams

    def match_named(self, name: str, /) -> MatchFacts | None:
        return self.by_name.get(name)

    def match(self, match_id: str, /) -> MatchFacts:
        return self.by_name[match_id]

    def matches(self) -> Iterable[MatchFacts]:
        return list(self.by_name.values())

    def tag(self, name: str, /) -> TagEntry | None:
        return self.tags.get(name)

    def variables(self) -> Iterable[tuple[str, str]]:
        return list(self.stored.items())

    def team_names(self) -> Iterable[str]:
        return list(self.teams)

    def tag_names(self) -> Iterable[str]:
        return list(self.tags)


def played(name: str, team1: str, team2: str, winner: int | None = 1, points: tuple[int, int] = (2, 1)) -> MatchFacts:
    side = {1: Side.TEAM1, 2: Side.TEAM2}.get(winner or 0)
    return MatchFacts(id=name, name=name, team1=team1, team2=team2, winner=side, status=Status.COMPLETED, points=points)


def planned(name: str, team1: str | None = None, team2: str | None = None) -> MatchFacts:
    return MatchFacts(id=name, name=name, team1=team1, team2=team2)


def four_teams() -> League:
    """Kiel won both its matches, one is still open, one was skipped."""
    skipped = replace(planned("Extra", "kiel", "bonn"), status=Status.SKIPPED)
    return League(
        ["kiel", "bonn", "jena", "ulm"],
        [
            played("A", "kiel", "bonn", 1, (7, 4)),
            played("B", "jena", "ulm", 2, (5, 6)),
            played("C", "ulm", "kiel", 2, (3, 8)),
            planned("D", "bonn", "jena"),
            skipped,
        ],
        {"Best": "(winner {C})", "Later": "(winner {D})", "Given": TagEntry("jena"), "Nobody": ""},
        {"everyone": "(list [kiel] [bonn] [jena] [ulm])", "two": "2", "double": "(lambda (n) (* two n))"},
    )
