"""The device key: Ed25519 signatures over sealed operations (sync.md §9.2).

Keeps no key anywhere; `runtime.secrets` does.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from arctos_desk.wire.operation import Sealed, signed_message

SEED_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class DeviceKey:
    """The key of one laptop, from its secret 32 byte seed."""

    seed: bytes = field(repr=False)
    public_key: str = field(init=False)
    _private: Ed25519PrivateKey = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        private = Ed25519PrivateKey.from_private_bytes(self.seed)
        public = private.public_key().public_bytes_raw()
        object.__setattr__(self, "_private", private)
        object.__setattr__(self, "public_key", public.hex())

    @property
    def device(self) -> str:
        """The short name of the device, made from its public key."""
        return device_name(self.public_key)

    def sign(self, message: bytes) -> bytes:
        return self._private.sign(message)


def device_name(public_key: str) -> str:
    """The short name of a device: 12 hex digits of the hash of its public key."""
    return hashlib.sha256(bytes.fromhex(public_key)).hexdigest()[:12]


def signed_by(public_key: str, sealed: Sealed) -> bool:
    """Whether the device with this public key (hex) signed the operation's bytes."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        key.verify(sealed.signature, signed_message(sealed.raw))
    except (InvalidSignature, ValueError):
        return False
    return True
