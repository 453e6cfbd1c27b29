"""The table can be made and says what it must; no time is asserted anywhere, least of all here."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]

WANTED = {
    "start",
    "start-memory",
    "result",
    "commits",
    "solve",
    "replay",
    "script-question",
    "script-standings",
    "import",
    "rosters",
    "board-frame",
    "board-refresh",
    "memory",
    "memory-flat",
}


def test_the_quick_table_has_every_row_with_its_ratio() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks", "--quick", "--json"],
        cwd=CHECKOUT,
        env=dict(os.environ),
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)["rows"]
    sized = ("result", "solve", "replay")
    named = {next((name for name in sized if row["id"].startswith(f"{name}-")), row["id"]) for row in rows}
    assert named == WANTED
    assert sum(row["id"].startswith("result-") for row in rows) == 3
    for row in rows:
        assert row["ours"] > 0, row
        assert row["base"] > 0, row
        assert row["ratio"] > 0, row
        assert row["what"], row
        assert row["against"], row
