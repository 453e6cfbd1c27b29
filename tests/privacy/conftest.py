"""The seeded day, lived once for all tests here."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.privacy.day import Day, lived


@pytest.fixture(scope="session")
def day(tmp_path_factory: pytest.TempPathFactory) -> Day:
    return lived(Path(tmp_path_factory.mktemp("seeded")) / "home")
