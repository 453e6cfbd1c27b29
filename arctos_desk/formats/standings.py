"""The table of an event or of a group: what each team has won and lost, in which order the teams stand, and why.

Counted afresh from facts, never stored. A winner is the one the head referee stated, whatever the score says; sets and
points come from the points recorded here, and only where none were recorded from the score that a person or a file
stated. Draws no lots: teams equal in everything share their place.

What counts
- A match counts when its result was stated: by its winner as a win and a loss, without a winner as a draw for both.
- A forfeit counts like any other win, with the score that was stated; a double forfeit is a loss for both.
- A bye counts as played and won for the team that has it.
- A match abandoned with a winner counts as a win; without one it does not count.
- Annulled and skipped matches do not count, nor do ribbon matches unless they are asked for.
- A set belongs to the side with more points in it; a level set to nobody. Rerun points never count.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from typing import Final

from arctos_desk.tournament.ids import ref
from arctos_desk.tournament.kinds import Ending, Side
from arctos_desk.tournament.records import Event, EventInfo, Match, Point
from arctos_desk.tournament.tokens import Slot, TeamSlot
from arctos_desk.tournament.words import Words, say, say_n

Sides = Mapping[str, tuple[str | None, str | None]]
"""Match id -> ids of the teams that play it, as far as they are known."""


class Criterion(StrEnum):
    """One figure by which teams are put in order; more is better."""

    MATCH_POINTS = "match_points"
    WINS = "wins"
    HEAD_TO_HEAD = "head_to_head"
    SET_DIFFERENCE = "set_difference"
    SETS_FOR = "sets_for"
    POINT_DIFFERENCE = "point_difference"
    POINTS_FOR = "points_for"


DEFAULT_CRITERIA: Final = (
    Criterion.MATCH_POINTS,
    Criterion.HEAD_TO_HEAD,
    Criterion.SET_DIFFERENCE,
    Criterion.POINT_DIFFERENCE,
    Criterion.POINTS_FOR,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What a result is worth, and in which order figures decide. `ribbon` counts ribbon matches too."""

    win: int = 3
    draw: int = 1
    loss: int = 0
    criteria: tuple[Criterion, ...] = DEFAULT_CRITERIA
    ribbon: bool = False


DEFAULT_RULES: Final = Rules()


