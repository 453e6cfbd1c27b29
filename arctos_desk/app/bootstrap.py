"""The one composition root: builds what the program stands on and hands it to whoever works. Decides nothing.

Everything below is given its clock, its chance, its folders and its words from here; nothing reaches for them.
"""

from __future__ import annotations

import contextlib
import locale
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from arctos_desk import __version__
from arctos_desk.app.crash import CrashReports, Tell
from arctos_desk.runtime import paths
from arctos_desk.runtime.clock import WallClock, laptop_clock
from arctos_desk.runtime.logs import Logs
from arctos_desk.runtime.messages import Messages, best_language, load_messages
from arctos_desk.runtime.own_files import own_folder
from arctos_desk.runtime.secrets import KeptKey, device_key
from arctos_desk.runtime.settings import SettingsFile
from arctos_desk.tournament.ids import Chance

BUILD = __version__


@dataclass(slots=True, kw_only=True)
class Surroundings:
    """What the program stands on. `end` gives it back."""

    settings: SettingsFile
    messages: Messages
    crash: CrashReports
    clock: WallClock
    chance: Chance
    build: str
    logs: Logs
    system_languages: tuple[str, ...] = ()
    _key: KeptKey | None = field(default=None)

    @property
    def key(self) -> KeptKey:
        """The key of this laptop, made when it is needed first: showing a board needs none."""
        if self._key is None:
            self._key = device_key(paths.data_folder(), self.chance)
        return self._key

    def speaking(self, zone: str) -> Messages:
        """Messages with the times of an event's zone."""
        return load_messages(catalogues_folder(), language=self.messages.language, zone=zone)

    @property
    def system_language(self) -> str:
        """The language of ours that this machine asks for."""
        return best_language(self.system_languages)

    def speak(self, language: str) -> None:
        """Speak this language from now on and remember it; "" follows the machine."""
        self.settings.change(language=language)
        self.messages = load_messages(catalogues_folder(), language=best_language([language, *self.system_languages]))

    def end(self) -> None:
        self.crash.uninstall()
        self.logs.end()


def begin(
    tell: Tell,
    *,
    language: str = "",
    environment: Mapping[str, str] = os.environ,
    clock: WallClock = laptop_clock,
    chance: Chance = os.urandom,
) -> Surroundings:
    """Build the surroundings: logs first, so that whatever fails after them leaves a trace."""
    logs = Logs(paths.logs_folder(), build=BUILD)
    with contextlib.suppress(OSError):
        # Whatever lies below was made by this program for this person, also by an older build.
        if paths.data_folder().is_dir():
            own_folder(paths.data_folder())
    crash = CrashReports(paths.logs_folder(), build=BUILD, clock=clock, tell=tell)
    crash.install()
    settings = SettingsFile(paths.settings_folder())
    system = tuple(preferred_languages(environment))
    messages = load_messages(
        catalogues_folder(), language=best_language([language, settings.settings.language, *system])
    )
    return Surroundings(
        settings=settings,
        messages=messages,
        crash=crash,
        clock=clock,
        chance=chance,
        build=BUILD,
        logs=logs,
        system_languages=system,
    )


def catalogues_folder() -> Path:
    return paths.resources_folder() / "locale"


def preferred_languages(environment: Mapping[str, str]) -> list[str]:
    """The languages that the machine asks for, as POSIX orders them; elsewhere what the system says."""
    named = [*environment.get("LANGUAGE", "").split(":")]
    named += [environment.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    wanted = [name for name in named if name and name not in ("C", "POSIX") and not name.startswith("C.")]
    if wanted or os.name == "posix":
        return wanted
    system = locale.getlocale()[0]
    return [system] if system else []


def has_display(environment: Mapping[str, str], platform: str) -> bool:
    """Whether a window could be seen: on Linux something must say where; an offscreen platform shows nobody."""
    if environment.get("QT_QPA_PLATFORM", "").startswith(("offscreen", "minimal")):
        return False
    if platform.startswith("linux"):
        return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))
    return True
