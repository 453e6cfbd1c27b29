"""The schema: made by migrations alone, the log's tables final, files of a newer version refused."""

from __future__ import annotations

import ast
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from arctos_desk.runtime.paths import migrations_folder
from arctos_desk.storage import migrate, tables
from arctos_desk.storage.checks import inspect
from arctos_desk.storage.projections import PROJECTED
from arctos_desk.tournament.reasons import Refused
from arctos_desk.tournament.words import in_english
from tests.storage.makers import Laptop, ids, ids_in, put

LATER = '''
"""A later one: drops a projection and makes it anew."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("team") as batch:
        batch.alter_column("shortname", new_column_name="short")
    {more}
'''


def _scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(migrations_folder()))
    config.set_main_option("path_separator", "os")
    return ScriptDirectory.from_config(config)


def test_this_build_knows_exactly_the_migrations_there_are() -> None:
    assert tuple(script.revision for script in reversed(list(_scripts().walk_revisions()))) == migrate.REVISIONS
    assert _scripts().get_heads() == [migrate.REVISIONS[-1]]


def test_migrations_import_nothing_of_ours() -> None:
    for file in migrations_folder().rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert all(name.partition(".")[0] in ("alembic", "sqlalchemy") for name in names), file


def test_the_tables_are_those_that_statements_name(laptop: Laptop) -> None:
    laptop.create().close()
    with closing(sqlite3.connect(laptop.path)) as connection:
        made = {
            name: [(row[1], row[2]) for row in connection.execute(f'PRAGMA table_info("{name}")')]
            for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
            if name != "alembic_version"
        }
    named = {
        table.name: [(column.name, str(column.type)) for column in table.columns]
        for table in tables.METADATA.tables.values()
    }
    assert made == named


def test_the_log_has_its_final_shape() -> None:
    """Changing this test means changing the one thing that never changes: add a new table instead."""
    assert [column.name for column in tables.OP.columns] == [
        "stream", "seq", "op_id", "hlc", "kind", "kind_version", "tournament", "raw", "hash", "sig", "received_at",
        "via",
    ]  # fmt: skip


def test_every_reference_between_projections_is_a_foreign_key_that_waits_for_the_commit(laptop: Laptop) -> None:
    laptop.create().close()
    with closing(sqlite3.connect(laptop.path)) as connection:
        for table in tables.METADATA.tables.values():
            keys = {row[3] for row in connection.execute(f'PRAGMA foreign_key_list("{table.name}")')}
            if table.name in PROJECTED:
                ids = {column.name for column in table.columns if column.name.endswith("_id")}
                assert ids == keys, table.name
            else:
                assert not keys
        schema = " ".join(row[0] for row in connection.execute("SELECT sql FROM sqlite_schema WHERE sql NOT NULL"))
    assert schema.count("REFERENCES") == schema.count("DEFERRABLE INITIALLY DEFERRED")


def _with_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: str = "") -> None:
    folder = tmp_path / "migrations"
    shutil.copytree(migrations_folder(), folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "0003_later.py").write_text(LATER.replace("{more}", more))
    monkeypatch.setattr(migrate, "migrations_folder", lambda: folder)
    monkeypatch.setattr(migrate, "REVISIONS", (*migrate.REVISIONS, "0003"))


def test_an_older_file_is_backed_up_and_brought_up_to_date(
    laptop: Laptop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed = laptop.entries(3)
    with laptop.create() as event:
        put(event, sealed)
        event._driver().execute("INSERT INTO team VALUES ('t', 'k', 'n', 's', 1, '', '')")
        event._driver().execute("INSERT INTO tag VALUES ('g', 'n', 't', '', NULL, 1)")
    _with_later(tmp_path, monkeypatch)
    with laptop.open() as event:
        assert event.report.codes == ("UPGRADED",)
        assert ids_in(event) == ids(sealed)
        # A rebuilt table must not take along what refers to it.
        assert event._driver().execute("SELECT team_id FROM tag").fetchall() == [("t",)]
        assert event._driver().execute("SELECT short FROM team").fetchall() == [("s",)]
    backups = list((laptop.folder / "cup.backups").iterdir())
    assert [inspect(file).revision for file in backups] == ["0002"]
    assert inspect(laptop.path).revision == "0003"


def test_a_migration_that_fails_leaves_the_file_as_it_was(
    laptop: Laptop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with laptop.create() as event:
        put(event, laptop.entries(3))
        event._driver().execute("INSERT INTO team VALUES ('t', 'k', 'n', 's', 1, '', '')")
        event._driver().execute("INSERT INTO tag VALUES ('g', 'n', 't', '', NULL, 1)")
    _with_later(tmp_path, monkeypatch, more='op.execute("DELETE FROM team")')
    with pytest.raises(RuntimeError, match="references to nothing"):
        laptop.open()
    assert inspect(laptop.path).revision == "0002"
    with closing(sqlite3.connect(laptop.path)) as connection:
        assert connection.execute("SELECT shortname FROM team").fetchall() == [("s",)]


def test_a_newer_file_is_refused_with_both_versions_named(laptop: Laptop) -> None:
    laptop.build = "7.3"
    laptop.create().close()
    with closing(sqlite3.connect(laptop.path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0417'")
        connection.commit()
    before = laptop.path.read_bytes()
    laptop.build = "2.0"
    with pytest.raises(Refused) as caught:
        laptop.open()
    assert caught.value.codes == ("NEWER_FILE",)
    assert in_english(caught.value.problems[0].words) == (
        "This event was last opened with Arctos Desk 7.3; this is 2.0."
    )
    assert laptop.path.read_bytes() == before


def test_a_file_is_made_whole_or_not_at_all(laptop: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(migrate, "upgrade", cut)
        with pytest.raises(KeyboardInterrupt):
            laptop.create()
    assert not laptop.path.exists()
    laptop.create().close()
