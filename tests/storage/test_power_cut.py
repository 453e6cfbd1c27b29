"""A power cut at every write and every sync of the journal: what was synced is there, whatever became of the rest.

The disk is a model: sectors of 512 bytes that were written but not synced are each kept or lost by chance, and a file
whose name was not synced may be gone.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from arctos_desk.storage import journal
from arctos_desk.storage.disk import Disk
from arctos_desk.storage.journal import JournalWriter, OperationRecord, Record

SECTOR = 512


@dataclass(slots=True)
class _File:
    synced: bytes = b""
    now: bytearray = field(default_factory=bytearray)
    named: bool = False
    at: int = 0


class VolatileDisk(Disk):
    """Remembers what would survive; `cuts` are the pictures after each event, with how much was confirmed by then."""

    def __init__(self, chance: random.Random) -> None:
        self.files: dict[int, _File] = {}
        self.paths: dict[Path, int] = {}
        self.confirmed = 0
        self.pictures: list[tuple[dict[Path, bytes], int]] = []
        self._chance = chance

    def _happened(self) -> None:
        for _ in range(2):
            self.pictures.append((dict(self._survivors()), self.confirmed))

    def _survivors(self) -> Iterator[tuple[Path, bytes]]:
        for path, number in self.paths.items():
            file = self.files[number]
            if not file.named and self._chance.random() < 0.5:
                continue
            content = bytearray(file.synced)
            size = self._chance.choice([len(file.synced), len(file.now)])
            content.extend(bytes(max(0, size - len(content))))
            for start in range(0, size, SECTOR):
                if self._chance.random() < 0.5:
                    content[start : start + SECTOR] = file.now[start : min(start + SECTOR, size)]
            yield path, bytes(content)

    def create(self, path: Path) -> int:
        number = len(self.files)
        self.files[number] = _File()
        self.paths[path] = number
        self._happened()
        return number

    def write(self, descriptor: int, content: bytes) -> None:
        file = self.files[descriptor]
        end = file.at + len(content)
        file.now.extend(bytes(max(0, end - len(file.now))))
        file.now[file.at : end] = content
        file.at = end
        self._happened()

    def sync(self, descriptor: int) -> None:
        self._happened()
        self.files[descriptor].synced = bytes(self.files[descriptor].now)
        self._happened()

    def reserve(self, descriptor: int, at: int, size: int) -> None:
        self.files[descriptor].at = at
        self.write(descriptor, bytes(size))
        self.sync(descriptor)
        self.files[descriptor].at = at

    def sync_folder(self, folder: Path) -> None:
        for file in self.files.values():
            file.named = True
        self._happened()

    def close(self, descriptor: int) -> None:
        pass


@pytest.mark.parametrize("seed", range(8))
def test_no_power_cut_takes_what_was_synced(tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    # Small steps, so that cuts also fall where space is reserved.
    monkeypatch.setattr(journal, "RESERVED", 4_096)
    chance = random.Random(seed)
    disk = VolatileDisk(chance)
    writer = JournalWriter(tmp_path, "cup", disk)
    batches: list[tuple[Record, ...]] = []
    number = 0
    for _ in range(25):
        batch = []
        for _ in range(chance.randint(1, 3)):
            number += 1
            batch.append(OperationRecord(number, chance.randbytes(chance.randint(1, 900)), chance.randbytes(64)))
        batches.append(tuple(batch))
        writer.append("aa", tuple(batch))
        disk.confirmed += 1
    path = tmp_path / "aa.log"
    assert len(disk.pictures) > 150
    for index, (picture, confirmed) in enumerate(disk.pictures):
        read: list[tuple[Record, ...]] = []
        if path in picture:
            path.write_bytes(picture[path])
            read = list(journal.read(path, Disk()).batches)
        assert read[:confirmed] == batches[:confirmed], f"picture {index}"
        assert read in (batches[:confirmed], batches[: confirmed + 1]), f"picture {index}"


def test_the_model_catches_a_journal_that_does_not_sync(tmp_path: Path) -> None:
    class Hasty(VolatileDisk):
        def sync(self, descriptor: int) -> None:
            self._happened()

    disk = Hasty(random.Random(1))
    writer = JournalWriter(tmp_path, "cup", disk)
    for number in range(1, 9):
        writer.append("aa", (OperationRecord(number, bytes(600), bytes(64)),))
        disk.confirmed += 1
    path = tmp_path / "aa.log"
    lost = 0
    for picture, confirmed in disk.pictures:
        path.write_bytes(picture.get(path, b""))
        lost += len(journal.read(path, Disk()).batches) < confirmed
    assert lost > 5
