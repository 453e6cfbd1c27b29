"""The machine of random orders over a real event file: what stands in its projections is what the desk shows.

Undo restores the canonical dump of the projections, a rebuild from the log gives the same dump, a restart is the file
closed and opened again.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import closing
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis.stateful import invariant, rule

from arctos_desk.operations import commands
from arctos_desk.operations.reduce import fold_all
from arctos_desk.operations.state import from_folded, whole_change
from arctos_desk.storage import connections
from arctos_desk.storage.event_file import EventFile, create_event, open_event
from arctos_desk.storage.projections import Projections
from arctos_desk.wire.frontier import digest
from tests.operations.desks import ORGANISER, HandClock, TestedDesk, small_day
from tests.operations.test_machine import DeskMachine
from tests.trying import tries

BUILD = "test"
TIMES = "match_times "
"""How lines of the dump begin that tell live times; they follow the clock as well as the facts."""


class DeskOnDisk(TestedDesk):
    """A real desk over an event file in a folder of its own."""

    log: EventFile  # type: ignore[assignment]

    def __init__(self, folder: Path, *, seed: int = 1) -> None:
        self.path = folder / "cup.arctos"
        clock = HandClock()
        log = create_event(self.path, "cup", clock=clock, build=BUILD, chance=bytes)
        super().__init__(seed=seed, log=log, clock=clock)  # type: ignore[arg-type]

    def restart(self) -> None:
        self.log.close()
        self.log = open_event(self.path, clock=self.clock, build=BUILD, chance=self.chance.randbytes)
        self.desk = self.opened()

    def stated(self) -> str:
        """The canonical dump without what follows from the clock."""
        return "".join(line for line in self.log.dump().splitlines(keepends=True) if not line.startswith(TIMES))


class DeskMachineOnDisk(DeskMachine):
    """Random work at one desk whose event is a file."""

    tested: DeskOnDisk

    def open_desk(self) -> TestedDesk:
        self.folder = Path(tempfile.mkdtemp(prefix="arctos-machine-"))
        tested = DeskOnDisk(self.folder)
        tested.does(commands.CreateEvent(name="Small Cup", zone="Europe/Berlin"), ORGANISER)
        tested.does(commands.ImportRecords(writes=small_day(), file_name="small.json"), ORGANISER)
        return tested

    def teardown(self) -> None:
        if not hasattr(self, "folder"):
            return
        try:
            found = self.tested.log.verify(every_signature=True)
            assert not found.flaws, found.flaws
        finally:
            self.tested.log.close()
            shutil.rmtree(self.folder)

    def picture(self) -> object:
        return super().picture(), self.tested.stated()

    def _try(self, command: commands.Command, acting: commands.Acting) -> bool:
        """Every second order is taken back and brought again at once: as if it had never been, then as it was."""
        before = self.picture()
        if not super()._try(command, acting):
            return False
        self.orders = getattr(self, "orders", 0) + 1
        if self.orders % 2 or isinstance(command, commands.Undo | commands.Redo):
            return True
        after = self.picture()
        self.tested.does(commands.Undo(accept_rests=True), acting)
        assert self.picture() == before, f"undo did not restore what was before {command}"
        self.tested.does(commands.Redo(), acting)
        assert self.picture() == after, f"redo did not bring back {command}"
        return True

    @rule()
    def restart(self) -> None:
        before = self.picture()
        self.tested.restart()
        assert not self.tested.desk.rebuilt, "the projections of a file that was closed well were thrown away"
        assert not self.tested.log.report.steps, "a file that was closed well was mended"
        assert self.picture() == before, "a restart changed what is shown"

    @rule()
    def rebuild(self) -> None:
        log, state = self.tested.log, self.tested.desk.state
        live = log.dump()
        afresh = from_folded("cup", fold_all(log.operations()), log.people(), now_ms=state.solved_at_ms)
        log.rebuild(whole_change(afresh))
        assert log.dump() == live, "a rebuild gives other projections than the day gave step by step"

    @invariant()
    def the_projections_are_what_the_desk_holds(self) -> None:
        # Read beside the open file, as a start of the program would: the log's own memory stays as the day made it.
        with closing(connections.reader(self.tested.path)) as connection:
            loaded = Projections().fill(connection, digest(self.tested.log.frontier()))
        assert loaded is not None, "the projections do not belong to the log"
        assert loaded == dict(self.tested.desk.state.folded)


TestDeskMachineOnDisk = DeskMachineOnDisk.TestCase
TestDeskMachineOnDisk.settings = settings(
    max_examples=tries(20),
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
