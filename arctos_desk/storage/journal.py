"""The operation journal beside an event file: what this laptop wrote, once more, in append-only files (sync.md §8).

It is the answer to a deleted, encrypted or corrupted database. One file per stream, `<stream>.log`: a mark, then
records `length, crc32, kind, number, bytes, signature`. The records of one commit are written and synced together, the
last of them marked, so that a torn write is recognised as one that nobody was told about. Space is filled with zeros
ahead of use, so that a sync need not wait for the file system's own journal. A file is never continued by a later
start. Interprets nothing of what it keeps.
"""

from __future__ import annotations

import contextlib
import errno
import json
import logging
import os
import shutil
import struct
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from arctos_desk.runtime.own_files import FOLDER_MODE, own_file
from arctos_desk.storage.disk import Disk
from arctos_desk.wire.operation import SIGNATURE_BYTES, Sealed

log = logging.getLogger(__name__)

SUFFIX: Final = ".log"
MARK: Final = b"ARCTOSJ1"
RESERVED: Final = 256 * 1024
"""Bytes that are filled with zeros ahead of use."""

_FRAME: Final = struct.Struct(">II")
_INNER: Final = struct.Struct(">BQ")
_HEADER, _OPERATION, _PERSON = 1, 2, 3
_FIRST, _LAST = 0x40, 0x80
_KIND: Final = 0x3F
_MOST: Final = 1 << 20
_SEARCH: Final = 4 << 20
"""How far behind a damaged record a sound one is looked for."""


@dataclass(frozen=True, slots=True)
class OperationRecord:
    """An operation as the journal holds it."""

    number: int
    raw: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class PersonEntry:
    """A change to a person record as the journal holds it."""

    raw: bytes


Record = OperationRecord | PersonEntry


@dataclass(frozen=True, slots=True)
class JournalFile:
    """What one file of the journal says. `batches` are the records of each commit in order.

    `sound_length` is where the sound part ends, `length` where the last byte does that is not zero; `rotten` counts
    damaged places in the middle, behind which sound records were found again.
    """

    path: Path
    tournament: str
    stream: str
    batches: tuple[tuple[Record, ...], ...]
    length: int
    sound_length: int
    size: int
    rotten: int

    @property
    def torn(self) -> bool:
        return self.sound_length < self.length


def records_of(sealed: Sequence[Sealed], people: Sequence[bytes]) -> tuple[Record, ...]:
    """The records of one commit."""
    operations = (OperationRecord(one.operation.number, one.raw, one.signature) for one in sealed)
    return (*operations, *(PersonEntry(raw) for raw in people))


def encode(records: Sequence[Record]) -> bytes:
    """The bytes of one commit."""
    parts = []
    for index, record in enumerate(records):
        ends = (0 if index else _FIRST) | (_LAST if index == len(records) - 1 else 0)
        if isinstance(record, OperationRecord):
            parts.append(_framed(_OPERATION | ends, record.number, record.raw + record.signature))
        else:
            parts.append(_framed(_PERSON | ends, 0, record.raw))
    return b"".join(parts)


def start_of_file(tournament: str, stream: str) -> bytes:
    """What a journal file begins with."""
    told = json.dumps({"tournament": tournament, "stream": stream}, sort_keys=True).encode()
    return MARK + _framed(_HEADER | _FIRST | _LAST, 0, told)


def _framed(kind: int, number: int, content: bytes) -> bytes:
    body = _INNER.pack(kind, number) + content
    return _FRAME.pack(len(body), zlib.crc32(body)) + body


