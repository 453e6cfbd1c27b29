"""Diagnostics tell the makers how the program is, and nobody what was entered: no seeded word leaves the laptop."""

from __future__ import annotations

import ast
import json
import logging
import random
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from arctos_desk.app import bootstrap
from arctos_desk.app.attending import attended, create_named
from arctos_desk.app.bootstrap import Surroundings
from arctos_desk.app.diagnostics import LEFT_OUT, gather, write_diagnostics
from arctos_desk.operations import commands
from arctos_desk.operations.commands import Acting
from arctos_desk.runtime import paths
from arctos_desk.tournament.kinds import MatchKind, Role
from arctos_desk.tournament.reasons import Refused
from arctos_desk.tournament.words import Words
from tests.app.conftest import Ran

NOON = 1_780_000_000_000
ORGANISER = Acting(role=Role.ORGANISER)
EVENT_NAME = "Quillfeather Quaich"
SEEDED = (
    "Quillfeather",
    "Quaich",
    "quillfeather-quaich",
    "Zwetschgenhain",
    "Ottokarl Wunderbar",
    "Wunderbar",
    "Ottokarl",
    "Wobbly Walruses",
    "wobbly-walruses",
    "Walruses",
    "Splintered scaphoid",
    "scaphoid",
    "Gundula",
    "Grünspan",
    "clavicle",
    "ottokarl@walrus.example",
    "walrus.example",
    "+49 170 5550123",
    "Gurkenfeld",
    "Umlautspiel",
    "/media/ottokarl/STICK",
    "STICK",
    "mnopqrst-token-0123",
)


@pytest.fixture
def surroundings(desk_home: Path) -> Iterator[Surroundings]:
    told: list[Words] = []
    surroundings = bootstrap.begin(told.append, environment={}, clock=lambda: NOON, chance=random.Random(5).randbytes)
    yield surroundings
    surroundings.end()


@pytest.fixture
def seeded(surroundings: Surroundings) -> Path:
    """An event full of what must never leave: names, injuries, notes with an address, paths in settings and logs."""
    path = create_named(surroundings, name=EVENT_NAME, place="Zwetschgenhain", zone="Europe/Berlin")
    with attended(surroundings, path) as event:
        desk = event.desk
        desk.perform(commands.AddTeam(name="Wobbly Walruses"), ORGANISER)
        field = desk.perform(commands.AddField(name="Gurkenfeld"), ORGANISER).value
        timed = {"length_min": 30, "planned_ms": NOON, "field_id": field}
        desk.perform(commands.CreateMatch(name="Umlautspiel", kind=MatchKind.STATIC, fields=timed), ORGANISER)
        add = commands.AddPerson(name="Ottokarl Wunderbar", roles=frozenset({Role.ORGANISER}), pin="246810")
        somebody = Acting(person=desk.perform(add, ORGANISER).value, role=Role.ORGANISER)
        match_id = next(iter(desk.state.event.matches))
        note = "Splintered scaphoid, write to ottokarl@walrus.example or +49 170 5550123"
        desk.perform(commands.NoteMatch(match=match_id, initial=note), somebody)
        hurt = commands.PlayerEntry(name="Gundula Grünspan", jersey_name="Grünspan", injury="Bruised clavicle")
        desk.perform(commands.AddPlayer(player=hurt, team=next(iter(desk.state.event.teams))), somebody)
        desk.perform(commands.AddTag(name="Wunderbar", expression="[wobbly-walruses]"), somebody)
        event.backup()
    surroundings.settings.change(
        backup_folder="/media/ottokarl/STICK",
        remembered={"quillfeather-quaich/acting": "head_ref:Ottokarl Wunderbar"},
        rest={"token": "mnopqrst-token-0123"},
    )
    log = logging.getLogger("arctos_desk.storage.recovery")
    log.info("%s is %s: %s", "quillfeather-quaich.arctos", "damaged", "Splintered scaphoid")
    logging.getLogger("qt").info("QFile::open: /media/ottokarl/STICK cannot be opened")
    logging.getLogger("some.library").info("GET https://walrus.example/?token=mnopqrst-token-0123")
    try:
        raise ValueError("Ottokarl Wunderbar")
    except ValueError as error:
        log.info("an order could not be answered", exc_info=True)
        logging.disable(logging.CRITICAL)
        surroundings.crash.report(error)
        logging.disable(logging.NOTSET)
    spoiled = paths.logs_folder() / "crash-20990101-000000.txt"
    spoiled.write_text("Arctos Desk crash report\nwhat rose: Walruses (name Ottokarl)\nthread    Wunderbar\n")
    surroundings.logs.flush()
    return path


def read(archive: Path) -> dict[str, str]:
    with zipfile.ZipFile(archive) as opened:
        return {name: opened.read(name).decode() for name in opened.namelist()}


def assert_holds_nothing_seeded(archive: Path) -> None:
    raw = archive.read_bytes()
    told = "\n".join([archive.name, *(f"{name}\n{text}" for name, text in read(archive).items())])
    found = [word for word in SEEDED if word.casefold() in told.casefold() or word.encode() in raw]
    assert found == []


