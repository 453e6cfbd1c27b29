"""The fixed vocabularies of the field: kinds of rows, statuses, sides, endings, roles.

Values are what files and logs carry.
"""

from __future__ import annotations

from enum import IntEnum, StrEnum


class MatchKind(StrEnum):
    """How a row gets its time (spec scheduling.md §1.2; files call it `schedule_type`)."""

    STATIC = "STATIC"
    SAFE = "SAFE"
    FAST = "FAST"
    BREAK = "BREAK"
    STATBREAK = "STATBREAK"
    JOIN = "JOIN"

    @property
    def is_game(self) -> bool:
        return self in _GAMES

    @property
    def is_dynamic(self) -> bool:
        """Whether the solver, not a person, sets its planned time."""
        return self in _DYNAMIC


_GAMES = frozenset({MatchKind.STATIC, MatchKind.SAFE, MatchKind.FAST})
_DYNAMIC = frozenset({MatchKind.SAFE, MatchKind.FAST, MatchKind.BREAK, MatchKind.JOIN})


class SetType(StrEnum):
    SETS = "SETS"
    STONES = "STONES"


class Status(StrEnum):
    """What the schedule says of a row (spec scheduling.md §1.3); derived, never stored as a fact."""

    NOT_STARTED = "NOT_STARTED"
    TIME_FINALIZED = "TIME_FINALIZED"
    READY_TO_START = "READY_TO_START"
    IN_PROGRESS = "IN_PROGRESS"
    COMPLETED = "COMPLETED"
    SKIPPED = "SKIPPED"


class Side(StrEnum):
    TEAM1 = "TEAM1"
    TEAM2 = "TEAM2"

    @property
    def other(self) -> Side:
        return Side.TEAM2 if self is Side.TEAM1 else Side.TEAM1


class Ending(StrEnum):
    """How a match ended, as the head referee states it; a winner is stated beside it, never derived."""

    NORMAL = "normal"
    DRAW = "draw"
    FORFEIT = "forfeit"
    DOUBLE_FORFEIT = "double_forfeit"
    ABANDONED = "abandoned"
    ANNULLED = "annulled"
    BYE = "bye"
    SKIPPED = "skipped"


class Stage(IntEnum):
    """The stated life of a match: a lattice whose maximum wins within a generation (spec sync.md §4.4, class D)."""

    PLANNED = 0
    CALLED = 1
    LIVE = 2
    ENDED = 3
    CONFIRMED = 4
    LOCKED = 5


class Role(StrEnum):
    """What a person at the desk may do; `desk` is the laptop's own actor when nobody else is chosen."""

    ORGANISER = "organiser"
    HEAD_REF = "head_ref"
    DESK = "desk"


class HeadRefs(StrEnum):
    """Who may start a match as head referee (spec arctos.md §1.4): those on the list, also players of the reffing
    teams, or anyone.
    """

    LISTED = "listed"
    REFFING_TEAMS = "reffing_teams"
    ANYONE = "anyone"


class Counting(StrEnum):
    """What ends a match by its mode: sets won, sets at most, stones run down, or minutes run down."""

    SETS_TO = "sets_to"
    BEST_OF = "best_of"
    STONES = "stones"
    TIMED = "timed"
