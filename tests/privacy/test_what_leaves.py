"""Nothing private is in what leaves the desk: exports, files, the console, diagnostics, logs, reports of crashes."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from arctos_desk.app import cli
from arctos_desk.app.answers import answer_to_json
from arctos_desk.app.attending import attended
from arctos_desk.app.diagnostics import gather, write_diagnostics
from arctos_desk.app.orders import ORDERS, answer_order
from arctos_desk.app.sheets import edition_of
from arctos_desk.interchange.roster_preview import preview
from arctos_desk.interchange.roster_table import read_rosters
from arctos_desk.operations.commands import AddPerson, EditPerson, EditPlayer, PlayerEntry
from arctos_desk.operations.roster_views import possible_duplicates, rosters_view
from arctos_desk.operations.views import journal_lines
from arctos_desk.publishing.exports import CSV, EXPORTS, Edition, Export
from arctos_desk.tournament.words import in_english, say
from tests.operations.desks import HandClock
from tests.privacy import seeds
from tests.privacy.allowed import MAY_HOLD, leaked
from tests.privacy.day import NOON, Day, at_home, begun, run
from tests.privacy.scanning import files_below, found_in, tables_of
from tests.privacy.seeds import Kind, Seed

OF_PEOPLE = frozenset(Kind) - {Kind.NOTE, Kind.REASON, Kind.PENALTY, Kind.TYPED}


# exports


@pytest.fixture(scope="session")
def edition(day: Day) -> Edition:
    told: list[object] = []
    with at_home(day.home), begun(HandClock(NOON), told) as surroundings, attended(surroundings, day.path) as event:  # type: ignore[arg-type]
        messages = surroundings.speaking("Europe/Berlin")
        state = event.desk.refresh()
        return edition_of(state, now_ms=NOON, text=messages.text, language="en")


def made(export: Export, edition: Edition) -> bytes:
    return export.render(edition)


@pytest.mark.parametrize("export", EXPORTS, ids=lambda one: one.id)
def test_no_export_holds_what_is_private(edition: Edition, export: Export) -> None:
    assert leaked(f"export/{export.id}", found_in(made(export, edition))) == []


def test_a_new_export_that_leaks_is_caught(edition: Edition, day: Day) -> None:
    """The check must be able to fail: an export that somebody writes tomorrow, with a name in it."""
    rosters = [one.jersey_name for lines in edition.rosters.values() for one in lines]
    assert seeds.HURT in rosters
    fake = Export(
        id="fame-csv",
        title=say("Wall of fame"),
        file_name="fame.csv",
        media_type=CSV,
        render=lambda one: "\n".join(repr(lines) for lines in one.rosters.values()).encode("utf-16"),
    )
    assert leaked(f"export/{fake.id}", found_in(made(fake, edition)))


def test_what_exports_are_made_from_holds_nothing_private_but_rosters(edition: Edition) -> None:
    """An export cannot leak by mistake what it is not given."""
    found = {seed.kind for seed in found_in(repr(replace(edition, rosters={}).state))}
    assert found <= {Kind.PENALTY}


def test_score_sheets_show_the_name_on_the_jersey_instead_of_the_name(edition: Edition) -> None:
    sheets = next(one for one in EXPORTS if one.id == "score-sheets-pdf")
    found = {seed.text for seed in found_in(made(sheets, edition))}
    assert seeds.JERSEY in found
    assert seeds.PLAYER not in found


# the event file and its neighbours


def _kind_of(path: Path) -> str:
    if path.suffix == ".log" and path.parent.name.endswith(".oplog"):
        return "file/journal"
    if path.suffix != ".arctos":
        return f"file/{path.name}"
    if not path.parent.name.endswith(".backups"):
        return "file/event"
    first = min(path.parent.glob("*.arctos"))
    return "file/backup before" if path == first else "file/backup"


@pytest.fixture(scope="session")
def files(day: Day) -> dict[Path, frozenset[Seed]]:
    """Every file that the day left behind, and what can be read in it."""
    return {path: found_in(path.read_bytes()) for path in files_below(day.home)}


def test_no_file_holds_what_was_never_to_be_kept_and_only_the_event_holds_names(
    day: Day, files: dict[Path, frozenset[Seed]]
) -> None:
    assert [leak for path, found in files.items() for leak in leaked(_kind_of(path), found)] == []
    assert Kind.NAME in {seed.kind for seed in files[day.path]}
    names = [str(path.relative_to(day.home)) for path in day.home.rglob("*")]
    assert not found_in("\n".join(names))


def test_of_people_the_log_and_what_follows_from_it_hold_ids_alone(day: Day) -> None:
    """Operations travel to other desks and to a site, and stay for ever: payloads, labels and reasons name nobody."""
    with closing(sqlite3.connect(day.path)) as connection:
        connection.row_factory = None
        for name, cells in tables_of(connection):
            found = found_in(b"\n".join(cells))
            assert leaked(f"table/{name}", found) == []
            if name == "op":
                assert {Kind.NOTE, Kind.REASON, Kind.PENALTY} <= {seed.kind for seed in found}


@pytest.mark.skipif(os.name != "posix", reason="other systems give files to their owner by the folder they lie in")
def test_only_the_owner_reads_what_the_program_keeps(day: Day) -> None:
    others = stat.S_IRWXG | stat.S_IRWXO
    wide = [str(path.relative_to(day.home)) for path in day.home.rglob("*") if path.stat().st_mode & others]
    assert wide == []


# erased


def test_whoever_was_erased_is_in_no_file_but_the_backups_made_before(
    files: dict[Path, frozenset[Seed]],
) -> None:
    holding = {_kind_of(path) for path, found in files.items() if Kind.ERASED in {seed.kind for seed in found}}
    assert holding == {"file/backup before"}


# the console


ARGUMENTS: dict[str, tuple[tuple[str, ...], ...]] = {
    "new": (("new", "Scullery Cup"),),
    "events": (("events",), ("events", "--json")),
    "import": (("import", "--event", "{event}", "{roster}"), ("import", "--new", "Roster", "{roster}")),
    "show": (("show", "{event}"), ("show", "{event}", "--json")),
    "export": (("export", "{event}", "--out", "{out}/exported"),),
    "rehearse": (("rehearse", "{out}/exported/schedule.toml", "--json"), ("rehearse", "{roster}")),
    "verify": (("verify", "{event}"),),
    "rebuild": (("rebuild", "{event}"),),
    "backup": (("backup", "{event}"),),
    "undo": (("undo", "{event}"),),
    "redo": (("redo", "{event}"),),
    "save-copy": (("save-copy", "{out}/copy.arctos", "--event", "{event}"),),
    "diagnostics": (("diagnostics", "--out", "{out}/told.zip", "--event", "{event}"),),
    "version": (("version",),),
}
NOT_RUN = {
    "open": "opens the window; panes are looked at elsewhere",
    "self-test": "works on events of its own and never opens one of a person",
}
SAVED = {"copy.arctos": "file/copy", **{one.file_name: f"export/{one.id}" for one in EXPORTS}}


@pytest.fixture(scope="session")
def ran(day: Day, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], Path]:
    """Everything that every command says, and the folder with what they wrote. On a copy of the home."""
    import shutil

    folder = Path(tmp_path_factory.mktemp("console"))
    shutil.copytree(day.home, folder / "home")
    here = replace(day, home=folder / "home")
    out = folder / "out"
    out.mkdir()
    # Somebody gives the list of the sign-up where a schedule belongs.
    (folder / "signup.csv").write_text(seeds.roster().replace("\t", ","), encoding="utf-8")
    words = {"event": "pantry-cup", "roster": str(folder / "signup.csv"), "out": str(out)}
    said: dict[str, str] = {}
    for name, lines in ARGUMENTS.items():
        said[name] = "\n".join(run(here, *(one.format(**words) for one in line)) for line in lines)
    return said, out


def test_every_command_is_looked_at(day: Day) -> None:
    with at_home(day.home), begun(HandClock(NOON), []) as surroundings:
        names = set(cli.program(surroundings, cli.Console(), {}).commands)
    assert names == ARGUMENTS.keys() | NOT_RUN.keys()


@pytest.mark.parametrize("command", ARGUMENTS)
def test_no_command_says_what_is_private(ran: tuple[dict[str, str], Path], command: str) -> None:
    said, _ = ran
    assert leaked(f"console/{command}", found_in(said[command])) == []


def test_what_commands_write_holds_nothing_private_but_a_copy_of_the_event(ran: tuple[dict[str, str], Path]) -> None:
    said, out = ran
    files = list(files_below(out))
    assert {one.file_name for one in EXPORTS} <= {path.name for path in files}
    assert {"copy.arctos", "told.zip"} <= {path.name for path in files}
    leaks = [
        leak
        for path in files
        for leak in leaked(SAVED.get(path.name, f"file/{path.name}"), found_in(path.read_bytes()))
    ]
    assert leaks == []
    codes = {name: text.split("\n", 1)[0] for name, text in said.items()}
    assert {name for name, code in codes.items() if code != "0"} == {"import"}, codes


def test_no_answer_to_a_second_process_holds_what_is_private(day: Day, tmp_path: Path) -> None:
    import shutil

    shutil.copytree(day.home, tmp_path / "home")
    path = tmp_path / "home" / day.path.relative_to(day.home)
    with at_home(tmp_path / "home"), begun(HandClock(NOON), []) as surroundings, attended(surroundings, path) as event:
        for order in ORDERS:
            told = {"order": order, "to": str(tmp_path / "copy.arctos"), "name": "x", "file": ""}
            answer = answer_to_json(answer_order(event, told, in_english))
            assert leaked(f"answer/{order}", found_in(repr(answer) + str(answer))) == []


# diagnostics, logs, reports


def test_the_diagnostics_hold_nothing_at_all(day: Day, tmp_path: Path) -> None:
    with at_home(day.home), begun(HandClock(NOON), []) as surroundings:
        surroundings.logs.flush()
        archive = write_diagnostics(gather(surroundings, day.path), tmp_path / "told.zip", at_ms=NOON)
    assert found_in(archive.read_bytes()) == frozenset()
    if os.name == "posix":
        assert not archive.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)


def test_logs_and_reports_of_crashes_tell_where_and_never_what(day: Day) -> None:
    told = {path.name: path.read_text(encoding="utf-8") for path in files_below(day.logs)}
    assert any(name.startswith("crash-") for name in told)
    log = told["arctos-desk.log"]
    assert "an order could not be answered" in log
    assert "a player could not be handled" in log
    assert "RuntimeError" in log
    assert "day.py" in log
    assert [leak for name, text in told.items() for leak in leaked(f"file/{name}", found_in(text))] == []


def test_what_was_told_to_the_person_repeats_nothing_private(day: Day) -> None:
    assert [leak for place, text in day.said.items() for leak in leaked(f"said/{place}", found_in(text))] == []
    assert "the desk keeps no contacts" in day.said["sentences"]


# what programmers see


def test_no_value_shows_who_somebody_is_when_it_is_printed(day: Day) -> None:
    """Values end up in sentences of bugs sooner or later; what is private in them does not print itself."""
    with at_home(day.home), begun(HandClock(NOON), []) as surroundings, attended(surroundings, day.path) as event:
        state = event.desk.state
        table = read_rosters(seeds.roster())
        wanted = preview(table, state)
        values: Iterable[object] = (
            table,
            wanted,
            wanted.order,
            state.people,
            event.log.people(),
            event.log.changes_of([one.id for one in event.log.operations()]),
            rosters_view(state, day.organiser),
            possible_duplicates(state, day.organiser),
            AddPerson(name=seeds.ORGANISER, roles=frozenset(), pin=seeds.ORGANISER_PIN),
            EditPerson(person="p", name=seeds.ORGANISER, pin=seeds.ORGANISER_PIN),
            EditPlayer(player="p", name=seeds.PLAYER, injury=seeds.PRIVATE_INJURY),
            PlayerEntry(name=seeds.PLAYER, jersey_name=seeds.JERSEY, injury=seeds.PRIVATE_INJURY),
        )
        shown = {type(one).__name__: {seed.kind for seed in found_in(repr(one))} & OF_PEOPLE for one in values}
    assert {name: kinds for name, kinds in shown.items() if kinds} == {}


def test_every_line_of_the_journal_names_nobody_but_who_pressed(day: Day) -> None:
    with at_home(day.home), begun(HandClock(NOON), []) as surroundings, attended(surroundings, day.path) as event:
        lines = journal_lines(
            event.desk.state,
            event.log.recent(1000),
            event.log.devices(),
            own_key="",
            taken_back=frozenset(),
            device_name={},
        )
        labels = "\n".join(in_english(one.label) for one in lines)
    assert len(lines) > 20
    assert [seed for seed in found_in(labels) if seed.kind in OF_PEOPLE] == []


def test_the_table_of_places_names_only_places_that_there_are() -> None:
    exports = {f"export/{one.id}" for one in EXPORTS}
    assert {place for place in MAY_HOLD if place.startswith("export/")} <= exports
