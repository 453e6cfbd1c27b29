"""The process whose memory is measured: a desk with its board plays whole days, one after the other.

Writes a line of megabytes after each day. `python -m tests.benchmarks.soak MATCHES DAYS`. Measures no time.
"""

from __future__ import annotations

import gc
import sys

from PySide6.QtCore import QCoreApplication, QEvent

from arctos_desk.operations import commands
from arctos_desk.operations.views import board_view
from arctos_desk.tournament.instants import MINUTE_MS
from arctos_desk.tournament.kinds import Ending, Side
from arctos_desk.ui.panes.schedule_board.pane import BoardPane
from arctos_desk.ui.refresh import EVERYTHING, Change
from tests.benchmarks.board import SIZE, application
from tests.benchmarks.days import PLAYS_MIN, event_of, ready, winner_of
from tests.benchmarks.memory_of import resident_mb
from tests.benchmarks.on_disk import desk_on_disk

POINTS = 8
UNDO_EVERY = 25


def day(matches: int) -> None:
    """Play the second half of an event on a file of its own, the board open beside it all day."""
    app = application()
    with desk_on_disk(event_of(matches, fields=6, played=matches // 2)) as (desk, file, clock, referee):
        pane = BoardPane(lambda: board_view(desk.state, now_ms=clock()))
        pane.resize(*SIZE)
        pane.show()
        pane.refresh(EVERYTHING)
        over = 0
        while (match_id := ready(desk.refresh())) is not None:
            desk.perform(commands.StartMatch(match=match_id, override="playing"), referee)
            began = clock()
            clock.forward_to(began + PLAYS_MIN * MINUTE_MS // 6)
            step = (clock() - began) // POINTS
            points = tuple(
                (began + n * step, began + n * step + step // 2, list(Side)[(over + n) % 2], 1 + n // 4)
                for n in range(POINTS)
            )
            desk.perform(commands.EnterPoints(match=match_id, points=points), referee)
            outcome = desk.perform(
                commands.FinishMatch(match=match_id, ending=Ending.NORMAL, winner=winner_of(over)), referee
            )
            if over % UNDO_EVERY == 0:
                desk.perform(commands.Undo(accept_rests=True), referee)
                outcome = desk.perform(commands.Redo(), referee)
            pane.refresh(Change(frozenset(outcome.change.folded) | {f"match/{one}" for one in outcome.change.rows}))
            app.processEvents()
            over += 1
        file.backup()
        pane.close()
        pane.deleteLater()
        # Outside the loop of the program nobody else sweeps away what waits for its deletion.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        app.processEvents()
    if over < matches // 2 - 6:
        raise RuntimeError(f"only {over} matches could be played")


def main() -> int:
    matches, days = int(sys.argv[1]), int(sys.argv[2])
    for _ in range(days):
        day(matches)
        gc.collect()
        sys.stdout.write(f"{resident_mb():.1f}\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
