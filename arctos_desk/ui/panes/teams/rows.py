"""Turns rosters into rows: teams with their counts, players with their marks, pairs that may be one person.

Pure Python, no toolkit. Judges no right: what somebody may not read is already left out of the views.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from arctos_desk.ui.text import render, tr, tr_n

if TYPE_CHECKING:
    from arctos_desk.operations.roster_views import PairView, PlayerView, RosterView

MERCENARIES: Final = "mercenaries"
"""The key of the row of players without a team; ids of teams are never so short."""
_NAMED_MOST: Final = 3
"""Players and matches that one line names before it only counts."""


@dataclass(frozen=True, slots=True)
class TeamRow:
    """One line of the list of teams. `found` names the players that a search found; `told` is all of it in words."""

    key: str
    team_id: str | None
    name: str
    short: str
    colour: str
    count: str
    over: bool
    found: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True)
class PlayerRow:
    """One line of a roster. `injury` is empty and `injury_hidden` set where somebody may not read it."""

    key: str
    number: str = ""
    name: str = field(default="", repr=False)
    jersey_name: str = field(default="", repr=False)
    paid: bool = False
    head_ref: bool = False
    injury: str = field(default="", repr=False)
    injury_public: bool = False
    injury_hidden: bool = False


@dataclass(frozen=True, slots=True)
class PersonCard:
    """One side of a pair: who it is, and what is written of them, as (word, value)."""

    player_id: str
    name: str = field(repr=False)
    facts: tuple[tuple[str, str], ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class PairRow:
    """Two entries that may be one person."""

    key: str
    left: PersonCard
    right: PersonCard
    why: str


def key_of(team_id: str | None) -> str:
    return MERCENARIES if team_id is None else team_id


def roster_name(roster: RosterView) -> str:
    return tr("Mercenaries") if roster.team_id is None else roster.name


# teams


def count_words(players: int, limit: int | None) -> str:
    """How many of how many, as short as a number."""
    return str(players) if limit is None else f"{players} / {limit}"


def limit_words(players: int, limit: int | None) -> str:
    """How many players there are, and how many there may be."""
    if limit is None:
        return tr_n("{count} player", "{count} players", players)
    return tr("{count} of {limit} players", count=players, limit=limit)


def team_row(roster: RosterView, found: Sequence[PlayerView] = ()) -> TeamRow:
    name = roster_name(roster)
    players = limit_words(len(roster.players), roster.limit)
    if roster.over:
        told = tr("{team}: {players}, more than allowed", team=name, players=players)
    else:
        told = tr("{team}: {players}", team=name, players=players)
    return TeamRow(
        key=key_of(roster.team_id),
        team_id=roster.team_id,
        name=name,
        short=roster.shortname,
        colour=roster.colour,
        count=count_words(len(roster.players), roster.limit),
        over=roster.over,
        found=_named([player.name for player in found]),
        told=told,
    )


def team_rows(rosters: Sequence[RosterView], search: str = "") -> tuple[TeamRow, ...]:
    """The teams, or those in which every searched word stands: in the team itself or in one of its players."""
    wanted = search.casefold().split()
    if not wanted:
        return tuple(team_row(roster) for roster in rosters)
    found: list[TeamRow] = []
    for roster in rosters:
        players = found_players(roster, search)
        if players or _says_all(wanted, roster_name(roster), roster.shortname, roster.key):
            found.append(team_row(roster, players))
    return tuple(found)


def found_players(roster: RosterView, search: str) -> tuple[PlayerView, ...]:
    """The players of a team whom a search finds; injuries are not searched."""
    wanted = search.casefold().split()
    if not wanted:
        return ()
    return tuple(
        player for player in roster.players if _says_all(wanted, player.name, player.jersey_name, player.number)
    )


def _says_all(wanted: Sequence[str], *texts: str) -> bool:
    said = " ".join(texts).casefold()
    return all(word in said for word in wanted)


def _named(names: Sequence[str]) -> str:
    """A few names, and how many more there are."""
    shown = ", ".join(names[:_NAMED_MOST])
    more = len(names) - _NAMED_MOST
    return tr("{names} and {more} more", names=shown, more=more) if more > 0 else shown


def used_words(matches: Sequence[str]) -> str:
    """In which matches a team stands."""
    if not matches:
        return tr("In no match yet")
    return tr_n("In {count} match: {names}", "In {count} matches: {names}", len(matches), names=_named(matches))


def totals_words(rosters: Sequence[RosterView], most_teams: int | None = None) -> str:
    """How many teams there are, of how many, and how many players."""
    teams = sum(roster.team_id is not None for roster in rosters)
    players = sum(len(roster.players) for roster in rosters)
    said = tr_n("{count} team", "{count} teams", teams)
    if most_teams is not None:
        said = tr("{count} of {limit} teams", count=teams, limit=most_teams)
    return " · ".join((said, tr_n("{count} player", "{count} players", players)))


# players


def player_row(player: PlayerView) -> PlayerRow:
    return PlayerRow(
        key=player.player_id,
        number=player.number,
        name=player.name,
        jersey_name=player.jersey_name,
        paid=player.paid,
        head_ref=player.head_ref,
        injury=player.injury,
        injury_public=player.injury_public,
        injury_hidden=player.injury_hidden,
    )


def player_rows(roster: RosterView | None) -> tuple[PlayerRow, ...]:
    return () if roster is None else tuple(player_row(player) for player in roster.players)


# pairs


def pair_key(one: str, other: str) -> str:
    """The same for both orders, as this laptop remembers a pair that is not the same person."""
    first, second = sorted((one, other))
    return f"{first}+{second}"


def pair_rows(
    pairs: Sequence[PairView], rosters: Sequence[RosterView], set_aside: Collection[str]
) -> tuple[PairRow, ...]:
    """The pairs that nobody has looked at yet."""
    names = {roster.team_id: roster_name(roster) for roster in rosters}
    rows: list[PairRow] = []
    for pair in pairs:
        key = pair_key(pair.player_a.player_id, pair.player_b.player_id)
        if key not in set_aside:
            rows.append(
                PairRow(
                    key=key, left=_card(pair.player_a, names), right=_card(pair.player_b, names), why=render(pair.why)
                )
            )
    return tuple(rows)


def _card(player: PlayerView, names: dict[str | None, str]) -> PersonCard:
    nothing = "–"
    return PersonCard(
        player_id=player.player_id,
        name=player.name,
        facts=(
            (tr("Team"), names.get(player.team_id, nothing)),
            (tr("Number"), player.number or nothing),
            (tr("Jersey name"), player.jersey_name or nothing),
            (tr("Paid"), tr("yes") if player.paid else tr("no")),
            (tr("Head referee"), tr("yes") if player.head_ref else tr("no")),
            (tr("Injury"), _injury(player) or nothing),
        ),
    )


def _injury(player: PlayerView) -> str:
    if player.injury_hidden:
        return tr("private note")
    if not player.injury:
        return ""
    return player.injury if player.injury_public else tr("{injury} (private)", injury=player.injury)


def pairs_words(count: int) -> str:
    return tr_n("{count} possible duplicate", "{count} possible duplicates", count)


def set_aside_from(kept: str) -> frozenset[str]:
    """The pairs this laptop remembers as different people."""
    return frozenset(kept.split())


def set_aside_with(kept: str, key: str) -> str:
    return " ".join(sorted({*kept.split(), key}))
