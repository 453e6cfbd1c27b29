"""How a second process hands its order to the desk that is open: a local socket, JSON only, proven by a key file.

The key lies in a folder that only its owner can enter; both sides prove that they can read it before anything is
believed, and every message carries the proof, so nobody else on the laptop can speak for either. Sizes and times are
bounded: a stranger who connects and says nothing costs a moment and no more. Performs nothing by itself: it calls who
was asked to answer.

One exchange on a connection, each message a length of 4 bytes and that many bytes of JSON; a proof is an HMAC-SHA256
with the key over the side that speaks, both challenges and the text:
  desk    -> {"desk": 1, "challenge": hex}
  visitor -> {"challenge": hex, "proof": hex, "order": text}
  desk    -> {"proof": hex, "answer": text}
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import logging
import os
import secrets
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from arctos_desk.runtime.settings import write_atomically

log = logging.getLogger(__name__)

MOST_BYTES: Final = 16 * 1024 * 1024
"""A message larger than this is not read; the largest order is a schedule or results file."""

_PROTOCOL: Final = 1
_PATIENCE_S: Final = 5.0
_ANSWER_PATIENCE_S: Final = 120.0
_LONGEST_SOCKET_PATH: Final = 100

Order = Mapping[str, Any]
Answer = Mapping[str, Any]


class NoDesk(Exception):
    """No desk answers here: none is open, it has just gone, or it could not prove itself."""


class HandoverDesk:
    """The side of the open desk. `answer` is called on the thread of this object, one order after the other."""

    def __init__(self, folder: Path, answer: Callable[[Order], Answer], *, patience_s: float = _PATIENCE_S) -> None:
        self._folder = folder
        self._answer = answer
        self._patience_s = patience_s
        self._closing = threading.Event()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if os.name == "posix":
            folder.chmod(0o700)
        self._key = secrets.token_bytes(32)
        self._short: Path | None = None
        self._listener, address = self._listen()
        _write_for_owner(folder / "key", self._key.hex())
        write_atomically(folder / "address.json", json.dumps({"address": address, "process": os.getpid()}), own=True)
        self._thread = threading.Thread(target=self._serve, name="handover")
        self._thread.start()

    def close(self) -> None:
        """Answer no more; an order that is being answered is finished first."""
        if self._closing.is_set():
            return
        self._closing.set()
        # The thread waits for visitors; this is the last one.
        with contextlib.suppress(OSError), _connect(self._listener.family, self._listener.getsockname(), 1.0):
            pass
        self._thread.join()
        self._listener.close()
        for path in (self._folder / "address.json", self._folder / "key", self._folder / "desk", self._short):
            if path is not None:
                with contextlib.suppress(OSError):
                    path.unlink()
        if self._short is not None:
            with contextlib.suppress(OSError):
                self._short.parent.rmdir()

    def _listen(self) -> tuple[socket.socket, str | list[Any]]:
        if not hasattr(socket, "AF_UNIX"):
            listener = socket.create_server(("127.0.0.1", 0))
            return listener, list(listener.getsockname())
        path = self._folder / "desk"
        if len(os.fsencode(path)) > _LONGEST_SOCKET_PATH:
            self._short = path = Path(tempfile.mkdtemp(prefix="arctos-")) / "desk"
        with contextlib.suppress(FileNotFoundError):
            path.unlink()
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        listener.bind(str(path))
        path.chmod(0o600)
        listener.listen(8)
        return listener, str(path)

    def _serve(self) -> None:
        while not self._closing.is_set():
            try:
                visitor, _ = self._listener.accept()
            except OSError:
                if self._closing.is_set():
                    return
                log.exception("the handover socket failed")
                return
            with visitor:
                if not self._closing.is_set():
                    try:
                        self._receive(visitor)
                    except (OSError, ValueError, RecursionError) as error:
                        log.info("a visitor was not understood: %s", type(error).__name__)
                    except Exception:
                        # The next visitor is served all the same; this one sees a desk that hung up.
                        log.exception("an order could not be answered")

    def _receive(self, visitor: socket.socket) -> None:
        until = time.monotonic() + self._patience_s
        mine = secrets.token_hex(32)
        _send(visitor, {"desk": _PROTOCOL, "challenge": mine}, until)
        message = _receive(visitor, until)
        order, theirs = message.get("order"), message.get("challenge")
        if not isinstance(order, str) or not isinstance(theirs, str) or len(theirs) < 32:
            raise ValueError("no order")
        if not _proven(message, _proof(self._key, "visitor", mine, theirs, order)):
            raise ValueError("no proof")
        value = json.loads(order)
        if not isinstance(value, dict):
            raise ValueError("no order")
        answer = json.dumps(dict(self._answer(value)))
        reply = {"proof": _proof(self._key, "desk", mine, theirs, answer), "answer": answer}
        _send(visitor, reply, time.monotonic() + self._patience_s)


def hand_over(folder: Path, order: Order, *, patience_s: float = _ANSWER_PATIENCE_S) -> Answer:
    """Give an order to the open desk and wait for its answer. Raises NoDesk when there is none that proves itself."""
    try:
        key = bytes.fromhex((folder / "key").read_text(encoding="ascii"))
        address = json.loads((folder / "address.json").read_text(encoding="utf-8"))["address"]
        family, where = _where(address)
        with _connect(family, where, _PATIENCE_S) as desk:
            until = time.monotonic() + patience_s
            theirs = _receive(desk, min(until, time.monotonic() + _PATIENCE_S)).get("challenge")
            if not isinstance(theirs, str) or len(theirs) < 32:
                raise NoDesk("the desk said something else")
            mine = secrets.token_hex(32)
            text = json.dumps(dict(order))
            message = {"challenge": mine, "proof": _proof(key, "visitor", theirs, mine, text), "order": text}
            _send(desk, message, until)
            reply = _receive(desk, until)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NoDesk(type(error).__name__) from error
    answer = reply.get("answer")
    if not isinstance(answer, str) or not _proven(reply, _proof(key, "desk", theirs, mine, answer)):
        raise NoDesk("the desk could not prove itself")
    value = json.loads(answer)
    return value if isinstance(value, dict) else {}


def _where(address: Any) -> tuple[socket.AddressFamily, Any]:
    if isinstance(address, str):
        return socket.AF_UNIX, address
    host, port = address
    if host != "127.0.0.1":
        raise ValueError("a desk is only ever on this laptop")
    return socket.AF_INET, (host, int(port))


def _connect(family: int, where: Any, patience_s: float) -> socket.socket:
    visitor = socket.socket(family, socket.SOCK_STREAM)
    visitor.settimeout(patience_s)
    try:
        visitor.connect(where)
    except BaseException:
        visitor.close()
        raise
    return visitor


def _proof(key: bytes, side: str, desks: str, visitors: str, text: str) -> str:
    told = "\n".join((side, desks, visitors, text)).encode()
    return hmac.new(key, told, hashlib.sha256).hexdigest()


def _proven(message: Mapping[str, Any], proof: str) -> bool:
    told = message.get("proof")
    return isinstance(told, str) and hmac.compare_digest(told.encode(), proof.encode())


def _send(other: socket.socket, message: Mapping[str, Any], until: float) -> None:
    raw = json.dumps(message).encode()
    if len(raw) > MOST_BYTES:
        raise ValueError("too large")
    other.settimeout(max(0.01, until - time.monotonic()))
    other.sendall(len(raw).to_bytes(4, "big") + raw)


def _receive(other: socket.socket, until: float) -> dict[str, Any]:
    length = int.from_bytes(_bytes(other, 4, until), "big")
    if length > MOST_BYTES:
        raise ValueError("too large")
    try:
        message = json.loads(_bytes(other, length, until))
    except RecursionError as error:
        raise ValueError("too deep") from error
    if not isinstance(message, dict):
        raise ValueError("no message")
    return message


def _bytes(other: socket.socket, count: int, until: float) -> bytes:
    """Exactly so many bytes before the time is over, however slowly they drip."""
    got = bytearray()
    while len(got) < count:
        left = until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        other.settimeout(left)
        part = other.recv(min(65_536, count - len(got)))
        if not part:
            raise ConnectionError("gone")
        got += part
    return bytes(got)


def _write_for_owner(path: Path, text: str) -> None:
    with contextlib.suppress(FileNotFoundError):
        path.unlink()
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text)
