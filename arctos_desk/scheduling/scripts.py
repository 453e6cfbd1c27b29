"""How the solver asks the scripts of an event: skip conditions, tags by expression, variables. Knows no grammar.

Every question is asked of one moment: what had ended, was assigned or was skipped by then. A skip condition is
asked when all before its row is over, and again at every later fact while it stands undecided; the first moment
at which it is exactly true skips the row for good (R925 step 10: M06, whose condition is no longer true at step
16). `is-skipped` sees the rows of the same pass (scheduling.md §12 quirk 7, H056). Reading and compiling happen
once per text, not once per row and pass.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from arctos_desk.ass import Failure, ScriptError, TagEntry, Value, World, evaluate_text, read, truth
from arctos_desk.ass.checker import Checked
from arctos_desk.ass.values import Team as ScriptTeam
from arctos_desk.ass.values import Types
from arctos_desk.scheduling.ass_words import MatchFacts, check_in, dependencies_through, world_of
from arctos_desk.scheduling.graph import EVER, NEVER
from arctos_desk.scheduling.live import Day
from arctos_desk.scheduling.slots import OPEN, Known, Slots
from arctos_desk.tournament.ids import ref
from arctos_desk.tournament.kinds import Ending, Side, Stage, Status
from arctos_desk.tournament.reasons import Finding
from arctos_desk.tournament.records import Event, Match, Point, Tag
from arctos_desk.tournament.words import Words

_OPEN_READS: Final = frozenset({"records", "tag"})

Definitions = tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str | None, str], ...]]
"""Variables (name, expression) and tags (name, assigned team, expression) of an event."""

NO_DEFINITIONS: Final[Definitions] = ((), ())


@dataclass(slots=True, eq=False)
class EventScripts:
    """The scripts of one event during one solve."""

    event: Event
    matches: Sequence[Match]
    index: Mapping[str, int]
    _definitions: Definitions | None = None
    _moments: dict[int, tuple[World, set[tuple[str, str]]]] = field(default_factory=dict)
    _facts_at: list[int] | None = None
    _points: dict[str, list[Point]] | None = None
    _keys: dict[str, str] | None = None
    _found: list[Finding] = field(default_factory=list)

    # what the graph asks

    def needs(self, text: str) -> tuple[Sequence[str], Sequence[str]]:
        """Names of the matches a condition needs decided, and of those whose skipping it needs to know."""
        return _needs(text, self.definitions)

    @property
    def definitions(self) -> Definitions:
        if self._definitions is None:
            event = self.event
            variables = tuple((one.name, one.expression) for one in event.variables.values())
            tags = tuple((one.name, one.team_id, one.expression) for one in event.tags.values() if one.expression)
            self._definitions = (variables, tags) if variables or tags else NO_DEFINITIONS
        return self._definitions

    # what the slots ask

    def world_of_slots(self, slots: Slots, day: Day | None) -> World:
        """The tournament with these slots, while nobody changes slots or day: tags share what they work out."""
        return world_of(_Facts(self, NEVER - 1, slots, day, keep=True))

    def tag_team(self, tag: Tag, world: World) -> Known:
        """The team a tag's expression gives, and since when it can have been known."""
        outcome = evaluate_text(f"[tag::{tag.name}]", world)
        if isinstance(outcome, Value) and isinstance(outcome.value, ScriptTeam):
            team_id = self.team_ids.get(outcome.value.id)
            if team_id is not None:
                direct, skip = self.needs(tag.expression)
                named = {*direct, *skip}
                ends = (
                    match.result.ended_ms for match in self.matches if match.result is not None and match.name in named
                )
                return team_id, max(ends, default=EVER)
        return OPEN

    @property
    def team_ids(self) -> Mapping[str, str]:
        """Team ids by the keys that scripts write."""
        if self._keys is None:
            self._keys = {team.key: team.id for team in self.event.teams.values()}
        return self._keys

    # what the live pass asks

    def holds(self, place: int, moment: int, day: Day) -> bool:
        """Whether the row's condition was true at a moment."""
        return self._ask(self.matches[place].skip_condition, moment, day, place)[0]

    def skip_moment(self, place: int, over_ms: int, day: Day) -> int | None:
        """The first moment from `over_ms` on at which the row's condition was true; None when it never was."""
        text = self.matches[place].skip_condition
        outcome_true, reads = self._ask(text, over_ms, day, place)
        if outcome_true:
            return over_ms
        if not self._can_change(reads, over_ms, day):
            return None
        for moment in self.moments():
            if moment > over_ms and self._ask(text, moment, day, place)[0]:
                return moment
        return None

    def _ask(self, text: str, moment: int, day: Day, place: int) -> tuple[bool, set[tuple[str, str]]]:
        known = self._moments.get(moment)
        if known is None:
            reads: set[tuple[str, str]] = set()
            known = self._moments[moment] = (world_of(_Facts(self, moment, day.slots, day), reads), reads)
        world, reads = known
        reads.clear()
        world.refresh()
        outcome = evaluate_text(text, world)
        if isinstance(outcome, Failure):
            self._report(outcome.errors, ref("match", self.matches[place].id))
        return truth(outcome), reads

    def _can_change(self, reads: set[tuple[str, str]], moment: int, day: Day) -> bool:
        """Whether later facts can change an answer: it looked at tables, at tags, or at matches that were not over."""
        for kind, name in reads:
            if kind in _OPEN_READS:
                return True
            if kind in ("result", "points", "status"):
                for place, match in enumerate(self.matches):
                    if match.name == name and day.over[day.graph.node[place]] > moment:
                        return True
        return False

    def moments(self) -> Sequence[int]:
        """Every moment at which an answer can have changed, in order."""
        if self._facts_at is None:
            moments = {match.result.ended_ms for match in self.matches if match.result is not None}
            moments.update(tag.assigned_ms for tag in self.event.tags.values() if tag.assigned_ms is not None)
            self._facts_at = sorted(moments)
        return self._facts_at

    def points_of(self, match_id: str) -> list[Point]:
        if self._points is None:
            found: dict[str, list[Point]] = {}
            for point in self.event.points.values():
                if point.winner is not None and not point.rerun and point.end_ms is not None:
                    found.setdefault(point.match_id, []).append(point)
            self._points = found
        return self._points.get(match_id, [])

    # what people are told

    def problems(self) -> tuple[Finding, ...]:
        """Every script that cannot be read, and every condition that failed when it was asked."""
        for match in self.matches:
            if match.skip_condition:
                self._report(read(match.skip_condition.strip()).errors, ref("match", match.id))
        for tag in self.event.tags.values():
            if tag.expression:
                self._report(read(tag.expression.strip()).errors, ref("tag", tag.id))
        for variable in self.event.variables.values():
            self._report(read(variable.expression.strip()).errors, ref("variable", variable.id))
        return tuple(dict.fromkeys(self._found))

    def _report(self, errors: Iterable[ScriptError], about: str) -> None:
        for error in errors:
            self._found.append(Finding(f"script_{error.code.lower()}", Words(error.text, error.params), (about,)))


