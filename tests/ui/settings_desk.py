"""The settings over a real desk in memory and a laptop that only notes what it is asked: for tests of the pane."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from arctos_desk.tournament.instants import from_iso
from arctos_desk.tournament.reasons import Problem, Refused
from arctos_desk.tournament.words import Words, say
from arctos_desk.ui.background import InlineLane
from arctos_desk.ui.desk_port import DeskHandle
from arctos_desk.ui.dialogs.undoing import Undoing
from arctos_desk.ui.dialogs.who import WhoIsHere
from arctos_desk.ui.main_window import MainWindow, PaneEntry
from arctos_desk.ui.memory import Forgetful, Memory
from arctos_desk.ui.panes.settings.laptop_port import (
    BadNews,
    Choices,
    Content,
    KeptBackup,
    Otherwise,
    Restorable,
    Restored,
    SecondPlace,
)
from arctos_desk.ui.panes.settings.pane import SettingsPane
from tests.operations.desks import TestedDesk, desk_with_small_day

W = TypeVar("W", bound=QWidget)
NOON = from_iso("2026-05-02T10:00:00")
ZONES = ("UTC", "Europe/Berlin", "Europe/Madrid", "America/New_York")


@dataclass
class NotedLaptop:
    """Answers from what a test puts here, at once, and keeps what it was asked for."""

    choices: Choices = field(default_factory=lambda: Choices(data_folder="/data/arctos-desk"))
    second_place: SecondPlace = field(default_factory=SecondPlace)
    backups: list[KeptBackup] = field(default_factory=list)
    found: Restorable | None = None
    wrong: BadNews | None = None
    contents: tuple[Content, ...] = ()
    asked: list[str] = field(default_factory=list)
    saved: list[tuple[str, tuple[Content, ...]]] = field(default_factory=list)
    waiting: list[Callable[[], object]] | None = None
    diagnostics_name: str = "arctos-desk-diagnostics.zip"

    def choose_theme(self, name: str) -> None:
        self.choices = replace(self.choices, theme=name)

    def choose_language(self, code: str) -> None:
        self.choices = replace(self.choices, language=code)

    def choose_text_percent(self, percent: int) -> None:
        self.choices = replace(self.choices, text_percent=percent)

    def choose_sound(self, on: bool) -> None:
        self.choices = replace(self.choices, sound=on)

    def open_data_folder(self) -> bool:
        self.asked.append("open folder")
        return self.wrong is None

    def choose_second_folder(self, path: str) -> None:
        if self.wrong is not None:
            raise self.wrong
        self.choices = replace(self.choices, second_folder=path)

    def list_backups(self, *, then: Callable[[Sequence[KeptBackup]], object], otherwise: Otherwise) -> None:
        then(self.backups)

    def back_up(self, *, then: Callable[[], object], otherwise: Otherwise) -> None:
        def made() -> None:
            at_ms = NOON + 60_000 * len(self.backups)
            self.backups.insert(0, KeptBackup(path=f"/b/{at_ms}", at_ms=at_ms, size_bytes=180_000, entries=12))
            then()

        self._answer("back up", made, otherwise)

    def look_into(self, path: str, *, then: Callable[[Restorable], object], otherwise: Otherwise) -> None:
        self._answer(f"look {path}", lambda: then(replace(self.found, path=path)), otherwise)  # type: ignore[type-var]

    def restore(self, path: str, *, then: Callable[[Restored], object], otherwise: Otherwise) -> None:
        made = Restored(path="/events/small-cup-restored.arctos", name="Small Cup")
        self._answer(f"restore {path}", lambda: then(made), otherwise)

    def open_event(self, path: str) -> None:
        self.asked.append(f"open {path}")

    def gather_diagnostics(self, *, then: Callable[[Sequence[Content]], object], otherwise: Otherwise) -> None:
        self._answer("gather", lambda: then(self.contents), otherwise)

    def save_diagnostics(
        self, contents: Sequence[Content], to: str, *, then: Callable[[], object], otherwise: Otherwise
    ) -> None:
        def save() -> None:
            self.saved.append((to, tuple(contents)))
            then()

        self._answer(f"save {to}", save, otherwise)

    def _answer(self, asked: str, act: Callable[[], object], otherwise: Otherwise) -> None:
        self.asked.append(asked)

        def answer() -> None:
            if self.wrong is not None:
                otherwise(self.wrong)
            else:
                act()

        if self.waiting is None:
            answer()
        else:
            self.waiting.append(answer)


@dataclass
class PickedFiles:
    """A person who always picks the same."""

    picked: str = ""

    def folder_for_backups(self) -> str:
        return self.picked

    def backup_to_restore(self) -> str:
        return self.picked

    def place_for_diagnostics(self, name: str) -> str:
        return self.picked


class SettingsDesk:
    """A real window with the settings alone in it."""

    def __init__(
        self,
        *,
        section: str = "event",
        size: tuple[int, int] = (1280, 720),
        tested: TestedDesk | None = None,
        memory: Memory | None = None,
        read_only: Words | None = None,
        laptop: NotedLaptop | None = None,
        lane: InlineLane | None = None,
    ) -> None:
        self.tested = tested or desk_with_small_day()
        self.laptop = laptop or NotedLaptop()
        self.files = PickedFiles()
        self.handle = DeskHandle(
            self.tested.desk,
            self.tested.log,
            lane=lane or InlineLane(),
            clock=self.tested.clock,
            own_key=self.tested.key.public_key,
            memory=memory or Forgetful(),
            read_only=read_only,
        )
        self.window = MainWindow()
        self.who = WhoIsHere(self.handle, self.window.actions_table, self.window)
        self.undoing = Undoing(self.handle, self.window.actions_table, self.window)
        self.window.add_pane(PaneEntry(id="settings", text=say("Settings"), icon="settings", build=self._build))
        self.handle.changed.connect(self.window.refreshing.tell)
        self.window.resize(*size)
        self.window.show_pane("settings")
        self.window.show()
        self.window.activateWindow()
        self.pane.show_section(section)
        settle()

    def _build(self) -> SettingsPane:
        pane = SettingsPane(self.handle, self.laptop, self.files, zones=ZONES, tools=(self.who.button,))
        pane.who_asked.connect(self.who.sheet.open_sheet)
        pane.open_asked.connect(self.laptop.open_event)
        return pane

    @property
    def pane(self) -> SettingsPane:
        pane = self.window.pane("settings")
        assert isinstance(pane, SettingsPane)
        return pane

    @property
    def event(self):  # type: ignore[no-untyped-def]
        return self.handle.state.event

    def kinds(self) -> list[str]:
        """The kinds of all entries, oldest first."""
        return [one.kind for one in reversed(self.tested.log.recent(1000))]

    # acting

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.window.windowHandle(), key, modifiers)
        settle()

    def click(self, widget: QWidget | str) -> None:
        target = self.find(widget) if isinstance(widget, str) else widget
        assert target.isVisible(), f"{target.objectName()} is not to be seen"
        QTest.mouseClick(target, Qt.MouseButton.LeftButton)
        settle()

    def type(self, text: str) -> None:
        QTest.keyClicks(QApplication.focusWidget(), text)
        settle()

    def write(self, name: str, text: str, *, end: Qt.Key | None = Qt.Key.Key_Return) -> None:
        """Write a text in place of what stands in an input, and press Enter."""
        target = self.find(name)
        target.setFocus()
        settle()
        self.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        if text:
            self.type(text)
        else:
            self.key(Qt.Key.Key_Delete)
        if end is not None:
            self.key(end)

    def find(self, name: str, kind: type[W] = QWidget) -> W:  # type: ignore[assignment]
        found = self.window.findChildren(kind, name)
        assert found, f"nothing is called {name}"
        return next((one for one in found if one.isVisible()), found[0])

    def words(self, name: str) -> str:
        """What a label says; empty where it is not to be seen."""
        found = self.find(name)
        return found.text() if found.isVisible() else ""  # type: ignore[attr-defined]


def refusal(words: str) -> Refused:
    return Refused([Problem("X", Words(words))])


def settle() -> None:
    """Let what was told reach the screen."""
    for _ in range(3):
        QApplication.processEvents()
