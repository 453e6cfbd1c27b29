"""The records of an event as everyone reads them: frozen, typed, made from registers.

Nothing here is computed from results.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from arctos_desk.tournament.instants import Instant
from arctos_desk.tournament.kinds import Counting, Ending, HeadRefs, MatchKind, Role, SetType, Side, Stage
from arctos_desk.tournament.tokens import Slot


@dataclass(frozen=True, slots=True, kw_only=True)
class EventInfo:
    """The tournament itself. `zone` is an IANA name; screens use it, files never do.

    `first_day` and `last_day` are local days (YYYY-MM-DD), empty while nobody said them. The limits are numbers of
    players or teams, None for no limit. The values of a result are match points; `languages` are codes such as "de".
    """

    id: str
    name: str
    place: str = ""
    zone: str = "UTC"
    source: str = ""
    first_day: str = ""
    last_day: str = ""
    languages: tuple[str, ...] = ()
    most_teams: int | None = None
    most_on_roster: int | None = None
    most_on_field: int | None = None
    head_refs: HeadRefs = HeadRefs.LISTED
    win_points: int = 3
    draw_points: int = 1
    loss_points: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """A team of this event. `key` is the id by which files and scripts name it; `name` is shown.

    `colour` is six hex digits without a mark, `logo` a small PNG picture in Base64; both may be empty.
    """

    id: str
    key: str
    name: str
    shortname: str = ""
    colour: str = ""
    logo: str = ""
    rank: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Player:
    """Somebody on a roster, by random id only; without a team a mercenary. Names live in the person records.

    `number` is the jersey number as it is written; `head_ref` puts the player on the list of head referees.
    """

    id: str
    team_id: str | None = None
    number: str = ""
    paid: bool = False
    head_ref: bool = False
    rank: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Mode:
    """Rules of play that matches of this event choose from.

    `sets` is the number of sets to win (SETS_TO) or to play at most (BEST_OF), else the number of periods;
    `points_per_set` wins a set where that is said; `stones_per_set` and `minutes` run down. `length_min` is what the
    schedule reserves.
    """

    id: str
    name: str
    counting: Counting = Counting.BEST_OF
    sets: int = 1
    points_per_set: int | None = None
    stones_per_set: int | None = None
    minutes: int | None = None
    length_min: int | None = None
    rank: int = 0

    @property
    def set_type(self) -> SetType:
        """What schedule files call it: only stones are counted down there."""
        return SetType.STONES if self.counting is Counting.STONES else SetType.SETS


@dataclass(frozen=True, slots=True, kw_only=True)
class PenaltyType:
    """A kind of penalty of this event (spec arctos.md §1.13). `colour` is six hex digits without a mark."""

    id: str
    name: str
    colour: str
    description: str = ""
    rank: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A pitch. `cameras` are livestream addresses in their order."""

    id: str
    name: str
    cameras: tuple[str, ...] = ()
    rank: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A name that stands for a team: assigned by hand, else by expression. `assigned_ms` is when it was assigned."""

    id: str
    name: str
    team_id: str | None = None
    expression: str = ""
    assigned_ms: Instant | None = None
    rank: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """A script variable shared by all expressions."""

    id: str
    name: str
    expression: str
    rank: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group whose matches count into one table."""

    id: str
    name: str
    rank: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """The fact that a match was started: real start, by whom, and under which override (empty when none)."""

    at_ms: Instant
    head_ref: str = ""
    override: str = ""
    stones: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Sets and points as a person or a file stated them, where no points were recorded here."""

    sets: tuple[int, int]
    points: tuple[int, int]
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What the head referee stated at the end; `ended_ms` is the real end (scheduling.md, Decisions)."""

    ending: Ending
    winner: Side | None
    ended_ms: Instant
    stated_score: Score | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One row of the schedule: a game, or a break or join on one field.

    `planned_ms` is what a person set: the plan of STATIC and STATBREAK; for dynamic rows the last known plan, used
    only when nothing else gives one. `mode` is the original wording of the rules of play, `sets`, `set_type` and
    `stones_per_set` their legal keys. `rank` is the order of creation.
    """

    id: str
    name: str
    kind: MatchKind = MatchKind.STATIC
    field_id: str | None = None
    previous_id: str | None = None
    planned_ms: Instant | None = None
    length_min: int | None = None
    team1: Slot | None = None
    team2: Slot | None = None
    referees: tuple[Slot | None, ...] = ()
    skip_condition: str = ""
    set_type: SetType = SetType.SETS
    sets: int | None = None
    stones_per_set: int | None = None
    ribbon: bool = False
    group_id: str | None = None
    mode: str = ""
    rank: int = 0
    # facts of the day
    stage: Stage = Stage.PLANNED
    start: Start | None = None
    result: Result | None = None
    disputed: bool = False
    initial_note: str = ""
    final_note: str = ""
    stones_remaining: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One point of a match. `start_ms` and `end_ms` are on the shared clock; a rerun point never counts."""

    id: str
    match_id: str
    start_ms: Instant
    end_ms: Instant | None = None
    winner: Side | None = None
    rerun: bool = False
    set_number: int = 1
    stones_at_start: int | None = None
    note: str = ""
    rank: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who acts at a desk, by random id only; names live in the person records, never here."""

    id: str
    roles: frozenset[Role] = frozenset()
    rank: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Dismissal:
    """A clash that somebody looked at and set aside, by the clash's id."""

    id: str
    reason: str = ""
    rank: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Everything that was stated about one tournament.

    Mappings are by id, in order of creation; treat them as read-only.
    """

    info: EventInfo
    teams: Mapping[str, Team] = field(default_factory=dict)
    fields: Mapping[str, Field] = field(default_factory=dict)
    tags: Mapping[str, Tag] = field(default_factory=dict)
    variables: Mapping[str, Variable] = field(default_factory=dict)
    groups: Mapping[str, Group] = field(default_factory=dict)
    matches: Mapping[str, Match] = field(default_factory=dict)
    points: Mapping[str, Point] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)
    players: Mapping[str, Player] = field(default_factory=dict)
    modes: Mapping[str, Mode] = field(default_factory=dict)
    penalty_types: Mapping[str, PenaltyType] = field(default_factory=dict)
    dismissals: Mapping[str, Dismissal] = field(default_factory=dict)
