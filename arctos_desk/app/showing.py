"""The board for a terminal and for other programs: plain JSON figures, and a table made from them. Draws no picture.

The figures carry instants as ISO text in UTC, so that a table can be made on either side of a handover.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from arctos_desk.operations.views import BlockView, BoardView, Text
from arctos_desk.tournament.instants import Instant, from_iso, to_iso
from arctos_desk.tournament.kinds import MatchKind, Status
from arctos_desk.tournament.words import Words, say

if TYPE_CHECKING:
    from rich.table import Table

Render = Callable[[Words], str]

STATUS_WORDS: Mapping[Status, Words] = {
    Status.NOT_STARTED: say("waits"),
    Status.TIME_FINALIZED: say("time is fixed"),
    Status.READY_TO_START: say("ready"),
    Status.IN_PROGRESS: say("runs"),
    Status.COMPLETED: say("over"),
    Status.SKIPPED: say("skipped"),
}


def board_figures(board: BoardView, render: Render) -> dict[str, Any]:
    """The board as JSON; the structure is stable, words are in the language of `render`."""
    names = {field.field_id: field.name for field in board.fields}
    return {
        "event": board.event_name,
        "zone": board.zone,
        "now": to_iso(board.now_ms),
        "late_min": board.late_min,
        "fields": [{"name": field.name, "late_min": field.late_min} for field in board.fields],
        "matches": [_match(block, names, render) for block in sorted(board.blocks, key=_by_time)],
    }


def _by_time(block: BlockView) -> tuple[Instant, str]:
    return block.shown_from_ms or 0, block.name


def _match(block: BlockView, names: Mapping[str, str], render: Render) -> dict[str, Any]:
    def text(value: Text) -> str:
        return render(value) if isinstance(value, Words) else value

    return {
        "name": block.name,
        "field": names.get(block.field_id or "", ""),
        "kind": block.kind.value,
        "status": block.status.value,
        "planned": _iso(block.plan_ms),
        "live": _iso(block.live_ms),
        "expected": _iso(block.expected_ms),
        "started": _iso(block.real_from_ms) if block.status in _STARTED else None,
        "length_min": block.length_min,
        "late_min": block.late_min,
        "teams": [text(side.text) for side in block.sides],
        "winner": next((text(side.text) for side in block.sides if side.winner), None),
        "referees": [text(side.text) for side in block.referees],
        "score": block.score_text,
        "ending": None if block.ending is None else render(block.ending),
        "group": block.group,
        "mode": block.mode,
        "disputed": block.disputed,
    }


_STARTED = frozenset({Status.IN_PROGRESS, Status.COMPLETED})


def _iso(at_ms: Instant | None) -> str | None:
    return None if at_ms is None else to_iso(at_ms) + "Z"


def board_tables(figures: Mapping[str, Any], render: Render, *, team: str = "", field: str = "") -> list[Table]:
    """One table for each local day, in the event's zone; only the rows of a team or field when one is named."""
    zone = ZoneInfo(figures["zone"])
    days: dict[str, list[tuple[str, Mapping[str, Any]]]] = {}
    for match in figures["matches"]:
        if (field and match["field"] != field) or (team and team not in (*match["teams"], *match["referees"])):
            continue
        at = match["started"] or match["live"] or match["planned"]
        local = None if at is None else datetime.fromtimestamp(from_iso(at) / 1000, zone)
        day = render(say("without a time")) if local is None else f"{local:%Y-%m-%d}"
        days.setdefault(day, []).append(("" if local is None else f"{local:%H:%M}", match))
    return [_table(day, rows, render) for day, rows in days.items()]


def _table(day: str, rows: list[tuple[str, Mapping[str, Any]]], render: Render) -> Table:
    from rich import box
    from rich.markup import escape
    from rich.table import Table

    table = Table(title=day, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    headings = (say("Time"), say("Field"), say("Match"), say("Teams"), say("Referees"), say("State"), say("Score"))
    for heading in headings:
        table.add_column(render(heading), overflow="fold")
    for time, match in rows:
        status = Status(match["status"])
        state = render(STATUS_WORDS[status])
        if match["late_min"] and status in (Status.NOT_STARTED, Status.TIME_FINALIZED, Status.READY_TO_START):
            state += f" {match['late_min']:+d}′"
        teams = " – ".join(match["teams"]) if match["teams"] else _kind(MatchKind(match["kind"]), render)
        cells = (
            time,
            match["field"],
            match["name"],
            teams,
            ", ".join(match["referees"]),
            state,
            match["score"] or match["ending"] or "",
        )
        table.add_row(*(escape(cell) for cell in cells))
    return table


def _kind(kind: MatchKind, render: Render) -> str:
    return render(say("join")) if kind is MatchKind.JOIN else render(say("break"))
