"""Every change of a schedule as a pure function: an event goes in, writes come out, or a refusal that lists
every problem.

Nothing here performs a change: `operations` does. A refused edit changes nothing; an accepted one is complete,
chains closed up and references scrubbed. Codes of problems are those of the conformance README.

Decided differences from the reference (scheduling.md, Decisions):
* quirk 3: editing a STATIC keeps its links; `detach=True` takes it out of its chain as the reference always
  does (H074);
* quirk 4: a row that loses the last thing it waits for keeps its plan as a stated one (R907 step 2: M06);
* quirk 5: an edit re-solves; it writes no time that nobody stated (P015);
* quirk 8: a STATIC has no skip condition, also after force start (H060, R907 step 5);
* quirk 9: force start states the displaced match's result like a finish, so its winner is handed on (H092, P014);
* quirk 16: a match that was started or finished is deleted only with consent (H085);
* quirk 21: a match without a length is refused (T32);
* quirk 24: no skip condition means none;
* quirk 26: push back touches plans only, never a real start;
* quirk 27: a break or join is created only behind something, group rows on empty fields excepted (H102).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, tzinfo
from typing import Any, Final, Literal

from arctos_desk.scheduling import chain
from arctos_desk.scheduling.solution import Solution
from arctos_desk.tournament.ids import ref
from arctos_desk.tournament.instants import MINUTE_MS, Instant, from_iso, to_datetime
from arctos_desk.tournament.kinds import Ending, MatchKind, SetType, Side, Stage, Status
from arctos_desk.tournament.reasons import Problem, Refused
from arctos_desk.tournament.records import Event, Match, Result, Tag
from arctos_desk.tournament.registers import CLEAR, Json, Writes, difference, registers_of, result_to_json
from arctos_desk.tournament.tokens import OutcomeSlot, Slot, TagSlot, TeamSlot, UnknownSlot
from arctos_desk.tournament.words import Words, say

STRUCTURAL: Final = frozenset({MatchKind.BREAK, MatchKind.STATBREAK, MatchKind.JOIN})
FORBIDDEN_IN_NAMES: Final = (",", "::", "/")
LONGEST_LENGTH: Final = 7 * 24 * 60
"""Minutes of one row; more is a slip of the finger."""
LATEST: Final = from_iso("2200-01-01")
KIND_CHANGES: Final = frozenset(
    {
        (MatchKind.STATIC, MatchKind.SAFE),
        (MatchKind.STATIC, MatchKind.FAST),
        (MatchKind.SAFE, MatchKind.FAST),
        (MatchKind.BREAK, MatchKind.JOIN),
        (MatchKind.JOIN, MatchKind.BREAK),
        (MatchKind.STATBREAK, MatchKind.BREAK),
    }
)
"""Changes of kind that one row may make (scheduling.md §1.2)."""


class _Kept:
    def __repr__(self) -> str:
        return "KEPT"


KEPT: Final[Any] = _Kept()
"""Stands for "leave as it is" where None means "nothing"."""

NextStage = Callable[[str, Stage], Json]
"""Match and stage -> the stage register's next value; it knows the generation (sync.md §4.4, class D)."""


def first_generation(match_id: str, stage: Stage) -> Json:
    """The stage register of a match that was never taken back."""
    del match_id
    return [0, int(stage)]


# one row
# ---------------------------------------------------------------------------------------------------------------


