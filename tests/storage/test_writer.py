"""The writer: statements made of the tables, loaded with the first entry, and a connection that survives what fails."""

from __future__ import annotations

import sqlite3
import traceback
from collections.abc import Iterator
from types import ModuleType

import pytest

from arctos_desk.operations.ports import ProjectionChange
from arctos_desk.storage import event_file, projections, vault, writer
from arctos_desk.storage.event_file import EventFile
from arctos_desk.storage.statements import (
    Shape,
    change_columns,
    delete_by,
    insert_into,
    insert_new,
)
from arctos_desk.storage.statements import (
    put as put_row,
)
from tests.storage.makers import NOTHING, Laptop, ids, ids_in, put

TEAM = ("t", "k", "Old name", "s", 1, "", "")


def _shapes(module: ModuleType) -> Iterator[Shape]:
    for value in vars(module).values():
        if isinstance(value, Shape):
            yield value
        elif isinstance(value, dict | tuple):
            several = value.values() if isinstance(value, dict) else value
            yield from (one for one in several if isinstance(one, Shape))


@pytest.mark.parametrize("module", [event_file, projections, vault], ids=lambda module: module.__name__)
def test_every_shape_is_a_statement_of_a_table_there_is(module: ModuleType) -> None:
    shapes = list(_shapes(module))
    assert shapes
    for shape in shapes:
        statement, names = writer._statement(shape)
        assert shape.table in str(statement)
        assert len(names) >= len(shape.keys)


def test_a_shape_of_a_column_that_is_not_there_is_refused() -> None:
    with pytest.raises(KeyError, match="colur"):
        writer._statement(delete_by("team", "colur"))


def test_each_shape_does_what_it_says(event: EventFile) -> None:
    def teams() -> list[tuple[str, str]]:
        return event._driver().execute("SELECT id, name FROM team ORDER BY id").fetchall()

    def named(team: str, name: str) -> tuple[object, ...]:
        return (team, *TEAM[1:2], name, *TEAM[3:])

    with event._transaction() as writing:
        writing.run([(insert_into("team"), [named("a", "Ants"), named("b", "Bees")])])
        assert teams() == [("a", "Ants"), ("b", "Bees")]
        writing.run([(insert_new("team"), [named("a", "other"), named("c", "Crabs")])])
        assert teams() == [("a", "Ants"), ("b", "Bees"), ("c", "Crabs")]
        writing.run([(put_row("team", "id"), [named("a", "Apes"), named("d", "Dogs")])])
        assert teams() == [("a", "Apes"), ("b", "Bees"), ("c", "Crabs"), ("d", "Dogs")]
        writing.run([(change_columns("team", "name", where=["id"]), [("Bears", "b"), ("Cats", "c")])])
        assert teams() == [("a", "Apes"), ("b", "Bears"), ("c", "Cats"), ("d", "Dogs")]
        writing.run([(delete_by("team", "key", sparing=["name"]), [("k", "Cats")])])
        assert teams() == [("c", "Cats")]
        assert writing.read("SELECT name FROM team WHERE id = :id", {"id": "c"}) == [("Cats",)]
        writing.run([(change_columns("team", "name"), [("all",)]), (delete_by("team"), [()])])
        assert teams() == []


def test_opening_and_reading_an_event_needs_no_writer(laptop: Laptop) -> None:
    with laptop.create() as event:
        event.rebuild(ProjectionChange(whole=True))
        put(event, laptop.entries(3))
    with laptop.open() as event:
        assert event.load() is not None
        assert len(list(event.operations())) == 3
        assert event._writer is None
        event.prepare_to_write()
        prepared = event._writer
        assert prepared is not None
        entry = laptop.entry()
        event.append([entry], NOTHING)
        assert event._writer is prepared
        assert ids([entry]) <= ids_in(event)
    event.prepare_to_write()


def test_a_commit_that_fails_leaves_nothing_behind_and_the_log_working(event: EventFile, laptop: Laptop) -> None:
    # A reference to nothing is only noticed by the commit.
    orphan = ("nobody", 0, "text", None, None, None, "x")
    with pytest.raises(sqlite3.IntegrityError), event._transaction() as writing:
        writing.run([(insert_into("match_referee"), [orphan])])
    assert event.stopped is None
    assert not event._driver().in_transaction
    sealed = laptop.entries(2)
    put(event, sealed)
    assert ids_in(event) == ids(sealed)
    assert event._driver().execute("SELECT count(*) FROM match_referee").fetchone() == (0,)


def test_an_error_does_not_repeat_a_name_that_was_to_be_written(event: EventFile) -> None:
    # Somebody's record without its last column.
    person = ("p", "Ada " + "lovelace".title(), "", "{}", "", "c", None)
    with pytest.raises(sqlite3.IntegrityError) as caught, event._transaction() as writing:
        writing.run([(put_row("person_record", "id"), [person])])
    told = "".join(traceback.format_exception(caught.value))
    assert "person_record" in told
    assert "Lovelace" not in told
    assert caught.value.__cause__ is not None
    assert caught.value.__cause__.__cause__ is None, "errors that name each other keep whoever follows them going round"