def rules_of(info: EventInfo, *, ribbon: bool = False) -> Rules:
    """The rules of an event: what it says a win, a draw and a loss are worth."""
    return Rules(win=info.win_points, draw=info.draw_points, loss=info.loss_points, ribbon=ribbon)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What a team has won and lost."""

    played: int = 0
    wins: int = 0
    losses: int = 0
    draws: int = 0
    sets_won: int = 0
    sets_lost: int = 0
    points_won: int = 0
    points_lost: int = 0

    def plus(self, other: Tally) -> Tally:
        return Tally(
            played=self.played + other.played,
            wins=self.wins + other.wins,
            losses=self.losses + other.losses,
            draws=self.draws + other.draws,
            sets_won=self.sets_won + other.sets_won,
            sets_lost=self.sets_lost + other.sets_lost,
            points_won=self.points_won + other.points_won,
            points_lost=self.points_lost + other.points_lost,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One team in a table. `figures` belong to the criteria of the rules, in their order.

    The figure of a direct comparison is None where none was needed; else it counts only the last set of equal teams.
    """

    place: int
    shared: bool
    team_id: str
    tally: Tally
    match_points: int
    figures: tuple[int | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table in its order. `open_matches` of `matches` have no result yet; a disputed result makes it provisional."""

    group_id: str | None
    rules: Rules
    lines: tuple[Line, ...]
    matches: int
    open_matches: int
    disputed: tuple[str, ...]
    encounters: tuple[Encounter, ...]

    @property
    def is_final(self) -> bool:
        return not self.open_matches and not self.disputed


@dataclass(frozen=True, slots=True, kw_only=True)
class Encounter:
    """One counted match between two teams (or a team and nobody), as it enters the table."""

    match_id: str
    team1_id: str | None
    team2_id: str | None
    tally1: Tally
    tally2: Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One step of "why is A above B": the figures of both, and whether they decide."""

    criterion: Criterion | None
    above: int
    below: int
    decides: bool
    words: Words
    about: tuple[str, ...] = ()


def known_sides(event: Event) -> dict[str, tuple[str | None, str | None]]:
    """The teams that stand in the slots by themselves, without any reference resolved."""
    return {match.id: (_team_in(match.team1), _team_in(match.team2)) for match in event.matches.values()}


def _team_in(slot: Slot | None) -> str | None:
    return slot.team_id if isinstance(slot, TeamSlot) else None


# counting -------------------------------------------------------------------------------------------------------------


def set_scores(points: Iterable[Point]) -> tuple[tuple[int, int], ...]:
    """Counted points of both sides in each set that has any, in the order of the sets."""
    counted: dict[int, list[int]] = {}
    for point in points:
        if not point.rerun and point.winner is not None:
            counted.setdefault(point.set_number, [0, 0])[point.winner is Side.TEAM2] += 1
    return tuple((sides[0], sides[1]) for _, sides in sorted(counted.items()))


def score_of(match: Match, points: Iterable[Point]) -> tuple[tuple[int, int], tuple[int, int]]:
    """Sets and points of both sides: from the points recorded here, else from the stated score, else nothing."""
    scores = set_scores(points)
    if scores:
        sets = (sum(one > other for one, other in scores), sum(other > one for one, other in scores))
        return sets, (sum(one for one, _ in scores), sum(other for _, other in scores))
    stated = match.result.stated_score if match.result is not None else None
    return (stated.sets, stated.points) if stated is not None else ((0, 0), (0, 0))


def points_by_match(event: Event) -> dict[str, list[Point]]:
    """The points of each match that has any, in their order."""
    found: dict[str, list[Point]] = {}
    for point in event.points.values():
        found.setdefault(point.match_id, []).append(point)
    return found


def encounters(event: Event, sides: Sides, *, rules: Rules = DEFAULT_RULES) -> Iterator[Encounter]:
    """Every match that counts, in order of creation."""
    points = points_by_match(event)
    for match in event.matches.values():
        if match.ribbon and not rules.ribbon:
            continue
        outcome = _outcome(match)
        team1_id, team2_id = sides.get(match.id, (None, None))
        if outcome is None or (team1_id is None and team2_id is None):
            continue
        (sets1, sets2), (points1, points2) = score_of(match, points.get(match.id, ()))
        one = replace(outcome[0], sets_won=sets1, sets_lost=sets2, points_won=points1, points_lost=points2)
        other = replace(outcome[1], sets_won=sets2, sets_lost=sets1, points_won=points2, points_lost=points1)
        yield Encounter(match_id=match.id, team1_id=team1_id, team2_id=team2_id, tally1=one, tally2=other)


_WON: Final = Tally(played=1, wins=1)
_LOST: Final = Tally(played=1, losses=1)
_DRAWN: Final = Tally(played=1, draws=1)


def _outcome(match: Match) -> tuple[Tally, Tally] | None:
    """What the stated result gives both sides; None when the match does not count."""
    result = match.result
    if result is None or result.ending in (Ending.ANNULLED, Ending.SKIPPED):
        return None
    if result.ending is Ending.DOUBLE_FORFEIT:
        return _LOST, _LOST
    if result.winner is not None:
        return (_WON, _LOST) if result.winner is Side.TEAM1 else (_LOST, _WON)
    return None if result.ending is Ending.ABANDONED else (_DRAWN, _DRAWN)


def tallies(counted: Iterable[Encounter]) -> dict[str, Tally]:
    """What each team has won and lost in these matches; teams that played none are missing."""
    found: dict[str, Tally] = {}
    for encounter in counted:
        for team_id, tally in ((encounter.team1_id, encounter.tally1), (encounter.team2_id, encounter.tally2)):
            if team_id is not None:
                found[team_id] = found.get(team_id, Tally()).plus(tally)
    return found


# tables ---------------------------------------------------------------------------------------------------------------


def event_table(
    event: Event, sides: Sides, *, rules: Rules = DEFAULT_RULES, skipped: Collection[str] = frozenset()
) -> Table:
    """The table over all matches, with every team of the event. `skipped` matches wait for no result any more."""
    return _table(event, sides, list(event.matches.values()), list(event.teams), None, rules, skipped)


def group_table(
    event: Event,
    sides: Sides,
    group_id: str,
    *,
    rules: Rules = DEFAULT_RULES,
    skipped: Collection[str] = frozenset(),
) -> Table:
    """The table of one group, with every team that stands in a match of it."""
    matches = [match for match in event.matches.values() if match.group_id == group_id]
    named = {team_id for match in matches for team_id in sides.get(match.id, ()) if team_id is not None}
    teams = [team_id for team_id in event.teams if team_id in named]
    return _table(event, sides, matches, teams, group_id, rules, skipped)


def group_tables(
    event: Event, sides: Sides, *, rules: Rules = DEFAULT_RULES, skipped: Collection[str] = frozenset()
) -> tuple[Table, ...]:
    """The tables of all groups that have matches, in their order."""
    used = {match.group_id for match in event.matches.values()}
    return tuple(
        group_table(event, sides, group_id, rules=rules, skipped=skipped)
        for group_id in event.groups
        if group_id in used
    )


def _table(
    event: Event,
    sides: Sides,
    matches: Sequence[Match],
    teams: Sequence[str],
    group_id: str | None,
    rules: Rules,
    skipped: Collection[str],
) -> Table:
    games = [match for match in matches if match.kind.is_game and (rules.ribbon or not match.ribbon)]
    ids = {match.id for match in games}
    counted = tuple(encounter for encounter in encounters(event, sides, rules=rules) if encounter.match_id in ids)
    ordering = _Ordering(counted, teams, rules)
    lines: list[Line] = []
    for tied in ordering.order():
        place = len(lines) + 1
        for team_id in tied:
            tally = ordering.tallies[team_id]
            lines.append(
                Line(
                    place=place,
                    shared=len(tied) > 1,
                    team_id=team_id,
                    tally=tally,
                    match_points=ordering.match_points(tally),
                    figures=tuple(ordering.figures[team_id].get(criterion) for criterion in rules.criteria),
                )
            )
    return Table(
        group_id=group_id,
        rules=rules,
        lines=tuple(lines),
        matches=len(games),
        open_matches=sum(match.result is None and match.id not in skipped for match in games),
        disputed=tuple(match.id for match in games if match.disputed),
        encounters=counted,
    )


class _Ordering:
    """Puts teams in order. Where a direct comparison splits a set of equal teams, it starts again within each part."""

    def __init__(self, counted: Sequence[Encounter], teams: Sequence[str], rules: Rules) -> None:
        self.rules = rules
        self.teams = teams
        self.tallies = {team_id: Tally() for team_id in teams}
        for team_id, tally in tallies(counted).items():
            if team_id in self.tallies:
                self.tallies[team_id] = tally
        self.figures: dict[str, dict[Criterion, int]] = {team_id: {} for team_id in teams}
        self.direct: dict[tuple[str, str], int] = {}
        for one in counted:
            if one.team1_id is not None and one.team2_id is not None and one.team1_id != one.team2_id:
                self._count_direct(one.team1_id, one.team2_id, one.tally1)
                self._count_direct(one.team2_id, one.team1_id, one.tally2)

    def _count_direct(self, team_id: str, against_id: str, tally: Tally) -> None:
        pair = (team_id, against_id)
        self.direct[pair] = self.direct.get(pair, 0) + self.match_points(tally)

    def match_points(self, tally: Tally) -> int:
        rules = self.rules
        return tally.wins * rules.win + tally.draws * rules.draw + tally.losses * rules.loss

    def figure(self, criterion: Criterion, team_id: str, equals: Sequence[str]) -> int:
        """The figure of a team; a direct comparison counts only matches among `equals`."""
        tally = self.tallies[team_id]
        match criterion:
            case Criterion.MATCH_POINTS:
                return self.match_points(tally)
            case Criterion.WINS:
                return tally.wins
            case Criterion.HEAD_TO_HEAD:
                return sum(self.direct.get((team_id, other), 0) for other in equals)
            case Criterion.SET_DIFFERENCE:
                return tally.sets_won - tally.sets_lost
            case Criterion.SETS_FOR:
                return tally.sets_won
            case Criterion.POINT_DIFFERENCE:
                return tally.points_won - tally.points_lost
            case Criterion.POINTS_FOR:
                return tally.points_won

    def order(self) -> list[list[str]]:
        """Sets of teams that nothing tells apart, the best first; within a set in order of entry."""
        placed = self._order(list(self.teams), 0)
        for team_id in self.teams:
            for criterion in self.rules.criteria:
                if criterion is not Criterion.HEAD_TO_HEAD:
                    self.figures[team_id][criterion] = self.figure(criterion, team_id, ())
        return placed

    def _order(self, equals: list[str], step: int) -> list[list[str]]:
        if len(equals) < 2 or step == len(self.rules.criteria):
            return [equals] if equals else []
        placed: list[list[str]] = []
        parts = self.split(equals, self.rules.criteria[step])
        for part in parts:
            placed.extend(self._order(part, self.next_step(step, len(parts))))
        return placed

    def split(self, equals: Sequence[str], criterion: Criterion) -> list[list[str]]:
        parts: dict[int, list[str]] = {}
        for team_id in equals:
            figure = self.figure(criterion, team_id, equals)
            self.figures[team_id][criterion] = figure
            parts.setdefault(figure, []).append(team_id)
        return [parts[figure] for figure in sorted(parts, reverse=True)]

    def next_step(self, step: int, parts: int) -> int:
        """The restart rule: what a direct comparison has split is compared directly once more, each part for itself."""
        return step if self.rules.criteria[step] is Criterion.HEAD_TO_HEAD and parts > 1 else step + 1


# why ------------------------------------------------------------------------------------------------------------------


def why_above(table: Table, above_id: str, below_id: str) -> tuple[Comparison, ...]:
    """Step by step why one team stands above another, up to the figure that decides.

    Ends with a step without criterion when nothing decides. Raises KeyError for a team that is not in the table.
    """
    return _why(table, _ordering_of(table), above_id, below_id)


def why_in_this_order(table: Table) -> tuple[tuple[Comparison, ...], ...]:
    """For each line but the first, why it stands behind the line before it."""
    ordering = _ordering_of(table)
    return tuple(_why(table, ordering, one.team_id, next_.team_id) for one, next_ in pairwise(table.lines))


def remarks(table: Table) -> tuple[Words, ...]:
    """What has to be said under a table: what is open, what is disputed, that places are shared."""
    found: list[Words] = []
    if table.open_matches:
        found.append(say_n("{count} match is still open", "{count} matches are still open", table.open_matches))
    if table.disputed:
        found.append(say_n("{count} result is disputed", "{count} results are disputed", len(table.disputed)))
    if any(line.shared for line in table.lines):
        found.append(say("Teams equal in everything share their place until lots are drawn"))
    return tuple(found)


def _ordering_of(table: Table) -> _Ordering:
    return _Ordering(table.encounters, [line.team_id for line in table.lines], table.rules)


def _why(table: Table, ordering: _Ordering, above_id: str, below_id: str) -> tuple[Comparison, ...]:
    places = {line.team_id: line.place for line in table.lines}
    if places[above_id] > places[below_id]:
        above_id, below_id = below_id, above_id
    direct = tuple(
        ref("match", one.match_id) for one in table.encounters if {one.team1_id, one.team2_id} == {above_id, below_id}
    )
    equals: list[str] = [line.team_id for line in table.lines]
    chain: list[Comparison] = []
    step = 0
    while step < len(table.rules.criteria):
        criterion = table.rules.criteria[step]
        above = ordering.figure(criterion, above_id, equals)
        below = ordering.figure(criterion, below_id, equals)
        is_direct = criterion is Criterion.HEAD_TO_HEAD
        chain.append(
            Comparison(
                criterion=criterion,
                above=above,
                below=below,
                decides=above != below,
                words=_compared(criterion, above, below, len(equals) if is_direct else 0),
                about=direct if is_direct else (),
            )
        )
        if above != below:
            return tuple(chain)
        parts = ordering.split(equals, criterion)
        step = ordering.next_step(step, len(parts))
        equals = next(part for part in parts if above_id in part)
    words = say("Equal in everything that is counted: they share the place until lots are drawn")
    return (*chain, Comparison(criterion=None, above=0, below=0, decides=False, words=words))


def name_of(criterion: Criterion) -> Words:
    """A criterion as the head of a column."""
    match criterion:
        case Criterion.MATCH_POINTS:
            return say("Points")
        case Criterion.WINS:
            return say("Wins")
        case Criterion.HEAD_TO_HEAD:
            return say("Direct match")
        case Criterion.SET_DIFFERENCE:
            return say("Set difference")
        case Criterion.SETS_FOR:
            return say("Sets won")
        case Criterion.POINT_DIFFERENCE:
            return say("Point difference")
        case Criterion.POINTS_FOR:
            return say("Points for")


def shown(criterion: Criterion, figure: int) -> str:
    """A figure as it is written: differences with their sign."""
    if criterion not in (Criterion.SET_DIFFERENCE, Criterion.POINT_DIFFERENCE):
        return str(figure)
    return f"+{figure}" if figure > 0 else f"−{-figure}" if figure < 0 else "0"


def _compared(criterion: Criterion, above: int, below: int, equals: int) -> Words:
    figures = {"above": shown(criterion, above), "below": shown(criterion, below)}
    if equals > 2:
        figures["count"] = str(equals)
        if above == below:
            return say("Matches among the {count} equal teams: {above} and {below}, equal, look further", **figures)
        return say("Matches among the {count} equal teams: {above} is more than {below}", **figures)
    if above == below:
        return say("{criterion}: {above} and {below}, equal, look further", criterion=name_of(criterion), **figures)
    return say("{criterion}: {above} is more than {below}", criterion=name_of(criterion), **figures)
