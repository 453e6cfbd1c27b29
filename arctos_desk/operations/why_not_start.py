"""Why a match cannot be started by this person now: the schedule's reasons and the rule about who may, in one list.

Empty means go. The button's tooltip, the list on Today, the console and the command itself read the same list.
"""

from __future__ import annotations

from arctos_desk.operations.commands import Acting
from arctos_desk.operations.state import State
from arctos_desk.scheduling import gate
from arctos_desk.tournament.instants import Instant
from arctos_desk.tournament.kinds import Role
from arctos_desk.tournament.reasons import Reason
from arctos_desk.tournament.words import say

OVERRIDABLE = frozenset({"NOT_HEAD_REF", "TEAM_BUSY", "REFEREE_BUSY"})
"""Reasons that a desk may set aside with a recorded reason; everything else needs a force start."""


def why_not_start(state: State, match_id: str, acting: Acting, *, now_ms: Instant) -> tuple[Reason, ...]:
    """Every reason against starting this match now, the schedule's first."""
    reasons = gate.why_not_start(state.event, state.solution, match_id, now_ms=now_ms)
    if acting.role is not Role.HEAD_REF:
        reasons += (
            Reason(
                "NOT_HEAD_REF",
                say("Only a head referee starts a match; choose yourself as head referee, or start with a reason"),
            ),
        )
    return reasons


def only_overridable(reasons: tuple[Reason, ...]) -> bool:
    """Whether a recorded reason is enough to start all the same."""
    return all(reason.code in OVERRIDABLE for reason in reasons)
