"""Where things lie: one variable moves all of a user's folders, and names become files everywhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from arctos_desk.runtime import paths


def test_one_variable_moves_every_folder_of_the_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ARCTOS_DESK_HOME", str(tmp_path))
    assert paths.home() == tmp_path
    for folder in (paths.data_folder(), paths.settings_folder(), paths.logs_folder(), paths.events_folder()):
        assert folder.is_relative_to(tmp_path)
        assert not folder.exists()


def test_without_the_variable_the_data_lie_in_the_users_own_folder(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    monkeypatch.delenv("ARCTOS_DESK_HOME", raising=False)
    assert paths.home() is None
    assert paths.data_folder().is_relative_to(home)


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Große Kelle 2025", "groe-kelle-2025.arctos"),
        ("../../etc/passwd", "etc-passwd.arctos"),
        ("🏆", "event.arctos"),
        ("Açaí – Cup", "acai-cup.arctos"),
    ],
)
def test_any_name_becomes_a_file_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, file: str) -> None:
    monkeypatch.setenv("ARCTOS_DESK_HOME", str(tmp_path))
    assert paths.event_file(name) == tmp_path / "data" / "events" / file


def test_journal_and_backups_lie_beside_the_event() -> None:
    event = Path("here") / "cup.arctos"
    assert paths.journal_folder(event) == Path("here") / "cup.oplog"
    assert paths.backups_folder(event) == Path("here") / "cup.backups"
    assert paths.lock_file(event) == Path("here") / "cup.lock"


def test_migrations_are_found_from_source_and_frozen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert (paths.migrations_folder() / "env.py").is_file()
    monkeypatch.setattr("sys._MEIPASS", str(tmp_path), raising=False)
    assert paths.migrations_folder() == tmp_path / "migrations" / "desk"
    assert paths.resources_folder() == tmp_path / "resources"
