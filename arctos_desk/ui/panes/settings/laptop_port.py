"""This laptop as the settings know it: choices, folders, backups, diagnostics; and what each is shown as.

Frozen values and one protocol. Answers nothing by itself: the composition root does, and opens every file.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from arctos_desk.tournament.instants import Instant
from arctos_desk.tournament.reasons import Outage, Refused
from arctos_desk.tournament.words import Words

BadNews = Refused | Outage
Otherwise = Callable[[BadNews], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What a person chose on this laptop. `language` "" follows the system, whose own is `system_language`."""

    language: str = ""
    system_language: str = "en"
    theme: str = "light"
    text_percent: int = 100
    sound: bool = False
    data_folder: str = ""
    second_folder: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondPlace:
    """How it stands with the second backup folder: `wrong` says what is the matter, None for nothing."""

    last_ms: Instant | None = None
    wrong: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptBackup:
    """One backup of the open event. `wrong` says why it cannot be used, None when its check passed."""

    path: str
    at_ms: Instant
    size_bytes: int
    entries: int = 0
    second: bool = False
    wrong: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Restorable:
    """What restoring from a file would give, beside the event that is open.

    `lacks` counts entries that the open event has and the file does not, `only_there` the other way round; `newest`
    are the last of those it lacks. `other_event` is set when the file belongs to another event altogether.
    """

    path: str
    name: str
    entries: int
    last_ms: Instant | None
    lacks: int = 0
    lacks_since_ms: Instant | None = None
    newest: tuple[Words, ...] = ()
    only_there: int = 0
    other_event: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """The new event file that came of it."""

    path: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """One file of the diagnostics: its name in the archive, what it tells, and all that stands in it."""

    name: str
    what: Words
    text: str


class Laptop(Protocol):
    """This laptop. What takes time answers later, on the main thread; what fails says so to `otherwise`."""

    @property
    def choices(self) -> Choices: ...

    @property
    def second_place(self) -> SecondPlace: ...

    def choose_theme(self, name: str) -> None: ...

    def choose_language(self, code: str) -> None:
        """Speak this language from now on. The window is built anew."""
        ...

    def choose_text_percent(self, percent: int) -> None:
        """Show text this large from now on. The window is built anew."""
        ...

    def choose_sound(self, on: bool) -> None: ...

    def open_data_folder(self) -> bool:
        """Show the folder in the system's own browser of files; whether it could be asked."""
        ...

    def choose_second_folder(self, path: str) -> None:
        """Keep a second copy of each backup there; "" for nowhere. Raises Refused when it cannot be written."""
        ...

    def list_backups(self, *, then: Callable[[Sequence[KeptBackup]], object], otherwise: Otherwise) -> None: ...

    def back_up(self, *, then: Callable[[], object], otherwise: Otherwise) -> None: ...

    def look_into(self, path: str, *, then: Callable[[Restorable], object], otherwise: Otherwise) -> None: ...

    def restore(self, path: str, *, then: Callable[[Restored], object], otherwise: Otherwise) -> None: ...

    def gather_diagnostics(self, *, then: Callable[[Sequence[Content]], object], otherwise: Otherwise) -> None: ...

    @property
    def diagnostics_name(self) -> str:
        """The name proposed for the archive."""
        ...

    def save_diagnostics(
        self, contents: Sequence[Content], to: str, *, then: Callable[[], object], otherwise: Otherwise
    ) -> None: ...


class SettingsFiles(Protocol):
    """Answers a path, or "" when a person changed their mind."""

    def folder_for_backups(self) -> str: ...

    def backup_to_restore(self) -> str: ...

    def place_for_diagnostics(self, name: str) -> str: ...
