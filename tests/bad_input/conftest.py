"""An event that is in use while bad files come in, and the program that is given them."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest

from arctos_desk.app import cli
from tests.bad_input import bases

EVENT = "Open Cup"


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command came to. `crashes` are the reports it left: a fault of ours, whatever it said."""

    code: int
    out: str
    err: str
    crashes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """A home of the program with an event in use."""

    home: Path

    @property
    def event(self) -> Path:
        return self.home / "data" / "events" / "open-cup.arctos"

    def run(self, *arguments: str | Path) -> Ran:
        """One command through the entry of the console, in this process."""
        out, err = StringIO(), StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = cli.run([str(one) for one in arguments], environment=self.environment)
        return Ran(code, out.getvalue(), err.getvalue(), self.crashes())

    @property
    def environment(self) -> Mapping[str, str]:
        return {**os.environ, "ARCTOS_DESK_HOME": str(self.home)}

    def crashes(self) -> tuple[str, ...]:
        return tuple(one.read_text(encoding="utf-8") for one in sorted((self.home / "logs").glob("crash-*.txt")))

    def digest(self) -> str:
        """Everything that the event's file says, log and projections alike."""
        return digest_of(self.event)


def digest_of(path: Path) -> str:
    """The hash of every row of every table."""
    whole = hashlib.sha256()
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        for table in sorted(tables):
            whole.update(table.encode())
            for row in sorted(repr(row) for row in connection.execute(f'SELECT * FROM "{table}"')):
                whole.update(row.encode())
    return whole.hexdigest()


@pytest.fixture(scope="session")
def home_in_use(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which an event was made and filled, once."""
    folder = tmp_path_factory.mktemp("in-use")
    desk = Desk(folder / "home")
    file = folder / "schedule.toml"
    file.write_bytes(bases.schedule())
    with pytest.MonkeyPatch.context() as patching:
        patching.setenv("ARCTOS_DESK_HOME", str(desk.home))
        for command in (("new", EVENT), ("import", file, "--event", EVENT)):
            ran = desk.run(*command)
            assert ran.code == 0, ran
    return desk.home


@pytest.fixture
def desk(home_in_use: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk of its own for each test: a copy of the home in use."""
    home = tmp_path / "home"
    shutil.copytree(home_in_use, home, ignore=shutil.ignore_patterns("logs"))
    monkeypatch.setenv("ARCTOS_DESK_HOME", str(home))
    monkeypatch.chdir(tmp_path)
    return Desk(home)


@pytest.fixture(scope="session")
def event_file(home_in_use: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The event as one file, as somebody would carry it: without journal and backups."""
    copy = tmp_path_factory.mktemp("carried") / "carried.arctos"
    with pytest.MonkeyPatch.context() as patching:
        patching.setenv("ARCTOS_DESK_HOME", str(home_in_use))
        ran = Desk(home_in_use).run("save-copy", copy, "--event", EVENT)
        assert ran.code == 0, ran
    return copy
