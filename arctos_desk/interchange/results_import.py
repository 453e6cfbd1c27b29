"""Turns a results file into records of an event: teams, groups, fields, matches, and the results beside them.

The file knows no fields and no lengths. Fields follow from how many matches it starts at once; lengths from the gaps
between its slots. Guesses, and every name that had to change, are told by findings. Writes nothing itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Final

from arctos_desk.interchange.legal_names import KEY_MOST, NAME_MOST, cut, legal_key, legal_match_name, unused
from arctos_desk.interchange.modes import read_mode
from arctos_desk.interchange.results_file import FileGroup, FileMatch, FileTeam, ResultsFile, score_by_sets
from arctos_desk.tournament.ids import Chance, new_id, ref
from arctos_desk.tournament.instants import MINUTE_MS, Instant
from arctos_desk.tournament.kinds import Ending, MatchKind, Side, Stage
from arctos_desk.tournament.reasons import Finding
from arctos_desk.tournament.records import Event, Field, Group, Match, Result, Score, Start, Team
from arctos_desk.tournament.registers import Writes, creation, difference, merged
from arctos_desk.tournament.tokens import TeamSlot
from arctos_desk.tournament.words import Words, say, say_n

DEFAULT_LENGTH_MIN: Final = 30
"""Length of a match where the file has no gap to learn from."""

LONGEST_MIN: Final = 120
"""A gap longer than this is a pause or a night, never a match."""

_BYE_NAMES: Final = frozenset({"bye", "freilos", "spielfrei", "descanso", "rast"})


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedResult:
    """What the file states of one match: its result with the stated score, started and ended as planned.

    `set_scores` are the points set by set; empty where their wording does not give exactly the stated sets and points.
    """

    match_id: str
    result: Result
    started_ms: Instant
    set_scores: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """What a results file means for an event. `writes` make the schedule; `results` are not among them."""

    writes: Writes
    results: tuple[RecordedResult, ...]
    counts: Mapping[str, int]
    findings: tuple[Finding, ...]

    @property
    def results_by_match(self) -> dict[str, RecordedResult]:
        return {recorded.match_id: recorded for recorded in self.results}


def import_results(file: ResultsFile, event: Event, chance: Chance) -> Import:
    """The records of a file as new records of this event, and its results. Refuses nothing."""
    making = _Making(event, chance)
    making.findings.extend(file.findings)
    info = event.info
    if event.matches:
        if file.source and file.source == info.source:
            making.find("IMPORTED_BEFORE", say("This tournament was imported before; its matches are now there twice"))
    else:
        info = replace(info, name=file.tournament or info.name, place=file.city or info.place, source=file.source)
    written = sorted(file.matches, key=lambda match: match.starts_ms)  # stable: the file's order within a slot
    teams = {team.identity: making.team(team) for team in _teams(written)}
    groups = {group.identity: making.group(group) for group in _groups(written)}
    places = _places(written, _lengths(written))
    field_count = max(place.field for place in places) + 1
    fields = [making.field(number) for number in range(1, field_count + 1)]
    if field_count > 1:
        making.find(
            "FIELDS_INFERRED",
            say_n(
                "{count} match starts at once, so there is {count} field",
                "Up to {count} matches start at once, so there are {count} fields",
                field_count,
            ),
        )
    matches: list[Match] = []
    results: list[RecordedResult] = []
    for row, place in zip(written, places, strict=True):
        match = making.match(
            row,
            field_id=fields[place.field].id,
            previous_id=None if place.previous is None else matches[place.previous].id,
            length_min=place.length_min,
            team1=None if row.team1 is None else teams[row.team1.identity],
            team2=None if row.team2 is None else teams[row.team2.identity],
            group=None if row.group is None else groups[row.group.identity],
        )
        matches.append(match)
        result = making.result(row, match)
        if result is not None:
            results.append(result)
    _warn_of_double_bookings(making, written, matches)
    records: list[tuple[str, Any]] = [
        *(("team", team) for team in teams.values()),
        *(("group", group) for group in groups.values()),
        *(("field", field) for field in fields),
        *(("match", match) for match in matches),
    ]
    changed_info = difference(event.info, info)
    return Import(
        writes=merged(
            {ref("event", info.id): changed_info} if changed_info else {},
            *(creation(ref(kind, record.id), record) for kind, record in records),
        ),
        results=tuple(results),
        counts={
            "teams": len(teams),
            "groups": len(groups),
            "fields": len(fields),
            "matches": len(matches),
            "results": len(results),
        },
        findings=tuple(making.findings),
    )


def writes_of_results(event: Event, results: Iterable[RecordedResult]) -> Writes:
    """The writes that state these results in an event that holds their matches, as if they had been played there."""
    parts: list[Writes] = []
    for recorded in results:
        match = event.matches[recorded.match_id]
        # A bye is over without ever having started.
        start = None if recorded.result.ending is Ending.BYE else Start(at_ms=recorded.started_ms)
        after = replace(match, start=start, result=recorded.result, stage=Stage.ENDED)
        parts.append({ref("match", match.id): difference(match, after)})
    return merged(*parts)


# names ----------------------------------------------------------------------------------------------------------------


class _Making:
    """The records made so far, the names that are taken, and what had to be said about them."""

    def __init__(self, event: Event, chance: Chance) -> None:
        self.chance = chance
        self.findings: list[Finding] = []
        self.keys = {team.key for team in event.teams.values()}
        self.team_names = {team.name for team in event.teams.values()}
        self.group_names = {group.name for group in event.groups.values()}
        self.field_names = {field.name for field in event.fields.values()}
        self.match_names = {match.name for match in event.matches.values()}
        self.ranks = {
            "team": _next_rank(event.teams),
            "group": _next_rank(event.groups),
            "field": _next_rank(event.fields),
            "match": _next_rank(event.matches),
        }

    def find(self, code: str, words: Words, *about: str) -> None:
        self.findings.append(Finding(code, words, about))

    def rank(self, kind: str) -> int:
        rank = self.ranks[kind]
        self.ranks[kind] = rank + 1
        return rank

    def team(self, team: FileTeam) -> Team:
        team_id = new_id(self.chance)
        rank = self.rank("team")
        name = team.name
        if not name:
            name = f"Team {team.identity.removeprefix('id ')}"
            self.find(
                "TEAM_WITHOUT_NAME", say("A team has no name and is called “{name}”", name=name), ref("team", team_id)
            )
        if len(name) > NAME_MOST:
            self.find("NAME_CUT", say("“{original}” is too long and was cut", original=name), ref("team", team_id))
            name = cut(name, NAME_MOST)
        if name in self.team_names:
            words = say("Two teams are called “{name}”; their keys tell them apart", name=name)
            self.find("TEAM_NAME_TWICE", words, ref("team", team_id))
        self.team_names.add(name)
        key = unused(legal_key(name) or f"team-{rank}", self.keys, most=KEY_MOST, joint="-{number}")
        self.keys.add(key)
        return Team(id=team_id, key=key, name=name, rank=rank)

    def group(self, group: FileGroup) -> Group:
        group_id = new_id(self.chance)
        wanted = cut(group.name, NAME_MOST)
        name = unused(wanted, self.group_names)
        if name != group.name:
            words = say("The group “{original}” is called “{name}”", original=group.name, name=name)
            self.find("GROUP_RENAMED", words, ref("group", group_id))
        self.group_names.add(name)
        return Group(id=group_id, name=name, rank=self.rank("group"))

    def field(self, number: int) -> Field:
        name = unused(f"Field {number}", self.field_names)
        self.field_names.add(name)
        return Field(id=new_id(self.chance), name=name, rank=self.rank("field"))

    def match(
        self,
        row: FileMatch,
        *,
        field_id: str,
        previous_id: str | None,
        length_min: int,
        team1: Team | None,
        team2: Team | None,
        group: Group | None,
    ) -> Match:
        match_id = new_id(self.chance)
        rank = self.rank("match")
        about = ref("match", match_id)
        wanted = legal_match_name(row.name) or f"Match {rank}"
        name = unused(wanted, self.match_names)
        self.match_names.add(name)
        if name != row.name:
            words = say("{place}: “{original}” is called “{name}” here", place=row.place, original=row.name, name=name)
            self.find("MATCH_RENAMED", words, about)
        if team1 is None or team2 is None:
            present = team1 or team2
            if present is not None:
                self.find("BYE", say("{match}: {team} has no opponent", match=name, team=present.name), about)
            else:
                self.find("NO_TEAMS", say("{match} has no teams", match=name), about)
        elif team1 is team2:
            words = say("{match}: {team} plays against itself", match=name, team=team1.name)
            self.find("TEAM_AGAINST_ITSELF", words, about)
        else:
            byes = [team.name for team in (team1, team2) if team.name.casefold() in _BYE_NAMES]
            if byes:
                self.find(
                    "BYE",
                    say("{match}: “{team}” reads like a bye and is kept as a team", match=name, team=byes[0]),
                    about,
                )
        mode = read_mode(row.mode)
        if not mode.known:
            self.find(
                "MODE_UNKNOWN",
                say("{match}: the mode “{mode}” is kept as a text only", match=name, mode=row.mode),
                about,
            )
        return Match(
            id=match_id,
            name=name,
            kind=MatchKind.STATIC,
            field_id=field_id,
            previous_id=previous_id,
            planned_ms=row.starts_ms,
            length_min=length_min,
            team1=None if team1 is None else TeamSlot(team1.id),
            team2=None if team2 is None else TeamSlot(team2.id),
            set_type=mode.set_type,
            sets=mode.sets,
            stones_per_set=mode.stones_per_set,
            group_id=None if group is None else group.id,
            mode=row.mode,
            rank=rank,
        )

    def result(self, row: FileMatch, match: Match) -> RecordedResult | None:
        """What the file states of a match; nobody as winner is a draw, a side without opponent has a bye."""
        about = ref("match", match.id)
        if not row.played:
            self.find("NOT_PLAYED", say("{match} has no result in the file", match=match.name), about)
            return None
        if match.team1 is None and match.team2 is None:
            self.find(
                "RESULT_LEFT_OUT", say("{match} has a result but no teams; it was left out", match=match.name), about
            )
            return None
        winner = row.winner
        ending = Ending.NORMAL if winner is not None else Ending.DRAW
        if match.team1 is None or match.team2 is None:
            ending = Ending.BYE
            winner = winner or (Side.TEAM1 if match.team2 is None else Side.TEAM2)
        score = Score(sets=row.sets, points=row.points, text=row.score_text)
        started_ms = match.planned_ms or 0
        ended_ms = started_ms + (match.length_min or 0) * MINUTE_MS
        result = Result(ending=ending, winner=winner, ended_ms=ended_ms, stated_score=score)
        return RecordedResult(match_id=match.id, result=result, started_ms=started_ms, set_scores=_set_scores(row))


def _set_scores(row: FileMatch) -> tuple[tuple[int, int], ...]:
    scores = score_by_sets(row.score_text)
    points = (sum(one for one, _ in scores), sum(other for _, other in scores))
    sets = (sum(one > other for one, other in scores), sum(other > one for one, other in scores))
    return scores if (sets, points) == (row.sets, row.points) else ()


def _next_rank(records: Mapping[str, Any]) -> int:
    return max((record.rank for record in records.values()), default=0) + 1


def _teams(rows: Iterable[FileMatch]) -> list[FileTeam]:
    """Every team once, in order of appearance, with the first name the file gives it."""
    teams: dict[str, FileTeam] = {}
    for row in rows:
        for team in (row.team1, row.team2):
            if team is not None and (team.identity not in teams or (team.name and not teams[team.identity].name)):
                teams[team.identity] = team
    return list(teams.values())


def _groups(rows: Iterable[FileMatch]) -> list[FileGroup]:
    """Every group once, in order of appearance."""
    return list({row.group.identity: row.group for row in rows if row.group is not None}.values())


# times and fields -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a match of the file stands: the number of its field from 0, and the match before it there."""

    field: int
    previous: int | None
    length_min: int


