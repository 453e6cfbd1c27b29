"""Turns the board's view into places: which column, which lane, from when to when, and the words on each block.

Pure Python: knows no toolkit, no pixels but the constant gap between two days, and decides nothing about matches. A
block stands at its plan or earlier, never later (scheduling.md §8); lateness is told beside it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from arctos_desk.tournament.ids import id_of, kind_of, ref
from arctos_desk.tournament.instants import MINUTE_MS, Instant
from arctos_desk.tournament.kinds import MatchKind, Status
from arctos_desk.ui.text import clock, day, render, tr, tr_n

if TYPE_CHECKING:
    from arctos_desk.operations.views import BlockView, BoardView, DayView, SideView
    from arctos_desk.scheduling.explain import Because
    from arctos_desk.tournament.reasons import Finding

Layout = Literal["all", "field", "team", "table"]
Times = Literal["plan", "happened"]
Tone = Literal["text", "muted", "running", "warning", "danger", "done"]
Look = Literal["waiting", "fixed", "ready", "running", "done", "skipped"]
Part = Literal["", "playing", "reffing"]
"""What the chosen team does in a match."""

HALF_HOUR_MS: Final = 30 * MINUTE_MS
NO_FIELD: Final = ""
GHOST_FROM_MIN: Final = 3
"""A match this much before its plan leaves a ghost at the plan; less would only be a second edge."""

LOOKS: Final[Mapping[Status, Look]] = {
    Status.NOT_STARTED: "waiting",
    Status.TIME_FINALIZED: "fixed",
    Status.READY_TO_START: "ready",
    Status.IN_PROGRESS: "running",
    Status.COMPLETED: "done",
    Status.SKIPPED: "skipped",
}


# The axis


@dataclass(frozen=True, slots=True)
class Section:
    """The part of one local day that is drawn, in whole half hours."""

    day_ms: Instant
    from_ms: Instant
    to_ms: Instant


@dataclass(frozen=True, slots=True)
class Axis:
    """The days that are drawn, one under the other."""

    sections: tuple[Section, ...]

    @property
    def has_titles(self) -> bool:
        """Whether each day has a title above it: only where there are several."""
        return len(self.sections) > 1

    def holds(self, at_ms: Instant) -> bool:
        """Whether an instant lies in a drawn part of a day."""
        return any(section.from_ms <= at_ms <= section.to_ms for section in self.sections)


TITLE_PX: Final = 36
TOP_PX: Final = 8
END_PX: Final = 16


class Ruler:
    """An axis at one scale: instants to heights and back. `tops` are the heights of the first instants of the days."""

    __slots__ = ("_heights", "_starts", "axis", "height", "px_per_min", "tops")

    def __init__(self, axis: Axis, px_per_min: float) -> None:
        self.axis = axis
        self.px_per_min = px_per_min
        self._starts = [section.from_ms for section in axis.sections]
        self._heights: dict[Instant, float] = {}
        lead, at = TITLE_PX if axis.has_titles else TOP_PX, 0.0
        tops: list[float] = []
        for section in axis.sections:
            at += lead
            tops.append(at)
            at += (section.to_ms - section.from_ms) / MINUTE_MS * px_per_min + END_PX
        self.tops = tuple(tops)
        self.height = at

    def y(self, at_ms: Instant) -> float:
        """Where an instant is drawn; one outside every day is drawn at the nearest edge of the day before it."""
        known = self._heights.get(at_ms)  # matches of all fields begin at the same few moments
        if known is not None:
            return known
        if not self.tops:
            return 0.0
        place = max(0, bisect_right(self._starts, at_ms) - 1)
        section = self.axis.sections[place]
        inside = min(max(at_ms, section.from_ms), section.to_ms)
        height = self.tops[place] + (inside - section.from_ms) / MINUTE_MS * self.px_per_min
        self._heights[at_ms] = height
        return height

    def instant(self, y: float) -> Instant:
        """The instant that is drawn at a height."""
        if not self.tops:
            return 0
        place = max(0, bisect_right(self.tops, y) - 1)
        section = self.axis.sections[place]
        at_ms = section.from_ms + round((y - self.tops[place]) / self.px_per_min * MINUTE_MS)
        return min(max(at_ms, section.from_ms), section.to_ms)


def axis_of(days: Iterable[DayView]) -> Axis:
    """The axis of a board: each day from the half hour before its first block to the one after its last."""
    sections: list[Section] = []
    for one in days:
        start = one.starts_ms + (one.first_ms - one.starts_ms) // HALF_HOUR_MS * HALF_HOUR_MS
        end = one.starts_ms - (one.starts_ms - one.last_ms) // HALF_HOUR_MS * HALF_HOUR_MS
        if sections:
            start = max(start, sections[-1].to_ms)
        sections.append(Section(one.starts_ms, start, max(end, start + HALF_HOUR_MS)))
    return Axis(tuple(sections))


# Columns, blocks, bands, joins


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """A field at the head of its column."""

    field_id: str
    name: str
    lateness: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class SideRow:
    """One team on a block."""

    text: str
    known: bool
    winner: bool = False
    source: str = ""
    mine: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockRow:
    """One match as a block. `lane` of `lanes` share a column where two rows of a field overlap."""

    match_id: str
    column: int
    lane: int
    lanes: int
    from_ms: Instant
    to_ms: Instant
    look: Look
    name: str
    time: str
    late: str
    late_tone: Tone
    sides: tuple[SideRow, ...]
    referees: str
    ghost: tuple[Instant, Instant] | None
    forecast: tuple[Instant, Instant] | None
    part: Part = ""
    disputed: bool = False
    in_cycle: bool = False
    ribbon: bool = False
    score: str = ""
    status: Status = Status.NOT_STARTED
    late_min: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BandRow:
    """A break, over all columns that have it at the same time under the same name."""

    match_ids: tuple[str, ...]
    first_column: int
    last_column: int
    from_ms: Instant
    to_ms: Instant
    text: str
    short: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinRow:
    """A join: the fields go on together from here."""

    match_ids: tuple[str, ...]
    first_column: int
    last_column: int
    at_ms: Instant
    text: str


@dataclass(frozen=True, slots=True)
class BoardRows:
    """The whole board as places and words."""

    columns: tuple[ColumnRow, ...]
    blocks: tuple[BlockRow, ...]
    bands: tuple[BandRow, ...]
    joins: tuple[JoinRow, ...]
    axis: Axis
    now_ms: Instant | None

    def block(self, match_id: str) -> BlockRow | None:
        return next((one for one in self.blocks if one.match_id == match_id), None)

    def words(self, row: BlockRow) -> str:
        """A block of this board in one sentence."""
        return block_words(row, self.columns[row.column].name)


Kept = dict[str, tuple["BlockView", tuple[object, ...], BlockRow]]
"""Rows made before, by match, with all they were made from."""


def board_rows(
    view: BoardView,
    *,
    layout: Layout = "all",
    choice: str = "",
    times: Times = "plan",
    kept: Kept | None = None,
) -> BoardRows:
    """The board in one of its layouts.

    `choice` is the field or team of the layouts that show one. A team's layout keeps the fields across and shows only
    what that team plays or referees, so that people see where to walk next. A row in `kept` is taken as it is when
    nothing it was made from has changed: one result changes a few rows of many, and words are the dear part.
    """
    shown = [block for block in view.blocks if _span(block, times) is not None]
    parts: dict[str, Part] = {}
    if layout == "field":
        shown = [block for block in shown if (block.field_id or NO_FIELD) == choice]
    elif layout == "team":
        parts = {block.match_id: part_of(block, choice) for block in shown}
        shown = [block for block in shown if parts[block.match_id] or not block.kind.is_game]
    columns = _columns(view, shown, layout, choice)
    place = {column.field_id: index for index, column in enumerate(columns)}
    placed = [block for block in shown if (block.field_id or NO_FIELD) in place]
    axis = axis_of(view.days)
    return BoardRows(
        columns=columns,
        blocks=_blocks(placed, place, times, parts, choice if layout == "team" else "", {} if kept is None else kept),
        bands=_bands(placed, place, len(columns), times),
        joins=_joins(placed, place, times),
        axis=axis,
        now_ms=view.now_ms if axis.holds(view.now_ms) else None,
    )


def part_of(block: BlockView, team_id: str) -> Part:
    """Whether a team plays or referees a match; playing counts first."""
    if any(side.team_id == team_id for side in block.sides):
        return "playing"
    if any(referee.team_id == team_id for referee in block.referees):
        return "reffing"
    return ""


def lateness(late_min: int) -> tuple[str, Tone]:
    """How late a field is, in words and with their tone."""
    if late_min > 0:
        return tr_n("{count} min late", "{count} min late", late_min), "warning"
    if late_min < 0:
        return tr_n("{count} min early", "{count} min early", -late_min), "running"
    return tr("on time"), "running"


def signed(late_min: int) -> str:
    """`+14` or `−6`; nothing when on time."""
    if late_min == 0:
        return ""
    return f"+{late_min}" if late_min > 0 else f"−{-late_min}"


def _span(block: BlockView, times: Times) -> tuple[Instant, Instant] | None:
    """From when to when a block is drawn; None when nothing gives it a time."""
    start, end = (block.shown_from_ms, block.shown_to_ms) if times == "plan" else (block.real_from_ms, block.real_to_ms)
    if start is None:
        return None
    return start, max(start, end if end is not None else start + block.length_min * MINUTE_MS)


def _columns(view: BoardView, shown: Sequence[BlockView], layout: Layout, choice: str) -> tuple[ColumnRow, ...]:
    wanted = [field for field in view.fields if layout != "field" or field.field_id == choice]
    if layout == "team":
        used = {block.field_id for block in shown if block.kind.is_game}
        wanted = [field for field in wanted if field.field_id in used]
    rows = [ColumnRow(field.field_id, field.name, *lateness(field.late_min)) for field in wanted]
    homeless = any(block.field_id is None and block.kind.is_game for block in shown)
    if homeless and (layout != "field" or choice == NO_FIELD):
        rows.append(ColumnRow(NO_FIELD, tr("No field"), "", "muted"))
    return tuple(rows)


def _blocks(
    shown: Sequence[BlockView],
    place: Mapping[str, int],
    times: Times,
    parts: Mapping[str, Part],
    team: str,
    kept: Kept,
) -> tuple[BlockRow, ...]:
    spans: dict[str, tuple[Instant, Instant]] = {}
    by_column: dict[int, list[BlockView]] = {}
    for block in shown:
        span = _span(block, times)
        if span is not None and block.kind.is_game:
            spans[block.match_id] = span
            by_column.setdefault(place[block.field_id or NO_FIELD], []).append(block)
    rows: list[BlockRow] = []
    for column, blocks in sorted(by_column.items()):
        lanes = lanes_of((block.match_id, *spans[block.match_id]) for block in blocks)
        blocks.sort(key=lambda one: (spans[one.match_id], lanes[one.match_id][0], one.name))
        for block in blocks:
            from_what = (column, lanes[block.match_id], spans[block.match_id], times, team)
            before = kept.get(block.match_id)
            if before is not None and before[1] == from_what and (before[0] is block or before[0] == block):
                rows.append(before[2])
                continue
            row = _block_row(block, column, lanes[block.match_id], spans[block.match_id], times, parts, team)
            kept[block.match_id] = (block, from_what, row)
            rows.append(row)
    return tuple(rows)


def lanes_of(spans: Iterable[tuple[str, Instant, Instant]]) -> dict[str, tuple[int, int]]:
    """Lane and number of lanes of each span, so that no two overlap: earliest first, each into the first free lane."""
    result: dict[str, tuple[int, int]] = {}
    cluster: list[tuple[str, int]] = []
    free_at: list[Instant] = []
    for key, start, end in sorted(spans, key=lambda span: (span[1], span[2], span[0])):
        if free_at and start >= max(free_at):
            result.update({known: (lane, len(free_at)) for known, lane in cluster})
            cluster, free_at = [], []
        lane = next((index for index, free in enumerate(free_at) if free <= start), len(free_at))
        if lane == len(free_at):
            free_at.append(end)
        else:
            free_at[lane] = end
        cluster.append((key, lane))
    result.update({known: (lane, len(free_at)) for known, lane in cluster})
    return result


def _block_row(
    block: BlockView,
    column: int,
    lane: tuple[int, int],
    span: tuple[Instant, Instant],
    times: Times,
    parts: Mapping[str, Part],
    team: str,
) -> BlockRow:
    look = LOOKS[block.status]
    if look == "fixed" and not block.kind.is_dynamic:
        # A time that a person set is always fixed; the lock is for a time that was earned.
        look = "waiting"
    late = 0 if look == "skipped" else block.late_min
    return BlockRow(
        match_id=block.match_id,
        column=column,
        lane=lane[0],
        lanes=lane[1],
        from_ms=span[0],
        to_ms=span[1],
        look=look,
        name=block.name,
        time=clock(span[0]),
        late=signed(late),
        late_tone="warning" if late > 0 else "running",
        sides=tuple(side_row(side, team) for side in block.sides),
        referees=", ".join(render(referee.text) for referee in block.referees),
        ghost=_ghost(block, span, look),
        forecast=_forecast(block, look) if times == "plan" else None,
        part=parts.get(block.match_id, ""),
        disputed=block.disputed,
        in_cycle=block.in_cycle,
        ribbon=block.ribbon,
        score=block.score_text,
        status=block.status,
        late_min=late,
    )


def side_row(side: SideView, team_id: str = "") -> SideRow:
    """A slot as it stands on a block; `team_id` is the team a person looks for."""
    mine = bool(team_id) and side.team_id == team_id
    return SideRow(render(side.text), side.known, side.winner, render(side.token), mine)


def _ghost(block: BlockView, span: tuple[Instant, Instant], look: Look) -> tuple[Instant, Instant] | None:
    if block.plan_ms is None or look == "skipped" or abs(block.plan_ms - span[0]) < GHOST_FROM_MIN * MINUTE_MS:
        return None
    return block.plan_ms, block.plan_to_ms or block.plan_ms + block.length_min * MINUTE_MS


def _forecast(block: BlockView, look: Look) -> tuple[Instant, Instant] | None:
    """From when to when a late match is expected; nothing for one that is over or in time."""
    if look in ("done", "skipped") or block.late_min <= 0 or block.expected_ms is None:
        return None
    end = block.expected_to_ms
    return block.expected_ms, end if end is not None else block.expected_ms + block.length_min * MINUTE_MS


def block_words(row: BlockRow, field: str) -> str:
    """A block in one sentence: for the tooltip and for people who hear the screen."""
    words = [row.name, field, row.time]
    if row.late_min > 0:
        words.append(tr_n("{count} min late", "{count} min late", row.late_min))
    elif row.late_min < 0:
        words.append(tr_n("{count} min early", "{count} min early", -row.late_min))
    if len(row.sides) == 2:
        words.append(tr("{first} against {second}", first=row.sides[0].text, second=row.sides[1].text))
    words.append(status_words(row.status))
    if row.score:
        words.append(row.score)
    if row.referees:
        words.append(tr("Referees: {names}", names=row.referees))
    if row.disputed:
        words.append(tr("Two desks state different results"))
    if row.in_cycle:
        words.append(tr("This match waits for itself in a circle"))
    return ", ".join(words)


def status_words(status: Status) -> str:
    """A status as people call it."""
    match status:
        case Status.NOT_STARTED:
            return tr("Waiting")
        case Status.TIME_FINALIZED:
            return tr("Time fixed")
        case Status.READY_TO_START:
            return tr("Ready")
        case Status.IN_PROGRESS:
            return tr("Running")
        case Status.COMPLETED:
            return tr("Finished")
        case Status.SKIPPED:
            return tr("Skipped")


def kind_words(kind: MatchKind) -> str:
    """A kind of row as people call it."""
    match kind:
        case MatchKind.STATIC:
            return tr("Fixed time")
        case MatchKind.SAFE:
            return tr("Safe")
        case MatchKind.FAST:
            return tr("Fast")
        case MatchKind.BREAK:
            return tr("Break")
        case MatchKind.STATBREAK:
            return tr("Break, fixed time")
        case MatchKind.JOIN:
            return tr("Join")


def _runs(columns: Iterable[int]) -> list[tuple[int, int]]:
    """Neighbouring columns as first and last."""
    runs: list[tuple[int, int]] = []
    for column in sorted(set(columns)):
        if runs and column == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], column)
        else:
            runs.append((column, column))
    return runs


def _bands(shown: Sequence[BlockView], place: Mapping[str, int], columns: int, times: Times) -> tuple[BandRow, ...]:
    alike: dict[tuple[str, Instant, Instant], list[tuple[int, str]]] = {}
    for block in shown:
        span = _span(block, times)
        if span is None or block.kind not in (MatchKind.BREAK, MatchKind.STATBREAK):
            continue
        column = place.get(block.field_id or NO_FIELD)
        if column is not None:
            alike.setdefault((block.name, *span), []).append((column, block.match_id))
    bands: list[BandRow] = []
    for (name, start, end), found in sorted(alike.items(), key=lambda item: (item[0][1], item[0][0])):
        for first, last in _runs(column for column, _ in found):
            everywhere = columns > 1 and (first, last) == (0, columns - 1)
            short = tr("{name}, {start} to {end}", name=name, start=clock(start), end=clock(end))
            bands.append(
                BandRow(
                    match_ids=tuple(match_id for column, match_id in found if first <= column <= last),
                    first_column=first,
                    last_column=last,
                    from_ms=start,
                    to_ms=end,
                    text=tr("{name}, all fields, {start} to {end}", name=name, start=clock(start), end=clock(end))
                    if everywhere
                    else short,
                    short=name,
                )
            )
    return tuple(bands)


def _joins(shown: Sequence[BlockView], place: Mapping[str, int], times: Times) -> tuple[JoinRow, ...]:
    alike: dict[tuple[Instant, str], list[tuple[int, str]]] = {}
    for block in shown:
        span = _span(block, times)
        if span is None or block.kind is not MatchKind.JOIN:
            continue
        column = place.get(block.field_id or NO_FIELD)
        if column is not None:
            alike.setdefault((span[0], block.name), []).append((column, block.match_id))
    return tuple(
        JoinRow(
            match_ids=tuple(match_id for column, match_id in found if first <= column <= last),
            first_column=first,
            last_column=last,
            at_ms=at_ms,
            text=name or tr("Join"),
        )
        for (at_ms, name), found in sorted(alike.items())
        for first, last in _runs(column for column, _ in found)
    )


# Going from block to block

Direction = Literal["up", "down", "left", "right", "first", "last"]


def neighbour(rows: BoardRows, match_id: str, direction: Direction) -> str:
    """The block a key leads to: up and down in time, left and right to the nearest in time on the next field.

    The same block where there is none further; the first to come where none was chosen.
    """
    here = rows.block(match_id)
    if here is None:
        return first_to_look_at(rows)
    column = sorted((one for one in rows.blocks if one.column == here.column), key=_in_time)
    if direction in ("first", "last"):
        return column[0 if direction == "first" else -1].match_id
    if direction in ("up", "down"):
        place = column.index(here) + (1 if direction == "down" else -1)
        return column[min(max(place, 0), len(column) - 1)].match_id
    step = 1 if direction == "right" else -1
    there = sorted({one.column for one in rows.blocks if (one.column - here.column) * step > 0}, key=lambda c: c * step)
    if not there:
        return match_id
    beside = [one for one in rows.blocks if one.column == there[0]]
    return min(beside, key=lambda one: (_apart(one, here), one.from_ms, one.lane)).match_id


def first_to_look_at(rows: BoardRows) -> str:
    """The match that runs, else the next to come, else the last; empty for an empty board."""
    if not rows.blocks:
        return ""
    running = [one for one in rows.blocks if one.look == "running"]
    waiting = [one for one in rows.blocks if one.look in ("waiting", "fixed", "ready")]
    if running or waiting:
        return min(running or waiting, key=lambda one: (one.from_ms, one.column)).match_id
    return max(rows.blocks, key=lambda one: (one.from_ms, -one.column)).match_id


def _in_time(row: BlockRow) -> tuple[Instant, int, str]:
    return row.from_ms, row.lane, row.match_id


def _apart(one: BlockRow, other: BlockRow) -> float:
    return abs((one.from_ms + one.to_ms) - (other.from_ms + other.to_ms))


# The table


def weekday(at_ms: Instant) -> str:
    """The day by its weekday alone, which in every language of ours stands before the first comma of a date."""
    return day(at_ms).partition(",")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """One match as a line of the table; `sort` is what each column sorts by."""

    match_id: str
    day: str
    time: str
    late: str
    late_tone: Tone
    field: str
    name: str
    first: SideRow
    second: SideRow
    referees: str
    status: Status
    status_text: str
    score: str
    kind: str
    length_min: int
    at_ms: Instant
    late_min: int
    disputed: bool


_NOBODY: Final = SideRow("", known=False)


def table_rows(view: BoardView, *, choice: str = "") -> tuple[TableRow, ...]:
    """All rows of the schedule in order of time, those without a time at the end; `choice` keeps one team's."""
    names = {field.field_id: field.name for field in view.fields}
    rows: list[TableRow] = []
    for block in view.blocks:
        if choice and not part_of(block, choice):
            continue
        at_ms = block.shown_from_ms
        late = 0 if block.status is Status.SKIPPED else block.late_min
        sides = [side_row(side) for side in block.sides]
        rows.append(
            TableRow(
                match_id=block.match_id,
                day="" if at_ms is None else weekday(at_ms),
                time="" if at_ms is None else clock(at_ms),
                late=signed(late),
                late_tone="warning" if late > 0 else "running",
                field=names.get(block.field_id or "", ""),
                name=block.name,
                first=sides[0] if sides else _NOBODY,
                second=sides[1] if len(sides) > 1 else _NOBODY,
                referees=", ".join(render(one.text) for one in block.referees),
                status=block.status,
                status_text=status_words(block.status) if block.kind.is_game else "",
                score=block.score_text,
                kind=kind_words(block.kind),
                length_min=block.length_min,
                at_ms=at_ms if at_ms is not None else 1 << 62,
                late_min=late,
                disputed=block.disputed,
            )
        )
    rows.sort(key=lambda row: (row.at_ms, row.field, row.name))
    return tuple(rows)


