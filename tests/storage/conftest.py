"""A laptop with a folder of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from arctos_desk.storage.event_file import EventFile
from tests.storage.makers import Laptop


@pytest.fixture
def laptop(tmp_path: Path) -> Laptop:
    return Laptop(tmp_path / "events")


@pytest.fixture
def event(laptop: Laptop) -> Iterator[EventFile]:
    with laptop.create() as opened:
        yield opened
