"""The desk in its window: it opens, saves, backs up after a finished match, takes orders from beside, leaves tidily."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pytestqt")

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from arctos_desk.app import bootstrap
from arctos_desk.app.answers import Answer, answer_from_json
from arctos_desk.app.attending import handover_folder
from arctos_desk.app.bootstrap import Surroundings
from arctos_desk.app.handover import NoDesk, hand_over
from arctos_desk.app.orders import import_order
from arctos_desk.app.samples import sample_event
from arctos_desk.app.window import DeskWindow, Program, application, event_of_start, own_event
from arctos_desk.operations import commands
from arctos_desk.operations.commands import Acting
from arctos_desk.storage.event_file import EventFile
from arctos_desk.tournament.kinds import Role, Side
from arctos_desk.tournament.reasons import Refused
from arctos_desk.tournament.words import Words
from arctos_desk.ui import text
from tests.app.test_files import SCHEDULE, result


@pytest.fixture
def surroundings(desk_home: Path) -> Iterator[Surroundings]:
    told: list[Words] = []
    surroundings = bootstrap.begin(told.append)
    yield surroundings
    surroundings.end()


@pytest.fixture
def desk(qapp: QApplication, qtbot: QtBot, surroundings: Surroundings) -> Iterator[DeskWindow]:
    application(surroundings)
    desk = DeskWindow(Program(qapp, surroundings), event_of_start(surroundings, ""))
    qtbot.addWidget(desk.window)
    yield desk
    desk.close()
    text.speak(None)


def beside(qtbot: QtBot, desk: DeskWindow, order: dict[str, Any]) -> dict[str, Any]:
    """Hand an order over as another process does, while the window goes on."""
    answers: list[dict[str, Any]] = []

    def visit() -> None:
        answers.append(dict(hand_over(handover_folder(desk.event.path), order)))

    visitor = threading.Thread(target=visit)
    visitor.start()
    qtbot.waitUntil(lambda: bool(answers), timeout=20_000)
    visitor.join()
    return answers[0]


def test_the_first_start_shows_the_sample(desk: DeskWindow, qtbot: QtBot) -> None:
    desk.window.show()
    qtbot.waitExposed(desk.window)
    assert "Pine Cup" in desk.window.windowTitle()
    assert len(desk.handle.state.event.teams) == 16


def test_every_pane_comes_onto_the_screen(desk: DeskWindow, qtbot: QtBot) -> None:
    desk.window.show()
    assert desk.window.pane_ids == ("today", "board", "standings", "teams", "scripts", "journal", "events", "settings")
    for pane_id in desk.window.pane_ids:
        desk.window.show_pane(pane_id)
        qtbot.waitUntil(lambda: not desk.lane.is_busy)
        assert desk.window.shown_pane == pane_id
    match = next(one for one in desk.handle.state.event.matches.values() if one.kind.is_game)
    desk.window.show_pane("board")
    desk.window.pane("board").match_opened.emit(match.id)
    assert desk.window.shown_pane == "today"
    desk.window.pane("today").match_shown.emit(match.id)
    assert desk.window.shown_pane == "board"


def test_an_order_from_beside_is_done_on_the_lane_and_shown(desk: DeskWindow, qtbot: QtBot) -> None:
    changes: list[object] = []
    desk.handle.changed.connect(changes.append)
    raw = SCHEDULE.replace('"A1"', '"Extra"').encode()
    answer = answer_from_json(beside(qtbot, desk, import_order(raw, "extra.toml")))
    qtbot.waitUntil(lambda: bool(changes))
    assert answer.code == 0
    assert "Extra" in {match.name for match in desk.handle.state.event.matches.values()}
    assert desk.handle.next_undo is not None


def test_a_bad_file_from_beside_changes_nothing(desk: DeskWindow, qtbot: QtBot) -> None:
    before = desk.handle.state
    answer = answer_from_json(beside(qtbot, desk, import_order(b"[[matches]]\nname = 7", "bad.toml")))
    assert answer.code == 1
    assert answer.problems
    assert desk.handle.state.event == before.event


def test_a_second_start_brings_the_window_to_the_front(desk: DeskWindow, qtbot: QtBot) -> None:
    answer = answer_from_json(beside(qtbot, desk, {"order": "show_window"}))
    assert answer.code == 0
    assert desk.window.isVisible()


def test_an_unknown_order_is_answered(desk: DeskWindow, qtbot: QtBot) -> None:
    assert answer_from_json(beside(qtbot, desk, {"order": "dance"})).code == 1


def test_a_file_is_imported_and_all_faults_of_a_bad_one_are_shown(
    desk: DeskWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    good, bad = tmp_path / "extra.toml", tmp_path / "bad.toml"
    good.write_text(SCHEDULE.replace('"A1"', '"Extra"'), encoding="utf-8")
    bad.write_text(SCHEDULE.replace("30", '"thirty"').replace("2026-05-02T10:00:00", "noon"), encoding="utf-8")
    answers: list[Answer] = []
    desk.import_file(bad, answers.append)
    desk.import_file(tmp_path / "missing.toml", answers.append)
    desk.import_file(good, answers.append)
    qtbot.waitUntil(lambda: len(answers) == 3)
    assert [answer.code for answer in answers] == [1, 1, 0]
    assert len(answers[0].problems) >= 2
    assert "Extra" in {match.name for match in desk.handle.state.event.matches.values()}


def test_a_results_file_becomes_an_event_of_its_own(
    qapp: QApplication, qtbot: QtBot, surroundings: Surroundings, tmp_path: Path
) -> None:
    results, bad = tmp_path / "results.json", tmp_path / "bad.json"
    results.write_text(json.dumps([result()]), encoding="utf-8")
    bad.write_text("[{}]", encoding="utf-8")
    application(surroundings)
    program = Program(qapp, surroundings)
    program.open_sample()
    qtbot.addWidget(program.desk.window)
    program.desk.window.show_pane("events")
    welcome = program.desk.window.pane("events")
    welcome.imported.emit(str(bad))
    assert len(welcome.problems.problems) >= 1
    welcome.imported.emit(str(results))
    qtbot.addWidget(program.desk.window)
    assert program.desk.handle.state.event.info.name == "Small Cup"
    assert len(program.desk.handle.state.event.matches) == 1
    assert [one.name for one in program.known_events()] == ["Pine Cup"]
    program.close()
    text.speak(None)


def test_a_bad_file_opens_the_sheet_of_problems(desk: DeskWindow, qtbot: QtBot, tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text(SCHEDULE.replace("30", '"thirty"').replace("2026-05-02T10:00:00", "noon"), encoding="utf-8")
    desk.window.show()
    desk.window.show_pane("board")
    desk.window.pane("events").imported.emit(str(bad))
    qtbot.waitUntil(lambda: desk.window.findChild(QWidget, "problem_sheet_list") is not None)
    problems = desk.window.findChild(QWidget, "problem_sheet_list").problems
    assert len(problems) >= 2
    assert all(problem.place for problem in problems)


def test_a_copy_is_saved_and_opened_as_an_event_of_its_own(desk: DeskWindow, qtbot: QtBot, tmp_path: Path) -> None:
    answers: list[Answer] = []
    desk.save_copy(tmp_path / "copy.arctos", answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    assert answers[0].code == 0
    own = own_event(desk.surroundings, tmp_path / "copy.arctos")
    assert own.parent == desk.event.path.parent
    assert own != desk.event.path
    assert own_event(desk.surroundings, own) == own


def test_another_event_takes_the_place_of_the_first(
    qapp: QApplication, qtbot: QtBot, surroundings: Surroundings
) -> None:
    application(surroundings)
    program = Program(qapp, surroundings)
    program.show_event(event_of_start(surroundings, ""))
    first = program.desk
    qtbot.addWidget(first.window)
    program.new_event("Second Cup", zone="Europe/Berlin")
    second = program.desk
    qtbot.addWidget(second.window)
    assert second is not first
    assert [path.stem for path in program.recent] == ["second-cup", "pine-cup"]
    with pytest.raises(NoDesk):
        hand_over(handover_folder(first.event.path), {"order": "show"})
    with pytest.raises(Refused):
        program.new_event("Second Cup")
    assert program.desk is second
    # Whatever goes wrong now is told in the window that is there.
    surroundings.crash.tell(Words("Something went wrong"))
    qtbot.waitUntil(lambda: bool(second.window.notices.shown))
    program.open_file(first.event.path)
    assert program.desk.handle.state.event.info.name == "Pine Cup"
    qtbot.addWidget(program.desk.window)
    program.close()
    text.speak(None)


def test_a_bug_in_an_order_is_reported_and_answered(
    desk: DeskWindow, qtbot: QtBot, desk_home: Path, monkeypatch: pytest.MonkeyPatch, expected_log: Callable[..., None]
) -> None:
    def breaks() -> None:
        raise ValueError("inside")

    expected_log("crash report", level=logging.ERROR)
    monkeypatch.setattr(desk.event.desk, "refresh", breaks)
    assert answer_from_json(beside(qtbot, desk, {"order": "show"})).code == 1
    assert list((desk_home / "logs").glob("crash-*.txt"))


def test_a_finished_match_is_backed_up(desk: DeskWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    backups: list[str] = []
    monkeypatch.setattr(desk.event, "backup", lambda: backups.append(threading.current_thread().name) or ())
    match = next(one for one in desk.handle.state.event.matches.values() if one.kind.is_game)
    desk.handle.act_as(Acting(role=Role.HEAD_REF))
    refused: list[object] = []
    desk.handle.perform(commands.StartMatch(match=match.id), otherwise=refused.append)
    assert backups == []
    finish = commands.FinishMatch(match=match.id, winner=Side.TEAM1)
    desk.handle.perform(finish, otherwise=refused.append)
    qtbot.waitUntil(lambda: not desk.lane.is_busy)
    assert refused == []
    qtbot.waitUntil(lambda: desk.handle.state.event.matches[match.id].result is not None and bool(backups))
    assert backups == ["beside"]


def test_what_was_chosen_on_the_screens_is_there_again(desk: DeskWindow, surroundings: Surroundings) -> None:
    desk.handle.memory.remember("board/layout", "table")
    desk.close()
    told = json.loads((surroundings.settings.path).read_text(encoding="utf-8"))
    assert told["remembered"]["pine-cup/board/layout"] == "table"


def test_an_event_closed_at_once_builds_no_pane_afterwards(desk: DeskWindow) -> None:
    soon = desk.window.findChild(QTimer, "soon_timer")
    assert soon.isActive()
    desk.close()
    assert not soon.isActive()


def test_what_writes_is_loaded_behind_the_first_picture(desk: DeskWindow, qtbot: QtBot) -> None:
    log = desk.event.log
    assert isinstance(log, EventFile)
    assert log._writer is None
    desk.window.show()
    qtbot.waitUntil(lambda: log._writer is not None)


def test_how_late_it_is_is_not_said_before_it_is_known(desk: DeskWindow, qtbot: QtBot) -> None:
    assert desk.window.status.words("clock")
    assert desk.window.status.words("late") == ""
    desk.window.show()
    qtbot.waitUntil(lambda: desk.window.status.words("late") != "")


def test_after_closing_nobody_answers(desk: DeskWindow) -> None:
    folder = handover_folder(desk.event.path)
    desk.close()
    desk.close()
    with pytest.raises(NoDesk):
        hand_over(folder, {"order": "show"})


def test_what_fails_while_building_gives_everything_back(
    qapp: QApplication, surroundings: Surroundings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(_: object) -> None:
        raise ValueError("no pane")

    monkeypatch.setattr(DeskWindow, "_build_panes", breaks)
    application(surroundings)
    path = event_of_start(surroundings, "")
    with pytest.raises(ValueError, match="no pane"):
        DeskWindow(Program(qapp, surroundings), path)
    text.speak(None)
    assert not handover_folder(path).exists() or not list(handover_folder(path).iterdir())


def test_the_sample_has_rosters_and_is_finished_after_a_start_that_was_cut_off(
    desk: DeskWindow, surroundings: Surroundings
) -> None:
    path = desk.event.path
    players = len(desk.handle.state.event.players)
    assert players == 107
    desk.event.desk.perform(commands.Undo(), Acting(role=Role.ORGANISER))
    desk.close()
    assert sample_event(surroundings) == path
    again = DeskWindow(desk.program, path)
    try:
        assert len(again.handle.state.event.players) == players
        assert {again.handle.state.name_of(one) for one in again.handle.state.event.players} != {""}
    finally:
        again.close()
