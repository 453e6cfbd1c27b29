"""Reads the results of a tournament as a public results service gives them: a JSON list with one object per match.

A file is read to its end: everything wrong with it is told at once, each fault with its place. What is only odd (no
group, no winner, strange scores, names twice) is kept as it stands. Makes no records: `results_import` does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from arctos_desk.interchange.legal_names import NAME_MOST, clean_text, cut
from arctos_desk.tournament.instants import Instant, from_datetime
from arctos_desk.tournament.kinds import Side
from arctos_desk.tournament.reasons import Finding, Problem, Refused
from arctos_desk.tournament.words import Words, say

NUMBER_MOST: Final = 1_000_000
TEXT_MOST: Final = 2_000
MATCHES_MOST: Final = 20_000
_YEARS: Final = range(1970, 2201)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTeam:
    """A team as the file names it. `identity` tells two teams of one name apart: the service's id, else the name."""

    identity: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileGroup:
    identity: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileMatch:
    """One match of the file, in the file's words. `played` is false when it states neither score nor winner.

    `place` is where it stands in the file (`[12]`). `score_text` is the wording of the score, set by set.
    """

    place: str
    name: str
    starts_ms: Instant
    team1: FileTeam | None
    team2: FileTeam | None
    group: FileGroup | None
    mode: str
    played: bool
    winner: Side | None
    sets: tuple[int, int]
    points: tuple[int, int]
    score_text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsFile:
    """A whole file. `source` names the tournament at the service, when the file says so."""

    tournament: str
    city: str
    source: str
    matches: tuple[FileMatch, ...]
    findings: tuple[Finding, ...] = ()


def read_results(text: bytes | str, *, zone: str = "UTC") -> ResultsFile:
    """The file as a value. Times without an offset are of this zone. Raises Refused with every fault of the file."""
    reading = _Reading(_zone(zone))
    items = _list_of_matches(text, reading)
    matches = [match for index, item in enumerate(items) if (match := _match(item, f"[{index}]", reading)) is not None]
    if reading.problems:
        raise Refused(reading.problems)
    first: Mapping[str, Any] = items[0]
    events = dict.fromkeys(clean_text(item["tournament"]) for item in items if isinstance(item.get("tournament"), str))
    if len(events) > 1:
        reading.find("SEVERAL_TOURNAMENTS", say("The file names several tournaments: {names}", names=tuple(events)))
    number = first.get("tournament_id")
    return ResultsFile(
        tournament=cut(next(iter(events), ""), NAME_MOST),
        city=cut(clean_text(first.get("city") or ""), NAME_MOST),
        source="" if number is None else clean_text(f"tournament {number}"),
        matches=tuple(matches),
        findings=tuple(reading.findings),
    )


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Refused([Problem("BAD_ZONE", say("No time zone is called “{name}”", name=name), place="zone")]) from None


def score_by_sets(text: str) -> tuple[tuple[int, int], ...]:
    """The sets in a wording such as `0:5 - 1:5`; empty when it says something else."""
    if not _SCORE.fullmatch(text):
        return ()
    pairs = [(int(one), int(other)) for one, other in _SET.findall(text)]
    return tuple(pairs) if all(max(pair) <= NUMBER_MOST for pair in pairs) else ()


_SET: Final = re.compile(r"([0-9]{1,9})\s*:\s*([0-9]{1,9})")
_SCORE: Final = re.compile(rf"\s*{_SET.pattern}(?:\s*[-–—,;|/ ]\s*{_SET.pattern})*\s*")


class _Reading:
    """Faults and oddities found so far."""

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone
        self.problems: list[Problem] = []
        self.findings: list[Finding] = []
        self.names: dict[str, str] = {}
        self.groups: dict[str, str] = {}

    def wrong(self, code: str, place: str, words: Words, next_step: Words | None = None) -> None:
        self.problems.append(Problem(code, words, place=place, next_step=next_step))

    def find(self, code: str, words: Words) -> None:
        self.findings.append(Finding(code, words))


