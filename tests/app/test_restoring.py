"""A backup is looked into beside the event that is open, and becomes an event of its own; the live one stays."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from arctos_desk.app import bootstrap
from arctos_desk.app.attending import attended, create_named
from arctos_desk.app.bootstrap import Surroundings
from arctos_desk.app.event_files import OpenEvent
from arctos_desk.app.events_here import events_here, note_restored, restored_from_ms
from arctos_desk.app.restoring import (
    BackupShelf,
    look_into,
    restore,
    second_place,
)
from arctos_desk.operations import commands
from arctos_desk.operations.commands import Acting
from arctos_desk.runtime.clock import SetClock
from arctos_desk.tournament.instants import from_iso
from arctos_desk.tournament.kinds import Role
from arctos_desk.tournament.reasons import Refused
from arctos_desk.tournament.words import Words, in_english

ORGANISER = Acting(role=Role.ORGANISER)
NOON = from_iso("2027-06-05T10:00:00")


@pytest.fixture
def clock() -> SetClock:
    return SetClock(NOON)


@pytest.fixture
def surroundings(desk_home: Path, clock: SetClock) -> Iterator[Surroundings]:
    told: list[Words] = []
    surroundings = bootstrap.begin(told.append, environment={}, clock=clock, chance=random.Random(5).randbytes)
    yield surroundings
    surroundings.end()


@pytest.fixture
def cup(surroundings: Surroundings, clock: SetClock) -> Path:
    """Backed up at noon with two teams; a third and a fourth came later."""
    path = create_named(surroundings, name="Moor Cup", zone="Europe/Berlin")
    with attended(surroundings, path) as event:
        add_teams(event, "Ants", "Bees")
        event.backup()
        clock.forward_to(NOON + 600_000)
        add_teams(event, "Cats", "Dogs")
    return path


def add_teams(event: OpenEvent, *names: str) -> None:
    for name in names:
        event.desk.perform(commands.AddTeam(name=name), ORGANISER)


def teams_in(path: Path, surroundings: Surroundings) -> list[str]:
    with attended(surroundings, path) as event:
        return [team.name for team in event.desk.state.event.teams.values()]


def only_backup(event: Path) -> Path:
    (found,) = BackupShelf(event).look("")
    return Path(found.path)


def test_the_shelf_shows_every_backup_with_its_check(
    surroundings: Surroundings, cup: Path, clock: SetClock, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    surroundings.settings.change(backup_folder=str(stick))
    with attended(surroundings, cup) as event:
        event.backup()
    shelf = BackupShelf(cup)
    found = shelf.look(str(stick))
    assert [(one.at_ms, one.second, one.wrong) for one in found] == [
        (NOON + 600_000, False, None),
        (NOON + 600_000, True, None),
        (NOON, False, None),
    ]
    assert found[0].entries == found[2].entries + 2
    assert found[0].size_bytes == Path(found[0].path).stat().st_size
    Path(found[0].path).write_bytes(b"torn" * 2000)
    again = shelf.look(str(stick))
    assert [one.wrong is not None for one in again] == [True, False, False]
    assert shelf.look(str(tmp_path / "gone"))[1:] == again[2:]


def test_the_second_place_says_when_its_folder_is_gone(surroundings: Surroundings, cup: Path, tmp_path: Path) -> None:
    assert second_place(cup, "").wrong is None
    gone = second_place(cup, str(tmp_path / "stick"))
    assert gone.wrong is not None
    assert "not there" in in_english(gone.wrong)


def test_a_look_into_a_backup_tells_what_it_lacks(surroundings: Surroundings, cup: Path) -> None:
    told = look_into(only_backup(cup), cup, build="9")
    assert (told.name, told.lacks, told.lacks_since_ms, told.only_there) == ("Moor Cup", 2, NOON + 600_000, 0)
    assert (told.last_ms, told.other_event) == (NOON, False)
    assert [in_english(words) for words in told.newest] == ["Add the team Dogs", "Add the team Cats"]


def test_a_backup_of_another_event_says_so(surroundings: Surroundings, cup: Path) -> None:
    other = create_named(surroundings, name="Other Cup")
    told = look_into(only_backup(cup), other, build="9")
    assert (told.other_event, told.lacks, told.name) == (True, 0, "Moor Cup")


def test_a_restored_event_lies_beside_the_live_one_and_opens_a_stream_of_its_own(
    surroundings: Surroundings, cup: Path
) -> None:
    backup = only_backup(cup)
    before = cup.read_bytes(), backup.read_bytes()
    made = restore(backup, surroundings)
    own = made.path
    # Noon in UTC is two in the afternoon where it is played.
    assert own.name == "moor-cup-restored-2027-06-05-1200.arctos"
    assert own.parent == cup.parent
    assert (made.name, made.last_ms) == ("Moor Cup", NOON)
    note_restored(surroundings, own, made.last_ms)
    assert restored_from_ms(surroundings, own) == NOON
    assert restored_from_ms(surroundings, cup) is None
    assert teams_in(own, surroundings) == ["Ants", "Bees"]
    with attended(surroundings, own) as event:
        add_teams(event, "Eels")
    assert (cup.read_bytes(), backup.read_bytes()) == before
    with attended(surroundings, cup) as event:
        add_teams(event, "Foxes")
    assert teams_in(cup, surroundings) == ["Ants", "Bees", "Cats", "Dogs", "Foxes"]
    assert teams_in(own, surroundings) == ["Ants", "Bees", "Eels"]
    with closing(sqlite3.connect(own)) as one, closing(sqlite3.connect(cup)) as two:
        ours, theirs = ({stream for (stream,) in file.execute("SELECT stream FROM stream")} for file in (one, two))
    assert ours - theirs
    assert theirs - ours
    # The other way round it is told as well.
    told = look_into(only_backup(cup), own, build="9")
    assert (told.lacks, told.only_there) == (1, 0)
    assert look_into(own, cup, build="9").only_there == 1


def test_restoring_twice_gives_two_events(surroundings: Surroundings, cup: Path) -> None:
    first, second = (restore(only_backup(cup), surroundings).path for _ in range(2))
    assert first != second
    assert {first, second, cup} <= set(events_here(surroundings))


def test_what_is_no_event_is_refused_and_leaves_nothing(surroundings: Surroundings, cup: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.arctos"
    bad.write_bytes(b"no event")
    before = sorted(path.name for path in cup.parent.iterdir())
    for attempt in (lambda: restore(bad, surroundings), lambda: look_into(bad, cup, build="9")):
        with pytest.raises(Refused):
            attempt()
    with pytest.raises(Refused, match="no event"):
        restore(tmp_path / "missing.arctos", surroundings)
    assert sorted(path.name for path in cup.parent.iterdir()) == before


def test_a_backup_of_a_newer_program_is_refused(surroundings: Surroundings, cup: Path) -> None:
    backup = only_backup(cup)
    with closing(sqlite3.connect(backup)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    with pytest.raises(Refused, match="last opened with"):
        restore(backup, surroundings)
    with pytest.raises(Refused, match="last opened with"):
        look_into(backup, cup, build="9")
