"""What is no file at all, and bad files while the event is open in another process: refused in words there, too."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.bad_input import bases, spoiling
from tests.bad_input.conftest import EVENT, Desk

PATIENCE_S = 90


def _missing(path: Path) -> None:
    """Nothing lies there."""


def _folder(path: Path) -> None:
    path.mkdir()


def _below_a_file(path: Path) -> None:
    path.parent.rmdir()
    path.parent.write_text("a file where a folder is meant", encoding="utf-8")


def _circle(path: Path) -> None:
    path.symlink_to(path)


def _socket(path: Path) -> None:
    """A file that nobody can read, not even the administrator."""
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(os.path.relpath(path))


def _locked(path: Path) -> None:
    path.write_bytes(bases.schedule())
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("an administrator reads everything")


PLACES: tuple[Callable[[Path], None], ...] = (_missing, _folder, _below_a_file, _circle, _socket, _locked)


@pytest.mark.skipif(os.name != "posix", reason="files of POSIX")
@pytest.mark.parametrize("command", ["import", "rehearse", "show", "verify", "rebuild"])
@pytest.mark.parametrize("make", PLACES, ids=lambda make: make.__name__.strip("_"))
def test_what_is_no_file_is_refused_in_words(
    make: Callable[[Path], None], command: str, desk: Desk, tmp_path: Path
) -> None:
    (tmp_path / "x").mkdir()
    path = tmp_path / "x" / "no-file.toml"
    make(path)
    before = desk.digest()
    ran = desk.run(command, path, *(("--event", EVENT) if command == "import" else ()))
    assert ran.code == 1, ran
    assert not ran.crashes, ran.crashes[0]
    assert "Traceback" not in ran.err
    assert "no-file" in ran.err, ran.err
    assert desk.digest() == before


def test_a_file_far_too_large_is_refused_before_it_is_read(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "huge.toml"
    with path.open("wb") as file:
        file.truncate(3 << 30)
    before = desk.digest()
    ran = desk.run("import", path, "--event", EVENT)
    assert (ran.code, ran.crashes) == (1, ())
    assert "huge.toml" in ran.err
    assert desk.digest() == before


def test_a_process_of_its_own_says_the_same_and_shows_no_traceback(desk: Desk, tmp_path: Path) -> None:
    before = desk.digest()
    for name, raw in _FEW.items():
        path = tmp_path / name
        path.write_bytes(raw)
        done = _process(desk, "import", path, "--event", EVENT)
        here = desk.run("import", path, "--event", EVENT)
        assert (done.returncode, done.stdout, done.stderr) == (1, here.out, here.err)
        assert name in done.stderr or "line " in done.stderr or "[" in done.stderr, done.stderr
        assert "Traceback" not in done.stderr
    assert not desk.crashes()
    assert desk.digest() == before


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_a_desk_that_is_open_takes_in_no_bad_file_and_stays_open(desk: Desk, tmp_path: Path) -> None:
    pytest.importorskip("PySide6")
    with _open_window(desk) as window:
        before = desk.digest()
        for name, raw in _FEW.items():
            path = tmp_path / name
            path.write_bytes(raw)
            ran = desk.run("import", path, "--event", EVENT)
            assert ran.code == 1, ran
            assert "Traceback" not in ran.err, ran.err
            assert window.poll() is None, "a bad file closed the desk"
        assert desk.digest() == before, "a bad file changed the open event"
        window.send_signal(signal.SIGTERM)
        _, said = window.communicate(timeout=PATIENCE_S)
        assert (window.returncode, said) == (0, "")
    assert not desk.crashes()
    assert desk.digest() == before


_FEW = {
    "cut.toml": bases.schedule()[:700],
    "names.toml": bases.schedule().replace(b'field = "Field 2"', b'field = "Field 9"'),
    "latin.toml": bases.schedule().decode().encode("latin-1"),
    "picture.json": spoiling.PNG,
    "shape.json": b'{"matches": []}',
    "values.json": bases.results().replace(b'"timestamp": "2026-05-02', b'"timestamp": "someday'),
}


def _process(desk: Desk, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "arctos_desk.app.cli", *(str(one) for one in arguments)],
        env=dict(desk.environment),
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE_S,
        check=False,
    )


@contextmanager
def _open_window(desk: Desk) -> Iterator[subprocess.Popen[str]]:
    """The desk with its window, offscreen, from the moment it says that it is open."""
    command = [sys.executable, "-m", "arctos_desk.app.cli", "open", EVENT, "--window"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, env=dict(desk.environment), encoding="utf-8") as window:
        assert window.stderr is not None
        try:
            said = window.stderr.readline()
            assert "is open" in said, said + window.stderr.read()
            yield window
        finally:
            if window.poll() is None:
                window.kill()