def create_match(
    event: Event,
    match_id: str,
    *,
    name: str,
    kind: MatchKind = MatchKind.STATIC,
    field_id: str | None = None,
    previous_id: str | None = None,
    planned_ms: Instant | None = None,
    length_min: int | None = None,
    team1: Slot | None = None,
    team2: Slot | None = None,
    referees: Sequence[Slot | None] = (),
    skip_condition: str = "",
    set_type: SetType = SetType.SETS,
    sets: int | None = None,
    stones_per_set: int | None = None,
    ribbon: bool = False,
    group_id: str | None = None,
    mode: str = "",
    rank: int | None = None,
) -> Writes:
    """A new row, put behind `previous_id`. Raises Refused."""
    match = Match(
        id=match_id,
        name=name.strip(),
        kind=kind,
        field_id=field_id,
        planned_ms=None if kind.is_dynamic else planned_ms,
        length_min=0 if kind is MatchKind.JOIN else length_min,
        team1=team1,
        team2=team2,
        referees=tuple(referees),
        skip_condition=skip_condition.strip() if kind.is_dynamic or kind in STRUCTURAL else "",
        set_type=set_type,
        sets=sets,
        stones_per_set=stones_per_set,
        ribbon=ribbon,
        group_id=group_id,
        mode=mode,
        rank=_next_rank(event) if rank is None else rank,
    )
    problems = [*_name_problems(event, match), *_row_problems(event, match, previous_id)]
    problems += _place_problems(event, match, previous_id)
    if problems:
        raise Refused(problems)
    draft = _Draft(event)
    draft.matches[match_id] = match
    if previous_id is not None:
        chain.insert(draft.matches, match_id, previous_id)
    return draft.writes()


def edit_match(
    event: Event,
    solution: Solution,
    match_id: str,
    *,
    now_ms: Instant,
    name: str = KEPT,
    kind: MatchKind = KEPT,
    field_id: str | None = KEPT,
    previous_id: str | None = KEPT,
    planned_ms: Instant | None = KEPT,
    length_min: int | None = KEPT,
    team1: Slot | None = KEPT,
    team2: Slot | None = KEPT,
    referees: Sequence[Slot | None] = KEPT,
    skip_condition: str = KEPT,
    set_type: SetType = KEPT,
    sets: int | None = KEPT,
    stones_per_set: int | None = KEPT,
    ribbon: bool = KEPT,
    group_id: str | None = KEPT,
    mode: str = KEPT,
    detach: bool = False,
) -> Writes:
    """A row changed in what is given; links stay unless `previous_id`, `field_id` or `detach` says otherwise.
    Raises Refused.

    A new name is carried into script texts nowhere: slots hold ids, scripts are the organiser's own words.
    """
    before = _row(event, match_id)
    locked = _locked(event, solution, before, now_ms)
    if locked is not None:
        raise Refused([locked])
    after = before
    given = {
        "name": name if name is KEPT else name.strip(),
        "kind": kind,
        "field_id": field_id,
        "planned_ms": planned_ms,
        "length_min": length_min,
        "team1": team1,
        "team2": team2,
        "referees": referees if referees is KEPT else tuple(referees),
        "skip_condition": skip_condition if skip_condition is KEPT else skip_condition.strip(),
        "set_type": set_type,
        "sets": sets,
        "stones_per_set": stones_per_set,
        "ribbon": ribbon,
        "group_id": group_id,
        "mode": mode,
    }
    changed: dict[str, Any] = {key: value for key, value in given.items() if value is not KEPT}
    after = replace(before, **changed)
    problems: list[Problem] = []
    if after.kind is not before.kind:
        problems += _kind_problems(event, before, after)
        if before.kind is MatchKind.JOIN and length_min is KEPT:
            problems.append(
                _problem("LENGTH", say("{name} needs a length in minutes", name=before.name), place="length")
            )
    if after.kind.is_dynamic:
        if planned_ms is not KEPT and planned_ms != before.planned_ms:
            after = replace(after, planned_ms=before.planned_ms)
    elif after.kind is MatchKind.STATIC:
        after = replace(after, skip_condition="")
    if after.kind is MatchKind.JOIN:
        after = replace(after, length_min=0)
    if after.name != before.name:
        problems += _name_problems(event, after)
    moved = after.field_id != before.field_id
    wanted = before.previous_id if previous_id is KEPT else previous_id
    if previous_id is KEPT and moved:
        wanted = None
    if detach:
        wanted = None
    problems += _row_problems(event, after, wanted)
    problems += _place_problems(event, after, wanted)
    if problems:
        raise Refused(problems)
    draft = _Draft(event)
    draft.matches[match_id] = after
    if wanted is None:
        if before.previous_id is not None or detach or moved:
            chain.detach(draft.matches, match_id)
    elif wanted != before.previous_id or moved:
        if moved:
            chain.detach(draft.matches, match_id)
        chain.insert(draft.matches, match_id, wanted)
    draft.keep_plans(solution)
    return draft.writes()


