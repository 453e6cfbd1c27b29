"""Where an event file must not lie: on network drives and in folders that a synchroniser carries off (sync.md §8).

Only says what it can see; a synchroniser it does not know is not noticed.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

from arctos_desk.tournament.reasons import Reason
from arctos_desk.tournament.words import say

_NETWORK: Final = frozenset(
    {
        "nfs",
        "nfs4",
        "cifs",
        "smb",
        "smb2",
        "smb3",
        "smbfs",
        "smbnetfs",
        "afs",
        "ceph",
        "glusterfs",
        "lustre",
        "beegfs",
        "ncpfs",
        "webdav",
        "davfs",
        "afpfs",
    }
)
_NETWORK_FUSE: Final = ("fuse.sshfs", "fuse.rclone", "fuse.davfs", "fuse.smbnetfs", "fuse.glusterfs", "fuse.gvfsd")
_SYNCED: Final = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "mobile documents": "iCloud Drive",
    "icloud drive": "iCloud Drive",
    "icloudrive": "iCloud Drive",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "pclouddrive": "pCloud",
    "megasync": "MEGA",
    "seafile": "Seafile",
    "syncthing": "Syncthing",
}
_MARKS: Final = {".dropbox": "Dropbox", ".stfolder": "Syncthing", ".owncloudsync.log": "ownCloud", ".sync": "Resilio"}


def why_not_here(folder: Path, *, mounts: str | None = None) -> tuple[Reason, ...]:
    """Why an event file cannot be kept in this folder; empty when it can. `mounts` is the text of /proc/mounts."""
    reasons = []
    if _is_network(folder, _mounts() if mounts is None else mounts):
        reasons.append(
            Reason(
                "NETWORK_FOLDER", say("{folder} lies on a network drive, which can lose entries.", folder=str(folder))
            )
        )
    synced = _synchroniser(folder)
    if synced:
        reasons.append(
            Reason(
                "SYNCED_FOLDER",
                say("{folder} is carried off by {program}, which can damage it.", folder=str(folder), program=synced),
            )
        )
    return tuple(reasons)


def _synchroniser(folder: Path) -> str:
    """The name of the synchroniser that looks after a folder, "" for none."""
    for place in (folder, *folder.parents):
        name = place.name.casefold()
        for known, program in _SYNCED.items():
            # OneDrive adds the organisation to the folder's name: "OneDrive - Club".
            if name == known or name.startswith((known + " - ", known + " (")):
                return program
        for mark, program in _MARKS.items():
            if (place / mark).exists():
                return program
    for variable in ("OneDrive", "OneDriveConsumer", "OneDriveCommercial"):
        root = os.environ.get(variable)
        if root and folder.is_relative_to(root):
            return "OneDrive"
    return ""


def _mounts() -> str:
    try:
        return Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _is_network(folder: Path, mounts: str) -> bool:
    if str(folder).startswith(("\\\\", "//")):
        return True
    if sys.platform == "win32":
        import ctypes

        remote = 4
        return bool(ctypes.windll.kernel32.GetDriveTypeW(folder.absolute().anchor) == remote)
    kind = _file_system(folder.absolute(), mounts)
    return kind in _NETWORK or kind.startswith(_NETWORK_FUSE)


def _file_system(folder: Path, mounts: str) -> str:
    """The type of the file system that holds a folder, by the deepest mount point above it."""
    best = ("", "")
    for line in mounts.splitlines():
        parts = line.split()
        if len(parts) < 3:
            continue
        point = parts[1].replace("\\040", " ")
        if folder.is_relative_to(point) and len(point) >= len(best[0]):
            best = (point, parts[2])
    return best[1]
