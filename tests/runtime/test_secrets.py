"""The key of the laptop: in the keyring where there is one, else in a file of its owner; tokens never in a file."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from arctos_desk.runtime.secrets import device_key, forget_token, keep_token, token
from arctos_desk.tournament.reasons import Outage


def chance_of(first: int):  # type: ignore[no-untyped-def]
    return lambda count: bytes((first + index) % 256 for index in range(count))


def test_without_a_keyring_the_key_is_a_file_that_only_its_owner_can_read(tmp_path: Path) -> None:
    kept = device_key(tmp_path, chance_of(1))
    assert not kept.in_keyring
    assert kept.key.seed == bytes(range(1, 33))
    again = device_key(tmp_path, chance_of(99))
    assert again == kept
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "device.key").stat().st_mode) == 0o600


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_a_key_file_that_others_can_read_is_closed_again(tmp_path: Path) -> None:
    device_key(tmp_path, chance_of(1))
    (tmp_path / "device.key").chmod(0o644)
    device_key(tmp_path, chance_of(1))
    assert stat.S_IMODE((tmp_path / "device.key").stat().st_mode) == 0o600


def test_with_a_keyring_no_file_holds_the_key(tmp_path: Path, keyring_in_memory: dict[tuple[str, str], str]) -> None:
    kept = device_key(tmp_path, chance_of(1))
    assert kept.in_keyring
    assert device_key(tmp_path, chance_of(99)) == kept
    assert list(keyring_in_memory.values()) == [kept.key.seed.hex()]
    assert all(kept.key.seed.hex() not in file.read_text() for file in tmp_path.iterdir())


def test_two_data_folders_are_two_desks(tmp_path: Path, keyring_in_memory: dict[tuple[str, str], str]) -> None:
    one = device_key(tmp_path / "one", chance_of(1))
    other = device_key(tmp_path / "other", chance_of(2))
    assert one.key.public_key != other.key.public_key
    assert len(keyring_in_memory) == 2


def test_a_keyring_that_lost_the_key_gives_a_new_one_and_says_which_it_replaces(
    tmp_path: Path, keyring_in_memory: dict[tuple[str, str], str]
) -> None:
    lost = device_key(tmp_path, chance_of(1))
    keyring_in_memory.clear()
    fresh = device_key(tmp_path, chance_of(2))
    assert fresh.key != lost.key
    assert fresh.replaces == lost.key.public_key


def test_a_token_is_kept_in_the_keyring(tmp_path: Path, keyring_in_memory: dict[tuple[str, str], str]) -> None:
    keep_token(tmp_path, "site", "s3cret")
    assert token(tmp_path, "site") == "s3cret"
    forget_token(tmp_path, "site")
    forget_token(tmp_path, "site")
    assert token(tmp_path, "site") is None


def test_a_token_is_never_written_to_a_file(tmp_path: Path) -> None:
    with pytest.raises(Outage) as caught:
        keep_token(tmp_path, "site", "s3cret")
    assert caught.value.work_continues
    assert list(tmp_path.iterdir()) == []
    assert token(tmp_path, "site") is None