# The day map


@dataclass(frozen=True, slots=True)
class MapBar:
    """One block on the small map of the whole board; `top` and `bottom` are parts of its height."""

    column: int
    top: float
    bottom: float
    look: Look


def map_bars(rows: BoardRows, ruler: Ruler) -> tuple[MapBar, ...]:
    """Every block as a bar, in the proportions of the board itself."""
    whole = ruler.height
    if whole <= 0:
        return ()
    return tuple(
        MapBar(one.column, ruler.y(one.from_ms) / whole, ruler.y(one.to_ms) / whole, one.look) for one in rows.blocks
    )


# The inspector


@dataclass(frozen=True, slots=True)
class DetailRow:
    """One line of the details: what, and its value; `second` is a quieter word beside it."""

    label: str
    value: str
    second: str = ""
    referee: bool = False
    code: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectorRows:
    """What the column at the right says of one match."""

    match_id: str
    name: str
    status: Status
    status_text: str
    details: tuple[DetailRow, ...]
    why_title: str
    why_second: str
    notes: tuple[str, ...]


def inspector_rows(view: BoardView, match_id: str) -> InspectorRows | None:
    """The details of one match; None when it is not on the board."""
    block = next((one for one in view.blocks if one.match_id == match_id), None)
    if block is None:
        return None
    details: list[DetailRow] = []
    for number, side in enumerate(block.sides, start=1):
        row = side_row(side)
        details.append(DetailRow(tr("Team {number}", number=number), row.text, row.source if row.known else ""))
    if block.kind.is_game:
        names = ", ".join(render(one.text) for one in block.referees)
        details.append(DetailRow(tr("Referees"), names or tr("nobody yet"), referee=True))
    details.append(DetailRow(tr("Kind"), kind_words(block.kind)))
    field = next((one.name for one in view.fields if one.field_id == block.field_id), tr("No field"))
    details.append(DetailRow(tr("Field"), field))
    details.append(DetailRow(tr("Length"), tr("{minutes} min", minutes=block.length_min)))
    if block.group:
        details.append(DetailRow(tr("Group"), block.group))
    if block.mode:
        details.append(DetailRow(tr("Mode"), block.mode))
    if block.score_text or block.ending is not None:
        ending = render(block.ending) if block.ending is not None else ""
        details.append(DetailRow(tr("Result"), block.score_text or ending, ending if block.score_text else ""))
    at_ms = block.expected_ms if block.expected_ms is not None else block.real_from_ms
    if at_ms is None:
        at_ms = block.plan_ms
    plan = ""
    if block.plan_ms is not None:
        plan = tr("plan {time}, so {late}", time=clock(block.plan_ms), late=lateness(block.late_min)[0])
    notes = []
    if block.disputed:
        notes.append(tr("Two desks state different results"))
    if block.in_cycle:
        notes.append(tr("This match waits for itself in a circle"))
    return InspectorRows(
        match_id=block.match_id,
        name=block.name,
        status=block.status,
        status_text=status_words(block.status) if block.kind.is_game else kind_words(block.kind),
        details=tuple(details),
        why_title=tr("Why {time}?", time=clock(at_ms)) if at_ms is not None else tr("Why no time?"),
        why_second=plan,
        notes=tuple(notes),
    )