def _list_of_matches(text: bytes | str, reading: _Reading) -> Sequence[Any]:
    try:
        if isinstance(text, bytes):
            text = text.decode("utf-8-sig")
        items = json.loads(text.removeprefix("\ufeff"))
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        words = say("The file is not UTF-8 text: byte {byte} cannot be read", byte=error.start)
        reading.wrong("NOT_UTF8", f"line {line}", words, say("Save it as UTF-8"))
    except json.JSONDecodeError as error:
        words = say("This is not JSON: {message}", message=error.msg)
        reading.wrong("NOT_JSON", f"line {error.lineno}, column {error.colno}", words, say("Fetch the file again"))
    except (RecursionError, ValueError):  # nested thousands deep; a number of thousands of digits
        reading.wrong("NOT_JSON", "", say("The file holds a value that is too long or too deep to be read"))
    else:
        if not isinstance(items, list):
            reading.wrong("NOT_A_LIST", "", say("The file is no list of matches"), say("Choose a results file"))
        elif not items:
            reading.wrong("NO_MATCHES", "", say("The file holds no match"), say("Choose another file"))
        elif len(items) > MATCHES_MOST:
            words = say("The file holds {count} matches; {most} are possible", count=len(items), most=MATCHES_MOST)
            reading.wrong("TOO_MANY", "", words)
        else:
            return items
    raise Refused(reading.problems)


def _match(item: Any, place: str, reading: _Reading) -> FileMatch | None:
    """One match; None when it is no object. Faults are collected, and then what is returned is never used."""
    if not isinstance(item, dict):
        reading.wrong("NOT_AN_OBJECT", place, say("This is no match but {what}", what=_kind(item)))
        return None
    row = _Row(item, place, reading)
    name = row.text("name", required=True)
    row.text("tournament")
    row.number_or_text("tournament_id")
    row.text("city")
    starts_ms = row.moment("timestamp")
    team1 = row.team("first_team", "first_team_id")
    team2 = row.team("second_team", "second_team_id")
    stated = [
        row.number(key) for key in ("sets_first_team", "sets_second_team", "points_first_team", "points_second_team")
    ]
    score_text = row.text("score_total")
    played = (
        any(value is not None for value in stated)
        or bool(score_text)
        or item.get("victorious_team") is not None
        or item.get("victorious_team_id") is not None
    )
    sets1, sets2, points1, points2 = (value or 0 for value in stated)
    return FileMatch(
        place=place,
        name=name,
        starts_ms=starts_ms,
        team1=team1,
        team2=team2,
        group=row.group(),
        mode=row.text("mode"),
        played=played,
        winner=row.winner(team1, team2),
        sets=(sets1, sets2),
        points=(points1, points2),
        score_text=score_text,
    )


