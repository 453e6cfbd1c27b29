"""Processes of their own to measure: started with a home of their own, offscreen, and listened to."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
PATIENCE_S = 600


@dataclass(frozen=True, slots=True)
class Line:
    """A line that a child wrote, and how many seconds after its start it came."""

    after_s: float
    text: str


def _with_bytecode() -> dict[str, str]:
    """What lets a process find its modules compiled, as an installed program does.

    Where the surroundings forbid bytecode beside the sources it goes to a folder of this run: the first start fills it.
    """
    if not os.environ.get("PYTHONDONTWRITEBYTECODE"):
        return {}
    return {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": _bytecode_folder()}


@cache
def _bytecode_folder() -> str:
    folder = tempfile.mkdtemp(prefix="arctos-bytecode-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@contextmanager
def child(program: str | Path, *arguments: str, home: Path | None = None) -> Iterator[Iterator[Line]]:
    """The lines of a module run as a program, or of a built program; the rest of them is waited for at the end.

    Raises RuntimeError with what it said when it fails.
    """
    environment: Mapping[str, str] = {
        **os.environ,
        **_with_bytecode(),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        "DBUS_SESSION_BUS_ADDRESS": "disabled:",
        **({} if home is None else {"ARCTOS_DESK_HOME": str(home)}),
    }
    began = time.perf_counter()
    process = subprocess.Popen(
        [*([str(program)] if isinstance(program, Path) else [sys.executable, "-m", program]), *arguments],
        cwd=CHECKOUT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdout is not None

    def lines() -> Iterator[Line]:
        assert process.stdout is not None
        for text in process.stdout:
            yield Line(time.perf_counter() - began, text.strip())

    try:
        yield lines()
        _, said = process.communicate(timeout=PATIENCE_S)
    except BaseException:
        process.kill()
        process.communicate()
        raise
    crashed = home is not None and any((home / "logs").glob("crash-*.txt"))
    if process.returncode != 0 or crashed:
        raise RuntimeError(f"{program} {' '.join(arguments)} failed:\n{said}")
