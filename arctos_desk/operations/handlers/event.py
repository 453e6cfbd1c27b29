"""Orders about the event as a whole: create it, edit it, import files into it.

Files are read elsewhere, by pure readers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any, Final
from zoneinfo import ZoneInfo, available_timezones

from arctos_desk.operations import commands
from arctos_desk.operations.draft import Context, Draft, handles
from arctos_desk.operations.handlers.looking_up import (
    NAME_MOST,
    changed,
    noting,
    number_within,
    one_line,
    refuse,
    refuse_any,
    within,
)
from arctos_desk.scheduling import schedule_file
from arctos_desk.tournament.ids import kind_of, ref
from arctos_desk.tournament.kinds import HeadRefs
from arctos_desk.tournament.languages import LANGUAGES
from arctos_desk.tournament.reasons import Finding, Problem
from arctos_desk.tournament.records import Event, EventInfo, Group, Team
from arctos_desk.tournament.registers import CLEAR, COLLECTIONS, Json, Writes, apply, build, creation, fits, merged
from arctos_desk.tournament.words import say, say_n

LIMITS_MOST: Final = {"most_teams": 1_000, "most_on_roster": 500, "most_on_field": 100}
"""The greatest number that each limit can be."""
MATCH_POINTS_MOST: Final = 100
"""What one result is worth at most."""

_FIRST_YEAR: Final = 2000
_LAST_YEAR: Final = 2199

_IMPORTED: Final = frozenset(COLLECTIONS) - {"person", "player", "dismissal"}
"""Kinds of record that a file may bring: people, players and what was set aside are never its business."""


@handles(commands.CreateEvent)
def create_event(command: commands.CreateEvent, context: Context) -> Draft:
    reference = ref("event", context.event.info.id)
    if reference in context.state.folded:
        refuse(Problem("EXISTS", say("This event has been created already")))
    registers: dict[str, Json] = {"name": _name(command.name)}
    if command.place.strip():
        registers["place"] = one_line(command.place, NAME_MOST, "place")
    if command.zone != "UTC":
        registers["zone"] = _zone(command.zone)
    return Draft(
        kind="event.create",
        writes={reference: registers},
        label=say("Create the event {name}", name=registers["name"]),
        undoable=False,
    )


@handles(commands.EditEvent)
def edit_event(command: commands.EditEvent, context: Context) -> Draft:
    before = context.event.info
    problems: list[Problem] = []
    after = before
    for place, said in _SAID.items():
        value = getattr(command, place)
        if value is not None:
            with noting(problems):
                after = replace(after, **{place: said(value)})
    problems += _day_problems(command, after)
    refuse_any(problems)
    writes = changed(before, after)
    return Draft(
        kind="event.edit",
        writes={ref("event", before.id): writes},
        label=say("Rename the event {before} to {after}", before=before.name, after=after.name)
        if writes.keys() == {"name"}
        else say("Edit the event"),
        findings=_noticed(context.event, after),
    )


@handles(commands.ImportSchedule)
def import_schedule(command: commands.ImportSchedule, context: Context) -> Draft:
    file = schedule_file.read_schedule(command.text)
    _must_be_new(command.entries, context)
    event = apply(context.event, command.entries)
    teams = _teams(command.teams, event, context)
    event = apply(event, teams)
    imported = schedule_file.import_schedule(
        event, file, chance=context.chance, now_ms=context.now_ms, delete_played=command.delete_played
    )
    event = apply(event, imported.writes)
    writes = merged(
        command.entries,
        teams,
        imported.writes,
        _groups(command.groups, event, context),
        _modes(command.modes, event),
    )
    if not writes:
        refuse(Problem("NOTHING_CHANGED", say("Everything in this file is here already"), place=command.file_name))
    return Draft(
        kind="schedule.import",
        writes=writes,
        label=say("Import the schedule {file}", file=command.file_name),
        value=imported,
        findings=imported.findings,
    )


def _teams(named: tuple[tuple[str, str], ...], event: Event, context: Context) -> Writes:
    """The teams among these (key, name) that the event does not have yet."""
    known = {team.key for team in event.teams.values()}
    rank = context.next_rank(event.teams)
    made: list[Team] = []
    for key, name in named:
        if key in known:
            continue
        known.add(within(key, NAME_MOST, "teams"))
        made.append(Team(id=context.new_id(), key=key, name=_name(name), rank=rank + len(made)))
    return merged(*(creation(ref("team", team.id), team) for team in made))


def _groups(named: tuple[tuple[str, tuple[str, ...]], ...], event: Event, context: Context) -> Writes:
    """Matches put into their groups, both by name; a match that is not there is passed over."""
    known = {group.name: group for group in event.groups.values()}
    games = {match.name: match for match in event.matches.values() if match.kind.is_game}
    rank = context.next_rank(event.groups)
    parts: list[Writes] = []
    for name, members in named:
        if name not in known:
            known[name] = Group(id=context.new_id(), name=_name(name), rank=rank)
            rank += 1
            parts.append(creation(ref("group", known[name].id), known[name]))
        parts += [
            {ref("match", games[member].id): {"group": known[name].id}}
            for member in members
            if member in games and games[member].group_id != known[name].id
        ]
    return merged(*parts)


def _modes(named: tuple[tuple[str, tuple[str, ...]], ...], event: Event) -> Writes:
    """Matches said to follow a mode, both by name; a match that is not there is passed over."""
    games = {match.name: match for match in event.matches.values() if match.kind.is_game}
    return {
        ref("match", games[member].id): {"mode": _name(name)}
        for name, members in named
        for member in members
        if member in games and games[member].mode != name
    }


@handles(commands.ImportRecords)
def import_records(command: commands.ImportRecords, context: Context) -> Draft:
    """New records only: a file from elsewhere never changes what is here. Every record must be readable."""
    if not command.writes:
        refuse(Problem("EMPTY", say("There is nothing in this file to take in"), place=command.file_name))
    _must_be_new(command.writes, context)
    return Draft(
        kind="event.import",
        writes=command.writes,
        label=say("Import {file}", file=command.file_name),
        findings=command.findings,
    )


def _must_be_new(writes: Writes, context: Context) -> None:
    """Refuse records that are here already or cannot be read; the event's own words are the exception."""
    own = ref("event", context.event.info.id)
    problems: list[Problem] = []
    for reference, registers in writes.items():
        if reference == own:
            if not all(fits("event", register, value) for register, value in registers.items()):
                problems.append(Problem("UNREADABLE", say("This cannot be read"), place=reference))
        elif reference in context.state.folded:
            problems.append(Problem("EXISTS", say("This record is here already"), place=reference, about=reference))
        elif kind_of(reference) not in _IMPORTED or not _is_readable(reference, registers):
            problems.append(Problem("UNREADABLE", say("This record lacks what it cannot be without"), place=reference))
    if problems:
        refuse(*problems)


