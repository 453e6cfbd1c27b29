"""A real window with one pane of a real desk in memory: for tests of the panes that an organiser plans with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtWidgets import QApplication

from arctos_desk.tournament.words import say
from arctos_desk.ui.background import InlineLane
from arctos_desk.ui.desk_port import DeskHandle
from arctos_desk.ui.main_window import MainWindow, Pane, PaneEntry
from tests.operations.desks import TestedDesk

P = TypeVar("P", bound=Pane)


class SlowLane(InlineLane):
    """Keeps what is given until somebody lets it go: the answer of a laptop that is busy."""

    def __init__(self) -> None:
        super().__init__()
        self.slow = False
        self.waiting: list[Callable[[], object]] = []

    def run(self, work, *, then=None, otherwise=None):  # type: ignore[no-untyped-def]
        if not self.slow:
            super().run(work, then=then, otherwise=otherwise)
            return
        self.waiting.append(lambda: InlineLane.run(self, work, then=then, otherwise=otherwise))

    def let_go(self) -> None:
        self.slow = False
        while self.waiting:
            self.waiting.pop(0)()


class PaneDesk(Generic[P]):
    """The window at its smallest, with the pane that `build` makes."""

    def __init__(self, tested: TestedDesk, build: Callable[[DeskHandle, MainWindow], P]) -> None:
        self.tested = tested
        self.lane = SlowLane()
        self.handle = DeskHandle(
            tested.desk, tested.log, lane=self.lane, clock=tested.clock, own_key=tested.key.public_key
        )
        self.window = MainWindow()
        self.pane = build(self.handle, self.window)
        self.window.add_pane(PaneEntry(id="pane", text=say("Board"), icon="board", build=lambda: self.pane))
        self.handle.changed.connect(self.window.refreshing.tell)
        self.window.resize(1280, 720)
        self.window.show_pane("pane")
        self.window.show()
        self.window.activateWindow()
        QApplication.processEvents()

    def told(self) -> None:
        """Somebody else changed the event."""
        self.handle.told()
        QApplication.processEvents()
