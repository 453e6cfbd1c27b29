"""Why a match cannot be started now: every reason at once, in the order in which the reference asks. Knows no
persons.

Who may start a match is asked in `operations`, which puts its reason beside these. Empty means go. The codes
are those of the conformance README; these come in addition and stand after them:
* TEAM_BUSY, REFEREE_BUSY: a team of this match still plays or referees elsewhere (quirk 15, H064): overridable
  with a reason;
* NOT_A_MATCH: breaks are not started; CYCLE: the row waits for itself.

The reference stops at the first group that fails: OVER, then FIELD_BUSY, then the rest; `as_reference` gives
that view. Quirk 18: an empty slot leaves a row READY (PT3), and TEAMS_UNDETERMINED here says what is missing (H015).
Quirk 19: a static break counts as over from its start on, by the clock (P008).
"""

from __future__ import annotations

from typing import Final

from arctos_desk.scheduling.graph import BREAK, JOIN
from arctos_desk.scheduling.live import Day
from arctos_desk.scheduling.solution import Row, Solution
from arctos_desk.tournament.ids import ref
from arctos_desk.tournament.instants import Instant
from arctos_desk.tournament.kinds import MatchKind, Stage, Status
from arctos_desk.tournament.reasons import Reason
from arctos_desk.tournament.records import Event, Match
from arctos_desk.tournament.tokens import OutcomeSlot, Slot, TagSlot, UnknownSlot
from arctos_desk.tournament.words import Words, say

OVERRIDABLE: Final = frozenset({"TEAM_BUSY", "REFEREE_BUSY"})
"""Reasons that a recorded override sets aside; everything else needs a force start."""

_BESIDE: Final = frozenset({"TEAM_BUSY", "REFEREE_BUSY", "NOT_A_MATCH", "CYCLE"})

STATUS_WORDS: Final = {
    Status.NOT_STARTED: say("Its time is not fixed yet"),
    Status.TIME_FINALIZED: say("Its time is fixed, but it is not ready yet"),
    Status.READY_TO_START: say("It is ready"),
    Status.IN_PROGRESS: say("It is running already"),
    Status.COMPLETED: say("It is over"),
    Status.SKIPPED: say("It is skipped"),
}


def why_not_start(event: Event, solution: Solution, match_id: str, *, now_ms: Instant) -> tuple[Reason, ...]:
    """Every reason against starting this match now; empty means go. Raises KeyError for an unknown match."""
    match = event.matches[match_id]
    row = solution.rows[match_id]
    about = ref("match", match_id)
    if row.status in (Status.COMPLETED, Status.SKIPPED) and match.kind.is_game:
        return (Reason("OVER", STATUS_WORDS[row.status], about),)
    reasons: list[Reason] = []
    if match.field_id is not None:
        for other in event.matches.values():
            if other.field_id == match.field_id and other.id != match_id and other.stage is Stage.LIVE:
                reasons.append(
                    Reason(
                        "FIELD_BUSY",
                        say("{match} is still running on this field", match=other.name),
                        ref("match", other.id),
                    )
                )
    if not match.kind.is_game:
        reasons.append(Reason("NOT_A_MATCH", say("A break is not started; it passes by itself"), about))
        return tuple(reasons)
    if row.status is not Status.READY_TO_START:
        reasons += _not_ready(event, solution, match, row, now_ms)
    reasons += _open_slots(event, match, row)
    if row.status is not Status.READY_TO_START and _waits_for_itself(solution, match_id):
        reasons.append(Reason("CYCLE", say("It waits for itself: look at the warnings of the schedule"), about))
    reasons += _busy_elsewhere(event, solution, match, row)
    return tuple(reasons)


