"""Backups are opened and checked before they count, and old ones make room."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from arctos_desk.storage import backups
from arctos_desk.storage.checks import Condition, inspect
from arctos_desk.storage.event_file import EventFile
from arctos_desk.tournament.instants import to_datetime
from arctos_desk.tournament.reasons import Outage
from tests.storage.makers import NOTHING, Laptop, ids, ids_in, put

HOUR = 3_600_000


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_a_backup_is_one_checked_file_made_while_the_event_is_in_use(laptop: Laptop, event: EventFile) -> None:
    sealed = laptop.entries(4)
    put(event, sealed)
    made = event.backup()
    assert made is not None
    assert made.path.parent == laptop.folder / "cup.backups"
    assert names(made.path.parent) == [made.path.name]
    assert inspect(made.path).operations == 4
    assert inspect(made.path).condition is Condition.SOUND
    assert names(made.path.parent) == [made.path.name]
    assert [backup.at_ms for backup in backups.kept(made.path.parent, "cup")] == [made.at_ms]


def test_nothing_is_backed_up_when_nothing_changed(laptop: Laptop, event: EventFile) -> None:
    put(event, laptop.entries(1))
    assert event.backup() is not None
    assert event.backup() is None
    event.append([], NOTHING, [laptop.person("Ada")])
    assert event.backup() is not None


def test_a_stick_gets_its_own_checked_backup(laptop: Laptop, event: EventFile, tmp_path: Path) -> None:
    put(event, laptop.entries(2))
    event.backup(second_folder=tmp_path / "stick")
    event.backup(second_folder=tmp_path / "stick")
    assert [inspect(file).operations for file in (tmp_path / "stick").iterdir()] == [2, 2]


def test_a_copy_under_a_chosen_name_is_an_event_of_its_own(laptop: Laptop, event: EventFile, tmp_path: Path) -> None:
    sealed = laptop.entries(3)
    put(event, sealed)
    target = tmp_path / "elsewhere" / "cup.arctos"
    event.save_copy(target)
    copy = Laptop(target.parent, seed=8)
    with copy.open() as opened:
        assert ids_in(opened) == ids(sealed)
        # Written on another laptop: what came with the copy is in its journal too, now that it works there.
        assert opened.report.codes == ("JOURNAL_MENDED",)


def test_an_unsound_copy_never_gets_a_name(laptop: Laptop, event: EventFile) -> None:
    put(event, laptop.entries(3))
    driver = event._driver()
    driver.execute("DROP TRIGGER op_is_never_changed")
    driver.execute("UPDATE op SET hash = 'x' WHERE seq = 2")
    with pytest.raises(Outage) as caught:
        event.backup()
    assert caught.value.work_continues
    assert names(laptop.folder / "cup.backups") == []


def test_the_newest_24_and_the_newest_of_each_day_stay(tmp_path: Path) -> None:
    moments = [index * 3 * HOUR for index in range(80)]
    for at_ms in moments:
        (tmp_path / f"cup-{to_datetime(at_ms):%Y%m%dT%H%M%S}000Z.arctos").touch()
    backups.rotate(tmp_path, "cup")
    kept = [backup.at_ms for backup in backups.kept(tmp_path, "cup")]
    assert kept[:24] == sorted(moments[-24:], reverse=True)
    assert kept[24:] == [day * 24 * HOUR + 21 * HOUR for day in (6, 5, 4, 3, 2, 1, 0)]


def test_files_that_only_look_like_backups_are_left_alone(tmp_path: Path) -> None:
    for name in ("cup-2-20250101T000000000Z.arctos", "cup-notes.arctos", "other.txt"):
        (tmp_path / name).write_text("mine")
    assert backups.kept(tmp_path, "cup") == []
    assert backups.kept(tmp_path / "nowhere", "cup") == []
    assert [one.at_ms for one in backups.kept(tmp_path, "cup-2")] == [1_735_689_600_000]


def test_a_backup_is_no_wal_file_that_could_lose_its_neighbours(laptop: Laptop, event: EventFile) -> None:
    made = event.backup()
    assert made is not None
    connection = sqlite3.connect(made.path)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    connection.close()
