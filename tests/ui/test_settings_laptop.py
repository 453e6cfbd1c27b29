"""This laptop: choices that count at once, backups looked into before they are restored, diagnostics to read."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QListWidget, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from arctos_desk.tournament.reasons import Outage
from arctos_desk.tournament.words import say
from arctos_desk.ui.panes.settings.backups import CHECK, BackupTable
from arctos_desk.ui.panes.settings.laptop_port import Content, KeptBackup, Restorable, SecondPlace
from arctos_desk.ui.panes.settings.rows import restorable_lines, size_text
from arctos_desk.ui.widgets.elided_label import ElidedLabel
from arctos_desk.ui.widgets.segmented import Segmented
from tests.ui.settings_desk import NOON, NotedLaptop, SettingsDesk, refusal, settle

Key = Qt.Key
Make = Callable[..., SettingsDesk]
FOUND = Restorable(path="", name="Small Cup", entries=12, last_ms=NOON, lacks=3, lacks_since_ms=NOON + 60_000)


@pytest.fixture
def desk(dressed: QApplication, qtbot: QtBot) -> Make:
    def make(**options: object) -> SettingsDesk:
        one = SettingsDesk(**options)  # type: ignore[arg-type]
        qtbot.addWidget(one.window)
        return one

    return make


def kept_ones() -> list[KeptBackup]:
    return [
        KeptBackup(path="/b/2", at_ms=NOON + 120_000, size_bytes=1_250_000, entries=15),
        KeptBackup(path="/b/2s", at_ms=NOON + 120_000, size_bytes=1_250_000, entries=15, second=True),
        KeptBackup(path="/b/1", at_ms=NOON, size_bytes=180_400, wrong=say("The event file is damaged: {r}", r="HASH")),
    ]


# choices


def test_choices_count_at_once_by_mouse_and_by_keyboard(desk: Make) -> None:
    one = desk(section="laptop")
    one.click("settings_theme_dark")
    assert one.laptop.choices.theme == "dark"
    assert one.find("settings_theme", Segmented).value == "dark"
    one.find("settings_theme_dark").setFocus()
    one.key(Key.Key_Right)
    assert one.laptop.choices.theme == "sunlight"
    one.click("settings_text_size_125")
    one.click("settings_language_de")
    one.click("settings_sound")
    assert one.laptop.choices.text_percent == 125
    assert one.laptop.choices.language == "de"
    assert one.laptop.choices.sound
    one.click("settings_sound")
    assert not one.laptop.choices.sound


def test_languages_are_called_what_they_call_themselves(desk: Make) -> None:
    one = desk(section="laptop")
    names = [one.find(f"settings_language_{code}", QAbstractButton).text() for code in ("", "en", "de", "es")]
    assert names == ["System (English)", "English", "Deutsch", "Español"]


def test_the_data_folder_is_shown_copied_and_opened(desk: Make) -> None:
    one = desk(section="laptop")
    assert one.find("settings_data_path", ElidedLabel).text() == "/data/arctos-desk"
    one.click("settings_data_copy")
    assert QGuiApplication.clipboard().text() == "/data/arctos-desk"
    assert one.find("settings_data_copy", QAbstractButton).text() == "Copied"
    one.click("settings_data_open")
    assert one.laptop.asked == ["open folder"]
    one.laptop.wrong = refusal("no")
    one.click("settings_data_open")
    assert "could not be shown" in one.words("settings_data_wrong")


def test_a_second_folder_is_chosen_tested_and_removed(desk: Make) -> None:
    one = desk(section="laptop")
    assert not one.find("settings_second_remove").isEnabled()
    one.click("settings_second_choose")
    assert one.laptop.choices.second_folder == ""
    one.files.picked = "/stick"
    one.laptop.wrong = refusal("Nothing can be written there")
    one.click("settings_second_choose")
    assert one.words("settings_second_wrong") == "Nothing can be written there"
    assert one.laptop.choices.second_folder == ""
    one.laptop.wrong = None
    one.click("settings_second_choose")
    assert one.find("settings_second_path", ElidedLabel).text() == "/stick"
    assert one.words("settings_second_wrong") == ""
    assert one.words("settings_second_hint") == "No backup of this event lies there yet."
    one.laptop.second_place = SecondPlace(last_ms=NOON)
    one.pane.section("laptop").show_rows()
    assert "10:00" in one.words("settings_second_hint")
    one.laptop.second_place = SecondPlace(wrong=say("The folder is not there now"))
    one.pane.section("laptop").show_rows()
    assert one.words("settings_second_wrong") == "The folder is not there now"
    one.find("settings_second_remove").setFocus()
    one.key(Key.Key_Space)
    assert one.laptop.choices.second_folder == ""
    assert one.find("settings_second_choose").hasFocus()


# backups


def test_backups_are_listed_with_their_checks(desk: Make) -> None:
    one = desk(section="backups", laptop=NotedLaptop(backups=kept_ones()))
    table = one.find("settings_backups_table", BackupTable)
    rows = table.lines.rows
    assert [(row.where, row.size, row.entries) for row in rows] == [
        ("This laptop", "1.2 MB", "15"),
        ("Second folder", "1.2 MB", "15"),
        ("This laptop", "180 kB", ""),
    ]
    assert [row.check for row in rows] == ["Checked", "Checked", "The event file is damaged: HASH"]
    assert table.model().index(2, CHECK).data(Qt.ItemDataRole.ToolTipRole) == "The event file is damaged: HASH"
    table.setFocus()
    table.selectRow(2)
    settle()
    restore = one.find("settings_restore_this")
    assert not restore.isEnabled()
    assert "damaged" in restore.toolTip()
    one.key(Key.Key_Return)
    assert one.laptop.asked == []
    assert "10:02" in one.words("settings_backups_state")
    assert "No second folder is chosen" in one.words("settings_backups_state")


def test_back_up_now_shows_the_new_one_and_keeps_the_row_chosen(desk: Make) -> None:
    one = desk(section="backups", laptop=NotedLaptop(backups=kept_ones()[:1]))
    table = one.find("settings_backups_table", BackupTable)
    table.selectRow(0)
    one.laptop.waiting = []
    one.click("settings_backup_now")
    one.click("settings_backup_now")
    assert one.laptop.asked == ["back up"]
    assert one.find("settings_backup_now", QAbstractButton).text() == "Backing up…"
    one.laptop.waiting.pop()()
    settle()
    assert len(table.lines.rows) == 2
    assert table.chosen is not None
    assert table.chosen.path == "/b/2"
    assert one.find("settings_backup_now", QAbstractButton).text() == "Back up now"


def test_a_backup_that_fails_is_said_and_nothing_is_lost(desk: Make) -> None:
    one = desk(section="backups")
    assert "No backup of this event" in one.words("settings_backups_state")
    one.laptop.wrong = Outage(
        say("The backup failed: {error}.", error="disk full"), work_continues=True, next_step=say("Look at the disk.")
    )
    one.click("settings_backup_now")
    assert one.words("settings_backups_wrong") == "The backup failed: disk full. Look at the disk."
    one.laptop.wrong = None
    one.click("settings_backup_now")
    assert one.words("settings_backups_wrong") == ""


def test_a_backup_is_looked_into_and_restored_as_a_new_event_by_keyboard(desk: Make) -> None:
    laptop = NotedLaptop(backups=kept_ones(), found=FOUND)
    one = desk(section="backups", laptop=laptop)
    table = one.find("settings_backups_table", BackupTable)
    table.setFocus()
    table.selectRow(0)
    one.key(Key.Key_Return)
    assert laptop.asked == ["look /b/2"]
    sheet = one.find("restore_sheet")
    assert sheet.isVisible()
    facts = [one.words(f"restore_fact_{number}") for number in range(4)]
    assert facts[:2] == ["Small Cup", "12"]
    assert "3 entries since" in facts[3]
    assert "stays as it is" in one.words("restore_note_headline")
    assert one.find("restore_do").hasFocus()
    one.key(Key.Key_Space)
    assert laptop.asked == ["look /b/2", "restore /b/2"]
    assert one.words("restore_fact_1") == "/events/small-cup-restored.arctos"
    one.key(Key.Key_Space)
    assert laptop.asked[-1] == "open /events/small-cup-restored.arctos"
    assert not sheet.isVisible()


def test_a_file_from_elsewhere_is_looked_into_and_a_bad_one_says_why(desk: Make) -> None:
    one = desk(section="backups", laptop=NotedLaptop(found=FOUND))
    one.click("settings_restore_file")
    assert one.laptop.asked == []
    one.files.picked = "/stick/cup.arctos"
    one.laptop.wrong = refusal("There is no event in this file")
    one.click("settings_restore_file")
    assert one.words("restore_wrong") == "There is no event in this file"
    assert not one.find("restore_do").isVisible()
    one.key(Key.Key_Escape)
    assert not one.find("restore_sheet").isVisible()
    one.laptop.wrong = None
    one.click("settings_restore_file")
    assert one.words("restore_wrong") == ""
    one.laptop.wrong = refusal("The disk is full")
    one.click("restore_do")
    assert one.words("restore_wrong") == "The disk is full"
    assert one.find("restore_do", QAbstractButton).text() == "Restore as a new event"
    assert one.laptop.asked[-1] == "restore /stick/cup.arctos"


def test_a_double_press_restores_once(desk: Make) -> None:
    one = desk(section="backups", laptop=NotedLaptop(backups=kept_ones(), found=FOUND))
    one.find("settings_backups_table", BackupTable).selectRow(0)
    settle()
    one.click("settings_restore_this")
    one.laptop.waiting = []
    one.click("restore_do")
    assert not one.find("restore_do").isEnabled()
    one.laptop.waiting.pop()()
    settle()
    assert one.laptop.asked.count("restore /b/2") == 1
    one.click("restore_back")
    assert not one.find("restore_sheet").isVisible()


def test_what_a_backup_is_against_the_open_event_is_said_in_words(dressed: QApplication) -> None:
    same = Restorable(path="", name="Cup", entries=3, last_ms=None)
    other = Restorable(path="", name="", entries=3, last_ms=NOON, other_event=True)
    both = Restorable(path="", name="Cup", entries=3, last_ms=NOON, lacks=1, lacks_since_ms=NOON, only_there=2)
    assert dict(restorable_lines(same)) == {
        "Event": "Cup",
        "Entries": "3",
        "Last entry": "None",
        "Against the open event": "Everything that the open event has is in it.",
    }
    assert dict(restorable_lines(other))["Against the open event"] == "This is a backup of another event."
    assert dict(restorable_lines(both))["Only in the backup"] == "2 entries that the open event does not have."
    assert [size_text(size) for size in (1, 999_999, 1_000_000)] == ["1 kB", "1000 kB", "1.0 MB"]


# diagnostics

CONTENTS = (
    Content(name="program.json", what=say("Versions"), text='{"build": "1"}\n'),
    Content(name="log.jsonl", what=say("What was logged"), text=""),
)


def test_diagnostics_are_read_before_they_are_saved(desk: Make) -> None:
    one = desk(section="diagnostics", laptop=NotedLaptop(contents=CONTENTS))
    listed = one.find("settings_diagnostics_list", QListWidget)
    assert [listed.item(number).text().split()[0] for number in range(listed.count())] == ["program.json", "log.jsonl"]
    text = one.find("settings_diagnostics_text", QPlainTextEdit)
    assert text.toPlainText() == '{"build": "1"}\n'
    listed.setFocus()
    one.key(Key.Key_Down)
    assert text.toPlainText() == "Nothing stands in it."
    assert one.words("settings_diagnostics_what") == "What was logged"
    one.click("settings_diagnostics_save")
    assert one.laptop.saved == []
    one.files.picked = "/stick/told.zip"
    one.click("settings_diagnostics_save")
    assert one.laptop.saved == [("/stick/told.zip", CONTENTS)]
    assert one.words("settings_diagnostics_told") == "Saved as /stick/told.zip"
    one.laptop.wrong = refusal("The diagnostics cannot be written there")
    one.click("settings_diagnostics_save")
    assert "cannot be written" in one.words("settings_diagnostics_told")


def test_while_it_gathers_nothing_can_be_saved(desk: Make) -> None:
    one = desk(section="diagnostics", laptop=NotedLaptop(contents=CONTENTS, waiting=[]))
    assert not one.find("settings_diagnostics_save").isEnabled()
    assert one.words("settings_diagnostics_what") == "Gathering…"
    assert one.laptop.waiting is not None
    one.laptop.waiting.pop()()
    settle()
    assert one.find("settings_diagnostics_save").isEnabled()
    one.click("settings_diagnostics_again")
    assert one.laptop.asked == ["gather", "gather"]


def test_the_sheet_stands_inside_the_smallest_window(desk: Make) -> None:
    newest = tuple(say("Finish {match}", match=f"Quarter {number} of the long day") for number in range(5))
    found = Restorable(
        path="", name="A cup with a name of forty characters", entries=1200, last_ms=NOON, lacks=300,
        lacks_since_ms=NOON, newest=newest, only_there=7,
    )  # fmt: skip
    one = desk(section="backups", laptop=NotedLaptop(found=found), size=(1024, 640))
    one.files.picked = "/stick/cup.arctos"
    one.click("settings_restore_file")
    sheet = one.find("restore_sheet", QWidget)
    assert one.window.rect().contains(sheet.geometry())
    assert "Finish Quarter 0 of the long day" in " ".join(
        part.text() for part in sheet.findChildren(QWidget) if hasattr(part, "text") and callable(part.text)
    )
