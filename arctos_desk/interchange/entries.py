"""What the desk adds to a schedule file: `[desk]`, `[[teams]]`, `[[groups]]`, `[[modes]]` and `[[penalty_types]]`.

Who takes part, where and when, by which rules. The reference has no such tables and passes over them, so that one file
serves both. The schedule itself is read by `scheduling.schedule_file`; nothing of it is looked at here. Everything is
entered before the schedule, except which matches belong to a group or follow a mode. `publishing.desk_tables` writes
what is read here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from arctos_desk.interchange.legal_names import KEY_MOST, NAME_MOST, clean_text, legal_key, unused
from arctos_desk.scheduling.schedule_file import read_toml
from arctos_desk.tournament.ids import Chance, new_id, ref
from arctos_desk.tournament.kinds import Counting, HeadRefs
from arctos_desk.tournament.languages import LANGUAGES
from arctos_desk.tournament.reasons import Problem, Refused
from arctos_desk.tournament.records import Event, Group, Mode, PenaltyType, Team
from arctos_desk.tournament.registers import Writes, creation, difference, merged
from arctos_desk.tournament.words import Words, say

SHORTNAME_MOST: Final = 8
PENALTY_MOST: Final = 50
DESCRIPTION_MOST: Final = 500
SETTING_MOST: Final = {
    "most_teams": 1_000,
    "most_on_roster": 500,
    "most_on_field": 100,
    "win_points": 100,
    "draw_points": 100,
    "loss_points": 100,
}
MODE_MOST: Final = {
    "sets": 99,
    "points_per_set": 1_000,
    "stones_per_set": 10_000,
    "minutes": 1_000,
    "length_min": 7 * 24 * 60,
}
Kind = TypeVar("Kind", bound=StrEnum)
_KEY: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One team as the file names it. `key` is what its match slots say."""

    key: str
    name: str
    shortname: str = ""
    colour: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupEntry:
    """One group with the names of its matches."""

    name: str
    matches: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ModeEntry:
    """One mode, whole, with the names of the matches that follow it."""

    mode: Mode
    matches: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entries:
    """What the desk's tables of a file say; empty texts where they say nothing. `settings` are fields of EventInfo.

    Modes and penalty types have no id and no rank yet.
    """

    name: str = ""
    place: str = ""
    zone: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)
    teams: tuple[Entry, ...] = ()
    groups: tuple[GroupEntry, ...] = ()
    modes: tuple[ModeEntry, ...] = ()
    penalty_types: tuple[PenaltyType, ...] = ()


def read_entries(text: str) -> Entries:
    """The desk's tables of a schedule file. Raises Refused with every fault of them."""
    tables = read_toml(text)
    problems: list[Problem] = []
    desk = tables.get("desk", {})
    if not isinstance(desk, dict):
        problems.append(Problem("WRONG_TYPE", say("[desk] should be a table"), place="desk"))
        desk = {}
    entries: list[Entry] = []
    keys: set[str] = set()
    for where, table in _tables(tables, "teams", problems):
        entry = _entry(table, where, keys, problems)
        if entry is not None:
            keys.add(entry.key)
            entries.append(entry)
    groups = [_group(one, place, problems) for place, one in _tables(tables, "groups", problems)]
    modes = [_mode(one, place, problems) for place, one in _tables(tables, "modes", problems)]
    penalties = [_penalty(one, place, problems) for place, one in _tables(tables, "penalty_types", problems)]
    name, place_name, zone = (_text(desk, key, "desk", NAME_MOST, problems) for key in ("name", "place", "zone"))
    if zone and not _is_zone(zone):
        problems.append(Problem("BAD_ZONE", say("No time zone is called “{name}”", name=zone), place="desk.zone"))
    settings = _settings(desk, problems)
    if problems:
        raise Refused(problems)
    return Entries(
        name=name,
        place=place_name,
        zone=zone,
        settings=settings,
        teams=tuple(entries),
        groups=tuple(one for one in groups if one is not None),
        modes=tuple(one for one in modes if one is not None),
        penalty_types=tuple(one for one in penalties if one is not None),
    )