def as_reference(reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """Only what the reference would have said: the first group that fails, without the codes it does not know."""
    busy = tuple(reason for reason in reasons if reason.code == "FIELD_BUSY")
    return busy or tuple(reason for reason in reasons if reason.code not in _BESIDE)


def _not_ready(event: Event, solution: Solution, match: Match, row: Row, now_ms: Instant) -> list[Reason]:
    about = ref("match", match.id)
    reasons = [Reason("STATUS", STATUS_WORDS[row.status], about)]
    if row.status not in (Status.NOT_STARTED, Status.TIME_FINALIZED):
        return reasons
    found = len(reasons)
    previous = None if match.previous_id is None else event.matches.get(match.previous_id)
    if previous is not None and not _is_over(solution, previous, now_ms):
        reasons.append(
            Reason(
                "PREVIOUS_NOT_COMPLETED",
                say("{match} before it on this field is not over", match=previous.name),
                ref("match", previous.id),
            )
        )
    if match.kind is not MatchKind.STATIC:
        pending = unfinished_dependencies(event, solution, match.id, now_ms=now_ms)
        if pending:
            names = tuple(sorted({other.name for other in pending}))
            reasons.append(
                Reason(
                    "DEPENDENCIES_NOT_COMPLETED",
                    say("It waits for {matches}", matches=names),
                    ref("match", pending[0].id),
                )
            )
    for number, slot in enumerate((match.team1, match.team2), 1):
        team = row.team1_id if number == 1 else row.team2_id
        if team is None:
            reason = _open_slot(event, slot, number, "TEAM_TAG_UNASSIGNED", "TEAM_MATCH_PENDING", None)
            if reason is not None:
                reasons.append(reason)
    if len(reasons) == found:
        reasons.append(Reason("NOT_FINALIZED_YET", say("It is not fixed yet"), about))
    return reasons


def _open_slots(event: Event, match: Match, row: Row) -> list[Reason]:
    reasons = []
    if row.team1_id is None or row.team2_id is None:
        reasons.append(Reason("TEAMS_UNDETERMINED", say("Both teams must be known"), ref("match", match.id)))
    for number, (slot, team) in enumerate(zip(match.referees, row.referee_ids, strict=True), 1):
        if slot is not None and team is None:
            reason = _open_slot(event, slot, number, "REF_TAG_UNASSIGNED", "REF_MATCH_PENDING", "REF_UNSET")
            if reason is not None:
                reasons.append(reason)
    return reasons


def _open_slot(
    event: Event, slot: Slot | None, number: int, tag_code: str, match_code: str, unset_code: str | None
) -> Reason | None:
    """Why a slot has no team, None where the reference has no word for it; `number` counts slots from 1."""
    if isinstance(slot, TagSlot):
        tag = event.tags.get(slot.tag_id)
        name = slot.tag_id if tag is None else tag.name
        return Reason(tag_code, say("Tag {tag} stands for no team yet", tag=name, slot=number), ref("tag", slot.tag_id))
    if isinstance(slot, OutcomeSlot):
        source = event.matches.get(slot.match_id)
        if source is None:
            return Reason(match_code, say("The match that decides a team is gone", slot=number))
        return Reason(match_code, _undecided(source, slot, number), ref("match", source.id))
    if isinstance(slot, UnknownSlot) and unset_code is not None:
        return Reason(unset_code, say("{text} is no team that we know", text=slot.text, slot=number))
    return None


def _undecided(source: Match, slot: OutcomeSlot, number: int) -> Words:
    if source.result is not None and source.stage >= Stage.ENDED and source.result.winner is None:
        return say("{match} ended without a winner: say who plays", match=source.name, slot=number)
    if slot.outcome == "winner":
        return say("The winner of {match} is not known yet", match=source.name, slot=number)
    return say("The loser of {match} is not known yet", match=source.name, slot=number)


def _is_over(solution: Solution, match: Match, now_ms: Instant) -> bool:
    if match.kind is MatchKind.STATBREAK:
        return match.planned_ms is not None and match.planned_ms <= now_ms
    row = solution.rows.get(match.id)
    return row is not None and row.status in (Status.COMPLETED, Status.SKIPPED)


def unfinished_dependencies(event: Event, solution: Solution, match_id: str, *, now_ms: Instant) -> list[Match]:
    """What a match still waits for, seen through breaks and joins: matches and static breaks in order of creation."""
    day = solution.day
    if day is None:
        return []
    graph = day.graph
    place = graph.index.get(match_id)
    if place is None:
        return []
    seen: set[int] = set()
    pending = list(day.waits(graph.node[place])) + _cut_of(day, graph.node[place])
    found: set[int] = set()
    while pending:
        n = pending.pop()
        if n in seen:
            continue
        seen.add(n)
        if graph.kind[n] in (BREAK, JOIN):
            pending += day.waits(n)
        elif not _is_over(solution, graph.matches[n], now_ms):
            found.add(n)
    return [event.matches[graph.matches[n].id] for n in sorted(found) if graph.matches[n].id in event.matches]


def _cut_of(day: Day, n: int) -> list[int]:
    return [dep for waiting, dep in day.graph.cut if waiting == n]


def _waits_for_itself(solution: Solution, match_id: str) -> bool:
    day = solution.day
    return day is not None and day.graph.node[day.graph.index[match_id]] in day.graph.cyclic


def _busy_elsewhere(event: Event, solution: Solution, match: Match, row: Row) -> list[Reason]:
    """Teams of this match that play or referee in a running one."""
    running = [other for other in event.matches.values() if other.stage is Stage.LIVE and other.id != match.id]
    if not running:
        return []
    reasons = []
    own = [(team, "TEAM_BUSY") for team in dict.fromkeys((row.team1_id, row.team2_id)) if team is not None]
    own += [(team, "REFEREE_BUSY") for team in dict.fromkeys(row.referee_ids) if team is not None]
    for other in running:
        there = solution.rows.get(other.id)
        if there is None:
            continue
        for team_id, code in own:
            team = event.teams.get(team_id)
            name = team_id if team is None else team.name
            if team_id in (there.team1_id, there.team2_id):
                words = say("{team} is still playing {match}", team=name, match=other.name)
            elif team_id in there.referee_ids:
                words = say("{team} is still refereeing {match}", team=name, match=other.name)
            else:
                continue
            reasons.append(Reason(code, words, ref("match", other.id)))
    return reasons


__all__ = ["OVERRIDABLE", "STATUS_WORDS", "as_reference", "unfinished_dependencies", "why_not_start"]
