"""SQL texts made from the tables, for the path that every entry takes. Runs nothing.

Written by hand and not by a toolkit: four shapes are all there is, and no start waits for a compiler of statements.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from arctos_desk.storage.tables import Table

Statement = tuple[str, Sequence[tuple[Any, ...]]]
"""A text and the rows to run it with."""


def insert_into(table: Table) -> str:
    """Insert a row of all columns in their order."""
    columns = _listed(table.columns)
    marks = ", ".join("?" * len(table.columns))
    return f"INSERT INTO {quoted(table.name)} ({columns}) VALUES ({marks})"  # noqa: S608


def insert_new(table: Table) -> str:
    """Insert a row of all columns; one whose key is there already is left alone."""
    return f"{insert_into(table)} ON CONFLICT DO NOTHING"


def put(table: Table, *keys: str) -> str:
    """Insert a row of all columns or change the one with its key.

    Never deletes a row to put it back, as REPLACE does: what refers to it would be set to NULL.
    """
    changes = ", ".join(f"{quoted(one)} = excluded.{quoted(one)}" for one in table.columns if one not in keys)
    return f"{insert_into(table)} ON CONFLICT ({_listed(keys)}) DO UPDATE SET {changes}"


def delete_by(table: Table, *keys: str) -> str:
    """Delete the rows with these keys."""
    wanted = " AND ".join(f"{quoted(key)} = ?" for key in keys)
    return f"DELETE FROM {quoted(table.name)} WHERE {wanted}"  # noqa: S608


def quoted(name: str) -> str:
    """A name of ours as SQL takes it: one of the tables is called "match", which is a word of SQL too."""
    return f'"{name}"'


def _listed(names: Iterable[str]) -> str:
    return ", ".join(map(quoted, names))
