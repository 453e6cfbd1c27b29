"""One program has an event open at a time: a lock of the operating system, which a crash releases by itself.

Who holds it stands in a note beside the lock, only for a polite message; the note decides nothing.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from arctos_desk.runtime.own_files import FILE_MODE, own_file
from arctos_desk.tournament.instants import Instant
from arctos_desk.tournament.reasons import Outage
from arctos_desk.tournament.words import Clock, say


@dataclass(frozen=True, slots=True)
class Holder:
    """The program that has the event open, as far as its note tells."""

    process: int
    computer: str
    since_ms: Instant
    build: str


class HeldElsewhere(Outage):
    """Another program has the event open; `holder` is None when its note cannot be read."""

    def __init__(self, holder: Holder | None) -> None:
        self.holder = holder
        if holder is None:
            words = say("Another window of this program has the event open.")
        else:
            words = say(
                "The event is open in another window of this program since {since} (process {process} on {computer}).",
                since=Clock(holder.since_ms),
                process=str(holder.process),
                computer=holder.computer,
            )
        super().__init__(
            words, work_continues=False, next_step=say("Go on in that window, or close it and open again.")
        )


class EventLock:
    """The lock of one event file. Holding it is a matter of this object, not of a thread."""

    def __init__(self, lock_file: Path) -> None:
        self._note = lock_file.with_name(lock_file.name + "-holder")
        # A lock kept by a mere file would outlive a crash, so a file system without locks is an error, not a fallback.
        self._lock = FileLock(lock_file, timeout=0, mode=FILE_MODE, thread_local=False, fallback_to_soft=False)

    def acquire(self, *, now_ms: Instant, build: str) -> None:
        """Take the lock. Raises HeldElsewhere at once when somebody else has it."""
        try:
            self._lock.acquire()
        except Timeout as error:
            raise HeldElsewhere(self.holder()) from error
        holder = {"process": os.getpid(), "computer": socket.gethostname(), "since_ms": now_ms, "build": build}
        with contextlib.suppress(OSError):
            own_file(self._note)
            self._note.write_text(json.dumps(holder), encoding="utf-8")

    def release(self) -> None:
        """Give the lock back; without effect when it is not held."""
        if self._lock.is_locked:
            with contextlib.suppress(OSError):
                self._note.unlink()
            self._lock.release()

    def holder(self) -> Holder | None:
        """Who holds the lock by the note beside it; None when there is no readable note."""
        try:
            told = json.loads(self._note.read_text(encoding="utf-8"))
            return Holder(int(told["process"]), str(told["computer"]), int(told["since_ms"]), str(told["build"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None
