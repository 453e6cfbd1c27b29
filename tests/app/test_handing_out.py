"""Paper and files from the window: looked at as they will be printed, printed, written to a folder."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("pytestqt")

from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from arctos_desk.app import bootstrap
from arctos_desk.app.bootstrap import Surroundings
from arctos_desk.app.window import DeskWindow, Program, application, event_of_start
from arctos_desk.publishing.exports import EXPORTS
from arctos_desk.tournament.words import Words
from arctos_desk.ui import text
from arctos_desk.ui.dialogs.handing_out import HandingOut, dress_printer
from arctos_desk.ui.widgets.button import Button
from arctos_desk.ui.widgets.paper_view import PaperDocument

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier


class Chosen:
    """A person who always chooses this folder, and a printer that prints into a file of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.printed = folder / "printed.pdf"

    def folder_for_exports(self) -> str:
        return str(self.folder)

    def place_for_export(self, name: str) -> str:
        return str(self.folder / name)

    def printer_for(self, document: PaperDocument, title: str) -> QPrinter:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dress_printer(printer, document, title)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(self.printed))
        printer.setResolution(120)
        return printer


@pytest.fixture
def desk(qapp: QApplication, qtbot: QtBot, desk_home: Path) -> Iterator[DeskWindow]:
    told: list[Words] = []
    surroundings: Surroundings = bootstrap.begin(told.append)
    application(surroundings)
    desk = DeskWindow(Program(qapp, surroundings), event_of_start(surroundings, ""))
    qtbot.addWidget(desk.window)
    desk.window.resize(1280, 720)
    desk.window.show()
    desk.window.activateWindow()
    yield desk
    desk.close()
    text.speak(None)
    surroundings.end()


@pytest.fixture
def chosen(tmp_path: Path) -> Chosen:
    folder = tmp_path / "handed out"
    folder.mkdir()
    return Chosen(folder)


@pytest.fixture
def out(desk: DeskWindow, chosen: Chosen) -> HandingOut:
    """The sheets of the window, with somebody who chooses folder and printer."""
    handing_out = desk.paper.handing_out
    handing_out.files = chosen  # type: ignore[assignment]  # it answers what is asked here
    handing_out.preview.printers = chosen
    return handing_out


def press(qtbot: QtBot, desk: DeskWindow, key: Qt.Key) -> None:
    qtbot.keyClick(desk.window.focusWidget() or desk.window, key, CTRL)


def test_the_board_is_looked_at_and_printed_as_it_is_shown(
    desk: DeskWindow, out: HandingOut, chosen: Chosen, qtbot: QtBot
) -> None:
    desk.window.show_pane("board")
    press(qtbot, desk, Qt.Key.Key_P)
    qtbot.waitUntil(lambda: out.preview.is_open and out.preview.document is not None, timeout=20_000)
    document = out.preview.document
    assert document is not None
    assert f"of {len(document)}" in out.preview.page.text()
    qtbot.keyClick(out.preview.view, Qt.Key.Key_P, CTRL)
    assert len(PdfReader(chosen.printed).pages) == len(document)
    qtbot.keyClick(out.preview.view, Qt.Key.Key_S, CTRL)
    saved = chosen.folder / "schedule.pdf"
    qtbot.waitUntil(saved.exists)
    assert "Pine Cup" in PdfReader(saved).pages[0].extract_text()
    qtbot.keyClick(out.preview, Qt.Key.Key_Escape)
    assert not out.preview.is_open


def test_today_prints_the_score_sheet_of_its_match(desk: DeskWindow, out: HandingOut, qtbot: QtBot) -> None:
    desk.window.show_pane("today")
    pane = desk.window.pane("today")
    pane.show_field(next(iter(desk.handle.state.event.fields)))
    match = desk.handle.state.event.matches[pane.match_id]
    press(qtbot, desk, Qt.Key.Key_P)
    qtbot.waitUntil(lambda: out.preview.is_open, timeout=20_000)
    assert match.name in out.preview.title.text()
    assert len(out.preview.document or ()) == 1


def test_everything_is_written_to_a_folder_at_once(
    desk: DeskWindow, out: HandingOut, chosen: Chosen, qtbot: QtBot
) -> None:
    press(qtbot, desk, Qt.Key.Key_E)
    assert out.sheet.is_open
    assert not out.sheet.write_button.isEnabled()
    qtbot.mouseClick(out.sheet.findChild(Button, "export_all"), LEFT)
    qtbot.mouseClick(out.sheet.write_button, LEFT)
    qtbot.waitUntil(lambda: not out.sheet.is_open, timeout=60_000)
    assert {path.name for path in chosen.folder.iterdir()} == {one.file_name for one in EXPORTS}
    written = (chosen.folder / "results.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(written)))
    games = [match for match in desk.handle.state.event.matches.values() if match.kind.is_game]
    assert len(rows) >= 1
    assert len(PdfReader(chosen.folder / "score-sheets.pdf").pages) == len(games)


def test_a_folder_that_takes_nothing_is_said_and_the_choice_stays(
    desk: DeskWindow, out: HandingOut, chosen: Chosen, qtbot: QtBot
) -> None:
    chosen.folder = chosen.folder / "no folder"
    chosen.folder.write_text("a file stands here")
    press(qtbot, desk, Qt.Key.Key_E)
    qtbot.mouseClick(out.sheet.ticks["schedule-csv"], LEFT)
    qtbot.keyClick(out.sheet, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "cannot be written" in _told(desk), timeout=20_000)
    assert out.sheet.is_open
    assert out.sheet.ticks["schedule-csv"].isChecked()


def _told(desk: DeskWindow) -> str:
    return " ".join(one.text() for one in desk.window.notices.findChildren(QLabel))
