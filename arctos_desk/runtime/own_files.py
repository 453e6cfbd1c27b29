"""Files and folders that only their owner may read: events, journals, backups, settings, logs, reports, diagnostics.

Where a system gives files away by the folder they lie in (Windows), the user's own folders do it and nothing is done
here. Writes no content.
"""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path
from typing import Final

FILE_MODE: Final = stat.S_IRUSR | stat.S_IWUSR
FOLDER_MODE: Final = stat.S_IRWXU
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


def own_opener(path: str, flags: int) -> int:
    """An opener for `open`: a file that is made now could never be read by anybody else."""
    return os.open(path, flags, FILE_MODE)


def own_file(path: Path) -> None:
    """Make an empty file for its owner when there is none; one that is there is closed to others. Raises OSError."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT, FILE_MODE))
    close_to_others(path)


def own_folder(path: Path) -> Path:
    """Make a folder of the program, closed to others, also one that an older build left open. Raises OSError."""
    path.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
    close_to_others(path)
    return path


def close_to_others(path: Path) -> None:
    """Take from everybody else what they may do here; a file system that knows no owners stays as it is."""
    if os.name != "posix":
        return
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & _OTHERS:
        with contextlib.suppress(OSError):
            path.chmod(mode & ~_OTHERS)
