"""The command line as a person meets it: exit codes, figures apart from words, problems at once, never a traceback."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from arctos_desk.app import cli, rehearse
from arctos_desk.app.bootstrap import begin
from arctos_desk.app.samples import sample_schedule
from tests.app.conftest import Ran
from tests.app.test_files import SCHEDULE, result
from tests.app.test_rehearse import RESULTS, sums_of

Run = Callable[..., Ran]


@pytest.fixture
def results(tmp_path: Path) -> Path:
    path = tmp_path / "results.json"
    path.write_text(json.dumps(RESULTS), encoding="utf-8")
    return path


def test_version_and_help_are_told(arctos: Run) -> None:
    assert arctos("version").out.startswith("Arctos Desk ")
    ran = arctos("--help")
    assert ran.code == 0
    for command in ("new", "import", "show", "export", "rehearse", "verify", "rebuild", "self-test", "version"):
        assert command in ran.out


@pytest.mark.parametrize("arguments", [["nonsense"], ["rehearse"], ["show", "--colour"], ["new"], ["--nonsense"]])
def test_wrong_usage_is_two(arctos: Run, arguments: list[str]) -> None:
    ran = arctos(*arguments)
    assert ran.code == 2
    assert ran.out == ""
    assert "Traceback" not in ran.err


def test_rehearse_prints_the_figures_of_the_file_and_nothing_else(arctos: Run, results: Path) -> None:
    ran = arctos("rehearse", results, "--json")
    assert ran.code == 0
    assert json.loads(ran.out) == {"teams": sums_of(results.read_bytes())}
    assert "4 of 4" in ran.err


def test_rehearse_without_json_prints_a_table(arctos: Run, results: Path) -> None:
    ran = arctos("rehearse", results)
    assert ran.code == 0
    assert all(name in ran.out for name in ("Ants", "Bees", "Cats", "Dogs"))


def test_rehearse_writes_picture_schedule_and_tables(arctos: Run, results: Path, tmp_path: Path) -> None:
    ran = arctos("rehearse", results, "--out", tmp_path / "out")
    assert ran.code == 0
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert {
        "board.svg",
        "schedule.toml",
        "schedule.csv",
        "schedule.ics",
        "tables.html",
        "tables.csv",
        "tables.txt",
    } <= names
    assert ElementTree.parse(tmp_path / "out" / "board.svg").getroot().tag.endswith("svg")
    with (tmp_path / "out" / "tables.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["Table"] for row in csv.DictReader(file)] == ["A"] * 4 + ["All matches"] * 4
    # What was written is a schedule that can be rehearsed again.
    assert arctos("rehearse", tmp_path / "out" / "schedule.toml", "--json").code == 0


def test_the_sample_is_played_to_its_last_match(arctos: Run) -> None:
    ran = arctos("rehearse", sample_schedule(), "--json")
    assert ran.code == 0, ran.err
    teams = json.loads(ran.out)["teams"]
    assert len(teams) == 16
    assert all(line["played"] for line in teams.values())
    assert sum(line["wins"] for line in teams.values()) == sum(line["losses"] for line in teams.values())
    assert sum(line["points_won"] for line in teams.values()) == sum(line["points_lost"] for line in teams.values())


def test_another_seed_is_another_day(arctos: Run, tmp_path: Path) -> None:
    schedule = tmp_path / "day.toml"
    schedule.write_text(SCHEDULE, encoding="utf-8")
    one, same, other = (arctos("rehearse", schedule, "--json", "--seed", seed).out for seed in ("1", "1", "3"))
    assert one == same
    assert one != other


def test_without_display_the_sample_is_rehearsed_into_out(arctos: Run, tmp_path: Path) -> None:
    ran = arctos()
    assert ran.code == 0
    assert "no display" in ran.err
    assert (tmp_path / "out" / "board.svg").exists()
    assert (tmp_path / "out" / "tables.html").exists()


@pytest.mark.parametrize("name", ["missing.toml", "."])
def test_a_file_that_cannot_be_read_is_one_sentence(arctos: Run, name: str) -> None:
    ran = arctos("rehearse", name)
    assert ran.code == 1
    assert len(ran.err.strip().splitlines()) == 1
    assert "Traceback" not in ran.err


def test_all_faults_of_a_file_are_told_with_their_places(arctos: Run, tmp_path: Path) -> None:
    path = tmp_path / "bad.json"
    path.write_text(json.dumps([result(timestamp="yesterday"), result(points_first_team=-1), result(first_team=7)]))
    ran = arctos("rehearse", path)
    assert ran.code == 1
    assert {line[:13] for line in ran.err.strip().splitlines()} == {f"bad.json: [{number}]" for number in range(3)}


def test_mutated_files_end_in_sentences(arctos: Run, tmp_path: Path) -> None:
    """Bytes changed, dropped, doubled or cut anywhere: a clear answer and one of the two codes."""
    chance = random.Random(20)
    sources = [SCHEDULE.encode(), json.dumps(RESULTS).encode()]
    path = tmp_path / "mutated"
    codes = set()
    for number in range(80):
        raw = bytearray(sources[number % 2])
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(raw))
            match chance.randrange(4):
                case 0:
                    raw[at] = chance.randrange(256)
                case 1:
                    del raw[at : at + chance.randint(1, 40)]
                case 2:
                    raw[at:at] = raw[at : at + chance.randint(1, 40)]
                case _:
                    del raw[at:]
            raw = raw or bytearray(b"x")
        path.write_bytes(raw)
        ran = arctos("rehearse", path, "--json")
        codes.add(ran.code)
        assert ran.code in (0, 1), ran
        assert "Traceback" not in ran.err
        assert "inside the program" not in ran.err, (bytes(raw), ran.err)
        assert ran.err.strip()
        if ran.code == 0:
            json.loads(ran.out)
    assert codes == {0, 1}


def test_a_bug_becomes_a_report_and_one_sentence(
    arctos: Run, results: Path, desk_home: Path, monkeypatch: pytest.MonkeyPatch, expected_log: object
) -> None:
    def breaks(*arguments: object, **named: object) -> None:
        raise ValueError("Kim of the Ants")

    expected_log("crash report", level=40)  # type: ignore[operator]
    monkeypatch.setattr(rehearse, "rehearse", breaks)
    ran = arctos("rehearse", results)
    assert ran.code == 1
    assert ran.out == ""
    assert len(ran.err.strip().splitlines()) == 1
    report = next((desk_home / "logs").glob("crash-*.txt"))
    assert str(report) in ran.err
    assert "Kim" not in report.read_text()


def test_the_language_is_that_of_the_machine(desk_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "de_DE.UTF-8")
    surroundings = begin(lambda _: None)
    surroundings.end()
    assert surroundings.messages.language == "de"


@pytest.mark.parametrize(
    ("environment", "platform", "seen"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, "linux", False),
        ({"QT_QPA_PLATFORM": "offscreen"}, "darwin", False),
        ({}, "darwin", True),
        ({}, "win32", True),
    ],
)
def test_a_display_is_known_by_what_names_it(environment: dict[str, str], platform: str, seen: bool) -> None:
    assert cli.has_display(environment, platform) is seen


def test_a_reader_who_has_enough_is_no_problem(arctos_process: Run, results: Path) -> None:
    assert arctos_process("rehearse", results, "--json").code == 0


def test_a_home_that_makes_no_sense_is_still_one_sentence(
    arctos: Run, monkeypatch: pytest.MonkeyPatch, expected_log: Callable[..., None]
) -> None:
    def breaks(*arguments: object, **named: object) -> None:
        raise ValueError("no home")

    expected_log("crash report", level=40)
    monkeypatch.setattr(cli, "begin", breaks)
    ran = arctos("version")
    assert (ran.code, ran.out) == (1, "")
    assert len(ran.err.strip().splitlines()) == 1
