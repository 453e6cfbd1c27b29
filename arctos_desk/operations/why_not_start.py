"""Why a match cannot be started by this person now: the schedule's reasons and the rule about who may, in one list.

Empty means go. The button's tooltip, the list on Today, the console and the command itself read the same list.
"""

from __future__ import annotations

from arctos_desk.operations.acting import Acting
from arctos_desk.operations.state import State
from arctos_desk.scheduling import gate
from arctos_desk.tournament.instants import Instant
from arctos_desk.tournament.kinds import HeadRefs, Role
from arctos_desk.tournament.reasons import Reason
from arctos_desk.tournament.records import Event
from arctos_desk.tournament.words import Words, say

OVERRIDABLE = frozenset({"NOT_HEAD_REF", "TEAM_BUSY", "REFEREE_BUSY"})
"""Reasons that a desk may set aside with a recorded reason; everything else needs a force start."""


def may_be_head_ref(event: Event, acting: Acting) -> bool:
    """Whether whoever acts may start matches, by the policy of the event (spec arctos.md §1.4).

    Listed are those who hold the role of a head referee. With REFFING_TEAMS players of the reffing teams may as well,
    but nothing says yet which player somebody at a desk is: until it does, only those on the list may.
    """
    return acting.role is Role.HEAD_REF or event.info.head_refs is HeadRefs.ANYONE


def why_not_start(state: State, match_id: str, acting: Acting, *, now_ms: Instant) -> tuple[Reason, ...]:
    """Every reason against starting this match now, the schedule's first."""
    reasons = gate.why_not_start(state.event, state.solution, match_id, now_ms=now_ms)
    if not may_be_head_ref(state.event, acting):
        reasons += (Reason("NOT_HEAD_REF", _who_starts(state.event.info.head_refs)),)
    return reasons


def _who_starts(policy: HeadRefs) -> Words:
    if policy is HeadRefs.REFFING_TEAMS:
        return say(
            "Only a listed head referee starts a match, because who plays for the reffing teams is not known here; "
            "choose yourself as head referee, or start with a reason"
        )
    return say("Only a head referee starts a match; choose yourself as head referee, or start with a reason")


def only_overridable(reasons: tuple[Reason, ...]) -> bool:
    """Whether a recorded reason is enough to start all the same."""
    return all(reason.code in OVERRIDABLE for reason in reasons)
