"""The results as sheets: what was played, set by set, and how it ended. A winner is the stated one, never worked out.

`results_sheets` is for people, a table for each day; `results_records` is for spreadsheets, every match of the event
with everything that is public about it.
"""

from __future__ import annotations

from arctos_desk.formats.standings import points_by_match, score_of
from arctos_desk.operations.state import State
from arctos_desk.operations.views import BlockView, BoardView
from arctos_desk.publishing.schedule_files import result_words, status_words
from arctos_desk.publishing.schedule_sheets import planned_ms
from arctos_desk.publishing.sheet import Cell, Sheet
from arctos_desk.publishing.wording import Wording
from arctos_desk.tournament.instants import Instant
from arctos_desk.tournament.kinds import SetType, Status
from arctos_desk.tournament.words import say


def results_sheets(state: State, view: BoardView, wording: Wording) -> tuple[Sheet, ...]:
    """Finished matches by the day on which they ended, in the order in which they did."""
    words = (
        say("Time"), say("Field"), say("Match"), say("Group"), say("Team 1"), say("Team 2"),
        say("Sets"), say("Score"), say("Result"),
    )  # fmt: skip
    head = tuple(wording.text(word) for word in words)
    fields = {field.field_id: field.name for field in view.fields}
    points = points_by_match(state.event)
    days: dict[str, list[tuple[Cell, ...]]] = {}
    named: dict[str, str] = {}
    for block in sorted(_finished(view), key=lambda one: (_begun_ms(one) or 0, one.name)):
        match = state.event.matches[block.match_id]
        sets, _ = score_of(match, points.get(match.id, ()))
        at_ms = _begun_ms(block)
        date = wording.date(at_ms)
        named.setdefault(date, "" if at_ms is None else wording.day(at_ms))
        name = wording.text(say("{name} (ribbon)", name=block.name)) if block.ribbon else block.name
        days.setdefault(date, []).append(
            (
                wording.clock(at_ms),
                fields.get(block.field_id or "", ""),
                name,
                block.group,
                *_teams(block, wording),
                f"{sets[0]}:{sets[1]}" if any(sets) or block.sets else "",
                block.score_text,
                result_words(block, wording),
            )
        )
    title = wording.text(say("Results"))
    return tuple(
        Sheet(
            title=f"{title}, {named[date]}" if named[date] else title,
            head=head,
            rows=tuple(rows),
            figures=frozenset({6}),
        )
        for date, rows in days.items()
    )


def results_records(state: State, view: BoardView, wording: Wording) -> Sheet:
    """Every game, played or not: teams, sets, points, ending, planned and real times."""
    words = (
        say("Plan"), say("Started"), say("Ended"), say("Field"), say("Match"), say("Group"), say("Mode"),
        say("Counted in"), say("Team 1"), say("Team 2"), say("Sets of team 1"), say("Sets of team 2"),
        say("Points of team 1"), say("Points of team 2"), say("Score"), say("Winner"), say("Ending"), say("Status"),
        say("Ribbon"), say("Disputed"), say("Referees"),
    )  # fmt: skip
    fields = {field.field_id: field.name for field in view.fields}
    points = points_by_match(state.event)
    rows: list[tuple[Cell, ...]] = []
    games = [block for block in view.blocks if block.is_game]
    for block in sorted(games, key=lambda one: (planned_ms(one) is None, planned_ms(one) or 0, one.name)):
        match = state.event.matches[block.match_id]
        over = match.result is not None
        sets, scored = score_of(match, points.get(match.id, ())) if over else ((None, None), (None, None))
        rows.append(
            (
                _stamp(planned_ms(block), wording),
                _stamp(None if match.start is None else match.start.at_ms, wording),
                _stamp(None if match.result is None else match.result.ended_ms, wording),
                fields.get(block.field_id or "", ""),
                block.name,
                block.group,
                block.mode,
                wording.text(say("stones") if match.set_type is SetType.STONES else say("sets")),
                *_teams(block, wording),
                *sets,
                *scored,
                block.score_text if over else "",
                next((wording.of(side.text) for side in block.sides if side.winner), ""),
                "" if block.ending is None else wording.text(block.ending),
                wording.text(status_words(block)),
                wording.text(say("yes")) if block.ribbon else "",
                wording.text(say("yes")) if block.disputed else "",
                ", ".join(wording.of(referee.text) for referee in block.referees),
            )
        )
    head = tuple(wording.text(word) for word in words)
    return Sheet(title=view.event_name, head=head, rows=tuple(rows), figures=frozenset(range(10, 14)))


def _finished(view: BoardView) -> list[BlockView]:
    return [block for block in view.blocks if block.is_game and block.status is Status.COMPLETED]


def _begun_ms(block: BlockView) -> Instant | None:
    return block.real_from_ms if block.real_from_ms is not None else planned_ms(block)


def _stamp(at_ms: Instant | None, wording: Wording) -> str:
    """Day and time as spreadsheets understand them, in the zone of the event."""
    return "" if at_ms is None else f"{wording.date(at_ms)} {wording.clock(at_ms)}"


def _teams(block: BlockView, wording: Wording) -> tuple[str, str]:
    one, other = (*(wording.of(side.text) for side in block.sides), "", "")[:2]
    return one, other
