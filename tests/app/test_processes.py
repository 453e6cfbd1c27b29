"""The program as processes: it closes at a signal, finds everything again, and two of them share one event."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.app.conftest import Ran
from tests.app.test_files import SCHEDULE

pytest.importorskip("PySide6")

Run = Callable[..., Ran]
PATIENCE_S = 60


@contextmanager
def open_desk(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A desk with its window in a process of its own, from the moment it says that it is open."""
    command = [sys.executable, "-m", "arctos_desk.app.cli", "--window"]
    with subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, env=os.environ, encoding="utf-8") as desk:
        assert desk.stderr is not None
        try:
            said = desk.stderr.readline()
            assert "The desk is open" in said, said + desk.stderr.read()
            yield desk
        finally:
            if desk.poll() is None:
                desk.kill()


def leave(desk: subprocess.Popen[str], by: signal.Signals = signal.SIGTERM) -> str:
    """Send the signal, wait for the end, and give what was said meanwhile."""
    desk.send_signal(by)
    _, said = desk.communicate(timeout=PATIENCE_S)
    return said


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT])
def test_a_desk_leaves_at_a_signal_and_finds_everything_again(
    arctos_process: Run, desk_home: Path, tmp_path: Path, by: signal.Signals
) -> None:
    with open_desk(tmp_path) as desk:
        said = leave(desk, by)
        assert (desk.returncode, said) == (0, "")
    events = desk_home / "data" / "events"
    left = {path.name for path in events.iterdir()}
    assert "pine-cup.arctos" in left
    assert not any(name.endswith(("-wal", "-shm")) for name in left), left
    before = json.loads(arctos_process("show", "--json").out)
    with open_desk(tmp_path) as desk:
        leave(desk)
    after = json.loads(arctos_process("show", "--json").out)
    assert len(before["matches"]) > 40
    assert {**before, "now": ""} == {**after, "now": ""}
    assert arctos_process("events").out.splitlines() == [str(events / "pine-cup.arctos")]


def test_a_second_process_hands_over_and_the_desk_performs(arctos_process: Run, tmp_path: Path) -> None:
    extra = tmp_path / "extra.toml"
    extra.write_text(SCHEDULE.replace('"A1"', '"Extra"'), encoding="utf-8")
    with open_desk(tmp_path) as desk:
        imported = arctos_process("import", extra)
        assert imported.code == 0, imported.err
        assert "Pine Cup" in imported.err
        shown = arctos_process("show", "--json")
        assert "Extra" in {match["name"] for match in json.loads(shown.out)["matches"]}
        assert arctos_process("verify").code == 0
        assert arctos_process("undo").code == 0
        leave(desk)
    names = {match["name"] for match in json.loads(arctos_process("show", "--json").out)["matches"]}
    assert "Extra" not in names
    assert arctos_process("verify").code == 0


def test_a_bad_file_changes_nothing_in_the_open_desk(arctos_process: Run, tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text(SCHEDULE.replace("30", '"thirty"').replace("2026-05-02T10:00:00", "noon"), encoding="utf-8")
    with open_desk(tmp_path) as desk:
        before = json.loads(arctos_process("show", "--json").out)
        ran = arctos_process("import", bad)
        after = json.loads(arctos_process("show", "--json").out)
        leave(desk)
    assert ran.code == 1
    assert len(ran.err.strip().splitlines()) >= 2
    assert "Traceback" not in ran.err
    assert before["matches"] == after["matches"]


def test_a_second_start_brings_the_first_to_the_front_and_ends(arctos_process: Run, tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        second = arctos_process("--window")
        assert second.code == 0
        assert "brought to the front" in second.err
        leave(desk)


@pytest.mark.skipif(os.name != "posix", reason="stopping a process is POSIX")
def test_a_desk_that_does_not_answer_leaves_reading(arctos_process: Run, desk_home: Path, tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        # Whoever cannot prove himself to the desk is a stranger: as if nobody answered.
        (desk_home / "data" / "events" / "pine-cup.desk" / "key").write_text("00" * 32)
        shown = arctos_process("show", "--json")
        assert shown.code == 0
        assert "only read" in shown.err
        assert len(json.loads(shown.out)["matches"]) > 40
        refused = arctos_process("undo")
        assert refused.code == 1
        assert "open in another window" in refused.err
        leave(desk)
