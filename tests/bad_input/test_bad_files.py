"""Bad schedules, results and event files: words with a place, exit code 1, no traceback, and nothing changed.

A spoiled file may by luck still be a good one; then it is taken in and the event stays sound.
"""

from __future__ import annotations

import random
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from arctos_desk import __version__
from tests.bad_input import bases, spoiling
from tests.bad_input.conftest import EVENT, Desk, Ran
from tests.bad_input.spoiling import FileSpoiler, Spoiler

TEXT: tuple[Spoiler, ...] = (
    spoiling.flipped,
    spoiling.truncated,
    spoiling.overwritten,
    spoiling.doubled,
    spoiling.emptied,
    spoiling.of_another_program,
    spoiling.lines_deleted,
    spoiling.lines_repeated,
    spoiling.lines_moved,
    spoiling.encoded_otherwise,
    spoiling.with_control_characters,
    spoiling.marked,
    spoiling.ended_otherwise,
    spoiling.quoted_by_a_word_processor,
)
SCHEDULES: tuple[Spoiler, ...] = (
    *TEXT,
    spoiling.toml_of_wrong_types,
    spoiling.toml_of_huge_numbers,
    spoiling.toml_of_strange_times,
    spoiling.toml_nested,
    spoiling.toml_of_strange_names,
    spoiling.toml_of_strange_names,
)
RESULTS: tuple[Spoiler, ...] = (
    *TEXT,
    spoiling.json_of_wrong_types,
    spoiling.json_of_huge_numbers,
    spoiling.json_of_strange_values,
    spoiling.json_without_keys,
    spoiling.json_of_another_shape,
    spoiling.json_nested,
    spoiling.json_with_trifles,
)
EVENTS: tuple[FileSpoiler, ...] = (
    spoiling.in_place(spoiling.flipped),
    spoiling.in_place(spoiling.truncated),
    spoiling.in_place(spoiling.overwritten),
    spoiling.in_place(spoiling.emptied),
    spoiling.in_place(spoiling.of_another_program),
    spoiling.page_zeroed,
    spoiling.of_another_application,
    spoiling.of_a_newer_program,
    spoiling.with_other_marks,
    spoiling.without_a_table,
    spoiling.with_another_table,
    spoiling.with_entries_gone,
    spoiling.with_entries_changed,
    spoiling.with_projections_changed,
)
SCHEDULE_FILES, RESULTS_FILES, EVENT_FILES = 80, 70, 50
"""Two hundred in all."""

_PLACE = re.compile(r"^(?:spoiled\.\w+|(?:spoiled\.\w+, )?line \d+|\[\d+\])", re.MULTILINE)
"""How a sentence begins that says where: the file, a line of it, or a match of a list."""


@pytest.mark.parametrize("number", range(SCHEDULE_FILES))
def test_a_bad_schedule_is_answered_in_words(number: int, desk: Desk, tmp_path: Path) -> None:
    spoiler = SCHEDULES[number % len(SCHEDULES)]
    spoiled = spoiler(bases.schedule(), random.Random(f"schedule {number}"))
    _hand_in(desk, tmp_path / "spoiled.toml", spoiled)


@pytest.mark.parametrize("number", range(RESULTS_FILES))
def test_a_bad_results_file_is_answered_in_words(number: int, desk: Desk, tmp_path: Path) -> None:
    spoiler = RESULTS[number % len(RESULTS)]
    spoiled = spoiler(bases.results(), random.Random(f"results {number}"))
    _hand_in(desk, tmp_path / "spoiled.json", spoiled)


@pytest.mark.parametrize("number", range(EVENT_FILES))
def test_a_bad_event_file_is_answered_in_words_and_kept(
    number: int, desk: Desk, event_file: Path, tmp_path: Path
) -> None:
    _look_at(desk, event_file, tmp_path, EVENTS[number % len(EVENTS)], random.Random(f"event {number}"))


@pytest.mark.parametrize("statement", [*spoiling.CHANGES_OF_ENTRIES, *spoiling.CHANGES_OF_PROJECTIONS])
def test_whatever_is_changed_in_an_event_file_by_hand_is_answered_in_words(
    statement: str, desk: Desk, event_file: Path, tmp_path: Path
) -> None:
    _look_at(desk, event_file, tmp_path, spoiling.changed_by(statement), random.Random(1))


def _look_at(desk: Desk, good: Path, folder: Path, spoil: FileSpoiler, chance: random.Random) -> None:
    """Hand a spoiled event file to the commands that read one."""
    path = folder / "elsewhere" / "spoiled.arctos"
    path.parent.mkdir()
    shutil.copyfile(good, path)
    spoil(path, chance)
    spoiled, before = path.read_bytes(), desk.digest()
    imported = desk.run("import", path, "--event", EVENT)
    _expect_refusal(imported)
    verified = desk.run("verify", path)
    _expect_words(verified)
    shown = desk.run("show", path)
    _expect_words(shown)
    assert verified.code == 1 or shown.code == 0, "what was in order cannot be shown"
    assert path.read_bytes() == spoiled, "looking at a file changed it"
    assert desk.digest() == before, "another file changed the open event"


def test_a_file_of_a_newer_program_is_refused_with_both_versions_named(
    desk: Desk, event_file: Path, tmp_path: Path
) -> None:
    path = tmp_path / "newer.arctos"
    shutil.copyfile(event_file, path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0999'")
        connection.execute("UPDATE file_info SET value = '9.9.9' WHERE name = 'build'")
        connection.commit()
    newer = path.read_bytes()
    for command in ("show", "verify", "open"):
        ran = desk.run(command, path, *(("--window",) if command == "open" else ()))
        assert (ran.code, ran.crashes) == (1, ()), ran
        assert "9.9.9" in ran.err, ran.err
        assert __version__ in ran.err, ran.err
        assert path.read_bytes() == newer


def _hand_in(desk: Desk, file: Path, spoiled: bytes) -> None:
    """Import a file into the event in use."""
    file.write_bytes(spoiled)
    before = desk.digest()
    ran = desk.run("import", file, "--event", EVENT)
    _expect_words(ran)
    if ran.code == 1:
        assert desk.digest() == before, "a refused file changed the open event"
        assert _PLACE.search(ran.err), f"no place is named: {ran.err}"
    else:
        assert desk.run("verify", EVENT).code == 0, "a file that was taken in left the event unsound"
    assert file.read_bytes() == spoiled


def _expect_refusal(ran: Ran) -> None:
    _expect_words(ran)
    assert ran.code == 1, ran


def _expect_words(ran: Ran) -> None:
    """Said in sentences, with exit code 1 when it is a problem; nothing of the program's inside."""
    assert ran.code in (0, 1), ran
    assert not ran.crashes, ran.crashes[0]
    for said in (ran.out, ran.err):
        assert "Traceback" not in said, said
        assert "Error:" not in said, said
    if ran.code == 1:
        sentences = [line for line in ran.err.splitlines() if line.strip()]
        assert sentences, "a refusal without a word"
        assert all(len(line) < 2_000 for line in sentences), "a sentence nobody can read"
        assert all(line.isprintable() for line in sentences), sentences