class _Facts:
    """The tournament as scripts see it at one moment."""

    __slots__ = ("_by_name", "_day", "_kept", "_moment", "_scripts", "_slots")

    def __init__(
        self, scripts: EventScripts, moment: int, slots: Slots, day: Day | None, *, keep: bool = False
    ) -> None:
        # With `keep` nothing changes while these facts are asked, so each match is looked at once.
        self._kept: dict[int, MatchFacts] | None = {} if keep else None
        self._scripts = scripts
        self._moment = moment
        self._slots = slots
        self._day = day
        self._by_name: dict[str, int] | None = None

    def is_team(self, team: str, /) -> bool:
        return team in self._scripts.team_ids

    def match_named(self, name: str, /) -> MatchFacts | None:
        """The match of this name; where a break shares it, the match is meant."""
        if self._by_name is None:
            found: dict[str, int] = {}
            for place, match in enumerate(self._scripts.matches):
                known = found.get(match.name)
                if known is None or (match.kind.is_game and not self._scripts.matches[known].kind.is_game):
                    found[match.name] = place
            self._by_name = found
        here = self._by_name.get(name)
        return None if here is None else self._at(here)

    def match(self, match_id: str, /) -> MatchFacts:
        return self._at(self._scripts.index[match_id])

    def matches(self) -> Iterable[MatchFacts]:
        return [self._at(place) for place in range(len(self._scripts.matches))]

    def tag(self, name: str, /) -> TagEntry | None:
        for tag in self._scripts.event.tags.values():
            if tag.name == name:
                team = tag.team_id
                if team is not None and tag.assigned_ms is not None and tag.assigned_ms > self._moment:
                    team = None
                return TagEntry(None if team is None else self._key(team), tag.expression)
        return None

    def variables(self) -> Iterable[tuple[str, str]]:
        return [(one.name, one.expression) for one in self._scripts.event.variables.values()]

    def team_names(self) -> Iterable[str]:
        return list(self._scripts.team_ids)

    def tag_names(self) -> Iterable[str]:
        return [tag.name for tag in self._scripts.event.tags.values()]

    def _key(self, team_id: str | None) -> str | None:
        if team_id is None:
            return None
        team = self._scripts.event.teams.get(team_id)
        return team_id if team is None else team.key

    def _at(self, place: int) -> MatchFacts:
        kept = self._kept
        if kept is None:
            return self._seen(place)
        facts = kept.get(place)
        if facts is None:
            facts = kept[place] = self._seen(place)
        return facts

    def _seen(self, place: int) -> MatchFacts:
        match = self._scripts.matches[place]
        moment = self._moment
        teams = self._slots.known[place]
        result = match.result
        ended = match.stage >= Stage.ENDED and (result is None or result.ended_ms <= moment)
        return MatchFacts(
            id=match.id,
            name=match.name,
            team1=self._key(teams[0][0]) if teams[0][1] <= moment else None,
            team2=self._key(teams[1][0]) if teams[1][1] <= moment else None,
            winner=result.winner if ended and result is not None else None,
            status=self._status(place, match, ended),
            points=self._points(match, ended),
        )

    def _status(self, place: int, match: Match, ended: bool) -> Status:
        result = match.result
        if ended:
            skipped = result is not None and result.ending is Ending.SKIPPED
            return Status.SKIPPED if skipped else Status.COMPLETED
        if match.stage >= Stage.LIVE and (match.start is None or match.start.at_ms <= self._moment):
            return Status.IN_PROGRESS
        day = self._day
        if day is not None:
            n = day.graph.node[place]
            if day.skipped.get(n, NEVER) <= self._moment:
                return Status.SKIPPED
            if day.status[n] is Status.COMPLETED and day.over[n] <= self._moment:
                return Status.COMPLETED
        return Status.NOT_STARTED

    def _points(self, match: Match, ended: bool) -> tuple[int, int]:
        counts = [0, 0]
        points = self._scripts.points_of(match.id)
        for point in points:
            if point.end_ms is not None and point.end_ms <= self._moment:
                counts[0 if point.winner is Side.TEAM1 else 1] += 1
        stated = None if match.result is None else match.result.stated_score
        if not points and ended and stated is not None:
            return stated.points
        return counts[0], counts[1]


