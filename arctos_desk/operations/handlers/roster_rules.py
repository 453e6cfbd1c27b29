"""What a team and a player must look like: names, numbers, colours, logos, how many there may be.

Changes nothing, and puts no name of a player into what it says.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from arctos_desk.operations.commands import PlayerEntry
from arctos_desk.operations.draft import Context
from arctos_desk.operations.handlers.looking_up import NAME_MOST, noting, one_line, refuse, refuse_any
from arctos_desk.operations.ports import PersonRecord
from arctos_desk.operations.rights import why_not_roster
from arctos_desk.tournament.ids import ref
from arctos_desk.tournament.reasons import Finding, Problem
from arctos_desk.tournament.records import Event, Player, Team
from arctos_desk.tournament.words import say

SHORTNAME_MOST: Final = 8
PLAYER_NAME_MOST: Final = 80
NUMBER_MOST: Final = 4
INJURY_MOST: Final = 200
"""Characters of an injury: a few words, no file of a patient."""
LOGO_MOST: Final = 12_000
"""Characters of a logo in Base64: with its name it must fit into one entry."""
LOGO_PIXELS_MOST: Final = 1_024

_FORBIDDEN: Final = (",", "::")
_COLOUR: Final = re.compile(r"[0-9a-f]{6}")
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_PNG_HEADER: Final = b"\x00\x00\x00\rIHDR"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedPlayer:
    """A player as they were entered, in the form in which they are kept."""

    name: str = field(repr=False)
    jersey_name: str = field(repr=False)
    number: str
    injury: str = field(repr=False)
    injury_public: bool
    paid: bool
    head_ref: bool

    def player(self, player_id: str, team_id: str | None, rank: int) -> Player:
        """What the log gets of them."""
        return Player(
            id=player_id, team_id=team_id, number=self.number, paid=self.paid, head_ref=self.head_ref, rank=rank
        )

    def record(self, player_id: str) -> PersonRecord:
        """What goes into their person record."""
        return PersonRecord(
            id=player_id,
            name=self.name,
            jersey_name=self.jersey_name,
            injury=self.injury,
            injury_public=self.injury_public,
        )


def may_change_rosters(context: Context) -> None:
    """Teams and players are an organiser's, or everybody's while the event knows no organiser. Raises Refused."""
    refuse_any(why_not_roster(context.event, context.acting))


def team_named(context: Context, team_id: str, place: str = "team") -> Team:
    """The team with this id. Raises Refused NOT_FOUND."""
    team = context.event.teams.get(team_id)
    if team is None:
        refuse(
            Problem(
                "NOT_FOUND", say("This team is no longer there"), place=place, next_step=say("Look at the teams again")
            )
        )
    return team


def player_named(context: Context, player_id: str, place: str = "player") -> Player:
    """The player with this id. Raises Refused NOT_FOUND."""
    player = context.event.players.get(player_id)
    if player is None:
        refuse(
            Problem(
                "NOT_FOUND",
                say("This player is no longer there"),
                place=place,
                next_step=say("Look at the rosters again"),
            )
        )
    return player


# teams
# ---------------------------------------------------------------------------------------------------------------------


def team_name(text: str, taken: Iterable[str], place: str = "name") -> str:
    """A name that files and scripts can carry and no other team has, in whatever case. Raises Refused, all at once."""
    problems: list[Problem] = []
    name = " ".join(text.split())
    with noting(problems):
        one_line(name, NAME_MOST, place)
    if not name:
        problems.append(Problem("NAME_REQUIRED", say("Give it a name"), place=place))
    problems += [
        Problem("NAME_CHARS", say("A name must not contain {mark}", mark=mark), place=place)
        for mark in _FORBIDDEN
        if mark in name
    ]
    if name.casefold() in {one.casefold() for one in taken}:
        problems.append(
            Problem(
                "NAME_TAKEN",
                say("{name} is there already", name=name),
                place=place,
                next_step=say("Choose another name"),
            )
        )
    refuse_any(problems)
    return name


def colour_of(text: str, place: str = "colour") -> str:
    """Six hex digits in lower case, or nothing; a leading # is taken off. Raises Refused COLOUR."""
    colour = text.strip().removeprefix("#").lower()
    if colour and not _COLOUR.fullmatch(colour):
        refuse(
            Problem(
                "COLOUR",
                say("A colour is six digits from 0 to 9 and a to f"),
                place=place,
                next_step=say("Write it like #1f8a4c"),
            )
        )
    return colour


