"""Brings an event file to the schema of this build, on a connection of its own. Never touches the tables of the log.

SQLite rebuilds tables to change them, and with foreign keys on that deletes what refers to them: they are off here,
and every reference is checked before the change is committed.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from arctos_desk.runtime.paths import migrations_folder
from arctos_desk.storage import connections
from arctos_desk.tournament.reasons import Problem, Refused
from arctos_desk.tournament.words import say

REVISIONS: Final = ("0001", "0002")
"""Every revision of the event file that this build knows, oldest first; the last is what it writes."""

APPLICATION_ID: Final = 0x4A554747
"""Marks a SQLite file as one of ours ("JUGG"), for `file` and for people with a hex viewer."""


def refuse_newer(revision: str, written_by: str, build: str) -> None:
    """Refuse a file that a newer build has changed in a way this one does not know. Raises Refused."""
    if revision and revision not in REVISIONS:
        raise Refused(
            [
                Problem(
                    "NEWER_FILE",
                    say(
                        "This event was last opened with Arctos Desk {theirs}; this is {ours}.",
                        theirs=written_by or "?",
                        ours=build,
                    ),
                    next_step=say("Update this laptop, or open the event on the laptop that has the newer version."),
                )
            ]
        )


def needs_upgrade(revision: str) -> bool:
    return revision != REVISIONS[-1]


def upgrade(path: Path, *, tournament: str = "", build: str = "", to: str = "head") -> None:
    """Bring the file to the newest schema, all or nothing; `tournament` names a file that is made now.

    Raises sqlite3.Error for what the database says, Outage.
    """
    # Alembic takes a tenth of a second to import, and most starts need no migration.
    from alembic import command
    from alembic.config import Config

    from arctos_desk.storage.writer import engine_on, plain_errors

    engine = engine_on(lambda: connections.writer(path, foreign_keys=False))
    try:
        with plain_errors(), engine.connect() as connection, connection.begin():
            connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
            config = Config()
            config.set_main_option("script_location", migrations_folder().as_posix().replace("%", "%%"))
            config.set_main_option("path_separator", "os")
            config.attributes["connection"] = connection
            command.upgrade(config, to)
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            if broken:
                raise RuntimeError(f"a migration left references to nothing: {broken[:3]}")
            if tournament:
                put = "INSERT INTO file_info VALUES (?, ?)"
                connection.exec_driver_sql(put, [("tournament", tournament), ("build", build)])
    finally:
        engine.dispose()