def read(path: Path, disk: Disk) -> JournalFile:
    """Read a journal file as far as it is sound, stepping over damaged places. Raises OSError.

    What is left of a damaged commit counts where a whole one follows, for then it was confirmed; at the end of the file
    it was torn while it was written, and does not count.
    """
    content = disk.read(path)
    used = len(content.rstrip(b"\0"))
    at = len(MARK) if content.startswith(MARK) else 0
    damaged = [] if at else [0]
    tournament = stream = ""
    batches: list[tuple[Record, ...]] = []
    whole = 0
    sound = at
    waiting: list[Record] = []
    is_whole = False

    def leave() -> None:
        nonlocal waiting
        if waiting:
            batches.append(tuple(waiting))
        waiting = []

    while at < used:
        found = _record_at(content, at)
        if found is None:
            leave()
            is_whole = False
            damaged.append(at)
            again = _next_sound(content, at + 1, used)
            if again is None:
                break
            at = again
            continue
        marks, number, inner, at = found
        if marks & _FIRST:
            leave()
            is_whole = True
        if marks & _KIND == _HEADER:
            told = json.loads(inner)
            tournament, stream = str(told["tournament"]), str(told["stream"])
        elif marks & _KIND == _OPERATION:
            waiting.append(OperationRecord(number, inner[:-SIGNATURE_BYTES], inner[-SIGNATURE_BYTES:]))
        else:
            waiting.append(PersonEntry(inner))
        if marks & _LAST:
            leave()
            if is_whole:
                whole, sound = len(batches), at
            is_whole = False
    rotten = sum(place < sound for place in damaged)
    return JournalFile(path, tournament, stream, tuple(batches[:whole]), used, sound, len(content), rotten)


def _record_at(content: bytes, at: int) -> tuple[int, int, bytes, int] | None:
    """Kind, number, inner bytes and end of the record at this place; None when there is no sound one."""
    inner_at = at + _FRAME.size
    if inner_at + _INNER.size > len(content):
        return None
    length, crc = _FRAME.unpack_from(content, at)
    if not _INNER.size <= length <= _MOST or inner_at + length > len(content):
        return None
    kind, number = _INNER.unpack_from(content, inner_at)
    if kind & _KIND not in (_HEADER, _OPERATION, _PERSON):
        return None
    body = content[inner_at : inner_at + length]
    if zlib.crc32(body) != crc:
        return None
    return kind, number, body[_INNER.size :], inner_at + length


def _next_sound(content: bytes, start: int, used: int) -> int | None:
    for at in range(start, min(used, start + _SEARCH)):
        # Lengths are below 1 MiB, so the first byte of a frame is zero: most places are ruled out at once.
        if content[at] == 0 and _record_at(content, at) is not None:
            return at
    return None


def files(folder: Path) -> list[Path]:
    """The journal files of an event, in order of name."""
    return sorted(folder.glob("*" + SUFFIX)) if folder.is_dir() else []


def cut_tail(file: JournalFile, disk: Disk) -> None:
    """Cut off what lies behind the last sound record; of a torn tail the bytes are kept beside the file."""
    if file.torn:
        tail = file.path.with_name(file.path.name + ".torn")
        with contextlib.suppress(OSError):
            own_file(tail)
            tail.write_bytes(disk.read(file.path)[file.sound_length : file.length])
    if file.size > file.sound_length:
        disk.cut(file.path, file.sound_length)


def keep_damaged(file: JournalFile) -> None:
    """Keep a copy of a damaged file before it is written again, for somebody who wants to look."""
    number = 1
    while (copy := file.path.with_name(f"{file.path.name}.bad-{number}")).exists():
        number += 1
    with contextlib.suppress(OSError):
        own_file(copy)
        shutil.copyfile(file.path, copy)


