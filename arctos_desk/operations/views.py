"""What screens, files and the site read: frozen rows made from one state. Words are not in any language yet; nothing
is written.

A text that people typed is `str`; a text that we say is `Words`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date, datetime, timedelta
from operator import is_not
from typing import Final
from zoneinfo import ZoneInfo

from arctos_desk.matches.beat import stones_left, stones_used
from arctos_desk.matches.endings import ending_name
from arctos_desk.matches.score import SetScore, open_point, proposed_winner, score_by_set
from arctos_desk.operations.acting import Acting
from arctos_desk.operations.labels import words_from_json
from arctos_desk.operations.reduce import touched
from arctos_desk.operations.state import State
from arctos_desk.operations.undo import REDO, UNDO, line_of
from arctos_desk.operations.why_not_start import only_overridable, why_not_start
from arctos_desk.operations.zones import zone_of
from arctos_desk.scheduling import forecast as forecasts
from arctos_desk.scheduling.solution import Row
from arctos_desk.tournament.instants import MINUTE_MS, Instant, from_datetime, to_datetime
from arctos_desk.tournament.kinds import MatchKind, Role, SetType, Side, Stage, Status
from arctos_desk.tournament.reasons import Reason
from arctos_desk.tournament.records import Event, Match, Point, Result
from arctos_desk.tournament.registers import CLEAR, Json, result_from_json
from arctos_desk.tournament.tokens import OutcomeSlot, Slot, TagSlot, TeamSlot, UnknownSlot
from arctos_desk.tournament.words import Words, say
from arctos_desk.wire.operation import STREAM_OPEN, Operation

Text = str | Words

_ROLES: Final = frozenset(Role)
_BEGUN: Final = frozenset({Status.IN_PROGRESS, Status.COMPLETED, Status.SKIPPED})


@dataclass(frozen=True, slots=True, kw_only=True)
class SideView:
    """A team or referee slot: what to show, whether it is a known team yet, whether that team won."""

    text: Text
    team_id: str | None = None
    winner: bool = False
    token: Text = ""

    @property
    def known(self) -> bool:
        return self.team_id is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockView:
    """One row on the board.

    `shown_from_ms` .. `shown_to_ms` is the planned interval or the real one, whichever is earlier at each end;
    `real_*` is what happened or is estimated. `expected_ms` is the forecast start, never before now. `late_min` is
    real or expected start against the plan, negative when early.
    """

    match_id: str
    name: str
    field_id: str | None
    kind: MatchKind
    status: Status
    shown_from_ms: Instant | None
    shown_to_ms: Instant | None
    real_from_ms: Instant | None
    real_to_ms: Instant | None
    plan_ms: Instant | None
    plan_to_ms: Instant | None
    live_ms: Instant | None
    expected_ms: Instant | None
    expected_to_ms: Instant | None
    late_min: int
    length_min: int
    sides: tuple[SideView, ...] = ()
    referees: tuple[SideView, ...] = ()
    sets: tuple[SetScore, ...] = ()
    score_text: str = ""
    ending: Words | None = None
    ribbon: bool = False
    disputed: bool = False
    group: str = ""
    mode: str = ""
    in_cycle: bool = False

    @property
    def is_game(self) -> bool:
        return self.kind.is_game


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldView:
    """A pitch: how late it is (minutes, negative early), and what runs on it."""

    field_id: str
    name: str
    late_min: int
    running: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayView:
    """One local day with matches: its first instant, and the first and last shown minute."""

    starts_ms: Instant
    ends_ms: Instant
    first_ms: Instant
    last_ms: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamView:
    """A team for choosing and colouring."""

    team_id: str
    name: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardView:
    """The whole board. Blocks are in order of field and shown time."""

    event_name: str
    zone: str
    now_ms: Instant
    fields: tuple[FieldView, ...]
    blocks: tuple[BlockView, ...]
    days: tuple[DayView, ...]
    teams: tuple[TeamView, ...]
    late_min: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PointView:
    """One point in the table of a match; `stones` is what it used so far."""

    point_id: str
    number: int
    set_number: int
    start_ms: Instant
    end_ms: Instant | None
    stones: int
    winner: Side | None
    rerun: bool
    note: str
    versions: bool = False

    @property
    def running(self) -> bool:
        return self.end_ms is None


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchView:
    """A match as its desk sees it. `why_not` is every reason against starting it; empty means go."""

    block: BlockView
    field_name: str
    stage: Stage
    points: tuple[PointView, ...]
    score: tuple[int, int]
    set_score: tuple[int, int]
    current_set: int
    proposed: Side | None
    started_ms: Instant | None
    ended_ms: Instant | None
    stones_left: int | None
    stones_per_set: int | None
    why_not: tuple[Reason, ...]
    may_override: bool
    initial_note: str
    final_note: str
    versions: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayView:
    """One field's day: the match that runs or comes next, the one before it, and what follows."""

    event_name: str
    zone: str
    now_ms: Instant
    fields: tuple[FieldView, ...]
    field: FieldView | None
    current: MatchView | None
    last: BlockView | None
    following: tuple[BlockView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalLine:
    """One operation in words: what, when, who, on which laptop, why; and whether it was taken back."""

    operation: str
    order: tuple[str, str, int]
    at_ms: Instant
    label: Words
    kind: str
    actor: str
    role: Role | None
    device: str
    own_device: bool
    reason: str
    taken_back: bool
    can_undo: bool
    about: tuple[str, ...]


def slot_text(event: Event, slot: Slot | None) -> Text:
    """What stands in a slot, from names: a team, a tag, the winner or loser of a match."""
    match slot:
        case TeamSlot(team_id):
            team = event.teams.get(team_id)
            return team.name if team is not None else say("unknown team")
        case TagSlot(tag_id):
            tag = event.tags.get(tag_id)
            return tag.name if tag is not None else say("unknown tag")
        case OutcomeSlot(match_id, outcome):
            match_ = event.matches.get(match_id)
            name = match_.name if match_ is not None else "?"
            return say("Winner of {match}", match=name) if outcome == "winner" else say("Loser of {match}", match=name)
        case UnknownSlot(text):
            return text
        case _:
            return say("open")


def side_view(event: Event, slot: Slot | None, team_id: str | None, *, winner: bool = False) -> SideView:
    """A slot with whoever it stands for now."""
    token = slot_text(event, slot)
    team = event.teams.get(team_id) if team_id is not None else None
    if team is None:
        return SideView(text=token, token=token)
    return SideView(text=team.name, team_id=team.id, winner=winner, token="" if isinstance(slot, TeamSlot) else token)


def late_min(state: State, *, now_ms: Instant) -> int:
    """How late the latest field is, in minutes: what the board says of the whole day, without the board."""
    expected = forecasts.forecast(state.event, state.solution, now_ms=now_ms)
    return max((field.late_min for field in _fields(state, expected)), default=0)


@dataclass(slots=True, eq=False)
class KeptBlocks:
    """The blocks that one screen was given, each with all it was made from: of many matches a result changes few.

    Belongs to whoever asks again and again, and never decides what a block says.
    """

    _names: tuple[object, ...] = ()
    _made: dict[str, tuple[Match, Row, forecasts.Forecast | None, tuple[Point, ...], BlockView]] = dataclass_field(
        default_factory=dict
    )

    def blocks(self, state: State, expected: Mapping[str, forecasts.Forecast]) -> list[BlockView]:
        """The blocks of all matches in order of creation; those of which nothing changed are the very same objects."""
        event = state.event
        matches = event.matches.values()
        names = (list(event.matches), [one.name for one in matches])
        about = (event.teams, event.tags, event.groups)
        if len(self._names) != 4 or self._names[3] != names or any(map(is_not, about, self._names)):
            self._names = (*about, names)
            self._made.clear()
        made, rows, points_of, in_cycle = self._made, state.solution.rows, state.points_of, state.solution.in_cycle
        blocks: list[BlockView] = []
        for match in matches:
            match_id = match.id
            row, guess, points = rows[match_id], expected.get(match_id), points_of.get(match_id, ())
            before = made.get(match_id)
            if (
                before is not None
                and before[0] is match
                and before[3] is points
                and (before[1] is row or before[1] == row)
                and before[2] == guess
                and before[4].in_cycle is (match_id in in_cycle)
            ):
                blocks.append(before[4])
                continue
            block = block_view(state, match, expected)
            made[match_id] = (match, row, guess, points, block)
            blocks.append(block)
        return blocks


def board_view(state: State, *, now_ms: Instant, kept: KeptBlocks | None = None) -> BoardView:
    """Everything the board shows. Whoever asks often gives what it keeps of the last answer."""
    event = state.event
    expected = forecasts.forecast(event, state.solution, now_ms=now_ms)
    blocks = (KeptBlocks() if kept is None else kept).blocks(state, expected)
    rank = {field_id: index for index, field_id in enumerate(event.fields)}
    blocks.sort(key=lambda one: (rank.get(one.field_id or "", len(rank)), *_when(one.shown_from_ms), one.name))
    fields = _fields(state, expected)
    return BoardView(
        event_name=event.info.name,
        zone=event.info.zone,
        now_ms=now_ms,
        fields=fields,
        blocks=tuple(blocks),
        days=_days(blocks, event.info.zone),
        teams=tuple(TeamView(team_id=team.id, name=team.name, key=team.key) for team in event.teams.values()),
        late_min=max((field.late_min for field in fields), default=0),
    )


def block_view(state: State, match: Match, expected: Mapping[str, forecasts.Forecast]) -> BlockView:
    """One row of the board."""
    event, row = state.event, state.solution.rows[match.id]
    length_ms = row.length_min * MINUTE_MS
    plan_from = row.plan_ms if row.plan_ms is not None else row.live_ms
    plan_to = None if plan_from is None else plan_from + length_ms
    real_from, real_to = _real(row)
    guess = expected.get(match.id)
    over = row.status in (Status.COMPLETED, Status.SKIPPED)
    start = real_from if row.real_start_ms is not None or guess is None or over else guess.start_ms
    late = 0 if start is None or row.plan_ms is None or row.status is Status.SKIPPED else start - row.plan_ms
    sets = score_by_set(state.points_of.get(match.id, ()))
    won = None if match.result is None else match.result.winner
    shown_from, shown_to = _earlier(plan_from, real_from), _earlier(plan_to, real_to)
    if shown_from is not None and shown_to is not None:
        shown_to = max(shown_from, shown_to)  # two laptops may disagree by more than a match takes
    sides: tuple[SideView, ...] = ()
    if match.kind.is_game:
        sides = (
            side_view(event, match.team1, row.team1_id, winner=won is Side.TEAM1),
            side_view(event, match.team2, row.team2_id, winner=won is Side.TEAM2),
        )
    group = event.groups.get(match.group_id or "")
    return BlockView(
        match_id=match.id,
        name=match.name,
        field_id=match.field_id,
        kind=match.kind,
        status=row.status,
        shown_from_ms=shown_from,
        shown_to_ms=shown_to,
        real_from_ms=real_from,
        real_to_ms=real_to,
        plan_ms=row.plan_ms,
        plan_to_ms=plan_to,
        live_ms=row.live_ms,
        expected_ms=None if guess is None else guess.start_ms,
        expected_to_ms=None if guess is None else guess.end_ms,
        late_min=_minutes(late),
        length_min=row.length_min,
        sides=sides,
        referees=tuple(
            side_view(event, slot, team_id)
            for slot, team_id in zip(match.referees, row.referee_ids, strict=False)
            if slot is not None
        ),
        sets=sets,
        score_text=_score_text(match, sets),
        ending=_ending(match.result),
        ribbon=match.ribbon,
        disputed=match.disputed,
        group="" if group is None else group.name,
        mode=match.mode,
        in_cycle=match.id in state.solution.in_cycle,
    )


def _real(row: Row) -> tuple[Instant | None, Instant | None]:
    """From when to when a match was, or is estimated to be."""
    start = row.real_start_ms if row.real_start_ms is not None else row.live_ms
    if row.real_end_ms is not None:
        return start, row.real_end_ms
    return start, None if start is None else start + row.length_min * MINUTE_MS


def match_view(state: State, match_id: str, acting: Acting, *, now_ms: Instant) -> MatchView | None:
    """A match as its desk sees it; None when it is gone."""
    match = state.event.matches.get(match_id)
    if match is None:
        return None
    return _match(state, match, acting, forecasts.forecast(state.event, state.solution, now_ms=now_ms), now_ms)


def _match(
    state: State, match: Match, acting: Acting, expected: Mapping[str, forecasts.Forecast], now_ms: Instant
) -> MatchView:
    match_id = match.id
    block = block_view(state, match, expected)
    points = state.points_of.get(match_id, ())
    current_set = points[-1].set_number if points else 1
    of_set = [one for one in points if one.set_number == current_set]
    counted = next((one for one in block.sets if one.number == current_set), None)
    stones = None
    if match.set_type is SetType.STONES and match.start is not None:
        stones = match.stones_remaining
        if open_point(points) is not None and stones is not None:
            stones = stones_left(of_set[-1:], stones, now_ms)
    reasons = () if match.stage >= Stage.LIVE else why_not_start(state, match_id, acting, now_ms=now_ms)
    field = state.event.fields.get(match.field_id or "")
    leaders = [one.leader for one in block.sets]
    return MatchView(
        block=block,
        field_name="" if field is None else field.name,
        stage=match.stage,
        points=tuple(
            PointView(
                point_id=point.id,
                number=number,
                set_number=point.set_number,
                start_ms=point.start_ms,
                end_ms=point.end_ms,
                stones=stones_used(point, now_ms),
                winner=point.winner,
                rerun=point.rerun,
                note=point.note,
                versions=_has_versions(state, f"point/{point.id}"),
            )
            for number, point in enumerate(points, start=1)
        ),
        score=(0, 0) if counted is None else (counted.team1, counted.team2),
        set_score=(leaders.count(Side.TEAM1), leaders.count(Side.TEAM2)),
        current_set=current_set,
        proposed=proposed_winner(points),
        started_ms=None if match.start is None else match.start.at_ms,
        ended_ms=None if match.result is None else match.result.ended_ms,
        stones_left=stones,
        stones_per_set=match.stones_per_set,
        why_not=reasons,
        may_override=bool(reasons) and only_overridable(reasons),
        initial_note=match.initial_note,
        final_note=match.final_note,
        versions=_versions(state, match),
    )


def today_view(state: State, field_id: str, acting: Acting, *, now_ms: Instant) -> TodayView:
    """One field's day."""
    event = state.event
    expected = forecasts.forecast(event, state.solution, now_ms=now_ms)
    fields = _fields(state, expected)
    rows = state.solution.rows
    mine = [(match, rows[match.id]) for match in event.matches.values() if match.field_id == field_id]
    mine = [(match, row) for match, row in mine if match.kind.is_game]
    over = [one for one in mine if one[1].status is Status.COMPLETED]
    waiting = [one for one in mine if one[1].status not in _BEGUN]
    waiting.sort(key=lambda one: (*_when(one[1].plan_ms if one[1].live_ms is None else one[1].live_ms), one[0].name))
    current = next((match for match, row in mine if row.status is Status.IN_PROGRESS), None)
    if current is None and waiting:
        current = waiting.pop(0)[0]
    last = max(over, key=lambda one: _real(one[1])[1] or 0, default=None)
    return TodayView(
        event_name=event.info.name,
        zone=event.info.zone,
        now_ms=now_ms,
        fields=fields,
        field=next((one for one in fields if one.field_id == field_id), None),
        current=None if current is None else _match(state, current, acting, expected, now_ms),
        last=None if last is None else block_view(state, last[0], expected),
        following=tuple(block_view(state, match, expected) for match, _ in waiting[:6]),
    )


def journal_lines(
    state: State,
    operations: Sequence[Operation],
    devices: Mapping[str, str],
    *,
    own_key: str,
    taken_back: frozenset[str],
    device_name: Mapping[str, str],
) -> tuple[JournalLine, ...]:
    """Operations in words, in the order given; openings of streams and further parts of one command are left out."""
    lines: list[JournalLine] = []
    for operation in operations:
        if operation.kind == STREAM_OPEN or line_of(operation) != operation.id:
            continue
        key = devices.get(operation.stream, "")
        role = operation.payload.get("as", "")
        lines.append(
            JournalLine(
                operation=operation.id,
                order=operation.order,
                at_ms=operation.wall_ms,
                label=words_from_json(operation.payload.get("label")),
                kind=operation.kind,
                actor=state.name_of(operation.actor),
                role=Role(role) if isinstance(role, str) and role in _ROLES else None,
                device=device_name.get(key, key[:8]),
                own_device=key == own_key,
                reason=operation.reason,
                taken_back=operation.id in taken_back,
                can_undo=operation.id not in taken_back
                and not operation.payload.get("final", False)
                and operation.kind not in (UNDO, REDO),
                about=tuple(sorted(touched(operation)))[:8],
            )
        )
    return tuple(lines)


def _fields(state: State, expected: Mapping[str, forecasts.Forecast]) -> tuple[FieldView, ...]:
    """How late each field is: by what runs or comes next, and when nothing is left by its last match."""
    late_ms = forecasts.lateness(state.event, state.solution, expected)
    running: dict[str, str] = {}
    last: dict[str, tuple[Instant, Instant]] = {}
    for match in state.event.matches.values():
        row = state.solution.rows[match.id]
        if match.field_id is None or not match.kind.is_game:
            continue
        if row.status is Status.IN_PROGRESS:
            running.setdefault(match.field_id, match.id)
        elif row.status is Status.COMPLETED and row.real_start_ms is not None and row.plan_ms is not None:
            begun = (row.real_start_ms, row.real_start_ms - row.plan_ms)
            last[match.field_id] = max(last.get(match.field_id, begun), begun)
    return tuple(
        FieldView(
            field_id=field.id,
            name=field.name,
            late_min=_minutes(late_ms.get(field.id, last.get(field.id, (0, 0))[1])),
            running=running.get(field.id, ""),
        )
        for field in state.event.fields.values()
    )


def _days(blocks: Sequence[BlockView], zone: str) -> tuple[DayView, ...]:
    """The local days on which something begins; a day on which clocks change is 23 or 25 hours long."""
    place = zone_of(zone)
    found: dict[tuple[Instant, Instant], list[Instant]] = {}
    day = (0, 0)
    for block in blocks:
        if block.shown_from_ms is None or block.shown_to_ms is None:
            continue
        if not day[0] <= block.shown_from_ms < day[1]:
            local = to_datetime(block.shown_from_ms).astimezone(place).date()
            day = (_midnight(local, place), _midnight(local + timedelta(days=1), place))
        # what is left of yesterday is expected today, and does not stretch yesterday into a day of two
        latest = max(block.shown_to_ms, min(block.expected_to_ms or block.shown_to_ms, day[1]))
        found.setdefault(day, []).extend((block.shown_from_ms, latest))
    return tuple(
        DayView(starts_ms=starts, ends_ms=ends, first_ms=min(moments), last_ms=max(moments))
        for (starts, ends), moments in sorted(found.items())
    )


def _midnight(day: date, place: ZoneInfo) -> Instant:
    return from_datetime(datetime(day.year, day.month, day.day, tzinfo=place))


def _when(moment: Instant | None) -> tuple[bool, Instant]:
    """For sorting: by time, what has none last."""
    return (moment is None, moment or 0)


def _earlier(one: Instant | None, other: Instant | None) -> Instant | None:
    if one is None or other is None:
        return one if other is None else other
    return min(one, other)


def _minutes(late_ms: int) -> int:
    """Whole minutes towards zero: 59 seconds late is on time."""
    return late_ms // MINUTE_MS if late_ms >= 0 else -(-late_ms // MINUTE_MS)


def _score_text(match: Match, sets: Sequence[SetScore]) -> str:
    if sets:
        return " ".join(f"{one.team1}:{one.team2}" for one in sets)
    if match.result is not None and match.result.stated_score is not None:
        return match.result.stated_score.text
    return ""


def _ending(result: Result | None) -> Words | None:
    return None if result is None else ending_name(result.ending)


def _has_versions(state: State, reference: str) -> bool:
    folded = state.folded.get(reference)
    return folded is not None and any(held.versions for held in folded.registers.values())


def _versions(state: State, match: Match) -> tuple[Words, ...]:
    """What desks say apart of how a match ended, or of whether it did, in words."""
    folded = state.folded.get(f"match/{match.id}")
    if folded is None:
        return ()
    result, stage = folded.registers.get("result"), folded.registers.get("stage")
    words = [_said_of_result(state, match, version.value) for version in (result.versions if result else ())]
    return (*words, *(_STAGE_WORDS[Stage(version.value[1])] for version in (stage.versions if stage else ())))


def _said_of_result(state: State, match: Match, value: Json) -> Words:
    if value is CLEAR:
        return say("the result was taken back")
    result = result_from_json(value)
    if result.winner is None:
        return ending_name(result.ending)
    row = state.solution.rows.get(match.id)
    team_id = None if row is None else (row.team1_id if result.winner is Side.TEAM1 else row.team2_id)
    team = state.event.teams.get(team_id or "")
    return say("{team} won", team=team.name if team is not None else result.winner.value)


_STAGE_WORDS: Final = {
    Stage.PLANNED: say("it has not begun"),
    Stage.CALLED: say("it has not begun"),
    Stage.LIVE: say("it is running"),
    Stage.ENDED: say("it is over"),
    Stage.CONFIRMED: say("its result is confirmed"),
    Stage.LOCKED: say("its result is confirmed"),
}
