"""What must stay secret: the key of this laptop and, later, tokens. Kept in the keyring of the operating system.

Where there is no keyring, the key goes to a file that only its owner can read, and says so; tokens never do that
(sync.md §9.3). Writes no secret to any log.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import stat
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from arctos_desk.runtime.own_files import own_folder
from arctos_desk.tournament.ids import Chance
from arctos_desk.tournament.reasons import Outage
from arctos_desk.tournament.words import say
from arctos_desk.wire.signing import SEED_BYTES, DeviceKey

log = logging.getLogger(__name__)

_SERVICE: Final = "Arctos Desk"
_NOTE: Final = "device.json"
SEED_FILE: Final = "device.key"

_KEYRINGS: Final = {
    "linux": ("keyring.backends.SecretService", "keyring.backends.kwallet", "secretstorage", "jeepney.io.blocking"),
    "win32": ("keyring.backends.Windows", "win32ctypes.pywin32.win32cred"),
    "darwin": ("keyring.backends.macOS",),
}
"""What speaks to the keyring of each system."""


@dataclass(frozen=True, slots=True)
class KeptKey:
    """The key of this laptop and where it is kept. `replaces` is the public key of one that can no longer be read."""

    key: DeviceKey
    in_keyring: bool
    replaces: str = ""


def device_key(folder: Path, chance: Chance) -> KeptKey:
    """The key of this laptop, made on first use. `folder` is the user's data folder; each has a key of its own.

    A keyring that cannot be read any more must not stop a tournament: then the laptop gets a new key in a file.
    """
    account = _account(folder)
    note = _read_note(folder / _NOTE)
    seed = _seed_from_file(folder / SEED_FILE)
    if seed is not None:
        return KeptKey(DeviceKey(seed), in_keyring=False)
    kept = _ask_keyring(account)
    if kept is not None:
        with contextlib.suppress(ValueError):
            return KeptKey(DeviceKey(bytes.fromhex(kept)), in_keyring=True)
    key = DeviceKey(chance(SEED_BYTES))
    own_folder(folder)
    in_keyring = _tell_keyring(account, key.seed.hex())
    if not in_keyring:
        _write_for_owner(folder / SEED_FILE, key.seed.hex())
    _write_for_owner(folder / _NOTE, json.dumps({"public_key": key.public_key, "in_keyring": in_keyring}))
    return KeptKey(key, in_keyring, replaces=note if note != key.public_key else "")


def keep_token(folder: Path, name: str, token: str) -> None:
    """Keep a token of a site. Raises Outage where there is no keyring: a token is never written to a file."""
    if not _tell_keyring(f"{_account(folder)} {name}", token):
        raise Outage(
            say("This computer has no keyring, so the sign-in cannot be kept."),
            work_continues=True,
            next_step=say("Sign in again after each start, or set up the keyring of the operating system."),
        )


def token(folder: Path, name: str) -> str | None:
    """The token kept under a name; None when there is none or no keyring."""
    return _ask_keyring(f"{_account(folder)} {name}")


def forget_token(folder: Path, name: str) -> None:
    """Remove a token; without effect when there is none."""
    import keyring
    import keyring.errors

    with contextlib.suppress(keyring.errors.KeyringError):
        keyring.delete_password(_SERVICE, f"{_account(folder)} {name}")


def load_keyrings() -> tuple[str, ...]:
    """Load what speaks to the keyring of this system; the modules by name. Raises ImportError where one is missing.

    A library finds these by their names alone, so a program that was built without them would quietly have no keyring.
    """
    from importlib import import_module
    from importlib.metadata import entry_points

    if not entry_points(group="keyring.backends"):
        raise ImportError("the entry points of keyring", name="keyring.backends")
    names = _KEYRINGS.get(sys.platform, ())
    for name in names:
        import_module(name)
    return names


def _account(folder: Path) -> str:
    """Two data folders on one computer are two desks: each has its own entry in the keyring."""
    return "device " + hashlib.sha256(str(folder.absolute()).encode()).hexdigest()[:16]


def _ask_keyring(account: str) -> str | None:
    import keyring
    import keyring.errors

    try:
        return keyring.get_password(_SERVICE, account)
    except keyring.errors.KeyringError as error:
        log.info("No keyring to read from: %s", type(error).__name__)
        return None


def _tell_keyring(account: str, secret: str) -> bool:
    """Whether the keyring holds the secret now; it is read back, because some accept and forget."""
    import keyring
    import keyring.errors

    try:
        keyring.set_password(_SERVICE, account, secret)
        return keyring.get_password(_SERVICE, account) == secret
    except keyring.errors.KeyringError as error:
        log.info("No keyring to write to: %s", type(error).__name__)
        return False


def _seed_from_file(path: Path) -> bytes | None:
    try:
        text = path.read_text(encoding="ascii")
    except (FileNotFoundError, UnicodeDecodeError):
        return None
    if os.name == "posix" and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        path.chmod(stat.S_IRUSR | stat.S_IWUSR)
    try:
        seed = bytes.fromhex(text.strip())
    except ValueError:
        return None
    return seed if len(seed) == SEED_BYTES else None


def _read_note(path: Path) -> str:
    """The public key that was noted when the key was made; "" for none."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ""
    noted = told.get("public_key", "") if isinstance(told, dict) else ""
    return noted if isinstance(noted, str) else ""


def _write_for_owner(path: Path, text: str) -> None:
    """Write a file that nobody else could read at any moment, whole or not at all."""
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, stat.S_IRUSR | stat.S_IWUSR)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
