"""Who takes part, where, and in which groups: the tables `[desk]`, `[[teams]]` and `[[groups]]` of a schedule file.

The reference has no such tables and passes over them, so that one file serves both. The schedule itself is read by
`scheduling.schedule_file`; nothing of it is looked at here. Teams are entered before a schedule, groups after it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from arctos_desk.interchange.legal_names import KEY_MOST, NAME_MOST, clean_text, legal_key, unused
from arctos_desk.tournament.ids import Chance, new_id, ref
from arctos_desk.tournament.reasons import Problem, Refused
from arctos_desk.tournament.records import Event, Group, Team
from arctos_desk.tournament.registers import Writes, creation, difference, merged
from arctos_desk.tournament.words import Words, say

SHORTNAME_MOST: Final = 8
_KEY: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One team as the file names it. `key` is what its match slots say."""

    key: str
    name: str
    shortname: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupEntry:
    """One group with the names of its matches."""

    name: str
    matches: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entries:
    """What the desk's tables of a file say; empty texts where they say nothing."""

    name: str = ""
    place: str = ""
    zone: str = ""
    teams: tuple[Entry, ...] = ()
    groups: tuple[GroupEntry, ...] = ()


def read_entries(text: str) -> Entries:
    """The desk's tables of a schedule file. Raises Refused with every fault of them."""
    try:
        tables = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        place = re.search(r"\(at (line \d+, column \d+)\)", str(error))
        words = say("This is not TOML: {message}", message=re.sub(r" \(at .*\)$", "", str(error)))
        raise Refused([Problem("NOT_TOML", words, place=place[1] if place else "")]) from None
    problems: list[Problem] = []
    desk = tables.get("desk", {})
    if not isinstance(desk, dict):
        problems.append(Problem("WRONG_TYPE", say("[desk] should be a table"), place="desk"))
        desk = {}
    teams = tables.get("teams", [])
    if not isinstance(teams, list):
        problems.append(Problem("WRONG_TYPE", say("[[teams]] should be an array of tables"), place="teams"))
        teams = []
    entries: list[Entry] = []
    keys: set[str] = set()
    for index, table in enumerate(teams):
        entry = _entry(table, f"teams[{index}]", keys, problems)
        if entry is not None:
            keys.add(entry.key)
            entries.append(entry)
    groups = tables.get("groups", [])
    if not isinstance(groups, list):
        problems.append(Problem("WRONG_TYPE", say("[[groups]] should be an array of tables"), place="groups"))
        groups = []
    group_entries = [_group(table, f"groups[{index}]", problems) for index, table in enumerate(groups)]
    name, place_name, zone = (_text(desk, key, "desk", NAME_MOST, problems) for key in ("name", "place", "zone"))
    if zone and not _is_zone(zone):
        problems.append(Problem("BAD_ZONE", say("No time zone is called “{name}”", name=zone), place="desk.zone"))
    if problems:
        raise Refused(problems)
    found_groups = tuple(group for group in group_entries if group is not None)
    return Entries(name=name, place=place_name, zone=zone, teams=tuple(entries), groups=found_groups)


def import_entries(entries: Entries, event: Event, chance: Chance) -> Writes:
    """The writes that enter what is not there yet: teams by key, and the event's own words while it has no match."""
    known = {team.key for team in event.teams.values()}
    rank = max((team.rank for team in event.teams.values()), default=0)
    teams: list[Team] = []
    for entry in entries.teams:
        if entry.key not in known:
            rank += 1
            teams.append(Team(id=new_id(chance), key=entry.key, name=entry.name, shortname=entry.shortname, rank=rank))
    info = event.info
    if not event.matches:
        info = replace(
            info,
            name=entries.name or info.name,
            place=entries.place or info.place,
            zone=entries.zone or info.zone,
        )
    changed = difference(event.info, info)
    return merged(
        {ref("event", info.id): changed} if changed else {}, *(creation(ref("team", team.id), team) for team in teams)
    )


def import_groups(entries: Entries, event: Event, chance: Chance) -> Writes:
    """The writes that put matches into their groups, both found by name. A match that is not there is passed over."""
    known = {group.name: group for group in event.groups.values()}
    by_name = {match.name: match for match in event.matches.values() if match.kind.is_game}
    rank = max((group.rank for group in event.groups.values()), default=0)
    parts: list[Writes] = []
    for entry in entries.groups:
        group = known.get(entry.name)
        if group is None:
            rank += 1
            group = known[entry.name] = Group(id=new_id(chance), name=entry.name, rank=rank)
            parts.append(creation(ref("group", group.id), group))
        for name in entry.matches:
            match = by_name.get(name)
            if match is not None and match.group_id != group.id:
                parts.append({ref("match", match.id): difference(match, replace(match, group_id=group.id))})
    return merged(*parts)


def _group(table: Any, place: str, problems: list[Problem]) -> GroupEntry | None:
    """One group; None when it cannot be read, and then the problems say why."""
    if not isinstance(table, dict):
        problems.append(Problem("WRONG_TYPE", say("A group should be a table"), place=place))
        return None
    name = _text(table, "name", place, NAME_MOST, problems)
    matches = table.get("matches", [])
    if not isinstance(matches, list) or not all(isinstance(match, str) for match in matches):
        words = say("matches should be a list of match names")
        problems.append(Problem("WRONG_TYPE", words, place=f"{place}.matches"))
        return None
    if not name:
        problems.append(Problem("MISSING", say("A group needs a name"), place=f"{place}.name"))
        return None
    return GroupEntry(name=name, matches=tuple(clean_text(match) for match in matches))


def _entry(table: Any, place: str, keys: set[str], problems: list[Problem]) -> Entry | None:
    """One team; None when it cannot be read, and then the problems say why."""
    if not isinstance(table, dict):
        problems.append(Problem("WRONG_TYPE", say("A team should be a table"), place=place))
        return None
    before = len(problems)
    name = _text(table, "name", place, NAME_MOST, problems)
    key = _text(table, "key", place, KEY_MOST, problems)
    shortname = _text(table, "shortname", place, SHORTNAME_MOST, problems)
    if len(problems) > before:
        return None
    if not name and not key:
        problems.append(Problem("MISSING", say("A team needs a name"), place=f"{place}.name"))
        return None
    if not key:
        key = unused(legal_key(name) or "team", keys, most=KEY_MOST, joint="-{number}")
    words: Words | None = None
    if not _KEY.fullmatch(key):
        words = say("“{key}” is no key: letters, digits, hyphens and underscores make one", key=key)
    elif key in keys:
        words = say("The key “{key}” stands twice", key=key)
    if words is not None:
        problems.append(Problem("BAD_KEY", words, place=f"{place}.key"))
        return None
    return Entry(key=key, name=name or key, shortname=shortname)


def _text(table: Mapping[str, Any], key: str, place: str, most: int, problems: list[Problem]) -> str:
    value = table.get(key, "")
    if not isinstance(value, str):
        problems.append(Problem("WRONG_TYPE", say("{key} should be a text", key=key), place=f"{place}.{key}"))
        return ""
    text = clean_text(value)
    if len(text) > most:
        words = say("This text has {length} characters; {most} are possible", length=len(text), most=most)
        problems.append(Problem("TOO_LONG", words, place=f"{place}.{key}"))
        return ""
    return text


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
