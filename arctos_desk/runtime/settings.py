"""What a person chose on this laptop: language, theme, last event, second place for backups. Never part of an event.

Written whole by atomic replacement. A file that cannot be read is set aside and the choices start afresh: no setting is
worth a tournament that does not open.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Final

from arctos_desk.runtime.own_files import own_folder, own_opener

log = logging.getLogger(__name__)

RECENT_MOST: Final = 12
THEMES: Final = ("light", "dark", "sunlight")
TEXT_PERCENTS: Final = (90, 100, 110, 125)
"""The sizes of text to choose from; 100 is what the pictures show. Rows of two lines hold no larger one."""
_FILE: Final = "settings.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The choices. `language` "" follows the machine; `last_event` and `recent` are paths of event files, newest first.

    `backup_folder` is the second place for backups, a stick or another disk. `sound` is the system's beep when a point
    starts or ends. `remembered` holds small words of screens by key: a chosen field, who acts, a zoom. `rest` holds
    what a newer program wrote, so that nothing of it is lost.
    """

    language: str = ""
    theme: str = "light"
    text_percent: int = 100
    sound: bool = False
    last_event: str = ""
    recent: tuple[str, ...] = ()
    backup_folder: str = ""
    remembered: Mapping[str, str] = field(default_factory=dict)
    rest: Mapping[str, Any] = field(default_factory=dict)

    def opened(self, event_file: Path) -> Settings:
        """The settings after this event was opened."""
        name = str(event_file)
        recent = (name, *(one for one in self.recent if one != name))
        return replace(self, last_event=name, recent=recent[:RECENT_MOST])


class SettingsFile:
    """The settings of one user, held in memory and written with each change."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / _FILE
        self.settings = _read(self.path)
        self._owed = False

    def change(self, **choices: Any) -> Settings:
        """Change some choices and keep them. A disk that takes no settings costs the choice at the next start."""
        self.keep(replace(self.settings, **choices))
        return self.settings

    def keep(self, settings: Settings) -> None:
        """Hold and write these settings, when they differ from those held."""
        if settings != self.settings:
            self.settings = settings
            self._owed = True
        self.write()

    def hold(self, **choices: Any) -> None:
        """Change some choices and write them with the next that are kept, or at the end: a zoom costs no disk."""
        self.settings = replace(self.settings, **choices)
        self._owed = True

    def write(self) -> None:
        """Write what is held and not written yet."""
        if not self._owed:
            return
        self._owed = False
        try:
            own_folder(self.path.parent)
            write_atomically(self.path, _to_text(self.settings), own=True)
        except OSError as error:
            log.warning("The settings cannot be written: %s", error.strerror)


def write_atomically(path: Path, content: str | bytes, *, own: bool = False) -> None:
    """Write a file so that whoever reads it finds the old or the new content whole. Raises OSError.

    With `own` nobody but its owner may read it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}-{os.getpid()}-{threading.get_ident()}")
    try:
        with open(fresh, "wb", opener=own_opener if own else None) as file:
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            fresh.unlink()
        raise


def _to_text(settings: Settings) -> str:
    value: dict[str, Any] = dict(settings.rest)
    for one in fields(Settings):
        if one.name == "rest":
            continue
        choice = getattr(settings, one.name)
        value[one.name] = (
            list(choice) if isinstance(choice, tuple) else dict(choice) if isinstance(choice, Mapping) else choice
        )
    return json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def _read(path: Path) -> Settings:
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError, RecursionError):
        return _set_aside(path)
    if not isinstance(value, dict):
        return _set_aside(path)
    known: dict[str, Any] = {}
    rest: dict[str, Any] = {}
    plain = Settings()
    for name, choice in value.items():
        if name == "rest" or not hasattr(plain, name) or name not in {one.name for one in fields(Settings)}:
            rest[name] = choice
            continue
        read = _choice(getattr(plain, name), choice)
        if read is not None:
            known[name] = read
    settings = Settings(**known, rest=rest)
    if settings.text_percent not in TEXT_PERCENTS:
        settings = replace(settings, text_percent=plain.text_percent)
    return settings if settings.theme in THEMES else replace(settings, theme=plain.theme)


def _choice(default: Any, choice: Any) -> Any | None:
    """The value when it is of the kind of its default, else None: a hand-edited file costs that one choice."""
    if isinstance(default, str | bool):
        return choice if type(choice) is type(default) else None
    if isinstance(default, int):
        return choice if type(choice) is int else None
    if isinstance(default, tuple):
        return tuple(one for one in choice if isinstance(one, str)) if isinstance(choice, list) else None
    if not isinstance(choice, dict):
        return None
    return {name: one for name, one in choice.items() if isinstance(one, str)}


def _set_aside(path: Path) -> Settings:
    log.warning("The settings cannot be read; they were set aside and start afresh.")
    with contextlib.suppress(OSError):
        path.replace(path.with_name(path.name + ".bad"))
    return Settings()
