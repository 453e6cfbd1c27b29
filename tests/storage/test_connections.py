"""Every connection has the settings on which nothing confirmed is ever lost, and only the writer checkpoints."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from arctos_desk.storage import connections
from arctos_desk.storage.event_file import EventFile
from arctos_desk.tournament.reasons import Outage
from tests.storage.makers import Laptop, put

EXPECTED = {
    "journal_mode": "wal",
    "synchronous": 2,
    "fullfsync": 1,
    "checkpoint_fullfsync": 1,
    "foreign_keys": 1,
    "busy_timeout": 5000,
    "mmap_size": 0,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "journal_size_limit": 67_108_864,
    "temp_store": 2,
}


def test_the_writer_overwrites_what_it_deletes(event: EventFile) -> None:
    assert event._driver().execute("PRAGMA secure_delete").fetchone() == (1,)


def test_writer_and_reader_have_every_setting(laptop: Laptop, event: EventFile) -> None:
    put(event, laptop.entries(1))
    with closing(connections.reader(laptop.path)) as reader:
        for driver in (event._driver(), reader):
            for name, value in EXPECTED.items():
                assert driver.execute(f"PRAGMA {name}").fetchone()[0] == value, name
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            driver.execute("DELETE FROM stream")


def test_the_writer_takes_the_lock_when_it_begins(event: EventFile, laptop: Laptop) -> None:
    other = sqlite3.connect(laptop.path, isolation_level=None, timeout=0)
    with event._transaction(), pytest.raises(sqlite3.OperationalError, match="locked"):
        other.execute("BEGIN IMMEDIATE")
    other.close()


def test_a_file_in_use_elsewhere_is_an_outage_after_which_work_continues(event: EventFile, laptop: Laptop) -> None:
    event._driver().execute("PRAGMA busy_timeout=0")
    with closing(sqlite3.connect(laptop.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        entry = laptop.entry()
        with pytest.raises(Outage) as caught:
            put(event, [entry])
        assert caught.value.work_continues
        other.execute("ROLLBACK")
    put(event, [entry])
    assert event.stopped is None


def test_a_reader_that_closes_last_leaves_the_wal_alone(laptop: Laptop, tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE t (x)")
        held = connections.reader(path)
        assert held.execute("SELECT count(*) FROM t").fetchone() == (0,)
        connection.execute("PRAGMA wal_autocheckpoint=0")
        connection.execute("INSERT INTO t VALUES (1)")
    size = path.with_name("x.db-wal").stat().st_size
    assert size > 0
    held.close()
    assert path.with_name("x.db-wal").stat().st_size == size


def test_a_file_that_cannot_have_a_wal_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE t (x)")
    with pytest.raises(Outage, match="journal_mode"):
        connections.reader(path)


@pytest.mark.parametrize(
    ("version", "affected"),
    [
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 45, 0), True),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 0), True),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 54, 1), False),
    ],
)
def test_versions_with_the_wal_reset_bug_are_known(version: tuple[int, ...], affected: bool) -> None:
    assert connections.wal_reset_affected(version) is affected


def test_a_reader_never_checkpoints_where_the_bug_is(
    laptop: Laptop, event: EventFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "wal_reset_affected", lambda: True)
    with closing(connections.reader(laptop.path)) as reader:
        assert reader.execute("PRAGMA wal_autocheckpoint").fetchone() == (0,)
    assert event._driver().execute("PRAGMA wal_autocheckpoint").fetchone() == (connections.CHECKPOINT_PAGES,)


def test_names_with_marks_of_addresses_open_the_file_that_was_meant(tmp_path: Path) -> None:
    laptop = Laptop(tmp_path / "50% off? #1 &c")
    with laptop.create() as event:
        put(event, laptop.entries(1))
    assert laptop.path.exists()
    with laptop.open() as event:
        assert len(event.frontier()) == 1
