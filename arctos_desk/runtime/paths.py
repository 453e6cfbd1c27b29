"""Where everything lies: the user's data, settings and logs, and what ships beside the program.

`ARCTOS_DESK_HOME` puts all of a user's folders under one: for tests, for a stick, for two desks on one laptop.
Creates no folder by being asked.
"""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from pathlib import Path
from typing import Final

import platformdirs

HOME_VARIABLE: Final = "ARCTOS_DESK_HOME"
EVENT_SUFFIX: Final = ".arctos"
_PROGRAM: Final = "arctos-desk"


def home() -> Path | None:
    """The folder that `ARCTOS_DESK_HOME` names, None when it is not set."""
    named = os.environ.get(HOME_VARIABLE, "")
    return Path(named).absolute() if named else None


def data_folder() -> Path:
    """The user's local application data: never the documents folder, which is often carried off by a synchroniser."""
    own = home()
    return own / "data" if own else Path(platformdirs.user_data_dir(_PROGRAM, appauthor=False, roaming=False))


def settings_folder() -> Path:
    own = home()
    return own / "settings" if own else Path(platformdirs.user_config_dir(_PROGRAM, appauthor=False, roaming=False))


def logs_folder() -> Path:
    own = home()
    return own / "logs" if own else Path(platformdirs.user_log_dir(_PROGRAM, appauthor=False))


def events_folder() -> Path:
    """Where event files are kept."""
    return data_folder() / "events"


def event_file(name: str) -> Path:
    """The file for an event of this name; two names may meet in one file, the caller looks before it creates."""
    return events_folder() / (_file_name(name) + EVENT_SUFFIX)


def journal_folder(event: Path) -> Path:
    """The operation journal beside an event file."""
    return event.with_name(event.stem + ".oplog")


def backups_folder(event: Path) -> Path:
    """The verified copies of an event file."""
    return event.with_name(event.stem + ".backups")


def lock_file(event: Path) -> Path:
    """The file whose lock says that a program has the event open."""
    return event.with_name(event.stem + ".lock")


def resources_folder() -> Path:
    """Fonts, catalogues and icons, from source and frozen alike."""
    return _beside() / "resources"


def migrations_folder() -> Path:
    """The migrations of the event file, from source and frozen alike."""
    return _beside() / "migrations" / "desk"


def _beside() -> Path:
    """The folder that holds `resources` and `migrations`: the unpacked program when frozen, else the checkout."""
    unpacked = getattr(sys, "_MEIPASS", None)
    return Path(unpacked) if unpacked else Path(__file__).resolve().parents[2]


def _file_name(name: str) -> str:
    """A name that every file system takes: letters, digits and single dashes."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^0-9A-Za-z]+", "-", plain).strip("-").lower()[:60] or "event"