@lru_cache(maxsize=4096)
def _needs(text: str, definitions: Definitions) -> tuple[tuple[str, ...], tuple[str, ...]]:
    found = dependencies_through(text, _Defined(definitions))
    return tuple(sorted(found.direct)), tuple(sorted(found.skip))


class _Defined:
    """Only the definitions of an event: enough to follow names, no facts."""

    __slots__ = ("_tags", "_variables")

    def __init__(self, definitions: Definitions) -> None:
        self._variables, tags = definitions
        self._tags = {name: TagEntry(team, expression) for name, team, expression in tags}

    def is_team(self, team: str, /) -> bool:
        del team
        return False

    def match_named(self, name: str, /) -> MatchFacts | None:
        del name
        return None

    def match(self, match_id: str, /) -> MatchFacts:
        raise KeyError(match_id)

    def matches(self) -> Iterable[MatchFacts]:
        return ()

    def tag(self, name: str, /) -> TagEntry | None:
        return self._tags.get(name)

    def variables(self) -> Iterable[tuple[str, str]]:
        return self._variables

    def team_names(self) -> Iterable[str]:
        return ()

    def tag_names(self) -> Iterable[str]:
        return ()


class _Names(_Defined):
    """The names of an event as if nothing had happened yet: enough to check a script, whatever the day brings."""

    __slots__ = ("_event", "_keys")

    def __init__(self, event: Event) -> None:
        super().__init__((tuple((one.name, one.expression) for one in event.variables.values()), ()))
        self._event = event
        self._keys = {team.id: team.key for team in event.teams.values()}

    def is_team(self, team: str, /) -> bool:
        return team in self._keys.values()

    def match_named(self, name: str, /) -> MatchFacts | None:
        found = (MatchFacts(id=one.id, name=name) for one in self._event.matches.values() if one.name == name)
        return next(found, None)

    def match(self, match_id: str, /) -> MatchFacts:
        return MatchFacts(id=match_id, name=self._event.matches[match_id].name)

    def matches(self) -> Iterable[MatchFacts]:
        return [MatchFacts(id=one.id, name=one.name) for one in self._event.matches.values()]

    def tag(self, name: str, /) -> TagEntry | None:
        found = (one for one in self._event.tags.values() if one.name == name)
        entries = (TagEntry(self._keys.get(one.team_id or ""), one.expression) for one in found)
        return next(entries, None)

    def team_names(self) -> Iterable[str]:
        return list(self._keys.values())

    def tag_names(self) -> Iterable[str]:
        return [tag.name for tag in self._event.tags.values()]


def check_script(event: Event, text: str, wanted: Types | None = None) -> Checked:
    """Check an expression against the names of an event before it is saved.

    `wanted` are the types its place asks for: TEAM for a tag, BOOL for a skip condition. What the day has brought so
    far makes no difference.
    """
    return check_in(world_of(_Names(event)), text, wanted)


def settled_slots(
    event: Event, scripts: EventScripts, resolve: Callable[[Callable[[Tag], Known]], Slots], day: Day | None = None
) -> Slots:
    """Every slot resolved, tags by expression included: their answers may rest on slots that rest on tags."""
    slots = resolve(lambda _: OPEN)
    open_tags = [tag for tag in event.tags.values() if tag.expression and tag.team_id is None]
    if not open_tags:
        return slots
    answers: dict[str, Known] = {}
    for _ in range(8):
        world = scripts.world_of_slots(slots, day)
        asked = {tag.id: scripts.tag_team(tag, world) for tag in open_tags}
        if asked == answers:
            break
        answers = asked
        given = answers
        slots = resolve(lambda tag, given=given: given.get(tag.id, OPEN))  # type: ignore[misc]
    return slots
