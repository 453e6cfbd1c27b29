"""The self-test finds what is missing and goes on; a start that is measured leaves by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytest.importorskip("PySide6")

from arctos_desk.app import selftest
from arctos_desk.app.bootstrap import Surroundings, begin
from arctos_desk.app.samples import SAMPLE
from arctos_desk.runtime import secrets
from arctos_desk.tournament.words import Words, in_english
from tests.app.conftest import Ran
from tests.app.test_files import SCHEDULE


@pytest.fixture
def surroundings(desk_home: Path) -> Iterator[Surroundings]:
    surroundings = begin(lambda words: None)
    yield surroundings
    surroundings.end()


def tried(surroundings: Surroundings, *wanted: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The lines told for some of the steps."""
    steps = [one for one in selftest.STEPS if one[1].__name__ in wanted]
    assert len(steps) == len(wanted)
    monkeypatch.setattr(selftest, "STEPS", tuple(steps))
    told: list[str] = []
    works = selftest.self_test(surroundings, in_english, told.append)
    assert works == (not any(line.startswith("FAIL") for line in told))
    return told


def test_what_does_not_ship_is_named_and_the_rest_is_tried(
    surroundings: Surroundings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selftest.paths, "resources_folder", lambda: tmp_path)
    told = tried(surroundings, "_resources", "_own_zones", monkeypatch=monkeypatch)
    assert told[0].startswith("FAIL")
    assert told[1].strip() == f"{SAMPLE} is missing"
    assert told[2].startswith("ok")
    assert told[-1] == "Something does not work here."


def test_a_worker_process_that_dies_is_found(
    surroundings: Surroundings, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(selftest, "bytes_of", lambda path: b"no schedule at all")
    told = tried(surroundings, "_worker", monkeypatch=monkeypatch)
    assert told[1].strip() == "A worker process does not answer"
    assert "Refused" in capfd.readouterr().err


def test_a_worker_with_other_times_is_found(surroundings: Surroundings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selftest, "solved_sample", lambda raw, name, now_ms: {"A1": 0})
    told = tried(surroundings, "_worker", monkeypatch=monkeypatch)
    assert told[1].strip() == "A worker process comes to other times"


def test_a_window_plugin_and_a_keyring_that_are_not_built_in_are_found(
    surroundings: Surroundings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        selftest, "WINDOW_PLUGINS", dict.fromkeys(("linux", "win32", "darwin"), (("platforms/qnone",),))
    )
    monkeypatch.setattr(secrets, "_KEYRINGS", dict.fromkeys(("linux", "win32", "darwin"), ("keyring.backends.none",)))
    told = tried(surroundings, "_keyring", "_window_systems", monkeypatch=monkeypatch)
    assert told[1].strip() == "keyring.backends.none is missing"
    assert told[3].strip().startswith("platforms/qnone cannot be used: ")


def test_every_step_says_in_words_what_it_tried() -> None:
    said: list[Words] = [words for words, _ in selftest.STEPS]
    assert len({in_english(words) for words in said}) == len(said)


def test_a_start_that_is_measured_tells_when_the_board_was_painted(
    arctos_process: Callable[..., Ran], tmp_path: Path
) -> None:
    schedule = tmp_path / "cup.toml"
    schedule.write_text(SCHEDULE, encoding="utf-8")
    assert arctos_process("import", schedule, "--new", "Cup").code == 0
    ran = arctos_process("open", "Cup", "--window", "--first-paint")
    assert ran.code == 0, ran.err
    name, seconds = ran.out.split()
    assert name == "painted"
    assert float(seconds) > 0
