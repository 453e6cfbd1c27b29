"""What is damaged is set aside; what was confirmed comes back from somewhere, and the report says from where."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from arctos_desk.storage.checks import Condition, inspect
from arctos_desk.tournament.reasons import Outage, Refused
from arctos_desk.tournament.words import in_english
from arctos_desk.wire.frontier import Missing
from arctos_desk.wire.operation import Sealed
from tests.storage.makers import NOTHING, Laptop, ids, ids_in, put


def filled(laptop: Laptop, *, backup_after: int | None = None, count: int = 6) -> list[Sealed]:
    """An event with entries, names, and a backup made on the way."""
    sealed = laptop.entries(count)
    with laptop.create() as event:
        for index, one in enumerate(sealed):
            if index == backup_after:
                event.backup()
            event.append([one], NOTHING, [laptop.person(f"Ada {index}")])
    return sealed


def expect_all(laptop: Laptop, sealed: list[Sealed], *codes: str) -> None:
    with laptop.open() as event:
        assert event.report.codes == codes
        assert ids_in(event) == ids(sealed)
        assert event.people()["p1"].name == f"Ada {len(sealed) - 1}"
        assert event.verify(every_signature=True).flaws == ()
        put(event, laptop.entries(1))
    with laptop.open() as event:
        assert event.report.codes == ()


def test_a_deleted_file_comes_back_from_the_journal(laptop: Laptop) -> None:
    sealed = filled(laptop)
    laptop.path.unlink()
    expect_all(laptop, sealed, "FILE_GONE", "NEW_FILE", "FROM_JOURNAL")


def test_a_deleted_file_comes_back_from_backup_and_journal(laptop: Laptop) -> None:
    sealed = filled(laptop, backup_after=3)
    laptop.path.unlink()
    expect_all(laptop, sealed, "FILE_GONE", "FROM_BACKUP", "FROM_JOURNAL")


def test_an_event_without_entries_comes_back_too(laptop: Laptop) -> None:
    laptop.create().close()
    laptop.path.unlink()
    with laptop.open() as event:
        assert event.tournament == "cup"
        assert event.report.codes == ("FILE_GONE", "NEW_FILE")


@pytest.mark.parametrize("size", [0, 1, 99, 4_096, 20_000])
def test_a_truncated_file_is_set_aside(laptop: Laptop, size: int) -> None:
    sealed = filled(laptop)
    os.truncate(laptop.path, size)
    expect_all(laptop, sealed, "SET_ASIDE", "NEW_FILE", "FROM_JOURNAL")
    aside = list(laptop.folder.glob("cup.arctos.bad-*"))
    assert [file.stat().st_size for file in aside] == [size]


def test_a_file_of_zeros_is_set_aside(laptop: Laptop) -> None:
    sealed = filled(laptop, backup_after=2)
    laptop.path.write_bytes(bytes(laptop.path.stat().st_size))
    expect_all(laptop, sealed, "SET_ASIDE", "FROM_BACKUP", "FROM_JOURNAL")


def test_two_damages_in_one_second_are_both_kept(laptop: Laptop) -> None:
    filled(laptop)
    for _ in range(2):
        laptop.path.write_bytes(b"no database at all" * 400)
        laptop.now_ms = 1_750_000_100_000
        laptop.open().close()
    assert len([file for file in laptop.folder.iterdir() if ".bad-" in file.name]) == 2


def test_a_flipped_bit_in_an_entry_is_seen_by_the_chain_and_not_by_sqlite(laptop: Laptop) -> None:
    sealed = filled(laptop)
    content = bytearray(laptop.path.read_bytes())
    content[content.index(b'"Match 3"') + 7] ^= 1
    laptop.path.write_bytes(content)
    connection = sqlite3.connect(laptop.path)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
    assert inspect(laptop.path).condition is Condition.DAMAGED
    expect_all(laptop, sealed, "SET_ASIDE", "NEW_FILE", "FROM_JOURNAL")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE op SET op_id = 'other' WHERE seq = 3",
        "UPDATE op SET hlc = '0000000000000000' WHERE seq = 3",
        "UPDATE op SET hash = 'ab' WHERE seq = 3",
        "DELETE FROM op WHERE seq = 3",
        "DELETE FROM op WHERE seq = 6",
        "DELETE FROM stream",
        "UPDATE stream SET last_seq = 5",
        "UPDATE person_record SET name = 'Eve'",
        "DELETE FROM person_record",
        "UPDATE person_change SET raw = x'7b7d' WHERE rowid = 1",
        "DELETE FROM file_info",
        "DROP TABLE op",
    ],
)
def test_tampering_with_any_table_of_the_log_is_noticed_at_the_next_start(laptop: Laptop, statement: str) -> None:
    sealed = filled(laptop)
    connection = sqlite3.connect(laptop.path)
    connection.execute("DROP TRIGGER op_is_never_changed")
    connection.execute("DROP TRIGGER op_is_never_deleted")
    connection.execute(statement.replace("rowid = 1", "id IN (SELECT min(id) FROM person_change)"))
    connection.commit()
    connection.close()
    expect_all(laptop, sealed, "SET_ASIDE", "NEW_FILE", "FROM_JOURNAL")


def test_damage_that_only_the_full_check_sees_is_mended_by_a_thorough_opening(laptop: Laptop) -> None:
    sealed = filled(laptop)
    connection = sqlite3.connect(laptop.path)
    connection.execute("DROP TRIGGER op_is_never_changed")
    connection.execute("UPDATE op SET sig = zeroblob(64) WHERE seq = 3")
    connection.execute("DELETE FROM op_touch WHERE entity = 'match/m3'")
    connection.commit()
    connection.close()
    with laptop.open() as event:
        assert [flaw.code for flaw in event.verify().flaws] == ["TOUCH_INDEX"]
        flaws = event.verify(every_signature=True).flaws
        assert [flaw.code for flaw in flaws] == ["SIGNATURE", "TOUCH_INDEX"]
        assert flaws[0].number == 3
    with laptop.open(thorough=True) as event:
        assert event.report.codes == ("SET_ASIDE", "NEW_FILE", "FROM_JOURNAL")
        assert event.verify(every_signature=True).flaws == ()
        assert ids_in(event) == ids(sealed)


def _left_open(laptop: Laptop, sealed: list[Sealed], folder: Path) -> Laptop:
    """A copy of the event as a power cut would leave it: with a WAL that was not yet brought into the file."""
    with laptop.create() as event:
        put(event, sealed)
        shutil.copytree(laptop.folder, folder)
    copy = Laptop(folder, seed=99, now_ms=laptop.now_ms)
    assert copy.path.with_name("cup.arctos-wal").stat().st_size > 0
    return copy


def test_a_wal_is_replayed_as_if_nothing_had_happened(laptop: Laptop, tmp_path: Path) -> None:
    sealed = laptop.entries(4)
    copy = _left_open(laptop, sealed, tmp_path / "copy")
    with copy.open() as event:
        assert event.report.codes == ()
        assert ids_in(event) == ids(sealed)


@pytest.mark.parametrize("damage", ["deleted", "truncated", "flipped"])
def test_a_lost_wal_is_made_good_from_the_journal(laptop: Laptop, tmp_path: Path, damage: str) -> None:
    sealed = laptop.entries(4)
    copy = _left_open(laptop, sealed, tmp_path / "copy")
    wal = copy.path.with_name("cup.arctos-wal")
    content = bytearray(wal.read_bytes())
    if damage == "deleted":
        wal.unlink()
    elif damage == "truncated":
        os.truncate(wal, len(content) // 2)
    else:
        content[len(content) // 2] ^= 1
        wal.write_bytes(content)
    with copy.open() as event:
        assert event.report.codes == ("FROM_JOURNAL",)
        assert event.report.unconfirmed == ()
        assert ids_in(event) == ids(sealed)


def test_a_deleted_journal_is_written_again_from_the_file(laptop: Laptop) -> None:
    sealed = filled(laptop)
    shutil.rmtree(laptop.folder / "cup.oplog")
    with laptop.open() as event:
        assert event.report.codes == ("JOURNAL_MENDED",)
    laptop.path.unlink()
    expect_all(laptop, sealed, "FILE_GONE", "NEW_FILE", "FROM_JOURNAL")


def test_a_damaged_journal_is_mended_from_the_file(laptop: Laptop) -> None:
    sealed = filled(laptop)
    path = laptop.folder / "cup.oplog" / f"{laptop.stream}.log"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with laptop.open() as event:
        assert event.report.codes == ("ROTTEN", "JOURNAL_MENDED")
    laptop.path.unlink()
    expect_all(laptop, sealed, "FILE_GONE", "NEW_FILE", "FROM_JOURNAL")


@pytest.mark.parametrize("place", [3, 30])
def test_a_journal_whose_beginning_is_damaged_still_gives_its_entries(laptop: Laptop, place: int) -> None:
    sealed = filled(laptop)
    path = laptop.folder / "cup.oplog" / f"{laptop.stream}.log"
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)
    laptop.path.unlink()
    expect_all(laptop, sealed, "FILE_GONE", "NEW_FILE", "ROTTEN", "FROM_JOURNAL", "JOURNAL_MENDED")
    assert (laptop.folder / "cup.oplog" / f"{path.name}.bad-1").read_bytes() == content


def test_entries_behind_a_gap_wait_apart_until_the_gap_is_filled(laptop: Laptop) -> None:
    sealed = laptop.entries(5)
    with laptop.create() as event:
        put(event, sealed)
    path = laptop.folder / "cup.oplog" / f"{laptop.stream}.log"
    content = bytearray(path.read_bytes())
    content[content.index(b'"Match 3"')] ^= 1
    path.write_bytes(content)
    laptop.path.unlink()
    stream = sealed[0].operation.stream
    with laptop.open() as event:
        assert ids_in(event) == ids(sealed[:2])
        assert event.kept_apart() == [("GAP", stream, 4), ("GAP", stream, 5)]
        event.receive(sealed[2:3], NOTHING)
    with laptop.open() as event:
        assert ids_in(event) == ids(sealed)


def test_entries_of_others_that_were_in_no_backup_are_named_as_missing(laptop: Laptop, tmp_path: Path) -> None:
    other = Laptop(tmp_path / "other", seed=2)
    with laptop.create() as event:
        event.receive(other.entries(3), NOTHING)
        event.backup()
        event.receive(other.entries(4), NOTHING)
        own = laptop.entries(2)
        put(event, own)
    content = bytearray(laptop.path.read_bytes())
    content[content.index(b'"Match 6"') + 7] ^= 1
    laptop.path.write_bytes(content)
    with laptop.open() as event:
        assert event.report.codes == ("SET_ASIDE", "FROM_BACKUP", "FROM_JOURNAL", "MISSING")
        assert event.report.missing == (Missing(other.stream, 3, 7),)
        assert ids(own) <= ids_in(event)
        assert in_english(event.report.steps[-1].words).startswith("4 entries of other desks")


def test_a_backup_that_does_not_pass_its_check_is_passed_over(laptop: Laptop) -> None:
    sealed = laptop.entries(6)
    with laptop.create() as event:
        put(event, sealed[:2])
        first = event.backup()
        put(event, sealed[2:4])
        second = event.backup()
        put(event, sealed[4:])
    assert first is not None
    assert second is not None
    content = bytearray(second.path.read_bytes())
    content[content.index(b'"Match 3"') + 7] ^= 1
    second.path.write_bytes(content)
    laptop.path.unlink()
    with laptop.open() as event:
        assert event.report.codes == ("FILE_GONE", "FROM_BACKUP", "FROM_JOURNAL")
        assert event.report.steps[1].count == 2
        assert ids_in(event) == ids(sealed)


def test_a_damaged_file_with_nothing_beside_it_is_left_as_it_is(laptop: Laptop) -> None:
    filled(laptop)
    shutil.rmtree(laptop.folder / "cup.oplog")
    laptop.path.write_bytes(b"damaged" * 2_000)
    with pytest.raises(Refused) as caught:
        laptop.open()
    assert caught.value.codes == ("CANNOT_RECOVER",)
    assert laptop.path.read_bytes() == b"damaged" * 2_000
    with laptop.open(tournament="cup") as event:
        assert ids_in(event) == set()


def test_a_damaged_file_of_a_newer_version_is_not_touched(laptop: Laptop) -> None:
    filled(laptop)
    connection = sqlite3.connect(laptop.path)
    connection.execute("UPDATE alembic_version SET version_num = '0999'")
    connection.execute("UPDATE file_info SET value = '9.1' WHERE name = 'build'")
    connection.execute("DELETE FROM stream")
    connection.commit()
    connection.close()
    with pytest.raises(Refused) as caught:
        laptop.open()
    assert caught.value.codes == ("NEWER_FILE",)
    assert laptop.path.exists()


def test_a_file_that_somebody_else_is_writing_is_no_damaged_file(laptop: Laptop) -> None:
    filled(laptop)
    other = sqlite3.connect(laptop.path, isolation_level=None)
    other.execute("PRAGMA locking_mode=EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    other.execute("INSERT INTO local_draft VALUES ('x', 'y', 1)")
    with pytest.raises(Outage):
        laptop.open()
    other.execute("ROLLBACK")
    other.close()
    assert not [file for file in laptop.folder.iterdir() if ".bad-" in file.name]
    laptop.open().close()
