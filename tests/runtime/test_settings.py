"""The choices of a person survive the end of the program, a torn file and a newer program."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from arctos_desk.runtime.settings import Settings, SettingsFile, write_atomically


def test_what_was_chosen_is_there_after_the_next_start(tmp_path: Path) -> None:
    SettingsFile(tmp_path).change(language="de", theme="sunlight", remembered={"today/field": "f2"})
    again = SettingsFile(tmp_path).settings
    assert (again.language, again.theme, again.remembered) == ("de", "sunlight", {"today/field": "f2"})


def test_the_event_opened_last_stands_first_and_once(tmp_path: Path) -> None:
    settings = Settings()
    for name in ("a", "b", "a"):
        settings = settings.opened(tmp_path / name)
    assert settings.last_event == str(tmp_path / "a")
    assert settings.recent == (str(tmp_path / "a"), str(tmp_path / "b"))


def test_choices_of_a_newer_program_are_kept(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text(json.dumps({"theme": "dark", "beamer": {"zoom": 3}}))
    SettingsFile(tmp_path).change(language="es")
    assert json.loads((tmp_path / "settings.json").read_text())["beamer"] == {"zoom": 3}


def test_a_wrong_value_costs_that_choice_only(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text(
        json.dumps({"theme": "purple", "language": 7, "recent": ["a", 1], "last_event": "x"})
    )
    settings = SettingsFile(tmp_path).settings
    assert (settings.theme, settings.language, settings.recent, settings.last_event) == ("light", "", ("a",), "x")


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '"x"', "[" * 100_000, "\udcff"])
def test_a_damaged_file_is_set_aside(tmp_path: Path, text: str, expected_log: object) -> None:
    expected_log("set aside")  # type: ignore[operator]
    path = tmp_path / "settings.json"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    assert SettingsFile(tmp_path).settings == Settings()
    assert path.with_name("settings.json.bad").exists()


def test_a_reader_never_finds_half_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "settings.json"
    write_atomically(path, "old")

    def breaks(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", breaks)
    with pytest.raises(OSError, match="No space"):
        write_atomically(path, "new and longer")
    assert path.read_text() == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["settings.json"]


def test_a_disk_that_takes_no_settings_costs_only_the_choice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, expected_log: object
) -> None:
    expected_log("cannot be written")  # type: ignore[operator]
    file = SettingsFile(tmp_path)

    def breaks(_: int) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(os, "fsync", breaks)
    assert file.change(theme="dark").theme == "dark"


@pytest.mark.parametrize("wrong", [99, "125", True, None, 125.0, [125]])
def test_a_size_of_text_that_is_none_is_taken_as_the_usual_one(tmp_path: Path, wrong: object) -> None:
    (tmp_path / "settings.json").write_text(json.dumps({"text_percent": wrong, "sound": "yes"}))
    settings = SettingsFile(tmp_path).settings
    assert (settings.text_percent, settings.sound) == (100, False)
    SettingsFile(tmp_path).change(text_percent=125, sound=True)
    again = SettingsFile(tmp_path).settings
    assert (again.text_percent, again.sound) == (125, True)
