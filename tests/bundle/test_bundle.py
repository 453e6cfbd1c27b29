"""The built program does a day's work where there is no Python, and loses nothing when it is killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from arctos_desk import __version__
from arctos_desk.app.selftest import STEPS
from tests.app.test_files import SCHEDULE
from tests.bundle.conftest import PATIENCE_S, Built, Display

pytest.importorskip("pytestqt")

pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="tried on Linux; README.md has the others' steps"),
    pytest.mark.xdist_group("bundle"),
]


def matches_in(built: Built) -> set[str]:
    shown = built.run("show", "--json")
    assert shown.code == 0, shown.err
    return {match["name"] for match in json.loads(shown.out)["matches"]}


def test_the_self_test_passes_where_there_is_no_python(built: Built) -> None:
    ran = built.run("self-test")
    assert (ran.code, ran.err) == (0, ""), ran.out
    assert ran.out.count("ok  ") == len(STEPS)
    assert "FAIL" not in ran.out
    assert built.run("version").out == f"Arctos Desk {__version__}\n"


def test_words_figures_and_papers_are_made_without_a_window(built: Built) -> None:
    schedule = built.home / "day.toml"
    schedule.write_text(SCHEDULE, encoding="utf-8")
    built.environment["LANG"] = "de_DE.UTF-8"
    assert "Spielplan" in built.run("--help").out
    rehearsed = built.run("rehearse", schedule, "--out", "papers")
    assert rehearsed.code == 0, rehearsed.err
    assert {path.suffix for path in (built.home / "papers").iterdir()} >= {".svg", ".toml"}
    log = built.home / ".local" / "state" / "arctos-desk" / "log" / "arctos-desk.log"
    assert [json.loads(line)["event"] for line in log.read_text(encoding="utf-8").splitlines()][-1] == "ended"


def test_a_killed_desk_has_lost_nothing_when_it_is_started_again(
    built: Built, display: Display, qtbot: object, tmp_path: Path
) -> None:
    extra = tmp_path / "extra.toml"
    extra.write_text(SCHEDULE.replace('"A1"', '"Extra"'), encoding="utf-8")
    with built.window(display.name) as desk:
        wait_for_picture(qtbot, display)
        assert foreign_libraries(desk, built) == set()
        imported = built.run("import", extra)
        assert imported.code == 0, imported.err
        assert "Pine Cup" in imported.err
        desk.send_signal(signal.SIGKILL)
        assert desk.wait(PATIENCE_S) == -signal.SIGKILL
    verified = built.run("verify")
    assert verified.code == 0, verified.err
    before = matches_in(built)
    assert "Extra" in before
    with built.window(display.name) as desk:
        wait_for_picture(qtbot, display)
        assert matches_in(built) == before
        desk.send_signal(signal.SIGTERM)
        _, said = desk.communicate(timeout=PATIENCE_S)
        assert (desk.returncode, said) == (0, "")
    assert matches_in(built) == before
    assert not list(built.home.rglob("crash-*.txt"))


def wait_for_picture(qtbot: object, display: Display) -> None:
    """An empty window has a handful of colours, a board with its states has many."""
    qtbot.waitUntil(lambda: display.colours() >= 20, timeout=PATIENCE_S * 1_000)  # type: ignore[attr-defined]


def foreign_libraries(desk: subprocess.Popen[str], built: Built) -> set[str]:
    """What the process has loaded of Python, Qt and the database that does not lie in its folder."""
    maps = Path(f"/proc/{desk.pid}/maps").read_text(encoding="utf-8").splitlines()
    files = {line.split(maxsplit=5)[5] for line in maps if len(line.split(maxsplit=5)) == 6}
    assert any("libpython" in file for file in files)
    ours = os.fspath(built.program.parent)
    named = ("python", "Qt6", "PySide6", "sqlite", "libssl", "libcrypto", "site-packages")
    return {file for file in files if any(name in file for name in named) and not file.startswith(ours)}
