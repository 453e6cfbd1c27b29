"""The chain of a field: each row names the row before it; who comes next is derived from that. Moves rows,
times none.

Only `previous` is stored. The successor of a row is the row whose `previous` points to it; when several do
(after imports), the one on the same field that was created first. Detaching a row closes its chain up; putting
a row after another opens it. All functions change the mutable mapping they are given: a working copy of the
matches of an event.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from dataclasses import replace

from arctos_desk.scheduling.solution import Solution
from arctos_desk.tournament.records import Match

Matches = MutableMapping[str, Match]


def successors(matches: Mapping[str, Match], match_id: str) -> list[Match]:
    """Every row whose `previous` points here, rows of the same field first, else in order of creation."""
    field_id = matches[match_id].field_id if match_id in matches else None
    found = [match for match in matches.values() if match.previous_id == match_id and match.id != match_id]
    return sorted(found, key=lambda match: (match.field_id != field_id, match.rank, match.id))


def successor(matches: Mapping[str, Match], match_id: str) -> Match | None:
    """The row that comes next on the field."""
    found = successors(matches, match_id)
    return found[0] if found else None


def detach(matches: Matches, match_id: str) -> None:
    """Take a row out of its chain; its successor moves up behind its old predecessor."""
    match = matches[match_id]
    following = successor(matches, match_id)
    if following is not None:
        matches[following.id] = replace(following, previous_id=_not_itself(following.id, match.previous_id))
    if match.previous_id is not None:
        matches[match_id] = replace(match, previous_id=None)


def insert(matches: Matches, match_id: str, previous_id: str) -> None:
    """Put a row behind another, whose old successor comes behind this one. No-op for itself or an unknown row."""
    if previous_id == match_id or previous_id not in matches:
        return
    detach(matches, match_id)
    following = [match for match in successors(matches, previous_id) if match.id != match_id]
    same_field = [match for match in following if match.field_id == matches[match_id].field_id]
    if same_field:
        matches[same_field[0].id] = replace(same_field[0], previous_id=match_id)
    matches[match_id] = replace(matches[match_id], previous_id=previous_id)


def remove(matches: Matches, match_id: str) -> Match:
    """Delete a row; every row that pointed to it now points to the row before it."""
    gone = matches.pop(match_id)
    for match in [match for match in matches.values() if match.previous_id == match_id]:
        matches[match.id] = replace(match, previous_id=_not_itself(match.id, gone.previous_id))
    return gone


def tail(matches: Mapping[str, Match], solution: Solution, field_id: str) -> Match | None:
    """The last row of a field: of the rows nobody follows the one planned latest (rows without a time come
    first, then ids).

    A detached STATIC far later in the day counts as the tail, as in the reference (scheduling.md §2).
    """
    followed = {match.previous_id for match in matches.values()}
    last = [match for match in matches.values() if match.field_id == field_id and match.id not in followed]

    def when(match: Match) -> tuple[bool, int, str]:
        row = solution.rows.get(match.id)
        moment = match.planned_ms if row is None else row.plan_ms if row.plan_ms is not None else row.live_ms
        return moment is not None, moment or 0, match.id

    return max(last, key=when, default=None)


def _not_itself(match_id: str, previous_id: str | None) -> str | None:
    return None if previous_id == match_id else previous_id