def delete_match(event: Event, solution: Solution, match_id: str, *, now_ms: Instant, consent: bool = False) -> Writes:
    """A row taken away: its chain closes up, slots that named it say so as plain text. Raises Refused.

    A match that was started or finished is deleted only with `consent`.
    """
    del now_ms
    match = _row(event, match_id)
    if match.stage >= Stage.LIVE and not consent:
        raise Refused(
            [
                Problem(
                    "LOCKED",
                    say("{match} was played; deleting it would lose its result", match=match.name),
                    next_step=say("Delete it with its result, or keep it"),
                    about=ref("match", match_id),
                )
            ]
        )
    draft = _Draft(event)
    draft.delete(match_id)
    draft.keep_plans(solution)
    return draft.writes()


# many rows
# -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Lengths:
    """What a bulk change of lengths did: per row updated, skipped_join, skipped_locked or not_found."""

    writes: Writes
    updated: int
    results: Mapping[str, Literal["updated", "skipped_join", "skipped_locked", "not_found"]]


def bulk_length(
    event: Event, solution: Solution, match_ids: Sequence[str], length_min: int, *, now_ms: Instant
) -> Lengths:
    """One length for many rows; a break stands for all rows of its name. Raises Refused unless it is positive."""
    if not 0 < length_min <= LONGEST_LENGTH:
        raise Refused([_problem("LENGTH", say("A length is at least one minute and at most a week"))])
    draft = _Draft(event)
    results: dict[str, Literal["updated", "skipped_join", "skipped_locked", "not_found"]] = {}
    for match_id in match_ids:
        match = event.matches.get(match_id)
        if match is None:
            results[match_id] = "not_found"
            continue
        rows = [match]
        if match.kind in (MatchKind.BREAK, MatchKind.STATBREAK):
            rows = group(event, match.name)
        for row in rows:
            if row.id in results:
                continue
            if row.kind is MatchKind.JOIN:
                results[row.id] = "skipped_join"
            elif _locked(event, solution, row, now_ms) is not None:
                results[row.id] = "skipped_locked"
            else:
                results[row.id] = "updated"
                draft.matches[row.id] = replace(row, length_min=length_min)
    updated = sum(1 for result in results.values() if result == "updated")
    return Lengths(writes=draft.writes(), updated=updated, results=results)


@dataclass(frozen=True, slots=True, kw_only=True)
class PushedBack:
    """What a push back moved: the anchors, in order of creation."""

    writes: Writes
    moved: tuple[str, ...] = ()


def push_back(
    event: Event,
    solution: Solution,
    minutes: int,
    *,
    now_ms: Instant,
    day: date | None = None,
    zone: tzinfo = UTC,
    fields: Collection[str] | None = None,
) -> PushedBack:
    """Every anchor that has not begun moved by some minutes (negative: earlier); with `day` only those of that
    local day.

    Anchors are STATIC matches and static breaks; everything else follows when it is solved. `fields` narrows further.
    Raises Refused when a match would leave the calendar.
    """
    draft = _Draft(event)
    moved = []
    for match in event.matches.values() if minutes else ():
        if match.kind not in (MatchKind.STATIC, MatchKind.STATBREAK) or match.planned_ms is None:
            continue
        if _locked(event, solution, match, now_ms) is not None:
            continue
        if day is not None and to_datetime(match.planned_ms).astimezone(zone).date() != day:
            continue
        if fields is not None and match.field_id not in fields:
            continue
        planned_ms = match.planned_ms + minutes * MINUTE_MS
        if not 0 <= planned_ms < LATEST:
            raise Refused([_problem("START_INVALID", say("{name} cannot begin then", name=match.name))])
        draft.matches[match.id] = replace(match, planned_ms=planned_ms)
        moved.append(match.id)
    return PushedBack(writes=draft.writes(), moved=tuple(moved))


# the moment
# ------------------------------------------------------------------------------------------------------------


