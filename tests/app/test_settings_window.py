"""The settings in the whole program: language and size of text without a restart, restoring, the second folder."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

pytest.importorskip("pytestqt")

from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from arctos_desk.app import bootstrap
from arctos_desk.app.attending import create_named
from arctos_desk.app.bootstrap import Surroundings
from arctos_desk.app.laptop import ThisLaptop, why_not_second
from arctos_desk.app.window import Program, application
from arctos_desk.operations import commands
from arctos_desk.operations.commands import Acting
from arctos_desk.runtime.runner import InlineRunner
from arctos_desk.tournament.kinds import MatchKind, Role
from arctos_desk.tournament.reasons import Refused
from arctos_desk.tournament.tokens import TeamSlot
from arctos_desk.tournament.words import Words
from arctos_desk.ui import text, theme
from arctos_desk.ui.panes.settings.backups import BackupTable
from arctos_desk.ui.panes.settings.pane import SettingsPane

W = TypeVar("W", bound=QWidget)
ORGANISER = Acting(role=Role.ORGANISER)


@pytest.fixture
def surroundings(desk_home: Path) -> Iterator[Surroundings]:
    told: list[Words] = []
    surroundings = bootstrap.begin(told.append, environment={})
    yield surroundings
    surroundings.end()


class Opened:
    """The program on a small event, as its person sees it."""

    def __init__(self, app: QApplication, surroundings: Surroundings, qtbot: QtBot) -> None:
        application(surroundings)
        self.qtbot = qtbot
        self.program = Program(app, surroundings)
        self.program.show_event(create_named(surroundings, name="Moor Cup", zone="Europe/Berlin"))
        # The journey of the window is looked at, not that of a thread.
        self.desk.runner.close()
        self.desk.runner = InlineRunner()  # type: ignore[assignment]
        self.go("laptop")

    @property
    def desk(self):  # type: ignore[no-untyped-def]
        return self.program.desk

    def go(self, section: str) -> SettingsPane:
        self.desk.window.show_pane("settings")
        pane = self.desk.window.pane("settings")
        assert isinstance(pane, SettingsPane)
        pane.show_section(section)
        return pane

    def find(self, name: str, kind: type[W] = QWidget) -> W:  # type: ignore[assignment]
        found = self.desk.window.findChildren(kind, name)
        assert found, f"nothing is called {name}"
        return next((one for one in found if one.isVisible()), found[0])

    def press(self, name: str) -> None:
        """Press what is called so, by the keyboard: it may lie below the fold."""
        target = self.find(name)
        target.setFocus()
        QTest.keyClick(target, Qt.Key.Key_Space)

    def does(self, command: commands.Command) -> object:
        done: list[object] = []
        self.desk.handle.perform(command, then=lambda outcome: done.append(outcome.value), otherwise=done.append)
        self.qtbot.waitUntil(lambda: bool(done))
        return done[0]

    def press_and_wait_for_window(self, name: str) -> None:
        before = self.desk.window
        self.press(name)
        self.qtbot.waitUntil(lambda: self.desk.window is not before)
        self.qtbot.waitExposed(self.desk.window)


@pytest.fixture
def opened(qapp: QApplication, qtbot: QtBot, surroundings: Surroundings) -> Iterator[Opened]:
    opened = Opened(qapp, surroundings, qtbot)
    yield opened
    opened.program.close()
    text.speak(None)
    theme.apply_theme(qapp, "light", percent=100)


def test_another_language_is_spoken_at_once_and_everything_stays(opened: Opened, surroundings: Surroundings) -> None:
    person = opened.does(commands.AddPerson(name="Mia", roles=frozenset({Role.ORGANISER}), pin="4711"))
    acting = Acting(person=str(person), role=Role.ORGANISER)
    opened.desk.handle.act_as(acting)
    stream = opened.desk.event.desk
    opened.desk.tell_of_failure(text.Words("The disk is full"), ())
    size = opened.desk.window.size()
    opened.press_and_wait_for_window("settings_language_de")
    assert surroundings.settings.settings.language == "de"
    assert opened.desk.messages.language == "de"
    assert opened.desk.event.desk is stream
    # Whoever acts behind a PIN is not asked again, and bad news waits still.
    assert opened.desk.handle.acting == acting
    assert opened.desk.window.notices.shown[0].headline.text() == "The disk is full"
    assert opened.desk.window.size() == size
    assert opened.desk.window.shown_pane == "settings"
    pane = opened.desk.window.pane("settings")
    assert pane.shown_section == "laptop"  # type: ignore[attr-defined]
    assert opened.find("settings_language_de").hasFocus()
    windows = [one for one in QApplication.topLevelWidgets() if one.objectName() == "main_window" and one.isVisible()]
    assert windows == [opened.desk.window]
    # The panes of the new window work, and those of the old one are told nothing any more.
    opened.go("event")
    name = opened.find("event_name", QLineEdit)
    name.setText("Birch Cup")
    name.editingFinished.emit()
    opened.qtbot.waitUntil(lambda: opened.desk.handle.state.event.info.name == "Birch Cup")
    opened.go("laptop")
    opened.press_and_wait_for_window("settings_language_")
    assert opened.desk.messages.language == "en"
    assert surroundings.settings.settings.language == ""


def test_larger_text_is_there_at_once_and_after_a_start(opened: Opened, surroundings: Surroundings) -> None:
    small = opened.find("settings_data_hint", QLabel).font().pixelSize()
    opened.press_and_wait_for_window("settings_text_size_125")
    assert opened.find("settings_data_hint", QLabel).font().pixelSize() == round(small * 1.25)
    assert surroundings.settings.settings.text_percent == 125
    theme.apply_theme(opened.program.app, "light", percent=100)
    application(surroundings)
    assert theme.text_percent() == 125


def test_the_window_is_built_anew_only_when_nothing_is_on_its_way(opened: Opened) -> None:
    opened.does(commands.AddTeam(name="Ants"))
    done: list[object] = []
    before = opened.desk.window
    opened.desk.handle.perform(commands.AddTeam(name="Bees"), then=done.append)
    opened.press("settings_text_size_110")
    opened.qtbot.waitUntil(lambda: opened.desk.window is not before)
    assert len(done) == 1
    assert [team.name for team in opened.desk.handle.state.event.teams.values()] == ["Ants", "Bees"]


def test_closing_before_the_window_is_built_anew_builds_none(opened: Opened) -> None:
    before = opened.desk.window
    opened.press("settings_text_size_110")
    opened.program.close()
    QApplication.processEvents()
    assert opened.desk.window is before


def test_another_zone_is_told_in_every_time_at_once(opened: Opened) -> None:
    before = opened.desk.messages.clock(0)
    opened.does(commands.EditEvent(zone="Asia/Tokyo"))
    assert opened.desk.messages.clock(0) != before
    assert text.clock(0) == opened.desk.messages.clock(0) == "09:00"


def test_a_point_sounds_only_when_that_was_chosen(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []
    monkeypatch.setattr(type(opened.program.app), "beep", lambda *_: heard.append("beep"), raising=False)
    field = opened.does(commands.AddField(name="Field 1"))
    teams = [opened.does(commands.AddTeam(name=name, key=name)) for name in ("ants", "bees")]
    fields: dict[str, object] = {
        "length_min": 30, "planned_ms": opened.desk.handle.now_ms(), "field_id": field,
        "team1": TeamSlot(str(teams[0])), "team2": TeamSlot(str(teams[1])),
    }  # fmt: skip
    opened.does(commands.CreateMatch(name="A1", kind=MatchKind.STATIC, fields=fields))
    match_id = next(iter(opened.desk.handle.state.event.matches))
    opened.desk.handle.act_as(Acting(role=Role.HEAD_REF))
    opened.does(commands.StartMatch(match=match_id, override="for the test"))
    point = opened.does(commands.StartPoint(match=match_id))
    assert heard == []
    opened.press("settings_sound")
    assert heard == ["beep"]
    opened.does(commands.EndPoint(point=str(point)))
    assert heard == ["beep", "beep"]
    opened.does(commands.EditPoint(point=str(point), note="wet"))
    assert heard == ["beep", "beep"]


def test_a_second_folder_is_tried_and_gets_a_backup_at_once(
    opened: Opened, surroundings: Surroundings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    chosen = [str(tmp_path / "nowhere"), str(opened.desk.event.path.parent), str(stick)]
    files = opened.desk.window.pane("settings")._files
    monkeypatch.setattr(files, "folder_for_backups", lambda: chosen.pop(0))
    for wrong in ("no such folder", "already"):
        opened.press("settings_second_choose")
        assert wrong in opened.find("settings_second_wrong", QLabel).text()
        assert surroundings.settings.settings.backup_folder == ""
    opened.press("settings_second_choose")
    assert surroundings.settings.settings.backup_folder == str(stick)
    assert [path.suffix for path in stick.iterdir()] == [".arctos"]
    opened.qtbot.waitUntil(lambda: "Last backup there" in opened.find("settings_second_hint", QLabel).text())


def test_a_folder_that_takes_no_file_is_refused_and_left_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("os.fsync", breaks)
    with pytest.raises(Refused, match="Read-only file system"):
        why_not_second(tmp_path, tmp_path / "elsewhere" / "cup.arctos")
    assert list(tmp_path.iterdir()) == []


def test_a_backup_is_restored_beside_the_event_and_opened(opened: Opened) -> None:
    opened.does(commands.AddTeam(name="Ants"))
    opened.go("backups")
    opened.press("settings_backup_now")
    assert opened.find("settings_backups_table", BackupTable).model().rowCount() == 1
    opened.does(commands.AddTeam(name="Bees"))
    table = opened.find("settings_backups_table", BackupTable)
    table.setFocus()
    table.selectRow(0)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert "1 entry since" in opened.find("restore_fact_3", QLabel).text()
    opened.press("restore_do")
    live = opened.desk.event.path
    opened.press("restore_do")
    assert opened.desk.event.path != live
    assert "restored up to" in opened.desk.window.windowTitle()
    assert [team.name for team in opened.desk.handle.state.event.teams.values()] == ["Ants"]
    known = {Path(one.path): one.name for one in opened.program.known_events()}
    assert known == {live: "Moor Cup"}
    opened.program.open_file(live)
    assert [team.name for team in opened.desk.handle.state.event.teams.values()] == ["Ants", "Bees"]
    assert ["restored up to" in one.name for one in opened.program.known_events()] == [True]


def test_diagnostics_are_gathered_and_saved_from_the_window(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = opened.desk.window.pane("settings")._files
    monkeypatch.setattr(files, "place_for_diagnostics", lambda name: str(tmp_path / name))
    opened.go("diagnostics")
    opened.press("settings_diagnostics_save")
    (archive,) = tmp_path.glob("*.zip")
    with zipfile.ZipFile(archive) as told:
        program = json.loads(told.read("program.json"))
        assert program["toolkit"]["platform"] == "offscreen"
        assert b"Moor" not in b"".join(told.read(name) for name in told.namelist())


def test_the_folder_is_shown_by_the_system(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: bool(shown.append(url.toLocalFile())) or True)
    opened.press("settings_data_open")
    assert [Path(one).name for one in shown] == ["data"]


def test_an_answer_for_a_window_that_is_gone_is_not_delivered(opened: Opened, qtbot: QtBot) -> None:
    laptop = ThisLaptop(opened.desk)
    opened.press_and_wait_for_window("settings_text_size_110")
    delivered: list[object] = []
    deliver: Callable[[object], object] = delivered.append
    laptop.list_backups(then=deliver, otherwise=deliver)
    assert delivered == []
