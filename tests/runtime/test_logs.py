"""One file of JSON lines, for our lines and those of libraries."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from pathlib import Path

import structlog

from arctos_desk.runtime.logs import FILE, Logs, last_lines


def test_lines_of_ours_and_of_libraries_stand_in_one_file(tmp_path: Path) -> None:
    logs = Logs(tmp_path, build="0.0.0")
    structlog.get_logger("desk").info("performed", kind="match.start")
    logging.getLogger("library").info("read %d bytes", 3)
    logs.end()
    lines = [json.loads(line) for line in (tmp_path / FILE).read_text().splitlines()]
    events = [line["event"] for line in lines]
    assert (events[0], *events[2:]) == ("started", "read 3 bytes", "ended")
    assert "match.start" in events[1]
    assert lines[0]["build"] == "0.0.0"
    assert {line["level"] for line in lines} == {"info"}


def test_after_the_end_nothing_is_written(tmp_path: Path) -> None:
    Logs(tmp_path, build="0").end()
    before = (tmp_path / FILE).read_text()
    logging.getLogger("library").info("late")
    assert (tmp_path / FILE).read_text() == before


def test_a_folder_that_cannot_be_written_costs_only_the_log(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    logs = Logs(tmp_path / "file" / "logs", build="0")
    logging.getLogger("library").info("goes nowhere")
    logs.end()


def test_last_lines_are_the_newest(tmp_path: Path) -> None:
    assert list(last_lines(tmp_path, 2)) == []
    (tmp_path / FILE).write_text("1\n2\n3\n")
    assert list(last_lines(tmp_path, 2)) == ["2\n", "3\n"]


def test_harmless_lines_wait_and_a_warning_brings_them(tmp_path: Path, expected_log: Callable[..., None]) -> None:
    expected_log("full")
    logs = Logs(tmp_path, build="0")
    logging.getLogger("library").info("harmless")
    assert last_lines(tmp_path, 9) == ()
    logging.getLogger("library").warning("the disk is nearly full")
    assert [json.loads(line)["event"] for line in last_lines(tmp_path, 9)][1:] == [
        "harmless",
        "the disk is nearly full",
    ]
    logging.getLogger("library").info("later")
    logs.flush()
    assert "later" in next(iter(last_lines(tmp_path, 1)))
    logs.end()


def test_a_line_carries_the_time_at_which_it_was_said(tmp_path: Path) -> None:
    logs = Logs(tmp_path, build="0")
    record = logging.LogRecord("library", logging.INFO, __file__, 1, "early", None, None)
    record.created = 1_767_268_800.25
    logging.getLogger("library").handle(record)
    logs.end()
    lines = [json.loads(line) for line in last_lines(tmp_path, 9)]
    assert lines[1]["timestamp"] == "2026-01-01T12:00:00.250Z"


def test_a_line_of_ours_carries_its_sentence_without_what_was_put_into_it(tmp_path: Path) -> None:
    logs = Logs(tmp_path, build="0")
    logging.getLogger("arctos_desk.storage").info("Backup %s cannot be read", "kim.arctos")
    logging.getLogger("library").info("Kim said %d", 3)
    try:
        raise ValueError("Kim")
    except ValueError:
        logging.getLogger("arctos_desk.app").info("an order could not be answered", exc_info=True)
    logs.end()
    lines = [json.loads(line) for line in last_lines(tmp_path, 9)]
    assert [line.get("template") for line in lines[1:4]] == [
        "Backup %s cannot be read",
        None,
        "an order could not be answered",
    ]
    assert lines[3]["failed"] == "ValueError"
    # where it happened, and nothing of what somebody had entered
    assert lines[3]["exception"].startswith("what rose: ValueError\n  test_logs.py:")
    assert "Kim" not in lines[3]["exception"]