def force_start(
    event: Event,
    solution: Solution,
    match_id: str,
    *,
    team1: Slot | None,
    team2: Slot | None,
    referees: Sequence[Slot | None] = (),
    conflict: Literal["", "skip", "complete"] = "",
    conflict_winner: Side | None = None,
    now_ms: Instant,
    next_stage: NextStage = first_generation,
) -> Writes:
    """Make a match startable now: STATIC, planned now, out of its chain, with these teams. Raises Refused.

    A match that runs on its field is skipped, or completed with `conflict_winner`; the ordinary start follows
    as its own step.
    """
    match = _row(event, match_id)
    problems: list[Problem] = []
    if match.kind in STRUCTURAL:
        problems.append(_problem("TYPE", say("{match} is a break and cannot be started", match=match.name)))
    locked = _locked(event, None, match, now_ms)
    if match.stage >= Stage.LIVE and locked is not None:
        problems.append(locked)
    running = [other for other in running_on(event, match.field_id) if other.id != match_id]
    if running and conflict not in ("skip", "complete"):
        names = tuple(other.name for other in running)
        problems.append(
            _problem(
                "CONFLICT_ACTION_REQUIRED",
                say("{match} is running on this field", match=names),
                say("Say whether it is skipped or completed"),
                about=ref("match", running[0].id),
            )
        )
    elif running and conflict == "complete" and conflict_winner is None:
        problems.append(
            _problem("CONFLICT_WINNER_REQUIRED", say("{match} needs a winner to be completed", match=running[0].name))
        )
    if problems:
        raise Refused(problems)
    teams = [_team_of(event, solution, slot) for slot in (team1, team2)]
    if None in teams:
        raise Refused([_problem("TEAMS_REQUIRED", say("Both teams must be known to start {match}", match=match.name))])
    draft = _Draft(event)
    chain.detach(draft.matches, match_id)
    draft.matches[match_id] = replace(
        draft.matches[match_id],
        kind=MatchKind.STATIC,
        planned_ms=now_ms,
        team1=TeamSlot(teams[0] or ""),
        team2=TeamSlot(teams[1] or ""),
        referees=tuple(referees),
        skip_condition="",
    )
    draft.keep_plans(solution)
    for other in running:
        result = (
            Result(ending=Ending.SKIPPED, winner=None, ended_ms=now_ms)
            if conflict == "skip"
            else Result(ending=Ending.NORMAL, winner=conflict_winner, ended_ms=now_ms)
        )
        draft.also[ref("match", other.id)] = {
            "result": result_to_json(result),
            "stage": next_stage(other.id, Stage.ENDED),
        }
    return draft.writes()


def assign_tag(event: Event, solution: Solution, tag_id: str, team_id: str | None, *, now_ms: Instant) -> Writes:
    """Say which team a tag stands for, None for nobody yet. Raises Refused.

    Matches that have begun keep the team that played: their slots name it from now on (P005 step 6: A1).
    """
    tag = event.tags.get(tag_id)
    problems = []
    if tag is None:
        problems.append(_problem("TAG_UNKNOWN", say("This tag is no longer there")))
    if team_id is not None and team_id not in event.teams:
        problems.append(_problem("TEAM_UNKNOWN", say("This team is not registered here")))
    if problems or tag is None:
        raise Refused(problems)
    draft = _Draft(event)
    for match in event.matches.values():
        if match.stage >= Stage.LIVE:
            draft.matches[match.id] = _pinned(match, solution, {tag_id})
    if team_id is None:
        if tag.team_id is not None:
            draft.also[ref("tag", tag_id)] = {"team": CLEAR}
    elif tag.team_id != team_id:
        draft.also[ref("tag", tag_id)] = {"team": {"team": team_id, "at": now_ms}}
    return draft.writes()


def pin_tags(event: Event, solution: Solution, match_id: str) -> Writes:
    """The slots of a match that stand for tags, written as the teams they stand for now: belongs to a start.

    Winner and loser slots stay: what they wait for must stay known.
    """
    draft = _Draft(event)
    draft.matches[match_id] = _pinned(_row(event, match_id), solution, event.tags.keys())
    return draft.writes()


def _pinned(match: Match, solution: Solution, tag_ids: Collection[str]) -> Match:
    row = solution.rows.get(match.id)
    if row is None:
        return match

    def pin(slot: Slot | None, team_id: str | None) -> Slot | None:
        return TeamSlot(team_id) if isinstance(slot, TagSlot) and slot.tag_id in tag_ids and team_id else slot

    return replace(
        match,
        team1=pin(match.team1, row.team1_id),
        team2=pin(match.team2, row.team2_id),
        referees=tuple(pin(slot, team) for slot, team in zip(match.referees, row.referee_ids, strict=True)),
    )