def _is_readable(reference: str, registers: Mapping[str, Json]) -> bool:
    kind = kind_of(reference)
    right = all(fits(kind, register, value) for register, value in registers.items())
    return (
        right and build(reference, {name: value for name, value in registers.items() if value is not CLEAR}) is not None
    )


def _name(text: str) -> str:
    name = one_line(text, NAME_MOST, "name")
    if not name:
        refuse(Problem("NAME_REQUIRED", say("Give it a name"), place="name"))
    return name


def _place(text: str) -> str:
    return one_line(text, NAME_MOST, "place")


@cache
def _zones() -> frozenset[str]:
    """The names of all zones; finding them walks through hundreds of files."""
    return frozenset(available_timezones())


def _zone(text: str) -> str:
    if text not in _zones():
        refuse(
            Problem(
                "ZONE_UNKNOWN",
                say("{zone} is no time zone", zone=text),
                place="zone",
                next_step=say("Use a name such as Europe/Berlin"),
            )
        )
    return ZoneInfo(text).key


def _day(place: str) -> Callable[[str], str]:
    def day(text: str) -> str:
        if not text.strip():
            return ""
        try:
            found = date.fromisoformat(text.strip())
        except ValueError:
            found = None
        if found is None or found.isoformat() != text.strip() or not _FIRST_YEAR <= found.year <= _LAST_YEAR:
            refuse(Problem("DAY", say("{day} is no day of the form 2026-05-02", day=text.strip()), place=place))
        return found.isoformat()

    return day


def _day_problems(command: commands.EditEvent, after: EventInfo) -> list[Problem]:
    """What is wrong with the days together, told at the one that was given."""
    if command.first_day is None and command.last_day is None:
        return []
    if not after.first_day or not after.last_day or after.first_day <= after.last_day:
        return []
    return [
        Problem(
            "DAYS",
            say("The last day, {last}, is before the first, {first}", last=after.last_day, first=after.first_day),
            place="first_day" if command.last_day is None else "last_day",
            next_step=say("Choose the days again"),
        )
    ]


def _languages(codes: Sequence[str]) -> tuple[str, ...]:
    """The codes in their order, each once. Raises Refused with every code that nobody knows."""
    found = tuple(dict.fromkeys(code.strip().lower() for code in codes))
    refuse_any(
        [
            Problem(
                "LANGUAGE_UNKNOWN",
                say("{code} is no language", code=code),
                place="languages",
                next_step=say("Use codes of two letters such as de, en or es"),
            )
            for code in found
            if code not in LANGUAGES
        ]
    )
    return found


def _limit(place: str, most: int) -> Callable[[int], int | None]:
    return lambda number: number_within(number, 0, most, place) or None


def _points(place: str) -> Callable[[int], int]:
    return lambda number: number_within(number, 0, MATCH_POINTS_MOST, place)


def _same(value: HeadRefs) -> HeadRefs:
    return value


_SAID: Final[Mapping[str, Callable[[Any], Any]]] = {
    "name": _name,
    "place": _place,
    "zone": _zone,
    "first_day": _day("first_day"),
    "last_day": _day("last_day"),
    "languages": _languages,
    **{place: _limit(place, most) for place, most in LIMITS_MOST.items()},
    "head_refs": _same,
    "win_points": _points("win_points"),
    "draw_points": _points("draw_points"),
    "loss_points": _points("loss_points"),
}
"""How each value of an event is taken from what somebody said. Each raises Refused at its own place."""


def _noticed(event: Event, after: EventInfo) -> tuple[Finding, ...]:
    """What an organiser should know of new values, and may leave as it is."""
    about = (ref("event", after.id),)
    before = event.info
    findings: list[Finding] = []
    if after.most_teams is not None and after.most_teams != before.most_teams and len(event.teams) > after.most_teams:
        words = say_n("One team is here already", "{count} teams are here already", len(event.teams))
        findings.append(Finding("OVER_LIMIT", words, about))
    points = (after.win_points, after.draw_points, after.loss_points)
    if points != (before.win_points, before.draw_points, before.loss_points) and list(points) != sorted(
        points, reverse=True
    ):
        findings.append(
            Finding("POINTS_ORDER", say("A win is not worth more than a draw, and a draw than a loss"), about)
        )
    return tuple(findings)