class _Row:
    """One object of the file while it is read."""

    def __init__(self, item: Mapping[str, Any], place: str, reading: _Reading) -> None:
        self.item = item
        self.place = place
        self.reading = reading

    def at(self, key: str) -> str:
        return f"{self.place}.{key}"

    def text(self, key: str, *, required: bool = False) -> str:
        """A text without outer blanks; empty when the file gives none."""
        if required and key not in self.item:
            self.reading.wrong("MISSING", self.at(key), say("{key} is missing", key=key))
            return ""
        value = self.item.get(key)
        if value is None:
            return ""
        if not isinstance(value, str):
            self._not(key, value, say("a text"))
            return ""
        if len(value) > TEXT_MOST:
            words = say("This text has {length} characters; {most} are possible", length=len(value), most=TEXT_MOST)
            self.reading.wrong("TOO_LONG", self.at(key), words)
            return ""
        if any("\ud800" <= letter <= "\udfff" for letter in value):
            self.reading.wrong("BROKEN_CHARACTER", self.at(key), say("This text holds half a character"))
            return ""
        return clean_text(value)

    def number(self, key: str) -> int | None:
        """A whole number from zero on, or None when the file gives none."""
        value = self.item.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            self._not(key, value, say("a whole number"))
            return None
        if not 0 <= value <= NUMBER_MOST:
            words = say("{value} is no number from 0 to {most}", value=str(value)[:40], most=NUMBER_MOST)
            self.reading.wrong("OUT_OF_RANGE", self.at(key), words)
            return None
        return value

    def number_or_text(self, key: str) -> str:
        """An id of the service as text; empty when the file gives none."""
        value = self.item.get(key)
        if value is None:
            return ""
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**53:
            return str(value)
        if isinstance(value, str) and len(value) <= NAME_MOST:
            return self.text(key)
        self._not(key, value, say("an id"))
        return ""

    def moment(self, key: str) -> Instant:
        if key not in self.item:
            self.reading.wrong("MISSING", self.at(key), say("{key} is missing", key=key))
            return 0
        value = self.item[key]
        if not isinstance(value, str):
            self._not(key, value, say("a date with a time, such as 2025-04-26 10:00"))
            return 0
        try:
            moment = datetime.fromisoformat(value.strip())
            if moment.year not in _YEARS:
                raise ValueError(value)
            aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=self.reading.zone)
            return from_datetime(aware.astimezone(UTC))
        except (ValueError, OverflowError):
            words = say("“{value}” is no date with a time, such as 2025-04-26 10:00", value=value[:40])
            self.reading.wrong("BAD_TIME", self.at(key), words)
            return 0

    def team(self, key: str, id_key: str) -> FileTeam | None:
        """Who plays on one side; None when nobody does."""
        number, name = self.number_or_text(id_key), self.text(key)
        if not number and not name:
            return None
        if not number:
            return FileTeam(identity=f"name {name}", name=name)
        identity = f"id {number}"
        known = self.reading.names.setdefault(identity, name)
        if name and known and name != known:
            words = say(
                "{place}: team {id} is called “{one}” and “{other}”", place=self.place, id=number, one=known, other=name
            )
            self.reading.find("TEAM_NAMED_TWICE", words)
        elif name and not known:
            self.reading.names[identity] = name
        return FileTeam(identity=identity, name=name or known)

    def group(self) -> FileGroup | None:
        """The group of a match, by its id; one without an id is the first group of that name."""
        number, name = self.number_or_text("group_id"), self.text("group")
        if not name:
            return None
        named = self.reading.groups.setdefault(name, f"id {number}" if number else f"name {name}")
        by_id = number and not named.startswith("name ")
        return FileGroup(identity=f"id {number}" if by_id else named, name=name)

    def winner(self, team1: FileTeam | None, team2: FileTeam | None) -> Side | None:
        """The side the file states as winner; None when it states none."""
        number, name = self.number_or_text("victorious_team_id"), self.text("victorious_team")
        if not number and not name:
            return None
        sides = [(Side.TEAM1, team1), (Side.TEAM2, team2)]
        by_id = [side for side, team in sides if team is not None and number and team.identity == f"id {number}"]
        by_name = [side for side, team in sides if team is not None and name and team.name == name]
        if by_id and by_name and not set(by_id) & set(by_name):
            self.reading.wrong(
                "TWO_WINNERS",
                self.at("victorious_team"),
                say("“{name}” did not win by victorious_team_id: that is the other team", name=name),
            )
        if by_id and name and not by_name:
            words = say("{place}: the winner is called “{name}”, which neither team is", place=self.place, name=name)
            self.reading.find("WINNER_NAMED_OTHERWISE", words)
        if by_id or by_name:
            return (by_id or by_name)[0]
        key = "victorious_team" if name else "victorious_team_id"
        self.reading.wrong(
            "STRANGE_WINNER",
            self.at(key),
            say("“{name}” plays in no slot of this match", name=name or number),
            say("Name one of the two teams, or nobody for a draw"),
        )
        return None

    def _not(self, key: str, value: Any, wanted: Words) -> None:
        words = say("This should be {wanted}, not {what}", wanted=wanted, what=_kind(value))
        self.reading.wrong("WRONG_TYPE", self.at(key), words)


def _kind(value: Any) -> Words:
    """What a JSON value is, in plain words."""
    if value is None:
        return say("nothing")
    if isinstance(value, bool):
        return say("true or false")
    if isinstance(value, str):
        return say("a text")
    if isinstance(value, int | float):
        return say("the number {number}", number=str(value)[:40])
    if isinstance(value, list):
        return say("a list")
    return say("an object")
