"""What scripts can ask of a tournament: who won, how often, how many points, was it skipped.

The facts come through `Facts`, which the scheduler fulfils; nothing here works out statuses or times. A match that
ended without a winner (a draw) is, for scripts, one that nobody has won: `winner` waits for it for ever, `won?` too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from arctos_desk.ass import types
from arctos_desk.ass.checker import Checked, Known, check
from arctos_desk.ass.core_words import CORE
from arctos_desk.ass.dependencies import Definitions, Dependencies
from arctos_desk.ass.dependencies import dependencies as script_dependencies
from arctos_desk.ass.errors import Trouble, say
from arctos_desk.ass.evaluator import Run
from arctos_desk.ass.reader import Program, read
from arctos_desk.ass.types import BOOL, INT, LIST, MATCH, TEAM
from arctos_desk.ass.values import Datum, Match, Team, Type, Types, UnresolvedTeam, is_unresolved
from arctos_desk.ass.words import WAIT, Need, Param, Vocabulary, Word, _Wait
from arctos_desk.ass.world import TagEntry, World
from arctos_desk.tournament.kinds import Side, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchFacts:
    """What scripts may know of a match. Teams by the ids that scripts write; `points` are the counted ones, by side."""

    id: str
    name: str
    team1: str | None = None
    team2: str | None = None
    winner: Side | None = None
    status: Status = Status.NOT_STARTED
    points: tuple[int, int] = (0, 0)

    def team(self, side: Side) -> str | None:
        return self.team1 if side is Side.TEAM1 else self.team2


class Facts(Protocol):
    """The tournament as scripts see it. All answers belong to one moment; after a change call `World.refresh`."""

    def is_team(self, team: str, /) -> bool:
        """Whether a team with exactly this id is known."""

    def match_named(self, name: str, /) -> MatchFacts | None: ...

    def match(self, match_id: str, /) -> MatchFacts:
        """The match with this id, as it is now."""

    def matches(self) -> Iterable[MatchFacts]:
        """Every match of the tournament."""

    def tag(self, name: str, /) -> TagEntry | None: ...

    def variables(self) -> Iterable[tuple[str, str]]:
        """Names and expressions, in stored order."""

    def team_names(self) -> Iterable[str]: ...

    def tag_names(self) -> Iterable[str]: ...


@dataclass(frozen=True, slots=True)
class Record:
    """One team in a number of matches."""

    wins: int = 0
    losses: int = 0
    points_won: int = 0
    points_lost: int = 0


NO_RECORD: Final = Record()


@dataclass(frozen=True, slots=True)
class _Listed:
    """A list of matches that was asked about, kept so that its identity stays; counted when it is asked about again."""

    rows: tuple[Datum, ...]
    table: Mapping[str, Record] | None = None
    decided: bool = False


class Pitch:
    """The ground that scripts stand on: facts, and the records counted from them. `reads` collects what was
    looked at.

    A read is (kind, name): team, match (it exists), result, points, status, tag; (records, "") is every result.
    What a world already knows (teams and matches once found, tags and variables until refreshed) is not read again: to
    learn all that one expression rests on, evaluate it in a world of its own.
    """

    __slots__ = ("_lists", "_records", "_teams", "facts", "reads")

    def __init__(self, facts: Facts, reads: set[tuple[str, str]] | None = None) -> None:
        self.facts = facts
        self.reads = reads
        self._records: Mapping[str, Record] | None = None
        self._lists: dict[int, _Listed] = {}
        self._teams: dict[str, Team] = {}

    def refresh(self) -> None:
        self._records = None
        self._lists.clear()

    def read(self, kind: str, name: str) -> None:
        if self.reads is not None:
            self.reads.add((kind, name))

    def team(self, name: str, /) -> Team | None:
        found = self._teams.get(name)
        if found is None:
            self.read("team", name)
            if not self.facts.is_team(name):
                return None
            found = self._teams[name] = Team(name)
        return found

    def match(self, name: str, /) -> Match | None:
        self.read("match", name)
        found = self.facts.match_named(name)
        return Match(found.id, found.name) if found is not None else None

    def outcome(self, kind: str, match: Match, /) -> Datum:
        """Winner or loser: a known team, or an unresolved one while undecided, unnamed or unknown."""
        self.read("result", match.name)
        facts = self.facts.match(match.key)
        if facts.winner is None:
            return UnresolvedTeam(f"{facts.name}::{kind}")
        team = facts.team(facts.winner if kind == "winner" else facts.winner.other)
        if team is None:
            return UnresolvedTeam(f"{facts.name}::{kind}")
        return self.team(team) or UnresolvedTeam(team)

    def tag(self, name: str, /) -> TagEntry | None:
        self.read("tag", name)
        return self.facts.tag(name)

    def variables(self) -> Iterable[tuple[str, str]]:
        return self.facts.variables()

    def team_names(self) -> Iterable[str]:
        return self.facts.team_names()

    def match_names(self) -> Iterable[str]:
        return [match.name for match in self.facts.matches()]

    def tag_names(self) -> Iterable[str]:
        return self.facts.tag_names()

    def record(self, team: Team) -> Record:
        """The team in all matches of the tournament."""
        self.read("records", "")
        if self._records is None:
            self._records = counted(self.facts.matches())
        return self._records.get(team.id, NO_RECORD)

    def record_in(self, word: str, team: Team, rows: tuple[Datum, ...], *, decided: bool) -> Record | None:
        """The team in listed matches; None while the list holds unknowns, or is to be `decided` and is not.

        Raises Trouble for an element that is no match. A list asked about twice is counted once for all its teams.
        """
        kept = self._lists.get(id(rows))
        if kept is not None and kept.table is not None:
            if decided and not kept.decided:
                return None
            return kept.table.get(team.id, NO_RECORD)
        matches = self._listed(word, rows)
        if matches is None:
            return None
        all_decided = self._all_decided(matches)
        if kept is None:
            if len(self._lists) > 500:
                self._lists.clear()
            self._lists[id(rows)] = _Listed(rows)
            table = counted(match for match in matches if team.id in (match.team1, match.team2))
        else:
            table = counted(matches)
            self._lists[id(rows)] = _Listed(rows, table, all_decided)
        return table.get(team.id, NO_RECORD) if all_decided or not decided else None

    def _listed(self, word: str, rows: tuple[Datum, ...]) -> Sequence[MatchFacts] | None:
        found: list[MatchFacts] = []
        for index, each in enumerate(rows, 1):
            if isinstance(each, Match):
                self.read("points", each.name)
                found.append(self.facts.match(each.key))
            elif is_unresolved(each) and types.may_be(types.types_of(each), MATCH):
                return None
            else:
                seen = types.in_words(types.types_of(each))
                raise Trouble("ELEMENT_TYPE", word=word, expected="MATCH", position=index, found=seen)
        return found

    def _all_decided(self, matches: Sequence[MatchFacts]) -> bool:
        """Whether every match has a winner and a loser that are known teams."""
        for match in matches:
            self.read("result", match.name)
            if match.winner is None or match.team1 is None or match.team2 is None:
                return False
            if self.team(match.team1) is None or self.team(match.team2) is None:
                return False
        return True


@dataclass(slots=True)
class _Count:
    wins: int = 0
    losses: int = 0
    points_won: int = 0
    points_lost: int = 0


@dataclass(slots=True)
class _Counts:
    teams: dict[str, _Count] = field(default_factory=dict)

    def of(self, team: str) -> _Count:
        found = self.teams.get(team)
        if found is None:
            found = self.teams[team] = _Count()
        return found


def counted(matches: Iterable[MatchFacts]) -> Mapping[str, Record]:
    """The record of every team that plays in the matches. A match of a team against itself counts on both sides."""
    counts = _Counts()
    for match in matches:
        for own, other, side in ((match.team1, 0, Side.TEAM1), (match.team2, 1, Side.TEAM2)):
            if own is None:
                continue
            count = counts.of(own)
            count.points_won += match.points[other]
            count.points_lost += match.points[1 - other]
            if match.winner is not None:
                count.wins += match.winner is side
                count.losses += match.winner is not side
    return {team: Record(c.wins, c.losses, c.points_won, c.points_lost) for team, c in counts.teams.items()}


def _pitch(run: Run) -> Pitch:
    ground = run.world.ground
    assert isinstance(ground, Pitch)
    return ground


def _winner(run: Run, match: Match) -> Datum:
    return _pitch(run).outcome("winner", match)


def _loser(run: Run, match: Match) -> Datum:
    return _pitch(run).outcome("loser", match)


def _wins(run: Run, team: Team, *rows: tuple[Datum, ...]) -> Datum | _Wait:
    record = _record(run, "wins", team, rows, decided=True)
    return WAIT if record is None else record.wins


def _losses(run: Run, team: Team, *rows: tuple[Datum, ...]) -> Datum | _Wait:
    record = _record(run, "losses", team, rows, decided=True)
    return WAIT if record is None else record.losses


def _points_won(run: Run, team: Team, *rows: Datum) -> Datum | _Wait:
    record = _record(run, "points-won", team, rows, decided=False)
    return WAIT if record is None else record.points_won


def _points_lost(run: Run, team: Team, *rows: Datum) -> Datum | _Wait:
    record = _record(run, "points-lost", team, rows, decided=False)
    return WAIT if record is None else record.points_lost


def _record(run: Run, word: str, team: Team, rows: Sequence[Datum], *, decided: bool) -> Record | None:
    pitch = _pitch(run)
    if not rows:
        return pitch.record(team)
    listed = rows[0]
    if isinstance(listed, Match):
        pitch.read("points", listed.name)
        return counted((pitch.facts.match(listed.key),)).get(team.id, NO_RECORD)
    assert isinstance(listed, tuple)
    run.spend(len(listed) >> 4)
    return pitch.record_in(word, team, listed, decided=decided)


def _has_won(run: Run, team: Team, match: Match) -> Datum | _Wait:
    pitch = _pitch(run)
    pitch.read("result", match.name)
    facts = pitch.facts.match(match.key)
    if team.id not in (facts.team1, facts.team2):
        return False
    if facts.winner is None:
        return WAIT
    return facts.team(facts.winner) == team.id


_STARTED: Final = frozenset({Status.IN_PROGRESS, Status.COMPLETED})


def _is_skipped(run: Run, match: Match) -> Datum | _Wait:
    pitch = _pitch(run)
    pitch.read("status", match.name)
    status = pitch.facts.match(match.key).status
    if status is Status.SKIPPED:
        return True
    return False if status in _STARTED else WAIT


_TEAM_PARAM = Param("team", TEAM)
_MATCH_PARAM = Param("match", MATCH)
_MATCHES = Param("matches", LIST)
_MATCH_OR_MATCHES = Param("match-or-matches", frozenset({Type.MATCH, Type.LIST}))
_FIRST_DECIDED = ((0, Need.DECIDED),)
_SECOND_DECIDED = ((1, Need.DECIDED),)


def _statistic(name: str, second: Param, call: object, text: str) -> Word:
    assert callable(call)
    return Word(name, ((_TEAM_PARAM,), (_TEAM_PARAM, second)), INT, text, call, needs=_SECOND_DECIDED)


MATCH_WORDS: Final[tuple[Word, ...]] = (
    Word("winner", ((_MATCH_PARAM,),), TEAM, say("The team that won a match."), _winner, needs=_FIRST_DECIDED),
    Word("loser", ((_MATCH_PARAM,),), TEAM, say("The team that lost a match."), _loser, needs=_FIRST_DECIDED),
    _statistic("wins", _MATCHES, _wins, say("How many matches a team has won, in all or among those listed.")),
    _statistic("losses", _MATCHES, _losses, say("How many matches a team has lost, in all or among those listed.")),
    _statistic(
        "points-won",
        _MATCH_OR_MATCHES,
        _points_won,
        say("How many points a team has scored, in all, in one match or in those listed. Rerun points do not count."),
    ),
    _statistic(
        "points-lost",
        _MATCH_OR_MATCHES,
        _points_lost,
        say("How many points were scored against a team, in all, in one match or in those listed."),
    ),
    Word(
        "won?",
        ((_TEAM_PARAM, _MATCH_PARAM),),
        BOOL,
        say("Whether a team won a match; false when it did not play in it."),
        _has_won,
        needs=_SECOND_DECIDED,
    ),
    Word(
        "is-skipped",
        ((_MATCH_PARAM,),),
        BOOL,
        say("Whether a match was skipped; known once it has started or been skipped."),
        _is_skipped,
        needs=((0, Need.STATUS),),
    ),
)

VOCABULARY: Final = Vocabulary((*CORE, *MATCH_WORDS))
"""Every word of the reference language."""


def world_of(facts: Facts, reads: set[tuple[str, str]] | None = None) -> World:
    """A world to evaluate in. Good as long as teams, names and definitions stay; refresh it when results change."""
    return World(Pitch(facts, reads), VOCABULARY)


def check_in(world: World, text: str, wanted: Types | None = None) -> Checked:
    """Check an expression before it is saved, against the tournament's names and the present types of its variables."""
    ground = world.ground
    variables = {name: types.types_of(world.variable(name)) for name, _ in ground.variables()}
    known = Known(
        teams=frozenset(ground.team_names()),
        matches=frozenset(ground.match_names()),
        tags=frozenset(ground.tag_names()),
        variables=variables,
    )
    return check(read(text), world.vocabulary, known, wanted)


def dependencies(text: str) -> Dependencies:
    """Which matches an expression names as needed, by the reference's rule."""
    return script_dependencies(read(text.strip()), VOCABULARY)


def dependencies_through(text: str, facts: Facts) -> Dependencies:
    """Which matches an expression needs, followed through variables, tags, local names and functions."""
    variables = dict(facts.variables())

    def variable(name: str) -> Program | None:
        return read(variables[name], f"variable {name}") if name in variables else None

    def tag(name: str) -> Program | None:
        entry = facts.tag(name)
        return read(entry.expression, f"tag {name}") if entry is not None and entry.team is None else None

    return script_dependencies(read(text.strip()), VOCABULARY, Definitions(variable, tag))


__all__ = [
    "MATCH_WORDS",
    "VOCABULARY",
    "Facts",
    "MatchFacts",
    "Pitch",
    "Record",
    "TagEntry",
    "check_in",
    "dependencies",
    "dependencies_through",
    "world_of",
]
