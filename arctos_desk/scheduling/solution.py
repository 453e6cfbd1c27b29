"""What the schedule says: one row per match, and the graph it was read from. Holds answers, works nothing out.

A solution is a function of the stated facts and the clock; nothing in it is ever stored or patched, so undoing a fact
undoes everything that followed from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from arctos_desk.tournament.instants import Instant
from arctos_desk.tournament.kinds import Status
from arctos_desk.tournament.reasons import Finding

if TYPE_CHECKING:
    from arctos_desk.scheduling.live import Day


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What the schedule says of one match.

    `plan_ms` is the published time, moved only by organisers; `live_ms` the current estimate, which SAFE keeps
    once it is locked. `skipped_ms` is the moment of skipping where it is known. Teams are resolved, None while
    unknown.
    """

    match_id: str
    plan_ms: Instant | None
    live_ms: Instant | None
    length_min: int
    status: Status
    team1_id: str | None = None
    team2_id: str | None = None
    referee_ids: tuple[str | None, ...] = ()
    skipped_ms: Instant | None = None
    real_start_ms: Instant | None = None
    real_end_ms: Instant | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """The schedule as a whole. `rows` are in order of creation; `in_cycle` names rows in or behind a cycle.

    `tag_teams` says for whom each tag stands now, by hand or by its expression. `day` is the worked-out graph for the
    modules that explain; it takes no part in comparisons.
    """

    rows: Mapping[str, Row] = field(default_factory=lambda: MappingProxyType({}))
    in_cycle: frozenset[str] = frozenset()
    tag_teams: Mapping[str, str | None] = field(default_factory=lambda: MappingProxyType({}))
    problems: tuple[Finding, ...] = ()
    solved_ms: Instant = 0
    day: Day | None = field(default=None, compare=False, repr=False)
