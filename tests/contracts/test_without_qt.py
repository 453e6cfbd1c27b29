"""The pure rings stand alone: each of their modules is imported where no toolkit, database or surroundings exist."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PURE = (
    "tournament", "ass", "wire", "scheduling", "formats", "matches", "registration", "side_comps",
    "planning", "operations", "publishing", "interchange",
)  # fmt: skip
RINGS = [name for name in PURE if (ROOT / "arctos_desk" / name).is_dir()]

# A module that is None in sys.modules cannot be imported: whoever needs it fails here.
BARE = """
import importlib, pkgutil, sys
for name in ("PySide6", "shiboken6", "sqlalchemy", "alembic", "keyring", "platformdirs", "structlog", "click", "rich"):
    sys.modules[name] = None
package = importlib.import_module("arctos_desk." + sys.argv[1])
for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
    importlib.import_module(found.name)
print(*sorted(name for name in sys.modules if name.startswith("arctos_desk.")))
"""


@pytest.mark.parametrize("ring", RINGS)
def test_a_pure_ring_is_whole_without_qt_and_without_a_database(ring: str) -> None:
    command = [sys.executable, "-W", "error", "-c", BARE, ring]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr
    assert f"arctos_desk.{ring}" in found.stdout.split()