class JournalWriter:
    """Appends to the journal of one event. After an error it must not be used again."""

    def __init__(
        self,
        folder: Path,
        tournament: str,
        disk: Disk,
        *,
        second_folder: Path | None = None,
        second_failed: Callable[[OSError], None] | None = None,
    ) -> None:
        self._folder = folder
        self._tournament = tournament
        self._disk = disk
        self._second_folder = second_folder
        self._second_failed = second_failed
        self._stream = ""
        self._descriptor: int | None = None
        self._at = 0
        self._reserved = 0
        self._second: int | None = None

    @property
    def stream(self) -> str:
        """The stream whose file is in use, "" before the first commit."""
        return self._stream

    def append(self, stream: str, records: Sequence[Record]) -> None:
        """Write the records of one commit and return when they would survive a power cut. Raises OSError."""
        content = encode(records)
        if self._descriptor is None or stream != self._stream:
            self._begin(stream)
        assert self._descriptor is not None
        self._reserve(len(content))
        self._disk.write(self._descriptor, content)
        self._disk.sync(self._descriptor)
        self._at += len(content)
        if self._second is not None:
            self._append_second(content)

    def write_again(self, kept: Callable[[Record], bool]) -> None:
        """Write the file in use again with those records alone that are kept, and go on behind them. Raises OSError.

        Only of what was erased may anything be taken out of a journal.
        """
        if self._descriptor is None:
            return
        path = self._folder / (self._stream + SUFFIX)
        batches = [tuple(filter(kept, batch)) for batch in read(path, self._disk).batches]
        content = start_of_file(self._tournament, self._stream) + b"".join(map(encode, filter(None, batches)))
        # Closed first: some systems replace no file that is open.
        descriptor, self._descriptor = self._descriptor, None
        self._disk.close(descriptor)
        self._disk.put(path, content)
        self._descriptor = self._disk.go_on(path)
        self._at = self._reserved = len(content)

    def sync_second(self) -> None:
        """Make the journal at the second location durable; that stick is too slow to wait for at each entry."""
        if self._second is None:
            return
        try:
            self._disk.sync(self._second)
        except OSError as error:
            self._lose_second(error)

    def close(self) -> None:
        if self._descriptor is not None and self._reserved > self._at:
            with contextlib.suppress(OSError):
                os.ftruncate(self._descriptor, self._at)
        for descriptor in (self._descriptor, self._second):
            if descriptor is not None:
                with contextlib.suppress(OSError):
                    self._disk.close(descriptor)
        self._descriptor = self._second = None

    def _begin(self, stream: str) -> None:
        self.close()
        path = self._folder / (stream + SUFFIX)
        if not self._folder.is_dir():
            self._folder.mkdir(parents=True, mode=FOLDER_MODE)
            self._disk.sync_folder(self._folder.parent)
        self._descriptor = self._disk.create(path)
        self._stream = stream
        self._at = self._reserved = 0
        start = start_of_file(self._tournament, stream)
        self._reserve(len(start))
        self._disk.write(self._descriptor, start)
        self._at = len(start)
        self._disk.sync_folder(self._folder)
        if self._second_folder is not None:
            try:
                self._second_folder.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
                self._second = self._disk.create(self._second_folder / (stream + SUFFIX))
                self._disk.write(self._second, start_of_file(self._tournament, stream))
            except OSError as error:
                self._lose_second(error)

    def _reserve(self, needed: int) -> None:
        """See to it that there is room for so many bytes; on a full disk the write itself will tell."""
        if self._at + needed <= self._reserved:
            return
        assert self._descriptor is not None
        size = max(RESERVED, needed)
        try:
            self._disk.reserve(self._descriptor, self._at, size)
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
            os.lseek(self._descriptor, self._at, os.SEEK_SET)
            return
        self._reserved = self._at + size

    def _append_second(self, content: bytes) -> None:
        assert self._second is not None
        try:
            self._disk.write(self._second, content)
        except OSError as error:
            self._lose_second(error)

    def _lose_second(self, error: OSError) -> None:
        """A stick that was pulled must not stop the desk; the one who steers is told."""
        if self._second is not None:
            with contextlib.suppress(OSError):
                self._disk.close(self._second)
        self._second = None
        self._second_folder = None
        log.info("The journal's second location is lost: %s", error)
        if self._second_failed is not None:
            self._second_failed(error)