# breaks and joins over several fields
# ----------------------------------------------------------------------------------


def group(event: Event, name: str) -> list[Match]:
    """The rows of a break, join or static break of this name, in order of creation."""
    return [match for match in event.matches.values() if match.kind in STRUCTURAL and match.name == name]


def create_group(
    event: Event,
    solution: Solution,
    *,
    name: str,
    kind: MatchKind,
    field_ids: Sequence[str],
    new_id: Callable[[], str],
    length_min: int | None = None,
    planned_ms: Instant | None = None,
    previous: Mapping[str, str] | None = None,
) -> Writes:
    """One row per field, at its end or behind the given row; a static break is not chained. Raises Refused."""
    name = name.strip()
    problems: list[Problem] = []
    if kind not in STRUCTURAL:
        problems.append(_problem("TYPE", say("A group is a break, a join or a static break")))
    if not field_ids:
        problems.append(_problem("FIELD_REQUIRED", say("Choose at least one field")))
    rank = _next_rank(event)
    draft = _Draft(event)
    for number, field_id in enumerate(dict.fromkeys(field_ids)):
        match = Match(
            id=new_id(),
            name=name,
            kind=kind,
            field_id=field_id,
            planned_ms=planned_ms if kind is MatchKind.STATBREAK else None,
            length_min=0 if kind is MatchKind.JOIN else length_min,
            rank=rank + number,
        )
        behind = (previous or {}).get(field_id)
        found = [*_name_problems(event, match), *_row_problems(event, match, behind, anchored=True)]
        found += _place_problems(event, match, behind, anchored=True)
        problems += [problem for problem in found if problem.code not in {one.code for one in problems}]
        if problems:
            continue
        if behind is None and kind is not MatchKind.STATBREAK:
            last = chain.tail(event.matches, solution, field_id)
            behind = None if last is None else last.id
        draft.matches[match.id] = match
        if behind is not None and kind is not MatchKind.STATBREAK:
            chain.insert(draft.matches, match.id, behind)
    if not problems and group(event, name):
        problems.append(_problem("NAME_TAKEN", say("{name} exists already", name=name)))
    if problems:
        raise Refused(problems)
    return draft.writes()


