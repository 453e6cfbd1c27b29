"""What rests on an entry that is to be taken back: facts stated since, records that name what would be gone, skips.

A pure comparison of the event as it is with the event as it would be. Refuses nothing by itself, except what would
leave an event that no command could have made: two matches on one field, two records of one name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from arctos_desk.ass.naming import tag_places, variable_places
from arctos_desk.operations.state import State, as_if_written
from arctos_desk.operations.uses import scripts_of
from arctos_desk.scheduling.solution import Row, Solution
from arctos_desk.scheduling.solve import solve
from arctos_desk.tournament.ids import id_of, kind_of, ref
from arctos_desk.tournament.instants import Instant
from arctos_desk.tournament.kinds import Stage, Status
from arctos_desk.tournament.reasons import Problem, Reason
from arctos_desk.tournament.records import Event, Match, Tag
from arctos_desk.tournament.registers import COLLECTIONS, Writes
from arctos_desk.tournament.tokens import OutcomeSlot, Slot, TagSlot, TeamSlot
from arctos_desk.tournament.words import Words, say, say_n


def rests_on(state: State, writes: Writes, *, now_ms: Instant, changed: Collection[str] = ()) -> tuple[Reason, ...]:
    """What people would have to look at again after these writes; `changed` are the records that would go, and
    were worked on since they were made.

    Matches begun or confirmed whose sides or referees would be others, points without a match, records that name what
    would be gone, rows that are skipped or not because of it, scripts that could no longer be read.
    """
    before = state.event
    after = as_if_written(state, writes)
    solution = solve(after, now_ms=now_ms)
    return (
        *_played(state, after, solution, changed),
        *_points_left(state, after),
        *_worked_on_since(state, changed),
        *_named(before, after),
        *_named_in_scripts(before, after),
        *_skips(state, solution),
        *_scripts(state, solution),
    )


def broken_by(state: State, writes: Writes) -> tuple[Problem, ...]:
    """What would be wrong after these writes that is right now, and cannot be left to consent."""
    before, after = state.event, as_if_written(state, writes)
    return (*_two_on_one_field(before, after), *_two_of_one_name(before, after), *_torn_chains(before, after))


def _played(state: State, after: Event, solution: Solution, changed: Collection[str]) -> Iterator[Reason]:
    for match_id, row in state.solution.rows.items():
        now, later = state.event.matches[match_id], after.matches.get(match_id)
        if now.stage < Stage.LIVE or (later is not None and later.stage < Stage.LIVE):
            continue
        if later is None and ref("match", match_id) not in changed:
            continue  # it came with its result, and goes with it
        words = _played_words(now, later, row, solution.rows.get(match_id))
        if words is not None:
            yield Reason("RESTS_ON", words, ref("match", match_id))


def _played_words(now: Match, later: Match | None, row: Row, row_later: Row | None) -> Words | None:
    if later is None or row_later is None:
        return say("{match} has been played", match=now.name)
    if (row.team1_id, row.team2_id) != (row_later.team1_id, row_later.team2_id):
        if now.stage >= Stage.CONFIRMED:
            return say("The result of {match} is confirmed for teams that follow from this", match=now.name)
        return say("{match} was started with teams that follow from this", match=now.name)
    if row.referee_ids != row_later.referee_ids:
        return say("{match} was started with referees that follow from this", match=now.name)
    return None


def _points_left(state: State, after: Event) -> Iterator[Reason]:
    for match_id, points in state.points_of.items():
        now, later = state.event.matches.get(match_id), after.matches.get(match_id)
        if now is None or now.stage < Stage.LIVE or (later is not None and later.stage >= Stage.LIVE):
            continue
        if any(point.id in after.points for point in points):
            yield Reason(
                "POINTS_REST_ON", say("Points of {match} were recorded since", match=now.name), ref("match", match_id)
            )


def _worked_on_since(state: State, changed: Collection[str]) -> Iterator[Reason]:
    """Records that would go although somebody has worked on them since they were made."""
    for reference in changed:
        folded = state.folded.get(reference)
        name = "" if folded is None else folded.values().get("name", "")
        match = state.event.matches.get(id_of(reference)) if kind_of(reference) == "match" else None
        if name and (match is None or match.stage < Stage.LIVE):
            yield Reason("CHANGED_SINCE", say("{name} was changed since", name=name), reference)


def _named(before: Event, after: Event) -> Iterator[Reason]:
    """Records that would name something that is gone, and do not today."""
    gone = {
        ref(kind, record_id): getattr(record, "name", "")
        for kind, collection in COLLECTIONS.items()
        for record_id, record in getattr(before, collection).items()
        if record_id not in getattr(after, collection)
    }
    if not gone:
        return
    for tag in after.tags.values():
        for reference in _names_of_tag(tag) & gone.keys():
            yield _still_named(tag.name, gone[reference], ref("tag", tag.id))
    on_rosters = Counter(ref("team", player.team_id) for player in after.players.values() if player.team_id)
    for reference in sorted(on_rosters.keys() & gone.keys()):
        words = say_n(
            "One player is on the roster of {team}",
            "{count} players are on the roster of {team}",
            on_rosters[reference],
            team=gone[reference],
        )
        yield Reason("NAMED", words, reference)
    for match in after.matches.values():
        for reference in sorted(_names_of_match(match) & gone.keys()):
            yield _still_named(match.name, gone[reference], ref("match", match.id))


def _named_in_scripts(before: Event, after: Event) -> Iterator[Reason]:
    """Scripts that would name a tag or variable that is gone, or that has another name."""
    for kind, places in (("tag", tag_places), ("variable", variable_places)):
        names = {one.name for one in getattr(after, COLLECTIONS[kind]).values()}
        gone = sorted({one.name for one in getattr(before, COLLECTIONS[kind]).values()} - names)
        for name in gone:
            for script in scripts_of(after):
                if places(script.text, name):
                    yield _still_named(script.owner, name, script.reference)


def _still_named(one: str, other: str, about: str) -> Reason:
    return Reason("NAMED", say("{one} still names {other}", one=one, other=other), about)


def _names_of_tag(tag: Tag) -> set[str]:
    return set() if tag.team_id is None else {ref("team", tag.team_id)}


def _names_of_match(match: Match) -> set[str]:
    named = {_name_in(slot) for slot in (match.team1, match.team2, *match.referees)}
    named |= {
        ref(kind, record_id)
        for kind, record_id in (("field", match.field_id), ("match", match.previous_id), ("group", match.group_id))
        if record_id is not None
    }
    if match.start is not None and match.start.head_ref:
        named.add(ref("person", match.start.head_ref))
    return named - {""}


def _name_in(slot: Slot | None) -> str:
    match slot:
        case TeamSlot(team_id):
            return ref("team", team_id)
        case TagSlot(tag_id):
            return ref("tag", tag_id)
        case OutcomeSlot(match_id):
            return ref("match", match_id)
    return ""


def _skips(state: State, solution: Solution) -> Iterator[Reason]:
    """Rows that nobody has begun and that are skipped because of this, or would be."""
    for match_id, row in state.solution.rows.items():
        later = solution.rows.get(match_id)
        match = state.event.matches[match_id]
        if later is None or match.stage >= Stage.LIVE:
            continue
        if (row.status is Status.SKIPPED) is not (later.status is Status.SKIPPED):
            words = (
                say("{match} is skipped because of this, and would be played", match=match.name)
                if row.status is Status.SKIPPED
                else say("{match} would be skipped", match=match.name)
            )
            yield Reason("SKIP_RESTS_ON", words, ref("match", match_id))


def _scripts(state: State, solution: Solution) -> Iterator[Reason]:
    known = {(finding.code, finding.about) for finding in state.solution.problems}
    for finding in solution.problems:
        if (finding.code, finding.about) not in known:
            yield Reason("SCRIPT_RESTS_ON", finding.words, finding.about[0] if finding.about else "")


def _two_on_one_field(before: Event, after: Event) -> Iterator[Problem]:
    was = _running(before)
    for field_id, matches in _running(after).items():
        known = {match.id for match in was.get(field_id, ())}
        if len(matches) > max(1, len(known)):
            there = next((match for match in matches if match.id in known), matches[0])
            yield Problem(
                "FIELD_BUSY",
                say("{match} runs on this field", match=there.name),
                next_step=say("Finish it first, or correct the result without reopening"),
                about=ref("match", there.id),
            )


def _running(event: Event) -> Mapping[str, list[Match]]:
    found: dict[str, list[Match]] = {}
    for match in event.matches.values():
        if match.stage is Stage.LIVE and match.field_id is not None:
            found.setdefault(match.field_id, []).append(match)
    return found


def _two_of_one_name(before: Event, after: Event) -> Iterator[Problem]:
    was = Counter(_title(kind, record) for kind, record in _named_records(before))
    for (kind, name, place), count in Counter(_title(kind, record) for kind, record in _named_records(after)).items():
        if count > 1 and was[kind, name, place] < count:
            yield Problem(
                "NAME_TAKEN",
                say("{name} is there already", name=name),
                next_step=say("Rename one of them first"),
                place=name,
            )


def _torn_chains(before: Event, after: Event) -> Iterator[Problem]:
    for match in after.matches.values():
        if _lies_apart(after, match) and not _lies_apart(before, before.matches.get(match.id)):
            previous = after.matches[match.previous_id or ""]
            yield Problem(
                "PREVIOUS_FIELD",
                say("{previous} is on another field than {name}", previous=previous.name, name=match.name),
                next_step=say("Move it first"),
                about=ref("match", match.id),
            )


def _lies_apart(event: Event, match: Match | None) -> bool:
    """Whether the row before a row lies on another field."""
    previous = None if match is None else event.matches.get(match.previous_id or "")
    return match is not None and previous is not None and previous.field_id != match.field_id


def _named_records(event: Event) -> Iterator[tuple[str, Any]]:
    for kind in ("team", "field", "tag", "variable", "group", "mode", "penalty_type", "match"):
        for record in getattr(event, COLLECTIONS[kind]).values():
            yield kind, record


def _title(kind: str, record: Any) -> tuple[str, str, str]:
    """What must be there once: games by name, breaks and joins by name and field (arctos.md §1.18)."""
    if isinstance(record, Match) and not record.kind.is_game:
        return kind, record.name, record.field_id or ""
    return kind, record.name, "game" if isinstance(record, Match) else ""