def logo_of(text: str, place: str = "logo") -> str:
    """A small PNG picture in Base64, or nothing. Raises Refused LOGO or TOO_LONG."""
    logo = "".join(text.split())
    if not logo:
        return ""
    if len(logo) > LOGO_MOST:
        refuse(
            Problem(
                "TOO_LONG",
                say("This picture has {size} KB; {most} KB are possible", size=_kb(len(logo)), most=_kb(LOGO_MOST)),
                place=place,
                next_step=say("Choose a smaller picture, for example 128 pixels wide"),
            )
        )
    try:
        picture = base64.b64decode(logo, validate=True)
    except (binascii.Error, ValueError):
        picture = b""
    if not picture.startswith(_PNG + _PNG_HEADER) or len(picture) < 33:
        refuse(Problem("LOGO", say("This is no PNG picture"), place=place, next_step=say("Save the logo as PNG")))
    sides = (int.from_bytes(picture[16:20], "big"), int.from_bytes(picture[20:24], "big"))
    if not all(0 < side <= LOGO_PIXELS_MOST for side in sides):
        refuse(
            Problem(
                "LOGO",
                say("This picture is {width} by {height} pixels", width=sides[0], height=sides[1]),
                place=place,
                next_step=say("Choose a smaller picture, for example 128 pixels wide"),
            )
        )
    return logo


def _kb(characters: int) -> int:
    """The size of a picture of that many characters in Base64."""
    return -(-characters * 3 // 4 // 1_000)


def room_for_teams(event: Event, more: int) -> tuple[Problem, ...]:
    """What stands against that many more teams."""
    most, count = event.info.most_teams, len(event.teams)
    if most is None or more <= 0 or count + more <= most:
        return ()
    words = say("This event has {count} teams; {most} are possible", count=count, most=most)
    return (Problem("TEAMS_FULL", words, place="teams", next_step=say("Raise the limit in the settings")),)


# players
# ---------------------------------------------------------------------------------------------------------------------


def checked(entry: PlayerEntry, place: str = "") -> CheckedPlayer:
    """A player as entered. Raises Refused with every objection, each at its field."""
    problems: list[Problem] = []
    name = jersey_name = number = injury = ""
    with noting(problems):
        name = player_name(entry.name, _at(place, "name"))
    with noting(problems):
        jersey_name = one_line(entry.jersey_name, PLAYER_NAME_MOST, _at(place, "jersey_name"))
    with noting(problems):
        number = jersey_number(entry.number, _at(place, "number"))
    with noting(problems):
        injury = one_line(entry.injury, INJURY_MOST, _at(place, "injury"))
    refuse_any(problems)
    return CheckedPlayer(
        name=name,
        jersey_name=jersey_name,
        number=number,
        injury=injury,
        injury_public=entry.injury_public and bool(injury),
        paid=entry.paid,
        head_ref=entry.head_ref,
    )


def player_name(text: str, place: str = "name") -> str:
    """A name to be shown. Raises Refused NAME_REQUIRED or TOO_LONG."""
    name = one_line(text, PLAYER_NAME_MOST, place)
    if not name:
        refuse(Problem("NAME_REQUIRED", say("Give the player a name"), place=place))
    return name


def jersey_number(text: str, place: str = "number") -> str:
    """A jersey number as it is written: 7, 07 and 7a are three numbers. Raises Refused TOO_LONG."""
    return one_line(text, NUMBER_MOST, place)


def room_on_roster(event: Event, team_id: str | None, more: int) -> tuple[Problem, ...]:
    """What stands against that many more players on a roster; mercenaries have no limit."""
    most = event.info.most_on_roster
    team = event.teams.get(team_id or "")
    if most is None or team is None or more <= 0:
        return ()
    count = sum(1 for player in event.players.values() if player.team_id == team_id)
    if count + more <= most:
        return ()
    words = say("{team} has {count} players; {most} are possible", team=team.name, count=count, most=most)
    next_step = say("Raise the limit in the settings")
    return (Problem("ROSTER_FULL", words, place="team", next_step=next_step, about=ref("team", team.id)),)


def numbers_twice(after: Event, touched: Collection[str]) -> Iterator[Finding]:
    """A finding for each number that two players of a team have, where one of these players is among them."""
    numbers: dict[tuple[str, str], list[str]] = {}
    teams = {after.players[one].team_id for one in touched if one in after.players}
    for player in after.players.values():
        if player.team_id is not None and player.team_id in teams and player.number:
            numbers.setdefault((player.team_id, player.number), []).append(player.id)
    for (team_id, number), players in numbers.items():
        if len(players) > 1 and not set(touched).isdisjoint(players):
            team = after.teams.get(team_id)
            yield Finding(
                "NUMBER_TWICE",
                say("Number {number} is there twice in {team}", number=number, team=team.name if team else ""),
                tuple(ref("player", one) for one in players),
            )


def whose(event: Event, player: Player) -> str:
    """The name of a player's team; empty for a mercenary."""
    team = event.teams.get(player.team_id or "")
    return "" if team is None else team.name


def sizes(event: Event) -> Mapping[str, int]:
    """How many players each team has."""
    return Counter(player.team_id for player in event.players.values() if player.team_id is not None)


def _at(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name
