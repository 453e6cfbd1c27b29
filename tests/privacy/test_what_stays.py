"""Erasing takes a name off the disk at once, and nothing else with it: what was entered stays, also in the journal."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from arctos_desk.app.attending import attended
from arctos_desk.app.bootstrap import Surroundings
from arctos_desk.app.event_files import verify_file
from arctos_desk.operations import commands
from arctos_desk.operations.commands import PlayerEntry
from arctos_desk.storage import vault
from tests.operations.desks import HandClock
from tests.privacy import seeds
from tests.privacy.day import NOON, Day, at_home, begun
from tests.privacy.scanning import files_below, standing_in
from tests.privacy.seeds import SEEDS, Kind

ERASED = frozenset(seed for seed in SEEDS if seed.kind is Kind.ERASED)


@dataclass
class Home:
    surroundings: Surroundings
    path: Path
    day: Day

    def still_holding(self) -> set[str]:
        """The files, backups left aside, in which somebody who was erased can be read."""
        files = [path for path in files_below(self.path.parent) if not path.parent.name.endswith(".backups")]
        return {path.name for path in files if ERASED & standing_in(path.read_bytes())}


@pytest.fixture
def home(day: Day, tmp_path: Path) -> Iterator[Home]:
    shutil.copytree(day.home, tmp_path / "home")
    path = tmp_path / "home" / day.path.relative_to(day.home)
    with at_home(tmp_path / "home"), begun(HandClock(NOON + 7_200_000), []) as surroundings:
        yield Home(surroundings, path, day)


def add(name: str, injury: str = "") -> commands.AddPlayer:
    jersey = seeds.ERASED_JERSEY if name == seeds.ERASED else ""
    return commands.AddPlayer(player=PlayerEntry(name=name, jersey_name=jersey, injury=injury))


def test_whoever_is_erased_is_off_the_disk_while_the_event_is_open(home: Home) -> None:
    """A laptop may lose its power before the event is closed."""
    with attended(home.surroundings, home.path) as event:
        player = event.desk.perform(add(seeds.ERASED, seeds.ERASED_INJURY), home.day.organiser).value
        event.desk.perform(commands.EditPlayer(player=player, injury=""), home.day.organiser)
        assert home.still_holding() == {"pantry-cup.arctos-wal"} | {
            path.name for path in home.path.with_suffix(".oplog").iterdir() if ERASED & standing_in(path.read_bytes())
        }
        assert len(home.still_holding()) == 2
        event.desk.perform(commands.DeletePlayer(player=player, erase=True), home.day.organiser)
        assert home.still_holding() == set()
        # and work goes on
        event.desk.perform(add("Somebody Else"), home.day.organiser)
    assert home.still_holding() == set()


def test_a_name_of_an_earlier_day_goes_from_the_journal_of_that_day(home: Home) -> None:
    with attended(home.surroundings, home.path) as event:
        player = event.desk.perform(add(seeds.ERASED), home.day.organiser).value
    assert len(home.still_holding()) == 2
    with attended(home.surroundings, home.path) as event:
        event.desk.perform(commands.DeletePlayer(player=player, erase=True), home.day.organiser)
        assert home.still_holding() == set()


def test_nothing_else_goes_with_it_and_the_journal_alone_still_gives_the_event(home: Home) -> None:
    with attended(home.surroundings, home.path) as event:
        player = event.desk.perform(add(seeds.ERASED), home.day.organiser).value
        stays = event.desk.perform(add("Somebody Else"), home.day.organiser).value
        event.desk.perform(commands.DeletePlayer(player=player, erase=True), home.day.organiser)
        last = event.desk.perform(add("Somebody Last"), home.day.organiser).value
        before, people = event.desk.state.event, event.desk.state.people
    assert verify_file(home.path, build=home.surroundings.build).problems == ()
    with attended(home.surroundings, home.path) as event:
        assert event.opened_with == ()
    for gone in (home.path, home.path.with_suffix(".backups")):
        shutil.rmtree(gone) if gone.is_dir() else gone.unlink()
    with attended(home.surroundings, home.path) as event:
        assert {stays, last} <= event.desk.state.people.keys()
        assert event.desk.state.people == people
        assert player not in event.desk.state.people
        # what another laptop sent is with that laptop; what was entered here is all here
        assert before.players == event.desk.state.event.players
    assert home.still_holding() == set()


def test_an_erased_injury_and_a_pin_are_kept_as_little_as_can_be(day: Day) -> None:
    """A PIN is kept as a salted hash; an erased record holds ids alone."""
    with closing(sqlite3.connect(day.path)) as connection:
        rows = [bytes(raw) for (raw,) in connection.execute("SELECT raw FROM person_change")]
    changes = [vault.from_bytes(raw) for raw in rows]
    gone = [raw for raw, change in zip(rows, changes, strict=True) if change.erased]
    assert gone
    assert all(b'"name":""' in raw and b"injury" not in raw and b"jersey" not in raw for raw in gone)
    hashes = {change.person.pin_hash for change in changes} - {""}
    assert len(hashes) == 2
    assert all(one.startswith("scrypt$") for one in hashes)