def _tables(tables: Mapping[str, Any], name: str, problems: list[Problem]) -> list[tuple[str, Any]]:
    """The tables of one array with their places."""
    found = tables.get(name, [])
    if not isinstance(found, list):
        problems.append(Problem("WRONG_TYPE", say("[[{name}]] should be an array of tables", name=name), place=name))
        return []
    return [(f"{name}[{index}]", one) for index, one in enumerate(found)]


def import_entries(entries: Entries, event: Event, chance: Chance) -> Writes:
    """The writes that enter what is not there yet: teams by key, and the event's own words while it has no match."""
    known = {team.key for team in event.teams.values()}
    rank = max((team.rank for team in event.teams.values()), default=0)
    teams: list[Team] = []
    for entry in entries.teams:
        if entry.key not in known:
            rank += 1
            teams.append(
                Team(
                    id=new_id(chance),
                    key=entry.key,
                    name=entry.name,
                    shortname=entry.shortname,
                    colour=entry.colour,
                    rank=rank,
                )
            )
    info = event.info
    if not event.matches:
        info = replace(
            info,
            name=entries.name or info.name,
            place=entries.place or info.place,
            zone=entries.zone or info.zone,
            **entries.settings,
        )
    changed = difference(event.info, info)
    return merged(
        {ref("event", info.id): changed} if changed else {},
        *(creation(ref("team", team.id), team) for team in teams),
        *_new(entries.penalty_types, event.penalty_types, "penalty_type", chance),
        *_new((one.mode for one in entries.modes), event.modes, "mode", chance),
    )


def _new(found: Iterable[Any], known: Mapping[str, Any], kind: str, chance: Chance) -> Iterator[Writes]:
    """The creation of the records whose names are not there yet, in their order."""
    names = {one.name for one in known.values()}
    rank = max((one.rank for one in known.values()), default=0)
    for one in found:
        if one.name not in names:
            names.add(one.name)
            rank += 1
            record = replace(one, id=new_id(chance), rank=rank)
            yield creation(ref(kind, record.id), record)


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
    matches = _names(table, place, problems)
    if not name:
        problems.append(Problem("MISSING", say("A group needs a name"), place=f"{place}.name"))
        return None
    return None if matches is None else GroupEntry(name=name, matches=matches)


def _names(table: Mapping[str, Any], place: str, problems: list[Problem]) -> tuple[str, ...] | None:
    """Names of matches; None when they cannot be read."""
    matches = table.get("matches", [])
    if not isinstance(matches, list) or not all(isinstance(match, str) for match in matches):
        words = say("matches should be a list of match names")
        problems.append(Problem("WRONG_TYPE", words, place=f"{place}.matches"))
        return None
    return tuple(clean_text(match) for match in matches)


def _mode(table: Any, place: str, problems: list[Problem]) -> ModeEntry | None:
    """One mode; None when it cannot be read, and then the problems say why."""
    if not isinstance(table, dict):
        problems.append(Problem("WRONG_TYPE", say("A mode should be a table"), place=place))
        return None
    before = len(problems)
    name = _text(table, "name", place, NAME_MOST, problems)
    if not name:
        problems.append(Problem("MISSING", say("A mode needs a name"), place=f"{place}.name"))
    counting = _one_of(table, "counting", Counting, Counting.BEST_OF, place, problems)
    numbers = {key: _number(table, key, most, place, problems) for key, most in MODE_MOST.items()}
    matches = _names(table, place, problems)
    if len(problems) > before or matches is None:
        return None
    mode = Mode(
        id="",
        name=name,
        counting=counting,
        sets=numbers["sets"] or 1,
        points_per_set=numbers["points_per_set"],
        stones_per_set=numbers["stones_per_set"],
        minutes=numbers["minutes"],
        length_min=numbers["length_min"],
    )
    return ModeEntry(mode=mode, matches=matches)


