"""What the start of a window loads, an event opened: no start waits for what a board does not need.

Counts modules in one process of its own; no time is asserted.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from arctos_desk.operations.ports import ProjectionChange
from tests.storage.makers import Laptop, put

ROOT = Path(__file__).resolve().parents[2]

LOADED = """
import sys
from arctos_desk.app import cli
from arctos_desk.app.starting import load_window
load_window()
import os, time
from pathlib import Path
from arctos_desk.operations.desk import Desk
from arctos_desk.storage.event_file import open_event
from arctos_desk.wire.signing import DeviceKey
def now_ms():
    return int(time.time() * 1000)
with open_event(Path(sys.argv[1]), clock=now_ms, build="1.0", chance=os.urandom) as event:
    Desk(event, signer=DeviceKey(bytes(32)), clock=now_ms, chance=os.urandom, build="1.0")
print(*sys.modules, sep="\\n")
"""

LATER = (
    # libraries
    "alembic", "asyncio", "boto3", "httpx", "keyring", "lark", "ortools", "rich", "sqlalchemy",
    "structlog", "tomlkit", "tomllib", "zeroconf",
    # ours
    "arctos_desk.app.attending", "arctos_desk.app.orders", "arctos_desk.interchange", "arctos_desk.operations.commands",
    "arctos_desk.operations.handlers", "arctos_desk.planning", "arctos_desk.publishing",
    "arctos_desk.scheduling.schedule_file", "arctos_desk.ui.panes.today.pane", "arctos_desk.ui.panes.journal.pane",
    "arctos_desk.ui.panes.schedule_board.row_form",
)  # fmt: skip


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Every module of a process that has loaded its window and opened an event, in their order."""
    laptop = Laptop(tmp_path_factory.mktemp("events"))
    with laptop.create() as event:
        event.rebuild(ProjectionChange(whole=True))
        put(event, laptop.entries(3))
    done = subprocess.run(
        [sys.executable, "-c", LOADED, str(laptop.path)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=True,
    )
    return done.stdout.split()


def test_a_start_loads_nothing_that_a_board_does_not_need(loaded: list[str]) -> None:
    early = {name for name in loaded if any(name == late or name.startswith(f"{late}.") for late in LATER)}
    assert early == set()


def test_what_knows_no_toolkit_is_loaded_before_it(loaded: list[str]) -> None:
    places = {name: place for place, name in enumerate(loaded)}
    for name in ("storage.event_file", "operations.desk", "operations.views", "ui.panes.schedule_board.rows"):
        assert places[f"arctos_desk.{name}"] < places["PySide6"], name
    assert places["arctos_desk.ui.main_window"] > places["PySide6"]
