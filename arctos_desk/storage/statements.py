"""SQL texts made once from the tables, for the path that every entry takes. Runs nothing.

Building a statement afresh for each entry would cost more than the database does.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Table, insert
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.sql import ClauseElement

_DIALECT = sqlite.dialect(paramstyle="qmark")

Statement = tuple[str, Sequence[tuple[Any, ...]]]
"""A text and the rows to run it with."""


def text_of(statement: ClauseElement) -> str:
    """A statement as the driver takes it, parameters as question marks."""
    return str(statement.compile(dialect=_DIALECT))


def insert_into(table: Table) -> str:
    """Insert a row of all columns in their order."""
    return text_of(insert(table))


def insert_new(table: Table) -> str:
    """Insert a row of all columns; one whose key is there already is left alone."""
    return text_of(sqlite_insert(table).on_conflict_do_nothing())


def put(table: Table, *keys: str) -> str:
    """Insert a row of all columns or change the one with its key.

    Never deletes a row to put it back, as REPLACE does: what refers to it would be set to NULL.
    """
    statement = sqlite_insert(table)
    changes = {column.name: statement.excluded[column.name] for column in table.columns if column.name not in keys}
    return text_of(statement.on_conflict_do_update(index_elements=list(keys), set_=changes))


def delete_by(table: Table, *keys: str) -> str:
    """Delete the rows with these keys."""
    statement = table.delete()
    for key in keys:
        statement = statement.where(table.c[key] == key)
    return text_of(statement)
