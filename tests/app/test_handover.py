"""A second process hands its order over; who cannot prove himself, sends too much or nothing at all gets nothing."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from arctos_desk.app import handover
from arctos_desk.app.handover import HandoverDesk, NoDesk, hand_over

needs_unix = pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="sockets of POSIX")


@pytest.fixture
def orders() -> list[Any]:
    return []


@pytest.fixture
def folder(tmp_path: Path, orders: list[Any]) -> Iterator[Path]:
    def answer(order: Any) -> dict[str, Any]:
        orders.append(order)
        return {"did": order["order"], "in": threading.current_thread().name}

    desk = HandoverDesk(tmp_path / "desk", answer, patience_s=0.3)
    yield tmp_path / "desk"
    desk.close()


def test_an_order_reaches_the_desk_and_its_answer_comes_back(folder: Path, orders: list[Any]) -> None:
    assert hand_over(folder, {"order": "import", "text": "ä" * 300_000}) == {"did": "import", "in": "handover"}
    assert orders == [{"order": "import", "text": "ä" * 300_000}]


def test_another_process_hands_over(folder: Path, orders: list[Any]) -> None:
    source = (
        "import json,sys,pathlib;from arctos_desk.app.handover import hand_over;"
        "print(json.dumps(hand_over(pathlib.Path(sys.argv[1]), {'order': 'show'})))"
    )
    done = subprocess.run([sys.executable, "-c", source, str(folder)], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["did"] == "show"
    assert orders == [{"order": "show"}]


def test_without_a_desk_nobody_answers(tmp_path: Path) -> None:
    with pytest.raises(NoDesk):
        hand_over(tmp_path / "desk", {"order": "show"})


def test_after_closing_nothing_of_it_is_left(tmp_path: Path) -> None:
    desk = HandoverDesk(tmp_path / "desk", lambda order: order)
    desk.close()
    desk.close()
    assert list((tmp_path / "desk").iterdir()) == []
    with pytest.raises(NoDesk):
        hand_over(tmp_path / "desk", {"order": "show"})


def test_a_desk_that_was_killed_is_no_desk_and_the_next_one_takes_its_place(tmp_path: Path) -> None:
    source = (
        "import os,sys,pathlib;from arctos_desk.app.handover import HandoverDesk;"
        "HandoverDesk(pathlib.Path(sys.argv[1]), dict); os._exit(9)"
    )
    folder = tmp_path / "desk"
    assert subprocess.run([sys.executable, "-c", source, str(folder)], check=False).returncode == 9
    assert (folder / "key").exists()
    with pytest.raises(NoDesk):
        hand_over(folder, {"order": "show"})
    desk = HandoverDesk(folder, lambda order: {"did": order["order"]})
    assert hand_over(folder, {"order": "show"}) == {"did": "show"}
    desk.close()


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_the_key_is_for_its_owner_only(folder: Path) -> None:
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "key").stat().st_mode) == 0o600


@needs_unix
def test_who_has_no_key_is_not_heard(folder: Path, orders: list[Any]) -> None:
    (folder / "key").write_text("00" * 32)
    with pytest.raises(NoDesk):
        hand_over(folder, {"order": "show"})
    assert orders == []


@needs_unix
def test_a_desk_that_cannot_prove_itself_is_not_believed(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    folder.mkdir()
    (folder / "key").write_text("11" * 32)
    (folder / "address.json").write_text(json.dumps({"address": str(folder / "false")}))
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(str(folder / "false"))
    listener.listen(1)

    def false_desk() -> None:
        visitor, _ = listener.accept()
        with visitor:
            visitor.sendall(_framed({"desk": 1, "challenge": "0" * 64}))
            size = int.from_bytes(visitor.recv(4), "big")
            visitor.recv(size)
            visitor.sendall(_framed({"proof": "0" * 64, "answer": '{"did": "lie"}'}))

    thread = threading.Thread(target=false_desk)
    thread.start()
    with pytest.raises(NoDesk):
        hand_over(folder, {"order": "show"})
    thread.join(10)
    listener.close()


@needs_unix
@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"GET / HTTP/1.1\r\n\r\n",
        (handover.MOST_BYTES + 1).to_bytes(4, "big"),
        b"\x00\x00\x00\x10half",
        b"\x00\x00\x00\x02[]",
        b"\x00\x00\x00\x02{}",
        b"\x80\x04K\x01.",
        (60_000).to_bytes(4, "big") + b"[" * 60_000,
    ],
    ids=["nothing", "http", "too large", "half", "list", "empty", "pickle", "deep"],
)
def test_strangers_cost_a_moment_and_no_more(folder: Path, orders: list[Any], said: bytes) -> None:
    address = json.loads((folder / "address.json").read_text())["address"]
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as stranger:
        stranger.connect(address)
        stranger.settimeout(10)
        stranger.recv(4096)
        stranger.sendall(said)
        # The desk hangs up by itself; what it had not read yet makes the system say so more loudly.
        with contextlib.suppress(ConnectionResetError):
            assert stranger.recv(1) == b""
    assert orders == []
    assert hand_over(folder, {"order": "show"})["did"] == "show"


@needs_unix
def test_a_long_home_still_has_a_socket(tmp_path: Path) -> None:
    folder = tmp_path / ("x" * 120) / "desk"
    desk = HandoverDesk(folder, dict)
    address = Path(json.loads((folder / "address.json").read_text())["address"])
    assert hand_over(folder, {"order": "show"}) == {"order": "show"}
    desk.close()
    assert not address.parent.exists()


def _framed(message: dict[str, Any]) -> bytes:
    raw = json.dumps(message).encode()
    return len(raw).to_bytes(4, "big") + raw
