"""One program has an event open at a time, and the other is told who."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from arctos_desk.runtime.event_lock import EventLock, HeldElsewhere, Holder
from arctos_desk.tournament.words import in_english


def test_the_second_program_is_told_who_has_the_event_open(tmp_path: Path) -> None:
    first, second = EventLock(tmp_path / "cup.lock"), EventLock(tmp_path / "cup.lock")
    first.acquire(now_ms=37_800_000, build="1.2")
    with pytest.raises(HeldElsewhere) as caught:
        second.acquire(now_ms=2, build="1.3")
    assert caught.value.holder == Holder(os.getpid(), socket.gethostname(), 37_800_000, "1.2")
    assert "since 10:30" in in_english(caught.value.words)
    assert not caught.value.work_continues
    first.release()
    second.acquire(now_ms=2, build="1.3")
    second.release()


def test_a_lock_without_a_readable_note_still_holds(tmp_path: Path) -> None:
    first, second = EventLock(tmp_path / "cup.lock"), EventLock(tmp_path / "cup.lock")
    first.acquire(now_ms=1, build="1")
    (tmp_path / "cup.lock-holder").write_text("[]")
    with pytest.raises(HeldElsewhere) as caught:
        second.acquire(now_ms=2, build="1")
    assert caught.value.holder is None
    first.release()


def test_releasing_twice_does_no_harm(tmp_path: Path) -> None:
    lock = EventLock(tmp_path / "cup.lock")
    lock.release()
    lock.acquire(now_ms=1, build="1")
    lock.release()
    lock.release()
    assert lock.holder() is None


HOLD = """
import sys
from pathlib import Path
from arctos_desk.runtime.event_lock import EventLock
lock = EventLock(Path(sys.argv[1]))
lock.acquire(now_ms=1, build="1")
print("held", flush=True)
sys.stdin.read()
"""


def test_a_killed_program_leaves_no_lock_behind(tmp_path: Path) -> None:
    lock = EventLock(tmp_path / "cup.lock")
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path / "cup.lock")], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline().strip() == b"held"
        with pytest.raises(HeldElsewhere):
            lock.acquire(now_ms=2, build="1")
        program.kill()
    lock.acquire(now_ms=3, build="1")
    lock.release()
