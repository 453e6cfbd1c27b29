"""Where an event file must not lie."""

from __future__ import annotations

from pathlib import Path

import pytest

from arctos_desk.storage.location import why_not_here

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/data /data nfs4 rw 0 0
/dev/sdb1 /data/ada/local ext4 rw 0 0
//nas/share /mnt/share\\040one cifs rw 0 0
sshfs /mnt/ssh fuse.sshfs rw 0 0
"""


@pytest.mark.parametrize(
    ("folder", "codes"),
    [
        ("/var/lib/arctos", []),
        ("/data/ada/data", ["NETWORK_FOLDER"]),
        ("/data/ada/local/data", []),
        ("/database", []),
        ("/mnt/share one/cups", ["NETWORK_FOLDER"]),
        ("/mnt/ssh", ["NETWORK_FOLDER"]),
        ("//nas/cups", ["NETWORK_FOLDER"]),
        ("/data/ada/local/Dropbox/cups", ["SYNCED_FOLDER"]),
        ("/data/ada/OneDrive - Club/cups", ["NETWORK_FOLDER", "SYNCED_FOLDER"]),
        ("/var/Mobile Documents/com~apple", ["SYNCED_FOLDER"]),
        ("/var/OneDriveless", []),
    ],
)
def test_network_drives_and_synced_folders_are_named(folder: str, codes: list[str]) -> None:
    assert [reason.code for reason in why_not_here(Path(folder), mounts=MOUNTS)] == codes


def test_the_mark_of_a_synchroniser_is_seen_from_below(tmp_path: Path) -> None:
    (tmp_path / ".stfolder").mkdir()
    assert [reason.code for reason in why_not_here(tmp_path / "deep" / "down", mounts="")] == ["SYNCED_FOLDER"]


def test_the_folder_that_the_system_names_as_synced_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OneDrive", str(tmp_path / "cloud"))
    assert [reason.code for reason in why_not_here(tmp_path / "cloud" / "cups", mounts="")] == ["SYNCED_FOLDER"]
    assert why_not_here(tmp_path / "cups", mounts="") == ()


def test_this_computer_can_be_asked(tmp_path: Path) -> None:
    assert why_not_here(tmp_path) == ()
