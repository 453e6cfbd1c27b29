"""Paper and files: look at a document as it will be printed, print it, or write exports to a folder.

Makes no document itself: `publishing.exports` does, from one frozen picture of the event.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, Protocol

from PySide6.QtCore import QObject, QSizeF, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent, QPageSize
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QHBoxLayout, QSizePolicy, QWidget

from arctos_desk.publishing.exports import EXPORTS, Edition, Export, export_named, score_sheets_pdf
from arctos_desk.publishing.page import Paper
from arctos_desk.ui import theme
from arctos_desk.ui.background import BadNews, Lane
from arctos_desk.ui.desk_port import sentences
from arctos_desk.ui.dialogs.files import FileChooser
from arctos_desk.ui.dialogs.sheet import Sheet
from arctos_desk.ui.main_window import MainWindow
from arctos_desk.ui.text import render, tr, tr_n
from arctos_desk.ui.widgets.button import Button
from arctos_desk.ui.widgets.card import rule
from arctos_desk.ui.widgets.label import label
from arctos_desk.ui.widgets.paper_view import PaperDocument, PaperView
from arctos_desk.ui.widgets.segmented import Segmented
from arctos_desk.ui.widgets.tick_box import TickBox

PREVIEW_PX: Final = 1_100
EXPORT_PX: Final = 560
PRINT_OF_PANE: Final = {"board": "schedule-pdf", "standings": "standings-pdf", "teams": "teams-pdf"}
"""What Ctrl+P prints of a pane; Today prints the score sheet of its match, other panes offer everything."""

WriteExports = Callable[[Edition, Path, Sequence[Export]], Sequence[Path]]


class Printers(Protocol):
    """Answers the printer that a person chose, or None when they changed their mind."""

    def printer_for(self, document: PaperDocument, title: str) -> QPrinter | None: ...


class SystemPrinters:
    """The print dialog of the system."""

    def __init__(self, window: QWidget) -> None:
        self._window = window

    def printer_for(self, document: PaperDocument, title: str) -> QPrinter | None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dress_printer(printer, document, title)
        dialog = QPrintDialog(printer, self._window)
        dialog.setMinMax(1, max(1, len(document)))
        return printer if dialog.exec() == QDialog.DialogCode.Accepted else None


def dress_printer(printer: QPrinter, document: PaperDocument, title: str) -> None:
    """Tell a printer what comes: the name of the job and the size of its paper."""
    printer.setDocName(title)
    if document.sizes:
        short, long = sorted(document.sizes[0])
        page = QPageSize(QSizeF(short, long), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
        printer.setPageSize(page)


class PreviewSheet(Sheet):
    """A document over the pane. `saving_wanted` asks for a file of it, `printed` tells how many pages went out."""

    saving_wanted = Signal()
    printed = Signal(int)

    def __init__(self, host: QWidget, printers: Printers) -> None:
        super().__init__("", host, name="preview_sheet", width=PREVIEW_PX)
        self.printers = printers
        self.view = PaperView(self, name="preview_pages")
        self.area.hide()
        self._outer.insertWidget(self._outer.indexOf(self.area), self.view, 1)
        self.page = label("", self, name="preview_page", tone="muted")
        self.view.page_changed.connect(lambda _: self._show_page())
        self.save_button = Button(tr("Save as PDF…"), self, name="preview_save", key="Ctrl+S")
        self.save_button.clicked.connect(self.saving_wanted)
        self.print_button = Button(tr("Print…"), self, name="preview_print", key="Ctrl+P", kind="primary")
        self.print_button.clicked.connect(self.print_it)
        row = QHBoxLayout()
        row.setSpacing(theme.GAP_8)
        row.addWidget(self.page)
        row.addStretch(1)
        row.addWidget(self.save_button)
        row.addWidget(self.print_button)
        self.set_foot(row)

    def show_document(self, content: bytes, title: str) -> None:
        """Show a document and open."""
        self.title.set_text(title)
        self.open_sheet()
        self.view.show_document(PaperDocument(content))
        self._show_page()

    @property
    def document(self) -> PaperDocument | None:
        return self.view.document

    def _show_page(self) -> None:
        document = self.view.document
        if document is None or not len(document):
            self.page.setText("")
            return
        self.page.setText(tr("Page {page} of {pages}", page=self.view.page, pages=len(document)))

    def print_it(self) -> None:
        """Ask for a printer and print."""
        document = self.view.document
        if document is None:
            return
        printer = self.printers.printer_for(document, self.title.text())
        if printer is not None:
            self.printed.emit(document.print_to(printer, first=printer.fromPage() or 1, last=printer.toPage()))

    def close_sheet(self) -> None:
        was_open = self.is_open
        super().close_sheet()
        if was_open:
            self.view.show_document(None)

    def place(self) -> None:
        """As large as the pane allows: paper wants room."""
        room = self._host.rect()
        wide = min(PREVIEW_PX, room.width() - theme.RAIL_PX - 2 * theme.GAP_16)
        high = room.height() - theme.HEADER_PX - theme.STATUS_PX - 2 * theme.GAP_8
        self.setGeometry(room.right() - wide - theme.GAP_12, theme.HEADER_PX + theme.GAP_8, wide, max(240, high))

    def take_focus(self) -> None:
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() == Qt.KeyboardModifier.ControlModifier and event.key() in (Qt.Key.Key_P, Qt.Key.Key_S):
            (self.print_it if event.key() == Qt.Key.Key_P else self.saving_wanted.emit)()
            return
        super().keyPressEvent(event)


class ExportSheet(Sheet):
    """Everything that can be handed out, to tick. `wanted` carries the exports to write, `looked_at` one to see."""

    wanted = Signal(object)
    looked_at = Signal(str)
    paper_chosen = Signal(str)

    def __init__(self, host: QWidget, *, paper: str) -> None:
        super().__init__(tr("Export and print"), host, name="export_sheet", width=EXPORT_PX)
        self.ticks: dict[str, TickBox] = {}
        self.body.addWidget(label(tr("Paper"), self.inside, size="large", weight=700))
        self.paper = Segmented(
            [(Paper.A4.value, "A4"), (Paper.LETTER.value, "Letter")],
            self.inside,
            name="export_paper",
            accessible=tr("Size of the paper"),
            value=paper,
        )
        self.paper.chosen.connect(self.paper_chosen)
        self.body.addWidget(self.paper, 0, Qt.AlignmentFlag.AlignLeft)
        for one in EXPORTS:
            if one.is_paper:
                self._row(one)
        self.body.addWidget(rule(self.inside))
        self.body.addWidget(label(tr("Files"), self.inside, size="large", weight=700))
        for one in EXPORTS:
            if not one.is_paper:
                self._row(one)
        self.all_button = Button(tr("All"), self, name="export_all")
        self.all_button.clicked.connect(self._tick_all)
        self.write_button = Button(tr("Write to a folder…"), self, name="export_write", key="Enter", kind="primary")
        self.write_button.clicked.connect(self._write)
        self.told = label("", self, name="export_told", tone="muted")
        self.told.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout()
        row.setSpacing(theme.GAP_8)
        row.addWidget(self.all_button)
        row.addWidget(self.told, 1)
        row.addWidget(self.write_button)
        self.set_foot(row)
        self._show_count()

    def _row(self, one: Export) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.GAP_8)
        tick = TickBox(render(one.title), self.inside, name=f"export_{one.id}")
        tick.toggled.connect(lambda _: self._show_count())
        self.ticks[one.id] = tick
        row.addWidget(tick)
        row.addWidget(label(one.file_name, self.inside, size="small", tone="muted"))
        row.addStretch(1)
        if one.is_paper:
            look = Button(
                tr("Look and print"),
                self.inside,
                name=f"look_{one.id}",
                kind="quiet",
                accessible=tr("Look at and print: {what}", what=one.title),
            )
            look.clicked.connect(lambda _=False, which=one.id: self.looked_at.emit(which))
            row.addWidget(look)
        self.body.addLayout(row)

    def _chosen(self) -> list[Export]:
        return [one for one in EXPORTS if self.ticks[one.id].isChecked()]

    def _show_count(self) -> None:
        count = len(self._chosen())
        self.write_button.setEnabled(bool(count))
        self.write_button.setToolTip("" if count else tr("Tick what is to be written first"))
        self.told.setText(tr_n("{count} file", "{count} files", count) if count else tr("Nothing is ticked yet"))

    def _tick_all(self) -> None:
        ticked = len(self._chosen()) < len(EXPORTS)
        for tick in self.ticks.values():
            tick.setChecked(ticked)

    def _write(self) -> None:
        chosen = self._chosen()
        if chosen:
            self.wanted.emit(chosen)

    def take_focus(self) -> None:
        next(iter(self.ticks.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.write_button.isEnabled():
            self._write()
            return
        super().keyPressEvent(event)


class HandingOut(QObject):
    """Connects the two sheets with an event.

    `edition` gives what documents are made from, for a size of paper; `write` and `save` raise Outage when the disk
    fails. Documents are made on a lane of their own: no entry waits for paper.
    """

    def __init__(
        self,
        window: MainWindow,
        *,
        edition: Callable[[Paper], Edition],
        write: WriteExports,
        save: Callable[[Path, bytes], None],
        lane: Lane,
        files: FileChooser,
        match_on_screen: Callable[[], str],
        paper: str = Paper.A4.value,
        paper_chosen: Callable[[str], object] | None = None,
        printers: Printers | None = None,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._edition = edition
        self._write = write
        self._save = save
        self._lane = lane
        self.files = files
        self._match_on_screen = match_on_screen
        self._paper = Paper(paper) if paper in set(Paper) else Paper.A4
        self._remember = paper_chosen
        self._shown: tuple[str, str] = ("", "")
        self.preview = PreviewSheet(window, printers if printers is not None else SystemPrinters(window))
        self.preview.saving_wanted.connect(self._save_shown)
        self.preview.printed.connect(self._tell_printed)
        self.sheet = ExportSheet(window, paper=self._paper.value)
        self.sheet.wanted.connect(self._write_chosen)
        self.sheet.looked_at.connect(self.look)
        self.sheet.paper_chosen.connect(self._choose_paper)

    def ask_export(self) -> None:
        """Open what can be handed out, or close it."""
        self.sheet.toggle_sheet()

    def print_pane(self) -> None:
        """Show what the pane on the screen prints as."""
        if self.preview.is_open:
            self.preview.print_it()
            return
        pane = self._window.shown_pane
        match_id = self._match_on_screen() if pane == "today" else ""
        if match_id:
            self.look_at_score_sheet(match_id)
        elif pane in PRINT_OF_PANE:
            self.look(PRINT_OF_PANE[pane])
        else:
            self.sheet.open_sheet()

    def look(self, export_id: str) -> None:
        """Show one of the exports on paper."""
        one = export_named(export_id)
        if one is not None:
            self._show(one.render, render(one.title), one.file_name)

    def look_at_score_sheet(self, match_id: str) -> None:
        """Show the score sheet of one match."""
        edition = self._edition(self._paper)
        match = edition.state.event.matches.get(match_id)
        if match is not None:
            title = tr("Score sheet of {match}", match=match.name)
            self._show(lambda one: score_sheets_pdf(one, match_ids=[match_id]), title, "score-sheet.pdf")

    def _show(self, make: Callable[[Edition], bytes], title: str, file_name: str) -> None:
        edition = self._edition(self._paper)

        def made(content: bytes) -> None:
            self._shown = (title, file_name)
            self.sheet.close_sheet()
            self.preview.show_document(content, title)

        self._lane.run(lambda: make(edition), then=made, otherwise=self._bad)

    def _choose_paper(self, paper: str) -> None:
        self._paper = Paper(paper)
        if self._remember is not None:
            self._remember(paper)

    def _write_chosen(self, chosen: Sequence[Export]) -> None:
        folder = self.files.folder_for_exports()
        if not folder:
            return
        edition = self._edition(self._paper)
        self.sheet.told.setText(tr("Writing…"))

        def written(paths: Sequence[Path]) -> None:
            self.sheet.close_sheet()
            headline = tr_n("{count} file was written", "{count} files were written", len(paths))
            self._window.notices.show_notice(
                headline, folder, "running", action=tr("Open the folder"), then=lambda: open_folder(folder)
            )

        self._lane.run(lambda: self._write(edition, Path(folder), chosen), then=written, otherwise=self._bad)

    def _save_shown(self) -> None:
        document = self.preview.document
        if document is None:
            return
        to = self.files.place_for_export(self._shown[1])
        if not to:
            return
        content = document.content

        def saved(_: None) -> None:
            self._window.notices.show_notice(tr("The document was saved"), to, "running")

        self._lane.run(lambda: self._save(Path(to), content), then=saved, otherwise=self._bad)

    def _tell_printed(self, pages: int) -> None:
        if pages:
            sentence = tr_n("{count} page went to the printer.", "{count} pages went to the printer.", pages)
            self._window.notices.show_notice(tr("Printed"), sentence, "running")
        else:
            self._window.notices.show_notice(
                tr("Nothing was printed"), tr("The printer did not take it. Save it as PDF instead."), "danger"
            )

    def _bad(self, news: BadNews) -> None:
        self.sheet._show_count()
        said = " ".join(render(words) for words in sentences(news))
        self._window.notices.show_notice(tr("Nothing was written"), said, "danger")


def open_folder(folder: str) -> None:
    """Show a folder in the program that the system has for folders."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(folder))
