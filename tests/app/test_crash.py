"""A crash leaves a report without private data, and one sentence that says where it is."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from arctos_desk.app.crash import REPORTS_MOST, CrashReports
from arctos_desk.tournament.words import Words, in_english

SECRET = "Kim from Kiel"
NOON = 1_767_268_800_000


@pytest.fixture
def told() -> list[Words]:
    return []


@pytest.fixture
def crash(tmp_path: Path, told: list[Words], expected_log: object) -> Iterator[CrashReports]:
    expected_log("crash report", level=logging.ERROR)  # type: ignore[operator]
    crash = CrashReports(tmp_path, build="1.2.3", clock=lambda: NOON, tell=told.append)
    yield crash
    crash.uninstall()


def _fails(name: str) -> None:
    try:
        raise KeyError(name)
    except KeyError as error:
        raise ValueError(f"no team called {name}") from error


def _caught(name: str = SECRET) -> ValueError:
    with pytest.raises(ValueError) as caught:
        _fails(name)
    return caught.value


def test_a_report_says_where_and_what_kind(crash: CrashReports) -> None:
    path = crash.report(_caught())
    assert path is not None
    text = path.read_text()
    assert "ValueError" in text
    assert "caused by: KeyError" in text
    assert "_fails" in text
    assert "1.2.3" in text
    assert path.name == "crash-20260101-120000.txt"


def test_a_report_holds_nothing_that_was_entered_and_no_home(crash: CrashReports) -> None:
    path = crash.report(_caught())
    assert path is not None
    text = path.read_text()
    assert SECRET not in text
    assert "Kim" not in text
    assert str(Path(__file__).parent) not in text


def test_two_crashes_in_one_second_are_two_reports(crash: CrashReports) -> None:
    assert crash.report(_caught()) != crash.report(_caught())


def test_old_reports_give_way(crash: CrashReports, tmp_path: Path) -> None:
    for number in range(REPORTS_MOST + 5):
        (tmp_path / f"crash-20250101-{number:06d}.txt").write_text("")
    crash.report(_caught())
    kept = sorted(path.name for path in tmp_path.glob("crash-*"))
    assert len(kept) == REPORTS_MOST
    assert kept[-1] == "crash-20260101-120000.txt"


def test_what_rises_is_told_in_one_sentence(crash: CrashReports, told: list[Words], tmp_path: Path) -> None:
    crash.install()
    error = _caught()
    sys.excepthook(type(error), error, error.__traceback__)
    sentence = in_english(told[0])
    assert "Everything saved is safe" in sentence
    assert str(tmp_path) in sentence


def test_what_rises_in_a_thread_is_told_too(crash: CrashReports, told: list[Words]) -> None:
    crash.install()
    thread = threading.Thread(target=lambda: 1 // 0, name="beside")
    thread.start()
    thread.join(10)
    assert len(told) == 1


def test_a_failure_while_telling_is_not_told_for_ever(tmp_path: Path, expected_log: object) -> None:
    expected_log("crash report", level=logging.ERROR)  # type: ignore[operator]
    count = 0

    def tells(words: Words) -> None:
        nonlocal count
        count += 1
        crash.catch(ValueError())

    crash = CrashReports(tmp_path, build="1", clock=lambda: NOON, tell=tells)
    crash.catch(ValueError())
    assert count == 1


def test_a_full_disk_still_gets_a_sentence(tmp_path: Path, told: list[Words], expected_log: object) -> None:
    expected_log("crash report", level=logging.ERROR)  # type: ignore[operator]
    (tmp_path / "file").write_text("")
    CrashReports(tmp_path / "file" / "x", build="1", clock=lambda: NOON, tell=told.append).catch(_caught())
    assert "No report could be written" in in_english(told[0])
