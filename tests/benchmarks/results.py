"""One result from the press to fresh rows on the screen, at events of three sizes; against one bare durable commit.

The press is FinishMatch through the door for change: checked, signed, journalled, committed, the day solved, and the
rows of the board and of the field's own screen worked out. As in the window, the board keeps what it was given before.
"""

from __future__ import annotations

import time

from arctos_desk.app.starting import set_aside
from arctos_desk.operations import commands
from arctos_desk.operations.commands import Acting
from arctos_desk.operations.desk import Desk
from arctos_desk.operations.views import KeptBlocks, board_view, today_view
from arctos_desk.runtime.clock import SetClock
from arctos_desk.tournament.instants import MINUTE_MS
from arctos_desk.ui.panes.schedule_board.rows import Kept, board_rows
from tests.benchmarks.days import PLAYS_MIN, event_of, ready, winner_of
from tests.benchmarks.on_disk import bare_commit, bare_database, desk_on_disk
from tests.benchmarks.table import Measured
from tests.benchmarks.timing import percentile, timed, times_of

GOAL_MS = 50
SIZES = (150, 500, 1_000)


def measure(*, quick: bool) -> list[Measured]:
    """p50 and p95 of a result, in the middle of the event."""
    results = 3 if quick else 60
    with bare_database() as connection:
        bare = times_of(lambda: bare_commit(connection), times=10 if quick else 200)
    found = []
    for matches in (24, 36, 48) if quick else SIZES:
        event = event_of(matches, fields=6, played=matches // 2)
        with desk_on_disk(event) as (desk, _, clock, referee):
            blocks, kept = KeptBlocks(), Kept()
            board_rows(board_view(desk.state, now_ms=clock(), kept=blocks), kept=kept)
            set_aside()  # as the window does soon after its start
            each = [_one_result(desk, clock, referee, number, blocks, kept) for number in range(results)]
        saved, cpu = [one[0] for one in each], [one[2] for one in each]
        seconds = [one[0] + one[1] for one in each]
        p95 = percentile(seconds, 0.95) * 1_000
        found.append(
            Measured(
                id=f"result-{matches}",
                what=f"one result end to end, {matches:,} matches (p95)",
                ours=p95,
                unit="ms",
                base=percentile(bare, 0.95) * 1_000,
                against="one bare SQLite commit, WAL and FULL",
                goal=f"p95 under {GOAL_MS} ms at 500",
                met=None if quick or matches != 500 else p95 < GOAL_MS,
                more={
                    "p50": percentile(seconds, 0.5) * 1_000,
                    "saved p50": percentile(saved, 0.5) * 1_000,
                    "saved p95": percentile(saved, 0.95) * 1_000,
                    "cpu p50": percentile(cpu, 0.5) * 1_000,
                    "bare p50": percentile(bare, 0.5) * 1_000,
                },
            )
        )
    return found


def _one_result(
    desk: Desk, clock: SetClock, referee: Acting, number: int, blocks: KeptBlocks, kept: Kept
) -> tuple[float, float, float]:
    """Start the next match, let it be played, state its result.

    Seconds until it is saved, from then until rows are fresh, and what of both the processor was at work.
    """
    match_id = ready(desk.refresh())
    if match_id is None:
        raise RuntimeError("no match can start: the day of the benchmark is wrong")
    desk.perform(commands.StartMatch(match=match_id, override="measuring"), referee)
    clock.forward_to(clock() + PLAYS_MIN * MINUTE_MS // 6)
    field_id = desk.state.event.matches[match_id].field_id or ""

    def rows() -> None:
        board_rows(board_view(desk.state, now_ms=clock(), kept=blocks), kept=kept)
        today_view(desk.state, field_id, referee, now_ms=clock())

    at_work = time.process_time()
    saved = timed(lambda: desk.perform(commands.FinishMatch(match=match_id, winner=winner_of(number)), referee))
    fresh = timed(rows)
    return saved, fresh, time.process_time() - at_work