def _lengths(rows: Sequence[FileMatch]) -> list[int]:
    """A length for each match: the gap seen most often after its mode in its group, else after its mode, else its kind.

    Of gaps seen equally often the shorter one counts, for a pause hides a length and never shortens it.
    """
    slots = sorted({row.starts_ms for row in rows})
    gap_after = {one: (other - one) // MINUTE_MS for one, other in pairwise(slots)}
    keys: tuple[Callable[[FileMatch], object], ...] = (
        lambda row: (row.mode, row.group.identity if row.group else ""),
        lambda row: row.mode,
        lambda row: (read_mode(row.mode).set_type, read_mode(row.mode).sets),
        lambda row: row.group.identity if row.group else None,
    )
    seen: list[dict[object, Counter[int]]] = [{} for _ in keys]
    for row in rows:
        gap = gap_after.get(row.starts_ms, 0)
        if 0 < gap <= LONGEST_MIN:
            for key, counts in zip(keys, seen, strict=True):
                counts.setdefault(key(row), Counter())[gap] += 1
    learnt = [{key: _usual(gaps) for key, gaps in counts.items()} for counts in seen]
    # What teaches nothing about itself is mostly the last match of the event, and that is rarely a short one.
    otherwise = max(learnt[0].values(), default=DEFAULT_LENGTH_MIN)
    return [
        next((found[key(row)] for key, found in zip(keys, learnt, strict=True) if key(row) in found), otherwise)
        for row in rows
    ]


def _usual(gaps: Counter[int]) -> int:
    return min(gaps, key=lambda gap: (-gaps[gap], gap))


def _places(rows: Sequence[FileMatch], lengths: Sequence[int]) -> list[_Place]:
    """Rows in order of time, each on the first field that is free; as many fields as matches start at once.

    Where a learnt length reaches into the next match of its field, that match is taken to have been shorter.
    """
    count = max(Counter(row.starts_ms for row in rows).values())
    last: list[int | None] = [None] * count
    places: list[_Place] = []
    for index, row in enumerate(rows):
        field = _free_field(rows, lengths, last, row.starts_ms)
        previous = last[field]
        if previous is not None:
            gap = max(1, (row.starts_ms - rows[previous].starts_ms) // MINUTE_MS)
            if gap < places[previous].length_min:
                places[previous] = replace(places[previous], length_min=gap)
        places.append(_Place(field, previous, lengths[index]))
        last[field] = index
    return places


def _free_field(rows: Sequence[FileMatch], lengths: Sequence[int], last: Sequence[int | None], at_ms: Instant) -> int:
    """The first field that is free at a time, else the one that is free next among those with an earlier start."""

    def free_at(field: int) -> Instant:
        index = last[field]
        return -1 if index is None else rows[index].starts_ms + lengths[index] * MINUTE_MS

    def started_before(field: int) -> bool:
        index = last[field]
        return index is None or rows[index].starts_ms < at_ms

    fields = [field for field in range(len(last)) if started_before(field)]
    return min(fields, key=lambda field: (max(free_at(field), at_ms), field))


def _warn_of_double_bookings(making: _Making, rows: Sequence[FileMatch], matches: Sequence[Match]) -> None:
    """One finding for each two matches of one team that the file starts at the same time or into each other."""
    of_team: dict[str, list[tuple[Match, str]]] = {}
    for row, match in zip(rows, matches, strict=True):
        for team in {team.identity: team for team in (row.team1, row.team2) if team is not None}.values():
            of_team.setdefault(team.identity, []).append((match, team.name))
    for played in of_team.values():
        for (one, name), (other, _) in pairwise(played):
            ends_ms = (one.planned_ms or 0) + (one.length_min or 0) * MINUTE_MS
            if (other.planned_ms or 0) < ends_ms:
                words = say(
                    "{team} plays {one} and {other} at the same time", team=name, one=one.name, other=other.name
                )
                making.find("DOUBLE_BOOKED", words, ref("match", one.id), ref("match", other.id))
