"""The schedule as people take it along: a whole day over all fields, one field, one team. Shows no live times.

What hangs on a wall is the plan: a board that is printed cannot slide, and a match is called at its plan or earlier.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from arctos_desk.operations.views import BlockView, BoardView, FieldView
from arctos_desk.publishing.sheet import Cell, Sheet
from arctos_desk.publishing.wording import Wording
from arctos_desk.tournament.instants import MINUTE_MS, Instant
from arctos_desk.tournament.kinds import MatchKind, Status
from arctos_desk.tournament.words import say, say_n

FIELDS_ABREAST: Final = 5
"""Fields side by side on one page; more are laid out in further tables of about equal width."""


def day_sheets(view: BoardView, wording: Wording) -> tuple[Sheet, ...]:
    """One table for each day (or several, where fields are many): times down, fields across."""
    found: list[Sheet] = []
    for day, blocks in _days(view.blocks, wording):
        used = _fields_of(view, blocks, wording)
        neutral = _common(blocks, {field.field_id for field in used})
        for part in _parts(used):
            found.append(_day_sheet(day, blocks, part, neutral, wording, alone=len(part) == len(used)))
    return (*found, *_timeless(view, wording))


def field_sheets(view: BoardView, wording: Wording) -> tuple[Sheet, ...]:
    """One table for each field and day: who plays and who referees."""
    words = (say("Start"), say("End"), say("Match"), say("Team 1"), say("Team 2"), say("Referees"))
    found = []
    for field in view.fields:
        mine = [block for block in view.blocks if block.field_id == field.field_id]
        for day, blocks in _days(mine, wording):
            rows: list[tuple[Cell, ...]] = []
            bands: set[int] = set()
            for block in blocks:
                if block.is_game:
                    sides = [wording.of(side.text) for side in block.sides]
                    referees = ", ".join(wording.of(referee.text) for referee in block.referees)
                    rows.append((*_times(block, wording), _name(block, wording), *sides, referees))
                else:
                    bands.add(len(rows))
                    rows.append((wording.clock(planned_ms(block)), _neutral(block, wording), None, None, None, None))
            found.append(
                Sheet(
                    title=f"{field.name}, {day}",
                    head=tuple(wording.text(word) for word in words),
                    rows=tuple(rows),
                    bands=frozenset(bands),
                )
            )
    return tuple(found)


def team_sheets(view: BoardView, wording: Wording, *, team_id: str = "") -> tuple[tuple[Sheet, ...], ...]:
    """For each team (or one) its days: what it plays and what it referees, and the breaks that are for everybody."""
    return tuple(
        _team_sheets(view, team.team_id, team.name, wording)
        for team in view.teams
        if not team_id or team.team_id == team_id
    )


def planned_ms(block: BlockView) -> Instant | None:
    """The planned start; of what has no plan of its own, the time it was worked out to have."""
    return block.plan_ms if block.plan_ms is not None else block.live_ms


# one day --------------------------------------------------------------------------------------------------------------


def _day_sheet(
    day: str,
    blocks: Sequence[BlockView],
    fields: Sequence[FieldView],
    common: Sequence[_Common],
    wording: Wording,
    *,
    alone: bool,
) -> Sheet:
    place = {field.field_id: number for number, field in enumerate(fields, start=1)}
    known = frozenset(place)
    for_all = {block.match_id for one in common for block in one.blocks}
    rows: dict[tuple[Instant, bool], list[list[str]]] = {}
    for block in blocks:
        field_id = (block.field_id or "") if (block.field_id or "") in known or "" not in known else ""
        if block.match_id not in for_all and field_id in known:
            row = rows.setdefault((planned_ms(block) or 0, True), [[] for _ in range(len(fields) + 1)])
            row[place[field_id]].append(_cell(block, wording))
    bands = {(one.at_ms, False): one for one in common}
    order = sorted({*rows, *bands})
    shown: list[tuple[Cell, ...]] = []
    for at_ms, is_row in order:
        if is_row:
            cells: tuple[Cell, ...] = tuple("\n\n".join(cell) for cell in rows[at_ms, True][1:])
        else:
            named = dict.fromkeys(_neutral(block, wording) for block in bands[at_ms, False].blocks)
            cells = ("; ".join(named), *(None for _ in fields[1:]))
        shown.append((wording.clock(at_ms), *cells))
    title = day if alone else f"{day}: {', '.join(field.name for field in fields)}"
    return Sheet(
        title=title,
        head=(wording.text(say("Time")), *(field.name for field in fields)),
        rows=tuple(shown),
        bands=frozenset(number for number, (_, is_row) in enumerate(order) if not is_row),
        leads=frozenset(range(1, len(fields) + 1)),
    )


def _cell(block: BlockView, wording: Wording) -> str:
    """A match in a table of fields: its name, its teams, its referees, each on a line of its own."""
    if not block.is_game:
        return _neutral(block, wording)
    lines = [_name(block, wording), " – ".join(wording.of(side.text) for side in block.sides)]
    if block.referees:
        names = ", ".join(wording.of(referee.text) for referee in block.referees)
        lines.append(wording.text(say("Referees: {names}", names=names)))
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class _Common:
    """Breaks and joins that stand at one time on every field."""

    at_ms: Instant
    blocks: tuple[BlockView, ...]


def _common(blocks: Iterable[BlockView], fields: set[str]) -> list[_Common]:
    found: dict[tuple[Instant, MatchKind, str, int], list[BlockView]] = {}
    for block in blocks:
        at_ms = planned_ms(block)
        if not block.is_game and at_ms is not None:
            found.setdefault((at_ms, block.kind, block.name, block.length_min), []).append(block)
    by_time: dict[Instant, list[BlockView]] = {}
    for (at_ms, *_), alike in found.items():
        if {block.field_id or "" for block in alike} >= fields - {""}:
            by_time.setdefault(at_ms, []).extend(alike)
    return [_Common(at_ms, tuple(alike)) for at_ms, alike in sorted(by_time.items())]


def _fields_of(view: BoardView, blocks: Iterable[BlockView], wording: Wording) -> tuple[FieldView, ...]:
    """The fields on which something stands, and one more column when something stands on none."""
    blocks = list(blocks)
    used = {block.field_id for block in blocks}
    fields = tuple(field for field in view.fields if field.field_id in used)
    if used <= {field.field_id for field in fields}:
        return fields
    return (*fields, FieldView(field_id="", name=wording.text(say("No field")), late_min=0))


def _parts(fields: Sequence[FieldView]) -> list[Sequence[FieldView]]:
    tables = -(-len(fields) // FIELDS_ABREAST) or 1
    abreast = -(-len(fields) // tables)
    return [fields[begin : begin + abreast] for begin in range(0, len(fields), max(1, abreast))]


def _timeless(view: BoardView, wording: Wording) -> tuple[Sheet, ...]:
    """What has no time yet, so that nobody believes it was forgotten."""
    names = {field.field_id: field.name for field in view.fields}
    waiting = [block for block in view.blocks if planned_ms(block) is None and block.is_game and _is_on(block)]
    if not waiting:
        return ()
    head = (say("Field"), say("Match"), say("Team 1"), say("Team 2"))
    rows = tuple(
        (
            names.get(block.field_id or "", ""),
            block.name,
            *(wording.of(side.text) for side in block.sides),
        )
        for block in waiting
    )
    return (
        Sheet(title=wording.text(say("Without a time")), head=tuple(wording.text(word) for word in head), rows=rows),
    )


# one team -------------------------------------------------------------------------------------------------------------


def _team_sheets(view: BoardView, team_id: str, name: str, wording: Wording) -> tuple[Sheet, ...]:
    fields = {field.field_id: field.name for field in view.fields}
    words = (say("Start"), say("End"), say("Field"), say("Match"), say("Task"), say("Teams"))
    head = tuple(wording.text(word) for word in words)
    found: list[Sheet] = []
    for day, blocks in _days(view.blocks, wording):
        common = {
            block.match_id: one
            for one in _common(blocks, {field.field_id for field in _fields_of(view, blocks, wording)})
            for block in one.blocks[:1]
        }
        rows: list[tuple[Cell, ...]] = []
        bands: set[int] = set()
        for block in blocks:
            if block.match_id in common:
                named = "; ".join(dict.fromkeys(_neutral(one, wording) for one in common[block.match_id].blocks))
                bands.add(len(rows))
                rows.append((wording.clock(planned_ms(block)), named, None, None, None, None))
            task = _task(block, team_id, wording)
            if task:
                teams = " – ".join(wording.of(side.text) for side in block.sides)
                field = fields.get(block.field_id or "", "")
                rows.append((*_times(block, wording), field, _name(block, wording), task, teams))
        if len(rows) > len(bands):
            found.append(Sheet(title=f"{name}, {day}", head=head, rows=tuple(rows), bands=frozenset(bands)))
    open_matches = sum(
        1
        for block in view.blocks
        if block.is_game and _is_on(block) and any(not side.known for side in (*block.sides, *block.referees))
    )
    notes = []
    if open_matches:
        notes.append(
            wording.text(
                say_n(
                    "The teams of {count} match are not known yet; look at the board for it.",
                    "The teams of {count} matches are not known yet; look at the board for them.",
                    open_matches,
                )
            )
        )
    if not found:
        empty = wording.text(say("No match of this team is known yet."))
        return (Sheet(title=name, head=head, rows=(), notes=(empty, *notes)),)
    last = found[-1]
    return (
        *found[:-1],
        Sheet(title=last.title, head=last.head, rows=last.rows, bands=last.bands, notes=tuple(notes)),
    )


def _task(block: BlockView, team_id: str, wording: Wording) -> str:
    if any(side.team_id == team_id for side in block.sides):
        return wording.text(say("plays"))
    if any(referee.team_id == team_id for referee in block.referees):
        return wording.text(say("referees"))
    return ""


# what all of them say -------------------------------------------------------------------------------------------------


def _days(blocks: Iterable[BlockView], wording: Wording) -> list[tuple[str, list[BlockView]]]:
    """Everything that has a planned time, by local day and then by time; what is skipped takes no place."""
    timed = [block for block in blocks if planned_ms(block) is not None and _is_on(block)]
    timed.sort(key=lambda block: (planned_ms(block) or 0, block.is_game, block.kind is MatchKind.JOIN))
    days: dict[str, list[BlockView]] = {}
    for block in timed:
        days.setdefault(wording.date(planned_ms(block)), []).append(block)
    return [(wording.day(planned_ms(day[0]) or 0), day) for day in days.values()]


def _is_on(block: BlockView) -> bool:
    return block.status is not Status.SKIPPED


def _name(block: BlockView, wording: Wording) -> str:
    """The name of a match; of one that does not count, with that said."""
    return wording.text(say("{name} (ribbon)", name=block.name)) if block.ribbon else block.name


def _times(block: BlockView, wording: Wording) -> tuple[str, str]:
    begin = planned_ms(block)
    return wording.clock(begin), "" if begin is None else wording.clock(begin + block.length_min * MINUTE_MS)


def _neutral(block: BlockView, wording: Wording) -> str:
    """A break or a join in words."""
    if block.kind is MatchKind.JOIN:
        return wording.text(say("{name}: fields wait for each other", name=block.name))
    begin = planned_ms(block)
    until = "" if begin is None else wording.clock(begin + block.length_min * MINUTE_MS)
    return wording.text(say("{name}, until {end}", name=block.name, end=until))