@dataclass(frozen=True, slots=True)
class WhyRow:
    """One step of the answer to "why this time?"; the last is a fact that somebody stated.

    `match_id` is whom it is about.
    """

    text: str
    second: str = ""
    fact: bool = False
    match_id: str = ""


@dataclass(frozen=True, slots=True)
class WarningRow:
    """One warning beside the match it concerns."""

    text: str
    second: str = ""


def why_rows(steps: Iterable[Because]) -> tuple[WhyRow, ...]:
    """The chain of reasons in words."""
    return tuple(
        WhyRow(
            text=render(step.words),
            second="" if step.is_fact or step.at_ms is None else tr("so {time}", time=clock(step.at_ms)),
            fact=step.is_fact,
            match_id=id_of(step.about) if kind_of(step.about) == "match" else "",
        )
        for step in steps
    )


def warning_rows(findings: Iterable[Finding], match_id: str) -> tuple[WarningRow, ...]:
    """The warnings that concern one match, each once."""
    about = ref("match", match_id)
    return tuple(dict.fromkeys(WarningRow(render(one.words)) for one in findings if about in one.about))


def sort_key(column: str) -> Callable[[TableRow], tuple[object, ...]]:
    """What a column of the table sorts by; equal ones stay in order of time."""
    keys: dict[str, Callable[[TableRow], tuple[object, ...]]] = {
        "time": lambda row: (row.at_ms,),
        "late": lambda row: (-row.late_min, row.at_ms),
        "field": lambda row: (row.field, row.at_ms),
        "name": lambda row: (row.name.casefold(), row.at_ms),
        "first": lambda row: (row.first.text.casefold(), row.at_ms),
        "second": lambda row: (row.second.text.casefold(), row.at_ms),
        "referees": lambda row: (row.referees.casefold(), row.at_ms),
        "status": lambda row: (row.status_text, row.at_ms),
        "score": lambda row: (row.score, row.at_ms),
        "length": lambda row: (row.length_min, row.at_ms),
    }
    return keys[column]