def update_group(
    event: Event,
    solution: Solution,
    name: str,
    *,
    now_ms: Instant,
    new_id: Callable[[], str],
    kind: MatchKind = KEPT,
    length_min: int | None = KEPT,
    planned_ms: Instant | None = KEPT,
    field_ids: Sequence[str] = KEPT,
) -> Writes:
    """All rows of a break or join changed; new fields get a row at their end, dropped ones lose it. Raises Refused."""
    rows = group(event, name)
    problems: list[Problem] = []
    if not rows:
        raise Refused([_problem("NOT_FOUND", say("There is no break or join called {name}", name=name))])
    kinds = {row.kind for row in rows}
    if len(kinds) > 1:
        raise Refused([_problem("MIXED", say("{name} is not the same kind on all fields", name=name))])
    old_kind = rows[0].kind
    new_kind = old_kind if kind is KEPT else kind
    for row in rows:
        locked = _locked(event, solution, row, now_ms)
        if locked is not None:
            problems.append(locked)
            break
    if new_kind is not old_kind and {new_kind, old_kind} != {MatchKind.BREAK, MatchKind.JOIN}:
        problems.append(_problem("TYPE_CHANGE", say("Only breaks and joins can be turned into each other as a group")))
    length = rows[0].length_min if length_min is KEPT else length_min
    if new_kind is MatchKind.JOIN:
        length = 0
    elif (
        length is None
        or not 0 <= length <= LONGEST_LENGTH
        or (old_kind is MatchKind.JOIN and new_kind is MatchKind.BREAK and length_min is KEPT)
    ):
        problems.append(_problem("LENGTH", say("{name} needs a length", name=name)))
    start = rows[0].planned_ms if planned_ms is KEPT else planned_ms
    if new_kind is MatchKind.STATBREAK and start is None:
        problems.append(_problem("START_REQUIRED", say("{name} needs a start", name=name)))
    elif start is not None and not 0 <= start < LATEST:
        problems.append(_problem("START_INVALID", say("{name} cannot begin then", name=name)))
    fields = [row.field_id for row in rows] if field_ids is KEPT else list(dict.fromkeys(field_ids))
    if not fields:
        problems.append(_problem("FIELD_REQUIRED", say("Choose at least one field")))
    if any(field_id is not None and field_id not in event.fields for field_id in fields):
        problems.append(_problem("FIELD_UNKNOWN", say("This field is no longer there")))
    if problems:
        raise Refused(problems)
    draft = _Draft(event)
    for row in rows:
        if row.field_id not in fields:
            draft.delete(row.id)
            continue
        draft.matches[row.id] = replace(
            draft.matches[row.id],
            kind=new_kind,
            length_min=row.length_min if length_min is KEPT and new_kind is old_kind else length,
            planned_ms=start if new_kind is MatchKind.STATBREAK else row.planned_ms,
        )
    held = {row.field_id for row in rows}
    rank = _next_rank(event)
    for number, field_id in enumerate(one for one in fields if one not in held and one is not None):
        match = Match(
            id=new_id(),
            name=name,
            kind=new_kind,
            field_id=field_id,
            length_min=length,
            planned_ms=start if new_kind is MatchKind.STATBREAK else None,
            rank=rank + number,
        )
        last = chain.tail(draft.matches, solution, field_id)
        draft.matches[match.id] = match
        if last is not None and new_kind is not MatchKind.STATBREAK:
            chain.insert(draft.matches, match.id, last.id)
    draft.keep_plans(solution)
    return draft.writes()


def delete_group(event: Event, solution: Solution, name: str) -> Writes:
    """Every row of a break or join taken away, its chains closed up. Raises Refused."""
    rows = group(event, name)
    if not rows:
        raise Refused([_problem("NOT_FOUND", say("There is no break or join called {name}", name=name))])
    draft = _Draft(event)
    for row in rows:
        draft.delete(row.id)
    draft.keep_plans(solution)
    return draft.writes()


# looking
# -------------------------------------------------------------------------------------------------------------


def running_on(event: Event, field_id: str | None) -> list[Match]:
    """The matches in progress on a field; rows without a field disturb nobody."""
    if field_id is None:
        return []
    return [match for match in event.matches.values() if match.field_id == field_id and match.stage is Stage.LIVE]


def _row(event: Event, match_id: str) -> Match:
    match = event.matches.get(match_id)
    if match is None:
        raise Refused([_problem("NOT_FOUND", say("This match is no longer there"), say("Look at the board"))])
    return match


def _locked(event: Event, solution: Solution | None, match: Match, now_ms: Instant) -> Problem | None:
    """Why a row can no longer be edited: it has begun, is over or skipped, or its break has begun."""
    del event
    about = ref("match", match.id)
    if match.kind is MatchKind.STATBREAK:
        if match.planned_ms is not None and match.planned_ms <= now_ms:
            return _problem("LOCKED", say("{match} has begun", match=match.name), about=about)
        return None
    if not match.kind.is_game:
        return None
    if match.stage is Stage.LIVE:
        return _problem("LOCKED", say("{match} is running", match=match.name), about=about)
    if match.stage >= Stage.ENDED:
        return _problem("LOCKED", say("{match} is over", match=match.name), about=about)
    row = None if solution is None else solution.rows.get(match.id)
    if row is not None and row.status is Status.SKIPPED:
        return _problem("LOCKED", say("{match} is skipped", match=match.name), about=about)
    return None


def _team_of(event: Event, solution: Solution, slot: Slot | None) -> str | None:
    """The team a slot stands for now."""
    seen: set[str] = set()
    while isinstance(slot, OutcomeSlot) and slot.match_id not in seen:
        seen.add(slot.match_id)
        source = event.matches.get(slot.match_id)
        result = None if source is None else source.result
        if source is None or result is None or result.winner is None or source.stage < Stage.ENDED:
            return None
        side = result.winner if slot.outcome == "winner" else result.winner.other
        slot = source.team1 if side is Side.TEAM1 else source.team2
    if isinstance(slot, TeamSlot):
        return slot.team_id
    if isinstance(slot, TagSlot):
        return solution.tag_teams.get(slot.tag_id)
    return None


