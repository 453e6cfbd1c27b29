"""What the journal and the backups ask of the file system, in one place, so that tests can make a disk fail.

Keeps no state.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path


class Disk:
    """The real file system. Every method raises OSError when the disk fails; nothing is tried twice."""

    def create(self, path: Path) -> int:
        """Open a new file for writing; the file must not exist."""
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)

    def go_on(self, path: Path) -> int:
        """Open a file that is there for writing; where to write is for the caller to say."""
        return os.open(path, os.O_WRONLY | getattr(os, "O_BINARY", 0))

    def write(self, descriptor: int, content: bytes) -> None:
        """Write all of it where the file stands."""
        view = memoryview(content)
        while view:
            view = view[os.write(descriptor, view) :]

    def reserve(self, descriptor: int, at: int, size: int) -> None:
        """Fill a stretch of a file with zeros ahead of its use, and stand where it begins.

        A sync that changes no file size needs not wait for the file system's own journal: several times faster.
        """
        os.lseek(descriptor, at, os.SEEK_SET)
        self.write(descriptor, bytes(size))
        self.sync(descriptor)
        os.lseek(descriptor, at, os.SEEK_SET)

    def cut(self, path: Path, size: int) -> None:
        """Cut a file to this size."""
        os.truncate(path, size)

    def sync(self, descriptor: int) -> None:
        """Return when what was written would survive a power cut."""
        if sys.platform == "darwin":
            import fcntl

            # fsync on macOS reaches the drive, not its platters; this one does (sync.md §8).
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
        elif hasattr(os, "fdatasync"):
            os.fdatasync(descriptor)
        else:
            os.fsync(descriptor)

    def sync_folder(self, folder: Path) -> None:
        """Make the names in a folder durable, where the system has such a call."""
        if os.name != "posix":
            return
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def close(self, descriptor: int) -> None:
        os.close(descriptor)

    def read(self, path: Path) -> bytes:
        return path.read_bytes()

    def put(self, path: Path, content: bytes) -> None:
        """Write a whole file under its name or not at all."""
        fresh = path.with_name(path.name + ".new")
        fresh.unlink(missing_ok=True)
        descriptor = self.create(fresh)
        try:
            self.write(descriptor, content)
            self.sync(descriptor)
        finally:
            self.close(descriptor)
        self.rename(fresh, path)

    def rename(self, path: Path, to: Path) -> None:
        """Rename durably, replacing what had the name."""
        path.replace(to)
        self.sync_folder(to.parent)


DISK = Disk()
