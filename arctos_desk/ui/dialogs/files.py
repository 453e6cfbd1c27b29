"""Which file: the one place that opens the system's own file dialogs. Reads and writes no file.

They are the only modal windows; none opens while a person works at a match without asking for it.
"""

from __future__ import annotations

from typing import Protocol

from PySide6.QtWidgets import QFileDialog, QWidget

from arctos_desk.ui.text import tr


class FileChooser(Protocol):
    """Answers a path, or "" when a person changed their mind."""

    def event_to_open(self) -> str: ...

    def file_to_import(self) -> str: ...

    def place_for_copy(self, name: str) -> str: ...

    def list_to_import(self) -> str: ...

    def picture_to_show(self) -> str: ...

    def folder_for_exports(self) -> str: ...

    def place_for_export(self, name: str) -> str: ...

    def folder_for_backups(self) -> str: ...

    def backup_to_restore(self) -> str: ...

    def place_for_diagnostics(self, name: str) -> str: ...


class SystemFiles:
    """The dialogs of the system."""

    def __init__(self, window: QWidget, *, folder: str = "") -> None:
        self._window = window
        self._folder = folder

    def event_to_open(self) -> str:
        return QFileDialog.getOpenFileName(
            self._window, tr("Open an event"), self._folder, tr("Events (*.arctos);;All files (*)")
        )[0]

    def file_to_import(self) -> str:
        return QFileDialog.getOpenFileName(
            self._window,
            tr("Import a schedule or results"),
            self._folder,
            tr("Schedules and results (*.toml *.json);;All files (*)"),
        )[0]

    def place_for_copy(self, name: str) -> str:
        return QFileDialog.getSaveFileName(self._window, tr("Save a copy"), f"{name}.arctos", tr("Events (*.arctos)"))[
            0
        ]

    def list_to_import(self) -> str:
        return QFileDialog.getOpenFileName(
            self._window,
            tr("Import teams and players"),
            self._folder,
            tr("Lists (*.csv *.tsv *.txt);;All files (*)"),
        )[0]

    def picture_to_show(self) -> str:
        return QFileDialog.getOpenFileName(
            self._window,
            tr("Choose a logo"),
            self._folder,
            tr("Pictures (*.png *.jpg *.jpeg *.gif *.bmp *.svg *.webp);;All files (*)"),
        )[0]

    def folder_for_exports(self) -> str:
        return QFileDialog.getExistingDirectory(self._window, tr("Where the files go"), self._folder)

    def place_for_export(self, name: str) -> str:
        return QFileDialog.getSaveFileName(self._window, tr("Save the document"), name, tr("Documents (*.pdf)"))[0]

    def folder_for_backups(self) -> str:
        return QFileDialog.getExistingDirectory(self._window, tr("A second place for backups"), self._folder)

    def backup_to_restore(self) -> str:
        return QFileDialog.getOpenFileName(
            self._window, tr("Look into a backup"), self._folder, tr("Events (*.arctos);;All files (*)")
        )[0]

    def place_for_diagnostics(self, name: str) -> str:
        return QFileDialog.getSaveFileName(self._window, tr("Save the diagnostics"), name, tr("Archives (*.zip)"))[0]
