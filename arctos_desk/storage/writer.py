"""The one writer of an event file: SQLAlchemy's transactions and statements on the connection that was opened for it.

Loaded with the first entry, or behind the first picture of a window: opening and reading an event needs no toolkit.
Decides nothing about what is written, nor what follows from an error: whoever calls sees those of the database.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, create_engine, delete, event, insert, text, update
from sqlalchemy.dialects.sqlite import insert as insert_or
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool
from sqlalchemy.sql.expression import Executable

from arctos_desk.storage.statements import Shape, Statement, Verb
from arctos_desk.storage.tables import METADATA


def engine_on(connect: Callable[[], sqlite3.Connection]) -> Engine:
    """An engine with a pool of one connection, whose transactions take the lock when they begin.

    What was to be written may be somebody's name: errors do not repeat it.
    """
    engine = create_engine(
        "sqlite://", creator=connect, poolclass=QueuePool, pool_size=1, max_overflow=0, hide_parameters=True
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


@contextlib.contextmanager
def plain_errors() -> Iterator[None]:
    """Let the database's own errors rise instead of what the toolkit wraps them in. Raises sqlite3.Error."""
    try:
        yield
    except DBAPIError as error:
        if error.orig is None:
            raise
        # The toolkit's error names the database's as its cause: named in turn by that one, they would be a circle.
        error.__cause__ = error.__context__ = None
        raise error.orig from error


class Writer:
    """The toolkit on the connection that writes. Everything here raises sqlite3.Error."""

    def __init__(self, driver: sqlite3.Connection) -> None:
        self._driver = driver
        self._engine = engine_on(lambda: driver)
        self._connection = self._engine.connect()

    def begin(self) -> None:
        """Begin a transaction with the lock taken, so that no commit fails half-way for want of it."""
        with plain_errors():
            self._connection.begin()

    def commit(self) -> None:
        with plain_errors():
            self._connection.commit()

    def roll_back(self) -> None:
        """Undo what was begun, whatever became of it; without effect where nothing is."""
        with contextlib.suppress(DBAPIError):
            self._connection.rollback()
        # A commit that failed is over for the toolkit and open for SQLite; after some faults of the disk it is the
        # other way round.
        with contextlib.suppress(sqlite3.Error):
            if self._driver.in_transaction:
                self._driver.execute("ROLLBACK")

    def run(self, statements: Iterable[Statement]) -> None:
        for shape, rows in statements:
            statement, names = _statement(shape)
            with plain_errors():
                self._connection.execute(statement, [dict(zip(names, row, strict=True)) for row in rows])

    def read(self, query: str, values: dict[str, Any]) -> Sequence[Any]:
        """What the file says in the midst of a transaction."""
        with plain_errors():
            return self._connection.execute(text(query), values).all()

    def close(self) -> None:
        """Give the connection back, and close it with everything that was laid on it."""
        with contextlib.suppress(DBAPIError):
            self._connection.close()
        self._engine.dispose()


@cache
def _statement(shape: Shape) -> tuple[Executable, tuple[str, ...]]:
    """The statement of a shape, and the names of its values in their order. Raises KeyError for what is no column."""
    table = METADATA.tables[shape.table]
    columns = tuple(column.name for column in table.columns)
    match shape.verb:
        case Verb.INSERT:
            return insert(table), columns
        case Verb.INSERT_NEW:
            return insert_or(table).on_conflict_do_nothing(), columns
        case Verb.PUT:
            fresh = insert_or(table)
            rest = {name: fresh.excluded[name] for name in columns if name not in shape.keys}
            return fresh.on_conflict_do_update(index_elements=list(shape.keys), set_=rest), columns
    wanted = [table.c[key] == bindparam(f"by_{key}") for key in shape.keys]
    wanted += [table.c[name] != bindparam(f"spared_{name}") for name in shape.spared]
    by = (*(f"by_{key}" for key in shape.keys), *(f"spared_{name}" for name in shape.spared))
    if shape.verb is Verb.DELETE:
        return delete(table).where(*wanted), by
    changes: dict[Any, Any] = {table.c[name]: bindparam(f"to_{name}") for name in shape.changed}
    return update(table).where(*wanted).values(changes), (*(f"to_{name}" for name in shape.changed), *by)