def test_no_seeded_word_is_anywhere_in_the_archive(surroundings: Surroundings, seeded: Path, tmp_path: Path) -> None:
    contents = gather(surroundings, seeded)
    archive = write_diagnostics(contents, tmp_path / "out.zip", at_ms=NOON)
    assert_holds_nothing_seeded(archive)
    assert str(tmp_path) not in "".join(read(archive).values())
    # What was looked for was there to be found: the file and the log hold it.
    assert b"Wobbly Walruses" in seeded.read_bytes()
    assert "scaphoid" in (paths.logs_folder() / "arctos-desk.log").read_text()
    assert [content.name for content in contents] == list(read(archive))


def test_it_tells_what_the_makers_need(surroundings: Surroundings, seeded: Path, tmp_path: Path) -> None:
    told = read(write_diagnostics(gather(surroundings, seeded), tmp_path / "out.zip", at_ms=NOON))
    program, event, settings = (json.loads(told[f"{name}.json"]) for name in ("program", "event", "settings"))
    assert program["sqlite"] == sqlite3.sqlite_version
    assert program["libraries"]["PySide6-Essentials"]
    assert event["condition"] == "sound"
    assert event["flaws"] == []
    assert event["records"]["teams"] == event["records"]["matches"] == 1
    assert event["kinds_of_entries"]["team.add"] == 1
    assert event["entries"] == sum(event["kinds_of_entries"].values())
    assert event["sizes"]["file"] == seeded.stat().st_size
    assert len(event["backups"]) == 1
    assert settings["second_backup_folder"]["is_there"] is False
    assert set(json.loads(told["timings.json"])) == {
        "look_at_file", "check_every_entry", "read_every_entry", "fold", "solve",
    }  # fmt: skip
    lines = [json.loads(line) for line in told["log.jsonl"].splitlines()]
    said = [line["said"] for line in lines]
    assert {"started", "%s is %s: %s", "QFile::open", "an order could not be answered"} <= set(said)
    assert [line["failed"] for line in lines if "failed" in line] == ["ValueError"]
    real, spoiled = told["crash-1.txt"], told["crash-2.txt"]
    assert "what rose: ValueError" in real
    assert "test_diagnostics.py" not in real
    assert spoiled.splitlines() == ["Arctos Desk crash report", LEFT_OUT, LEFT_OUT]


def test_a_damaged_file_is_told_by_its_code(surroundings: Surroundings, seeded: Path) -> None:
    with closing(sqlite3.connect(seeded)) as connection:
        connection.execute("DROP TRIGGER op_is_never_changed")
        connection.execute("UPDATE op SET hash = 'x' WHERE seq = 2")
        connection.commit()
    event = json.loads(next(one.text for one in gather(surroundings, seeded) if one.name == "event.json"))
    assert (event["condition"], event["reason"]) == ("damaged", "HASH")


def test_without_an_event_the_program_is_told_alone(surroundings: Surroundings) -> None:
    names = [content.name for content in gather(surroundings, None)]
    assert names == ["program.json", "settings.json", "timings.json", "log.jsonl"]


def test_a_place_that_cannot_be_written_is_a_problem_and_leaves_nothing(
    surroundings: Surroundings, tmp_path: Path
) -> None:
    with pytest.raises(Refused, match="cannot be written"):
        write_diagnostics(gather(surroundings, None), tmp_path / "nowhere" / "out.zip", at_ms=NOON)
    assert not (tmp_path / "nowhere").exists()


def test_the_command_writes_the_archive_and_says_what_is_in_it(
    arctos: Callable[..., Ran], seeded: Path, tmp_path: Path
) -> None:
    ran = arctos("diagnostics", "--out", tmp_path / "told.zip")
    assert ran.code == 0, ran.err
    assert ran.out.strip() == str(tmp_path / "told.zip")
    assert "event.json" in ran.err
    assert_holds_nothing_seeded(tmp_path / "told.zip")
    proposed = arctos("diagnostics").out.strip()
    assert proposed.startswith("arctos-desk-diagnostics-")
    assert_holds_nothing_seeded(tmp_path / proposed)


@dataclass(frozen=True, slots=True)
class _LogCall:
    place: str
    sentence: ast.expr


def _log_calls() -> Iterator[_LogCall]:
    folder = Path(bootstrap.__file__).resolve().parents[1]
    for path in folder.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(source)) if "getLogger" in source else ():
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "log"
                and node.func.attr in ("debug", "info", "warning", "error", "critical", "exception")
            ):
                yield _LogCall(f"{path.name}:{node.lineno}", node.args[0])


def test_every_sentence_of_the_log_is_a_literal_so_that_its_template_holds_no_data() -> None:
    calls = list(_log_calls())
    assert len(calls) > 10
    assert [one.place for one in calls if not (isinstance(one.sentence, ast.Constant))] == []
