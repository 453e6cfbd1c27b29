"""What is written to an event file: the shapes of its statements, each run with rows. Builds and runs none.

A shape is a value, so that what a change writes can be planned, and the memory of an open event filled, before the
database toolkit is there: `writer` makes a statement of it and of the table that it names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any


class Verb(Enum):
    INSERT = "insert"
    INSERT_NEW = "insert new"
    PUT = "put"
    CHANGE = "change"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class Shape:
    """One way to write to a table. Rows that are inserted have all columns in the order of the table; of others the
    values come in the order `changed`, `keys`, `spared`.
    """

    verb: Verb
    table: str
    keys: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    spared: tuple[str, ...] = ()


Statement = tuple[Shape, Sequence[tuple[Any, ...]]]
"""A shape and the rows to run it with."""

Read = Callable[[str, dict[str, Any]], Iterable[Any]]
"""Asks the file while something is written; the names in the text begin with a colon."""


def insert_into(table: str) -> Shape:
    """Insert a row of all columns in their order."""
    return Shape(Verb.INSERT, table)


def insert_new(table: str) -> Shape:
    """Insert a row of all columns; one whose key is there already is left alone."""
    return Shape(Verb.INSERT_NEW, table)


def put(table: str, *keys: str) -> Shape:
    """Insert a row of all columns or change the one with its key.

    Never deletes a row to put it back, as REPLACE does: what refers to it would be set to NULL.
    """
    return Shape(Verb.PUT, table, keys)


def change_columns(table: str, *changed: str, where: Sequence[str] = ()) -> Shape:
    """Change columns of the rows with these keys; of all rows where there is no key."""
    return Shape(Verb.CHANGE, table, tuple(where), changed)


def delete_by(table: str, *keys: str, sparing: Sequence[str] = ()) -> Shape:
    """Delete the rows with these keys, all where there are none, but those that have a value of `sparing`."""
    return Shape(Verb.DELETE, table, keys, spared=tuple(sparing))
