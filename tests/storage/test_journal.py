"""The journal's files: whole commits come back, torn ones do not, and one bad spot costs no more than itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arctos_desk.storage import journal
from arctos_desk.storage.disk import DISK
from arctos_desk.storage.journal import JournalWriter, OperationRecord, PersonEntry, Record

BATCHES: list[tuple[Record, ...]] = [
    (OperationRecord(1, b"one", b"s" * 64),),
    (OperationRecord(2, b"two", bytes(64)), OperationRecord(3, b"three", b"t" * 64)),
    (PersonEntry(b"{}"),),
    (OperationRecord(4, b"four" * 500, bytes(64)),),
]


def write(folder: Path, batches: list[tuple[Record, ...]] = BATCHES) -> Path:
    writer = JournalWriter(folder, "cup", DISK)
    for batch in batches:
        writer.append("aa", batch)
    writer.close()
    return folder / "aa.log"


def test_what_was_written_is_read_commit_by_commit(tmp_path: Path) -> None:
    file = journal.read(write(tmp_path / "oplog"), DISK)
    assert (file.tournament, file.stream) == ("cup", "aa")
    assert list(file.batches) == BATCHES
    assert not file.torn
    assert file.rotten == 0
    assert file.sound_length == file.size


def test_space_reserved_ahead_is_no_torn_tail_and_is_given_back(tmp_path: Path) -> None:
    writer = JournalWriter(tmp_path, "cup", DISK)
    writer.append("aa", BATCHES[0])
    file = journal.read(tmp_path / "aa.log", DISK)
    assert file.size == journal.RESERVED
    assert not file.torn
    assert list(file.batches) == BATCHES[:1]
    journal.cut_tail(file, DISK)
    assert (tmp_path / "aa.log").stat().st_size == file.sound_length
    assert not (tmp_path / "aa.log.torn").exists()
    writer.close()


def test_more_than_was_reserved_is_written_all_the_same(tmp_path: Path) -> None:
    batches: list[tuple[Record, ...]] = [(OperationRecord(n, b"x" * 9_000, b"s" * 64),) for n in range(1, 80)]
    assert list(journal.read(write(tmp_path, batches), DISK).batches) == batches


@pytest.mark.parametrize("lost", range(1, 166, 7))
def test_a_torn_commit_is_gone_as_a_whole_and_its_bytes_are_kept_beside(tmp_path: Path, lost: int) -> None:
    path = write(tmp_path, BATCHES[:2])
    content = path.read_bytes()
    path.write_bytes(content[:-lost])
    file = journal.read(path, DISK)
    assert list(file.batches) == BATCHES[:1]
    assert file.torn
    journal.cut_tail(file, DISK)
    again = journal.read(path, DISK)
    assert not again.torn
    assert again.batches == file.batches
    kept = path.read_bytes() + (tmp_path / "aa.log.torn").read_bytes()
    assert kept.rstrip(b"\0") == content[:-lost].rstrip(b"\0")


def test_garbage_behind_the_last_commit_is_cut_off(tmp_path: Path) -> None:
    path = write(tmp_path)
    with path.open("ab") as file:
        file.write(b"\0\0\0\x20garbage" * 9)
    read = journal.read(path, DISK)
    assert read.torn
    assert list(read.batches) == BATCHES


@given(st.integers(0), st.integers(1, 255))
def test_one_bad_byte_costs_at_most_the_record_it_stands_in(
    tmp_path_factory: pytest.TempPathFactory, at, change
) -> None:  # type: ignore[no-untyped-def]
    path = write(tmp_path_factory.mktemp("oplog"))
    content = bytearray(path.read_bytes())
    content[at % len(content)] ^= change
    path.write_bytes(content)
    file = journal.read(path, DISK)
    kept = [record for batch in file.batches for record in batch]
    written = [record for batch in BATCHES for record in batch]
    assert all(record in written for record in kept)
    # A damaged last commit looks like one that was torn while it was written.
    assert len(kept) >= len(written) - 1
    assert file.rotten or file.torn


def test_a_stretch_of_zeros_in_the_middle_is_stepped_over(tmp_path: Path) -> None:
    path = write(tmp_path)
    content = bytearray(path.read_bytes())
    start = content.index(b"two") - 10
    content[start : start + 10] = bytes(10)
    path.write_bytes(content)
    file = journal.read(path, DISK)
    assert file.rotten == 1
    assert file.batches[0] == BATCHES[0]
    assert file.batches[-2:] == tuple(BATCHES[2:])


def test_a_file_is_never_written_over(tmp_path: Path) -> None:
    path = write(tmp_path)
    before = path.read_bytes()
    with pytest.raises(FileExistsError):
        write(tmp_path)
    assert path.read_bytes() == before


def test_a_folder_that_is_not_there_holds_no_files(tmp_path: Path) -> None:
    assert journal.files(tmp_path / "nowhere") == []
