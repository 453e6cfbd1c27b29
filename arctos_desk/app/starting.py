"""What a start does so that its window is there soon and stays quick: the order of loading, and when memory is swept.

Opens nothing.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_sweeps() -> Iterator[None]:
    """No sweep of the garbage collector: what a start makes stays, and dozens of sweeps would find nothing."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def set_aside() -> None:
    """Sweep once, then let later sweeps pass by what is there now: modules, widgets, the records of the event.

    A sweep of everything takes as long as five presses, and comes in the middle of one. What was set aside before is
    looked at again, so that an event that was closed goes with its window.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def load_window() -> None:
    """Load the window with everything below it, what knows no toolkit first.

    The toolkit reads the source of each module that is imported after it, to see whether it is one of its own: the
    event and its store, loaded behind it, cost a start half as much again.
    """
    with no_sweeps():
        from arctos_desk.app import event_files, handover
        from arctos_desk.operations import views
        from arctos_desk.ui.panes.schedule_board import form_rows, rows

        del event_files, handover, views, form_rows, rows
        from arctos_desk.app import window

        del window