def _penalty(table: Any, place: str, problems: list[Problem]) -> PenaltyType | None:
    """One penalty type; None when it cannot be read, and then the problems say why."""
    if not isinstance(table, dict):
        problems.append(Problem("WRONG_TYPE", say("A penalty type should be a table"), place=place))
        return None
    before = len(problems)
    name = _text(table, "name", place, PENALTY_MOST, problems)
    if not name:
        problems.append(Problem("MISSING", say("A penalty type needs a name"), place=f"{place}.name"))
    colour = _colour(table, place, problems)
    description = _text(table, "description", place, DESCRIPTION_MOST, problems)
    if len(problems) > before:
        return None
    return PenaltyType(id="", name=name, colour=colour or "808080", description=description)


def _settings(desk: Mapping[str, Any], problems: list[Problem]) -> dict[str, Any]:
    """What `[desk]` says beside name, place and zone."""
    found: dict[str, Any] = {}
    for key, most in SETTING_MOST.items():
        number = _number(desk, key, most, "desk", problems, least=0 if key.endswith("points") else 1)
        if number is not None:
            found[key] = number
    for key in ("first_day", "last_day"):
        day = desk.get(key, "")
        text = day.isoformat() if isinstance(day, date) else day
        if text and not _is_day(text):
            words = say("{key} should be a day such as 2026-05-02", key=key)
            problems.append(Problem("BAD_DAY", words, place=f"desk.{key}"))
        elif text:
            found[key] = text
    if found.get("first_day", "") > found.get("last_day", "9999"):
        words = say("The last day lies before the first")
        problems.append(Problem("BAD_DAY", words, place="desk.last_day"))
    languages = desk.get("languages", [])
    if not isinstance(languages, list) or not all(one in LANGUAGES for one in languages if isinstance(one, str)):
        words = say("languages should be a list of codes such as “en” or “de”")
        problems.append(Problem("BAD_LANGUAGE", words, place="desk.languages"))
    elif languages:
        found["languages"] = tuple(str(one) for one in languages)
    if "head_refs" in desk:
        found["head_refs"] = _one_of(desk, "head_refs", HeadRefs, HeadRefs.LISTED, "desk", problems)
    return found


def _one_of(
    table: Mapping[str, Any], key: str, kinds: type[Kind], usual: Kind, place: str, problems: list[Problem]
) -> Kind:
    value = table.get(key, usual)
    if isinstance(value, str) and value in {kind.value for kind in kinds}:
        return kinds(value)
    words = say("{key} should be one of {names}", key=key, names=tuple(kind.value for kind in kinds))
    problems.append(Problem("UNKNOWN", words, place=f"{place}.{key}"))
    return usual


def _number(
    table: Mapping[str, Any], key: str, most: int, place: str, problems: list[Problem], *, least: int = 1
) -> int | None:
    value = table.get(key)
    if value is None:
        return None
    if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
        return value
    words = say("{key} should be a number from {least} to {most}", key=key, least=least, most=most)
    problems.append(Problem("NUMBER", words, place=f"{place}.{key}"))
    return None


def _colour(table: Mapping[str, Any], place: str, problems: list[Problem]) -> str:
    text = _text(table, "colour", place, 7, problems).removeprefix("#").lower()
    if text and not re.fullmatch(r"[0-9a-f]{6}", text):
        words = say("A colour has six digits, such as 1254a3")
        problems.append(Problem("COLOUR", words, place=f"{place}.colour"))
        return ""
    return text


def _is_day(text: Any) -> bool:
    try:
        return isinstance(text, str) and date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _entry(table: Any, place: str, keys: set[str], problems: list[Problem]) -> Entry | None:
    """One team; None when it cannot be read, and then the problems say why."""
    if not isinstance(table, dict):
        problems.append(Problem("WRONG_TYPE", say("A team should be a table"), place=place))
        return None
    before = len(problems)
    name = _text(table, "name", place, NAME_MOST, problems)
    key = _text(table, "key", place, KEY_MOST, problems)
    shortname = _text(table, "shortname", place, SHORTNAME_MOST, problems)
    colour = _colour(table, place, problems)
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
    return Entry(key=key, name=name or key, shortname=shortname, colour=colour)


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