# what is wrong
# -------------------------------------------------------------------------------------------------------


def _problem(code: str, words: Words, next_step: Words | None = None, *, about: str = "", place: str = "") -> Problem:
    return Problem(code, words, place=place, next_step=next_step, about=about)


def _name_problems(event: Event, match: Match) -> list[Problem]:
    name = match.name
    if not name:
        return [_problem("NAME_REQUIRED", say("A name is missing"), place="name")]
    problems = []
    if any(part in name for part in FORBIDDEN_IN_NAMES) or any(ord(letter) < 32 for letter in name):
        problems.append(
            _problem("NAME_CHARS", say("{name} must not contain a comma, a slash or ::", name=name), place="name")
        )
    others = [other for other in event.matches.values() if other.name == name and other.id != match.id]
    if match.kind.is_game:
        taken = any(other.kind.is_game for other in others)
    else:
        taken = any(other.kind in STRUCTURAL and other.field_id == match.field_id for other in others)
        if any(other.kind in STRUCTURAL and other.kind is not match.kind for other in others):
            problems.append(
                _problem("NAME_TYPE_CONFLICT", say("{name} is another kind on another field", name=name), place="name")
            )
    if taken:
        problems.append(
            _problem("NAME_TAKEN", say("{name} exists already", name=name), say("Choose another name"), place="name")
        )
    return problems


def _row_problems(event: Event, match: Match, previous_id: str | None, *, anchored: bool = False) -> list[Problem]:
    """What is wrong with a row by itself, whatever its name."""
    problems = []
    name = match.name
    if match.kind in STRUCTURAL:
        if match.team1 is not None or match.team2 is not None or any(slot is not None for slot in match.referees):
            problems.append(_problem("STRUCTURAL_TEAMS", say("{name} is a break and has no teams", name=name)))
        if match.skip_condition:
            problems.append(_problem("STRUCTURAL_SKIP", say("{name} is a break and has no skip condition", name=name)))
        if match.field_id is None:
            problems.append(_problem("FIELD_REQUIRED", say("{name} needs a field", name=name), place="field"))
    if match.planned_ms is not None and not 0 <= match.planned_ms < LATEST:
        problems.append(_problem("START_INVALID", say("{name} cannot begin then", name=name), place="start"))
    if match.length_min is None or not 0 <= match.length_min <= LONGEST_LENGTH:
        problems.append(_problem("LENGTH", say("{name} needs a length in minutes", name=name), place="length"))
    if match.kind is MatchKind.STATBREAK and match.planned_ms is None:
        problems.append(_problem("START_REQUIRED", say("{name} needs a start", name=name), place="start"))
    if match.kind.is_dynamic and previous_id is None and not anchored:
        problems.append(
            _problem(
                "PREVIOUS_REQUIRED",
                say("{name} needs a match before it on its field", name=name),
                say("Choose what comes before it, or make it a match at a fixed time"),
                place="previous",
            )
        )
    for slot in (match.team1, match.team2, *match.referees):
        if isinstance(slot, OutcomeSlot) and slot.match_id not in event.matches:
            problems.append(_problem("MATCH_UNKNOWN", say("A slot names a match that is not there"), place="teams"))
        elif isinstance(slot, TagSlot) and slot.tag_id not in event.tags:
            problems.append(_problem("TAG_UNKNOWN", say("A slot names a tag that is not there"), place="teams"))
    return problems


def _place_problems(event: Event, match: Match, previous_id: str | None, *, anchored: bool = False) -> list[Problem]:
    """What is wrong with the field and the row before."""
    del anchored
    problems = []
    if match.field_id is not None and match.field_id not in event.fields:
        problems.append(_problem("FIELD_UNKNOWN", say("This field is no longer there"), place="field"))
    if previous_id is not None:
        previous = event.matches.get(previous_id)
        if previous is None or previous_id == match.id:
            problems.append(
                _problem(
                    "PREVIOUS_UNKNOWN", say("The match before {name} is not there", name=match.name), place="previous"
                )
            )
        elif previous.field_id != match.field_id:
            problems.append(
                _problem(
                    "PREVIOUS_FIELD",
                    say("{previous} is on another field than {name}", previous=previous.name, name=match.name),
                    place="previous",
                )
            )
    return problems


