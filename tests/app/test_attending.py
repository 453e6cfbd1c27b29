"""Events by name, by file and by nothing; what is damaged, newer or elsewhere; and everything a command does to one."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from arctos_desk.app.selftest import STEPS
from tests.app.conftest import Ran
from tests.app.test_files import SCHEDULE, result

Run = Callable[..., Ran]


@pytest.fixture
def schedule(tmp_path: Path) -> Path:
    path = tmp_path / "day.toml"
    path.write_text(SCHEDULE, encoding="utf-8")
    return path


@pytest.fixture
def cup(arctos: Run, schedule: Path) -> Path:
    """An event with one match in it."""
    made = arctos("new", "Small Cup", "--zone", "Europe/Berlin", "--place", "Fir Hollow")
    assert made.code == 0, made.err
    assert arctos("import", schedule).code == 0
    return Path(made.out.strip())


def names_of(arctos: Run, *arguments: str) -> list[str]:
    return [match["name"] for match in json.loads(arctos("show", *arguments, "--json").out)["matches"]]


def test_a_new_event_is_the_one_that_commands_mean(arctos: Run, cup: Path) -> None:
    assert names_of(arctos) == ["A1"]
    assert arctos("new", "Other Cup").code == 0
    assert names_of(arctos) == []
    assert names_of(arctos, "small-cup") == names_of(arctos, "Small Cup") == names_of(arctos, str(cup)) == ["A1"]
    assert [Path(line).stem for line in arctos("events").out.splitlines()] == ["other-cup", "small-cup"]


def test_an_event_of_this_name_is_not_made_twice(arctos: Run, cup: Path) -> None:
    before = cup.read_bytes()
    ran = arctos("new", "Small Cup")
    assert ran.code == 1
    assert "already" in ran.err
    assert cup.read_bytes() == before


def test_a_zone_that_is_none_makes_no_event(arctos: Run, desk_home: Path) -> None:
    ran = arctos("new", "Cup", "--zone", "Middle/Earth")
    assert ran.code == 1
    assert "time zone" in ran.err
    assert arctos("events").out == ""


def test_the_board_is_shown_in_the_time_of_the_place(arctos: Run, cup: Path) -> None:
    shown = arctos("show").out
    assert "12:00" in shown
    assert "ants" in shown
    assert "A1" not in arctos("show", "--team", "cats").out
    assert "A1" in arctos("show", "--team", "ants", "--field", "Field 1").out
    match = json.loads(arctos("show", "--json").out)["matches"][0]
    assert (match["planned"], match["teams"], match["status"]) == (
        "2026-05-02T10:00:00Z",
        ["ants", "bees"],
        "READY_TO_START",
    )


def test_without_an_event_every_command_says_what_to_do(arctos: Run) -> None:
    for command in ("show", "verify", "rebuild", "backup", "undo", "redo"):
        ran = arctos(command)
        assert (ran.code, ran.out) == (1, "")
        assert "no event on this laptop" in ran.err
    assert "no event nowhere" in arctos("show", "nowhere").err


def test_importing_where_there_is_no_event_makes_one(arctos: Run, tmp_path: Path) -> None:
    results = tmp_path / "download.txt"
    results.write_text(json.dumps([result()]), encoding="utf-8")
    ran = arctos("import", results)
    assert ran.code == 0, ran.err
    assert "Small Cup was made" in ran.err
    assert json.loads(arctos("show", "--json").out)["matches"][0]["score"] == "5:1 - 5:2"


@pytest.mark.parametrize("text", ["[[matches]", SCHEDULE.replace("30", '"x"'), "[{}]", ""])
def test_a_bad_file_makes_no_event_and_changes_none(arctos: Run, tmp_path: Path, text: str) -> None:
    bad = tmp_path / "bad"
    bad.write_text(text, encoding="utf-8")
    assert arctos("import", bad).code == 1
    assert arctos("events").out == ""
    assert arctos("import", bad, "--new", "Cup").code == 1
    assert arctos("events").out == ""


def test_undo_and_redo_from_the_console(arctos: Run, cup: Path) -> None:
    undone = arctos("undo")
    assert undone.code == 0
    assert "Undo" in undone.err
    assert names_of(arctos) == []
    assert arctos("redo").code == 0
    assert names_of(arctos) == ["A1"]
    assert arctos("redo").code == 1


def test_an_event_in_order_is_verified_and_rebuilt_to_the_same(arctos: Run, cup: Path) -> None:
    assert arctos("verify").code == 0
    before = names_of(arctos)
    assert arctos("rebuild").code == 0
    assert names_of(arctos) == before
    assert arctos("verify").code == 0


def test_projections_that_lie_are_found_and_rebuilt(arctos: Run, cup: Path) -> None:
    with closing(sqlite3.connect(cup)) as connection:
        connection.execute("UPDATE team SET name = 'Somebody else'")
        connection.commit()
    ran = arctos("verify")
    assert ran.code == 1
    assert "rebuild" in ran.err
    assert arctos("rebuild").code == 0
    assert arctos("verify").code == 0


def test_a_changed_entry_is_found_and_nothing_is_mended_by_looking(arctos: Run, cup: Path) -> None:
    with closing(sqlite3.connect(cup)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute("UPDATE op SET raw = CAST(replace(CAST(raw AS TEXT), 'ants', 'rats') AS BLOB)")
        connection.commit()
    before = cup.read_bytes()
    ran = arctos("verify")
    assert ran.code == 1
    assert "Traceback" not in ran.err
    assert cup.read_bytes() == before
    # Opening it brings every entry back and says so.
    shown = arctos("show", "--json")
    assert shown.code == 0, shown.err
    assert shown.err.strip()
    assert [match["name"] for match in json.loads(shown.out)["matches"]] == ["A1"]
    assert arctos("verify").code == 0


def test_a_backup_is_a_sound_event_and_so_is_a_copy(arctos: Run, cup: Path, tmp_path: Path) -> None:
    assert arctos("backup").code == 0
    (backup,) = (cup.parent / "small-cup.backups").iterdir()
    assert arctos("verify", backup).code == 0
    copy = tmp_path / "stick" / "copy.arctos"
    assert arctos("save-copy", copy).code == 0
    assert arctos("verify", copy).code == 0
    assert names_of(arctos, str(copy)) == ["A1"]
    again = arctos("save-copy", copy)
    assert again.code == 1
    assert "already" in again.err


def test_an_event_elsewhere_is_only_read_where_it_lies(arctos: Run, cup: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.arctos"
    assert arctos("save-copy", copy).code == 0
    assert names_of(arctos, str(copy)) == ["A1"]
    ran = arctos("undo", copy)
    assert ran.code == 1
    assert "copy" in ran.err
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("copy")] == ["copy.arctos"]


@pytest.mark.parametrize("content", [b"", b"no database at all", b"SQLite format 3\x00" + bytes(4096)])
def test_what_is_no_event_is_told_as_such(arctos: Run, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "some.arctos"
    path.write_bytes(content)
    for command in ("show", "verify"):
        ran = arctos(command, path)
        assert ran.code == 1
        assert "Traceback" not in ran.err
        assert "inside the program" not in ran.err
        assert ran.err.strip()
    assert path.read_bytes() == content


def test_a_newer_file_is_refused_with_both_versions(arctos: Run, cup: Path) -> None:
    with closing(sqlite3.connect(cup)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.execute("UPDATE file_info SET value = '77.0' WHERE name = 'build'")
        connection.commit()
    before = cup.read_bytes()
    for command in ("show", "undo", "verify"):
        ran = arctos(command)
        assert ran.code == 1
        assert "77.0" in ran.err
    assert cup.read_bytes() == before


def test_the_self_test_passes_here(arctos_process: Run) -> None:
    ran = arctos_process("self-test")
    assert ran.code == 0, ran.out
    assert ran.out.count("ok  ") == len(STEPS)
    assert "FAIL" not in ran.out


def test_the_self_test_leaves_no_event_of_its_own(arctos_process: Run) -> None:
    arctos_process("self-test")
    assert arctos_process("events").out == ""
