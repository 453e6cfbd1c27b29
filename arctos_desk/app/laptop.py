"""This laptop as the settings of one window ask for it: choices, folders, backups, diagnostics. Draws nothing.

What takes time runs beside the write lane; an answer for a window that is gone is not delivered.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from arctos_desk.app.diagnostics import file_name, gather, toolkit, write_diagnostics
from arctos_desk.app.events_here import note_restored
from arctos_desk.app.restoring import BackupShelf, Made, look_into, restore, second_place
from arctos_desk.runtime import paths
from arctos_desk.tournament.reasons import Problem, Refused
from arctos_desk.tournament.words import say
from arctos_desk.ui.panes.settings.laptop_port import (
    Choices,
    Content,
    KeptBackup,
    Otherwise,
    Restorable,
    Restored,
    SecondPlace,
)

if TYPE_CHECKING:
    from arctos_desk.app.window import DeskWindow

T = TypeVar("T")


class ThisLaptop:
    """Answers the settings of the window that is there now."""

    def __init__(self, desk: DeskWindow) -> None:
        self._desk = desk
        self._handle = desk.handle
        self._shelf = BackupShelf(desk.event.path)

    # choices

    @property
    def choices(self) -> Choices:
        settings = self._desk.surroundings.settings.settings
        return Choices(
            language=settings.language,
            system_language=self._desk.surroundings.system_language,
            theme=settings.theme,
            text_percent=settings.text_percent,
            sound=settings.sound,
            data_folder=str(paths.data_folder()),
            second_folder=settings.backup_folder,
        )

    def choose_theme(self, name: str) -> None:
        self._desk.program.choose_theme(name)

    def choose_language(self, code: str) -> None:
        self._desk.program.choose_language(code)

    def choose_text_percent(self, percent: int) -> None:
        self._desk.program.choose_text_percent(percent)

    def choose_sound(self, on: bool) -> None:
        self._desk.surroundings.settings.change(sound=on)
        if on:
            # What it sounds like is heard at once, and whether it sounds at all.
            self._desk.program.app.beep()

    # folders

    def open_data_folder(self) -> bool:
        return QDesktopServices.openUrl(QUrl.fromLocalFile(str(paths.data_folder())))

    @property
    def second_place(self) -> SecondPlace:
        return second_place(self._desk.event.path, self.choices.second_folder)

    def choose_second_folder(self, path: str) -> None:
        """Keep a second copy of each backup there, beginning with one now. Raises Refused."""
        if path:
            why_not_second(Path(path), self._desk.event.path)
        self._desk.surroundings.settings.change(backup_folder=path)
        if path:
            self._desk.back_up()

    # backups

    def list_backups(self, *, then: Callable[[Sequence[KeptBackup]], object], otherwise: Otherwise) -> None:
        second = self.choices.second_folder
        self._beside(lambda: self._shelf.look(second), then, otherwise)

    def back_up(self, *, then: Callable[[], object], otherwise: Otherwise) -> None:
        self._desk.back_up(then=self._here(lambda _: then()), otherwise=self._here(otherwise))

    def look_into(self, path: str, *, then: Callable[[Restorable], object], otherwise: Otherwise) -> None:
        desk = self._desk
        build = desk.surroundings.build
        self._beside(lambda: look_into(Path(path), desk.event.path, build=build), then, otherwise)

    def restore(self, path: str, *, then: Callable[[Restored], object], otherwise: Otherwise) -> None:
        desk = self._desk

        def made(one: Made) -> None:
            # Noted whether or not the window that asked is still there.
            note_restored(desk.surroundings, one.path, one.last_ms)
            self._here(then)(Restored(path=str(one.path), name=one.name))

        desk.runner.run(lambda: restore(Path(path), desk.surroundings), then=made, otherwise=self._here(otherwise))

    # diagnostics

    @property
    def diagnostics_name(self) -> str:
        return file_name(self._desk.handle.now_ms())

    def gather_diagnostics(self, *, then: Callable[[Sequence[Content]], object], otherwise: Otherwise) -> None:
        desk = self._desk
        screens = toolkit()
        desk.surroundings.logs.flush()
        self._beside(lambda: gather(desk.surroundings, desk.event.path, screens=screens), then, otherwise)

    def save_diagnostics(
        self, contents: Sequence[Content], to: str, *, then: Callable[[], object], otherwise: Otherwise
    ) -> None:
        at_ms = self._desk.handle.now_ms()
        self._beside(lambda: write_diagnostics(contents, Path(to), at_ms=at_ms), lambda _: then(), otherwise)

    # beside the lane

    def _beside(self, work: Callable[[], T], then: Callable[[T], object], otherwise: Otherwise) -> None:
        self._desk.runner.run(work, then=self._here(then), otherwise=self._here(otherwise))

    def _here(self, call: Callable[[T], object]) -> Callable[[T], object]:
        """The call, made only while the window is still the one that asked."""

        def deliver(value: T) -> object:
            return call(value) if self._desk.handle is self._handle else None

        return deliver


def why_not_second(folder: Path, event: Path) -> None:
    """See that a folder can hold second copies, by writing into it. Raises Refused; nothing stays behind."""
    step = say("Choose a folder on a stick or on another disk")
    if not folder.is_dir():
        raise Refused([Problem("NO_FOLDER", say("There is no such folder"), place=str(folder), next_step=step)])
    own = (paths.backups_folder(event), event.parent)
    if folder.resolve() in [one.resolve() for one in own]:
        words = say("The events of this laptop lie in this folder already")
        raise Refused([Problem("SAME_FOLDER", words, place=str(folder), next_step=step)])
    trial = folder / f".arctos-desk-{os.getpid()}"
    try:
        with trial.open("xb") as file:
            file.write(bytes(4096))
            file.flush()
            os.fsync(file.fileno())
        trial.unlink()
    except OSError as error:
        words = say("Nothing can be written there: {reason}", reason=error.strerror or type(error).__name__)
        with suppress(OSError):
            trial.unlink()
        raise Refused([Problem("UNWRITABLE", words, place=str(folder), next_step=step)]) from None
