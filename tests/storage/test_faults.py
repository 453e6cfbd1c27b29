"""A disk that fails: nothing is confirmed that is not safe, and the log stops until it is opened again."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

import pytest

from arctos_desk.operations.ports import ProjectionChange
from arctos_desk.operations.reduce import Folded, Held
from arctos_desk.storage.disk import Disk
from arctos_desk.storage.event_file import EventFile
from arctos_desk.tournament import records
from arctos_desk.tournament.reasons import Outage
from arctos_desk.wire.operation import Sealed
from tests.storage.makers import NOTHING, Laptop, ids, ids_in, put


class FailingDisk(Disk):
    """Works until told otherwise; then the `failing_after`th call of one kind fails."""

    def __init__(self) -> None:
        self.failing = ""
        self.failing_after = 0
        self.error = errno.EIO
        self.torn = False

    def fail(self, what: str, after: int = 0, error: int = errno.EIO) -> None:
        self.failing, self.failing_after, self.error = what, after, error

    def _maybe(self, what: str) -> None:
        if self.failing != what:
            return
        if self.failing_after:
            self.failing_after -= 1
            return
        raise OSError(self.error, "the disk fails")

    def write(self, descriptor: int, content: bytes) -> None:
        if self.torn and self.failing == "write" and not self.failing_after:
            super().write(descriptor, content[: len(content) // 2])
        self._maybe("write")
        super().write(descriptor, content)

    def sync(self, descriptor: int) -> None:
        self._maybe("sync")
        super().sync(descriptor)

    def sync_folder(self, folder: Path) -> None:
        self._maybe("sync_folder")
        super().sync_folder(folder)

    def reserve(self, descriptor: int, at: int, size: int) -> None:
        self._maybe("reserve")
        super().reserve(descriptor, at, size)


def _as_far_as_it_goes(event: EventFile, tried: list[Sealed], confirmed: list[Sealed]) -> None:
    for one in tried:
        event.append([one], NOTHING)
        confirmed.append(one)


@pytest.mark.parametrize("error", [errno.EIO, errno.ENOSPC])
@pytest.mark.parametrize("after", [0, 1, 3])
@pytest.mark.parametrize("what", ["sync", "write"])
def test_a_journal_that_fails_stops_the_log_and_loses_nothing_confirmed(
    laptop: Laptop, what: str, after: int, error: int
) -> None:
    disk = FailingDisk()
    disk.torn = True
    confirmed = []
    with laptop.create(disk) as event:
        first = laptop.entry()
        event.append([first], NOTHING)
        confirmed.append(first)
        disk.fail(what, after, error)
        tried = laptop.entries(6)
        with pytest.raises(Outage) as caught:
            _as_far_as_it_goes(event, tried, confirmed)
        assert not caught.value.work_continues
        assert event.stopped is caught.value
        disk.fail("")
        with pytest.raises(Outage):
            event.append([tried[len(confirmed) - 1]], NOTHING)
    with laptop.open() as event:
        there = ids_in(event)
        assert ids(confirmed) <= there
        assert len(there) - len(confirmed) == len(event.report.unconfirmed) <= 1
        put(event, laptop.entries(2))


def test_a_journal_file_that_cannot_be_made_stops_the_log(laptop: Laptop) -> None:
    disk = FailingDisk()
    with laptop.create(disk) as event:
        disk.fail("sync_folder")
        with pytest.raises(Outage):
            event.append([laptop.entry()], NOTHING)
    with laptop.open() as event:
        assert ids_in(event) == set()


def test_no_room_to_reserve_is_no_reason_to_stop(laptop: Laptop) -> None:
    disk = FailingDisk()
    with laptop.create(disk) as event:
        disk.fail("reserve", error=errno.ENOSPC)
        sealed = laptop.entries(3)
        put(event, sealed)
    laptop.path.unlink()
    with laptop.open() as event:
        assert ids_in(event) == ids(sealed)


def _limit(event: EventFile) -> None:
    driver = event._driver()
    pages = driver.execute("PRAGMA page_count").fetchone()[0]
    driver.execute(f"PRAGMA max_page_count={pages}")


def test_a_full_disk_after_the_journal_was_written_brings_the_entry_back_as_never_confirmed(laptop: Laptop) -> None:
    confirmed = []
    with laptop.create() as event:
        _limit(event)
        tried = [laptop.entry({"set": {"match/m": {"name": "x" * 8_000}}}) for _ in range(200)]
        with pytest.raises(Outage) as caught:
            _as_far_as_it_goes(event, tried, confirmed)
        assert "full" in str(caught.value)
        assert event.frontier()[laptop.stream][0] == len(confirmed)
    with laptop.open() as event:
        assert len(ids_in(event)) == len(confirmed) + 1
        assert event.report.codes == ("UNCONFIRMED",)
        assert event.report.unconfirmed == tuple(ids_in(event) - ids(confirmed))
    with laptop.open() as event:
        assert event.report.codes == ()


def test_a_bug_before_the_journal_leaves_the_log_working(event: EventFile, laptop: Laptop) -> None:
    event.rebuild(ProjectionChange(whole=True))
    first = laptop.entry()
    with pytest.raises(AttributeError):
        event.append([first], ProjectionChange(records={"match/m": "no match at all"}))
    assert event.stopped is None
    event.append([first], NOTHING)
    assert ids_in(event) == ids([first])


def test_a_bug_behind_the_journal_rises_as_it_is_and_stops_the_log(
    laptop: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    with laptop.create() as event:
        event.append([laptop.entry()], NOTHING)
        with monkeypatch.context() as patched:
            patched.setattr(EventFile, "_run", broken)
            with pytest.raises(ZeroDivisionError):
                event.append([laptop.entry()], NOTHING)
        with pytest.raises(Outage):
            event.append([laptop.entry()], NOTHING)
    with laptop.open() as event:
        assert len(ids_in(event)) == 2
        assert len(event.report.unconfirmed) == 1


def test_a_row_that_sqlite_cannot_hold_is_a_bug_and_no_fault_of_the_disk(event: EventFile, laptop: Laptop) -> None:
    event.rebuild(ProjectionChange(whole=True))
    other = Laptop(laptop.folder / "other", seed=2)
    nameless = Folded("team/t", {"name": Held(value="n", heads=())})
    change = ProjectionChange(folded={"team/t": nameless}, records={"team/t": records.Team(id="t", key="k", name=[])})
    entries = other.entries(1)
    with pytest.raises((sqlite3.InterfaceError, sqlite3.ProgrammingError)):
        event.receive(entries, change)
    assert event.stopped is None
    event.receive(entries, NOTHING)
    event.append([laptop.entry()], NOTHING)
    assert len(ids_in(event)) == 2


def test_a_second_journal_takes_everything_until_its_stick_is_pulled(laptop: Laptop, tmp_path: Path) -> None:
    disk = FailingDisk()
    stick = tmp_path / "stick"
    with laptop.create(disk, second_journal=stick) as event:
        put(event, laptop.entries(3))
        event.backup()
        copied = (stick / f"{laptop.stream}.log").read_bytes()
        assert event.second_journal_problem is None
        # The first write of a commit goes to the journal, the second to the stick.
        disk.fail("write", after=1)
        event.append([laptop.entry()], NOTHING)
        disk.fail("")
        assert event.second_journal_problem is not None
        put(event, laptop.entries(2))
    own = (laptop.folder / "cup.oplog" / f"{laptop.stream}.log").read_bytes()
    assert own.startswith(copied)
    assert len(own) > len(copied)


def test_a_backup_that_fails_says_that_work_continues(laptop: Laptop) -> None:
    disk = FailingDisk()
    with laptop.create(disk) as event:
        put(event, laptop.entries(2))
        disk.fail("sync")
        with pytest.raises(Outage) as caught:
            event.backup()
        assert caught.value.work_continues
        with pytest.raises(Outage) as caught:
            event.save_copy(laptop.folder / "copy.arctos")
        assert caught.value.work_continues
        disk.fail("")
        event.append([laptop.entry()], NOTHING)
    assert not list(laptop.folder.glob("**/*.new"))


@pytest.mark.parametrize("what", ["write", "sync", "sync_folder"])
def test_a_disk_that_fails_while_somebody_is_taken_out_of_the_journal_loses_nobody_else(
    laptop: Laptop, what: str
) -> None:
    class FailingLater(FailingDisk):
        def put(self, path: Path, content: bytes) -> None:
            self.fail(what)
            super().put(path, content)

    disk = FailingLater()
    with laptop.create() as event:
        event.append([laptop.entry()], NOTHING, [laptop.person("Ada"), laptop.person("Bob", "p2")])
    with laptop.open(disk=disk) as event:
        event.append([laptop.entry()], NOTHING, [laptop.person("Ada", erased=True)])
        assert event.stopped is not None
        with pytest.raises(Outage):
            event.append([laptop.entry()], NOTHING)
    with laptop.open() as event:
        assert {one.name for one in event.people().values()} == {"Bob"}
        assert event.frontier() != {}
        event.append([], NOTHING, [laptop.person("Cyd", "p3")])
    assert not any(b'"Ada"' in file.read_bytes() for file in laptop.folder.rglob("*.log"))