def _kind_problems(event: Event, before: Match, after: Match) -> list[Problem]:
    if (before.kind, after.kind) not in KIND_CHANGES:
        return [
            _problem(
                "TYPE_CHANGE",
                say(
                    "{name} cannot change from {before} to {after}",
                    name=before.name,
                    before=before.kind,
                    after=after.kind,
                ),
                place="kind",
            )
        ]
    if before.kind in STRUCTURAL and len(group(event, before.name)) > 1:
        return [
            _problem(
                "GROUP",
                say("{name} lies on several fields", name=before.name),
                say("Change the break on all its fields at once"),
                place="kind",
            )
        ]
    return []


def _next_rank(event: Event) -> int:
    return max((match.rank for match in event.matches.values()), default=0) + 1


# a working copy
# ------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Draft:
    """The matches of an event while they are being changed, and what has to be written beside them."""

    event: Event
    matches: dict[str, Match] = field(init=False)
    also: dict[str, dict[str, Json]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.matches = dict(self.event.matches)

    def delete(self, match_id: str) -> None:
        """Take a row away with its points; what referred to it keeps its name as text."""
        gone = chain.remove(self.matches, match_id)

        def scrub(slot: Slot | None) -> Slot | None:
            if isinstance(slot, OutcomeSlot) and slot.match_id == match_id:
                return UnknownSlot(f"{gone.name}::{slot.outcome}")
            return slot

        for match in list(self.matches.values()):
            slots = (match.team1, match.team2, *match.referees)
            if any(isinstance(slot, OutcomeSlot) and slot.match_id == match_id for slot in slots):
                self.matches[match.id] = replace(
                    match,
                    team1=scrub(match.team1),
                    team2=scrub(match.team2),
                    referees=tuple(scrub(slot) for slot in match.referees),
                )
        for point in self.event.points.values():
            if point.match_id == match_id:
                self.also[ref("point", point.id)] = {"archived": True}

    def keep_plans(self, solution: Solution) -> None:
        """State the plan of every dynamic row that has lost the last thing it waited for (quirk 4)."""
        for match in list(self.matches.values()):
            before = self.event.matches.get(match.id)
            if before is None or not match.kind.is_dynamic or _waits(match, self.matches):
                continue
            row = solution.rows.get(match.id)
            if row is not None and row.plan_ms is not None and _waits(before, self.event.matches):
                self.matches[match.id] = replace(match, planned_ms=row.plan_ms)

    def writes(self) -> Writes:
        """Everything that changed, as register writes."""
        written: dict[str, dict[str, Json]] = {}
        for match_id, match in self.matches.items():
            before = self.event.matches.get(match_id)
            if before is None:
                written[ref("match", match_id)] = registers_of(match)
            elif before is not match:
                changed = difference(before, match)
                if changed:
                    written[ref("match", match_id)] = changed
        for match_id in self.event.matches:
            if match_id not in self.matches:
                written[ref("match", match_id)] = {"archived": True}
        for reference, values in self.also.items():
            written.setdefault(reference, {}).update(values)
        return written


def _waits(match: Match, matches: Mapping[str, Match]) -> bool:
    """Whether a row waits for anything by its chain or its slots."""
    if match.previous_id is not None and match.previous_id in matches:
        return True
    slots: Iterable[Slot | None] = (match.team1, match.team2, *match.referees)
    return any(isinstance(slot, OutcomeSlot) and slot.match_id in matches for slot in slots)


__all__ = [
    "KEPT",
    "KIND_CHANGES",
    "Lengths",
    "PushedBack",
    "Tag",
    "assign_tag",
    "bulk_length",
    "create_group",
    "create_match",
    "delete_group",
    "delete_match",
    "edit_match",
    "force_start",
    "group",
    "pin_tags",
    "push_back",
    "running_on",
    "update_group",
]
