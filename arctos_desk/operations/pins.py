"""PINs of people at the desk: kept only as a salted scrypt hash. They keep honest people apart, they are no vault."""

from __future__ import annotations

import hashlib
import hmac

_COST, _BLOCK, _LANES = 2**13, 8, 1


def hash_pin(pin: str, salt: bytes) -> str:
    """The text to keep for a PIN."""
    return f"scrypt${salt.hex()}${_digest(pin, salt).hex()}"


def pin_fits(pin: str, kept: str) -> bool:
    """Whether a PIN is the one behind the kept text; an empty kept text asks for none."""
    if not kept:
        return True
    scheme, _, rest = kept.partition("$")
    salt, _, digest = rest.partition("$")
    if scheme != "scrypt":
        return False
    return hmac.compare_digest(_digest(pin, bytes.fromhex(salt)).hex(), digest)


def _digest(pin: str, salt: bytes) -> bytes:
    return hashlib.scrypt(pin.encode(), salt=salt, n=_COST, r=_BLOCK, p=_LANES, dklen=32)
