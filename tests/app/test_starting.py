"""How memory is swept once the window is there."""

from __future__ import annotations

import gc
import weakref

from arctos_desk.app.starting import set_aside


class _Window:
    """Holds itself, as windows do by their signals."""

    def __init__(self) -> None:
        self.itself = self


def test_sweeps_pass_by_what_was_set_aside_until_the_next_event_is_shown() -> None:
    window = _Window()
    gone = weakref.ref(window)
    try:
        set_aside()
        assert gc.get_freeze_count() > 0
        del window
        gc.collect()
        assert gone() is not None, "a sweep looked at what was set aside"
        set_aside()
        assert gone() is None, "the window of a closed event stays for ever"
    finally:
        gc.unfreeze()
